"""The availability painter: a week of slots that is painted with a brush, by mouse or by key."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.models import Preference
from patrol_desk.services.people import Cell, PatternRow
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import span_text, weekday_text
from patrol_desk.ui.pages.people.words import PREFERENCES, WEEKDAYS
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.heard import Role
from patrol_desk.ui.widgets.painting import box, ring

DAYS: Final = 7
_PREFER, _FINE, _AVOID, _NO = (int(value) for value in reversed(Preference))
_STEPS: Final = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip
_BRUSHES: Final = {Qt.Key.Key_1: _PREFER, Qt.Key.Key_2: _FINE, Qt.Key.Key_3: _AVOID, Qt.Key.Key_4: _NO}


def paint_slot(painter: QPainter, theme: Theme, rect: QRect, value: int) -> None:
    """Paint a slot of one preference: each differs by fill and by mark."""
    fill = {_PREFER: "accent", _FINE: "accentSoft", _AVOID: "amberSoft", _NO: "surface"}[value]
    line = {_PREFER: "accent", _FINE: "accentLine", _AVOID: "amberLine", _NO: "line2"}[value]
    box(painter, rect, theme.color(fill), theme.color(line), 2)
    if value == _NO:
        painter.fillRect(rect.adjusted(1, 1, -1, -1), QBrush(theme.color("hatch"), Qt.BrushStyle.BDiagPattern))
    mark = {_PREFER: ("check", "onAccent"), _AVOID: ("minus", "amber"), _NO: ("x", "text3")}.get(value)
    if mark is not None:
        size = theme.px(14)
        at = rect.center() - QPoint(size // 2 - 1, size // 2 - 1)
        painter.drawPixmap(at, theme.pixmap(*mark, 14))


class AvailabilityGrid(QWidget):
    """Patterns down, weekdays across.

    Drag with the mouse paints; a click on a weekday or a pattern paints all of it. Arrows move, Space or Enter
    paints, 1 to 4 choose the brush. Cells that are not saved yet have a frame.

    Parameters
    ----------
    theme
        Gives colours and fonts.

    Attributes
    ----------
    changed
        Sent when cells were painted.
    brush_changed
        Sent with the preference that the brush paints.
    """

    heard_as: ClassVar = Role.Table

    changed = Signal()
    brush_changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._patterns: Sequence[PatternRow] = ()
        self._stored: dict[tuple[int, int], int] = {}
        self._values: dict[tuple[int, int], int] = {}
        self._at = (0, 0)
        self._last: tuple[int, int] | None = None
        self._brush = _PREFER
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    # Values

    def set_week(self, patterns: Sequence[PatternRow], values: Mapping[str, Sequence[int]]) -> None:
        """Show a stored week."""
        self._patterns = patterns
        self._stored = {
            (row, day): values[pattern.id][day] for row, pattern in enumerate(patterns) for day in range(DAYS)
        }
        self.discard()
        self.updateGeometry()

    def discard(self) -> None:
        """Go back to the stored week."""
        self._values = dict(self._stored)
        self._at = (min(self._at[0], max(0, len(self._patterns) - 1)), self._at[1])
        self._say()
        self.update()

    def cells(self) -> list[Cell]:
        """Return the cells that were painted and are not saved."""
        return [
            Cell(self._patterns[row].id, day, self._stored[row, day], value)
            for (row, day), value in self._values.items()
            if value != self._stored[row, day]
        ]

    def counts(self) -> dict[int, int]:
        """Return preference → cells."""
        found = dict.fromkeys(PREFERENCES, 0)
        for value in self._values.values():
            found[value] += 1
        return found

    def fill(self, value: int) -> None:
        """Paint every cell."""
        self._paint(self._values, value)

    def use(self, value: int) -> None:
        """Take another brush."""
        if value != self._brush:
            self._brush = value
            self.brush_changed.emit(value)

    def brush(self) -> int:
        """Return what the brush paints."""
        return self._brush

    def _paint(self, where: Mapping[tuple[int, int], object] | Sequence[tuple[int, int]], value: int) -> None:
        wrong = [key for key in where if self._values.get(key, value) != value]
        for key in wrong:
            self._values[key] = value
        if wrong:
            self._say()
            self.update()
            self.changed.emit()

    # Geometry

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _left(self) -> int:
        """Return the width of the names: the widest mark with its span."""
        strong, micro = (QFontMetrics(font) for font in self._name_fonts())
        widths = [
            strong.horizontalAdvance(shift_mark(pattern.mark))
            + micro.horizontalAdvance(span_text(pattern.start_minute, pattern.length_minutes))
            for pattern in self._patterns
        ]
        return max(widths, default=0) + self._theme.px(12)

    def _name_fonts(self) -> tuple[QFont, QFont]:
        return self._theme.font("secondary", bold=True), self._theme.font("micro")

    def _top(self) -> int:
        return self._theme.px(20)

    def _height(self) -> int:
        return self._theme.px(31)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(340), self._top() + len(self._patterns) * self._height() + 2)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._left() + DAYS * self._theme.px(26), self.sizeHint().height())

    def rect_of(self, row: int, day: int) -> QRect:
        """Return where a cell is painted."""
        width = self.width() - self._left()
        x = self._left() + width * day // DAYS
        right = self._left() + width * (day + 1) // DAYS
        return QRect(x, self._top() + row * self._height(), right - x - 2, self._height() - 2)

    def _cell_at(self, point: QPoint) -> tuple[int, int] | None:
        """Return row and day under a point; row -1 is the heading, day -1 the names."""
        row = (point.y() - self._top()) // self._height() if point.y() >= self._top() else -1
        width = self.width() - self._left()
        day = (point.x() - self._left()) * DAYS // max(1, width) if point.x() >= self._left() else -1
        inside = row < len(self._patterns) and day < DAYS and (row, day) != (-1, -1)
        return (row, day) if inside else None

    # Painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        self._paint_heads(painter)
        for (row, day), value in self._values.items():
            rect = self.rect_of(row, day)
            if value == self._stored[row, day]:
                paint_slot(painter, theme, rect, value)
            else:
                paint_slot(painter, theme, rect.adjusted(3, 3, -3, -3), value)
                box(painter, rect, None, theme.color("accentText"), 3, 2)
        if self.hasFocus() and self._values:
            ring(painter, theme, self.rect_of(*self._at).adjusted(-2, -2, 2, 2), 4, "text")
        if not self.isEnabled():
            veil = theme.color("surface")
            veil.setAlphaF(0.45)
            painter.fillRect(self.rect(), veil)
        painter.end()

    def _paint_heads(self, painter: QPainter) -> None:
        theme = self._theme
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text2"))
        for day in range(DAYS):
            cell = self.rect_of(0, day)
            head = QRect(cell.x(), 0, cell.width(), self._top())
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, WEEKDAYS[day]())
        for row, pattern in enumerate(self._patterns):
            room = QRect(0, self.rect_of(row, 0).y(), self._left(), self._height() - 2)
            strong, micro = self._name_fonts()
            painter.setFont(strong)
            painter.setPen(theme.color("text"))
            mark = shift_mark(pattern.mark)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, mark)
            shift = painter.fontMetrics().horizontalAdvance(mark) + theme.px(4)
            painter.setFont(micro)
            painter.setPen(theme.color("text3"))
            span = span_text(pattern.start_minute, pattern.length_minutes)
            painter.drawText(room.adjusted(shift, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, span)

    # Mouse and keys

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        found = self._cell_at(event.position().toPoint())
        if found is None:
            return
        row, day = found
        if row < 0 or day < 0:
            line = [key for key in self._values if key[0] == row or key[1] == day]
            self._paint(line, self._brush)
            return
        self._at = self._last = found
        self._paint([found], self._brush)
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._cell_at(event.position().toPoint())
        if self._last is None or found is None or found == self._last or min(found) < 0:
            return
        self._paint(_between(self._last, found), self._brush)
        self._at = self._last = found
        self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._last = None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and self._patterns:
            down, right = _STEPS[key]
            row = min(max(self._at[0] + down, 0), len(self._patterns) - 1)
            self._at = (row, min(max(self._at[1] + right, 0), DAYS - 1))
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._paint([self._at], self._brush)
            self._say()
            self.update()
        elif key in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._paint([self._at], self._brush)
        elif key in _BRUSHES:
            self.use(_BRUSHES[key])
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._say()
        super().focusInEvent(event)

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self.setAccessibleName(tr("每周可执勤时间"))
        self._say()
        self.update()

    def _say(self) -> None:
        """Name the cell with the focus for a screen reader."""
        if self._values:
            row, day = self._at
            words = (weekday_text(day), shift_mark(self._patterns[row].mark), PREFERENCES[self._values[self._at]]())
            self.setAccessibleDescription(" ".join(words))


def _between(one: tuple[int, int], other: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the cells that a straight drag passes, so that a fast one leaves no gap."""
    steps = max(abs(other[0] - one[0]), abs(other[1] - one[1]))
    return [
        (round(one[0] + (other[0] - one[0]) * step / steps), round(one[1] + (other[1] - one[1]) * step / steps))
        for step in range(1, steps + 1)
    ]
