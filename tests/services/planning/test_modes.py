"""From a moment on: what has begun keeps who stands there and takes nobody new, in every mode."""

from datetime import UTC, datetime, time, timedelta

import pytest

from patrol_desk.common.clock import STATION_UTC_OFFSET, FixedClock
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.engine.problem import ALWAYS
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.services.planning.draft import CHANGE, Mode, accept, prepare
from patrol_desk.services.planning.live import RunResult, prepare_near, prepare_run
from patrol_desk.services.planning.live_points import LivePoint, Phase
from patrol_desk.services.planning.saved import open_saved, save_candidate
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import planning
from tests.helpers.tiny import MONDAY, WEEK, Tiny
from tests.services.planning.test_draft import group, result_of

NO_POINT = LivePoint(0.0, Phase.DONE, Message("engine.done"), None, 1.0, -1, 0, -1, 0, 0, 0.0)
TUESDAY = datetime.combine(MONDAY + timedelta(days=1), time(8))


@pytest.fixture
def planned(tiny: Tiny) -> Tiny:
    """Give the township with a draft: A and B on Monday and Tuesday."""
    prepared = prepare(tiny.station, tiny.station.system_actor(), WEEK)
    pairs = [
        ("A", group(prepared, tiny, 0, 0)),
        ("B", group(prepared, tiny, 0, -1)),
        ("A", group(prepared, tiny, 1, 0)),
    ]
    accept(tiny.station, tiny.station.system_actor(), prepared, result_of(prepared, *pairs))
    return tiny


@pytest.mark.parametrize(
    ("moment", "minute", "locked"),
    [
        (datetime.combine(MONDAY, time()), 0, 0),
        (datetime.combine(MONDAY, time(8)), 480, 0),
        (datetime.combine(MONDAY, time(8, 1)), 481, 2),
        (TUESDAY, 1920, 2),
        (TUESDAY + timedelta(seconds=1), 1921, 3),
    ],
)
def test_what_starts_before_the_moment_stays(planned: Tiny, moment: datetime, minute: int, locked: int) -> None:
    """A shift that starts at the moment itself may still change."""
    prepared = prepare(planned.station, planned.station.system_actor(), WEEK, begin=moment)
    problem = prepared.week_problem.problem
    assert (problem.begin, len(problem.locked), len(problem.baseline)) == (minute, locked, 0)


def test_without_a_moment_all_of_the_week_is_open(planned: Tiny) -> None:
    """Gaps keeps everybody, least change charges for everybody."""
    actor = planned.station.system_actor()
    problem = prepare(planned.station, actor, WEEK).week_problem.problem
    assert (problem.begin, len(problem.locked), len(problem.baseline)) == (ALWAYS, 0, 0)
    problem = prepare(planned.station, actor, WEEK, Mode.GAPS).week_problem.problem
    assert (len(problem.locked), len(problem.baseline)) == (3, 0)
    problem = prepare(planned.station, actor, WEEK, Mode.LEAST_CHANGE, TUESDAY).week_problem.problem
    assert (problem.begin, len(problem.locked), len(problem.baseline)) == (1920, 2, 3)


def test_what_was_kept_is_not_locked_afterwards(planned: Tiny) -> None:
    """It stood because it had begun, not because somebody locked it."""
    actor = planned.station.system_actor()
    prepared = prepare(planned.station, actor, WEEK, begin=TUESDAY)
    problem = prepared.week_problem.problem
    pairs = [(problem.people.ids[person], seat) for person, seat in problem.locked.tolist()]
    done = accept(planned.station, actor, prepared, result_of(prepared, *pairs))
    with planned.station.read() as session:
        assert not any(seat.locked for seat in planning.assignments_of(session, done.version_id))


def test_a_run_of_the_desk_leaves_what_has_begun(planned: Tiny) -> None:
    """On Tuesday morning Monday's two stay, Tuesday's may change until the shift starts; next week is all open."""
    path = planned.station.path
    planned.station.close()
    for hour, begin, locked in ((7, 1920, 2), (9, 2760, 3)):
        now = datetime.combine(MONDAY + timedelta(days=1), time(hour), UTC) - STATION_UTC_OFFSET
        with Station.open(path, clock=FixedClock(now)) as station:
            actor = station.system_actor()
            start = prepare_run(station, actor, WEEK, Mode.FRESH)
            problem = start.prepared.week_problem.problem
            assert (start.begun, problem.begin, len(problem.locked)) == (True, begin, locked)
            wanted = [seat for seat in start.prepared.present if seat.on_date > MONDAY]
            near = prepare_near(station, actor, WEEK, wanted).prepared.week_problem.problem
            assert (near.begin, len(near.locked), len(near.baseline)) == (begin, locked, 1)
            assert not prepare_run(station, actor, WEEK.plus(1), Mode.FRESH).begun


def test_a_candidate_kept_before_a_shift_has_no_say_once_it_has_begun(planned: Tiny) -> None:
    """Kept on Sunday with nobody on Monday; opened on Tuesday, who served on Monday is there all the same."""
    station = planned.station
    actor = station.system_actor()
    start = prepare_run(station, actor, WEEK, Mode.FRESH)
    nobody = RunResult(result_of(start.prepared, ("A", group(start.prepared, planned, 1, 0))), NO_POINT)
    saved = save_candidate(station, actor, start, nobody, 1, "甲").value
    assert open_saved(station, actor, saved).comparison.count("removed") == 2
    path = station.path
    station.close()
    now = datetime.combine(MONDAY + timedelta(days=1), time(7), UTC) - STATION_UTC_OFFSET
    with Station.open(path, clock=FixedClock(now)) as later:
        opened = open_saved(later, later.system_actor(), saved)
        assert (opened.faults, opened.comparison.changes) == ((), ())


def test_the_least_change_costs_more_than_what_it_would_win(planned: Tiny) -> None:
    """In a run that is asked for the least change, a change costs five times its weight; else its weight."""
    actor = planned.station.system_actor()
    costs = [
        prepare(planned.station, actor, WEEK, mode).week_problem.problem.weights.change
        for mode in (Mode.FRESH, Mode.LEAST_CHANGE)
    ]
    assert costs[1] == CHANGE * costs[0]


@pytest.mark.parametrize("days", [-1, 7])
def test_a_moment_outside_the_week_is_refused(planned: Tiny, days: int) -> None:
    """The sentence says which moments there are."""
    moment = datetime.combine(MONDAY + timedelta(days=days), time(18))
    with pytest.raises(InvalidDataError) as caught:
        prepare(planned.station, planned.station.system_actor(), WEEK, begin=moment)
    assert all("2026-11-23T00:00" in render(caught.value.message, language) for language in LANGUAGES)
