"""What one cell asks for is read, and lowered for one day only, with a reason."""

from datetime import date, timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, InvalidDataError
from patrol_desk.models import KnownGap, Role
from patrol_desk.services.planning.cell_demand import CellDemand, cell_demand, leave_open
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
    """Leave heads open on Monday and show it."""
    shift = desk.board.shifts[CELL[1]]
    place = desk.board.rows[CELL[0]].checkpoint_id
    done = leave_open(desk.station, desk.actor, place, shift.pattern_id, shift.on_date, heads, reason)
    return desk.after(done)


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
    done = leave_open(desk.station, desk.actor, desk.board.rows[0].checkpoint_id, desk.board.shifts[0].pattern_id,
                      MONDAY, before.minimum, "再停一天")  # fmt: skip
    desk.after(done)
    assert desk.board.cell(*CELL).minimum == 0
    with tiny.station.read() as session:
        rows = queries.many(session, KnownGap)
    assert len({(row.skill_id, row.leader) for row in rows}) == len(rows)
    assert sum(row.heads for row in rows if row.ended_on is None) == before.minimum
    revert(desk.station, desk.actor, done.patch)
    assert read(desk).left_open == 0


@pytest.mark.parametrize(("heads", "reason", "code"), [
    (-1, "少来", "board.leave_open_range"),
    (9, "太多", "board.leave_open_range"),
    (1, "  ", "board.leave_open_reason"),
    (1, "长" * 201, "board.leave_open_reason"),
])  # fmt: skip
def test_what_cannot_be_right_is_refused(tiny: Tiny, heads: int, reason: str, code: str) -> None:
    """More than the minimum, less than none, no reason or too long a one: nothing is written."""
    desk = Desk.on(tiny.station)
    with pytest.raises(InvalidDataError) as refused:
        lower(desk, heads, reason)
    assert refused.value.message.code == code
    assert read(desk).left_open == 0


def test_who_may_not_plan_lowers_nothing(tiny: Tiny) -> None:
    """A viewer reads what is asked for and changes nothing."""
    desk = Desk.on(tiny.station)
    desk.actor = Actor(None, "看看", Role.VIEWER)
    assert read(desk).left_open == 0
    with pytest.raises(ForbiddenError):
        lower(desk, 1, "集市停办")
