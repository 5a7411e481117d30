"""The colour of each squad: the same on every page."""

from collections.abc import Sequence
from typing import Final

COLOURS: Final = 8
"""Squad colours of the theme."""
NO_SQUAD_COLOUR: Final = COLOURS - 1
"""Of people without a squad."""


def squad_colours(communities: Sequence[str | None]) -> list[int]:
    """Return a colour per squad, given each squad's community in the order of the squads' codes.

    Within a community the colours go round, so that its squads differ as far as eight colours reach; each community
    begins three colours on from the one before, so that first squads of neighbours differ too.
    """
    order: dict[str | None, int] = {}
    seen: dict[str | None, int] = {}
    colours = []
    for community in communities:
        start = order.setdefault(community, len(order))
        number = seen.get(community, 0)
        seen[community] = number + 1
        colours.append((start * 3 + number) % COLOURS)
    return colours
