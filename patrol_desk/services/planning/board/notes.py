"""What stands against an assignment: the engine's one conflict function, and the soft notes beside it."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from patrol_desk.common.message import Message
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import AVOID, MEMBER, Problem
from patrol_desk.engine.rules import blocking
from patrol_desk.engine.rules import conflicts as conflicts_of
from patrol_desk.engine.visits import predictable
from patrol_desk.services.planning.board.data import Conflict, Holder
from patrol_desk.services.planning.board.frame import Frame
from patrol_desk.services.planning.board.seating import open_groups, seat_for
from patrol_desk.services.planning.board.stand import Held, Stand
from patrol_desk.services.planning.board.words import capability_words, shift_words, worded
from patrol_desk.services.planning.overrides import Overridden

CLOSE_MINUTES: Final = 120
"""Rest that exceeds the rule by less than this is told."""
FAR_SHARE: Final = 0.7
"""A way longer than this share of the reach is told."""

Place = tuple[int, int]


def conflicts(stand: Stand, problem: Problem, person_id: str, place: Place, group: int | None) -> tuple[Conflict, ...]:
    """Return blocks, warnings and notes, in this order.

    Parameters
    ----------
    stand
        Who stands where, without the assignments imagined away.
    problem
        The week's problem; with locked pairs, those that are imagined away are told.
    person_id, place
        Who, and row and shift.
    group
        Seat group; None: the first free one the person fits.
    """
    frame = stand.frame
    person, cell = frame.person_of.get(person_id), place[0] * len(frame.shifts) + place[1]
    if person is None:
        return (Conflict("block", "status", Message("rule.status")),)
    groups = frame.cell_groups.get(cell, ())
    if not groups:
        return (Conflict("block", "demand", Message("board.not_staffed", {"shift": shift_words(frame, place[1])})),)
    if group is None:
        group = seat_for(stand, person, *place)
    if group is None:
        group = next(iter(open_groups(stand, cell)), groups[-1])
    blocks = [
        Conflict("block", rule, message, frame.who(rule)) for rule, message in against(stand, problem, person, group)
    ]
    return (*blocks, *soft(stand, person, place, group))


def hard(stand: Stand, problem: Problem, person: int, group: int) -> list[tuple[str, Message]]:
    """Return every hard rule that somebody in a seat group breaks, as the engine's conflict function says it."""
    found = blocking(problem, small_plan(stand, person, group), person, group)
    return [(rule_break.rule, worded(stand.frame, rule_break.message)) for rule_break in found]


def against(stand: Stand, problem: Problem, person: int, group: int) -> list[tuple[str, Message]]:
    """Return every hard rule against putting somebody into a seat group in which they do not stand yet.

    The engine looks at a pair that the plan holds as the one in question; here it would be a second one.
    """
    found = hard(stand, problem, person, group)
    cell = int(stand.frame.group_cell[group])
    here = any(item.person == person for item in stand.cells.get(cell, ()))
    if here and not any(rule == "twice" for rule, _ in found):
        found.append(("twice", Message("board.already_here")))
    return found


def breaks(stand: Stand, item: Held) -> tuple[Message, ...]:
    """Return the hard rules that a seat held breaks."""
    if item.group < 0:
        return (Message("board.seat_gone"),)
    return tuple(message for _, message in hard(stand, stand.frame.problem, item.person, item.group))


def holder_of(stand: Stand, item: Held, shift: int, overridden: tuple[Overridden, ...]) -> Holder:
    """Return who holds a seat, with the rules that it breaks and those overridden."""
    frame, person = stand.frame, item.person
    people = frame.problem.people
    told = () if item.group < 0 else tuple(_soft_rules(stand, person, item.group))
    return Holder(
        assignment_id=item.row.id,
        person_id=item.row.person_id,
        name=frame.names.people[person],
        squad=frame.squad_name(person),
        colour=frame.squad_colour(person),
        leader=bool(people.squad[person] >= 0 and people.role[person] != MEMBER),
        skills=frame.skill_marks(person, int(frame.problem.shifts.day[shift])),
        duties=int(stand.week_duties[person]),
        cap=int(people.cap_week[person]),
        locked=item.row.locked,
        source=item.row.source,
        breaks=breaks(stand, item),
        overridden=overridden,
        told=told,
    )


def small_plan(stand: Stand, person: int, group: int) -> Plan:
    """Return the part of the plan that the rules look at: the person's duties, and the patrol of the group."""
    cell = int(stand.frame.group_cell[group])
    rows = {(item.person, item.group) for item in stand.by_person.get(person, ()) if item.group >= 0}
    rows.update((item.person, item.group) for item in stand.cells.get(cell, ()) if item.group >= 0)
    return Plan(np.array(sorted(rows), dtype=np.int32).reshape(-1, 2))


_NEXT_SEAT: Final = ("lead", "official")
"""Rules of which nobody is warned while another seat of the patrol is still open to whoever is missing."""


def soft(stand: Stand, person: int, place: Place, group: int) -> tuple[Conflict, ...]:
    """Return warnings, then notes, about somebody who takes a seat; a rule that only hints makes a note."""
    found = [*_warnings(stand, person, place[1], group), *_notes(stand, person, place, group)]
    return tuple(sorted(found, key=lambda conflict: conflict.severity != "warn"))


