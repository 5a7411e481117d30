"""Choosing one or several of a long list: type a few letters, Enter takes."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from patrol_desk.services.finding.keys import matcher, search_keys
from patrol_desk.services.people import PersonRow, SquadTag
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.itemmodels.rows import Column, RowsModel, tick_column
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.search_field import SearchField
from patrol_desk.ui.widgets.table import DataTable


@dataclass(frozen=True, slots=True)
class Pick:
    """Something to choose.

    Parameters
    ----------
    name, note
        What it is called, and what tells it from others.
    colour
        A squad's colour; None for none.
    search
        Key as `services.finding.keys` makes it.
    """

    id: str
    name: str
    note: str
    colour: int | None = None
    search: str = field(default="", repr=False)


def squad_picks(squads: Sequence[SquadTag], people: Sequence[PersonRow]) -> list[Pick]:
    """Return squads with how many people they have."""
    counts: dict[str, int] = {}
    for row in people:
        if row.squad is not None and not row.retired:
            counts[row.squad.id] = counts.get(row.squad.id, 0) + 1
    return [
        Pick(s.id, s.name, tr("{code} · {count} 人", code=s.code, count=counts.get(s.id, 0)), s.colour,
             search_keys(s.name, s.code))
        for s in squads
    ]  # fmt: skip


def person_picks(people: Sequence[PersonRow]) -> list[Pick]:
    """Return people whose week could be copied: those who can serve at some time."""
    return [
        Pick(
            r.id, r.name, f"{r.code}  {r.squad.name if r.squad else ''}", r.squad.colour if r.squad else None, r.search
        )
        for r in people
        if r.free and not r.retired
    ]


class PickTable(DataTable):
    """A list to choose from; Enter takes what has the focus."""

    def __init__(
        self, theme: Theme, picks: Sequence[Pick], *, many: bool, note: Callable[[], str] = lambda: tr("编号")
    ) -> None:
        super().__init__(theme)
        columns: list[Column[Pick]] = [
            Column("name", lambda: tr("名称"), 170, lambda p: p.name, lambda p: p.name, squad=lambda p: p.colour),
            Column("note", note, 200, lambda p: p.note, lambda p: p.note, role="muted", stretch=True),
        ]
        self.picks: RowsModel[Pick] = RowsModel([tick_column(), *columns] if many else columns, self)
        self.set_rows_model(self.picks)
        self.picks.set_rows(picks)
        self.setAccessibleName(tr("可选的项"))


class PickDialog(Dialog):
    """A dialog with a search field over a list.

    Parameters
    ----------
    host, theme
        The window and its look.
    title, sub
        What is chosen.
    verb
        What the choice does.
    picks
        What there is.
    chosen
        Ids ticked at first; None: exactly one is chosen.
    below
        What else is asked, under the list.
    width
        Of the dialog.

    Attributes
    ----------
    picked
        Ids of what was chosen, once the dialog was accepted.
    """

    def __init__(
        self, host: QWidget, theme: Theme, title: str, verb: str, picks: Sequence[Pick],
        *, chosen: Collection[str] | None = None, below: QWidget | None = None, width: int = 480,
    ) -> None:  # fmt: skip
        super().__init__(host, theme, width=width, height=560)
        self.setObjectName("pick")
        self.head(title)
        self._many = chosen is not None
        self.picked: frozenset[str] = frozenset()
        self.table = PickTable(theme, picks, many=self._many)
        self.table.setObjectName("pick_table")
        self.search = _Search(theme, self._take)
        self.search.setObjectName("pick_search")
        self.search.target = self.table
        self.table.search = self.search
        self.search.changed.connect(self._filter)
        self.table.activated_row.connect(lambda _row: self._take())
        self._do = Button(theme, kind="primary")
        self._do.setText(verb)
        self._do.setObjectName("pick_do")
        back = Button(theme, keys="Esc")
        back.setText(tr("取消"))
        back.clicked.connect(self.reject)
        self.add(self.search)
        self.add(self.table, 1)
        if below is not None:
            self.add(below)
        self.foot(self._do, back)
        self.first(self.search)
        if chosen:
            self.table.picks.ticks.set(chosen)
        self.search.set_hint(tr("名称、拼音首字母或编号"))

    @override
    def open(self) -> None:
        super().open()
        self.table.scrollToTop()
        if not self._many and self.table.picks.rowCount() == 1:
            self.table.selectRow(0)

    @override
    def accepting(self) -> bool:
        self.picked = self._chosen()
        return self._many or bool(self.picked)

    def _chosen(self) -> frozenset[str]:
        if self._many:
            return self.table.picks.ticks.ids()
        return frozenset(self.table.selected_ids()[:1])

    def _filter(self, query: str) -> None:
        found = matcher(query)
        self.table.picks.filter(lambda pick: found(pick.search))
        if not self._many and self.table.picks.rowCount():
            self.table.selectRow(0)

    def _take(self) -> None:
        if self._many and not self._chosen():
            row = self.table.current_row()
            if isinstance(row, Pick):
                self.table.picks.ticks.set([row.id])
        self._do.click()


class _Search(SearchField):
    """A search field whose Enter takes the first hit."""

    def __init__(self, theme: Theme, take: Callable[[], None]) -> None:
        super().__init__(theme, "")
        self._take = take

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take()
            return
        super().keyPressEvent(event)
