"""A watched run: figures and words are true, stopping keeps, accepting is one step, moved data has a way out."""

import asyncio
import multiprocessing
import time
from datetime import timedelta

import numpy as np
import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.options import Progress, SolveOptions
from patrol_desk.engine.plan import Plan
from patrol_desk.messages import render
from patrol_desk.models import Assignment
from patrol_desk.services.planning.board import open_board
from patrol_desk.services.planning.draft import Mode
from patrol_desk.services.planning.live import (
    RunResult,
    RunStart,
    accept_run,
    compare_candidate,
    outcome_of,
    prepare_again,
    prepare_run,
    run,
)
from patrol_desk.services.planning.live_points import LivePoint, Phase, Pulse
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.undo import revert
from patrol_desk.storage import queries
from patrol_desk.storage.reads import planning
from tests.helpers.tiny import MONDAY, WEEK, Tiny

SHORT = SolveOptions(seed=1, moves=2000)


def planned(start: RunStart, options: SolveOptions = SHORT) -> tuple[RunResult, list[LivePoint]]:
    """Run and return the result with every point; assert that no process is left."""
    points: list[LivePoint] = []
    result = asyncio.run(run(start, options, points.append))
    assert multiprocessing.active_children() == []
    return result, points


def held(tiny: Tiny) -> set[tuple[str, str, int]]:
    """Return (person code, checkpoint code, weekday) of the newest version, read anew."""
    code = {value: key for key, value in tiny.ids.items()}
    with tiny.station.read() as session:
        versions = planning.versions_of(session, str(WEEK))
        seats = planning.assignments_of(session, versions[0].id) if versions else []
    return {(code[seat.person_id], code[seat.checkpoint_id], seat.on_date.weekday()) for seat in seats}


def test_a_run_is_told_point_by_point(tiny: Tiny, chief: Actor) -> None:
    """Coverage only rises, the bound only falls, and the last point is the result's."""
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)
    result, points = planned(start)
    covered = [point.coverage for point in points if point.coverage is not None]
    assert covered == sorted(covered)
    assert [point.bound for point in points] == sorted((point.bound for point in points), reverse=True)
    bounds = [point.cost_bound for point in points]
    assert bounds == sorted(bounds)
    assert points[-1].cost == result.solved.figures.cost >= bounds[-1] > 0
    last = points[-1]
    assert (last.phase, last.coverage, last.missing, last.short) == (Phase.DONE, 1.0, 0, 0)
    assert last.proven
    assert last.short_proven
    assert result.point is last
    assert result.stopped == "moves"
    heads = [render(line.head) for point in points for line in point.log]
    assert heads[0] == "有了第一个方案"
    assert "最低缺口归零" in heads
    assert "覆盖率不可能更高" in heads


def test_the_start_says_what_will_be_planned(tiny: Tiny, chief: Actor) -> None:
    """Rules with their values, people, places, and the number of the draft to come."""
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)
    assert (start.week, start.mode, start.people, start.places, start.locked) == (WEEK, Mode.FRESH, 5, 2, 0)
    assert (start.draft, start.draft_number, start.next_number, start.published) == (None, 0, 1, False)
    rules = {rule.code: render(rule.value) for rule in start.rules() if rule.value is not None}
    assert rules == {"rest": "8\u00a0h", "day_cap": "1 班", "week_cap": "3 班", "reach": "6\u00a0km", "locked": "0 班"}
    assert len(start.rules()) == 8


def test_the_draft_has_the_figures_of_its_board(tiny: Tiny, chief: Actor) -> None:
    """Roster and auto-plan show the same numbers for the same version."""
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)
    result, _ = planned(start)
    accept_run(tiny.station, chief, start, result)
    board = open_board(tiny.station, chief, WEEK).figures()
    draft = prepare_run(tiny.station, chief, WEEK, Mode.GAPS).draft
    assert draft is not None
    assert (board.seats, board.filled, board.coverage) == (draft.seats, draft.filled, draft.coverage)
    assert (board.shortage_heads, board.shortage_cells) == (draft.short, draft.below_minimum)
    assert board.below_desired_cells == draft.below_desired
    assert (board.fairness, board.most_duties) == (draft.fairness, draft.most_duties)
    assert board.mean_distance_m == draft.mean_distance_m


