"""Pictures of rules on the roster: what a run kept otherwise, what a rule that only hints says, what a clerk may not.

They change the station's rules, so they come after all other scenes of the sample.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from patrol_desk.app.scenes_decisions import kept_away
from patrol_desk.app.stage import Stage
from patrol_desk.common.actor import Actor
from patrol_desk.engine.settings import defaults
from patrol_desk.models import PlanVersion, Role, VersionState
from patrol_desk.services.planning.board import Board
from patrol_desk.services.planning.wishes import Wishes
from patrol_desk.services.rules import Override, save_rules
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.ui.pages.roster.page import RosterPage

_REACH: Final = 1500
"""Metres: as a hint it has something to say of some duties in every sample."""


async def run_line(stage: Stage) -> None:
    """Show the line above the cells that says which rules the run behind the draft kept otherwise."""
    page = await _points(stage)
    board = await stage.desk.boards.get(stage.desk.week)
    if board.version is None or board.version.state is not VersionState.DRAFT:
        page.grid.go_to(*_held(board))
        QTest.keyClick(page.grid, Qt.Key.Key_Delete)
        await stage.settled()
        for button in stage.window.findChildren(QAbstractButton, "confirmDo"):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        await stage.settled()
        board = await stage.desk.boards.get(stage.desk.week)
    assert board.version is not None
    await stage.desk.write_for_good(_kept_otherwise, board.version.id)
    await _clear(stage)


async def hints(stage: Stage) -> None:
    """Stand on a cell in which somebody comes from further away than a rule that only hints would have it."""
    await _save(stage, [Override("reach_m", None, "hint", _REACH)])
    page = await _points(stage)
    page.grid.go_to(*_marked(await stage.desk.boards.get(stage.desk.week)))
    await stage.settled()


async def hints_of_squads(stage: Stage) -> None:
    """Show the marks beside the squads' numbers, and at the checkpoints of the third."""
    await stage.page("roster")
    stage.keys("Alt+2")
    await stage.settled()
    grid = stage.find(QWidget, "squad_grid")
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(grid, key)
    await stage.settled()


async def hints_of_persons(stage: Stage) -> None:
    """Show the marks in the boxes of people's duties."""
    await stage.page("roster")
    stage.keys("Alt+3")
    await stage.settled()


async def refused(stage: Stage) -> None:
    """Have a clerk try what the chief alone may override."""
    rules = [rule.code for rule in defaults().rules.values() if rule.who]
    await _save(stage, [Override(code, who="chief") for code in rules])
    page = await _points(stage)
    row, shift, mover = kept_away(await stage.desk.boards.get(stage.desk.week))
    page.grid.go_to(row, shift)
    await stage.settled()
    stage.desk.actor = Actor(None, stage.desk.actor.name, Role.CLERK)
    page.actions_.editing.start("roster.fill", page.actions_.editing.place(mover, row, shift))
    await stage.until(lambda: stage.window.findChild(QWidget, "conflict_dialog") is not None)
    await stage.settled()


async def _points(stage: Stage) -> RosterPage:
    page = await stage.page("roster")
    assert isinstance(page, RosterPage)
    stage.keys("Alt+1")
    await stage.settled()
    page.grid.setFocus()
    return page


async def _save(stage: Stage, rules: Sequence[Override]) -> None:
    await stage.desk.write_for_good(save_rules, rules)
    await _clear(stage)


async def _clear(stage: Stage) -> None:
    """What was told, and the names of the steps, stay in the language in which they were done."""
    await stage.settled()
    for close in stage.window.findChildren(QPushButton, "notice_close"):
        close.click()
    stage.desk.undo.clear()


def _kept_otherwise(station: Station, actor: Actor, version_id: str) -> Done[None]:
    """Note with a draft that its run kept rest and reach less strictly than the station does."""
    with station.write(actor, "scene.run") as unit:
        version = unit.session.get_one(PlanVersion, version_id)
        version.figures = {**version.figures, **Wishes({"rest_minutes": "weighted", "reach_m": "off"}).record()}
        return finish(unit, None)


def _held(board: Board) -> tuple[int, int]:
    """Return a cell to come at which more stand than must."""
    cells = ((row.index, shift.index) for row in board.rows for shift in board.shifts)
    return next(at for at in cells if board.cell(*at).heads > 1 and not board.cell(*at).past)


def _marked(board: Board) -> tuple[int, int]:
    """Return a cell to come at which a rule that only hints has something to say."""
    cells = ((row.index, shift.index) for row in board.rows for shift in board.shifts)
    return next(at for at in cells if board.cell(*at).hinted and not board.cell(*at).past)
