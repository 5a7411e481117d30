"""Places of a document: x and y in whole metres on a local plane."""

import numpy as np

from patrol_desk.engine.formats.node import Node
from patrol_desk.engine.problem import NO_PLACE, Int32

MAX_METRES = 1_000_000
MAX_PLACES = 100_000


def read_placed(node: Node | None, key: str) -> tuple[tuple[str, ...], Int32]:
    """Return the ids and places of squads."""
    first: dict[str, Node] = {}
    places = []
    for item in node.items(MAX_PLACES) if node is not None else ():
        fields = item.fields(("id",), (key,))
        fields["id"].only_once(first, fields["id"].text())
        places.append(read_place(fields.get(key)))
    return tuple(first), np.array(places, dtype=np.int32).reshape(-1, 2)


def read_place(node: Node | None) -> tuple[int, int]:
    """Return x and y in metres, or no place when there is none."""
    if node is None:
        return NO_PLACE, NO_PLACE
    items = node.items(2)
    if len(items) != 2:
        raise node.fault("bad_place")
    return items[0].whole(-MAX_METRES, MAX_METRES), items[1].whole(-MAX_METRES, MAX_METRES)
