"""The window around the pages."""

from collections.abc import Callable

from PySide6.QtWidgets import QLabel

from tests.helpers.desk import Act, DeskTest


def test_window_opens_and_closes_and_leaves_nothing(desk_test: Callable[[Act], None]) -> None:
    """Opening a station and closing the window leaves no task, thread, widget or process."""

    async def act(test: DeskTest) -> None:
        assert test.window.windowTitle().startswith("巡防台 — ")

    desk_test(act)


def test_language_and_look_switch_at_once(desk_test: Callable[[Act], None]) -> None:
    """Language and look change by key and by click, and are remembered."""

    async def act(test: DeskTest) -> None:
        test.keys("Ctrl+Shift+L")
        assert test.window.windowTitle().startswith("Patrol Desk")
        test.click(test.frame.status.findChildren(QLabel)[0])
        assert test.desk.language == "en"

    desk_test(act)
