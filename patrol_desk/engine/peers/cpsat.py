"""Plain CP-SAT: one boolean for each person and seat group, every rule a constraint, the objective as it stands.

Left out of its objective, since a linear model of them would be larger than all the rest: leaders among the largest
squad, blind hours, and rules that are kept only as far as possible. The checker judges its plans by the whole.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from ortools.sat.python import cp_model

from patrol_desk.engine.parts import CLASSES, FINE, PREFER, WAITED_MOST
from patrol_desk.engine.peers.arcs import Arcs, arcs_of
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import HARD, Bool, Int32, Problem
from patrol_desk.engine.rules import may_serve_both

MOST_BOOLEANS: Final = 1_000_000
"""Pairs of person and seat group beyond which each group keeps its nearest people: more do not fit the memory."""

MEMORY_MB: Final = 6_000

Variable = cp_model.IntVar

Terms = list[tuple[Variable, int]]
"""Variables and their points in the objective."""


@dataclass(frozen=True, slots=True, eq=False)
class PlainAnswer:
    """What plain CP-SAT found.

    Parameters
    ----------
    plan
        Its best plan; the locked pairs alone when it found none.
    status
        Its own word, in lower case: optimal, feasible, infeasible, unknown.
    booleans
        Pairs of person and seat group in the model.
    each
        People that each group kept; 0 for all.
    """

    plan: Plan
    status: str
    booleans: int
    each: int


def solve_plainly(problem: Problem, seconds: float, workers: int = 2, most: int = MOST_BOOLEANS) -> PlainAnswer:
    """Model the whole problem, solve it for so many seconds (not counting the making of the model), and answer.

    Parameters
    ----------
    problem
        What is to be planned.
    seconds, workers
        Time limit and threads of CP-SAT.
    most
        Most pairs of person and seat group.
    """
    arcs = arcs_of(problem, most)
    model = _Model(problem, arcs)
    model.build()
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.max_memory_in_mb = MEMORY_MB
    status = solver.solve(model.cp)
    rows = np.unique(problem.locked, axis=0)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        taken = np.array([solver.boolean_value(chosen) for chosen in model.chosen], dtype=np.bool_)
        rows = np.column_stack([arcs.person, arcs.group])[taken]
    rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))].astype(np.int32).reshape(-1, 2)
    return PlainAnswer(Plan(rows), solver.status_name(status).lower(), len(arcs.person), arcs.each)


@dataclass(eq=False)
class _Model:
    """The model under construction.

    Parameters
    ----------
    problem, arcs
        What is modelled, over which pairs.
    chosen
        (N,) one boolean for each pair.
    serves
        (person, shift) → boolean: serves in the shift.
    """

    problem: Problem
    arcs: Arcs
    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    chosen: list[Variable] = field(default_factory=list)
    serves: dict[tuple[int, int], Variable] = field(default_factory=dict)
    terms: Terms = field(default_factory=list)

    def build(self) -> None:
        """Make variables, constraints and objective."""
        self.chosen = [self.cp.new_bool_var("") for _ in range(len(self.arcs.person))]
        self._shifts()
        self._seats()
        self._duties()
        self._streaks()
        self._teams()
        self._locked()
        self._visits()
        self._single_costs()
        self.cp.minimize(cp_model.LinearExpr.weighted_sum([v for v, _ in self.terms], [c for _, c in self.terms]))

    def _shifts(self) -> None:
        """Tie each pair to whether its person serves in its shift; nobody serves in two patrols of one shift."""
        within: dict[tuple[int, int], list[Variable]] = defaultdict(list)
        for person, shift, chosen in zip(self.arcs.person.tolist(), self.arcs.shift.tolist(), self.chosen, strict=True):
            within[person, shift].append(chosen)
        for key, own in within.items():
            self.serves[key] = self.cp.new_bool_var("")
            self.cp.add(cp_model.LinearExpr.sum(own) == self.serves[key])

    def _seats(self) -> None:
        """No group takes more heads than desired; missing ones cost what their tier or the wish says."""
        demand, weights = self.problem.demand, self.problem.weights
        heads = _by(self.arcs.group.tolist(), self.chosen)
        locked = np.bincount(np.unique(self.problem.locked, axis=0)[:, 1], minlength=len(demand.group_task))
        for group in np.flatnonzero(demand.desired > 0).tolist():
            minimum, desired = int(demand.minimum[group]), int(demand.desired[group])
            missing = self.cp.new_int_var(0, minimum, "")
            wished = self.cp.new_int_var(0, desired - minimum, "")
            held = cp_model.LinearExpr.sum(heads[group]) if group in heads else 0
            self.cp.add(held + missing >= minimum)
            self.cp.add(held + missing + wished >= desired)
            self.cp.add(held <= max(desired, int(locked[group])))
            self.terms += [(missing, weights.minimum[demand.task_tier[demand.group_task[group]]])]
            self.terms += [(wished, weights.desired)]

    def _duties(self) -> None:
        """Caps, rest and load of each person."""
        rules, shifts = self.problem.rules, self.problem.shifts
        both = may_serve_both(self.problem)
        day = shifts.day.tolist()
        for person, own in self._own_shifts().items():
            days: dict[int, list[Variable]] = defaultdict(list)
            for place, shift in enumerate(own):
                days[day[shift]].append(self.serves[person, shift])
                for other in own[place + 1 :]:
                    if not both[shift, other]:
                        self.cp.add_at_most_one([self.serves[person, shift], self.serves[person, other]])
            for duties in days.values():
                if len(duties) > rules.cap_day:
                    self.cp.add(cp_model.LinearExpr.sum(duties) <= rules.cap_day)
            self._load(person, own)

    def _own_shifts(self) -> dict[int, list[int]]:
        own: dict[int, list[int]] = defaultdict(list)
        for person, shift in sorted(self.serves):
            own[person].append(shift)
        return own

    def _load(self, person: int, own: list[int]) -> None:
        """Cap the week; load grows by rising steps, in all and per class."""
        people, weights = self.problem.people, self.problem.weights
        before, kind = people.load[person].tolist(), self.problem.shifts.load_class
        cap = int(people.cap_week[person])
        self._steps([self.serves[person, shift] for shift in own], cap, sum(before), weights.load)
        for number in range(len(CLASSES)):
            duties = [self.serves[person, shift] for shift in own if kind[shift] == number]
            self._steps(duties, cap, before[number], weights.load_class[number])

    def _steps(self, duties: list[Variable], cap: int, before: int, points: int) -> None:
        """Let duties be as many as steps; the k-th costs points × ((before + k)² - (before + k - 1)²)."""
        if not duties:
            return
        steps = [self.cp.new_bool_var("") for _ in range(min(cap, len(duties)))]
        self.cp.add(cp_model.LinearExpr.sum(duties) == cp_model.LinearExpr.sum(steps))
        self.terms += [(step, points * (2 * (before + number) + 1)) for number, step in enumerate(steps)]

    def _streaks(self) -> None:
        """Bound the days in a row, and the days with a night in a row, where the rule is hard."""
        rules, shifts = self.problem.rules, self.problem.shifts
        every = np.ones(len(shifts.ids), dtype=np.bool_)
        start = self.problem.busy[:, 1]
        busy_night = (start % 1440 >= 1320) | (start % 1440 < 300)
        kinds = (
            (rules.consecutive, rules.consecutive_days, every, np.ones(len(start), dtype=np.bool_)),
            (rules.nights, rules.nights_in_row, shifts.night, busy_night),
        )
        for strength, most, counts, busy in kinds:
            if strength == HARD and most > 0:
                self._streak(most, counts, self.problem.busy[busy])

    def _streak(self, most: int, counts: Bool, busy: Int32) -> None:
        """Let no `most` + 1 days in a row all hold a duty; (T,) which shifts count, (K, 3) which busy rows do."""
        day = self.problem.shifts.day
        taken: dict[int, set[int]] = defaultdict(set)
        for person, start, _ in busy.tolist():
            taken[person].add(start // 1440)
        for person, own in self._own_shifts().items():
            days: dict[int, list[Variable]] = defaultdict(list)
            for shift in own:
                if counts[shift]:
                    days[int(day[shift])].append(self.serves[person, shift])
            used = {number: self._any(duties) for number, duties in days.items()}
            for first in range(-most, self.problem.days):
                window = range(first, first + most + 1)
                asked = [used[number] for number in window if number in used and number not in taken[person]]
                given = sum(number in taken[person] for number in window)
                if asked and len(asked) + given > most:
                    self.cp.add(cp_model.LinearExpr.sum(asked) <= max(most - given, 0))

    def _any(self, duties: list[Variable]) -> Variable:
        """Return a boolean that is true when one of them is."""
        if len(duties) == 1:
            return duties[0]
        found = self.cp.new_bool_var("")
        self.cp.add_max_equality(found, duties)
        return found

    def _teams(self) -> None:
        """Rules and cost of who is in a patrol together."""
        problem, people = self.problem, self.problem.people
        kinds = problem.rules.kinds
        squad = people.squad.astype(np.int64)
        squad = np.where(squad >= 0, squad, len(problem.squads) + np.arange(len(squad)))
        teams: dict[int, list[int]] = defaultdict(list)
        for arc, task in enumerate(self.arcs.task.tolist()):
            teams[task].append(arc)
        for task, members in teams.items():
            kind = kinds[int(problem.demand.kind[problem.demand.task_checkpoint[task]])]
            there = _by(self.arcs.person[members].tolist(), [self.chosen[arc] for arc in members])
            if kind.novice == HARD:
                self._novices(there)
            self._pairs(there)
            of_squad = _by(squad[self.arcs.person[members]].tolist(), [self.chosen[arc] for arc in members])
            self._cohesion(list(of_squad.values()))

    def _novices(self, there: dict[int, list[Variable]]) -> None:
        """Let a novice serve only beside somebody who is none."""
        novice = self.problem.people.novice
        old = [chosen for person, own in there.items() if not novice[person] for chosen in own]
        for person, own in there.items():
            if novice[person]:
                for chosen in own:
                    self.cp.add_bool_or([*old, chosen.negated()])

    def _pairs(self, there: dict[int, list[Variable]]) -> None:
        """Keep apart and together the pairs of whom both, or one, could be there."""
        rules = self.problem.rules
        if rules.apart == HARD:
            for one, other in self.problem.apart.tolist():
                if one in there and other in there:
                    self.cp.add_at_most_one([*there[one], *there[other]])
        if rules.together == HARD:
            for one, other in self.problem.together.tolist():
                if one in there or other in there:
                    self.cp.add(_total(there.get(one)) == _total(there.get(other)))

    def _cohesion(self, squads: list[list[Variable]]) -> None:
        """Let each squad beyond the first cost."""
        if len(squads) < 2 or self.problem.weights.extra_squad == 0:
            return
        used = []
        for members in squads:
            present = self.cp.new_bool_var("")
            self.cp.add(cp_model.LinearExpr.sum(members) <= len(members) * present)
            used.append(present)
        extra = self.cp.new_int_var(0, len(squads), "")
        self.cp.add(cp_model.LinearExpr.sum(used) <= 1 + extra)
        self.terms.append((extra, self.problem.weights.extra_squad))

    def _locked(self) -> None:
        """Fix the locked pairs."""
        locked = set(map(tuple, self.problem.locked.tolist()))
        for person, group, chosen in zip(self.arcs.person.tolist(), self.arcs.group.tolist(), self.chosen, strict=True):
            if (person, group) in locked:
                self.cp.add(chosen == 1)

    def _visits(self) -> None:
        """Count the visits that checkpoints of low demand lack."""
        demand, points = self.problem.demand, self.problem.weights.visit
        heads = _by(self.arcs.task.tolist(), self.chosen)
        for place in np.flatnonzero(demand.visits > 0).tolist():
            seen = []
            for task in np.flatnonzero(demand.task_checkpoint == place).tolist():
                if task in heads:
                    seen.append(self.cp.new_bool_var(""))
                    self.cp.add(cp_model.LinearExpr.sum(heads[task]) >= seen[-1])
            lacking = self.cp.new_int_var(0, int(demand.visits[place]), "")
            self.cp.add(cp_model.LinearExpr.sum([*seen, lacking]) >= int(demand.visits[place]))
            self.terms.append((lacking, points))

    def _single_costs(self) -> None:
        """Charge each pair its way, wish, turn and habit, and thank it for keeping the baseline."""
        problem, arcs, weights = self.problem, self.arcs, self.problem.weights
        wish = problem.people.availability[arcs.person, arcs.shift]
        turn = WAITED_MOST - problem.people.waited[arcs.person, problem.shifts.load_class[arcs.shift]].astype(np.int64)
        cost = weights.near * (arcs.way.astype(np.int64) // 100) + weights.queue * turn
        cost += weights.wish * np.where(wish >= PREFER, 0, np.where(wish == FINE, 1, 3))
        habit = {(squad, task): times for squad, task, times in problem.habit.tolist()}
        squad = problem.people.squad[arcs.person].tolist()
        kept: dict[tuple[int, int], int] = defaultdict(int)
        for person, group in problem.baseline.tolist():
            kept[person, int(problem.demand.group_task[group])] += 1
        rows = zip(arcs.person.tolist(), squad, arcs.task.tolist(), cost.tolist(), self.chosen, strict=True)
        for person, own, task, points, chosen in rows:
            known = weights.habit * habit.get((own, task), 0) - weights.change * kept.get((person, task), 0)
            self.terms.append((chosen, points + known))


def _by(keys: list[int], variables: list[Variable]) -> dict[int, list[Variable]]:
    """Return the variables by key."""
    found: dict[int, list[Variable]] = defaultdict(list)
    for key, variable in zip(keys, variables, strict=True):
        found[key].append(variable)
    return dict(found)


def _total(variables: list[Variable] | None) -> cp_model.LinearExprT:
    return cp_model.LinearExpr.sum(variables) if variables else 0
