"""The middle of the page: what goes on, the figures, the curve, the phases, and a line for whatever happened."""

import asyncio
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import language, say, tr
from patrol_desk.ui.i18n.dates import week_text
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.pages.planning.figures import FigureStrip, figures_of
from patrol_desk.ui.pages.planning.phases import PhaseStrip, phases_of
from patrol_desk.ui.pages.planning.session import Session, Stage
from patrol_desk.ui.pages.planning.texts import asked_text, clock, seat_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import ElidedLabel, Label
from patrol_desk.ui.widgets.segmented import Segmented
from patrol_desk.ui.widgets.states import StateStack
from patrol_desk.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from patrol_desk.services.planning.live import RunStart
    from patrol_desk.services.planning.live_points import LivePoint, LogLine
    from patrol_desk.ui.charts.coverage import CoverageChart, Mark

TICK_MS = 250
MARKED = frozenset({"live.passed_draft", "live.minimum_closed"})
"""Events that are told along the curve."""


@dataclass(frozen=True, slots=True)
class _LogRow:
    """A log line in the list, newest first."""

    id: str
    line: "LogLine"


class _Progress(QWidget):
    """A thin line at the top: how much of the time limit is over."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._share = 0.0
        self.setFixedHeight(3)
        theme.changed.connect(self.update)

    def show_share(self, share: float) -> None:
        self._share = share
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("line"))
        painter.fillRect(0, 0, round(self.width() * self._share), self.height(), self._theme.color("accent"))
        painter.end()


class RunPanel(QFrame):
    """Shows the desk's run.

    Parameters
    ----------
    desk
        Gives theme and tasks.
    session
        The run.
    """

    start_asked = Signal()
    stop_asked = Signal()
    discard_asked = Signal()

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk = desk
        self._theme = desk.theme
        self._session = session
        self._start: RunStart | None = None
        self._chart: CoverageChart | None = None
        self.setProperty("panel", "surface")
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._build()
        self._lay_out()
        session.changed.connect(self.refresh)
        session.began.connect(self._began)
        session.advanced.connect(self._advanced)
        self._theme.changed.connect(self._restyle)
        self._restyle()

    def show_start(self, start: "RunStart | None") -> None:
        """Show the week that would be planned."""
        self._start = start
        self.refresh()

    async def load_chart(self) -> None:
        """Show the chart once the page stands, since importing it takes a moment."""
        await asyncio.sleep(0)
        if self._chart is not None:
            return
        chart: CoverageChart = import_module("patrol_desk.ui.charts.coverage").CoverageChart(self._theme)
        self._chart_place.content(chart)
        self._chart = chart
        self.refresh()

    @property
    def chart(self) -> "CoverageChart | None":
        """The curve, once it is there."""
        return self._chart

    def refresh(self) -> None:
        """Show everything as it is now."""
        self._say_head()
        self._show_buttons()
        self._show_log()
        self._show_places()
        self._tick()
        if self._session.busy and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.start_button.setText(tr("开始编排"))
        self.again_button.setText(tr("再排一次"))
        self.stop_button.setText(tr("停止并保留当前最好"))
        self.discard_button.setText(tr("放弃|plan"))
        self.curves.set_choices([("coverage", tr("覆盖率"), None), ("cost", tr("代价|curve"), None)])
        self.curves.setAccessibleName(tr("曲线"))
        self._say_chart()
        self._log_table.setAccessibleName(tr("运行记录"))
        self._log_model.retranslate()
        self.refresh()
        if self._chart is not None:
            self._chart.refresh()

    def _build(self) -> None:
        theme = self._theme
        self._bar = _Progress(theme)
        self._dot = QLabel()
        self._doing, self._what = Label("strong"), ElidedLabel("secondary")
        self.start_button = Button(theme, "play", "primary", "Ctrl+R")
        self.again_button = Button(theme, "rotate-ccw")
        self.stop_button = Button(theme, "square", "primary", "Esc")
        self.discard_button = Button(theme, "", "danger")
        for name in ("start", "again", "stop", "discard"):
            getattr(self, f"{name}_button").setObjectName(f"plan_{name}")
        self.start_button.clicked.connect(self.start_asked)
        self.again_button.clicked.connect(self.start_asked)
        self.stop_button.clicked.connect(self.stop_asked)
        self.discard_button.clicked.connect(self.discard_asked)
        self.figures = FigureStrip(theme, "metric")
        self.phases = PhaseStrip(theme)
        self._chart_title, self._chart_note = Label("strong"), ElidedLabel("muted")
        self.curves = Segmented(theme, small=True)
        self.curves.setObjectName("plan_curves")
        self.curves.changed.connect(lambda _key: self._choose_curve())
        self._log_model: RowsModel[_LogRow] = RowsModel(_log_columns())
        self._log_table = DataTable(theme)
        self._log_table.setObjectName("plan_log")
        self._log_table.set_rows_model(self._log_model)
        self._log_table.horizontalHeader().hide()
        self._chart_place, self._log_place = StateStack(theme), StateStack(theme)
        self._log_place.content(self._log_table)

    def _lay_out(self) -> None:
        head = QFrame()
        head.setProperty("panel", "line-bottom")
        self._head = QHBoxLayout(head)
        self._head.addWidget(self._dot)
        self._head.addWidget(self._doing)
        self._head.addWidget(self._what, 1)
        for button in (self.again_button, self.stop_button, self.start_button, self.discard_button):
            self._head.addWidget(button)
        titles = QHBoxLayout()
        titles.setContentsMargins(16, 8, 12, 2)
        titles.setSpacing(8)
        titles.addWidget(self._chart_title)
        titles.addWidget(self._chart_note, 1)
        titles.addWidget(self.curves)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._bar)
        whole.addWidget(head)
        whole.addWidget(self.figures)
        whole.addLayout(titles)
        whole.addWidget(self._chart_place, 3)
        whole.addWidget(self.phases)
        whole.addWidget(self._log_place, 2)

    def _restyle(self) -> None:
        px = self._theme.px
        self._head.setContentsMargins(px(16), px(8), px(12), px(8))
        self._head.setSpacing(px(8))
        self._say_head()

    def _say_head(self) -> None:
        session = self._session
        role = {Stage.ENDED: "green", Stage.ACCEPTED: "green", Stage.IDLE: "text3"}.get(session.stage, "accentText")
        icon = {Stage.ENDED: "circle-check", Stage.ACCEPTED: "circle-check"}.get(session.stage, "circle-dot")
        self._dot.setPixmap(self._theme.pixmap(icon, role, 16))
        week = session.week or (self._start.week if self._start is not None else None)
        self._doing.setText("" if week is None else self._stage_words(week_text(week)))
        start = session.start or self._start
        facts = ""
        if start is not None:
            facts = tr("{places} 个点位 · {people} 人", places=start.places, people=f"{start.people:,}")
            if start.begun:
                facts += " · " + tr("已开始的班次不动")
            wishes = start.prepared.wishes
            if wishes:
                facts += f" · {asked_text(len(wishes.rules), len(wishes.squads))}"
        if session.stage is Stage.RUNNING and session.point is not None and session.point.proven:
            facts = tr("覆盖率已到顶，正在改进均衡、同队、就近")
        self._what.setText(facts)

    def _stage_words(self, week: str) -> str:
        match self._session.stage:
            case Stage.IDLE:
                return tr("可以编排{week}", week=week)
            case Stage.READING:
                return tr("正在读取{week}", week=week)
            case Stage.RUNNING:
                return tr("正在编排{week}", week=week)
            case Stage.STOPPING:
                return tr("正在停止，保留当前最好")
            case Stage.ENDED:
                return self._ended_words()
            case Stage.ACCEPTED:
                return tr("已采用为草稿")

    def _ended_words(self) -> str:
        result = self._session.result
        words = {
            "user": tr("已停止，保留了当前最好"),
            "time": tr("到时间了，保留了最好的方案"),
            "lost": tr("编排进程中途结束，保留了已有的最好方案"),
        }
        return words.get(result.stopped if result is not None else "", tr("编排完成"))

    def _show_buttons(self) -> None:
        stage = self._session.stage
        self.start_button.setVisible(stage is Stage.IDLE)
        self.start_button.setEnabled(self._start is not None)
        self.again_button.setVisible(stage in {Stage.ENDED, Stage.ACCEPTED})
        self.stop_button.setVisible(self._session.busy)
        self.stop_button.setEnabled(stage is Stage.RUNNING)
        self.discard_button.setVisible(self._session.busy or stage is Stage.ENDED)

    def _show_places(self) -> None:
        """Show curve and log, or what will stand there."""
        if self._session.start is not None and self._chart is not None:
            self._chart_place.content(self._chart)
        else:
            self._chart_place.empty("wand-sparkles", tr("还没有开始。编排时可随时停止，并保留当前最好。"))
        if self._session.log:
            self._log_place.content(self._log_table)
        else:
            self._log_place.empty("history", tr("开始后，每一步做了什么都写在这里。"))

    def _show_log(self) -> None:
        rows = [_LogRow(str(number), line) for number, line in enumerate(self._session.log)]
        if len(rows) != self._log_model.rowCount():
            self._log_model.set_rows(rows[::-1])

    def _began(self) -> None:
        self._start = self._session.start
        self.refresh()

    def _frame(self) -> tuple[float | None, float | None]:
        """Return coverage of the draft in percent, and the time limit."""
        start, options = self._session.start or self._start, self._session.options
        draft = start.draft.coverage * 100 if start is not None and start.draft is not None else None
        return draft, options.time_limit if options is not None else None

    def _advanced(self, point: "LivePoint") -> None:
        if point.log:
            self._show_log()
            self._show_places()
            self._say_head()
        if point.plan is not None or point.log:
            self._tick()

    def _tick(self) -> None:
        session = self._session
        self.figures.show(figures_of(session, session.start or self._start))
        self.phases.show_phases(phases_of(session))
        limit = session.options.time_limit if session.options is not None else None
        self._bar.show_share(min(session.seconds / limit, 1.0) if limit and session.point is not None else 0.0)
        if self._chart is not None and self.isVisible():
            from patrol_desk.ui.charts.coverage import Sample

            self._chart.set_frame(*self._frame())
            samples = [
                Sample(
                    point.seconds, None if point.coverage is None else point.coverage * 100, point.bound * 100,
                    None if point.cost < 0 else float(point.cost), float(point.cost_bound),
                )
                for point in session.curve
            ]  # fmt: skip
            self._chart.show_marks(self._marks())
            self._chart.show_samples(samples, session.seconds)

    def _marks(self) -> "list[Mark]":
        """Return what is told along the curve: the draft passed, the minimum closed."""
        from patrol_desk.ui.charts.coverage import Mark

        found = []
        for told in self._session.log:
            if told.head.code in MARKED:
                reached = [
                    p.coverage for p in self._session.curve if p.seconds <= told.seconds and p.coverage is not None
                ]
                found.append(Mark(told.seconds, reached[-1] * 100 if reached else 0.0, say(told.head)))
        return found

    def _choose_curve(self) -> None:
        self._say_chart()
        if self._chart is not None:
            self._chart.show_cost(self.curves.chosen() == "cost")

    def _say_chart(self) -> None:
        if self.curves.chosen() == "cost":
            self._chart_title.setText(tr("代价与下界"))
            self._chart_note.setText(tr("越低越好：空缺、均衡、同队、就近合在一起；虚线以下不可能。"))
        else:
            self._chart_title.setText(tr("覆盖率与上界"))
            self._chart_note.setText(tr("两条线之间，是还可能提高的空间；线合拢即为最优。"))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)


def _log_columns() -> tuple[Column[_LogRow], ...]:
    return (
        Column("time", str, 60, lambda row: clock(row.line.seconds), role="secondary"),
        Column("head", str, 190, lambda row: say(row.line.head), role="strong"),
        Column("detail", str, 200, _detail, role="secondary", stretch=True, tip=_detail),
    )


def _detail(row: _LogRow) -> str:
    parts = [tr("{place} 补 {count} 人", place=seat_text(seat), count=count) for seat, count in row.line.places]
    if row.line.detail is not None:
        parts.append(say(row.line.detail))
    return ("; " if language() == "en" else "；").join(parts)
