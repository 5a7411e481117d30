"""What a board knows of its week besides who stands where: rows, columns, names, masks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from patrol_desk.common.weeks import Week
from patrol_desk.engine.problem import NO_PLACE, Bool, Int32, Problem
from patrol_desk.engine.rules import RULES
from patrol_desk.engine.rules.person import metres, squared_metres
from patrol_desk.engine.visits.predictable import Past
from patrol_desk.services.planning import problem as problems
from patrol_desk.services.planning.board import hints
from patrol_desk.services.planning.board.data import BoardGroup, BoardRow, BoardShift
from patrol_desk.services.planning.overrides import EVERY_PLANNER, OVERRIDABLE
from patrol_desk.services.planning.problem import GroupKey, ShiftKey, WeekProblem, seat_key
from patrol_desk.services.squad_colours import NO_SQUAD_COLOUR, squad_colours
from patrol_desk.storage.reads.board import HeldRow, PlaceRow
from patrol_desk.storage.reads.rows import Duty, SeatRow, SkillRow
from patrol_desk.storage.reads.week import WeekData

Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True, repr=False)
class Names:
    """Words for the indices of a problem.

    Parameters
    ----------
    people, squads
        In the problem's order.
    colours
        Colour of each squad.
    squad_communities
        Community of each squad, None without one.
    skills
        Capability - 1 → skill.
    squad_places
        Name of each squad's community, empty without one.
    """

    people: Sequence[str]
    squads: Sequence[str]
    colours: Sequence[int]
    squad_communities: Sequence[str | None]
    skills: Sequence[SkillRow]
    squad_places: Sequence[str]


@dataclass(frozen=True, eq=False, repr=False)
class Frame:
    """One week without its assignments; R rows, T shifts, P people, G seat groups, cells numbered row × T + shift.

    Parameters
    ----------
    week_problem
        The problem, without locked pairs.
    shifts, rows, groups
        As the board shows them.
    names
        Words for indices.
    row_of
        Checkpoint id → row.
    group_cell
        (G,) cell of each seat group.
    cell_groups
        Cell → its seat groups in the order of the seats: leader, skills, anybody.
    minimum, desired
        (R × T,) heads asked for.
    last_night
        Person → the last night duty before the week that counts as load.
    past
        What an observer has seen in the weeks before.
    data
        What was read of the week, without what stands in the problem and its history does not change.
    overriders
        Rule → the last role that may override it, for those of which the township says so.
    """

    week_problem: WeekProblem
    shifts: tuple[BoardShift, ...]
    rows: tuple[BoardRow, ...]
    groups: tuple[BoardGroup, ...]
    names: Names
    row_of: Mapping[str, int]
    group_cell: Int32
    cell_groups: Mapping[int, tuple[int, ...]]
    minimum: Int64
    desired: Int64
    last_night: Mapping[int, date]
    past: Past
    data: WeekData
    overriders: Mapping[str, str]

    @property
    def week(self) -> Week:
        """The week."""
        return self.week_problem.week

    @property
    def problem(self) -> Problem:
        """The week's problem, without locked pairs."""
        return self.week_problem.problem

    def who(self, rule: str) -> str:
        """Return the last role that may override a rule; "" where nobody ever may."""
        return self.overriders.get(rule, EVERY_PLANNER) if rule in OVERRIDABLE else ""

    @property
    def size(self) -> int:
        """Number of cells."""
        return len(self.rows) * len(self.shifts)

    @cached_property
    def person_of(self) -> dict[str, int]:
        """Person id → index."""
        return {person: index for index, person in enumerate(self.week_problem.person_ids)}

    @cached_property
    def shift_of(self) -> dict[ShiftKey, int]:
        """Pattern id and date → column."""
        return {key: index for index, key in enumerate(self.week_problem.shifts)}

    @cached_property
    def free(self) -> Bool:
        """(P, T): nothing about person and shift stands against it."""
        free = np.ones((len(self.names.people), len(self.shifts)), dtype=np.bool_)
        for mask in self.alone.values():
            free &= mask
        return free

    @cached_property
    def both(self) -> Bool:
        """(T, T): one person may serve in both shifts."""
        both = ~np.eye(len(self.shifts), dtype=np.bool_)
        for mask in self.pairs.values():
            both &= mask
        return both

    @cached_property
    def alone(self) -> dict[str, Bool]:
        """Rule → (P, T) where it lets a person serve in a shift, for the rules about that."""
        masks = ((rule.id, rule.person_shift(self.problem)) for rule in RULES)
        return {rule: mask for rule, mask in masks if mask is not None}

    @cached_property
    def pairs(self) -> dict[str, Bool]:
        """Rule → (T, T) where it lets one person serve in both shifts, for the rules about that."""
        masks = ((rule.id, rule.shift_pair(self.problem)) for rule in RULES)
        return {rule: mask for rule, mask in masks if mask is not None}

    @cached_property
    def rested(self) -> Problem | None:
        """The problem with the rest as a hard rule, None where it is no hint."""
        return hints.with_hard_rest(self.problem)

    @cached_property
    def any_hint(self) -> bool:
        """Whether a rule of the township's only hints."""
        return hints.any_hint(self.problem)

    @cached_property
    def row_checkpoint(self) -> list[int]:
        """Row → checkpoint of the problem, -1 where it is no longer in force."""
        index = {checkpoint: number for number, checkpoint in enumerate(self.week_problem.checkpoint_ids)}
        return [index.get(row.checkpoint_id, -1) for row in self.rows]

    def cell_of(self, checkpoint_id: str, pattern_id: str, on_date: date) -> int:
        """Return the cell of a place and a shift, -1 when it is not on the board."""
        row, shift = self.row_of.get(checkpoint_id, -1), self.shift_of.get((pattern_id, on_date), -1)
        return row * len(self.shifts) + shift if row >= 0 and shift >= 0 else -1

    def place_of(self, cell: int) -> tuple[int, int]:
        """Return row and shift of a cell."""
        return divmod(cell, len(self.shifts))

    def group_of(self, row: HeldRow) -> int:
        """Return the seat group an assignment stands in, -1 when there is none."""
        seat = SeatRow(*row[2:])
        key: GroupKey | None = seat_key(seat, self.week_problem.skills)
        return -1 if key is None else self.week_problem.groups.get(key, -1)

    def squared(self, row: int, people: Int64 | slice = slice(None)) -> Int64:
        """Return squared metres from the homes of some people to a row with demand; 0 where a place is unknown."""
        place = self.problem.demand.place[self.row_checkpoint[row]]
        return squared_metres(self.problem.people.home[people], place)

    def metres(self, row: int, people: Int64 | slice = slice(None)) -> Int64:
        """Return whole metres from the homes of some people to a row with demand; 0 where a place is unknown."""
        return metres(self.squared(row, people))

    def place_known(self, row: int, person: int) -> bool:
        """Say whether both the home and the checkpoint of a row with demand have coordinates."""
        place = self.problem.demand.place[self.row_checkpoint[row], 0]
        return NO_PLACE not in {int(self.problem.people.home[person, 0]), int(place)}

    def squad_name(self, person: int) -> str:
        """Return the name of somebody's squad, empty without one."""
        squad = int(self.problem.people.squad[person])
        return self.names.squads[squad] if squad >= 0 else ""

    def squad_colour(self, person: int) -> int:
        """Return the colour of somebody's squad."""
        squad = int(self.problem.people.squad[person])
        return self.names.colours[squad] if squad >= 0 else NO_SQUAD_COLOUR

    def skill_marks(self, person: int, day: int) -> tuple[str, ...]:
        """Return the marks of the skills somebody has on a day of the week."""
        mask = int(self.problem.people.capability[person, day]) >> 1
        return tuple(skill.mark for bit, skill in enumerate(self.names.skills) if mask >> bit & 1)


