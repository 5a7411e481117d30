"""Undo and redo by named steps, each an invertible patch."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

if TYPE_CHECKING:
    from patrol_desk.services.undo import Patch

LIMIT = 200


class Step(QUndoCommand):
    """One named step; `patch` is what the next undo or redo has to turn back."""

    def __init__(self, name: str, patch: "Patch") -> None:
        super().__init__(name)
        self.patch = patch


class UndoStack(QObject):
    """Qt's stack of steps, moved only after the database has followed.

    The database work is `Desk.undo_step`'s; here is the bookkeeping.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(LIMIT)
        self._stack.indexChanged.connect(self._moved)

    def _moved(self, _index: int) -> None:
        self.changed.emit()

    def push(self, name: str, patch: "Patch") -> None:
        """Add a step that has just been done; what had been undone can no longer be redone."""
        self._stack.push(Step(name, patch))

    def clear(self) -> None:
        """Forget all steps: after an import, a restore, another station."""
        self._stack.clear()

    def next_undo(self) -> Step | None:
        """Return the step that undo would turn back."""
        return self._at(self._stack.index() - 1)

    def next_redo(self) -> Step | None:
        """Return the step that redo would do again."""
        return self._at(self._stack.index())

    def moved(self, step: Step, patch: "Patch") -> None:
        """Note that a step was undone or redone and what would turn that back again."""
        step.patch = patch
        if step is self.next_undo():
            self._stack.undo()
        else:
            self._stack.redo()

    def drop(self, step: Step) -> None:
        """Remove a step that can no longer be turned back, because somebody changed its records since."""
        step.setObsolete(True)
        if step is self.next_undo():
            self._stack.undo()
        else:
            self._stack.redo()
        self.changed.emit()

    def _at(self, index: int) -> Step | None:
        if not 0 <= index < self._stack.count():
            return None
        found = self._stack.command(index)
        return found if isinstance(found, Step) else None
