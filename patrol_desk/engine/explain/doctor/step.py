"""One thing that gives way, as a change of the problem and of the data behind it."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from patrol_desk.engine.explain.doctor import seats
from patrol_desk.engine.problem import FINE, KindRules, Problem, Rules
from patrol_desk.engine.settings import RuleDefault, defaults

WEIGHTED = "weighted"
"""Strength of a rule that is kept as far as possible."""


@dataclass(frozen=True, slots=True)
class DataChange:
    """What would have to be written so that the problem changes.

    Parameters
    ----------
    table
        ``person``, ``certificate``, ``availability``, ``leave``, ``rule``, ``demand`` or ``assignment``.
    ids
        Codes of the people; or the rule's own code, and after it the kind of checkpoint for which it is set; or the
        codes of a seat: checkpoint, shift, capability (empty for any), for an assignment after the person's.
    field
        What changes: ``weekly_cap``, ``activity_class``, ``skill``, ``shift``, ``number``, ``strength``, ``held`` or
        ``open`` (heads more that the neighbour holds, or that are knowingly left open) or ``locked``.
    value
        The new value.
    """

    table: str
    ids: tuple[str, ...]
    field: str
    value: int | str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that gives way.

    Parameters
    ----------
    rule
        Id of the rule, as explanations know it.
    people
        Indices of the people it concerns; none for a rule of the township.
    shifts
        One shift for each of them where people are asked about a shift.
    amount
        Duties more for caps, the new reach in metres, the new rest in minutes, the capability, or points of a softened
        rule.
    kind
        Kind of checkpoint for which a rule gives way, -1 for all.
    soften
        Whether the rule becomes a weighted one.
    groups, heads
        Seat groups, one for each of the people where a duty is meant; heads of each where its demand gives way.
    """

    rule: str
    people: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()
    amount: int = 0
    kind: int = -1
    soften: bool = False
    groups: tuple[int, ...] = ()
    heads: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """A name by which the step is known among those of one plan."""
        names = [self.rule, *(["soft"] if self.soften else []), *([f"kind{self.kind}"] if self.kind >= 0 else [])]
        if self.rule == "skill":
            names.append(str(self.amount))
        if self.rule == seats.SQUAD:
            names.append(str(min(self.people)))
        return ".".join(names)

    def apply_to(self, problem: Problem) -> Problem:
        """Return the problem in which it has given way."""
        if self.groups:
            return seats.apply_to(problem, self.rule, (self.people, self.groups, self.heads))
        if not self.people:
            return replace(problem, rules=self._rules(problem.rules))
        people, chosen = problem.people, list(self.people)
        if self.rule == "week_cap":
            cap = people.cap_week.copy()
            cap[chosen] += self.amount
            return replace(problem, people=replace(people, cap_week=cap))
        if self.rule == "status":
            roster = people.on_roster.copy()
            roster[chosen] = True
            return replace(problem, people=replace(people, on_roster=roster))
        if self.rule == "skill":
            held = people.capability.copy()
            held[chosen] |= np.uint32(1 << self.amount)
            return replace(problem, people=replace(people, capability=held))
        wish, leave = people.availability.copy(), people.leave.copy()
        if self.rule == "availability":
            wish[chosen, list(self.shifts)] = FINE
        else:
            leave[chosen, list(self.shifts)] = False
        return replace(problem, people=replace(people, availability=wish, leave=leave))

    def _of_seats(self, problem: Problem) -> tuple[DataChange, ...]:
        names = [seats.codes(problem, group) for group in self.groups]
        if self.people:
            value = int(self.rule == seats.SQUAD)
            who = [problem.people.ids[person] for person in self.people]
            pairs = zip(who, names, strict=True)
            return tuple(DataChange("assignment", (code, *seat), "locked", value) for code, seat in pairs)
        field = "held" if self.rule == seats.NEIGHBOUR else "open"
        return tuple(DataChange("demand", seat, field, n) for seat, n in zip(names, self.heads, strict=True))

    def _rules(self, rules: Rules) -> Rules:
        if self.rule == "reach" and self.kind < 0:
            return replace(rules, reach_m=self.amount)
        if self.rule == "reach":
            return _of_kind(rules, self.kind, replace(rules.kinds[self.kind], reach_m=self.amount))
        if self.rule == "novice":
            return _of_kind(rules, self.kind, replace(rules.kinds[self.kind], novice=self.amount))
        if self.soften:
            strength: dict[str, Any] = {strength_of(self.rule): self.amount}
            return replace(rules, **strength)
        return replace(rules, rest_min=self.amount)

    def changes(self, problem: Problem) -> tuple[DataChange, ...]:
        """Return what would have to be written."""
        if self.groups:
            return self._of_seats(problem)
        return self._of_people(problem) if self.people else (self._of_rule(problem),)

    def _of_people(self, problem: Problem) -> tuple[DataChange, ...]:
        codes = tuple(problem.people.ids[person] for person in self.people)
        if self.rule == "week_cap":
            caps = problem.people.cap_week[list(self.people)].tolist()
            return tuple(
                DataChange("person", (code,), "weekly_cap", cap + self.amount)
                for code, cap in zip(codes, caps, strict=True)
            )
        if self.rule == "status":
            return (DataChange("person", codes, "activity_class", "weekly"),)
        if self.rule == "skill":
            return (DataChange("certificate", codes, "skill", problem.capabilities[self.amount]),)
        shifts = problem.shifts.ids
        return tuple(
            DataChange(self.rule, (code,), "shift", shifts[shift])
            for code, shift in zip(codes, self.shifts, strict=True)
        )

    def _of_rule(self, problem: Problem) -> DataChange:
        kind = (problem.rules.kinds[self.kind].name,) if self.kind >= 0 else ()
        ids = (default_of(self.rule).code, *kind)
        if self.soften:
            return DataChange("rule", ids, "strength", WEIGHTED)
        return DataChange("rule", ids, "number", self.amount)


def default_of(rule: str) -> RuleDefault:
    """Return what the township may set of a rule."""
    return next(default for default in defaults().rules.values() if default.rule == rule)


def strength_of(rule: str) -> str:
    """Return the field of `Rules` that holds the strength of a rule of the township."""
    return {"consecutive_days": "consecutive", "nights_in_row": "nights"}.get(rule, rule)


def _of_kind(rules: Rules, kind: int, changed: KindRules) -> Rules:
    return replace(rules, kinds=(*rules.kinds[:kind], changed, *rules.kinds[kind + 1 :]))
