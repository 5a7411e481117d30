"""The help window: topics at the left, found by words; the guide's text at the right."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
)
from typing_extensions import override

from patrol_desk.ui.desk import Desk
from patrol_desk.ui.help.guide import place_of, topics
from patrol_desk.ui.i18n import language, tr
from patrol_desk.ui.shell.pages import entry
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.painting import cell_of, ring
from patrol_desk.ui.widgets.search_field import SearchField

_WIDTH: Final = 940
_HEIGHT: Final = 640
_LIST: Final = 210
_ROW: Final = 32
_LINE_PERCENT: Final = 115
_PLACE: Final = Qt.ItemDataRole.UserRole


class _Lines(QStyledItemDelegate):
    """Paints a topic's line: a bar and a soft fill where it is chosen, the ring where the keys go."""

    def __init__(self, theme: Theme, view: QListWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._theme.px(_LIST), self._theme.px(_ROW))

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
        painter.setFont(theme.font("body", bold=chosen))
        painter.setPen(theme.color("accentText" if chosen else "text"))
        room = rect.adjusted(px(16), 0, -px(6), 0)
        shown = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        if self._view.hasFocus() and self._view.currentRow() == index.row():
            ring(painter, theme, rect.adjusted(2, 2, -2, -2))


def page_titles(page: str) -> tuple[str, ...]:
    """Return the words under which the guide may tell of a page: its own, then those of the page it counts to."""
    own = entry(page)
    return (own.label(), entry(own.parent).label()) if own.parent else (own.label(),)


class HelpDialog(Dialog):
    """The guide, opened at the page shown.

    Typing looks through all of it: topics without the words go, the words are marked in the text, Enter goes on.

    Parameters
    ----------
    desk
        The open station.
    page
        Name of the page shown; empty for none.
    """

    def __init__(self, desk: Desk, page: str) -> None:
        self._desk = desk
        self._at = place_of(*page_titles(page), language=language()) if page else 0
        super().__init__(desk.host, desk.theme, width=_WIDTH, height=_HEIGHT)
        self.setObjectName("help")
        self._fill_body()
        self.tour = Button(desk.theme, "route", "ghost")
        self.tour.setObjectName("help_tour")
        self.tour.setVisible(desk.station.is_sample)
        self.keys = Button(desk.theme, "key-square", "ghost", "?")
        self.keys.setObjectName("help_keys")
        self._close_button = Button(desk.theme, "", "primary", "Esc")
        self.tour.clicked.connect(lambda: self._leave_for("tour"))
        self.keys.clicked.connect(lambda: self._leave_for("keys"))
        self.foot(self._close_button, self.keys, self.tour)
        self.first(self.text)
        desk.theme.changed.connect(self._show_topic)
        self.retranslate()

    def _fill_body(self) -> None:
        theme = self._desk.theme
        self.search = SearchField(theme, "/")
        self.search.setObjectName("help_search")
        self.list = QListWidget()
        self.list.setObjectName("help_topics")
        self.list.setItemDelegate(_Lines(theme, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.search.target = self.list
        self.text = QTextBrowser()
        self.text.setObjectName("help_text")
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.search.changed.connect(lambda _text: self._fill())
        self.search.returnPressed.connect(self._next)
        self.list.currentItemChanged.connect(self._chosen)
        self.list.itemActivated.connect(lambda _item: self.text.setFocus(Qt.FocusReason.OtherFocusReason))
        left = QVBoxLayout()
        left.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), 0)
        left.setSpacing(theme.px(8))
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addLayout(left)
        row.addWidget(self.text, 1)
        self.search.setFixedWidth(theme.px(_LIST))
        self.list.setFixedWidth(theme.px(_LIST))
        self.add_layout(row)
        self.flush()

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.head(tr("帮助"), tr("每一页按 F1，翻到那一页的说明"))
        if not hasattr(self, "_close_button"):
            return
        self.search.set_hint(tr("在说明里找"))
        self.list.setAccessibleName(tr("说明的各节"))
        self.tour.setText(tr("带我走一遍"))
        self.keys.setText(tr("看全部按键"))
        self._close_button.setText(tr("关闭"))
        self._fill()

    def _fill(self) -> None:
        """List the topics that have the words sought; the one shown stays if it has them."""
        sought = self.search.text().strip().casefold()
        self.list.blockSignals(True)
        self.list.clear()
        for place, topic in enumerate(topics(language())):
            if sought in topic.text.casefold():
                item = QListWidgetItem(topic.title)
                item.setData(_PLACE, place)
                self.list.addItem(item)
        places = [self.list.item(row).data(_PLACE) for row in range(self.list.count())]
        if places:
            self.list.setCurrentRow(places.index(self._at) if self._at in places else 0)
        self.list.blockSignals(False)
        self._chosen(self.list.currentItem())

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._at = int(item.data(_PLACE))
        self._show_topic()

    def _show_topic(self) -> None:
        """Show the chosen topic in the look of the moment, the words sought marked."""
        theme, document = self._desk.theme, self.text.document()
        document.setDefaultFont(theme.font("body"))
        document.setDocumentMargin(theme.px(18))
        if not self.list.count():
            self.text.setPlainText(tr("没有找到“{text}”。换一个说法，或少打几个字。", text=self.search.text().strip()))
        else:
            topic = topics(language())[self._at]
            self.text.setMarkdown(topic.text)
            self._space_out()
            self.text.setAccessibleName(topic.title)
        self._mark()

    def _space_out(self) -> None:
        """Give the lines air."""
        px, cursor = self._desk.theme.px, QTextCursor(self.text.document())
        self.text.document().setIndentWidth(px(20))
        cursor.select(QTextCursor.SelectionType.Document)
        air = QTextBlockFormat()
        air.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        air.setBottomMargin(px(5))
        cursor.mergeBlockFormat(air)

    def _mark(self) -> None:
        sought, marks = self.search.text().strip(), []
        look = QTextCharFormat()
        look.setBackground(self._desk.theme.color("amberSoft"))
        look.setForeground(self._desk.theme.color("amber"))
        found = self.text.document().find(sought) if sought else QTextCursor()
        while not found.isNull():
            mark = QTextEdit.ExtraSelection()
            mark.cursor, mark.format = found, look  # type: ignore[attr-defined]  # PySide's stubs leave the fields out
            marks.append(mark)
            found = self.text.document().find(sought, found)
        self.text.setExtraSelections(marks)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        if marks:
            self._to_next_mark()

    def _to_next_mark(self) -> bool:
        return self.text.find(self.search.text().strip(), QTextDocument.FindFlag(0))

    def _next(self) -> None:
        """Go to the next place with the words sought, after a topic's last to the next topic."""
        if not self.search.text().strip() or self._to_next_mark() or not self.list.count():
            return
        following = (self.list.currentRow() + 1) % self.list.count()
        if following == self.list.currentRow():
            self._mark()
        self.list.setCurrentRow(following)

    def _leave_for(self, command: str) -> None:
        self.reject()
        self._desk.commands.start(command)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "/" and not self.search.hasFocus():
            self.search.focus()
            event.accept()
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            # In the field it goes on to the next place, in the list into the text: neither closes the window.
            event.accept()
            return
        super().keyPressEvent(event)
