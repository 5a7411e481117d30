"""Which pages the window has; each is imported at its first visit."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

from patrol_desk.ui.i18n import tr

if TYPE_CHECKING:
    from patrol_desk.ui.desk import Desk
    from patrol_desk.ui.pages.page import Page


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page.

    Parameters
    ----------
    name
        By which targets know it.
    icon
        Lucide name.
    label
        Returns its words in the language in force.
    module, kind
        Where its class is.
    parent
        The page on whose rail item it counts; empty for a page with an item of its own.
    foot
        Whether its item stands at the foot of the rail.
    """

    name: str
    icon: str
    label: Callable[[], str]
    module: str
    kind: str
    parent: str = ""
    foot: bool = False

    def build(self, desk: "Desk") -> "Page":
        """Import and make the page."""
        found: type[Page] = getattr(import_module(self.module), self.kind)
        return found(desk)


_ROOT = "patrol_desk.ui.pages"

PAGES: Final = (
    PageEntry("today", "layout-dashboard", lambda: tr("今日"), f"{_ROOT}.today.page", "TodayPage"),
    PageEntry("roster", "calendar-days", lambda: tr("排班"), f"{_ROOT}.roster.page", "RosterPage"),
    PageEntry("people", "users", lambda: tr("人员"), f"{_ROOT}.people.page", "PeoplePage"),
    PageEntry("places", "map-pin", lambda: tr("点位"), f"{_ROOT}.places.page", "PlacesPage"),
    PageEntry("map", "map", lambda: tr("地图"), f"{_ROOT}.map.page", "MapPage"),
    PageEntry("importing", "folder-input", lambda: tr("导入"), f"{_ROOT}.importing.page", "ImportPage"),
    PageEntry("planning", "wand-sparkles", lambda: tr("自动排班"), f"{_ROOT}.planning.page", "PlanningPage", "roster"),
    PageEntry("doctor", "gauge", lambda: tr("缺口诊断"), f"{_ROOT}.planning.doctor.page", "DoctorPage", "roster"),
    PageEntry("settings", "settings", lambda: tr("设置"), f"{_ROOT}.settings.page", "SettingsPage", foot=True),
)
"""In the order of the rail; ``Ctrl+1`` is the first, ``Ctrl+,`` the settings."""


def numbered() -> dict[str, str]:
    """Return the keys that lead to each page with an item in the rail's upper part, by the page's name."""
    upper = (page.name for page in PAGES if not page.parent and not page.foot)
    return {name: f"Ctrl+{number}" for number, name in enumerate(upper, start=1)}


def entry(name: str) -> PageEntry:
    """Return the page of a name; raise KeyError when there is none."""
    found = {page.name: page for page in PAGES}
    return found[name]