def test_own_caps_are_told_as_a_span(tiny: Tiny, chief: Actor) -> None:
    """Where people's caps differ the rule says from where to where."""
    tiny.add(tiny.person("Z", weekly_cap=1))
    rules = prepare_run(tiny.station, chief, WEEK, Mode.FRESH).rules()
    assert render(next(rule.value for rule in rules if rule.code == "week_cap" and rule.value)) == "各人上限 1–3 班"


def test_accepting_is_one_step_that_can_be_taken_back(tiny: Tiny, chief: Actor) -> None:
    """The draft holds the candidate; undo leaves no plan; publishing makes the next accept a new draft."""
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)
    result, _ = planned(start)
    done = accept_run(tiny.station, chief, start, result)
    assert done.value.number == start.next_number == 1
    assert done.value.assignments == len(held(tiny)) == 6
    revert(tiny.station, chief, done.patch)
    assert held(tiny) == set()
    again = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)
    accept_run(tiny.station, chief, again, result)
    publish(tiny.station, chief, WEEK)
    after = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)
    assert (after.draft_number, after.next_number, after.published) == (1, 2, True)


def test_moved_data_refuses_and_offers_the_least_change(tiny: Tiny, chief: Actor) -> None:
    """Somebody wrote meanwhile: nothing is written; planning again keeps the candidate's duties."""
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)
    result, _ = planned(start)
    leaver = next(person for person, _ in result.solved.plan.assignments.tolist())
    code = start.prepared.week_problem.problem.people.ids[leaver]
    tiny.add(tiny.leave(code, MONDAY, MONDAY + timedelta(days=6)))
    with pytest.raises(ConcurrentChangeError):
        accept_run(tiny.station, chief, start, result)
    assert held(tiny) == set()
    again = prepare_again(tiny.station, chief, start, result)
    assert again.mode is Mode.LEAST_CHANGE
    assert len(again.prepared.week_problem.problem.baseline) == len(result.solved.plan.assignments)
    second, _ = planned(again)
    accept_run(tiny.station, chief, again, second)
    now = held(tiny)
    assert code not in {person for person, _, _ in now}
    old = _duties(start, result)
    assert {duty for duty in old if duty[0] != code} <= now


def _duties(start: RunStart, result: RunResult) -> set[tuple[str, str, int]]:
    problem = start.prepared.week_problem
    seats = [(problem.problem.people.ids[p], problem.seat(p, g)) for p, g in result.solved.plan.assignments.tolist()]
    codes = dict(zip(problem.checkpoint_ids, problem.problem.demand.checkpoints, strict=True))
    return {(code, codes[seat.checkpoint_id], seat.on_date.weekday()) for code, seat in seats}


def test_a_candidate_is_held_against_the_draft(tiny: Tiny, chief: Actor) -> None:
    """Who is added, who takes whose place, who is removed, by name, place and day; the rest stays."""
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)
    result, _ = planned(start)
    accept_run(tiny.station, chief, start, result)
    again = prepare_run(tiny.station, chief, WEEK, Mode.LEAST_CHANGE)
    same = compare_candidate(again, RunResult(result.solved, result.point))
    assert same is not None
    assert same.changes == ()
    assert same.kept == 6
    assert same.draft == same.candidate == again.draft
    assert same.candidate.coverage == 1.0
    rows = result.solved.plan.assignments
    fewer = compare_candidate(again, _point(again, Plan(rows[1:])))
    assert fewer is not None
    assert (fewer.count("removed"), fewer.count("added"), fewer.kept) == (1, 0, 5)
    assert fewer.candidate.missing == 1
    swapped = rows.copy()
    person, group = swapped[0].tolist()
    on_task = {int(p) for p, g in rows.tolist() if _task(again, g) == _task(again, group)}
    swapped[0, 0] = next(other for other in range(5) if other not in on_task)
    found = compare_candidate(again, _point(again, Plan(swapped)))
    assert found is not None
    (change,) = found.changes
    names = start.names
    ids = again.prepared.week_problem.person_ids
    assert (change.kind, change.before) == ("replaced", names.person(ids[person]))
    assert change.person == names.person(ids[int(swapped[0, 0])])
    assert change.seat.place in {"石桥市场", "石桥桥头"}
    assert compare_candidate(again, Pulse(again.prepared.week_problem, names, None).point) is None


