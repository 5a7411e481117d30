"""The day's page."""

import asyncio
from collections.abc import Coroutine
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.weeks import Week
from patrol_desk.services.today import (
    DayShift,
    NoteRow,
    Place,
    TodayGap,
    TodayView,
    add_note,
    edit_note,
    finish_note,
    list_notes,
    read_alerts,
    read_today,
)
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.dialogs.printing.outdated import OutdatedBanner
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.page import Page
from patrol_desk.ui.pages.today.arriving import Arriving
from patrol_desk.ui.pages.today.backfill import Backfill
from patrol_desk.ui.pages.today.duty_model import Show
from patrol_desk.ui.pages.today.duty_view import DutyView
from patrol_desk.ui.pages.today.head import TodayHead
from patrol_desk.ui.pages.today.side import TodaySide
from patrol_desk.ui.pages.today.strip import ShiftStrip
from patrol_desk.ui.shell.finder.store import FindStore
from patrol_desk.ui.widgets.states import StateStack, state_button

DAY_KINDS = frozenset(
    {
        "assignment", "checkpoint", "community", "demand", "leave", "person", "person_pause", "plan", "plan_version",
        "shift_pattern", "skill", "squad", "squad_membership",
    }
)  # fmt: skip
"""Tables of which a change is seen all over the day; attendance is seen in the table of who is due only."""
REST_KINDS = frozenset(
    {
        "handover_note", "certificate", "audit_entry", "duty_request", "squad_notice", "printed_sheet", "form_answer",
        "availability", "training_record",
    }
)  # fmt: skip
"""Tables of which a change is seen in alerts, notes and requests only."""


