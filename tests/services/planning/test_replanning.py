"""Repairs and new plans are written as one step, with their cause, while the data is as it was."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from patrol_desk.__main__ import main
from patrol_desk.cli.plans import begin_in
from patrol_desk.common.clock import FixedClock
from patrol_desk.common.errors import CancelledByUserError, ConcurrentChangeError, InvalidDataError, PatrolError
from patrol_desk.common.weeks import Week
from patrol_desk.engine.explain.doctor import DataChange
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import (
    Assignment,
    Checkpoint,
    CheckpointKind,
    CheckpointStatus,
    Demand,
    Leave,
    Person,
    SecurityPeriod,
)
from patrol_desk.services.planning.doctoring import take_way_out
from patrol_desk.services.planning.happenings import Event, Period
from patrol_desk.services.planning.repairing import carry_out, find_repair
from patrol_desk.services.planning.replanning import find_replan, write_replan
from patrol_desk.services.undo import revert
from patrol_desk.storage import audit, queries
from patrol_desk.storage.reads import planning
from tests.helpers.tiny import MONDAY, WEEK, Tiny
from tests.services.planning.test_ways_out import planned_tiny, record

SUNDAY = MONDAY + timedelta(days=6)
Duty = tuple[str, str, date]


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """Give the township with A leading and B at P1 on Monday."""
    return planned_tiny(tmp_path)


def duties(tiny: Tiny) -> set[Duty]:
    """Return who stands where on which day in the newest version."""
    names = {value: code for code, value in tiny.ids.items()}
    with tiny.station.read() as session:
        newest = planning.versions_of(session, str(WEEK))[0]
        seats = planning.assignments_of(session, newest.id)
    return {(names[seat.person_id], names[seat.checkpoint_id], seat.on_date) for seat in seats}


def test_a_repair_is_written_and_taken_back(tiny: Tiny) -> None:
    """B drops out, the chosen one comes; the audit log names the action; undo puts B back."""
    actor = tiny.station.system_actor()
    before = duties(tiny)
    found = find_repair(tiny.station, actor, WEEK, "B")
    (hole,) = found.holes
    comes = str(hole.alternatives[1].moves[0].message.params["person"])
    done = carry_out(tiny.station, actor, found, [1])
    assert (done.value.removed, done.value.added) == (1, 1)
    assert duties(tiny) == (before - {("B", "P1", MONDAY)}) | {(comes, "P1", MONDAY)}
    with tiny.station.read() as session:
        assert any(entry["action"] == "plan.repair" for entry, _, _ in audit.entries(session))
    with pytest.raises(ConcurrentChangeError):
        carry_out(tiny.station, actor, found, [0])
    revert(tiny.station, actor, done.patch)
    assert duties(tiny) == before


def test_what_has_begun_is_not_taken_back(tiny: Tiny) -> None:
    """From a moment on, only duties that start later are opened; when there is none, a sentence says so."""
    actor = tiny.station.system_actor()
    found = find_repair(tiny.station, actor, WEEK, "B", begin=datetime.combine(MONDAY, time()))
    assert len(found.holes) == 1
    with pytest.raises(PatrolError) as caught:
        find_repair(tiny.station, actor, WEEK, "B", begin=datetime.combine(MONDAY + timedelta(days=1), time()))
    assert caught.value.message.code == "repair.all_begun"
    assert all(render(caught.value.message, language) for language in LANGUAGES)


def test_a_change_starts_now_in_the_week_under_way() -> None:
    """In other weeks it may touch every day, unless a moment is named."""
    clock = FixedClock(datetime(2026, 11, 25, 4, 0, tzinfo=UTC))
    assert begin_in(None, WEEK, clock) == datetime.combine(date(2026, 11, 25), time(12))
    assert begin_in(None, WEEK.plus(1), clock) is None
    assert begin_in("2026-11-30T08:00", WEEK.plus(1), clock) == datetime.combine(date(2026, 11, 30), time(8))


def test_a_seat_may_stay_open_and_a_wrong_number_is_refused(tiny: Tiny) -> None:
    """One number for each seat."""
    actor = tiny.station.system_actor()
    found = find_repair(tiny.station, actor, WEEK, "B")
    for chosen in ([], [9], [0, 0], [-1]):
        with pytest.raises(InvalidDataError) as caught:
            carry_out(tiny.station, actor, found, chosen)
        assert all(render(caught.value.message, language) for language in LANGUAGES)
    done = carry_out(tiny.station, actor, found, [None])
    assert (done.value.removed, done.value.added) == (1, 0)
    assert ("B", "P1", MONDAY) not in duties(tiny)


def test_alternatives_that_do_not_fit_together_are_refused(tiny: Tiny) -> None:
    """The same person is chosen for two seats, though capped at one duty; nothing is written."""
    actor = tiny.station.system_actor()
    with tiny.station.write(actor, "test.cap") as unit:
        for code in "CXY":
            person = queries.first(unit.session, Person, code=code)
            assert person is not None
            person.weekly_cap = 1
        unit.commit()
    tuesday = ("B", "P1", f"D@{(MONDAY + timedelta(days=1)).isoformat()}", "")
    for locked in (1, 0):
        take_way_out(tiny.station, actor, WEEK, [DataChange("assignment", tuesday, "locked", locked)])
    before = duties(tiny)
    found = find_repair(tiny.station, actor, WEEK, "B")
    first, second = found.holes
    taken = second.alternatives[0].moves[0].person
    assert first.alternatives[0].moves[0].person != taken
    other = next(at for at, way in enumerate(first.alternatives) if way.moves[0].person == taken)
    with pytest.raises(PatrolError) as caught:
        carry_out(tiny.station, actor, found, [other, 0])
    assert all(render(caught.value.message, language) for language in LANGUAGES)
    assert duties(tiny) == before


def test_a_drop_out_in_mid_week_is_planned_around(tiny: Tiny) -> None:
    """From Monday noon on B is away: what has begun stays, gaps of the rest of the week are filled, in one step."""
    actor = tiny.station.system_actor()
    before = duties(tiny)
    begin = datetime.combine(MONDAY, time(12))
    found = find_replan(tiny.station, actor, WEEK, Event(people=("B",)), begin)
    assert (found.missing_before, found.missing_after) == (3, 0)
    assert (found.removed, found.added) == (0, 4)
    assert duties(tiny) == before
    assert record(tiny, Leave) is None
    done = write_replan(tiny.station, actor, found)
    after = duties(tiny)
    assert before <= after
    assert len(after) == 6
    assert not any(who == "B" for who, _, day in after if day > MONDAY)
    leave = record(tiny, Leave)
    assert isinstance(leave, Leave)
    assert (leave.first_on, leave.last_on) == (MONDAY, SUNDAY)
    with pytest.raises(ConcurrentChangeError):
        write_replan(tiny.station, actor, found)
    revert(tiny.station, actor, done.patch)
    assert duties(tiny) == before
    assert record(tiny, Leave) is None


def test_a_squad_leaves_before_the_week(tiny: Tiny) -> None:
    """A and B go, whatever was locked; C leads instead. A leave that is there grows."""
    actor = tiny.station.system_actor()
    tiny.add(tiny.leave("A", MONDAY, MONDAY))
    with tiny.station.write(actor, "test.lock") as unit:
        newest = planning.versions_of(unit.session, str(WEEK))[0]
        for row in queries.many(unit.session, Assignment, version_id=newest.id):
            row.locked = True
        unit.commit()
    found = find_replan(tiny.station, actor, WEEK, Event(squads=("S1",)))
    write_replan(tiny.station, actor, found)
    assert {who for who, _, _ in duties(tiny)} <= set("CXY")
    assert found.missing_after == 0
    leave = record(tiny, Leave, person_id=tiny.ids["A"])
    assert isinstance(leave, Leave)
    assert leave.last_on == SUNDAY


def test_a_post_is_closed_and_opened_again(tiny: Tiny) -> None:
    """Closed from Tuesday on: Monday's duties stay, nothing is missing there; opened, it is asked for again."""
    actor = tiny.station.system_actor()
    tuesday = datetime.combine(MONDAY + timedelta(days=1), time())
    found = find_replan(tiny.station, actor, WEEK, Event(closed=("P1",)), tuesday)
    assert (found.kept_posts, found.missing_after) == (0, 0)
    write_replan(tiny.station, actor, found)
    place = record(tiny, Checkpoint, code="P1")
    assert isinstance(place, Checkpoint)
    assert (place.status, place.last_on) == (CheckpointStatus.ACTIVE, MONDAY)
    assert {day for _, place, day in duties(tiny) if place == "P1"} == {MONDAY}
    found = find_replan(tiny.station, actor, WEEK, Event(added=("P1",)), tuesday)
    write_replan(tiny.station, actor, found)
    assert {day for _, place, day in duties(tiny) if place == "P1"} == {MONDAY, MONDAY + timedelta(days=1)}


