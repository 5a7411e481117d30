"""The tab of a checkpoint's changes of status: from when, to what, why, who noted it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout
from typing_extensions import override

from patrol_desk.services.places.rows import LifeChange, PlaceDetail
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import full_day_text, moment_text
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.pages.places.words import status_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.states import StateStack
from patrol_desk.ui.widgets.table import DataTable


def change_columns() -> Sequence[Column[LifeChange]]:
    """Return the columns of the changes."""
    return (
        Column("on", lambda: tr("从哪天起"), 132, lambda row: full_day_text(row.on), lambda row: row.on),
        Column("status", lambda: tr("状态"), 72, _status_text, lambda row: row.status.value, chip=_chip),
        Column("reason", lambda: tr("原因"), 160, lambda row: row.reason or "—", lambda row: row.reason, stretch=True),
        Column("by", lambda: tr("登记人"), 64, lambda row: row.by or "—", lambda row: row.by, role="secondary"),
        Column("at", lambda: tr("登记时间"), 88, lambda row: moment_text(row.at), lambda row: row.at, role="secondary"),
    )


def _status_text(row: LifeChange) -> str:
    return tr("将{status}", status=status_text(row.status)) if row.coming else status_text(row.status)


def _chip(row: LifeChange) -> str:
    return "amber" if row.coming else "plain"


class LifeTab(QFrame):
    """The changes of one checkpoint, the latest first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self.model: RowsModel[LifeChange] = RowsModel(change_columns(), self)
        self.table = DataTable(theme)
        self.table.setObjectName("life_changes")
        self.table.set_rows_model(self.model)
        self._states = StateStack(theme)
        self._states.content(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._states)
        self.retranslate()

    def show_detail(self, detail: PlaceDetail) -> None:
        """Show a checkpoint's changes."""
        self.model.replace(detail.changes)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self.table.setAccessibleName(tr("状态变更"))
        if self.model.rowCount():
            self._states.content(self.table)
        else:
            self._states.empty("history", tr("还没有登记过变更。启用、暂停、关闭时写明日期和原因，都记在这里。"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
