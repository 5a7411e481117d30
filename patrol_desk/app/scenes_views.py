"""Pictures of the roster by squad and by person, of copying and of pasting."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from patrol_desk.app.stage import Stage
from patrol_desk.ui.pages.roster.page import RosterPage
from patrol_desk.ui.pages.roster.views import POINTS


async def squads(stage: Stage) -> None:
    """Show the roster by squad, the third squad open."""
    await stage.page("roster")
    stage.keys("Alt+2")
    await stage.settled()
    grid = stage.find(QWidget, "squad_grid")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(grid, key)
    await stage.settled()
    # What was told, and the names of the steps, stay in the language in which they were done.
    for close in stage.window.findChildren(QPushButton, "notice_close"):
        close.click()
    stage.desk.undo.clear()


async def persons(stage: Stage) -> None:
    """Show the roster by person, on somebody of the first squad."""
    await stage.page("roster")
    stage.keys("Alt+3")
    await stage.settled()
    for _ in range(4):
        QTest.keyClick(stage.find(QWidget, "person_grid"), Qt.Key.Key_Down)


async def filtered(stage: Stage) -> None:
    """Look for people of a name."""
    await persons(stage)
    stage.find(QLineEdit, "person_search").insert("陈")


async def copy_day(stage: Stage) -> None:
    """Ask what copying a day would do."""
    await _points(stage)
    stage.desk.commands.start("roster.copy_day")


async def paste(stage: Stage) -> None:
    """Ask what pasting two names and one that nobody has would do."""
    page = await _points(stage)
    board = page.board
    assert board is not None
    names = dict.fromkeys(board.frame.names.people[person] for person in board.stand.person[:2].tolist())
    QApplication.clipboard().setText("、".join([*names, "D4"]))  # as names are listed in a cell
    stage.keys("Ctrl+V")


async def demand(stage: Stage) -> None:
    """Ask what a cell shall ask for on this day only."""
    page = await _points(stage)
    page.grid.setFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_F8)
    QTest.keyClick(page.grid, Qt.Key.Key_E)
    await stage.until(lambda: stage.window.findChild(QWidget, "demand_dialog") is not None)
    await stage.settled()
    QTest.mouseClick(stage.find(QWidget, "once"), Qt.MouseButton.LeftButton)
    QTest.keyClick(stage.find(QWidget, "demand_least").focusProxy() or stage.focus(), Qt.Key.Key_Down)


async def publish_by_squad(stage: Stage) -> None:
    """Review what changes for each squad."""
    await _points(stage)
    stage.desk.commands.start("roster.publish")
    await stage.until(lambda: stage.window.findChild(QWidget, "publish_dialog") is not None)
    await stage.settled()
    QTest.mouseClick(stage.find(QWidget, "squad"), Qt.MouseButton.LeftButton)


async def carrying(stage: Stage) -> None:
    """Carry a duty by keys to the line of somebody who could not take it."""
    page = await stage.page("roster")
    assert isinstance(page, RosterPage)
    stage.keys("Alt+3")
    await stage.settled()
    grid, look = page.views.persons.grid, page.views.persons.look
    lines = [line for line in grid.cells.lines[:60] if line.kind == "person"]
    duties = ((line, n) for line in lines for n, cell in enumerate(look.cells(line.index)) if cell.row >= 0 and n > 16)
    grid.go_to(*next(duties))
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_M)
    QTest.keyClick(grid, Qt.Key.Key_Down)


async def guesses(stage: Stage) -> None:
    """List the checkpoints that are easily guessed."""
    await _points(stage)
    stage.desk.commands.start("roster.guesses")
    await stage.until(lambda: stage.window.findChild(QWidget, "guess_dialog") is not None)


async def _points(stage: Stage) -> RosterPage:
    page = await stage.page("roster")
    assert isinstance(page, RosterPage)
    page.views.choose(POINTS)
    await stage.settled()
    return page


SCENES: Final = (
    ("roster-squads", squads, False),
    ("roster-persons", persons, False),
    ("roster-persons-filtered", filtered, False),
    ("roster-copy-day", copy_day, True),
    ("roster-paste", paste, True),
    ("roster-demand", demand, True),
    ("roster-publish-squads", publish_by_squad, True),
    ("roster-carrying", carrying, True),
    ("roster-guesses", guesses, True),
)
"""Name, what shows it, and whether it is a dialog."""
