"""Candidates kept by name: they outlive the program, are held against today's data, accepted or planned anew."""

from dataclasses import asdict

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, InvalidDataError, PatrolError
from patrol_desk.models import PlanVersion, Role
from patrol_desk.services.planning.draft import Mode
from patrol_desk.services.planning.live import RunResult, RunStart, accept_run, prepare_run
from patrol_desk.services.planning.live_figures import standing_of
from patrol_desk.services.planning.saved import (
    KEPT,
    accept_saved,
    delete_saved,
    list_saved,
    open_saved,
    prepare_from,
    save_candidate,
)
from patrol_desk.services.station import Station
from patrol_desk.services.undo import revert
from patrol_desk.storage import queries
from tests.helpers.tiny import CLOCK, MONDAY, WEEK, Tiny
from tests.services.planning.test_live import held, planned


@pytest.fixture
def found(tiny: Tiny, chief: Actor) -> tuple[RunStart, RunResult]:
    """Give a run that ended."""
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)
    return start, planned(start)[0]


def version(tiny: Tiny) -> PlanVersion:
    """Return the only version of the week."""
    with tiny.station.read() as session:
        (row,) = queries.many(session, PlanVersion)
        return row


def test_a_candidate_outlives_the_program_and_is_accepted_with_its_proof(
    tiny: Tiny, chief: Actor, found: tuple[RunStart, RunResult]
) -> None:
    """Saved, opened by another program, accepted as it was: same duties, same figures; undo takes it back."""
    start, result = found
    save_candidate(tiny.station, chief, start, result, 7, "  方案   甲 ")
    path = tiny.station.path
    tiny.station.close()
    tiny.station = Station.open(path, clock=CLOCK)
    (saved,) = list_saved(tiny.station, chief, WEEK)
    assert (saved.name, saved.mode, saved.seed, saved.by) == ("方案 甲", Mode.FRESH, 7, chief.name)
    assert saved.standing == standing_of(start.prepared.week_problem.problem, result.solved.plan)
    assert list_saved(tiny.station, chief, WEEK.plus(1)) == ()
    opened = open_saved(tiny.station, chief, saved.id)
    assert (opened.lost, opened.faults) == (0, ())
    assert opened.comparison.count("added") == len(result.solved.plan.assignments)
    done = accept_saved(tiny.station, chief, opened)
    assert len(held(tiny)) == done.value.assignments == len(result.solved.plan.assignments)
    assert version(tiny).figures == {**asdict(result.solved.figures), "mode": "fresh"}
    revert(tiny.station, chief, done.patch)
    assert held(tiny) == set()


def test_saving_leaves_the_run_acceptable(tiny: Tiny, chief: Actor, found: tuple[RunStart, RunResult]) -> None:
    """A candidate that was saved is no reason to plan again; a change of the data is, also for what was opened."""
    start, result = found
    saved = save_candidate(tiny.station, chief, start, result, 1, "甲").value
    opened = open_saved(tiny.station, chief, saved)
    delete_saved(tiny.station, chief, save_candidate(tiny.station, chief, start, result, 1, "乙").value)
    assert accept_run(tiny.station, chief, start, result).value.number == 1
    with pytest.raises(ConcurrentChangeError):
        accept_saved(tiny.station, chief, opened)


def test_a_few_are_kept_each_by_its_own_name(tiny: Tiny, chief: Actor, found: tuple[RunStart, RunResult]) -> None:
    """No name, too long a name, one that is taken, one too many, a viewer: refused in words. Deleting can be undone."""
    start, result = found
    for name in ("  ", "长" * 31):
        with pytest.raises(InvalidDataError) as wrong:
            save_candidate(tiny.station, chief, start, result, 1, name)
        assert wrong.value.message.code == "saved.name"
    for number in range(KEPT):
        save_candidate(tiny.station, chief, start, result, number, f"方案 {number}")
    with pytest.raises(InvalidDataError) as taken:
        save_candidate(tiny.station, chief, start, result, 1, "方案 1")
    assert taken.value.message.code == "saved.taken"
    with pytest.raises(InvalidDataError) as full:
        save_candidate(tiny.station, chief, start, result, 1, "又一个")
    assert full.value.message.params["count"] == KEPT
    first = list_saved(tiny.station, chief, WEEK)[0]
    with pytest.raises(ForbiddenError):
        delete_saved(tiny.station, Actor("v", "查看", Role.VIEWER), first.id)
    gone = delete_saved(tiny.station, chief, first.id)
    assert (gone.value, len(list_saved(tiny.station, chief, WEEK))) == (first.name, KEPT - 1)
    for act in (delete_saved, open_saved, prepare_from):
        with pytest.raises(ConcurrentChangeError):
            act(tiny.station, chief, first.id)
    revert(tiny.station, chief, gone.patch)
    assert list_saved(tiny.station, chief, WEEK)[0] == first


def test_what_no_longer_fits_is_told_and_planned_anew(
    tiny: Tiny, chief: Actor, found: tuple[RunStart, RunResult]
) -> None:
    """Somebody went on leave since: the candidate is refused as it is, and a run close to it is the way out."""
    start, result = found
    saved = save_candidate(tiny.station, chief, start, result, 1, "甲").value
    with tiny.station.write(chief, "test.leave") as unit:
        unit.session.add(tiny.leave("A", MONDAY, MONDAY))
        unit.commit()
    opened = open_saved(tiny.station, chief, saved)
    assert opened.faults
    assert opened.proof.figures == {"stale": True, "mode": "fresh"}
    with pytest.raises(PatrolError) as broken:
        accept_saved(tiny.station, chief, opened)
    assert (broken.value.message.code, broken.value.message.params["count"]) == ("saved.broken", len(opened.faults))
    again = prepare_from(tiny.station, chief, saved)
    assert again.mode is Mode.LEAST_CHANGE
    anew, _ = planned(again)
    accept_run(tiny.station, chief, again, anew)
    assert ("A", "P1", 0) not in held(tiny)
