"""How a table's cells and headings are painted."""

from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from patrol_desk.ui.itemmodels.rows import ROW_ROLE, Column, RowsModel
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import squad_colour
from patrol_desk.ui.widgets.painting import box, cell_of, tone_colours

PAD: Final = 8

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


class RowDelegate(QStyledItemDelegate):
    """Paints the cells of a `RowsModel`: text in its role, icon, squad's tick, chip, tick box.

    Parameters
    ----------
    theme
        Gives colours and fonts.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hovered = -1

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        assert isinstance(model, RowsModel)
        column: Column[Any] = model.columns[index.column()]
        row = index.data(ROW_ROLE)
        rect, state = cell_of(option)
        self._paint_back(painter, rect, chosen=bool(state & QStyle.StateFlag.State_Selected), place=index.row())
        if column.tick:
            paint_tick(painter, self._theme, rect, index.data(Qt.ItemDataRole.CheckStateRole))
            return
        pad = self._theme.px(PAD)
        room = rect.adjusted(pad, 0, -pad, -1)
        if column.paint is not None:
            painter.save()
            painter.setClipRect(room)
            column.paint(painter, room, row)
            painter.restore()
            return
        self._paint_content(painter, room, column, row)

    def _paint_back(self, painter: QPainter, rect: QRect, *, chosen: bool, place: int) -> None:
        color = self._theme.color
        if chosen:
            painter.fillRect(rect, color("accentSoft"))
        elif place == self.hovered:
            painter.fillRect(rect, color("sunken"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, color("line"))

    def _paint_content(self, painter: QPainter, room: QRect, column: Column[Any], row: object) -> None:
        theme = self._theme
        if column.squad is not None and (squad := column.squad(row)) is not None:
            height = theme.px(13)
            tick = QRect(room.x(), room.y() + (room.height() - height) // 2, theme.px(4), height)
            box(painter, tick, theme.color(squad_colour(squad)), None, 1)
            room.setLeft(room.left() + theme.px(9))
        kind, bold, colour = _LOOKS[column.role]
        colour = (column.tone(row) if column.tone is not None else "") or colour
        if column.icon is not None and (name := column.icon(row)):
            role = "text2" if colour == "text" else colour
            painter.drawPixmap(room.x(), room.y() + (room.height() - theme.px(15)) // 2, theme.pixmap(name, role, 15))
            room.setLeft(room.left() + theme.px(19))
        text = column.text(row)
        if not text:
            return
        if column.chip is not None and (tone := column.chip(row)):
            self._paint_chip(painter, room, text, tone)
            return
        painter.setFont(theme.font(kind, bold=bold))
        painter.setPen(theme.color(colour))
        self._draw(painter, room, text, right=column.align == "right")

    def _draw(self, painter: QPainter, room: QRect, text: str, *, right: bool) -> None:
        metrics = painter.fontMetrics()
        if metrics.horizontalAdvance(text) > room.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)

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
        self._draw(painter, chip.adjusted(theme.px(6), 0, -theme.px(5), 0), text, right=False)

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
        return QSize(super().sizeHint().width(), self._theme.row("header"))

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
                state = model.ticks.state(row.id for row in model.shown_rows())
                paint_tick(painter, theme, rect, state)
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
