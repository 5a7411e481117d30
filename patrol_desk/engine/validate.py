"""What a problem must satisfy to be one: shapes, types, ranges, references. Each fault is told with its place."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.engine.magnitude import MOST, most_points
from patrol_desk.engine.parts import (
    ALWAYS,
    CLASSES,
    LEADER,
    NO_PLACE,
    PREFER,
    WAITED_MOST,
    Demand,
    People,
    ProblemParts,
    Shifts,
)
from patrol_desk.engine.strengths import HARD, HINT

Array = NDArray[np.int8] | NDArray[np.int32] | NDArray[np.int64] | NDArray[np.uint32] | NDArray[np.bool_]

MAX_COORDINATE = 1_000_000
"""Places lie within a thousand kilometres of the plane's origin; distances in units of 100 m then fit 16 bits."""

MAX_CAPABILITIES = 32
MAX_HEADS = 10_000
MAX_LOAD = 100_000
MAX_MINUTE = 60 * 24 * 400
MAX_POINTS = 10**9
MAX_TIMES = 1_000
MAX_KINDS = 100


def validate(problem: ProblemParts) -> None:
    """Raise `InvalidDataError` for anything that cannot be right, and make the arrays read-only."""
    sizes = (len(problem.people.ids), len(problem.shifts.ids), problem.days, len(problem.squads))
    _scalars(problem)
    _strengths(problem)
    _shifts(problem.shifts, problem.days)
    _people(problem.people, sizes, len(problem.capabilities))
    _demand(problem.demand, sizes[1], problem)
    _pairs(problem, sizes[0])
    if (points := most_points(problem)) > MOST:
        raise InvalidDataError(Message("engine.too_many_points", {"points": f"{points:.1e}", "most": f"{MOST:.1e}"}))


def _fault(code: str, name: str, **params: object) -> InvalidDataError:
    return InvalidDataError(Message(f"engine.{code}", {"field": name, **params}))


def _array(name: str, array: object, shape: tuple[int, ...], dtype: type[np.generic]) -> None:
    """Check shape and type of one array and freeze it."""
    if not isinstance(array, np.ndarray):
        raise _fault("not_an_array", name, value=type(array).__name__)
    if array.dtype != np.dtype(dtype):
        raise _fault("wrong_type", name, value=str(array.dtype), right=np.dtype(dtype).name)
    if array.shape != shape:
        raise _fault("wrong_shape", name, value=str(array.shape), right=str(shape))
    array.setflags(write=False)


def _range(name: str, array: Array, low: int, high: int, ids: tuple[str, ...] = ()) -> None:
    """Check that every value lies in low … high."""
    bad = (array < low) | (array > high)
    if bad.any():
        where = np.argwhere(bad)[0]
        value = int(array[tuple(where)])
        raise _fault("out_of_range", name, row=_row(where, ids), value=value, low=low, high=high)


def _row(where: NDArray[np.intp], ids: tuple[str, ...]) -> str:
    first = int(where[0])
    name = f"{first} ({ids[first]})" if first < len(ids) else str(first)
    return ", ".join([name, *(str(int(index)) for index in where[1:])])


def _names(name: str, ids: object) -> None:
    """Check that names are text and occur once."""
    if not isinstance(ids, tuple) or not all(isinstance(item, str) for item in ids):
        raise _fault("names_not_text", name)
    if len(set(ids)) != len(ids):
        twice = [item for item, times in Counter(ids).items() if times > 1]
        raise _fault("name_twice", name, value=twice[0])


def _places(name: str, array: Array, ids: tuple[str, ...]) -> None:
    """Check coordinates: both unknown or both near the plane's origin."""
    unknown = array == NO_PLACE
    half = unknown.any(axis=1) & ~unknown.all(axis=1)
    if half.any():
        raise _fault("half_a_place", name, row=_row(np.argwhere(half)[0], ids))
    _range(name, np.where(unknown, 0, array), -MAX_COORDINATE, MAX_COORDINATE, ids)


