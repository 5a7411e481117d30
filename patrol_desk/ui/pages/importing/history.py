"""The imports so far, each of which can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.clock import wall_time
from patrol_desk.services.importing import ImportEntry
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import moment_text
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.states import StateStack
from patrol_desk.ui.widgets.table import DataTable


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An import in the list."""

    id: str
    entry: ImportEntry


def entry_totals(entry: ImportEntry) -> tuple[int, int, int]:
    """Return how many rows an import added, changed and kept out."""
    tables = entry.tables
    return (
        sum(table.added for table in tables),
        sum(table.changed for table in tables),
        sum(table.rejected for table in tables),
    )


def _columns() -> list[Column[EntryRow]]:
    def moment(at: datetime) -> str:
        return moment_text(wall_time(at))

    def count(row: EntryRow, place: int) -> str:
        return f"{entry_totals(row.entry)[place]:,}"

    def state(row: EntryRow) -> str:
        entry = row.entry
        if entry.undone_at is not None:
            return tr("{at} 由{name}撤销", at=moment(entry.undone_at), name=entry.undone_by)
        return tr("有效") if entry.can_undo else tr("有效，不能再撤销")

    return [
        Column("at", lambda: tr("时间"), 120, lambda row: moment(row.entry.at), lambda row: row.entry.at),
        Column("by", lambda: tr("操作人"), 110, lambda row: row.entry.made_by or "—", lambda row: row.entry.made_by),
        Column(
            "tables", lambda: tr("表"), 320,
            lambda row: tr("、|分隔").join(say(table.table) for table in row.entry.tables), stretch=True,
        ),
        Column("added", lambda: tr("新增|行"), 80, lambda row: count(row, 0), align="right"),
        Column("changed", lambda: tr("改动"), 80, lambda row: count(row, 1), align="right"),
        Column("rejected", lambda: tr("拒收"), 80, lambda row: count(row, 2), align="right"),
        Column(
            "state", lambda: tr("状态"), 220, state,
            chip=lambda row: "plain" if row.entry.undone_at else ("green" if row.entry.can_undo else ""),
        ),
    ]  # fmt: skip


class HistoryView(QWidget):
    """The list and the button that takes one back.

    Parameters
    ----------
    theme
        Gives colours.

    Attributes
    ----------
    undoing
        Sent with the `ImportEntry` to take back.
    """

    undoing = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.model: RowsModel[EntryRow] = RowsModel(_columns(), self)
        self.view = DataTable(theme)
        self.view.setObjectName("pastImports")
        self.view.set_rows_model(self.model)
        self.view.current_row_changed.connect(lambda _row: self._enable())
        self.view.activated_row.connect(self._undo)
        self.undo = Button(theme, "rotate-ccw", "danger", keys="Enter")
        self.undo.setObjectName("undoImport")
        self.undo.clicked.connect(self._undo)
        self._hint = Label("secondary", wrap=True)
        self._state = StateStack(theme)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 10)
        foot.setSpacing(12)
        foot.addWidget(self._hint, 1)
        foot.addWidget(self.undo)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._state)
        self._state.hold(inner)
        self._state.loading()
        self.retranslate()

    def show_entries(self, entries: Sequence[ImportEntry]) -> None:
        """Show the imports, newest first."""
        self.model.replace([EntryRow(entry.run_id, entry) for entry in entries])
        if entries:
            self._state.content()
            if self.view.current_row() is None:
                self.view.go_to(entries[0].run_id)
        else:
            self._state.empty("history", tr("还没有导入过。"))
        self._enable()

    def _chosen(self) -> ImportEntry | None:
        row = self.view.current_row()
        return row.entry if isinstance(row, EntryRow) else None

    def _enable(self) -> None:
        chosen = self._chosen()
        self.undo.setEnabled(chosen is not None and chosen.can_undo)

    def _undo(self) -> None:
        chosen = self._chosen()
        if chosen is not None and chosen.can_undo:
            self.undoing.emit(chosen)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.undo.setText(tr("撤销这次导入…"))
        self.view.setAccessibleName(tr("以前的导入"))
        self._hint.setText(tr("撤销会删去这次新增的行，把改动的行恢复原样；之后又改过的行会留下。先做备份。"))
        if not self.model.all_rows() and self._state.state() == "notice":
            self._state.empty("history", tr("还没有导入过。"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
