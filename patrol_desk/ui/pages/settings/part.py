"""One part of the settings: what stands in the middle when its line in the list is chosen."""

from collections.abc import Coroutine, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.navigation import Target


class Part(QFrame):
    """A part of the settings.

    Parameters
    ----------
    desk
        The open station.

    Attributes
    ----------
    dirty_changed
        Sent when the number of unsaved edits may be another one.
    """

    name: ClassVar[str]
    icon: ClassVar[str]
    saves: ClassVar[bool] = False
    """Whether its edits wait for a button; those of the other parts hold at once."""

    dirty_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("panel", "surface")
        self.setObjectName(f"part_{self.name}")

    def title(self) -> str:
        """Return its words in the list."""
        return self.name

    def words(self) -> Sequence[str]:
        """Return what else one may look for in the list to find this part."""
        return ()

    def side(self) -> QWidget | None:
        """Return what stands at its right."""
        return None

    def tools(self) -> Sequence[QWidget]:
        """Return its buttons in the command bar."""
        return ()

    def enter(self, target: Target | None) -> None:
        """Be shown."""

    def dirty(self) -> int:
        """Return how many edits are unsaved."""
        return 0

    def may_save(self) -> bool:
        """Say whether the edits can be written as they are."""
        return self.dirty() > 0

    def fault(self) -> str:
        """Return the sentence about an edit that cannot be right; empty for none."""
        return ""

    async def save(self) -> bool:
        """Write every edit and say whether all were written."""
        return True

    def discard(self) -> None:
        """Forget every edit."""

    def on_changes(self, changes: ChangeSet) -> None:
        """Re-read what changed."""

    def retranslate(self) -> None:
        """Set every text anew."""

    def run(self, what: str, work: Coroutine[Any, Any, Any], *, only: bool = False) -> None:
        """Start something that the part does; `only` ends what runs of the same name."""
        name = f"settings {what}"
        self.desk.tasks.start(name, work, owner=self, exclusive=name if only else "")

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
