"""Finding checkpoints, muster points and addresses on a map while somebody types."""

from dataclasses import dataclass
from typing import Literal

from patrol_desk.services.finding.keys import matcher, normalise
from patrol_desk.services.map.data import MapWeek

MOST = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Something found: which kind, its number in the map's list, how it is called, and where it is."""

    kind: Literal["post", "muster"]
    number: int
    title: str
    note: str
    east: float
    north: float


def find_places(week: MapWeek, typed: str, most: int = MOST) -> tuple[Place, ...]:
    """Return places by name, pinyin, initials or code, then those by address; those that begin with it come first."""
    if not normalise(typed):
        return ()
    fits, wanted = matcher(typed), typed.strip()
    found: list[tuple[int, Place]] = []
    for number, post in enumerate(week.posts):
        place = Place("post", number, post.name, post.address or post.community, post.east, post.north)
        if fits(post.key):
            found.append((0 if post.name.startswith(wanted) or post.code == wanted else 1, place))
        elif post.address_key and fits(post.address_key):
            found.append((2, place))
    for number, muster in enumerate(week.musters):
        if fits(muster.key):
            place = Place("muster", number, muster.name, muster.code, muster.east, muster.north)
            found.append((0 if muster.code.lower() == wanted.lower() else 1, place))
    return tuple(place for _, place in sorted(found, key=lambda each: (each[0], each[1].title))[:most])
