"""The weekly job by keyboard alone: no click, no call that a user could not cause; only looks tell when to press."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget

from patrol_desk.common.clock import FixedClock
from patrol_desk.models import AssignmentSource, VersionState
from patrol_desk.samples import generate, write_sample
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import planning
from patrol_desk.ui.pages.planning.page import PlanningPage
from patrol_desk.ui.pages.planning.session import Stage
from patrol_desk.ui.pages.roster.page import RosterPage
from patrol_desk.ui.undo import Step
from tests.helpers.desk import MONDAY, NOON, WEEK, DeskTest, act_in_window
from tests.helpers.stations import key_source

GAPS = 4
PDF = "week.pdf"


@pytest.fixture
def township(tmp_path: Path) -> Path:
    """Return a station with people, places and demand, and nothing planned."""
    path = tmp_path / "station" / "station.db"
    path.parent.mkdir()
    made = Station.create(path, key_source(path), chief=None, clock=FixedClock(NOON))
    with made as station, station.write(station.system_actor(), "sample") as unit:
        write_sample(unit, generate("small", 1, MONDAY))
        unit.commit()
    return path


def shows(test: DeskTest, name: str) -> bool:
    """Say whether something of that name can be seen."""
    return any(widget.isVisible() for widget in test.window.findChildren(QWidget, name))


def ready(test: DeskTest, name: str) -> bool:
    """Say whether a button of that name can be pressed."""
    return any(one.isVisible() and one.isEnabled() for one in test.window.findChildren(QPushButton, name))


async def plan(test: DeskTest) -> RosterPage:
    """From the roster to the auto-plan page and back with a draft."""
    test.keys("Ctrl+2")
    await test.settled()
    test.keys("Ctrl+R")
    await test.settled()
    page = test.frame.page
    assert isinstance(page, PlanningPage)
    test.keys("Ctrl+R")
    await test.until(lambda: page.session.stage is Stage.ENDED)
    await test.settled()
    test.keys("Ctrl+Return")
    await test.until(lambda: page.session.stage is Stage.ACCEPTED)
    await test.settled()
    test.key(Qt.Key.Key_Return)
    await test.settled()
    roster = test.frame.page
    assert isinstance(roster, RosterPage)
    assert test.focus() is roster.grid
    return roster


async def fill_gaps(test: DeskTest, page: RosterPage) -> int:
    """Make a gap, then go from gap to gap and fill with the first candidate; return how many were filled."""
    await make_gap(test, page)
    filled = 0
    for _ in range(GAPS):
        test.key(Qt.Key.Key_F8)
        await test.settled()
        found = page.inspector.found
        if found is None or not found.ranked:
            continue
        before = test.desk.undo.next_undo()
        test.key(Qt.Key.Key_Return)
        await written_or_asked(test, before)
        if shows(test, "conflict_do"):
            test.key(Qt.Key.Key_Return)
        await test.settled()
        filled += 1
    return filled


async def written_or_asked(test: DeskTest, before: Step | None) -> None:
    """Wait until an edit is a step of undo, or a warning is shown."""
    await test.until(lambda: test.desk.undo.next_undo() is not before or shows(test, "conflict_do"))


async def make_gap(test: DeskTest, page: RosterPage) -> None:
    """Walk back from the last gap to the first cell with somebody in it, and take them off."""
    test.key(Qt.Key.Key_F8)
    await walk(test, page)
    test.key(Qt.Key.Key_Delete)
    await test.until(lambda: not heads(page) or shows(test, "confirmDo"))
    if shows(test, "confirmDo"):
        test.keys("Ctrl+Return")
    await test.settled()
    assert not heads(page)
    test.key(Qt.Key.Key_Left)


async def walk(test: DeskTest, page: RosterPage) -> None:
    """Walk with the arrow keys to a cell in which somebody stands."""
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        for _ in range(28):
            test.key(key)
            if heads(page):
                await test.settled()
                return
    raise LookupError("cell")


def heads(page: RosterPage) -> int:
    """Return how many people stand in the current cell."""
    here = page.grid.current()
    assert page.board is not None
    return 0 if here is None else page.board.cell(*here).heads


async def publish_and_print(test: DeskTest, pdf: Path) -> None:
    """Publish by find-anything and print from the dialog that follows."""
    test.keys("Ctrl+K")
    await test.settled()
    test.write(">fabu")
    await test.settled()
    test.key(Qt.Key.Key_Return)
    await test.until(lambda: shows(test, "publish_dialog"))
    if shows(test, "publish_know"):
        test.key(Qt.Key.Key_Space)
    test.keys("Ctrl+Return")
    await test.until(lambda: ready(test, "print_save_button"))
    await test.settled()
    test.keys("Ctrl+S")
    await test.until(lambda: isinstance(QApplication.activeWindow(), QFileDialog))
    test.keys("Ctrl+A")
    test.write(str(pdf))
    test.key(Qt.Key.Key_Return)
    await test.until(lambda: not isinstance(QApplication.activeWindow(), QFileDialog))
    # What a screen's window manager does when a dialog has closed.
    test.window.activateWindow()
    await test.until(test.window.isActiveWindow)
    await test.until(lambda: shows(test, "print_folder_button"))
    await test.settled()
    test.key(Qt.Key.Key_Escape)
    await test.until(lambda: not shows(test, "print_dialog"))


def test_the_week_by_keyboard_alone(qapp: QApplication, township: Path, tmp_path: Path) -> None:
    """Open, plan, accept, fill gaps, lock, undo, publish and print without touching the mouse."""
    del qapp
    pdf = tmp_path / PDF
    filled: list[int] = []

    async def act(test: DeskTest) -> None:
        page = await plan(test)
        filled.append(await fill_gaps(test, page))
        await walk(test, page)
        for keys in ("L", "Ctrl+Z", "Ctrl+Y"):
            before = test.desk.undo.next_undo()
            test.keys(keys)
            await test.settled()
            assert test.desk.undo.next_undo() is not before
        await publish_and_print(test, pdf)

    act_in_window(act, township, tmp_path)
    assert filled[0] >= 1
    with Station.open(township, key_source(township), clock=FixedClock(NOON)) as station, station.read() as session:
        (version,) = planning.versions_of(session, str(WEEK))
        duties = planning.assignments_of(session, version.id)
    assert version.state is VersionState.PUBLISHED
    assert any(duty.locked for duty in duties)
    assert sum(duty.source is AssignmentSource.HAND for duty in duties) == filled[0]
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) >= 24
        assert "义警执勤排班表" in document[0].get_textpage().get_text_range()
