"""A record with a short form, what it changes in numbers, and tables of what belongs to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.pages.places.panel import RecordPanel
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.forms import Field
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.states import StateStack
from patrol_desk.ui.widgets.table import DataTable


@dataclass(frozen=True)
class Listing:
    """One table of what belongs to a record.

    Parameters
    ----------
    name
        Of the table for tests and the memory of its columns.
    title
        Gives the words of its tab.
    columns
        As data.
    none
        Gives what stands in place of an empty table.
    """

    name: str
    title: Callable[[], str]
    columns: Sequence[Column[Any]]
    none: Callable[[], str]


class _Table:
    """A table with its states."""

    def __init__(self, panel: "ScopePanel", listing: Listing) -> None:
        theme = panel.desk.theme
        self.listing = listing
        self.model: RowsModel[Any] = RowsModel(listing.columns, panel)
        self.table = DataTable(theme)
        self.table.setObjectName(listing.name)
        self.table.set_rows_model(self.model)
        self.states = StateStack(theme)
        self.states.content(self.table)

    def show(self, rows: Sequence[Any]) -> None:
        """Show the rows, or that there are none."""
        self.model.replace(rows)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self.table.setAccessibleName(self.listing.title())
        if self.model.rowCount():
            self.states.content(self.table)
        else:
            self.states.empty("map-pin", self.listing.none())


class ScopePanel(RecordPanel):
    """The detail of an area, a period, a community or a grid cell.

    Parameters
    ----------
    desk
        The open station.
    fields
        Of the form.
    listings
        What belongs to the record.

    Attributes
    ----------
    retire_wanted
        Sent when the record is to be retired.
    open_wanted
        Sent with the name of a table and the id of the row that is to be opened.
    """

    retire_wanted = Signal()
    open_wanted = Signal(str, str)

    def __init__(self, desk: Desk, fields: Sequence[Field], listings: Sequence[Listing]) -> None:
        self.detail: Any = None
        super().__init__(desk, fields, columns=2)
        theme = desk.theme
        self.code = Label("muted")
        self._retire = Button(theme, "archive", "ghost")
        self._retire.setObjectName("retire_record")
        self._retire.clicked.connect(self.retire_wanted)
        self._told = Label("body", wrap=True)
        self._told.setObjectName("scope_told")
        self.lists = [_Table(self, listing) for listing in listings]
        for each in self.lists:
            self.tabs.addTab("")
            self.stack.addWidget(each.states)
            each.table.activated_row.connect(lambda row, name=each.listing.name: self.open_wanted.emit(name, row.id))
        self._tab_row = QHBoxLayout()
        self._lay_out()
        self.form.changed.connect(lambda _key: self._scope_again())
        theme.changed.connect(self._respace)
        self._respace()

    # To be given by each kind

    def show_scope(self, scope: Any) -> None:  # noqa: ANN401  # Each kind has its own.
        """Show what the record changes."""

    async def read_scope(self, values: Mapping[str, Any]) -> Any:  # noqa: ANN401  # Each kind has its own.
        """Read what the record would change with the form's values; None where that does not depend on them."""

    def retire_words(self) -> str:
        """Return the words of the button at the foot."""
        return tr("停用…")

    # The record

    @override
    def record_id(self) -> str:
        return "" if self.detail is None else str(self.detail.id)

    @override
    def title(self) -> str:
        return "" if self.detail is None else str(self.detail.row.name)

    def show_detail(self, detail: Any) -> None:  # noqa: ANN401  # Each kind has its own.
        """Show a record; unsaved edits of the same one stay over it."""
        same = self.record_id() == detail.id
        self.detail = detail
        self.put_values(self.stored_values(), keep=same)
        self.retranslate()
        if self.dirty():
            self._scope_again()

    def values(self) -> Mapping[str, Any]:
        """Return the values of the form."""
        return self.form.values()

    def refresh_choices(self) -> None:
        """Offer what can be chosen now."""
        self.form.retranslate()

    def tell(self, sentences: Sequence[str]) -> None:
        """Say what the record changes."""
        self._told.set_role("body")
        self._told.setText("\n".join(sentences))

    @override
    def dirty(self) -> int:
        # Before the first record is shown, a choice that must be made already holds its first entry.
        return 0 if self.detail is None else super().dirty()

    @override
    def discard(self) -> None:
        super().discard()
        if self.detail is not None:
            self.retranslate()

    @override
    def home(self) -> QWidget:
        return self.lists[max(self.tabs.currentIndex(), 0)].table

    def add_tool(self, button: Button) -> None:
        """Put a button beside the tabs."""
        self._tab_row.addWidget(button)

    def _scope_again(self) -> None:
        self.desk.tasks.start("scope", self._read_again(), owner=self, exclusive=f"scope {type(self).__name__}")

    async def _read_again(self) -> None:
        try:
            scope = await self.read_scope(self.form.values())
        except InvalidDataError as error:
            self._told.set_role("muted")
            self._told.setText(say(error.message))
            return
        if scope is not None:
            self.show_scope(scope)

    # Words and layout

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self._retire.setText(self.retire_words())
        for number, each in enumerate(self.lists):
            self.tabs.setTabText(number, each.listing.title())
            each.retranslate()
        if self.detail is not None:
            self.name.setText(self.title())
            self.code.setText(str(self.detail.row.code))

    def _lay_out(self) -> None:
        head = self.head_row((self.mark, self.name, self.code))
        self.mark.hide()
        self._form_row, self._told_row = QVBoxLayout(), QVBoxLayout()
        self._form_row.addWidget(self.form)
        self._told_row.addWidget(self._told)
        self._tab_row.addWidget(self.tabs)
        self._tab_row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        rows = ((head, "line-bottom"), (self._form_row, "surface"), (self._told_row, "sunken"))
        for inner, panel in (*rows, (self._tab_row, "line-bottom")):
            frame = QFrame()
            frame.setProperty("panel", panel)
            frame.setLayout(inner)
            whole.addWidget(frame)
        whole.addWidget(self.stack, 1)
        whole.addWidget(self.foot_frame(self._retire))

    def _respace(self) -> None:
        px = self.desk.theme.px
        self._form_row.setContentsMargins(px(16), px(12), px(12), px(8))
        self._told_row.setContentsMargins(px(16), px(8), px(12), px(8))
        self._tab_row.setContentsMargins(px(8), px(4), px(12), 0)
        self._tab_row.setSpacing(px(8))
