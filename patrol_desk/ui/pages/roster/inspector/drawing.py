"""Pieces that several rows of the panel share: chips in a line, the squad's tick, the use of the weekly cap."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import box, tone_colours

MIDDLE = Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def text(painter: QPainter, theme: Theme, at: QRect, words: str, *, role: str, colour: str, bold: bool = False) -> int:
    """Paint words from the left, with an ellipsis where there is no room; return where they end."""
    font = theme.font(role, bold=bold)
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, at.width())
    painter.setFont(font)
    painter.setPen(theme.color(colour))
    painter.drawText(at, MIDDLE, shown)
    return at.left() + metrics.horizontalAdvance(shown)


def tick(painter: QPainter, theme: Theme, left: int, middle: int, colour: int) -> int:
    """Paint a squad's tick; return where the squad's name begins."""
    height = theme.px(13)
    rect = QRect(left, middle - height // 2, theme.px(4), height)
    box(painter, rect, theme.color(f"sq{colour + 1}"), None, 1)
    return rect.right() + theme.px(6)


def chip(painter: QPainter, theme: Theme, left: int, middle: int, words: str, *, tone: str) -> int:
    """Paint a chip; return where the next may begin."""
    font = theme.font("secondary")
    width, height = QFontMetrics(font).horizontalAdvance(words) + theme.px(10), theme.px(18)
    rect = QRect(left, middle - height // 2, width, height)
    fill, border, ink = tone_colours(theme, tone)
    box(painter, rect, fill, theme.color("line2") if tone == "plain" else border, 3)
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
    return rect.right() + theme.px(5)


def chips(painter: QPainter, theme: Theme, room: QRect, words: Sequence[tuple[str, str]]) -> None:
    """Paint chips of words and tones in a line, as many as there is room for."""
    left, metrics = room.left(), QFontMetrics(theme.font("secondary"))
    for word, tone in words:
        if left + metrics.horizontalAdvance(word) + theme.px(10) > room.right():
            break
        left = chip(painter, theme, left, room.center().y(), word, tone=tone)


def squares(painter: QPainter, theme: Theme, right: int, middle: int, used: int, most: int) -> int:
    """Paint the duties of the week against the most there may be, as little squares; return their left end."""
    count = max(1, min(max(used, most), 8))
    side, gap = theme.px(5), 2
    left = right - count * side - (count - 1) * gap
    for number in range(count):
        rect = QRect(left + number * (side + gap), middle - theme.px(4), side, theme.px(8))
        over = number < used and number >= most
        painter.fillRect(rect, theme.color("redFill" if over else "text2" if number < used else "line"))
    return left
