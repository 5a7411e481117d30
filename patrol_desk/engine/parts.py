"""The parts of a planning problem as frozen arrays; `engine.problem` puts them together and validates."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

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

CLASSES: Final = ("weekday", "night", "weekend", "holiday")


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
    """

    ids: tuple[str, ...]
    start: Int32
    end: Int32
    day: Int8
    load_class: Int8


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
        (G,) heads, 0 ≤ minimum ≤ desired.
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


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """Parameters of the hard rules.

    Parameters
    ----------
    reach_m
        Largest distance in metres from home to checkpoint.
    rest_min
        Least minutes between the end of one duty and the start of the next.
    cap_day
        Most duties that start on one day.
    """

    reach_m: int = 6000
    rest_min: int = 480
    cap_day: int = 1


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
        (K, 3) (person, start, end) in minutes: duties outside this problem that overlap and rest are measured against.
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
