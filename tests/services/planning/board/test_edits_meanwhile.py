"""Hand edits while somebody else works too, and copying a whole week."""

from datetime import timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, PatrolError
from patrol_desk.common.weeks import Week
from patrol_desk.messages import render
from patrol_desk.models import (
    Assignment,
    Checkpoint,
    CheckpointStatus,
    Demand,
    Person,
    PersonStatus,
)
from patrol_desk.services.planning import edits
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.undo import revert
from patrol_desk.storage import queries
from tests.helpers.boards import Desk
from tests.helpers.cells import FRIDAY_NIGHT, MONDAY_DAY, TUESDAY_DAY, group_of, ids, names, stored
from tests.helpers.tiny import MONDAY, WEEK, Tiny

# Somebody else at another desk


def test_a_seat_that_was_taken_meanwhile(manned: Desk, tiny: Tiny) -> None:
    """Nothing stood against it on the board given; now the cell is full: the sentence says somebody changed it."""
    station, actor = manned.station, manned.actor
    anybody = group_of(manned, 0, 2, -1)
    edits.assign(station, actor, manned.anew(), tiny.ids["Y"], *TUESDAY_DAY)
    before = stored(manned)
    with pytest.raises(ConcurrentChangeError) as refused:
        edits.assign(station, actor, manned.board, tiny.ids["B"], *TUESDAY_DAY, anybody)
    assert refused.value.message.code == "board.refused_now"
    assert "刚才有人改了数据" in render(refused.value.message)
    assert stored(manned) == before


def test_a_rule_that_stood_before_is_not_blamed_on_others(manned: Desk, tiny: Tiny) -> None:
    """B never could lead, whoever else wrote meanwhile."""
    edits.assign(manned.station, manned.actor, manned.anew(), tiny.ids["Y"], *FRIDAY_NIGHT)
    lead = group_of(manned, 0, 2, 0)
    with pytest.raises(PatrolError) as refused:
        edits.assign(manned.station, manned.actor, manned.board, tiny.ids["B"], *TUESDAY_DAY, lead)
    assert refused.value.message.code == "board.refused"


def test_leave_that_came_in_meanwhile(manned: Desk, tiny: Tiny) -> None:
    """The edit reads people anew when they changed."""
    tiny.add(tiny.leave("Y", MONDAY, MONDAY + timedelta(days=6)))
    with pytest.raises(ConcurrentChangeError) as refused:
        edits.assign(manned.station, manned.actor, manned.board, tiny.ids["Y"], *FRIDAY_NIGHT)
    assert "请了假" in render(refused.value.message)


def test_what_concerns_nobody_does_not_stand_in_the_way(manned: Desk, tiny: Tiny) -> None:
    """People were added and rows renumbered: the edit finds its place by what it is."""
    tiny.add(tiny.person("AA"), tiny.demand("P2", "D", 3))
    group = group_of(manned, *FRIDAY_NIGHT, -1)
    manned.after(edits.assign(manned.station, manned.actor, manned.board, tiny.ids["Y"], *FRIDAY_NIGHT, group))
    manned.board = manned.anew()
    assert names(manned.board, FRIDAY_NIGHT) == ["甲X", "甲Y"]


@pytest.mark.parametrize("what", ["place", "seat"])
def test_a_place_that_went_meanwhile(manned: Desk, tiny: Tiny, what: str) -> None:
    """Closed, or no longer asking for that kind of seat."""
    group = group_of(manned, *TUESDAY_DAY, 0)
    with tiny.station.write(manned.actor, "test.close") as unit:
        if what == "place":
            unit.session.get_one(Checkpoint, tiny.ids["P2"]).status = CheckpointStatus.CLOSED
        for demand in queries.many(unit.session, Demand, leader=True, weekday=1):
            demand.ended_on = MONDAY
        unit.commit()
    if what == "place":
        edits.remove(manned.station, manned.actor, manned.board, ids(manned, FRIDAY_NIGHT))
        who, place, seat = "Y", FRIDAY_NIGHT, None
    else:
        who, place, seat = "C", TUESDAY_DAY, group
    with pytest.raises(ConcurrentChangeError) as refused:
        edits.assign(manned.station, manned.actor, manned.board, tiny.ids[who], *place, seat)
    assert refused.value.message.code == "board.place_gone"


def test_a_duty_that_went_meanwhile(manned: Desk) -> None:
    """It cannot be moved or removed twice."""
    (night,) = ids(manned, FRIDAY_NIGHT)
    edits.remove(manned.station, manned.actor, manned.anew(), [night])
    for attempt in (
        lambda: edits.remove(manned.station, manned.actor, manned.board, [night]),
        lambda: edits.move(manned.station, manned.actor, manned.board, night, *TUESDAY_DAY),
        lambda: edits.remove(manned.station, manned.actor, manned.board, ["never was"]),
    ):
        with pytest.raises(ConcurrentChangeError) as refused:
            attempt()
        assert refused.value.message.code == "board.duty_gone"


def test_a_draft_that_somebody_began_meanwhile(manned: Desk) -> None:
    """The board still shows the version in force; its duty is found in the other's draft."""
    manned.after_changes(publish(manned.station, manned.actor, WEEK).changes)
    (night,), lead = ids(manned, FRIDAY_NIGHT), ids(manned, MONDAY_DAY)[0]
    edits.remove(manned.station, manned.actor, manned.anew(), [night])
    manned.after(edits.remove(manned.station, manned.actor, manned.board, [lead]))
    manned.board = manned.anew()
    assert len(manned.board.stand.held) == 1
    assert [version.number for version in manned.board.versions] == [2, 1]


