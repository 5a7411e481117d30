"""How one cell looks: each look is drawn once and kept as a picture."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QPainter, QPen, QPixmap, QPolygon
from PySide6.QtWidgets import QApplication

from patrol_desk.services.planning.board import Cell, CellState
from patrol_desk.ui.theme import Theme

KEPT = 6000
"""Pictures kept at most: more than the looks of a township's week."""

_PIP = QSize(5, 3)
_GAP = 2


@dataclass(frozen=True, slots=True)
class Sum:
    """What a community's head shows for a shift."""

    heads: int
    desired: int
    state: CellState
    folded: bool


class CellPainter:
    """Draws cells by the theme's tokens and keeps the pictures.

    Parameters
    ----------
    theme
        Gives colours, fonts and the lock.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._kept: dict[tuple[object, int, int, bool], QPixmap] = {}
        self.compare = False
        """Whether cells that differ from the last published version carry a dot."""
        theme.changed.connect(self._kept.clear)

    def picture(self, cell: Cell, width: int, height: int) -> QPixmap:
        """Return the picture of a cell."""
        key = (cell, width, height, self.compare)
        found = self._kept.get(key)
        if found is None:
            found = self._new(key, width, height)
            painter = QPainter(found)
            self.paint(painter, QRect(0, 0, width, height), cell)
            painter.end()
        return found

    def sum_picture(self, held: Sum, width: int, height: int) -> QPixmap:
        """Return the picture of a community's sum."""
        key = (held, width, height, False)
        found = self._kept.get(key)
        if found is None:
            found = self._new(key, width, height)
            painter = QPainter(found)
            self._paint_sum(painter, QRect(0, 0, width, height), held)
            painter.end()
        return found

    def _new(self, key: tuple[object, int, int, bool], width: int, height: int) -> QPixmap:
        if len(self._kept) >= KEPT:
            self._kept.clear()
        picture = self._kept[key] = blank_picture(width, height)
        return picture

    def swatch(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        """Paint a cell as the legend shows it: framed, without pips, figures only where it is full."""
        painter.fillRect(rect, self._theme.color(_ground(cell)))
        if cell.state is CellState.NOT_STAFFED:
            self._hatch(painter, rect)
        self._corner(painter, rect, cell)
        role = {CellState.BELOW_DESIRED: "amberLine", CellState.BELOW_MINIMUM: "redLine"}.get(cell.state, "line2")
        painter.setPen(self._theme.color(role))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if cell.state is CellState.OK and not cell.past:
            painter.setFont(self._theme.font("micro"))
            painter.setPen(self._theme.color("text"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, f"{cell.heads}/{cell.desired}")

    def paint(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        """Paint a cell: ground, hatch, corner, figures, pips, lock, dot."""
        theme = self._theme
        painter.fillRect(rect, theme.color(_ground(cell)))
        if cell.state is CellState.NOT_STAFFED and not cell.heads:
            self._hatch(painter, rect)
        else:
            self._edge(painter, rect, cell)
            self._corner(painter, rect, cell)
            self._figures(painter, rect, cell)
            self._pips(painter, rect, cell)
            self._lock(painter, rect, cell)
        if self.compare and cell.changed:
            side = theme.px(4)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accentText"))
            painter.drawEllipse(QRectF(rect.right() - side - 1.5, rect.bottom() - side - 1.5, side, side))

    def _hatch(self, painter: QPainter, rect: QRect) -> None:
        painter.save()
        painter.setClipRect(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("hatch"), 1))
        for x in range(rect.left() - rect.height(), rect.right() + 1, 6):
            painter.drawLine(x, rect.bottom() + 1, x + rect.height() + 1, rect.top())
        painter.restore()

    def _edge(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        frame = rect.adjusted(0, 0, -1, -1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if cell.broken:
            pen = QPen(self._theme.color("red"), 1, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.drawRect(frame)
        elif cell.state is CellState.BELOW_MINIMUM and not cell.past:
            painter.setPen(self._theme.color("redLine"))
            painter.drawRect(frame)

    def _corner(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        if cell.state is CellState.BELOW_MINIMUM:
            side, role = self._theme.px(8), "redLine" if cell.past else "redFill"
        elif cell.state is CellState.BELOW_DESIRED:
            side, role = self._theme.px(6), "amberLine" if cell.past else "amber"
        else:
            return
        corner = rect.topLeft()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(role))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPolygon(QPolygon([corner, corner + QPoint(side, 0), corner + QPoint(0, side)]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _figures(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        heads_role, desired_role, bold = _inks(cell)
        font = self._theme.font("secondary", bold=bold)
        metrics = QFontMetrics(font)
        heads = f"!{cell.heads}" if cell.broken else f"{cell.heads}"
        desired = f"/{cell.desired}"
        before = hint_width(self._theme) if cell.hinted else 0
        width = before + metrics.horizontalAdvance(heads + desired)
        left = rect.left() + (rect.width() - width) // 2
        if cell.locked or cell.some_locked:
            left -= self._theme.px(4)
        left = max(left, rect.left() + 1)
        if cell.hinted and cell.state in {CellState.BELOW_DESIRED, CellState.BELOW_MINIMUM}:
            # Beside the triangle in the corner, not on it.
            left = max(left, min(rect.left() + self._theme.px(7), rect.right() - width))
        below = self._theme.px(_PIP.height() + 4)
        if cell.hinted:
            middle = rect.top() + (rect.height() - below + 1) // 2
            ink = self._theme.color("text3" if cell.past else "accentText")
            hint_mark(painter, self._theme, left, middle, ink)
            left += before
        top = QRect(left, rect.top(), width - before + 2, rect.height() - below + 1)
        painter.setFont(font)
        painter.setPen(self._theme.color(heads_role))
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, heads)
        painter.setPen(self._theme.color(desired_role))
        rest = top.adjusted(metrics.horizontalAdvance(heads), 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, desired)

    def _pips(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        for number, pip in enumerate(pip_rects(rect, cell, self._theme.scale)):
            if number < len(cell.colours):
                colour = QColor(self._theme.color(f"sq{cell.colours[number] + 1}"))
                if cell.past:
                    colour.setAlphaF(0.5)
                painter.fillRect(pip, colour)
                continue
            colour = QColor(self._theme.color("red" if number < cell.minimum else "amberLine"))
            if cell.past:
                colour.setAlphaF(0.6)
            painter.setPen(colour)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(pip.adjusted(0, 0, -1, -1))

    def _lock(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        if not (cell.locked or cell.some_locked):
            return
        picture = self._theme.pixmap("lock", "text2" if cell.locked else "text3", 9 if cell.locked else 7)
        side = round(picture.width() / picture.devicePixelRatio())
        painter.drawPixmap(rect.right() - side, rect.top() + 2, picture)

    def _paint_sum(self, painter: QPainter, rect: QRect, held: Sum) -> None:
        theme = self._theme
        painter.fillRect(rect, theme.color("sunken"))
        if not held.desired and not held.heads:
            return
        role = _sum_ink(held.state)
        width = min(rect.width() - theme.px(8), theme.px(23))
        left = rect.left() + (rect.width() - width) // 2
        top = rect.bottom() - theme.px(3) if held.folded else rect.center().y()
        full = held.state is CellState.OK
        part = width if full else round(width * min(held.heads, held.desired) / max(held.desired, 1))
        painter.fillRect(QRect(left, top, width, 2), theme.color("line"))
        painter.fillRect(QRect(left, top, part, 2), theme.color("line2" if full else role))
        if held.folded:
            bold = held.state is CellState.BELOW_MINIMUM
            painter.setFont(theme.font("micro", bold=bold))
            painter.setPen(theme.color("text2" if full else role))
            area = rect.adjusted(0, 0, 0, -theme.px(3))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, f"{held.heads}/{held.desired}")


def hint_width(theme: Theme) -> int:
    """Return how much room the mark of a hint takes before a number."""
    return theme.px(5)


def hint_mark(painter: QPainter, theme: Theme, left: int, middle: int, colour: QColor) -> None:
    """Paint the mark of a rule that only hints, an ``i``: a dot over a stroke, which is neither a ``!`` nor a digit."""
    thick = max(2, theme.px(2))
    painter.fillRect(QRect(left, middle - theme.px(5), thick, thick), colour)
    painter.fillRect(QRect(left, middle - theme.px(5) + thick + max(1, theme.px(1)), thick, theme.px(6)), colour)


def hint_sample(theme: Theme, painter: QPainter, rect: QRect) -> None:
    """Paint the mark as a legend shows it."""
    hint_mark(painter, theme, rect.left() + theme.px(1), rect.center().y(), theme.color("accentText"))


def pip_rects(rect: QRect, cell: Cell, scale: float) -> list[QRect]:
    """Return where a cell's pips stand: one per desired seat or head, squeezed when they are many."""
    count = max(cell.desired, cell.heads)
    if not count:
        return []
    room = rect.width() - 4
    width = max(2, min(round(_PIP.width() * scale), (room - (count - 1) * _GAP) // count))
    gap = _GAP if count * width + (count - 1) * _GAP <= room else 1
    total = count * width + (count - 1) * gap
    left = rect.left() + (rect.width() - total) // 2
    height = round(_PIP.height() * scale)
    top = rect.bottom() - height - 1
    return [QRect(left + number * (width + gap), top, width, height) for number in range(count)]


def pip_near(rect: QRect, cell: Cell, theme: Theme, point: QPoint) -> int | None:
    """Return the number of the holder whose pip is at a point of a cell, None without one."""
    if not cell.heads or point.y() < rect.bottom() - theme.px(9):
        return None
    pips = pip_rects(rect, cell, theme.scale)[: cell.heads]
    near = min(range(len(pips)), key=lambda number: abs(pips[number].center().x() - point.x()))
    return near if abs(pips[near].center().x() - point.x()) <= theme.px(5) else None


def _ground(cell: Cell) -> str:
    if cell.broken:
        return "redSoft"
    if cell.past or (cell.state is CellState.NOT_STAFFED and not cell.heads):
        return "sunken"
    if cell.state is CellState.BELOW_MINIMUM:
        return "redSoft"
    if cell.state is CellState.BELOW_DESIRED:
        return "amberSoft"
    return "surface"


def _inks(cell: Cell) -> tuple[str, str, bool]:
    """Return the colour of the heads, of the desired number, and whether both are bold."""
    if cell.broken:
        return "red", "red", True
    if cell.state is CellState.BELOW_MINIMUM:
        return "red", "red", not cell.past
    if cell.state is CellState.BELOW_DESIRED:
        return "amber", "amber", False
    return ("text3" if cell.past else "text"), "text3", False


def _sum_ink(state: CellState) -> str:
    if state is CellState.BELOW_MINIMUM:
        return "red"
    return "amber" if state is CellState.BELOW_DESIRED else "text3"


def blank_picture(width: int, height: int) -> QPixmap:
    """Return a picture to draw on, as sharp as the screen."""
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    return picture
