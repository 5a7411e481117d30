"""点位册: the list of checkpoints on paper, by community, and how it is read."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.security.permissions import Permission, allows
from patrol_desk.services.places.listing import natural
from patrol_desk.services.places.standing import standing
from patrol_desk.services.places.surroundings import Ground, nearest
from patrol_desk.services.printed.about import OfCode, OfDay
from patrol_desk.services.printed.ask import Ask, chosen
from patrol_desk.services.printed.frame import UNSAID, SheetFrame
from patrol_desk.storage.reads import lives, places, planning
from patrol_desk.storage.reads.places import CheckpointLine, MusterLine
from patrol_desk.storage.session import Session


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """A checkpoint.

    Parameters
    ----------
    code, name, address
        Which, and where.
    kind, status
        Values of `CheckpointKind` and `CheckpointStatus`, the status that it has on the day.
    tier
        1 is the most important.
    cell
        Name of the grid cell, or empty.
    minimum, desired
        Heads a week, all shifts and days added up.
    official, leader
        What each patrol must have.
    visits
        Visits a week of one that is visited by lot, else 0.
    neighbour
        The town that holds part of a joint gate, or empty.
    first_on, last_on
        Days of a temporary duty.
    muster, metres
        The nearest muster point and how far it is; empty and 0 where either has no coordinates.
    """

    code: str
    name: str
    address: str
    kind: str
    status: str
    tier: int
    cell: str
    minimum: int
    desired: int
    official: bool = False
    leader: bool = False
    visits: int = 0
    neighbour: str = ""
    first_on: date | None = None
    last_on: date | None = None
    muster: str = ""
    metres: int = 0


@dataclass(frozen=True, slots=True)
class ListedCommunity:
    """A community's checkpoints, by code; those of none have no name."""

    name: str
    places: tuple[ListedPlace, ...]


@dataclass(frozen=True, slots=True)
class PlaceListSheet(OfDay, OfCode):
    """The list of checkpoints.

    Parameters
    ----------
    frame
        Head and foot.
    day
        As of which day.
    code, name
        The township.
    chosen
        Not all of them are listed.
    groups
        By community.
    """

    KIND: ClassVar[str] = "PL"

    frame: SheetFrame = field(metadata=UNSAID)
    day: date
    code: str
    name: str
    chosen: bool
    groups: tuple[ListedCommunity, ...]

    @property
    def places(self) -> tuple[ListedPlace, ...]:
        """All of them, in order."""
        return tuple(place for group in self.groups for place in group.places)

    def by_kind(self) -> Counter[str]:
        """Return how many there are of each kind."""
        return Counter(place.kind for place in self.places)


def may_print(actor: Actor) -> bool:
    """Say whether somebody may print it."""
    return allows(actor.role, Permission.PRINT)


def place_list(session: Session, frame: SheetFrame, ask: Ask, today: date) -> PlaceListSheet:
    """Return the list of the checkpoints asked for, of all that are not retired without any.

    Raises
    ------
    PatrolError
        A code is unknown, or there is no checkpoint at all.
    """
    lines = sorted(places.checkpoint_lines(session), key=lambda line: natural(line.code))
    if not lines:
        raise PatrolError(Message("sheet.no_places"))
    wanted = chosen(ask.checkpoints, {line.code: line for line in lines}, "sheet.no_checkpoint")
    totals, changes = places.demand_totals(session), lives.changes_by_checkpoint(session)
    musters = places.muster_lines(session)
    groups: dict[str, list[ListedPlace]] = {}
    for line in wanted:
        now = standing(line.status, line.first_on, line.last_on, changes.get(line.id, ()), today).status
        listed = _listed(line, now.value, totals.get(line.id, (0, 0)), musters)
        groups.setdefault(line.community or "", []).append(listed)
    # In the order of their first codes, as the list shows them; those without a community come last.
    order = sorted(groups, key=lambda name: not name)
    township = planning.township(session)
    assert township is not None  # the frame was made from it
    return PlaceListSheet(
        frame, today, township.code, township.name, len(wanted) < len(lines),
        tuple(ListedCommunity(name, tuple(groups[name])) for name in order),
    )  # fmt: skip


def _listed(line: CheckpointLine, status: str, total: tuple[int, int], musters: list[MusterLine]) -> ListedPlace:
    near = None
    if line.lon is not None and line.lat is not None:
        near = next(iter(nearest(Ground(line.lon, line.lat), musters, most=1)), None)
    return ListedPlace(
        code=line.code,
        name=line.name,
        address=line.address,
        kind=line.kind.value,
        status=status,
        tier=line.tier,
        cell=line.grid_cell or "",
        minimum=total[0],
        desired=total[1],
        official=line.needs_official,
        leader=line.needs_leader,
        visits=line.weekly_visits,
        neighbour=line.neighbour,
        first_on=line.first_on,
        last_on=line.last_on,
        muster=near.name if near is not None else "",
        metres=near.metres if near is not None else 0,
    )
