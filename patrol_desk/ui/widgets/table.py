"""The table of every page: rows by the tokens, all of it by key."""

from collections.abc import Collection
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.settings import Settings
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import ring
from patrol_desk.ui.widgets.search_field import SearchField
from patrol_desk.ui.widgets.table_paint import Header, Line, RowDelegate

COLUMNS: Final = "columns"
"""Object name of what keeps a table's columns."""
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class DataTable(QTableView):
    """A table of rows of which whole rows are chosen.

    Arrows, Home, End, Page keys move; Enter or a double click activates; Space ticks; "/" goes to the search field; S
    sorts by the column of the focus; Ctrl+C copies the chosen rows for a spreadsheet.

    Parameters
    ----------
    theme
        Gives colours, fonts and row heights.

    Attributes
    ----------
    search
        The field that "/" goes to; None for none.
    activated_row
        Sent with the row that Enter or a double click opens.
    current_row_changed
        Sent with the row that has the focus (None when there is none), only when it is another one or has changed.
    menu_requested
        Sent with a row and a global position when its menu is asked for.
    """

    activated_row = Signal(object)
    current_row_changed = Signal(object)
    menu_requested = Signal(object, QPoint)
    columns_wanted = Signal()
    """Sent when C asks for the choice of columns."""
    restyled = Signal()
    """Sent when the columns got their own widths anew: after a change of look, language or model."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.search: SearchField | None = None
        self._delegate = RowDelegate(theme, self)
        self._header = Header(theme, self)
        self._kept: tuple[str, frozenset[str], int] = ("", frozenset(), 0)
        self._left_out: dict[str, frozenset[str]] = {}
        self._offset = 0
        self._told: object = None
        self._restoring = False
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(self._header)
        self._header.sectionClicked.connect(self._heading_clicked)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.doubleClicked.connect(self._double_clicked)
        theme.changed.connect(self._restyle)
        self._restyle()

    # Model

    def set_rows_model(self, model: RowsModel[Any]) -> None:
        """Show a model; columns get their widths."""
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        model.dataChanged.connect(self._tell_again)
        self.selectionModel().currentRowChanged.connect(self._current)
        self._restyle()

    def rows_model(self) -> RowsModel[Any]:
        """Return the model shown."""
        model = self.model()
        assert isinstance(model, RowsModel)
        return model

    def _restyle(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(1)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self._theme.row("table"))
        self.verticalScrollBar().setSingleStep(self._theme.row("table"))
        model = self.model()
        if isinstance(model, RowsModel):
            stretched = [place for place, column in enumerate(model.columns) if column.stretch]
            for place, column in enumerate(model.columns):
                fixed = QHeaderView.ResizeMode.Fixed if column.tick else QHeaderView.ResizeMode.Interactive
                self._header.setSectionResizeMode(place, fixed)
                self._header.resizeSection(place, self.own_width(column))
            for place in stretched:
                self._header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
            self._header.setStretchLastSection(not stretched)
        self._header.updateGeometry()
        self.viewport().update()
        self.restyled.emit()

    def own_width(self, column: Column[Any]) -> int:
        """Return a column's width until the user changes it, px: its heading fits in the language in force."""
        return self._header.width_for(column, self._theme.px(column.width))

    def leave_out(self, why: str, keys: Collection[str]) -> None:
        """Hide columns for a reason, "room" or "choice"; a column is shown when no reason names it."""
        self._left_out[why] = frozenset(keys)
        hidden = frozenset[str]().union(*self._left_out.values())
        for place, column in enumerate(self.rows_model().columns):
            self._header.setSectionHidden(place, column.key in hidden)

    # The row with the focus

    def current_row(self) -> object | None:
        """Return the row that has the focus."""
        index = self.currentIndex()
        return self.rows_model().row(index) if index.isValid() else None

    def selected_ids(self) -> list[str]:
        """Return the ids of the chosen rows, from the top."""
        model = self.rows_model()
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [model.row_at(place).id for place in places]

    def go_to(self, row_id: str) -> bool:
        """Give a row the focus and bring it into sight; say whether it is shown."""
        place = self.rows_model().place_of(row_id)
        if place is None:
            return False
        index, selection = self.rows_model().index(place, max(0, self.currentIndex().column())), self.selectionModel()
        # Qt's own `setCurrentIndex` chooses nothing while Ctrl is down, which it still is after Ctrl+Enter.
        selection.setCurrentIndex(index, selection.SelectionFlag.ClearAndSelect | selection.SelectionFlag.Rows)
        self.scrollTo(index)
        return True

    def _keep(self) -> None:
        index = self.currentIndex()
        current = self.rows_model().row(index).id if index.isValid() else ""
        self._kept = (current, frozenset(self.selected_ids()), max(0, index.column()))
        self._offset = self.verticalScrollBar().value()

    def _restore(self) -> None:
        model = self.rows_model()
        current, chosen, column = self._kept
        self._restoring = True
        selection = self.selectionModel()
        places = model.places_of(chosen | {current} if current else chosen)
        if current in places:
            selection.setCurrentIndex(model.index(places[current], column), selection.SelectionFlag.NoUpdate)
        for row_id, place in places.items():
            if row_id in chosen:
                selection.select(model.index(place, 0), selection.SelectionFlag.Select | selection.SelectionFlag.Rows)
        self.verticalScrollBar().setValue(self._offset)
        self._restoring = False
        self._tell()

    def _current(self) -> None:
        if not self._restoring:
            self._tell()

    def _tell(self) -> None:
        row = self.current_row()
        if row != self._told:
            self._told = row
            self.current_row_changed.emit(row)

    def _tell_again(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() <= self.currentIndex().row() <= last.row():
            self._tell()

    # Keys and mouse

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Qt gives the first row the focus without choosing it, and Space would tick nothing.
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            self.selectRow(self.currentIndex().row())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() in _ENTER and event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }:
            self._activate(self.currentIndex())
        elif event.text() == "/" and self.search is not None:
            self.search.focus()
        elif event.key() == Qt.Key.Key_Space and self._tick_place() >= 0:
            self.rows_model().ticks.toggle(self.selected_ids())
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and self.rows_model().rowCount():
            self._jump(event)
        elif event.key() == Qt.Key.Key_S and not event.modifiers():
            self._sort_by(self.currentIndex().column())
        elif event.key() == Qt.Key.Key_C and not event.modifiers():
            self.columns_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _jump(self, event: QKeyEvent) -> None:
        place = 0 if event.key() == Qt.Key.Key_Home else self.rows_model().rowCount() - 1
        index = self.rows_model().index(place, max(0, self.currentIndex().column()))
        self.selectionModel().setCurrentIndex(index, self.selectionCommand(index, event))
        self.scrollTo(index)

    def _double_clicked(self, index: QModelIndex) -> None:
        if not self.rows_model().columns[index.column()].tick:
            self._activate(index)

    def _activate(self, index: QModelIndex) -> None:
        if index.isValid():
            self.activated_row.emit(self.rows_model().row(index))

    def _copy(self) -> None:
        model = self.rows_model()
        wanted = set(self.selected_ids())
        columns = [column for column in model.columns if not column.tick]
        lines = ["\t".join(column.text(row) for column in columns) for row in model.shown_rows() if row.id in wanted]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def _tick_place(self) -> int:
        return next((place for place, column in enumerate(self.rows_model().columns) if column.tick), -1)

    def _heading_clicked(self, place: int) -> None:
        model = self.rows_model()
        if model.columns[place].tick:
            model.ticks.toggle(row.id for row in model.shown_rows())
        else:
            self._sort_by(place)

    def _sort_by(self, place: int) -> None:
        model = self.rows_model()
        if place < 0 or model.columns[place].sort is None:
            return
        by, order = model.sorted_by()
        ascending, descending = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        model.sort(place, descending if by == place and order == ascending else ascending)
        self._header.viewport().update()

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters are commands of the page or nothing: what is sought is typed into the search field."""

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        ticks = index.isValid() and self.rows_model().columns[index.column()].tick
        if ticks and event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.selectionModel().setCurrentIndex(index, self.selectionModel().SelectionFlag.NoUpdate)
            self.rows_model().ticks.toggle([self.rows_model().row(index).id])
            return
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, place: int) -> None:
        if place == self._delegate.hovered:
            return
        for row in (self._delegate.hovered, place):
            if row >= 0:
                self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))
        self._delegate.hovered = place

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid():
            where = event.globalPos() if by_mouse else self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            self.menu_requested.emit(self.rows_model().row(index), where)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        index = self.currentIndex()
        marked = index.column() if self.hasFocus() and index.isValid() else -1
        if marked != self._header.marked:
            self._header.marked = marked
            self._header.viewport().update()
        painter = QPainter(self.viewport())
        lines = self._lines(event.rect())
        columns = self._columns(event.rect()) if lines else []
        if columns:
            self._delegate.paint_rows(painter, lines, columns)
        if marked >= 0:
            top, height = self.rowViewportPosition(index.row()), self.rowHeight(index.row())
            ring(painter, self._theme, QRect(0, top, self.viewport().width(), height), 2)
        elif self.hasFocus():
            ring(painter, self._theme, self.viewport().rect(), 2)
        painter.end()

    def _lines(self, area: QRect) -> list[Line]:
        """Return the rows in an area of the viewport."""
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first < 0:
            return []
        model, selection, hovered = self.rows_model(), self.selectionModel(), self._delegate.hovered
        ends = last if last >= 0 else model.rowCount() - 1
        height = self.rowHeight(first)
        top = self.rowViewportPosition(first) - first * height
        return [
            Line(
                row, top + place * height, height, chosen=selection.isSelected(model.index(place, 0)),
                hovered=place == hovered, ticked=row.id in model.ticks,
            )
            for place, row in enumerate(model.shown_rows()[first : ends + 1], start=first)
        ]  # fmt: skip

    def _columns(self, area: QRect) -> list[tuple[Column[Any], int, int]]:
        """Return the columns in an area of the viewport, with left edge and width."""
        found = [
            (column, self.columnViewportPosition(place), self.columnWidth(place))
            for place, column in enumerate(self.rows_model().columns)
            if not self._header.isSectionHidden(place)
        ]
        return [(column, x, width) for column, x, width in found if x <= area.right() and x + width > area.left()]

    @override
    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Let the user choose the columns of a table that has a name, once it stands in the desk's window."""
        super().showEvent(event)
        settings = getattr(self.window(), "settings", None)
        kept = self.findChild(QObject, COLUMNS) is not None
        if isinstance(settings, Settings) and self.objectName() and isinstance(self.model(), RowsModel) and not kept:
            from patrol_desk.ui.widgets.table_columns import ColumnKeeper

            ColumnKeeper(self, self._theme, settings, self.objectName())

    @override
    def changeEvent(self, event: QEvent) -> None:
        model = self.model()
        if event.type() == QEvent.Type.LanguageChange and isinstance(model, RowsModel):
            model.retranslate()
            self._restyle()
        super().changeEvent(event)
