"""The parts of a planning problem as frozen arrays; `engine.problem` puts them together and validates."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.strengths import Rules
from patrol_desk.engine.weights import Weights

Int8 = NDArray[np.int8]
Int32 = NDArray[np.int32]
UInt32 = NDArray[np.uint32]
Bool = NDArray[np.bool_]

NO_PLACE: Final = -(2**31)
"""Coordinate of a person or checkpoint whose place is unknown: every distance to it is 0, always in reach."""

UNAVAILABLE: Final = 0
AVOID: Final = 1
FINE: Final = 2
PREFER: Final = 3

MEMBER: Final = 0
DEPUTY: Final = 1
LEADER: Final = 2

LEAD: Final = 0
"""Capability bit 0: leads a squad (leader or deputy). The other bits are skills."""

OFFICIAL: Final = "official"
"""Name of the capability of officers, auxiliaries and full-time patrols, where the problem knows it."""

CLASSES: Final = ("weekday", "night", "weekend", "holiday")
NIGHT: Final = 1
"""Index of the class of nights."""

WAITED_MOST: Final = 8
"""Weeks since the last duty of a class beyond which nobody goes first any more."""

ALWAYS: Final = -(2**31)
"""`ProblemParts.begin` of a problem in which nothing has begun."""


def left_out(dtype: type[np.generic]) -> Callable[[], NDArray[Any]]:
    """Return what stands for an array that a caller leaves out: an empty one, filled in when its owner is made."""
    return lambda: np.zeros(0, dtype=dtype)


def _fill(owner: object, name: str, shape: tuple[int, ...], fill: int) -> None:
    """Give an array that was left out its neutral value; one that holds nothing else follows its owner's size."""
    array = getattr(owner, name)
    if isinstance(array, np.ndarray) and array.shape != shape and bool((array == fill).all()):
        object.__setattr__(owner, name, np.full(shape, fill, dtype=array.dtype))


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Who may serve; P people.

    Parameters
    ----------
    ids
        P names by which callers know the people.
    squad
        (P,) index of the squad, -1 for none.
    role
        (P,) MEMBER, DEPUTY or LEADER of that squad.
    on_roster
        (P,) active and of a class that is rostered; the others keep rule ``status`` broken wherever they stand.
    capability
        (P, D) bit mask per day: bit k set when the person has capability k (`ProblemParts.capabilities`) that day.
    home
        (P, 2) metres on a local plane, or NO_PLACE.
    cap_week
        (P,) most duties in the problem's days, ≥ 0.
    load
        (P, 4) duties carried over from earlier weeks per class (`CLASSES`), ≥ 0.
    availability
        (P, T) UNAVAILABLE, AVOID, FINE or PREFER.
    leave
        (P, T) on leave.
    insured
        (P, D) insured on the day; everybody is where it is left out.
    novice
        (P,) new: serves only beside somebody who is not; nobody is where it is left out.
    spares_eve
        (P,) asks for no night before a workday's morning; nobody does where it is left out.
    waited
        (P, 4) whole weeks since the last duty of each class, 0 … `WAITED_MOST`: the duty queue; all have waited longest
        where it is left out.
    """

    ids: tuple[str, ...]
    squad: Int32
    role: Int8
    on_roster: Bool
    capability: UInt32
    home: Int32
    cap_week: Int8
    load: Int32
    availability: Int8
    leave: Bool
    insured: Bool = field(default_factory=left_out(np.bool_))
    novice: Bool = field(default_factory=left_out(np.bool_))
    spares_eve: Bool = field(default_factory=left_out(np.bool_))
    waited: Int8 = field(default_factory=left_out(np.int8))

    def __post_init__(self) -> None:
        """Fill in what was left out."""
        count, days = np.shape(self.capability) if np.ndim(self.capability) == 2 else (len(self.ids), 0)
        _fill(self, "insured", (count, days), fill=True)
        _fill(self, "novice", (count,), fill=False)
        _fill(self, "spares_eve", (count,), fill=False)
        _fill(self, "waited", (count, len(CLASSES)), fill=WAITED_MOST)


@dataclass(frozen=True, slots=True, eq=False)
class Shifts:
    """The dated shifts, T of them, ordered by start.

    Parameters
    ----------
    ids
        T names by which callers know the shifts.
    start, end
        (T,) minutes since Monday 00:00 of the first day's week; end > start; may cross midnight.
    day
        (T,) index of the day on which the shift starts, 0 … D-1.
    load_class
        (T,) index into `CLASSES`.
    night
        (T,) counts among the nights in a row; those of the class of nights where it is left out.
    workday_eve
        (T,) a night whose next morning is a workday's; none where it is left out.
    """

    ids: tuple[str, ...]
    start: Int32
    end: Int32
    day: Int8
    load_class: Int8
    night: Bool = field(default_factory=left_out(np.bool_))
    workday_eve: Bool = field(default_factory=left_out(np.bool_))

    def __post_init__(self) -> None:
        """Fill in what was left out."""
        if np.size(self.night) == 0:
            object.__setattr__(self, "night", np.asarray(self.load_class) == NIGHT)
        _fill(self, "workday_eve", (len(self.ids),), fill=False)


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """What has to be covered: C checkpoints, J tasks, G seat groups.

    A task is a checkpoint in a shift. A seat group is the seats of one task that ask for the same capability.

    Parameters
    ----------
    checkpoints
        C names by which callers know the checkpoints.
    place
        (C, 2) metres on the same plane as the homes, or NO_PLACE.
    task_checkpoint, task_shift
        (J,) indices; a pair occurs once.
    task_tier
        (J,) priority tier, 0 is the top; index into `Weights.minimum`.
    group_task
        (G,) index of the task.
    group_capability
        (G,) index of the capability asked for, -1 for any; a (task, capability) pair occurs once.
    minimum, desired
        (G,) own heads, 0 ≤ minimum ≤ desired: those which a neighbouring town holds are not among them.
    kind
        (C,) index of the checkpoint's kind, `Rules.kinds`; 0 where it is left out.
    visits
        (C,) visits (tasks with a head) that a checkpoint of low demand should see in the problem's days; 0, as where it
        is left out: it is no such checkpoint.
    blind_hours
        (C,) hours without anybody that a checkpoint bears; 0, as where it is left out: as many as it takes.
    held
        (G,) heads of the minimum that a neighbouring town holds at a joint gate; told, not planned.
    raised
        (J,) tiers by which a priority area has raised the task: its own tier is `task_tier` + `raised`.
    surge_minimum, surge_desired
        (G,) heads that a security period has added, contained in `minimum` and `desired`.
    """

    checkpoints: tuple[str, ...]
    place: Int32
    task_checkpoint: Int32
    task_shift: Int32
    task_tier: Int8
    group_task: Int32
    group_capability: Int8
    minimum: Int32
    desired: Int32
    kind: Int8 = field(default_factory=left_out(np.int8))
    visits: Int32 = field(default_factory=left_out(np.int32))
    blind_hours: Int32 = field(default_factory=left_out(np.int32))
    held: Int32 = field(default_factory=left_out(np.int32))
    raised: Int8 = field(default_factory=left_out(np.int8))
    surge_minimum: Int32 = field(default_factory=left_out(np.int32))
    surge_desired: Int32 = field(default_factory=left_out(np.int32))

    def __post_init__(self) -> None:
        """Fill in what was left out."""
        places, tasks, groups = (len(self.checkpoints),), np.shape(self.task_shift), np.shape(self.group_task)
        for name, shape in (("kind", places), ("visits", places), ("blind_hours", places), ("raised", tasks)):
            _fill(self, name, shape, fill=0)
        for name in ("held", "surge_minimum", "surge_desired"):
            _fill(self, name, groups, fill=0)


def _no_rows(columns: int) -> Int32:
    return np.zeros((0, columns), dtype=np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class ProblemParts:
    """Everything a planning problem consists of, not yet validated.

    Parameters
    ----------
    days
        D, the number of days.
    squads
        S names by which callers know the squads.
    squad_base
        (S, 2) metres on the same plane, or NO_PLACE.
    capabilities
        Names; index 0 is always ``"leader"``.
    locked
        (L, 2) (person, seat group) pairs that must stay.
    baseline
        (B, 2) (person, seat group) pairs of the plan that should change little.
    busy
        (K, 3) (person, start, end) in minutes: duties outside this problem that overlap, rest, days and nights in a row
        are measured against.
    apart, together
        (n, 2) pairs of people who must not, or must, serve in one patrol; the smaller index first.
    habit
        (n, 3) (squad, task, times): in how many of the last weeks the squad stood at that checkpoint in that shift.
    begin
        Minute from which the plan may still change: shifts that start before it take nobody new.
    """

    people: People
    shifts: Shifts
    demand: Demand
    days: int = 7
    squads: tuple[str, ...] = ()
    squad_base: Int32 = field(default_factory=lambda: _no_rows(2))
    capabilities: tuple[str, ...] = ("leader",)
    rules: Rules = field(default_factory=Rules)
    weights: Weights = field(default_factory=Weights)
    locked: Int32 = field(default_factory=lambda: _no_rows(2))
    baseline: Int32 = field(default_factory=lambda: _no_rows(2))
    busy: Int32 = field(default_factory=lambda: _no_rows(3))
    apart: Int32 = field(default_factory=lambda: _no_rows(2))
    together: Int32 = field(default_factory=lambda: _no_rows(2))
    habit: Int32 = field(default_factory=lambda: _no_rows(3))
    begin: int = ALWAYS
