"""A table of duties that differ between two versions: by person, by squad, by checkpoint."""

from collections.abc import Sequence
from dataclasses import dataclass

from patrol_desk.services.planning.board import Board, DutyChange
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import weekday_text
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.table import DataTable

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
    """

    id: str
    change: DutyChange
    when: str
    place: str
    order: int
    urgent: bool


def change_rows(board: Board, changes: Sequence[DutyChange]) -> list[ChangeRow]:
    """Return changes as rows of the table, in the order given."""
    today = board.now.date()
    rows = []
    for number, change in enumerate(changes):
        shift = board.shifts[change.shift]
        when, place = _when(board, change.shift), board.rows[change.row].name
        if change.from_row is not None and change.from_shift is not None:
            if change.from_shift != change.shift:
                when = f"{_when(board, change.from_shift)} → {when}"
            if change.from_row != change.row:
                place = f"{board.rows[change.from_row].name} → {place}"
        urgent = shift.on_date == today and shift.ends_at > board.now
        rows.append(ChangeRow(f"{number}", change, when, place, change.shift, urgent))
    return rows


def _when(board: Board, shift: int) -> str:
    found = board.shifts[shift]
    return f"{weekday_text(found.on_date.weekday())} {shift_mark(found.mark)}"


def change_text(row: ChangeRow) -> str:
    """Return the kind of a change in words."""
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

    def show_changes(self, board: Board, changes: Sequence[DutyChange]) -> None:
        """List changes."""
        self.changes.set_rows(change_rows(board, changes))

    def order_by(self, key: str) -> None:
        """Sort by person, squad, checkpoint or time."""
        self.changes.sort(self.changes.column_of(key))


def _columns() -> list[Column[ChangeRow]]:
    return [
        Column("kind", lambda: tr("改动|改动表"), 92, change_text, lambda row: row.change.kind,
               icon=lambda row: _ICONS[row.change.kind], tone=lambda row: _TONES[row.change.kind], role="secondary"),
        Column("name", lambda: tr("姓名"), 104, lambda row: row.change.name,
               lambda row: (row.change.name, row.order), role="strong"),
        Column("squad", lambda: tr("小组|改动表"), 110, lambda row: row.change.squad,
               lambda row: (row.change.squad, row.change.name, row.order), squad=lambda row: row.change.colour,
               role="secondary"),
        Column("when", lambda: tr("时间"), 128, lambda row: row.when, lambda row: row.order,
               tone=lambda row: "amber" if row.urgent else ""),
        Column("place", lambda: tr("点位|改动表"), 170, lambda row: row.place,
               lambda row: (row.place, row.order), stretch=True),
    ]  # fmt: skip