def _task(start: RunStart, group: int) -> int:
    return int(start.prepared.week_problem.problem.demand.group_task[group])


def _point(start: RunStart, plan: Plan) -> LivePoint:
    pulse = Pulse(start.prepared.week_problem, start.names, 0.5)
    return pulse.take(Progress(_done(), 1.0, 0, 0, 0, 0, 0, plan))


def _done() -> Message:
    return Message("engine.done")


def test_a_seat_of_another_kind_is_still_a_replacement(tiny: Tiny, chief: Actor) -> None:
    """A place where one goes and one comes is one change, whatever the kind of seat; who else goes is removed."""
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)
    result, _ = planned(start)
    accept_run(tiny.station, chief, start, result)
    again = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)
    rows = result.solved.plan.assignments
    monday = [row for row in rows.tolist() if _task(again, row[1]) == 0]
    others = [person for person in range(5) if person not in {row[0] for row in monday}]
    kept = [row for row in rows.tolist() if row not in monday]
    plan = Plan(np.array(sorted([*kept, [others[0], monday[0][1]]]), dtype=np.int32))
    found = compare_candidate(again, _point(again, plan))
    assert found is not None
    assert [change.kind for change in found.changes] == ["replaced", "removed"]


def test_what_stays_empty_is_said_with_reason_and_help(tiny: Tiny, chief: Actor) -> None:
    """On Friday all are on leave: two heads nobody can fill, proven; the advice is to ask them."""
    friday = MONDAY + timedelta(days=4)
    tiny.add(*(tiny.leave(code, friday, friday) for code in "ABCXY"))
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)
    result, points = planned(start)
    assert (result.point.missing, result.point.missing_bound) == (2, 2)
    assert (result.point.short, result.point.short_bound) == (1, 1)
    assert result.point.proven
    assert any(line.head.code == "live.bound_down" for point in points for line in point.log)
    found = outcome_of(start, result).unfilled
    assert found.heads == 1
    (seat,) = found.seats
    assert (seat.seat.place, seat.seat.mark, seat.seat.on_date, seat.missing) == ("石桥桥头", "夜", friday, 1)
    assert render(seat.reasons[0]) == "5 人请假"
    assert seat.proposal is not None
    assert "甲" in render(seat.proposal)
    assert [message.code for message in found.advice] == ["live.help_leave"]


def test_where_nothing_helps_that_is_said(tiny: Tiny, chief: Actor) -> None:
    """No leader lives here any more: no single rule would free one."""
    tiny.add(tiny.demand("P2", "N", 2, skill_id=tiny.ids["AID"]))
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)
    result, _ = planned(start)
    found = outcome_of(start, result).unfilled
    assert found.seats[0].proposal is None
    assert [render(message) for message in found.advice] == [
        "1 人次没有单独一条规则放宽就能补上的人，可请邻近小组支援或调整需求"
    ]


def test_passing_the_draft_is_told(tiny: Tiny, chief: Actor) -> None:
    """A draft with one duty is left behind, and the line says by how much."""
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)
    result, _ = planned(start)
    accept_run(tiny.station, chief, start, result)
    with tiny.station.write(chief, "test.drop") as unit:
        version = planning.versions_of(unit.session, str(WEEK))[0]
        for row in queries.many(unit.session, Assignment, version_id=version.id)[1:]:
            unit.session.delete(row)
        unit.commit()
    again = prepare_run(tiny.station, chief, WEEK, Mode.GAPS)
    assert again.draft is not None
    assert again.draft.coverage == pytest.approx(1 / 6)
    _, points = planned(again)
    lines = [line for point in points for line in point.log if line.head.code == "live.passed_draft"]
    assert [render(line.detail) for line in lines if line.detail] == ["100.00% > 16.67%"]


