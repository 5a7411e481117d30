"""Squads of a generated township: where they are based and how large they are."""

from datetime import date, timedelta

from patrol_desk.samples.draw import Draw
from patrol_desk.samples.folk import Band
from patrol_desk.samples.geometry import Point, square
from patrol_desk.samples.land import Land
from patrol_desk.samples.place_names import numeral
from patrol_desk.samples.sizes import Size

VALLEY_BASE = 5900
"""Metres up the valley at which its people live."""

REACH_CLEAR_M = 6500
"""Nobody else on the roster lives nearer than this to the valley's checkpoints; the rule says 6,000 m."""


def remote_posts(size: Size, land: Land) -> list[Point]:
    """Return where the checkpoints at the far end of the valley stand."""
    return [land.in_valley(6900 + 190 * number, 40) for number in range(size.remote)]


def make_bands(size: Size, seed: int, monday: date, land: Land) -> list[Band]:
    """Return the squads, those that exist first, then the ended ones."""
    draw = Draw(seed, "squads")
    far = remote_posts(size, land)
    valley = 2 if size.remote > 2 else 1
    town = size.squads - valley
    homes = [_base(land, number % land.valley, far, draw) for number in range(town)]
    counts = [0] * len(land.names)
    bands = []
    for base in homes:
        community = land.community_at(base)
        counts[community] += 1
        bands.append(Band("", community, base))
    _name(bands, land, counts)
    _adopt(bands, size.organisations, draw)
    for number in range(valley):
        name = f"{land.names[land.valley]}{'林场' if number == 0 else '山里'}队"
        bands.append(Band(name, land.valley, land.in_valley(VALLEY_BASE + 300 * number, -60), remote=True))
    for number in range(size.ended_squads):
        twin = bands[number * 7 % town]
        ended = monday - timedelta(days=draw.between(60, 300))
        bands.append(
            Band(f"{land.names[twin.community]}老{numeral(number + 1)}队", twin.community, twin.base, ended_on=ended)
        )
    return bands


def _base(land: Land, community: int, far: list[Point], draw: Draw) -> Point:
    """Return a dry place in a community, or near it, that keeps away from the valley's far end."""
    ring = land.rings[community]
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    site = land.sites[community]
    for _ in range(60):
        point = (draw.between(min(xs), max(xs)), draw.between(min(ys), max(ys)))
        # Half-way to the centre: squads meet where people live, not on the border.
        point = ((point[0] * 2 + site[0]) // 3, (point[1] * 2 + site[1]) // 3)
        if land.habitable(point) and min(square(point, post) for post in far) > (REACH_CLEAR_M + 300) ** 2:
            return point
    return 0, 0


def _name(bands: list[Band], land: Land, counts: list[int]) -> None:
    used = [0] * len(land.names)
    for band in bands:
        community = band.community
        used[community] += 1
        number = numeral(used[community]) if counts[community] > 1 else ""
        band.name = f"{land.names[community]}{number}队"


def _adopt(bands: list[Band], organisations: int, draw: Draw) -> None:
    """Some squads are whole organisations that enrolled."""
    for band in draw.shuffled(bands)[: min(len(bands) // 8, organisations)]:
        band.organisation = draw.below(organisations)
