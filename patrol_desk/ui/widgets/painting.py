"""What several widgets paint alike: crisp boxes, the focus ring, a key's cap, text in tones."""

from typing import Literal

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from patrol_desk.ui.theme import Theme

Tone = Literal["plain", "accent", "green", "amber", "red"]

RING = 2
"""Width of the focus ring, px."""


def tone_colours(theme: Theme, tone: str) -> tuple[QColor, QColor, QColor]:
    """Return the fill, the border and the text colour of a tone."""
    if tone == "plain":
        return theme.color("sunken"), theme.color("line2"), theme.color("text2")
    if tone == "accent":
        return theme.color("accentSoft"), theme.color("accentLine"), theme.color("accentText")
    return theme.color(f"{tone}Soft"), theme.color(f"{tone}Line"), theme.color(tone)


def box(
    painter: QPainter, rect: QRect, fill: QColor | None, border: QColor | None, radius: float = 4, width: int = 1
) -> None:
    """Paint a rounded box whose border lies wholly inside the rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if border is not None else 0.0
    painter.setPen(QPen(border, width) if border is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def ring(painter: QPainter, theme: Theme, rect: QRect, radius: float = 4, colour: str = "accentText") -> None:
    """Paint the focus ring just inside the rectangle."""
    box(painter, rect, None, theme.color(colour), radius, RING)


def key_cap_size(font: QFont, keys: str) -> QSize:
    """Return the size of the cap that `key_cap` paints."""
    metrics = QFontMetrics(font)
    return QSize(max(metrics.horizontalAdvance(keys) + 8, metrics.height() + 2), metrics.height() + 2)


def key_cap(painter: QPainter, font: QFont, rect: QRect, keys: str, text: QColor) -> None:
    """Paint a key's name in a thin frame, as on a key's cap."""
    frame = QColor(text)
    frame.setAlphaF(0.45)
    box(painter, rect, None, frame, 3)
    painter.save()
    painter.setFont(font)
    painter.setPen(text)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, keys)
    painter.restore()


def cell_of(option: QStyleOptionViewItem) -> tuple[QRect, QStyle.StateFlag]:
    """Return the rectangle and the state of a cell that a delegate is asked to paint."""
    # PySide's stubs leave the fields of style options out.
    return option.rect, option.state  # type: ignore[attr-defined]


def left_middle(rect: QRect, size: QSize, x: int) -> QRect:
    """Return a rectangle of the size at `x`, vertically in the middle of another."""
    return QRect(QPoint(x, rect.y() + (rect.height() - size.height()) // 2), size)
