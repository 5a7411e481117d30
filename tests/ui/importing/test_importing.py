"""The import page in the real window: from files to rows and back, read again from the file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLabel, QLineEdit, QWidget

from patrol_desk.models import Person, Squad
from patrol_desk.services.starting import NewStation, create_station
from patrol_desk.services.station import Station
from patrol_desk.storage import bulk
from patrol_desk.ui.pages.importing.page import ImportPage
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.pick_box import PickBox
from tests.helpers.desk import Act, DeskTest, act_in_window
from tests.helpers.stations import CHEAP, PASSPHRASE, clock, key_source
from tests.helpers.sync_data import Tables, small, write_folder


@pytest.fixture
def empty_desk(qapp: QApplication, tmp_path: Path) -> Callable[[Act], None]:
    """Return what runs a test's work in the real window on a station without people."""
    del qapp
    wanted = NewStation(
        "莞溪派出所", "莞溪镇", "441900121000", "GX", "", "", "沈国梁", PASSPHRASE, tmp_path / "station"
    )
    with create_station(wanted, cost=CHEAP, clock=clock()) as station:
        path = station.path

    def start(act: Act) -> None:
        act_in_window(act, path, tmp_path)

    return start


def stored(tmp_path: Path) -> tuple[int, int]:
    """Return how many people and squads are in the file, read anew."""
    path = tmp_path / "station" / "station.db"
    with Station.open(path, key_source(path)) as station, station.read() as session:
        return len(bulk.rows(session, Person, ["id"])), len(bulk.rows(session, Squad, ["id"]))


def ruined(people: int = 40) -> Tables:
    """Return a township's tables: two IDs shortened by a spreadsheet, one phone too short."""
    tables = small(people)
    tables["people"][3]["身份证号"] = "4.41900E+17"
    tables["people"][17]["身份证号"] = "4.41900E+17"
    tables["people"][9]["手机号"] = "1380013"
    return tables


async def page_of(test: DeskTest) -> ImportPage:
    """Go to the import page."""
    page = await test.page("importing")
    assert isinstance(page, ImportPage)
    return page


