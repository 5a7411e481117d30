"""The opened weeks: one board each, kept fresh from the change bus."""

import asyncio
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.weeks import Week

if TYPE_CHECKING:
    from patrol_desk.services.planning.board import Board

KEPT = 3


class Reader(Protocol):
    """Runs a service in a reader thread; `Desk.read` does."""

    async def __call__(self, function: Any, /, *args: object) -> Any:  # noqa: ANN401  # any service, any result
        """Return what the service returned."""
        ...


class Boards(QObject):
    """Boards by week, the last few used.

    Parameters
    ----------
    read
        Runs a service in a reader thread.
    """

    changed = Signal(object)
    """A week whose board was replaced by a fresher one."""

    def __init__(self, read: Reader) -> None:
        super().__init__()
        self._read = read
        self._held: dict[Week, Board] = {}
        self._waiting: dict[Week, ChangeSet] = {}
        self._locks: dict[Week, asyncio.Lock] = {}

    def held(self, week: Week) -> "Board | None":
        """Return a week's board if it is open, perhaps behind the newest changes."""
        return self._held.get(week)

    async def get(self, week: Week) -> "Board":
        """Return a week's board with every published change in it."""
        from patrol_desk.services.planning.board import open_board, refresh_board

        async with self._locks.setdefault(week, asyncio.Lock()):
            board = self._held.pop(week, None)
            waiting = self._waiting.pop(week, None)
            try:
                if board is None:
                    fresh: Board = await self._read(open_board, week)
                elif waiting is None:
                    fresh = board
                else:
                    fresh = await self._read(refresh_board, board, waiting)
            except BaseException:
                # A read that was cancelled or failed is not a reason to forget what changed.
                if board is not None and waiting is not None:
                    self._held[week] = board
                    self._waiting[week] = waiting | self._waiting.get(week, ChangeSet())
                raise
            self._keep(week, fresh)
            if fresh is not board:
                self.changed.emit(week)
            return fresh

    def note(self, changes: ChangeSet) -> None:
        """Remember what changed; a board re-reads it when it is next asked for."""
        for week in self._held:
            self._waiting[week] = self._waiting.get(week, ChangeSet()) | changes

    def _keep(self, week: Week, board: "Board") -> None:
        self._held[week] = board
        while len(self._held) > KEPT:
            oldest = next(iter(self._held))
            del self._held[oldest]
            self._waiting.pop(oldest, None)
