"""A week's visits are drawn once, from a secret that stays where it is."""

import json
from collections import Counter
from datetime import datetime, timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import CancelledByUserError, ConcurrentChangeError, ForbiddenError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.options import SolveOptions
from patrol_desk.engine.problem import Problem
from patrol_desk.messages.render import render
from patrol_desk.models import (
    AuditEntry,
    Checkpoint,
    CheckpointKind,
    CheckpointStatus,
    Role,
    VisitDraw,
    VisitLottery,
)
from patrol_desk.services.planning.draft import prepare
from patrol_desk.services.planning.problem import WeekProblem
from patrol_desk.services.planning.run import plan_week
from patrol_desk.services.planning.visits import WeekVisits, draw_visits, visits_of
from patrol_desk.services.undo import revert
from patrol_desk.storage import bulk
from tests.helpers.tiny import MONDAY, WEEK, Tiny

VIEWER = Actor(None, "看看", Role.VIEWER)
CLERK = Actor(None, "内勤", Role.CLERK)


def stop(code: str, visits: int, **changed: object) -> Checkpoint:
    """Return a patrol stop that is visited so often a week."""
    fields: dict[str, object] = {
        "code": code,
        "name": f"巡逻点{code}",
        "short_name": code,
        "kind": CheckpointKind.PATROL_STOP,
        "status": CheckpointStatus.ACTIVE,
        "tier": 3,
        "lon": 113.75 + 0.002 * len(code),
        "lat": 22.90,
        "weekly_visits": visits,
    }
    return Checkpoint(**(fields | changed))


@pytest.fixture
def stops(tiny: Tiny) -> Tiny:
    """Give the five people's township with six patrol stops, two without a place, each due two visits a week."""
    tiny.add(*(stop(f"V{number}", 2) for number in range(4)))
    tiny.add(*(stop(f"V{number}", 2, lon=None, lat=None) for number in (4, 5)))
    return tiny