def drop(page: QWidget, *paths: Path) -> None:
    """Drop files onto the page as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place, copy = QPoint(200, 200), Qt.DropAction.CopyAction
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(place, copy, data, button, none))
    QApplication.sendEvent(page, QDropEvent(QPointF(place), copy, data, button, none))


async def answer(test: DeskTest, name: str) -> None:
    """Wait for a confirmation and press one of its buttons."""
    await test.until(lambda: any(b.isVisible() for b in test.window.findChildren(Button, name)))
    test.click(test.find(Button, name))
    await test.settled()


async def fill_file_dialog(test: DeskTest, page: QWidget, text: str) -> None:
    """Type a path into the open file dialog and press Enter."""

    def dialogs() -> list[QFileDialog]:
        return [dialog for dialog in page.findChildren(QFileDialog) if dialog.isVisible()]

    await test.until(lambda: bool(dialogs()))
    name = dialogs()[0].findChildren(QLineEdit, "fileNameEdit")[0]
    name.clear()
    QTest.keyClicks(name, text)
    QTest.keyClick(name, Qt.Key.Key_Return)
    await test.until(lambda: not dialogs())
    test.window.activateWindow()
    await test.settled()


def test_files_are_dropped_previewed_imported_and_taken_back(empty_desk: Callable[[Act], None], tmp_path: Path) -> None:
    """A folder in GBK goes in by drop and Ctrl+Enter; three ruined rows stay out; then all of it is taken back."""
    folder = write_folder(tmp_path / "files", ruined(), "gb18030")
    seen: list[tuple[int, int]] = []

    async def act(test: DeskTest) -> None:
        page = await page_of(test)
        drop(page, folder)
        await test.settled()
        assert page.step == "files"
        test.keys("Ctrl+Return")
        await test.settled()
        assert page.step == "preview"
        values = [row.row.value for row in page.preview.rejects.all_rows() if row.row.table == "people"]
        assert values.count("4.41900E+17") == 2
        assert len(values) == 3
        test.keys("Ctrl+Return")
        await answer(test, "confirmDo")
        assert page.step == "result"
        assert test.desk.undo.next_undo() is None
        seen.append(stored(tmp_path))
        page.show_tab("past")
        await test.settled()
        test.click(test.find(Button, "undoImport"))
        await answer(test, "confirmDo")

    empty_desk(act)
    assert seen == [(37, len(small()["squads"]))]
    assert stored(tmp_path) == (0, 0)


def test_files_are_chosen_by_key_and_rejects_saved(empty_desk: Callable[[Act], None], tmp_path: Path) -> None:
    """Ctrl+O asks for files; the rows kept out are written where the user says; nothing is imported meanwhile."""
    folder = write_folder(tmp_path / "files", ruined(), "utf-8-sig")
    rejects = tmp_path / "rejects"
    rejects.mkdir()

    async def act(test: DeskTest) -> None:
        page = await page_of(test)
        test.keys("Ctrl+O")
        await fill_file_dialog(test, page, str(folder / "people.csv"))
        assert [row.file.label for row in page.files.model.all_rows()] == ["people.csv"]
        test.keys("Ctrl+Return")
        await test.settled()
        test.click(test.find(Button, "previewSaveRejects"))
        await fill_file_dialog(test, page, str(rejects))
        assert page.step == "preview"
        test.key(Qt.Key.Key_Escape)
        assert page.step == "files"
        test.key(Qt.Key.Key_Escape)
        assert page.step == "choose"

    empty_desk(act)
    assert [path.suffix for path in rejects.iterdir()] == [".csv"]
    assert stored(tmp_path) == (0, 0)


def test_what_was_recognised_wrongly_is_corrected(empty_desk: Callable[[Act], None], tmp_path: Path) -> None:
    """A heading nobody knows is given its column; a file that cannot be read is left out; then it goes in."""
    tables = small(12)
    for row in tables["people"]:
        row["大名"] = row.pop("姓名")
    folder = write_folder(tmp_path / "files", tables, "utf-8-sig")

    async def act(test: DeskTest) -> None:
        page = await page_of(test)
        drop(page, folder)
        await test.settled()
        button = test.find(Button, "importNext")
        place = [row.file.label for row in page.files.model.all_rows()].index("people.csv")
        file = page.files.model.row_at(place).file
        page.files.list.go_to(file.key)
        number = [heading.text for heading in file.headings].index("大名")
        if file.table is None:
            choose(test, "fileTable", "people")
            await test.settled()
        choose(test, f"column_{number}", "name")
        await test.settled()
        assert page.files.model.row_at(place).file.headings[number].field == "name"
        box = test.find(QCheckBox, "fileSkip")
        for skipped in (True, False):
            test.key(Qt.Key.Key_Space, box)
            await test.settled()
            assert page.files.model.row_at(place).file.skip is skipped
        test.click(button)
        await test.settled()
        assert page.step == "preview"
        report = next(row.report for row in page.preview.tables.all_rows() if row.id == "people")
        assert (report.added, report.rejected) == (12, 0)
        test.click(test.find(Button, "importNext"))
        await answer(test, "confirmDo")

    empty_desk(act)
    assert stored(tmp_path)[0] == 12


def choose(test: DeskTest, name: str, key: str) -> None:
    """Choose in a box by keyboard: Down opens its list, Home and Down go to the entry, Enter picks."""
    box = test.find(PickBox, name)
    box.setFocus()
    test.key(Qt.Key.Key_Down, box)
    test.key(Qt.Key.Key_Home, box.view())
    test.key(Qt.Key.Key_Down, box.view(), box.findData(key))
    test.key(Qt.Key.Key_Return, box.view())
    assert box.currentData() == key


def test_a_large_change_must_be_looked_at(empty_desk: Callable[[Act], None], tmp_path: Path) -> None:
    """More than a fifth of the people would change: nothing goes in before the box is ticked."""
    tables = small(40)
    first = write_folder(tmp_path / "first", tables, "utf-8-sig")
    for row in tables["people"][:20]:
        row["姓名"] = "改" + row["姓名"][1:]
    second = write_folder(tmp_path / "second", {"people": tables["people"]}, "utf-8-sig")

    async def act(test: DeskTest) -> None:
        page = await page_of(test)
        for folder in (first, second):
            drop(page, folder)
            await test.settled()
            test.keys("Ctrl+Return")
            await test.settled()
            if folder == second:
                assert not test.find(Button, "importNext").isEnabled()
                test.key(Qt.Key.Key_Space)
                await test.settled()
            test.keys("Ctrl+Return")
            await answer(test, "confirmDo")
            assert page.step == "result"

    empty_desk(act)
    path = tmp_path / "station" / "station.db"
    with Station.open(path, key_source(path)) as station, station.read() as session:
        names = [row[0] for row in bulk.rows(session, Person, ["name"])]
    assert sum(name.startswith("改") for name in names) == 20


def test_stopping_writes_nothing(empty_desk: Callable[[Act], None], tmp_path: Path) -> None:
    """Esc while files are read leaves the page where it was."""
    folder = write_folder(tmp_path / "files", small(3000), "utf-8-sig")

    async def act(test: DeskTest) -> None:
        page = await page_of(test)
        drop(page, folder)
        await test.settled()
        page.next_button.click()
        await test.until(page.panel.isVisible)
        test.key(Qt.Key.Key_Escape)
        await test.settled()
        assert page.step == "files"

    empty_desk(act)
    assert stored(tmp_path) == (0, 0)


def test_the_page_speaks_english_and_refuses_a_confirmation(empty_desk: Callable[[Act], None], tmp_path: Path) -> None:
    """The language changes at every step; saying no writes nothing."""
    folder = write_folder(tmp_path / "files", ruined(), "utf-8-sig")

    async def act(test: DeskTest) -> None:
        page = await page_of(test)
        test.keys("Ctrl+Shift+L")
        await test.settled()
        assert test.find(QLabel, "page_title").text() == "Import"
        drop(page, folder)
        await test.settled()
        test.keys("Ctrl+Return")
        await test.settled()
        assert test.find(Button, "importNext").text().startswith("Import ")
        test.keys("Ctrl+Return")
        await answer(test, "confirmBack")
        test.keys("Ctrl+Shift+L")
        await test.settled()
        assert test.find(Button, "importNext").text().startswith("导入 ")

    empty_desk(act)
    assert stored(tmp_path) == (0, 0)
