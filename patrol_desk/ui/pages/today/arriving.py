"""Writing down who came, and finding somebody for those who did not."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from patrol_desk.common.actor import Actor
from patrol_desk.common.weeks import Week
from patrol_desk.models import AttendanceState
from patrol_desk.services.planning.overrides import DutyKey
from patrol_desk.services.station import Station
from patrol_desk.services.today import DayShift, Head, Missing, Place, mark_arrivals
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.today.backfill import warm_up
from patrol_desk.ui.pages.today.duty_view import DutyView

if TYPE_CHECKING:
    from patrol_desk.services.planning.board import Board
    from patrol_desk.services.planning.edits import StandIn


class Arriving(QObject):
    """Writes entries of the table of who is due.

    Parameters
    ----------
    desk
        The open station.
    page
        Owner of what runs.
    table
        Where people are marked.
    """

    def __init__(self, desk: Desk, page: QWidget, table: DutyView) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._table = table
        table.marked.connect(self._marked)

    def begin(self) -> None:
        """Go to the next patrol of whom nothing is written."""
        self._table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self._table.next_unmarked():
            self._desk.tell(tr("这一班的人都已登记。要改，选中一人，按 A 到、L 迟、X 缺、Backspace 取消。"))

    def backfill(self) -> None:
        """Propose somebody for everyone who has not come, ask, and write."""
        self._desk.tasks.start("stand_in", self._backfill(), owner=self._page, exclusive="today.fill")

    def _marked(self, where: tuple[Place, DayShift], heads: Sequence[Head], state: AttendanceState | None) -> None:
        if not heads:
            self._desk.tell(tr("这一组都已登记。要改，用 → 选中一人再按。"), "info")
            return
        place, shift = where
        keys = [(head.person_id, place.checkpoint_id, shift.pattern_id, shift.on_date) for head in heads]
        self._desk.tasks.start("mark", self._mark(keys, heads, state), owner=self._page)

    async def _mark(self, keys: list[DutyKey], heads: Sequence[Head], state: AttendanceState | None) -> None:
        who = heads[0].name if len(heads) == 1 else tr("{count} 人", count=len(heads))
        words = {
            AttendanceState.PRESENT: tr("{who}：到", who=who),
            AttendanceState.LATE: tr("{who}：迟到", who=who),
            AttendanceState.ABSENT: tr("{who}：缺勤", who=who),
        }
        name = tr("{who}：取消登记", who=who) if state is None else words[state]
        await self._desk.write(name, mark_arrivals, keys, state)

    async def _backfill(self) -> None:
        missing = self._table.duty.view.missing(self._desk.now) if self._table.duty.view is not None else ()
        if not missing:
            self._desk.tell(tr("没有未到的人。开班 15 分钟后还没登记到的，算未到。"), "info")
            return
        await self._desk.read(warm_up)
        from patrol_desk.services.planning.edits import apply_stand_ins
        from patrol_desk.ui.pages.today.stand_in_dialog import StandInDialog

        week = Week.of(missing[0].shift.on_date)
        board = await self._desk.boards.get(week)
        keys = [one.key for one in missing if Week.of(one.shift.on_date) == week]
        proposed = await self._desk.read(_propose, board, keys)
        dialog = StandInDialog(self._desk.host, self._desk.theme, board, proposed, _unable(missing, proposed))
        if not await dialog.ask():
            return
        chosen = dialog.taken
        done = await self._desk.write(tr("给未到的 {count} 人补位", count=len(chosen)), apply_stand_ins, board, chosen)
        text = tr("已记缺勤 {absent} 人，补位 {count} 人", absent=len(chosen), count=done)
        self._desk.tell(text, "ok", action=(tr("撤销"), self._undo))

    def _undo(self) -> None:
        self._desk.commands.start("undo")


def _unable(missing: Sequence[Missing], proposed: "Sequence[StandIn]") -> int:
    """Return how many could not be looked at: locked, gone or of another week."""
    return len(missing) - len(proposed)


def _propose(station: Station, actor: Actor, board: "Board", keys: Sequence[DutyKey]) -> "tuple[StandIn, ...]":
    from patrol_desk.services.planning.edits import propose_stand_ins

    del station, actor  # the board holds all that is asked
    return propose_stand_ins(board, keys)
