"""Everything the full rules know, laid over a made-up township of any size."""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from patrol_desk.engine.problem import LEAD, OFFICIAL, WAITED_MOST, Bool, Demand, Int32, KindRules, People, Problem
from patrol_desk.engine.rules.reserve import reserve
from patrol_desk.samples.problems.geography import Geography

KINDS: Final = (
    KindRules("fixed_post", lead=600),
    KindRules("patrol_stop", lead=600),
    KindRules("joint_gate", official=1_500),
    KindRules("temporary_duty", reach_m=9_000),
)
"""A leader is wished for on patrols, an official at the gates; to a temporary duty people travel further."""

_GATE: Final = 2
_TEMPORARY: Final = 3

CONSECUTIVE_DAYS: Final = 3
NIGHTS_IN_ROW: Final = 1

_NOVICES: Final = 0.08
_UNINSURED: Final = 0.015
_RUNS_OUT: Final = 0.01
_SPARES_EVE: Final = 0.2
_OFFICIALS: Final = 0.04
_OFFICIAL_CAP: Final = 4
_APART: Final = 0.4
_TOGETHER: Final = 0.3
"""Shares of the people, and pairs a squad: assumptions."""

_RESERVED: Final = 0.15
"""Share of the gates' and of the temporary duties' patrols in which an official, or a leader, must be there."""

_PRIORITY_AREAS: Final = 3
_AREA_M: Final = 1_200
_SURGE_DAYS: Final = (4, 5)
_SURGE: Final = 0.2
_LOW_DEMAND: Final = 0.12
_VISITS: Final = 3
_BLIND_HOURS: Final = 60
_STOOD: Final = 0.25
"""Share of the tasks at which a squad near by stood in past weeks."""


def with_full_rules(problem: Problem, geography: Geography, rng: Generator) -> Problem:
    """Return the township with every rule at its default strength and limits on runs of days and nights.

    New members, insurance, spared eves, officials, pairs, typed seats that must be there, priority areas, a security
    period on Friday and Saturday, gates of which a neighbour holds a part, checkpoints of low demand, habits.
    """
    official = len(problem.capabilities)
    people = _people(problem.people, official, rng)
    demand = _visited(_raised(_kinds(problem.demand, rng), rng), rng)
    demand = _surged(_held(demand, rng), problem.shifts.day, rng)
    for capability, kind in ((official, _GATE), (LEAD, _TEMPORARY)):
        at = demand.kind[demand.task_checkpoint] == kind
        demand = reserve(demand, capability, at & (rng.random(len(at)) < _RESERVED))
    apart, together = _pairs(problem.people.squad, rng)
    night, day = problem.shifts.load_class == 1, problem.shifts.day
    return replace(
        problem,
        people=people,
        shifts=replace(problem.shifts, workday_eve=night & ((day == 6) | (day < 4))),
        demand=demand,
        capabilities=(*problem.capabilities, OFFICIAL),
        rules=replace(problem.rules, consecutive_days=CONSECUTIVE_DAYS, nights_in_row=NIGHTS_IN_ROW, kinds=KINDS),
        apart=apart,
        together=together,
        habit=_habit(demand, geography, rng),
    )


def _people(people: People, official: int, rng: Generator) -> People:
    count, days = people.capability.shape
    officials = rng.random(count) < _OFFICIALS
    capability = people.capability | (officials.astype(np.uint32) << np.uint32(official))[:, None]
    ends = np.where(rng.random(count) < _RUNS_OUT, rng.integers(1, days, count), days)
    ends[rng.random(count) < _UNINSURED] = 0
    return replace(
        people,
        capability=capability,
        cap_week=np.where(officials, _OFFICIAL_CAP, people.cap_week).astype(np.int8),
        insured=np.arange(days) < ends[:, None],
        novice=(rng.random(count) < _NOVICES) & (people.role == 0) & ~officials,
        spares_eve=rng.random(count) < _SPARES_EVE,
        waited=rng.choice(WAITED_MOST + 1, people.load.shape, p=_WAITED).astype(np.int8),
    )


_WAITED: Final = np.array([0.06, 0.14, 0.14, 0.12, 0.1, 0.08, 0.06, 0.05, 0.25])
"""How often somebody's last duty of a class was 0, 1 … weeks ago: an assumption."""


def _kinds(demand: Demand, rng: Generator) -> Demand:
    """Give each checkpoint its kind; how often it is held says whether it is a fixed post."""
    held = np.bincount(demand.task_checkpoint, minlength=len(demand.checkpoints))
    fixed = held >= np.quantile(held, 0.6)
    kind = np.where(fixed, 0, rng.choice([1, _GATE], len(held), p=(0.75, 0.25)))
    kind[rng.random(len(held)) < 0.03] = _TEMPORARY
    return replace(demand, kind=kind.astype(np.int8))


def _raised(demand: Demand, rng: Generator) -> Demand:
    """Let the checkpoints in some areas count a tier more."""
    centres = demand.place[rng.choice(len(demand.place), min(_PRIORITY_AREAS, len(demand.place)), replace=False)]
    away = ((demand.place[:, None, :].astype(np.int64) - centres[None, :, :]) ** 2).sum(axis=2).min(axis=1)
    inside = (away <= _AREA_M**2)[demand.task_checkpoint]
    tier = np.where(inside, np.maximum(demand.task_tier - 1, 0), demand.task_tier).astype(np.int8)
    return replace(demand, task_tier=tier, raised=(demand.task_tier - tier).astype(np.int8))


