"""The ground of a generated township: outline, valley, communities, grid cells, river and roads."""

from collections.abc import Sequence
from dataclasses import dataclass

from patrol_desk.samples.draw import Draw
from patrol_desk.samples.geometry import (
    Point,
    between,
    cells,
    centroid,
    direction,
    doubled_area,
    inside,
    nearest,
    square,
)
from patrol_desk.samples.place_names import COMMUNITY_NAMES, VALLEY_NAME
from patrol_desk.samples.sizes import Size

_OUTLINE = 48
_VALLEY_LENGTH = 8400
_RIVER_CLEARANCE = 160
_RELAXATIONS = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """A grid cell: its community, its centre and its ring."""

    community: int
    site: Point
    ring: list[Point]


@dataclass(frozen=True, slots=True)
class Road:
    """A road or the river: name, line, and whether it is a main road."""

    name: str
    line: list[Point]
    main: bool = False


@dataclass(frozen=True, slots=True)
class Land:
    """The ground of one township, in metres on a plane.

    Parameters
    ----------
    outline
        Ring of the township without the valley.
    names, sites, rings
        Name, centre and boundary per community; the last is the valley.
    cells
        Grid cells, in the order of their communities.
    river
        Line from west to east, its points ordered by x.
    roads
        All roads, the main ones first.
    valley_axis
        Where the valley leaves the town, and its far end.
    """

    outline: list[Point]
    names: list[str]
    sites: list[Point]
    rings: list[list[Point]]
    cells: list[Cell]
    river: list[Point]
    roads: list[Road]
    valley_axis: tuple[Point, Point]

    @property
    def valley(self) -> int:
        """Index of the community that is the valley."""
        return len(self.sites) - 1

    def in_valley(self, metres: int, aside: int = 0) -> Point:
        """Return the point that far up the valley, `aside` metres north of its road."""
        x, y = between(*self.valley_axis, metres, _VALLEY_LENGTH)
        return x, y + aside

    def community_at(self, point: Point) -> int:
        """Return the community of a point in the town (never the valley)."""
        return nearest(point, self.sites[:-1])

    def cell_at(self, point: Point, community: int) -> int:
        """Return the index of the grid cell of a point in that community."""
        own = [index for index, cell in enumerate(self.cells) if cell.community == community]
        return own[nearest(point, [self.cells[index].site for index in own])]

    def habitable(self, point: Point) -> bool:
        """Say whether a point lies in the town and off the river."""
        return self.dry(point) and inside(point, self.outline)

    def dry(self, point: Point) -> bool:
        """Say whether a point lies off the river and its banks."""
        x, y = point
        for (x1, y1), (x2, y2) in zip(self.river, self.river[1:], strict=False):
            if x1 <= x <= x2:
                return abs(y - (y1 + (y2 - y1) * (x - x1) // max(x2 - x1, 1))) > _RIVER_CLEARANCE
        return True


def make_land(size: Size, seed: int) -> Land:
    """Return the ground of a township."""
    draw = Draw(seed, "land")
    outline = _outline(size, draw)
    axis, valley = _valley(outline, draw)
    river = _river(size, draw)
    sites = _spread(outline, size.communities - 1, draw)
    sites.sort(key=lambda site: (site[0] // 2500, -site[1]))
    rings = [*cells(outline, sites), valley]
    sites.append(between(*axis, 1, 2))
    names = [*_names(size.communities - 1, draw), VALLEY_NAME]
    grid = _grid(size, sites, rings, draw)
    roads = _roads(outline, sites, axis, names, draw)
    return Land(outline, names, sites, rings, grid, river, roads, axis)


def _names(count: int, draw: Draw) -> list[str]:
    """The first few as in the manual's pictures, the others at random."""
    first, rest = COMMUNITY_NAMES[:6], COMMUNITY_NAMES[6:]
    return [*first, *draw.shuffled(rest)][:count]


def _outline(size: Size, draw: Draw) -> list[Point]:
    rough = [draw.between(920, 1080) for _ in range(_OUTLINE)]
    ring = []
    for step in range(_OUTLINE):
        factor = (rough[step - 1] + 2 * rough[step] + rough[(step + 1) % _OUTLINE]) // 4
        x, y = direction(step, _OUTLINE)
        ring.append((size.half_width * x * factor // 10_000_000, size.half_height * y * factor // 10_000_000))
    return ring


def _valley(outline: list[Point], draw: Draw) -> tuple[tuple[Point, Point], list[Point]]:
    """Return the axis and the ring of a long valley that leaves the town to the east or west."""
    step = draw.pick([0, 1, 2, 22, 23, 24, 25, 26, 46, 47])
    sign = 1 if outline[step][0] > 0 else -1
    foot = outline[step]
    tip = (foot[0] + sign * _VALLEY_LENGTH, foot[1] + draw.between(-900, 900))
    first, last = outline[step - 1], outline[(step + 1) % _OUTLINE]
    out = []
    back = []
    for part in (2, 4, 6, 8):
        x, y = between(foot, tip, part, 8)
        width = draw.between(550, 850) if part < 8 else draw.between(250, 400)
        out.append((x + draw.between(-150, 150) + (150 if sign > 0 else -150), y + sign * width))
        back.append((x + draw.between(-150, 150) + (150 if sign > 0 else -150), y - sign * width))
    # The ring runs from one neighbour of the foot along the valley and back, then along the town's own outline.
    return (foot, tip), [last, *out, *reversed(back), first, foot]


def _river(size: Size, draw: Draw) -> list[Point]:
    """Return a river through the south of the town, from west to east."""
    count = 24
    y = -size.half_height * 6 // 10
    line = []
    slope = 0
    for step in range(count + 1):
        x = -size.half_width * 115 // 100 + size.half_width * 230 * step // (100 * count)
        line.append((x, y))
        slope = (slope + draw.between(-size.half_height // 24, size.half_height // 22)) * 3 // 4
        y += slope
    return line


def _spread(ring: Sequence[Point], count: int, draw: Draw) -> list[Point]:
    """Return points spread over a polygon (Mitchell's best candidates, then Lloyd's relaxation)."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    chosen: list[Point] = []
    while len(chosen) < count:
        best, best_square = None, -1
        for _ in range(14):
            point = (draw.between(min(xs), max(xs)), draw.between(min(ys), max(ys)))
            if not inside(point, ring):
                continue
            away = min((square(point, other) for other in chosen), default=0)
            if away > best_square:
                best, best_square = point, away
        if best is not None:
            chosen.append(best)
    for _ in range(_RELAXATIONS):
        chosen = [centroid(cell) for cell in cells(ring, chosen)]
    return chosen


def _grid(size: Size, sites: list[Point], rings: list[list[Point]], draw: Draw) -> list[Cell]:
    """Split the communities into grid cells, the larger into more."""
    shares = [1] * len(sites)
    areas = [abs(doubled_area(ring)) for ring in rings]
    areas[-1] //= 4  # Hardly anybody lives in the valley.
    for _ in range(size.grid_cells - len(sites)):
        loads = [area // share for area, share in zip(areas, shares, strict=True)]
        shares[loads.index(max(loads))] += 1
    result = []
    for community, ring in enumerate(rings):
        centres = _spread(ring, shares[community], draw) if shares[community] > 1 else [sites[community]]
        for site, part in zip(centres, cells(ring, centres), strict=True):
            result.append(Cell(community, site, part))
    return result


def _roads(
    outline: list[Point], sites: list[Point], axis: tuple[Point, Point], names: list[str], draw: Draw
) -> list[Road]:
    quarter = _OUTLINE // 4
    west, east, north, south = (outline[quarter * k] for k in (2, 0, 1, 3))
    roads = [
        Road("莞溪大道", _bent(west, east, 9, draw), main=True),
        Road("环镇路", _bent(north, south, 7, draw), main=True),
        Road("林场路", [axis[0], *_bent(axis[0], axis[1], 5, draw)[1:-1], axis[1]]),
    ]
    roads[2].line.insert(0, sites[nearest(axis[0], sites[:-1])])
    town = sites[:-1]
    pairs: set[tuple[int, int]] = set()
    for index, site in enumerate(town):
        ranked = sorted(range(len(town)), key=lambda other: (square(site, town[other]), other))
        pairs.update((min(index, other), max(index, other)) for other in ranked[1:4])
    for a, b in sorted(pairs):
        middle = between(town[a], town[b], 1, 2)
        bend = (middle[0] + draw.between(-120, 120), middle[1] + draw.between(-120, 120))
        roads.append(Road(f"{names[a][0]}{names[b][0]}路", [town[a], bend, town[b]]))
    return roads


def _bent(a: Point, b: Point, parts: int, draw: Draw) -> list[Point]:
    bend = max(abs(b[0] - a[0]), abs(b[1] - a[1])) // 30
    line = [a]
    for part in range(1, parts):
        x, y = between(a, b, part, parts)
        line.append((x + draw.between(-bend, bend), y + draw.between(-bend, bend)))
    return [*line, b]