def test_an_edit_that_changes_nothing_writes_no_row(manned: Desk) -> None:
    """Clearing an empty cell and locking nobody leave nothing to take back."""
    done = edits.clear(manned.station, manned.actor, manned.board, [TUESDAY_DAY])
    assert (done.value, len(done.patch)) == (edits.Cleared(0, 0), 0)
    assert edits.lock(manned.station, manned.actor, manned.board, [], True).value == 0


def test_a_viewer_edits_nothing(small: Desk, tiny: Tiny) -> None:
    """The role decides."""
    viewer = Actor(None, "看板", "viewer")
    for attempt in (
        lambda: edits.assign(small.station, viewer, small.board, tiny.ids["A"], *MONDAY_DAY),
        lambda: edits.clear(small.station, viewer, small.board, [MONDAY_DAY]),
        lambda: edits.fill(small.station, viewer, small.board, [], dry_run=True),
        lambda: edits.copy_week(small.station, viewer, WEEK, WEEK.plus(1)),
    ):
        with pytest.raises(ForbiddenError):
            attempt()


# Weeks


def test_copying_a_week(manned: Desk, tiny: Tiny) -> None:
    """Duties go to the same weekdays of the other week, unlocked, where no rule stands against them."""
    manned.after(edits.lock(manned.station, manned.actor, manned.board, [MONDAY_DAY], True))
    tiny.add(tiny.leave("A", MONDAY + timedelta(days=7), MONDAY + timedelta(days=7)))
    done = edits.copy_week(manned.station, manned.actor, WEEK, WEEK.plus(1))
    assert (done.value.copied, done.value.left_out, done.value.left_out_by) == (2, 1, (("leave", 1),))
    other = Desk.on(manned.station, WEEK.plus(1))
    assert (names(other.board, MONDAY_DAY), names(other.board, FRIDAY_NIGHT)) == (["甲B"], ["甲X"])
    assert not other.board.cell(*MONDAY_DAY).some_locked
    again = edits.copy_week(manned.station, manned.actor, WEEK, WEEK.plus(1))
    assert (again.value.copied, again.value.left_out) == (0, 1)
    revert(manned.station, manned.actor, done.patch)
    assert other.anew().version is None


def test_copying_fills_only_what_is_free(manned: Desk, tiny: Tiny) -> None:
    """Who stands in the other week stays; caps and seats count both."""
    other = Desk.on(manned.station, WEEK.plus(1))
    for code in "CY":
        other.after(edits.assign(other.station, other.actor, other.board, tiny.ids[code], *MONDAY_DAY))
    done = edits.copy_week(manned.station, manned.actor, WEEK, WEEK.plus(1))
    assert (done.value.copied, done.value.left_out_by) == (1, (("seats", 2),))


def test_copying_where_rows_exclude_each_other(desk: Desk) -> None:
    """A whole sample week into the next: what is written breaks no rule."""
    done = edits.copy_week(desk.station, desk.actor, desk.board.week, desk.board.week.plus(1))
    assert done.value.copied > 100
    other = Desk.on(desk.station, desk.board.week.plus(1))
    assert len(other.board.stand.held) == done.value.copied
    assert other.board.stand.broken_cells == frozenset()


def test_copying_what_has_no_place_any_more(manned: Desk, tiny: Tiny) -> None:
    """A cap of one leaves out the second duty; a person out of service and a seat out of demand are told as such."""
    manned.after(edits.assign(manned.station, manned.actor, manned.board, tiny.ids["A"], *TUESDAY_DAY))
    with tiny.station.write(manned.actor, "test.change") as unit:
        unit.session.get_one(Person, tiny.ids["A"]).weekly_cap = 1
        unit.session.get_one(Person, tiny.ids["B"]).status = PersonStatus.INACTIVE
        (night,) = queries.many(unit.session, Demand, checkpoint_id=tiny.ids["P2"])
        night.ended_on = MONDAY
        unit.commit()
    done = edits.copy_week(manned.station, manned.actor, WEEK, WEEK.plus(1))
    assert done.value.copied == 1
    assert dict(done.value.left_out_by) == {"week_cap": 1, "status": 1, "demand": 1}


@pytest.mark.parametrize("what", ["itself", "nothing", "no_demand"])
def test_a_week_that_cannot_be_copied(manned: Desk, tiny: Tiny, what: str) -> None:
    """Onto itself, from an empty one, to where nothing is asked for."""
    code = {"itself": "board.copy_onto_itself", "nothing": "board.copy_nothing", "no_demand": "plan.no_demand"}[what]
    weeks: tuple[Week, Week] = {
        "itself": (WEEK, WEEK), "nothing": (WEEK.plus(3), WEEK), "no_demand": (WEEK, WEEK.plus(1)),
    }[what]  # fmt: skip
    if what == "no_demand":
        with tiny.station.write(manned.actor, "test.demand") as unit:
            for demand in queries.many(unit.session, Demand):
                demand.ended_on = MONDAY
            unit.commit()
    with pytest.raises(PatrolError) as refused:
        edits.copy_week(manned.station, manned.actor, *weeks)
    assert refused.value.message.code == code
    with manned.station.read() as session:
        assert len(queries.many(session, Assignment)) == 3
