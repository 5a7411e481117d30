"""Papers: their size, and how much of them stays white. Millimetres."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

_A4 = (297.0, 210.0)
_LETTER = (279.4, 215.9)
_LARGEST_MARGIN = 25.0


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper and its white edges.

    Parameters
    ----------
    name
        ``"A4"``.
    width, height
        As it lies: landscape when wider than high.
    side
        White at the left and at the right.
    top
        White above the title.
    edge
        White below the foot.
    """

    name: str
    width: float
    height: float
    side: float = 12.0
    top: float = 10.0
    edge: float = 5.0

    @property
    def left(self) -> float:
        """Where text and tables begin."""
        return self.side

    @property
    def right(self) -> float:
        """Where text and tables end."""
        return self.width - self.side

    @property
    def inner(self) -> float:
        """Width between the white edges."""
        return self.right - self.left

    def turned(self) -> "Paper":
        """Return the paper turned by a quarter."""
        return replace(self, width=self.height, height=self.width)

    def kept_off(self, margin: float) -> "Paper":
        """Return the paper with at least that much white at each edge: an old printer cannot print there.

        Raises
        ------
        ValueError
            The margin is below zero or wider than any printer's.
        """
        if not 0.0 <= margin <= _LARGEST_MARGIN:
            raise ValueError(margin)
        return replace(self, side=max(self.side, margin), top=max(self.top, margin), edge=max(self.edge, margin))


_LANDSCAPE = (
    Paper("A3", 420.0, 297.0),
    Paper("A4", *_A4),
    Paper("A5", 210.0, 148.0, side=9.0, top=8.0),
    Paper("A6", 148.0, 105.0, side=7.0, top=6.5),
    Paper("Letter", *_LETTER),
)
LANDSCAPE: Mapping[str, Paper] = MappingProxyType({paper.name: paper for paper in _LANDSCAPE})
"""Papers by name, wider than high."""
PORTRAIT: Mapping[str, Paper] = MappingProxyType({paper.name: paper.turned() for paper in _LANDSCAPE})
"""Papers by name, higher than wide."""
