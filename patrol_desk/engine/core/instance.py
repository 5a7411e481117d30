"""The problem laid out for the kernels: whole numbers in flat arrays, only people who can serve at all."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.core.features import (
    Reach,
    Runs,
    Spread,
    Teams,
    reach_of,
    runs_of,
    spread_of,
    starts,
    teams_of,
)
from patrol_desk.engine.core.whole import whole_pools
from patrol_desk.engine.problem import (
    AVOID,
    FINE,
    MEMBER,
    NO_PLACE,
    PREFER,
    UNAVAILABLE,
    WAITED_MOST,
    Bool,
    Problem,
    UInt32,
)
from patrol_desk.engine.rules import RULES, duty_points, may_serve, may_serve_both
from patrol_desk.engine.rules.person import Skill, metres, squared_metres

Int64 = NDArray[np.int64]
Int16 = NDArray[np.int16]
Int8 = NDArray[np.int8]

POOLS_NEAR: Final = 24
"""How many of the nearest squads of a checkpoint the search draws from."""

WISH_FACTOR: Final = {UNAVAILABLE: 3, AVOID: 3, FINE: 1, PREFER: 0}


class Points(NamedTuple):
    """The weights which are one number each."""

    desired: int
    load: int
    extra_squad: int
    no_lead: int
    near: int
    change: int


class Lists(NamedTuple):
    """Lists of lists, each as its starts (n + 1,) and its members, for quick draws.

    A pool is a squad, or one person without a squad.
    """

    shift_first: Int64
    shift_people: Int64
    pool_shift_first: Int64
    pool_shift_people: Int64
    near_pools: Int64
    whole_first: Int64
    whole_pools: Int64
    base_first: Int64
    base_task: Int64
    base_times: Int64


class Instance(NamedTuple):
    """The problem for the kernels; P counts only people who can serve or are locked in.

    A slot is one place for one head. Slots are ordered by task, within it by group: group g has `slot_count` slots from
    ``slot_first[g]`` on, and task j those from ``task_first[j]`` to ``task_first[j + 1]``.

    Attributes
    ----------
    person
        (P,) index into the problem's people.
    allowed
        (P, T) 1 where the rules on person and shift allow it.
    price
        (P, T) points of a duty in the shift wherever it is: wish, duty queue, weighted rules of the person alone.
    signature
        (P, D) which set of capabilities the person has that day; row of `fits`.
    fits
        (signatures, K + 1) 1 where the set holds a seat for any (column 0) or for capability k - 1.
    near
        (P, C) hundreds of metres to the checkpoint, rounded down; -1 out of reach.
    clash
        (T, T) 1 where no one may serve in both shifts; 1 on the diagonal.
    fill
        (G,) points of one minimum head.
    reach, teams, runs, spread
        What only some problems have (`core.features`).
    """

    person: Int64
    allowed: Int8
    price: Int64
    signature: Int16
    fits: Int8
    near: Int16
    cap: Int64
    squad: Int64
    pool: Int64
    leads: Int64
    load: Int64
    class_load: Int64
    clash: Int8
    day: Int64
    load_class: Int64
    class_points: Int64
    task_first: Int64
    task_shift: Int64
    task_checkpoint: Int64
    group_task: Int64
    group_wants: Int64
    minimum: Int64
    desired: Int64
    fill: Int64
    slot_first: Int64
    slot_count: Int64
    slot_group: Int64
    slot_task: Int64
    slot_shift: Int64
    slot_checkpoint: Int64
    slot_wants: Int64
    lists: Lists
    points: Points
    cap_day: int
    reach: Reach
    teams: Teams
    runs: Runs
    spread: Spread


def build(problem: Problem) -> Instance:
    """Lay a problem out for the kernels."""
    allowed = may_serve(problem)
    keep = allowed.any(axis=1)
    keep[problem.locked[:, 0]] = True
    person = np.flatnonzero(keep).astype(np.int64)
    allowed = allowed[person]
    people, shifts, demand = problem.people, problem.shifts, problem.demand
    distinct, signature, fits = _signatures(problem, person)
    position = np.full(len(problem.people.ids), -1, dtype=np.int64)
    position[person] = np.arange(len(person))
    squad = people.squad[person].astype(np.int64)
    pool = _pools(squad, len(problem.squads))
    near = _near(problem, person)
    weights = problem.weights
    slots = _slots(problem)
    return Instance(
        person=person,
        allowed=allowed.astype(np.int8),
        price=duty_prices(problem, person),
        signature=signature,
        fits=fits.astype(np.int8),
        near=near,
        cap=people.cap_week[person].astype(np.int64),
        squad=squad,
        pool=pool,
        leads=((people.role[person] != MEMBER) & (squad >= 0)).astype(np.int64),
        load=people.load[person].sum(axis=1, dtype=np.int64),
        class_load=people.load[person].astype(np.int64),
        clash=(~may_serve_both(problem)).astype(np.int8),
        day=shifts.day.astype(np.int64),
        load_class=shifts.load_class.astype(np.int64),
        class_points=np.array(weights.load_class, dtype=np.int64),
        task_shift=demand.task_shift.astype(np.int64),
        task_checkpoint=demand.task_checkpoint.astype(np.int64),
        group_task=demand.group_task.astype(np.int64),
        group_wants=demand.group_capability.astype(np.int64) + 1,
        minimum=demand.minimum.astype(np.int64),
        desired=demand.desired.astype(np.int64),
        fill=np.array(weights.minimum, dtype=np.int64)[demand.task_tier[demand.group_task]],
        lists=_lists(problem, person, position, allowed, pool, near),
        points=Points(*(int(getattr(weights, name)) for name in Points._fields)),
        cap_day=problem.rules.cap_day,
        reach=reach_of(problem),
        teams=teams_of(problem, position, distinct),
        runs=runs_of(problem, person),
        spread=spread_of(problem),
        **slots,
    )


def duty_prices(problem: Problem, person: Int64) -> Int64:
    """Return (n, T) what a duty in each shift costs some people wherever it is: wish, queue, weighted rules."""
    people, weights = problem.people, problem.weights
    factors = np.array([WISH_FACTOR[code] for code in range(PREFER + 1)], dtype=np.int64)
    ahead = WAITED_MOST - people.waited[person][:, problem.shifts.load_class].astype(np.int64)
    price: Int64 = weights.wish * factors[people.availability[person]] + weights.queue * ahead
    points = duty_points(problem)
    return price if points is None else price + points[person]


def _signatures(problem: Problem, person: Int64) -> tuple[UInt32, Int16, Bool]:
    masks = problem.people.capability[person]
    distinct, inverse = np.unique(masks, return_inverse=True)
    skill = next(rule for rule in RULES if isinstance(rule, Skill))
    return distinct, inverse.reshape(masks.shape).astype(np.int16), skill.fits(distinct, len(problem.capabilities))


def _near(problem: Problem, person: Int64) -> Int16:
    """Return (P, C) distances in hundreds of metres, -1 where a rule puts the checkpoint out of reach."""
    home = problem.people.home[person]
    near = np.empty((len(person), len(problem.demand.checkpoints)), dtype=np.int16)
    for checkpoint, place in enumerate(problem.demand.place):
        near[:, checkpoint] = metres(squared_metres(home, place)) // 100
    for rule in RULES:
        mask = rule.person_checkpoint(problem)
        if mask is not None:
            near[~mask[person]] = -1
    return near


def _pools(squad: Int64, squads: int) -> Int64:
    pool = squad.copy()
    alone = np.flatnonzero(squad < 0)
    pool[alone] = squads + np.arange(len(alone))
    return pool


def _slots(problem: Problem) -> dict[str, Int64]:
    """Return the layout of slots; a group has as many as are desired, or locked if those are more."""
    demand = problem.demand
    groups, tasks = len(demand.group_task), len(demand.task_shift)
    locked = np.bincount(problem.locked[:, 1], minlength=groups)
    size = np.maximum(demand.desired, locked).astype(np.int64)
    order = np.argsort(demand.group_task, kind="stable")
    first = np.zeros(groups, dtype=np.int64)
    first[order] = np.cumsum(size[order]) - size[order]
    slot_group = np.repeat(order, size[order]).astype(np.int64)
    slot_task = demand.group_task[slot_group].astype(np.int64)
    return {
        "slot_first": first,
        "slot_count": size,
        "slot_group": slot_group,
        "slot_task": slot_task,
        "slot_shift": demand.task_shift[slot_task].astype(np.int64),
        "slot_checkpoint": demand.task_checkpoint[slot_task].astype(np.int64),
        "slot_wants": demand.group_capability[slot_group].astype(np.int64) + 1,
        "task_first": starts(slot_task, tasks),
    }


def _lists(problem: Problem, person: Int64, position: Int64, allowed: Bool, pool: Int64, near: Int16) -> Lists:
    shifts = allowed.shape[1]
    by_shift, shift_people = np.nonzero(allowed.T)
    who, when = np.nonzero(allowed)
    pools = int(pool.max()) + 1 if len(pool) else 0
    draws = pool[who] * shifts + when
    order = np.argsort(draws, kind="stable")
    base = problem.baseline[position[problem.baseline[:, 0]] >= 0]
    tasks = max(len(problem.demand.task_shift), 1)
    keys, times = np.unique(position[base[:, 0]] * tasks + problem.demand.group_task[base[:, 1]], return_counts=True)
    demand = problem.demand
    need = np.bincount(demand.group_task, demand.minimum, len(demand.task_shift)).astype(np.int64)
    whole_first, whole = whole_pools(
        demand.task_shift.astype(np.int64), demand.task_checkpoint.astype(np.int64), need, (allowed, near, pool)
    )
    return Lists(
        shift_first=starts(by_shift, shifts),
        shift_people=shift_people.astype(np.int64),
        pool_shift_first=starts(draws, pools * shifts),
        pool_shift_people=who[order].astype(np.int64),
        near_pools=_near_pools(problem, person, pool, pools),
        whole_first=whole_first,
        whole_pools=whole,
        base_first=starts(keys // tasks, len(person)),
        base_task=(keys % tasks).astype(np.int64),
        base_times=times.astype(np.int64),
    )


def _near_pools(problem: Problem, person: Int64, pool: Int64, pools: int) -> Int64:
    """Return (C, n) the pools nearest to each checkpoint, nearest first."""
    home = problem.people.home[person].astype(np.float64)
    known = problem.people.home[person, 0] != NO_PLACE
    used = np.unique(pool)
    count = np.maximum(np.bincount(pool[known], minlength=pools), 1)
    centre = np.stack([np.bincount(pool[known], home[known, axis], pools) / count for axis in (0, 1)], axis=1)[used]
    take = min(POOLS_NEAR, len(used))
    nearest = np.zeros((len(problem.demand.checkpoints), take), dtype=np.int64)
    for checkpoint, place in enumerate(problem.demand.place):
        far = ((centre - place) ** 2).sum(axis=1)
        some = np.argpartition(far, take - 1)[:take] if take < len(used) else np.arange(len(used))
        nearest[checkpoint] = used[some[np.argsort(far[some], kind="stable")]]
    return nearest
