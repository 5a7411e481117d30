"""Which status a checkpoint has today, and which it is to have: from what is stored and the changes noted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from patrol_desk.models import CheckpointStatus
from patrol_desk.storage.reads.lives import ChangeLine

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of today, and the next one with its first day if one is fixed."""

    status: CheckpointStatus
    coming: CheckpointStatus | None = None
    coming_on: date | None = None


def standing(
    stored: CheckpointStatus, first_on: date | None, last_on: date | None, changes: Sequence[ChangeLine], today: date
) -> Standing:
    """Return how a checkpoint stands on a day.

    One that is stored as active is so from its first day to its last: planning keeps to both.

    Parameters
    ----------
    stored, first_on, last_on
        As stored.
    changes
        Those of this checkpoint, the earliest first.
    today
        The day.
    """
    if stored is not CheckpointStatus.ACTIVE:
        return Standing(stored)
    begun = [change.status for change in changes if change.on_date <= today]
    before = begun[-1] if begun else None
    if first_on is not None and first_on > today:
        waiting = before if before is CheckpointStatus.SUSPENDED else CheckpointStatus.PLANNED
        return Standing(waiting, CheckpointStatus.ACTIVE, first_on)
    if last_on is not None and last_on < today:
        return Standing(before if before is CheckpointStatus.SUSPENDED else CheckpointStatus.CLOSED)
    if last_on is None:
        return Standing(CheckpointStatus.ACTIVE)
    after = last_on + ONE_DAY
    fixed = [change.status for change in changes if change.on_date == after]
    paused = bool(fixed) and fixed[-1] is CheckpointStatus.SUSPENDED
    coming = CheckpointStatus.SUSPENDED if paused else CheckpointStatus.CLOSED
    return Standing(CheckpointStatus.ACTIVE, coming, after)
