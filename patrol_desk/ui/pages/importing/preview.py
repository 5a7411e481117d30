"""The third step: what the import would do, what it asks, which rows stay out and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.importing import ImportPreview, ImportReport, Question, RejectedRow, TableReport
from patrol_desk.ui.i18n import capital, say, tr
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.kpi import Kpi, KpiStrip
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.states import StateStack
from patrol_desk.ui.widgets.table import DataTable

_MOST_TABLES: Final = 6


@dataclass(frozen=True, slots=True)
class TableRow:
    """What happens to one table."""

    id: str
    report: TableReport


@dataclass(frozen=True, slots=True)
class RejectRow:
    """A row that stays out."""

    id: str
    row: RejectedRow


def totals(report: ImportReport) -> tuple[int, int, int, int]:
    """Return how many rows are new, changed, the same and kept out."""
    tables = report.tables
    return (
        sum(table.added for table in tables),
        sum(table.changed for table in tables),
        sum(table.same for table in tables),
        sum(table.rejected for table in tables),
    )


def figures(report: ImportReport) -> list[Kpi]:
    """Return the four figures of a report."""
    added, changed, same, rejected = totals(report)
    return [
        Kpi(tr("新增|行"), f"{added:,}", tr("行"), tone="green" if added else "text"),
        Kpi(tr("改动"), f"{changed:,}", tr("行"), tone="amber" if changed else "text"),
        Kpi(tr("不变"), f"{same:,}", tr("行")),
        Kpi(tr("拒收"), f"{rejected:,}", tr("行"), tone="red" if rejected else "text"),
    ]


def table_columns() -> list[Column[TableRow]]:
    """Return the columns of the numbers per table."""

    def number(row: TableRow, name: str) -> str:
        count = getattr(row.report, name)
        return f"{count:,}" if count else "—"

    return [
        Column(
            "table", lambda: tr("表"), 130, lambda row: capital(say(row.report.table.word)),
            role="strong", stretch=True,
        ),
        Column("read", lambda: tr("读到"), 70, lambda row: number(row, "read"), align="right"),
        Column("added", lambda: tr("新增|行"), 70, lambda row: number(row, "added"), align="right"),
        Column("changed", lambda: tr("改动"), 70, lambda row: number(row, "changed"), align="right"),
        Column("same", lambda: tr("不变"), 70, lambda row: number(row, "same"), align="right"),
        Column(
            "rejected", lambda: tr("拒收"), 70, lambda row: number(row, "rejected"), align="right",
            tone=lambda row: "red" if row.report.rejected else "",
        ),
    ]  # fmt: skip


def reject_columns() -> list[Column[RejectRow]]:
    """Return the columns of the rows that stay out."""
    return [
        Column("file", lambda: tr("文件"), 150, lambda row: row.row.file, lambda row: row.row.file, role="secondary"),
        Column("line", lambda: tr("行号"), 64, lambda row: str(row.row.line), lambda row: row.row.line, align="right"),
        Column("column", lambda: tr("列"), 110, lambda row: row.row.heading, lambda row: row.row.heading),
        Column("value", lambda: tr("值"), 140, lambda row: row.row.value, lambda row: row.row.value, role="strong"),
        Column(
            "reason", lambda: tr("原因和办法"), 300, _reason, lambda row: row.row.code, tip=_reason, stretch=True
        ),
    ]  # fmt: skip


def _reason(row: RejectRow) -> str:
    return f"{say(row.row.reason)} {say(row.row.suggestion)}"


class _Asked(QFrame):
    """One question with its box and the places it is about."""

    answered = Signal(str, bool)

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self.setProperty("panel", "card-red" if question.required and not question.confirmed else "card-sunken")
        self.box = QCheckBox()
        self.box.setObjectName(f"question_{question.confirmation.value}")
        self.box.setChecked(question.confirmed)
        self.box.clicked.connect(lambda on: self.answered.emit(question.confirmation.value, on))
        self._text, self._lines = Label("body", wrap=True), Label("secondary", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        for widget in (self._text, self._lines, self.box):
            column.addWidget(widget)
        self.retranslate()

    def retranslate(self) -> None:
        question = self.question
        self._text.setText(say(question.text))
        self._lines.setText("\n".join(say(line) for line in question.lines[:4]))
        self._lines.setVisible(bool(question.lines))
        self.box.setText(tr("看过了，就是要这样") if question.required else tr("看过了，这些行也导入"))


class PreviewView(QWidget):
    """Figures, numbers per table, questions, rejected rows.

    Parameters
    ----------
    theme
        Gives colours.

    Attributes
    ----------
    answered
        Sent with the name of a confirmation and whether it was given.
    """

    answered = Signal(str, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._preview: ImportPreview | None = None
        self._cards: list[_Asked] = []
        self.kpi = KpiStrip(theme)
        self.tables: RowsModel[TableRow] = RowsModel(table_columns(), self)
        self.rejects: RowsModel[RejectRow] = RowsModel(reject_columns(), self)
        self._tables_view, self._rejects_view = DataTable(theme), DataTable(theme)
        self._tables_view.setObjectName("previewTables")
        self._rejects_view.setObjectName("previewRejects")
        self._tables_view.set_rows_model(self.tables)
        self._rejects_view.set_rows_model(self.rejects)
        self._titles = [Label("strong") for _ in range(3)]
        self._notes = Label("secondary", wrap=True)
        self._asked = QVBoxLayout()
        self._asked.setSpacing(8)
        self._rejects_state = StateStack(theme)
        self._rejects_state.content(self._rejects_view)
        self._lay_out()
        theme.changed.connect(self._fit)
        self._fit()
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.kpi)
        column.addWidget(self._titles[1])
        column.addLayout(self._asked)
        column.addWidget(self._titles[0])
        column.addWidget(self._tables_view)
        column.addWidget(self._notes)
        column.addWidget(self._titles[2])
        column.addWidget(self._rejects_state, 3)
        for label in (*self._titles, self._notes):
            label.setContentsMargins(16, 4, 16, 0)
        self._asked.setContentsMargins(16, 0, 16, 0)

    def show_preview(self, preview: ImportPreview) -> None:
        """Show what would happen."""
        self._preview = preview
        report = preview.report
        self.tables.set_rows([TableRow(table.table.name, table) for table in report.tables])
        self.rejects.set_rows([RejectRow(str(number), row) for number, row in enumerate(report.rejected)])
        self._ask(preview.questions)
        self._fit()
        self.retranslate()

    def _fit(self) -> None:
        """Give the tables the room of their rows, some six at most, and the rest to the rejected rows."""
        rows = min(len(self.tables.all_rows()), _MOST_TABLES) + 0.5 * (len(self.tables.all_rows()) > _MOST_TABLES)
        self._tables_view.setFixedHeight(self._theme.row("header") + round(rows * self._theme.row("table")) + 2)

    def _ask(self, questions: Sequence[Question]) -> None:
        for card in self._cards:
            self._asked.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [_Asked(question) for question in questions]
        for card in self._cards:
            card.answered.connect(self.answered)
            self._asked.addWidget(card)

    def first_open_question(self) -> QWidget | None:
        """Return the box of the first question that must be answered and is not."""
        unanswered = (card for card in self._cards if card.question.required and not card.question.confirmed)
        return next((card.box for card in unanswered), None)

    def retranslate(self) -> None:
        """Set every text anew."""
        self._tables_view.setAccessibleName(tr("每张表会怎样"))
        self._rejects_view.setAccessibleName(tr("拒收的行"))
        preview = self._preview
        if preview is None:
            return
        report = preview.report
        self.kpi.show(figures(report))
        self._titles[0].setText(tr("每张表会怎样"))
        self._titles[1].setText(tr("要您看一眼"))
        self._titles[1].setVisible(bool(self._cards))
        rejected = totals(report)[3]
        shown = len(report.rejected)
        self._titles[2].setText(
            tr("拒收的行：前 {shown:,} 条，共 {count:,} 条", shown=shown, count=rejected)
            if shown < rejected
            else tr("拒收的行 {count:,}", count=rejected)
        )
        self._notes.setText("\n".join(say(note) for note in report.notes))
        self._notes.setVisible(bool(report.notes))
        for card in self._cards:
            card.retranslate()
        if report.rejected:
            self._rejects_state.content()
        else:
            self._rejects_state.empty("circle-check", tr("没有拒收的行，每一行都能导入。"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
