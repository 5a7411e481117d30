"""Problems for the engine's tests: townships of any size in a few lines, and tiny ones written out."""

from dataclasses import dataclass

import numpy as np

from patrol_desk.engine.problem import Demand, People, Problem, Rules, Shifts
from patrol_desk.engine.weights import Weights

FOUR_SHIFTS = ((7, 13), (13, 19), (19, 22), (22, 26))


@dataclass(frozen=True)
class Size:
    """How large a generated township is and how scarce its people are."""

    people: int = 40
    squads: int = 3
    checkpoints: int = 5
    days: int = 3
    seats: int = 60
    extent_m: int = 4000
    caps: tuple[int, ...] = (1, 2, 3, 4)
    available: float = 0.35
    rest_min: int = 480
    reach_m: int = 6000
    cap_day: int = 1
    typed: float = 0.4
    locked: float = 0.0


TOWNSHIP = Size(8500, 330, 364, 7, 15000, 14000, available=0.3)


def make_shifts(days: int, hours: tuple[tuple[int, int], ...] = FOUR_SHIFTS) -> Shifts:
    """Return the same shifts for each day, from and to in hours."""
    start = np.array([(24 * day + begin) * 60 for day in range(days) for begin, _ in hours], dtype=np.int32)
    end = np.array([(24 * day + finish) * 60 for day in range(days) for _, finish in hours], dtype=np.int32)
    day = np.repeat(np.arange(days), len(hours)).astype(np.int8)
    night = np.tile([1 if begin >= 19 else 0 for begin, _ in hours], days)
    kind = np.where(day % 7 >= 5, 2, night).astype(np.int8)
    return Shifts(tuple(f"d{d}s{n}" for d in range(days) for n in range(len(hours))), start, end, day, kind)


def make_people(rng: np.random.Generator, size: Size, shifts: int) -> tuple[People, np.ndarray]:
    """Return people around the bases of their squads, and the bases."""
    base = rng.integers(0, size.extent_m, (max(size.squads, 1), 2))
    squad = rng.integers(0, size.squads, size.people).astype(np.int32) if size.squads else np.full(size.people, -1, np.int32)
    home = base[np.maximum(squad, 0)] + rng.normal(0, 500, (size.people, 2))
    role = np.where(rng.random(size.people) < 0.08, rng.integers(1, 3, size.people), 0).astype(np.int8)
    skills = (rng.random((size.people, 2)) < (0.2, 0.15)) @ np.array([2, 4])
    capability = np.repeat(((role > 0) + skills).astype(np.uint32)[:, None], size.days, axis=1)
    wish = rng.choice([1, 2, 3], (size.people, shifts), p=[0.15, 0.6, 0.25])
    people = People(
        ids=tuple(f"p{n}" for n in range(size.people)),
        squad=squad,
        role=np.where(squad >= 0, role, 0).astype(np.int8),
        on_roster=rng.random(size.people) < 0.9,
        capability=capability,
        home=home.astype(np.int32),
        cap_week=rng.choice(size.caps, size.people).astype(np.int8),
        load=rng.integers(0, 3, (size.people, 4)).astype(np.int32),
        availability=np.where(rng.random((size.people, shifts)) < size.available, wish, 0).astype(np.int8),
        leave=rng.random((size.people, shifts)) < 0.03,
    )
    return people, base[: size.squads].astype(np.int32)


def make_demand(rng: np.random.Generator, size: Size, shifts: int) -> Demand:
    """Return seats in tasks of two to four heads, some typed."""
    pairs = rng.permutation(size.checkpoints * shifts)
    rows: list[tuple[int, int, int, int]] = []
    tasks: list[int] = []
    seats = 0
    for pair in pairs:
        if seats >= size.seats:
            break
        heads = int(rng.integers(2, 5))
        typed = int(rng.integers(0, 3)) if rng.random() < size.typed else -1
        task = len(tasks)
        tasks.append(int(pair))
        if typed >= 0:
            rows.append((task, typed, 1, 1))
            heads -= 1
        rows.append((task, -1, heads, heads + int(rng.random() < 0.1)))
        seats += heads + (typed >= 0)
    table = np.array(rows, dtype=np.int32).reshape(-1, 4)
    task = np.array(tasks, dtype=np.int32)
    return Demand(
        checkpoints=tuple(f"c{n}" for n in range(size.checkpoints)),
        place=rng.integers(0, size.extent_m, (size.checkpoints, 2)).astype(np.int32),
        task_checkpoint=(task // shifts).astype(np.int32),
        task_shift=(task % shifts).astype(np.int32),
        task_tier=rng.integers(0, 3, len(task)).astype(np.int8),
        group_task=table[:, 0].copy(),
        group_capability=table[:, 1].astype(np.int8),
        minimum=table[:, 2].copy(),
        desired=table[:, 3].copy(),
    )


def make_problem(seed: int, size: Size = Size(), weights: Weights | None = None) -> Problem:
    """Return a generated township; the same arguments give the same problem."""
    rng = np.random.default_rng(seed)
    shifts = make_shifts(size.days)
    count = len(shifts.ids)
    people, base = make_people(rng, size, count)
    demand = make_demand(rng, size, count)
    return Problem(
        people=people,
        shifts=shifts,
        demand=demand,
        days=size.days,
        squads=tuple(f"s{n}" for n in range(size.squads)),
        squad_base=base,
        capabilities=("leader", "first_aid", "driver"),
        rules=Rules(size.reach_m, size.rest_min, size.cap_day),
        weights=weights or Weights(),
    )
