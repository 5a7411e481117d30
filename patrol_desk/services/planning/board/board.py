"""The board: one week as the roster shows it, an immutable view that any thread may ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

import numpy as np

from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.problem import Problem
from patrol_desk.services.planning.board import candidates, figures, notes
from patrol_desk.services.planning.board.changes import changed_cells, count_changes, duty_changes
from patrol_desk.services.planning.board.data import (
    BoardFigures,
    BoardGroup,
    BoardRow,
    BoardShift,
    Candidates,
    Cell,
    CellState,
    Conflict,
    DutyChange,
    Gap,
    Holder,
    PersonCard,
    Seat,
    VersionInfo,
)
from patrol_desk.services.planning.board.frame import Frame, Int64
from patrol_desk.services.planning.board.seating import seat_for
from patrol_desk.services.planning.board.stand import BELOW_DESIRED, BELOW_MINIMUM, Duty, Held, Stand
from patrol_desk.services.planning.board.totals import Totals
from patrol_desk.services.planning.board.words import seat_words
from patrol_desk.services.planning.overrides import NONE, DutyKey, Overridden

Place = tuple[int, int]
"""Row and shift."""

STATES = (CellState.OK, CellState.BELOW_DESIRED, CellState.BELOW_MINIMUM, CellState.NOT_STAFFED)


@dataclass(frozen=True, eq=False, repr=False)
class Board:
    """One week, its columns and rows and who stands where.

    All methods are pure and safe in any thread. `cell`, `figures` and `gaps` take no time worth mentioning;
    `candidates` wants a thread of its own.

    Parameters
    ----------
    frame
        The week without its assignments.
    stand
        The assignments of the newest version.
    published
        Those of the version in force; the same object when that is the newest.
    revision
        Number of the last audit entry when it was read.
    versions
        Newest first.
    now
        The station's wall time: what ended before is past.
    packed
        Certificate of the newest version as kept.
    bound
        Proven least number of missing minimum heads; `prove` sets it.
    overrides
        Rules that duties of the newest version break knowingly.
    """

    frame: Frame
    stand: Stand
    published: Stand | None
    revision: int
    versions: tuple[VersionInfo, ...]
    now: datetime
    packed: bytes | None = None
    bound: int | None = None
    overrides: Mapping[DutyKey, tuple[Overridden, ...]] = field(default_factory=lambda: NONE)
    _cells: dict[int, Cell] = field(default_factory=dict, repr=False)

    @property
    def week(self) -> Week:
        """The week."""
        return self.frame.week

    @property
    def shifts(self) -> tuple[BoardShift, ...]:
        """The columns, by start."""
        return self.frame.shifts

    @property
    def rows(self) -> tuple[BoardRow, ...]:
        """The rows, by community and code."""
        return self.frame.rows

    @property
    def groups(self) -> tuple[BoardGroup, ...]:
        """Rows of one community each."""
        return self.frame.groups

    @property
    def version(self) -> VersionInfo | None:
        """The version shown: the newest; None before the first."""
        return self.versions[0] if self.versions else None

    @property
    def has_demand(self) -> bool:
        """Whether anything is asked for this week."""
        return bool(self.frame.cell_groups)

    @property
    def unpublished(self) -> int:
        """How many duties differ from the version in force."""
        return self._unpublished

    @property
    def outside(self) -> tuple[str, ...]:
        """Ids of assignments whose checkpoint or shift is not on the board any more."""
        return tuple(item.row.id for item in self.stand.cells.get(-1, ()))

    @cached_property
    def problem(self) -> Problem:
        """The week's problem with this board's locked pairs, for the one conflict function and the checker."""
        return replace(self.frame.problem, locked=self.stand.locked)

    @cached_property
    def past(self) -> tuple[bool, ...]:
        """Per column: the shift has ended."""
        return tuple(shift.ends_at <= self.now for shift in self.shifts)

    def ready(self) -> "Board":
        """Return the same board with everything computed that is asked of it while it is painted."""
        if self.frame.size:
            self.cell(0, 0)
        _ = (self._figures, self._totals, self._gaps, self._red, self._unpublished, self.stand.by_person)
        return self

    def at(self, now: datetime) -> "Board":
        """Return the board at another wall time; the same object when no shift has ended meanwhile."""
        past = tuple(shift.ends_at <= now for shift in self.shifts)
        return self if past == self.past else replace(self, now=now, _cells={})

    # Cells

    def cell(self, row: int, shift: int) -> Cell:
        """Return one cell."""
        index = row * len(self.shifts) + shift
        found = self._cells.get(index)
        if found is None:
            found = self._cells[index] = self._make_cell(index, shift)
        return found

    def cells_of_group(self, group: int, shift: int) -> tuple[int, int, CellState]:
        """Return heads, desired heads and the worst state of a group's rows in a shift."""
        heads, desired, worst = self._totals.of_group(group, shift)
        return heads, desired, STATES[worst]

    def red_cells(self, group: int) -> int:
        """Return how many cells of a group miss their minimum in shifts to come or under way."""
        after = self._red // max(len(self.shifts), 1) - self.groups[group].first
        return int(((after >= 0) & (after < self.groups[group].count)).sum())

    def coverage(self, shift: int) -> tuple[float | None, CellState]:
        """Return the share of a shift's desired heads that stand (None: nothing is asked for), and its worst state."""
        share, worst = self._totals.of_shift(shift)
        return share, STATES[worst]

    def figures(self) -> BoardFigures:
        """Return the figures above the roster."""
        return self._figures

    def seats(self, row: int, shift: int) -> tuple[Seat, ...]:
        """Return the seats of a cell: those of the minimum first; heads beyond the demand last."""
        cell = row * len(self.shifts) + shift
        demand = self.frame.problem.demand
        required: list[Seat] = []
        wished: list[Seat] = []
        items = self.stand.cells.get(cell, ())
        for group in self.frame.cell_groups.get(cell, ()):
            holders = [self._holder(item, shift) for item in items if item.group == group]
            minimum, desired = int(demand.minimum[group]), int(demand.desired[group])
            for number in range(max(desired, len(holders))):
                holder = holders[number] if number < len(holders) else None
                seat = Seat(group, seat_words(self.frame, group), number < minimum, holder)
                (required if number < minimum else wished).append(seat)
        lost = [Seat(-1, seat_words(self.frame, -1), False, self._holder(i, shift)) for i in items if i.group < 0]
        return (*required, *wished, *lost)

    def holders(self, row: int, shift: int) -> tuple[Holder, ...]:
        """Return who stands in a cell, in the order of the seats."""
        items = self.stand.cells.get(row * len(self.shifts) + shift, ())
        return tuple(self._holder(item, shift) for item in items)

    # Who could

    def candidates(self, row: int, shift: int) -> Candidates:
        """Return who could take the next free seat of a cell, and who could not and why."""
        return candidates.find(self.stand, row, shift)

    def conflicts(
        self, person_id: str, row: int, shift: int, group: int | None = None, *, without: frozenset[str] = frozenset()
    ) -> tuple[Conflict, ...]:
        """Return what stands against somebody in a cell: every hard rule broken, then warnings, then notes.

        Parameters
        ----------
        person_id
            Who.
        row, shift
            Where.
        group
            Seat group; None: the one `seat_for` gives.
        without
            Ids of assignments imagined away, as a move leaves its old place.
        """
        stand = self.stand.patched(without, ()) if without else self.stand
        unlocked = not any(self.stand.held[each].row.locked for each in without if each in self.stand.held)
        problem = self.frame.problem if unlocked else self.problem
        found = notes.conflicts(stand, problem, person_id, (row, shift), group)
        return (*found, Conflict("note", "past", Message("board.past"))) if self.past[shift] else found

    def seat_for(self, person_id: str, row: int, shift: int, *, without: frozenset[str] = frozenset()) -> int | None:
        """Return the seat group a drop on the cell would take: the first free one the person fits, minimum first."""
        stand = self.stand.patched(without, ()) if without else self.stand
        person = self.frame.person_of.get(person_id)
        return None if person is None else seat_for(stand, person, row, shift)

    # Finding one's way

    def next_gap(self, row: int, shift: int, *, backwards: bool = False, red_only: bool = False) -> Place | None:
        """Return the next cell in reading order that lacks heads and is not past; round the end; None without one."""
        gaps = self._red if red_only else self._gaps
        if len(gaps) == 0:
            return None
        here = row * len(self.shifts) + shift
        if backwards:
            position = int(np.searchsorted(gaps, here, side="left")) - 1
        else:
            position = int(np.searchsorted(gaps, here, side="right")) % len(gaps)
        return self.frame.place_of(int(gaps[position]))

    def gaps(self, first: datetime, last: datetime) -> tuple[Gap, ...]:
        """Return the gaps of shifts that are not over at `first` and begin before `last`.

        Those below the minimum first, then by start and row.
        """
        columns = {shift.index for shift in self.shifts if shift.ends_at > first and shift.starts_at < last}
        states = self.stand.states
        found = [
            self.gap(*self.frame.place_of(cell))
            for cell in np.flatnonzero((states == BELOW_MINIMUM) | (states == BELOW_DESIRED)).tolist()
            if cell % len(self.shifts) in columns
        ]
        return tuple(sorted(found, key=lambda gap: (gap.state is not CellState.BELOW_MINIMUM, gap.shift, gap.row)))

    def gap(self, row: int, shift: int) -> Gap:
        """Return what a cell lacks."""
        cell = row * len(self.shifts) + shift
        demand, heads = self.frame.problem.demand, self.stand.heads
        groups = self.frame.cell_groups.get(cell, ())
        short = sum(max(0, int(demand.minimum[group] - heads[group])) for group in groups)
        wished = sum(max(0, int(demand.desired[group] - heads[group])) for group in groups)
        return Gap(
            row=row,
            shift=shift,
            heads=self.stand.cell_heads[cell],
            minimum=int(self.frame.minimum[cell]),
            desired=int(self.frame.desired[cell]),
            missing=short or wished,
            state=STATES[self.stand.states[cell]],
        )

    def locate(self, checkpoint_id: str, pattern_id: str, on_date: date) -> Place | None:
        """Return row and shift of a place and time, None when they are not on the board."""
        cell = self.frame.cell_of(checkpoint_id, pattern_id, on_date)
        return None if cell < 0 else self.frame.place_of(cell)

    def where(self, assignment_id: str) -> Place | None:
        """Return row and shift of an assignment, None when it is not on the board."""
        item = self.stand.held.get(assignment_id)
        return None if item is None or item.cell < 0 else self.frame.place_of(item.cell)

    def changes_since_published(self) -> tuple[DutyChange, ...]:
        """Return what publishing would change, by time and place; without a version in force everything is added."""
        return self._changes

    def differing(self, other: "Board") -> tuple[Place, ...] | None:
        """Return the cells that look different on another board of the week, None when its rows or columns differ.

        After hand edits it looks at few cells; call it in a thread when the boards were opened one by one.
        """
        if self.rows != other.rows or self.shifts != other.shifts:
            return None
        places = map(self.frame.place_of, sorted(self._perhaps_differing(other)))
        return tuple(place for place in places if self.cell(*place) != other.cell(*place))

    def _perhaps_differing(self, other: "Board") -> Iterable[int]:
        if self.frame is not other.frame or self.past != other.past:
            return range(self.frame.size)
        mine, theirs = self.stand.cells, other.stand.cells
        moved = {cell for cell in mine.keys() | theirs.keys() if mine.get(cell) is not theirs.get(cell)}
        odd = (self.stand.broken_cells ^ other.stand.broken_cells) | (self.changed_cells ^ other.changed_cells)
        odd |= self.stand.hinted_cells ^ other.stand.hinted_cells
        return (moved | odd) - {-1}

    def person(self, person_id: str) -> PersonCard:
        """Return somebody's card.

        Raises
        ------
        KeyError
            Nobody of that id is rostered or stands on the board.
        """
        person = self.frame.person_of[person_id]
        items = self.stand.by_person.get(person, ())
        day = 0 if not items else self.shifts[items[0].cell % len(self.shifts)].on_date.weekday()
        return PersonCard(
            person_id=person_id,
            name=self.frame.names.people[person],
            squad=self.frame.squad_name(person),
            colour=self.frame.squad_colour(person),
            skills=self.frame.skill_marks(person, day),
            duties=tuple(self.frame.place_of(item.cell) for item in items),
            cap=int(self.frame.problem.people.cap_week[person]),
        )

    # What is computed once

    @cached_property
    def _figures(self) -> BoardFigures:
        return figures.figures(self.stand, self.bound, self.published)

    @cached_property
    def _duties(self) -> tuple[frozenset[Duty], frozenset[Duty]]:
        return frozenset() if self.published is None else self.published.duties, self.stand.duties

    @cached_property
    def _unpublished(self) -> int:
        if self.published is None:
            return len(self.stand.held) - len(self.outside)
        return count_changes(*self._duties)

    @cached_property
    def _changes(self) -> tuple[DutyChange, ...]:
        return duty_changes(self.frame, *self._duties)

    @cached_property
    def changed_cells(self) -> frozenset[int]:
        """Cells in which other people stand than in the version in force; none before the first is published."""
        return frozenset() if self.published is None else changed_cells(*self._duties)

    @cached_property
    def _gaps(self) -> Int64:
        states = self.stand.states
        return self._open(np.flatnonzero((states == BELOW_MINIMUM) | (states == BELOW_DESIRED)))

    @cached_property
    def _red(self) -> Int64:
        return self._open(np.flatnonzero(self.stand.states == BELOW_MINIMUM))

    def _open(self, cells: Int64) -> Int64:
        found: Int64 = cells[~np.array(self.past, dtype=np.bool_)[cells % max(len(self.shifts), 1)]]
        return found

    @cached_property
    def _totals(self) -> Totals:
        return Totals(self.stand)

    def _make_cell(self, index: int, shift: int) -> Cell:
        frame, stand = self.frame, self.stand
        items = stand.cells.get(index, ())
        locked = sum(item.row.locked for item in items)
        return Cell(
            heads=len(items),
            minimum=int(frame.minimum[index]),
            desired=int(frame.desired[index]),
            state=STATES[stand.states[index]],
            colours=tuple(frame.squad_colour(item.person) for item in items),
            locked=bool(items) and locked == len(items),
            some_locked=locked > 0,
            past=self.past[shift],
            broken=index in stand.broken_cells,
            changed=index in self.changed_cells,
            hinted=index in stand.hinted_cells,
        )

    def _holder(self, item: Held, shift: int) -> Holder:
        return notes.holder_of(self.stand, item, shift, self.overrides.get(item.row.key, ()))
