"""Painting of the grid's visible part: kept pictures, lines, selection, the target of a drag."""

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLine, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from patrol_desk.services.planning.board import Board
from patrol_desk.ui.pages.roster.grid.framing import Frame, paint_frame
from patrol_desk.ui.pages.roster.grid.painting import CellPainter, Sum

if TYPE_CHECKING:
    from patrol_desk.ui.pages.roster.grid.view import RosterGrid


class Canvas:
    """Paints a grid's viewport.

    Parameters
    ----------
    grid
        Whose viewport.

    Attributes
    ----------
    selected
        Lines and shifts of the selected cells in view.
    framed
        The target of a drag.
    pictures
        The cells' pictures.
    """

    def __init__(self, grid: "RosterGrid") -> None:
        self._grid = grid
        self._theme = grid.theme
        self.pictures = CellPainter(grid.theme)
        self.selected: frozenset[tuple[int, int]] = frozenset()
        self.framed: Frame | None = None
        self._lines: tuple[frozenset[tuple[int, int]], frozenset[int]] = (frozenset(), frozenset())
        self._day_ends: tuple[Board | None, frozenset[int]] = (None, frozenset())

    def forget(self) -> None:
        """Forget selection and frame: other lines are shown."""
        self.selected = frozenset()
        self.framed = None

    @property
    def selected_lines(self) -> frozenset[int]:
        """Lines with selected cells."""
        if self._lines[0] is not self.selected:
            self._lines = (self.selected, frozenset(line for line, _ in self.selected))
        return self._lines[1]

    def paint(self, area: QRect) -> None:
        """Paint the part of the viewport inside a rectangle."""
        painter = QPainter(self._grid.viewport())
        board = self._grid.board
        if board is None:
            painter.fillRect(area, self._theme.color("surface"))
            painter.end()
            return
        lines = self._spans(area)
        shifts = self._columns(area)
        self._ground(painter, area, lines, shifts)
        self._cells(painter, board, lines, shifts)
        self._rules(painter, lines, shifts)
        self._selection(painter, lines, shifts)
        self._target(painter)
        painter.end()

    def _spans(self, area: QRect) -> list[tuple[int, int, int]]:
        """Return line, top and height of the visible lines that an area touches."""
        header = self._grid.verticalHeader()
        first = header.visualIndexAt(max(area.top(), 0))
        if first < 0:
            return []
        spans = []
        top = header.sectionViewportPosition(first)
        for line in range(first, header.count()):
            if top > area.bottom():
                break
            height = header.sectionSize(line)
            if height:
                spans.append((line, top, height))
                top += height
        return spans

    def _columns(self, area: QRect) -> list[tuple[int, int, int]]:
        """Return shift, left and width of the columns that an area touches."""
        header = self._grid.horizontalHeader()
        left = -header.offset()
        found = []
        for column in range(header.count()):
            width = header.sectionSize(column)
            if left + width > area.left() and left <= area.right():
                found.append((column, left, width))
            left += width
        return found

    def _ground(
        self, painter: QPainter, area: QRect, lines: list[tuple[int, int, int]], shifts: list[tuple[int, int, int]]
    ) -> None:
        bottom = lines[-1][1] + lines[-1][2] if lines else 0
        right = shifts[-1][1] + shifts[-1][2] if shifts else 0
        surface = self._theme.color("surface")
        if bottom <= area.bottom():
            painter.fillRect(QRect(area.left(), bottom, area.width(), area.bottom() - bottom + 1), surface)
        if right <= area.right():
            painter.fillRect(QRect(right, area.top(), area.right() - right + 1, area.height()), surface)

    def _cells(
        self,
        painter: QPainter,
        board: Board,
        lines: list[tuple[int, int, int]],
        shifts: list[tuple[int, int, int]],
    ) -> None:
        held, pictures = self._grid.cells.lines, self.pictures
        for number, top, height in lines:
            line = held[number]
            if line.head:
                folded = self._grid.folded(line.group)
                for shift, left, width in shifts:
                    total = Sum(*board.cells_of_group(line.group, shift), folded)
                    painter.drawPixmap(left, top, pictures.sum_picture(total, width, height))
                continue
            for shift, left, width in shifts:
                picture = pictures.picture(board.cell(line.row, shift), width - 1, height - 1)
                painter.drawPixmap(left, top, picture)

    def _rules(self, painter: QPainter, lines: list[tuple[int, int, int]], shifts: list[tuple[int, int, int]]) -> None:
        if not lines or not shifts:
            return
        bottom, right = lines[-1][1] + lines[-1][2] - 1, shifts[-1][1] + shifts[-1][2] - 1
        thin, strong = self._theme.color("line"), self._theme.color("line2")
        ends = self._ends()
        painter.setPen(thin)
        rows = [QLine(shifts[0][1], top + height - 1, right, top + height - 1) for _, top, height in lines]
        painter.drawLines(rows)
        heads = [(top, top + height) for number, top, height in lines if self._grid.cells.lines[number].head]
        edges = [(shift, left + width - 1) for shift, left, width in shifts]
        painter.drawLines([QLine(x, lines[0][1], x, bottom) for shift, x in edges if shift not in ends])
        for top, below in heads:  # A head is one band: no thin lines between its shifts.
            sunken = self._theme.color("sunken")
            for shift, x in edges:
                if shift not in ends:
                    painter.fillRect(x, top, 1, below - top - 1, sunken)
        painter.setPen(strong)
        painter.drawLines([QLine(x, lines[0][1], x, bottom) for shift, x in edges if shift in ends])

    def _ends(self) -> frozenset[int]:
        """Return the last shift of each day."""
        board = self._grid.board
        if self._day_ends[0] is not board and board is not None:
            shifts = board.shifts
            ends = (shift.index for shift, after in pairwise(shifts) if shift.on_date != after.on_date)
            self._day_ends = (board, frozenset((*ends, len(shifts) - 1)))
        return self._day_ends[1]

    def _selection(
        self, painter: QPainter, lines: list[tuple[int, int, int]], shifts: list[tuple[int, int, int]]
    ) -> None:
        here = self._grid.currentIndex()
        many = len(self.selected) > 1
        accent = self._theme.color("accentText")
        tint = QColor(accent)
        tint.setAlphaF(0.13)
        for number, top, height in lines:
            for shift, left, width in shifts:
                cell = (number, shift)
                current = number == here.row() and shift == here.column()
                if not current and cell not in self.selected:
                    continue
                rect = QRect(left, top, width - 1, height - 1)
                if many and cell in self.selected:
                    painter.fillRect(rect.adjusted(0, 0, 1, 1), tint)
                    self._outline(painter, rect, number, shift)
                if current:
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    pen = QPen(accent, 2)
                    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
                    painter.setPen(pen)
                    painter.drawRect(rect.adjusted(1, 1, -1, -1) if not many else rect.adjusted(2, 2, -2, -2))

    def _outline(self, painter: QPainter, rect: QRect, line: int, shift: int) -> None:
        """Draw the edges at which the selection ends."""
        chosen, accent = self.selected, self._theme.color("accentText")
        if (line, shift - 1) not in chosen:
            painter.fillRect(rect.left(), rect.top(), 1, rect.height() + 1, accent)
        if (line, shift + 1) not in chosen:
            painter.fillRect(rect.right() + 1, rect.top(), 1, rect.height() + 1, accent)
        if (line - 1, shift) not in chosen:
            painter.fillRect(rect.left(), rect.top(), rect.width() + 1, 1, accent)
        if (line + 1, shift) not in chosen:
            painter.fillRect(rect.left(), rect.bottom() + 1, rect.width() + 1, 1, accent)

    def _target(self, painter: QPainter) -> None:
        frame = self.framed
        if frame is None:
            return
        paint_frame(painter, self._theme, self._grid.cell_rect(frame.row, frame.shift), frame)