@pytest.fixture
def town(stops: Tiny, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    """Give the same with a secret that is always the same, so that its draws are."""
    monkeypatch.setattr("patrol_desk.services.planning.visits.secrets.token_bytes", lambda count: bytes(range(count)))
    return stops


def weeks_after(count: int) -> list[Week]:
    """Return the week of the tests and those after it."""
    return [Week.of(MONDAY + timedelta(weeks=number)) for number in range(count)]


def secret_of(tiny: Tiny) -> list[tuple[bytes, bytes]]:
    """Return secret and state of every lottery in the file."""
    with tiny.station.read() as session:
        return [(row[0], row[1]) for row in bulk.rows(session, VisitLottery, ("secret", "state"))]


def test_a_week_is_drawn_once(town: Tiny) -> None:
    """Twelve visits are due and twelve are drawn; asking again gives the same and writes nothing."""
    done = draw_visits(town.station, CLERK, WEEK)
    assert len(done.value.visits) == 12
    assert done.value.short == ()
    assert set(done.changes.by_kind) == {"visit_draw", "visit_lottery"}
    assert visits_of(town.station, VIEWER, WEEK) == WeekVisits(done.value.visits)
    again = draw_visits(town.station, CLERK, WEEK)
    assert again.value == done.value
    assert not again.changes
    assert not again.patch
    assert len(secret_of(town)) == 1


def test_visits_lie_where_they_can_be_made(town: Tiny) -> None:
    """In the week, in no shift that is manned anyway, at no time that has begun, on no day out of force."""
    town.add(
        town.demand("V0", "D", 0),
        stop("TEMP", 3, kind=CheckpointKind.TEMPORARY_DUTY, first_on=WEEK.days[2], last_on=WEEK.days[4]),
        stop("OFF", 3, status=CheckpointStatus.SUSPENDED),
    )
    visits = draw_visits(town.station, CLERK, WEEK).value.visits
    assert {visit.on_date for visit in visits} <= set(WEEK.days)
    assert not [v for v in visits if (v.code, v.pattern_id, v.on_date) == ("V0", town.ids["D"], WEEK.days[0])]
    temporary = [visit.on_date for visit in visits if visit.code == "TEMP"]
    assert temporary
    assert set(temporary) <= set(WEEK.days[2:5])
    assert "OFF" not in {visit.code for visit in visits}
    assert [visit.on_date for visit in visits] == sorted(visit.on_date for visit in visits)


def test_what_has_begun_is_not_drawn(town: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the middle of a week only what is left of it counts, and a checkpoint with too little left is told."""
    saturday = datetime.combine(WEEK.days[5], datetime.min.time()) + timedelta(hours=9)
    monkeypatch.setattr("patrol_desk.services.planning.visits.station_now", lambda _clock: saturday)
    town.add(stop("MANY", 7))
    found = draw_visits(town.station, CLERK, WEEK).value
    assert {visit.on_date for visit in found.visits} <= set(WEEK.days[5:])
    assert not [v for v in found.visits if v.on_date == WEEK.days[5] and v.pattern_id == town.ids["D"]]
    assert [render(message, "en") for message in found.short] == [
        "MANY should be visited 7 times a week, but only 3 shifts are left for it; 3 are drawn."
    ]


def test_counts_are_exact_over_the_weeks(town: Tiny) -> None:
    """Whenever a window ends, visits made and due differ by one at most; the weeks' numbers differ."""
    counts: Counter[str] = Counter()
    numbers: set[int] = set()
    ended = 0
    for number, week in enumerate(weeks_after(12), start=1):
        visits = Counter(visit.checkpoint_id for visit in draw_visits(town.station, CLERK, week).value.visits)
        counts += visits
        numbers |= {visits[place] for place in counts}
        ((_, state),) = secret_of(town)
        for place, (_, made, _, weeks_left, _) in json.loads(state)["after"]["accounts"].items():
            assert made == counts[place]
            if weeks_left == 0:
                ended += 1
                assert abs(made - 2 * number) <= 1
    assert ended >= 12
    assert len(numbers) > 2


def test_the_secret_leaves_its_table_nowhere(stops: Tiny) -> None:
    """32 bytes, made once; neither the audit nor a patch nor what services return holds secret or accounts."""
    results = [draw_visits(stops.station, CLERK, week) for week in weeks_after(3)]
    ((secret, state),) = secret_of(stops)
    assert len(secret) == 32
    assert len(set(secret)) > 8
    with stops.station.read() as session:
        logged = str(bulk.rows(session, AuditEntry, ("details",)))
    told = logged + "".join(repr(result) for result in results)
    for trace in (secret.hex(), repr(secret), "weeks_left", "owed", state[:40].decode(), '"accounts"'):
        assert trace not in told
    assert all(row.kind == "visit_draw" for result in results for row in result.patch.rows)


def test_two_stations_draw_differently(stops: Tiny) -> None:
    """With another secret the same township's week is another one."""
    first = draw_visits(stops.station, CLERK, WEEK)
    with stops.station.write(CLERK, "test.edit") as unit:
        bulk.delete(unit, VisitDraw, {"week": str(WEEK)})
        bulk.delete(unit, VisitLottery, {"state": secret_of(stops)[0][1]})
        unit.commit()
    assert secret_of(stops) == []
    second = draw_visits(stops.station, CLERK, WEEK)
    assert second.value.visits != first.value.visits


def test_taking_a_draw_back_is_no_second_try(town: Tiny) -> None:
    """Undone and drawn again the visits are the same, and the accounts are not charged twice."""
    first = draw_visits(town.station, CLERK, WEEK)
    state = secret_of(town)
    revert(town.station, CLERK, first.patch)
    assert visits_of(town.station, CLERK, WEEK).visits == ()
    again = draw_visits(town.station, CLERK, WEEK)
    assert again.value == first.value
    assert secret_of(town) == state


def test_a_week_before_one_that_was_drawn_is_refused(town: Tiny) -> None:
    """The accounts have moved on; nothing is written."""
    first, second = weeks_after(2)
    draw_visits(town.station, CLERK, second)
    with pytest.raises(ConcurrentChangeError) as caught:
        draw_visits(town.station, CLERK, first)
    assert render(caught.value.message, "en") == (
        "The visits of 2026-W48 can no longer be drawn: those of 2026-W49 have been."
    )
    assert visits_of(town.station, CLERK, first).visits == ()


def test_a_township_without_such_checkpoints_has_no_lottery(tiny: Tiny) -> None:
    """Nothing is drawn, and no secret is made."""
    done = draw_visits(tiny.station, CLERK, WEEK)
    assert done.value == WeekVisits(())
    assert not done.changes
    assert secret_of(tiny) == []


def problem_of(tiny: Tiny) -> WeekProblem:
    """Return the week's problem as it is read now."""
    return prepare(tiny.station, CLERK, WEEK).week_problem


def test_what_is_drawn_is_asked_for_in_the_weeks_problem(town: Tiny) -> None:
    """Each visit is a task of one to two heads, and the checkpoint's visits are those drawn; the rest is as before."""
    before = problem_of(town)
    assert before.problem.demand.visits.sum() == 12
    visits = draw_visits(town.station, CLERK, WEEK).value.visits
    after = problem_of(town)
    drawn = {(visit.checkpoint_id, visit.pattern_id, visit.on_date, -1) for visit in visits}
    assert set(after.groups) == set(before.groups) | drawn
    demand = after.problem.demand
    groups = [after.groups[key] for key in drawn]
    assert set(demand.minimum[groups].tolist()) == {1}
    assert set(demand.desired[groups].tolist()) == {2}
    counts = Counter(visit.checkpoint_id for visit in visits)
    assert dict(zip(after.checkpoint_ids, demand.visits.tolist(), strict=True)) == {
        place: counts[place] for place in after.checkpoint_ids
    }


def test_a_shift_that_is_manned_by_now_asks_for_nobody_twice(town: Tiny) -> None:
    """Demand that came after the draw counts for the visit."""
    visit = draw_visits(town.station, CLERK, WEEK).value.visits[0]
    pattern = next(code for code in ("D", "N") if town.ids[code] == visit.pattern_id)
    town.add(town.demand(visit.code, pattern, visit.on_date.weekday(), minimum=3, desired=3))
    week = problem_of(town)
    group = week.groups[visit.checkpoint_id, visit.pattern_id, visit.on_date, -1]
    assert week.problem.demand.minimum[group] == 3


def test_planning_draws_first_and_a_week_that_has_passed_is_planned_without(
    town: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The solver is handed a problem with the visits in it; planning an earlier week still goes."""
    handed: list[Problem] = []

    def stopped(problem: Problem, *_rest: object) -> None:
        handed.append(problem)
        raise CancelledByUserError(Message("common.nothing"))

    monkeypatch.setattr("patrol_desk.services.planning.run.run_blocking", stopped)
    earlier, later = weeks_after(2)
    for week in (later, earlier):
        with pytest.raises(CancelledByUserError):
            plan_week(town.station, CLERK, week, SolveOptions(moves=50))
    assert len(visits_of(town.station, CLERK, later).visits) == handed[0].demand.visits.sum()
    assert len(handed[0].demand.task_shift) == len(handed[1].demand.task_shift) + handed[0].demand.visits.sum()
    assert visits_of(town.station, CLERK, earlier).visits == ()


def test_a_viewer_reads_and_does_not_draw(town: Tiny) -> None:
    """Drawing is planning."""
    with pytest.raises(ForbiddenError):
        draw_visits(town.station, VIEWER, WEEK)
    assert visits_of(town.station, VIEWER, WEEK).visits == ()
