"""The list at the left: the parts of the settings, and a field that finds them by what is in them."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)
from typing_extensions import override

from patrol_desk import __version__
from patrol_desk.services.finding.keys import matcher, search_keys
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.settings.part import Part
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.painting import cell_of, ring
from patrol_desk.ui.widgets.search_field import SearchField

WIDTH: Final = 200
_ROW: Final = 34
_NAME: Final = int(Qt.ItemDataRole.UserRole)
_ICON: Final = _NAME + 1
_FOUND: Final = _NAME + 2


class _Delegate(QStyledItemDelegate):
    """Paints a line: bar and soft fill where it is chosen, icon, word, and what was found in it."""

    def __init__(self, theme: Theme, view: QListWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._theme.px(WIDTH), self._theme.px(_ROW if not index.data(_FOUND) else _ROW + 16))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, px = self._theme, self._theme.px
        rect, state = cell_of(option)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, theme.color("accentSoft"))
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), theme.color("accentText"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("sunken"))
        role, line = "accentText" if chosen else "text2", px(_ROW)
        painter.drawPixmap(
            rect.x() + px(14), rect.y() + (line - px(16)) // 2, theme.pixmap(str(index.data(_ICON)), role, 16)
        )
        left = rect.x() + px(40)
        painter.setFont(theme.font("body", bold=chosen))
        painter.setPen(theme.color("accentText" if chosen else "text"))
        room = QRect(left, rect.y(), rect.right() - left - px(8), line)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, str(index.data(Qt.ItemDataRole.DisplayRole)))
        if found := str(index.data(_FOUND) or ""):
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color("text3"))
            under = QRect(left, rect.y() + px(24), room.width(), px(20))
            shown = painter.fontMetrics().elidedText(found, Qt.TextElideMode.ElideRight, under.width())
            painter.drawText(under, Qt.AlignmentFlag.AlignVCenter, shown)
        if self._view.hasFocus() and self._view.currentRow() == index.row():
            ring(painter, theme, rect.adjusted(2, 2, -2, -2))


class Index(QFrame):
    """The parts in a list with a search field above.

    Parameters
    ----------
    theme
        Gives the look.
    parts
        In order.
    path
        Gives the name of the open file, for the foot.

    Attributes
    ----------
    chosen
        Sent with the name of the part that the user chose.
    entered
        Sent when the user goes into the chosen part, by Enter.
    """

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, theme: Theme, parts: Sequence[Part], path: Callable[[], str]) -> None:
        super().__init__()
        self._theme = theme
        self._parts = parts
        self._path = path
        self.setProperty("panel", "surface")
        self.search = SearchField(theme, "/")
        self.search.setObjectName("settings_search")
        self.list = QListWidget()
        self.list.setObjectName("settings_list")
        self.list.setItemDelegate(_Delegate(theme, self.list))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.search.target = self.list
        self._foot = Label("muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(8)
        top = QVBoxLayout()
        top.setContentsMargins(12, 0, 12, 0)
        top.addWidget(self.search)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 0, 12, 0)
        foot.addWidget(self._foot)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self.search.changed.connect(lambda _text: self._fill())
        self.search.returnPressed.connect(self._take_first)
        self.list.itemActivated.connect(lambda _item: self.entered.emit())
        self.list.currentItemChanged.connect(self._current)
        theme.changed.connect(self._restyle)
        self._shown = parts[0].name
        self._restyle()
        self.retranslate()

    def show_part(self, name: str) -> None:
        """Mark a part as the one shown."""
        self._shown = name
        if self.search.text():
            self.search.clear()
        self._mark()

    def retranslate(self) -> None:
        """Take every word anew."""
        self.search.set_hint(tr("查设置"))
        self.list.setAccessibleName(tr("设置的各部分"))
        self._foot.setText(tr("巡防台 {version}", version=__version__) + "\n" + self._path())
        self._fill()

    def _fill(self) -> None:
        text = self.search.text().strip()
        wanted = matcher(text) if text else None
        self.list.blockSignals(True)
        self.list.clear()
        for part in self._parts:
            found = "" if wanted is None else next((word for word in part.words() if wanted(search_keys(word))), "")
            if wanted is None or found or wanted(search_keys(part.title())):
                item = QListWidgetItem(part.title())
                for role, value in ((_NAME, part.name), (_ICON, part.icon), (_FOUND, found)):
                    item.setData(role, value)
                self.list.addItem(item)
        self.list.blockSignals(False)
        self._mark()

    def _mark(self) -> None:
        self.list.blockSignals(True)
        for place in range(self.list.count()):
            if self.list.item(place).data(_NAME) == self._shown:
                self.list.setCurrentRow(place)
        self.list.blockSignals(False)

    def _take_first(self) -> None:
        if self.list.count():
            name = str(self.list.item(0).data(_NAME))
            self.search.clear()
            self.chosen.emit(name)
            self.entered.emit()

    def _current(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_NAME) != self._shown:
            self.chosen.emit(str(item.data(_NAME)))

    def _restyle(self) -> None:
        self.setFixedWidth(self._theme.px(WIDTH))
        self.list.doItemsLayout()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
