"""Squads' weeks are printed from the window: what is chosen is in the PDF, and the preview is the PDF."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from patrol_desk.services.sheets_week import open_sheets
from patrol_desk.ui.dialogs.printing.request import PrintRequest
from patrol_desk.ui.widgets.search_field import SearchField
from patrol_desk.ui.widgets.table import DataTable
from tests.helpers.desk import WEEK, Act, DeskTest
from tests.ui.printing.paper import (
    EDGE,
    MEAN,
    SQUADS,
    NoOutlet,
    PaperOutlet,
    begin_saving,
    difference,
    opened,
    painted,
    people_of,
    rename,
    saved,
    texts,
)

Desk = Callable[[Act], None]


def test_the_preview_is_the_print(desk_test: Desk, tmp_path: Path) -> None:
    """Every page flipped through looks like its page of the saved PDF, and like no other."""

    async def act(test: DeskTest) -> None:
        dialog = await opened(test)
        test.click(test.find(QWidget, "whole"))
        await painted(test)
        dialog.preview.view.setFocus()
        pictures: list[QImage] = []
        for step in range(3):
            if step:
                test.key(Qt.Key.Key_PageDown)
                await painted(test)
            image = dialog.preview.image
            assert image is not None
            pictures.append(image.copy())
        file = tmp_path / "all.pdf"
        await saved(test, file)
        for page, picture in enumerate(pictures):
            found = difference(picture, file, page)
            assert found.mean() < MEAN
            assert np.quantile(found, 0.99) < EDGE
        assert np.quantile(difference(pictures[0], file, 1), 0.99) > 1.5 * EDGE
        test.keys("Esc")

    desk_test(act)


def test_all_squads_are_saved(desk_test: Desk, tmp_path: Path) -> None:
    """Without a request all squads of the desk's week are in the file, by code, and the foot says so."""

    async def act(test: DeskTest) -> None:
        dialog = await opened(test)
        file = tmp_path / "所有.pdf"
        await saved(test, file)
        assert test.find(QLabel, "print_result").text() == f"已保存 {SQUADS} 张（{len(texts(file))} 页）：所有.pdf"
        assert test.find(QPushButton, "print_folder_button").isVisible()
        first = dialog.choice.chosen()[0]
        page = texts(file)[0]
        assert all(name in page for name in people_of(test, first))
        test.keys("Esc")
        await test.settled()

    desk_test(act)


def test_squads_are_chosen_by_search_and_tick(desk_test: Desk, tmp_path: Path) -> None:
    """By keys: clear, type pinyin initials, tick with Space; only that squad is printed."""

    async def act(test: DeskTest) -> None:
        dialog = await opened(test)
        test.click(test.find(QPushButton, "print_none"))
        assert not test.find(QPushButton, "print_save_button").isEnabled()
        assert dialog.preview.states.state() == "notice"
        field = test.find(SearchField, "print_search")
        field.setFocus()
        test.write("rs")
        table = test.find(DataTable, "print_squads")
        names = [row.line.name for row in dialog.choice.model.shown_rows()]
        assert names[0] == "榕树一队"
        assert len(names) < SQUADS
        test.key(Qt.Key.Key_Down, field)
        test.key(Qt.Key.Key_Space, table)
        await painted(test)
        (code,) = dialog.choice.chosen()
        assert dialog.preview.page == (code, 0)
        file = tmp_path / "one.pdf"
        await saved(test, file)
        text = "".join(texts(file))
        assert all(name in text for name in people_of(test, code))
        assert names[0] in text
        test.keys("Esc")

    desk_test(act)


def test_a_request_chooses_its_squads(desk_test: Desk) -> None:
    """What a page asks for is ticked when the dialog opens; the presets tick others."""

    async def act(test: DeskTest) -> None:
        with test.fresh() as station:
            lines = open_sheets(station, station.system_actor(), WEEK).squads
        wanted = lines[3]
        dialog = await opened(test, PrintRequest(WEEK, (wanted.id,)))
        assert dialog.choice.chosen() == [wanted.code]
        test.click(test.find(QPushButton, "print_duties"))
        assert dialog.choice.chosen() == [line.code for line in lines if line.duties]
        test.click(test.find(QPushButton, "print_all"))
        assert len(dialog.choice.chosen()) == SQUADS
        await painted(test)
        test.keys("Esc")

    desk_test(act)


