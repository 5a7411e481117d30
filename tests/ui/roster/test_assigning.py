"""People are put into cells and taken off them, by key and by mouse; the file holds it afterwards."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from patrol_desk.services.planning.board import Board
from patrol_desk.ui.pages.roster.moving.dialog import ConflictDialog
from tests.helpers.desk import Act, DeskTest
from tests.ui.roster.steps import (
    board_of,
    cells,
    click_cell,
    drag,
    held_cells,
    make_gap,
    middle,
    people_at,
    pip,
    roster,
    stored,
)

Desk = Callable[[Act], None]


def test_enter_fills_with_the_first_candidate(desk_test: Desk) -> None:
    """Enter fills with the first candidate."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        cell = await make_gap(d, page)
        first = board_of(page).candidates(*cell).ranked[0]
        page.grid.go_to(*cell)
        d.key(Qt.Key.Key_Return)
        await d.settled()
        assert first.person_id in people_at(stored(d), *cell)
        assert first.person_id in people_at(board_of(page), *cell)
        d.keys("Ctrl+Z")
        await d.settled()
        assert first.person_id not in people_at(stored(d), *cell)
        d.keys("Ctrl+Y")
        await d.settled()
        assert first.person_id in people_at(stored(d), *cell)

    desk_test(act)


def test_enter_twice_fills_two_seats_with_two_people(desk_test: Desk) -> None:
    """Enter twice fills two seats with two people."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        cell = await make_gap(d, page, ranked=2)
        empty = len(stored(d).seats(*cell))
        assert stored(d).cell(*cell).heads == 0
        d.key(Qt.Key.Key_Return)
        d.key(Qt.Key.Key_Return)
        await d.settled()
        assert len(set(people_at(stored(d), *cell))) == min(2, empty)

    desk_test(act)


def test_the_button_of_a_candidate_puts_that_one_in(desk_test: Desk) -> None:
    """The button of a candidate puts that one in."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        cell = await make_gap(d, page)
        second = board_of(page).candidates(*cell).ranked[1]
        click_cell(page, *cell)
        await d.settled()
        listed = page.inspector.candidate_list
        QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=listed.button_rect(1).center())
        await d.settled()
        assert second.person_id in people_at(stored(d), *cell)

    desk_test(act)


def test_tab_leads_to_the_candidates_and_escape_back(desk_test: Desk) -> None:
    """Tab leads to the candidates and escape back."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        cell = await make_gap(d, page)
        second = board_of(page).candidates(*cell).ranked[1]
        page.grid.go_to(*cell)
        await d.settled()
        d.key(Qt.Key.Key_Tab)
        assert page.inspector.candidate_list.hasFocus()
        d.key(Qt.Key.Key_Escape)
        assert page.grid.hasFocus()
        d.key(Qt.Key.Key_Tab)
        d.key(Qt.Key.Key_Down)
        d.key(Qt.Key.Key_Return)
        await d.settled()
        assert second.person_id in people_at(stored(d), *cell)

    desk_test(act)


def test_a_pip_is_dragged_to_another_cell(desk_test: Desk) -> None:
    """A pip is dragged to another cell."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        await make_gap(d, page)
        source, target, person = _movable(board_of(page), outcome=frozenset())
        middle(page, *target)
        number = [holder.person_id for holder in board_of(page).holders(*source)].index(person)
        start, view = pip(page, *source, number), page.grid.viewport()
        to = page.grid.cell_rect(*target).center()
        assert view.rect().contains(start)
        assert view.rect().contains(to)
        drag(view, start, view, to)
        await d.settled()
        after = stored(d)
        assert person in people_at(after, *target)
        assert person not in people_at(after, *source)

    desk_test(act)


