"""A rule that only hints marks the cells of all three views, says why, and is gone when the rule is."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt

from patrol_desk.services.planning.board.persons import PersonWeek
from patrol_desk.services.planning.board.squads import SquadWeek
from patrol_desk.services.rules import Override, save_rules
from patrol_desk.ui.pages.roster.grid.lined import LineGrid
from patrol_desk.ui.pages.roster.grid.tips import cell_tip
from patrol_desk.ui.pages.roster.page import RosterPage
from tests.helpers.desk import Act, DeskTest
from tests.ui.roster.steps import board_of, cells, roster, stored

REACH = Override("reach_m", None, "hint", 500)
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


async def hinting(d: DeskTest) -> tuple[RosterPage, tuple[int, int]]:
    """Make the reach a hint of half a kilometre and return the page and the first cell with a mark."""
    page = await roster(d)
    assert not any(board_of(page).cell(*at).hinted for at in cells(board_of(page)))
    await d.desk.write("rules", save_rules, [REACH])
    await d.settled()
    board = board_of(page)
    return page, next(at for at in cells(board) if board.cell(*at).hinted)


def spoken(page: RosterPage, row: int, shift: int) -> str:
    """Return what is read aloud of a cell."""
    cells_ = page.grid.cells
    return str(cells_.index(cells_.lines.of_row(row), shift).data(SPOKEN))


def test_by_checkpoint(desk_test: Callable[[Act], None]) -> None:
    """The cell is told aloud to have a note; the tool tip names who and why; the file says the same; undo clears it."""

    async def act(d: DeskTest) -> None:
        page, (row, shift) = await hinting(d)
        board = board_of(page)
        assert spoken(page, row, shift).endswith("，有提示")
        (holder, *_) = [one for one in board.holders(row, shift) if one.told]
        assert f"{holder.name}，提示：太远" in cell_tip(board, row, shift)
        fresh = stored(d)
        assert [at for at in cells(fresh) if fresh.cell(*at).hinted] == [
            at for at in cells(board) if board.cell(*at).hinted
        ]
        cell, pictures = board.cell(row, shift), page.grid.canvas.pictures
        marked, plain = (pictures.picture(one, 28, 24).toImage() for one in (cell, replace(cell, hinted=False)))
        assert marked != plain
        d.keys("Ctrl+Z")
        await d.settled()
        assert not board_of(page).cell(row, shift).hinted
        assert "提示" not in spoken(page, row, shift)

    desk_test(act)


def test_by_squad_and_by_person(desk_test: Callable[[Act], None]) -> None:
    """The same duty is marked in the squad's number and in the person's box, and both say so."""

    async def act(d: DeskTest) -> None:
        page, (row, shift) = await hinting(d)
        board = board_of(page)
        (holder, *_) = [one for one in board.holders(row, shift) if one.told]
        person = board.frame.person_of[holder.person_id]
        squads = SquadWeek(board)
        line = next(one for one in squads.rows if one.name == holder.squad)
        assert squads.cell(line, shift).hinted
        assert PersonWeek(squads).cells(person)[shift].hinted
        for keys, name in (("Alt+2", "squad_grid"), ("Alt+3", "person_grid")):
            d.keys(keys)
            await d.settled()
            view = d.find(LineGrid, name)
            words = [str(view.model().index(place, shift).data(SPOKEN)) for place in range(view.model().rowCount())]
            assert any("提示" in said for said in words), name
            assert not view.grab().isNull()

    desk_test(act)
