"""The tab of a muster point's loans: what is out first, then what came back; who took it, who noted it, when."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout
from typing_extensions import override

from patrol_desk.services.places import loan_history
from patrol_desk.services.places.loan_rows import Loan
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import moment_text
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.pages.places.loan_table import count_text, person_text
from patrol_desk.ui.widgets.states import StateStack
from patrol_desk.ui.widgets.table import DataTable


def history_columns() -> Sequence[Column[Loan]]:
    """Return the columns of the loans."""
    return (
        Column("state", lambda: tr("状态"), 70, state_text, lambda row: row.returned_at is not None, chip=_chip),
        Column("item", lambda: tr("装备"), 78, lambda row: row.item, lambda row: row.item),
        Column("count", lambda: tr("编号 / 数"), 80, count_text, lambda row: row.quantity),
        Column(
            "person", lambda: tr("借用人"), 120, person_text, lambda row: row.person, squad=lambda row: row.colour,
        ),
        Column("purpose", lambda: tr("用途"), 84, lambda row: row.purpose or "—", lambda row: row.purpose),
        Column("lent", lambda: tr("借出|when"), 148, lent_text, lambda row: row.lent_at, role="secondary"),
        Column(
            "returned", lambda: tr("归还|when"), 148, returned_text, lambda row: row.returned_at or row.due_at,
            role="secondary", tip=lambda row: row.remark or returned_text(row),
        ),
    )  # fmt: skip


def state_text(loan: Loan) -> str:
    """Return whether a loan is out, overdue, back, or back with pieces missing."""
    if loan.returned_at is None:
        return tr("逾期|loan") if loan.overdue else tr("借出|loan")
    return tr("缺 {count} 件", count=loan.missing) if loan.missing else tr("已还")


def lent_text(loan: Loan) -> str:
    """Return when something was lent, and who noted it."""
    return " · ".join(filter(None, (moment_text(loan.lent_at), loan.lent_by)))


def returned_text(loan: Loan) -> str:
    """Return when a loan came back and who noted that, else when it is due."""
    if loan.returned_at is None:
        return tr("应还 {due}", due=moment_text(loan.due_at))
    return " · ".join(filter(None, (moment_text(loan.returned_at), loan.returned_by)))


def _chip(loan: Loan) -> str:
    if loan.returned_at is None:
        return "amber" if loan.overdue else "accent"
    return "amber" if loan.missing else "plain"


class LoanHistory(QFrame):
    """The loans of one muster point; read when they are first looked at, and again after each change.

    Parameters
    ----------
    desk
        The open station.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._place = ""
        self._stale = True
        self.setProperty("panel", "surface")
        self.model: RowsModel[Loan] = RowsModel(history_columns(), self)
        self.table = DataTable(desk.theme)
        self.table.setObjectName("loan_history")
        self.table.set_rows_model(self.model)
        self._states = StateStack(desk.theme)
        self._states.content(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._states)
        self.retranslate()

    def show_place(self, muster_point_id: str) -> None:
        """Show the loans of a muster point, as they are now."""
        if muster_point_id != self._place:
            self.model.set_rows(())
        self._place, self._stale = muster_point_id, True
        if self.isVisible():
            self.look()

    def look(self) -> None:
        """Read what is not read yet."""
        if self._stale and self._place:
            self._stale = False
            self._desk.tasks.start("loan history", self._read(self._place), owner=self, exclusive="loan history")

    async def _read(self, muster_point_id: str) -> None:
        loans = await self._desk.read(loan_history, muster_point_id)
        if muster_point_id == self._place:
            self.model.replace(loans)
            self.retranslate()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self.table.setAccessibleName(tr("借还记录"))
        if self.model.rowCount():
            self._states.content(self.table)
        else:
            self._states.empty("history", tr("还没有借还记录。借出的装备从登记那天起都记在这里。"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
