"""A line that says how many squads hold an outdated sheet, and prints what tells them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent
from typing_extensions import override

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.weeks import Week
from patrol_desk.services.station import Station
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.dialogs.printing.request import PrintRequest
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import week_text
from patrol_desk.ui.widgets.banner import Banner
from patrol_desk.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from patrol_desk.services.printed.outdated import OutdatedSquads

_ABOUT: Final = frozenset({"plan_version", "printed_sheet"})
"""Tables whose changes make a sheet outdated, or tell whoever held it."""


def _found_squads(station: Station, actor: Actor, week: Week) -> "OutdatedSquads":
    """Return who holds an outdated sheet; what knows of sheets is loaded in the reader thread, not at the start."""
    from patrol_desk.services.printed.outdated import outdated_squads

    return outdated_squads(station, actor, week)


class OutdatedBanner(Banner):
    """Follows a week and the file by itself once it has begun; hidden while nobody holds an outdated sheet.

    Parameters
    ----------
    desk
        The open station.
    week
        Says which week it is about.
    name
        Of the page it stands on.
    """

    def __init__(self, desk: Desk, week: Callable[[], Week], name: str) -> None:
        super().__init__(desk.theme, "amber", "printer")
        self._desk, self._week, self._name = desk, week, name
        self._found: OutdatedSquads | None = None
        self._begun = False
        self.setObjectName(f"{name}_outdated")
        self.print_button = Button(desk.theme, small=True)
        self.print_button.setObjectName(f"{name}_outdated_print")
        self.print_button.clicked.connect(self._print)
        self.add(self.print_button)
        self.hide()
        desk.bus.changed.connect(self._changed)
        desk.week_changed.connect(lambda _week: self.refresh())

    def begin(self) -> None:
        """Read for the first time; a page calls this when what it is about stands there."""
        if not self._begun:
            self._begun = True
            self.refresh()

    def refresh(self) -> None:
        """Read anew, if it has begun."""
        if not self._begun:
            return
        self._desk.tasks.start("outdated sheets", self._read(), owner=self, exclusive=f"{self._name}.outdated")

    async def _read(self) -> None:
        self._found = await self._desk.read(_found_squads, self._week())
        self._say()

    def _changed(self, changes: ChangeSet) -> None:
        if changes.by_kind.keys() & _ABOUT:
            self.refresh()

    def _say(self) -> None:
        found = self._found
        count = len(found.codes) if found is not None else 0
        if found is not None and count:
            week = week_text(found.week)
            self.say(tr("{week}：{count} 个组手里是旧表，与现行版本不符。", week=week, count=count))
            slips = found.kind == "change-slip"
            self.print_button.setText(tr("打印变动通知…") if slips else tr("重新打印…"))
        self.setVisible(count > 0)

    def _print(self) -> None:
        from patrol_desk.ui.dialogs.printing.dialog import open_print

        if self._found is not None:
            open_print(self._desk, PrintRequest(self._found.week, self._found.codes, self._found.kind))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)
