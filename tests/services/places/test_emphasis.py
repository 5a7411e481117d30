"""Priority areas and security periods: which checkpoints they reach, what they change, as planning itself adds it."""

from datetime import date, timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, InvalidDataError
from patrol_desk.messages import render
from patrol_desk.models import AreaCheckpoint, Checkpoint, CheckpointKind, CheckpointStatus, Role
from patrol_desk.services.places import (
    area_detail,
    area_scope,
    list_areas,
    list_in_area,
    list_periods,
    period_detail,
    period_scope,
    place_detail,
    place_ids,
    retire_area,
    retire_period,
    save_area,
    save_period,
    unlist_from_area,
)
from patrol_desk.services.places.emphasis_rows import Reach, When, when
from patrol_desk.services.planning.problem import build_problem
from patrol_desk.services.undo import revert
from patrol_desk.storage import bulk
from patrol_desk.storage.reads.week import read_week
from tests.helpers.tiny import MONDAY, WEEK, Tiny
from tests.services.places.plans import plan

AREA = {"code": "Q1", "name": "夜市片区", "raised": "1", "first_on": MONDAY, "last_on": MONDAY + timedelta(days=6)}
PERIOD = {
    "code": "S1", "name": "年货节", "first_on": MONDAY, "last_on": MONDAY + timedelta(days=2), "area_id": "",
    "checkpoint_kind": "", "more_minimum": 1, "more_desired": 2, "percent": 0,
}  # fmt: skip


def _heads(tiny: Tiny) -> tuple[int, int]:
    """Return the least and desired heads of the week that the engine is asked for."""
    with tiny.station.read() as session:
        demand = build_problem(read_week(session, WEEK))[0].problem.demand
    return int(demand.minimum.sum()), int(demand.desired.sum())


def _listed(tiny: Tiny) -> list[tuple[object, ...]]:
    with tiny.station.read() as session:
        return bulk.rows(session, AreaCheckpoint, ["checkpoint_id", "ended_on"], order_by=("id",))


def test_an_area_is_its_community_its_cell_and_its_list(ground: Tiny, chief: Actor) -> None:
    """Each checkpoint says why it is in; with the form's values before they are saved, too."""
    with ground.station.write(chief, "test.place") as unit:
        unit.session.get_one(Checkpoint, ground.ids["P1"]).community_id = ground.ids["C1"]
        unit.session.get_one(Checkpoint, ground.ids["P2"]).grid_cell_id = ground.ids["G1"]
        unit.commit()
    made = save_area(ground.station, chief, {**AREA, "community_id": ground.ids["C1"]}).value
    detail = area_detail(ground.station, chief, made)
    assert [(place.code, place.reach, place.tier, place.raised_to) for place in detail.scope.places] == [
        ("P1", Reach.COMMUNITY, 1, 1)
    ]
    assert detail.scope.rising == 0

    wider = area_scope(ground.station, chief, made, {"grid_cell_id": ground.ids["G1"], "raised": "2"})
    assert [(place.code, place.reach, place.raised_to) for place in wider.places] == [("P2", Reach.GRID_CELL, 1)]
    assert (wider.rising, wider.minimum) == (1, wider.places[0].minimum)

    assert list_in_area(ground.station, chief, made, [ground.ids["P2"], ground.ids["P1"]]).value == 2
    assert list_in_area(ground.station, chief, made, [ground.ids["P2"]]).value == 0
    rows = area_detail(ground.station, chief, made).scope.places
    assert {place.reach for place in rows} == {Reach.LISTED}
    assert list_areas(ground.station, chief)[0].places == 2
    assert unlist_from_area(ground.station, chief, made, [ground.ids["P2"]]).value == 1
    assert unlist_from_area(ground.station, chief, made, [ground.ids["P2"]]).value == 0
    assert list_in_area(ground.station, chief, made, [ground.ids["P2"]]).value == 1
    assert [ended for _, ended in _listed(ground)] == [None, None], "the same row, in force again"


def test_an_area_is_edited_and_retired_and_comes_back(ground: Tiny, chief: Actor) -> None:
    """The second of two editors is told; a retired one is in no list."""
    made = save_area(ground.station, chief, AREA).value
    save_area(ground.station, chief, {"name": "中心片区"}, made, 1)
    with pytest.raises(ConcurrentChangeError):
        save_area(ground.station, chief, {"name": "别名"}, made, 1)
    with pytest.raises(InvalidDataError) as refused:
        save_area(ground.station, chief, {"last_on": MONDAY - timedelta(days=1)}, made, 2)
    assert "片区止" in render(refused.value.message)
    assert place_ids(ground.station, chief)["priority_areas"] == {made}
    done = retire_area(ground.station, chief, made, 2)
    assert list_areas(ground.station, chief) == ()
    with pytest.raises(InvalidDataError, match=r"places\.gone"):
        area_detail(ground.station, chief, made)
    with pytest.raises(InvalidDataError, match=r"places\.gone"):
        list_in_area(ground.station, chief, made, [ground.ids["P1"]])
    revert(ground.station, chief, done.patch)
    assert list_areas(ground.station, chief)[0].name == "中心片区"
    with pytest.raises(ForbiddenError):
        save_area(ground.station, Actor(None, "只读", Role.VIEWER), AREA)
    with pytest.raises(InvalidDataError, match=r"places\.gone"):
        save_area(ground.station, chief, {"name": "别名"}, "nobody", 1)


