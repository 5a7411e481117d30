"""The list of squads and response teams, each with its skills against its need."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.weeks import Week
from patrol_desk.models import SquadRole
from patrol_desk.security.permissions import Permission
from patrol_desk.services.finding.keys import search_keys
from patrol_desk.services.handon.unanswered import waiting
from patrol_desk.services.people.listing import skills_held
from patrol_desk.services.people.rows import SkillTag
from patrol_desk.services.people.squads.need import Force, Needs, needs_of
from patrol_desk.services.people.squads.rows import LEAD, NIGHT, GroupKind, GroupLine, Level
from patrol_desk.services.permits import permitted
from patrol_desk.services.squad_colours import NO_SQUAD_COLOUR, squad_colours
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import people as reads
from patrol_desk.storage.reads import squads as groups
from patrol_desk.storage.reads.squads import AbleRow, GroupRow, MemberRow
from patrol_desk.storage.session import Session


@dataclass(frozen=True, slots=True)
class Everybody:
    """What counts of people, by id.

    Parameters
    ----------
    able
        What counts of those not retired.
    skills
        Skills held today.
    night
        Who can serve by night.
    tags
        All skills, by code.
    """

    able: Mapping[str, AbleRow]
    skills: Mapping[str, tuple[SkillTag, ...]]
    night: Collection[str]
    tags: tuple[SkillTag, ...]

    def abilities(self, person_id: str, role: SquadRole | None) -> frozenset[str]:
        """Return the keys of the levels that somebody counts for."""
        keys = {skill.id for skill in self.skills.get(person_id, ())}
        if person_id in self.night:
            keys.add(NIGHT)
        if role in {SquadRole.LEADER, SquadRole.DEPUTY}:
            keys.add(LEAD)
        return frozenset(keys)


@permitted(Permission.DATA_READ)
def list_groups(station: Station, actor: Actor, week: Week) -> tuple[GroupLine, ...]:
    """Return the squads in force by code, then the response teams, as they stand tomorrow.

    Transfers take effect the next day: what was moved today is seen at once.

    Parameters
    ----------
    station, actor
        The open station and who asks.
    week
        The week whose duties tell the need of a squad whose community has no demand.
    """
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        return lines(session, station_today(station.clock), week)


def lines(session: Session, today: date, week: Week) -> tuple[GroupLine, ...]:
    """Return the same inside a session."""
    people = everybody(session, today)
    squads, teams = groups.squads(session), groups.teams(session)
    tomorrow = today + timedelta(days=1)
    in_squads = _by_group(groups.squad_members(session, tomorrow), people)
    in_teams = _by_group(groups.team_members(session, tomorrow), people)
    forces = {group: _force(members, people) for group, members in in_squads.items()}
    needs = needs_of(groups.seats_by_community(session), groups.seats_held(session, str(week)), squads, forces)
    colours = squad_colours([row.place_id for row in squads])
    forms = {one.id: one.at for one in waiting(session, today)}
    found = [
        replace(_line(row, "squad", colour, in_squads.get(row.id, []), people, needs), form_out=forms.get(row.id))
        for row, colour in zip(squads, colours, strict=True)
    ]
    found += [_line(row, "team", NO_SQUAD_COLOUR, in_teams.get(row.id, []), people, None) for row in teams]
    return tuple(found)


def everybody(session: Session, today: date) -> Everybody:
    """Read what counts of people."""
    skills, _ = skills_held(session, today, None)
    night = {pattern.id for pattern in reads.patterns(session) if pattern.night}
    return Everybody(
        able={row.id: row for row in groups.able(session)},
        skills=skills,
        night={row.person_id for row in reads.availability(session) if row.pattern_id in night and any(row.by_weekday)},
        tags=tuple(SkillTag(row.id, row.code, row.name, row.mark) for row in reads.skills(session)),
    )


def _by_group(rows: Iterable[MemberRow], people: Everybody) -> dict[str, list[MemberRow]]:
    found: dict[str, list[MemberRow]] = {}
    for row in rows:
        if row.person_id in people.able:
            found.setdefault(row.group_id, []).append(row)
    return found


def _force(members: Collection[MemberRow], people: Everybody) -> Force:
    ids = [row.person_id for row in members]
    return Force(ids, sum(people.able[person].weekly_cap for person in ids))


def _line(
    row: GroupRow, kind: GroupKind, colour: int, members: Collection[MemberRow], people: Everybody,
    needs: Needs | None,
) -> GroupLine:  # fmt: skip
    need, source = needs.of(row, _force(members, people)) if needs is not None else ({}, "")
    leaders, deputies = (
        tuple(sorted(people.able[each.person_id].name for each in members if each.role is role))
        for role in (SquadRole.LEADER, SquadRole.DEPUTY)
    )
    have: dict[str, int] = {}
    for member in members:
        for key in people.abilities(member.person_id, member.role):
            have[key] = have.get(key, 0) + 1
    words = [*leaders, *deputies]
    return GroupLine(
        id=row.id,
        kind=kind,
        row_version=row.row_version,
        code=row.code,
        name=row.name,
        place_id=row.place_id,
        place=row.place or "",
        organisation_id=row.organisation_id,
        organisation=row.organisation or "",
        colour=colour,
        leaders=leaders,
        deputies=deputies,
        members=len(members),
        strength=row.strength,
        levels=_levels(people.tags, have, need),
        source=source,
        lon=row.lon,
        lat=row.lat,
        search=search_keys(row.name, row.code) + "".join(map(search_keys, words)),
    )


def _levels(tags: Iterable[SkillTag], have: Mapping[str, int], need: Mapping[str, int]) -> tuple[Level, ...]:
    """Return every level that somebody has or that is needed; the two without a skill always."""
    skills = [
        Level(tag.id, tag.code, tag.name, tag.mark, have.get(tag.id, 0), need.get(tag.id))
        for tag in tags
        if tag.id in have or tag.id in need
    ]
    others = [Level(key, "", "", "", have.get(key, 0), need.get(key)) for key in (NIGHT, LEAD)]
    return (*skills, *others)
