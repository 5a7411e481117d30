"""What may happen in mid-week to a plan that stands, as a change of the data."""

from dataclasses import dataclass
from datetime import date, timedelta

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import (
    Checkpoint,
    CheckpointKind,
    CheckpointStatus,
    Leave,
    LeaveReason,
    Person,
    SecurityPeriod,
    Squad,
)
from patrol_desk.storage import queries
from patrol_desk.storage.reads import planning
from patrol_desk.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Period:
    """A security period: one that the file has, by its code, or a new one.

    Parameters
    ----------
    code
        Code, and of a new one the name.
    more_minimum, more_desired
        Heads that a new one adds to each patrol.
    until
        Last day of a new one; None: the week's last.
    kind
        The kind of checkpoint that a new one concerns; None for all.
    """

    code: str
    more_minimum: int = 0
    more_desired: int = 0
    until: date | None = None
    kind: CheckpointKind | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What has happened; several things may have at once.

    Parameters
    ----------
    people, squads
        Codes of people who drop out for the rest of the week, and of squads all of whose members do.
    closed, added
        Codes of checkpoints that are closed from the day on, and of those that are opened.
    period
        A security period that is declared.
    """

    people: tuple[str, ...] = ()
    squads: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    period: Period | None = None


def record(unit: UnitOfWork, week: Week, event: Event, first: date) -> frozenset[str]:
    """Write an event within a transaction and return the ids of those who drop out.

    Parameters
    ----------
    unit, week, event
        The transaction; what happened in which week.
    first
        The day from which it holds.

    Raises
    ------
    InvalidDataError
        Nothing has happened, or what it names is not in the file.
    """
    if not (event.people or event.squads or event.closed or event.added or event.period):
        raise InvalidDataError(Message("repair.nothing_happened"))
    people = _who(unit, week, event, first)
    for person in sorted(people):
        _away(unit, person, first, week.days[-1])
    for code in event.closed:
        _close(_checkpoint(unit, code), first)
    for code in event.added:
        _open(_checkpoint(unit, code), first)
    if event.period is not None:
        _declare(unit, week, event.period, first)
    unit.session.flush()
    return people


def _who(unit: UnitOfWork, week: Week, event: Event, first: date) -> frozenset[str]:
    people, squads = set(), set()
    for code in event.people:
        person = queries.first(unit.session, Person, code=code)
        if person is None:
            raise InvalidDataError(Message("why.no_person", {"person": code}))
        people.add(person.id)
    for code in event.squads:
        squad = queries.first(unit.session, Squad, code=code)
        if squad is None:
            raise InvalidDataError(Message("repair.no_squad", {"code": code}))
        squads.add(squad.id)
    members = planning.memberships_on(unit.session, first, week.days[-1])
    return frozenset(people | {member.person_id for member in members if member.squad_id in squads})


def _away(unit: UnitOfWork, person: str, first: date, last: date) -> None:
    held = queries.first(unit.session, Leave, person_id=person, first_on=first)
    if held is None:
        unit.session.add(Leave(person_id=person, first_on=first, last_on=last, reason=LeaveReason.OTHER))
        return
    held.last_on = last if held.ended_on is not None else max(last, held.last_on)
    held.ended_on = None


def _checkpoint(unit: UnitOfWork, code: str) -> Checkpoint:
    found = queries.first(unit.session, Checkpoint, code=code)
    if found is None:
        raise InvalidDataError(Message("repair.no_checkpoint", {"code": code}))
    return found


def _close(checkpoint: Checkpoint, first: date) -> None:
    """Let its days end before the first; one that would have begun later is closed at once."""
    if checkpoint.first_on is not None and checkpoint.first_on >= first:
        checkpoint.status = CheckpointStatus.CLOSED
    else:
        checkpoint.last_on = first - timedelta(days=1)


def _open(checkpoint: Checkpoint, first: date) -> None:
    """Have it in force from the day on, whatever it was."""
    in_force = checkpoint.status is CheckpointStatus.ACTIVE and checkpoint.ended_on is None
    if not in_force or (checkpoint.first_on is not None and checkpoint.first_on > first):
        checkpoint.first_on = first
    checkpoint.status, checkpoint.ended_on = CheckpointStatus.ACTIVE, None
    if checkpoint.last_on is not None and checkpoint.last_on < first:
        checkpoint.last_on = None


def _declare(unit: UnitOfWork, week: Week, period: Period, first: date) -> None:
    found = queries.first(unit.session, SecurityPeriod, code=period.code)
    if found is not None and found.ended_on is None:
        return
    if period.more_minimum <= 0 and period.more_desired <= 0:
        raise InvalidDataError(Message("repair.period_without_heads", {"code": period.code}))
    if found is None:
        found = SecurityPeriod(code=period.code, name=period.code, percent=0)
        unit.session.add(found)
    found.ended_on, found.first_on, found.last_on = None, first, period.until or week.days[-1]
    found.area_id, found.checkpoint_kind = None, period.kind
    found.more_minimum, found.more_desired = period.more_minimum, max(period.more_desired, period.more_minimum)