def _warnings(stand: Stand, person: int, shift: int, group: int) -> Iterator[Conflict]:
    frame, problem = stand.frame, stand.frame.problem
    people, cell = problem.people, int(frame.group_cell[group])
    for found in _soft_rules(stand, person, group):
        waits = found.rule in _NEXT_SEAT and _open_seats(stand, cell) > 1
        if not waits:
            yield found
    if people.availability[person, shift] == AVOID:
        yield Conflict("warn", "avoid", Message("board.avoid", {"shift": shift_words(frame, shift)}))
    others = [item for item in stand.by_person.get(person, ()) if item.group >= 0 and item.cell != cell]
    duties, cap = len(others) + 1, int(people.cap_week[person])
    if 1 < cap == duties:
        yield Conflict("warn", "cap_reached", Message("board.cap_reached", {"duties": duties, "cap": cap}))
    day = int(problem.shifts.day[shift])
    on_day = sum(int(problem.shifts.day[item.cell % len(frame.shifts)]) == day for item in others) + 1
    if 1 < on_day <= problem.rules.cap_day:
        yield Conflict("warn", "same_day", Message("board.same_day", {"duties": on_day}))
    for message in foreseen(frame, person, group):
        yield Conflict("warn", "predictable", message)
    rest = _rest(stand, person, shift, [item.cell % len(frame.shifts) for item in others])
    if rest is not None and problem.rules.rest_min <= rest < problem.rules.rest_min + CLOSE_MINUTES:
        yield Conflict("warn", "rest_close", Message("board.rest_close", {"hours": f"{rest / 60:g}"}))


def _soft_rules(stand: Stand, person: int, group: int) -> Iterator[Conflict]:
    """Return the weighted rules that somebody in a seat breaks, as warnings, and those that only hint, as notes."""
    for found in conflicts_of(stand.frame.problem, small_plan(stand, person, group), person, group):
        if not found.blocks:
            yield Conflict("note" if found.hints else "warn", found.rule, worded(stand.frame, found.message))


def _open_seats(stand: Stand, cell: int) -> int:
    demand = stand.frame.problem.demand
    return sum(int(demand.desired[group] - stand.heads[group]) for group in stand.frame.cell_groups.get(cell, ()))


def foreseen(frame: Frame, person: int, group: int) -> tuple[Message, ...]:
    """Return what an observer of the past weeks could foresee if somebody took a seat, in the words of the roster."""
    demand = frame.problem.demand
    task, squad = int(demand.group_task[group]), int(frame.problem.people.squad[person])
    low_demand = bool(demand.visits[demand.task_checkpoint[task]])
    row = frame.place_of(int(frame.group_cell[group]))[0]
    words = {
        "squad": frame.squad_name(person),
        "checkpoint": frame.rows[row].name,
        "shift": shift_words(frame, int(demand.task_shift[task])),
    }
    found = predictable.warnings(frame.past, squad, task, low_demand=low_demand)
    return tuple(
        Message(message.code, {"times": message.params["times"], "weeks": message.params["weeks"], **words})
        for message in found
    )


def _rest(stand: Stand, person: int, shift: int, others: list[int]) -> int | None:
    """Return the least minutes between the shift and the person's other duties, None without any."""
    shifts, busy = stand.frame.problem.shifts, stand.frame.problem.busy
    start, end = int(shifts.start[shift]), int(shifts.end[shift])
    spans = [(int(shifts.start[other]), int(shifts.end[other])) for other in others]
    if len(busy):
        spans.extend((int(row[1]), int(row[2])) for row in busy[busy[:, 0] == person])
    return min((max(begin - end, start - until) for begin, until in spans), default=None)


def _notes(stand: Stand, person: int, place: Place, group: int) -> Iterator[Conflict]:
    frame, demand = stand.frame, stand.frame.problem.demand
    items = [item for item in stand.cells.get(int(frame.group_cell[group]), ()) if item.person != person]
    squads = {frame.squad_name(item.person) for item in items if item.person >= 0} - {""}
    if squads and frame.squad_name(person) not in squads:
        yield Conflict("note", "mixed", Message("board.mixed", {"squads": sorted(squads)}))
    heads = dict.fromkeys(frame.cell_groups.get(int(frame.group_cell[group]), ()), 0)
    for item in items:
        if item.group in heads:
            heads[item.group] += 1
    heads[group] += 1
    for other, count in heads.items():
        if demand.group_capability[other] >= 0 and count < demand.minimum[other]:
            kind = capability_words(frame, int(demand.group_capability[other]))
            yield Conflict("note", "seat_open", Message("board.seat_open", {"kind": kind}))
    far = int(frame.metres(place[0], np.array([person], dtype=np.int64))[0])
    reach = frame.problem.rules.reach_of(int(demand.kind[frame.row_checkpoint[place[0]]]))
    if FAR_SHARE * reach < far <= reach:
        yield Conflict("note", "far", Message("board.far", {"km": f"{far / 1000:.1f}"}))
