"""Ways out of the gaps of a stored plan, and taking one as a change of the data."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.explain.doctor import DataChange, Deficit, WayOut, deficits, rematch, summed, ways_out
from patrol_desk.engine.problem import FINE
from patrol_desk.models import (
    ActivityClass,
    Availability,
    Certificate,
    CheckpointKind,
    Leave,
    Person,
    Rule,
    RuleStrength,
    ShiftPattern,
    Skill,
)
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.stored import read_stored_plan
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.unit_of_work import UnitOfWork

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the doctor says of a week.

    Parameters
    ----------
    deficits
        Shifts and capabilities in which heads are missing even when all is filled that can be, and whether anybody
        could be there at all.
    ways
        What could give way, cheapest per head first.
    together
        Minimum heads that the chosen ways fill together; None when none was chosen.
    """

    deficits: tuple[Deficit, ...]
    ways: tuple[WayOut, ...]
    together: int | None = None


@permitted(Permission.PLAN_READ)
def ways_out_of_week(
    station: Station,
    actor: Actor,
    week: Week,
    chosen: Iterable[int] = (),
    stop: Callable[[], bool] = lambda: False,
) -> Diagnosis:
    """Return what could give way so that the gaps of a week's newest version are filled.

    Parameters
    ----------
    station, actor, week
        Where, by whom, which week.
    chosen
        Numbers of ways, from 0, whose effect together is asked for.
    stop
        Is asked before each proposal is tried.

    Raises
    ------
    PatrolError
        The week has no plan, or there is no way with such a number.
    """
    stored = read_stored_plan(station, actor, week)
    problem = stored.week_problem.problem
    ways = ways_out(problem, stored.plan, stop)
    numbers = tuple(chosen)
    if any(not 0 <= number < len(ways) for number in numbers):
        raise InvalidDataError(Message("ways.no_such_way", {"count": len(ways)}))
    steps = [ways[number].step for number in numbers]
    together = summed(problem, stored.plan, steps) if steps else None
    return Diagnosis(deficits(problem, rematch(problem, stored.plan, stop).plan), ways, together)


@permitted(Permission.DATA_EDIT)
def take_way_out(station: Station, actor: Actor, week: Week, changes: Iterable[DataChange]) -> Done[int]:
    """Write what ways out ask for, as one step that can be undone, and return how many records that touched.

    Raises
    ------
    InvalidDataError
        Somebody or something named is not there any more; nothing was written.
    """
    with station.write(actor, "plan.way_out") as unit:
        writers = {
            "person": _change_person,
            "certificate": _certify,
            "availability": _make_available,
            "leave": _end_leave,
            "rule": _change_rule,
        }
        count = sum(writers[change.table](unit, week, change) for change in changes)
        return finish(unit, count)


def _people(unit: UnitOfWork, change: DataChange) -> list[Person]:
    found = [queries.first(unit.session, Person, code=code) for code in change.ids]
    return [_there(person, code) for person, code in zip(found, change.ids, strict=True)]


def _there(person: Person | None, code: str) -> Person:
    if person is None:
        raise InvalidDataError(Message("why.no_person", {"person": code}))
    return person


def _change_person(unit: UnitOfWork, week: Week, change: DataChange) -> int:
    del week
    people = _people(unit, change)
    for person in people:
        if change.field == "weekly_cap":
            person.weekly_cap = int(change.value)
        else:
            person.activity_class = ActivityClass(str(change.value))
    return len(people)


def _certify(unit: UnitOfWork, week: Week, change: DataChange) -> int:
    """Note that people have the skill from the week on, until somebody enters the proof."""
    skill = queries.first(unit.session, Skill, code=change.value)
    if skill is None:
        raise InvalidDataError(Message("ways.no_such_skill", {"skill": change.value}))
    people = _people(unit, change)
    for person in people:
        held = queries.first(unit.session, Certificate, person_id=person.id, skill_id=skill.id)
        if held is None:
            unit.session.add(Certificate(person_id=person.id, skill_id=skill.id, number="", issued_on=week.monday))
        else:
            held.ended_on, held.issued_on, held.expires_on = None, week.monday, None
    return len(people)


def _make_available(unit: UnitOfWork, week: Week, change: DataChange) -> int:
    del week
    (person,) = _people(unit, change)
    code, day = _shift(change)
    pattern = queries.first(unit.session, ShiftPattern, code=code)
    if pattern is None:
        raise InvalidDataError(Message("ways.no_such_shift", {"shift": change.value}))
    held = queries.first(unit.session, Availability, person_id=person.id, pattern_id=pattern.id)
    if held is None:
        held = Availability(person_id=person.id, pattern_id=pattern.id)
        unit.session.add(held)
    held.ended_on = None
    setattr(held, WEEKDAYS[day.weekday()], FINE)
    unit.session.flush()
    return 1


def _end_leave(unit: UnitOfWork, week: Week, change: DataChange) -> int:
    """Take one day out of a leave: it becomes shorter, or two."""
    del week
    (person,) = _people(unit, change)
    _, day = _shift(change)
    touched = 0
    for leave in queries.many(unit.session, Leave, person_id=person.id):
        if leave.ended_on is not None or not leave.first_on <= day <= leave.last_on:
            continue
        touched += 1
        last = leave.last_on
        if leave.first_on < day:
            leave.last_on = day - timedelta(days=1)
            if day < last:
                rest = Leave(person_id=person.id, first_on=day + timedelta(days=1), last_on=last, reason=leave.reason)
                unit.session.add(rest)
        elif day < last:
            leave.first_on = day + timedelta(days=1)
        else:
            unit.session.delete(leave)
        unit.session.flush()
    return touched


def _change_rule(unit: UnitOfWork, week: Week, change: DataChange) -> int:
    del week
    code, *kinds = change.ids
    kind = CheckpointKind(kinds[0]) if kinds else None
    rule = queries.first(unit.session, Rule, code=code, checkpoint_kind=kind)
    if rule is None:
        rule = Rule(code=code, checkpoint_kind=kind)
        unit.session.add(rule)
    rule.ended_on = None
    if change.field == "number":
        rule.number = int(change.value)
    else:
        rule.strength = RuleStrength(str(change.value))
    unit.session.flush()
    return 1


def _shift(change: DataChange) -> tuple[str, date]:
    """Return the pattern's code and the date of a shift's name."""
    code, _, day = str(change.value).rpartition("@")
    return code, date.fromisoformat(day)
