"""What one cell asks for is read, and lowered or raised for one day only, with a reason."""

from datetime import date, timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, InvalidDataError
from patrol_desk.common.weeks import Week
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import DayDemand, KnownGap, Role
from patrol_desk.services.planning.board import CellState, open_board
from patrol_desk.services.planning.cell_demand import CellDemand, DayHeads, cell_demand, set_day
from patrol_desk.services.undo import revert
from patrol_desk.storage import queries
from tests.helpers.boards import Desk
from tests.helpers.tiny import MONDAY, Tiny

CELL = (0, 0)


def read(desk: Desk) -> CellDemand:
    """Return what the market asks for on Monday by day."""
    return cell_demand(desk.station, desk.actor, *where(desk))


def where(desk: Desk) -> tuple[str, str, date]:
    """Return checkpoint, pattern and day of the cell."""
    shift = desk.board.shifts[CELL[1]]
    return desk.board.rows[CELL[0]].checkpoint_id, shift.pattern_id, shift.on_date


def lower(desk: Desk, heads: int, reason: str) -> int:
    """Leave heads open on Monday, show it, and return how many."""
    demand = read(desk).demand
    return demand.minimum - change(desk, demand.minimum - heads, demand.desired, reason).minimum


def change(desk: Desk, minimum: int, desired: int, reason: str) -> DayHeads:
    """Let Monday ask for other heads and show it."""
    return desk.after(set_day(desk.station, desk.actor, *where(desk), DayHeads(minimum, desired, reason)))


def test_a_days_minimum_is_lowered_and_put_back(tiny: Tiny) -> None:
    """The board asks for less at once, the desired number and other weeks stay; 0 puts it back, and so does undo."""
    desk = Desk.on(tiny.station)
    before = desk.board.cell(*CELL)
    assert read(desk).demand.minimum == before.minimum > 0
    assert lower(desk, 1, " 集市  停办 ") == 1
    after = desk.board.cell(*CELL)
    assert (after.minimum, after.desired) == (before.minimum - 1, before.desired)
    assert (read(desk).left_open, read(desk).reason) == (1, "集市 停办")
    assert read(desk).demand.minimum == before.minimum
    next_week = cell_demand(
        desk.station, desk.actor, desk.board.rows[0].checkpoint_id, desk.board.shifts[0].pattern_id,
        MONDAY + timedelta(days=7),
    )  # fmt: skip
    assert (next_week.left_open, next_week.reason) == (0, "")
    lower(desk, 0, "")
    assert desk.board.cell(*CELL) == before
    assert read(desk).left_open == 0
    done = set_day(desk.station, desk.actor, *where(desk), DayHeads(0, before.desired, "再停一天"))
    desk.after(done)
    assert desk.board.cell(*CELL).minimum == 0
    with tiny.station.read() as session:
        rows = queries.many(session, KnownGap)
    assert len({(row.skill_id, row.leader) for row in rows}) == len(rows)
    assert sum(row.heads for row in rows if row.ended_on is None) == before.minimum
    revert(desk.station, desk.actor, done.patch)
    assert read(desk).left_open == 0


def test_a_day_asks_for_more_heads_and_for_fewer_again(tiny: Tiny) -> None:
    """Both numbers go up on the board, anybody may take the new seats; other weeks stay; it goes down again."""
    desk = Desk.on(tiny.station)
    before = desk.board.cell(*CELL)
    change(desk, before.minimum + 1, before.desired + 2, " 庙会  加人 ")
    after = desk.board.cell(*CELL)
    assert (after.minimum, after.desired) == (before.minimum + 1, before.desired + 2)
    found = read(desk)
    assert (found.more_minimum, found.more_desired, found.reason) == (1, 2, "庙会 加人")
    assert (found.minimum, found.desired, found.demand.minimum) == (after.minimum, after.desired, before.minimum)
    next_week = open_board(desk.station, desk.actor, Week.of(MONDAY + timedelta(days=7)))
    assert next_week.cell(*CELL).minimum == before.minimum
    lower(desk, 1, "下雨")
    assert (desk.board.cell(*CELL).minimum, desk.board.cell(*CELL).desired) == (before.minimum - 1, before.desired)
    assert (read(desk).left_open, read(desk).more_minimum, read(desk).reason) == (1, 0, "下雨")
    lower(desk, 0, "")
    again = change(desk, before.minimum, before.desired + 1, "再加一人")
    assert (again.desired, desk.board.cell(*CELL).desired) == (before.desired + 1, before.desired + 1)
    with tiny.station.read() as session:
        (row,) = queries.many(session, DayDemand)
    assert (row.minimum, row.desired, row.ended_on) == (0, 1, None)
    change(desk, before.minimum, before.desired, "")
    assert desk.board.cell(*CELL) == before
    assert read(desk).reason == ""


def test_a_shift_without_demand_is_asked_for_on_one_day(tiny: Tiny) -> None:
    """Where nobody stands on any week, one day has seats, which the planner fills like others."""
    desk = Desk.on(tiny.station)
    row, shift = next(
        (row, shift) for row in range(len(desk.board.rows)) for shift in range(len(desk.board.shifts))
        if desk.board.cell(row, shift).state is CellState.NOT_STAFFED
    )  # fmt: skip
    when = desk.board.shifts[shift]
    spot = (desk.board.rows[row].checkpoint_id, when.pattern_id, when.on_date)
    desk.after(set_day(desk.station, desk.actor, *spot, DayHeads(1, 1, "庙会")))
    cell = desk.board.cell(row, shift)
    assert (cell.minimum, cell.desired, cell.state) == (1, 1, CellState.BELOW_MINIMUM)
    assert len(desk.board.seats(row, shift)) == 1


@pytest.mark.parametrize(("heads", "more", "reason", "code"), [
    (-1, 0, "少来", "board.day_minimum"),
    (1000, 0, "太多", "board.day_minimum"),
    (0, -1, "少来", "board.day_desired"),
    (0, 1000, "太多", "board.day_desired"),
    (1, 1, "  ", "board.day_reason"),
    (1, 1, "长" * 201, "board.day_reason"),
])  # fmt: skip
def test_what_cannot_be_right_is_refused(tiny: Tiny, heads: int, more: int, reason: str, code: str) -> None:
    """Fewer than none, more than a shift may have, fewer desired, no reason or too long a one: nothing is written."""
    desk = Desk.on(tiny.station)
    with pytest.raises(InvalidDataError) as refused:
        change(desk, heads, read(desk).demand.desired + more, reason)
    assert refused.value.message.code == code
    assert all(render(refused.value.message, language) for language in LANGUAGES)
    assert (read(desk).left_open, read(desk).more_desired) == (0, 0)


def test_who_may_not_plan_lowers_nothing(tiny: Tiny) -> None:
    """A viewer reads what is asked for and changes nothing."""
    desk = Desk.on(tiny.station)
    desk.actor = Actor(None, "看看", Role.VIEWER)
    assert read(desk).left_open == 0
    with pytest.raises(ForbiddenError):
        lower(desk, 1, "集市停办")
