"""The whole grid: header, frozen names, cells, footer, legend, and the scroll bars they share."""

from datetime import datetime

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QScrollBar, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from patrol_desk.services.planning.board import Board
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.roster.grid.corner import Corner, Legend
from patrol_desk.ui.pages.roster.grid.footer import CoverageFooter
from patrol_desk.ui.pages.roster.grid.header import DAY_LINE, SHIFT_LINE, ShiftHeader
from patrol_desk.ui.pages.roster.grid.model import CellModel
from patrol_desk.ui.pages.roster.grid.names import NameColumn
from patrol_desk.ui.pages.roster.grid.view import RosterGrid
from patrol_desk.ui.theme import Theme

NAMES = 160
NAMES_COMPACT = 144


class WeekView(QWidget):
    """A week of cells with all that stands around them.

    Parameters
    ----------
    theme
        Gives the look.

    Attributes
    ----------
    grid, names, header, footer
        The parts.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cells = CellModel(self)
        self.grid = RosterGrid(theme, self.cells)
        self.names = NameColumn(self.grid)
        self.header = ShiftHeader(self.grid)
        self.footer = CoverageFooter(self.grid)
        self._head_corner = Corner(theme, lambda: theme.px(DAY_LINE) + theme.px(SHIFT_LINE), below=True)
        self._foot_corner = Corner(theme, lambda: theme.row("footer"), below=False)
        self.legend = Legend(theme, self.grid.canvas.pictures)
        self._upright = SharedBar(self.grid.verticalScrollBar(), Qt.Orientation.Vertical)
        self._level = SharedBar(self.grid.horizontalScrollBar(), Qt.Orientation.Horizontal)
        self._lay_out()
        self.grid.fold_asked.connect(self.toggle)
        self.grid.sized.connect(self._upright.refit)
        self.grid.sized.connect(self._level.refit)
        theme.changed.connect(self._fit)
        self._fit()
        self.retranslate()

    def _lay_out(self) -> None:
        table = QGridLayout()
        table.setContentsMargins(0, 0, 0, 0)
        table.setSpacing(0)
        table.addWidget(self._head_corner, 0, 0)
        table.addWidget(self.header, 0, 1)
        table.addWidget(self.names, 1, 0)
        table.addWidget(self.grid, 1, 1)
        table.addWidget(self._foot_corner, 2, 0)
        table.addWidget(self.footer, 2, 1)
        table.addWidget(self._level, 3, 1)
        table.addWidget(self._upright, 1, 2)
        table.setColumnStretch(1, 1)
        table.setRowStretch(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(table, 1)
        whole.addWidget(self.legend)

    def _fit(self) -> None:
        self.names.setFixedWidth(self._theme.px(NAMES_COMPACT if self._theme.compact else NAMES))
        for part in (self.header, self.footer, self._head_corner, self._foot_corner, self.legend):
            part.updateGeometry()
            part.update()

    def show_board(self, board: Board | None) -> None:
        """Show a board; folded communities stay folded, the current cell stays where it was."""
        kept = self._folded_names()
        here = self.grid.currentIndex()
        before = self.cells.board
        self.cells.set_board(board)
        if board is not None and (before is None or before.rows != board.rows or before.shifts != board.shifts):
            groups = {number for number, group in enumerate(board.groups) if group.name in kept}
            self.grid.fold(frozenset(groups))
            if here.isValid() and here.row() < len(self.cells.lines) and here.column() < len(board.shifts):
                self.grid.go_to_line(here.row(), here.column())
        self._say()

    def _folded_names(self) -> frozenset[str]:
        board = self.cells.board
        if board is None:
            return frozenset()
        return frozenset(board.groups[group].name for group in self.grid.folded_groups)

    def toggle(self, group: int) -> None:
        """Fold a group or unfold it; the current cell follows to the head and back."""
        here = self.grid.currentIndex()
        inside = here.isValid() and self.cells.lines[here.row()].group == group
        self.grid.fold(self.grid.folded_groups ^ {group})
        if inside:
            line = self.cells.lines.head_of(group)
            self.grid.go_to_line(line if self.grid.folded(group) else line + 1, here.column())

    def fold_all(self, folded: bool) -> None:
        """Fold or unfold every community."""
        board = self.cells.board
        if board is None:
            return
        here = self.grid.currentIndex()
        self.grid.fold(frozenset(range(len(board.groups))) if folded else frozenset())
        if here.isValid():
            head = self.cells.lines.head_of(self.cells.lines[here.row()].group)
            self.grid.go_to_line(head if folded else max(here.row(), head + 1), here.column())

    def set_now(self, now: datetime) -> None:
        """Say which shift is under way."""
        self.header.set_now(now)

    def set_compare(self, on: bool) -> None:
        """Mark cells that differ from the last published version, or stop."""
        self.grid.canvas.pictures.compare = on
        self.grid.viewport().update()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._say()
        self.legend.setAccessibleName(tr("图例"))
        self.grid.setAccessibleName(tr("排班表：点位与班次"))
        self.names.setAccessibleName(tr("点位"))
        for part in (self.header, self.footer, self.legend, self.grid.viewport(), self.names.viewport()):
            part.update()

    def _say(self) -> None:
        board = self.cells.board
        count = len(board.rows) if board is not None else 0
        self._head_corner.say(tr("点位"), tr("{count} 个|点位数", count=count))
        self._foot_corner.say(tr("全镇覆盖率"), tr("按班次"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class SharedBar(QScrollBar):
    """A scroll bar outside of a view that moves with the one inside; gone when there is nothing to scroll.

    Parameters
    ----------
    inner
        The view's own.
    """

    def __init__(self, inner: QScrollBar, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        self._inner = inner
        fixed, grows = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        upright = orientation == Qt.Orientation.Vertical
        self.setSizePolicy(*((fixed, grows) if upright else (grows, fixed)))
        inner.rangeChanged.connect(self.refit)
        inner.valueChanged.connect(self.setValue)
        self.valueChanged.connect(inner.setValue)
        self.refit()

    def refit(self) -> None:
        """Take range and steps from the inner bar as they are now: one that a signal carries may be old already."""
        if not isValid(self._inner):
            return
        low, high = self._inner.minimum(), self._inner.maximum()
        self.setRange(low, high)
        self.setPageStep(self._inner.pageStep())
        self.setSingleStep(self._inner.singleStep())
        self.setVisible(high > low)