@dataclass(frozen=True, slots=True, repr=False)
class Extras:
    """What a frame needs besides the week's data: places for rows, names, communities of the squads and their names."""

    places: Sequence[PlaceRow]
    names: Mapping[str, str]
    squad_communities: Mapping[str, str | None]
    squad_places: Mapping[str, str]


def build_frame(data: WeekData, week_problem: WeekProblem, extras: Extras) -> Frame:
    """Return the frame of a week."""
    rows = tuple(
        BoardRow(index, p.id, p.code, p.name, p.short_name, p.kind, p.tier, p.community or "")
        for index, p in enumerate(extras.places)
    )
    row_of = {row.checkpoint_id: row.index for row in rows}
    shifts = _shifts(data, week_problem.shifts)
    demand = week_problem.problem.demand
    row_of_checkpoint = np.array([row_of[place] for place in week_problem.checkpoint_ids], dtype=np.int32)
    task_cell = row_of_checkpoint[demand.task_checkpoint] * len(shifts) + demand.task_shift
    group_cell: Int32 = task_cell[demand.group_task].astype(np.int32)
    cells = len(rows) * len(shifts)
    return Frame(
        week_problem=week_problem,
        shifts=shifts,
        rows=rows,
        groups=_groups(rows),
        names=_names(data, week_problem, extras),
        row_of=row_of,
        group_cell=group_cell,
        cell_groups=_cell_groups(group_cell, demand.group_capability.tolist()),
        minimum=_heads(group_cell, demand.minimum, cells),
        desired=_heads(group_cell, demand.desired, cells),
        last_night=_last_nights(data, week_problem),
        past=week_problem.past,
        data=replace(
            data,
            demand=(),
            certificates=(),
            availability=(),
            leave=(),
            pairs=(),
            areas=(),
            area_places={},
            periods=(),
            known_gaps=(),
        ),
        overriders=data.settings.who,
    )


