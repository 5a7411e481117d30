"""What the page does to the week: every edit through the board, the conflict function and one step of undo."""

import asyncio
from collections.abc import Collection, Coroutine
from typing import Any

from PySide6.QtCore import QObject, QRect

from patrol_desk.services.planning import edits
from patrol_desk.services.planning.board import Board, Candidate, Holder
from patrol_desk.services.planning.board.spares import board_gaps
from patrol_desk.services.planning.board.squads import SquadRow, SquadWeek
from patrol_desk.services.planning.overrides import Override
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.roster.finding import find_candidates, propose
from patrol_desk.ui.pages.roster.grid.framing import Frame
from patrol_desk.ui.pages.roster.grid.lined import LineGrid
from patrol_desk.ui.pages.roster.grid.view import RosterGrid
from patrol_desk.ui.pages.roster.moving.dialog import Case, ask_about
from patrol_desk.ui.pages.roster.moving.verdict import Mover, Verdict, judge, swappable
from patrol_desk.ui.widgets.confirm import confirm

Cells = Collection[tuple[int, int]]
Over = tuple[RosterGrid | LineGrid, tuple[int, int]]
"""The grid over which a move is decided, and its cell."""


class Editing(QObject):
    """Edits of the week in view, one after the other: the next begins on a board that holds the one before.

    Parameters
    ----------
    desk
        Reads, writes, tells.
    grid
        Where the cells are.
    """

    def __init__(self, desk: Desk, grid: RosterGrid) -> None:
        super().__init__(grid)
        self._desk = desk
        self._grid = grid
        self._turn = asyncio.Lock()

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Start an edit; it waits for the one before."""
        self._desk.tasks.start(name, self._in_turn(work), owner=self._grid)

    async def _in_turn(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            async with self._turn:
                await work
                await self._desk.boards.get(self._desk.week)
        finally:
            work.close()

    async def _board(self) -> Board:
        return await self._desk.boards.get(self._desk.week)

    # One person

    async def fill_first(self, row: int, shift: int) -> None:
        """Put the first candidate into a cell."""
        board = await self._board()
        found = await self._desk.read(find_candidates, board, row, shift)
        if found.ranked:
            await self._assign(board, found.ranked[0], row, shift)
        elif found.open_seats:
            words = tr("没有可安排的人。{count} 人被规则挡住，点开看原因。", count=found.blocked_count)
            self._desk.tell(words, "warn")
        else:
            self._desk.tell(tr("{place}这一班没有空缺。", place=board.rows[row].name))

    async def fill_with(self, candidate: Candidate, row: int, shift: int) -> None:
        """Put a candidate into a cell."""
        await self._assign(await self._board(), candidate, row, shift)

    async def _assign(self, board: Board, candidate: Candidate, row: int, shift: int) -> None:
        mover = Mover.of_candidate(candidate)
        verdict = judge(board, mover, row, shift)
        if candidate.warnings and verdict is not None and verdict.outcome != "ok":
            await self._decide(board, mover, row, shift, verdict)
            return
        await self._put(board, candidate.person_id, candidate.name, row, shift, candidate.group)
        self._tell_hints(candidate.name, verdict)

    def _tell_hints(self, name: str, verdict: Verdict | None) -> None:
        """Say what the rules that only hint have to say of a duty that was given."""
        hints = [] if verdict is None else [say(one.message) for one in verdict.of("note") if one.hints]
        if hints:
            self._desk.tell(tr("已安排 {name}。提示：{what}", name=name, what=tr("；|列举").join(hints)))

    async def place(self, mover: Mover, row: int, shift: int, over: Over | None = None) -> None:
        """Put somebody into a cell, or ask when something stands against it; `over` is where that is shown."""
        board = await self._board()
        verdict = judge(board, mover, row, shift)
        if verdict is None:
            return
        if verdict.outcome == "ok":
            await self._move(board, mover, row, shift)
            self._tell_hints(mover.name, verdict)
        else:
            await self._decide(board, mover, row, shift, verdict, over)

    async def _decide(
        self, board: Board, mover: Mover, row: int, shift: int, verdict: Verdict, over: Over | None = None
    ) -> None:
        """Show what stands against a move and do what is answered."""
        grid, spot = (self._grid, (row, shift)) if over is None else over
        block = verdict.outcome == "block"
        instead, swap = None, None
        if block:
            found = await self._desk.read(find_candidates, board, row, shift)
            instead = next((one for one in found.ranked if one.person_id != mover.person_id), None)
            swap = swappable(board, mover, row, shift)
        mark = "!" if block else ""
        grid.frame(Frame(*spot, "red" if block else "amber", f"{mark}{verdict.figures}", dashed=block))
        try:
            case = Case(board, mover, row, shift, verdict, instead, swap, self._desk.actor.role)
            answer, override = await ask_about(self._desk.host, self._desk.theme, case, self._place_of(grid, spot))
        finally:
            grid.frame(None)
        if answer == "yes":
            await self._move(board, mover, row, shift)
        elif answer == "instead" and instead is not None:
            await self._put(board, instead.person_id, instead.name, row, shift, instead.group)
        elif answer == "swap" and swap is not None:
            name = tr("{first} 与 {second} 互换", first=mover.name, second=swap.name)
            await self._desk.write(name, edits.swap, board, mover.assignment_id, swap.assignment_id)
        elif answer.startswith("rule:"):
            detail = {"part": "rules", "rule": answer.removeprefix("rule:")}
            self._desk.go(Target("settings", detail=detail))
        elif answer == "override" and override is not None:
            await self._put_anyway(board, mover, row, shift, override)

    async def _put_anyway(self, board: Board, mover: Mover, row: int, shift: int, override: Override) -> None:
        """Put somebody into a cell against a rule of the station's own, with the reason."""
        step = tr("破例安排 {name} 到{place}", name=mover.name, place=board.rows[row].name)
        if mover.takes_from:
            duty, who = mover.assignment_id, mover.person_id
            await self._desk.write(step, edits.hand_over, board, duty, who, row, shift, override=override)
        elif mover.assignment_id:
            await self._desk.write(step, edits.move, board, mover.assignment_id, row, shift, override=override)
        else:
            await self._desk.write(step, edits.assign, board, mover.person_id, row, shift, override=override)
        self._desk.tell(tr("已破例安排 {name}，表格上加脚注。Ctrl+Z 撤销。", name=mover.name), "ok")

    def _place_of(self, grid: RosterGrid | LineGrid, spot: tuple[int, int]) -> QRect:
        """Return where a cell is in the window, with its frame."""
        rect = grid.cell_rect(*spot).adjusted(-2, -2, 2, 2)
        corner = self._desk.host.mapFromGlobal(grid.viewport().mapToGlobal(rect.topLeft()))
        return QRect(corner, rect.size())

    async def _put(self, board: Board, person_id: str, name: str, row: int, shift: int, group: int) -> None:
        step = tr("安排 {name} 到{place}", name=name, place=board.rows[row].name)
        await self._desk.write(step, edits.assign, board, person_id, row, shift, group)

    async def _move(self, board: Board, mover: Mover, row: int, shift: int) -> None:
        place = board.rows[row].name
        if mover.takes_from:
            step = tr("{place}的班由 {old} 换成 {name}", place=place, old=mover.takes_from, name=mover.name)
            await self._desk.write(step, edits.hand_over, board, mover.assignment_id, mover.person_id, row, shift)
        elif mover.assignment_id:
            step = tr("把 {name} 换到{place}", name=mover.name, place=place)
            await self._desk.write(step, edits.move, board, mover.assignment_id, row, shift)
        else:
            step = tr("安排 {name} 到{place}", name=mover.name, place=place)
            await self._desk.write(step, edits.assign, board, mover.person_id, row, shift)

    # Removing and locking

    async def remove_holder(self, holder: Holder) -> None:
        """Take one person off a cell."""
        board = await self._board()
        await self._desk.write(tr("移除 {name}", name=holder.name), edits.remove, board, [holder.assignment_id])

    async def remove_cells(self, cells: Cells) -> None:
        """Empty cells: at once for a single person, after a question with the numbers for more."""
        board = await self._board()
        await self._remove(board, [holder for cell in cells for holder in board.holders(*cell)])

    async def _remove(self, board: Board, holders: list[Holder]) -> None:
        free = [holder for holder in holders if not holder.locked]
        locked = len(holders) - len(free)
        if not free:
            self._desk.tell(tr("选中的人都已锁定，先解锁再移除。") if locked else tr("选中的格子里没有人。"))
            return
        if len(free) == 1:
            step = tr("移除 {name}", name=free[0].name)
        else:
            step = tr("移除 {count} 个班次", count=len(free))
            if not await self._confirm_removal(board, free, locked):
                return
        await self._desk.write(step, edits.remove, board, [holder.assignment_id for holder in free])
        if len(free) > 1:
            self._desk.tell(tr("已移除 {count} 个班次。Ctrl+Z 撤销。", count=len(free)), "ok")

    async def _confirm_removal(self, board: Board, free: list[Holder], locked: int) -> bool:
        people = {holder.person_id for holder in free}
        sentences = [tr("将移除 {count} 个班次，涉及 {people} 人。", count=len(free), people=len(people))]
        if board.published is not None:
            sentences.append(tr("发布前组长手里的执勤表不变；发布后要通知他们。"))
        if locked:
            sentences.append(tr("{count} 个已锁定的班次保留。", count=locked))
        title, verb = tr("移除选中的班次"), tr("移除 {count} 个班次", count=len(free))
        return await confirm(self._desk.host, self._desk.theme, title, sentences, verb, danger=True)

    async def lock_cells(self, cells: Cells, *, locked: bool) -> None:
        """Lock or unlock everybody in some cells."""
        board = await self._board()
        held = [cell for cell in cells if board.cell(*cell).heads]
        if not held:
            self._desk.tell(tr("选中的格子里没有人。"))
            return
        count = len(held)
        step = tr("锁定 {count} 格", count=count) if locked else tr("解锁 {count} 格", count=count)
        changed = await self._desk.write(step, edits.lock, board, held, locked)
        if count > 1:
            words = (
                tr("已锁定 {count} 个班次。", count=changed) if locked else tr("已解锁 {count} 个班次。", count=changed)
            )
            self._desk.tell(words, "ok")

    async def lock_holder(self, holder: Holder) -> None:
        """Lock one person's duty, or unlock it."""
        board = await self._board()
        step = tr("解锁 {name}", name=holder.name) if holder.locked else tr("锁定 {name}", name=holder.name)
        await self._desk.write(step, edits.lock, board, [holder.assignment_id], not holder.locked)

    async def lock_duties(self, ids: Collection[str], *, locked: bool) -> None:
        """Lock or unlock duties."""
        step = tr("锁定 {count} 个班次", count=len(ids)) if locked else tr("解锁 {count} 个班次", count=len(ids))
        await self._desk.write(step, edits.lock, await self._board(), list(ids), locked)

    async def remove_duties(self, ids: Collection[str]) -> None:
        """Take duties off the roster: at once for a single one, after a question with the numbers for more."""
        board = await self._board()
        cells = {place for each in ids if (place := board.where(each)) is not None}
        holders = [holder for cell in cells for holder in board.holders(*cell) if holder.assignment_id in ids]
        await self._remove(board, holders)

    async def put(self, person_id: str, name: str, row: int, shift: int) -> None:
        """Put somebody into a cell."""
        board = await self._board()
        step = tr("安排 {name} 到{place}", name=name, place=board.rows[row].name)
        await self._desk.write(step, edits.assign, board, person_id, row, shift)

    async def fill_squad(self, week: SquadWeek, squad: SquadRow) -> None:
        """Fill the gaps of a squad's own checkpoints, after a question with the numbers."""
        board = await self._board()
        gaps = [board.gap(*cell) for cell in board_gaps(week, squad)]
        proposal = await self._desk.read(propose, board, gaps)
        if not proposal.rows:
            self._desk.tell(tr("没有可安排的人，缺口还是 {count} 格。", count=len(gaps)))
            return
        sentences = [tr("将安排 {count} 人次，每个缺口都取候选第一位。", count=len(proposal.rows))]
        if proposal.unfilled:
            sentences.append(tr("{count} 格仍补不上。", count=len(proposal.unfilled)))
        verb = tr("安排 {count} 人次", count=len(proposal.rows))
        if await confirm(self._desk.host, self._desk.theme, tr("补 {squad} 的缺口", squad=squad.name), sentences, verb):
            step = tr("补 {squad} 的缺口", squad=squad.name)
            await self._desk.write(step, edits.apply_fill, board, proposal)


def all_locked(board: Board, cells: Cells) -> bool:
    """Say whether everybody in some cells is locked, and there is somebody."""
    held = [cell for cell in cells if board.cell(*cell).heads]
    return bool(held) and all(board.cell(*cell).locked for cell in held)
