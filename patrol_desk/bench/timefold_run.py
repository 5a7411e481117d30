"""Hands a planning problem to Timefold, and takes its plan back."""

from dataclasses import replace
from typing import Final

import numpy as np
from timefold.solver import SolverFactory
from timefold.solver.config import (
    Duration,
    EnvironmentMode,
    ScoreDirectorFactoryConfig,
    SolverConfig,
    TerminationConfig,
)

from patrol_desk.bench.timefold_model import Roster, Seat, Volunteer, rules_and_wishes
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import FINE, HARD, NO_PLACE, PREFER, WAITED_MOST, Int32, Problem
from patrol_desk.engine.rules import may_serve, may_serve_both

SEARCH_ONLY: Final = '<solver xmlns="https://timefold.ai/xsd/solver"><localSearch/></solver>'
"""Without the construction, which would try every person in every empty seat before the search begins."""


def improve(problem: Problem, start: Plan, seconds: float) -> Plan:
    """Improve a plan for so many seconds and return the best one that keeps the rules as modelled."""
    config = SolverConfig(
        solution_class=Roster,
        entity_class_list=[Seat],
        environment_mode=EnvironmentMode.NON_REPRODUCIBLE,
        score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=rules_and_wishes),
        termination_config=TerminationConfig(spent_limit=Duration(milliseconds=round(seconds * 1000))),
        xml_source_text=SEARCH_ONLY,
    )
    solver = SolverFactory.create(config).build_solver()
    found = solver.solve(to_roster(problem, start))
    rows = sorted((seat.holder.index, seat.group) for seat in found.seats if seat.holder is not None)
    return Plan(np.array(rows, dtype=np.int32).reshape(-1, 2))


def to_roster(problem: Problem, start: Plan) -> Roster:
    """Return the problem with the plan to begin from."""
    volunteers = _volunteers(problem)
    holders: dict[int, list[int]] = {}
    for person, group in start.assignments.tolist():
        holders.setdefault(group, []).append(person)
    locked = set(map(tuple, problem.locked.tolist()))
    seats: list[Seat] = []
    for seat in _seats(problem, holders):
        own = holders.get(seat.group, [])
        person = own.pop() if own else -1
        holder = volunteers[person] if person >= 0 else None
        seats.append(replace(seat, id=len(seats), pinned=(person, seat.group) in locked, holder=holder))
    return Roster(volunteers, seats)


def _volunteers(problem: Problem) -> list[Volunteer]:
    people, rules, shifts = problem.people, problem.rules, problem.shifts
    may = _bits(may_serve(problem))
    wish = problem.weights.wish * np.where(
        people.availability >= PREFER, 0, np.where(people.availability == FINE, 1, 3)
    )
    burden = wish + problem.weights.queue * (WAITED_MOST - people.waited[:, shifts.load_class].astype(np.int64))
    partner, apart = _other(problem.together), _other(problem.apart)
    placed = (people.home != NO_PLACE).all(axis=1)
    rows = zip(
        people.cap_week.tolist(), people.load.sum(axis=1).tolist(), may, people.capability.tolist(), burden.tolist(),
        people.home.tolist(), placed.tolist(), people.novice.tolist(), strict=True,
    )  # fmt: skip
    days = rules.consecutive_days if rules.consecutive == HARD else 0
    nights = rules.nights_in_row if rules.nights == HARD else 0
    return [
        Volunteer(
            index=index,
            squad=int(people.squad[index]) if people.squad[index] >= 0 else len(problem.squads) + index,
            cap=cap, before=before, may=mask, abilities=abilities, burden=points, east=home[0], north=home[1],
            placed=known, novice=novice, partner=partner.get(index, -1), apart=apart.get(index, -1),
            days_most=days, nights_most=nights,
        )
        for index, (cap, before, mask, abilities, points, home, known, novice) in enumerate(rows)
    ]  # fmt: skip


def _seats(problem: Problem, holders: dict[int, list[int]]) -> list[Seat]:
    """Return the seats, the minimum's before the desired ones; locked heads beyond the desired have theirs too."""
    demand, shifts, weights, rules = problem.demand, problem.shifts, problem.weights, problem.rules
    clashes = _bits(~may_serve_both(problem))
    found: list[Seat] = []
    for group, task in enumerate(demand.group_task.tolist()):
        shift, checkpoint = int(demand.task_shift[task]), int(demand.task_checkpoint[task])
        place, kind = demand.place[checkpoint].tolist(), int(demand.kind[checkpoint])
        reach = rules.reach_of(kind) if rules.kinds[kind].reach == HARD else 2**20
        minimum = int(demand.minimum[group])
        for number in range(max(int(demand.desired[group]), len(holders.get(group, [])))):
            seat = Seat(
                id=0, group=group, task=task, shift=shift, day=int(shifts.day[shift]),
                bit=int(demand.group_capability[group]),
                points=weights.minimum[demand.task_tier[task]] if number < minimum else weights.desired,
                clashes=clashes[shift], east=place[0], north=place[1], placed=NO_PLACE not in place,
                reach=reach * reach, night=bool(shifts.night[shift]),
                guards_novices=rules.kinds[kind].novice == HARD, near=weights.near, load=weights.load,
                extra_squad=weights.extra_squad, pinned=False,
            )  # fmt: skip
            found.append(seat)
    return found


def _other(pairs: Int32) -> dict[int, int]:
    """Return each person's counterpart; the model knows of one."""
    return {one: other for pair in pairs.tolist() for one, other in (pair, pair[::-1])}


def _bits(table: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> list[int]:
    """Return each row of a table as one number, column k in bit k."""
    return [sum(1 << column for column, true in enumerate(row) if true) for row in table.tolist()]