def _visited(demand: Demand, rng: Generator) -> Demand:
    """Make some checkpoints ones of low demand: nobody has to be there, but somebody should come by."""
    low = rng.random(len(demand.checkpoints)) < _LOW_DEMAND
    tasks = np.bincount(demand.task_checkpoint, minlength=len(low))
    of_low = low[demand.task_checkpoint][demand.group_task]
    plain = of_low & (demand.group_capability < 0)
    return replace(
        demand,
        minimum=np.where(of_low, 0, demand.minimum).astype(np.int32),
        desired=np.where(plain, 1, np.where(of_low, 0, demand.desired)).astype(np.int32),
        visits=np.where(low, np.minimum(_VISITS, tasks), 0).astype(np.int32),
        blind_hours=np.where(low, _BLIND_HOURS, 0).astype(np.int32),
    )


def _held(demand: Demand, rng: Generator) -> Demand:
    """Let the neighbouring town hold one head of every other patrol at the gates."""
    gate = (demand.kind[demand.task_checkpoint] == _GATE) & (rng.random(len(demand.task_shift)) < 0.5)
    plain = gate[demand.group_task] & (demand.group_capability < 0) & (demand.minimum > 0)
    return replace(
        demand,
        minimum=(demand.minimum - plain).astype(np.int32),
        desired=(demand.desired - plain).astype(np.int32),
        held=plain.astype(np.int32),
    )


def _surged(demand: Demand, day: NDArray[np.int8], rng: Generator) -> Demand:
    """Add a head to some patrols on the days of a security period."""
    asked = np.isin(day[demand.task_shift], _SURGE_DAYS) & (rng.random(len(demand.task_shift)) < _SURGE)
    more = asked[demand.group_task] & (demand.group_capability < 0) & (demand.minimum > 0)
    return replace(
        demand,
        minimum=(demand.minimum + more).astype(np.int32),
        desired=(demand.desired + more).astype(np.int32),
        surge_minimum=more.astype(np.int32),
        surge_desired=more.astype(np.int32),
    )


def _pairs(squad: Int32, rng: Generator) -> tuple[Int32, Int32]:
    """Return pairs who must not, and pairs who must, serve together, drawn within squads; nobody is in two pairs."""
    apart: list[tuple[int, int]] = []
    together: list[tuple[int, int]] = []
    for number in range(int(squad.max(initial=-1)) + 1):
        members = rng.permutation(np.flatnonzero(squad == number)).tolist()
        for found, share in ((apart, _APART), (together, _TOGETHER)):
            if len(members) >= 2 and rng.random() < share:
                found.append(_ordered(members.pop(), members.pop()))
    return _rows(apart, 2), _rows(together, 2)


def _ordered(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def _habit(demand: Demand, geography: Geography, rng: Generator) -> Int32:
    """Return the squads that stood at tasks near them, one to three of the last weeks."""
    tasks = np.flatnonzero(rng.random(len(demand.task_shift)) < _STOOD)
    bases, places = geography.bases.astype(np.int64), geography.checkpoints.astype(np.int64)
    near = np.array([np.argsort(((bases - place) ** 2).sum(axis=1), kind="stable")[:3] for place in places])
    pick = rng.integers(0, near.shape[1], len(tasks))
    squads = near[demand.task_checkpoint[tasks], pick]
    return np.column_stack([squads, tasks, rng.integers(1, 4, len(tasks))]).astype(np.int32)


def _rows(pairs: list[tuple[int, int]], columns: int) -> Int32:
    return np.array(sorted(pairs), dtype=np.int32).reshape(-1, columns)


def disrupted(problem: Problem, plan: Int32, begin_day: int, shares: tuple[float, float], rng: Generator) -> Problem:
    """Return the rest of a published week in which some people withdraw and some posts are closed.

    Parameters
    ----------
    problem
        The week as it was planned.
    plan
        (A, 2) what was published: locked before the moment, the baseline after it.
    begin_day
        From which day on the plan may change.
    shares
        Of the people who are on leave from then on, and of the checkpoints that are closed from then on.
    """
    demand, people, begin = problem.demand, problem.people, begin_day * 1440
    later = problem.shifts.start >= begin
    gone = rng.random(len(people.ids)) < shares[0]
    shut = np.zeros(len(demand.checkpoints), dtype=np.bool_)
    shut[rng.choice(len(shut), max(1, round(shares[1] * len(shut))), replace=False)] = True
    closed = _of_groups(demand, later, shut)
    before = ~later[demand.task_shift[demand.group_task[plan[:, 1]]]]
    return replace(
        problem,
        people=replace(people, leave=people.leave | (gone[:, None] & later[None, :])),
        demand=replace(
            demand,
            minimum=np.where(closed, 0, demand.minimum).astype(np.int32),
            desired=np.where(closed, 0, demand.desired).astype(np.int32),
        ),
        locked=plan[before],
        baseline=plan[~before],
        begin=begin,
    )


def _of_groups(demand: Demand, shifts: Bool, checkpoints: Bool) -> Bool:
    """Return (G,) the groups in some shifts at some checkpoints."""
    tasks: Bool = shifts[demand.task_shift] & checkpoints[demand.task_checkpoint]
    return tasks[demand.group_task]
