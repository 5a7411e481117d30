"""Any sequence of hand edits keeps the plan free of broken rules, and is taken back step by step."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from patrol_desk.common.errors import PatrolError
from patrol_desk.engine.verify import check
from patrol_desk.services.planning import edits
from patrol_desk.services.planning.board import Board
from patrol_desk.services.undo import Done, revert
from tests.helpers.boards import Desk, looks

STEPS = 20
LONG_STEPS = 1500


def try_something(desk: Desk, rng: random.Random) -> Done[Any] | None:
    """Do what a restless user might; None when it is refused."""
    board, station, actor = desk.board, desk.station, desk.actor
    held = sorted(board.stand.held)
    cells = sorted(board.frame.cell_groups)
    row, shift = board.frame.place_of(rng.choice(cells))
    people = board.frame.week_problem.person_ids
    ranked = board.candidates(row, shift).ranked
    lucky = rng.choice(ranked).person_id if ranked and rng.random() < 0.5 else rng.choice(people)
    gap = board.gap(row, shift)
    tries: dict[str, Callable[[], Done[Any]]] = {
        "assign": lambda: edits.assign(station, actor, board, lucky, row, shift),
        "remove": lambda: edits.remove(station, actor, board, rng.sample(held, min(3, len(held)))),
        "move": lambda: edits.move(station, actor, board, rng.choice(held), row, shift),
        "swap": lambda: edits.swap(station, actor, board, *rng.sample(held, 2)),
        "lock": lambda: edits.lock(station, actor, board, [(row, shift)], rng.random() < 0.5),
        "clear": lambda: edits.clear(station, actor, board, [(row, shift)]),
        "fill": lambda: edits.fill(station, actor, board, [gap]),
    }
    try:
        return tries[rng.choice(list(tries))]()
    except PatrolError:
        return None


def left_alone(board: Board) -> frozenset[int]:
    """Return the cells in which new members are among themselves or half of a pair is: no other rule is broken.

    Nobody is kept from being taken off, so whoever they stood beside may go: that cell is marked as broken.
    """
    found = check(board.problem, board.stand.plan).violations
    assert {violation.rule for violation in found} <= {"novice", "together"}
    seats = {(int(violation.person), int(violation.group)) for violation in found}
    return frozenset(item.cell for item in board.stand.held.values() if (item.person, item.group) in seats)


def there(board: Board, cell: int) -> set[int]:
    """Return who stands in a cell."""
    return {item.person for item in board.stand.held.values() if item.cell == cell}


@pytest.mark.parametrize("seed", [1, 2])
def test_edits_keep_the_rules_and_undo_gives_everything_back(desk: Desk, seed: int, long_run: bool) -> None:
    """No step breaks a rule but a leaving, and that is shown; undone newest first, and done again, all is the same."""
    rng, done = random.Random(seed), list[Done[Any]]()
    states, before, alone = [looks(desk.board)], desk.board, frozenset[int]()
    for _ in range(LONG_STEPS if long_run else STEPS):
        step = try_something(desk, rng)
        if step is None:
            assert looks(desk.board) == states[-1]
            continue
        desk.after(step)
        left = left_alone(desk.board)
        assert desk.board.stand.broken_cells == left
        assert all(there(before, cell) - there(desk.board, cell) for cell in left - alone)
        before, alone = desk.board, left
        done.append(step)
        states.append(looks(desk.board))
    assert len(done) > STEPS // 4
    assert looks(desk.anew()) == states[-1]
    redo = []
    for step, state in zip(reversed(done), reversed(states[:-1]), strict=True):
        back = revert(desk.station, desk.actor, step.patch)
        desk.after(back)
        assert looks(desk.board) == state
        redo.append(back)
    for back in reversed(redo):
        desk.after(revert(desk.station, desk.actor, back.patch))
    assert looks(desk.board) == looks(desk.anew()) == states[-1]
