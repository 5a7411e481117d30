"""A painted list inside the panel: as high as its rows, worked by key and mouse, read by screen readers."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import cell_of

T = TypeVar("T")

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class CardModel(QAbstractListModel, Generic[T]):
    """Frozen values as a list; the delegate paints them, the screen reader hears their words.

    Parameters
    ----------
    words
        Returns one value in words.
    """

    def __init__(self, words: Callable[[T], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._items: tuple[T, ...] = ()

    @property
    def items(self) -> tuple[T, ...]:
        """What is listed."""
        return self._items

    def show_items(self, items: Sequence[T]) -> None:
        """List other values."""
        self.beginResetModel()
        self._items = tuple(items)
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._items)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        wanted = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}
        if not index.isValid() or role not in wanted:
            return None
        return self._words(self._items[index.row()])


class CardDelegate(QStyledItemDelegate, Generic[T]):
    """Paints one value; subclasses say how high it is, how it looks and where its button is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    @abstractmethod
    def height(self, item: T) -> int:
        """Return the height of a row."""
        ...

    @abstractmethod
    def draw(self, painter: QPainter, rect: QRect, item: T, number: int, view: "CardList[T]") -> None:
        """Paint a row."""
        ...

    def button(self, rect: QRect, item: T) -> QRect:
        """Return where the row's button is; empty for none."""
        del rect, item
        return QRect()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        model = index.model()
        assert isinstance(model, CardModel)
        return QSize(50, self.height(model.items[index.row()]))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model, view = index.model(), self.parent()
        assert isinstance(model, CardModel)
        assert isinstance(view, CardList)
        painter.save()
        self.draw(painter, cell_of(option)[0], model.items[index.row()], index.row(), view)
        painter.restore()


class CardList(QListView, Generic[T]):
    """The list.

    Parameters
    ----------
    theme
        Gives the look.
    model
        What is listed.
    """

    pressed_button = Signal(int)
    """The button of a row was clicked, or Enter pressed on the row."""
    menu_asked = Signal(int, QPoint)
    """A row and a place on the screen."""
    key_asked = Signal(int, str)
    """A row and what a key asks for: remove, lock."""
    carry_asked = Signal(int, QPoint)
    """A drag begins on a row, at a place on the screen."""
    left = Signal()
    """Esc: back to the cells."""

    def __init__(self, theme: Theme, model: CardModel[T], delegate: CardDelegate[T]) -> None:
        super().__init__()
        self.theme = theme
        self.cards = model
        self.hovered = -1
        self._painter = delegate
        self._start: tuple[int, QPoint] | None = None
        delegate.setParent(self)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        model.modelReset.connect(self.fit)
        theme.changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Be as high as the rows."""
        self.hovered = -1
        self.setFixedHeight(sum(self._painter.height(item) for item in self.cards.items))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self.cards.items else Qt.FocusPolicy.NoFocus)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def active(self) -> int:
        """Return the row that Enter would act on while the list has the focus, -1 otherwise."""
        return self.currentIndex().row() if self.hasFocus() else -1

    def enter_first(self) -> bool:
        """Take the focus and go to the first row; say whether there is one."""
        if not self.cards.items:
            return False
        self.setCurrentIndex(self.cards.index(0))
        self.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def button_rect(self, number: int) -> QRect:
        """Return where a row's button is."""
        return self._painter.button(self.visualRect(self.cards.index(number)), self.cards.items[number])

    def _menu(self, point: QPoint) -> None:
        index = self.indexAt(point)
        if index.isValid():
            self.menu_asked.emit(index.row(), self.viewport().mapToGlobal(point))

    def _on_button(self, point: QPoint) -> int:
        index = self.indexAt(point)
        if index.isValid() and self.button_rect(index.row()).contains(point):
            return index.row()
        return -1

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        super().mousePressEvent(event)
        index = self.indexAt(point)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and self._on_button(point) < 0:
            self._start = (index.row(), point)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._start is not None and event.buttons() & Qt.MouseButton.LeftButton:
            row, start = self._start
            if (point - start).manhattanLength() >= QApplication.startDragDistance():
                self._start = None
                self.carry_asked.emit(row, event.globalPosition().toPoint())
            return
        index = self.indexAt(point)
        if index.row() != self.hovered:
            self.hovered = index.row()
            self.viewport().update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._start = None
        number = self._on_button(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and number >= 0:
            self.pressed_button.emit(number)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.hovered = -1
        self.viewport().update()
        super().leaveEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif row >= 0 and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.pressed_button.emit(row)
        elif row >= 0 and key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.key_asked.emit(row, "remove")
        elif row >= 0 and key == Qt.Key.Key_L and not event.modifiers():
            self.key_asked.emit(row, "lock")
        elif row >= 0 and key == Qt.Key.Key_M and not event.modifiers():
            self.key_asked.emit(row, "move")
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
