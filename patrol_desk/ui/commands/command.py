"""A command, and the register of those that work at the moment."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can start.

    Parameters
    ----------
    id
        Stable name, e.g. ``"roster.publish"``.
    text
        Returns its words in the language in force.
    icon
        Lucide name.
    keys
        Key sequence as Qt reads it; empty for none.
    run
        Does it.
    enabled
        Whether it can be started now.
    """

    id: str
    text: Callable[[], str]
    icon: str
    keys: str
    run: Callable[[], None]
    enabled: Callable[[], bool] = _always


class Commands(QObject):
    """All commands by id, in the order in which they were added."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[str, Command] = {}

    def add(self, command: Command, scope: QWidget, *, window_wide: bool = False) -> QAction:
        """Register a command and give its keys to a widget; it leaves the register with the widget.

        Parameters
        ----------
        command
            The command.
        scope
            Its keys work while the focus is in there.
        window_wide
            Its keys work in the whole window.
        """
        action = QAction(scope)
        action.triggered.connect(lambda: self.start(command.id))
        if command.keys:
            action.setShortcut(QKeySequence(command.keys))
            context = Qt.ShortcutContext
            action.setShortcutContext(context.WindowShortcut if window_wide else context.WidgetWithChildrenShortcut)
        scope.addAction(action)
        self._held[command.id] = command
        scope.destroyed.connect(lambda: self._held.pop(command.id, None))
        self.changed.emit()
        return action

    def start(self, name: str) -> bool:
        """Run a command by its id, if it can be run now; say whether it was."""
        command = self._held.get(name)
        if command is None or not command.enabled():
            return False
        command.run()
        return True

    def registered(self) -> tuple[Command, ...]:
        """Return every command, also those that cannot be run now."""
        return tuple(self._held.values())

    def all(self) -> tuple[Command, ...]:
        """Return the commands that can be run now."""
        return tuple(command for command in self._held.values() if command.enabled())
