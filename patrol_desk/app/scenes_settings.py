"""Scenes of the settings and of the sheet of keys."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from patrol_desk.app.stage import Stage
from patrol_desk.services.rules import Override, save_rules
from patrol_desk.ui.pages.settings.page import SettingsPage
from patrol_desk.ui.pages.settings.rules import RulesPart


def settings(part: str) -> Callable[[Stage], Awaitable[None]]:
    """Return what goes to a part of the settings."""

    async def act(stage: Stage) -> None:
        await stage.page("settings", part=part)

    return act


async def key_sheet(stage: Stage) -> None:
    """Open the sheet of keys over the roster."""
    await stage.page("roster")
    await stage.settled()
    stage.keys("?")


async def longer_rest(stage: Stage) -> None:
    """Try a longer rest on the week, beside a change that is still to come."""
    later = stage.desk.week.monday + timedelta(weeks=3)
    await stage.desk.write("", save_rules, [Override("cap_day", None, None, 2, "chief")], later)
    stage.desk.undo.clear()
    page = await stage.page("settings", part="rules")
    await stage.settled()
    assert isinstance(page, SettingsPage)
    part = page.part
    assert isinstance(part, RulesPart)
    await stage.until(lambda: part.outcome is not None)
    line = stage.find(QLineEdit, "number_rest_minutes")
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "1440")
    before = part.outcome
    await stage.until(lambda: part.outcome is not before)


async def shorter_again(stage: Stage) -> None:
    """Forget the edit, and look at the look."""
    page = stage.frame.page
    assert isinstance(page, SettingsPage)
    page.part.discard()
    await stage.page("settings", part="looks")
