"""The inputs of the full rules reach the problem as the station's records say."""

from datetime import date, timedelta

import numpy as np
import pytest

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.engine.problem import HARD, OFFICIAL
from patrol_desk.engine.settings import defaults
from patrol_desk.models import (
    AreaCheckpoint,
    Assignment,
    AssignmentSource,
    AttendanceState,
    Checkpoint,
    CheckpointKind,
    CheckpointStatus,
    Community,
    Force,
    GridCell,
    Holiday,
    HolidayKind,
    PairKind,
    PersonPair,
    Plan,
    PlanState,
    PlanVersion,
    PriorityArea,
    Rule,
    RuleStrength,
    SecurityPeriod,
    Skill,
    VersionState,
)
from patrol_desk.services.planning.problem import WeekProblem, build_problem
from patrol_desk.storage.reads.week import read_week
from tests.helpers.tiny import CLOCK, MONDAY, WEEK, Tiny


def problem_of(tiny: Tiny) -> WeekProblem:
    """Return the week's problem as the services build it."""
    with tiny.station.read() as session:
        return build_problem(read_week(session, WEEK))[0]


def row_of(tiny: Tiny, code: str) -> int:
    """Return a person's index."""
    return problem_of(tiny).problem.people.ids.index(code)


def gate(tiny: Tiny, code: str = "K1", **changed: object) -> None:
    """Add a checkpoint of another kind, with one head by day from Wednesday to Sunday."""
    fields: dict[str, object] = {
        "code": code, "name": "石桥卡口", "short_name": "卡口", "kind": CheckpointKind.JOINT_GATE,
        "status": CheckpointStatus.ACTIVE, "tier": 3, "lon": 113.76, "lat": 22.9,
    }  # fmt: skip
    tiny.add(Checkpoint(**(fields | changed)))
    tiny.add(*(tiny.demand(code, "D", day, minimum=2, desired=3) for day in range(2, 7)))


def group(week_problem: WeekProblem, tiny: Tiny, place: str, pattern: str, day: int, kind: int = -1) -> int:
    """Return a seat group by its key."""
    return week_problem.groups[tiny.ids[place], tiny.ids[pattern], WEEK.days[day], kind]


@pytest.mark.parametrize(
    ("joined", "days", "new"),
    [
        (None, None, False),
        (MONDAY - timedelta(days=89), None, True),
        (MONDAY - timedelta(days=90), None, False),
        (MONDAY - timedelta(days=89), 90, True),
        (MONDAY - timedelta(days=90), 90, False),
        (MONDAY - timedelta(days=20), 14, False),
        (MONDAY - timedelta(days=1), 0, False),
    ],
)
def test_who_joined_lately_is_new(tiny: Tiny, joined: date | None, days: int | None, new: bool) -> None:
    """For as many days as the township says, else 90; whoever has no such date is experienced; 0 days is no rule."""
    tiny.add(tiny.person("F", joined_on=joined))
    if days is not None:
        tiny.add(Rule(code="novice_days", number=days))
    problem = problem_of(tiny).problem
    assert bool(problem.people.novice[problem.people.ids.index("F")]) == new
    assert problem.rules.kinds[0].novice == HARD


def test_eves_of_workdays_are_nights_before_work(tiny: Tiny) -> None:
    """Thursday is a holiday and Saturday is worked, so the nights before the other days of work are spared."""
    tiny.add(tiny.person("F", spares_workday_eve=True))
    tiny.add(Holiday(on_date=WEEK.days[5], name="调休", kind=HolidayKind.MAKE_UP_WORKDAY))
    problem = problem_of(tiny).problem
    eves = [name for name, eve in zip(problem.shifts.ids, problem.shifts.workday_eve, strict=True) if eve]
    assert eves == [f"N@{WEEK.days[day].isoformat()}" for day in (0, 1, 3, 4, 6)]
    assert problem.people.spares_eve.tolist() == [code == "F" for code in problem.people.ids]


def test_a_night_on_a_holiday_is_still_a_night(tiny: Tiny) -> None:
    """It counts as a holiday for the fair share and as a night for the nights in a row."""
    shifts = problem_of(tiny).problem.shifts
    thursday = shifts.ids.index(f"N@{WEEK.days[3].isoformat()}")
    assert (shifts.load_class[thursday], bool(shifts.night[thursday])) == (3, True)


