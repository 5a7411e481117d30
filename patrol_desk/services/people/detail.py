"""One person in full: what the panel beside the list shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import TypedDict

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today, wall_time
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import Person, SquadRole
from patrol_desk.security.permissions import Permission
from patrol_desk.security.redaction import mask_id, mask_phone
from patrol_desk.services.people.fields import FIELDS
from patrol_desk.services.people.listing import squad_tags
from patrol_desk.services.people.months import MonthHours, months_of
from patrol_desk.services.people.pauses import PauseRow, pauses_on
from patrol_desk.services.people.records import load
from patrol_desk.services.people.rows import SquadTag
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.reads import people as reads
from patrol_desk.storage.reads.decisions import SparedRow, spared_of
from patrol_desk.storage.reads.pauses import pause_rows
from patrol_desk.storage.reads.people import CertificateRow, DutyRow, LeaveRow, MembershipRow, ServedRow
from patrol_desk.storage.reads.person_months import teams_of
from patrol_desk.storage.reads.person_statuses import StatusLine, statuses_of
from patrol_desk.storage.reads.rows import PatternRow
from patrol_desk.storage.reads.training import TrainingRow, training_of
from patrol_desk.storage.session import Session

WEEKS = 8
"""Weeks of hours that are shown, the present one last."""
MOST_SERVED = 60


@dataclass(frozen=True, slots=True)
class WeekHours:
    """Minutes a person served in one week."""

    week: Week
    minutes: int


@dataclass(frozen=True, slots=True, eq=False)
class PersonDetail:
    """A person in full.

    Parameters
    ----------
    row_version
        To be handed back with a change.
    fields
        Field → text as a form holds it: "" where empty, a choice by its stored value, phone and resident ID masked.
    status_on, status_reason, ended_on
        Since when the status holds and why; when the person was retired.
    squad, role, team
        Squad and role today, name of the response team.
    patterns
        Shift patterns in the order of the day.
    availability
        Pattern id → preference per weekday, of every pattern.
    leave
        The latest first.
    spared
        Single duties from today on from which the person was let off, the latest first.
    memberships
        Time in squads, the latest first.
    weeks
        Hours of the last eight weeks.
    squad_median
        Median minutes of the squad's members over the same weeks; None without a squad.
    duties
        Of the week asked for, in its newest version.
    served
        The last duties by attendance, the latest first.
    months
        Hours by month and class, the latest first.
    teams
        Time in response teams, the latest first.
    pauses, paused
        The latest first, and the one today.
    statuses
        Every status the person came into, the latest first; moments are the station's.
    training
        Courses, the latest first.
    """

    id: str
    row_version: int
    fields: Mapping[str, str]
    status_on: date | None
    status_reason: str
    ended_on: date | None
    squad: SquadTag | None
    role: SquadRole | None
    team: str
    certificates: tuple[CertificateRow, ...]
    patterns: tuple[PatternRow, ...]
    availability: Mapping[str, tuple[int, ...]]
    leave: tuple[LeaveRow, ...]
    spared: tuple[SparedRow, ...]
    memberships: tuple[MembershipRow, ...]
    weeks: tuple[WeekHours, ...]
    squad_median: int | None
    duties: tuple[DutyRow, ...]
    served: tuple[ServedRow, ...]
    months: tuple[MonthHours, ...]
    teams: tuple[MembershipRow, ...]
    pauses: tuple[PauseRow, ...]
    paused: PauseRow | None
    statuses: tuple[StatusLine, ...]
    training: tuple[TrainingRow, ...]

    @property
    def minutes(self) -> int:
        """Minutes served in the weeks shown."""
        return sum(week.minutes for week in self.weeks)


class _Past(TypedDict):
    """What has been so far, as fields of `PersonDetail`."""

    memberships: tuple[MembershipRow, ...]
    served: tuple[ServedRow, ...]
    months: tuple[MonthHours, ...]
    teams: tuple[MembershipRow, ...]
    statuses: tuple[StatusLine, ...]
    training: tuple[TrainingRow, ...]


@permitted(Permission.DATA_READ)
def person_detail(station: Station, actor: Actor, person_id: str, week: Week) -> PersonDetail:
    """Return a person in full.

    Parameters
    ----------
    station, actor
        The open station and who asks.
    person_id
        The person.
    week
        The week whose duties are listed.

    Raises
    ------
    ConcurrentChangeError
        There is no such person any more.
    """
    del actor  # the permission is all that depends on who asks
    today = station_today(station.clock)
    with station.read() as session:
        person = queries.first(session, Person, id=person_id)
        if person is None:
            raise ConcurrentChangeError(Message("people.gone"))
        squad_id, role, comrades = _comrades(session, person_id, today)
        weeks, squad_median = _hours(session, person_id, comrades, Week.of(today))
        patterns, pauses = tuple(reads.patterns(session)), _pauses(session, person_id)
        return PersonDetail(
            id=person_id,
            row_version=person.row_version,
            fields={name: _text(name, getattr(person, name)) for name in FIELDS},
            status_on=person.status_on,
            status_reason=person.status_reason,
            ended_on=person.ended_on,
            squad=squad_tags(session)[squad_id] if squad_id else None,
            role=role,
            team=next((name for _, _, name in reads.in_teams_on(session, today, [person_id])), ""),
            certificates=tuple(reads.certificates_of(session, person_id)),
            patterns=patterns,
            availability=_availability(session, person_id, patterns),
            leave=tuple(reads.leave_of(session, person_id)),
            spared=tuple(spared_of(session, person_id, today)),
            weeks=weeks,
            squad_median=squad_median,
            duties=tuple(reads.duties_of(session, person_id, str(week))),
            pauses=pauses,
            paused=next((row for row in pauses if pauses_on(row, today)), None),
            **_past(session, person_id, today),
        )


@permitted(Permission.DATA_READ)
def reveal_phone(station: Station, actor: Actor, person_id: str) -> Done[str]:
    """Return a person's whole number and note in the audit log who saw it.

    Raises
    ------
    InvalidDataError
        The person has no number.
    """
    with station.write(actor, "person.reveal_phone") as unit:
        person = load(unit, person_id)
        if not person.phone:
            raise InvalidDataError(Message("people.no_phone", {"code": person.code}))
        unit.note("person", person_id, {"revealed": "phone"})
        return finish(unit, person.phone)


def _past(session: Session, person_id: str, today: date) -> _Past:
    return _Past(
        memberships=tuple(reads.memberships_of(session, person_id)),
        served=tuple(reads.served_of(session, person_id, MOST_SERVED)),
        months=months_of(session, person_id, today),
        teams=tuple(teams_of(session, person_id)),
        statuses=tuple(row._replace(at=wall_time(row.at)) for row in statuses_of(session, person_id)),
        training=tuple(training_of(session, person_id)),
    )


def _comrades(session: Session, person_id: str, today: date) -> tuple[str | None, SquadRole | None, list[str]]:
    """Return somebody's squad and role today, and everybody in that squad."""
    members = reads.members_on(session, today)
    squad_id, role = next(((squad, role) for one, squad, role in members if one == person_id), (None, None))
    return squad_id, role, [one for one, squad, _ in members if squad == squad_id] if squad_id else []


