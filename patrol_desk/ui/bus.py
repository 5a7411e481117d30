"""The change bus: who wrote says what changed, and each view re-reads only that."""

from PySide6.QtCore import QObject, Signal

from patrol_desk.common.changes import ChangeSet


class ChangeBus(QObject):
    """Carries `ChangeSet`s in the window's thread."""

    changed = Signal(object)

    def publish(self, changes: ChangeSet) -> None:
        """Tell every open view, unless nothing changed."""
        if changes:
            self.changed.emit(changes)
