"""What the scheduler is told about a week is what the station's records say."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from patrol_desk.engine.problem import NO_PLACE
from patrol_desk.models import ActivityClass, AssignmentSource, PersonStatus, Rule, Skill
from patrol_desk.services.planning.plane import Plane
from patrol_desk.services.planning.problem import WeekProblem, build_problem
from patrol_desk.storage.reads.rows import SeatRow
from patrol_desk.storage.reads.week import read_week
from tests.helpers.tiny import MONDAY, WEEK, Tiny, empty_tiny


def problem_of(tiny: Tiny) -> WeekProblem:
    """Return the week's problem as the services build it."""
    with tiny.station.read() as session:
        return build_problem(read_week(session, WEEK))[0]


def test_people_stand_with_squad_role_and_lead(tiny: Tiny) -> None:
    """Leader and deputy may take a leader's seat, members may not."""
    people = problem_of(tiny).problem.people
    assert people.ids == ("A", "B", "C", "X", "Y")
    assert people.role.tolist() == [2, 0, 1, 0, 0]
    assert people.squad.tolist() == [0, 0, 1, 1, 1]
    assert people.capability[:, 0].tolist() == [1, 0, 1, 0, 0]


def test_demand_becomes_tasks_and_seat_groups(tiny: Tiny) -> None:
    """A checkpoint in a shift is one task; its kinds of seat are groups; minimum and desired are kept."""
    week_problem = problem_of(tiny)
    demand = week_problem.problem.demand
    assert len(demand.task_shift) == 3
    assert sorted(demand.group_capability.tolist()) == [-1, -1, -1, 0, 0]
    assert demand.minimum.sum() == 5
    assert demand.desired.sum() == 6
    assert demand.task_tier.tolist() == [0, 0, 1]
    key = (tiny.ids["P2"], tiny.ids["N"], MONDAY + timedelta(days=4), -1)
    assert demand.desired[week_problem.groups[key]] == 2


def test_a_night_shift_belongs_to_its_first_day_and_ends_on_the_next(tiny: Tiny) -> None:
    """Sunday's night ends at 02:00 of the next Monday: minute 7 × 1440 + 120."""
    shifts = problem_of(tiny).problem.shifts
    sunday_night = shifts.ids.index(f"N@{(MONDAY + timedelta(days=6)).isoformat()}")
    assert shifts.day[sunday_night] == 6
    assert shifts.end[sunday_night] == 7 * 1440 + 120


def test_classes_of_duty(tiny: Tiny) -> None:
    """A holiday counts before the night, the night before the weekend."""
    shifts = problem_of(tiny).problem.shifts
    by_name = dict(zip(shifts.ids, shifts.load_class.tolist(), strict=True))
    assert by_name["D@2026-11-23"] == 0
    assert by_name["N@2026-11-23"] == 1
    assert by_name["D@2026-11-28"] == 2
    assert by_name["N@2026-11-28"] == 1
    assert by_name["D@2026-11-26"] == by_name["N@2026-11-26"] == 3


@pytest.mark.parametrize(
    "change",
    [
        {"status": PersonStatus.INACTIVE},
        {"activity_class": ActivityClass.CALL_OUT},
        {"ended_on": MONDAY - timedelta(days=1)},
    ],
)
def test_who_is_not_rostered_is_not_in_the_problem(tiny: Tiny, change: dict[str, object]) -> None:
    """Inactive, retired and call-out people are not planned."""
    tiny.add(tiny.person("F", **change))
    assert "F" not in problem_of(tiny).problem.people.ids


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (None, None, "1111111"),
        (None, WEEK.days[5], "1111110"),
        (WEEK.days[1], None, "0111111"),
        (WEEK.days[2], WEEK.days[4], "0011100"),
        (None, MONDAY - timedelta(days=1), "0000000"),
    ],
)
def test_insurance_is_known_for_each_day(tiny: Tiny, first: date | None, last: date | None, days: str) -> None:
    """A period that ends or begins in the week leaves the other days; both its days are covered."""
    tiny.add(tiny.person("F", insured_from=first, insured_until=last))
    people = problem_of(tiny).problem.people
    row = people.ids.index("F")
    assert people.on_roster[row]
    assert people.insured[row].tolist() == [day == "1" for day in days]


def test_a_monthly_person_serves_at_most_twice_in_four_weeks(tiny: Tiny) -> None:
    """Duties of the last three weeks count against the cap; absence does not."""
    tiny.add(*(tiny.person(code, activity_class=ActivityClass.MONTHLY, weekly_cap=1) for code in "FGH"))
    tiny.add(
        tiny.served("F", "P1", "D", MONDAY - timedelta(days=3)),
        tiny.served("F", "P1", "D", MONDAY - timedelta(days=9)),
        tiny.served("G", "P1", "D", MONDAY - timedelta(days=9)),
        tiny.served("G", "P1", "D", MONDAY - timedelta(days=24)),
    )
    people = problem_of(tiny).problem.people
    caps = dict(zip(people.ids, people.cap_week.tolist(), strict=True))
    assert (caps["F"], caps["G"], caps["H"], caps["A"]) == (0, 1, 1, 3)


def test_load_of_earlier_weeks_is_carried_over_by_class(tiny: Tiny) -> None:
    """Twelve weeks of duties count; a Saturday counts as weekend, a night as night."""
    tiny.add(
        tiny.served("A", "P1", "D", MONDAY - timedelta(days=2)),
        tiny.served("A", "P1", "N", MONDAY - timedelta(days=5)),
        tiny.served("A", "P1", "D", MONDAY - timedelta(weeks=12)),
        tiny.served("A", "P1", "D", MONDAY - timedelta(weeks=12, days=1)),
    )
    assert problem_of(tiny).problem.people.load[0].tolist() == [1, 1, 1, 0]