def with_history(frame: Frame, served: Sequence[Duty], around: Sequence[Duty], revision: int) -> Frame:
    """Return the frame with other duties behind it: rows, columns, names and demand are shared."""
    data = replace(frame.data, served=served, around=around, revision=revision)
    week_problem = problems.with_history(frame.week_problem, data)
    return replace(
        frame, week_problem=week_problem, last_night=_last_nights(data, week_problem), past=week_problem.past, data=data
    )  # fmt: skip


def _shifts(data: WeekData, keys: Sequence[ShiftKey]) -> tuple[BoardShift, ...]:
    pattern = {row.id: row for row in data.patterns}
    found = []
    for index, (pattern_id, day) in enumerate(keys):
        row = pattern[pattern_id]
        starts = datetime.combine(day, time()) + timedelta(minutes=row.start_minute)
        found.append(
            BoardShift(
                index, row.id, row.code, row.name, row.mark, day, row.start_minute, row.length_minutes, starts,
                starts + timedelta(minutes=row.length_minutes), row.night,
            )
        )  # fmt: skip
    return tuple(found)


def _groups(rows: Sequence[BoardRow]) -> tuple[BoardGroup, ...]:
    found: list[BoardGroup] = []
    for row in rows:
        if found and found[-1].name == row.community:
            last = found.pop()
            found.append(BoardGroup(last.name, last.first, last.count + 1))
        else:
            found.append(BoardGroup(row.community, row.index, 1))
    return tuple(found)


def _names(data: WeekData, week_problem: WeekProblem, extras: Extras) -> Names:
    communities = [extras.squad_communities.get(row.id) for row in data.squads]
    return Names(
        people=[extras.names.get(person, "") for person in week_problem.person_ids],
        squads=[row.name for row in data.squads],
        colours=squad_colours(communities),
        squad_communities=communities,
        skills=data.skills,
        squad_places=[extras.squad_places.get(row.id, "") for row in data.squads],
    )


def _cell_groups(group_cell: Int32, capability: Sequence[int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for group, cell in enumerate(group_cell.tolist()):
        found.setdefault(cell, []).append(group)
    return {
        cell: tuple(sorted(groups, key=lambda group: (capability[group] < 0, capability[group])))
        for cell, groups in found.items()
    }


def _heads(group_cell: Int32, heads: Int32, cells: int) -> Int64:
    return np.bincount(group_cell, weights=heads, minlength=cells).astype(np.int64)


def _last_nights(data: WeekData, week_problem: WeekProblem) -> dict[int, date]:
    nights = {row.id for row in data.patterns if row.night}
    person_of = {person: index for index, person in enumerate(week_problem.person_ids)}
    found: dict[int, date] = {}
    for part in (data.served, data.around):
        for person, _place, pattern, day in part:
            if pattern in nights and person in person_of and day < data.week.monday:
                index = person_of[person]
                found[index] = max(day, found.get(index, day))
    return found
