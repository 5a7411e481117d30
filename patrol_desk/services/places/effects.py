"""What a change would do, or did, in numbers: of demand to planned weeks, of a status to duties."""

from dataclasses import dataclass

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
class LifeEffect:
    """What leaving service does to duties still to come.

    Parameters
    ----------
    draft_duties, draft_people
        Duties of drafts, which are taken out, and how many people held them.
    published_duties
        Duties of versions in force, which stay as published.
    weeks
        Weeks concerned, as text.
    """

    draft_duties: int
    draft_people: int
    published_duties: int
    weeks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A checkpoint that changed its status: to what, and how many duties of drafts were taken out."""

    status: CheckpointStatus
    removed: int