@pytest.mark.parametrize(("place", "masked", "whole"), [(0, True, False), (1, False, True), (2, False, False)])
def test_who_may_read_it_decides_the_numbers(
    desk_test: Desk, tmp_path: Path, place: int, *, masked: bool, whole: bool
) -> None:
    """The office's copy masks members' numbers, the leader's shows them, a public notice has none."""

    async def act(test: DeskTest) -> None:
        await opened(test)
        box = test.find(QComboBox, "print_profile")
        box.setFocus()
        test.key(Qt.Key.Key_Down, box, times=place)
        await painted(test)
        with test.fresh() as station:
            sheets = open_sheets(station, station.system_actor(), WEEK)
            phone = next(m.phone for m in sheets.reading.members(sheets.squads[0].id) if m.phone)
        file = tmp_path / "numbers.pdf"
        await saved(test, file)
        page = texts(file)[0]
        assert (phone in page) is whole
        assert (f"{phone[:3]}****{phone[-4:]}" in page) is masked
        test.keys("Esc")

    desk_test(act)


def test_drafts_and_weeks_without_a_plan(desk_test: Desk, tmp_path: Path) -> None:
    """The next week is a draft and says so on paper; the one after has nothing to print and says what to do."""

    async def act(test: DeskTest) -> None:
        dialog = await opened(test)
        test.click(test.find(QPushButton, "print_later"))
        await painted(test)
        assert dialog.preview.states.state() == "content"
        file = tmp_path / "draft.pdf"
        await saved(test, file)
        assert "草稿 · 未发布" in texts(file)[0]
        test.click(test.find(QPushButton, "print_later"))
        await painted(test)
        assert dialog.preview.states.state() == "notice"
        assert not test.find(QPushButton, "print_save_button").isEnabled()
        test.click(test.find(QPushButton, "print_earlier"))
        await painted(test)
        assert test.find(QPushButton, "print_save_button").isEnabled()
        test.keys("Esc")

    desk_test(act)


def test_the_sheets_can_be_english(desk_test: Desk, tmp_path: Path) -> None:
    """Paper speaks its own language, whatever the window speaks."""

    async def act(test: DeskTest) -> None:
        await opened(test)
        test.click(test.find(QWidget, "en"))
        await painted(test)
        test.keys("Ctrl+Shift+L")
        await test.until(lambda: test.find(QPushButton, "print_save_button").text() == "Save PDF…")
        test.keys("Ctrl+Shift+L")
        file = tmp_path / "english.pdf"
        await saved(test, file)
        assert "volunteer police duty roster" in texts(file)[0]
        test.keys("Esc")

    desk_test(act)


def test_saving_can_be_stopped(desk_test: Desk, tmp_path: Path) -> None:
    """Esc stops the work first and writes nothing; the dialog stays and closes at the next."""

    async def act(test: DeskTest) -> None:
        dialog = await opened(test)
        file = tmp_path / "stopped.pdf"
        await begin_saving(test, file)
        await test.until(dialog.progress.isVisible)
        dialog.reject()
        await test.until(lambda: "print" not in test.window.tasks.running, 20)
        assert test.find(QLabel, "print_result").text() == "已停止，没有写入文件。"
        assert not file.exists()
        assert dialog.isVisible()
        test.keys("Esc")
        await test.settled()

    desk_test(act)


def test_closing_the_window_while_saving(desk_test: Desk, tmp_path: Path) -> None:
    """The end of the window ends the work: nothing is left running, and there is no half file."""
    file = tmp_path / "half.pdf"

    async def act(test: DeskTest) -> None:
        dialog = await opened(test)
        await begin_saving(test, file)
        await test.until(dialog.progress.isVisible)
        await test.window.tasks.close()
        assert dialog.progress.cancelled()

    desk_test(act)
    assert not list(tmp_path.glob("*.part"))
    assert not file.exists() or len(texts(file)) >= SQUADS


