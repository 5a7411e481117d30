"""How a table's cells and headings are painted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import squad_colour
from patrol_desk.ui.widgets.painting import box, tone_colours

PAD: Final = 8

_LINE: Final = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextSingleLine.value
_LEFT: Final = Qt.AlignmentFlag.AlignLeft.value | _LINE
_RIGHT: Final = Qt.AlignmentFlag.AlignRight.value | _LINE

_LOOKS: Final = {
    "body": ("body", False, "text"),
    "strong": ("body", True, "text"),
    "secondary": ("secondary", False, "text2"),
    "muted": ("secondary", False, "text3"),
    "micro": ("micro", False, "text3"),
}
"""Role of a column → type role, bold, colour."""


def paint_tick(painter: QPainter, theme: Theme, cell: QRect, state: Qt.CheckState) -> None:
    """Paint a tick box in the middle of a cell."""
    side = theme.px(16)
    rect = QRect(0, 0, side, side)
    rect.moveCenter(cell.center())
    if state == Qt.CheckState.Unchecked:
        box(painter, rect, theme.color("surface"), theme.color("line2"), 3)
        return
    box(painter, rect, theme.color("accent"), None, 3)
    name = "check" if state == Qt.CheckState.Checked else "minus"
    inset = (side - theme.px(12)) // 2
    painter.drawPixmap(rect.x() + inset, rect.y() + inset, theme.pixmap(name, "onAccent", 12))


def draw_text(painter: QPainter, room: QRect, text: str, flags: int, size: int) -> None:
    """Paint one line of text in the painter's font of so many pixels, cut short where it has no room."""
    # No character is wider than the font is high: most texts need no measuring.
    if len(text) * size > room.width():
        metrics = painter.fontMetrics()
        if metrics.horizontalAdvance(text) > room.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, flags, text)


@dataclass(frozen=True, slots=True)
class Line:
    """A row in sight.

    Parameters
    ----------
    row
        What stands there.
    top, height
        Where, px of the viewport.
    chosen, hovered, ticked
        How it looks.
    """

    row: Any
    top: int
    height: int
    chosen: bool
    hovered: bool
    ticked: bool