class TodayPage(Page):
    """Shifts of the day, who is due now and next, gaps of three days, alerts, notes.

    Parameters
    ----------
    desk
        The open station.
    """

    name: ClassVar[str] = "today"
    icon: ClassVar[str] = "layout-dashboard"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._view: TodayView | None = None
        self._reading = False
        self._wanted: tuple[object, ...] | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.tick)
        self.outdated = OutdatedBanner(desk, lambda: Week.of(desk.now.date()), "today")
        self.strip = ShiftStrip(desk.theme)
        self.duty = DutyView(desk.theme)
        self.panel = TodaySide(desk)
        self.head = TodayHead(desk, self.bar)
        self.backfill = Backfill(desk, self, self.panel.gaps)
        self.arriving = Arriving(desk, self, self.duty)
        self._state = StateStack(desk.theme)
        self._content = QWidget()
        self._state.hold(self._content)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.outdated)
        column.addWidget(self.strip)
        column.addWidget(self.duty, 1)
        self.set_body(self._state)
        self.set_side(self.panel, "today")
        self._connect()
        self._commands()
        self.retranslate()

    @override
    def label(self) -> str:
        return tr("今日")

    @override
    def retranslate(self) -> None:
        self.bar.title(tr("今日"))
        self.head.retranslate()
        if self._view is not None:
            self._show_state(self._view)

    @override
    def enter(self, target: Target | None) -> None:
        if target is not None and target.record_id is not None:
            self._wanted = (target.record_id, target.detail.get("pattern_id"), target.detail.get("on_date"))
        self._state.loading()
        self._read_again()
        self._take_focus()

    @override
    def leave(self) -> bool:
        self._clock.stop()
        return True

    @override
    def on_changes(self, changes: ChangeSet) -> None:
        kinds = changes.by_kind.keys()
        if kinds & DAY_KINDS:
            self._read_again()
        elif "attendance" in kinds:
            self._read_arrivals_again()
        elif kinds & REST_KINDS:
            self.desk.tasks.start("notes", self._read_rest(), owner=self, exclusive="today.rest")

    @override
    def close_down(self) -> None:
        self._clock.stop()

    @property
    def view(self) -> TodayView | None:
        """The day as last read."""
        return self._view

    @property
    def ticking(self) -> bool:
        """Whether the clock runs: only while the page is in sight."""
        return self._clock.isActive()

    def tick(self) -> None:
        """Follow the clock: count down, and read again when a shift has begun or ended."""
        now = self.desk.now
        if self._view is not None:
            if self._view.outdated(now):
                self._read_again()
            self.strip.tick(now)
            self.head.tick(now)
        if self.isVisible():
            self._clock.start(60_000 - (now.second * 1000 + now.microsecond // 1000) + 20)

    def open_gap(self, gap: TodayGap) -> None:
        """Show a gap on the roster."""
        self._open(gap.place, gap.shift)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tick()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._clock.stop()
        super().hideEvent(event)

    def _connect(self) -> None:
        notes = self.panel.notes
        self.strip.chosen.connect(lambda shift: self._open(None, shift))
        self.duty.opened.connect(self._open)
        self.head.showing.connect(lambda show: self.duty.duty.show_only(Show(show)))
        self.panel.gaps.list.opened.connect(self.open_gap)
        notes.added.connect(lambda text: self._start("note", self._add_note(text)))
        notes.edited.connect(lambda note, text: self._start("note", self._edit_note(note, text)))
        notes.ticked.connect(lambda note, on: self._start("note", self._finish_note(note, done=on)))

    def _commands(self) -> None:
        gaps = self.panel.gaps
        self.command("today.take", lambda: tr("采用选中的补位"), "user-plus", "Ctrl+Return",
                     self.backfill.take_selected)  # fmt: skip
        self.command("today.fill", lambda: tr("一键补位"), "zap", "", self.backfill.fill_red,
                     enabled=lambda: bool(gaps.red_gaps()))  # fmt: skip
        self.command("today.note", lambda: tr("写备注"), "sticky-note", "Ctrl+N", self.panel.notes.write)
        self.command("today.arrivals", lambda: tr("报到登记"), "user-check", "F2", self.arriving.begin)
        self.command("today.stand_in", lambda: tr("给未到的人补位"), "user-x", "Shift+F2",
                     self.arriving.backfill)  # fmt: skip
        self.command("today.alerts", lambda: tr("去提醒"), "bell", "F4", self._alerts)
        self.command("today.request", lambda: tr("请假 / 换班"), "arrow-left-right", "F3", self.panel.requests.ask)
        self.command("today.plan", lambda: tr("本周自动排班"), "wand-sparkles", "Ctrl+R", self._plan)
        self.command("today.gaps", lambda: tr("只看缺口"), "list-filter", "G", self.head.toggle)

    def _alerts(self) -> None:
        if not self.panel.alerts.begin():
            self.desk.tell(tr("没有提醒。"))

    def _plan(self) -> None:
        self.desk.go(Target("planning", detail={"week": Week.of(self.desk.now.date())}))

    def _open(self, place: Place | None, shift: DayShift) -> None:
        self.desk.week = Week.of(shift.on_date)
        detail = {"pattern_id": shift.pattern_id, "on_date": shift.on_date}
        self.desk.go(Target("roster", None if place is None else place.checkpoint_id, detail))

    def _start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self.desk.tasks.start(name, work, owner=self)

    def _read_again(self) -> None:
        self.desk.tasks.start("today", self._read(), owner=self, exclusive="today")

    def _read_arrivals_again(self) -> None:
        """Read who came; while the whole day is being read, that begins anew instead."""
        if self._reading:
            self._read_again()
        else:
            self.desk.tasks.start("arrivals", self._read_arrivals(), owner=self, exclusive="today.arrivals")

    async def _read_arrivals(self) -> None:
        now = self.desk.now
        self._view = await self.desk.read(read_today, now)
        self.duty.duty.show_day(self._view)
        self.panel.alerts.show_day(self._view, now)

    async def _read_day(self) -> TodayView:
        self._reading = True
        try:
            return await self.desk.read(read_today, self.desk.now)
        finally:
            self._reading = False

    async def _read(self) -> None:
        """Read the day, show it, then what may come later: notes, alerts, candidates, the index of everything."""
        view = await self._read_day()
        self._view = view
        now = self.desk.now
        self._show_state(view)
        self.strip.show_day(view, now)
        self.duty.duty.show_day(view)
        self.panel.show_day(view)
        self.head.show_day(view, now)
        self.head.show_counts({show: self.duty.duty.count(show) for show in Show})
        self._go_to_wanted(view)
        # The first picture is on the screen before anything else competes for the processor.
        await asyncio.sleep(0)
        await self._read_rest()
        self.outdated.begin()
        self.backfill.look()
        FindStore.of(self.desk).begin()

    def _go_to_wanted(self, view: TodayView) -> None:
        """Select the gap that somebody asked for elsewhere, and the checkpoint's row."""
        wanted, self._wanted = self._wanted, None
        gap = next((gap for gap in view.gaps if gap.key == wanted), None)
        if gap is not None:
            self.duty.show_place(gap.place.checkpoint_id)
            self.panel.gaps.select(gap)

    async def _read_rest(self) -> None:
        alerts = await self.desk.read(read_alerts, self.desk.now)
        notes = await self.desk.read(list_notes)
        if self._view is not None:
            self.panel.show_rest(alerts, notes, self._view, self.desk.now)
        await self.panel.requests.read_again()

    def _show_state(self, view: TodayView) -> None:
        if view.rows and view.shifts:
            first = self._state.state() != "content"
            self._state.content(self._content)
            if first:
                self._take_focus()
            return
        button = state_button(self.desk.theme, tr("去导入"), lambda: self.desk.go(Target("importing")), "folder-input")
        self._state.empty("map-pin", tr("还没有点位和班次。先导入，或在“点位”里新增。"), button)

    def _take_focus(self) -> None:
        """Let keys work on the page at once, unless somebody is typing elsewhere in the window."""
        if self.isVisible() and not isinstance(QApplication.focusWidget(), QLineEdit):
            self.duty.setFocus(Qt.FocusReason.OtherFocusReason)

    async def _add_note(self, text: str) -> None:
        await self.desk.write(tr("写备注"), add_note, text)

    async def _edit_note(self, note: NoteRow, text: str) -> None:
        await self.desk.write(tr("修改备注"), edit_note, note.id, note.row_version, text)

    async def _finish_note(self, note: NoteRow, *, done: bool) -> None:
        name = tr("办结备注") if done else tr("重开备注")
        await self.desk.write(name, finish_note, note.id, done=done)
