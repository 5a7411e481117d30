"""The board by squad: heads, those who could be, mixed patrols, figures, who is left to be drawn."""

from collections import Counter

from patrol_desk.services.planning.board import Board, CellState
from patrol_desk.services.planning.board.spares import board_gaps, gap_of, spares
from patrol_desk.services.planning.board.squads import SquadCell, SquadWeek
from tests.helpers.boards import Desk, disturbed
from tests.helpers.cells import MONDAY_DAY, ids


def test_each_squad_counts_its_heads_and_those_who_could_be(planned: Board) -> None:
    """Each squad counts its heads and those who could be."""
    week, frame = SquadWeek(planned), planned.frame
    people = frame.problem.people
    counted: Counter[tuple[int, int]] = Counter()
    for person, cell in planned.stand.duties:
        counted[int(people.squad[person]), cell % len(planned.shifts)] += 1
    for row in week.rows:
        for shift in planned.shifts:
            found = week.cell(row, shift.index)
            assert found.duty == counted[row.index, shift.index]
            members = [p for p in range(len(people.ids)) if int(people.squad[p]) == row.index]
            assert found.available == sum(bool(frame.free[p, shift.index]) for p in members)
    assert sum(row.people for row in week.rows) == int(people.on_roster.sum())


def test_a_patrol_of_two_squads_is_mixed_in_both(planned: Board) -> None:
    """A patrol of two squads is mixed in both."""
    week = SquadWeek(planned)
    width = len(planned.shifts)
    expected: set[tuple[int, int]] = set()
    for cell, items in planned.stand.cells.items():
        squads = {int(planned.frame.problem.people.squad[item.person]) for item in items}
        if len(squads) > 1:
            expected.update((squad, cell % width) for squad in squads)
    found = {(row.index, shift) for row in week.rows for shift in range(width) if week.cell(row, shift).mixed}
    assert found == expected


def test_the_figures_agree_with_the_cells(planned: Board) -> None:
    """The figures agree with the cells."""
    week = SquadWeek(planned)
    figures = week.figures
    teams = [items for cell, items in planned.stand.cells.items() if cell >= 0 and len(items) > 1]
    squad = planned.frame.problem.people.squad
    single = sum(len({int(squad[item.person]) for item in items}) == 1 for items in teams)
    assert (figures.patrols, figures.single, figures.mixed) == (len(teams), single, len(teams) - single)
    assert figures.on_duty == len({person for person, _ in planned.stand.duties})
    assert 0 < figures.own <= figures.duties
    loads = {
        row.name: sum(week.cell(row, s).duty for s in range(len(planned.shifts))) / row.people for row in week.rows
    }
    assert figures.busiest_load == max(loads.values())
    assert loads[figures.busiest] == figures.busiest_load


def test_a_squads_places_are_its_community_and_where_it_helps(planned: Board) -> None:
    """A squad's places are its community and where it helps."""
    week = SquadWeek(planned)
    for row in week.rows:
        stands = {
            item.cell // len(planned.shifts) for shift in planned.shifts for item in week.on_duty(row, shift.index)
        }
        places = week.places(row)
        own = {place for place, mine in places if mine}
        assert {planned.rows[place].community for place in own} <= {row.place}
        assert {place for place, mine in places if not mine} == stands - own
        for place, _ in places:
            heads = sum(week.helpers(row, place, shift.index) for shift in planned.shifts)
            assert bool(heads) == (place in stands)


def test_a_squad_of_which_nearly_all_are_on_duty_is_busy() -> None:
    """A squad of which nearly all are on duty is busy."""
    assert SquadCell(6, 7, mixed=False, past=False).busy
    assert not SquadCell(5, 6, mixed=False, past=False).busy
    assert not SquadCell(0, 0, mixed=False, past=False).busy
    assert SquadCell(1, 0, mixed=False, past=False).busy


def test_who_can_be_drawn_for_a_gap_is_whom_the_ranking_names(planned: Board) -> None:
    """Who can be drawn for a gap is whom the ranking names, in its order, of the one squad."""
    held = next(items for cell, items in planned.stand.cells.items() if len(items) > 1 and cell >= 0)
    place, shift = planned.frame.place_of(held[0].cell)
    board = disturbed(planned, [item.row.id for item in held], ())
    week = SquadWeek(board)
    row = next(row for row in week.rows if row.index == int(board.frame.problem.people.squad[held[0].person]))
    found = spares(week, row, shift, place)
    everybody = board.candidates(place, shift)
    assert found.place == place
    ours = [one.person_id for one in everybody.ranked if one.squad == row.name]
    assert [one.person_id for one in found.ranked][: len(ours)] == ours
    standing = sum(item.cell % len(board.shifts) == shift for item in week.on_duty(row, shift))
    assert found.free + sum(count for _, _, count in found.blocked) == row.people
    assert standing == week.cell(row, shift).duty


def test_without_a_gap_the_free_are_counted_and_nobody_is_ranked(small: Desk) -> None:
    """Without a gap the free are counted and nobody is ranked."""
    week = SquadWeek(small.board)
    row, shift = week.rows[0], MONDAY_DAY[1]
    gap = gap_of(week, row, shift)
    found = spares(week, row, shift)
    assert found.place == gap
    quiet = next(s.index for s in small.board.shifts if gap_of(week, row, s.index) is None)
    none = spares(week, row, quiet)
    assert none.place is None
    assert not none.ranked
    assert none.free + sum(count for _, _, count in none.blocked) == row.people


def test_the_gaps_of_a_squad_are_those_of_its_own_places_to_come(planned: Board) -> None:
    """The gaps of a squad are those of its own places to come."""
    board = disturbed(planned, list(planned.stand.held), ())
    week = SquadWeek(board)
    row = next(row for row in week.rows if any(own for _, own in week.places(row)))
    gaps = board_gaps(week, row)
    assert gaps
    for place, shift in gaps:
        assert board.rows[place].community == row.place
        assert board.cell(place, shift).state in {CellState.BELOW_DESIRED, CellState.BELOW_MINIMUM}


def test_people_without_a_squad_have_the_last_line(manned: Desk) -> None:
    """People without a squad have the last line, which has no places of its own."""
    week = SquadWeek(manned.board)
    assert sum(week.cell(row, MONDAY_DAY[1]).duty for row in week.rows) == len(ids(manned, MONDAY_DAY))
    loose = [row for row in week.rows if row.index < 0]
    for row in loose:
        assert row is week.rows[-1]
        assert not any(own for _, own in week.places(row))
