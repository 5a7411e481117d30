"""A board of five people: every figure can be counted on fingers."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_now
from patrol_desk.common.errors import ForbiddenError
from patrol_desk.common.message import Message
from patrol_desk.engine.figures import jain
from patrol_desk.messages import render
from patrol_desk.models import (
    AssignmentSource,
    Checkpoint,
    CheckpointKind,
    CheckpointStatus,
    Community,
    Person,
    PersonStatus,
    Squad,
    VersionState,
)
from patrol_desk.services.planning import edits
from patrol_desk.services.planning.board import Board, CellState, Gap, open_board, prove
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.squad_colours import squad_colours
from tests.helpers.boards import Desk
from tests.helpers.tiny import MONDAY, WEEK, Tiny, empty_tiny

FRIDAY_NIGHT = (1, 9)
MONDAY_DAY = (0, 0)
TUESDAY_DAY = (0, 2)


def test_columns_and_rows(small: Desk, tiny: Tiny) -> None:
    """Fourteen shifts by start, two checkpoints by code, one nameless group."""
    board = small.board
    assert [(s.code, s.on_date) for s in board.shifts[:3]] == [
        ("D", MONDAY), ("N", MONDAY), ("D", MONDAY + timedelta(days=1)),
    ]  # fmt: skip
    assert [shift.index for shift in board.shifts] == list(range(14))
    night = board.shifts[1]
    assert (night.night, night.starts_at.hour, night.ends_at.hour, night.ends_at.day) == (True, 22, 2, 24)
    assert [(row.code, row.short_name, row.tier) for row in board.rows] == [("P1", "市场", 1), ("P2", "桥头", 2)]
    assert [(group.name, group.first, group.count) for group in board.groups] == [("", 0, 2)]
    assert board.locate(tiny.ids["P2"], tiny.ids["N"], MONDAY + timedelta(days=4)) == FRIDAY_NIGHT
    assert board.locate(tiny.ids["P2"], tiny.ids["N"], MONDAY + timedelta(days=7)) is None
    assert (board.week, board.has_demand, board.version, board.unpublished) == (WEEK, True, None, 0)


def test_an_empty_week_is_all_gaps(small: Desk) -> None:
    """Nobody stands anywhere: two seats are missing on each day, one at night, and one more is wished."""
    board = small.board
    assert board.cell(*MONDAY_DAY).state is CellState.BELOW_MINIMUM
    assert board.cell(1, 0).state is CellState.NOT_STAFFED
    figures = board.figures()
    assert (figures.seats, figures.filled, figures.coverage) == (6, 0, 0.0)
    assert (figures.shortage_heads, figures.shortage_cells, figures.below_desired_cells) == (5, 3, 0)
    assert (figures.least_duties, figures.most_duties, figures.fairness) == (0, 0, 1.0)
    assert (figures.mean_distance_m, figures.max_distance_m) == (None, None)
    assert (figures.shortage_bound, figures.coverage_bound, figures.proven) == (None, None, False)
    assert board.coverage(0) == (0.0, CellState.BELOW_MINIMUM)
    assert board.coverage(1) == (None, CellState.NOT_STAFFED)
    assert board.cells_of_group(0, 0) == (0, 2, CellState.BELOW_MINIMUM)
    assert prove(board) is board


def test_a_seat_that_is_held(small: Desk, tiny: Tiny) -> None:
    """A leads on Monday: the cell, its seats, the holder and the person's card say so."""
    small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["A"], *MONDAY_DAY))
    board = small.board
    cell = board.cell(*MONDAY_DAY)
    assert (cell.heads, cell.minimum, cell.desired, cell.state) == (1, 2, 2, CellState.BELOW_MINIMUM)
    assert cell.colours == (board.holders(*MONDAY_DAY)[0].colour,)
    assert (cell.locked, cell.some_locked, cell.past, cell.broken, cell.changed) == (False,) * 5
    leader, anybody = board.seats(*MONDAY_DAY)
    assert leader.holder is not None
    assert (render(leader.kind), render(anybody.kind, "en")) == ("需组长或副组长", "Anybody")
    assert (leader.required, anybody.required, anybody.holder) == (True, True, None)
    holder = leader.holder
    assert (holder.name, holder.squad, holder.leader, holder.skills) == ("甲A", "石桥队", True, ())
    assert (holder.duties, holder.cap, holder.source, holder.breaks) == (1, 3, AssignmentSource.HAND, ())
    card = board.person(tiny.ids["A"])
    assert (card.name, card.duties, card.cap) == ("甲A", (MONDAY_DAY,), 3)
    assert board.where(holder.assignment_id) == MONDAY_DAY
    assert board.where("nobody's") is None
    assert board.person(tiny.ids["B"]).duties == ()
    with pytest.raises(KeyError):
        board.person("nobody")


