"""Choosing the week: the one before, the one after, or from a sheet that says how far each is planned."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.weeks import Week
from patrol_desk.services.planning.weeks import WeekStage, WeekState
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import week_span_text, week_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import IconButton
from patrol_desk.ui.widgets.painting import box, ring

BEFORE, AFTER = 3, 5
"""Weeks before and after this one that the sheet lists."""

_TONES = {
    WeekStage.EMPTY: "text3",
    WeekStage.DRAFT: "amber",
    WeekStage.PUBLISHED: "green",
    WeekStage.CHANGED: "accentText",
}


def stage_text(state: WeekState) -> str:
    """Return how far a week is planned in words."""
    if state.stage is WeekStage.EMPTY:
        return tr("未排")
    if state.stage is WeekStage.DRAFT:
        return tr("草稿 v{number}", number=state.number)
    if state.stage is WeekStage.PUBLISHED:
        return tr("已发布 v{number}", number=state.number)
    return tr("已发布，草稿 v{number}", number=state.number)


class WeekButton(QAbstractButton):
    """Shows the week in view and opens the sheet.

    Parameters
    ----------
    theme
        Gives the look.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._week: Week | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.updateGeometry)

    def show_week(self, week: Week) -> None:
        """Show a week."""
        self._week = week
        self.setAccessibleName(" ".join(self._words()))
        self.updateGeometry()
        self.update()

    def _words(self) -> tuple[str, str]:
        return ("", "") if self._week is None else (week_text(self._week), week_span_text(self._week))

    @override
    def sizeHint(self) -> QSize:
        name, span = self._words()
        bold, plain = QFontMetrics(self._theme.font("body", bold=True)), QFontMetrics(self._theme.font("body"))
        width = bold.horizontalAdvance(name) + plain.horizontalAdvance(span) + self._theme.px(70)
        return QSize(width, self._theme.px(30))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        fill = "sunken" if self.underMouse() else "surface"
        box(painter, self.rect(), theme.color(fill), theme.color("line2"), 4)
        side = px(16)
        top = (self.height() - side) // 2
        painter.drawPixmap(px(9), top, theme.pixmap("calendar-range", "text2", 16))
        painter.drawPixmap(self.width() - px(9) - side, top, theme.pixmap("chevron-down", "text2", 16))
        name, span = self._words()
        left = px(31)
        bold = theme.font("body", bold=True)
        painter.setFont(bold)
        painter.setPen(theme.color("text"))
        painter.drawText(QRect(left, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, name)
        left += QFontMetrics(bold).horizontalAdvance(name) + px(7)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text2"))
        painter.drawText(QRect(left, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, span)
        if self.hasFocus():
            ring(painter, theme, self.rect())
        painter.end()


class WeekRow(QAbstractButton):
    """One week in the sheet.

    Parameters
    ----------
    theme
        Gives the look.
    state
        The week and how far it is planned.
    here, today
        Whether it is the week in view, and the week of today.
    """

    def __init__(self, theme: Theme, state: WeekState, *, here: bool, today: bool) -> None:
        super().__init__()
        self._theme = theme
        self.state = state
        self._here = here
        self._today = today
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{week_text(state.week)} {week_span_text(state.week)} {stage_text(state)}")
        self.setMouseTracking(True)

    @override
    def sizeHint(self) -> QSize:
        between, spare = self._theme.px(12), self._theme.px(86)
        told = [self._theme.font("secondary"), self._theme.font("body", bold=True)]
        span, words = (
            QFontMetrics(font).horizontalAdvance(text)
            for font, text in zip(told, (week_span_text(self.state.week), self._words()), strict=True)
        )
        return QSize(max(self._theme.px(340), spare + span + between + words), self._theme.px(28))

    def _words(self) -> str:
        words = stage_text(self.state)
        return tr("本周 · {state}", state=words) if self._today else words

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        if self._here or self.underMouse() or self.hasFocus():
            box(painter, self.rect(), theme.color("accentSoft" if self._here else "sunken"), None, 4)
        name, span = week_text(self.state.week), week_span_text(self.state.week)
        bold = theme.font("body", bold=self._here or self._today)
        painter.setFont(bold)
        painter.setPen(theme.color("accentText" if self._here else "text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(px(10), 0, 0, 0), middle, name)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text2"))
        painter.drawText(self.rect().adjusted(px(76), 0, 0, 0), middle, span)
        painter.setPen(theme.color(_TONES[self.state.stage]))
        painter.drawText(self.rect().adjusted(0, 0, -px(10), 0), middle | Qt.AlignmentFlag.AlignRight, self._words())
        if self.hasFocus():
            ring(painter, theme, self.rect())
        painter.end()


class WeekSheet(QFrame):
    """The weeks around the one in view; arrows move, Enter or a click chooses, Esc closes.

    Parameters
    ----------
    theme, host
        The look, and the widget it opens from.
    states
        The weeks.
    here, today
        The week in view, and the week of today.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, host: QWidget, states: Sequence[WeekState], here: Week, today: Week) -> None:
        super().__init__(host, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("panel", "raised")
        self.setObjectName("week_sheet")
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(1)
        self.rows = [WeekRow(theme, state, here=state.week == here, today=state.week == today) for state in states]
        for row in self.rows:
            row.setMinimumSize(row.sizeHint())
            row.clicked.connect(self._choose)
            column.addWidget(row)
        start = next((row for row in self.rows if row.state.week == here), self.rows[0])
        start.setFocus()

    def open_below(self, widget: QWidget) -> None:
        """Open below a widget, their left edges in line."""
        self.adjustSize()
        self.move(widget.mapToGlobal(QPoint(0, widget.height() + 4)))
        self.show()

    def _choose(self) -> None:
        row = self.sender()
        assert isinstance(row, WeekRow)
        self.chosen.emit(row.state.week)
        self.close()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        now = next((number for number, row in enumerate(self.rows) if row.hasFocus()), 0)
        if step:
            self.rows[max(0, min(len(self.rows) - 1, now + step))].setFocus()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.rows[now].click()
        else:
            super().keyPressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        for row in self.rows:
            row.update()
        super().mouseMoveEvent(event)


class WeekPicker(QWidget):
    """Buttons for the week before, the week after, and the sheet.

    Parameters
    ----------
    theme
        Gives the look.
    """

    moved = Signal(int)
    """Weeks to go."""
    sheet_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._before = IconButton(theme, "chevron-left")
        self._before.setObjectName("week_before")
        self._before.clicked.connect(lambda: self.moved.emit(-1))
        self.button = WeekButton(theme)
        self.button.setObjectName("week_button")
        self.button.clicked.connect(self.sheet_asked)
        self._after = IconButton(theme, "chevron-right")
        self._after.setObjectName("week_after")
        self._after.clicked.connect(lambda: self.moved.emit(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for part in (self._before, self.button, self._after):
            row.addWidget(part)
        self.retranslate()

    def show_week(self, week: Week) -> None:
        """Show a week."""
        self.button.show_week(week)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._before.set_name(tr("上一周"), "[")
        self._after.set_name(tr("下一周"), "]")
