"""The start page in the real window: by keys and clicks, ending with what is in the file."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit

from patrol_desk.app import Options, run
from patrol_desk.app.stage import Stage
from patrol_desk.models import Person, PlanState, PlanVersion, Township
from patrol_desk.services.starting import NewStation, create_station, sample_path
from patrol_desk.services.station import Station
from patrol_desk.storage import bulk, queries
from patrol_desk.ui.pages.start.page import StartPage
from patrol_desk.ui.settings import LAST_STATION, RECENT
from patrol_desk.ui.shell.window import Window
from patrol_desk.ui.widgets.buttons import Button
from tests.helpers.desk import SIZE, check_nothing_left
from tests.helpers.stations import CHEAP, PASSPHRASE, key_source

Act = Callable[["StartStage"], Awaitable[None]]
SECRET = "a quiet river behind 7 houses"


class StartStage(Stage):
    """The window on its start page, worked as a user works it."""

    @property
    def start(self) -> StartPage:
        """The start page."""
        assert self.window.start is not None
        return self.window.start

    def key(self, key: Qt.Key) -> None:
        """Press one key where the focus is."""
        QTest.keyClick(self.focus(), key)

    def type_into(self, name: str, text: str) -> None:
        """Click into a field and type."""
        field = self.find(QLineEdit, name)
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
        QTest.keyClicks(field, text)

    def press(self, name: str) -> None:
        """Click a button."""
        QTest.mouseClick(self.find(Button, name), Qt.MouseButton.LeftButton)

    def says(self, part: str) -> bool:
        """Say whether a visible label holds some words."""
        return any(label.isVisible() and part in label.text() for label in self.start.findChildren(QLabel))

    async def opened(self) -> None:
        """Wait until a station is open and its first page has settled."""
        await self.until(lambda: self.window.frame is not None)
        await self.settled()


@pytest.fixture
def start_test(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Act], None]:
    """Return what runs a test's work on the start page of the real window, with a home of its own."""
    del qapp
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))

    def start(act: Act) -> None:
        before, windows = set(threading.enumerate()), list[Window]()

        async def script(window: Window) -> None:
            windows.append(window)
            window.resize(*SIZE)
            window.open_start()
            stage = StartStage(window)
            window.activateWindow()
            await stage.until(window.isActiveWindow)
            await stage.settled()
            await act(stage)
            await stage.settled()
            window.close()

        run(Options(settings=tmp_path / "desk.ini", compact=False, bare=True), script)
        check_nothing_left(windows, before)

    return start


def make(folder: Path, passphrase: str = PASSPHRASE) -> Path:
    """Make an encrypted station and return its file."""
    station = NewStation("莞溪派出所", "莞溪镇", "441900121000", "GX", "", "", "沈国梁", passphrase, folder)
    with create_station(station, cost=CHEAP) as made:
        return made.path


def test_the_sample_opens_with_one_key_and_has_a_published_week(start_test: Callable[[Act], None]) -> None:
    """Enter on the first card makes a township, plans its week and opens it, marked as a sample."""

    async def act(test: StartStage) -> None:
        test.key(Qt.Key.Key_Return)
        await test.opened()
        assert test.desk.station.is_sample
        assert test.window.settings.get(LAST_STATION) == str(sample_path())

    start_test(act)
    with Station.open(sample_path()) as station, station.read() as session:
        assert len(bulk.rows(session, Person, ["id"])) == 600
        assert len(bulk.rows(session, PlanVersion, ["id"], where={"state": PlanState.PUBLISHED})) == 1


def test_making_the_sample_can_be_stopped(start_test: Callable[[Act], None]) -> None:
    """Esc while it is generated leaves nothing and returns to the cards."""

    async def act(test: StartStage) -> None:
        test.start.welcome.size_choice.choose("township")
        test.key(Qt.Key.Key_Return)
        await test.until(test.start.work.panel.isVisible)
        test.key(Qt.Key.Key_Escape)
        await test.settled()
        assert test.start.welcome.isVisible()
        assert not sample_path().parent.exists()

    start_test(act)


def test_closing_the_window_stops_the_making(start_test: Callable[[Act], None]) -> None:
    """A sample half made when the window closes leaves nothing behind."""

    async def act(test: StartStage) -> None:
        test.start.welcome.size_choice.choose("township")
        test.key(Qt.Key.Key_Return)
        await test.until(test.start.work.panel.isVisible)
        test.window.close()
        test.window.tasks.cancel("start")

    start_test(act)
    assert not sample_path().parent.exists()


