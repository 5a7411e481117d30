"""A plan goes from the solver into the draft, is checked, published and never rewritten."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, PatrolError
from patrol_desk.common.weeks import Week
from patrol_desk.engine.plan import Certificate, Figures, Plan, SolveResult
from patrol_desk.models import Assignment, AssignmentSource, Demand, Person, PersonStatus, VersionState
from patrol_desk.services.planning.check import check_week
from patrol_desk.services.planning.draft import Mode, Prepared, accept, prepare
from patrol_desk.services.planning.explain import explain_week
from patrol_desk.services.planning.publish import content_hash, publish
from patrol_desk.storage import queries
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.rows import SeatRow
from tests.helpers.tiny import MONDAY, WEEK, Tiny, empty_tiny


def result_of(prepared: Prepared, *pairs: tuple[str, int]) -> SolveResult:
    """Return a solver's result with the (person code, seat group) pairs and a certificate without prices."""
    problem = prepared.week_problem.problem
    rows = sorted((problem.people.ids.index(code), group) for code, group in pairs)
    none = np.zeros(len(problem.demand.group_task), dtype=np.int32)
    figures = Figures(5, len(rows), 5 - len(rows), 0, False, 1, 0, 0, 0.0, 0.0, 1.0, 0.1, 0.1, 1.0, 1, 0, "moves")
    return SolveResult(Plan(np.array(rows, dtype=np.int32).reshape(-1, 2)), figures, Certificate(none, none))


def group(prepared: Prepared, tiny: Tiny, day: int, capability: int, place: str = "P1", pattern: str = "D") -> int:
    """Return the index of a seat group."""
    key = (tiny.ids[place], tiny.ids[pattern], MONDAY + timedelta(days=day), capability)
    return prepared.week_problem.groups[key]


def written(tiny: Tiny) -> list[SeatRow]:
    """Return the assignments of the newest version, read anew."""
    with tiny.station.read() as session:
        versions = planning.versions_of(session, str(WEEK))
        return planning.assignments_of(session, versions[0].id)


def states(tiny: Tiny) -> list[tuple[int, VersionState]]:
    """Return number and state of every version, newest first."""
    with tiny.station.read() as session:
        return [(version.number, version.state) for version in planning.versions_of(session, str(WEEK))]


def planned(tiny: Tiny, chief: Actor) -> Prepared:
    """Write a first draft: A leads on Monday, B stands beside."""
    prepared = prepare(tiny.station, chief, WEEK)
    pairs = (("A", group(prepared, tiny, 0, 0)), ("B", group(prepared, tiny, 0, -1)))
    accept(tiny.station, chief, prepared, result_of(prepared, *pairs))
    return prepared


def test_a_draft_holds_what_the_solver_gave(tiny: Tiny, chief: Actor) -> None:
    """People, places, days and kinds of seat come back as ids; the change set names what to re-read."""
    prepared = prepare(tiny.station, chief, WEEK)
    done = accept(tiny.station, chief, prepared, result_of(prepared, ("A", group(prepared, tiny, 0, 0))))
    assert done.number == 1
    assert done.changes.touches("assignment")
    (seat,) = written(tiny)
    assert seat == SeatRow(
        tiny.ids["A"], tiny.ids["P1"], tiny.ids["D"], MONDAY, None, True, False, AssignmentSource.SOLVER
    )


def test_planning_again_replaces_the_draft(tiny: Tiny, chief: Actor) -> None:
    """A draft is worked on; it does not pile up versions."""
    planned(tiny, chief)
    prepared = prepare(tiny.station, chief, WEEK)
    accept(tiny.station, chief, prepared, result_of(prepared, ("C", group(prepared, tiny, 1, 0))))
    assert states(tiny) == [(1, VersionState.DRAFT)]
    assert [seat.person_id for seat in written(tiny)] == [tiny.ids["C"]]


def test_a_plan_is_refused_when_the_data_moved_on(tiny: Tiny, chief: Actor) -> None:
    """Somebody wrote meanwhile: nothing is written and the sentence says to plan again."""
    prepared = prepare(tiny.station, chief, WEEK)
    tiny.add(tiny.person("Z"))
    with pytest.raises(ConcurrentChangeError) as refused:
        accept(tiny.station, chief, prepared, result_of(prepared))
    assert refused.value.message.code == "plan.data_moved_on"
    assert states(tiny) == []


def test_a_plan_that_breaks_a_rule_is_never_written(tiny: Tiny, chief: Actor) -> None:
    """The independent checker stands between the solver and the database."""
    prepared = prepare(tiny.station, chief, WEEK)
    with pytest.raises(PatrolError) as refused:
        accept(tiny.station, chief, prepared, result_of(prepared, ("B", group(prepared, tiny, 0, 0))))
    assert refused.value.message.code == "plan.solver_broke_rule"
    assert states(tiny) == []


