"""A checkpoint is planned, active, suspended, closed: from a day, for a reason, with what that does to duties."""

from datetime import date, timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, InvalidDataError
from patrol_desk.messages import render
from patrol_desk.models import Assignment, Checkpoint, CheckpointChange, CheckpointStatus, PlanVersion, Role
from patrol_desk.services.places import (
    check_reason,
    create_checkpoint,
    drop_fixed,
    life_effect,
    list_places,
    move_checkpoint,
    next_statuses,
    place_detail,
    update_checkpoint,
)
from patrol_desk.services.places.rows import PlaceDetail
from patrol_desk.services.undo import revert
from patrol_desk.storage import bulk
from patrol_desk.storage.reads.week import read_week
from tests.helpers.tiny import MONDAY, WEEK, Tiny
from tests.services.places.plans import plan

NEW = {"code": "P9", "name": "石桥西门岗", "short_name": "西门", "kind": "patrol_stop", "tier": "1"}
PLANNED, ACTIVE, SUSPENDED, CLOSED = CheckpointStatus
DAY = timedelta(days=1)


def _duties(tiny: Tiny) -> int:
    with tiny.station.read() as session:
        return len(bulk.rows(session, Assignment, ["id"]))


def _noted(tiny: Tiny) -> list[tuple[object, ...]]:
    with tiny.station.read() as session:
        return bulk.rows(session, CheckpointChange, ["status", "on_date", "reason"], order_by=("on_date",))


def _days_in_force(tiny: Tiny, code: str) -> list[date]:
    """Return the days of the week on which planning asks for a checkpoint."""
    with tiny.station.read() as session:
        rows = [row for row in read_week(session, WEEK).checkpoints if row.code == code]
    return [day for row in rows for day in WEEK.days if row.in_force_on(day)]


def _detail(tiny: Tiny, actor: Actor, record_id: str) -> PlaceDetail:
    return place_detail(tiny.station, actor, record_id)


def _move(
    tiny: Tiny, actor: Actor, record_id: str, to: CheckpointStatus, on: date | None = None, reason: str = "修路"
) -> None:
    row = _detail(tiny, actor, record_id).row
    move_checkpoint(tiny.station, actor, record_id, row.row_version, to, on, reason)


def test_suspending_takes_duties_of_drafts_out_and_keeps_published_ones(ground: Tiny, chief: Actor) -> None:
    """From today on and only there; what was asked to be confirmed is what happens; undo brings it back."""
    sunday, tuesday = MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)
    past = MONDAY - timedelta(days=4)
    plan(ground, WEEK.plus(-1), [("A", "P1", "D", past, False), ("A", "P1", "D", sunday, True)])
    plan(ground, WEEK, [("A", "P1", "D", MONDAY, True)], published=True)
    mine = [("A", "P1", "D", MONDAY, True), ("B", "P1", "D", tuesday, False)]
    plan(ground, WEEK, [*mine, ("C", "P2", "N", MONDAY, False)], number=2)

    effect = life_effect(ground.station, chief, ground.ids["P1"])
    done = move_checkpoint(ground.station, chief, ground.ids["P1"], 1, CheckpointStatus.SUSPENDED, reason="修路")

    assert (effect.draft_duties, effect.draft_people, effect.published_duties) == (3, 2, 1)
    assert effect.weeks == ("2026-W47", "2026-W48")
    assert (done.value.status, done.value.removed) == (CheckpointStatus.SUSPENDED, 3)
    assert _duties(ground) == 3, "the past, the published and the other checkpoint's stay"

    revert(ground.station, chief, done.patch)
    assert _duties(ground) == 6
    assert list_places(ground.station, chief)[0].status is CheckpointStatus.ACTIVE


def test_a_draft_that_loses_duties_no_longer_claims_its_runs_figures(ground: Tiny, chief: Actor) -> None:
    """As after any edit by hand; undo gives the figures back with the duties."""
    version = plan(ground, WEEK, [("A", "P1", "D", MONDAY, True)])
    other = plan(ground, WEEK.plus(1), [("A", "P2", "D", MONDAY + timedelta(days=7), True)])
    with ground.station.write(chief, "test.figures") as unit:
        for version_id in (version, other):
            unit.session.get_one(PlanVersion, version_id).figures = {"seats": 5, "mode": "fresh"}
        unit.commit()

    def figures(version_id: str) -> dict[str, object]:
        with ground.station.read() as session:
            return session.get_one(PlanVersion, version_id).figures

    done = move_checkpoint(ground.station, chief, ground.ids["P1"], 1, CheckpointStatus.SUSPENDED, reason="修路")
    assert figures(version) == {"stale": True, "mode": "fresh"}
    assert figures(other) == {"seats": 5, "mode": "fresh"}
    revert(ground.station, chief, done.patch)
    assert figures(version) == {"seats": 5, "mode": "fresh"}


