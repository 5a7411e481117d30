"""A week's plan under rules that are not in force yet: how many duties would break which rule, and which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from patrol_desk.common.actor import Actor
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Bool, Int32
from patrol_desk.engine.rules import RULES, Case
from patrol_desk.engine.settings import Override, defaults, resolve
from patrol_desk.models import Checkpoint, Person
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.problem import WeekProblem, build_problem
from patrol_desk.services.settings.hits import MADE_HARD, duties_against
from patrol_desk.services.shift_words import dated_shift
from patrol_desk.services.station import Station
from patrol_desk.storage import bulk
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.rows import SeatRow
from patrol_desk.storage.reads.settings import KINDS, read_overrides
from patrol_desk.storage.reads.week import WeekData, read_week
from patrol_desk.storage.session import Session

MOST_SHOWN: Final = 500
"""Duties that a trial names; it counts all."""

Line = tuple[str, str | None]
"""Code of a rule and kind of checkpoint, None for the whole township."""


@dataclass(frozen=True, slots=True, eq=False)
class WeekTrial:
    """A week's newest version, read once to be held against any rules.

    Parameters
    ----------
    week, number, state
        Which version; the number is 0 and there are no seats when the week has no plan.
    data, seats
        What it rests on.
    overrides
        The rules in force.
    names
        Record id of a person or checkpoint → name.
    """

    week: Week
    number: int
    state: str
    data: WeekData
    seats: Sequence[SeatRow]
    overrides: tuple[Override, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BrokenDuty:
    """One duty that breaks the rule on trial.

    Parameters
    ----------
    person, place, shift
        In words.
    checkpoint_id, pattern_id, on_date
        Of its cell on the roster.
    sentence
        The rule's, as every other way in says it.
    """

    id: str
    person: str
    place: str
    shift: Message
    checkpoint_id: str
    pattern_id: str
    on_date: date
    sentence: Message


@dataclass(frozen=True, slots=True)
class Outcome:
    """What rules on trial would do.

    Parameters
    ----------
    now, then
        Rule line → duties that break it with the numbers in force, and with those on trial.
    duties
        All duties of the version.
    lost
        Duties that would have no seat any more.
    broken
        Duties that would break the rule asked for, at most `MOST_SHOWN`.
    by_shift
        Their number by shift name.
    """

    now: Mapping[Line, int]
    then: Mapping[Line, int]
    duties: int
    lost: int
    broken: tuple[BrokenDuty, ...]
    by_shift: Mapping[str, int]


@permitted(Permission.PLAN_READ)
def open_trial(station: Station, actor: Actor, week: Week) -> WeekTrial:
    """Return the newest version of a week's plan with all it rests on, read in one transaction."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        versions = planning.versions_of(session, str(week))
        seats = planning.assignments_of(session, versions[0].id) if versions else []
        data = read_week(session, week, {seat.person_id for seat in seats})
        names = _names(session, seats)
        number, state = (versions[0].number, versions[0].state.value) if versions else (0, "")
        return WeekTrial(week, number, state, data, seats, tuple(read_overrides(session, week.monday)), names)


@permitted(Permission.PLAN_READ)
def try_rules(
    station: Station, actor: Actor, trial: WeekTrial, changed: Sequence[Override] = (), about: Line | None = None
) -> Outcome:
    """Return what rules on trial would do to a week's plan; nothing is written.

    Parameters
    ----------
    station, actor
        Who asks, and where.
    trial
        The plan.
    changed
        What would be set, each in place of what is set for its code and kind; all can be right (`fault_of`).
    about
        The rule whose broken duties are named.
    """
    del station, actor  # the permission is all that depends on who asks
    then = hold(trial, changed)
    after = then.counts()
    now = after if not changed else hold(trial, ()).counts()
    broken, by_shift = then.named(about) if about is not None else ((), {})
    return Outcome(now, after, len(trial.seats), len(trial.seats) - len(then.pairs), broken, by_shift)


