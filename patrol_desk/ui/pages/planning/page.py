"""Auto-plan: what a run is asked, the run itself live, and the candidate it leads to."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import ConcurrentChangeError, PatrolError
from patrol_desk.common.weeks import Week
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import week_span_text, week_text
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.page import Page
from patrol_desk.ui.pages.planning.candidate_panel import CandidatePanel
from patrol_desk.ui.pages.planning.run_panel import RunPanel
from patrol_desk.ui.pages.planning.saving import Saving
from patrol_desk.ui.pages.planning.session import Session, Stage, read_start, read_weights, write_weights
from patrol_desk.ui.pages.planning.setup_panel import SetupPanel
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.states import StateStack

if TYPE_CHECKING:
    from patrol_desk.services.planning.live import RunStart
    from patrol_desk.ui.dialogs.printing.request import PrintRequest

ABOUT = frozenset(
    {
        "plan", "plan_version", "assignment", "person", "person_pause", "demand", "leave", "availability", "checkpoint",
        "rule",
    }
)  # fmt: skip
"""Tables whose changes the page shows before a run."""


class PlanningPage(Page):
    """Plans the desk's week.

    Parameters
    ----------
    desk
        The open station.
    """

    name = "planning"
    icon = "wand-sparkles"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.session = Session(desk)
        self.saving = Saving(desk, self, self.session)
        self._kept = 0
        self._shown_week: Week | None = None
        self._start: RunStart | None = None
        self.setup = SetupPanel(desk.theme)
        self.run_panel = RunPanel(desk, self.session)
        self.candidate = CandidatePanel(desk, self.session)
        self._states = StateStack(desk.theme)
        self._begun = False
        self._build_bar()
        self._build_body()
        self._connect()
        self._commands()
        self.retranslate()

    @override
    def label(self) -> str:
        return tr("自动排班")

    @override
    def retranslate(self) -> None:
        self.bar.title(tr("自动排班"))
        self._back.setText(tr("返回排班表"))
        self._keep.setText(tr("保存为方案"))
        self._say_kept()
        self._earlier.set_name(tr("上一周"), "[")
        self._later.set_name(tr("下一周"), "]")
        for panel in (self.setup, self.run_panel, self.candidate):
            panel.retranslate()
        self.session.tell_status()
        self._show_week()

    @override
    def enter(self, target: Target | None) -> None:
        week = target.detail.get("week") if target is not None else None
        if isinstance(week, Week):
            self.desk.week = week
        self.desk.tasks.start("chart", self.run_panel.load_chart(), owner=self)
        self._read()
        self._focus()

    @override
    def on_changes(self, changes: ChangeSet) -> None:
        if changes.touches("saved_candidate"):
            self.saving.count(self.session.week or self.desk.week)
        if self.session.stage not in {Stage.IDLE, Stage.ACCEPTED} or not any(map(changes.touches, ABOUT)):
            return
        if self.session.stage is Stage.ACCEPTED:
            # The draft moved on, or accepting was undone: what the run found is history.
            self.session.discard()
        self._start = None
        self._read()

    @override
    def print_request(self) -> "PrintRequest | None":
        return None

    @override
    def close_down(self) -> None:
        self.session.close()

    def _build_bar(self) -> None:
        theme = self.desk.theme
        self._earlier, self._later = IconButton(theme, "chevron-left"), IconButton(theme, "chevron-right")
        self._week_words = Label("strong")
        self._span_words = Label("secondary")
        for widget in (self._earlier, self._week_words, self._span_words, self._later):
            self.bar.left(widget)
        self._back = Button(theme, "x")
        self._back.setObjectName("plan_back")
        self._keep = Button(theme, "bookmark", keys="Ctrl+S")
        self._keep.setObjectName("plan_keep")
        self._kept_button = Button(theme, "history")
        self._kept_button.setObjectName("plan_kept")
        for button in (self._keep, self._kept_button, self._back):
            self.bar.right(button)

    def _build_body(self) -> None:
        middle = QFrame()
        middle.setProperty("panel", "line-left")
        row = QHBoxLayout(middle)
        row.setContentsMargins(1, 0, 0, 0)
        row.addWidget(self._states)
        body = QWidget()
        across = QHBoxLayout(body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.setup)
        across.addWidget(middle, 1)
        self._states.content(self.run_panel)
        self.set_body(body)
        self.set_side(self.candidate)

    def _connect(self) -> None:
        self._back.clicked.connect(self.go_back)
        self._keep.clicked.connect(self.saving.keep)
        self._kept_button.clicked.connect(self.show_kept)
        self.saving.counted.connect(self._count_kept)
        self.saving.accepted.connect(self._kept_accepted)
        self.saving.again_asked.connect(self._plan_from)
        self._earlier.clicked.connect(lambda: self._turn(-1))
        self._later.clicked.connect(lambda: self._turn(1))
        self.desk.week_changed.connect(lambda _week: self._read() if self.isVisible() else None)
        self.session.changed.connect(self._stage_changed)
        self.setup.squads_asked.connect(self.choose_squads)
        self.setup.mode_changed.connect(lambda _mode: self._reread())
        self.setup.weights.moved.connect(lambda: self.desk.tasks.start("weights", self._keep_weights()))
        self.setup.reset_weights.clicked.connect(lambda: self.desk.tasks.start("weights", self._reset_weights()))
        self.setup.edit_rules.clicked.connect(lambda: self.desk.go(Target("settings", detail={"part": "rules"})))
        self.run_panel.start_asked.connect(self.begin)
        self.run_panel.stop_asked.connect(self.session.stop)
        self.run_panel.discard_asked.connect(self.discard)
        self.candidate.accept_asked.connect(self.accept)
        self.candidate.again_asked.connect(self.begin_again)
        self.candidate.discard_asked.connect(self.discard)
        self.candidate.leave_asked.connect(self.go_back)
        self.candidate.doctor_asked.connect(self.diagnose)

    def _commands(self) -> None:
        session = self.session
        self.command("planning.start", lambda: tr("开始编排"), "play", "Ctrl+R", self.begin, enabled=self.isVisible)
        self.command("planning.stop", lambda: tr("停止并保留当前最好"), "square", "Esc", session.stop,
                     enabled=lambda: session.stage is Stage.RUNNING)  # fmt: skip
        accept = self.command("planning.accept", lambda: tr("采用为草稿"), "check", "Ctrl+Return", self.accept,
                              enabled=lambda: session.can_accept)  # fmt: skip
        accept.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        self.command("planning.squads", lambda: tr("只排这些小组"), "users", "", self.choose_squads,
                     enabled=lambda: not session.busy)  # fmt: skip
        self.command("planning.keep", lambda: tr("保存为方案"), "bookmark", "Ctrl+S", self.saving.keep,
                     enabled=lambda: session.result is not None)  # fmt: skip
        self.command("planning.kept", lambda: tr("备选方案"), "history", "Ctrl+Shift+S", self.show_kept)
        self.command("planning.discard", lambda: tr("放弃这次编排"), "trash-2", "", self.discard,
                     enabled=lambda: session.busy or session.stage is Stage.ENDED)  # fmt: skip

    def begin(self) -> None:
        """Start a run of the week shown; a second one is refused in words."""
        if self._refused():
            return
        if self.setup.weights.pending:
            self.desk.tasks.start("weights", self._keep_weights(begin=True))
        elif self._start is not None or self.session.stage not in {Stage.IDLE, Stage.ACCEPTED}:
            # With a result in sight the week is not read anew when the way of planning changes: the run reads it.
            self._launch()

    def _launch(self) -> None:
        self.session.begin(self.desk.week, self.setup.modes.chosen(), self.setup.options(), self.setup.asked())
        self._watch()

    def begin_again(self) -> None:
        """Plan once more with today's data, close to the result there is."""
        if not self._refused():
            self.session.again()
            self._watch()

    def discard(self) -> None:
        """Give the run or its result up."""
        self.session.discard()
        self._read()
        self._focus()

    def accept(self) -> None:
        """Write the result, or what of it is ticked, as the week's draft."""
        if self.session.can_accept and self.candidate.accept_button.isEnabled():
            self.desk.tasks.start("accept plan", self._accept(), owner=self)

    def diagnose(self) -> None:
        """Ask the doctor about the gaps that remain; a finished run becomes the draft first."""
        if self.session.can_accept and self.session.differs:
            self.desk.tasks.start("accept plan", self._accept(then="doctor"), owner=self)
        else:
            self.desk.go(Target("doctor", detail={"week": self.desk.week}))

    def choose_squads(self) -> None:
        """Choose the squads among which the next run plans."""
        self.desk.tasks.start("plan squads", self._choose_squads(), owner=self, exclusive="plan squads")

    async def _choose_squads(self) -> None:
        from patrol_desk.services.planning.wish_squads import list_squads
        from patrol_desk.ui.pages.planning.squad_dialog import SquadsDialog

        squads = await self.desk.read(list_squads, self.desk.week)
        dialog = SquadsDialog(self.desk.host, self.desk.theme, squads, self.setup.squads)
        if await dialog.ask():
            self.setup.choose_squads(dialog.taken)

    def show_kept(self) -> None:
        """Show the candidates kept of the week beside its draft."""
        start = self.session.start or self._start
        self.saving.show(self.session.week or self.desk.week, start.draft if start is not None else None)

    def _plan_from(self, saved_id: str) -> None:
        if not self._refused():
            self.session.from_saved(self.desk.week, saved_id, self.setup.options())
            self._watch()

    def _kept_accepted(self, number: int) -> None:
        self.session.discard()
        self._reread()
        self.desk.tell(tr("已采用为草稿 v{number}。", number=number), "ok", action=(tr("返回排班表"), self.go_back))

    def _count_kept(self, count: int) -> None:
        self._kept = count
        self._say_kept()

    def _say_kept(self) -> None:
        self._kept_button.setText(tr("方案 {number}", number=self._kept) if self._kept else tr("备选方案"))
        self._kept_button.updateGeometry()

    def go_back(self) -> None:
        """Show the roster; a run under way goes on."""
        self.desk.go(Target("roster"))

    async def _accept(self, then: str = "") -> None:
        try:
            ticked, count = self.candidate.changes.counts()
            number = await self.session.accept(self.candidate.changes.chosen() if ticked < count else None)
        except ConcurrentChangeError as error:
            self.desk.tell(say(error.message), "warn")
            return
        self._start = None
        self.setup.ask_nothing()
        self._read()
        self.candidate.leave_button.setFocus()
        self.desk.tell(tr("已采用为草稿 v{number}。", number=number), "ok", action=(tr("返回排班表"), self.go_back))
        if then and self.session.week is not None:
            self.desk.go(Target(then, detail={"week": self.session.week}))

    async def _keep_weights(self, *, begin: bool = False) -> None:
        """Write the weights that were moved as one step, and begin a run with them when that is wanted."""
        moved = self.setup.weights.take()
        if moved:
            await self.desk.write(tr("改在意程度"), write_weights, self.desk.week, moved)
        if begin:
            self._launch()

    async def _reset_weights(self) -> None:
        self.setup.weights.take()
        codes = self.setup.weights.codes()
        await self.desk.write(tr("在意程度恢复默认"), write_weights, self.desk.week, dict.fromkeys(codes))

    def _refused(self) -> bool:
        if not self.session.busy or self.session.week is None:
            return False
        week = week_text(self.session.week)
        self.desk.tell(tr("正在编排{week}；先停止，再开始新的编排。", week=week), "warn")
        return True

    def _turn(self, weeks: int) -> None:
        self.desk.week = self.desk.week.plus(weeks)

    def _reread(self) -> None:
        self._start = None
        self._read()

    def _read(self) -> None:
        """Read the week anew unless a run or its result is shown."""
        if self.session.stage not in {Stage.IDLE, Stage.ACCEPTED}:
            self._show_week()
            return
        if self._start is not None and self._start.week == self.desk.week:
            return
        if self.session.stage is Stage.ACCEPTED and self.session.week != self.desk.week:
            self.session.discard()
        self._states.loading()
        work = self._read_start(self.desk.week, self.setup.modes.chosen())
        self.desk.tasks.start("planning week", work, owner=self, exclusive="planning week")

    async def _read_start(self, week: Week, mode: str) -> None:
        if week != self._shown_week:
            self._shown_week = week
            self.saving.count(week)
            self.setup.offer_seed(week)
            self.setup.ask_nothing()
        self._show_week()
        self.setup.show_book(await self.desk.read(read_weights, week))
        try:
            start = await self.desk.read(read_start, week, mode)
        except PatrolError as error:
            self._show_start(None)
            self._states.empty("calendar-days", say(error.message))
            return
        if start.draft is None and mode == "gaps":
            self.setup.modes.choose("fresh")  # every seat is empty: the same thing by its right name
            return
        self._show_start(start)
        self._states.content()
        if self.setup.modes.hasFocus():
            self._focus()

    def _show_start(self, start: "RunStart | None") -> None:
        self._start = start
        if start is not None:
            self.setup.show_rules(start.rules())
        self.run_panel.show_start(start)
        self.candidate.show_start(start)

    def _stage_changed(self) -> None:
        busy = self.session.busy
        self.setup.set_busy(busy)
        self.setup.allow_weights(self.session.stage in {Stage.IDLE, Stage.ACCEPTED})
        self._states.content()
        self._show_week()
        if self.session.start is not None:
            self.setup.show_rules(self.session.start.rules())
        if self.session.stage is Stage.ENDED and self.isVisible():
            self._focus()  # the button that had the focus has gone
        if self.session.stage is Stage.RUNNING and self._begun:
            self._begun = False
            self._focus()  # it can be stopped now

    def _show_week(self) -> None:
        week = self.session.week or self.desk.week
        self._keep.setEnabled(self.session.result is not None)
        self._week_words.setText(week_text(week))
        self._span_words.setText(week_span_text(week))
        for button in (self._earlier, self._later):
            button.setEnabled(self.session.stage in {Stage.IDLE, Stage.ACCEPTED})

    def _watch(self) -> None:
        """Put the focus where the run that was begun can be stopped, as soon as it can be."""
        self._begun = True
        self._focus()

    def _focus(self) -> None:
        """Put the focus where Enter does the next thing."""
        for button in (self.run_panel.stop_button, self.candidate.accept_button, self.run_panel.start_button):
            if button.isVisible() and button.isEnabled():
                button.setFocus()
                return
        self.setup.modes.setFocus()