def test_rest_is_measured_against_the_night_before_the_week(tiny: Tiny) -> None:
    """Sunday's night of the week before keeps its people busy until Monday 02:00."""
    tiny.add(tiny.served("B", "P1", "N", MONDAY - timedelta(days=1)))
    assert problem_of(tiny).problem.busy.tolist() == [[1, -120, 120]]


def test_a_certificate_counts_on_the_days_it_is_valid(tiny: Tiny) -> None:
    """It begins on the day of issue and ends after the day of expiry."""
    tiny.add(
        tiny.certificate("A", "AID", None, WEEK.days[2]),
        tiny.certificate("B", "AID", WEEK.days[3], None),
    )
    people = problem_of(tiny).problem.people
    assert [bool(mask & 2) for mask in people.capability[0]] == [True, True, True, False, False, False, False]
    assert [bool(mask & 2) for mask in people.capability[1]] == [False, False, False, True, True, True, True]


def test_leave_covers_every_shift_of_its_days(tiny: Tiny) -> None:
    """Both days are included, and leave that began before the week counts."""
    tiny.add(tiny.leave("A", MONDAY - timedelta(days=3), WEEK.days[1]))
    assert problem_of(tiny).problem.people.leave[0].tolist() == [True] * 4 + [False] * 10


def test_availability_is_read_per_weekday_and_pattern(tiny: Tiny) -> None:
    """A person without a line for a pattern is not available for it."""
    tiny.add(tiny.person("F"))
    tiny.add(tiny.availability("F", "N", "0123000"))
    people = problem_of(tiny).problem.people
    assert people.availability[people.ids.index("F")].tolist() == [0, 0, 0, 1, 0, 2, 0, 3, 0, 0, 0, 0, 0, 0]


def test_a_person_without_a_home_starts_from_the_squads_base(tiny: Tiny) -> None:
    """Without either the place is unknown and every distance is 0."""
    tiny.add(tiny.person("F", home_lon=None), tiny.person("G", home_lon=None))
    tiny.add(tiny.member("F", "S2"))
    problem = problem_of(tiny).problem
    assert problem.people.ids[3:5] == ("F", "G")
    assert problem.people.home[3].tolist() == problem.squad_base[1].tolist()
    assert problem.people.home[4].tolist() == [NO_PLACE, NO_PLACE]


def test_the_townships_rules_are_used(tiny: Tiny) -> None:
    """A rule of the township replaces the default; the others keep theirs."""
    tiny.add(Rule(code="rest_minutes", number=660))
    rules = problem_of(tiny).problem.rules
    assert (rules.rest_min, rules.reach_m, rules.cap_day) == (660, 6000, 1)


def test_an_unknown_kind_of_seat_is_not_asked_for(tiny: Tiny) -> None:
    """Demand for a retired skill has no seats."""
    tiny.add(Skill(code="OLD", name="旧", mark="旧", ended_on=MONDAY))
    tiny.add(tiny.demand("P1", "D", 5, skill_id=tiny.ids["OLD"]))
    assert len(problem_of(tiny).problem.demand.task_shift) == 3


def test_the_plane_measures_metres() -> None:
    """A hundredth of a degree of latitude is 1,112 m; of longitude at 22.9° north 1,024 m."""
    plane = Plane.around([(113.74, 22.91), (None, None)])
    points = plane.points([(113.7, 22.9), (113.71, 22.91), (None, 22.9)])
    assert points.tolist() == [[0, 0], [1024, 1112], [NO_PLACE, NO_PLACE]]
    assert Plane.around([]) == Plane(0.0, 0.0)


def test_a_township_without_anything_is_a_problem_without_anything(tmp_path: Path) -> None:
    """Nobody and no demand: still a valid problem."""
    problem = problem_of(empty_tiny(tmp_path)).problem
    assert len(problem.people.ids) == 0
    assert len(problem.demand.group_task) == 0


def test_what_belongs_to_people_who_are_not_rostered_is_passed_over(tiny: Tiny) -> None:
    """History, leave, last night's duty and certificates of a retired person change nothing."""
    tiny.add(tiny.person("F", status=PersonStatus.INACTIVE))
    tiny.add(
        tiny.served("F", "P1", "N", MONDAY - timedelta(days=1)),
        tiny.leave("F", MONDAY, MONDAY),
        tiny.certificate("F", "AID", None, None),
        tiny.availability("F", "D"),
    )
    problem = problem_of(tiny).problem
    assert problem.people.ids == ("A", "B", "C", "X", "Y")
    assert len(problem.busy) == 0
    assert not problem.people.leave.any()


def test_seats_that_fit_nothing_are_handed_back(tiny: Tiny) -> None:
    """A seat for a skill nobody knows, and a person who is gone, are not planned around; they are named."""
    with tiny.station.read() as session:
        data = read_week(session, WEEK)
    seat = SeatRow(
        tiny.ids["A"], tiny.ids["P1"], tiny.ids["D"], MONDAY, None, True, True, AssignmentSource.HAND
    )  # fmt: skip
    unknown_skill = seat._replace(leader=False, skill_id="no such skill")
    gone = seat._replace(person_id="nobody")
    week_problem, lost = build_problem(data, locked=[seat, unknown_skill], baseline=[gone])
    assert len(week_problem.problem.locked) == 1
    assert lost == (unknown_skill, gone)
