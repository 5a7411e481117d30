"""The doctor's findings for the print dialog: handed in by its page, or found here under the foot's progress."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from patrol_desk.common.actor import Actor
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.services.station import Station
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.dialogs.printing.foot import PrintFoot
from patrol_desk.ui.widgets.progress import ProgressPanel

if TYPE_CHECKING:
    from patrol_desk.services.planning.doctor_data import Diagnosis


class Findings:
    """Keeps what was found last.

    Parameters
    ----------
    desk
        Where is read.
    foot
        Shows how far the doctor is, and stops it.
    found
        What is known already.
    """

    def __init__(self, desk: Desk, foot: PrintFoot, found: "Diagnosis | None") -> None:
        self._desk = desk
        self._foot = foot
        self._found = found

    async def of(self, week: Week) -> "Diagnosis":
        """Return what the doctor finds in a week; it takes seconds unless it is known.

        Raises
        ------
        PatrolError
            The week has no plan, or the user asked to stop.
        """
        if self._found is None or self._found.week != week:
            self._found = await self._look(week)
        return self._found

    def forget(self) -> None:
        """Look anew the next time: the data moved on."""
        self._found = None

    async def _look(self, week: Week) -> "Diagnosis":
        held = QApplication.focusWidget()
        self._foot.begin(Message("ways.reading"))
        try:
            return await self._desk.read(_look_at, week, self._foot.progress)
        finally:
            # Also where the dialog is closed meanwhile: the thread must not go on for nobody.
            self._foot.progress.stop()
            self._foot.end(str)
            if held is not None:
                held.setFocus()


def _look_at(station: Station, actor: Actor, week: Week, panel: ProgressPanel) -> "Diagnosis":
    """Run in a reader thread, where the engine is imported too."""
    from patrol_desk.services.printed.build_diagnosis import look_at_week

    return look_at_week(station, actor, week, panel.progress, panel.cancelled)
