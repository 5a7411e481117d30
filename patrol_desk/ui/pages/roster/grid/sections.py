"""Table views whose lines and shifts have the sizes of the tokens, one of them with groups that fold."""

from abc import abstractmethod

from PySide6.QtCore import QAbstractTableModel, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget
from typing_extensions import override

from patrol_desk.services.planning.board import Board
from patrol_desk.ui.pages.roster.grid.model import CellModel
from patrol_desk.ui.theme import Theme

NARROWEST = 29
"""Width of a shift's column below which the grid scrolls sideways, px at 100 %."""


class ShiftTable(QTableView):
    """A table with a column a shift, all of one width.

    Parameters
    ----------
    theme
        Gives the sizes.
    model
        A line for whatever the view is about, a column for each shift.
    """

    sized = Signal()
    """Columns or lines got other sizes, or other lines are folded."""
    moved_to = Signal(int, int)
    """The line and the shift the keys or the mouse went to."""

    def __init__(self, theme: Theme, model: QAbstractTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setModel(model)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setMinimumSectionSize(1)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)

    @property
    @abstractmethod
    def board(self) -> Board | None:
        """The board in view."""
        ...

    @abstractmethod
    def pick_shifts(self, first: int, last: int, *, add: bool = False) -> None:
        """Select the cells of some shifts in every line in view."""
        ...

    def share_width(self) -> None:
        """Share the width of the view among the shifts."""
        count = self.model().columnCount()
        if not count:
            return
        total = max(self.viewport().width(), self.theme.px(NARROWEST) * count)
        edges = [total * number // count for number in range(count + 1)]
        header = self.horizontalHeader()
        for column in range(count):
            width = edges[column + 1] - edges[column]
            if header.sectionSize(column) != width:
                header.resizeSection(column, width)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_width()
        self.updateGeometries()
        self.sized.emit()


class FoldingTable(ShiftTable):
    """Sizes and folding of the grid's lines, without anything painted or typed.

    Parameters
    ----------
    theme
        Gives the sizes.
    cells
        The board as a table.
    """

    def __init__(self, theme: Theme, cells: CellModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, cells, parent)
        self.cells = cells
        self._folded: frozenset[int] = frozenset()
        cells.modelReset.connect(self._after_reset)
        theme.changed.connect(self.resize_sections)

    @property
    @override
    def board(self) -> Board | None:
        """The board in view."""
        return self.cells.board

    @property
    def folded_groups(self) -> frozenset[int]:
        """Groups whose checkpoints are hidden."""
        return self._folded

    def folded(self, group: int) -> bool:
        """Say whether a group is folded."""
        return group in self._folded

    def fold(self, groups: frozenset[int]) -> None:
        """Fold these groups and unfold all others."""
        changed = groups ^ self._folded
        if not changed:
            return
        self._folded = groups
        self.setUpdatesEnabled(False)
        for group in changed:
            for line in self.cells.lines.members(group):
                self.setRowHidden(line, group in groups)
        self.setUpdatesEnabled(True)
        self.resize_sections()

    def resize_sections(self) -> None:
        """Give lines and shifts their sizes; shifts share the width, down to the narrowest."""
        heights = {True: self.theme.row("group"), False: self.theme.row("roster")}
        header = self.verticalHeader()
        for line in range(len(self.cells.lines)):
            height = heights[self.cells.lines[line].head]
            if not header.isSectionHidden(line) and header.sectionSize(line) != height:
                header.resizeSection(line, height)
        self.share_width()
        self.updateGeometries()
        self.viewport().update()
        self.sized.emit()

    def _after_reset(self) -> None:
        self._folded = frozenset()
        self.verticalHeader().setDefaultSectionSize(self.theme.row("roster"))
        self.resize_sections()
