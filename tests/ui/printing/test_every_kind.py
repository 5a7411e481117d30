"""Every kind of sheet is printed from the one dialog, is remembered, and outdated ones are told of."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QPushButton, QSpinBox, QWidget

from patrol_desk.common.actor import Actor
from patrol_desk.models import SheetPrint
from patrol_desk.services.printed.kinds import KINDS
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.ui.dialogs.printing.looks import offered
from tests.helpers.desk import WEEK, Act, DeskTest
from tests.ui.printing.paper import EDGE, MEAN, NoOutlet, difference, opened, painted, saved, texts

Desk = Callable[[Act], None]


async def choose(test: DeskTest, option: str) -> None:
    """Choose a kind of sheet by keys."""
    box = test.find(QComboBox, "print_kind")
    box.setFocus()
    test.key(Qt.Key.Key_Home, box)
    test.key(Qt.Key.Key_Down, box, times=list(offered()).index(option))
    await painted(test)


def prints(test: DeskTest) -> list[SheetPrint]:
    """Return what the file remembers."""
    with test.fresh() as station, station.read() as session:
        return queries.many(session, SheetPrint, "kind", "subject")


def hand_out_old(station: Station, actor: Actor, code: str) -> Done[None]:
    """Remember a squad's sheet of a version that is not in force."""
    with station.write(actor, "test.print") as unit:
        unit.session.add(
            SheetPrint(
                at=station.clock.now(), kind="SW", medium="paper", period=str(WEEK), subject=code, number=9,
                draft=False, revision="r1", content_hash="0" * 64, copies=1, profile="office", printed_by="旧",
            )
        )  # fmt: skip
        return finish(unit, None)


def test_another_kind_is_of_the_same_squads(desk_test: Desk) -> None:
    """One squad's week is chosen; past the checkpoints' sheets, the next squads' sheet is of it alone."""

    async def act(test: DeskTest) -> None:
        dialog = await opened(test)
        await choose(test, "squad-week")
        test.click(test.find(QPushButton, "print_none"))
        squads = test.find(QAbstractItemView, "print_squads")
        squads.setFocus()
        test.key(Qt.Key.Key_Home, squads)
        test.key(Qt.Key.Key_Space, squads)
        await painted(test)
        one = dialog.choice.chosen()
        assert len(one) == 1
        await choose(test, "checkpoint-week")
        assert len(dialog.choice.chosen()) == dialog.choice.model.rowCount() > 1
        await choose(test, "availability")
        assert dialog.choice.chosen() == one
        test.click(test.find(QPushButton, "print_all"))
        await painted(test)
        await choose(test, "squad-week")
        assert len(dialog.choice.chosen()) == dialog.choice.model.rowCount()
        test.keys("Esc")
        await test.settled()

    desk_test(act)


def test_two_checkpoints_in_two_copies_are_saved_and_remembered(desk_test: Desk, tmp_path: Path) -> None:
    """Kind, ticks and copies by keys; the file numbers the copies; undo takes the record back; the choice stays."""

    async def act(test: DeskTest) -> None:
        dialog = await opened(test)
        await choose(test, "checkpoint-week")
        test.click(test.find(QPushButton, "print_none"))
        dialog.choice.model.ticks.set([row.id for row in dialog.choice.model.all_rows()][:2])
        copies = test.find(QSpinBox, "print_copies")
        copies.setFocus()
        test.key(Qt.Key.Key_Up, copies)
        await painted(test)
        file = tmp_path / "点位.pdf"
        await saved(test, file)
        chosen = dialog.choice.chosen()
        assert len(texts(file)) == 4
        kept = [(one.kind, one.medium, one.subject, one.copies) for one in prints(test)]
        assert kept == [("CW", "pdf", code, 2) for code in sorted(chosen)]
        test.keys("Esc")
        await test.settled()
        await test.desk.undo_step()
        assert prints(test) == []
        again = await opened(test)
        assert (again.looks.option, again.looks.copies.value()) == ("checkpoint-week", 1)
        test.keys("Esc")
        await test.settled()

    desk_test(act)


def test_slips_share_a_paper_as_in_the_preview(desk_test: Desk, tmp_path: Path) -> None:
    """Four people on one A4; the preview of a paper is the page of the file."""

    async def act(test: DeskTest) -> None:
        dialog = await opened(test)
        await choose(test, "slip")
        dialog.choice.model.ticks.set([row.id for row in dialog.choice.model.all_rows()][:6])
        test.click(test.find(QWidget, "whole"))
        await painted(test)
        test.click(test.find(QPushButton, "print_next"))
        await painted(test)
        assert dialog.preview.page[0] == dialog.choice.chosen()[4]
        image = dialog.preview.image
        assert isinstance(image, QImage)
        picture = image.copy()
        file = tmp_path / "条.pdf"
        await saved(test, file)
        assert len(texts(file)) == 2
        found = difference(picture, file, 1)
        assert found.mean() < MEAN
        assert np.quantile(found, 0.99) < EDGE
        test.keys("Esc")

    desk_test(act)


def test_each_kind_can_be_opened(desk_test: Desk) -> None:
    """A page or a sentence, for every kind the registry knows; days and months turn."""

    async def act(test: DeskTest) -> None:
        dialog = await opened(test, outlet=NoOutlet())
        for option in offered():
            await choose(test, option)
            assert dialog.looks.option == option
            state = dialog.preview.states.state()
            assert state == ("content" if dialog.choice.chosen() else "notice"), option
        assert {option for option in offered() if option in KINDS} == set(KINDS)
        for option in ("sign-in", "hours"):
            await choose(test, option)
            before = dialog.looks.when
            test.click(test.find(QPushButton, "print_later"))
            await painted(test)
            test.click(test.find(QPushButton, "print_earlier"))
            await painted(test)
            assert dialog.looks.when == before
        test.keys("Esc")

    desk_test(act)


def test_who_holds_an_outdated_sheet_is_told_and_chosen(desk_test: Desk, tmp_path: Path) -> None:
    """A banner names the squad, one click chooses it alone, and once it is printed the banner goes."""

    async def act(test: DeskTest) -> None:
        with test.fresh() as station:
            from patrol_desk.services.sheets_week import open_sheets

            line = open_sheets(station, station.system_actor(), WEEK).squads[2]
        await test.desk.write("旧表", hand_out_old, line.code)
        dialog = await opened(test)
        banner = test.find(QWidget, "print_outdated")
        assert banner.isVisible()
        assert line.name in banner.accessibleName()
        test.click(test.find(QPushButton, "print_only_held"))
        await painted(test)
        assert dialog.choice.chosen() == [line.code]
        await saved(test, tmp_path / "新.pdf")
        assert not banner.isVisible()
        assert test.find(QPushButton, "print_folder_button").isVisible()
        test.keys("Esc")

    desk_test(act)
