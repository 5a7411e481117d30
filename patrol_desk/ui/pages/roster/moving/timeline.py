"""The hours around a duty: what somebody serves already, the duty in question, and the rest between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.services.planning.board import Board
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import box

AROUND = timedelta(hours=14)
"""Duties further away than this are not drawn."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One duty on the line; `new` for the one in question."""

    starts: datetime
    ends: datetime
    title: str
    new: bool


def bars_for(board: Board, person_id: str, row: int, shift: int, leaves: frozenset[str]) -> tuple[Bar, ...]:
    """Return the duty in question and somebody's others near it, by start.

    Parameters
    ----------
    leaves
        Assignments that would be given up: they are not drawn.
    """
    target = board.shifts[shift]
    left = {place for place in (board.where(assignment) for assignment in leaves) if place is not None}
    bars = [_bar(board, row, shift, new=True)]
    for place in board.person(person_id).duties:
        other = board.shifts[place[1]]
        near = other.starts_at < target.ends_at + AROUND and other.ends_at > target.starts_at - AROUND
        if near and place not in left:
            bars.append(_bar(board, *place, new=False))
    return tuple(sorted(bars, key=lambda bar: (bar.starts, bar.new)))


def _bar(board: Board, row: int, shift: int, *, new: bool) -> Bar:
    found = board.shifts[shift]
    return Bar(found.starts_at, found.ends_at, f"{shift_mark(found.mark)} {board.rows[row].name}", new)


class Timeline(QWidget):
    """Draws the bars over an axis of hours, and the rest between them, red where it is too short.

    Parameters
    ----------
    theme
        Gives the look.
    bars
        By start.
    rest_minutes
        What the rule asks for.
    """

    def __init__(self, theme: Theme, bars: Sequence[Bar], rest_minutes: int) -> None:
        super().__init__()
        self._theme = theme
        self._bars = tuple(bars)
        self._rest = timedelta(minutes=rest_minutes)
        first = min(bar.starts for bar in bars) - timedelta(hours=1)
        last = max(bar.ends for bar in bars) + timedelta(hours=1)
        for bar, after in pairwise(self._bars):
            if self._too_short(bar, after):
                last = max(last, bar.ends + self._rest + timedelta(minutes=30))
        self._first = first.replace(minute=0, hour=first.hour - first.hour % 2)
        self._last = last
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("; ".join(f"{bar.title} {bar.starts:%H:%M}–{bar.ends:%H:%M}" for bar in self._bars))

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, self._theme.px(84))

    def _too_short(self, bar: Bar, after: Bar) -> bool:
        return (bar.new or after.new) and after.starts - bar.ends < self._rest

    def _x(self, moment: datetime) -> int:
        return round(self.width() * ((moment - self._first) / (self._last - self._first)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        moment = self._first
        hours = (self._last - self._first) / timedelta(hours=1)
        step = timedelta(hours=2 if hours <= 20 else 4)
        painter.setFont(theme.font("micro"))
        while moment <= self._last:
            x = self._x(moment)
            painter.fillRect(x, px(18), 1, px(46), theme.color("line"))
            painter.setPen(theme.color("text3"))
            left = max(-px(12), min(x - px(20), self.width() - px(28)))
            painter.drawText(QRect(left, 0, px(40), px(16)), Qt.AlignmentFlag.AlignCenter, f"{moment:%H}")
            moment += step
        for bar in self._bars:
            self._bar(painter, bar)
        for bar, after in pairwise(self._bars):
            if self._too_short(bar, after):
                self._short(painter, bar, after)
        painter.end()

    def _bar(self, painter: QPainter, bar: Bar) -> None:
        theme, px = self._theme, self._theme.px
        rect = QRect(self._x(bar.starts), px(22), self._x(bar.ends) - self._x(bar.starts), px(38))
        painter.fillRect(rect, theme.color("surface" if bar.new else "sunken"))
        pen = QPen(theme.color("accentText" if bar.new else "line2"), 2 if bar.new else 1)
        if bar.new:
            pen.setStyle(Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        room = rect.adjusted(px(7), px(2), -px(4), -px(2))
        bold, plain = theme.font("secondary", bold=True), theme.font("secondary")
        half = room.height() // 2
        for font, ink, words, top in (
            (bold, "accentText" if bar.new else "text", bar.title, room.top()),
            (plain, "text2", f"{bar.starts:%H:%M}–{bar.ends:%H:%M}", room.top() + half),
        ):
            painter.setFont(font)
            painter.setPen(theme.color(ink))
            shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(QRect(room.left(), top, room.width() + 2, half), Qt.AlignmentFlag.AlignVCenter, shown)

    def _short(self, painter: QPainter, bar: Bar, after: Bar) -> None:
        theme, px = self._theme, self._theme.px
        left, right = self._x(bar.ends), max(self._x(after.starts), self._x(bar.ends) + px(4))
        rect = QRect(left, px(22), right - left, px(38))
        box(painter, rect, theme.color("redFill"), None, 0)
        hours = max((after.starts - bar.ends) / timedelta(hours=1), 0)
        painter.setFont(theme.font("secondary", bold=True))
        painter.setPen(QColor(theme.color("onAccent")))
        words = tr("{hours} h", hours=f"{hours:g}")
        if QFontMetrics(painter.font()).horizontalAdvance(words) <= rect.width():
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
        end = min(self._x(bar.ends + self._rest), self.width() - 1)
        painter.setPen(theme.color("text2"))
        y = px(66)
        painter.drawLine(left, y, end, y)
        painter.drawLine(left, y - 3, left, y)
        painter.drawLine(end, y - 3, end, y)
        note = tr(
            "规则要求休息 {hours} h，最早 {moment} 可上岗",
            hours=f"{self._rest / timedelta(hours=1):g}",
            moment=_moment(bar.ends, bar.ends + self._rest),
        )
        painter.setFont(theme.font("secondary"))
        width = QFontMetrics(painter.font()).horizontalAdvance(note)
        x = max(0, min((left + end - width) // 2, self.width() - width))
        painter.drawText(QRect(x, y + 1, width + 2, px(17)), Qt.AlignmentFlag.AlignVCenter, note)


def _moment(before: datetime, moment: datetime) -> str:
    if moment.date() > before.date():
        return tr("次日 {moment}", moment=f"{moment:%H:%M}")
    return f"{moment:%H:%M}"
