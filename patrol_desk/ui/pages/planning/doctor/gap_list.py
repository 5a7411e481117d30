"""The gaps by shift and kind of seat: two lines each, how many are there of how many."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.planning.doctor.words import date_text, head_text, kind_text, when_text
from patrol_desk.ui.pages.roster.inspector.cards import CardModel
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import box, cell_of, ring

if TYPE_CHECKING:
    from patrol_desk.services.planning.doctor_data import GapGroup

HEIGHT: Final = (52, 47)
"""Of a row, and when compact."""
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
Index = QModelIndex | QPersistentModelIndex


class GapList(QListView):
    """Groups of gaps to choose from; arrows move.

    Parameters
    ----------
    theme
        Gives colours, fonts and sizes.

    Attributes
    ----------
    chosen
        Sent with the `GapGroup` that is chosen.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.groups: CardModel[GapGroup] = CardModel(head_text, self)
        self.setObjectName("doctor_groups")
        self.setModel(self.groups)
        self.setItemDelegate(_Delegate(theme, self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def show_groups(self, groups: "tuple[GapGroup, ...]", wanted: str = "") -> None:
        """List the gaps and choose one by its id, else the first."""
        self.groups.show_items(groups)
        places = [place for place, group in enumerate(groups) if group.id == wanted]
        if groups:
            self.setCurrentIndex(self.groups.index(places[0] if places else 0))

    def group(self) -> "GapGroup | None":
        """Return the gap that is chosen."""
        row = self.currentIndex().row()
        return self.groups.items[row] if 0 <= row < len(self.groups.items) else None

    def step(self, by: int) -> None:
        """Choose the next gap, or the one before; after the last comes the first."""
        count = len(self.groups.items)
        if count:
            self.setCurrentIndex(self.groups.index((self.currentIndex().row() + by) % count))

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        group = self.group()
        if group is not None:
            self.chosen.emit(group)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    """Paints one group."""

    def __init__(self, theme: Theme, view: GapList) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._theme.px(HEIGHT[self._theme.compact]))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = cell_of(option)
        group = self._view.groups.items[index.row()]
        theme, px = self._theme, self._theme.px
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("accentSoft"))
            painter.fillRect(rect.x(), rect.y(), px(3), rect.height(), theme.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("sunken"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        room = rect.adjusted(px(16), px(5), -px(12), -px(6))
        half = room.height() // 2
        self._first(painter, QRect(room.x(), room.y(), room.width(), half), group)
        self._second(painter, QRect(room.x(), room.y() + half, room.width(), half), group)
        if state & QStyle.StateFlag.State_HasFocus:
            ring(painter, theme, rect, 2)
        painter.restore()

    def _first(self, painter: QPainter, room: QRect, group: "GapGroup") -> None:
        theme = self._theme
        bold, small = theme.font("body", bold=True), theme.font("secondary")
        painter.setFont(bold)
        painter.setPen(theme.color("text"))
        words = when_text(group)
        painter.drawText(room, _LEFT, words)
        after = QFontMetrics(bold).horizontalAdvance(words) + theme.px(8)
        painter.setPen(theme.color("red"))
        painter.drawText(room, _RIGHT, tr("缺 {count}", count=group.missing))
        painter.setFont(small)
        painter.setPen(theme.color("text2"))
        painter.drawText(room.adjusted(after, 0, 0, 0), _LEFT, date_text(group))

    def _second(self, painter: QPainter, room: QRect, group: "GapGroup") -> None:
        theme, px = self._theme, self._theme.px
        small = theme.font("secondary")
        metrics = QFontMetrics(small)
        count = f"{group.filled}/{group.needed}"
        wide = px(72)
        painter.setFont(small)
        painter.setPen(theme.color("text2"))
        shown = metrics.elidedText(kind_text(group), Qt.TextElideMode.ElideRight, wide - px(6))
        painter.drawText(room, _LEFT, shown)
        painter.drawText(room, _RIGHT, count)
        height = px(7)
        width = room.width() - wide - px(58)
        bar = QRect(room.x() + wide, room.center().y() - height // 2, width, height)
        box(painter, bar, theme.color("redSoft"), theme.color("redLine"), 0)
        share = group.filled / group.needed if group.needed else 0.0
        painter.fillRect(bar.x(), bar.y(), round(width * share), height, theme.color("accent"))
