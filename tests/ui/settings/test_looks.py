"""The page of settings, its look and language, and the sheet of keys."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListWidget, QSlider

from patrol_desk.ui.dialogs.key_sheet import KeySheet
from patrol_desk.ui.pages.settings.keys import KeysPart
from patrol_desk.ui.pages.settings.page import SettingsPage
from patrol_desk.ui.settings import SCALE, THEME, Settings
from tests.helpers.desk import Act, DeskTest


async def opened(test: DeskTest, part: str = "") -> SettingsPage:
    """Go to the page by its key, and to a part by its list."""
    test.window.activateWindow()
    await test.until(test.window.isActiveWindow)
    test.keys("Ctrl+,")
    await test.settled()
    page = test.frame.page
    assert isinstance(page, SettingsPage)
    for _ in page.parts:
        if part and page.part.name != part:
            test.key(Qt.Key.Key_Down)
            await test.settled()
    if part and page.part.name != part:
        test.key(Qt.Key.Key_Home)
    assert not part or page.part.name == part
    return page


def test_the_look_follows_the_system(desk_test: Callable[[Act], None]) -> None:
    """When the system turns dark the desk does; a look that was chosen stays, and the choice is remembered."""

    async def act(test: DeskTest) -> None:
        await opened(test, "looks")
        hints = QGuiApplication.styleHints()
        test.click(test.find(QAbstractButton, "system"))
        assert test.desk.theme.choice == "system"
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
        assert test.desk.theme.name == "dark"
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
        assert test.desk.theme.name == "light"
        assert Settings(test.desk.settings.file).get(THEME) == "system"
        test.click(test.find(QAbstractButton, "light"))
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
        assert test.desk.theme.name == "light"

    desk_test(act)


def test_text_grows_in_small_steps_and_defaults_come_back(desk_test: Callable[[Act], None]) -> None:
    """By keys alone: the slider goes by 5 %, Ctrl and plus by 10 %, and one button sets everything back."""

    async def act(test: DeskTest) -> None:
        await opened(test, "looks")
        slider = test.find(QSlider, "scale_choice")
        slider.setFocus()
        test.key(Qt.Key.Key_Right)
        assert test.desk.theme.scale == 1.05
        test.keys("Ctrl+=")
        assert test.desk.theme.scale == 1.1
        test.keys("Ctrl+-")
        assert test.desk.theme.scale == 1.0
        test.key(Qt.Key.Key_End)
        assert Settings(test.desk.settings.file).get(SCALE) == 1.3
        test.click(test.find(QAbstractButton, "en"))
        await test.settled()
        assert test.window.windowTitle().startswith("Patrol Desk")
        test.click(test.find(QAbstractButton, "look_defaults"))
        await test.settled()
        assert test.window.windowTitle().startswith("巡防台")
        assert test.desk.theme.scale == 1.0
        assert not test.find(QAbstractButton, "look_defaults").isEnabled()

    desk_test(act)


def test_a_setting_is_found_by_what_is_in_it(desk_test: Callable[[Act], None]) -> None:
    """Initials of a word inside a part find the part, Enter opens it and goes in."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        test.keys("Ctrl+F")
        test.write("gsxt")
        names = test.find(QListWidget, "settings_list")
        assert [names.item(place).text() for place in range(names.count())] == ["显示与语言"]
        test.key(Qt.Key.Key_Return)
        await test.settled()
        assert page.part.name == "looks"
        assert page.part.isAncestorOf(test.focus())

    desk_test(act)


def test_keys_are_searched(desk_test: Callable[[Act], None]) -> None:
    """By key and by words; what nobody has says so."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, "keys")
        part = page.part
        assert isinstance(part, KeysPart)
        test.find(QLineEdit, "keys_search").setFocus()
        test.write("ctrl+,")
        assert [row.text for row in part.model.shown_rows()] == ["设置"]
        test.key(Qt.Key.Key_Escape)
        test.write("撤销")
        assert "Ctrl+Z" in {row.keys for row in part.model.shown_rows()}
        test.write("没有这种事")
        assert part.states.state() == "notice"

    desk_test(act)


def test_the_sheet_of_keys_opens_everywhere_but_in_a_field(desk_test: Callable[[Act], None]) -> None:
    """The page's own keys come first, in the language in force; a field takes the question mark as text."""

    async def act(test: DeskTest) -> None:
        await opened(test)
        await test.page("places")
        test.keys("?")
        await test.settled()
        sheet = test.find(KeySheet, "key_sheet")
        lines = sheet.lines()
        assert lines[0].page == "places"
        assert {"Ctrl+G", "Alt+1"} <= {line.keys for line in lines if line.page == "places"}
        assert {line.page for line in lines} == {"places", ""}
        test.keys("Ctrl+Shift+L")
        await test.settled()
        assert "Settings" in {line.text for line in sheet.lines()}
        test.key(Qt.Key.Key_Escape)
        await test.settled()
        await opened(test)
        test.keys("Ctrl+F")
        test.write("?")
        assert not test.window.findChildren(KeySheet)
        assert test.find(QLineEdit, "settings_search").text() == "?"

    desk_test(act)
