"""What the page shows of priority areas and security periods: frozen rows, ready to paint."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from patrol_desk.models import CheckpointKind


class Reach(StrEnum):
    """Why a checkpoint belongs to an area: by its community, by its grid cell, or because it is listed."""

    COMMUNITY = "community"
    GRID_CELL = "grid_cell"
    LISTED = "listed"


class When(StrEnum):
    """Where today stands to some days."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


def when(first_on: date | None, last_on: date | None, today: date) -> When:
    """Return whether days are still to come, go on, or are over; an end left open has none."""
    if first_on is not None and today < first_on:
        return When.BEFORE
    return When.AFTER if last_on is not None and today > last_on else When.DURING


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One priority area of the list; `search` is what typing is looked for in."""

    id: str
    row_version: int
    code: str
    name: str
    first_on: date | None
    last_on: date | None
    raised: int
    community_id: str | None
    community: str
    grid_cell_id: str | None
    grid_cell: str
    places: int
    when: When
    search: str


@dataclass(frozen=True, slots=True)
class AreaPlace:
    """A checkpoint of an area: why it is one, its tier without and with the area, its heads of a week."""

    id: str
    code: str
    name: str
    reach: Reach
    tier: int
    raised_to: int
    minimum: int
    desired: int
    active: bool


@dataclass(frozen=True, slots=True)
class AreaScope:
    """The checkpoints that an area changes."""

    places: tuple[AreaPlace, ...]

    @property
    def rising(self) -> int:
        """How many of those in use count for more than without the area."""
        return sum(place.active and place.raised_to < place.tier for place in self.places)

    @property
    def minimum(self) -> int:
        """Least heads of a week at those that rise."""
        return sum(place.minimum for place in self.places if place.active and place.raised_to < place.tier)


@dataclass(frozen=True, slots=True)
class AreaDetail:
    """Everything the page shows of an area; `periods` are the names of the security periods that are for it."""

    row: AreaRow
    scope: AreaScope
    periods: tuple[str, ...]

    @property
    def id(self) -> str:
        """Id of the area."""
        return self.row.id


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One security period of the list; `search` is what typing is looked for in."""

    id: str
    row_version: int
    code: str
    name: str
    first_on: date
    last_on: date
    area_id: str | None
    area: str
    kind: CheckpointKind | None
    more_minimum: int
    more_desired: int
    percent: int
    when: When
    search: str


@dataclass(frozen=True, slots=True)
class PeriodPlace:
    """A checkpoint that a period raises: how many of its shifts, and the heads that come on top over all its days."""

    id: str
    code: str
    name: str
    kind: CheckpointKind
    shifts: int
    minimum: int
    desired: int


@dataclass(frozen=True, slots=True)
class PeriodScope:
    """What a period changes: checkpoints, and the weeks from now on that are planned, with whether published."""

    days: int
    places: tuple[PeriodPlace, ...]
    weeks: tuple[tuple[str, bool], ...]

    @property
    def minimum(self) -> int:
        """Least person-shifts on top."""
        return sum(place.minimum for place in self.places)

    @property
    def desired(self) -> int:
        """Desired person-shifts on top."""
        return sum(place.desired for place in self.places)


@dataclass(frozen=True, slots=True)
class PeriodDetail:
    """Everything the page shows of a security period."""

    row: PeriodRow
    scope: PeriodScope

    @property
    def id(self) -> str:
        """Id of the period."""
        return self.row.id


@dataclass(frozen=True, slots=True)
class Emphasis:
    """An area or a period that concerns one checkpoint: `raised` tiers, or heads on top."""

    id: str
    name: str
    period: bool
    first_on: date | None
    last_on: date | None
    raised: int = 0
    more_minimum: int = 0
    more_desired: int = 0
    percent: int = 0


@dataclass(frozen=True, slots=True)
class RaisedCell:
    """A shift of a week in which security periods ask for more, and their names."""

    pattern_id: str
    weekday: int
    periods: tuple[str, ...]

    @property
    def key(self) -> tuple[str, int]:
        """Pattern and weekday."""
        return self.pattern_id, self.weekday
