"""People are paused for a time: they stay on the books, nobody plans them, and it is undone or ended by one step."""

from datetime import date, timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, InvalidDataError
from patrol_desk.engine.options import SolveOptions
from patrol_desk.models import Role
from patrol_desk.services.people import list_people, person_detail, retire_people
from patrol_desk.services.people.pauses import pause_people, resume_people
from patrol_desk.services.planning.run import plan_week
from patrol_desk.services.today import read_alerts
from patrol_desk.services.undo import revert
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.week import read_week
from tests.helpers.tiny import CLOCK, MONDAY, WEEK, Tiny
from tests.services.today.planted import plant

TODAY = date(2026, 11, 22)
SUNDAY = MONDAY + timedelta(days=6)


def rostered(tiny: Tiny) -> set[str]:
    """Return the codes of the people a week is planned with."""
    with tiny.station.read() as session:
        return {person.code for person in read_week(session, WEEK).people}


def pause_of(tiny: Tiny, actor: Actor, code: str) -> tuple[date, date | None] | None:
    """Return the pause that the list shows of somebody."""
    return next(row.pause for row in list_people(tiny.station, actor, WEEK) if row.code == code)


def test_who_is_paused_all_week_is_not_planned(tiny: Tiny, chief: Actor) -> None:
    """Nor listed as free; undone, the person is back; a retired person and a viewer are refused."""
    done = pause_people(tiny.station, chief, [tiny.ids["A"]], TODAY, None, "带孩子")
    assert (done.value.people, done.value.kept, done.value.affected.total) == (1, 0, 0)
    assert rostered(tiny) == {"B", "C", "X", "Y"}
    assert pause_of(tiny, chief, "A") == (TODAY, None)
    detail = person_detail(tiny.station, chief, tiny.ids["A"], WEEK)
    assert detail.paused is not None
    assert (detail.paused.reason, detail.squad is not None) == ("带孩子", True)
    plan = plan_week(tiny.station, chief, WEEK, SolveOptions(seed=1, moves=50))
    with tiny.station.read() as session:
        seats = planning.assignments_of(session, planning.versions_of(session, str(WEEK))[0].id)
    assert plan is not None
    assert tiny.ids["A"] not in {seat.person_id for seat in seats}
    assert seats
    revert(tiny.station, chief, done.patch)
    assert rostered(tiny) == set("ABCXY")
    retire_people(tiny.station, chief, [tiny.ids["B"]], "搬走")
    with pytest.raises(InvalidDataError):
        pause_people(tiny.station, chief, [tiny.ids["B"]], TODAY, None, "带孩子")
    with pytest.raises(ForbiddenError):
        pause_people(tiny.station, Actor(None, "看板", Role.VIEWER), [tiny.ids["A"]], TODAY, None, "带孩子")


def test_a_pause_of_some_days_keeps_these_free(tiny: Tiny, chief: Actor) -> None:
    """The days count as leave does; duties on them are told, and mentioned on the day's page."""
    plant(tiny, [("A", "P1", "D", 0, True), ("A", "P1", "D", 3, False), ("B", "P1", "D", 0, False)])
    tuesday = MONDAY + timedelta(days=1)
    done = pause_people(tiny.station, chief, [tiny.ids["A"]], MONDAY, tuesday, "外出培训")
    assert (done.value.affected.total, done.value.affected.published) == (1, 1)
    with tiny.station.read() as session:
        assert planning.leave_on(session, MONDAY, SUNDAY) == [(tiny.ids["A"], MONDAY, tuesday)]
        assert planning.leave_on(session, SUNDAY, SUNDAY) == []
    assert "A" in rostered(tiny)
    now = CLOCK.now().replace(tzinfo=None) + timedelta(hours=8)
    away = read_alerts(tiny.station, chief, now).away
    assert away is not None
    assert (away.count, away.name, away.on) == (1, "甲A", MONDAY)
    assert pause_of(tiny, chief, "A") == (MONDAY, tuesday)
    assert not next(row for row in list_people(tiny.station, chief, WEEK) if row.code == "A").paused(TODAY)


def test_several_are_paused_and_resumed(tiny: Tiny, chief: Actor) -> None:
    """Who is paused already keeps it; a pause that began ends yesterday, one to come is none."""
    begun = TODAY - timedelta(days=10)
    pause_people(tiny.station, chief, [tiny.ids["A"]], begun, None, "出差")
    both = [tiny.ids["A"], tiny.ids["B"]]
    done = pause_people(tiny.station, chief, both, MONDAY, SUNDAY, "集体外出")
    assert (done.value.people, done.value.kept) == (1, 1)
    assert resume_people(tiny.station, chief, [*both, tiny.ids["C"]]).value == 2
    assert (pause_of(tiny, chief, "A"), pause_of(tiny, chief, "B")) == (None, None)
    pauses = person_detail(tiny.station, chief, tiny.ids["A"], WEEK).pauses
    assert [(row.from_on, row.until_on) for row in pauses] == [(begun, TODAY - timedelta(days=1))]
    assert resume_people(tiny.station, chief, both).value == 0


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [(MONDAY, TODAY, "出差"), (MONDAY, None, "  "), (MONDAY, None, "长" * 201), (SUNDAY, None, "再一次")],
)
def test_what_cannot_be_is_refused(tiny: Tiny, chief: Actor, first: date, last: date | None, reason: str) -> None:
    """Days in the wrong order, no reason, one too long, and a second pause over the first."""
    pause_people(tiny.station, chief, [tiny.ids["A"]], MONDAY + timedelta(days=5), SUNDAY, "出差")
    with pytest.raises(InvalidDataError):
        pause_people(tiny.station, chief, [tiny.ids["A"]], first, last, reason)