def test_a_post_that_was_to_begin_later_is_closed_and_a_suspended_one_opened(tiny: Tiny) -> None:
    """Its status tells."""
    actor = tiny.station.system_actor()
    with tiny.station.write(actor, "test.places") as unit:
        one, two = (queries.first(unit.session, Checkpoint, code=code) for code in ("P1", "P2"))
        assert one is not None
        assert two is not None
        one.first_on = MONDAY
        two.status = CheckpointStatus.SUSPENDED
        unit.commit()
    write_replan(tiny.station, actor, find_replan(tiny.station, actor, WEEK, Event(closed=("P1",), added=("P2",))))
    closed, opened = record(tiny, Checkpoint, code="P1"), record(tiny, Checkpoint, code="P2")
    assert isinstance(closed, Checkpoint)
    assert isinstance(opened, Checkpoint)
    assert (closed.status, opened.status, opened.first_on) == (CheckpointStatus.CLOSED, CheckpointStatus.ACTIVE, MONDAY)
    assert {place for _, place, _ in duties(tiny)} == {"P2"}


def test_a_security_period_is_declared(tiny: Tiny) -> None:
    """One head more in each patrol; declared again it is as it stands."""
    actor = tiny.station.system_actor()
    event = Event(period=Period("EXPO", 1, kind=CheckpointKind.FIXED_POST))
    found = find_replan(tiny.station, actor, WEEK, event)
    write_replan(tiny.station, actor, found)
    period = record(tiny, SecurityPeriod)
    assert isinstance(period, SecurityPeriod)
    assert (period.name, period.more_minimum, period.more_desired, period.last_on) == ("EXPO", 1, 1, SUNDAY)
    assert len([duty for duty in duties(tiny) if duty[1:] == ("P1", MONDAY)]) == 3
    again = find_replan(tiny.station, actor, WEEK, Event(period=Period("EXPO")))
    assert (again.removed, again.added, again.kept_posts) == (0, 0, again.could_stay)


