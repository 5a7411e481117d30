"""A board by squad: how many of each squad are on duty in each shift, of how many who could be."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from patrol_desk.engine.problem import MEMBER, Bool
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.frame import Int64
from patrol_desk.services.planning.board.stand import Held

BUSY_PERCENT = 85
"""A squad of which more than this share of the available are on duty is marked."""
_MOVING = ("begun",)
"""Rules that say when it is, not who could serve."""


@dataclass(frozen=True, slots=True)
class SquadRow:
    """One squad.

    Parameters
    ----------
    index
        Of the squad in the problem; -1 for people without one.
    leader
        Name of who leads it, empty where nobody is rostered who does.
    people
        Rostered members.
    place
        Name of its community, empty without one.
    """

    index: int
    name: str
    colour: int
    leader: str
    people: int
    place: str


@dataclass(frozen=True, slots=True)
class SquadCell:
    """One squad in one shift.

    Parameters
    ----------
    duty
        Members on duty.
    available
        Members whom nothing about them or the shift keeps away, on duty or not.
    mixed
        One of their patrols has people of another squad.
    past
        The shift has ended.
    hinted
        One of them breaks a rule that only hints.
    """

    duty: int
    available: int
    mixed: bool
    past: bool
    hinted: bool = False

    @property
    def busy(self) -> bool:
        """Whether nearly all who could be are on duty."""
        return self.duty * 100 > max(self.available, self.duty) * BUSY_PERCENT and self.duty > 0


@dataclass(frozen=True, slots=True)
class SquadFigures:
    """What a planner wants to know of the squads at a glance.

    Parameters
    ----------
    squads, people
        Squads with rostered people, and these.
    on_duty
        People with a duty in the week.
    duties, own
        Duties of squads with a community, and those of them at checkpoints of that community.
    patrols, single, mixed, led
        Cells with at least two people; of one squad; of several; with a leader or deputy.
    busiest, busiest_load
        The squad with most duties a member, and how many that is.
    """

    squads: int
    people: int
    on_duty: int
    duties: int
    own: int
    patrols: int
    single: int
    mixed: int
    led: int
    busiest: str
    busiest_load: float


@dataclass(frozen=True, eq=False, repr=False)
class SquadWeek:
    """A board's squads; everything is computed from the board, nothing is read.

    Parameters
    ----------
    board
        The week.
    """

    board: Board

    @cached_property
    def squad(self) -> Int64:
        """(P,) number of each person's line: that of the squad, the last for people without one."""
        squad = self.board.frame.problem.people.squad.astype(np.int64)
        return np.where(squad < 0, len(self.board.frame.names.squads), squad)

    @cached_property
    def rows(self) -> tuple[SquadRow, ...]:
        """The squads with rostered people, in the order of their codes; people without a squad last."""
        frame = self.board.frame
        names, people = frame.names, frame.problem.people
        counts = np.bincount(self.squad[people.on_roster], minlength=len(names.squads) + 1)
        heads = np.flatnonzero((people.role != MEMBER) & (people.squad >= 0))
        leader: dict[int, str] = {}
        for person in heads[np.argsort(-people.role[heads], kind="stable")].tolist():
            leader.setdefault(int(people.squad[person]), names.people[person])
        found = [
            SquadRow(n, name, names.colours[n], leader.get(n, ""), int(counts[n]), names.squad_places[n])
            for n, name in enumerate(names.squads)
            if counts[n] or self._duty[n].any()
        ]
        last = len(names.squads)
        if counts[last] or self._duty[last].any():
            found.append(SquadRow(-1, "", 7, "", int(counts[last]), ""))
        return tuple(found)

    @property
    def _shape(self) -> tuple[int, int]:
        return len(self.board.frame.names.squads) + 1, len(self.board.shifts)

    def _count(self, squad: Int64, shift: Int64) -> Int64:
        squads, shifts = self._shape
        return np.bincount(squad * shifts + shift, minlength=squads * shifts).reshape(squads, shifts).astype(np.int64)

    @cached_property
    def _duty(self) -> Int64:
        """(S, T) members on duty."""
        stand = self.board.stand
        fresh = np.ones(len(stand.person), dtype=np.bool_)
        fresh[1:] = (stand.person[1:] != stand.person[:-1]) | (stand.cell[1:] != stand.cell[:-1])
        return self._count(self.squad[stand.person[fresh]], stand.shift[fresh])

    @cached_property
    def open(self) -> Bool:
        """(P, T) whom nothing about themselves keeps away from a shift, whenever it is."""
        frame = self.board.frame
        free = np.ones((len(self.squad), len(self.board.shifts)), dtype=np.bool_)
        for rule, mask in frame.alone.items():
            if rule not in _MOVING:
                free &= mask
        return free

    @cached_property
    def _available(self) -> Int64:
        """(S, T) members who could serve."""
        person, shift = np.nonzero(self.open)
        return self._count(self.squad[person], shift.astype(np.int64))

    @cached_property
    def _mixed(self) -> Bool:
        """(S, T) whether a patrol of the squad has people of another."""
        mixed = np.zeros(self._shape, dtype=np.bool_)
        stand = self.board.stand
        squad = self.squad[stand.person]
        low, high = self._ends
        odd = low[stand.cell] != high[stand.cell]
        mixed[squad[odd], stand.shift[odd]] = True
        return mixed

    @cached_property
    def _hinted(self) -> Bool:
        """(S, T) whether somebody of the squad breaks a rule that only hints."""
        found = np.zeros(self._shape, dtype=np.bool_)
        stand = self.board.stand
        found[self.squad[stand.person[stand.hinted]], stand.shift[stand.hinted]] = True
        return found

    @cached_property
    def _ends(self) -> tuple[Int64, Int64]:
        """(R × T,) lowest and highest squad in each cell."""
        stand, size = self.board.stand, self.board.frame.size
        low, high = np.full(size, self._shape[0], dtype=np.int64), np.full(size, -1, dtype=np.int64)
        squad = self.squad[stand.person]
        np.minimum.at(low, stand.cell, squad)
        np.maximum.at(high, stand.cell, squad)
        return low, high

    def line(self, row: SquadRow) -> int:
        """Return the number of a squad's line in the counts."""
        return row.index if row.index >= 0 else self._shape[0] - 1

    def cell(self, row: SquadRow, shift: int) -> SquadCell:
        """Return one squad in one shift."""
        at = self.line(row), shift
        past, hinted = self.board.past[shift], bool(self._hinted[at])
        return SquadCell(int(self._duty[at]), int(self._available[at]), bool(self._mixed[at]), past, hinted)

    @cached_property
    def _own_rows(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row in self.board.rows:
            if row.community:
                found.setdefault(row.community, []).append(row.index)
        return found

    def places(self, row: SquadRow) -> tuple[tuple[int, bool], ...]:
        """Return the checkpoints of a squad as rows of the board: those of its own community, then where it helps.

        Of its own those at which it stands this week come first.
        """
        here = {item.cell // max(len(self.board.shifts), 1) for item in self._items_of(row)}
        own = self._own_rows.get(row.place, []) if row.place else []
        away = sorted(here - set(own))
        return (*((each, True) for each in sorted(own, key=lambda r: (r not in here, r))),
                *((each, False) for each in away))  # fmt: skip

    @cached_property
    def _by_squad(self) -> dict[int, list[Held]]:
        found: dict[int, list[Held]] = {}
        for item in self.board.stand.held.values():
            if item.cell >= 0 <= item.person:
                found.setdefault(int(self.squad[item.person]), []).append(item)
        return found

    def _items_of(self, row: SquadRow) -> list[Held]:
        return self._by_squad.get(self.line(row), [])

    def on_duty(self, row: SquadRow, shift: int) -> tuple[Held, ...]:
        """Return the duties of a squad in a shift, by checkpoint."""
        width = len(self.board.shifts)
        found = (item for item in self._items_of(row) if item.cell % width == shift)
        return tuple(sorted(found, key=lambda item: (item.cell, item.person)))

    def helpers(self, row: SquadRow, place: int, shift: int) -> int:
        """Return how many of a squad stand in a cell."""
        items = self.board.stand.cells.get(place * len(self.board.shifts) + shift, ())
        return sum(int(self.squad[item.person]) == self.line(row) for item in items)

    @cached_property
    def figures(self) -> SquadFigures:
        """The figures above the squads."""
        board, stand = self.board, self.board.stand
        people = board.frame.problem.people
        pairs = np.unique(np.stack([stand.person, stand.cell], axis=1), axis=0)
        person, cell = pairs[:, 0], pairs[:, 1]
        places = np.array([*board.frame.names.squad_places, ""])
        communities = np.array([row.community for row in board.rows] or [""])
        home = places[self.squad[person]]
        settled = home != ""
        own = settled & (home == communities[cell // max(len(board.shifts), 1)])
        heads = np.bincount(cell, minlength=board.frame.size)
        patrol = heads >= 2
        low, high = self._ends
        led = np.zeros(board.frame.size, dtype=np.bool_)
        led[cell[people.role[person] != MEMBER]] = True
        duties = np.bincount(self.squad[person], minlength=self._shape[0])
        loads = [(int(duties[row.index]) / row.people, row.name) for row in self.rows if row.index >= 0 and row.people]
        load, busiest = max(loads, key=lambda entry: entry[0], default=(0.0, ""))
        single = int((patrol & (low == high)).sum())
        return SquadFigures(
            squads=sum(row.index >= 0 for row in self.rows),
            people=sum(row.people for row in self.rows),
            on_duty=len(np.unique(person)),
            duties=int(settled.sum()),
            own=int(own.sum()),
            patrols=int(patrol.sum()),
            single=single,
            mixed=int(patrol.sum()) - single,
            led=int((patrol & led).sum()),
            busiest=busiest if load else "",
            busiest_load=load,
        )
