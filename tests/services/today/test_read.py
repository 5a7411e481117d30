"""The day as the duty officer sees it, at any hour."""

import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError
from patrol_desk.common.weeks import Week
from patrol_desk.models import AttendanceState, Checkpoint, Community, Demand, Role, ShiftPattern, Squad, VersionState
from patrol_desk.services.planning.board.opening import open_board
from patrol_desk.services.today import DayShift, Phase, PostState, TodayView, read_today
from patrol_desk.services.today.read import tally
from patrol_desk.storage import queries
from tests.helpers.tiny import MONDAY, WEEK, Tiny
from tests.services.today.planted import plant


def at(text: str) -> datetime:
    """Return a station time of the week."""
    return datetime.fromisoformat(f"2026-11-{text}")


def shown(shifts: tuple[DayShift, ...]) -> list[str]:
    """Return shifts as mark and day."""
    return [f"{shift.mark}{shift.on_date.day}" for shift in shifts]


def phases(view: TodayView) -> list[Phase]:
    """Return where the day's shifts stand."""
    return [view.phase(shift, view.now) for shift in view.shifts]


@pytest.mark.parametrize(
    ("now", "shifts", "columns", "states"),
    [
        ("23T07:59", ["早23", "夜23"], ["早23", "夜23"], [Phase.NEXT, Phase.LATER]),
        ("23T08:00", ["早23", "夜23"], ["早23", "夜23"], [Phase.RUNNING, Phase.NEXT]),
        ("23T12:00", ["早23", "夜23"], ["夜23", "早24"], [Phase.ENDED, Phase.NEXT]),
        ("23T23:59", ["早23", "夜23"], ["夜23", "早24"], [Phase.ENDED, Phase.RUNNING]),
        ("24T00:00", ["夜23", "早24", "夜24"], ["夜23", "早24"], [Phase.RUNNING, Phase.NEXT, Phase.LATER]),
        ("24T01:59", ["夜23", "早24", "夜24"], ["夜23", "早24"], [Phase.RUNNING, Phase.NEXT, Phase.LATER]),
        ("24T02:00", ["早24", "夜24"], ["早24", "夜24"], [Phase.NEXT, Phase.LATER]),
    ],
)
def test_shifts_of_the_day_across_midnight(
    tiny: Tiny, chief: Actor, now: str, shifts: list[str], columns: list[str], states: list[Phase]
) -> None:
    """A night shift that began yesterday counts until it ends; now and next follow the clock to the minute."""
    view = read_today(tiny.station, chief, at(now))
    assert shown(view.shifts) == shifts
    assert shown(tuple(column.shift for column in view.columns)) == columns
    assert phases(view) == states
    assert [column.running for column in view.columns] == [
        shift.starts_at <= at(now) for shift in (c.shift for c in view.columns)
    ]


def test_figures_count_seats_by_kind(tiny: Tiny, chief: Actor) -> None:
    """Two ordinary people do not make up for a leader: heads and coverage differ, and the gap says what it needs."""
    plant(
        tiny,
        [("A", "P1", "D", 0, True), ("B", "P1", "D", 0, False), ("X", "P1", "D", 1, False), ("Y", "P1", "D", 1, False)],
    )
    monday = read_today(tiny.station, chief, at("23T09:00"))
    day = monday.shifts[0]
    assert (day.heads, day.desired, day.coverage) == (2, 2, 1.0)
    assert day.count(PostState.OK) == 1
    assert day.count(PostState.NOT_STAFFED) == 1
    assert monday.shifts[1].coverage is None
    tuesday = read_today(tiny.station, chief, at("24T09:00"))
    assert (tuesday.shifts[0].heads, tuesday.shifts[0].coverage) == (2, 0.5)
    gap = tuesday.gaps[0]
    assert (gap.place.name, gap.missing, gap.red) == ("石桥市场", 1, True)
    assert [kind.code for kind in gap.kinds] == ["today.needs_leader"]


def test_the_day_asks_for_what_the_roster_asks_for(tiny: Tiny, chief: Actor) -> None:
    """A seat that the neighbouring town holds, and one knowingly left open, are no gap of the day either."""
    plant(tiny, [("A", "P1", "D", 0, True), ("B", "P1", "D", 0, False), ("A", "P1", "D", 1, True)])
    before = read_today(tiny.station, chief, at("24T09:00"))
    assert before.gaps
    with tiny.station.write(chief, "test") as unit:
        for row in queries.many(unit.session, Demand, checkpoint_id=tiny.ids["P1"], leader=False):
            row.held = row.minimum
            row.desired = row.minimum
        unit.commit()
    view = read_today(tiny.station, chief, at("24T09:00"))
    board = open_board(tiny.station, chief, WEEK)
    cells = {
        (row.name, shift.pattern_id, shift.on_date): board.cell(number, at_shift)
        for number, row in enumerate(board.rows)
        for at_shift, shift in enumerate(board.shifts)
    }
    seen = 0
    for shift in view.shifts:
        for place, post in zip(view.rows, shift.posts, strict=True):
            cell = cells[place.name, shift.pattern_id, shift.on_date]
            assert (post.heads, post.minimum, post.desired, post.state.value) == (
                cell.heads, cell.minimum, cell.desired, cell.state.value,
            )  # fmt: skip
            seen += cell.desired
    assert seen
    assert len(view.gaps) < len(before.gaps)


