"""Several kinds are printed in one go from the window, and sheets are handed on without paper."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget

from patrol_desk.models import SheetPrint
from patrol_desk.services.printed.township import OPTIONS
from patrol_desk.services.sheets_week import open_sheets
from patrol_desk.storage import queries
from patrol_desk.ui.dialogs.printing.township import TownshipDialog, open_township
from patrol_desk.ui.widgets.banner import Banner
from patrol_desk.ui.widgets.file_picker import FilePicker
from patrol_desk.ui.widgets.search_field import SearchField
from patrol_desk.ui.widgets.table import DataTable
from tests.helpers.desk import WEEK, Act, DeskTest
from tests.ui.printing.paper import SQUADS, NoOutlet, PaperOutlet, opened, painted, people_of, rename, saved, texts

Desk = Callable[[Act], None]
RARE = "\U000323af"
"""A character that the print font lacks."""


async def township(test: DeskTest, *kinds: str, outlet: object = None) -> TownshipDialog:
    """Open the dialog and tick some kinds by keys, and of the days Monday alone."""
    test.window.activateWindow()
    await test.until(test.window.isActiveWindow)
    dialog = open_township(test.desk, WEEK, picker=FilePicker(native=False), outlet=outlet)  # type: ignore[arg-type]  # stand-ins
    for name, wanted in (
        *((f"township_kind_{option}", option in kinds) for option in OPTIONS),
        *((f"township_day_{number}", number == 0) for number in range(7)),
    ):
        box = test.find(QCheckBox, name)
        if box.isChecked() != wanted:
            toggle(test, name)
    return dialog


def toggle(test: DeskTest, name: str) -> None:
    """Tick or untick by keys."""
    box = test.find(QCheckBox, name)
    box.setFocus()
    test.key(Qt.Key.Key_Space, box)


async def name_path(test: DeskTest, path: Path) -> None:
    """Name the file or folder in the file dialog that is about to open."""
    await test.until(lambda: bool(test.window.findChildren(QFileDialog)))
    asking = test.window.findChildren(QFileDialog)[-1]
    field = asking.findChild(QLineEdit, "fileNameEdit")
    assert field is not None
    field.setText(str(path))
    test.key(Qt.Key.Key_Return, field)


async def ended(test: DeskTest) -> None:
    """Wait until nothing is written any more."""
    await test.until(lambda: "print" not in test.window.tasks.running, 60)


def files(folder: Path) -> list[Path]:
    """Return what lies in a folder, by name."""
    return sorted(folder.iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give an empty folder: the station lies in the other."""
    made = tmp_path / "交付"
    made.mkdir()
    return made


def prints(test: DeskTest) -> list[tuple[str, str, str]]:
    """Return what the file remembers: kind, medium, subject."""
    with test.fresh() as station, station.read() as session:
        return [(one.kind, one.medium, one.subject) for one in queries.many(session, SheetPrint, "kind", "subject")]


def test_squads_and_sign_in_sheets_go_into_one_document(desk_test: Desk, tmp_path: Path) -> None:
    """By keys: tick two kinds and a day, save; both are in the file and remembered, and undo forgets them."""

    async def act(test: DeskTest) -> None:
        dialog = await township(test, "squad-week", "sign-in")
        file = tmp_path / "一次.pdf"
        test.keys("Ctrl+S")
        await name_path(test, file)
        await ended(test)
        pages = texts(file)
        assert test.find(QLabel, "township_result").text().endswith("1 个文件：一次.pdf")
        kept = prints(test)
        assert sum(kind == "SW" for kind, _medium, _code in kept) == SQUADS
        posts = sum(kind == "SI" for kind, _medium, _code in kept)
        assert posts > 0
        assert len(pages) >= SQUADS + posts
        first = next(code for kind, _medium, code in kept if kind == "SW")
        assert all(name in "".join(pages[:SQUADS]) for name in people_of(test, first))
        assert dialog.form.options() == ("squad-week", "sign-in")
        test.keys("Esc")
        await test.settled()
        await test.desk.undo_step()
        assert prints(test) == []

    desk_test(act)


def test_each_kind_can_have_a_file_of_its_own(desk_test: Desk, folder: Path) -> None:
    """A folder of documents; the choice is there again when the dialog is opened anew."""

    async def act(test: DeskTest) -> None:
        await township(test, "checkpoint-week", "overview")
        test.click(test.find(QWidget, "apart"))
        test.keys("Ctrl+S")
        await name_path(test, folder)
        await ended(test)
        names = [path.name for path in files(folder)]
        assert len(names) == 2
        assert all(name.startswith(f"{WEEK} ") and name.endswith(".pdf") for name in names)
        test.keys("Esc")
        await test.settled()
        again = open_township(test.desk, WEEK, picker=FilePicker(native=False))
        assert again.form.options() == ("checkpoint-week", "overview")
        assert again.form.apart
        test.keys("Esc")
        await test.settled()

    desk_test(act)


