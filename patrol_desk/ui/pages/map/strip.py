"""The time strip: the week's shifts as bars of coverage, the chosen one on the map."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.map import MapWeek
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import short_date, week_text, weekday_text
from patrol_desk.ui.pages.map.words import shift_text, standing_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import IconButton
from patrol_desk.ui.widgets.heard import Role
from patrol_desk.ui.widgets.labels import ElidedLabel, Label
from patrol_desk.ui.widgets.painting import box, ring

HEIGHT = 90
LEFT = 176
HEAD = 26
FOOT = 20
LEAST_SHARE = 0.5
"""Coverage whose bar has no height: what matters lies above."""


class ShiftBars(QWidget):
    """One bar per shift; arrow keys and clicks choose one.

    Parameters
    ----------
    theme
        Gives the look.
    """

    heard_as: ClassVar = Role.Slider

    chosen = Signal(int)
    play_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._week: MapWeek | None = None
        self._shift = -1
        self._rects: dict[int, QRect] = {}
        self.setObjectName("map_bars")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, self._theme.px(HEIGHT))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)

    def show_shift(self, week: MapWeek, shift: int) -> None:
        """Show a week, one of its shifts chosen."""
        again = week is not self._week
        self._week, self._shift = week, shift
        if again:
            self._place()
        self.retranslate()

    def retranslate(self) -> None:
        """Tell screen readers the chosen shift."""
        if self._week is None or self._shift < 0:
            self.setAccessibleName(tr("本周班次"))
        else:
            shift = self._week.shifts[self._shift]
            self.setAccessibleName(f"{shift_text(shift)}, {standing_text(self._week, self._shift)}")
        self.update()

    def days(self) -> Sequence[tuple[date, Sequence[int]]]:
        """Return each day with its shifts."""
        if self._week is None:
            return ()
        found: dict[date, list[int]] = {day: [] for day in self._week.week.days}
        for shift in self._week.shifts:
            found.setdefault(shift.on_date, []).append(shift.index)
        return list(found.items())

    def rect_of(self, shift: int) -> QRect:
        """Return the cell of a shift, bar and mark."""
        return self._rects.get(shift, QRect())

    def _place(self) -> None:
        """Find out where every cell is; done when the week or the width changes."""
        self._rects.clear()
        days, px = self.days(), self._theme.px
        pad, head = px(4), px(HEAD)
        for number, (_, shifts) in enumerate(days):
            left, right = self._edges(number, len(days))
            room = (right - left - 2 * pad) / max(len(shifts), 1)
            for place, shift in enumerate(shifts):
                x = left + pad + round(place * room)
                self._rects[shift] = QRect(x, head, round(room), self.height() - head - 3)

    def _edges(self, day: int, days: int) -> tuple[int, int]:
        return self.width() * day // days, self.width() * (day + 1) // days

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        week = self._week
        if week is None:
            return
        painter = QPainter(self)
        days = self.days()
        for number, (day, shifts) in enumerate(days):
            self._paint_day(painter, self._edges(number, len(days)), day, week)
            for shift in shifts:
                self._paint_shift(painter, week, shift)
        painter.end()

    def _paint_day(self, painter: QPainter, edges: tuple[int, int], day: date, week: MapWeek) -> None:
        theme, px = self._theme, self._theme.px
        painter.fillRect(edges[0], 0, 1, self.height(), theme.color("line2"))
        today = day == week.now.date()
        bold = theme.font("secondary", bold=True)
        painter.setFont(bold)
        painter.setPen(theme.color("accentText" if today else "text"))
        x, room = edges[0] + px(7), QRect(edges[0] + px(7), 0, edges[1] - edges[0] - px(9), px(HEAD))
        middle = Qt.AlignmentFlag.AlignVCenter
        name = weekday_text(day.weekday())
        painter.drawText(room, middle, name)
        room.setLeft(x + QFontMetrics(bold).horizontalAdvance(name) + px(5))
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("accentText" if today else "text3"))
        rest = f"{short_date(day)} {tr('今日')}" if today else short_date(day)
        metrics = QFontMetrics(painter.font())
        painter.drawText(room, middle, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room.width()))

    def _paint_shift(self, painter: QPainter, week: MapWeek, shift: int) -> None:
        theme, px = self._theme, self._theme.px
        cell = self.rect_of(shift)
        chosen = shift == self._shift
        if chosen:
            box(painter, cell.adjusted(1, 0, -1, 0), theme.color("accentSoft"), theme.color("accentText"), 3, 2)
        red, _ = week.gaps(shift)
        covered = week.coverage[shift]
        foot = cell.bottom() - px(FOOT)
        most = foot - cell.top() - px(15)
        width = min(px(16), cell.width() - px(8))
        left = cell.center().x() - width // 2
        if covered is not None:
            height = max(px(3), round(most * max(covered - LEAST_SHARE, 0.0) / (1 - LEAST_SHARE)))
            painter.fillRect(left, foot - height, width, height, theme.color("redFill" if red else "accentLine"))
            if red:
                painter.setFont(theme.font("micro", bold=True))
                painter.setPen(theme.color("red"))
                above = QRect(cell.left(), foot - height - px(15), cell.width(), px(14))
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(red))
        else:
            painter.fillRect(left, foot - 1, width, 1, theme.color("line2"))
        painter.setPen(theme.color("accentText" if chosen else "text2"))
        self._paint_word(painter, QRect(cell.left(), foot + 1, cell.width(), px(FOOT) - 2), week, shift)
        if chosen and self.hasFocus():
            ring(painter, theme, cell.adjusted(-2, -3, 2, 2))

    def _paint_word(self, painter: QPainter, below: QRect, week: MapWeek, shift: int) -> None:
        """Paint a shift's word, smaller where it would not fit, and out to the margins of the day."""
        word, theme = shift_mark(week.shifts[shift].mark), self._theme
        fonts = [theme.font(role, bold=bold) for role, bold in _word_fonts(chosen=shift == self._shift)]
        fitting = (font for font in fonts if QFontMetrics(font).horizontalAdvance(word) <= below.width())
        painter.setFont(next(fitting, fonts[-1]))
        pad = theme.px(4)
        painter.drawText(below.adjusted(-pad, 0, pad, 0), Qt.AlignmentFlag.AlignCenter, word)

    # Choosing

    def _at(self, x: float) -> int:
        shifts = () if self._week is None else self._week.shifts
        return next((s.index for s in shifts if self.rect_of(s.index).left() <= x <= self.rect_of(s.index).right()), -1)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._at(event.position().x())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over >= 0 else Qt.CursorShape.ArrowCursor)
        if event.buttons() & Qt.MouseButton.LeftButton and over >= 0 and over != self._shift:
            self.chosen.emit(over)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        shift = self._at(event.position().x())
        if shift >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(shift)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = -1 if self._week is None else len(self._week.shifts) - 1
        goal = {
            Qt.Key.Key_Left: self._shift - 1,
            Qt.Key.Key_Right: self._shift + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if goal is not None and last >= 0:
            self.chosen.emit(min(max(goal, 0), last))
        elif event.key() == Qt.Key.Key_Space:
            self.play_asked.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()


def _word_fonts(*, chosen: bool) -> tuple[tuple[str, bool], ...]:
    """Return type role and weight of a shift's word, the best first."""
    return ("secondary", chosen), ("micro", chosen), ("micro", False)


class TimeStrip(QFrame):
    """Buttons and words of the chosen shift, and the bars.

    Parameters
    ----------
    theme
        Gives the look.
    """

    stepped = Signal(int)
    play_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("panel", "line-top")
        self._theme = theme
        self.bars = ShiftBars(theme)
        self._before = self._button("chevron-left", "map_before")
        self._play = self._button("play", "map_play")
        self._after = self._button("chevron-right", "map_after")
        self._before.clicked.connect(lambda: self.stepped.emit(-1))
        self._after.clicked.connect(lambda: self.stepped.emit(1))
        self._play.clicked.connect(self.play_asked)
        self._week_label, self._shift, self._standing = Label("muted"), ElidedLabel("strong"), ElidedLabel("muted")
        self._shift.setObjectName("map_shift")
        self._standing.setObjectName("map_standing")
        self._playing = False
        self._shown: tuple[MapWeek, int] | None = None
        self._build()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def _button(self, icon: str, name: str) -> IconButton:
        button = IconButton(self._theme, icon, small=True)
        button.setObjectName(name)
        return button

    def _build(self) -> None:
        keys = QHBoxLayout()
        keys.setSpacing(4)
        for button in (self._before, self._play, self._after):
            keys.addWidget(button)
        keys.addSpacing(6)
        keys.addWidget(self._week_label)
        keys.addStretch(1)
        self._side = QWidget()
        column = QVBoxLayout(self._side)
        column.setContentsMargins(14, 6, 6, 6)
        column.setSpacing(1)
        column.addLayout(keys)
        column.addStretch(1)
        column.addWidget(self._shift)
        column.addWidget(self._standing)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(self.bars, 1)

    def _restyle(self) -> None:
        self._side.setFixedWidth(self._theme.px(LEFT))
        self.setFixedHeight(self._theme.px(HEIGHT) + 1)

    def show_shift(self, week: MapWeek, shift: int) -> None:
        """Show a week, one of its shifts chosen."""
        self._shown = (week, shift)
        self.bars.show_shift(week, shift)
        self._say()

    def show_playing(self, playing: bool) -> None:
        """Show whether the shifts go by on their own."""
        self._playing = playing
        self._play.set_icon("pause" if playing else "play")
        self._say()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self._before.set_name(tr("上一班"), "Shift+←")
        self._after.set_name(tr("下一班"), "Shift+→")
        self.bars.retranslate()
        self._say()

    def _say(self) -> None:
        self._play.set_name(tr("停止播放") if self._playing else tr("逐班播放"), "Space")
        if self._shown is None:
            return
        week, shift = self._shown
        self._week_label.setText(week_text(week.week))
        self._shift.setText(shift_text(week.shifts[shift]) if shift >= 0 else "")
        self._standing.setText(standing_text(week, shift) if shift >= 0 else "")
