"""Who holds an outdated sheet is told on the day's page and the roster, with the way to print what tells them."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from patrol_desk.common.actor import Actor
from patrol_desk.models import SheetPrint
from patrol_desk.services.sheets_week import open_sheets
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.ui.dialogs.printing.dialog import PrintDialog
from tests.helpers.desk import WEEK, Act, DeskTest
from tests.ui.printing.paper import painted

Desk = Callable[[Act], None]


def hand_out(station: Station, actor: Actor, codes: tuple[str, ...], *, draft: bool) -> Done[None]:
    """Remember sheets of squads that say something else than the version in force."""
    with station.write(actor, "test.print") as unit:
        unit.session.add_all(
            SheetPrint(
                at=station.clock.now(), kind="SW", medium="paper", period=str(WEEK), subject=code, number=9,
                draft=draft, revision="r1", content_hash="0" * 64, copies=1, profile="office", printed_by="旧",
            )
            for code in codes
        )  # fmt: skip
        return finish(unit, None)


@pytest.mark.parametrize(("page", "draft"), [("today", False), ("roster", True)])
def test_a_line_names_how_many_and_opens_the_print_dialog(desk_test: Desk, page: str, *, draft: bool) -> None:
    """It comes with the record, chooses kind and squads, speaks both languages, and goes when the record is undone."""

    async def act(test: DeskTest) -> None:
        with test.fresh() as station:
            codes = tuple(line.code for line in open_sheets(station, station.system_actor(), WEEK).squads[:3])
        await test.page(page)
        await test.settled()
        (banner,) = test.window.findChildren(QWidget, f"{page}_outdated")
        assert not banner.isVisible()
        await test.desk.write("旧表", partial(hand_out, draft=draft), codes)
        await test.until(banner.isVisible)
        assert test.find(QWidget, f"{page}_outdated").height() > 0
        assert "3 个组" in banner.accessibleName()
        test.keys("Ctrl+Shift+L")
        await test.until(lambda: "3 squads hold" in banner.accessibleName())
        test.keys("Ctrl+Shift+L")
        button = test.find(QPushButton, f"{page}_outdated_print")
        button.setFocus()
        test.keys("Space")
        await painted(test)
        dialog = test.find(PrintDialog, "print_dialog")
        assert dialog.looks.option == ("squad-week" if draft else "change-slip")
        if draft:
            assert dialog.choice.chosen() == list(codes)
        test.keys("Esc")
        await test.settled()
        await test.desk.undo_step()
        await test.until(lambda: not banner.isVisible())

    desk_test(act)
