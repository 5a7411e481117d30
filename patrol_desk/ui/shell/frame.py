"""The inside of the window while a station is open: rail, pages, status bar, notices, find-anything."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout
from typing_extensions import override

from patrol_desk.services.shell import ShellFacts, read_shell_facts
from patrol_desk.services.station import Station
from patrol_desk.ui.desk import Desk, Notice
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.page import Page
from patrol_desk.ui.shell.ahead import import_ahead
from patrol_desk.ui.shell.commands import add_commands
from patrol_desk.ui.shell.notices import Notices, SampleBanner
from patrol_desk.ui.shell.pages import PAGES, entry
from patrol_desk.ui.shell.rail import Rail
from patrol_desk.ui.shell.status import StatusBar, StatusFacts
from patrol_desk.ui.widgets.reading_order import tab_on

if TYPE_CHECKING:
    from patrol_desk.ui.shell.window import Window


class DeskFrame(QFrame):
    """Rail, pages and status bar of an open station.

    Parameters
    ----------
    window
        The window around it.
    station
        The open file; the frame's desk works in it.
    """

    def __init__(self, window: "Window", station: Station) -> None:
        super().__init__()
        self.setProperty("panel", "chrome")
        self._window = window
        self.desk = Desk(
            station,
            station.system_actor(),
            theme=window.theme,
            settings=window.settings,
            tasks=window.tasks,
            host=window,
        )
        self._facts: ShellFacts | None = None
        self.pages: dict[str, Page] = {}
        self.page: Page | None = None
        self._status_facts = StatusFacts(who=self.desk.actor.name)
        self._build(window)
        self._connect(window)
        add_commands(self, window)

    @property
    def station_name(self) -> str:
        """Name of the station, once it has been read."""
        return "" if self._facts is None else self._facts.title

    def begin(self) -> None:
        """Show the first page and read what the shell itself shows."""
        self.go(Target("today"))
        self.desk.tasks.start("begin", self._begin(), owner=self)

    def go(self, target: Target) -> None:
        """Show a page, unless the one shown must ask about unsaved edits first."""
        page = self.pages.get(target.page) or self._make(target.page)
        if self.page is not None and self.page is not page and not self.page.hidden(partial(self.go, target)):
            self.rail.show_page(self._rail_name())
            return
        self.page = page
        self._stack.setCurrentWidget(page)
        self.notices.raise_()  # the stack puts the page above all that lies in it
        self.rail.show_page(self._rail_name())
        page.shown(target)

    def may_close(self, again: Callable[[], object]) -> bool:
        """Let the page shown ask about unsaved edits; it may do `again` after it has asked."""
        return self.page is None or self.page.hidden(again)

    def close_down(self) -> None:
        """Stop what the pages run."""
        for page in self.pages.values():
            page.close_down()

    def show_notice(self, notice: Notice) -> None:
        """Show a sentence at the foot of the pages."""
        self.notices.show_notice(notice)

    def retranslate(self) -> None:
        """Take every word of the frame anew."""
        self.rail.retranslate()
        self.status.retranslate()
        self.banner.retranslate()

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return tab_on(self, forward=next)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _build(self, window: "Window") -> None:
        self.rail = Rail(window.theme, PAGES)
        self.status = StatusBar(window.theme)
        self.banner = SampleBanner(window.theme)
        self.banner.setVisible(self.desk.station.is_sample)
        self._stack = QStackedWidget()
        self.notices = Notices(window.theme, self._stack)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.banner)
        middle.addWidget(self._stack, 1)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(middle, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(across, 1)
        whole.addWidget(self.status)

    def _connect(self, window: "Window") -> None:
        desk = self.desk
        self.rail.chosen.connect(lambda name: self.go(Target(name)))
        self.status.language_chosen.connect(window.use_language)
        self.status.look_chosen.connect(window.use_look)
        self.banner.left.connect(window.leave_station)
        desk.look_wanted.connect(window.use_look)
        desk.language_wanted.connect(window.use_language)
        desk.scale_wanted.connect(window.set_scale)
        desk.told.connect(self.show_notice)
        desk.going.connect(self.go)
        desk.saved.connect(self._show_saved)
        desk.working.connect(self._show_working)
        desk.bus.changed.connect(
            lambda _changes: desk.tasks.start("shell facts", self.refresh_facts(), owner=self, exclusive="shell facts")
        )

    async def _begin(self) -> None:
        """Read the frame's facts, then import the other pages' modules beside the window, so that a visit is quick."""
        await self.refresh_facts()
        await self.desk.tasks.idle()
        await import_ahead()

    def _make(self, name: str) -> Page:
        page = entry(name).build(self.desk)
        self.pages[name] = page
        self._stack.addWidget(page)
        return page

    def _rail_name(self) -> str:
        shown = "" if self.page is None else self.page.name
        return entry(shown).parent or shown

    def _show_saved(self, moment: datetime) -> None:
        self._say_status(replace(self._status_facts, saved=moment))

    def _show_working(self, text: str) -> None:
        self._say_status(replace(self._status_facts, running=text))

    def _say_status(self, facts: StatusFacts) -> None:
        self._status_facts = facts
        self.status.show_facts(facts)

    async def refresh_facts(self) -> None:
        """Read anew what title and status bar show."""
        self._facts = await self.desk.read(read_shell_facts)
        self._say_status(replace(self._status_facts, backup=self._facts.last_backup))
        self._window.retranslate()
