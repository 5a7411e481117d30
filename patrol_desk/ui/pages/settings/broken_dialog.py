"""The duties that would break a rule, each with its sentence; Enter goes to its cell on the roster."""

from collections.abc import Callable, Sequence

from typing_extensions import override

from patrol_desk.services.settings.trial import BrokenDuty
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import day_text
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.table import DataTable

COLUMNS: tuple[Column[BrokenDuty], ...] = (
    Column("person", lambda: tr("人员|head"), 100, lambda row: row.person, lambda row: row.person, role="strong"),
    Column("day", lambda: tr("日期|head"), 100, lambda row: day_text(row.on_date), lambda row: row.on_date),
    Column("shift", lambda: tr("班次|head"), 90, lambda row: say(row.shift), lambda row: say(row.shift)),
    Column("place", lambda: tr("点位|head"), 150, lambda row: row.place, lambda row: row.place),
    Column("why", lambda: tr("为什么"), 260, lambda row: say(row.sentence), role="secondary", stretch=True),
)


class BrokenDialog(Dialog):
    """A table of duties.

    Parameters
    ----------
    desk
        The open station.
    title
        Gives the head.
    duties
        What is shown.
    total
        How many there are, of which these are the first.
    """

    def __init__(self, desk: Desk, title: Callable[[], str], duties: Sequence[BrokenDuty], total: int) -> None:
        self._desk = desk
        self._words = title
        self._shown, self._total = len(duties), total
        super().__init__(desk.host, desk.theme, width=860, height=520)
        self.setObjectName("broken_duties")
        self.flush()
        self.model: RowsModel[BrokenDuty] = RowsModel(COLUMNS)
        self.table = DataTable(desk.theme)
        self.table.setObjectName("broken_table")
        self.table.set_rows_model(self.model)
        self.model.set_rows(duties)
        self.table.activated_row.connect(self._go)
        self.add(self.table, 1)
        self._to_roster = Button(desk.theme, "calendar-days", "primary", "Enter")
        self._to_roster.setObjectName("broken_go")
        self._back = Button(desk.theme, keys="Esc")
        self._back.clicked.connect(self.reject)
        self.foot(self._to_roster, self._back)
        self.first(self.table)
        if duties:
            self.table.selectRow(0)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "_back"):
            return
        sub = tr("先列 {shown} 个，共 {count} 个", shown=self._shown, count=self._total)
        self.head(self._words(), sub if self._shown < self._total else "")
        self.table.setAccessibleName(self._words())
        self._to_roster.setText(tr("在排班表打开"))
        self._back.setText(tr("关闭"))

    @override
    def accepting(self) -> bool:
        self._go(self.table.current_row())
        return False

    def _go(self, row: object) -> None:
        if isinstance(row, BrokenDuty):
            self.reject()
            detail = {"pattern_id": row.pattern_id, "on_date": row.on_date.isoformat()}
            self._desk.go(Target("roster", row.checkpoint_id, detail))
