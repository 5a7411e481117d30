"""Doubles: somebody gives up one duty for two others, and chains move who stood there.

Where rests or days overlap, the duties somebody holds may leave no room for another although a different set would hold
one more. No chain of single steps finds that; a fork (`core.forks`) is its opposite.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from patrol_desk.engine.compiled import inlined, inner, kernel
from patrol_desk.engine.core.features import starts
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.repair import Trace, fill_by_chains, new_trace
from patrol_desk.engine.core.rounds import fill_in_rounds
from patrol_desk.engine.core.state import State, clone, copy_into, fits_slot, has_room, take
from patrol_desk.engine.core.teams import teams_hold
from patrol_desk.engine.repair.lacking import lacking, short_groups

PATIENCE: Final = 200
"""Doubles tried in vain before the rest is left."""

MOST: Final = 4096
"""Doubles noted at once."""

PERSON, HELD, ONE, TWO = range(4)
"""Columns of a double: who, the slot given up, the two shifts."""


def fill_by_doubles(instance: Instance, state: State, stop: Callable[[], bool]) -> int:
    """Fill seats that lack a minimum head by doubles; return how many doubles were applied.

    Parameters
    ----------
    instance, state
        The state is left as good or better, and never breaks a rule.
    stop
        Is asked before every double.
    """
    done = barren = 0
    doubles = np.zeros((MOST, 4), dtype=np.int64)
    room = np.zeros(len(instance.day), dtype=np.int64)
    again = True
    while again and not stop():
        again = False
        trace = new_trace(instance)
        fill_by_chains(instance, state, trace, short_groups(instance, state))
        count = int(find_doubles(instance, state, _closed(instance, trace), room, doubles))
        for row in doubles[:count]:
            if barren >= PATIENCE or stop():
                break
            if state.holder[row[HELD]] == row[PERSON] and _try(instance, state, row):
                done, barren, again = done + 1, 0, True
            else:
                barren += 1
    return done


def _closed(instance: Instance, trace: Trace) -> tuple[Int64, Int64]:
    """Return the closed groups by shift, as starts (T + 1,) and members."""
    groups = np.flatnonzero(trace.closed).astype(np.int64)
    shift = instance.task_shift[instance.group_task[groups]]
    return starts(shift, len(instance.day)), groups[np.argsort(shift, kind="stable")]


def _try(instance: Instance, state: State, double: Int64) -> bool:
    """Let chains give the person the two other duties; put everything back when the plan lacks no less then."""
    before = clone(state)
    person, held = int(double[PERSON]), int(double[HELD])
    may = instance.allowed[person].copy()
    instance.allowed[person] = 0
    instance.allowed[person, double[ONE:]] = 1
    take(instance, state, held)
    seated = _seat(instance, state, person)
    instance.allowed[person] = may
    if seated and teams_hold(instance, state, int(instance.slot_task[held])):
        if seated > 1:
            fill_in_rounds(instance, state, lambda: False)  # what was given up may be dearer than what was filled
        if lacking(instance, state) < lacking(instance, before):
            return True
    copy_into(before, state)
    return False


def _seat(instance: Instance, state: State, person: int) -> int:
    """Fill empty seats by chains that end with a person, as long as they lack two duties; return how many."""
    trace, seated, full = new_trace(instance), 0, int(state.duties[person]) + 2
    for group in short_groups(instance, state):
        if state.duties[person] >= full:
            break
        seated += int(fill_by_chains(instance, state, trace, np.array([group])))
    return seated


@kernel
def find_doubles(instance: Instance, state: State, closed: tuple[Int64, Int64], room: Int64, doubles: Int64) -> int:
    """Write rows (person, slot given up, shift, shift) of those whose duties could be one more; return how many.

    Parameters
    ----------
    instance, state
        A plan for which chains find nothing more.
    closed
        Groups which an empty seat wants people from, and from which no chain leads to anybody with room, by shift
        (`Trace.closed`). The person fits one of them in both shifts.
    room
        (T,) room for the search.
    doubles
        (n, 4) room for the rows.
    """
    count = 0
    for person in range(len(state.duties)):
        duties = int(state.duties[person])
        if duties == 0 or duties >= instance.cap[person]:
            continue
        shifts = 0
        for shift in range(len(room)):
            room[shift] = _closed_slot(instance, state, closed, person, shift)
            shifts += int(room[shift] >= 0)
        place = 0 if shifts > 1 else duties
        while place < duties:
            if state.fixed[state.duty[person, place]] == 0:
                count = _note(instance, state, room, person, place, doubles, count)
            place += 1
    return count


@inlined
def _closed_slot(instance: Instance, state: State, closed: tuple[Int64, Int64], person: int, shift: int) -> int:
    """Return a slot of a closed group in which the person, seen alone, could serve in the shift, -1 for none."""
    first, groups = closed
    found = -1
    if instance.allowed[person, shift] == 1 and state.at[person, shift] < 0:
        for at in range(first[shift], first[shift + 1]):
            slot = int(instance.slot_first[groups[at]])
            if fits_slot(instance, person, slot):
                found = slot
                break
    return found


@inner
def _note(instance: Instance, state: State, room: Int64, person: int, place: int, doubles: Int64, count: int) -> int:
    """Note the pairs of shifts for which giving up a duty makes room; return how many rows there are."""
    last = int(state.duties[person]) - 1
    held = int(state.duty[person, place])
    state.duty[person, place] = state.duty[person, last]
    for one in range(len(room)):
        state.duties[person] = last
        if room[one] < 0 or not has_room(instance, state, person, int(room[one]), -1):
            continue
        state.duty[person, last] = room[one]
        state.duties[person] = last + 1
        for two in range(one + 1, len(room)):
            if room[two] < 0 or count == len(doubles) or not has_room(instance, state, person, int(room[two]), -1):
                continue
            doubles[count, PERSON] = person
            doubles[count, HELD] = held
            doubles[count, ONE] = one
            doubles[count, TWO] = two
            count += 1
    state.duty[person, last] = state.duty[person, place]
    state.duty[person, place] = held
    state.duties[person] = last + 1
    return count
