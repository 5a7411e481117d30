"""What a board shows: plain frozen values that any thread may read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Literal

from patrol_desk.common.message import Message
from patrol_desk.models import AssignmentSource, CheckpointKind, VersionState
from patrol_desk.services.planning.overrides import Overridden, overriders

Severity = Literal["block", "warn", "note"]


NOTES: Final = frozenset({"mixed", "seat_open", "far"})
"""What the desk notes whatever the rules are."""


class CellState(StrEnum):
    """How well a checkpoint in a shift is manned."""

    OK = "ok"
    BELOW_DESIRED = "below_desired"
    BELOW_MINIMUM = "below_minimum"
    NOT_STAFFED = "not_staffed"


@dataclass(frozen=True, slots=True)
class BoardShift:
    """A column: one shift of the week; `starts_at` and `ends_at` are the station's wall time."""

    index: int
    pattern_id: str
    code: str
    name: str
    mark: str
    on_date: date
    start_minute: int
    length_minutes: int
    starts_at: datetime
    ends_at: datetime
    night: bool


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A row: one checkpoint; `community` is empty where there is none."""

    index: int
    checkpoint_id: str
    code: str
    name: str
    short_name: str
    kind: CheckpointKind
    tier: int
    community: str


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """Consecutive rows of one community."""

    name: str
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a seat.

    Parameters
    ----------
    colour
        Colour of the squad, 0 to 7.
    leader
        Leads the squad, or is its deputy.
    skills
        Marks of the skills valid on the day.
    duties, cap
        Duties of the week on this board, and the most there may be.
    breaks
        Hard rules that this seat breaks, in the order in which reasons are told.
    told
        Weighted rules that it breaks, as warnings, and those that only hint, as notes.
    overridden
        Which of them an officer has overridden, and why.
    """

    assignment_id: str
    person_id: str
    name: str
    squad: str
    colour: int
    leader: bool
    skills: tuple[str, ...]
    duties: int
    cap: int
    locked: bool
    source: AssignmentSource
    breaks: tuple[Message, ...]
    overridden: tuple[Overridden, ...] = ()
    told: tuple["Conflict", ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat of a cell.

    Parameters
    ----------
    group
        Seat group of the problem; -1 for somebody whose kind of seat is no longer in demand.
    kind
        What the seat asks for.
    required
        Below it the minimum is not kept; otherwise the seat is only desired.
    holder
        Who holds it, if anybody.
    """

    group: int
    kind: Message
    required: bool
    holder: Holder | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One checkpoint in one shift.

    Parameters
    ----------
    heads, minimum, desired
        People standing there, and how many there should be.
    colours
        Squad colour of each head, in the order of the seats.
    locked, some_locked
        All heads are locked and there is one; at least one is.
    past
        The shift has ended.
    broken
        A head breaks a hard rule.
    changed
        Other people stand here than in the version in force; never true before the first is published.
    hinted
        A head breaks a rule that only hints.
    """

    heads: int
    minimum: int
    desired: int
    state: CellState
    colours: tuple[int, ...]
    locked: bool
    some_locked: bool
    past: bool
    broken: bool
    changed: bool
    hinted: bool = False


@dataclass(frozen=True, slots=True)
class Chip_:  # noqa: N801  # the trailing underscore keeps it apart from the widget of that name
    """One short fact about a candidate; `good` ones speak for them."""

    text: Message
    good: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may take a seat here without breaking a hard rule.

    Parameters
    ----------
    distance_m
        Metres from home; None where either place is unknown.
    duties, cap
        Duties of the week so far, and the most there may be.
    chips
        Facts for one line.
    reasons
        Why this rank; the first one names the rank.
    group
        Seat group they would take.
    warnings
        What speaks against them without forbidding it.
    """

    person_id: str
    name: str
    squad: str
    colour: int
    distance_m: int | None
    duties: int
    cap: int
    chips: tuple[Chip_, ...]
    reasons: tuple[Message, ...]
    group: int
    warnings: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Blocked:
    """Somebody whom a rule keeps away: the first broken one in the order in which reasons are told."""

    person_id: str
    name: str
    squad: str
    colour: int
    rule: str
    reason: Message
    icon: str


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who could take the next free seat of a cell.

    Parameters
    ----------
    ranked
        Best first, at most 50.
    eligible
        How many there are in all.
    blocked
        Squads standing there first, then the nearest; at most 200.
    blocked_count
        How many there are in all.
    blocked_by
        Rule → how many people it is the first to keep away, the most first.
    open_seats
        Seats that are free; without one nobody is ranked and nobody blocked.
    """

    ranked: tuple[Candidate, ...] = ()
    eligible: int = 0
    blocked: tuple[Blocked, ...] = ()
    blocked_count: int = 0
    blocked_by: tuple[tuple[str, int], ...] = ()
    open_seats: int = 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that stands against an assignment: ``block`` forbids it, ``warn`` and ``note`` only say so.

    Parameters
    ----------
    severity, rule, message
        How badly, which rule, and its sentence.
    who
        The last role that may override it, one of `engine.settings.OVERRIDERS`; "" where nobody ever may.
    """

    severity: Severity
    rule: str
    message: Message
    who: str = ""

    @property
    def hints(self) -> bool:
        """Whether a rule of the township's says so that is only a hint, rather than the desk by itself."""
        return self.severity == "note" and self.rule not in NOTES

    @property
    def overridable(self) -> bool:
        """Whether it forbids, and somebody may say that it shall be done all the same."""
        return self.severity == "block" and bool(overriders(self.who))

    def overridable_by(self, role: str) -> bool:
        """Say whether it forbids, and somebody of a role may say that it shall be done all the same."""
        return self.severity == "block" and role in overriders(self.who)


@dataclass(frozen=True, slots=True)
class BoardFigures:
    """The figures above the roster.

    Parameters
    ----------
    seats, filled, coverage
        Desired heads of the week, how many of them stand, and their share; 1 where nothing is asked for.
    shortage_heads, shortage_cells
        Minimum heads that are missing, and in how many cells.
    below_desired_cells
        Cells that keep the minimum and lack desired heads.
    fairness
        Jain's index of the duties of those who may be rostered, (Σx)² / (n Σx²) (Jain, Chiu, Hawe 1984): 1 is even.
    least_duties, most_duties
        Of the same people.
    mean_distance_m, max_distance_m
        From home to checkpoint over all duties whose places are known.
    shortage_bound
        Proven: no plan that keeps the rules misses fewer minimum heads; None before `prove` and without a proof.
    proven
        There is such a bound for the present demand.
    published
        Coverage of the version in force under the present demand, None without one.
    """

    seats: int
    filled: int
    coverage: float
    shortage_heads: int
    shortage_cells: int
    below_desired_cells: int
    fairness: float
    least_duties: int
    most_duties: int
    mean_distance_m: int | None
    max_distance_m: int | None
    shortage_bound: int | None
    proven: bool
    published: float | None

    @property
    def coverage_bound(self) -> float | None:
        """No plan that keeps the rules covers more: every minimum head that must be missing is a desired one."""
        if self.shortage_bound is None:
            return None
        return 1.0 - self.shortage_bound / self.seats if self.seats else 1.0


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One version of the week's plan.

    Parameters
    ----------
    figures
        What the solver run that made it reported; empty for a plan made by hand, and ``{"stale": True}`` besides
        the mode once the solver's plan was edited by hand.
    """

    id: str
    number: int
    state: VersionState
    made_at: datetime
    published_at: datetime | None
    published_by: str
    assignments: int
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gap:
    """A cell that lacks heads; `missing` counts up to the minimum while that is not kept, else up to the desire."""

    row: int
    shift: int
    heads: int
    minimum: int
    desired: int
    missing: int
    state: CellState


@dataclass(frozen=True, slots=True)
class DutyChange:
    """One duty that differs from the version in force; `from_row` and `from_shift` only where it was moved."""

    kind: Literal["added", "removed", "moved"]
    person_id: str
    name: str
    squad: str
    colour: int
    shift: int
    row: int
    from_row: int | None = None
    from_shift: int | None = None


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Somebody on the board; `duties` are (row, shift) in the order of time."""

    person_id: str
    name: str
    squad: str
    colour: int
    skills: tuple[str, ...]
    duties: tuple[tuple[int, int], ...]
    cap: int