@pytest.mark.parametrize(
    ("asked", "held", "state", "missing", "wanting"),
    [
        ([], {}, PostState.NOT_STAFFED, 0, 0),
        ([], {(None, False): 1}, PostState.OK, 0, 0),
        ([((None, False), 1, 2)], {}, PostState.BELOW_MINIMUM, 1, 2),
        ([((None, False), 1, 2)], {(None, False): 1}, PostState.BELOW_DESIRED, 0, 1),
        ([((None, False), 1, 2)], {(None, False): 3}, PostState.OK, 0, 0),
        ([((None, True), 1, 1), ((None, False), 0, 1)], {(None, False): 5}, PostState.BELOW_MINIMUM, 1, 1),
    ],
)
def test_a_post_stands_as_its_seats_do(
    asked: list[tuple[tuple[None, bool], int, int]],
    held: dict[tuple[str | None, bool], int],
    state: PostState,
    missing: int,
    wanting: int,
) -> None:
    """Each kind of seat counts by itself; surplus of one kind fills no other."""
    post = tally([(kind, least, most) for kind, least, most in asked], held)
    assert (post.state, post.missing, post.wanting) == (state, missing, wanting)


def test_who_is_due_with_squad_and_leader(tiny: Tiny, chief: Actor) -> None:
    """Names stand by checkpoint with squad and colour; the community shows the leaders on duty."""
    tiny.add(Community(code="441900121001", name="石桥社区"))
    with tiny.station.write(chief, "test") as unit:
        for code in ("P1", "P2"):
            place = queries.first(unit.session, Checkpoint, code=code)
            assert place is not None
            place.community_id = tiny.ids["441900121001"]
        unit.commit()
    plant(tiny, [("B", "P1", "D", 0, False), ("A", "P1", "D", 0, True)])
    view = read_today(tiny.station, chief, at("23T09:00"))
    assert [group.name for group in view.groups] == ["石桥社区"]
    now = view.columns[0]
    (row,) = [people for people in now.people if people]
    assert [(head.name, head.squad, head.leads) for head in row] == [("甲A", "石桥队", True), ("甲B", "石桥队", False)]
    assert row[0].colour == row[1].colour
    assert [[head.name for head in group] for group in now.leaders] == [["甲A"]]
    assert all(head.mark is None for head in row)


def test_attendance_shows_once_written(tiny: Tiny, chief: Actor) -> None:
    """A mark appears only for those of whom somebody wrote one."""
    plant(tiny, [("A", "P1", "D", 0, True), ("B", "P1", "D", 0, False)])
    tiny.add(tiny.served("B", "P1", "D", MONDAY, state=AttendanceState.LATE))
    view = read_today(tiny.station, chief, at("23T09:00"))
    marks = {head.name: head.mark for people in view.columns[0].people for head in people}
    assert marks == {"甲A": None, "甲B": AttendanceState.LATE}


def test_the_newest_version_is_shown(tiny: Tiny, chief: Actor) -> None:
    """A draft over a published version shows, and says that it is one."""
    plant(tiny, [("A", "P1", "D", 0, True)])
    plant(tiny, [("C", "P1", "D", 0, True)], state=VersionState.DRAFT, number=2)
    view = read_today(tiny.station, chief, at("23T09:00"))
    assert [head.name for people in view.columns[0].people for head in people] == ["甲C"]
    assert [(state.number, state.draft, state.published) for state in view.weeks] == [(0, False, 0), (2, True, 1)]


def test_gaps_of_seventy_two_hours_cross_sunday(tiny: Tiny, chief: Actor) -> None:
    """Gaps come from both weeks' plans, the red ones first; a week without a plan lists none."""
    plant(tiny, [])
    view = read_today(tiny.station, chief, at("27T21:00"))
    assert [(gap.place.code, gap.shift.on_date.day, gap.missing) for gap in view.gaps] == [("P2", 27, 1)]
    assert [state.number for state in view.weeks] == [1, 0]
    plant(tiny, [], week=WEEK.plus(1))
    view = read_today(tiny.station, chief, at("27T21:00"))
    assert [(gap.place.code, gap.shift.on_date.day) for gap in view.gaps] == [("P2", 27), ("P1", 30)]
    assert [gap.week for gap in view.gaps] == [WEEK, Week(2026, 49)]
    assert view.red_gaps == 2


