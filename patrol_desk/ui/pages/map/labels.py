"""Where labels go so that none covers another or a mark, and their pictures, each made once."""

from collections.abc import Iterable
from math import inf
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter, QPainterPath, QPen, QPixmap

from patrol_desk.ui.theme import Theme

GAP = 4.0
_WIDE, _HIGH = 6, 5
"""Size of a cell, px."""
_MOST_STAMPS = 1600
_A_FRAME = 20
"""Pictures of words made in one frame, some 3 ms."""
_RIM = ((-1, -1), (1, -1), (-1, 1), (1, 1), (-2, 0), (2, 0), (0, -1), (0, 1))


class Wanted(NamedTuple):
    """A label to be placed: which mark, where it is (px), its radius, and the label's size."""

    number: int
    x: float
    y: float
    radius: float
    width: float
    height: float


class Placer:
    """Places labels one by one, the important ones first: right, left, below or above their mark, or not at all.

    Positions are pixels at one scale, wherever the window stands, so that labels stay while the ground is dragged.
    What is taken is kept as small cells, a number a row with a bit a cell: whether a label has room is one "and" a row.

    Parameters
    ----------
    left
        Leftmost position that counts, px; what lies farther left is never taken.
    edges
        Leftmost and rightmost position that a label should keep to, px: those of the whole township in view.
    strict
        Whether one that has no room within is left out; else it goes beyond.
    """

    def __init__(self, left: float = 0.0, edges: tuple[float, float] = (-inf, inf), *, strict: bool = False) -> None:
        self._first = int(left // _WIDE)
        self._edges = edges
        self._strict = strict
        self._rows: dict[int, int] = {}

    def copy(self) -> "Placer":
        """Return one on which the same is taken, to go on from."""
        other = Placer(self._first * _WIDE, self._edges, strict=self._strict)
        other._rows = dict(self._rows)
        return other

    def take(self, rect: QRectF) -> None:
        """Let nothing be placed on a rectangle."""
        mask, rows = self._cells(rect.left(), rect.top(), rect.right(), rect.bottom())
        self._take(mask, rows)

    def free(self, rect: QRectF) -> bool:
        """Say whether nothing stands in a rectangle yet."""
        mask, rows = self._cells(rect.left(), rect.top(), rect.right(), rect.bottom())
        return self._free(mask, rows)

    def place(self, labels: Iterable[Wanted]) -> dict[int, tuple[float, float]]:
        """Return number → offset of the label's top left corner from its mark, for those that have room."""
        found = {}
        for label in labels:
            for dx, dy in self._ways(label):
                left, top = label.x + dx, label.y + dy
                mask, rows = self._cells(left, top, left + label.width, top + label.height)
                if self._free(mask, rows):
                    self._take(mask, rows)
                    found[label.number] = (dx, dy)
                    break
        return found

    def _ways(self, label: Wanted) -> Iterable[tuple[float, float]]:
        """Return where a label may stand; what leaves the edges last, or not at all."""
        first, last = self._edges
        reach = label.radius + GAP + label.width
        if first <= label.x - reach and label.x + reach <= last:
            return _offsets(label)
        within = [at for at in _offsets(label) if first <= label.x + at[0] <= last - label.width]
        return within if self._strict else [*within, *(at for at in _offsets(label) if at not in within)]

    def _cells(self, left: float, top: float, right: float, bottom: float) -> tuple[int, range]:
        """Return the cells of a rectangle: their bits in a row, and the rows."""
        first = max(int(left // _WIDE) - self._first, 0)
        last = max(int(right // _WIDE) + 1 - self._first, first)
        return ((1 << (last - first)) - 1) << first, range(int(top // _HIGH), int(bottom // _HIGH) + 1)

    def _take(self, mask: int, rows: range) -> None:
        taken = self._rows
        for row in rows:
            taken[row] = taken.get(row, 0) | mask

    def _free(self, mask: int, rows: range) -> bool:
        taken = self._rows
        for row in rows:  # noqa: SIM110  # `any` with a generator takes twice the time, thousands of times a frame
            if taken.get(row, 0) & mask:
                return False
        return True


def _offsets(label: Wanted) -> Iterable[tuple[float, float]]:
    out = label.radius + GAP
    yield out, -label.height / 2
    yield -out - label.width, -label.height / 2
    yield -label.width / 2, out - 1
    yield -label.width / 2, -out - label.height + 1


class Stamps:
    """Words with a rim in the colour of the land, as pictures.

    Parameters
    ----------
    theme
        Gives fonts and colours.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._made: dict[tuple[str, str, bool], QPixmap] = {}
        self._widths: dict[tuple[str, bool], int] = {}
        self._height = 0
        self.ascent = 0
        self._left = 0
        self.waiting = False
        """Whether words were painted without their rim, because one frame makes only so many pictures."""
        theme.changed.connect(self.forget)

    def forget(self) -> None:
        """Make all anew: fonts or colours have changed."""
        self._made.clear()
        self._widths.clear()
        self._height = 0

    def begin(self) -> None:
        """Begin a frame."""
        self._left, self.waiting = _A_FRAME, False
        _ = self.height

    @property
    def height(self) -> int:
        """Of every label, px."""
        if not self._height:
            metrics = QFontMetrics(self._theme.font("secondary"))
            self._height, self.ascent = metrics.height(), metrics.ascent()
        return self._height

    def width(self, text: str, *, bold: bool = False) -> int:
        """Return the width of a text, px."""
        found = self._widths.get((text, bold))
        if found is None:
            metrics = QFontMetrics(self._theme.font("secondary", bold=bold))
            found = self._widths[text, bold] = metrics.horizontalAdvance(text)
        return found

    def put(
        self, painter: QPainter, at: QPointF, text: str, role: str, *, bold: bool = False, exact: bool = False
    ) -> None:
        """Paint a text from its top left corner; `exact` paints its outlines, for paper and large pictures."""
        if exact:
            painter.save()
            painter.translate(at)
            self._outlined(painter, text, role, bold=bold)
            painter.restore()
            return
        stamp = self._made.get((text, role, bold))
        if stamp is None and self._left <= 0:
            self.waiting = True
            self._write(painter, at, text, role, bold=bold)
            return
        if stamp is None:
            if len(self._made) > _MOST_STAMPS:
                self._made.clear()
            self._left -= 1
            stamp = self._made[text, role, bold] = self._stamp(text, role, bold=bold)
        painter.drawPixmap(QPointF(at.x() - 2, at.y()), stamp)

    def _stamp(self, text: str, role: str, *, bold: bool) -> QPixmap:
        app = QGuiApplication.instance()
        ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
        stamp = QPixmap(round((self.width(text, bold=bold) + 4) * ratio), round((self.height + 2) * ratio))
        stamp.setDevicePixelRatio(ratio)
        stamp.fill(Qt.GlobalColor.transparent)
        painter = QPainter(stamp)
        for dx, dy in _RIM:
            self._write(painter, QPointF(2 + dx, dy), text, "landB", bold=bold)
        self._write(painter, QPointF(2, 0), text, role, bold=bold)
        painter.end()
        return stamp

    def _write(self, painter: QPainter, at: QPointF, text: str, role: str, *, bold: bool) -> None:
        font = self._theme.font("secondary", bold=bold)
        painter.setFont(font)
        painter.setPen(self._theme.color(role))
        painter.drawText(at + QPointF(0, self.ascent), text)

    def _outlined(self, painter: QPainter, text: str, role: str, *, bold: bool) -> None:
        """Paint a text with a rim by its outlines, as sharp as paper is."""
        font = self._theme.font("secondary", bold=bold)
        path = QPainterPath()
        path.addText(QPointF(0, self.ascent), font, text)
        rim = QPen(self._theme.color("landB"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        rim.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, rim)
        self._write(painter, QPointF(), text, role, bold=bold)
