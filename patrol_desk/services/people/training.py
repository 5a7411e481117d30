"""Courses people took part in, noted by hand: for one person or many, changed and taken back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import TrainingRecord, TrainingResult
from patrol_desk.security.permissions import Permission
from patrol_desk.services.people.records import load_serving
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.reads import training as reads
from patrol_desk.storage.unit_of_work import UnitOfWork

LONGEST_COURSE = 60
REFRESH_AHEAD = reads.REFRESH_AHEAD
"""How long before its day a refresher is marked."""
MOST_MINUTES = 6_000
"""A hundred hours: the longest course there is."""


@dataclass(frozen=True, slots=True)
class Training:
    """What is written of a course; without `expires_on` it need not be refreshed.

    Parameters
    ----------
    course
        Its name.
    taken_on
        The day, of a longer course the last one; not after today.
    minutes
        How long it took, 0 to `MOST_MINUTES`.
    result
        What came of it.
    expires_on
        Last day before it must be refreshed.
    """

    course: str
    taken_on: date
    minutes: int
    result: TrainingResult
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class Trained:
    """How many people a course was noted for, and how many had it on that day already and were left alone."""

    people: int
    kept: int


@permitted(Permission.DATA_EDIT)
def add_training(station: Station, actor: Actor, people: Collection[str], training: Training) -> Done[Trained]:
    """Note a course for people, in one step.

    Raises
    ------
    InvalidDataError
        Nobody is named, somebody is retired, or a value is wrong; the sentence says which and what would be right.
    ConcurrentChangeError
        One of them is not there any more.
    """
    wanted = _checked(training, station_today(station.clock))
    with station.write(actor, "person.training") as unit:
        who = load_serving(unit, people)
        found = reads.records_on(unit.session, [one.id for one in who], wanted.course, wanted.taken_on)
        held = {row.person_id: row for row in found}
        added = 0
        for person in who:
            row = held.get(person.id)
            if row is not None and row.ended_on is None:
                continue
            if row is None:
                row = TrainingRecord(id=new_id(), person_id=person.id)
                unit.session.add(row)
            _put(row, wanted)
            row.ended_on = None
            added += 1
        return finish(unit, Trained(added, len(who) - added))


@permitted(Permission.DATA_EDIT)
def change_training(station: Station, actor: Actor, record_id: str, training: Training, *, seen: int) -> Done[None]:
    """Correct what was noted of a course.

    Raises
    ------
    InvalidDataError
        A value is wrong, the person is retired, or has the course on that day already.
    ConcurrentChangeError
        Somebody else changed it since row version `seen`; nothing was written.
    """
    wanted = _checked(training, station_today(station.clock))
    with station.write(actor, "person.training") as unit:
        row = _load(unit, record_id, seen)
        load_serving(unit, [row.person_id])
        twin = reads.records_on(unit.session, [row.person_id], wanted.course, wanted.taken_on)
        if any(other.id != row.id for other in twin):
            params = {"course": wanted.course, "day": wanted.taken_on.isoformat()}
            raise InvalidDataError(Message("people.training_twice", params))
        _put(row, wanted)
        return finish(unit, None)


@permitted(Permission.DATA_EDIT)
def end_training(station: Station, actor: Actor, record_id: str, *, seen: int) -> Done[None]:
    """Take back what was noted of a course.

    Raises
    ------
    ConcurrentChangeError
        Somebody else changed it since row version `seen`; nothing was written.
    """
    with station.write(actor, "person.training") as unit:
        _load(unit, record_id, seen).ended_on = station_today(station.clock)
        return finish(unit, None)


def wrong_training(training: Training, today: date) -> Message | None:
    """Return what is wrong with a course that is to be noted, or None."""
    if not training.course.strip() or len(training.course.strip()) > LONGEST_COURSE:
        return Message("people.training_course", {"limit": LONGEST_COURSE})
    if training.taken_on > today:
        return Message("people.training_future", {"day": training.taken_on.isoformat()})
    if not 0 <= training.minutes <= MOST_MINUTES:
        return Message("people.training_minutes", {"value": training.minutes, "most": MOST_MINUTES})
    if training.expires_on is not None and training.expires_on < training.taken_on:
        days = {"first": training.taken_on.isoformat(), "last": training.expires_on.isoformat()}
        return Message("people.training_order", days)
    return None


def _checked(training: Training, today: date) -> Training:
    wrong = wrong_training(training, today)
    if wrong is not None:
        raise InvalidDataError(wrong)
    return Training(training.course.strip(), training.taken_on, training.minutes, training.result, training.expires_on)


def _load(unit: UnitOfWork, record_id: str, seen: int) -> TrainingRecord:
    row = queries.first(unit.session, TrainingRecord, id=record_id)
    if row is None or row.ended_on is not None or row.row_version != seen:
        raise ConcurrentChangeError(Message("people.training_changed"))
    return row


def _put(row: TrainingRecord, training: Training) -> None:
    row.course, row.taken_on, row.minutes = training.course, training.taken_on, training.minutes
    row.result, row.expires_on = training.result, training.expires_on
