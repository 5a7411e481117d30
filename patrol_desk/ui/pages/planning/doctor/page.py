"""缺口诊断: why a week cannot be filled, who comes nearest, and what could give way."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import ConcurrentChangeError
from patrol_desk.common.weeks import Week
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import week_span_text, week_text
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.page import Page
from patrol_desk.ui.pages.planning.doctor.consult import Consult, Stage
from patrol_desk.ui.pages.planning.doctor.gap_list import GapList
from patrol_desk.ui.pages.planning.doctor.middle import GapPanel
from patrol_desk.ui.pages.planning.doctor.ways_panel import WaysPanel
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.file_picker import FilePicker, Picker
from patrol_desk.ui.widgets.labels import Chip, Label
from patrol_desk.ui.widgets.progress import ProgressPanel
from patrol_desk.ui.widgets.sections import Section
from patrol_desk.ui.widgets.states import StateStack, state_button

if TYPE_CHECKING:
    from patrol_desk.services.planning.doctor_data import Diagnosis, GapGroup
    from patrol_desk.ui.dialogs.printing.request import PrintRequest

ABOUT: Final = frozenset(
    {
        "plan", "plan_version", "assignment", "person", "demand", "leave", "availability", "checkpoint", "certificate",
        "rule", "person_pause", "known_gap", "membership", "visit_draw",
    }
)  # fmt: skip
"""Tables whose changes make a diagnosis old."""
WIDTH: Final = (288, 252)
"""Of the list of gaps, and when compact."""
ROOM: Final = 440
"""Widest that the progress is shown."""


class DoctorPage(Page):
    """Looks at the desk's week.

    Parameters
    ----------
    desk
        The open station.
    """

    name = "doctor"
    icon = "gauge"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self.progress = ProgressPanel(theme)
        self.consult = Consult(desk, self.progress)
        self.picker: Picker = FilePicker()
        self._wanted: tuple[object, object] | None = None
        self.gaps = GapList(theme)
        self.panel = GapPanel(theme)
        self.ways = WaysPanel(theme, self.consult)
        self._states = StateStack(theme)
        self._build_bar()
        self._build_body()
        self._connect()
        self._commands()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    @override
    def label(self) -> str:
        return tr("缺口诊断")

    @override
    def retranslate(self) -> None:
        self.bar.title(tr("缺口诊断"))
        self._crumb.setText(tr("自动排班"))
        self._back.setText(tr("返回"))
        self._again.setText(tr("重新诊断"))
        self._print.setText(tr("打印诊断"))
        self._save.setText(tr("存为 CSV"))
        self.gaps.setAccessibleName(tr("排不满的地方"))
        self._only.setText(tr("这里只看最低人数；期望人数不在此列。"))
        self.panel.retranslate()
        self.ways.retranslate()
        self.progress.retranslate()
        self._show_stage()

    @override
    def enter(self, target: Target | None) -> None:
        detail = target.detail if target is not None else {}
        week = detail.get("week")
        if isinstance(week, Week):
            self.desk.week = week
        if "pattern_id" in detail:
            self._wanted = detail["pattern_id"], detail.get("on_date")
        if self.consult.busy:
            return
        if self.consult.diagnosis is None or self.consult.week != self.desk.week:
            self.look()
        else:
            self._choose_wanted()
            self._focus()

    @override
    def on_changes(self, changes: ChangeSet) -> None:
        if self.consult.week is None or not any(map(changes.touches, ABOUT)):
            return
        self.look()

    @override
    def print_request(self) -> "PrintRequest | None":
        from patrol_desk.services.printed.kinds import DIAGNOSIS
        from patrol_desk.ui.dialogs.printing.request import PrintRequest

        found = self.consult.diagnosis
        return None if found is None else PrintRequest(found.week, kind=DIAGNOSIS, found=found)

    @override
    def close_down(self) -> None:
        self.progress.stop()

    def _build_bar(self) -> None:
        theme = self.desk.theme
        self._crumb = Button(theme, "", "link")
        self._crumb.setObjectName("doctor_crumb")
        self._arrow = QLabel()
        self._week_words, self._span_words, self._state = Label("strong"), Label("secondary"), Chip(theme)
        self.bar.before(self._crumb)
        self.bar.before(self._arrow)
        for widget in (self._week_words, self._span_words, self._state):
            self.bar.left(widget)
        self._again, self._back = Button(theme, "refresh-cw", keys="Ctrl+R"), Button(theme, "x", keys="Esc")
        self._again.setObjectName("doctor_again")
        self._back.setObjectName("doctor_back")
        self._print = Button(theme, "printer", keys="Ctrl+P")
        self._print.setObjectName("doctor_print")
        self._save = Button(theme, "download", keys="Ctrl+S")
        self._save.setObjectName("doctor_save")
        self.bar.right(self._print)
        self.bar.right(self._save)
        self.bar.right(self._again)
        self.bar.right(self._back)

    def _build_body(self) -> None:
        theme = self.desk.theme
        self._left = QFrame()
        self._left.setProperty("panel", "surface")
        self._head = Section(theme)
        self._proof = Label("secondary", wrap=True)
        self._head.add(self._proof)
        foot = QFrame()
        foot.setProperty("panel", "line-top")
        self._foot = QVBoxLayout(foot)
        self._only = Label("muted", wrap=True)
        self._foot.addWidget(self._only)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.gaps, 1)
        column.addWidget(foot)
        middle = QFrame()
        middle.setProperty("panel", "line-left")
        row = QHBoxLayout(middle)
        row.setContentsMargins(1, 0, 0, 0)
        row.addWidget(self.panel)
        content = QWidget()
        across = QHBoxLayout(content)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._left)
        across.addWidget(middle, 1)
        self._states.hold(content)
        self._waiting = QWidget()
        waits = QHBoxLayout(self._waiting)
        waits.addStretch(1)
        waits.addWidget(self.progress)
        waits.addStretch(1)
        self._states.hold(self._waiting)
        self._content = content
        self.set_body(self._states)
        self.set_side(self.ways)

    def _connect(self) -> None:
        self._crumb.clicked.connect(self.go_back)
        self._back.clicked.connect(self.go_back)
        self._again.clicked.connect(self.look)
        self._print.clicked.connect(self.print_findings)
        self._save.clicked.connect(self.save)
        self.consult.changed.connect(self._show_stage)
        self.gaps.chosen.connect(self.panel.show_group)
        self.panel.person_asked.connect(lambda person: self.desk.go(Target("people", person)))
        self.ways.apply_asked.connect(self.apply)
        self.desk.week_changed.connect(lambda _week: self.look() if self.isVisible() else None)

    def _commands(self) -> None:
        consult = self.consult
        apply = self.command("doctor.apply", lambda: tr("应用并重排"), "wand-sparkles", "Ctrl+Return", self.apply,
                             enabled=lambda: consult.can_apply)  # fmt: skip
        apply.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        self.command("doctor.next", lambda: tr("下一缺口"), "chevron-right", "F8", lambda: self._step(1))
        self.command("doctor.before", lambda: tr("上一缺口"), "chevron-left", "Shift+F8", lambda: self._step(-1))
        self.command("doctor.again", lambda: tr("重新诊断"), "refresh-cw", "Ctrl+R", self.look)
        self.command("doctor.save", lambda: tr("诊断存为 CSV"), "download", "Ctrl+S", self.save,
                     enabled=lambda: consult.stage is Stage.FOUND)  # fmt: skip
        self.command("doctor.back", lambda: tr("停止诊断，返回自动排班"), "x", "Esc", self._leave)

    def save(self) -> None:
        """Ask where, and write what was found as a file."""
        self.desk.tasks.start("findings", self._write_findings(), owner=self, exclusive="findings")

    async def _write_findings(self) -> None:
        from patrol_desk.services.planning.doctor_export import export_findings
        from patrol_desk.ui.pages.planning.doctor.findings import headings, rows_of

        found = self.consult.diagnosis
        if found is None:
            return
        suggestion = Path.home() / f"{found.week} {tr('缺口诊断')}.csv"
        path = await self.picker.save(self.desk.host, tr("诊断存为 CSV"), suggestion, "CSV (*.csv)")
        if path is not None:
            count = await self.desk.write_for_good(export_findings, found.week, headings(), rows_of(found), path)
            self.desk.tell(tr("已写入 {file}，{count} 行", file=path.name, count=count), "ok")

    def print_findings(self) -> None:
        """Open the print dialog with what was found."""
        from patrol_desk.ui.dialogs.printing.dialog import open_print

        open_print(self.desk, self.print_request())

    def look(self) -> None:
        """Look at the desk's week from the start; the choices are forgotten."""
        if self.consult.stage is not Stage.APPLYING:
            self.consult.look(self.desk.week)

    def apply(self) -> None:
        """Write what is chosen and fill the gaps."""
        if self.consult.can_apply:
            self.desk.tasks.start("doctor apply", self._apply(), owner=self)

    def go_back(self) -> None:
        """Show the auto-plan page."""
        self.progress.stop()
        self.desk.go(Target("planning", detail={"week": self.desk.week}))

    def _leave(self) -> None:
        if self.consult.busy:
            self.consult.stop()
        else:
            self.go_back()

    def _step(self, by: int) -> None:
        self.gaps.step(by)

    async def _apply(self) -> None:
        count = len(self.consult.chosen)
        try:
            refill = await self.consult.apply()
        except ConcurrentChangeError as error:
            self.desk.tell(say(error.message), "warn")
            return
        if refill is None:
            return
        words = tr("已应用 {count} 项：", count=count) + tr(
            "新增 {added} 个班次，移除 {removed} 个，还缺 {missing} 人次。可撤销。",
            added=len(refill.come), removed=len(refill.gone), missing=refill.missing,
        )  # fmt: skip
        self.desk.tell(words, "ok")
        self.look()

    # Showing

    def _show_stage(self) -> None:
        consult = self.consult
        week = consult.week or self.desk.week
        self._week_words.setText(week_text(week))
        self._span_words.setText(week_span_text(week))
        found = consult.diagnosis
        self._state.setVisible(found is not None)
        if found is not None:
            self._state.set_text(tr("第 {number} 版", number=found.number))
        self._again.setEnabled(not consult.busy)
        self._print.setEnabled(found is not None and not consult.busy)
        self._save.setEnabled(found is not None and bool(found.groups) and not consult.busy)
        self.side.setVisible(found is not None and bool(found.groups))
        self._show_place(found)

    def _show_place(self, found: "Diagnosis | None") -> None:
        stage, theme = self.consult.stage, self.desk.theme
        if self.consult.busy:
            self._states.content(self._waiting)
            self.progress.button.setFocus()
        elif stage is Stage.STOPPED:
            button = state_button(theme, tr("重新诊断"), self.look, "refresh-cw")
            self._states.empty("gauge", tr("诊断已停止，什么也没有改动。"), button)
        elif self.consult.failure is not None:
            button = state_button(theme, tr("返回自动排班"), self.go_back, "wand-sparkles")
            self._states.empty("calendar-days", say(self.consult.failure), button)
        elif found is not None and not found.groups:
            button = state_button(theme, tr("返回自动排班"), self.go_back, "wand-sparkles")
            self._states.empty(
                "circle-check", tr("没有缺口：{week}每个席位都达到最低人数。", week=week_text(found.week)), button
            )
            button.setFocus()
        elif found is not None:
            self._show_found(found)

    def _show_found(self, found: "Diagnosis") -> None:
        self._states.content(self._content)
        self._head.set_title(
            tr("排不满的地方"), tr("{groups} 处 · {count} 人次", groups=len(found.groups), count=found.missing)
        )
        words = tr("按现有规则，最少也要空 {count} 人次（已证明）。", count=found.proven)
        self._proof.setText(words if found.proven else tr("没有证明非空不可：重排或放宽后可补上。"))
        held = self.gaps.group()
        if self.gaps.groups.items != found.groups:
            self.gaps.show_groups(found.groups, "" if held is None else held.id)
            self._choose_wanted()
            self._focus()

    def _choose_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        found = self.consult.diagnosis
        if wanted is None or found is None:
            return
        groups: list[GapGroup] = [group for group in found.groups if (group.pattern_id, group.on_date) == wanted]
        if groups:
            self.gaps.show_groups(found.groups, groups[0].id)

    def _focus(self) -> None:
        if self._states.state() == "content" and self.isVisible():
            self.gaps.setFocus()

    def _restyle(self) -> None:
        theme, px = self.desk.theme, self.desk.theme.px
        self._left.setFixedWidth(px(WIDTH[theme.compact]))
        self._foot.setContentsMargins(px(16), px(8), px(12), px(8))
        self._arrow.setPixmap(theme.pixmap("chevron-right", "text3", 14))
        self.progress.setFixedWidth(px(ROOM))
