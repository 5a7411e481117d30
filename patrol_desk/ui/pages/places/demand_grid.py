"""The demand grid: ranges are chosen by dragging or Shift and arrows, numbers are set below it."""

import json
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget
from typing_extensions import override

from patrol_desk.services.places.rows import SeatDemand
from patrol_desk.ui.i18n import shift_mark
from patrol_desk.ui.i18n.dates import span_text
from patrol_desk.ui.pages.places import seats as arithmetic
from patrol_desk.ui.pages.places.demand_model import CELL_ROLE, WEEKDAYS, DemandModel, Key, Shown
from patrol_desk.ui.pages.places.seats import Seats
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import cell_of

_OWN: Final = "application/x-patrol-desk-demand"
"""Clipboard format that keeps the kinds of seat; a spreadsheet gets the counts as text."""
_ROW: Final = (38, 34)
"""Height of a row, and when compact."""
_SIDE: Final = 66
_HEAD: Final = 24
_MOST_ROWS: Final = 6
_HATCH: Final = 4
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


def paint_hatch(painter: QPainter, theme: Theme, rect: QRect) -> None:
    """Paint the hatch of a shift that is not staffed: lines of 45°, 4 px apart."""
    painter.save()
    painter.setClipRect(rect)
    painter.setPen(QPen(theme.color("hatch"), 1))
    for x in range(rect.left() - rect.height(), rect.right() + 1, _HATCH):
        painter.drawLine(x, rect.bottom() + 1, x + rect.height(), rect.top())
    painter.restore()


