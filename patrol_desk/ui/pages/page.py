"""What every page of the window has in common."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.ui.commands import Command
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.bar import CommandBar

if TYPE_CHECKING:
    from patrol_desk.ui.dialogs.printing.request import PrintRequest


def _always() -> bool:
    return True


def _nothing() -> None:
    pass


class Page(QWidget):
    """A page: command bar above, body, and a side panel at the right.

    A page is built at its first visit. While it is hidden it collects what changed; it is told before it is
    entered again.

    Parameters
    ----------
    desk
        The open station.
    """

    name: ClassVar[str]
    icon: ClassVar[str]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName(f"page_{self.name}")
        self.bar = CommandBar(desk.theme)
        self._body = QFrame()
        self._body.setProperty("panel", "surface")
        self._side = QFrame()
        self._side.setProperty("panel", "line-left")
        self._side_kind = ""
        self._missed = ChangeSet()
        self._entered = False
        self.again: Callable[[], object] = _nothing
        """What was asked for when the page last had to be left: do it once the answer allows."""
        self._lay_out()
        desk.bus.changed.connect(self._note)
        desk.theme.changed.connect(self._fit_side)

    def label(self) -> str:
        """Return the page's name on the rail."""
        return self.name

    def retranslate(self) -> None:
        """Set every text anew; called after a change of language and by the page's own constructor."""

    def enter(self, target: Target | None) -> None:
        """Be shown, perhaps with something to go to."""

    def leave(self) -> bool:
        """Be hidden; False keeps the page, because it asks about unsaved edits first."""
        return True

    def on_changes(self, changes: ChangeSet) -> None:
        """Re-read what changed; only called while the page is shown or just before it is entered."""

    def print_request(self) -> "PrintRequest | None":
        """Return what the print dialog should choose first; None for the week in view."""
        return None

    def close_down(self) -> None:
        """Stop what runs, before the window closes."""

    def set_body(self, widget: QWidget) -> None:
        """Fill the middle of the page."""
        layout = self._body.layout()
        assert layout is not None
        layout.addWidget(widget)

    def set_side(self, widget: QWidget, kind: str = "inspector") -> None:
        """Fill the panel at the right; `kind` is one of ``theme.sizes.SIDES``."""
        self._side_kind = kind
        layout = self._side.layout()
        assert layout is not None
        layout.addWidget(widget)
        self._fit_side()
        self._side.show()

    @property
    def side(self) -> QFrame:
        """The panel at the right; show or hide it."""
        return self._side

    def command(
        self, name: str, text: Callable[[], str], icon: str, keys: str, run: Callable[[], None],
        *, enabled: Callable[[], bool] = _always,
    ) -> QAction:  # fmt: skip
        """Register something the page can do; its keys work while the focus is on the page."""
        return self.desk.commands.add(Command(name, text, icon, keys, run, enabled), self)

    def shown(self, target: Target | None) -> None:
        """Enter the page; the shell calls this."""
        self._entered = True
        missed, self._missed = self._missed, ChangeSet()
        if missed:
            self.on_changes(missed)
        self.enter(target)

    def hidden(self, again: Callable[[], object] = _nothing) -> bool:
        """Leave the page; the shell calls this. False: the page stays, and may do `again` after it has asked."""
        self.again = again
        left = self.leave()
        self._entered = not left
        return left

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _note(self, changes: ChangeSet) -> None:
        if self._entered:
            self.on_changes(changes)
        else:
            self._missed = self._missed | changes

    def _lay_out(self) -> None:
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(1, 0, 0, 0)
        side.setSpacing(0)
        self._side.hide()
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self._body, 1)
        middle.addWidget(self._side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addLayout(middle, 1)

    def _fit_side(self) -> None:
        if self._side_kind:
            self._side.setFixedWidth(self.desk.theme.side(self._side_kind))