def test_weeks_waited_count_from_the_last_duty_of_each_class(tiny: Tiny) -> None:
    """Whole weeks, eight at most; absence is no duty."""
    tiny.add(
        tiny.served("A", "P1", "D", MONDAY - timedelta(days=3)),
        tiny.served("A", "P1", "D", MONDAY - timedelta(days=25)),
        tiny.served("A", "P1", "N", MONDAY - timedelta(days=14)),
        tiny.served("A", "P1", "D", MONDAY - timedelta(days=50 + 9)),
        tiny.served("B", "P1", "N", MONDAY - timedelta(days=4), state=AttendanceState.ABSENT),
    )
    people = problem_of(tiny).problem.people
    assert people.waited[0].tolist() == [0, 2, 8, 8]
    assert people.waited[1].tolist() == [8] * 4


def publish(tiny: Tiny, week: str, *rows: tuple[str, date]) -> None:
    """Write a published plan: people on P1 by day."""
    with tiny.station.write(tiny.station.system_actor(), "test.publish") as unit:
        plan = Plan(week=week, state=PlanState.PUBLISHED)
        unit.session.add(plan)
        unit.session.flush()
        version = PlanVersion(plan_id=plan.id, number=1, state=VersionState.DRAFT, made_at=CLOCK.now(), published_by="")
        unit.session.add(version)
        unit.session.flush()
        for person, day in rows:
            unit.session.add(
                Assignment(
                    version_id=version.id,
                    person_id=tiny.ids[person],
                    checkpoint_id=tiny.ids["P1"],
                    pattern_id=tiny.ids["D"],
                    on_date=day,
                    source=AssignmentSource.SOLVER,
                )
            )
        unit.session.flush()
        version.state = VersionState.PUBLISHED
        unit.commit()


def test_what_is_published_counts_until_attendance_says_otherwise(tiny: Tiny) -> None:
    """Last week is not over when the next is planned: its duties count as load, in the queue and as habit."""
    monday = MONDAY - timedelta(days=7)
    publish(tiny, "2026-W47", ("A", monday), ("B", monday), ("C", monday))
    tiny.add(tiny.served("B", "P1", "D", monday, state=AttendanceState.ABSENT), tiny.served("C", "P1", "D", monday))
    problem = problem_of(tiny).problem
    assert problem.people.load[:3].sum(axis=1).tolist() == [1, 0, 1]
    assert problem.people.waited[:3, 0].tolist() == [1, 8, 1]
    assert problem.habit.tolist() == [[0, 0, 1], [1, 0, 1]]


def test_a_squad_that_stands_there_week_after_week_has_a_habit(tiny: Tiny) -> None:
    """Weeks count, not people; another shift or weekday is another habit; who has no squad has none."""
    tiny.add(tiny.person("F"))
    for weeks in (1, 3):
        tiny.add(
            *(tiny.served(code, "P1", "D", MONDAY - timedelta(weeks=weeks)) for code in "ABF"),
            tiny.served("C", "P1", "N", MONDAY - timedelta(weeks=weeks)),
        )
    tiny.add(tiny.served("C", "P1", "D", MONDAY - timedelta(days=6)))
    week_problem = problem_of(tiny)
    demand = week_problem.problem.demand
    rows = {
        (squad, week_problem.shifts[demand.task_shift[task]][1]): times
        for squad, task, times in week_problem.problem.habit.tolist()
    }
    assert rows == {(0, WEEK.days[0]): 2, (1, WEEK.days[1]): 1}


def test_pairs_stand_with_the_smaller_index_first(tiny: Tiny) -> None:
    """Who is named first says nothing; a pair of somebody who is not planned is passed over."""
    tiny.add(tiny.person("F", ended_on=MONDAY))
    ids = tiny.ids
    tiny.add(
        PersonPair(person_id=ids["C"], other_id=ids["A"], kind=PairKind.APART),
        PersonPair(person_id=ids["X"], other_id=ids["Y"], kind=PairKind.TOGETHER),
        PersonPair(person_id=ids["F"], other_id=ids["A"], kind=PairKind.APART),
        PersonPair(person_id=ids["A"], other_id=ids["B"], kind=PairKind.APART, ended_on=MONDAY),
    )
    problem = problem_of(tiny).problem
    assert problem.apart.tolist() == [[0, 2]]
    assert problem.together.tolist() == [[3, 4]]


def test_pairs_that_contradict_each_other_are_named(tiny: Tiny) -> None:
    """Apart and together at once is no rule that a plan could keep."""
    ids = tiny.ids
    tiny.add(
        PersonPair(person_id=ids["C"], other_id=ids["A"], kind=PairKind.APART),
        PersonPair(person_id=ids["A"], other_id=ids["C"], kind=PairKind.TOGETHER),
    )
    with pytest.raises(InvalidDataError) as caught:
        problem_of(tiny)
    assert caught.value.message.params["person"] == "A"


