"""Writing what a way out asks for: each kind of change in its table."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.explain.doctor import DataChange
from patrol_desk.engine.explain.doctor.seats import codes
from patrol_desk.engine.problem import FINE, Problem
from patrol_desk.models import (
    ActivityClass,
    Availability,
    Certificate,
    Checkpoint,
    Demand,
    DutyRequest,
    KnownGap,
    Leave,
    Person,
    PersonPause,
    RequestKind,
    RequestState,
    RuleStrength,
    ShiftPattern,
    Skill,
)
from patrol_desk.services.planning.edits.single import change as change_assignments
from patrol_desk.services.planning.edits.single import insert
from patrol_desk.services.planning.edits.transaction import Edit, seat_columns
from patrol_desk.services.rules.stated import written_from
from patrol_desk.storage import queries
from patrol_desk.storage.reads.pauses import pause_rows
from patrol_desk.storage.unit_of_work import UnitOfWork

ONE_DAY = timedelta(days=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def write_changes(
    unit: UnitOfWork, week: Week, changes: Iterable[DataChange], reason: str, edit: Callable[[], Edit]
) -> int:
    """Write changes within a transaction and return how many records that touched.

    Parameters
    ----------
    unit, week
        The transaction, and the week which the ways out are of.
    changes
        What ways out ask for.
    reason
        Why heads are left open; kept with them.
    edit
        Opens an edit of the week's draft in the transaction; called where duties change.

    Raises
    ------
    InvalidDataError
        Somebody or something named is not there any more.
    """
    writers = {
        "person": _change_person,
        "certificate": _certify,
        "availability": _make_available,
        "leave": _end_leave,
        "rule": _change_rule,
    }
    whole = list(changes)
    count = 0
    duties = [change for change in whole if change.table == "assignment"]
    if duties:
        draft = edit()
        count += sum(_lock(draft, change) for change in duties)
    for change in whole:
        if change.table == "demand":
            count += _ask_fewer(unit, change, reason)
        elif change.table != "assignment":
            count += writers[change.table](unit, week, change)
    return count


def _lock(edit: Edit, change: DataChange) -> int:
    """Put somebody into a seat and lock them there, though a rule stands against it, or open a lock."""
    person, checkpoint, shift, capability = change.ids
    problem = edit.board.frame.problem
    groups = [group for group in range(len(problem.demand.group_task)) if _is(problem, group, change.ids[1:])]
    number = problem.people.ids.index(person) if person in problem.people.ids else -1
    held = [item for item in edit.board.stand.held.values() if item.person == number and item.group in groups]
    if number < 0 or not groups or not (held or change.value):
        raise _gone(person, f"{checkpoint} {shift} {capability}")
    if held:
        return change_assignments(edit, [(item, {"locked": bool(change.value)}) for item in held])
    return len(insert(edit, [{**seat_columns(edit.board, number, groups[0]), "locked": True}]))


def _is(problem: Problem, group: int, names: tuple[str, ...]) -> bool:
    """Say whether a seat group has these codes: checkpoint, shift, capability."""
    return codes(problem, group) == names


def _gone(person: str, seat: str) -> InvalidDataError:
    return InvalidDataError(Message("ways.no_such_seat", {"person": person, "seat": seat.strip()}))


def _ask_fewer(unit: UnitOfWork, change: DataChange, reason: str) -> int:
    """Let the neighbour hold more heads of a weekly demand, or note that heads of one shift stay open."""
    session = unit.session
    code, shift, capability = change.ids
    pattern_code, _, day = shift.rpartition("@")
    on = date.fromisoformat(day)
    place = queries.first(session, Checkpoint, code=code)
    pattern = queries.first(session, ShiftPattern, code=pattern_code)
    leader = capability == "leader"
    skill = None if leader or not capability else queries.first(session, Skill, code=capability.removeprefix("skill:"))
    if place is None or pattern is None or (skill is None and capability and not leader):
        raise _gone("", f"{code} {shift} {capability}")
    kind = {"checkpoint_id": place.id, "pattern_id": pattern.id, "skill_id": skill and skill.id, "leader": leader}
    if change.field == "held":
        asked = queries.first(session, Demand, **kind, weekday=on.weekday())
        if asked is None:
            raise _gone("", f"{code} {shift} {capability}")
        asked.held += int(change.value)
        return 1
    known = queries.first(session, KnownGap, **kind, on_date=on)
    if known is None:
        known = KnownGap(**kind, on_date=on, heads=0, reason="")
        session.add(known)
    elif known.ended_on is not None:
        known.ended_on, known.heads = None, 0
    known.heads += int(change.value)
    known.reason = reason
    session.flush()
    return 1


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
            _raise_cap(person, int(change.value))
        else:
            person.activity_class = ActivityClass(str(change.value))
    return len(people)


def _raise_cap(person: Person, cap: int) -> None:
    """Let somebody serve more often; who serves by the month becomes weekly, for the month's cap would hold on."""
    if person.activity_class is ActivityClass.MONTHLY:
        person.activity_class = ActivityClass.WEEKLY
    person.weekly_cap = max(person.weekly_cap, cap)


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
    """Take one day out of a leave, or out of a pause, which planning treats alike: it becomes shorter, or two.

    Who was let off that one shift is so no more.
    """
    del week
    (person,) = _people(unit, change)
    code, day = _shift(change)
    leave = queries.many(unit.session, Leave, person_id=person.id, ended_on=None)
    pauses = pause_rows(unit.session, [person.id])
    return (
        sum(_without(unit, row, "first_on", "last_on", day) for row in leave)
        + sum(_without(unit, row, "from_on", "until_on", day) for row in pauses)
        + _no_more_let_off(unit, person, code, day)
    )


def _no_more_let_off(unit: UnitOfWork, person: Person, code: str, day: date) -> int:
    pattern = queries.first(unit.session, ShiftPattern, code=code)
    kind = {"kind": RequestKind.DROP, "state": RequestState.APPROVED}
    pattern_id = pattern.id if pattern is not None else ""
    rows = queries.many(unit.session, DutyRequest, person_id=person.id, pattern_id=pattern_id, on_date=day, **kind)
    for row in rows:
        row.state, row.decided_at, row.decided_by = RequestState.REFUSED, unit.now, unit.actor.name
    unit.session.flush()
    return len(rows)


def _without(unit: UnitOfWork, row: Leave | PersonPause, first: str, last: str, day: date) -> bool:
    """Take a day out of a record's days, and say whether it was among them; an open end stays open."""
    begins: date = getattr(row, first)
    ends: date | None = getattr(row, last)
    if day < begins or (ends is not None and day > ends):
        return False
    after = ends is None or day < ends
    if begins < day:
        setattr(row, last, day - ONE_DAY)
        if after:
            days = {first: day + ONE_DAY, last: ends}
            unit.session.add(type(row)(person_id=row.person_id, reason=row.reason, **days))
    elif after:
        setattr(row, first, day + ONE_DAY)
    else:
        unit.session.delete(row)
    unit.session.flush()
    return True


def _change_rule(unit: UnitOfWork, week: Week, change: DataChange) -> int:
    """Write a rule from the week on which the way out is; earlier weeks keep what they have."""
    code, *kinds = change.ids
    rule = written_from(unit, code, kinds[0] if kinds else None, week.monday)
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
