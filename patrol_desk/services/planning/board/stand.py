"""Who stands where on a board, as arrays; a stand is patched, never changed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import HARD, NO_PLACE, Bool, Int32
from patrol_desk.engine.rules import RUNS
from patrol_desk.engine.rules.team import broken_teams
from patrol_desk.services.planning.board import hints
from patrol_desk.services.planning.board.frame import Frame, Int64
from patrol_desk.storage.reads.board import HeldRow

Int8 = NDArray[np.int8]

OK: Final = 0
BELOW_DESIRED: Final = 1
BELOW_MINIMUM: Final = 2
NOT_STAFFED: Final = 3

_ANY_WAY: Final = 2**31
"""Metres beyond every way; their square fits 64 bits."""


MOST_PATCHED: Final = 100
"""A patch of more assignments is not laid over the tables of the stand before."""

Duty = tuple[int, int]
"""Person and cell."""


class Held(NamedTuple):
    """An assignment and what it means in the frame: person, seat group and cell, -1 where there is none."""

    row: HeldRow
    person: int
    group: int
    cell: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Known:
    """Parts of a stand that are already computed."""

    table: Int64
    by_person: Mapping[int, tuple[Held, ...]]


@dataclass(frozen=True, eq=False, repr=False)
class Stand:
    """The assignments of one version on one frame.

    Parameters
    ----------
    frame
        The week.
    held
        Assignment id → assignment.
    cells
        Cell → its assignments in the order of the seats.
    known
        What a patch could take over from the stand before; None: it is computed when it is asked for.
    """

    frame: Frame
    held: Mapping[str, Held]
    cells: Mapping[int, tuple[Held, ...]]
    known: Known | None = None

    @classmethod
    def of(cls, frame: Frame, rows: Iterable[HeldRow]) -> "Stand":
        """Return the stand of some assignments."""
        held = {row.id: _placed(frame, row) for row in rows}
        return cls(frame, held, {cell: _ordered(frame, items) for cell, items in _by_cell(held.values()).items()})

    def patched(self, removed: Collection[str], added: Iterable[HeldRow]) -> "Stand":
        """Return the stand without some assignments and with others; a row with a known id takes its place."""
        held, cells = dict(self.held), dict(self.cells)
        fresh = [_placed(self.frame, row) for row in added]
        gone = {*removed, *(item.row.id for item in fresh)} & held.keys()
        into = _by_cell(fresh)
        touched = {held.pop(assignment).cell for assignment in gone} | into.keys()
        held.update((item.row.id, item) for item in fresh)
        for cell in touched:
            stay = [item for item in cells.pop(cell, ()) if item.row.id not in gone] + into.get(cell, [])
            if stay:
                cells[cell] = _ordered(self.frame, stay)
        return Stand(self.frame, held, cells, self._known([self.held[each] for each in gone], fresh))

    def _known(self, gone: Collection[Held], fresh: Collection[Held]) -> Known | None:
        """Return table and people after a small patch, from those before: this makes little garbage, so few pauses."""
        if len(gone) + len(fresh) > MOST_PATCHED or "_table" not in self.__dict__ or "by_person" not in self.__dict__:
            return None
        table, by_person = self._table, dict(self.by_person)
        keep = np.ones(len(table), dtype=np.bool_)
        for item in gone:
            keep &= (table != item[1:]).any(axis=1)
        new = np.array([item[1:] for item in fresh if item.group >= 0], dtype=np.int64).reshape(-1, 3)
        removed = {item.row.id for item in gone}
        for person in {item.person for item in (*gone, *fresh)}:
            items = [item for item in by_person.pop(person, ()) if item.row.id not in removed]
            items.extend(item for item in fresh if item.person == person and item.cell >= 0)
            if items:
                by_person[person] = self._in_time(items)
        return Known(_sorted(np.concatenate([table[keep], new])), by_person)

    @cached_property
    def duties(self) -> frozenset[Duty]:
        """Who stands where on the board."""
        return frozenset((item.person, item.cell) for item in self.held.values() if item.cell >= 0 <= item.person)

    @cached_property
    def _table(self) -> Int64:
        """(A, 3) person, group and cell of the assignments that hold a seat, by person and cell."""
        if self.known is not None:
            return self.known.table
        rows = [item[1:] for item in self.held.values() if item.group >= 0]
        return _sorted(np.array(rows, dtype=np.int64).reshape(-1, 3))

    @property
    def person(self) -> Int64:
        """(A,) person of each seat held."""
        column: Int64 = self._table[:, 0]
        return column

    @property
    def group(self) -> Int64:
        """(A,) group of each seat held."""
        column: Int64 = self._table[:, 1]
        return column

    @property
    def cell(self) -> Int64:
        """(A,) cell of each seat held."""
        column: Int64 = self._table[:, 2]
        return column

    @cached_property
    def shift(self) -> Int64:
        """(A,) shift of each seat held."""
        return self.cell % max(len(self.frame.shifts), 1)

    @cached_property
    def plan(self) -> Plan:
        """The seats held as the engine's plan; who fits no seat is not in it."""
        pairs = self._table[:, :2]
        return Plan(pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].astype(np.int32))

    @cached_property
    def locked(self) -> Int32:
        """(L, 2) locked pairs of person and group."""
        rows = sorted((item.person, item.group) for item in self.held.values() if item.row.locked and item.group >= 0)
        return np.array(rows, dtype=np.int32).reshape(-1, 2)

    @cached_property
    def by_person(self) -> Mapping[int, tuple[Held, ...]]:
        """Person → their assignments on the board in the order of time."""
        if self.known is not None:
            return self.known.by_person
        found: dict[int, list[Held]] = {}
        for item in self.held.values():
            if item.cell >= 0:
                found.setdefault(item.person, []).append(item)
        return {person: self._in_time(items) for person, items in found.items()}

    def _in_time(self, items: Collection[Held]) -> tuple[Held, ...]:
        shifts = max(len(self.frame.shifts), 1)
        return tuple(sorted(items, key=lambda item: item.cell % shifts))

    @cached_property
    def heads(self) -> Int64:
        """(G,) people in each seat group."""
        return np.bincount(self.group, minlength=len(self.frame.group_cell)).astype(np.int64)

    @cached_property
    def cell_heads(self) -> list[int]:
        """People in each cell, those included whose seat is gone."""
        heads = [0] * self.frame.size
        for cell, items in self.cells.items():
            if cell >= 0:
                heads[cell] = len(items)
        return heads

    @cached_property
    def states(self) -> Int8:
        """(R × T,) `OK`, `BELOW_DESIRED`, `BELOW_MINIMUM` or `NOT_STAFFED` of each cell."""
        frame, demand = self.frame, self.frame.problem.demand
        states = np.full(frame.size, NOT_STAFFED, dtype=np.int8)
        states[frame.group_cell] = OK
        states[frame.group_cell[self.heads < demand.desired]] = BELOW_DESIRED
        states[frame.group_cell[self.heads < demand.minimum]] = BELOW_MINIMUM
        return states

    @cached_property
    def week_duties(self) -> Int64:
        """(P,) duties of each person; two seats of one patrol are one duty."""
        return np.bincount(self._duties[:, 0], minlength=len(self.frame.names.people)).astype(np.int64)

    @cached_property
    def day_duties(self) -> Int64:
        """(P, D) duties of each person per day."""
        days = self.frame.problem.days
        people = len(self.frame.names.people)
        shift_day = self.frame.problem.shifts.day.astype(np.int64)
        keys = self._duties[:, 0] * days + shift_day[self._duties[:, 1] % max(len(shift_day), 1)]
        return np.bincount(keys, minlength=people * days).reshape(people, days).astype(np.int64)

    @cached_property
    def _duties(self) -> Int64:
        """(n, 2) person and cell, each pair once."""
        pairs = self._table[:, (0, 2)]
        fresh = np.ones(len(pairs), dtype=np.bool_)
        fresh[1:] = (pairs[1:] != pairs[:-1]).any(axis=1)
        return pairs[fresh]

    @cached_property
    def squared(self) -> Int64:
        """(A,) squared metres from home to checkpoint, 0 where a place is unknown."""
        problem = self.frame.problem
        task = problem.demand.group_task[self.group]
        checkpoint = problem.demand.task_checkpoint[task]
        home, place = problem.people.home[self.person], problem.demand.place[checkpoint]
        offset = home.astype(np.int64) - place
        known = (home[:, 0] != NO_PLACE) & (place[:, 0] != NO_PLACE)
        found: Int64 = np.where(known, (offset * offset).sum(axis=1), 0)
        return found

    @cached_property
    def places_known(self) -> Bool:
        """(A,) home and checkpoint both have coordinates."""
        problem = self.frame.problem
        checkpoint = problem.demand.task_checkpoint[problem.demand.group_task[self.group]]
        known: Bool = (problem.people.home[self.person, 0] != NO_PLACE) & (
            problem.demand.place[checkpoint, 0] != NO_PLACE
        )
        return known

    @cached_property
    def broken_cells(self) -> frozenset[int]:
        """Cells in which somebody breaks a hard rule, or stands where nothing is asked for."""
        gone = {item.cell for item in self.held.values() if item.group < 0 <= item.cell}
        return frozenset({*self.cell[self.broken].tolist(), *gone})

    @cached_property
    def broken(self) -> Bool:
        """(A,) the seat breaks a hard rule: the same that `engine.rules.blocking` says, for all seats at once."""
        problem = self.frame.problem
        person, group, shift = self.person, self.group, self.shift
        day = problem.shifts.day[shift].astype(np.int64)
        asked = problem.demand.group_capability[group].astype(np.int64)
        held = problem.people.capability[person, day].astype(np.int64)
        bad = ~self.frame.free[person, shift]
        bad |= (asked >= 0) & (held >> np.maximum(asked, 0) & 1 == 0)
        bad |= self.squared > self._reach[problem.demand.task_checkpoint[problem.demand.group_task[group]]] ** 2
        bad |= self.day_duties[person, day] > problem.rules.cap_day
        bad |= self.week_duties[person] > problem.people.cap_week[person]
        bad |= self.heads[group] > problem.demand.desired[group]
        for rule in RUNS:
            if rule.hard(problem):
                bad |= rule.too_long(problem, person, shift)
        bad |= broken_teams(problem, person, problem.demand.group_task[group].astype(np.int64))
        self._mark_pairs(bad)
        return bad

    @cached_property
    def hinted(self) -> Bool:
        """(A,) the seat breaks a rule that only hints: the same that `engine.rules.conflicts` says, for all at once."""
        problem = self.frame.problem
        if not self.frame.any_hint:
            return np.zeros(len(self.person), dtype=np.bool_)
        task = problem.demand.group_task[self.group].astype(np.int64)
        return hints.hinted(problem, self.frame.rested, hints.Duties(self.person, task, self.shift, self.squared))

    @cached_property
    def hinted_duties(self) -> frozenset[Duty]:
        """Who breaks a rule that only hints in which cell."""
        rows = self._table[self.hinted]
        return frozenset(zip(rows[:, 0].tolist(), rows[:, 2].tolist(), strict=True))

    @cached_property
    def hinted_cells(self) -> frozenset[int]:
        """Cells in which somebody does."""
        return frozenset(cell for _person, cell in self.hinted_duties)

    @property
    def _reach(self) -> Int64:
        """(C,) metres of reach at each checkpoint, beyond every way where the reach is not hard."""
        rules = self.frame.problem.rules
        reach = [rules.reach_of(n) if kind.reach == HARD else _ANY_WAY for n, kind in enumerate(rules.kinds)]
        return np.array(reach, dtype=np.int64)[self.frame.problem.demand.kind]

    def _mark_pairs(self, bad: Bool) -> None:
        """Mark the seats of one person that lie too close together or are in one patrol."""
        person, shift, cell = self.person, self.shift, self.cell
        step = 1
        while step < len(person):
            first = np.flatnonzero(person[step:] == person[:-step])
            if len(first) == 0:
                return
            second = first + step
            close = ~self.frame.both[shift[first], shift[second]] | (cell[first] == cell[second])
            bad[first[close]] = True
            bad[second[close]] = True
            step += 1