def test_a_drag_that_breaks_a_rule_is_refused_with_a_way_out(desk_test: Desk) -> None:
    """A drag that breaks a rule is refused with a way out."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        board = board_of(page)
        source, target, person = _movable(board, outcome=frozenset({"block"}))
        page.grid.go_to(*source)
        await d.settled()
        seats = page.inspector.seat_list
        row = next(n for n, seat in enumerate(page.inspector.seat_model.items) if seat.holder is not None)
        at = seats.visualRect(page.inspector.seat_model.index(row)).center()
        to = middle(page, *target)
        drag(seats.viewport(), at, page.grid.viewport(), to, drop=False)
        assert d.window.findChild(QWidget, "carry_ghost") is not None
        d.key(Qt.Key.Key_Escape)
        assert not page.actions_.carry.active
        drag(seats.viewport(), at, page.grid.viewport(), to)
        await d.until(lambda: d.window.findChild(ConflictDialog) is not None)
        dialog = d.window.findChild(ConflictDialog)
        assert dialog is not None
        assert dialog.isVisible()
        d.key(Qt.Key.Key_Escape)
        await d.settled()
        assert people_at(stored(d), *source) == people_at(board, *source)
        assert person in people_at(stored(d), *source)

    desk_test(act)


def test_the_best_candidate_can_be_taken_instead(desk_test: Desk) -> None:
    """The best candidate can be taken instead."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        target = await make_gap(d, page)
        board = board_of(page)
        first = board.candidates(*target).ranked[0]
        blocked = {one.person_id for one in board.candidates(*target).blocked}
        source, number = next(
            (cell, place) for cell in held_cells(board) for place, holder in enumerate(board.holders(*cell))
            if holder.person_id in blocked and not board.cell(*cell).past
            and any(
                found.severity == "block"
                for found in board.conflicts(holder.person_id, *target, without=frozenset({holder.assignment_id}))
            )
        )  # fmt: skip
        holder = board.holders(*source)[number]
        page.grid.go_to(*source)
        await d.settled()
        page.inspector.seat_asked.emit(holder, "move")
        page.grid.go_to(*target)
        d.key(Qt.Key.Key_Return)
        await d.until(lambda: d.window.findChild(QPushButton, "conflict_instead") is not None)
        d.click(d.find(QPushButton, "conflict_instead"))
        await d.settled()
        assert first.person_id in people_at(stored(d), *target)
        assert holder.person_id in people_at(stored(d), *source)

    desk_test(act)


def test_somebody_is_moved_by_keys_alone(desk_test: Desk) -> None:
    """Somebody is moved by keys alone."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        await make_gap(d, page)
        source, target, person = _movable(board_of(page), outcome=frozenset())
        page.grid.go_to(*source)
        await d.settled()
        assert page.inspector.seat_list.enter_first()
        row = [seat.holder.person_id if seat.holder else "" for seat in page.inspector.seat_model.items].index(person)
        d.key(Qt.Key.Key_Down, times=row)
        d.key(Qt.Key.Key_M)
        assert page.actions_.carry.active
        assert page.grid.hasFocus()
        page.grid.go_to(*target)
        d.key(Qt.Key.Key_Return)
        await d.settled()
        assert person in people_at(stored(d), *target)

    desk_test(act)


def test_delete_takes_one_person_off_at_once(desk_test: Desk) -> None:
    """Delete takes one person off at once."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        cell = next(cell for cell in held_cells(board_of(page)) if board_of(page).cell(*cell).heads == 1)
        click_cell(page, *cell)
        d.key(Qt.Key.Key_Delete)
        await d.settled()
        assert not people_at(stored(d), *cell)
        d.keys("Ctrl+Z")
        await d.settled()
        assert people_at(stored(d), *cell)

    desk_test(act)


def test_delete_of_a_selection_asks_with_the_number(desk_test: Desk) -> None:
    """Delete of a selection asks with the number."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        board = board_of(page)
        first = held_cells(board)[0]
        block = [(row, shift) for row in (first[0], first[0] + 1) for shift in range(first[1], first[1] + 3)]
        click_cell(page, *block[0])
        click_cell(page, *block[-1], Qt.KeyboardModifier.ShiftModifier)
        assert set(page.grid.picked_cells()) == set(block)
        count = sum(board.cell(*cell).heads for cell in block)
        assert count > 1
        d.key(Qt.Key.Key_Delete)
        await d.until(lambda: d.window.findChild(QPushButton, "confirmDo") is not None)
        assert str(count) in d.find(QPushButton, "confirmDo").text()
        d.keys("Ctrl+Return")
        await d.settled()
        assert not any(stored(d).cell(*cell).heads for cell in block)
        d.keys("Ctrl+Z")
        await d.settled()
        assert sum(stored(d).cell(*cell).heads for cell in block) == count

    desk_test(act)


def _movable(board: Board, *, outcome: frozenset[str]) -> tuple[tuple[int, int], tuple[int, int], str]:
    """Return a cell, another one, and who of the first could be moved there with exactly these severities but notes."""
    for source in held_cells(board)[:40]:
        for holder in board.holders(*source):
            without = frozenset({holder.assignment_id})
            for target in cells(board):
                if target == source or abs(target[0] - source[0]) > 8 or not board.cell(*target).desired:
                    continue
                found = board.conflicts(holder.person_id, *target, without=without)
                if {one.severity for one in found} - {"note"} == outcome:
                    return source, target, holder.person_id
    raise LookupError
