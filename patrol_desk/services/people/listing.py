"""The list of people: everybody in one read transaction."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.clock import station_today
from patrol_desk.common.weeks import Week
from patrol_desk.models import PersonStatus, SquadRole
from patrol_desk.security.permissions import Permission
from patrol_desk.security.redaction import mask_phone
from patrol_desk.services.finding.keys import key_of
from patrol_desk.services.finding.readings import units
from patrol_desk.services.people.rows import PersonRow, SkillTag, SquadTag
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import people as reads
from patrol_desk.storage.reads import people_records as records
from patrol_desk.storage.reads.pauses import pauses_on
from patrol_desk.storage.reads.people import NamedRow, Only
from patrol_desk.storage.reads.people import PersonRow as Stored
from patrol_desk.storage.reads.rows import PatternRow
from patrol_desk.storage.reads.training import courses, refreshers
from patrol_desk.storage.session import Session

RECENT_DAYS = 30
"""Over how many days the hours of the list are summed."""
FEW = 400
"""Up to so many changed records are looked up one by one."""
SHOWN = frozenset(
    {"person", "squad", "skill", "response_team", "shift_pattern", "plan", "plan_version", *records.OWNED}
)  # fmt: skip
"""Tables that the list shows something of."""
LEAVE_AHEAD = 14
"""Leave that begins within so many days is shown before it begins."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What people are filtered by and what their fields are chosen from.

    Parameters
    ----------
    today
        The station's day.
    squads
        Squads in force, by code.
    skills
        Skills in force, by code.
    patterns
        Shift patterns in force, in the order of the day.
    teams, communities, grid_cells, organisations, muster_points
        Those in force, by code.
    courses
        Names of courses that somebody took part in.
    """

    today: date
    squads: tuple[SquadTag, ...]
    skills: tuple[SkillTag, ...]
    patterns: tuple[PatternRow, ...]
    teams: tuple[NamedRow, ...]
    communities: tuple[NamedRow, ...]
    grid_cells: tuple[NamedRow, ...]
    organisations: tuple[NamedRow, ...]
    muster_points: tuple[NamedRow, ...]
    courses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """What stands in other tables about everybody, by person id."""

    squads: Mapping[str, tuple[SquadTag, SquadRole]]
    teams: Mapping[str, tuple[str, str]]
    skills: Mapping[str, tuple[SkillTag, ...]]
    expiries: Mapping[str, date]
    duties: Mapping[str, int]
    minutes: Mapping[str, int]
    leave: Mapping[str, tuple[date, date]]
    free: Mapping[str, int]
    pauses: Mapping[str, tuple[date, date | None]]
    refreshers: Mapping[str, date]


@permitted(Permission.DATA_READ)
def list_people(
    station: Station, actor: Actor, week: Week, only: Collection[str] | None = None
) -> tuple[PersonRow, ...]:
    """Return everybody, retired people too, by code.

    Parameters
    ----------
    station, actor
        The open station and who asks.
    week
        The week whose duties are counted; everything else is as of the station's day.
    only
        Ids of the people to read, for a view that knows what changed; None for everybody.
    """
    del actor  # the permission is all that depends on who asks
    today = station_today(station.clock)
    with station.read() as session:
        known = _known(session, week, today, only)
        stored = reads.everybody(session, only)
    return tuple(_row(row, known) for row in stored)


@permitted(Permission.DATA_READ)
def changed_people(station: Station, actor: Actor, week: Week, changes: ChangeSet) -> tuple[PersonRow, ...] | None:
    """Return the rows of the people whom a change touched; None when the whole list must be read again.

    Parameters
    ----------
    station, actor, week
        As in `list_people`.
    changes
        What was written.
    """
    kinds = {kind: ids for kind, ids in changes.by_kind.items() if kind in SHOWN}
    few = sum(len(ids) for ids in kinds.values()) <= FEW and all(kinds.values())
    if not few or not set(kinds) <= {"person", *records.OWNED}:
        return None
    with station.read() as session:
        people = set(kinds.pop("person", ()))
        for kind, ids in kinds.items():
            owners = records.owners_of(session, kind, ids)
            if len(owners) < len(ids):
                return None
            people.update(owners)
    return list_people(station, actor, week, people)


@permitted(Permission.DATA_READ)
def people_choices(station: Station, actor: Actor) -> Choices:
    """Return what people are filtered by and what their fields are chosen from."""
    del actor
    with station.read() as session:
        tags = squad_tags(session)
        return Choices(
            today=station_today(station.clock),
            squads=tuple(tag for tag in tags.values() if not tag.ended),
            skills=tuple(_skill_tags(session).values()),
            patterns=tuple(reads.patterns(session)),
            teams=_in_force(reads.teams(session)),
            communities=_in_force(reads.communities(session)),
            grid_cells=_in_force(reads.grid_cells(session)),
            organisations=_in_force(reads.organisations(session)),
            muster_points=_in_force(reads.muster_points(session)),
            courses=tuple(courses(session)),
        )


def squad_tags(session: Session) -> dict[str, SquadTag]:
    """Return squad id → tag of all squads, by code; the colours are those of the roster."""
    from patrol_desk.services.squad_colours import NO_SQUAD_COLOUR, squad_colours

    rows = reads.squads(session)
    in_force = [row for row in rows if row.ended_on is None]
    colours = squad_colours([row.community_id for row in in_force])
    colour = {row.id: number for row, number in zip(in_force, colours, strict=True)}
    return {
        row.id: SquadTag(row.id, row.code, row.name, colour.get(row.id, NO_SQUAD_COLOUR), row.ended_on is not None)
        for row in rows
    }


def _in_force(rows: list[NamedRow]) -> tuple[NamedRow, ...]:
    return tuple(row for row in rows if row.ended_on is None)


def _skill_tags(session: Session) -> dict[str, SkillTag]:
    return {row.id: SkillTag(row.id, row.code, row.name, row.mark) for row in reads.skills(session)}


def _known(session: Session, week: Week, today: date, only: Only) -> _Known:
    squads = squad_tags(session)
    skills, expiries = skills_held(session, today, only)
    ahead = today + timedelta(days=LEAVE_AHEAD)
    return _Known(
        squads={person: (squads[squad], role) for person, squad, role in reads.members_on(session, today, only)},
        teams={person: (team, name) for person, team, name in reads.in_teams_on(session, today, only)},
        skills=skills,
        expiries=expiries,
        duties=reads.duty_counts(session, str(week), only),
        minutes=reads.minutes_between(session, today - timedelta(days=RECENT_DAYS), today, only),
        leave={person: (first, last) for person, first, last in reads.leave_since(session, today, ahead, only)},
        free=_free(session, only),
        pauses={person: (first, last) for person, first, last in pauses_on(session, today, ahead, only)},
        refreshers=refreshers(session, only),
    )


def skills_held(session: Session, today: date, only: Only) -> tuple[dict[str, tuple[SkillTag, ...]], dict[str, date]]:
    """Return person id → skills held today, and person id → the earliest expiry."""
    tags = _skill_tags(session)
    held: dict[str, tuple[SkillTag, ...]] = {}
    expiries: dict[str, date] = {}
    for person, skill, issued, expires in reads.certificates(session, only):
        if expires is not None:
            expiries[person] = min(expiries.get(person, expires), expires)
        begun = issued is None or issued <= today
        if skill in tags and begun and (expires is None or expires >= today):
            held[person] = (*held.get(person, ()), tags[skill])
    return held, expiries


def _free(session: Session, only: Only) -> dict[str, int]:
    place = {pattern.id: at for at, pattern in enumerate(reads.patterns(session))}
    free: dict[str, int] = {}
    for row in reads.availability(session, only):
        at = place.get(row.pattern_id)
        if at is not None:
            bits = sum(1 << day for day, value in enumerate(row.by_weekday) if value)
            free[row.person_id] = free.get(row.person_id, 0) | bits << at * 7
    return free


def _row(row: Stored, known: _Known) -> PersonRow:
    squad, role = known.squads.get(row.id, (None, None))
    team_id, team = known.teams.get(row.id, ("", ""))
    parts = units(row.name)
    return PersonRow(
        id=row.id,
        code=row.code,
        name=row.name,
        sort_name=" ".join(part.readings[0] if part.readings else part.character for part in parts),
        squad=squad,
        role=role,
        team_id=team_id,
        team=team,
        phone=mask_phone(row.phone) if row.phone else "",
        status=row.status,
        status_on=row.status_on,
        force=row.force,
        activity_class=row.activity_class,
        retired=row.status is PersonStatus.INACTIVE or row.ended_on is not None,
        skills=known.skills.get(row.id, ()),
        expires_on=known.expiries.get(row.id),
        duties=known.duties.get(row.id, 0),
        cap=row.weekly_cap,
        minutes=known.minutes.get(row.id, 0),
        leave=known.leave.get(row.id),
        free=known.free.get(row.id, 0),
        search=key_of(parts, row.code, phone=row.phone),
        pause=known.pauses.get(row.id),
        refresh_on=known.refreshers.get(row.id),
    )