def test_filling_gaps_keeps_everything_and_locks_nothing(tiny: Tiny, chief: Actor) -> None:
    """The present seats are given to the solver as locked, yet stay unlocked on the roster."""
    planned(tiny, chief)
    prepared = prepare(tiny.station, chief, WEEK, Mode.GAPS)
    problem = prepared.week_problem.problem
    assert len(problem.locked) == 2
    pairs = [(problem.people.ids[p], int(g)) for p, g in problem.locked]
    accept(tiny.station, chief, prepared, result_of(prepared, *pairs, ("X", group(prepared, tiny, 1, -1))))
    assert len(written(tiny)) == 3
    assert not any(seat.locked for seat in written(tiny))


def test_least_change_hands_the_present_plan_to_the_solver(tiny: Tiny, chief: Actor) -> None:
    """The present seats are the baseline; nothing is locked."""
    planned(tiny, chief)
    problem = prepare(tiny.station, chief, WEEK, Mode.LEAST_CHANGE).week_problem.problem
    assert len(problem.baseline) == 2
    assert len(problem.locked) == 0


def test_seats_that_are_gone_are_counted(tiny: Tiny, chief: Actor) -> None:
    """A checkpoint was retired after planning: its duties fit nothing, and the check says so."""
    planned(tiny, chief)
    with tiny.station.write(chief, "test.retire") as unit:
        version = planning.versions_of(unit.session, str(WEEK))[0]
        for demand in queries.many(unit.session, Demand, checkpoint_id=tiny.ids["P1"]):
            demand.ended_on = MONDAY
        assert version.state is VersionState.DRAFT
        unit.commit()
    prepared = prepare(tiny.station, chief, WEEK, Mode.LEAST_CHANGE)
    assert len(prepared.lost) == 2
    found = check_week(tiny.station, chief, WEEK)
    assert [violation.rule for violation in found.violations] == ["demand", "demand"]
    assert found.report.shortage_bound is None


def test_nothing_to_plan_is_said(tmp_path: Path) -> None:
    """A township without demand gets a sentence, not an empty plan."""
    tiny = empty_tiny(tmp_path)
    with pytest.raises(PatrolError) as refused:
        prepare(tiny.station, tiny.station.system_actor(), WEEK)
    assert refused.value.message.code == "plan.no_demand"


def test_the_check_finds_who_may_no_longer_serve(tiny: Tiny, chief: Actor) -> None:
    """A person put out of service after planning is a violation with code, shift and sentence."""
    planned(tiny, chief)
    assert check_week(tiny.station, chief, WEEK).violations == ()
    with tiny.station.write(chief, "test.status") as unit:
        person = unit.session.get_one(Person, tiny.ids["B"])
        person.status = PersonStatus.INACTIVE
        unit.commit()
    (violation,) = check_week(tiny.station, chief, WEEK).violations
    assert (violation.rule, violation.person, violation.shift) == ("status", "B", f"D@{MONDAY.isoformat()}")


def test_checking_a_week_without_a_plan_says_so(tiny: Tiny, chief: Actor) -> None:
    """There is nothing to check."""
    with pytest.raises(PatrolError) as refused:
        check_week(tiny.station, chief, Week(2026, 50))
    assert refused.value.message.code == "plan.none"


def test_a_published_version_stays_as_it_was(tiny: Tiny, chief: Actor) -> None:
    """The next draft is a new version; publishing it makes the first outdated, its rows untouched."""
    planned(tiny, chief)
    first = publish(tiny.station, chief, WEEK)
    assert (first.number, first.assignments, first.people) == (1, 2, 2)
    prepared = prepare(tiny.station, chief, WEEK)
    accept(tiny.station, chief, prepared, result_of(prepared, ("C", group(prepared, tiny, 1, 0))))
    assert states(tiny) == [(2, VersionState.DRAFT), (1, VersionState.PUBLISHED)]
    publish(tiny.station, chief, WEEK)
    assert states(tiny) == [(2, VersionState.PUBLISHED), (1, VersionState.OUTDATED)]
    with tiny.station.read() as session:
        old = planning.versions_of(session, str(WEEK))[1]
        assert content_hash(planning.assignments_of(session, old.id)) == first.content_hash == old.content_hash


def test_a_snapshot_cannot_be_emptied(tiny: Tiny, chief: Actor) -> None:
    """Even a caller who asks for it does not get at a published version's rows."""
    planned(tiny, chief)
    publish(tiny.station, chief, WEEK)
    with tiny.station.write(chief, "test.delete") as unit:
        version = planning.versions_of(unit.session, str(WEEK))[0]
        planning.delete_assignments(unit, [version.id])
        unit.commit()
    assert len(written(tiny)) == 2