def test_a_station_is_set_up_by_keyboard(start_test: Callable[[Act], None], tmp_path: Path) -> None:
    """Down and Enter choose the second card; the form says what is missing until all is right."""

    async def act(test: StartStage) -> None:
        test.key(Qt.Key.Key_Down)
        test.key(Qt.Key.Key_Return)
        test.key(Qt.Key.Key_Return)
        assert test.says("还没有填本站名称")
        for text in ("Guanxi Station", "Guanxi", "44190012100", "GX", "", "", "Shen"):
            QTest.keyClicks(test.focus(), text)
            test.key(Qt.Key.Key_Tab)
        assert test.says("现在是 11 位")
        for _ in range(2):
            QTest.keyClicks(test.focus(), SECRET)
            test.key(Qt.Key.Key_Tab)
            assert test.focus().objectName() == "showPassphrase"
            test.key(Qt.Key.Key_Tab)
        test.key(Qt.Key.Key_Return)
        assert test.focus().objectName() == "code"
        QTest.keyClicks(test.focus(), "0")
        assert not test.says("现在是 11 位")
        test.key(Qt.Key.Key_Return)
        await test.opened()

    start_test(act)
    path = tmp_path / "home" / "PatrolDesk" / "station.db"
    with Station.open(path, key_source(path, SECRET)) as station, station.read() as session:
        town = queries.first(session, Township)
        assert town is not None
        assert (town.station_name, town.code) == ("Guanxi Station", "441900121000")
        assert station.system_actor().name == "Shen"


def test_a_weak_or_mistyped_passphrase_is_told_while_typing(start_test: Callable[[Act], None]) -> None:
    """Length, names of the form and the repetition are judged at every key; Caps Lock is noticed."""

    async def act(test: StartStage) -> None:
        test.key(Qt.Key.Key_Down)
        test.key(Qt.Key.Key_Return)
        test.type_into("station_name", "Guanxi Station")
        test.type_into("passphrase", "abc")
        assert test.says("现在是 3 个")
        test.type_into("passphrase", " guanxi station")
        assert test.says("容易被猜到")
        test.type_into("passphraseAgain", "other")
        assert test.says("两次输入的口令不一样")
        shifted = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier, "A")
        QApplication.sendEvent(test.find(QLineEdit, "passphrase"), shifted)
        assert not test.says("Caps Lock")
        QTest.keyClicks(test.find(QLineEdit, "passphrase"), "A")
        assert test.says("Caps Lock")
        test.key(Qt.Key.Key_Escape)
        assert test.start.welcome.isVisible()

    start_test(act)


def test_an_existing_file_is_chosen_and_asks_for_its_passphrase(
    start_test: Callable[[Act], None], tmp_path: Path
) -> None:
    """The file dialog takes a path; a wrong passphrase is told and can be typed over."""
    path = make(tmp_path / "there")

    async def act(test: StartStage) -> None:
        test.key(Qt.Key.Key_Up)
        test.key(Qt.Key.Key_Return)
        await test.until(lambda: bool(dialogs(test)))
        name = dialogs(test)[0].findChildren(QLineEdit, "fileNameEdit")[0]
        QTest.keyClicks(name, str(path))
        QTest.keyClick(name, Qt.Key.Key_Return)
        # What a window manager does once the dialog has gone.
        await test.until(lambda: not dialogs(test))
        test.window.activateWindow()
        await test.until(test.start.prompt.field.hasFocus)
        QTest.keyClicks(test.focus(), "wrong and long enough")
        test.key(Qt.Key.Key_Return)
        await test.settled()
        assert test.says("口令不对")
        test.window.use_language("en")
        await test.settled()
        assert test.find(Button, "openStation").text() == "Open"
        test.window.use_language("zh")
        await test.settled()
        test.start.prompt.field.insert(PASSPHRASE)
        test.key(Qt.Key.Key_Return)
        await test.opened()
        assert test.desk.station.path == path
        assert test.window.settings.get(RECENT) == [str(path)]

    start_test(act)


def dialogs(test: StartStage) -> list[QFileDialog]:
    """Return the file dialogs that are open."""
    return [dialog for dialog in test.start.findChildren(QFileDialog) if dialog.isVisible()]


def test_a_file_opened_lately_is_one_click_away_and_a_bad_one_says_why(
    start_test: Callable[[Act], None], tmp_path: Path
) -> None:
    """A plain file opens at once; one that is none of ours is refused in words and the cards stay."""
    plain, foreign = tmp_path / "plain.db", tmp_path / "foreign.db"
    Station.create(plain, None).close()
    foreign.write_text("not a database", encoding="utf-8")

    async def act(test: StartStage) -> None:
        test.window.settings.set(RECENT, [str(foreign), str(plain), str(tmp_path / "gone.db")])
        test.start.go_back()
        await test.settled()
        test.press("recent_0")
        await test.settled()
        assert test.window.frame is None
        assert test.says("foreign.db")
        test.press("recent_1")
        await test.opened()

    start_test(act)


def test_a_remembered_encrypted_file_is_asked_for_at_once(start_test: Callable[[Act], None], tmp_path: Path) -> None:
    """The window hands a file over that needs a passphrase; Esc returns to the cards."""
    path = make(tmp_path / "there")

    async def act(test: StartStage) -> None:
        test.start.offer(path)
        assert test.start.prompt.isVisible()
        test.key(Qt.Key.Key_Return)
        assert test.says("还没有输入口令")
        test.key(Qt.Key.Key_Escape)
        assert test.start.welcome.isVisible()
        assert test.start.welcome.way == "open"
        test.press("leaveProgram")
        await asyncio.wait_for(test.window.done.wait(), 10)

    start_test(act)
