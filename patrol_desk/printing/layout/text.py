"""Fit text into a width: shrink a little, then wrap; never cut."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from patrol_desk.printing.layout.tree import MM_PER_POINT

LEADING = 1.2
"""Distance of two baselines in ems."""

_CLOSING = frozenset("，。、；：！？）》】」』”’…·,.;:!?)]}%")
_OPENING = frozenset("（《【「『“‘([{")
_SOFT_BREAKS = "·/ "
"""After these a name or place divides by itself."""


class TextMeasure(Protocol):
    """Knows how wide text is; the layout's only view of a font."""

    def width(self, text: str, size: float, *, bold: bool) -> float:
        """Return the width of one line, in the unit of the size."""
        ...

    def printable(self, text: str) -> str:
        """Return the text with what cannot be printed replaced."""
        ...


@dataclass(frozen=True, slots=True)
class Fitted:
    """Text broken into lines at one size.

    Parameters
    ----------
    lines, widths
        The lines and their widths in millimetres.
    size
        Points.
    bold
        The bold weight.
    """

    lines: tuple[str, ...]
    widths: tuple[float, ...]
    size: float
    bold: bool

    @property
    def line_height(self) -> float:
        """Distance of two baselines in millimetres."""
        return self.size * MM_PER_POINT * LEADING

    @property
    def height(self) -> float:
        """Height of all lines in millimetres."""
        return self.line_height * len(self.lines)

    @property
    def width(self) -> float:
        """Width of the widest line in millimetres."""
        return max(self.widths)

    def single(self) -> tuple["Fitted", ...]:
        """Return each line by itself."""
        pairs = zip(self.lines, self.widths, strict=True)
        return tuple(Fitted((line,), (width,), self.size, self.bold) for line, width in pairs)


class Typesetter:
    """Measures and fits text with one font, and remembers the results: names and places recur on every sheet.

    Parameters
    ----------
    measure
        The font.
    """

    def __init__(self, measure: TextMeasure) -> None:
        self._measure = measure
        self._fitted: dict[tuple[str, float, tuple[float, ...], bool], Fitted] = {}

    def line(self, text: str, size: float, *, bold: bool = False) -> Fitted:
        """Return the text as one line, however long."""
        return self.fit(text, float("inf"), (size,), bold=bold)

    def fit(self, text: str, room: float, sizes: tuple[float, ...], *, bold: bool = False) -> Fitted:
        """Return the text so that no line is wider than the room.

        Parameters
        ----------
        text
            Any text.
        room
            Width in millimetres. A room narrower than one character still gets one character a line.
        sizes
            Sizes in points to try for a single line, largest first; at the last one it wraps.
        bold
            The bold weight.
        """
        key = (text, room, sizes, bold)
        fitted = self._fitted.get(key)
        if fitted is None:
            fitted = self._fitted[key] = self._fit(self._measure.printable(text), room, sizes, bold=bold)
        return fitted

    def _fit(self, text: str, room: float, sizes: tuple[float, ...], *, bold: bool) -> Fitted:
        for size in sizes:
            width = self._width(text, size, bold=bold)
            if width <= room:
                return Fitted((text,), (width,), size, bold)
        size = sizes[-1]
        lines = self._halves(text, room, size, bold=bold) or tuple(self._wrap(text, room, size, bold=bold))
        return Fitted(lines, tuple(self._width(line, size, bold=bold) for line in lines), size, bold)

    def _width(self, text: str, size: float, *, bold: bool) -> float:
        return self._measure.width(text, size, bold=bold) * MM_PER_POINT

    def _halves(self, text: str, room: float, size: float, *, bold: bool) -> tuple[str, ...]:
        """Return two lines divided where the text divides by itself, as evenly as possible; nothing if neither fits."""
        cuts = [number + 1 for number, character in enumerate(text[:-1]) if character in _SOFT_BREAKS]
        pairs = [(text[:cut].strip(), text[cut:].strip()) for cut in cuts]
        widest = [(max(self._width(part, size, bold=bold) for part in pair), pair) for pair in pairs if all(pair)]
        width, best = min(widest, default=(float("inf"), ("", "")))
        return best if width <= room else ()

    def _wrap(self, text: str, room: float, size: float, *, bold: bool) -> Iterator[str]:
        line = ""
        for chunk in self._narrow_chunks(text, room, size, bold=bold):
            if line.strip() and self._width((line + chunk).strip(), size, bold=bold) > room:
                yield line.strip()
                line = ""
            line += chunk
        if line.strip():
            yield line.strip()

    def _narrow_chunks(self, text: str, room: float, size: float, *, bold: bool) -> Iterator[str]:
        for chunk in _chunks(text):
            if self._width(chunk.rstrip(), size, bold=bold) <= room:
                yield chunk
            else:
                yield from chunk


def _chunks(text: str) -> Iterator[str]:
    """Yield what must stay together: a Latin word with its space, a character with its punctuation."""
    chunk = ""
    for character in text:
        if chunk and _may_break(chunk[-1], character):
            yield chunk
            chunk = ""
        chunk += character
    if chunk:
        yield chunk


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _CLOSING or before in _OPENING:
        return False
    return before == " " or not (before.isascii() and after.isascii())