FRIDAY_NIGHT = {"first_on": MONDAY + timedelta(days=5), "last_on": MONDAY + timedelta(days=5)}
"""Saturday: the shift of Friday 22:00 to 02:00 lies in it in part."""


@pytest.mark.parametrize(
    "changed",
    [
        {}, {"percent": 60, "more_minimum": 0}, {"checkpoint_kind": "joint_gate"}, {"last_on": MONDAY}, {"area": True},
        FRIDAY_NIGHT,
    ],
)  # fmt: skip
def test_what_a_period_adds_is_what_planning_asks_for(ground: Tiny, chief: Actor, changed: dict[str, object]) -> None:
    """Whatever the form says: the heads that are told are the heads that the engine gets on top."""
    values = {**PERIOD, **{name: value for name, value in changed.items() if name != "area"}}
    if changed.get("area"):
        area = save_area(ground.station, chief, {**AREA, "raised": "0"}).value
        list_in_area(ground.station, chief, area, [ground.ids["P1"]])
        values["area_id"] = area
    before = _heads(ground)
    told = period_scope(ground.station, chief, values)
    made = save_period(ground.station, chief, values).value
    after = _heads(ground)
    assert (after[0] - before[0], after[1] - before[1]) == (told.minimum, told.desired)
    assert period_detail(ground.station, chief, made).scope == told
    assert told.places or "checkpoint_kind" in changed


def test_a_period_tells_the_weeks_that_are_planned(ground: Tiny, chief: Actor) -> None:
    """Published ones and drafts from this week on; a bad value is refused in words."""
    plan(ground, WEEK, [], published=True)
    plan(ground, WEEK.plus(1), [])
    long = {**PERIOD, "last_on": MONDAY + timedelta(days=13)}
    assert period_scope(ground.station, chief, long).weeks == (("2026-W48", True), ("2026-W49", False))
    assert period_scope(ground.station, chief, long).days == 14
    with pytest.raises(InvalidDataError) as refused:
        period_scope(ground.station, chief, {**PERIOD, "last_on": MONDAY - timedelta(days=1)})
    assert "时段止" in render(refused.value.message)
    with pytest.raises(InvalidDataError):
        period_scope(ground.station, chief, {**PERIOD, "first_on": "周一"})


def test_periods_are_listed_edited_retired(ground: Tiny, chief: Actor) -> None:
    """The latest first, each with where today stands; undo brings a retired one back."""
    early = save_period(ground.station, chief, {**PERIOD, "code": "S0", "first_on": date(2026, 11, 20)}).value
    late = save_period(ground.station, chief, {**PERIOD, "checkpoint_kind": "fixed_post"}).value
    rows = list_periods(ground.station, chief)
    assert [(row.id, row.when) for row in rows] == [(late, When.BEFORE), (early, When.DURING)]
    assert rows[0].kind is CheckpointKind.FIXED_POST
    save_period(ground.station, chief, {"name": "春运"}, late, 1)
    assert period_detail(ground.station, chief, late).row.name == "春运"
    done = retire_period(ground.station, chief, late, 2)
    assert len(list_periods(ground.station, chief)) == 1
    with pytest.raises(InvalidDataError, match=r"places\.gone"):
        period_detail(ground.station, chief, late)
    revert(ground.station, chief, done.patch)
    assert len(list_periods(ground.station, chief)) == 2


def test_a_checkpoint_names_what_concerns_it(ground: Tiny, chief: Actor) -> None:
    """Areas and periods now or later, not those that are over, nor those of others."""
    area = save_area(ground.station, chief, AREA).value
    list_in_area(ground.station, chief, area, [ground.ids["P1"]])
    save_period(ground.station, chief, {**PERIOD, "area_id": area})
    save_period(ground.station, chief, {**PERIOD, "code": "S2", "checkpoint_kind": "joint_gate"})
    past = {"code": "S3", "first_on": date(2026, 1, 1), "last_on": date(2026, 1, 2)}
    save_period(ground.station, chief, {**PERIOD, **past})
    mine = place_detail(ground.station, chief, ground.ids["P1"]).emphasis
    assert [(each.name, each.period, each.raised, each.more_desired) for each in mine] == [
        ("夜市片区", False, 1, 0), ("年货节", True, 0, 2),
    ]  # fmt: skip
    assert place_detail(ground.station, chief, ground.ids["P2"]).emphasis == ()


def test_a_checkpoint_that_is_not_in_use_gets_nothing(ground: Tiny, chief: Actor) -> None:
    """It stands in the area and does not count."""
    area = save_area(ground.station, chief, AREA).value
    list_in_area(ground.station, chief, area, [ground.ids["P2"]])
    with ground.station.write(chief, "test.pause") as unit:
        unit.session.get_one(Checkpoint, ground.ids["P2"]).status = CheckpointStatus.SUSPENDED
        unit.commit()
    scope = area_detail(ground.station, chief, area).scope
    assert ([place.active for place in scope.places], scope.rising) == ([False], 0)
    assert period_scope(ground.station, chief, {**PERIOD, "area_id": area}).places == ()


def test_an_open_end_has_no_end() -> None:
    """Before, during, after."""
    assert when(None, None, MONDAY) is When.DURING
    assert when(None, MONDAY - timedelta(days=1), MONDAY) is When.AFTER
    assert when(MONDAY + timedelta(days=1), None, MONDAY) is When.BEFORE