def test_publishing_needs_a_draft(tiny: Tiny, chief: Actor) -> None:
    """Publishing twice says that there is nothing to publish."""
    planned(tiny, chief)
    publish(tiny.station, chief, WEEK)
    with pytest.raises(PatrolError) as refused:
        publish(tiny.station, chief, WEEK)
    assert refused.value.message.code == "plan.no_draft"


def test_a_viewer_reads_and_does_not_plan(tiny: Tiny, chief: Actor) -> None:
    """The role decides, in the service, not in a button."""
    planned(tiny, chief)
    viewer = Actor(None, "看板", "viewer")
    assert check_week(tiny.station, viewer, WEEK).number == 1
    with pytest.raises(ForbiddenError):
        prepare(tiny.station, viewer, WEEK)
    with pytest.raises(ForbiddenError):
        publish(tiny.station, viewer, WEEK)


def test_a_locked_seat_stays_locked(tiny: Tiny, chief: Actor) -> None:
    """A lock of the roster reaches the solver and survives the next draft."""
    planned(tiny, chief)
    with tiny.station.write(chief, "test.lock") as unit:
        version = planning.versions_of(unit.session, str(WEEK))[0]
        queries.many(unit.session, Assignment, version_id=version.id)[0].locked = True
        unit.commit()
    prepared = prepare(tiny.station, chief, WEEK)
    assert len(prepared.week_problem.problem.locked) == 1
    person, seat_group = prepared.week_problem.problem.locked[0].tolist()
    code = prepared.week_problem.problem.people.ids[person]
    accept(tiny.station, chief, prepared, result_of(prepared, (code, seat_group)))
    assert [seat.locked for seat in written(tiny)] == [True]


def test_version_is_kept_with_its_figures(tiny: Tiny, chief: Actor) -> None:
    """Figures, mode and problem hash stay with the version."""
    planned(tiny, chief)
    with tiny.station.read() as session:
        version = planning.versions_of(session, str(WEEK))[0]
        assert version.figures["seats"] == 5
        assert version.figures["mode"] == "fresh"
        assert len(version.problem_hash) == 64


def test_every_publishing_leaves_one_version_in_force(tiny: Tiny, chief: Actor) -> None:
    """Three times over: two outdated versions stay outdated."""
    for _ in range(3):
        prepared = prepare(tiny.station, chief, WEEK)
        accept(tiny.station, chief, prepared, result_of(prepared, ("A", group(prepared, tiny, 0, 0))))
        publish(tiny.station, chief, WEEK)
    assert [state for _, state in states(tiny)] == [
        VersionState.PUBLISHED, VersionState.OUTDATED, VersionState.OUTDATED,
    ]  # fmt: skip


def test_a_plan_made_by_hand_is_checked_without_a_proof(tiny: Tiny, chief: Actor) -> None:
    """No solver ran, so there is no certificate: the rules are checked, the bound is unknown."""
    planned(tiny, chief)
    with tiny.station.write(chief, "test.by_hand") as unit:
        planning.versions_of(unit.session, str(WEEK))[0].certificate = None
        unit.commit()
    found = check_week(tiny.station, chief, WEEK)
    assert found.violations == ()
    assert found.report.shortage_bound is None
    assert found.report.shortage == 3


def test_every_gap_is_explained_by_place_rule_and_way_out(tiny: Tiny, chief: Actor) -> None:
    """Three seats are empty; nobody is kept away where somebody is free, and the counts name everybody else."""
    planned(tiny, chief)
    gaps = explain_week(tiny.station, chief, WEEK)
    assert sum(gap.missing for gap in gaps) == check_week(tiny.station, chief, WEEK).report.shortage
    tuesday = next(gap for gap in gaps if gap.shift == f"D@{(MONDAY + timedelta(days=1)).isoformat()}")
    assert (tuesday.checkpoint, tuesday.missing) == ("P1", 1)
    leader = [gap for gap in gaps if gap.kept_away.get("skill")]
    assert leader[0].kept_away["skill"] == 3


def test_a_gap_that_leave_opens_names_the_leave(tiny: Tiny, chief: Actor) -> None:
    """All are away on Friday: the night's gap is theirs, and no single rule would help."""
    planned(tiny, chief)
    friday = MONDAY + timedelta(days=4)
    tiny.add(*(tiny.leave(code, friday, friday) for code in "ABCXY"))
    night = next(gap for gap in explain_week(tiny.station, chief, WEEK) if gap.shift.startswith("N@"))
    assert night.kept_away == {"leave": 5}
    assert night.reasons[0].code == "explain.kept_leave"
