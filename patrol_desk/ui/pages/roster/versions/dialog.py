"""The week's versions, and what leads from one to another, by person, squad and checkpoint."""

from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from patrol_desk.common.clock import STATION_UTC_OFFSET
from patrol_desk.models import VersionState
from patrol_desk.services.planning import versions
from patrol_desk.services.planning.board import VersionInfo
from patrol_desk.services.planning.board.changes import squad_changes
from patrol_desk.services.planning.versions import Comparison
from patrol_desk.services.planning.wishes import kept_otherwise
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import moment_text, week_text
from patrol_desk.ui.i18n.numbers import percent
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.pages.roster.versions.changes import ChangesTable
from patrol_desk.ui.pages.roster.versions.squads import SquadChangesTable
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.pick_box import PickBox
from patrol_desk.ui.widgets.segmented import Segmented
from patrol_desk.ui.widgets.states import StateStack
from patrol_desk.ui.widgets.table import DataTable


def version_state(version: VersionInfo) -> str:
    """Return a version's state in words."""
    if version.state is VersionState.DRAFT:
        return tr("草稿")
    return tr("已发布") if version.state is VersionState.PUBLISHED else tr("已被取代")


def _made(version: VersionInfo) -> str:
    return moment_text((version.published_at or version.made_at) + STATION_UTC_OFFSET)


class VersionsDialog(Dialog):
    """Versions at the left, the way from the chosen one to another at the right: at first to the newest.

    Parameters
    ----------
    desk
        Reads comparisons.
    known
        The versions, newest first.
    """

    def __init__(self, desk: Desk, known: tuple[VersionInfo, ...]) -> None:
        super().__init__(desk.host, desk.theme, width=980, height=600)
        self._desk = desk
        self._known = known
        self.setObjectName("versions_dialog")
        self.flush()
        self.head(tr("{week}的版本", week=week_text(desk.week)), tr("选一版，再选与哪一版比较"))
        self.table = DataTable(desk.theme)
        self.table.setObjectName("versions_table")
        self.table.setAccessibleName(tr("版本|表"))
        self.model: RowsModel[VersionInfo] = RowsModel(_columns(), self)
        self.table.set_rows_model(self.model)
        self.words = Label("secondary", wrap=True)
        self.changes = ChangesTable(desk.theme)
        self.changes.setAccessibleName(tr("改动|改动表"))
        self.changes.leave_out("view", ("notice",))
        self.squads = SquadChangesTable(desk.theme)
        self.squads.setAccessibleName(tr("涉及的小组"))
        self.states = StateStack(desk.theme)
        self.against = PickBox()
        self.against.setObjectName("versions_against")
        self.against.setAccessibleName(tr("与哪一版比较"))
        for version in known:
            self.against.addItem(tr("到 v{number} {state}", number=version.number, state=version_state(version)))
        self.order = Segmented(desk.theme, small=True)
        self.order.setObjectName("versions_order")
        self.order.set_choices(
            [("person", tr("按人"), None), ("squad", tr("按小组"), None), ("place", tr("按点位"), None)]
        )
        self._found: Comparison | None = None
        self._lay_out()
        self.against.currentIndexChanged.connect(lambda _index: self._chosen(self.table.current_row()))
        self.order.changed.connect(lambda _key: self._show_found())
        back = Button(desk.theme, keys="Esc")
        back.setText(tr("关闭"))
        self.foot(back)
        self.model.set_rows(known)
        self.table.current_row_changed.connect(self._chosen)
        self.first(self.table)
        older = known[1].id if len(known) > 1 else known[0].id
        self.table.go_to(older)

    def _lay_out(self) -> None:
        theme = self._theme
        left, right = QFrame(), QFrame()
        left.setProperty("panel", "surface")
        right.setProperty("panel", "line-left")
        left.setFixedWidth(theme.px(440))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        column = QVBoxLayout(right)
        column.setContentsMargins(theme.px(1), theme.px(8), 0, 0)
        column.setSpacing(theme.px(8))
        line = QHBoxLayout()
        line.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        line.setSpacing(theme.px(8))
        line.addWidget(self.against)
        line.addStretch(1)
        line.addWidget(self.order)
        column.addLayout(line)
        words = QHBoxLayout()
        words.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        words.addWidget(self.words)
        column.addLayout(words)
        column.addWidget(self.states, 1)
        self.states.hold(self.squads)
        self.states.content(self.changes)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(right, 1)
        self.add(whole, 1)

    def _chosen(self, row: object) -> None:
        if not isinstance(row, VersionInfo):
            return
        other = self._known[max(self.against.currentIndex(), 0)]
        self._found = None
        if row.id == other.id:
            words = tr("v{number} 共 {count} 个班次。", number=row.number, count=row.assignments)
            self.words.setText("\n".join((words, *_run_words(row))))
            self.states.empty("git-compare", tr("两边是同一版。在左边或上面另选一版，看改了什么。"))
            return
        work = partial(self._compare, row.number, other.number)
        self._desk.tasks.start("roster.comparison", work(), owner=self, exclusive="roster.comparison")

    async def _compare(self, older: int, newer: int) -> None:
        self.states.loading()
        found = await self._desk.read(versions.compare, self._desk.week, older, newer)
        self._show(found)

    def _show(self, found: Comparison) -> None:
        words = (
            tr("v{a} 到 v{b}：改动 {count} 处，{same} 个班次不变；覆盖率 {before}% → {after}%。",
               a=found.a.number, b=found.b.number, count=len(found.changes), same=found.unchanged,
               before=percent(found.figures_a.coverage), after=percent(found.figures_b.coverage))
        )  # fmt: skip
        self.words.setText("\n".join((words, *_run_words(found.a), *_run_words(found.b))))
        self._found = found
        self._show_found()

    def _show_found(self) -> None:
        found, key = self._found, self.order.chosen()
        if found is None:
            return
        if not found.changes:
            self.states.empty("check", tr("这两版的安排完全相同。"))
        elif key == "squad":
            self.squads.show_squads(squad_changes(found.changes))
            self.states.content(self.squads)
        else:
            self.changes.show_changes(found.board, found.changes)
            self.changes.order_by("place" if key == "place" else "name")
            self.states.content(self.changes)


def _run_words(version: VersionInfo) -> tuple[str, ...]:
    """Return the line that says which rules the run behind a version kept otherwise; none for most."""
    rules = kept_otherwise(version.figures)
    what = tr("；|列举").join(say(rule) for rule in rules)
    return (tr("v{number} 自动排班时另定了规则：{what}", number=version.number, what=what),) if rules else ()


def _columns() -> list[Column[VersionInfo]]:
    return [
        Column("number", lambda: tr("版本"), 60, lambda row: f"v{row.number}", lambda row: row.number, role="strong"),
        Column("state", lambda: tr("状态"), 84, version_state, lambda row: row.state.value, role="secondary"),
        Column("when", lambda: tr("时间"), 100, _made, lambda row: row.published_at or row.made_at, role="secondary"),
        Column("who", lambda: tr("发布人"), 80, lambda row: row.published_by or "–", role="secondary", stretch=True),
        Column("count", lambda: tr("班次数"), 70, lambda row: f"{row.assignments:,}", lambda row: row.assignments,
               align="right"),
    ]  # fmt: skip


async def show_versions(desk: Desk) -> None:
    """Show the versions of the week in view."""
    board = await desk.boards.get(desk.week)
    if not board.versions:
        desk.tell(tr("本周还没有排班，没有版本。"))
        return
    await VersionsDialog(desk, board.versions).ask()
