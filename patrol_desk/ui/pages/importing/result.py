"""The last step: what was imported, and where to go from here."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.importing import ImportReport
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.itemmodels.rows import RowsModel
from patrol_desk.ui.pages.importing.preview import TableRow, figures, table_columns, totals
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.kpi import KpiStrip
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.table import DataTable


class ResultView(QWidget):
    """Figures, numbers per table, and the next steps.

    Parameters
    ----------
    theme
        Gives colours.

    Attributes
    ----------
    going
        Sent with the name of a page.
    saving_rejects
        Sent when the rejected rows are to be written to files.
    """

    going = Signal(str)
    saving_rejects = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._report: ImportReport | None = None
        self._saved: tuple[Path, ...] = ()
        self._mark, self._title, self._about = QLabel(), Label("object"), Label("body", wrap=True)
        self.kpi = KpiStrip(theme)
        self.model: RowsModel[TableRow] = RowsModel(table_columns(), self)
        self._view = DataTable(theme)
        self._view.setObjectName("resultTables")
        self._view.set_rows_model(self.model)
        self._next_title = Label("strong")
        self.save = Button(theme, "download")
        self.save.setObjectName("saveRejects")
        self.save.clicked.connect(self.saving_rejects)
        self._ways = [
            self._way("users", "people"),
            self._way("map-pin", "places"),
            self._way("calendar-days", "roster"),
        ]
        self._saved_label = Label("ok", wrap=True)
        self._lay_out()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def _way(self, icon: str, page: str) -> Button:
        button = Button(self._theme, icon)
        button.setObjectName(f"next_{page}")
        button.clicked.connect(lambda: self.going.emit(page))
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 0)
        head.setSpacing(8)
        head.addWidget(self._mark)
        head.addWidget(self._title)
        head.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 0, 16, 12)
        buttons.setSpacing(8)
        for button in (self.save, *self._ways):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._about)
        column.addWidget(self.kpi)
        column.addWidget(self._view, 1)
        column.addWidget(self._next_title)
        column.addLayout(buttons)
        column.addWidget(self._saved_label)
        for label in (self._about, self._next_title, self._saved_label):
            label.setContentsMargins(16, 0, 16, 4)

    def show_report(self, report: ImportReport) -> None:
        """Show what came of an import."""
        self._report = report
        self._saved = ()
        self.model.set_rows([TableRow(table.table.name, table) for table in report.tables])
        self.retranslate()
        self.save.setVisible(totals(report)[3] > 0)

    def show_saved(self, files: Sequence[Path]) -> None:
        """Say where the rejected rows were written."""
        self._saved = tuple(files)
        self.retranslate()

    def _restyle(self) -> None:
        self._mark.setPixmap(self._theme.pixmap("circle-check", "green", 20))

    def retranslate(self) -> None:
        """Set every text anew."""
        self._view.setAccessibleName(tr("每张表导入了什么"))
        report = self._report
        if report is None:
            return
        added, changed, _, rejected = totals(report)
        self._title.setText(tr("导入完成") if report.run_id is not None else tr("没有要写入的内容"))
        self._about.setText(
            tr(
                "新增 {added:,} 行，改动 {changed:,} 行。这次导入可以在“以往导入”里整个撤销。",
                added=added,
                changed=changed,
            )
            if report.run_id is not None
            else tr("文件里的内容和库里一样，什么都没有改。")
        )
        self.kpi.show(figures(report))
        self._next_title.setText(tr("接下来"))
        self.save.setText(tr("保存拒收的 {count:,} 行…", count=rejected))
        for button, text in zip(self._ways, (tr("看人员"), tr("看点位"), tr("去排班")), strict=True):
            button.setText(text)
        names = "\n".join(str(path) for path in self._saved)
        self._saved_label.setText(tr("已保存，改好后可以直接再导入：") + "\n" + names if self._saved else "")
        self._saved_label.setVisible(bool(self._saved))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