@dataclass(frozen=True, slots=True, eq=False)
class HeldWeek:
    """A plan before rules: which duty breaks which."""

    trial: WeekTrial
    week_problem: WeekProblem
    pairs: Int32
    against: Mapping[str, Bool]

    def counts(self) -> dict[Line, int]:
        """Return how many duties break each rule, over the township and at each kind of checkpoint."""
        found: dict[Line, int] = {}
        kind = self._kinds()
        for code, mask in self.against.items():
            found[code, None] = int(mask.sum())
            if defaults().rules[code].by_kind:
                for place, name in enumerate(KINDS):
                    found[code, name] = int((mask & (kind == place)).sum())
        return found

    def named(self, about: Line) -> tuple[tuple[BrokenDuty, ...], dict[str, int]]:
        """Return the duties that break a rule, and how many of them there are by shift."""
        code, kind = about
        mask = self.against.get(code)
        if mask is None:
            return (), {}
        if kind is not None:
            mask = mask & (self._kinds() == KINDS.index(kind))
        places = np.flatnonzero(mask).tolist()
        pattern = {row.id: row.name for row in self.trial.data.patterns}
        by_shift: dict[str, int] = {}
        for place in places:
            name = pattern[self.week_problem.shifts[self._shift(place)][0]]
            by_shift[name] = by_shift.get(name, 0) + 1
        return tuple(self._duty(code, place) for place in places[:MOST_SHOWN]), by_shift

    def _kinds(self) -> Int32:
        demand = self.week_problem.problem.demand
        kinds: Int32 = demand.kind[demand.task_checkpoint[demand.group_task[self.pairs[:, 1]]]].astype(np.int32)
        return kinds

    def _shift(self, place: int) -> int:
        demand = self.week_problem.problem.demand
        return int(demand.task_shift[demand.group_task[self.pairs[place, 1]]])

    def _duty(self, code: str, place: int) -> BrokenDuty:
        person, group = (int(index) for index in self.pairs[place])
        seat, names = self.week_problem.seat(person, group), self.trial.names
        return BrokenDuty(
            id=f"{person}-{group}",
            person=names.get(seat.person_id, ""),
            place=names.get(seat.checkpoint_id, ""),
            shift=self._shift_words(self._shift(place)),
            checkpoint_id=seat.checkpoint_id,
            pattern_id=seat.pattern_id,
            on_date=seat.on_date,
            sentence=self._sentence(code, person, group),
        )

    def _shift_words(self, shift: int) -> Message:
        pattern_id, day = self.week_problem.shifts[shift]
        name = next(row.name for row in self.trial.data.patterns if row.id == pattern_id)
        return dated_shift(day, name)

    def _sentence(self, code: str, person: int, group: int) -> Message:
        """Return what the engine's rule says of the duty, with names in place of codes."""
        problem = self.week_problem.problem
        task = problem.demand.group_task[self.pairs[:, 1]]
        near = (self.pairs[:, 0] == person) | (task == problem.demand.group_task[group])
        rule = next(each for each in RULES if each.id == defaults().rules[code].rule)
        said = rule.sentence(Case(problem, Plan(self.pairs[near]), person, group))
        if said is None:
            return Message(f"settings.rule_{code}")
        params = dict(said.params)
        if "shift" in params:
            params["shift"] = self._shift_words(problem.shifts.ids.index(str(params["shift"])))
        if "other" in params:
            other = self.week_problem.person_ids[problem.people.ids.index(str(params["other"]))]
            params["other"] = self.trial.names.get(other, str(params["other"]))
        return Message(said.code, params)


def laid_over(overrides: Sequence[Override], changed: Sequence[Override]) -> tuple[Override, ...]:
    """Return what is set when the changed ones take the place of those for the same code and kind."""
    held = {(each.code, each.kind): each for each in (*overrides, *changed)}
    return tuple(held.values())


def hold(trial: WeekTrial, changed: Sequence[Override]) -> HeldWeek:
    """Hold the plan against rules; those that a duty can break count, whatever their strength."""
    wanted = laid_over(trial.overrides, changed)
    numbers = [replace(each, strength=None) if each.code in MADE_HARD else each for each in wanted]
    known = {(each.code, each.kind) for each in numbers}
    numbers.extend(Override(code) for code in MADE_HARD if (code, None) not in known)
    hard = [
        replace(each, strength="hard") if each.code in MADE_HARD and each.kind is None else each for each in numbers
    ]
    data = replace(trial.data, settings=resolve(hard, KINDS))
    week_problem, _ = build_problem(data)
    pairs, _lost = week_problem.pairs(trial.seats)
    return HeldWeek(trial, week_problem, pairs, duties_against(week_problem.problem, pairs))


def _names(session: Session, seats: Sequence[SeatRow]) -> dict[str, str]:
    people = {seat.person_id for seat in seats}
    names = {row[0]: row[1] for row in bulk.rows(session, Person, ("id", "name")) if row[0] in people}
    names.update({row[0]: row[1] for row in bulk.rows(session, Checkpoint, ("id", "name"))})
    return names
