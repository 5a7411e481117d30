"""Hours of the last weeks as bars, and lists that are painted: one widget for many lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from patrol_desk.services.people import WeekHours
from patrol_desk.ui.i18n.dates import week_text
from patrol_desk.ui.pages.people.words import hours_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painted import PaintedBlock
from patrol_desk.ui.widgets.painting import box, tone_colours


class HoursBars(PaintedBlock):
    """A bar per week with its hours above and the week's number below; the present week is the dark one.

    Parameters
    ----------
    theme
        Gives colours and fonts.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._weeks: Sequence[WeekHours] = ()

    def show_weeks(self, weeks: Sequence[WeekHours]) -> None:
        """Show these weeks."""
        self._weeks = weeks
        words = [f"{week_text(week.week)} {hours_text(week.minutes)} h" for week in weeks]
        self.setAccessibleDescription(", ".join(words))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(84))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._weeks:
            return
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setFont(theme.font("micro"))
        base = self.height() - px(17)
        room = base - px(16)
        most = max(8 * 60, *(week.minutes for week in self._weeks))
        for place, week in enumerate(self._weeks):
            x = self.width() * place // len(self._weeks)
            width = self.width() * (place + 1) // len(self._weeks) - x - px(8)
            height = max(room * week.minutes // most, 2 if week.minutes else 1)
            last = place == len(self._weeks) - 1
            bar = QRect(x, base - height, width, height)
            painter.fillRect(bar, theme.color("line2" if not week.minutes else "accent" if last else "accentLine"))
            painter.setPen(theme.color("text2"))
            above = QRect(x - px(4), bar.y() - px(15), width + px(8), px(14))
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, hours_text(week.minutes))
            painter.setPen(theme.color("text3"))
            below = QRect(x - px(4), base + px(2), width + px(8), px(14))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(week.week.number))
        painter.end()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a painted list.

    Parameters
    ----------
    text
        At the left, strong enough to be read first.
    note
        After it, muted.
    right
        At the right end.
    tone
        Of the chip around what stands at the right, or a colour token of bare text with ``=`` before it; empty: plain.
    icon
        Before the text.
    """

    text: str
    note: str = ""
    right: str = ""
    tone: str = ""
    icon: str = ""


class Lines(PaintedBlock):
    """A list of lines that only tells.

    Parameters
    ----------
    theme
        Gives colours and fonts.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._lines: Sequence[Line] = ()
        self._column = 0

    def show_lines(self, lines: Sequence[Line], column: int = 0) -> None:
        """Show these lines; the notes begin at `column` (px at 100 %), or right after the text."""
        self._lines, self._column = lines, column
        words = [" ".join(part for part in (one.text, one.note, one.right) if part) for one in lines]
        self.setAccessibleDescription("\n".join(words))
        self._restyle()

    def _height(self) -> int:
        return self._theme.px(26)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), len(self._lines) * self._height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        clip = event.rect()
        first = max(0, clip.top() // self._height())
        last = min(len(self._lines), clip.bottom() // self._height() + 1)
        for place in range(first, last):
            room = QRect(0, place * self._height(), self.width(), self._height())
            self._paint_line(painter, room, self._lines[place])
        painter.end()

    def _paint_line(self, painter: QPainter, room: QRect, one: Line) -> None:
        theme, px = self._theme, self._theme.px
        x = room.x()
        if one.icon:
            painter.drawPixmap(x, room.y() + (room.height() - px(15)) // 2, theme.pixmap(one.icon, "text2", 15))
            x += px(21)
        end = room.right() - self._paint_right(painter, room, one)
        body, small = theme.font("body"), theme.font("secondary")
        painter.setFont(body)
        painter.setPen(theme.color("text"))
        metrics = QFontMetrics(body)
        text = metrics.elidedText(one.text, Qt.TextElideMode.ElideRight, max(0, end - x))
        painter.drawText(QRect(x, room.y(), end - x, room.height()), Qt.AlignmentFlag.AlignVCenter, text)
        x = max(x + metrics.horizontalAdvance(text) + px(8), room.x() + px(self._column))
        if one.note and end > x:
            painter.setFont(small)
            painter.setPen(theme.color("text3"))
            note = QFontMetrics(small).elidedText(one.note, Qt.TextElideMode.ElideRight, end - x)
            painter.drawText(QRect(x, room.y(), end - x, room.height()), Qt.AlignmentFlag.AlignVCenter, note)

    def _paint_right(self, painter: QPainter, room: QRect, one: Line) -> int:
        """Paint what stands at the right and return how much room it takes."""
        if not one.right:
            return 0
        theme, px = self._theme, self._theme.px
        font = theme.font("secondary")
        width = QFontMetrics(font).horizontalAdvance(one.right) + 2
        painter.setFont(font)
        chip = bool(one.tone) and not one.tone.startswith("=")
        pad = px(6) if chip else 0
        area = QRect(room.right() - width - 2 * pad + 1, room.y() + px(3), width + 2 * pad, px(20))
        colour = theme.color(one.tone[1:] or "text2") if one.tone.startswith("=") else theme.color("text2")
        if chip:
            fill, border, colour = tone_colours(theme, one.tone)
            box(painter, area, fill, border, 3)
        painter.setPen(colour)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, one.right)
        return area.width() + px(8)
