"""The list of checkpoints is printed as it is filtered, from the page's button and by Ctrl+P."""

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QPushButton

from patrol_desk.common.actor import Actor
from patrol_desk.models import Role
from patrol_desk.services.printed.place_list import PlaceListSheet
from patrol_desk.ui.dialogs.printing.dialog import PrintDialog
from tests.helpers.desk import Act, DeskTest
from tests.ui.places.steps import opened


def dialogs(test: DeskTest) -> list[PrintDialog]:
    """Return the print dialogs that are open."""
    return [one for one in test.window.findChildren(PrintDialog) if one.isVisible()]


async def dialog_of(test: DeskTest) -> PrintDialog:
    """Return the print dialog once its first page shows."""
    await test.until(lambda: bool(dialogs(test)))
    (dialog,) = dialogs(test)
    words = "print_page_words"
    await test.until(lambda: any(label.text() for label in dialog.findChildren(QLabel, words)), 20)
    await test.settled()
    return dialog


def listed(dialog: PrintDialog) -> PlaceListSheet:
    """Return the one sheet of the dialog."""
    batch = dialog._batch  # noqa: SLF001  # what the preview paints
    assert batch is not None
    (line,) = batch.lines
    sheet = batch.sheet(line.code)
    assert isinstance(sheet, PlaceListSheet)
    return sheet


def test_the_list_is_printed_as_it_is_filtered(desk_test: Callable[[Act], None]) -> None:
    """All of them at first; after a search those found alone, and the sheet says so."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        test.click(test.find(QPushButton, "print_places"))
        dialog = await dialog_of(test)
        assert dialog.looks.kind.id == "place-list"
        sheet = listed(dialog)
        assert len(sheet.places) == page.checkpoints.list.model.rowCount() == 24
        assert not sheet.chosen
        test.keys("Escape")
        await test.settled()
        page.checkpoints.list.search.setText("P-00")
        await test.settled()
        shown = {row.code for row in page.checkpoints.list.model.shown_rows()}
        assert 0 < len(shown) < 24
        test.keys("Ctrl+P")
        sheet = listed(await dialog_of(test))
        assert {place.code for place in sheet.places} == shown
        assert sheet.chosen
        test.keys("Escape")

    desk_test(act)


def test_an_empty_list_is_not_printed_and_a_viewer_has_no_button(desk_test: Callable[[Act], None]) -> None:
    """It says so; muster points have no such list."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        page.checkpoints.list.search.setText("没有这样的点位")
        await test.settled()
        test.click(test.find(QPushButton, "print_places"))
        await test.settled()
        assert dialogs(test) == []
        assert any("没有可打印的" in label.text() for label in test.window.findChildren(QLabel))
        button = test.find(QPushButton, "print_places")
        test.keys("Alt+2")
        await test.settled()
        assert not button.isVisible()
        assert page.print_request() is None
        test.desk.actor = Actor(None, "看看", Role.VIEWER)
        test.keys("Alt+1")
        await test.settled()
        assert not button.isVisible()

    desk_test(act)
