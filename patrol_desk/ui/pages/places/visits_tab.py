"""到访记录: when a checkpoint that is not manned was visited, when it will be, and how easily that is guessed."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.errors import PatrolError
from patrol_desk.common.weeks import Week
from patrol_desk.services.places.rows import PlaceDetail
from patrol_desk.services.planning.visit_record import (
    AHEAD,
    RECORD_WEEKS,
    VisitLine,
    VisitRecord,
    VisitState,
    guess_visits,
    may_see_ahead,
    visit_record,
)
from patrol_desk.services.planning.visits_predictable import PlacePredictability
from patrol_desk.services.shift_words import shift_name
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import day_text, full_day_text, span_text, week_text
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.pages.roster.guessing.section import Hint
from patrol_desk.ui.pages.roster.guessing.words import habit_text, share_text
from patrol_desk.ui.widgets.kpi import Kpi, KpiStrip
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.states import StateStack, state_button
from patrol_desk.ui.widgets.table import DataTable

_MOST_HINTS: Final = 3
"""Sentences on what can be foreseen that are shown; the others are counted."""


def state_text(state: VisitState) -> str:
    """Return in words what has become of a visit."""
    return {
        VisitState.DRAWN: tr("待派人"),
        VisitState.DRAFT: tr("草稿|到访"),
        VisitState.PLANNED: tr("已派人"),
        VisitState.DONE: tr("已到访"),
        VisitState.ABSENT: tr("未到"),
        VisitState.NOT_NOTED: tr("未登记"),
        VisitState.NOBODY: tr("没有派人"),
    }[state]


def visit_columns() -> Sequence[Column[VisitLine]]:
    """Return the columns of the visits."""
    return (
        Column("on", lambda: tr("日期|到访"), 92, lambda row: day_text(row.on), lambda row: row.begins,
               tip=lambda row: full_day_text(row.on)),
        Column("shift", lambda: tr("班次|到访"), 104, _shift_text, lambda row: row.start_minute),
        Column("squads", lambda: tr("小组|到访"), 150, squads_text, squads_text, stretch=True, tip=squads_text),
        Column("state", lambda: tr("情况|到访"), 96, lambda row: state_text(row.state), _order, chip=_chip),
    )  # fmt: skip


def _shift_text(row: VisitLine) -> str:
    return f"{say(shift_name(row.pattern))} {span_text(row.start_minute, row.length_minutes)}"


def squads_text(row: VisitLine) -> str:
    """Return who came or is planned: squads with their heads."""
    named = (tr("{squad} {count} 人|到访", squad=one.squad or tr("不在小组的"), count=one.heads) for one in row.squads)
    return tr("、|joint").join(named) or "—"


def _order(row: VisitLine) -> int:
    return list(VisitState).index(row.state)


def _chip(row: VisitLine) -> str:
    tones = {
        VisitState.DONE: "green", VisitState.PLANNED: "accent", VisitState.DRAFT: "accent", VisitState.DRAWN: "amber",
        VisitState.NOT_NOTED: "plain",
    }  # fmt: skip
    return tones.get(row.state, "red")


class VisitsTab(QFrame):
    """The visits of one checkpoint, the latest first; it reads when it is in sight.

    Parameters
    ----------
    desk
        The open station.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._place = ""
        self._behind = False
        self._week: Week = desk.week
        self.record: VisitRecord | None = None
        self.guess: PlacePredictability | None = None
        self._hints: list[Hint] = []
        self.setProperty("panel", "surface")
        theme = desk.theme
        self.figures = KpiStrip(theme, "metric")
        self.figures.setObjectName("visit_figures")
        self.note = Label("secondary", wrap=True)
        self.note.setObjectName("visit_note")
        self.model: RowsModel[VisitLine] = RowsModel(visit_columns(), self)
        self.table = DataTable(theme)
        self.table.setObjectName("visits")
        self.table.set_rows_model(self.model)
        self._words = QVBoxLayout()
        self._words.addWidget(self.note)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.figures)
        inside.addLayout(self._words)
        inside.addWidget(self.table, 1)
        self.states = StateStack(theme)
        self.states.hold(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.states)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def show_detail(self, detail: PlaceDetail) -> None:
        """Show a checkpoint's visits once the tab is in sight."""
        if detail.id != self._place:
            self.record = self.guess = None
            self.model.replace(())
        self._place, self._behind = detail.id, True
        if self.isVisible():
            self._read_on()

    def _read_on(self) -> None:
        self._behind = False
        if self.record is None:
            self.states.loading()
        self._desk.tasks.start("visits", self._read(self._place), owner=self, exclusive="visits")

    async def _read(self, place: str) -> None:
        try:
            record = await self._desk.read(visit_record, place)
            may = bool(record.lines) and may_see_ahead(self._desk.actor)
            self.record, self.guess = record, self.guess if may else None
            self.retranslate()
            if may:
                await self._guess(place)
        except PatrolError as error:
            self.states.error(say(error.message), state_button(self._desk.theme, tr("重试"), self._read_on))

    async def _guess(self, place: str) -> None:
        """See how well the week in view can be guessed: that tells of visits to come."""
        week = self._desk.week
        board = await self._desk.boards.get(week)
        self._week, self.guess = week, await self._desk.read(guess_visits, board, place)
        self.retranslate()

    # Words

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self.table.setAccessibleName(tr("到访记录"))
        record = self.record
        if record is None:
            return
        if not record.weekly and not record.lines:
            self.states.empty(
                "route", tr("本点位按勤务需求派人，没有巡访。在“基本信息”里填了“每周巡访”，每次到访就记在这里。")
            )
            return
        if not record.lines:
            self.states.empty("route", self._nothing(record))
            return
        self.model.replace(record.lines)
        self.figures.show(figures_of(record, self.guess))
        self.note.setText(self._note_text(record))
        self._say_hints()
        self.states.content()

    def _nothing(self, record: VisitRecord) -> str:
        if record.hidden:
            return tr("还没有到访过。今后的巡访只有能排班的账号看得到。")
        return tr("还没有到访过，也还没有抽定。自动排班前会为本周抽签，每周 {count} 次。", count=record.weekly)

    def _note_text(self, record: VisitRecord) -> str:
        parts = []
        if record.hidden:
            parts.append(tr("今后的巡访只有能排班的账号看得到。"))
        else:
            ahead = sum(line.state in AHEAD for line in record.lines)
            parts.append(tr("今后还有 {count} 次，请勿外传。", count=ahead) if ahead else tr("今后还没有安排。"))
        if self.guess is not None:
            parts.append(tr("{week}：{words}", week=week_text(self._week), words=habit_text(self.guess)))
        return " ".join(parts)

    def _say_hints(self) -> None:
        for old in self._hints:
            old.hide()
            old.deleteLater()
        told = [] if self.guess is None else [say(one.message) for one in self.guess.foreseen]
        shown = told[:_MOST_HINTS]
        if len(told) > _MOST_HINTS:
            shown[-1] = tr("{first}（另有 {count} 处）", first=shown[-1], count=len(told) - _MOST_HINTS)
        self._hints = [Hint(self._desk.theme, text) for text in shown]
        for hint in self._hints:
            self._words.addWidget(hint)

    def hints(self) -> list[str]:
        """Return the sentences on what can be foreseen."""
        return [hint.accessibleName() for hint in self._hints]

    def _restyle(self) -> None:
        px = self._desk.theme.px
        self._words.setContentsMargins(px(16), px(8), px(12), px(8))
        self._words.setSpacing(px(4))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._behind:
            self._read_on()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def figures_of(record: VisitRecord, guess: PlacePredictability | None) -> tuple[Kpi, ...]:
    """Return how often it was visited, at how many times, with what pauses, and how often a guess would be right."""
    weeks = min(record.weeks, RECORD_WEEKS)
    few = bool(record.weekly) and record.mean < record.weekly
    share = "–" if guess is None or not guess.weeks else share_text(guess)
    return (
        Kpi(tr("每周到访"), f"{record.mean:.1f}", tr("/ 应 {count} 次", count=record.weekly),
            tone="amber" if few and weeks else "text",
            tip=tr("近 {weeks} 周到访 {count} 次，应每周 {due} 次。", weeks=weeks, count=len(record.done),
                   due=record.weekly)),
        Kpi(tr("不同时间"), f"{record.slots}", tr("种"), tip=tr("到访分布在多少个不同的星期和班次上，越多越难猜。")),
        Kpi(tr("最长间隔"), f"{record.longest_pause}" if record.longest_pause else "–", tr("天|间隔")),
        Kpi(tr("猜中"), share, tone="amber" if guess is not None and guess.foreseen else "text",
            tip="" if guess is None else habit_text(guess)),
    )  # fmt: skip