def test_more_heads_are_told_with_their_places(tiny: Tiny, chief: Actor) -> None:
    """Each rise of the coverage names where heads came to; a line that changes nothing says nothing."""
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)
    result, _ = planned(start)
    rows = result.solved.plan.assignments
    pulse = Pulse(start.prepared.week_problem, start.names, None)
    first = pulse.take(Progress(Message("engine.greedy"), 0.1, 0, 4, 100, 0, 0, Plan(rows[:2])))
    more = pulse.take(Progress(Message("engine.search"), 0.2, 10, 1, 50, 0, 0, Plan(rows[:5])))
    same = pulse.take(Progress(Message("engine.search"), 0.3, 20, 1, 50))
    line = more.log[0]
    assert render(line.head) == "多补 3 人次"
    assert line.detail is not None
    assert render(line.detail) == "覆盖 33.33% → 83.33%"
    assert sum(count for _, count in line.places) <= 3
    assert line.places[0][0].place == "石桥市场"
    assert (first.improved_at, more.improved_at, same.improved_at) == (0.1, 0.2, 0.2)
    assert same.log == ()
    assert (same.phase, same.coverage) == (Phase.IMPROVE, more.coverage)


def test_stopping_keeps_the_best(tiny: Tiny, chief: Actor) -> None:
    """An endless run ends soon after the word with a plan that can be accepted."""
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)
    points: list[LivePoint] = []
    result = asyncio.run(
        run(start, SolveOptions(seed=1, time_limit=600), points.append, lambda: any(point.plan for point in points))
    )
    assert result.stopped == "user"
    assert multiprocessing.active_children() == []
    assert accept_run(tiny.station, chief, start, result).value.assignments == len(held(tiny)) > 0


def test_a_cancelled_run_leaves_no_process(tiny: Tiny, chief: Actor) -> None:
    """Closing the window cancels the task: the engine's process ends with it."""
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)

    async def begin_and_cancel() -> None:
        begun = asyncio.Event()
        task = asyncio.create_task(run(start, SolveOptions(time_limit=600), lambda _point: begun.set()))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(begin_and_cancel())
    assert multiprocessing.active_children() == []


def test_an_engine_that_is_killed_gives_its_best(tiny: Tiny, chief: Actor) -> None:
    """The system ends the process: the best plan it had sent is the result."""
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)

    def kill(point: LivePoint) -> None:
        if point.plan is not None:
            _kill_children()

    assert asyncio.run(run(start, SolveOptions(time_limit=600), kill)).stopped == "lost"
    assert multiprocessing.active_children() == []


def test_an_engine_that_is_killed_at_once_is_told(tiny: Tiny, chief: Actor) -> None:
    """Before the first plan there is nothing to keep: a sentence says what happened."""
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)

    async def begin_and_kill() -> None:
        task = asyncio.create_task(run(start, SolveOptions(time_limit=600), lambda _point: None))
        await asyncio.to_thread(_kill_first_child)
        await task

    with pytest.raises(PatrolError) as lost:
        asyncio.run(begin_and_kill())
    assert lost.value.message.code == "jobs.engine_lost"
    assert multiprocessing.active_children() == []


def _kill_first_child() -> None:
    while not multiprocessing.active_children():
        time.sleep(0.001)
    _kill_children()


def _kill_children() -> None:
    for child in multiprocessing.active_children():
        child.kill()


def test_names_of_what_is_gone(tiny: Tiny, chief: Actor) -> None:
    """Somebody or something that is no longer in the file is called by the beginning of the id."""
    names = prepare_run(tiny.station, chief, WEEK, Mode.FRESH).names
    assert names.person("0123456789") == "01234567"
    seat = names.at("0123456789", "9876543210", MONDAY)
    assert (seat.place, seat.shift, seat.mark) == ("01234567", "98765432", "")


def test_a_week_without_demand_or_permission_is_refused(tiny: Tiny, chief: Actor) -> None:
    """A viewer may not plan; every week of a township with demand may be planned."""
    with pytest.raises(ForbiddenError):
        prepare_run(tiny.station, Actor(None, "看板", "viewer"), WEEK, Mode.FRESH)
    assert prepare_run(tiny.station, chief, Week(2026, 50), Mode.FRESH).draft_number == 0