def _scalars(problem: ProblemParts) -> None:
    rules = problem.rules
    limits = (
        ("days", problem.days, 1, 60),
        ("rules.reach_m", rules.reach_m, 0, 4 * MAX_COORDINATE),
        ("rules.rest_min", rules.rest_min, 0, 7 * 24 * 60),
        ("rules.cap_day", rules.cap_day, 0, 24),
        ("rules.consecutive_days", rules.consecutive_days, 0, 60),
        ("rules.nights_in_row", rules.nights_in_row, 0, 60),
        ("begin", MAX_MINUTE if problem.begin == ALWAYS else problem.begin, -MAX_MINUTE, MAX_MINUTE),
        ("capabilities", len(problem.capabilities), 1, MAX_CAPABILITIES),
    )
    for name, value, low, high in limits:
        if not low <= value <= high:
            raise _fault("number_out_of_range", name, value=value, low=low, high=high)
    _names("capabilities", problem.capabilities)
    if problem.capabilities[0] != "leader":
        raise _fault("first_capability", "capabilities", value=problem.capabilities[0])
    _names("squads", problem.squads)
    _array("squad_base", problem.squad_base, (len(problem.squads), 2), np.int32)
    _places("squad_base", problem.squad_base, problem.squads)


def _strengths(problem: ProblemParts) -> None:
    """Check each rule's strength and the kinds of checkpoints."""
    rules = problem.rules
    names = ("rest", "insured", "workday_eve", "consecutive", "nights", "apart", "together")
    found = [(f"rules.{name}", getattr(rules, name), HARD) for name in names if getattr(rules, name) != HINT]
    _names("rules.kinds", tuple(kind.name for kind in rules.kinds))
    if not 1 <= len(rules.kinds) <= MAX_KINDS:
        raise _fault("number_out_of_range", "rules.kinds", value=len(rules.kinds), low=1, high=MAX_KINDS)
    for kind in rules.kinds:
        place = f"rules.kinds.{kind.name}"
        own = [("reach", kind.reach, HARD), ("novice", kind.novice, HARD), ("lead", kind.lead, 0)]
        own.append(("official", kind.official, 0))
        found += [(f"{place}.{name}", value, low) for name, value, low in own if value != HINT]
        if kind.reach_m is not None and not 0 <= kind.reach_m <= 4 * MAX_COORDINATE:
            high = 4 * MAX_COORDINATE
            raise _fault("number_out_of_range", f"{place}.reach_m", value=kind.reach_m, low=0, high=high)
    for name, value, low in found:
        if not low <= value <= MAX_POINTS:
            raise _fault("number_out_of_range", name, value=value, low=low, high=MAX_POINTS)


def _shifts(shifts: Shifts, days: int) -> None:
    count = (len(shifts.ids),)
    _names("shifts.ids", shifts.ids)
    for name, dtype in (("start", np.int32), ("end", np.int32), ("day", np.int8), ("load_class", np.int8)):
        _array(f"shifts.{name}", getattr(shifts, name), count, dtype)
    for name in ("night", "workday_eve"):
        _array(f"shifts.{name}", getattr(shifts, name), count, np.bool_)
    _range("shifts.start", shifts.start, -MAX_MINUTE, MAX_MINUTE, shifts.ids)
    _range("shifts.end", shifts.end, -MAX_MINUTE, MAX_MINUTE, shifts.ids)
    _range("shifts.day", shifts.day, 0, days - 1, shifts.ids)
    _range("shifts.load_class", shifts.load_class, 0, len(CLASSES) - 1, shifts.ids)
    empty = shifts.end <= shifts.start
    if empty.any():
        at = int(np.flatnonzero(empty)[0])
        value, start = int(shifts.end[at]), int(shifts.start[at])
        raise _fault("empty_shift", "shifts.end", row=shifts.ids[at], value=value, start=start)
    back = (np.diff(shifts.start) < 0) | (np.diff(shifts.day) < 0)
    if back.any():
        raise _fault("shifts_not_sorted", "shifts.start", row=shifts.ids[int(np.flatnonzero(back)[0]) + 1])