def test_rules_of_the_kind_reach_the_checkpoint(tiny: Tiny) -> None:
    """Joint gates have a reach of their own; weights follow what is cared about."""
    gate(tiny)
    tiny.add(
        Rule(code="reach_m", checkpoint_kind=CheckpointKind.JOINT_GATE, number=9000, strength=RuleStrength.WEIGHTED),
        Rule(code="nights_in_row", number=2),
        Rule(code="care_near", number=2),
    )
    problem = problem_of(tiny).problem
    kind = dict(zip(problem.demand.checkpoints, problem.demand.kind.tolist(), strict=True))
    assert problem.rules.kinds[kind["K1"]].name == "joint_gate"
    assert [problem.rules.reach_of(kind[code]) for code in ("K1", "P1")] == [9000, 6000]
    assert problem.rules.kinds[kind["K1"]].reach == defaults().rules["reach_m"].points
    assert (problem.rules.nights_in_row, problem.weights.near) == (2, 4)


def test_a_stored_rule_that_cannot_be_right_is_named(tiny: Tiny) -> None:
    """Nothing is planned by a number nobody meant."""
    tiny.add(Rule(code="rest_minutes", number=-5))
    with pytest.raises(InvalidDataError) as caught:
        problem_of(tiny)
    assert caught.value.message.code == "settings.number"


def test_a_neighbour_holds_some_heads(tiny: Tiny) -> None:
    """They are told and not planned; the neighbour cannot hold more than the minimum."""
    gate(tiny, neighbour="石碣镇")
    tiny.add(tiny.demand("K1", "N", 2, minimum=3, desired=4, held=2), tiny.demand("K1", "N", 3, minimum=1, held=5))
    week_problem = problem_of(tiny)
    demand = week_problem.problem.demand
    for day, told in ((2, (1, 2, 2)), (3, (0, 0, 1))):
        at = group(week_problem, tiny, "K1", "N", day)
        assert (demand.minimum[at], demand.desired[at], demand.held[at]) == told


def test_a_temporary_duty_asks_for_people_on_its_days_only(tiny: Tiny) -> None:
    """The market festival from Friday to Saturday."""
    gate(tiny, kind=CheckpointKind.TEMPORARY_DUTY, first_on=WEEK.days[4], last_on=WEEK.days[5])
    days = {day for place, _, day, _ in problem_of(tiny).groups if place == tiny.ids["K1"]}
    assert days == {WEEK.days[4], WEEK.days[5]}


def test_visits_and_blind_hours_are_told(tiny: Tiny) -> None:
    """Per checkpoint, 0 where it is not of low demand."""
    gate(tiny, weekly_visits=3, blind_hours=48)
    demand = problem_of(tiny).problem.demand
    assert demand.visits.tolist() == [3 if code == "K1" else 0 for code in demand.checkpoints]
    assert demand.blind_hours.tolist() == [48 if code == "K1" else 0 for code in demand.checkpoints]


def test_an_area_raises_its_checkpoints_on_its_days(tiny: Tiny) -> None:
    """By community, by grid cell, or named one by one; 0 tiers is only a list."""
    tiny.add(Community(code="4419001", name="石桥社区"))
    tiny.add(GridCell(code="G1", name="网格", community_id=tiny.ids["4419001"]))
    gate(tiny, "K1", community_id=tiny.ids["4419001"])
    gate(tiny, "K2", grid_cell_id=tiny.ids["G1"])
    gate(tiny, "K3")
    gate(tiny, "K4")
    days = {"first_on": WEEK.days[3], "last_on": WEEK.days[4]}
    tiny.add(
        PriorityArea(code="A1", name="甲", raised=1, community_id=tiny.ids["4419001"], **days),
        PriorityArea(code="A2", name="乙", raised=2, grid_cell_id=tiny.ids["G1"], first_on=WEEK.days[3]),
        PriorityArea(code="A3", name="丙", raised=1),
        PriorityArea(code="A4", name="丁", raised=0),
        PriorityArea(code="A5", name="旧", raised=2, last_on=MONDAY - timedelta(days=1)),
    )
    tiny.add(
        AreaCheckpoint(area_id=tiny.ids["A3"], checkpoint_id=tiny.ids["K3"]),
        AreaCheckpoint(area_id=tiny.ids["A4"], checkpoint_id=tiny.ids["K4"]),
        AreaCheckpoint(area_id=tiny.ids["A5"], checkpoint_id=tiny.ids["K4"]),
    )
    week_problem = problem_of(tiny)
    demand = week_problem.problem.demand
    raised = {
        code: [int(demand.raised[demand.group_task[group(week_problem, tiny, code, "D", day)]]) for day in range(2, 7)]
        for code in ("K1", "K2", "K3", "K4")
    }
    assert raised == {"K1": [0, 1, 1, 0, 0], "K2": [0, 2, 2, 2, 2], "K3": [1] * 5, "K4": [0] * 5}
    gates = np.array([code.startswith("K") for code in demand.checkpoints])[demand.task_checkpoint]
    assert (demand.task_tier[gates] + demand.raised[gates] == 2).all()


