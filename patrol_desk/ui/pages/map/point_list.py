"""The shift's posts in the side panel, the worst first."""

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from patrol_desk.services.map import MapWeek
from patrol_desk.services.planning.board import CellState
from patrol_desk.ui.pages.map.picture import Mode
from patrol_desk.ui.pages.map.words import length_text, squad_of, state_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import cell_of, ring

Index = QModelIndex | QPersistentModelIndex
_ICONS = {
    CellState.BELOW_MINIMUM: ("triangle-alert", "red"),
    CellState.BELOW_DESIRED: ("minus", "amber"),
    CellState.OK: ("check", "text3"),
}
_ROOT = QModelIndex()
NUMBER = Qt.ItemDataRole.UserRole


class PointModel(QAbstractListModel):
    """Posts of one shift in an order."""

    def __init__(self) -> None:
        super().__init__()
        self.week: MapWeek | None = None
        self.shift = -1
        self.order: list[int] = []
        self.mode: Mode = "coverage"

    def show_shift(self, week: MapWeek, shift: int, order: list[int], mode: Mode) -> None:
        """Show posts with what the mode tells of them: heads, main squad, or how far the nearest muster point is."""
        self.beginResetModel()
        self.week, self.shift, self.order, self.mode = week, shift, order, mode
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.order)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.week is None or not 0 <= index.row() < len(self.order):
            return None
        number = self.order[index.row()]
        post, mark = self.week.posts[number], self.week.marks[self.shift][number]
        if role == Qt.ItemDataRole.DisplayRole:
            return post.name
        if role == NUMBER:
            return number
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return f"{post.name} {self.figure(number)} {state_text(mark.state)}"
        return None

    def figure(self, number: int) -> str:
        """Return what stands at the right of a post's row."""
        assert self.week is not None
        if self.mode == "squads":
            return squad_of(self.week, number)
        if self.mode == "distance":
            near = self.week.posts[number].muster
            return "" if near is None else f"{near.code} {length_text(near.metres)}"
        mark = self.week.marks[self.shift][number]
        return f"{mark.heads}/{mark.desired}"


class _Rows(QStyledItemDelegate):
    """Paints icon, name and figure of a post."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._theme.row("table"))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, PointModel)
        if model.week is None:
            return
        theme, px = self._theme, self._theme.px
        rect, state = cell_of(option)
        number = model.order[index.row()]
        mark = model.week.marks[model.shift][number]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.color("accentSoft" if selected else "surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line"))
        icon, role = _ICONS.get(mark.state, ("circle-dot", "text3"))
        if model.mode == "distance":
            icon, role = "map-pin", "text3"
        painter.drawPixmap(QPointF(rect.left() + px(3), rect.center().y() - px(6)), theme.pixmap(icon, role, 13))
        short = mark.state in {CellState.BELOW_MINIMUM, CellState.BELOW_DESIRED} and model.mode == "coverage"
        font = theme.font("body", bold=short)
        painter.setFont(font)
        painter.setPen(theme.color(role if short else "text2"))
        figure = model.figure(number)
        width = painter.fontMetrics().horizontalAdvance(figure)
        inside = rect.adjusted(px(24), 0, -px(6), 0)
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        room = inside.adjusted(0, 0, -width - px(8), 0)
        name = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
        if selected and self._view.hasFocus():
            ring(painter, theme, rect)
        painter.restore()


class PointList(QListView):
    """The list; a click or Enter shows a post on the map.

    Parameters
    ----------
    theme
        Gives the look.
    """

    picked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.model_ = PointModel()
        self.model_.setParent(self)
        self.setModel(self.model_)
        self.setItemDelegate(_Rows(theme, self))
        self.setUniformItemSizes(True)
        self.setObjectName("map_points")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._pick)
        theme.changed.connect(self.doItemsLayout)

    def select_post(self, number: int) -> None:
        """Select a post without telling anybody; -1 selects nothing."""
        if number in self.model_.order:
            index = self.model_.index(self.model_.order.index(number))
            self.setCurrentIndex(index)
            self.scrollTo(index)
        else:
            self.clearSelection()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.currentIndex() if self.currentIndex().isValid() else self.model_.index(0))
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _pick(self, index: QModelIndex) -> None:
        number = index.data(NUMBER)
        if isinstance(number, int):
            self.picked.emit(number)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._pick(self.currentIndex())
        else:
            super().keyPressEvent(event)
