"""A list and the detail of its chosen row, with the question that unsaved edits ask before they would be lost."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import PatrolError
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.places.dialogs import Answer, ask_unsaved
from patrol_desk.ui.pages.places.list_pane import ListPane
from patrol_desk.ui.pages.places.panel import RecordPanel
from patrol_desk.ui.widgets.states import StateStack, state_button

_DETAIL = (766, 740)
"""Least width of a detail at 100 %, and when compact."""
_NARROW = 476
"""Least width of a detail that makes do without its side column."""
_LIST = 430
"""Least width of a list beside a detail with its side column."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a pane gets its records from.

    Parameters
    ----------
    name
        For the names of tasks.
    rows
        Reads the list.
    detail
        Reads a record.
    show
        Shows what was read in the panel.
    kinds
        Kinds of record whose change makes the list and the detail be read again.
    """

    name: str
    rows: Callable[[], Awaitable[Sequence[Any]]]
    detail: Callable[[str], Awaitable[Any]]
    show: Callable[[Any], None]
    kinds: frozenset[str]


class RecordPane(QFrame):
    """One list with one detail.

    Parameters
    ----------
    desk
        The open station.
    rows, panel
        The list and the detail.
    source
        Where records come from.
    focus
        Gives what Enter in the list gives the focus to.

    Attributes
    ----------
    counted
        Sent with the rows after the list was read.
    """

    counted = Signal(object)

    def __init__(
        self, desk: Desk, rows: ListPane, panel: RecordPanel, source: Source, focus: Callable[[], QWidget]
    ) -> None:
        super().__init__()
        self.desk = desk
        self.list = rows
        self.panel = panel
        self._source = source
        self._focus = focus
        self._wanted = ""
        self._open = True
        self._asking = False
        self._read = False
        self.states = StateStack(desk.theme)
        self.states.content(panel)
        self._edge = QFrame()
        self._edge.setProperty("panel", "line-left")
        inside = QHBoxLayout(self._edge)
        inside.setContentsMargins(1, 0, 0, 0)
        inside.addWidget(self.states)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(rows, 5)
        row.addWidget(self._edge, 6)
        self._edge.hide()
        rows.table.current_row_changed.connect(self._chosen)
        rows.table.activated_row.connect(self._activated)
        panel.closed.connect(lambda: self._start("close", self._close()))
        panel.reload_wanted.connect(self.reload)
        desk.theme.changed.connect(self._restyle)
        self._restyle()

    # Reading

    def enter(self, record_id: str | None) -> None:
        """Be shown: read the list the first time, then go to a record or to the first one."""
        if not self._read or record_id is not None:
            self._start("list", self._enter(record_id))
        else:
            self.list.focus_table()

    async def _enter(self, record_id: str | None) -> None:
        if not self._read and not await self.read_rows():
            return
        if record_id is not None:
            self._open = True
            if not await self.settle():
                return
        if record_id is None or not self.list.reveal(record_id):
            self.list.focus_table()
        else:
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    async def new_record(self) -> None:
        """Ask for a new record, make it and go to it; each kind gives its own."""

    def say_foot(self) -> None:
        """Count at the foot of the list; each kind gives its own."""

    async def go_to(self, record_id: str) -> None:
        """Read the list anew and show a record, for instance one that was just made."""
        if await self.read_rows():
            await self._enter(record_id)

    async def read_rows(self) -> bool:
        """Read the list and say whether it could be read."""
        self.list.states.loading()
        try:
            rows = await self._source.rows()
        except PatrolError as error:
            self.list.fail(say(error.message), lambda: self._start("list", self._enter(None)))
            return False
        self._read = True
        self.list.show_rows(rows)
        self.counted.emit(rows)
        if not rows:
            self._edge.hide()
        return True

    def reload(self) -> None:
        """Read the record shown once more."""
        if self.panel.record_id():
            self._start("reload", self._show(self.panel.record_id()))

    async def _show(self, record_id: str) -> None:
        """Read a record and show it, unless another one is wanted by then."""
        self._edge.show()
        self.states.loading()
        try:
            detail = await self._source.detail(record_id)
        except PatrolError as error:
            again = state_button(self.desk.theme, tr("重新读取"), lambda: self._start("list", self._enter(None)))
            self.states.error(say(error.message), again)
            return
        if record_id == self._wanted:
            self._source.show(detail)
            self.states.content(self.panel)

    def on_changes(self, changes: ChangeSet) -> None:
        """Read again what changed."""
        if self._read and any(changes.touches(kind) for kind in self._source.kinds):
            self._start("list", self.read_rows())
            self.reload()

    # Choosing and closing

    def _chosen(self, row: Any) -> None:  # noqa: ANN401  # rows of either kind
        if row is None or not self._open or self._asking:
            return
        if row.id != self.panel.record_id() or not self._edge.isVisibleTo(self):
            self._start("detail", self._switch(row.id))

    async def _switch(self, record_id: str) -> None:
        if self.panel.dirty() and not await self.settle():
            self.list.reveal(self.panel.record_id())
            return
        self._wanted = record_id
        await self._show(record_id)

    def _activated(self, row: Any) -> None:  # noqa: ANN401  # rows of either kind
        self._open = True
        self._start("detail", self._activate(row.id))

    async def _activate(self, record_id: str) -> None:
        if record_id != self.panel.record_id() or not self._edge.isVisibleTo(self):
            await self._switch(record_id)
        if self.panel.record_id() == record_id:
            self._focus().setFocus(Qt.FocusReason.OtherFocusReason)

    async def _close(self) -> None:
        if await self.settle():
            self._open = False
            self._edge.hide()
            self.list.focus_table()

    async def settle(self) -> bool:
        """Ask what to do with unsaved edits, do it, and say whether one may go on."""
        if not self.panel.dirty():
            return True
        if self._asking:
            return False
        self._asking = True
        try:
            answer = await ask_unsaved(self.desk.host, self.desk.theme, self.panel.title(), self.panel.dirty_text())
        finally:
            self._asking = False
        if answer is Answer.DISCARD:
            self.panel.discard()
        return answer is Answer.DISCARD or (answer is Answer.SAVE and await self.panel.save())

    def may_leave(self, again: Callable[[], object]) -> bool:
        """Say whether nothing is unsaved; else ask, and do `again` once the answer allows."""
        if not self.panel.dirty():
            return True
        self._start("leave", self._leave(again))
        return False

    async def _leave(self, again: Callable[[], object]) -> None:
        if await self.settle():
            again()

    def run(self, work: Coroutine[Any, Any, Any]) -> None:
        """Start something that the pane does."""
        self.desk.tasks.start(self._source.name, work, owner=self)

    def _start(self, what: str, work: Any) -> None:  # noqa: ANN401  # any coroutine
        name = f"{self._source.name} {what}"
        self.desk.tasks.start(name, work, owner=self, exclusive="" if what == "leave" else name)

    def _restyle(self) -> None:
        theme = self.desk.theme
        whole = theme.px(_DETAIL[theme.compact])
        narrow = self.width() < whole + theme.px(_LIST)
        self.panel.set_narrow(narrow)
        self._edge.setMinimumWidth(theme.px(_NARROW) if narrow else whole)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._restyle()
        super().resizeEvent(event)
