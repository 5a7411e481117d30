"""The list of checkpoints on paper, as it is filtered."""

from collections.abc import Sequence

from patrol_desk.services.places.rows import PlaceRow
from patrol_desk.services.printed.kinds import PLACE_LIST
from patrol_desk.services.printed.place_list import may_print
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.dialogs.printing.request import PrintRequest
from patrol_desk.ui.i18n import tr


class PrintList:
    """Opens the print dialog with the list.

    Parameters
    ----------
    desk
        The open station.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def may(self) -> bool:
        """Say whether the actor may print."""
        return may_print(self._desk.actor)

    def request(self, shown: Sequence[PlaceRow], count: int) -> PrintRequest | None:
        """Return what is printed of the rows shown of so many in all; None without any."""
        if not shown:
            return None
        some = tuple(row.code for row in shown) if len(shown) < count else ()
        return PrintRequest(self._desk.week, kind=PLACE_LIST, places=some)

    def open(self, request: PrintRequest | None) -> None:
        """Open the dialog; without anything to print it says so."""
        from patrol_desk.ui.dialogs.printing.dialog import open_print

        if request is None:
            self._desk.tell(tr("列表里没有点位，没有可打印的。"), "info")
        else:
            open_print(self._desk, request)
