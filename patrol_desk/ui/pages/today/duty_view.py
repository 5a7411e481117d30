"""The view of who is due: only rows in sight are painted, and the head says which shifts they are."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView
from typing_extensions import override

from patrol_desk.models import AttendanceState
from patrol_desk.services.today import Column, DayShift, Head, Place
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.today.duty_layout import lay_out
from patrol_desk.ui.pages.today.duty_model import COMMUNITY, FIRST_SHIFT, PLACE, DutyModel, Show
from patrol_desk.ui.pages.today.duty_paint import DutyDelegate
from patrol_desk.ui.pages.today.words import shift_text
from patrol_desk.ui.theme import Theme

COMMUNITY_WIDTH = 92
PLACE_WIDTH = 122

MARK_KEYS = {
    Qt.Key.Key_A: AttendanceState.PRESENT,
    Qt.Key.Key_L: AttendanceState.LATE,
    Qt.Key.Key_X: AttendanceState.ABSENT,
    Qt.Key.Key_Backspace: None,
    Qt.Key.Key_Delete: None,
}
"""What a key writes of whom the focus is on."""
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
        metrics = QFontMetrics(theme.font("secondary"))
        notes = (note for note in notes_of(column) if taken + metrics.horizontalAdvance(note) <= rect.width())
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text3"))
        painter.drawText(rect, _RIGHT, next(notes, ""))


class DutyView(QTableView):
    """The table of who is due.

    Parameters
    ----------
    theme
        Gives colours, fonts and sizes.
    """

    opened = Signal(object, object)
    """A `Place` and a `DayShift` to look at on the roster."""
    marked = Signal(object, object, object)
    """Place, shift and heads to write an entry of, and the `AttendanceState`; None takes the entry away."""

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
        self.selectionModel().currentChanged.connect(self._walked)
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

    @property
    def section(self) -> int:
        """The column of the shift in which keys work."""
        return self._painter.section

    def heads(self) -> tuple[Head, ...]:
        """Return whom a key is about: the person with the focus, or all of the patrol."""
        people = self._people()
        return people if self._painter.person < 0 else people[self._painter.person : self._painter.person + 1]

    def next_unmarked(self) -> bool:
        """Go to the nearest patrol, this one first, with somebody of whom nothing is written; say whether any is."""
        if not self.duty.lines or self.duty.columnCount() <= FIRST_SHIFT:
            return False
        start = max(0, self.currentIndex().row())
        rows = [*range(start, len(self.duty.lines)), *range(start)]
        open_rows = (row for row in rows if any(head.mark is None for head in self.duty.post(row, FIRST_SHIFT)[1]))
        row = next(open_rows, -1)
        if row >= 0:
            self._go(row, FIRST_SHIFT, -1)
        return row >= 0

    def mark(self, state: AttendanceState | None) -> None:
        """Ask for an entry of whom the focus is on: of a patrol, those who have none yet."""
        heads = self.heads()
        if not heads:
            return
        if self._painter.person < 0 and state is not None:
            heads = tuple(head for head in heads if head.mark is None)
        row, section = self.currentIndex().row(), self.section
        self.marked.emit((self.duty.place(row), self.duty.column(section).shift), heads, state)
        if heads and state is not None:
            self._step_on()

    def _people(self) -> tuple[Head, ...]:
        row, section = self.currentIndex().row(), self._painter.section
        return self.duty.post(row, section)[1] if row >= 0 and section < self.duty.columnCount() else ()

    def _go(self, row: int, section: int, person: int) -> None:
        self.setCurrentIndex(self.duty.index(row, section))
        self._painter.section, self._painter.person = section, person
        self.setAccessibleDescription(", ".join(head.name for head in self.heads()))
        self.viewport().update()

    def _step_on(self) -> None:
        """After a person the next of the patrol, after a patrol the next that is due."""
        row, section, person = self.currentIndex().row(), self.section, self._painter.person
        if person >= 0:
            self._go(row, section, min(person + 1, len(self._people()) - 1))
            return
        later = (other for other in range(row + 1, len(self.duty.lines)) if self.duty.post(other, section)[1])
        self._go(next(later, row), section, -1)

    def _sideways(self, step: int) -> None:
        """Go from person to person, and from one shift to the other."""
        row, section, person = self.currentIndex().row(), self.section, self._painter.person
        if -1 <= person + step < len(self._people()):
            self._go(row, section, person + step)
        elif FIRST_SHIFT <= section + step < self.duty.columnCount():
            self._go(row, section + step, -1 if step > 0 else len(self.duty.post(row, section + step)[1]) - 1)

    def _walked(self, current: QModelIndex, _before: QModelIndex) -> None:
        """Begin with the whole patrol wherever the focus goes."""
        if current.column() >= FIRST_SHIFT:
            self._painter.section = current.column()
        self._painter.section = min(self._painter.section, max(FIRST_SHIFT, self.duty.columnCount() - 1))
        self._painter.person = -1
        self.setAccessibleDescription(", ".join(head.name for head in self.heads()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if not self.currentIndex().isValid() or not plain:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._sideways(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in MARK_KEYS:
            self.mark(MARK_KEYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        if index.isValid() and index.column() >= FIRST_SHIFT:
            laid = lay_out(self._theme, self.visualRect(index), *self.duty.post(index.row(), index.column()))
            hit = next((spot.number for spot in laid.spots if spot.rect.contains(point)), -1)
            self._go(index.row(), index.column(), hit)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        heads = self.heads()
        if not heads:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        who = heads[0].name if len(heads) == 1 else tr("全组 {count} 人", count=len(heads))
        for key, state, icon, text in (
            ("A", AttendanceState.PRESENT, "check", tr("{who}：到", who=who)),
            ("L", AttendanceState.LATE, "clock", tr("{who}：迟到", who=who)),
            ("X", AttendanceState.ABSENT, "x", tr("{who}：缺勤", who=who)),
            ("Backspace", None, "undo-2", tr("{who}：取消登记", who=who)),
        ):
            action = menu.addAction(self._theme.icon(icon), f"{text}\t{key}")
            action.triggered.connect(lambda _on=False, state=state: self.mark(state))
        menu.popup(event.globalPos())

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


def notes_of(column: Column) -> tuple[str, ...]:
    """Return how many are due, came and are missing, in words of falling length; before, when entries begin."""
    due = tr("应到 {count} 人", count=column.due)
    opens = tr("{time} 起报到", time=f"{column.opens_at:%H:%M}")
    here = tr("已到 {count} 人", count=column.arrived)
    missing = tr("未到 {count} 人", count=column.due - column.arrived)
    if column.running or column.unmarked < sum(map(len, column.people)):
        return f"{due} · {here} · {missing}", f"{here} · {missing}", f"{column.arrived}/{column.due}"
    return f"{due} · {opens}", due