def _sorted(table: Int64) -> Int64:
    """Return the rows by person and cell."""
    ordered: Int64 = table[np.lexsort((table[:, 2], table[:, 0]))]
    return ordered


def _by_cell(items: Iterable[Held]) -> dict[int, list[Held]]:
    found: dict[int, list[Held]] = {}
    for item in items:
        found.setdefault(item.cell, []).append(item)
    return found


def _placed(frame: Frame, row: HeldRow) -> Held:
    person = frame.person_of.get(row.person_id, -1)
    group = frame.group_of(row) if person >= 0 else -1
    return Held(row, person, group, frame.cell_of(row.checkpoint_id, row.pattern_id, row.on_date))


def _ordered(frame: Frame, items: Collection[Held]) -> tuple[Held, ...]:
    """Return the assignments of a cell: leader, skills, anybody; leaders of squads first; by squad and person."""
    people = frame.problem.people
    capability = frame.problem.demand.group_capability

    def place(item: Held) -> tuple[object, ...]:
        kind = int(capability[item.group]) if item.group >= 0 else 99
        role = int(people.role[item.person]) if item.person >= 0 else 0
        squad = int(people.squad[item.person]) if item.person >= 0 else 0
        return (item.group < 0, kind < 0, kind, -role, squad, item.person, item.row.id)

    return tuple(items) if len(items) < 2 else tuple(sorted(items, key=place))
