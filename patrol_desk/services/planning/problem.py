"""From a week's stored data to the engine's problem, and back from indices to ids."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from patrol_desk.common.weeks import Week
from patrol_desk.engine.problem import ALWAYS, Int32, Problem, Shifts
from patrol_desk.engine.visits.predictable import Past
from patrol_desk.models import AssignmentSource, PairKind
from patrol_desk.services.planning.demand import GroupKey, ShiftKey, build_demand, group_keys
from patrol_desk.services.planning.load_class import load_class
from patrol_desk.services.planning.past import is_workday, load, past_of, waited
from patrol_desk.services.planning.people import build_people, caps_of
from patrol_desk.services.planning.plane import Degrees, Plane
from patrol_desk.storage.reads.rows import SeatRow
from patrol_desk.storage.reads.week import WeekData

__all__ = ["DAYS", "GroupKey", "ShiftKey", "WeekProblem", "build_problem", "minute_of", "seat_key", "with_history"]

DAYS: Final = 7


@dataclass(frozen=True, slots=True, eq=False)
class WeekProblem:
    """A problem and the ids its indices stand for.

    Parameters
    ----------
    problem
        What the engine plans; its names are person codes, checkpoint codes and ``pattern@date``.
    person_ids, checkpoint_ids
        Record ids in the problem's order.
    shifts
        Pattern id and date of each shift.
    skills
        Skill id of each capability; None for the leader.
    groups
        Key of each seat group → its index.
    demand_hash
        SHA-256 over the seat groups: a certificate fits every problem with the same hash.
    past
        Who stood at the problem's tasks in the weeks before.
    """

    week: Week
    revision: int
    problem: Problem
    person_ids: tuple[str, ...]
    checkpoint_ids: tuple[str, ...]
    shifts: tuple[ShiftKey, ...]
    skills: tuple[str | None, ...]
    groups: Mapping[GroupKey, int]
    demand_hash: str
    past: Past

    def seat(self, person: int, group: int) -> SeatRow:
        """Return the assignment that a pair of indices stands for, as a solver would store it."""
        demand = self.problem.demand
        task = demand.group_task[group]
        pattern, day = self.shifts[demand.task_shift[task]]
        kind = int(demand.group_capability[group])
        return SeatRow(
            person_id=self.person_ids[person],
            checkpoint_id=self.checkpoint_ids[demand.task_checkpoint[task]],
            pattern_id=pattern,
            on_date=day,
            skill_id=self.skills[kind] if kind > 0 else None,
            leader=kind == 0,
            locked=False,
            source=AssignmentSource.SOLVER,
        )

    def pairs(self, seats: Collection[SeatRow]) -> tuple[Int32, list[SeatRow]]:
        """Return the (person, seat group) pairs of stored assignments, and those that no longer fit."""
        index = {person: number for number, person in enumerate(self.person_ids)}
        return _pairs(seats, index, self.groups, self.skills)


def build_problem(
    data: WeekData, *, locked: Collection[SeatRow] = (), baseline: Collection[SeatRow] = (), begin: int = ALWAYS
) -> tuple[WeekProblem, tuple[SeatRow, ...]]:
    """Return the planning problem of a week, and those of the given seats that no longer fit it.

    Parameters
    ----------
    data
        The week as stored.
    locked, baseline
        Assignments that must stay, and those that should change little.
    begin
        Minute of the week from which the plan may change; shifts that start before it take nobody new.
    """
    plane = Plane.around(_anchors(data))
    keys = _shift_keys(data)
    shifts = _shifts(data, keys)
    capabilities = ("leader", *_skill_names(data))
    skills: tuple[str | None, ...] = (None, *(row.id for row in data.skills))
    demand = build_demand(data, keys, shifts, capabilities, plane)
    groups = group_keys(data, keys, demand)
    person_ids = tuple(row.id for row in data.people)
    index = {person: number for number, person in enumerate(person_ids)}
    locked_rows, lost = _pairs(locked, index, groups, skills)
    baseline_rows, lost_baseline = _pairs(baseline, index, groups, skills)
    past = past_of(data, demand, keys)
    problem = Problem(
        people=build_people(data, keys, capabilities, plane),
        shifts=shifts,
        demand=demand,
        days=DAYS,
        squads=tuple(row.code for row in data.squads),
        squad_base=plane.points([(row.base_lon, row.base_lat) for row in data.squads]),
        capabilities=capabilities,
        rules=data.settings.rules,
        weights=data.settings.weights,
        locked=locked_rows,
        baseline=baseline_rows,
        busy=busy_of(data, index),
        apart=_couples(data, index, PairKind.APART),
        together=_couples(data, index, PairKind.TOGETHER),
        habit=past.habit(),
        begin=begin,
    )
    places = tuple(row.id for row in data.checkpoints)
    made = WeekProblem(
        data.week, data.revision, problem, person_ids, places, tuple(keys), skills, groups, _hash(groups), past
    )
    return made, (*lost, *lost_baseline)


def with_history(made: WeekProblem, data: WeekData) -> WeekProblem:
    """Return a week's problem with other duties behind it: load, waiting, caps, rest, habits; all else is shared.

    Parameters
    ----------
    made
        The problem, as `build_problem` made it of the same week.
    data
        The week with its new `served` and `around`; what people can and where they are asked for is not looked at.
    """
    index = {person: number for number, person in enumerate(made.person_ids)}
    past = past_of(data, made.problem.demand, made.shifts)
    people = replace(
        made.problem.people, cap_week=caps_of(data), load=load(data, index), waited=waited(data, index)
    )  # fmt: skip
    problem = replace(made.problem, people=people, busy=busy_of(data, index), habit=past.habit())
    return replace(made, revision=data.revision, problem=problem, past=past)


def _skill_names(data: WeekData) -> list[str]:
    """Return the skills' names in the problem: their codes, but for one that is called as what every problem knows."""
    return [f"skill:{row.code}" if row.code == "leader" else row.code for row in data.skills]