@pytest.mark.parametrize(
    "event",
    [
        Event(),
        Event(people=("Q",)),
        Event(squads=("S9",)),
        Event(closed=("P9",)),
        Event(added=("P9",)),
        Event(period=Period("EXPO")),
    ],
)
def test_what_is_not_there_is_named(tiny: Tiny, event: Event) -> None:
    """And nothing is written."""
    with pytest.raises(InvalidDataError) as caught:
        find_replan(tiny.station, tiny.station.system_actor(), WEEK, event)
    assert all(render(caught.value.message, language) for language in LANGUAGES)


def test_a_week_without_plan_or_demand_is_refused(tiny: Tiny) -> None:
    """There is nothing to plan anew; with every post closed all duties go."""
    actor = tiny.station.system_actor()
    with pytest.raises(PatrolError):
        find_replan(tiny.station, actor, Week(2026, 49), Event(people=("B",)))
    everything = find_replan(tiny.station, actor, WEEK, Event(closed=("P1", "P2")))
    assert (everything.removed, everything.added, everything.missing_after) == (2, 0, 0)
    with pytest.raises(CancelledByUserError):
        find_replan(tiny.station, actor, WEEK, Event(people=("B",)), cancelled=lambda: True)
    with tiny.station.write(actor, "test.demand") as unit:
        for row in queries.many(unit.session, Demand):
            row.ended_on = MONDAY
        unit.commit()
    with pytest.raises(PatrolError):
        find_replan(tiny.station, actor, WEEK, Event(people=("B",)))


def test_the_command_line_shows_and_writes(tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In words and as figures; a repair is chosen by number."""
    tiny.station.close()
    base = ["--db", str(tmp_path / "小站.db"), "--week", str(WEEK), "--from", "2026-11-23T00:00"]

    def said(*argv: str) -> str:
        assert main([argv[0], *base, *argv[1:]]) == 0
        return capsys.readouterr().out

    assert "缺口 3 → 0" in said("replan", "--person", "B", "--from", "2026-11-23T12:00")
    assert "missing 3" not in said("replan", "--period", "EXPO", "--more", "1", "--until", "2026-11-29", "--lang", "en")
    figures = json.loads(said("replan", "--person", "X", "--apply", "--json"))
    assert (figures["written"], figures["missing_after"]) == (True, 0)
    assert "已写入草稿" in said("replan", "--closed", "P2", "--apply")
    assert "撤下 1 人次" in said("repair", "--person", "A", "--shift", "D@2026-11-23", "--choose", "0")
    assert main(["replan", "--period", "EXPO", "--until", "bald", *base]) == 1
    capsys.readouterr()