def test_a_folder_that_cannot_be_written_is_said(desk_test: Desk, tmp_path: Path) -> None:
    """The folder went away meanwhile: a sentence names the file, and the dialog stays."""

    async def act(test: DeskTest) -> None:
        await opened(test)
        place = tmp_path / "there"
        await saved(test, place / "no" / "such.pdf")
        assert "such.pdf" in test.find(QLabel, "print_result").text()
        assert not place.exists()
        test.keys("Esc")

    desk_test(act)


def test_a_printer_gets_the_pages_of_the_preview(desk_test: Desk, tmp_path: Path) -> None:
    """What a printer is sent looks like the preview; the foot says how many pages went out."""

    async def act(test: DeskTest) -> None:
        file = tmp_path / "paper.pdf"
        dialog = await opened(test, outlet=PaperOutlet(file))
        test.click(test.find(QWidget, "whole"))
        await painted(test)
        image = dialog.preview.image
        assert image is not None
        picture = image.copy()
        test.keys("Ctrl+P")
        await test.until(lambda: "print" not in test.window.tasks.running, 20)
        with pypdfium2.PdfDocument(file) as document:
            count = len(document)
        assert test.find(QLabel, "print_result").text() == f"已送到打印机：{count} 页。"
        found = difference(picture, file, 0)
        assert found.mean() < MEAN
        assert np.quantile(found, 0.99) < EDGE
        test.keys("Esc")

    desk_test(act)


def test_without_a_printer_the_way_out_is_said(desk_test: Desk) -> None:
    """The sentence says to save a PDF."""

    async def act(test: DeskTest) -> None:
        await opened(test, outlet=NoOutlet())
        test.click(test.find(QPushButton, "print_print_button"))
        await test.until(lambda: "print" not in test.window.tasks.running, 20)
        assert "PDF" in test.find(QWidget, "print_no_printer").accessibleName()
        test.keys("Esc")

    desk_test(act)


def test_the_sheets_follow_a_change(desk_test: Desk) -> None:
    """A name is mended while the dialog is open: the preview is read anew."""

    async def act(test: DeskTest) -> None:
        dialog = await opened(test)
        image = dialog.preview.image
        assert image is not None
        before = image.copy()
        with test.fresh() as station:
            sheets = open_sheets(station, station.system_actor(), WEEK)
            person = sheets.reading.members(sheets.squads[0].id)[0].person_id
        await test.desk.write("改名", rename, person)
        await painted(test)
        assert dialog.preview.image != before
        test.keys("Esc")

    desk_test(act)


def test_zoom_list_and_versions(desk_test: Desk) -> None:
    """The page can be seen at its own size; the row with the focus is shown; the list is a sound model."""

    async def act(test: DeskTest) -> None:
        dialog = await opened(test)
        tester = QAbstractItemModelTester(dialog.choice.model, dialog)
        image = dialog.preview.image
        assert image is not None
        small = image.width()
        test.click(test.find(QWidget, "whole"))
        await painted(test)
        image = dialog.preview.image
        assert image is not None
        assert image.width() > small
        table = test.find(DataTable, "print_squads")
        table.setFocus()
        test.key(Qt.Key.Key_End, table)
        await painted(test)
        assert dialog.preview.page[0] == dialog.choice.chosen()[-1]
        dialog.preview.view.setFocus()
        test.key(Qt.Key.Key_Home)
        await painted(test)
        assert dialog.preview.page == (dialog.choice.chosen()[0], 0)
        test.click(test.find(QPushButton, "print_next"))
        await painted(test)
        assert dialog.preview.page[0] == dialog.choice.chosen()[1]
        assert test.find(QComboBox, "print_version").currentText() == "第 1 版 · 已发布"
        assert tester.parent() is dialog
        test.keys("Esc")

    desk_test(act)
