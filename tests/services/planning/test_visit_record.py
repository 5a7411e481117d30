"""A record of visits tells the past to whoever reads plans, what is to come to whoever makes them."""

from datetime import date, timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError
from patrol_desk.common.weeks import Week
from patrol_desk.models import AttendanceState, Checkpoint, CheckpointKind, CheckpointStatus, Role, VisitDraw
from patrol_desk.services.planning.board import open_board
from patrol_desk.services.planning.visit_record import SquadHeads, VisitState, guess_visits, visit_record
from tests.helpers.tiny import MONDAY, WEEK, Tiny
from tests.services.places.plans import plan

VIEWER = Actor(None, "看看", Role.VIEWER)
CLERK = Actor(None, "内勤", Role.CLERK)
AUDITOR = Actor(None, "审计员", Role.AUDITOR)
TODAY = date(2026, 11, 22)
S = VisitState


def drawn(tiny: Tiny, pattern: str, on: date) -> VisitDraw:
    """Return a visit drawn for the stop."""
    return VisitDraw(week=str(Week.of(on)), checkpoint_id=tiny.ids["V"], pattern_id=tiny.ids[pattern], on_date=on)


def days(before: int) -> date:
    """Return a day before today."""
    return TODAY - timedelta(days=before)


@pytest.fixture
def stop(tiny: Tiny) -> Tiny:
    """Give the township with a patrol stop that is due two visits a week."""
    tiny.add(
        Checkpoint(
            code="V", name="河边", short_name="河边", kind=CheckpointKind.PATROL_STOP, status=CheckpointStatus.ACTIVE,
            tier=3, lon=113.76, lat=22.90, weekly_visits=2,
        )
    )  # fmt: skip
    return tiny


def test_what_became_of_each_visit(stop: Tiny) -> None:
    """Who came counts; then who was noted as absent, who was planned, what was drawn; a past draft is nothing."""
    absent, moved = AttendanceState.ABSENT, AttendanceState.REPLACED
    stop.add(
        stop.served("A", "V", "D", days(20)),
        stop.served("C", "V", "D", days(20), state=AttendanceState.LATE),
        stop.served("X", "V", "D", days(20), state=AttendanceState.PRESENT),
        stop.served("B", "V", "D", days(13), state=absent),
        stop.served("C", "V", "N", days(12), state=moved),
        drawn(stop, "D", days(20)),
        drawn(stop, "N", days(10)),
    )
    plan(stop, Week.of(days(9)), [("A", "V", "D", days(9), False)], published=True)
    plan(stop, Week.of(days(3)), [("A", "V", "D", days(3), False)])
    record = visit_record(stop.station, VIEWER, stop.ids["V"])
    assert [(line.on, line.pattern, line.state, line.drawn) for line in record.lines] == [
        (days(9), "早班", S.NOT_NOTED, False),
        (days(10), "夜班", S.NOBODY, True),
        (days(12), "夜班", S.ABSENT, False),
        (days(13), "早班", S.ABSENT, False),
        (days(20), "早班", S.DONE, True),
    ]
    assert record.lines[-1].squads == (SquadHeads("榕树队", 2), SquadHeads("石桥队", 1))
    assert record.lines[-1].heads == 3
    assert (record.weekly, record.weeks) == (2, 3)
    assert record.mean == pytest.approx(1 / 3)


def test_how_often_how_varied_how_long_a_pause(stop: Tiny) -> None:
    """Three visits at two times of the week; the longest pause is the one of eleven days."""
    stop.add(*(stop.served("A", "V", "D", days(before)) for before in (18, 11)))
    stop.add(stop.served("A", "V", "N", days(0)))
    record = visit_record(stop.station, CLERK, stop.ids["V"])
    assert (len(record.done), record.slots, record.longest_pause) == (3, 2, 11)
    assert visit_record(stop.station, CLERK, stop.ids["P1"]).longest_pause == 0


def test_visits_to_come_are_told_to_those_who_plan(stop: Tiny) -> None:
    """A version in force, a draft, the mere lot; a viewer sees none of them and knows that there may be some."""
    days_on = [MONDAY + timedelta(days=number) for number in range(7)]
    stop.add(*(drawn(stop, "D", days_on[number]) for number in (1, 5)), stop.served("A", "V", "D", days(7)))
    plan(stop, WEEK, [("A", "V", "D", days_on[1], False), ("B", "V", "N", days_on[3], False)], published=True)
    plan(stop, WEEK, [("A", "V", "D", days_on[1], False), ("C", "V", "D", days_on[2], False)], number=2)
    told = visit_record(stop.station, CLERK, stop.ids["V"])
    assert [(line.on, line.state) for line in told.lines] == [
        (days_on[5], S.DRAWN),
        (days_on[3], S.PLANNED),
        (days_on[2], S.DRAFT),
        (days_on[1], S.PLANNED),
        (days(7), S.DONE),
    ]
    assert told.lines[2].squads == (SquadHeads("榕树队", 1),)
    assert not told.hidden
    kept = visit_record(stop.station, VIEWER, stop.ids["V"])
    assert [line.on for line in kept.lines] == [days(7)]
    assert kept.hidden


def test_one_that_is_manned_has_no_visits(stop: Tiny) -> None:
    """Its attendance is the roster's business; once something was drawn there, it is told."""
    stop.add(stop.served("A", "P1", "D", days(7)))
    assert visit_record(stop.station, CLERK, stop.ids["P1"]).lines == ()
    stop.add(VisitDraw(week=str(WEEK), checkpoint_id=stop.ids["P1"], pattern_id=stop.ids["N"], on_date=MONDAY))
    assert [line.state for line in visit_record(stop.station, CLERK, stop.ids["P1"]).lines] == [S.DRAWN, S.DONE]


def test_who_may_ask(stop: Tiny) -> None:
    """The auditor reads plans; an unknown role nothing; a guess at the coming week is for those who plan."""
    assert visit_record(stop.station, AUDITOR, stop.ids["V"]).hidden
    with pytest.raises(ForbiddenError):
        visit_record(stop.station, Actor(None, "无", "nobody"), stop.ids["V"])
    board = open_board(stop.station, CLERK, WEEK)
    with pytest.raises(ForbiddenError):
        guess_visits(stop.station, VIEWER, board, stop.ids["V"])
    assert guess_visits(stop.station, CLERK, board, stop.ids["V"]) is None
    assert guess_visits(stop.station, CLERK, board, "gone") is None


def test_a_guess_is_what_the_roster_says(stop: Tiny) -> None:
    """Four Mondays in a row at the same hour are foreseen."""
    stop.add(*(stop.served("A", "V", "D", MONDAY - timedelta(weeks=ago)) for ago in (1, 2, 3, 4)))
    stop.add(drawn(stop, "D", MONDAY))
    plan(stop, WEEK, [("A", "V", "D", MONDAY, False)])
    guess = guess_visits(stop.station, CLERK, open_board(stop.station, CLERK, WEEK), stop.ids["V"])
    assert guess is not None
    assert guess.low_demand
    assert guess.share == 1.0
    assert guess.foreseen
