"""A row that goes on in the next line where there is no room: buttons of which no word may be cut."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem
from typing_extensions import override


class FlowLayout(QLayout):
    """Items beside each other at their natural size, line under line.

    Parameters
    ----------
    across, down
        Pixels between items and between lines.
    """

    def __init__(self, across: int = 6, down: int = 6) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._across, self._down = across, down
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # as above
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self._across * max(0, len(sizes) - 1)
        return self._with_margins(width, max((size.height() for size in sizes), default=0))

    @override
    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return self._with_margins(
            max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0)
        )

    def _with_margins(self, width: int, height: int) -> QSize:
        around = self.contentsMargins()
        return QSize(width + around.left() + around.right(), height + around.top() + around.bottom())

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Return the height that the items take in a rectangle's width, and move them there when asked."""
        around = self.contentsMargins()
        room = rect.marginsRemoved(around)
        y = room.y()
        lines = self._lines(room.width())
        for line in lines:
            tallest = max(item.sizeHint().height() for item in line)
            if move:
                self._set_line(line, QRect(room.x(), y, room.width(), tallest))
            y += tallest + self._down
        used = y - self._down if lines else y
        return used + around.bottom() - rect.y()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """Return the items that stand beside each other, line under line."""
        lines: list[list[QLayoutItem]] = []
        x = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wide = item.sizeHint().width()
            if not lines or x + wide > width:
                lines.append([])
                x = 0
            lines[-1].append(item)
            x += wide + self._across
        return lines

    def _set_line(self, line: list[QLayoutItem], rect: QRect) -> None:
        """Set items from the left, each in the middle of the line's height."""
        x = rect.x()
        for item in line:
            size = item.sizeHint()
            place = QPoint(x, rect.y() + (rect.height() - size.height()) // 2)
            item.setGeometry(QRect(place, QSize(min(size.width(), rect.width()), size.height())))
            x += size.width() + self._across
