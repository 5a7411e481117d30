"""One week's planning problem, which cannot be constructed wrong."""

from dataclasses import dataclass

from patrol_desk.engine.parts import (
    AVOID,
    CLASSES,
    DEPUTY,
    FINE,
    LEAD,
    LEADER,
    MEMBER,
    NO_PLACE,
    PREFER,
    UNAVAILABLE,
    Bool,
    Demand,
    Int8,
    Int32,
    People,
    ProblemParts,
    Rules,
    Shifts,
    UInt32,
)
from patrol_desk.engine.validate import validate

__all__ = [
    "AVOID",
    "CLASSES",
    "DEPUTY",
    "FINE",
    "LEAD",
    "LEADER",
    "MEMBER",
    "NO_PLACE",
    "PREFER",
    "UNAVAILABLE",
    "Bool",
    "Demand",
    "Int8",
    "Int32",
    "People",
    "Problem",
    "Rules",
    "Shifts",
    "UInt32",
]


@dataclass(frozen=True, slots=True, eq=False)
class Problem(ProblemParts):
    """One planning problem; its parts are those of `ProblemParts`, validated when it is made.

    Raises
    ------
    InvalidDataError
        Anything is out of shape, out of range or refers to nothing; the message names field, place and value.
    """

    def __post_init__(self) -> None:
        """Validate, and make every array read-only."""
        validate(self)
