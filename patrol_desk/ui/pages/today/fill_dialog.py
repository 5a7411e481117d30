"""The preview of a backfill: who would go where and why, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import say, shift_mark, tr
from patrol_desk.ui.i18n.dates import day_text, span_text
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.states import StateStack
from patrol_desk.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from patrol_desk.services.planning.board import Board
    from patrol_desk.services.planning.edits import FillProposal


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """One row of the preview."""

    id: str
    when: str
    place: str
    person: str
    squad: str
    colour: int
    why: str


class FillDialog(Dialog):
    """Asks whether the proposals shall be written.

    Parameters
    ----------
    host, theme
        The window and its look.
    proposals
        Boards with what was proposed on each.
    """

    def __init__(self, host: QWidget, theme: Theme, proposals: "Sequence[tuple[Board, FillProposal]]") -> None:
        rows = sum(len(proposal.rows) for _, proposal in proposals)
        super().__init__(host, theme, width=900, height=min(600, 210 + 29 * max(3, rows)))
        self._proposals = proposals
        self._model: RowsModel[ProposedRow] = RowsModel(_columns())
        self._table = DataTable(theme)
        self._table.setObjectName("fill_table")
        self._table.set_rows_model(self._model)
        self._rest = Label("warn", wrap=True)
        self._states = StateStack(theme)
        self._states.content(self._table)
        self.add(self._states, 1)
        self.add(self._rest)
        self._go = Button(theme, "zap", "primary", keys="Ctrl+Enter")
        self._go.setObjectName("fill_confirm")
        self._cancel = Button(theme, keys="Esc")
        self._cancel.clicked.connect(self.reject)
        self.foot(self._go, self._cancel)
        self.first(self._table)
        self.retranslate()

    @property
    def people(self) -> int:
        """How many people would be placed."""
        return sum(len(proposal.rows) for _, proposal in self._proposals)

    @override
    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "_go"):
            return
        self.head(tr("一键补位"), tr("将安排 {count} 人次，确认前不写入", count=self.people))
        self._table.setAccessibleName(tr("一键补位"))
        self._model.set_rows(_rows(self._proposals))
        if not self.people:
            self._states.empty("user-x", tr("没有可安排的人"))
        left = sum(gap.missing for _, proposal in self._proposals for gap in proposal.unfilled)
        self._rest.setText(tr("还有 {count} 个席位没有可安排的人，仍为缺口。", count=left))
        self._rest.setVisible(left > 0)
        self._go.setText(tr("安排 {count} 人次", count=self.people))
        self._go.setEnabled(self.people > 0)
        self._cancel.setText(tr("取消"))


def _columns() -> list[Column[ProposedRow]]:
    return [
        Column("when", lambda: tr("班次|列"), 150, lambda row: row.when, lambda row: row.id),
        Column("place", lambda: tr("点位|列"), 150, lambda row: row.place, lambda row: row.place),
        Column("person", lambda: tr("人员"), 90, lambda row: row.person, lambda row: row.person),
        Column(
            "squad", lambda: tr("小组|列"), 120, lambda row: row.squad, lambda row: row.squad,
            squad=lambda row: row.colour,
        ),
        Column("why", lambda: tr("理由"), 260, lambda row: row.why, lambda row: row.why, stretch=True),
    ]  # fmt: skip


def _rows(proposals: "Sequence[tuple[Board, FillProposal]]") -> list[ProposedRow]:
    found = []
    for board, proposal in proposals:
        for number, row in enumerate(proposal.rows):
            shift = board.shifts[row.shift]
            hours = f"{shift_mark(shift.mark)} {span_text(shift.start_minute, shift.length_minutes)}"
            found.append(
                ProposedRow(
                    id=f"{shift.starts_at:%Y%m%d%H%M}-{number:05}",
                    when=f"{day_text(shift.on_date)} {hours}",
                    place=board.rows[row.row].name,
                    person=row.card.name,
                    squad=row.card.squad,
                    colour=row.card.colour,
                    why=" · ".join(say(chip.text) for chip in row.candidate.chips),
                )
            )
    return found
