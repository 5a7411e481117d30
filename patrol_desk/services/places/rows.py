"""What the lists and details of places show: frozen rows, ready to paint."""

from dataclasses import dataclass
from datetime import date, datetime

from patrol_desk.models import CheckpointKind, CheckpointStatus
from patrol_desk.services.places.emphasis_rows import Emphasis, RaisedCell


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One checkpoint of the list.

    Parameters
    ----------
    status
        Of today: what is to change on a later day has not changed yet.
    minimum, desired
        Person-shifts asked for in a week.
    search
        What typing is looked for in: name, code and community in every reading.
    coming, coming_on
        The status it is to have next, and from which day; None when nothing is fixed.
    """

    id: str
    row_version: int
    code: str
    name: str
    short_name: str
    kind: CheckpointKind
    status: CheckpointStatus
    tier: int
    community_id: str | None
    community: str
    minimum: int
    desired: int
    search: str
    coming: CheckpointStatus | None = None
    coming_on: date | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A shift pattern as a line of the demand grid."""

    id: str
    name: str
    mark: str
    start_minute: int
    length_minutes: int


@dataclass(frozen=True, slots=True)
class SkillKind:
    """A skill as a kind of seat."""

    id: str
    code: str
    name: str
    mark: str


@dataclass(frozen=True, slots=True, order=True)
class SeatDemand:
    """Heads for one kind of seat: a skill, a leader, or (neither) anybody.

    `held` are those of the minimum that the neighbouring town holds at a joint gate; the station plans the others.
    """

    skill_id: str | None
    leader: bool
    minimum: int
    desired: int
    held: int = 0

    @property
    def kind(self) -> tuple[str | None, bool]:
        """Skill id and leader: what tells seats of one shift apart."""
        return self.skill_id, self.leader

    @property
    def own(self) -> int:
        """Least heads that the station plans itself."""
        return self.minimum - self.held


@dataclass(frozen=True, slots=True)
class DemandCell:
    """The demand of one pattern on one weekday.

    Parameters
    ----------
    pattern_id, weekday
        Which; weekday 0 is Monday.
    seats
        Kinds of seat with at least one head desired, leader first, then skills, then anybody.
    stamp
        The state that was read: saving refuses when the stored cell is no longer in it.
    """

    pattern_id: str
    weekday: int
    seats: tuple[SeatDemand, ...] = ()
    stamp: str = ""

    @property
    def minimum(self) -> int:
        """Least heads of all kinds of seat."""
        return sum(seat.minimum for seat in self.seats)

    @property
    def desired(self) -> int:
        """Desired heads of all kinds of seat."""
        return sum(seat.desired for seat in self.seats)

    @property
    def key(self) -> tuple[str, int]:
        """Pattern and weekday."""
        return self.pattern_id, self.weekday


@dataclass(frozen=True, slots=True)
class WeekCell:
    """How one shift of a week stands: heads planned, least and desired."""

    pattern_id: str
    on_date: date
    heads: int
    minimum: int
    desired: int
    short: int
    """Heads missing to the minimum, kind of seat by kind of seat."""


@dataclass(frozen=True, slots=True)
class Near:
    """A place near by and its distance in metres."""

    id: str
    code: str
    name: str
    metres: int


@dataclass(frozen=True, slots=True)
class SquadShare:
    """A squad that served somewhere: duties of the last four weeks and their share of all, 0 to 1.

    `colour` is the squad's place among all squads in force by code; retired squads have -1.
    """

    id: str
    code: str
    name: str
    colour: int
    duties: int
    share: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the sketch: metres east and north of its middle; `active` only for checkpoints in use."""

    id: str
    code: str
    name: str
    east: float
    north: float
    active: bool = True


Line = tuple[tuple[float, float], ...]
"""Metres east and north."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What lies around a place, in metres east and north of it.

    Parameters
    ----------
    middle
        Code of the place itself, at 0, 0.
    communities
        Name and boundary of each community near by.
    main_roads, roads, rivers
        Courses.
    checkpoints, musters
        Other places.
    """

    middle: str
    communities: tuple[tuple[str, Line], ...]
    main_roads: tuple[Line, ...]
    roads: tuple[Line, ...]
    rivers: tuple[Line, ...]
    checkpoints: tuple[Dot, ...]
    musters: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class LifeStep:
    """When a checkpoint last came into a status, as far as is known, or is to come into it."""

    status: CheckpointStatus
    on: date | None
    coming: bool = False


@dataclass(frozen=True, slots=True)
class LifeChange:
    """A change of status: its first day, why, who noted it at which station time; `coming` until that day is there."""

    id: str
    status: CheckpointStatus
    on: date
    reason: str
    at: datetime
    by: str
    coming: bool


@dataclass(frozen=True, slots=True)
class PlaceDetail:
    """Everything the page shows of one checkpoint.

    Parameters
    ----------
    row
        The line of the list.
    grid_cell_id, grid_cell, address, lon, lat
        Where it is; WGS-84 degrees.
    retired_on
        Day since which the record is retired.
    life, changes
        The four statuses in order, each with the day it was last reached; the changes that were noted, latest first.
    patterns, skills
        What demand can be asked for: patterns by start, skills by code.
    cells
        One per pattern and weekday, those without demand too.
    week
        ISO week of `planned`, as text.
    planned
        How the newest version of that week's plan mans the checkpoint; empty without a plan.
    musters, squads
        Nearest first; most duties first.
    sketch
        None when the place has no coordinates.
    emphasis
        Areas and periods that concern it now or later.
    first_on, last_on
        Days of a temporary duty, or of a service whose beginning or end is fixed.
    neighbour
        The town that holds part of a joint gate's seats.
    needs_official, needs_leader, weekly_visits, blind_hours
        As of `models.Checkpoint`.
    raised
        Cells that a security period raises in that week.
    """

    row: PlaceRow
    grid_cell_id: str | None
    grid_cell: str
    address: str
    lon: float | None
    lat: float | None
    retired_on: date | None
    life: tuple[LifeStep, ...]
    changes: tuple[LifeChange, ...]
    patterns: tuple[Pattern, ...]
    skills: tuple[SkillKind, ...]
    cells: tuple[DemandCell, ...]
    week: str
    planned: tuple[WeekCell, ...]
    musters: tuple[Near, ...]
    squads: tuple[SquadShare, ...]
    sketch: Sketch | None
    emphasis: tuple[Emphasis, ...]
    first_on: date | None
    last_on: date | None
    neighbour: str
    needs_official: bool
    needs_leader: bool
    weekly_visits: int
    blind_hours: int
    raised: tuple[RaisedCell, ...]

    @property
    def id(self) -> str:
        """Id of the checkpoint."""
        return self.row.id


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list to choose from."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class PlaceChoices:
    """What the forms of places offer: communities and grid cells in force, by code."""

    communities: tuple[Choice, ...]
    grid_cells: tuple[Choice, ...]
