"""Filling gaps: who could, one by one, and all at once after a preview."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from patrol_desk.common.actor import Actor
from patrol_desk.common.weeks import Week
from patrol_desk.services.station import Station
from patrol_desk.services.today import TodayGap
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.today.gap_model import Found
from patrol_desk.ui.pages.today.gap_section import GapSection
from patrol_desk.ui.pages.today.words import near_day_text, shift_text

if TYPE_CHECKING:
    from patrol_desk.services.planning.board import Board, Candidate
    from patrol_desk.services.planning.edits import FillProposal

HANDFUL = 8
"""Gaps looked at in one go: some 50 ms at a township."""


class Backfill(QObject):
    """Looks for candidates of the gaps in sight, and writes what is chosen.

    Parameters
    ----------
    desk
        The open station.
    page
        Owner of what runs.
    section
        Where the gaps are shown.
    """

    def __init__(self, desk: Desk, page: QWidget, section: GapSection) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._section = section
        section.list.taken.connect(self.take)
        section.list.scrolled.connect(self.look)
        section.wider.connect(lambda _all: self.look())
        section.fill_asked.connect(self.fill_red)

    def look(self) -> None:
        """Look for candidates of the gaps in sight."""
        self._desk.tasks.start("candidates", self._look(), owner=self._page, exclusive="today.candidates")

    def take(self, gap: TodayGap, candidate: "Candidate") -> None:
        """Put a candidate into a gap."""
        self._desk.tasks.start("take", self._take(gap, candidate), owner=self._page, exclusive="today.take")

    def take_selected(self) -> None:
        """Take the best candidate of the selected gap; without one, say where it is seen who is kept away."""
        gaps = self._section.list
        if gaps.take_selected():
            return
        gap = gaps.selected()
        action = None if gap is None else (tr("看谁被挡住"), lambda: gaps.opened.emit(gap))
        self._desk.tell(tr("选中的缺口还没有可安排的人。"), "info", action=action)

    def fill_red(self) -> None:
        """Propose people for every gap below the minimum, ask, and write."""
        self._desk.tasks.start("fill", self._fill(), owner=self._page, exclusive="today.fill")

    async def _look(self) -> None:
        """Look at the gaps in sight one by one, then at the others by the handful."""
        rows = self._section.list.model_
        if rows.gaps:
            await self._desk.read(warm_up)
        for gap in self._section.list.in_sight():
            if rows.found(gap) is None:
                await self._look_at([gap])
        waiting = [gap for gap in rows.gaps if rows.found(gap) is None]
        for first in range(0, len(waiting), HANDFUL):
            await self._look_at(waiting[first : first + HANDFUL])
        self._section.looked()

    async def _look_at(self, gaps: Sequence[TodayGap]) -> None:
        for week, some in by_week(gaps):
            board = await self._desk.boards.get(week)
            for gap, found in zip(some, await self._desk.read(look_for, board, some), strict=True):
                self._section.list.model_.keep(gap, found)

    async def _take(self, gap: TodayGap, candidate: "Candidate") -> None:
        from patrol_desk.services.planning.edits import assign

        board = await self._desk.boards.get(gap.week)
        place = board.locate(*gap.key)
        if place is None:
            self._desk.tell(tr("这个点位已不在排班表上。"), "warn")
            return
        await self._desk.write(
            tr("补位 {name}", name=candidate.name), assign, board, candidate.person_id, *place, group=candidate.group
        )
        day = near_day_text(gap.shift.on_date, self._desk.now.date())
        where = f"{gap.place.name} {day} {shift_text(gap.shift)}"
        self._said(tr("已安排 {name}：{where}", name=candidate.name, where=where))

    async def _fill(self) -> None:
        from patrol_desk.services.planning.edits import apply_fill
        from patrol_desk.ui.pages.today.fill_dialog import FillDialog

        proposals = [
            (board, await self._desk.read(propose, board, gaps))
            for board, gaps in [
                (await self._desk.boards.get(week), gaps) for week, gaps in by_week(self._section.red_gaps())
            ]
        ]
        dialog = FillDialog(self._desk.host, self._desk.theme, proposals)
        people = dialog.people
        if not await dialog.ask() or not people:
            return
        for board, proposal in proposals:
            if proposal.rows:
                name = tr("一键补位 {count} 人次", count=len(proposal.rows))
                await self._desk.write(name, apply_fill, board, proposal)
        self._said(tr("已补位 {count} 人次", count=people))

    def _said(self, text: str) -> None:
        self._desk.tell(text, "ok", action=(tr("撤销"), self._undo))

    def _undo(self) -> None:
        self._desk.commands.start("undo")


def warm_up(station: Station, actor: Actor) -> None:
    """Import, in a reader's thread, what the board and its edits need: the window does not wait for it."""
    import patrol_desk.services.planning.board
    import patrol_desk.services.planning.edits

    del station, actor, patrol_desk


def look_for(station: Station, actor: Actor, board: "Board", gaps: Sequence[TodayGap]) -> list[Found]:
    """Return who could fill each gap; nobody when it is no longer on the board."""
    del station, actor  # the board holds all that is asked
    places = [board.locate(*gap.key) for gap in gaps]
    return [Found((), 0) if place is None else Found.of(board.candidates(*place)) for place in places]


def propose(station: Station, actor: Actor, board: "Board", gaps: Sequence[TodayGap]) -> "FillProposal":
    """Return who would fill the gaps."""
    from patrol_desk.services.planning.edits import propose_fill

    del station, actor  # the board holds all that is asked
    places = [place for gap in gaps if (place := board.locate(*gap.key)) is not None]
    return propose_fill(board, [board.gap(*place) for place in places])


def by_week(gaps: Sequence[TodayGap]) -> list[tuple[Week, list[TodayGap]]]:
    """Return gaps by the week of their plan."""
    weeks = sorted({gap.week for gap in gaps})
    return [(week, [gap for gap in gaps if gap.week == week]) for week in weeks]
