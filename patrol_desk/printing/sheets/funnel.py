"""Where everybody has gone, on paper: a bar for those whom each rule leaves, a dashed line at the need."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from patrol_desk.printing.layout.builder import PageBuilder
from patrol_desk.printing.layout.text import Fitted
from patrol_desk.printing.layout.tree import Area, Panel
from patrol_desk.printing.sheets.press import Press
from patrol_desk.printing.sheets.style import HAIR, PAD, SHADE, SMALL

_ROW = 5.2
_BAR = 3.2
_AIR = 1.4
_NAME, _COUNT, _NOTE = 0.24, 0.08, 0.30
"""Shares of the width; the bars have the rest."""
_MOST_NEEDS = 4
"""The bars' room is so many times the need, where there are more people than that: else the need could not be seen."""
_BREAK = 2.0
"""Width of the gap in a bar that is longer than the room, and of what stands behind it."""
_DASH = (1.5, 0.9)
_HATCH = (2.4, 0.09)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, measured.

    Parameters
    ----------
    name, count, note
        What those who are left have in common, how many they are, who has gone.
    left, before
        Those who are left, and those there were.
    """

    name: Fitted
    count: Fitted
    note: Fitted
    left: int
    before: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """The bars of a gap, as a block.

    Parameters
    ----------
    press
        What it is set with.
    bars
        Everybody, then rule by rule.
    need
        Where the dashed line stands.
    """

    press: Press
    bars: tuple[Bar, ...]
    need: int
    keep: bool = False

    @property
    def height(self) -> float:
        """All bars, with some air around them."""
        return sum(self._heights()) + 2 * _AIR

    def draw(self, builder: PageBuilder, top: float) -> None:
        """Draw names, bars, counts and notes."""
        press = self.press
        room = self._bars_room()
        most = min(self.bars[0].before or 1, max(_MOST_NEEDS * self.need, 1))
        y = top + _AIR
        for number, (bar, height) in enumerate(zip(self.bars, self._heights(), strict=True)):
            builder.text(bar.name, Area(press.left + PAD, y, room.x - press.left - PAD, height))
            self._draw_bar(builder, bar, Area(room.x, y, room.width, height), most, last=number == len(self.bars) - 1)
            count = Area(room.right, y, press.inner * _COUNT - PAD, height)
            builder.text(bar.count, count, align="right")
            note = count.right + 2 * PAD
            builder.text(bar.note, Area(note, y, press.right - note, height))
            y += height
        self._draw_need(builder, room.x + room.width * min(self.need / most, 1.0), top + _AIR, y)
        for x in (press.left, press.right):
            builder.down(x, top, top + self.height, HAIR)
        builder.across(press.left, press.right, top + self.height, HAIR)

    def _draw_bar(self, builder: PageBuilder, bar: Bar, row: Area, most: int, *, last: bool) -> None:
        """Draw those who are left, and behind them those who have gone; what is longer than the row is broken."""
        thick = self.press.mm(_BAR)
        y = row.y + (row.height - thick) / 2
        there, whole = (row.width * min(count / most, 1.0) for count in (bar.left, bar.before))
        if bar.left:
            for part in _parts(Area(row.x, y, there, thick), broken=bar.left > most):
                builder.panel(Panel(part, fill=1.0 if last else SHADE, stroke=HAIR))
        if whole > there:
            for part in _parts(Area(row.x + there, y, whole - there, thick), broken=bar.before > most):
                builder.hatch(part, *_HATCH)
                builder.panel(Panel(part, stroke=HAIR))

    def _draw_need(self, builder: PageBuilder, x: float, top: float, bottom: float) -> None:
        dash, gap = _DASH
        y = top
        while y < bottom:
            builder.down(x, y, min(y + dash, bottom), 0.5)
            y += dash + gap

    def _bars_room(self) -> Area:
        press = self.press
        left = press.left + press.inner * _NAME
        return Area(left, 0.0, press.inner * (1.0 - _NAME - _COUNT - _NOTE), 0.0)

    def _heights(self) -> list[float]:
        least = self.press.mm(_ROW)
        return [max(least, max(bar.name.height, bar.note.height) + 0.6) for bar in self.bars]


def _parts(area: Area, *, broken: bool) -> tuple[Area, ...]:
    """Return the parts of a bar: two where it is longer than its room, with white between them."""
    if not broken or area.width < 3 * _BREAK:
        return (area,)
    end = replace(area, x=area.right - _BREAK, width=_BREAK)
    return replace(area, width=area.width - 2 * _BREAK), end


def funnel(press: Press, steps: Sequence[tuple[str, int, str]], need: int) -> Funnel:
    """Return the bars of a gap.

    Parameters
    ----------
    press
        What it is set with.
    steps
        Name, how many are left, who has gone: everybody first.
    need
        Heads asked for.
    """
    bars, before = [], steps[0][1] if steps else 0
    for name, left, note in steps:
        bars.append(
            Bar(
                press.fit(name, press.inner * _NAME - 2 * PAD, SMALL),
                press.line(f"{left:,}", SMALL[0], bold=True),
                press.fit(note, press.inner * _NOTE - 2 * PAD, SMALL[1:]),
                left,
                before,
            )
        )
        before = left
    return Funnel(press, tuple(bars), need)
