"""Where the panel of a dialog stands in its window."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize

MARGIN: Final = 24
"""Between the panel and the window's edge, or what must stay clear, px."""
_EDGE: Final = 8
"""The same where there is little room."""


def place_of(size: QSize, window: QSize, clear: QRect) -> QPoint:
    """Return the place of a panel: in the middle of its window, or beside what must stay clear (empty: nothing)."""
    free = window - size
    middle = QPoint(free.width() // 2, max(min(MARGIN, free.height() // 2), free.height() * 2 // 5))
    if clear.isEmpty() or not QRect(middle, size).intersects(clear):
        return middle
    left, right = clear.left() - MARGIN - size.width(), clear.right() + MARGIN
    above, below = clear.top() - MARGIN - size.height(), clear.bottom() + MARGIN
    if left >= _EDGE:
        return QPoint(left, middle.y())
    if right <= free.width() - _EDGE:
        return QPoint(right, middle.y())
    if above >= _EDGE:
        return QPoint(middle.x(), above)
    if below <= free.height() - _EDGE:
        return QPoint(middle.x(), below)
    return QPoint(_EDGE if clear.center().x() > window.width() // 2 else free.width() - _EDGE, middle.y())