def _couples(data: WeekData, people: Mapping[str, int], kind: PairKind) -> Int32:
    """Return (n, 2) rows of people who must, or must not, serve together, the smaller index first."""
    rows = {
        tuple(sorted((people[row.person_id], people[row.other_id])))
        for row in data.pairs
        if row.kind is kind and row.person_id in people and row.other_id in people and row.person_id != row.other_id
    }
    return np.array(sorted(rows), dtype=np.int32).reshape(-1, 2)


def minute_of(week: Week, day: date, minute: int) -> int:
    """Return minutes since the week's Monday 00:00."""
    return (day - week.monday).days * 1440 + minute


def seat_key(seat: SeatRow, skills: Sequence[str | None]) -> GroupKey | None:
    """Return the key of the seat's group, None when its skill is not known."""
    if seat.leader:
        capability = 0
    elif seat.skill_id is None:
        capability = -1
    elif seat.skill_id in skills:
        capability = skills.index(seat.skill_id)
    else:
        return None
    return (seat.checkpoint_id, seat.pattern_id, seat.on_date, capability)


def _anchors(data: WeekData) -> list[Degrees]:
    """Return the places around which the plane lies: checkpoints, else squads' bases, else homes."""
    places: Iterable[list[Degrees]] = (
        [(row.lon, row.lat) for row in data.checkpoints],
        [(row.base_lon, row.base_lat) for row in data.squads],
        [(row.home_lon, row.home_lat) for row in data.people],
    )
    known = ([place for place in part if None not in place] for part in places)
    return next((part for part in known if part), [])


def _shift_keys(data: WeekData) -> list[ShiftKey]:
    by_start = sorted(data.patterns, key=lambda row: (row.start_minute, row.code))
    return [(row.id, day) for day in data.week.days for row in by_start]


def _shifts(data: WeekData, keys: Sequence[ShiftKey]) -> Shifts:
    pattern = {row.id: row for row in data.patterns}
    start = [minute_of(data.week, day, pattern[p].start_minute) for p, day in keys]
    length = [pattern[p].length_minutes for p, _ in keys]
    return Shifts(
        ids=tuple(f"{pattern[p].code}@{day.isoformat()}" for p, day in keys),
        start=np.array(start, dtype=np.int32),
        end=np.array(start, dtype=np.int32) + np.array(length, dtype=np.int32),
        day=np.array([(day - data.week.monday).days for _, day in keys], dtype=np.int8),
        load_class=np.array([load_class(data.holidays, pattern[p].night, day) for p, day in keys], dtype=np.int8),
        night=np.array([pattern[p].night for p, _ in keys], dtype=np.bool_),
        workday_eve=np.array(
            [pattern[p].night and is_workday(data.holidays, day + timedelta(days=1)) for p, day in keys],
            dtype=np.bool_,
        ),
    )


def _pairs(
    seats: Collection[SeatRow], people: Mapping[str, int], groups: Mapping[GroupKey, int], skills: Sequence[str | None]
) -> tuple[Int32, list[SeatRow]]:
    rows: list[tuple[int, int]] = []
    lost: list[SeatRow] = []
    for seat in seats:
        key = seat_key(seat, skills)
        person = people.get(seat.person_id)
        if key is None or key not in groups or person is None:
            lost.append(seat)
        else:
            rows.append((person, groups[key]))
    return np.array(sorted(set(rows)), dtype=np.int32).reshape(-1, 2), lost


def busy_of(data: WeekData, people: Mapping[str, int]) -> Int32:
    """Return (n, 3) rows of person and first and last minute of the duties next to the week."""
    pattern = {row.id: row for row in data.patterns}
    rows = set()
    for person, _place, shift, day in data.around:
        if person in people and shift in pattern:
            start = minute_of(data.week, day, pattern[shift].start_minute)
            rows.add((people[person], start, start + pattern[shift].length_minutes))
    return np.array(sorted(rows), dtype=np.int32).reshape(-1, 3)


def _hash(groups: Mapping[GroupKey, int]) -> str:
    text = json.dumps([[c, p, day.isoformat(), kind] for c, p, day, kind in groups])
    return hashlib.sha256(text.encode()).hexdigest()