def test_gaps_and_the_way_from_one_to_the_next(small: Desk, tiny: Tiny) -> None:
    """By urgency in a list, in reading order by key, round the end, the past left out."""
    board = small.board
    monday, friday = board.shifts[0].starts_at, board.shifts[9].starts_at
    gaps = board.gaps(monday, board.shifts[-1].ends_at)
    assert gaps == (
        Gap(0, 0, 0, 2, 2, 2, CellState.BELOW_MINIMUM),
        Gap(0, 2, 0, 2, 2, 2, CellState.BELOW_MINIMUM),
        Gap(1, 9, 0, 1, 2, 1, CellState.BELOW_MINIMUM),
    )
    assert board.gaps(monday + timedelta(hours=5), friday) == gaps[1:2]
    assert board.next_gap(0, 0) == TUESDAY_DAY
    assert board.next_gap(0, 3) == FRIDAY_NIGHT
    assert board.next_gap(*FRIDAY_NIGHT) == MONDAY_DAY
    assert board.next_gap(0, 0, backwards=True) == FRIDAY_NIGHT
    assert board.next_gap(1, 0, backwards=True) == TUESDAY_DAY
    later = board.at(monday + timedelta(days=3))
    assert later.next_gap(0, 0) == FRIDAY_NIGHT
    assert later.cell(*MONDAY_DAY).past
    small.after(edits.assign(small.station, small.actor, board, tiny.ids["X"], *FRIDAY_NIGHT))
    half = small.board
    assert half.cell(*FRIDAY_NIGHT).state is CellState.BELOW_DESIRED
    assert half.gap(*FRIDAY_NIGHT).missing == 1
    assert half.next_gap(1, 0, red_only=True) == MONDAY_DAY
    assert half.gaps(monday, half.shifts[-1].ends_at)[-1].state is CellState.BELOW_DESIRED
    assert half.coverage(9) == (0.5, CellState.BELOW_DESIRED)


def test_a_full_week_has_no_gap(small: Desk, tiny: Tiny) -> None:
    """Nothing to go to, everything covered."""
    for code, place in (("A", MONDAY_DAY), ("B", MONDAY_DAY), ("C", TUESDAY_DAY), ("X", TUESDAY_DAY)):
        small.after(edits.assign(small.station, small.actor, small.board, tiny.ids[code], *place))
    for code in "AY":
        small.after(edits.assign(small.station, small.actor, small.board, tiny.ids[code], *FRIDAY_NIGHT))
    board = small.board
    assert board.next_gap(0, 0) is None
    assert board.figures().coverage == 1.0
    assert (board.figures().least_duties, board.figures().most_duties) == (1, 2)
    assert board.figures().fairness == pytest.approx(36 / (5 * 8))
    assert board.figures().max_distance_m == pytest.approx(2049, abs=20)
    assert board.candidates(*FRIDAY_NIGHT) == type(board.candidates(*FRIDAY_NIGHT))()


def test_the_same_board_while_no_shift_ends(small: Desk) -> None:
    """The clock moves on without a new board until a shift is over."""
    board = small.board
    assert board.now == station_now(small.station.clock)
    assert board.at(board.now + timedelta(hours=1)) is board
    assert board.at(board.shifts[0].ends_at).past[0]


def test_a_week_without_demand_or_places_is_a_board_too(tmp_path: Path) -> None:
    """Nothing is planned, nothing is asked for: there is still something to show."""
    tiny = empty_tiny(tmp_path)
    board = open_board(tiny.station, tiny.station.system_actor(), WEEK)
    assert (board.has_demand, len(board.rows)) == (False, 2)
    assert board.figures().coverage == 1.0
    assert board.next_gap(0, 0) is None
    assert board.seats(0, 0) == ()
    assert board.coverage(0) == (None, CellState.NOT_STAFFED)
    with tiny.station.write(tiny.station.system_actor(), "test.close") as unit:
        for code in ("P1", "P2"):
            unit.session.get_one(Checkpoint, tiny.ids[code]).status = CheckpointStatus.CLOSED
        unit.commit()
    bare = open_board(tiny.station, tiny.station.system_actor(), WEEK)
    assert (bare.rows, bare.groups, bare.has_demand) == ((), (), False)
    assert bare.coverage(0) == (None, CellState.NOT_STAFFED)
    assert bare.differing(board) is None
    tiny.station.close()


