"""The window around the pages."""

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QPushButton

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.services.today import add_note, list_notes
from patrol_desk.ui.settings import LANGUAGE, THEME, WINDOW, Settings
from patrol_desk.ui.shell.status import LanguageSwitch
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
        await test.settled()
        assert test.window.windowTitle().startswith("Patrol Desk")
        assert test.frame.rail.items["people"].text() == "People"
        test.click(test.find(LanguageSwitch, "language_switch"))
        await test.settled()
        assert test.window.windowTitle().startswith("巡防台")
        test.click(test.find(QPushButton, "look_switch"))
        await test.settled()
        assert test.desk.theme.name == "dark"
        kept = test.desk.settings
        assert (kept.get(LANGUAGE), kept.get(THEME)) == ("zh", "dark")

    desk_test(act)


def test_text_grows_and_comes_back(desk_test: Callable[[Act], None]) -> None:
    """Ctrl and plus makes rows and text larger up to 130 %, Ctrl+0 sets them back."""

    async def act(test: DeskTest) -> None:
        before = test.desk.theme.row("table")
        for _ in range(6):
            test.keys("Ctrl+=")
        await test.settled()
        assert test.desk.theme.scale == 1.3
        assert test.desk.theme.row("table") > before
        test.keys("Ctrl+0")
        await test.settled()
        assert test.desk.theme.row("table") == before

    desk_test(act)


def test_an_unforeseen_error_is_told_in_plain_words(desk_test: Callable[[Act], None]) -> None:
    """The window says that the work is safe, and what it shows for the maintainers holds no value of the error."""

    async def act(test: DeskTest) -> None:
        async def fail() -> None:
            secret = "王小明 13800000000"
            raise ValueError(secret)

        test.desk.tasks.start("试验", fail())
        await test.settled()
        shown = test.window.findChild(QPlainTextEdit, "error_details")
        assert isinstance(shown, QPlainTextEdit)
        assert "ValueError" in shown.toPlainText()
        assert "王小明" not in shown.toPlainText()
        assert Settings(test.desk.settings.file).get(WINDOW)
        test.click(shown.window().findChildren(QPushButton, "error_back")[0])
        await test.settled()
        assert test.window.isVisible()

    desk_test(act)


def test_a_refusal_stays_until_it_is_closed(desk_test: Callable[[Act], None]) -> None:
    """What a service refuses is a sentence at the foot of the page."""

    async def act(test: DeskTest) -> None:
        async def refused() -> None:
            raise PatrolError(Message("plan.no_demand", {"week": "2026-W50"}))

        test.desk.tasks.start("试验", refused())
        await test.settled()
        words = test.find(QLabel, "notice_text")
        assert "2026-W50" in words.text()
        test.keys("Ctrl+3")
        await test.settled()
        at = words.mapTo(test.window, words.rect().center())
        assert test.window.childAt(at) is words, "a page that is shown after it does not lie above it"
        test.click(test.find(QPushButton, "notice_close"))
        assert not [label for label in test.window.findChildren(QLabel, "notice_text") if label.isVisible()]

    desk_test(act)


def test_a_sentence_does_not_lie_on_the_button_that_saves(desk_test: Callable[[Act], None]) -> None:
    """Where that button stands at the foot of the page, the sentence stands over it."""

    async def act(test: DeskTest) -> None:
        await test.page("places")
        test.window.resize(1000, 768)
        save = test.find(QPushButton, "save")
        test.desk.tell("已保存。" * 20)
        await test.settled()
        notice, button = (
            QRect(each.mapToGlobal(QPoint(0, 0)), each.size()) for each in (test.find(QFrame, "notice"), save)
        )
        assert button.top() - notice.height() < notice.bottom() < button.top()

    desk_test(act)


def test_leaving_the_station_shows_the_start_page(desk_test: Callable[[Act], None]) -> None:
    """One command leaves; the file is given back."""

    async def act(test: DeskTest) -> None:
        test.desk.commands.start("leave")
        await test.until(lambda: test.window.start is not None)
        await test.settled()
        assert test.window.frame is None
        with test.fresh() as station:
            assert station.system_actor().role == "chief"

    desk_test(act)


def test_a_write_whose_caller_left_is_still_a_step(desk_test: Callable[[Act], None]) -> None:
    """A task that is cancelled while its write runs does not hide it: it is published and can be undone."""

    async def act(test: DeskTest) -> None:
        desk = test.desk
        seen: list[ChangeSet] = []
        desk.bus.changed.connect(seen.append)
        task = desk.tasks.start("note", desk.write("写备注", add_note, "换了电池"))
        assert task is not None
        await asyncio.sleep(0)
        task.cancel()
        await test.settled()
        assert task.cancelled()
        assert any(changes.touches("handover_note") for changes in seen)
        step = desk.undo.next_undo()
        assert step is not None
        assert step.text() == "写备注"
        test.keys("Ctrl+Z")
        await test.settled()
        with test.fresh() as station:
            assert list_notes(station, station.system_actor()) == ()

    desk_test(act)
