"""The index of everything, built beside the window and kept fresh."""

import asyncio
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from patrol_desk.common.changes import ChangeSet
from patrol_desk.ui.desk import Desk

if TYPE_CHECKING:
    from patrol_desk.services.finding.index import FindIndex


class FindStore(QObject):
    """The index of a desk; there is one per desk, made when first asked for.

    Parameters
    ----------
    desk
        The open station; the store belongs to it.
    """

    ready = Signal()
    """The index is built, or fresher than before."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.index: FindIndex | None = None
        self._waiting = ChangeSet()
        self._work: asyncio.Task[Any] | None = None
        desk.bus.changed.connect(self._note)

    @classmethod
    def of(cls, desk: Desk) -> "FindStore":
        """Return the store of a desk."""
        found = desk.findChild(cls)
        return found if isinstance(found, cls) else cls(desk)

    def begin(self) -> None:
        """Build the index, unless that is done or under way."""
        if self.index is None:
            self._start()

    def _note(self, changes: ChangeSet) -> None:
        self._waiting = self._waiting | changes
        if self.index is not None:
            self._start()

    def _start(self) -> None:
        if self._work is None or self._work.done():
            self._work = self._desk.tasks.start("find index", self._freshen(), owner=self)

    async def _freshen(self) -> None:
        from patrol_desk.services.finding.build import build_index, update_index

        if self.index is None:
            self._waiting = ChangeSet()
            self.index = await self._desk.read(build_index)
        while self._waiting:
            changes, self._waiting = self._waiting, ChangeSet()
            self.index = await self._desk.read(update_index, self.index, changes)
        self.ready.emit()