def test_a_period_adds_heads_where_it_holds(tiny: Tiny) -> None:
    """Area and kind both have to fit; what is left open is the whole township."""
    gate(tiny, "K1")
    gate(tiny, "K2", kind=CheckpointKind.PATROL_STOP)
    tiny.add(PriorityArea(code="A1", name="名单", raised=0))
    tiny.add(
        *(AreaCheckpoint(area_id=tiny.ids["A1"], checkpoint_id=tiny.ids[code]) for code in ("K1", "K2")),
        SecurityPeriod(
            code="B1",
            name="年货节",
            first_on=WEEK.days[5],
            last_on=WEEK.days[5],
            area_id=tiny.ids["A1"],
            checkpoint_kind=CheckpointKind.PATROL_STOP,
            more_minimum=1,
            more_desired=2,
        ),
        SecurityPeriod(code="B2", name="全镇", first_on=WEEK.days[6], last_on=WEEK.days[6], percent=50),
    )
    week_problem = problem_of(tiny)
    demand = week_problem.problem.demand

    def heads(code: str, day: int) -> tuple[int, int, int]:
        at = group(week_problem, tiny, code, "D", day)
        return int(demand.minimum[at]), int(demand.desired[at]), int(demand.surge_minimum[at])

    assert [heads("K1", day) for day in (4, 5, 6)] == [(2, 3, 0), (2, 3, 0), (3, 5, 1)]
    assert [heads("K2", day) for day in (4, 5, 6)] == [(2, 3, 0), (3, 5, 1), (3, 5, 1)]


def test_a_leader_or_official_who_must_be_there_has_a_seat(tiny: Tiny) -> None:
    """One plain head becomes a typed seat, and it is stored as any seat of its kind."""
    tiny.add(Skill(code=OFFICIAL, name="民警辅警专职", mark="警"))
    tiny.add(*(tiny.person(force.value, force=force) for force in (Force.OFFICER, Force.FULL_TIME, Force.GUARD)))
    gate(tiny, needs_official=True, needs_leader=True)
    week_problem = problem_of(tiny)
    problem = week_problem.problem
    official = problem.capabilities.index(OFFICIAL)
    seats = {kind: group(week_problem, tiny, "K1", "D", 4, kind) for kind in (-1, 0, official)}
    assert [int(problem.demand.desired[at]) for at in seats.values()] == [1, 1, 1]
    able = {
        code
        for code, mask in zip(problem.people.ids, problem.people.capability[:, 4].tolist(), strict=True)
        if mask >> official & 1
    }
    assert able == {"officer", "full_time"}
    row = week_problem.seat(problem.people.ids.index("officer"), seats[official])
    assert (row.skill_id, row.leader) == (tiny.ids[OFFICIAL], False)
    pairs, lost = week_problem.pairs([row])
    assert (pairs.tolist(), lost) == ([[problem.people.ids.index("officer"), seats[official]]], [])
    assert week_problem.seat(0, seats[0]).leader


def test_a_rule_reserves_seats_at_every_checkpoint_of_the_kind(tiny: Tiny) -> None:
    """Hard: a seat; at a patrol of one no leader is asked for."""
    gate(tiny)
    tiny.add(Rule(code="leader", strength=RuleStrength.HARD, checkpoint_kind=CheckpointKind.JOINT_GATE))
    tiny.add(tiny.demand("K1", "N", 2))
    groups = problem_of(tiny).groups
    assert (tiny.ids["K1"], tiny.ids["D"], WEEK.days[4], 0) in groups
    assert (tiny.ids["K1"], tiny.ids["N"], WEEK.days[2], 0) not in groups
    assert (tiny.ids["P2"], tiny.ids["N"], WEEK.days[4], 0) not in groups


def test_a_skill_called_as_the_leaders_seat_is_told_apart(tiny: Tiny) -> None:
    """A station may call its skills as it likes."""
    tiny.add(Skill(code="leader", name="领队证", mark="领"))
    assert problem_of(tiny).problem.capabilities == ("leader", "AID", "skill:leader")
