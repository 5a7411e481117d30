"""The preview of standing in: who did not come, who would take the seat and why, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import say, shift_mark, tr
from patrol_desk.ui.i18n.dates import day_text, span_text
from patrol_desk.ui.itemmodels.rows import Column, RowsModel, tick_column
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from patrol_desk.services.planning.board import Board
    from patrol_desk.services.planning.edits import StandIn


@dataclass(frozen=True, slots=True)
class StandInRow:
    """One row of the preview."""

    id: str
    missing: str
    when: str
    place: str
    person: str
    squad: str
    colour: int | None
    why: str


class StandInDialog(Dialog):
    """Asks whose seat shall be given to whom.

    Parameters
    ----------
    host, theme
        The window and its look.
    board
        The week.
    proposed
        Those who did not come, each with who could stand in.
    unable
        How many more are missing, of whom the plan is locked or gone.
    """

    def __init__(self, host: QWidget, theme: Theme, board: "Board", proposed: "Sequence[StandIn]", unable: int) -> None:
        super().__init__(host, theme, width=940, height=min(600, 230 + 29 * max(3, len(proposed))))
        self._board = board
        self._proposed = {one.assignment_id: one for one in proposed}
        self._unable = unable
        self.taken: tuple[StandIn, ...] = ()
        self.setObjectName("stand_in_dialog")
        self.model: RowsModel[StandInRow] = RowsModel(_columns(), self)
        self.table = DataTable(theme)
        self.table.setObjectName("stand_in_table")
        self.table.set_rows_model(self.model)
        self._rest = Label("warn", wrap=True)
        self.add(self.table, 1)
        self.add(self._rest)
        self._go = Button(theme, "user-check", "primary", keys="Ctrl+Enter")
        self._go.setObjectName("stand_in_confirm")
        self._cancel = Button(theme, keys="Esc")
        self._cancel.clicked.connect(self.reject)
        self.foot(self._go, self._cancel)
        self.model.set_rows(self._rows())
        self.model.ticks.put([one.assignment_id for one in proposed if one.candidate is not None], on=True)
        self.model.ticks.changed.connect(self._count)
        self.first(self.table)
        self.retranslate()

    def chosen(self) -> "tuple[StandIn, ...]":
        """Return the ticked ones."""
        return tuple(one for key, one in self._proposed.items() if key in self.model.ticks)

    @override
    def accepting(self) -> bool:
        self.taken = self.chosen()
        return True

    @override
    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "_go"):
            return
        self.head(tr("给未到的人补位"), tr("勾选的人记为缺勤，席位交给补位的人；是一步，可撤销"))
        self.table.setAccessibleName(tr("未到的人"))
        self.model.set_rows(self._rows())
        self._cancel.setText(tr("取消"))
        self._count()

    def _count(self) -> None:
        chosen = self.chosen()
        filled = sum(one.candidate is not None for one in chosen)
        self._go.setText(tr("记缺勤 {absent} 人，补位 {count} 人", absent=len(chosen), count=filled))
        self._go.setEnabled(bool(chosen))
        alone = sum(one.candidate is None for one in self._proposed.values())
        said = [tr("{count} 人没有可补位的人，勾选则只记缺勤。", count=alone)] if alone else []
        if self._unable:
            said.append(tr("{count} 人的班次已锁定或已变，请在排班表处理。", count=self._unable))
        self._rest.setText("\n".join(said))
        self._rest.setVisible(bool(said))

    def _rows(self) -> list[StandInRow]:
        return [self._row(one) for one in self._proposed.values()]

    def _row(self, one: "StandIn") -> StandInRow:
        shift, best = self._board.shifts[one.shift], one.candidate
        hours = f"{shift_mark(shift.mark)} {span_text(shift.start_minute, shift.length_minutes)}"
        return StandInRow(
            id=one.assignment_id,
            missing=one.name,
            when=f"{day_text(shift.on_date)} {hours}",
            place=self._board.rows[one.row].name,
            person="" if best is None else best.name,
            squad="" if best is None else best.squad,
            colour=None if best is None else best.colour,
            why=tr("没有可安排的人") if best is None else " · ".join(say(chip.text) for chip in best.chips),
        )


def _columns() -> list[Column[StandInRow]]:
    return [
        tick_column(),
        Column("missing", lambda: tr("未到|列"), 124, lambda row: row.missing, lambda row: row.missing, role="strong"),
        Column("when", lambda: tr("班次|列"), 150, lambda row: row.when, lambda row: row.when),
        Column("place", lambda: tr("点位|列"), 130, lambda row: row.place, lambda row: row.place),
        Column("person", lambda: tr("补位的人"), 100, lambda row: row.person, lambda row: row.person, role="strong"),
        Column("squad", lambda: tr("小组|列"), 120, lambda row: row.squad, lambda row: row.squad,
               squad=lambda row: row.colour, role="secondary"),
        Column("why", lambda: tr("理由"), 220, lambda row: row.why, lambda row: row.why, stretch=True),
    ]  # fmt: skip
