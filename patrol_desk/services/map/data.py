"""What the map shows: plain frozen values that any thread may read. Places are metres east and north on the plane."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import MapFeatureKind
from patrol_desk.services.map.projection import Line, Plane
from patrol_desk.services.planning.board import BoardShift, CellState

Box = tuple[float, float, float, float]
"""West, south, east, north, metres on the plane."""


@dataclass(frozen=True, slots=True)
class Area:
    """A community and its boundary."""

    name: str
    ring: Line

    @property
    def label(self) -> str:
        """Its name as a map has it: without the word in which nearly all of them end."""
        return short_name(self.name)


def short_name(name: str) -> str:
    """Return a community's name without its kind, where a name is left."""
    short = name.removesuffix("社区")
    return short if len(short) > 1 else name


@dataclass(frozen=True, slots=True)
class Way:
    """A road or a river."""

    name: str
    kind: MapFeatureKind
    line: Line


class Mark(NamedTuple):
    """How a checkpoint is manned in one shift."""

    state: CellState
    heads: int = 0
    minimum: int = 0
    desired: int = 0


NOT_STAFFED = Mark(CellState.NOT_STAFFED)


@dataclass(frozen=True, slots=True)
class Near:
    """The nearest muster point and its distance in metres."""

    code: str
    name: str
    metres: int


@dataclass(frozen=True, slots=True)
class Post:
    """A checkpoint in service that has coordinates.

    Parameters
    ----------
    row
        Its row on the week's board, -1 when it is not on it.
    key, address_key
        Search keys of its names and of its address.
    """

    id: str
    code: str
    name: str
    community: str
    address: str
    east: float
    north: float
    row: int
    muster: Near | None
    key: str
    address_key: str


@dataclass(frozen=True, slots=True)
class Muster:
    """A muster point that has coordinates; `stock` counts the kinds of equipment it holds."""

    id: str
    code: str
    name: str
    east: float
    north: float
    stock: int
    key: str


@dataclass(frozen=True, slots=True)
class Base:
    """Where response teams stand: at their muster point; `teams` are their names by code."""

    muster_id: str
    east: float
    north: float
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A checkpoint or muster point without coordinates."""

    kind: Literal["checkpoint", "muster_point"]
    id: str
    row_version: int
    code: str
    name: str
    community: str


@dataclass(frozen=True, slots=True)
class SquadArea:
    """A squad and the checkpoints that it serves in the week: their convex hull, one to many corners."""

    squad: str
    colour: int
    hull: Line
    posts: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class MapWeek:
    """A week on the ground: all shifts at once, so that going through them reads nothing.

    Parameters
    ----------
    plane
        By which degrees became metres.
    box
        West, south, east, north of all there is, in metres; None when there is nothing.
    core
        The same of nearly all posts: what lies far out of town is left out.
    main_squad
        (P,) the squad with the most duties of the week at each post, by its number in `squads`; -1 for none.
    shifts
        The week's shifts, by start.
    marks
        (T, P) marks: per shift, per post.
    coverage
        (T,) share of the desired heads that stand, None where nothing is asked for.
    now
        The station's wall time when it was read.
    station
        Name of the station.
    """

    week: Week
    plane: Plane
    box: Box | None
    core: Box | None
    areas: tuple[Area, ...]
    ways: tuple[Way, ...]
    posts: tuple[Post, ...]
    musters: tuple[Muster, ...]
    bases: tuple[Base, ...]
    unplaced: tuple[Unplaced, ...]
    squads: tuple[SquadArea, ...]
    main_squad: tuple[int, ...]
    shifts: tuple[BoardShift, ...]
    marks: tuple[tuple[Mark, ...], ...]
    coverage: tuple[float | None, ...]
    now: datetime
    station: str

    def gaps(self, shift: int) -> tuple[int, int]:
        """Return how many posts are below the minimum, and how many keep it but lack desired heads."""
        states = [mark.state for mark in self.marks[shift]]
        return states.count(CellState.BELOW_MINIMUM), states.count(CellState.BELOW_DESIRED)

    def staffed(self, shift: int) -> int:
        """Return how many posts are to be manned in a shift."""
        return sum(mark.state is not CellState.NOT_STAFFED for mark in self.marks[shift])

    def current_shift(self) -> int:
        """Return the shift that runs now, or else the next to begin; the first of a week gone by; -1 without any."""
        later = (shift.index for shift in self.shifts if shift.ends_at > self.now)
        return next(later, 0 if self.shifts else -1)

    def by_coverage(self, shift: int) -> list[int]:
        """Return the posts to be manned in a shift: the worst first, then by what is missing, then by code."""
        marks = self.marks[shift]
        found = [n for n, mark in enumerate(marks) if mark.state is not CellState.NOT_STAFFED]
        return sorted(found, key=lambda n: (_RANK[marks[n].state], marks[n].heads - marks[n].desired, n))


_RANK = {CellState.BELOW_MINIMUM: 0, CellState.BELOW_DESIRED: 1, CellState.OK: 2, CellState.NOT_STAFFED: 3}


@dataclass(frozen=True, slots=True)
class Crew:
    """People of one squad at a post: how many, and who of them leads."""

    squad: str
    colour: int
    heads: int
    leader: str


@dataclass(frozen=True, slots=True)
class PostCard:
    """What is told of one post in one shift.

    Parameters
    ----------
    crews
        Who stands there, by squad.
    open_seats
        Desired heads that are missing.
    short
        Heads below the minimum.
    needs
        What the open seats ask for besides a person.
    """

    mark: Mark
    crews: tuple[Crew, ...]
    open_seats: int
    short: int
    needs: tuple[Message, ...]