def _pauses(session: Session, person_id: str) -> tuple[PauseRow, ...]:
    return tuple(PauseRow(row.from_on, row.until_on, row.reason) for row in pause_rows(session, [person_id]))


def _availability(
    session: Session, person_id: str, patterns: Sequence[PatternRow]
) -> dict[str, tuple[int, ...]]:  # fmt: skip
    rows = {row.pattern_id: row.by_weekday for row in reads.availability(session, [person_id])}
    return {pattern.id: rows.get(pattern.id, (0,) * 7) for pattern in patterns}


def _text(name: str, value: object) -> str:
    """Return a stored value as a form holds it."""
    if value is None:
        return ""
    if name == "phone":
        return mask_phone(str(value))
    return mask_id(str(value)) if name == "resident_id" else str(value)


def _hours(
    session: Session, person_id: str, comrades: Sequence[str], last: Week
) -> tuple[tuple[WeekHours, ...], int | None]:
    """Return the person's minutes per week, and the median of the squad's sums over the same weeks."""
    weeks = [last.plus(back - WEEKS + 1) for back in range(WEEKS)]
    end = last.monday + timedelta(days=6)
    own = dict.fromkeys(weeks, 0)
    sums = dict.fromkeys(comrades, 0)
    for one, day, minutes in reads.minutes_by_day(session, {person_id, *comrades}, weeks[0].monday, end):
        if one == person_id:
            own[Week.of(day)] += minutes
        if one in sums:
            sums[one] += minutes
    return tuple(WeekHours(week, own[week]) for week in weeks), round(median(sums.values())) if sums else None