class RowDelegate(QStyledItemDelegate):
    """Paints rows of a `RowsModel`: text in its role, icon, squad's tick, chip, tick box.

    The table hands over all rows in sight at once: asked cell by cell, Qt would look up each of them in the style
    sheet, which takes several times as long as painting it.

    Parameters
    ----------
    theme
        Gives colours and fonts.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hovered = -1

    def paint_rows(
        self, painter: QPainter, lines: Sequence[Line], columns: Sequence[tuple[Column[Any], int, int]]
    ) -> None:
        """Paint rows under columns.

        Parameters
        ----------
        painter
            Of the table's viewport.
        lines
            The rows in sight.
        columns
            Those in sight, with left edge and width in pixels.
        """
        left = min(x for _, x, _ in columns)
        width = max(x + width for _, x, width in columns) - left
        self._paint_backs(painter, lines, left, width)
        pad = self._theme.px(PAD)
        for column, x, width in columns:
            if column.tick:
                for line in lines:
                    state = Qt.CheckState.Checked if line.ticked else Qt.CheckState.Unchecked
                    paint_tick(painter, self._theme, QRect(x, line.top, width, line.height), state)
                continue
            rooms = [QRect(x + pad, line.top, width - 2 * pad, line.height - 1) for line in lines]
            if column.paint is None:
                self._paint_texts(painter, rooms, column, lines)
                continue
            for room, line in zip(rooms, lines, strict=True):
                painter.save()
                painter.setClipRect(room)
                column.paint(painter, room, line.row)
                painter.restore()

    def _paint_backs(self, painter: QPainter, lines: Sequence[Line], left: int, width: int) -> None:
        color = self._theme.color
        for line in lines:
            if line.chosen or line.hovered:
                painter.fillRect(left, line.top, width, line.height, color("accentSoft" if line.chosen else "sunken"))
            painter.fillRect(left, line.top + line.height - 1, width, 1, color("line"))

    def _paint_texts(
        self, painter: QPainter, rooms: Sequence[QRect], column: Column[Any], lines: Sequence[Line]
    ) -> None:
        kind, bold, own = _LOOKS[column.role]
        font = self._theme.font(kind, bold=bold)
        painter.setFont(font)
        size = font.pixelSize()
        flags = _RIGHT if column.align == "right" else _LEFT
        pen = ""
        for room, line in zip(rooms, lines, strict=True):
            row = line.row
            colour = (column.tone(row) if column.tone is not None else "") or own
            if column.squad is not None or column.icon is not None:
                self._paint_before(painter, room, column, row, colour)
            text = column.text(row)
            if not text:
                continue
            if column.chip is not None and (tone := column.chip(row)):
                self._paint_chip(painter, room, text, tone)
                painter.setFont(font)
                pen = ""
                continue
            if colour != pen:
                painter.setPen(self._theme.color(colour))
                pen = colour
            draw_text(painter, room, text, flags, size)

    def _paint_before(self, painter: QPainter, room: QRect, column: Column[Any], row: object, colour: str) -> None:
        """Paint what stands before the text and take its room away."""
        theme = self._theme
        if column.squad is not None and (squad := column.squad(row)) is not None:
            height = theme.px(13)
            tick = QRect(room.x(), room.y() + (room.height() - height) // 2, theme.px(4), height)
            box(painter, tick, theme.color(squad_colour(squad)), None, 1)
            room.setLeft(room.left() + theme.px(9))
        if column.icon is not None and (name := column.icon(row)):
            role = "text2" if colour == "text" else colour
            painter.drawPixmap(room.x(), room.y() + (room.height() - theme.px(15)) // 2, theme.pixmap(name, role, 15))
            room.setLeft(room.left() + theme.px(19))

    def _paint_chip(self, painter: QPainter, room: QRect, text: str, tone: str) -> None:
        theme = self._theme
        fill, border, colour = tone_colours(theme, tone)
        font = theme.font("secondary")
        height = theme.px(20)
        width = min(QFontMetrics(font).horizontalAdvance(text) + 2 * theme.px(6), room.width())
        chip = QRect(room.x(), room.y() + (room.height() - height) // 2, width, height)
        box(painter, chip, fill, border, 3)
        painter.setFont(font)
        painter.setPen(colour)
        draw_text(painter, chip.adjusted(theme.px(6), 0, -theme.px(5), 0), text, _LEFT, font.pixelSize())

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._theme.px(40), self._theme.row("table"))


class Header(QHeaderView):
    """Column headings: a chevron behind the one sorted by, a tick box over the column of ticks.

    Parameters
    ----------
    theme
        Gives colours and fonts.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.marked = -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.px(28))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    @override
    def sizeHint(self) -> QSize:
        # Qt's own would ask the style sheet for the size of every section, and a table takes the height alone.
        return QSize(self.length(), self._theme.row("header"))

    def width_for(self, column: Column[Any], width: int) -> int:
        """Return a column's width, more than its own where the heading needs it in the language in force."""
        if column.tick or column.stretch:
            return width
        words = QFontMetrics(self._theme.font("secondary")).horizontalAdvance(column.title())
        return max(width, words + 2 * self._theme.px(PAD) + 2)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme, model = self._theme, self.model()
        painter.save()
        painter.fillRect(rect, theme.color("sunken"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line2"))
        if isinstance(model, RowsModel):
            if model.columns[logicalIndex].tick:
                paint_tick(painter, theme, rect, model.tick_state())
            else:
                self._paint_title(painter, rect, logicalIndex, model)
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRect, place: int, model: RowsModel[Any]) -> None:
        theme, column = self._theme, model.columns[place]
        by, order = model.sorted_by()
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("accentText" if place == self.marked else "text2"))
        metrics = painter.fontMetrics()
        pad = theme.px(PAD)
        mark = theme.px(13) if place == by else 0
        room = rect.adjusted(pad, 0, -pad, 0)
        title = metrics.elidedText(column.title(), Qt.TextElideMode.ElideRight, max(0, room.width() - mark))
        width = metrics.horizontalAdvance(title)
        x = room.x() if column.align == "left" else room.right() - width - mark + 1
        painter.drawText(QRect(x, rect.y(), width + 2, rect.height()), Qt.AlignmentFlag.AlignVCenter, title)
        if mark:
            name = "chevron-up" if order == Qt.SortOrder.AscendingOrder else "chevron-down"
            at = x + width + theme.px(2), rect.y() + (rect.height() - theme.px(11)) // 2
            painter.drawPixmap(*at, theme.pixmap(name, "text2", 11))
