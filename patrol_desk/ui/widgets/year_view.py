"""A year of twelve small months: days that are marked, weekends, today; the arrows go by days."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import language, tr
from patrol_desk.ui.i18n.dates import full_day_text, weekday_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.heard import Role
from patrol_desk.ui.widgets.painting import box, ring

_COLUMNS: Final = 4
_ROWS: Final = 3
_WEEK: Final = 7
_LINES: Final = 8
"""Of a month: its name, weekdays, six weeks."""
_KEYS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_WEEK, Qt.Key.Key_Down: _WEEK}
_FRIDAY: Final = 4


@dataclass(frozen=True, slots=True)
class DayLook:
    """How a marked day is painted and what it is.

    Parameters
    ----------
    words
        What it is, for the tip and the screen reader.
    mark
        Behind its number.
    ink, fill, frame
        Colours by role; no fill, no frame where empty.
    dashed
        Whether it has a dashed frame besides.
    """

    words: str
    mark: str = ""
    ink: str = "text"
    fill: str = ""
    frame: str = ""
    dashed: bool = False


class YearView(QWidget):
    """The year painted; a click or Enter on a day opens it.

    Parameters
    ----------
    theme
        Gives the look.
    today
        Is marked.
    name
        Gives the accessible name of a year's view.

    Attributes
    ----------
    opened
        Sent with the day that the user opens.
    """

    heard_as: ClassVar = Role.Table

    opened = Signal(object)

    def __init__(self, theme: Theme, today: date, name: Callable[[int], str]) -> None:
        super().__init__()
        self._theme = theme
        self._today = today
        self._name = name
        self._year = today.year
        self.day = today
        self._looks: Callable[[], Mapping[date, DayLook]] = dict
        self._held: Mapping[date, DayLook] = {}
        self.setObjectName("year_view")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_year(self, year: int, looks: Callable[[], Mapping[date, DayLook]]) -> None:
        """Show a year; `looks` gives its marked days in the language of the moment."""
        self._looks = looks
        if year != self._year:
            self._year = year
            self.day = self._today if self._today.year == year else date(year, 1, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the words anew."""
        self._held = self._looks()
        self.setAccessibleName(self._name(self._year))
        self._say_day()

    def words(self, day: date) -> str:
        """Return what a day is, for the tip and the screen reader."""
        look = self._held.get(day)
        return full_day_text(day) if look is None else f"{full_day_text(day)} {look.words}"

    def _say_day(self) -> None:
        self.setAccessibleDescription(self.words(self.day))
        self.update()

    def rect_of(self, day: date) -> QRect:
        """Return where a day is painted."""
        month = self._month_rect(day.month)
        first = date(day.year, day.month, 1).weekday()
        line, column = divmod(first + day.day - 1, _WEEK)
        wide, high = month.width() // _WEEK, month.height() // _LINES
        return QRect(month.x() + column * wide, month.y() + (line + 2) * high, wide, high)

    def day_at(self, x: int, y: int) -> date | None:
        """Return the day painted at a place."""
        for month in range(1, 13):
            if self._month_rect(month).contains(x, y):
                days = (date(self._year, month, each) for each in range(1, monthrange(self._year, month)[1] + 1))
                return next((day for day in days if self.rect_of(day).contains(x, y)), None)
        return None

    def _month_rect(self, month: int) -> QRect:
        line, column = divmod(month - 1, _COLUMNS)
        gap = self._theme.px(16)
        wide = (self.width() - gap * (_COLUMNS - 1)) // _COLUMNS
        high = (self.height() - gap * (_ROWS - 1) // 2) // _ROWS
        return QRect(column * (wide + gap), line * (high + gap // 2), wide, high)

    def _restyle(self) -> None:
        self.setMinimumHeight(self._theme.px(15 * _LINES * _ROWS + 16))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(760), self._theme.px(21 * _LINES * _ROWS + 16))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for month in range(1, 13):
            self._paint_head(painter, month)
            for each in range(1, monthrange(self._year, month)[1] + 1):
                self._paint_day(painter, date(self._year, month, each))
        if self.hasFocus():
            ring(painter, self._theme, self.rect_of(self.day), 3)
        painter.end()

    def _paint_head(self, painter: QPainter, month: int) -> None:
        theme, rect = self._theme, self._month_rect(month)
        high = rect.height() // _LINES
        painter.setFont(theme.font("secondary", bold=True))
        painter.setPen(theme.color("text"))
        name = tr("{number} 月", number=month) if language() == "zh" else date(self._year, month, 1).strftime("%b")
        painter.drawText(QRect(rect.x() + 4, rect.y(), rect.width(), high), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text3"))
        for weekday in range(_WEEK):
            word = weekday_text(weekday)[-1:] if language() == "zh" else weekday_text(weekday)[:1]
            cell = QRect(rect.x() + weekday * (rect.width() // _WEEK), rect.y() + high, rect.width() // _WEEK, high)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, word)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        theme, look = self._theme, self._held.get(day)
        cell = self.rect_of(day).adjusted(1, 1, -1, -1)
        role = "text" if look is None else look.ink
        if look is not None:
            fill = theme.color(look.fill) if look.fill else None
            box(painter, cell, fill, theme.color(look.frame) if look.frame else None, 2)
        elif day.weekday() > _FRIDAY:
            box(painter, cell, theme.color("sunken"), None, 2)
            role = "text3"
        if look is not None and look.dashed:
            painter.setPen(QPen(theme.color("amber"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell.adjusted(0, 0, -1, -1), 2, 2)
        painter.setFont(theme.font("secondary", bold=look is not None))
        painter.setPen(theme.color(role))
        mark = "" if look is None else look.mark
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, f"{day.day}{mark}")
        if day == self._today:
            box(painter, cell, None, theme.color("accentText"), 2, 2)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _KEYS.get(Qt.Key(event.key()))
        if step is not None:
            day = self.day + timedelta(days=step)
            if day.year == self._year:
                self.day = day
                self._say_day()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit(self.day)
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(int(event.position().x()), int(event.position().y()))
        if day is not None:
            self.day = day
            self._say_day()
            self.opened.emit(day)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(int(event.position().x()), int(event.position().y()))
        QToolTip.showText(event.globalPosition().toPoint(), "" if day is None else self.words(day), self)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