def _people(people: People, sizes: tuple[int, int, int, int], capabilities: int) -> None:
    count, shifts, days, squads = sizes
    _names("people.ids", people.ids)
    shapes: tuple[tuple[str, tuple[int, ...], type[np.generic]], ...] = (
        ("squad", (count,), np.int32),
        ("role", (count,), np.int8),
        ("on_roster", (count,), np.bool_),
        ("capability", (count, days), np.uint32),
        ("home", (count, 2), np.int32),
        ("cap_week", (count,), np.int8),
        ("load", (count, len(CLASSES)), np.int32),
        ("availability", (count, shifts), np.int8),
        ("leave", (count, shifts), np.bool_),
        ("insured", (count, days), np.bool_),
        ("novice", (count,), np.bool_),
        ("spares_eve", (count,), np.bool_),
        ("waited", (count, len(CLASSES)), np.int8),
    )
    for name, shape, dtype in shapes:
        _array(f"people.{name}", getattr(people, name), shape, dtype)
    _range("people.squad", people.squad, -1, squads - 1, people.ids)
    _range("people.role", people.role, 0, LEADER, people.ids)
    _range("people.capability", people.capability, 0, (1 << capabilities) - 1, people.ids)
    _range("people.cap_week", people.cap_week, 0, 127, people.ids)
    _range("people.load", people.load, 0, MAX_LOAD, people.ids)
    _range("people.availability", people.availability, 0, PREFER, people.ids)
    _range("people.waited", people.waited, 0, WAITED_MOST, people.ids)
    _places("people.home", people.home, people.ids)


def _demand(demand: Demand, shifts: int, problem: ProblemParts) -> None:
    checkpoints, tasks, groups = len(demand.checkpoints), len(demand.task_shift), len(demand.group_task)
    _names("demand.checkpoints", demand.checkpoints)
    shapes: tuple[tuple[str, tuple[int, ...], type[np.generic]], ...] = (
        ("place", (checkpoints, 2), np.int32),
        ("task_checkpoint", (tasks,), np.int32),
        ("task_shift", (tasks,), np.int32),
        ("task_tier", (tasks,), np.int8),
        ("group_task", (groups,), np.int32),
        ("group_capability", (groups,), np.int8),
        ("minimum", (groups,), np.int32),
        ("desired", (groups,), np.int32),
        ("kind", (checkpoints,), np.int8),
        ("visits", (checkpoints,), np.int32),
        ("blind_hours", (checkpoints,), np.int32),
        ("held", (groups,), np.int32),
        ("raised", (tasks,), np.int8),
        ("surge_minimum", (groups,), np.int32),
        ("surge_desired", (groups,), np.int32),
    )
    for name, shape, dtype in shapes:
        _array(f"demand.{name}", getattr(demand, name), shape, dtype)
    _places("demand.place", demand.place, demand.checkpoints)
    _range("demand.task_checkpoint", demand.task_checkpoint, 0, checkpoints - 1)
    _range("demand.task_shift", demand.task_shift, 0, shifts - 1)
    _range("demand.task_tier", demand.task_tier, 0, len(problem.weights.minimum) - 1)
    _range("demand.group_task", demand.group_task, 0, tasks - 1)
    _range("demand.group_capability", demand.group_capability, -1, len(problem.capabilities) - 1)
    _range("demand.minimum", demand.minimum, 0, MAX_HEADS)
    _range("demand.desired", demand.desired, 0, MAX_HEADS)
    _range("demand.kind", demand.kind, 0, len(problem.rules.kinds) - 1, demand.checkpoints)
    _range("demand.visits", demand.visits, 0, MAX_HEADS, demand.checkpoints)
    _range("demand.blind_hours", demand.blind_hours, 0, MAX_MINUTE, demand.checkpoints)
    _range("demand.held", demand.held, 0, MAX_HEADS)
    _range("demand.raised", demand.raised, 0, len(problem.weights.minimum) - 1)
    _surge(demand)
    more = demand.minimum > demand.desired
    if more.any():
        at = int(np.flatnonzero(more)[0])
        value, desired = int(demand.minimum[at]), int(demand.desired[at])
        raise _fault("minimum_above_desired", "demand.minimum", row=at, value=value, desired=desired)
    _once("demand.task_shift", "task_twice", np.column_stack([demand.task_checkpoint, demand.task_shift]))
    _once("demand.group_task", "group_twice", np.column_stack([demand.group_task, demand.group_capability]))


