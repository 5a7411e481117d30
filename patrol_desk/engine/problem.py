"""One week's planning problem, which cannot be constructed wrong."""

from dataclasses import dataclass

from patrol_desk.engine.parts import (
    ALWAYS,
    AVOID,
    CLASSES,
    DEPUTY,
    FINE,
    LEAD,
    LEADER,
    MEMBER,
    NIGHT,
    NO_PLACE,
    OFFICIAL,
    PREFER,
    UNAVAILABLE,
    WAITED_MOST,
    Bool,
    Demand,
    Int8,
    Int32,
    People,
    ProblemParts,
    Shifts,
    UInt32,
)
from patrol_desk.engine.strengths import HARD, HINT, KindRules, Rules
from patrol_desk.engine.validate import validate

__all__ = [
    "ALWAYS",
    "AVOID",
    "CLASSES",
    "DEPUTY",
    "FINE",
    "HARD",
    "HINT",
    "LEAD",
    "LEADER",
    "MEMBER",
    "NIGHT",
    "NO_PLACE",
    "OFFICIAL",
    "PREFER",
    "UNAVAILABLE",
    "WAITED_MOST",
    "Bool",
    "Demand",
    "Int8",
    "Int32",
    "KindRules",
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
