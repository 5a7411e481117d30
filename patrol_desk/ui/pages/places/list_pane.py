"""A searchable, filterable list with its states and its foot; checkpoints and muster points alike."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.finding.keys import matcher
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.pages.places.filters import FilterButton
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import ElidedLabel, Label
from patrol_desk.ui.widgets.search_field import SearchField
from patrol_desk.ui.widgets.states import StateStack, state_button
from patrol_desk.ui.widgets.table import DataTable

_NAME = 98
"""Least width of the column of names at 100 %."""


class ListPane(QFrame):
    """Search field, filters, table and foot.

    Parameters
    ----------
    theme
        Gives sizes and colours.
    columns
        Of the table.
    hint
        Gives what the empty search field says.
    name
        Name of the table for tests and screen readers.

    Attributes
    ----------
    note
        Gives what stands at the right of the foot.
    optional
        Keys of the columns that go, first one first, where the name would have no room.
    name_room
        Least width of the column of names at 100 %.
    """

    def __init__(self, theme: Theme, columns: Sequence[Column[Any]], hint: Callable[[], str], name: str) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self._theme = theme
        self._hint = hint
        self.note: Callable[[], str] = str
        self.optional: Sequence[str] = ()
        self.name_room = _NAME
        self._none: tuple[str, Callable[[], str], Callable[[], str], Callable[[], None]] | None = None
        self.filters: list[tuple[FilterButton, Callable[[Any], Any]]] = []
        self.model: RowsModel[Any] = RowsModel(columns, self)
        self.table = DataTable(theme)
        self.table.setObjectName(name)
        self.table.set_rows_model(self.model)
        self.search = SearchField(theme)
        self.search.setObjectName(f"{name}_search")
        self.search.target = self.table
        self.table.search = self.search
        self.states = StateStack(theme)
        self.states.content(self.table)
        self._count = Label("muted")
        self.foot_left, self.foot_right = ElidedLabel("secondary"), Label("muted")
        self._lay_out()
        self.search.changed.connect(lambda _text: self.narrow())
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def add_filter(self, button: FilterButton, value: Callable[[Any], Any]) -> None:
        """Add a filter over what `value` gives of a row."""
        self.filters.append((button, value))
        self._bar.insertWidget(self._bar.count() - 2, button)
        button.changed.connect(self.narrow)

    def add_below(self, widget: QWidget) -> None:
        """Put something between the table and the foot."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def when_empty(
        self, icon: str, sentence: Callable[[], str], verb: Callable[[], str], run: Callable[[], None]
    ) -> None:
        """Say what stands in place of a list without any row, and the way out."""
        self._none = (icon, sentence, verb, run)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show the rows; the selection stays with its row."""
        self.model.replace(rows)
        for button, _ in self.filters:
            button.retranslate()
        self.narrow()

    def narrow(self) -> None:
        """Show the rows that search and filters let through, and say so when there are none."""
        typed = self.search.text()
        found = matcher(typed)
        active = [(button, value) for button, value in self.filters if button.narrows()]
        if typed.strip() or active:
            self.model.filter(
                lambda row: found(row.search) and all(button.lets(value(row)) for button, value in active)
            )
        else:
            self.model.filter(None)
        self._say_count()
        self._fit_bar()
        self._show_state(narrowed=bool(typed.strip() or active))

    def clear_filters(self) -> None:
        """Show every row again."""
        self.search.clear()
        for button, _ in self.filters:
            if button.narrows():
                button.choose(())

    def fail(self, sentence: str, again: Callable[[], None]) -> None:
        """Say that the list could not be read, with the way to try again."""
        self.states.error(sentence, state_button(self._theme, tr("重新读取"), again, "refresh-cw"))

    def reveal(self, row_id: str) -> bool:
        """Choose a row, taking away filters that hide it; say whether there is such a row."""
        if self.model.place_of(row_id) is None:
            if row_id not in {row.id for row in self.model.all_rows()}:
                return False
            self.clear_filters()
        return self.table.go_to(row_id)

    def _show_state(self, *, narrowed: bool) -> None:
        if self.model.rowCount():
            self.states.content(self.table)
        elif narrowed and self.model.all_rows():
            sentence = (
                tr("没有找到“{typed}”。试试名称、拼音首字母或编号。", typed=self.search.text().strip())
                if self.search.text().strip()
                else tr("没有符合筛选条件的行。")
            )
            self.states.empty("search", sentence, state_button(self._theme, tr("全部显示"), self.clear_filters))
        elif self._none is not None:
            icon, words, verb, run = self._none
            self.states.empty(icon, words(), state_button(self._theme, verb(), run, "plus"))

    def _say_count(self) -> None:
        shown, total = self.model.rowCount(), len(self.model.all_rows())
        self._count.setText(
            tr("{count} 个", count=total) if shown == total else tr("{shown} / {total} 个", shown=shown, total=total)
        )

    def _lay_out(self) -> None:
        self._bar = QHBoxLayout()
        self._bar.addWidget(self.search, 3)
        self._bar.addStretch(1)
        self._bar.addWidget(self._count)
        foot = QFrame()
        foot.setProperty("panel", "line-top")
        self._foot = QHBoxLayout(foot)
        self._foot.addWidget(self.foot_left, 1)
        self._foot.addWidget(self.foot_right)
        self._foot_frame = foot
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._bar)
        self._column.addWidget(self.states, 1)
        self._column.addWidget(foot)

    def _restyle(self) -> None:
        px = self._theme.px
        self._bar.setContentsMargins(px(16), px(5), px(12), px(5))
        self._bar.setSpacing(px(2))
        self._foot.setContentsMargins(px(16), 0, px(12), 0)
        self._foot_frame.setFixedHeight(self._theme.row("footer"))
        self.search.setMinimumWidth(px(110))
        self.search.setMaximumWidth(px(210))
        # Long words of filters may not push the detail out of the window.
        self.setMinimumWidth(px(380))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        self._fit_bar()

    def _fit_bar(self) -> None:
        """Leave out the count, then the last filters, where the bar has no room for them; filters in use stay."""
        px = self._theme.px
        room = self.width() - px(28) - self.search.minimumWidth() - px(4)
        buttons = [button for button, _ in self.filters]
        needed = sum(button.sizeHint().width() + px(2) for button in buttons)
        self._count.setVisible(needed + self._count.sizeHint().width() <= room)
        for button in reversed(buttons):
            button.setVisible(button.narrows() or needed <= room)
            needed -= 0 if button.isVisibleTo(self) else button.sizeHint().width() + px(2)

    def _fit_columns(self) -> None:
        """Hide optional columns until the stretching one has room for a name."""
        px = self._theme.px
        widths = {column.key: self.table.own_width(column) for column in self.model.columns if not column.stretch}
        room = self.width() - px(self.name_room) - self.table.verticalScrollBar().sizeHint().width()
        hidden: set[str] = set()
        for key in self.optional:
            if sum(width for other, width in widths.items() if other not in hidden) > room:
                hidden.add(key)
        self.table.leave_out("room", hidden)

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self.search.set_hint(self._hint())
        self.table.setAccessibleName(tr("点位"))
        self.foot_right.setText(self.note())
        self._say_count()
        if self.states.state() == "notice":
            self.narrow()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def focus_table(self) -> None:
        """Give the table the focus, on its first row if none is chosen."""
        if self.model.rowCount() and not self.table.selectionModel().hasSelection():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