def paint_flag(painter: QPainter, theme: Theme, rect: QRect) -> None:
    """Paint the triangle of a cell that a security period raises, as high as the rectangle, at its left."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("text2"))
    left, middle = float(rect.left()), rect.top() + rect.height() / 2
    tip = QPointF(left + rect.height() * 0.9, middle)
    painter.drawPolygon([QPointF(left, rect.top()), tip, QPointF(left, rect.top() + rect.height())])
    painter.restore()


class _CellDelegate(QStyledItemDelegate):
    """Paints a cell: counts, hatch, unsaved dot, pips of the week in view, flag of a period, frame of the range."""

    def __init__(self, theme: Theme, view: "DemandGrid") -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        shown: Shown = index.data(CELL_ROLE)
        rect, _ = cell_of(option)
        theme = self._theme
        chosen = self._view.is_chosen(index.row(), index.column())
        painter.fillRect(rect, theme.color("accentSoft" if chosen else "surface"))
        if not shown.seats:
            paint_hatch(painter, theme, rect)
        else:
            self._paint_counts(painter, rect, shown)
        self._paint_pips(painter, rect, shown)
        if shown.unsaved:
            self._paint_dot(painter, rect)
        if shown.raised:
            size = self._theme.px(8)
            paint_flag(painter, self._theme, QRect(rect.x() + 3, rect.y() + 3, size, size))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        painter.fillRect(rect.right(), rect.y(), 1, rect.height(), theme.color("line"))
        if chosen:
            self._paint_frame(painter, rect, index.row(), index.column())

    def _paint_counts(self, painter: QPainter, rect: QRect, shown: Shown) -> None:
        """Paint minimum and desired heads; a number that differs from the stored one stands out."""
        theme, stored = self._theme, shown.stored
        parts = []
        for count, behind in ((arithmetic.minimum, " / "), (arithmetic.desired, "")):
            other = stored is not None and count(stored) != count(shown.seats)
            parts.append((str(count(shown.seats)), other))
            parts.append((behind, False))
        fonts = [theme.font("body", bold=other) for _, other in parts]
        widths = [QFontMetrics(font).horizontalAdvance(text) for (text, _), font in zip(parts, fonts, strict=True)]
        pips = theme.px(8) if shown.planned is not None else 0
        x = rect.center().x() - sum(widths) // 2
        for (text, other), font, width in zip(parts, fonts, widths, strict=True):
            painter.setFont(font)
            painter.setPen(theme.color("accentText" if other else "text"))
            room = QRect(x, rect.y(), width, rect.height() - pips)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, text)
            x += width

    def _paint_pips(self, painter: QPainter, rect: QRect, shown: Shown) -> None:
        """Paint a pip per desired head of the week in view: filled where somebody is planned."""
        planned = shown.planned
        if planned is None:
            return
        width, height, gap = self._theme.px(5), self._theme.px(3), self._theme.px(2)
        count = min(max(planned.desired, planned.heads), (rect.width() - 4) // (width + gap))
        x = rect.center().x() - (count * (width + gap) - gap) // 2
        y = rect.bottom() - self._theme.px(7)
        for number in range(count):
            pip = QRect(x + number * (width + gap), y, width, height)
            if number < planned.heads:
                painter.fillRect(pip, self._theme.color("text3"))
            else:
                missing = "redLine" if number < planned.heads + planned.short else "amberLine"
                painter.setPen(self._theme.color(missing))
                painter.drawRect(pip.adjusted(0, 0, -1, -1))

    def _paint_dot(self, painter: QPainter, rect: QRect) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accentText"))
        size = self._theme.px(4)
        painter.drawEllipse(rect.right() - size - 3, rect.bottom() - size - 3, size, size)
        painter.restore()

    def _paint_frame(self, painter: QPainter, rect: QRect, row: int, column: int) -> None:
        colour = self._theme.color("accentText")
        chosen = self._view.is_chosen
        if not chosen(row - 1, column):
            painter.fillRect(rect.x(), rect.y(), rect.width(), 2, colour)
        if not chosen(row + 1, column):
            painter.fillRect(rect.x(), rect.bottom() - 1, rect.width(), 2, colour)
        if not chosen(row, column - 1):
            painter.fillRect(rect.x(), rect.y(), 2, rect.height(), colour)
        if not chosen(row, column + 1):
            painter.fillRect(rect.right() - 1, rect.y(), 2, rect.height(), colour)


class _Heads(QHeaderView):
    """Weekdays above, shift patterns with their span at the left."""

    def __init__(self, theme: Theme, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self._theme = theme
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    @override
    def sizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(_SIDE), px(_HEAD))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme, model = self._theme, self.model()
        painter.save()
        painter.fillRect(rect, theme.color("sunken"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        painter.fillRect(rect.right(), rect.y(), 1, rect.height(), theme.color("line"))
        if self.orientation() == Qt.Orientation.Horizontal:
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color("text2"))
            painter.drawText(
                rect, Qt.AlignmentFlag.AlignCenter, str(model.headerData(logicalIndex, self.orientation()))
            )
        elif isinstance(model, DemandModel):
            self._paint_pattern(painter, rect, model, logicalIndex)
        painter.restore()

    def _paint_pattern(self, painter: QPainter, rect: QRect, model: DemandModel, place: int) -> None:
        theme, pattern = self._theme, model.patterns[place]
        half = rect.height() // 2
        room = rect.adjusted(theme.px(8), theme.px(3), 0, -theme.px(3))
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.color("text"))
        painter.drawText(room.adjusted(0, 0, 0, -half + 4), Qt.AlignmentFlag.AlignVCenter, shift_mark(pattern.mark))
        painter.setFont(theme.font("micro"))
        painter.setPen(theme.color("text3"))
        span = span_text(pattern.start_minute, pattern.length_minutes)
        painter.drawText(room.adjusted(0, half - 4, 0, 0), Qt.AlignmentFlag.AlignVCenter, span)


class DemandGrid(QTableView):
    """A checkpoint's demand, pattern by weekday.

    Arrows move, Shift and arrows or dragging choose a range, a click on a heading a row or column, Ctrl+A all. Del sets
    what is chosen to not staffed, + and - change the desired heads, Enter goes to the numbers, Ctrl+C and Ctrl+V copy
    and paste, also with a spreadsheet; Ctrl+Z takes an unsaved step back.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    model
        The cells.

    Attributes
    ----------
    range_changed
        Sent when other cells are chosen.
    numbers_wanted
        Sent when Enter asks for the numbers.
    """

    range_changed = Signal()
    numbers_wanted = Signal()
    paste_failed = Signal(str)

    def __init__(self, theme: Theme, model: DemandModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cells = model
        self._chosen: frozenset[tuple[int, int]] = frozenset()
        self.setObjectName("demand_grid")
        self.setItemDelegate(_CellDelegate(theme, self))
        self.setHorizontalHeader(_Heads(theme, Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(_Heads(theme, Qt.Orientation.Vertical, self))
        self.setModel(model)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.selectionModel().selectionChanged.connect(self._select)
        model.modelReset.connect(self._fit)
        theme.changed.connect(self._fit)
        self._fit()

    def is_chosen(self, row: int, column: int) -> bool:
        """Say whether a cell is in the range."""
        return (row, column) in self._chosen

    def chosen_keys(self) -> list[Key]:
        """Return the cells of the range, day by day."""
        patterns = self._cells.patterns
        ordered = sorted(self._chosen, key=lambda place: (place[1], place[0]))
        return [(patterns[row].id, column) for row, column in ordered if row < len(patterns)]

    def choose(self, keys: list[Key]) -> None:
        """Choose cells."""
        rows = {pattern.id: row for row, pattern in enumerate(self._cells.patterns)}
        selection = self.selectionModel()
        selection.clearSelection()
        for pattern_id, weekday in keys:
            index = self._cells.index(rows[pattern_id], weekday)
            selection.select(index, selection.SelectionFlag.Select)
        if keys:
            index = self._cells.index(rows[keys[0][0]], keys[0][1])
            selection.setCurrentIndex(index, selection.SelectionFlag.NoUpdate)

    def _select(self) -> None:
        self._chosen = frozenset((index.row(), index.column()) for index in self.selectedIndexes())
        self.viewport().update()
        self.range_changed.emit()

    def _fit(self) -> None:
        px = self._theme.px
        height = px(_ROW[self._theme.compact])
        rows = min(max(self._cells.rowCount(), 1), _MOST_ROWS)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setFixedWidth(px(_SIDE))
        self.horizontalHeader().setFixedHeight(px(_HEAD))
        self.setFixedHeight(px(_HEAD) + rows * height + 2)
        self._chosen = frozenset((index.row(), index.column()) for index in self.selectedIndexes())
        self.viewport().update()

    @override
    def event(self, event: QEvent) -> bool:
        own = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
        if own and event.type() == QEvent.Type.ShortcutOverride and self._cells.can_step_back():
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = self.chosen_keys()
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.matches(QKeySequence.StandardKey.Undo) and self._cells.can_step_back():
            self._cells.step_back()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._cells.apply(keys, lambda _seats: ())
        elif event.text() in {"+", "-"}:
            by = 1 if event.text() == "+" else -1
            self._cells.apply(keys, lambda now: arithmetic.with_desired(now, arithmetic.desired(now) + by))
        elif event.key() in _ENTER and not event.modifiers():
            self.numbers_wanted.emit()
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters mean nothing here."""

    # Clipboard

    def _copy(self) -> None:
        if not self._chosen:
            return
        rows, columns = sorted({row for row, _ in self._chosen}), sorted({column for _, column in self._chosen})
        table = [
            [self._cells.seats((self._cells.patterns[row].id, column)) if (row, column) in self._chosen else ()
             for column in columns]
            for row in rows
        ]  # fmt: skip
        held = QMimeData()
        held.setText(
            "\n".join("\t".join(arithmetic.to_text(seats).replace(" ", "") for seats in line) for line in table)
        )
        plain = [[[_plain(seat) for seat in seats] for seats in line] for line in table]
        held.setData(_OWN, json.dumps(plain).encode())
        QGuiApplication.clipboard().setMimeData(held)

    def _paste(self) -> None:
        """Paste from the first chosen cell on; one cell fills the whole range."""
        if not self._chosen:
            return
        table = self._held()
        rows, columns = sorted({row for row, _ in self._chosen}), sorted({column for _, column in self._chosen})
        changed: dict[Key, Seats] = {}
        if len(table) == 1 and len(table[0]) == 1:
            targets = dict.fromkeys(self._chosen, table[0][0])
        else:
            targets = {
                (rows[0] + down, columns[0] + across): value
                for down, line in enumerate(table)
                for across, value in enumerate(line)
            }
        for (row, column), value in targets.items():
            if row >= len(self._cells.patterns) or column >= WEEKDAYS:
                continue
            key = (self._cells.patterns[row].id, column)
            seats = arithmetic.from_text(self._cells.seats(key), value) if isinstance(value, str) else value
            if seats is None:
                self.paste_failed.emit(str(value))
                return
            changed[key] = seats
        self._cells.change(changed)

    def _held(self) -> list[list[Seats | str]]:
        mime = QGuiApplication.clipboard().mimeData()
        if mime.hasFormat(_OWN):
            table = json.loads(bytes(mime.data(_OWN).data()))
            return [[tuple(SeatDemand(**seat) for seat in seats) for seats in line] for line in table]
        return [list(line.split("\t")) for line in mime.text().rstrip("\n").splitlines()]


def _plain(seat: SeatDemand) -> dict[str, object]:
    return {"skill_id": seat.skill_id, "leader": seat.leader, "minimum": seat.minimum, "desired": seat.desired}