def test_a_life_runs_from_planned_to_closed(ground: Tiny, chief: Actor) -> None:
    """Planned, active, suspended, active, closed; a closed one stays closed and says so."""
    made = create_checkpoint(ground.station, chief, {**NEW, "status": "planned"}).value
    for status in (ACTIVE, SUSPENDED, ACTIVE, CLOSED):
        assert status in next_statuses(_detail(ground, chief, made).row.status)
        _move(ground, chief, made, status)
        assert _detail(ground, chief, made).row.status is status
    assert [row[0] for row in _noted(ground)].count(ACTIVE) == 2
    assert next_statuses(CLOSED) == frozenset()
    with pytest.raises(InvalidDataError) as refused:
        _move(ground, chief, made, ACTIVE)
    assert "关闭" in render(refused.value.message)


def test_a_day_to_come_is_planned_for_and_changes_nothing_before(ground: Tiny, chief: Actor) -> None:
    """Drafts from that day on lose their duties, the week asks only until then, today it is still active."""
    thursday = WEEK.days[3]
    place = ground.ids["P1"]
    plan(ground, WEEK, [("A", "P1", "D", thursday - DAY, False), ("B", "P1", "D", thursday, False)])
    _move(ground, chief, place, CLOSED, thursday)

    row = _detail(ground, chief, place).row
    assert (row.status, row.coming, row.coming_on) == (ACTIVE, CLOSED, thursday)
    assert list_places(ground.station, chief)[0].coming is CLOSED
    assert _duties(ground) == 1
    assert _days_in_force(ground, "P1") == list(WEEK.days[:3])
    steps = {step.status: (step.on, step.coming) for step in _detail(ground, chief, place).life}
    assert steps[CLOSED] == (thursday, True)


def test_when_the_day_is_there_the_status_is_the_new_one(ground: Tiny, chief: Actor) -> None:
    """Suspended from a day on; then it can be put back, and is planned again."""
    place, day = ground.ids["P1"], WEEK.days[2]
    _move(ground, chief, place, SUSPENDED, day)
    today = station_today(ground.station.clock)
    with ground.station.write(chief, "test.later") as unit:
        unit.session.get_one(Checkpoint, place).last_on = today - 2 * DAY
        ((change,),) = bulk.rows(unit.session, CheckpointChange, ["id"])
        unit.session.get_one(CheckpointChange, change).on_date = today - DAY
        unit.commit()
    assert _detail(ground, chief, place).row.status is SUSPENDED
    _move(ground, chief, place, ACTIVE, today, "")
    row = _detail(ground, chief, place).row
    assert (row.status, row.coming) == (ACTIVE, None)


def test_opening_on_a_day_to_come_waits_for_it(ground: Tiny, chief: Actor) -> None:
    """Planned until then; dropping it leaves it planned."""
    made = create_checkpoint(ground.station, chief, {**NEW, "status": "planned"}).value
    _move(ground, chief, made, ACTIVE, WEEK.days[4], "")
    row = _detail(ground, chief, made).row
    assert (row.status, row.coming, row.coming_on) == (PLANNED, ACTIVE, WEEK.days[4])
    assert _days_in_force(ground, "P9") == list(WEEK.days[4:])
    assert drop_fixed(ground.station, chief, made, row.row_version).value == 1
    row = _detail(ground, chief, made).row
    assert (row.status, row.coming) == (PLANNED, None)
    assert _days_in_force(ground, "P9") == []


def test_resuming_on_a_day_to_come_stays_suspended_until_then(ground: Tiny, chief: Actor) -> None:
    """The status of today is what it was."""
    _move(ground, chief, ground.ids["P1"], SUSPENDED)
    _move(ground, chief, ground.ids["P1"], ACTIVE, WEEK.days[4], "")
    row = _detail(ground, chief, ground.ids["P1"]).row
    assert (row.status, row.coming) == (SUSPENDED, ACTIVE)