def test_rows_stand_by_community(small: Desk, tiny: Tiny) -> None:
    """Communities by code, those without one last; squads of one community differ in colour."""
    tiny.add(Community(code="441900121002", name="石桥"), Community(code="441900121001", name="榕树"))
    place = {"kind": CheckpointKind.PATROL_STOP, "status": CheckpointStatus.ACTIVE, "short_name": "园"}
    tiny.add(
        Checkpoint(code="P8", name="石桥公园", community_id=tiny.ids["441900121002"], **place),
        Checkpoint(code="P9", name="榕树公园", community_id=tiny.ids["441900121001"], **place),
    )
    with tiny.station.write(small.actor, "test.squads") as unit:
        for code in ("S1", "S2"):
            unit.session.get_one(Squad, tiny.ids[code]).community_id = tiny.ids["441900121002"]
        unit.commit()
    board = small.anew()
    assert [row.code for row in board.rows] == ["P9", "P8", "P1", "P2"]
    assert [(group.name, group.count) for group in board.groups] == [("榕树", 1), ("石桥", 1), ("", 2)]
    assert board.person(tiny.ids["A"]).colour != board.person(tiny.ids["X"]).colour
    assert small.board.differing(board) is None


def test_colours_differ_within_a_community() -> None:
    """Eight squads of a community have eight colours; the next community begins elsewhere."""
    colours = squad_colours(["a"] * 8 + ["b"] * 3 + [None])
    assert sorted(colours[:8]) == list(range(8))
    assert colours[0] != colours[8]
    assert len(set(colours[8:11])) == 3
    assert all(0 <= colour < 8 for colour in colours)


def test_who_may_no_longer_serve_is_marked(small: Desk, tiny: Tiny) -> None:
    """A person put out of service after planning is broken where they stand, and stays visible."""
    small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["B"], *MONDAY_DAY))
    with tiny.station.write(small.actor, "test.status") as unit:
        unit.session.get_one(Person, tiny.ids["B"]).status = PersonStatus.INACTIVE
        changes = unit.commit()
    small.after_changes(changes)
    assert small.board.cell(*MONDAY_DAY).broken
    (holder,) = small.board.holders(*MONDAY_DAY)
    assert holder.breaks == (Message("rule.status"),)


def test_who_stands_where_nothing_is_asked_for_any_more(small: Desk, tiny: Tiny) -> None:
    """The seat is gone: shown at the end, broken, counted nowhere; with the checkpoint gone the row stays."""
    from patrol_desk.models import Demand
    from patrol_desk.storage import queries

    small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["B"], *MONDAY_DAY))
    with tiny.station.write(small.actor, "test.demand") as unit:
        for demand in queries.many(unit.session, Demand, checkpoint_id=tiny.ids["P1"]):
            demand.ended_on = MONDAY
        unit.session.get_one(Checkpoint, tiny.ids["P1"]).status = CheckpointStatus.SUSPENDED
        changes = unit.commit()
    small.after_changes(changes)
    board = small.board
    row = next(row.index for row in board.rows if row.code == "P1")
    cell = board.cell(row, 0)
    assert (cell.state, cell.heads, cell.broken) == (CellState.NOT_STAFFED, 1, True)
    (seat,) = board.seats(row, 0)
    assert seat.group == -1
    assert seat.holder is not None
    assert render(seat.holder.breaks[0]) == "这个席位已不在勤务需求里"
    assert board.figures().filled == 0
    assert board.outside == ()
    assert board.conflicts(tiny.ids["A"], row, 0)[0].rule == "demand"
    assert board.seat_for(tiny.ids["A"], row, 0) is None
    assert board.next_gap(row, 0) is not None


