"""Problems small enough to try every plan, with every rule in play."""

import numpy as np
from numpy.random import Generator

from patrol_desk.engine.problem import CLASSES, DEPUTY, LEADER, NO_PLACE, Demand, Int32, People, Problem, Rules, Shifts
from patrol_desk.engine.weights import Weights
from patrol_desk.samples.problems.tiny_rules import with_every_rule

_DAYS = 3


def tiny(
    seed: int, *, people: int = 4, shifts: int = 4, checkpoints: int = 2, groups: int = 4, full: bool = False
) -> Problem:
    """Return a small random problem in which every rule can bite.

    Parameters
    ----------
    seed
        The same arguments give the same problem.
    people, shifts, checkpoints, groups
        Sizes; of groups fewer come out when the tasks do not hold so many.
    full
        Whether the rules that a township may soften, pairs, new members, visits, habits, insurance, nights and a moment
        of beginning occur, each in some of the problems. What else there is stays the same.
    """
    rng = np.random.default_rng([seed, people, shifts, checkpoints, groups])
    times = _shifts(shifts, rng)
    demand = _demand(shifts, checkpoints, groups, rng)
    pairs = [(person, group) for person in range(people) for group in range(len(demand.group_task))]
    draw = [pairs[int(row)] for row in rng.permutation(len(pairs))]
    busy = rng.integers(-600, 4_000, (int(rng.integers(0, 2)), 1)) + np.array([[0, 0, 240]])
    busy[:, 0] = rng.integers(0, people, len(busy))
    problem = Problem(
        people=_people(people, shifts, rng),
        shifts=times,
        demand=demand,
        days=_DAYS,
        squads=("s0", "s1"),
        squad_base=np.array([(0, 0), (3_000, 0)], dtype=np.int32),
        capabilities=("leader", "first_aid"),
        rules=Rules(reach_m=4_000, rest_min=int(rng.choice([0, 480, 660])), cap_day=int(rng.choice([1, 1, 2]))),
        weights=Weights(minimum=(3_000, 2_000, 1_000), desired=200, load_class=(3, 12, 8, 12), change=40),
        locked=_some(draw[: int(rng.integers(0, 4))]),
        baseline=_some(draw[3 : 3 + int(rng.integers(0, 4))]),
        busy=busy.astype(np.int32),
    )
    return with_every_rule(problem, np.random.default_rng([seed, people, shifts])) if full else problem


def _shifts(count: int, rng: Generator) -> Shifts:
    start = np.sort(rng.choice(np.arange(0, _DAYS * 1440, 60), count, replace=False)).astype(np.int32)
    end = start + rng.choice([180, 240, 360, 600], count).astype(np.int32)
    kind = rng.integers(0, len(CLASSES), count).astype(np.int8)
    return Shifts(tuple(f"t{number}" for number in range(count)), start, end, (start // 1440).astype(np.int8), kind)


def _people(count: int, shifts: int, rng: Generator) -> People:
    squad = rng.integers(-1, 2, count).astype(np.int32)
    role = np.where(squad < 0, 0, rng.choice([0, 0, DEPUTY, LEADER], count)).astype(np.int8)
    skill = rng.random((count, _DAYS)) < 0.5
    home = rng.integers(0, 5_000, (count, 2))
    home[rng.random(count) < 0.1] = NO_PLACE
    return People(
        ids=tuple(f"p{number}" for number in range(count)),
        squad=squad,
        role=role,
        on_roster=rng.random(count) < 0.9,
        capability=((role >= DEPUTY).astype(np.uint32)[:, None] | skill.astype(np.uint32) << np.uint32(1)),
        home=home.astype(np.int32),
        cap_week=rng.integers(0, 4, count).astype(np.int8),
        load=rng.integers(0, 4, (count, len(CLASSES))).astype(np.int32),
        availability=rng.choice([0, 1, 2, 3], (count, shifts), p=(0.25, 0.25, 0.25, 0.25)).astype(np.int8),
        leave=rng.random((count, shifts)) < 0.1,
    )


def _demand(shifts: int, checkpoints: int, groups: int, rng: Generator) -> Demand:
    cells = rng.permutation(shifts * checkpoints)[: max(1, groups * 2 // 3)]
    task = np.repeat(np.arange(len(cells)), 3)
    capability = np.tile([-1, 0, 1], len(cells))
    first = np.flatnonzero(capability < 0)
    others = rng.permutation(np.flatnonzero(capability >= 0))[: max(0, groups - len(first))]
    kept = np.sort(np.concatenate([first, others]))
    minimum = rng.integers(0, 3, len(kept))
    place = rng.integers(0, 5_000, (checkpoints, 2))
    place[rng.random(checkpoints) < 0.1] = NO_PLACE
    return Demand(
        checkpoints=tuple(f"c{number}" for number in range(checkpoints)),
        place=place.astype(np.int32),
        task_checkpoint=(cells // shifts).astype(np.int32),
        task_shift=(cells % shifts).astype(np.int32),
        task_tier=rng.integers(0, 3, len(cells)).astype(np.int8),
        group_task=task[kept].astype(np.int32),
        group_capability=capability[kept].astype(np.int8),
        minimum=minimum.astype(np.int32),
        desired=(minimum + rng.integers(0, 2, len(kept))).astype(np.int32),
    )


def _some(pairs: list[tuple[int, int]]) -> Int32:
    return np.array(sorted(pairs), dtype=np.int32).reshape(-1, 2)
