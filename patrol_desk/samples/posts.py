"""Checkpoints and muster points of a generated township."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from patrol_desk.models.enums import CheckpointKind, CheckpointStatus
from patrol_desk.samples.draw import Draw
from patrol_desk.samples.geometry import Point, between, square
from patrol_desk.samples.land import Land
from patrol_desk.samples.place_names import FACILITIES, FESTIVAL_PLACES, MUSTER_PLACES, VALLEY_POSTS, numeral
from patrol_desk.samples.sizes import Size
from patrol_desk.samples.squads import remote_posts

Seats = dict[str, list[int]]
"""Minimum and desired heads per kind of seat: "leader", a skill, or "" for anybody."""

GATE: Final = "gate"
FESTIVAL: Final = "festival"
VALLEY: Final = "valley"
_TIERS: Final = {
    "school": 1, "hub": 1, "gate": 1, "festival": 1, "market": 2, "park": 2, "works": 2, "post": 2, "valley": 2,
    "health": 3, "patrol": 3,
}  # fmt: skip
_KINDS: Final = {
    "patrol": CheckpointKind.PATROL_STOP,
    VALLEY: CheckpointKind.PATROL_STOP,
    GATE: CheckpointKind.JOINT_GATE,
    FESTIVAL: CheckpointKind.TEMPORARY_DUTY,
}


@dataclass(slots=True)
class Post:
    """One checkpoint; `seats` holds its demand per shift of the week."""

    name: str
    short: str
    style: str
    community: int
    point: Point
    tier: int
    status: CheckpointStatus = CheckpointStatus.ACTIVE
    seats: dict[int, Seats] = field(default_factory=dict)

    @property
    def kind(self) -> CheckpointKind:
        """Kind of checkpoint that the style means."""
        return _KINDS.get(self.style, CheckpointKind.FIXED_POST)


class PostMaker:
    """Makes the checkpoints of one township.

    Parameters
    ----------
    size, seed, land
        The township.
    """

    def __init__(self, size: Size, seed: int, land: Land) -> None:
        self._size, self._land = size, land
        self._draw = Draw(seed, "checkpoints")
        self._beside = self._road_points()
        self._taken: list[Point] = []

    def make(self) -> list[Post]:
        """Return the checkpoints in use, community by community, then those that are not in use."""
        size = self._size
        gates = max(2, size.checkpoints * 8 // 100)
        ordinary = size.checkpoints - gates - size.festival - size.remote
        posts = [*self._ordinary(ordinary), *self._gates(gates)]
        posts.sort(key=lambda post: post.community)
        posts += [*self._festival(), *self._valley(), *self._spare()]
        _shorten(posts)
        return posts

    def _ordinary(self, count: int) -> list[Post]:
        posts = []
        for number in range(count):
            community = number % self._land.valley
            turn = number // self._land.valley
            facility, short, style = FACILITIES[(community * 5 + turn) % len(FACILITIES)]
            name = self._land.names[community] + facility
            posts.append(Post(name, short, style, community, self._place(community), self._tier(style)))
        return posts

    def _tier(self, style: str) -> int:
        tier = _TIERS[style]
        shift = self._draw.below(10)
        return max(1, tier - 1) if shift == 0 else min(3, tier + 1) if shift == 1 else tier

    def _place(self, community: int) -> Point:
        """Return a dry point beside a road of the community that keeps away from the checkpoints before it."""
        beside = self._beside[community] or [self._land.sites[community]]
        best, best_square = beside[0], -1
        for _ in range(6):
            x, y = self._draw.pick(beside)
            point = (x + self._draw.between(-45, 45), y + self._draw.between(-45, 45))
            away = min((square(point, other) for other in self._taken[-200:]), default=10**9)
            if away > best_square and self._land.dry(point):
                best, best_square = point, away
        self._taken.append(best)
        return best

    def _road_points(self) -> list[list[Point]]:
        """Return points every 150 m or so along the roads of the town, per community."""
        land = self._land
        result: list[list[Point]] = [[] for _ in land.sites]
        for road in land.roads:
            for a, b in zip(road.line, road.line[1:], strict=False):
                parts = max(1, (abs(b[0] - a[0]) + abs(b[1] - a[1])) // 150)
                for part in range(parts + 1):
                    point = between(a, b, part, parts)
                    if land.habitable(point):
                        result[land.community_at(point)].append(point)
        return result

    def _gates(self, count: int) -> list[Post]:
        """Return joint gates on the outline, where roads leave for the neighbouring towns."""
        land, posts = self._land, []
        used: Counter[int] = Counter()
        ring = [point for point in land.outline if land.dry(point)]
        for number in range(count):
            edge = ring[len(ring) * number // count] if count <= len(ring) else self._draw.pick(ring)
            x, y = edge[0] * 97 // 100, edge[1] * 97 // 100
            if count > len(ring):
                x, y = x + self._draw.between(-260, 260), y + self._draw.between(-260, 260)
            community = land.community_at((x, y))
            used[community] += 1
            ordinal = numeral(used[community]) + "号" if used[community] > 1 else ""
            name = f"{land.names[community]}{ordinal}卡口"
            posts.append(Post(name, name, GATE, community, (x, y), _TIERS[GATE]))
        return posts

    def _festival(self) -> list[Post]:
        community = self._land.community_at((0, 0))
        posts = []
        for number in range(self._size.festival):
            turn, place = divmod(number, len(FESTIVAL_PLACES))
            label = FESTIVAL_PLACES[place] + (numeral(turn + 1) + "区" if turn else "")
            name, point = f"市场年货节{label}", self._place(community)
            posts.append(Post(name, label, FESTIVAL, community, point, _TIERS[FESTIVAL]))
        return posts

    def _valley(self) -> list[Post]:
        land = self._land
        places = remote_posts(self._size, land)
        return [
            Post(land.names[land.valley] + name, name, VALLEY, land.valley, point, _TIERS[VALLEY])
            for name, point in zip(VALLEY_POSTS, places, strict=False)
        ]

    def _spare(self) -> list[Post]:
        posts = []
        states = (CheckpointStatus.PLANNED, CheckpointStatus.SUSPENDED, CheckpointStatus.CLOSED)
        for number in range(self._size.spare_checkpoints):
            community = number * 3 % self._land.valley
            label = ("新站", "旧渡口", "旧岗亭")[number % 3]
            turn = numeral(number // 3 + 1) if self._size.spare_checkpoints > 3 else ""
            post = Post(
                self._land.names[community] + label + turn, label + turn, "patrol", community, self._place(community), 3
            )
            post.status = states[number % 3]
            posts.append(post)
        return posts


def _shorten(posts: Sequence[Post]) -> None:
    """Let the short name say the community too where the facility alone is not unique in the township."""
    counts = Counter(post.short for post in posts)
    for post in posts:
        if counts[post.short] > 1:
            post.short = post.name[:12]


@dataclass(frozen=True, slots=True)
class Muster:
    """A muster point."""

    name: str
    community: int
    point: Point


def make_musters(size: Size, seed: int, land: Land) -> list[Muster]:
    """Return the muster points: one near the centre of each community in turn, the valley last."""
    draw = Draw(seed, "muster points")
    result = []
    for number in range(size.muster_points):
        turn, community = divmod(number, land.valley)
        label = MUSTER_PLACES[(community + turn * 3) % len(MUSTER_PLACES)]
        site = land.sites[community]
        point = site
        for _ in range(20):
            point = (site[0] + draw.between(-400, 400), site[1] + draw.between(-400, 400))
            if land.habitable(point):
                break
        result.append(Muster(land.names[community] + label, community, point))
    return result
