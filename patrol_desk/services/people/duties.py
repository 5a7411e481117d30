"""Planned duties that an edit of people touches: counted before, taken out with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from patrol_desk.common.actor import Actor
from patrol_desk.models import Assignment, VersionState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.storage import bulk
from patrol_desk.storage.reads import people_records as records
from patrol_desk.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Affected:
    """Duties in the newest version of each week that an edit touches.

    Parameters
    ----------
    people
        How many people have such duties.
    drafts
        Duties in drafts: they can be taken out at once.
    published
        Duties in published versions, which stay as they are until a new version replaces them.
    weeks
        The weeks in question, in order.
    """

    people: int = 0
    drafts: int = 0
    published: int = 0
    weeks: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """All of them."""
        return self.drafts + self.published


@permitted(Permission.DATA_READ)
def affected_duties(
    station: Station, actor: Actor, people: Collection[str], first: date, last: date | None = None
) -> Affected:
    """Return how many duties these people have on the days; without a last day, from the first on."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        return _counted(records.newest_duties(session, people, first, last))


def count_duties(unit: UnitOfWork, people: Collection[str], first: date, last: date | None = None) -> Affected:
    """Return the same inside a transaction."""
    return _counted(records.newest_duties(unit.session, people, first, last))


def drop_duties(unit: UnitOfWork, people: Collection[str], first: date, last: date | None = None) -> int:
    """Take these people's duties on the days out of drafts and return how many went; the caller commits."""
    found = records.newest_duties(unit.session, people, first, last)
    ids = [duty[0] for duty in found if duty[3] is VersionState.DRAFT]
    return bulk.delete(unit, Assignment, {"id": ids}) if ids else 0


def _counted(found: Sequence[tuple[str, str, str, VersionState, date, str]]) -> Affected:
    drafts = sum(duty[3] is VersionState.DRAFT for duty in found)
    return Affected(
        people=len({duty[1] for duty in found}),
        drafts=drafts,
        published=len(found) - drafts,
        weeks=tuple(dict.fromkeys(duty[2] for duty in found)),
    )
