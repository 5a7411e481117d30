"""The two lines above the cells: days, and the shifts of each."""

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.services.planning.board import Board
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import short_date, weekday_text
from patrol_desk.ui.pages.roster.grid.sections import ShiftTable

DAY_LINE = 24
SHIFT_LINE = 20

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Day:
    """A day's shifts, first and last."""

    on: date
    first: int
    last: int


def days_of(board: Board | None) -> tuple[Day, ...]:
    """Return the days of a board with their shifts."""
    found: list[Day] = []
    for shift in board.shifts if board is not None else ():
        if found and found[-1].on == shift.on_date:
            found[-1] = Day(shift.on_date, found[-1].first, shift.index)
        else:
            found.append(Day(shift.on_date, shift.index, shift.index))
    return tuple(found)


def shift_under_way(board: Board | None, now: datetime) -> int:
    """Return the shift that is on at a station time, -1 when none is."""
    for shift in board.shifts if board is not None else ():
        if shift.starts_at <= now < shift.ends_at:
            return shift.index
    return -1


class ShiftHeader(QWidget):
    """Days and shifts; a click selects, the menu key and the right button offer what can be done with them.

    Parameters
    ----------
    grid
        The cells below it.
    """

    menu_asked = Signal(int, int, QPoint)
    """First shift, last shift, place on the screen."""

    def __init__(self, grid: ShiftTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self._theme = grid.theme
        self._now: datetime | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setObjectName("roster_header")
        grid.sized.connect(self.update)
        grid.moved_to.connect(lambda _line, _shift: self.update())
        grid.horizontalScrollBar().valueChanged.connect(lambda _value: self.update())
        grid.model().modelReset.connect(self.update)

    def set_now(self, now: datetime) -> None:
        """Say which day and shift it is."""
        self._now = now
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(100, self._theme.px(DAY_LINE) + self._theme.px(SHIFT_LINE))

    def _span(self, first: int, last: int) -> QRect:
        header = self._grid.horizontalHeader()
        left = header.sectionPosition(first) - header.offset()
        right = header.sectionPosition(last) + header.sectionSize(last) - header.offset()
        return QRect(left, 0, right - left, self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, board = self._theme, self._grid.board
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        if board is not None:
            under_way = -1 if self._now is None else shift_under_way(board, self._now)
            for day in days_of(board):
                self._day(painter, day)
                for shift in range(day.first, day.last + 1):
                    self._shift(painter, shift, shift_mark(board.shifts[shift].mark), on=shift == under_way)
                end = self._span(day.first, day.last).right()
                painter.fillRect(end, 0, 1, self.height(), theme.color("line2"))
        painter.fillRect(0, theme.px(DAY_LINE) - 1, self.width(), 1, theme.color("line"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line2"))
        painter.end()

    def _day(self, painter: QPainter, day: Day) -> None:
        theme = self._theme
        rect = self._span(day.first, day.last)
        rect.setHeight(theme.px(DAY_LINE))
        today = self._now is not None and day.on == self._now.date()
        if today:
            painter.fillRect(rect, theme.color("accentSoft"))
        left = rect.left() + theme.px(8)
        bold, plain = theme.font("secondary", bold=True), theme.font("secondary")
        name = weekday_text(day.on.weekday())
        painter.setFont(bold)
        painter.setPen(theme.color("accentText" if today else "text"))
        painter.drawText(QRect(left, 0, rect.width(), rect.height()), _MIDDLE, name)
        left += QFontMetrics(bold).horizontalAdvance(name) + theme.px(4)
        painter.setFont(plain)
        painter.setPen(theme.color("accentText" if today else "text3"))
        painter.drawText(QRect(left, 0, rect.width(), rect.height()), _MIDDLE, short_date(day.on))
        word = tr("今日")
        used = left + QFontMetrics(plain).horizontalAdvance(short_date(day.on)) - rect.left()
        if today and used + QFontMetrics(bold).horizontalAdvance(word) + theme.px(14) <= rect.width():
            painter.setFont(bold)
            painter.drawText(rect.adjusted(0, 0, -theme.px(8), 0), _MIDDLE | Qt.AlignmentFlag.AlignRight, word)

    def _shift(self, painter: QPainter, shift: int, mark: str, *, on: bool) -> None:
        theme = self._theme
        rect = self._span(shift, shift).adjusted(0, theme.px(DAY_LINE), -1, -1)
        here = self._grid.currentIndex().column() == shift
        bold = here or on
        font = theme.font("secondary", bold=bold)
        if QFontMetrics(font).horizontalAdvance(mark) > rect.width():
            font = theme.font("micro", bold=False)
        if on:
            painter.fillRect(rect, theme.color("accent"))
        elif here:
            painter.fillRect(rect, theme.color("accentSoft"))
        painter.setFont(font)
        painter.setPen(theme.color("onAccent" if on else "accentText" if here else "text3"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, mark)
        painter.fillRect(rect.right() + 1, rect.top(), 1, rect.height(), theme.color("line"))

    def _at(self, point: QPoint) -> tuple[int, int] | None:
        """Return the first and the last shift under a point: a whole day in the upper line."""
        shift = self._grid.horizontalHeader().logicalIndexAt(point.x())
        if shift < 0:
            return None
        if point.y() >= self._theme.px(DAY_LINE):
            return shift, shift
        return next((day.first, day.last) for day in days_of(self._grid.board) if day.first <= shift <= day.last)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self._grid.setFocus()
            self._grid.pick_shifts(*found, add=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        found = self._at(event.pos())
        if found is not None:
            self.menu_asked.emit(*found, event.globalPos())