def test_gaps_end_with_their_shift_and_begin_within_the_hours(tiny: Tiny, chief: Actor) -> None:
    """A shift counts until its last minute, and from three days before its first."""
    plant(tiny, [])
    assert [gap.shift.on_date.day for gap in read_today(tiny.station, chief, at("23T11:59")).gaps] == [23, 24]
    assert [gap.shift.on_date.day for gap in read_today(tiny.station, chief, at("23T12:00")).gaps] == [24]
    assert read_today(tiny.station, chief, at("24T22:00")).gaps == read_today(tiny.station, chief, at("24T13:00")).gaps
    assert [gap.shift.on_date.day for gap in read_today(tiny.station, chief, at("24T22:01")).gaps] == [27]


def test_what_is_desired_is_a_gap_too(tiny: Tiny, chief: Actor) -> None:
    """Above the minimum and below the desired heads stands after the red ones, with what may be added."""
    plant(tiny, [("A", "P2", "N", 4, False)])
    view = read_today(tiny.station, chief, at("27T23:00"))
    (gap,) = [gap for gap in view.gaps if gap.place.code == "P2"]
    assert (gap.red, gap.missing, gap.kinds) == (False, 1, ())
    assert gap.key == (tiny.ids["P2"], tiny.ids["N"], date(2026, 11, 27))


def test_seats_that_need_a_skill_say_so(tiny: Tiny, chief: Actor) -> None:
    """A missing first-aider is named as such."""
    tiny.add(tiny.demand("P2", "D", 2, skill_id=tiny.ids["AID"]))
    plant(tiny, [("A", "P2", "D", 2, False)])
    (gap,) = [gap for gap in read_today(tiny.station, chief, at("25T08:30")).gaps if gap.shift.on_date.day == 25]
    assert [(kind.code, dict(kind.params)) for kind in gap.kinds] == [("today.needs_skill", {"skill": "急救"})]


def test_the_view_knows_when_it_is_out_of_date(tiny: Tiny, chief: Actor) -> None:
    """It holds until a shift begins or ends, arrivals open, the missing are counted, or midnight."""
    view = read_today(tiny.station, chief, at("23T07:00"))
    assert not view.outdated(at("23T07:29"))
    assert view.outdated(at("23T07:30"))
    view = read_today(tiny.station, chief, at("23T08:00"))
    assert view.outdated(at("23T08:15"))
    view = read_today(tiny.station, chief, at("23T08:15"))
    assert not view.outdated(at("23T11:59"))
    assert view.outdated(at("23T12:00"))
    late = read_today(tiny.station, chief, at("23T23:00"))
    assert not late.outdated(at("23T23:59"))
    assert late.outdated(at("24T00:00"))


def test_people_without_a_squad_stand_too(tiny: Tiny, chief: Actor) -> None:
    """A squad that was dissolved leaves its people on the list, without its name."""
    plant(tiny, [("A", "P1", "D", 0, True)])
    with tiny.station.write(chief, "test") as unit:
        squad = queries.first(unit.session, Squad, code="S1")
        assert squad is not None
        squad.ended_on = MONDAY - timedelta(days=1)
        unit.commit()
    view = read_today(tiny.station, chief, at("23T09:00"))
    (head,) = (head for people in view.columns[0].people for head in people)
    assert (head.name, head.squad) == ("甲A", "")


def test_a_township_without_shifts_is_an_empty_day(tiny: Tiny, chief: Actor) -> None:
    """No patterns and no plan make no error."""
    with tiny.station.write(chief, "test") as unit:
        for pattern in queries.many(unit.session, ShiftPattern):
            pattern.ended_on = MONDAY
        unit.commit()
    view = read_today(tiny.station, chief, at("23T09:00"))
    assert (view.shifts, view.columns, view.gaps) == ((), (), ())
    assert not view.outdated(at("23T10:00"))


def test_whoever_may_not_read_plans_is_refused(tiny: Tiny) -> None:
    """An unknown role sees nothing."""
    with pytest.raises(ForbiddenError):
        read_today(tiny.station, Actor(None, "路人", "nobody"), at("23T09:00"))
    assert read_today(tiny.station, Actor(None, "只读", Role.VIEWER), at("23T09:00")).rows


def test_the_first_page_imports_no_mathematics() -> None:
    """What is painted first waits neither for numpy nor for the engine nor for pypinyin."""
    code = (
        "import sys, patrol_desk.services.today\n"
        "heavy = ('numpy', 'numba', 'ortools', 'pypinyin', 'patrol_desk.engine')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
