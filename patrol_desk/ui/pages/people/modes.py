"""The two ways to look at people: the list of everybody, and squads with response teams."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from patrol_desk.common.changes import ChangeSet
from patrol_desk.services.people import Choices, PersonRow
from patrol_desk.ui.desk import Desk

if TYPE_CHECKING:
    from patrol_desk.ui.dialogs.printing.request import PrintRequest
    from patrol_desk.ui.pages.people.squads.view import SquadsView


class Modes(QStackedWidget):
    """The list, and the view of groups, which is made when it is first wanted.

    Parameters
    ----------
    desk
        The open station.
    people
        The list.
    editable
        Whether people and groups may be changed.

    Attributes
    ----------
    squads
        The view of groups; None before it was shown.
    members_wanted
        Sent with the group whose people are to be shown in the list.
    """

    members_wanted = Signal(object)

    def __init__(self, desk: Desk, people: QWidget, *, editable: bool) -> None:
        super().__init__()
        self._desk, self._editable = desk, editable
        self.squads: SquadsView | None = None
        self.addWidget(people)

    @property
    def in_squads(self) -> bool:
        """Whether groups are shown."""
        return self.squads is not None and self.currentWidget() is self.squads

    def show_squads(self, rows: Sequence[PersonRow], choices: Choices | None) -> None:
        """Show the groups, which are found by these people."""
        from patrol_desk.ui.pages.people.squads.view import SquadsView

        if self.squads is None:
            self.squads = SquadsView(self._desk, editable=self._editable)
            self.squads.members_wanted.connect(self.members_wanted)
            self.addWidget(self.squads)
        self.setCurrentWidget(self.squads)
        self.squads.set_people(rows, choices)
        self.squads.read()
        self.squads.focus()

    def take(self, rows: Sequence[PersonRow], choices: Choices | None) -> None:
        """Find groups by these people from now on."""
        if self.squads is not None:
            self.squads.set_people(rows, choices)

    def on_changes(self, changes: ChangeSet) -> None:
        """Read again what a write touched, if groups are shown."""
        if self.squads is not None and self.in_squads:
            self.squads.on_changes(changes)

    def print_request(self) -> "PrintRequest | None":
        """Return the group in view as what is to be printed."""
        return self.squads.print_request() if self.squads is not None and self.in_squads else None
