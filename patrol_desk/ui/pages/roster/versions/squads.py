"""A table of squads whose week differs between two versions, with how far each has been told of the older one."""

from collections.abc import Sequence
from dataclasses import dataclass

from patrol_desk.services.planning.board.changes import SquadChange
from patrol_desk.services.planning.told import Mark, SquadStanding, WeekStanding
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import moment_text
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.table import DataTable

TOLD = ("printed", "told", "confirmed")


@dataclass(frozen=True, slots=True)
class SquadRow:
    """One squad: what differs, and how far it has been told of the version in force; None without a duty in it."""

    change: SquadChange
    standing: SquadStanding | None

    @property
    def id(self) -> str:
        """The squad's name."""
        return self.change.id


class SquadChangesTable(DataTable):
    """The squads touched, the most first.

    Parameters
    ----------
    theme
        Gives the look.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.squads: RowsModel[SquadRow] = RowsModel(_columns(), self)
        self.set_rows_model(self.squads)
        self.setObjectName("squad_changes_table")

    def show_squads(self, changes: Sequence[SquadChange], standing: WeekStanding | None = None) -> None:
        """List squads; without a standing the columns about it are left out."""
        known = {} if standing is None else {squad.name: squad for squad in standing.squads}
        self.leave_out("standing", TOLD if standing is None or not standing.number else ())
        self.squads.set_rows([SquadRow(change, known.get(change.squad)) for change in changes])


def _mark(mark: Mark | None) -> str:
    return "–" if mark is None else f"{moment_text(mark.at)} {mark.by}".strip()


def kinds_text(change: SquadChange) -> str:
    """Return how many duties of which kind differ."""
    counted = (
        (change.added, tr("新增 {count}", count=change.added)),
        (change.removed, tr("移除 {count}", count=change.removed)),
        (change.moved, tr("换班 {count}", count=change.moved)),
    )
    return tr("、|列举").join(words for count, words in counted if count)


def _columns() -> list[Column[SquadRow]]:
    def step(key: str) -> Column[SquadRow]:
        titles = {
            "printed": lambda: tr("手里的表"), "told": lambda: tr("已通知"), "confirmed": lambda: tr("组长已确认"),
        }  # fmt: skip

        def text(row: SquadRow) -> str:
            return _mark(None if row.standing is None else getattr(row.standing, key))

        return Column(key, titles[key], 108, text, text, role="secondary")

    return [
        Column("squad", lambda: tr("小组|改动表"), 104, lambda row: row.change.squad or tr("未编组"),
               lambda row: row.change.squad, squad=lambda row: row.change.colour, role="strong"),
        Column("people", lambda: tr("人数"), 56, lambda row: f"{row.change.people}", lambda row: -row.change.people,
               align="right"),
        Column("kinds", lambda: tr("改动|改动表"), 170, lambda row: kinds_text(row.change),
               lambda row: -row.change.count, stretch=True, role="secondary"),
        step("printed"), step("told"), step("confirmed"),
    ]  # fmt: skip