def test_a_long_run_can_be_stopped(desk_test: Desk, folder: Path) -> None:
    """Nothing is written or remembered, and the dialog stays."""

    async def act(test: DeskTest) -> None:
        dialog = await township(test, "squad-week", "slip", "checkpoint-week")
        test.keys("Ctrl+S")
        await name_path(test, folder / "never.pdf")
        await test.until(dialog.progress.isVisible)
        test.click(test.find(QPushButton, "township_stop"))
        await ended(test)
        assert test.find(QLabel, "township_result").text() == "已停止，没有写入文件。"
        assert files(folder) == []
        assert prints(test) == []
        test.keys("Esc")
        await test.settled()

    desk_test(act)


def test_what_is_ticked_goes_to_the_printer(desk_test: Desk, tmp_path: Path) -> None:
    """Every page comes out, and the sheets are remembered as paper."""

    async def act(test: DeskTest) -> None:
        file = tmp_path / "paper.pdf"
        await township(test, "overview", "muster-day", outlet=PaperOutlet(file))
        test.keys("Ctrl+P")
        await test.until(lambda: file.exists() and "print" not in test.window.tasks.running, 60)
        assert test.find(QLabel, "township_result").text() == f"已送到打印机：{len(texts(file))} 页。"
        assert {(kind, medium) for kind, medium, _code in prints(test)} >= {("TO", "paper")}
        test.keys("Esc")
        await test.settled()

    desk_test(act)


async def listed(test: DeskTest) -> None:
    """Wait until the squads stand in the list."""
    await test.until(lambda: "township squads" not in test.window.tasks.running, 20)


def test_chosen_squads_are_found_by_pinyin_and_printed(desk_test: Desk, tmp_path: Path) -> None:
    """By keys alone: none, then one found in the list; its sheets are made, those of checkpoints are all there."""

    async def act(test: DeskTest) -> None:
        dialog = await township(test, "squad-week", "checkpoint-week", "slip")
        await listed(test)
        assert dialog.form.ask().squads == ()
        assert len(dialog.squads.chosen()) == SQUADS
        none = test.find(QPushButton, "township_none")
        none.setFocus()
        test.key(Qt.Key.Key_Space, none)
        assert not test.find(QPushButton, "township_save").isEnabled()
        field = test.find(SearchField, "township_search")
        field.setFocus()
        test.write("rs")
        test.key(Qt.Key.Key_Down, field)
        test.key(Qt.Key.Key_Space, test.find(DataTable, "township_squads"))
        (code,) = dialog.squads.chosen()
        assert test.find(QLabel, "township_result").text().endswith("3 种表，选了 1 个小组")
        file = tmp_path / "one.pdf"
        test.keys("Ctrl+S")
        await name_path(test, file)
        await ended(test)
        kept = prints(test)
        assert [subject for kind, _medium, subject in kept if kind == "SW"] == [code]
        assert len([subject for kind, _medium, subject in kept if kind == "CW"]) > 1
        with test.fresh() as station:
            sheets = open_sheets(station, station.system_actor(), WEEK)
            squad = next(line.id for line in sheets.squads if line.code == code)
            members = {member.code for member in sheets.reading.members(squad)}
        assert {subject for kind, _medium, subject in kept if kind == "PS"} <= members
        assert all(name in "".join(texts(file)) for name in people_of(test, code))
        test.click(test.find(QWidget, "township_later"))
        await listed(test)
        assert dialog.squads.chosen() == [code], "the choice holds for the week after"
        toggle(test, "township_kind_squad-week")
        toggle(test, "township_kind_slip")
        test.click(test.find(QPushButton, "township_none"))
        assert test.find(QPushButton, "township_save").isEnabled(), "checkpoints need no squad"
        test.keys("Esc")
        await test.settled()

    desk_test(act)


def test_a_character_without_a_glyph_is_told_before_printing(desk_test: Desk) -> None:
    """The line names it, and only it, before anything is printed."""

    async def act(test: DeskTest) -> None:
        dialog = await township(test, "squad-week")
        await listed(test)
        assert not dialog.warnings.findChildren(Banner, "township_names")[0].isVisible()
        test.keys("Esc")
        await test.settled()
        with test.fresh() as station:
            sheets = open_sheets(station, station.system_actor(), WEEK)
            person = sheets.reading.members(sheets.squads[0].id)[0].person_id
        await test.desk.write("改名", rename, person, f"陈{RARE}")
        await test.settled()
        await township(test, "squad-week")
        await listed(test)
        line = test.find(Banner, "township_names")
        assert line.isVisible()
        assert f"没有这些字：{RARE}。" in "".join(label.text() for label in line.findChildren(QLabel))
        assert prints(test) == []
        test.keys("Esc")
        await test.settled()

    desk_test(act)


