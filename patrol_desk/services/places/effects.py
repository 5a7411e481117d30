"""What a change would do, or did, in numbers: of demand to planned weeks, of a status to duties."""

from dataclasses import dataclass
from datetime import date

from patrol_desk.models import CheckpointStatus


@dataclass(frozen=True, slots=True)
class WeekEffect:
    """What new demand does to one week.

    Parameters
    ----------
    week
        ISO week as text.
    published
        Whether the newest version is in force; else it is a draft.
    below_minimum, below_desired
        Shifts still to come that fall below because of it.
    mended
        Shifts still to come that were below the minimum and no longer are.
    spare
        Heads on kinds of seat that are no longer asked for: their duties lose their place.
    before, after
        Share of the township's minimum heads that are filled, 0 to 1.
    """

    week: str
    published: bool
    below_minimum: int
    below_desired: int
    mended: int
    spare: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class DemandEffect:
    """What saving new demand does: change of the weekly sums, and of the weeks that are planned already."""

    minimum: int
    desired: int
    weeks: tuple[WeekEffect, ...]
    in_use: bool
    """Whether the checkpoint is active: the demand of others is not planned."""


@dataclass(frozen=True, slots=True)
class PlannedDuty:
    """A duty still to come: whose, when, of which week, and whether its version is in force or a draft."""

    week: str
    published: bool
    on_date: date
    person_id: str


@dataclass(frozen=True, slots=True)
class LifeEffect:
    """What leaving service does to duties still to come.

    Those of drafts are taken out; those of versions in force stay as published, and would stand on a place that is
    out of service.
    """

    duties: tuple[PlannedDuty, ...]

    def since(self, first: date) -> "LifeEffect":
        """Return the part from a day on."""
        return LifeEffect(tuple(duty for duty in self.duties if duty.on_date >= first))

    @property
    def draft_duties(self) -> int:
        """Duties of drafts."""
        return sum(not duty.published for duty in self.duties)

    @property
    def draft_people(self) -> int:
        """How many people hold the duties of drafts."""
        return len({duty.person_id for duty in self.duties if not duty.published})

    @property
    def published_duties(self) -> int:
        """Duties of versions in force."""
        return sum(duty.published for duty in self.duties)

    @property
    def weeks(self) -> tuple[str, ...]:
        """Weeks concerned, as text."""
        return tuple(dict.fromkeys(duty.week for duty in self.duties))


@dataclass(frozen=True, slots=True)
class Moved:
    """A checkpoint that changed its status: to what, and how many duties of drafts were taken out."""

    status: CheckpointStatus
    removed: int


@dataclass(frozen=True, slots=True)
class CopyEffect:
    """What copying demand to one checkpoint changes: cells, and the weekly sums; nothing where it is the same."""

    cells: int
    minimum: int
    desired: int
