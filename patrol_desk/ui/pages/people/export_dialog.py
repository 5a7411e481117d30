"""What of ticked people goes to files: everything as the import takes it, or one list with chosen columns."""

from typing import Final, Literal

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from patrol_desk.services.exporting import list_columns
from patrol_desk.services.finding.keys import search_keys
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import language, tr
from patrol_desk.ui.pages.people.dialogs import FormDialog
from patrol_desk.ui.pages.people.picking import Pick, PickTable
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.forms import Field

Form = Literal["folder", "xlsx", "csv"]
USUAL: Final = frozenset({"code", "name", "force", "status", "activity_class", "phone", "joined_on", "weekly_cap"})
"""Columns ticked at first."""


class ExportDialog(FormDialog):
    """Form of the export and, of a list, its columns.

    Parameters
    ----------
    desk
        The open station.
    people
        How many are exported.
    """

    def __init__(self, desk: Desk, people: int) -> None:
        self._count = people
        fields = (
            Field("export_form", lambda: tr("导出成|导出"), "choice", choices=lambda: [
                ("folder", tr("全部资料，七张 CSV 表")), ("xlsx", tr("一张表，XLSX")), ("csv", tr("一张表，CSV"))]),
        )  # fmt: skip
        super().__init__(desk, tr("导出 {count} 人", count=people), tr("选择位置…"), fields)
        self.setObjectName("export_dialog")
        self.columns = list_columns()
        self.table = PickTable(desk.theme, [], many=True, note=lambda: tr("说明"))
        self.table.setObjectName("export_columns")
        self.table.setAccessibleName(tr("导出的列"))
        self._pane = QFrame()
        self._lay_out()
        self.form.set_values({"export_form": "folder"})
        self.form.changed.connect(lambda _key: self._fit())
        self.table.picks.ticks.changed.connect(self._fit)
        self.first(self.form.control("export_form").inner)
        self._fit()

    def _lay_out(self) -> None:
        english = language() == "en"
        picks = [
            Pick(
                one.name, one.en if english else one.zh, self._note(fixed=one.fixed, personal=one.personal), None,
                search_keys(one.zh, one.en),
            )
            for one in self.columns
        ]  # fmt: skip
        self.table.picks.set_rows(picks)
        self.table.picks.ticks.set(USUAL)
        every, none = Button(self.desk.theme, kind="link"), Button(self.desk.theme, kind="link")
        every.setText(tr("全选|列"))
        none.setText(tr("只留必需的列"))
        every.clicked.connect(lambda: self.table.picks.ticks.set(one.name for one in self.columns))
        none.clicked.connect(lambda: self.table.picks.ticks.set(one.name for one in self.columns if one.fixed))
        links = QHBoxLayout()
        links.addWidget(every)
        links.addWidget(none)
        links.addStretch(1)
        column = QVBoxLayout(self._pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(links)
        column.addWidget(self.table)
        self.table.setFixedHeight(self.desk.theme.px(300))
        self.body_layout.insertWidget(1, self._pane)

    def _note(self, *, fixed: bool, personal: bool) -> str:
        if fixed:
            return tr("总是导出：导入按它认人")
        return tr("个人信息") if personal else ""

    def _fit(self) -> None:
        fixed = {one.name for one in self.columns if one.fixed}
        if not fixed <= self.table.picks.ticks.ids():
            self.table.picks.ticks.put(fixed, on=True)
            return
        folder = self.form.value("export_form") == "folder"
        self._pane.setVisible(not folder)
        self.fit()
        chosen = self.table.picks.ticks.ids()
        personal = any(one.personal and not one.fixed and one.name in chosen for one in self.columns)
        if folder:
            text = tr("人员、小组和先莞队成员、可执勤时间、请假、证书、培训；含完整证件号和电话。")
        elif personal:
            text = tr("{count} 人，{columns} 列，含个人信息，请妥善保管。", count=self._count, columns=len(chosen))
        else:
            text = tr("{count} 人，{columns} 列。", count=self._count, columns=len(chosen))
        self.tell(f"{text}{tr('可在导入页原样读回；谁导出了什么，审计日志有记录。')}")

    def form_wanted(self) -> Form:
        """Return the form."""
        found: Form = self.given["export_form"]
        return found

    def accepting(self) -> bool:
        """Keep the columns too, before the table is gone."""
        self.chosen = self.table.picks.ticks.ids()
        return super().accepting()
