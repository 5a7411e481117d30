"""The doctor's page: gaps by kind in names, ways chosen together, written as one step while the data is as it was."""

from datetime import timedelta
from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import CancelledByUserError, ConcurrentChangeError, ForbiddenError, InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.engine.explain.doctor import DataChange
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import Assignment, Availability, Checkpoint, CheckpointKind, Demand, KnownGap, Role, Skill
from patrol_desk.services.planning.doctoring import diagnose, gap_groups, take, take_way_out, together
from patrol_desk.services.planning.draft import prepare
from patrol_desk.services.undo import revert
from patrol_desk.storage import queries
from tests.helpers.tiny import MONDAY, WEEK, Tiny
from tests.services.planning.test_ways_out import planned_tiny, record

FRIDAY = MONDAY + timedelta(days=4)
NIGHT = f"N@{FRIDAY.isoformat()}"


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """Give the township with a plan of Monday."""
    return planned_tiny(tmp_path)


@pytest.fixture
def nobody_by_night(tiny: Tiny) -> Tiny:
    """Give the township in which nobody may serve on Friday night."""
    with tiny.station.write(tiny.station.system_actor(), "test.change") as unit:
        for row in queries.many(unit.session, Availability, pattern_id=tiny.ids["N"]):
            row.friday = 0
        unit.commit()
    return tiny


def test_gaps_stand_by_kind_with_where_everybody_has_gone(nobody_by_night: Tiny) -> None:
    """Friday night lacks one of one: all five are kept away by their availability."""
    tiny = nobody_by_night
    groups = gap_groups(tiny.station, tiny.station.system_actor(), WEEK)
    night = next(group for group in groups if group.on_date == FRIDAY)
    assert (night.needed, night.filled, night.missing, night.proven) == (1, 0, 1, 1)
    assert (night.shift, night.mark, night.start_minute, night.capability) == ("夜班", "夜", 1320, "")
    assert [(seat.place, missing) for seat, missing in night.places] == [("石桥桥头", 1)]
    assert [(step.rule, step.kept, step.left) for step in night.funnel] == [("availability", 5, 0)]
    assert (night.pool, night.serving, night.free) == (5, 0, 0)
    assert {who.name for who in night.nearest} == {f"甲{code}" for code in "ABCXY"}
    assert {who.squad for who in night.nearest} == {"石桥队", "榕树队"}
    assert {who.rule for who in night.nearest} == {"availability"}
    assert {who.serve.code for who in night.nearest} == {"explain.serve_availability"}
    tuesday = [group for group in groups if group.on_date == MONDAY + timedelta(days=1)]
    assert {group.capability for group in tuesday} == {"", "leader"}
    assert len({group.id for group in groups}) == len(groups)
    assert all(render(group.message, language) for group in groups for language in LANGUAGES)


def test_seats_with_a_skill_are_told_by_its_name(tiny: Tiny) -> None:
    """Nobody holds the certificate: the pool is empty, and that is proven."""
    with tiny.station.read() as session:
        aid = queries.first(session, Skill, code="AID")
    assert aid is not None
    tiny.add(tiny.demand("P2", "D", 2, skill_id=aid.id))
    groups = gap_groups(tiny.station, tiny.station.system_actor(), WEEK)
    (first,) = [group for group in groups if group.capability == "急救"]
    assert (first.pool, first.funnel, first.proven) == (0, (), 1)
    assert {who.serve.code for who in first.nearest} == {"explain.serve_skill"}


def test_chosen_ways_are_written_with_their_reason_and_taken_back(nobody_by_night: Tiny) -> None:
    """Left open: the head is no minimum any more, the reason is kept; afterwards the gap is back."""
    tiny = nobody_by_night
    actor = tiny.station.system_actor()
    heard: list[tuple[Message, int, int]] = []
    found = diagnose(tiny.station, actor, WEEK, lambda *told: heard.append(told))
    assert [done for _, done, _ in heard] == list(range(len(found.ways)))
    assert (found.missing, found.proven) == (3, 1)
    ids = [way.step.id for way in found.ways]
    assert len(set(ids)) == len(ids)
    assert together(tiny.station, actor, found, []) is None
    effect = together(tiny.station, actor, found, ids)
    assert effect is not None
    assert effect.filled == 1
    with pytest.raises(InvalidDataError):
        take(tiny.station, actor, found, ["open"])
    done = take(tiny.station, actor, found, ["open"], "邻镇会展，抽调一空")
    gap = record(tiny, KnownGap, checkpoint_id=tiny.ids["P2"])
    assert isinstance(gap, KnownGap)
    assert (gap.heads, gap.reason, gap.on_date) == (1, "邻镇会展，抽调一空", FRIDAY)
    assert all(group.on_date != FRIDAY for group in gap_groups(tiny.station, actor, WEEK))
    with pytest.raises(ConcurrentChangeError):
        take(tiny.station, actor, found, ["open"], "再来一次")
    with pytest.raises(ConcurrentChangeError):
        together(tiny.station, actor, found, ["open"])
    revert(tiny.station, actor, done.patch)
    assert any(group.on_date == FRIDAY for group in gap_groups(tiny.station, actor, WEEK))


