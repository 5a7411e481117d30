"""Who was told of the week: each squad printed, told, confirmed by its leader, when and by whom."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from typing_extensions import override

from patrol_desk.common.weeks import Week
from patrol_desk.services.planning import told
from patrol_desk.services.planning.told import Mark, SquadStanding, Step, WeekStanding
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import moment_text, week_text
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.table import DataTable


class TellingDialog(Dialog):
    """The squads of a week, those that have not confirmed first; T and Y mark the chosen ones.

    Parameters
    ----------
    desk
        Reads and writes.
    standing
        How far they are.
    """

    def __init__(self, desk: Desk, standing: WeekStanding) -> None:
        super().__init__(desk.host, desk.theme, width=860, height=600)
        self._desk = desk
        self._standing = standing
        self._order: dict[str, int] = {}
        self.setObjectName("telling_dialog")
        self._words = Label("secondary", wrap=True)
        self.table = DataTable(desk.theme)
        self.table.setObjectName("telling_squads")
        self.model: RowsModel[SquadStanding] = RowsModel(_columns(), self)
        self.table.set_rows_model(self.model)
        self.add(self._words)
        self.add(self.table, 1)
        self._tell = self._button("telling_told", "T", "told")
        self._confirm = self._button("telling_confirmed", "Y", "confirmed")
        self._close_button = Button(desk.theme, kind="primary", keys="Esc")
        self._close_button.setObjectName("telling_close")
        self.foot(self._close_button, self._tell, self._confirm)
        self.first(self.table)
        self.retranslate()
        self._show(standing)

    def _button(self, name: str, keys: str, step: Step) -> Button:
        button = Button(self._theme, keys=keys)
        button.setObjectName(name)
        button.clicked.connect(lambda: self._start(step))
        # A shortcut, for a table keeps letters to itself.
        shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self._start(step))
        return button

    @override
    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "_close_button"):
            return
        self.head(tr("{week}的通知与确认", week=week_text(self._standing.week)),
                  tr("第 {number} 版", number=self._standing.number))  # fmt: skip
        self.table.setAccessibleName(tr("小组|列"))
        self._tell.setText(tr("已通知"))
        self._confirm.setText(tr("组长已确认"))
        self._close_button.setText(tr("关闭"))
        self._say()

    def _say(self) -> None:
        left = len(self._standing.unconfirmed)
        self._words.setText(
            tr("还有 {count} 个小组没有确认。选中后按 T 记为已通知，按 Y 记为组长已确认；再按取消。", count=left)
            if left else tr("全部 {count} 个小组都已确认。", count=len(self._standing.squads))
        )  # fmt: skip

    def _show(self, standing: WeekStanding) -> None:
        """Show the squads in the order in which they stood first: who has just confirmed stays where the eye is."""
        self._standing = standing
        if not self._order:
            first = sorted(standing.squads, key=lambda squad: (squad.confirmed is not None, squad.code))
            self._order = {squad.id: number for number, squad in enumerate(first)}
        after = len(self._order)
        self.model.set_rows(sorted(standing.squads, key=lambda squad: (self._order.get(squad.id, after), squad.code)))
        self._say()

    def _chosen(self) -> list[SquadStanding]:
        ids = set(self.table.selected_ids())
        current = self.table.current_row()
        if not ids and isinstance(current, SquadStanding):
            ids = {current.id}
        return [squad for squad in self._standing.squads if squad.id in ids]

    def _start(self, step: Step) -> None:
        self._desk.tasks.start("roster.telling", self._mark(step), owner=self)

    async def _mark(self, step: Step) -> None:
        """Mark the chosen squads; where all have the mark, take it away."""
        squads = self._chosen()
        if not squads:
            return
        on = not all(getattr(squad, step) is not None for squad in squads)
        count, week = len(squads), self._standing.week
        name = tr("通知 {count} 个小组", count=count) if step == "told" else tr("确认 {count} 个小组", count=count)
        await self._desk.write(name, told.mark, week, [squad.id for squad in squads], step, on=on)
        self._show(await self._desk.read(told.week_standing, week))


def _columns() -> list[Column[SquadStanding]]:
    def step(key: str, title: Callable[[], str], pick: Callable[[SquadStanding], Mark | None]) -> Column[SquadStanding]:
        return Column(
            key, title, 160, lambda row: mark_text(pick(row)), lambda row: mark_text(pick(row)), role="secondary",
            icon=lambda row: "check" if pick(row) is not None else "", tone=lambda row: "" if pick(row) else "amber",
        )  # fmt: skip

    return [
        Column("name", lambda: tr("小组|列"), 150, lambda row: row.name, lambda row: row.code,
               squad=lambda row: row.colour, role="strong", stretch=True),
        Column("people", lambda: tr("人数"), 60, lambda row: f"{row.people}", lambda row: row.people, align="right"),
        step("printed", lambda: tr("已打印|通知"), lambda row: row.printed),
        step("told", lambda: tr("已通知"), lambda row: row.told),
        step("confirmed", lambda: tr("组长已确认"), lambda row: row.confirmed),
    ]  # fmt: skip


def mark_text(mark: Mark | None) -> str:
    """Return when something happened, and by whom."""
    return tr("还没有") if mark is None else f"{moment_text(mark.at)} {mark.by}".strip()


async def show_telling(desk: Desk, week: Week) -> None:
    """Show how far the squads of a week are."""
    standing = await desk.read(told.week_standing, week)
    if not standing.squads:
        desk.tell(tr("{week}还没有发布，没有可通知的小组。", week=week_text(week)))
        return
    await TellingDialog(desk, standing).ask()
