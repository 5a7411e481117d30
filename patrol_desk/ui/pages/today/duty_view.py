"""The view of who is due: only rows in sight are painted, and the head says which shifts they are."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView
from typing_extensions import override

from patrol_desk.models import AttendanceState
from patrol_desk.services.today import Column, DayShift, Place
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.today.duty_model import COMMUNITY, FIRST_SHIFT, PLACE, DutyModel, Show
from patrol_desk.ui.pages.today.duty_paint import DutyDelegate
from patrol_desk.ui.pages.today.words import shift_text
from patrol_desk.ui.theme import Theme

COMMUNITY_WIDTH = 92
PLACE_WIDTH = 122

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DutyHead(QHeaderView):
    """Says which shift a column is, and how many are due.

    Parameters
    ----------
    theme
        Gives colours and fonts.
    model
        What is shown.
    """

    def __init__(self, theme: Theme, model: DutyModel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._model = model
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(40)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme, px = self._theme, self._theme.px
        painter.save()
        painter.fillRect(rect, theme.color("sunken"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line2"))
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text2"))
        if logicalIndex == COMMUNITY:
            painter.drawText(rect.adjusted(px(16), 0, 0, 0), _LEFT, tr("社区"))
        elif logicalIndex == PLACE:
            painter.drawText(rect.adjusted(px(8), 0, 0, 0), _LEFT, tr("点位|列"))
        else:
            self._shift(painter, rect.adjusted(px(8), 0, -px(10), 0), logicalIndex)
        painter.restore()

    def _shift(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = self._theme
        column = self._model.column(section)
        title = title_of(column, earlier=any(self._model.column(n).running for n in range(FIRST_SHIFT, section)))
        painter.setFont(theme.font("secondary", bold=True))
        painter.setPen(theme.color("accentText" if column.running else "text"))
        painter.drawText(rect, _LEFT, title)
        taken = painter.fontMetrics().horizontalAdvance(title) + theme.px(12)
        note = note_of(column)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text3"))
        if taken + painter.fontMetrics().horizontalAdvance(note) <= rect.width():
            painter.drawText(rect, _RIGHT, note)


class DutyView(QTableView):
    """The table of who is due.

    Parameters
    ----------
    theme
        Gives colours, fonts and sizes.
    """

    opened = Signal(object, object)
    """A `Place` and a `DayShift` to look at on the roster."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.duty = DutyModel(self)
        self._painter = DutyDelegate(theme, self.duty)
        self.setObjectName("today_duty")
        self.setItemDelegate(self._painter)
        self._head = DutyHead(theme, self.duty)
        self.setHorizontalHeader(self._head)
        self.setModel(self.duty)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.doubleClicked.connect(self._open)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.duty.modelReset.connect(self._fit)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words anew."""
        self.setAccessibleName(tr("各点位在岗人员"))
        self._head.viewport().update()
        self.viewport().update()

    def show_place(self, checkpoint_id: str) -> bool:
        """Select the row of a checkpoint and bring it into sight; say whether it is shown."""
        row = self.duty.row_of(checkpoint_id)
        if row >= 0:
            self.setCurrentIndex(self.duty.index(row, PLACE))
            self.scrollTo(self.duty.index(row, PLACE), QAbstractItemView.ScrollHint.PositionAtCenter)
        return row >= 0

    def _scrolled(self) -> None:
        # The first row of which most is in sight.
        self._painter.top = max(0, self.rowAt(self._theme.row("today") // 2))
        self.viewport().update()

    def _restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.row("today"))
        self._head.setFixedHeight(self._theme.row("header"))
        self._fit()

    def _fit(self) -> None:
        """Give the shifts the room that the names leave."""
        self._painter.top = 0
        columns = self.duty.columnCount() - FIRST_SHIFT
        if columns < 0:
            return
        self.setColumnWidth(COMMUNITY, self._theme.px(COMMUNITY_WIDTH))
        self.setColumnWidth(PLACE, self._theme.px(PLACE_WIDTH))
        room = self.viewport().width() - self._theme.px(COMMUNITY_WIDTH + PLACE_WIDTH)
        for number in range(columns):
            wide = room // columns + (room % columns if number == columns - 1 else 0)
            self.setColumnWidth(FIRST_SHIFT + number, max(60, wide))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._scrolled()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.duty.lines:
            self.setCurrentIndex(self.duty.index(0, PLACE))
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.duty.view is None or self.duty.lines:
            return
        painter = QPainter(self.viewport())
        painter.setFont(self._theme.font("secondary"))
        painter.setPen(self._theme.color("text3"))
        gaps = self.duty.showing is Show.GAPS
        text = tr("现在和下一班都没有缺口。") if gaps else tr("现在和下一班都不设岗。")
        painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if self.duty.columnCount() <= FIRST_SHIFT:
            return
        place: Place = self.duty.place(index.row())
        shift: DayShift = self.duty.column(max(index.column(), FIRST_SHIFT)).shift
        self.opened.emit(place, shift)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def title_of(column: Column, *, earlier: bool) -> str:
    """Return a column's title; `earlier` says whether a column before it runs now."""
    shift = shift_text(column.shift)
    if column.running:
        return tr("现在 · {shift}", shift=shift)
    return tr("下一班 · {shift}", shift=shift) if earlier else tr("接下来 · {shift}", shift=shift)


def note_of(column: Column) -> str:
    """Return how many are due and, once somebody has written attendance, how many came."""
    people = [head for row in column.people for head in row]
    marked = [head for head in people if head.mark is not None]
    due = tr("应到 {count} 人", count=len(people))
    if not marked:
        return due
    here = sum(head.mark in {AttendanceState.PRESENT, AttendanceState.LATE} for head in marked)
    return f"{due} · {tr('已到 {count} 人', count=here)}"