def test_what_was_fixed_is_dropped_by_hand_or_by_another_change(ground: Tiny, chief: Actor) -> None:
    """And each step comes back by undo."""
    place = ground.ids["P1"]
    _move(ground, chief, place, CLOSED, WEEK.days[5])
    _move(ground, chief, place, SUSPENDED, WEEK.days[4], "改造")
    assert _noted(ground) == [(SUSPENDED, WEEK.days[4], "改造")]
    row = _detail(ground, chief, place).row
    assert (row.coming, row.coming_on) == (SUSPENDED, WEEK.days[4])
    done = drop_fixed(ground.station, chief, place, row.row_version)
    assert _days_in_force(ground, "P1") == list(WEEK.days)
    revert(ground.station, chief, done.patch)
    assert _detail(ground, chief, place).row.coming is SUSPENDED
    drop_fixed(ground.station, chief, place, _detail(ground, chief, place).row.row_version)
    with pytest.raises(InvalidDataError, match=r"places\.life_nothing_fixed"):
        drop_fixed(ground.station, chief, place, _detail(ground, chief, place).row.row_version)


def test_a_temporary_duty_is_what_its_days_say(ground: Tiny, chief: Actor) -> None:
    """Before its first day planned, after its last closed; days to come are changed as its days."""
    today = station_today(ground.station.clock)
    made = create_checkpoint(ground.station, chief, {**NEW, "kind": "temporary_duty"}).value

    def days(first: date | None, last: date | None) -> None:
        with ground.station.write(chief, "test.days") as unit:
            record = unit.session.get_one(Checkpoint, made)
            record.first_on, record.last_on = first, last
            unit.commit()

    days(today + DAY, today + 2 * DAY)
    row = _detail(ground, chief, made).row
    assert (row.status, row.coming, row.coming_on) == (PLANNED, ACTIVE, today + DAY)
    days(today, today + DAY)
    row = _detail(ground, chief, made).row
    assert (row.status, row.coming, row.coming_on) == (ACTIVE, CLOSED, today + 2 * DAY)
    with pytest.raises(InvalidDataError, match=r"places\.life_temporary"):
        _move(ground, chief, made, CLOSED, today + DAY)
    days(today - 2 * DAY, today - DAY)
    assert _detail(ground, chief, made).row.status is CLOSED


@pytest.mark.parametrize(
    ("on", "reason", "words"),
    [(-3, "修路", "不能早于"), (400, "修路", "最多提前一年"), (0, "  ", "写明原因"), (0, "长" * 201, "201")],
)
def test_what_cannot_be_is_refused_in_words(ground: Tiny, chief: Actor, on: int, reason: str, words: str) -> None:
    """A day before the status of today began, one too far ahead, no reason, a novel; nothing is written."""
    today = station_today(ground.station.clock)
    _move(ground, chief, ground.ids["P1"], SUSPENDED, today - DAY)
    _move(ground, chief, ground.ids["P1"], ACTIVE, today, "")
    with pytest.raises(InvalidDataError) as refused:
        _move(ground, chief, ground.ids["P1"], CLOSED, today + on * DAY, reason)
    assert words in render(refused.value.message)
    assert _detail(ground, chief, ground.ids["P1"]).row.status is ACTIVE


def test_only_what_is_in_use_can_be_closed_ahead(ground: Tiny, chief: Actor) -> None:
    """A suspended one is closed today or not at all."""
    _move(ground, chief, ground.ids["P1"], SUSPENDED)
    with pytest.raises(InvalidDataError, match=r"places\.life_not_ahead"):
        _move(ground, chief, ground.ids["P1"], CLOSED, WEEK.days[6])
    assert check_reason(ACTIVE, "") is None


def test_an_older_state_and_a_viewer_move_nothing(ground: Tiny, chief: Actor) -> None:
    """The second of two editors is told, the viewer is refused."""
    place = ground.ids["P1"]
    update_checkpoint(ground.station, chief, place, 1, {"name": "石桥菜市场"})
    with pytest.raises(ConcurrentChangeError):
        move_checkpoint(ground.station, chief, place, 1, SUSPENDED, reason="修路")
    with pytest.raises(ForbiddenError):
        move_checkpoint(ground.station, Actor(None, "只读", Role.VIEWER), place, 2, SUSPENDED, reason="修路")
    assert _noted(ground) == []
