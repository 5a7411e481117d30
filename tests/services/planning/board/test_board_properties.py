"""Whatever stands on a board, it says the same as the engine's conflict function and its checker."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.rules import blocking, conflicts, may_serve, may_serve_both
from patrol_desk.engine.verify import check
from patrol_desk.services.planning.board import Board, CellState
from patrol_desk.services.planning.board.persons import PersonWeek
from patrol_desk.services.planning.board.squads import SquadWeek
from tests.helpers.boards import disturbed, hinting, ruled

MESS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(["like", "any"]))
Mess = list[tuple[int, int, str]]


def messy(board: Board, mess: Mess, drops: list[int]) -> Board:
    """Return the board with some people gone, and others put anywhere: half of them where they are available."""
    problem, held = board.frame.problem, sorted(board.stand.held)
    free = may_serve(problem)
    added: dict[tuple[int, int], int] = {}
    for person, group, how in mess:
        groups = np.arange(len(problem.demand.group_task))
        who = person % len(problem.people.ids)
        if how == "like":
            there = free[who, problem.demand.task_shift[problem.demand.group_task]]
            groups = groups[there] if there.any() else groups
        seat = int(groups[group % len(groups)])
        added.setdefault((who, int(problem.demand.group_task[seat])), seat)
    there_already = {(item.person, int(problem.demand.group_task[item.group])) for item in board.stand.held.values()}
    pairs = [(person, seat) for (person, task), seat in added.items() if (person, task) not in there_already]
    return disturbed(board, [held[drop % len(held)] for drop in drops], pairs)


@given(mess=st.lists(MESS, max_size=25), drops=st.lists(st.integers(0, 10**6), max_size=40))
def test_what_is_broken_is_what_the_conflict_function_says(planned: Board, mess: Mess, drops: list[int]) -> None:
    """Cells are marked for all seats at once, holders one by one, the checker its own way: they agree."""
    assert_marked(messy(planned, mess, drops))


@given(mess=st.lists(MESS, max_size=25), drops=st.lists(st.integers(0, 10**6), max_size=40), seed=st.integers(0, 9))
def test_with_every_rule_too(planned: Board, mess: Mess, drops: list[int], seed: int) -> None:
    """New members, pairs, days in a row, insurance, eves and kinds of checkpoints: the same, and for candidates."""
    board = messy(ruled(planned, seed), mess, drops)
    assert_marked(board)
    cells = sorted(board.frame.cell_groups)
    for at in range(seed, len(cells), len(cells) // 3):
        assert_candidates(board, *board.frame.place_of(cells[at]))


@given(mess=st.lists(MESS, max_size=25), drops=st.lists(st.integers(0, 10**6), max_size=40), seed=st.integers(0, 9))
def test_what_is_hinted_is_what_the_conflict_function_says(
    planned: Board, mess: Mess, drops: list[int], seed: int
) -> None:
    """Every rule a hint: seats, cells, people and squads carry the mark where a holder is told of one."""
    board = hinting(messy(ruled(planned, seed), mess, drops), rest=60 * (seed * 4 + 1))
    stand, problem = board.stand, board.frame.problem
    pairs = zip(stand.person[stand.hinted], stand.group[stand.hinted], strict=True)
    marked = {(int(person), int(group)) for person, group in pairs}
    found = {
        (int(person), int(group))
        for person, group in stand.plan.assignments
        if any(one.hints for one in conflicts(problem, stand.plan, int(person), int(group)))
    }
    assert marked == found
    assert marked
    squads = SquadWeek(board)
    people = PersonWeek(squads)
    for person, group in sorted(marked)[:5]:
        row, shift = board.frame.place_of(int(board.frame.group_cell[group]))
        assert board.cell(row, shift).hinted
        assert any(one.hints for holder in board.holders(row, shift) for one in holder.told)
        assert people.cells(person)[shift].hinted
        line = next(one for one in squads.rows if squads.line(one) == int(squads.squad[person]))
        assert squads.cell(line, shift).hinted


def test_without_a_hint_nothing_is_marked(planned: Board) -> None:
    """The rules as they are set from the start hold no hint: nothing is computed."""
    assert not planned.frame.any_hint
    assert not planned.stand.hinted.any()
    assert planned.stand.hinted_cells == frozenset()
    assert not any(planned.cell(row.index, shift.index).hinted for row in planned.rows for shift in planned.shifts)


def assert_marked(board: Board) -> None:
    """Assert that cells, holders, the conflict function and the checker mark the same."""
    stand, problem = board.stand, board.frame.problem
    marked = {(int(p), int(g)) for p, g in zip(stand.person[stand.broken], stand.group[stand.broken], strict=True)}
    said = {(int(p), int(g)) for p, g in stand.plan.assignments if blocking(problem, stand.plan, int(p), int(g))}
    assert marked == said
    assert bool(check(problem, stand.plan).violations) == bool(marked)
    for cell in stand.broken_cells:
        assert any(holder.breaks for holder in board.holders(*board.frame.place_of(cell)))


@given(mess=st.lists(MESS, max_size=10), drops=st.lists(st.integers(0, 10**6), max_size=60), at=st.integers(0, 10**6))
def test_candidates_and_the_conflict_function_agree(planned: Board, mess: Mess, drops: list[int], at: int) -> None:
    """Nothing stands against anybody ranked; each of the blocked has that rule against them, first."""
    board = messy(planned, mess, drops)
    cells = sorted(board.frame.cell_groups)
    assert_candidates(board, *board.frame.place_of(cells[at % len(cells)]))


def assert_candidates(board: Board, row: int, shift: int) -> None:
    """Assert that nothing stands against who is ranked, and the rule told against who is not."""
    found = board.candidates(row, shift)
    for candidate in found.ranked:
        assert candidate.group == board.seat_for(candidate.person_id, row, shift)
        said = board.conflicts(candidate.person_id, row, shift)
        assert [conflict for conflict in said if conflict.severity == "block"] == []
        assert candidate.warnings == tuple(c.message for c in said if c.severity == "warn")
    for blocked in found.blocked[:20]:
        first = board.conflicts(blocked.person_id, row, shift)[0]
        assert (first.severity, first.rule, first.message) == ("block", blocked.rule, blocked.reason)
    assert sum(count for _, count in found.blocked_by) == found.blocked_count
    inside = len({holder.person_id for holder in board.holders(row, shift)})
    if found.open_seats:
        assert found.eligible + found.blocked_count + inside == len(board.frame.names.people)


@given(mess=st.lists(MESS, max_size=10), drops=st.lists(st.integers(0, 10**6), max_size=60))
def test_counts_of_the_board_are_the_checkers(planned: Board, mess: Mess, drops: list[int]) -> None:
    """Missing heads, filled seats, states and sums by group and shift add up to the same."""
    board = messy(planned, mess, drops)
    figures, report = board.figures(), check(board.frame.problem, board.stand.plan)
    over = int(np.maximum(board.stand.heads - board.frame.problem.demand.desired, 0).sum())
    assert figures.shortage_heads == report.shortage
    assert figures.seats - figures.filled == report.shortage + report.desired_shortage
    assert figures.filled + over == len(board.stand.held)
    cells = [board.cell(r.index, s.index) for r in board.rows for s in board.shifts]
    assert sum(cell.heads for cell in cells) == len(board.stand.held)
    assert figures.shortage_cells == sum(cell.state is CellState.BELOW_MINIMUM for cell in cells)
    assert figures.below_desired_cells == sum(cell.state is CellState.BELOW_DESIRED for cell in cells)
    groups = range(len(board.groups))
    assert sum(board.cells_of_group(g, s.index)[0] for g in groups for s in board.shifts) == len(board.stand.held)
    for number, group in enumerate(board.groups):
        of_group = range(group.first * len(board.shifts), (group.first + group.count) * len(board.shifts))
        red = [cells[at].state is CellState.BELOW_MINIMUM and not cells[at].past for at in of_group]
        assert board.red_cells(number) == sum(red)
    gaps = board.gaps(board.shifts[0].starts_at, board.shifts[-1].ends_at)
    assert sum(gap.missing for gap in gaps if gap.state is CellState.BELOW_MINIMUM) == report.shortage


@given(mess=st.lists(MESS, max_size=10), drops=st.lists(st.integers(0, 10**6), max_size=30))
def test_a_patched_board_is_the_board_made_anew(planned: Board, mess: Mess, drops: list[int]) -> None:
    """Laying changes over a stand gives what reading everything would."""
    stand = messy(planned, mess, drops).stand
    anew = type(stand).of(stand.frame, [item.row for item in stand.held.values()])
    assert anew.held == stand.held
    assert {cell: set(items) for cell, items in anew.cells.items()} == {c: set(i) for c, i in stand.cells.items()}
    assert {p: set(items) for p, items in anew.by_person.items()} == {p: set(i) for p, i in stand.by_person.items()}
    assert np.array_equal(anew.plan.assignments, stand.plan.assignments)
    assert np.array_equal(anew.states, stand.states)
    assert anew.broken_cells == stand.broken_cells


def test_masks_are_the_engine_s(planned: Board) -> None:
    """Who may serve when, and in which two shifts."""
    frame = planned.frame
    assert np.array_equal(frame.free, may_serve(frame.problem))
    assert np.array_equal(frame.both, may_serve_both(frame.problem))


def test_a_ranking_prefers_what_the_solver_prefers(planned: Board) -> None:
    """Wherever somebody was taken away, the ranking is by seat of the minimum, then by falling merit."""
    problem = planned.frame.problem
    assert problem.weights.extra_squad > 0
    for item in list(planned.stand.held.values())[::40]:
        board = disturbed(planned, [item.row.id], [])
        row, shift = board.frame.place_of(item.cell)
        found = board.candidates(row, shift)
        assert item.row.person_id in {candidate.person_id for candidate in found.ranked} or found.eligible > 50
        required = [board.stand.heads[c.group] < problem.demand.minimum[c.group] for c in found.ranked]
        assert required == sorted(required, reverse=True)
        ranks = [int(str(candidate.reasons[0].params["rank"])) for candidate in found.ranked]
        assert ranks == list(range(1, len(ranks) + 1))


def test_the_small_plan_tells_what_the_whole_plan_tells(planned: Board) -> None:
    """Blocks on the board come from a part of the plan; the whole plan gives the same rules.

    Who stands there already is left out: the board asks of one more duty, the plan of the one it has.
    """
    problem, plan = planned.frame.problem, planned.stand.plan
    held = {tuple(pair) for pair in plan.assignments.tolist()}
    rng = np.random.default_rng(1)
    drawn = zip(rng.integers(0, len(problem.people.ids), 60), rng.integers(0, 250, 60), strict=True)
    for person, group in (pair for pair in drawn if (int(pair[0]), int(pair[1])) not in held):
        row, shift = planned.frame.place_of(int(planned.frame.group_cell[group]))
        person_id = planned.frame.week_problem.person_ids[person]
        told = planned.conflicts(person_id, row, shift, int(group))
        rules = [conflict.rule for conflict in told if conflict.severity == "block"]
        assert rules == [found.rule for found in blocking(problem, plan, int(person), int(group))]
