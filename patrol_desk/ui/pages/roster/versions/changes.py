"""A table of duties that differ between two versions: by person, by squad, by checkpoint."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from patrol_desk.services.planning.board import Board, DutyChange
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import weekday_text
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.table import DataTable

Duty = tuple[str, int, int]
"""Person, row, shift."""
NO_NOTES: Final[Mapping[Duty, int]] = MappingProxyType({})
MOST_MARKS: Final = 20
_ICONS = {"added": "plus", "removed": "minus", "moved": "arrow-left-right"}
_TONES = {"added": "green", "removed": "text2", "moved": "amber"}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One differing duty in words.

    Parameters
    ----------
    order
        Place in time.
    urgent
        The shift begins today: the person should hear of it first.
    note
        Number of the footnote that says why a rule is broken, 0 for none.
    """

    id: str
    change: DutyChange
    when: str
    place: str
    order: int
    urgent: bool
    note: int = 0


def change_rows(board: Board, changes: Sequence[DutyChange], notes: Mapping[Duty, int] = NO_NOTES) -> list[ChangeRow]:
    """Return changes as rows of the table, in the order given; `notes` are footnotes by person, row and shift."""
    today = board.now.date()
    # A week has few shifts and thousands of changes.
    whens = [_when(board, shift) for shift in range(len(board.shifts))]
    rows = []
    for number, change in enumerate(changes):
        shift = board.shifts[change.shift]
        when, place = whens[change.shift], board.rows[change.row].name
        if change.from_row is not None and change.from_shift is not None:
            if change.from_shift != change.shift:
                when = f"{whens[change.from_shift]} → {when}"
            if change.from_row != change.row:
                place = f"{board.rows[change.from_row].name} → {place}"
        note = notes.get((change.person_id, change.row, change.shift), 0) if change.kind != "removed" else 0
        if note:
            place = f"{place} {footnote(note)}"
        urgent = shift.on_date == today and shift.ends_at > board.now
        rows.append(ChangeRow(f"{number}", change, when, place, change.shift, urgent, note))
    return rows


def footnote(number: int) -> str:
    """Return the mark of a footnote: ① to ⑳, then (21)."""
    return chr(ord("①") + number - 1) if number <= MOST_MARKS else f"({number})"


def _when(board: Board, shift: int) -> str:
    found = board.shifts[shift]
    return f"{weekday_text(found.on_date.weekday())} {shift_mark(found.mark)}"


def change_text(row: ChangeRow) -> str:
    """Return the kind of a change in words."""
    if row.note:
        return tr("破例|改动")
    if row.change.kind == "added":
        return tr("新增|改动")
    return tr("移除|改动") if row.change.kind == "removed" else tr("换班|改动")


class ChangesTable(DataTable):
    """The differing duties, sorted as asked for.

    Parameters
    ----------
    theme
        Gives the look.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.changes: RowsModel[ChangeRow] = RowsModel(_columns(), self)
        self.set_rows_model(self.changes)
        self.setObjectName("changes_table")

    def show_changes(self, board: Board, changes: Sequence[DutyChange], notes: Mapping[Duty, int] = NO_NOTES) -> None:
        """List changes; `notes` are footnotes by person, row and shift."""
        self.changes.set_rows(change_rows(board, changes, notes))

    def order_by(self, key: str) -> None:
        """Sort by person, squad, checkpoint or time."""
        self.changes.sort(self.changes.column_of(key))


def _columns() -> list[Column[ChangeRow]]:
    return [
        Column("kind", lambda: tr("改动|改动表"), 92, change_text, lambda row: row.change.kind,
               icon=lambda row: "circle-x" if row.note else _ICONS[row.change.kind],
               tone=lambda row: "red" if row.note else _TONES[row.change.kind], role="secondary"),
        Column("name", lambda: tr("姓名"), 104, lambda row: row.change.name,
               lambda row: (row.change.name, row.order), role="strong"),
        Column("squad", lambda: tr("小组|改动表"), 110, lambda row: row.change.squad,
               lambda row: (row.change.squad, row.change.name, row.order), squad=lambda row: row.change.colour,
               role="secondary"),
        Column("when", lambda: tr("时间"), 128, lambda row: row.when, lambda row: row.order,
               tone=lambda row: "amber" if row.urgent else ""),
        Column("place", lambda: tr("点位|改动表"), 170, lambda row: row.place,
               lambda row: (row.place, row.order), stretch=True),
        Column("notice", lambda: tr("通知|改动表"), 96,
               lambda row: tr("先打 · 今天") if row.urgent else tr("随变动通知"),
               lambda row: (not row.urgent, row.order), role="secondary",
               tone=lambda row: "amber" if row.urgent else ""),
    ]  # fmt: skip