def _surge(demand: Demand) -> None:
    """Check that what a security period adds is contained in what is asked for."""
    for name in ("minimum", "desired"):
        added, asked = getattr(demand, f"surge_{name}"), getattr(demand, name)
        _range(f"demand.surge_{name}", added, 0, MAX_HEADS)
        bad = np.flatnonzero(added > asked)
        if len(bad):
            at = int(bad[0])
            raise _fault(
                "out_of_range", f"demand.surge_{name}", row=str(at), value=int(added[at]), low=0, high=int(asked[at])
            )


def _once(name: str, code: str, pairs: Array) -> None:
    """Check that no row of whole numbers occurs twice."""
    if len(pairs) < 2:
        return
    order = np.lexsort(pairs.T[::-1])
    same = (np.diff(pairs[order].astype(np.int64), axis=0) == 0).all(axis=1)
    if same.any():
        at = int(np.flatnonzero(same)[0])
        raise _fault(code, name, row=int(max(order[at], order[at + 1])), first=int(min(order[at], order[at + 1])))


def _pairs(problem: ProblemParts, people: int) -> None:
    groups = len(problem.demand.group_task)
    for name in ("locked", "baseline", "busy"):
        rows: NDArray[np.int32] = getattr(problem, name)
        _array(name, rows, (*np.shape(rows)[:1], 3 if name == "busy" else 2), np.int32)
        _range(f"{name}[:, 0]", rows[:, 0], 0, people - 1)
        if name == "busy":
            _range("busy[:, 1:]", rows[:, 1:], -MAX_MINUTE, MAX_MINUTE)
        else:
            _range(f"{name}[:, 1]", rows[:, 1], 0, groups - 1)
            _once(name, "pair_twice", rows)
    _couples(problem, people)
    _habit(problem)
    busy = problem.busy
    empty = busy[:, 2] <= busy[:, 1]
    if empty.any():
        at = int(np.flatnonzero(empty)[0])
        raise _fault("empty_shift", "busy", row=at, value=int(busy[at, 2]), start=int(busy[at, 1]))


def _couples(problem: ProblemParts, people: int) -> None:
    """Check the pairs that must, or must not, serve together."""
    for name in ("apart", "together"):
        rows: NDArray[np.int32] = getattr(problem, name)
        _array(name, rows, (*np.shape(rows)[:1], 2), np.int32)
        _range(f"{name}[:, 0]", rows[:, 0], 0, people - 1)
        _range(f"{name}[:, 1]", rows[:, 1], 0, people - 1)
        turned = np.flatnonzero(rows[:, 0] >= rows[:, 1])
        if len(turned):
            raise _fault("pair_turned", name, row=int(turned[0]))
        _once(name, "pair_twice", rows)
    both = sorted(set(map(tuple, problem.apart.tolist())) & set(map(tuple, problem.together.tolist())))
    if both:
        one, other = (problem.people.ids[person] for person in both[0])
        raise _fault("apart_and_together", "together", person=one, other=other)


def _habit(problem: ProblemParts) -> None:
    rows = problem.habit
    _array("habit", rows, (*np.shape(rows)[:1], 3), np.int32)
    _range("habit[:, 0]", rows[:, 0], 0, len(problem.squads) - 1)
    _range("habit[:, 1]", rows[:, 1], 0, len(problem.demand.task_shift) - 1)
    _range("habit[:, 2]", rows[:, 2], 1, MAX_TIMES)
    _once("habit", "pair_twice", rows[:, :2])