def test_what_cannot_be_printed_cannot_be_started(desk_test: Desk) -> None:
    """No kind, no day, no printer; slips are not put up for all to see."""

    async def act(test: DeskTest) -> None:
        dialog = await township(test, outlet=NoOutlet())
        save = test.find(QPushButton, "township_save")
        assert not save.isEnabled()
        toggle(test, "township_kind_sign-in")
        assert save.isEnabled()
        toggle(test, "township_day_0")
        assert not save.isEnabled()
        toggle(test, "township_kind_overview")
        toggle(test, "township_kind_sign-in")
        test.keys("Ctrl+P")
        await test.until(dialog.no_printer.isVisible)
        await test.settled()
        for box in dialog.form.kinds.values():
            assert box.height() >= box.sizeHint().height(), "the line about printers takes no room from the kinds"
        calls = test.find(QCheckBox, "township_kind_call-sheet")
        assert not calls.isEnabled()
        dialog.form.profiles.setFocus()
        test.key(Qt.Key.Key_Down, dialog.form.profiles)
        assert calls.isEnabled(), "whole numbers are for leaders"
        test.key(Qt.Key.Key_End, dialog.form.profiles)
        assert not test.find(QCheckBox, "township_kind_slip").isEnabled()
        test.click(test.find(QWidget, "township_later"))
        assert dialog.form.week == WEEK.plus(1)
        test.keys("Esc")
        await test.settled()

    desk_test(act)


def test_squads_are_handed_on_as_one_workbook(desk_test: Desk, folder: Path) -> None:
    """The ticked squads, a sheet each; the file is remembered as handed on."""

    async def act(test: DeskTest) -> None:
        dialog = await opened(test)
        dialog.choice.model.ticks.set([row.id for row in dialog.choice.model.all_rows()][:3])
        await painted(test)
        names = [row.line.name for row in dialog.choice.model.all_rows()][:3]
        action = dialog.hand_on_button.findChild(QAction, "hand_on_xlsx_together")
        assert action is not None
        action.trigger()
        await name_path(test, folder)
        await ended(test)
        (file,) = files(folder)
        assert openpyxl.load_workbook(file).sheetnames == names
        assert [medium for _kind, medium, _code in prints(test)] == ["xlsx"] * 3
        assert "1 个文件" in test.find(QLabel, "print_result").text()
        test.keys("Esc")
        await test.settled()

    desk_test(act)


def test_the_margin_of_an_old_printer_is_kept(desk_test: Desk, tmp_path: Path) -> None:
    """Twelve millimetres stay white at each edge of the file, and the dialog knows it the next time."""

    async def act(test: DeskTest) -> None:
        import numpy as np
        import pypdfium2

        dialog = await opened(test)
        dialog.choice.model.ticks.set([row.id for row in dialog.choice.model.all_rows()][:1])
        field = test.find(QSpinBox, "print_margin")
        field.setFocus()
        test.key(Qt.Key.Key_Up, field, times=14)
        await painted(test)
        file = tmp_path / "margin.pdf"
        await saved(test, file)
        with pypdfium2.PdfDocument(file) as document:
            ink = np.asarray(document[0].render(scale=4, grayscale=True).to_numpy()).squeeze() < 128
        edge = round(13.5 / 25.4 * 72 * 4)
        assert ink.any()
        ink[edge:-edge, edge:-edge] = False
        assert not ink.any()
        test.keys("Esc")
        await test.settled()
        again = await opened(test)
        assert again.looks.margins.value() == 14
        test.keys("Esc")
        await test.settled()

    desk_test(act)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the kernel's full device is Linux's")
def test_a_full_disk_is_said_in_the_window(desk_test: Desk, folder: Path) -> None:
    """The kernel itself refuses the bytes: the sentence says how much room is needed, nothing is remembered."""

    async def act(test: DeskTest) -> None:
        dialog = await opened(test)
        dialog.choice.model.ticks.set([row.id for row in dialog.choice.model.all_rows()][:2])
        await painted(test)
        file = folder / "full.pdf"
        (folder / "full.pdf.part").symlink_to("/dev/full")
        await saved(test, file)
        words = test.find(QLabel, "print_result").text()
        assert "full.pdf" in words
        assert "1 MB" in words
        assert files(folder) == []
        assert prints(test) == []
        test.keys("Esc")
        await test.settled()

    desk_test(act)