def test_a_gap_left_open_twice_adds_up_and_of_one_that_ended_nothing_is_left(tiny: Tiny) -> None:
    """Heads add up while the note is in force; begun again they count from nothing. They stay desired."""
    actor = tiny.station.system_actor()
    change = DataChange("demand", ("P2", NIGHT, ""), "open", 1)
    take_way_out(tiny.station, actor, WEEK, [change, change], "会展")
    gap = record(tiny, KnownGap)
    assert isinstance(gap, KnownGap)
    assert gap.heads == 2
    demand = prepare(tiny.station, actor, WEEK).week_problem.problem.demand
    place = demand.checkpoints.index("P2")
    (group,) = [g for g, task in enumerate(demand.group_task) if demand.task_checkpoint[task] == place]
    assert (demand.minimum[group], demand.desired[group]) == (0, 2)
    with tiny.station.write(actor, "test.end") as unit:
        row = queries.first(unit.session, KnownGap)
        assert row is not None
        row.ended_on = MONDAY
        unit.commit()
    assert prepare(tiny.station, actor, WEEK).week_problem.problem.demand.minimum[group] == 1
    take_way_out(tiny.station, actor, WEEK, [change], "会展")
    gap = record(tiny, KnownGap)
    assert isinstance(gap, KnownGap)
    assert (gap.heads, gap.ended_on) == (1, None)


def test_leader_and_skill_seats_are_left_open_as_well(tiny: Tiny) -> None:
    """The note names the kind of seat; of one whose seat is gone nothing comes."""
    actor = tiny.station.system_actor()
    with tiny.station.read() as session:
        aid = queries.first(session, Skill, code="AID")
    assert aid is not None
    tiny.add(tiny.demand("P2", "D", 2, skill_id=aid.id))
    tuesday, wednesday = ((MONDAY + timedelta(days=day)).isoformat() for day in (1, 2))
    changes = [
        DataChange("demand", ("P1", f"D@{tuesday}", "leader"), "open", 1),
        DataChange("demand", ("P2", f"D@{wednesday}", "AID"), "open", 1),
        DataChange("demand", ("P2", f"D@{MONDAY.isoformat()}", ""), "open", 1),
    ]
    before = prepare(tiny.station, actor, WEEK).week_problem.problem.demand.minimum.sum()
    assert take_way_out(tiny.station, actor, WEEK, changes, "会展").value == 3
    assert prepare(tiny.station, actor, WEEK).week_problem.problem.demand.minimum.sum() == before - 2


def test_the_neighbour_holds_more_of_a_joint_gate(nobody_by_night: Tiny) -> None:
    """Cheapest of all; the weekly demand is told which heads are held."""
    tiny = nobody_by_night
    actor = tiny.station.system_actor()
    with tiny.station.write(actor, "test.kind") as unit:
        place = queries.first(unit.session, Checkpoint, code="P2")
        assert place is not None
        place.kind = CheckpointKind.JOINT_GATE
        unit.commit()
    found = diagnose(tiny.station, actor, WEEK)
    assert found.ways[0].step.rule == "neighbour"
    take(tiny.station, actor, found, ["neighbour"])
    asked = record(tiny, Demand, checkpoint_id=tiny.ids["P2"])
    assert isinstance(asked, Demand)
    assert (asked.held, asked.minimum) == (1, 1)
    assert all(group.on_date != FRIDAY for group in gap_groups(tiny.station, actor, WEEK))


def test_people_are_locked_to_seats_and_unlocked(tiny: Tiny) -> None:
    """Somebody new is put there; somebody there is locked where they stand; a lock is opened."""
    actor = tiny.station.system_actor()
    night = ("P2", NIGHT, "")
    day = ("P1", f"D@{MONDAY.isoformat()}", "")
    lock = [DataChange("assignment", (who, *seat), "locked", 1) for who, seat in (("X", night), ("B", day))]
    done = take_way_out(tiny.station, actor, WEEK, lock)
    assert done.value == 2
    locked = {"B", "X"}
    assert {code for code in "ABCXY" if _locked(tiny, code)} == locked
    take_way_out(tiny.station, actor, WEEK, [DataChange("assignment", ("X", *night), "locked", 0)])
    assert {code for code in "ABCXY" if _locked(tiny, code)} == {"B"}


def _locked(tiny: Tiny, code: str) -> bool:
    row = record(tiny, Assignment, person_id=tiny.ids[code])
    return isinstance(row, Assignment) and row.locked


@pytest.mark.parametrize(
    "change",
    [
        DataChange("assignment", ("Q", "P2", NIGHT, ""), "locked", 1),
        DataChange("assignment", ("X", "P2", NIGHT, "leader"), "locked", 1),
        DataChange("assignment", ("X", "P2", NIGHT, ""), "locked", 0),
        DataChange("demand", ("P9", NIGHT, ""), "open", 1),
        DataChange("demand", ("P2", NIGHT, "ZZ"), "open", 1),
        DataChange("demand", ("P2", NIGHT, "leader"), "held", 1),
    ],
)
def test_a_seat_that_is_gone_is_named(tiny: Tiny, change: DataChange) -> None:
    """Nothing is written then."""
    with pytest.raises(InvalidDataError) as caught:
        take_way_out(tiny.station, tiny.station.system_actor(), WEEK, [change], "会展")
    assert all(render(caught.value.message, language) for language in LANGUAGES)
    assert record(tiny, KnownGap) is None


def test_the_user_may_stop_and_a_viewer_writes_nothing(nobody_by_night: Tiny) -> None:
    """A stop is an answer."""
    tiny = nobody_by_night
    with pytest.raises(CancelledByUserError):
        diagnose(tiny.station, tiny.station.system_actor(), WEEK, cancelled=lambda: True)
    found = diagnose(tiny.station, tiny.station.system_actor(), WEEK)
    with pytest.raises(InvalidDataError):
        take(tiny.station, tiny.station.system_actor(), found, ["no-such-way"])
    with pytest.raises(ForbiddenError):
        take(tiny.station, Actor(None, "看客", Role.VIEWER), found, ["open"], "会展")