def test_a_duty_whose_shift_is_gone_is_outside(small: Desk, tiny: Tiny) -> None:
    """It has no cell; its id can still be removed."""
    from patrol_desk.models import ShiftPattern

    small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["X"], *FRIDAY_NIGHT))
    with tiny.station.write(small.actor, "test.pattern") as unit:
        unit.session.get_one(ShiftPattern, tiny.ids["N"]).ended_on = MONDAY
        changes = unit.commit()
    small.after_changes(changes)
    assert len(small.board.shifts) == 7
    (assignment,) = small.board.outside
    assert small.board.where(assignment) is None
    small.after(edits.remove(small.station, small.actor, small.board, [assignment]))
    assert small.board.outside == ()


def test_the_published_version_is_what_changes_are_told_against(small: Desk, tiny: Tiny) -> None:
    """Before the first publishing everything is new and nothing is marked; afterwards only what differs."""
    small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["A"], *MONDAY_DAY))
    assert [change.kind for change in small.board.changes_since_published()] == ["added"]
    assert not small.board.cell(*MONDAY_DAY).changed
    small.after_changes(publish(small.station, small.actor, WEEK).changes)
    assert small.board.version is not None
    assert small.board.version.state is VersionState.PUBLISHED
    assert small.board.unpublished == 0
    assert small.board.figures().published == pytest.approx(1 / 6)
    (holder,) = small.board.holders(*MONDAY_DAY)
    small.after(edits.move(small.station, small.actor, small.board, holder.assignment_id, *TUESDAY_DAY))
    small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["X"], *FRIDAY_NIGHT))
    board = small.board
    changes = board.changes_since_published()
    assert [(c.kind, c.name, c.row, c.shift, c.from_row, c.from_shift) for c in changes] == [
        ("moved", "甲A", *TUESDAY_DAY, *MONDAY_DAY), ("added", "甲X", *FRIDAY_NIGHT, None, None),
    ]  # fmt: skip
    assert [board.cell(*place).changed for place in (MONDAY_DAY, TUESDAY_DAY, FRIDAY_NIGHT)] == [True] * 3
    assert not board.cell(1, 0).changed
    assert board.figures().published == pytest.approx(1 / 6)
    small.after(edits.clear(small.station, small.actor, board, [TUESDAY_DAY]))
    assert [change.kind for change in small.board.changes_since_published()] == ["removed", "added"]


def test_the_bound_is_proven_from_the_certificate(planned: Board) -> None:
    """The solver's proof holds on the board: what is missing must be, and coverage cannot be better."""
    assert planned.figures().shortage_bound is None
    proven = prove(planned).figures()
    assert proven.proven
    assert proven.shortage_bound is not None
    assert proven.shortage_bound <= proven.shortage_heads
    assert proven.coverage_bound is not None
    assert proven.coverage <= proven.coverage_bound < 1.0
    assert prove(prove(planned)).bound == proven.shortage_bound


def test_a_planned_week_reads_well(planned: Board) -> None:
    """Rows, columns, names and colours of a real sample."""
    assert (len(planned.rows), len(planned.shifts)) == (22, 28)
    assert sum(group.count for group in planned.groups) == 22
    assert all(group.name for group in planned.groups)
    holders = [holder for row in planned.rows for holder in planned.holders(row.index, 0)]
    assert holders
    assert all(holder.name and holder.squad and 1 <= holder.duties <= holder.cap for holder in holders)
    assert any(holder.skills for row in planned.rows for holder in planned.holders(row.index, 1))
    assert planned.stand.broken_cells == frozenset()


def test_an_even_load_is_fair() -> None:
    """Jain's index: 1 when all have the same, 1/n when one has everything."""
    import numpy as np

    assert jain(np.array([2, 2, 2])) == 1.0
    assert jain(np.array([3, 0, 0])) == pytest.approx(1 / 3)
    assert jain(np.array([], dtype=np.int64)) == 1.0


def test_reading_needs_permission(small: Desk) -> None:
    """A role that may not see plans sees no board."""
    with pytest.raises(ForbiddenError):
        open_board(small.station, Actor(None, "谁", "nobody"), WEEK)


def test_the_board_needs_no_solver() -> None:
    """The first page opens without the solver's libraries."""
    code = (
        "import sys, patrol_desk.services.planning.board, patrol_desk.services.planning.edits;"
        "print([name for name in ('numba', 'ortools', 'PySide6') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
