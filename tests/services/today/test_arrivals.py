"""Who has come: entries by person and patrol, when they are taken, who is missing, who stands in."""

import shutil
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import FixedClock, station_now
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, InvalidDataError
from patrol_desk.models import Attendance, AttendanceState, Role, VersionState
from patrol_desk.services.planning.board import open_board
from patrol_desk.services.planning.edits import apply_stand_ins, propose_stand_ins
from patrol_desk.services.planning.overrides import DutyKey
from patrol_desk.services.station import Station
from patrol_desk.services.today import mark_arrivals, read_today
from patrol_desk.services.undo import revert
from patrol_desk.storage import queries
from patrol_desk.storage.reads import planning
from tests.helpers.tiny import CLOCK, MONDAY, WEEK, Tiny
from tests.services.today.planted import plant

PRESENT, LATE, ABSENT = AttendanceState.PRESENT, AttendanceState.LATE, AttendanceState.ABSENT
DUTIES = [("A", "P1", "D", 0, True), ("B", "P1", "D", 0, False)]


@pytest.fixture
def tiny(tiny_file: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[Tiny]:
    """Give a copy of the township with a clock of its own."""
    path, ids = tiny_file
    own = Path(shutil.copy(path, tmp_path / path.name))
    with Station.open(own, clock=FixedClock(CLOCK.now())) as station:
        yield Tiny(station, dict(ids))


def clock_at(tiny: Tiny, hour: int, minute: int = 0) -> None:
    """Set the station's clock to a time of the week's Monday."""
    clock = tiny.station.clock
    assert isinstance(clock, FixedClock)
    clock.advance(now(hour, minute) - station_now(clock))


def duty(tiny: Tiny, person: str) -> DutyKey:
    """Return the key of somebody's Monday duty."""
    return (tiny.ids[person], tiny.ids["P1"], tiny.ids["D"], MONDAY)


def entries(station: Station) -> dict[str, tuple[AttendanceState, int]]:
    """Return what is written of Monday, by person."""
    with station.read() as session:
        return {row.person_id: (row.state, row.minutes) for row in queries.many(session, Attendance, on_date=MONDAY)}


def now(hour: int, minute: int = 0) -> datetime:
    """Return a time of the week's Monday."""
    return datetime.combine(MONDAY, time(hour, minute))


def test_entries_count_what_was_served_and_can_be_taken_back(tiny: Tiny, chief: Actor) -> None:
    """Who came counts the shift, who came late what was left of it, who did not come nothing; undo clears again."""
    plant(tiny, DUTIES)
    clock_at(tiny, 9, 30)
    both = [duty(tiny, "A"), duty(tiny, "B")]
    done = mark_arrivals(tiny.station, chief, both, PRESENT)
    assert done.value == 2
    assert set(entries(tiny.station).values()) == {(PRESENT, 240)}
    assert mark_arrivals(tiny.station, chief, both, PRESENT).value == 0
    late = mark_arrivals(tiny.station, chief, both[1:], LATE)
    assert entries(tiny.station)[tiny.ids["B"]] == (LATE, 150)
    assert mark_arrivals(tiny.station, chief, both[:1], ABSENT).value == 1
    assert entries(tiny.station)[tiny.ids["A"]] == (ABSENT, 0)
    assert mark_arrivals(tiny.station, chief, both[:1], None).value == 1
    assert mark_arrivals(tiny.station, chief, both[:1], None).value == 0
    revert(tiny.station, chief, late.patch)
    assert entries(tiny.station) == {tiny.ids["B"]: (PRESENT, 240)}


def test_entries_are_taken_from_half_an_hour_before(tiny: Tiny, chief: Actor) -> None:
    """Earlier than that, for somebody who is not due, and by a viewer, nothing is written and it is said why."""
    plant(tiny, DUTIES)
    clock_at(tiny, 7, 29)
    with pytest.raises(InvalidDataError) as early:
        mark_arrivals(tiny.station, chief, [duty(tiny, "A")], PRESENT)
    assert (early.value.message.code, early.value.message.params["time"]) == ("today.arrival_early", "07:30")
    clock_at(tiny, 7, 30)
    with pytest.raises(ConcurrentChangeError) as gone:
        mark_arrivals(tiny.station, chief, [duty(tiny, "A"), duty(tiny, "C")], PRESENT)
    assert gone.value.message.params["count"] == 1
    with pytest.raises(ForbiddenError):
        mark_arrivals(tiny.station, Actor("v", "查看", Role.VIEWER), [duty(tiny, "A")], PRESENT)
    assert not entries(tiny.station)
    mark_arrivals(tiny.station, chief, [duty(tiny, "A")], PRESENT)
    assert len(entries(tiny.station)) == 1


def test_the_missing_are_named_a_quarter_of_an_hour_after_the_start(tiny: Tiny, chief: Actor) -> None:
    """Due, arrived and missing follow the entries; nobody is missing before, and nobody after the shift."""
    plant(tiny, DUTIES)
    clock_at(tiny, 8, 5)
    mark_arrivals(tiny.station, chief, [duty(tiny, "A")], LATE)
    view = read_today(tiny.station, chief, now(8, 14))
    column = view.columns[0]
    assert (column.due, column.arrived, column.unmarked) == (2, 1, 1)
    assert view.missing(now(8, 14)) == ()
    assert view.outdated(now(8, 15))
    (missing,) = view.missing(now(8, 15))
    assert missing.key == duty(tiny, "B")
    assert view.missing(now(12, 0)) == ()
    mark_arrivals(tiny.station, chief, [duty(tiny, "B")], AttendanceState.REPLACED)
    view = read_today(tiny.station, chief, now(8, 20))
    assert (view.columns[0].due, view.missing(now(8, 20))) == (1, ())


def test_somebody_stands_in_for_who_did_not_come(tiny: Tiny, chief: Actor) -> None:
    """Absence and hand-over are one step; whoever is missing too is not proposed; undo takes back both."""
    plant(tiny, DUTIES, state=VersionState.DRAFT)
    clock_at(tiny, 8, 20)
    board = open_board(tiny.station, chief, WEEK)
    keys = [duty(tiny, "B"), duty(tiny, "A"), duty(tiny, "Y")]
    proposed = propose_stand_ins(board, keys)
    assert [one.key for one in proposed] == keys[:2]
    names = [one.candidate.name for one in proposed if one.candidate is not None]
    assert names
    assert not {"甲A", "甲B"} & set(names)
    done = apply_stand_ins(tiny.station, chief, board, proposed)
    assert done.value == len(names)
    assert {state for state, _ in entries(tiny.station).values()} == {ABSENT}
    assert len(entries(tiny.station)) == 2
    with tiny.station.read() as session:
        version = planning.versions_of(session, str(WEEK))[0]
        people = {row.person_id for row in planning.assignments_of(session, version.id)}
    assert tiny.ids["B"] not in people
    revert(tiny.station, chief, done.patch)
    assert not entries(tiny.station)


def test_standing_in_is_checked_again(tiny: Tiny, chief: Actor) -> None:
    """Nobody chosen, and somebody who was given another duty meanwhile: refused, nothing written."""
    plant(tiny, DUTIES, state=VersionState.DRAFT)
    clock_at(tiny, 8, 20)
    board = open_board(tiny.station, chief, WEEK)
    with pytest.raises(InvalidDataError):
        apply_stand_ins(tiny.station, chief, board, [])
    proposed = propose_stand_ins(board, [duty(tiny, "B")])
    candidate = proposed[0].candidate
    assert candidate is not None
    with tiny.station.write(chief, "test.leave") as unit:
        unit.session.add(
            tiny.leave(next(code for code in "CXY" if tiny.ids[code] == candidate.person_id), MONDAY, MONDAY)
        )
        unit.commit()
    with pytest.raises(ConcurrentChangeError) as refused:
        apply_stand_ins(tiny.station, chief, board, proposed)
    assert refused.value.message.params["person"] == candidate.name
    assert not entries(tiny.station)
