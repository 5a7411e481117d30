"""A board by person: who serves where, and which shifts rest, leave and wishes close or open."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from patrol_desk.engine.problem import AVOID, MEMBER, PREFER, UNAVAILABLE
from patrol_desk.services.finding.keys import search_keys
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.squads import SquadRow, SquadWeek

Wish = str
"""prefer, avoid, never, leave, or nothing."""


@dataclass(frozen=True, slots=True)
class PersonCell:
    """One person in one shift.

    Parameters
    ----------
    row
        Row of the checkpoint they stand at, -1 for none; of two the first.
    more
        Duties in the shift beyond that one.
    night, past, locked, broken, changed
        Of the duty and its cell.
    closed
        Another duty of theirs closes the shift by rest or overlap.
    wish
        prefer, avoid, never, leave, or empty.
    hinted
        A duty of theirs in the shift breaks a rule that only hints.
    """

    row: int
    more: int
    night: bool
    past: bool
    locked: bool
    broken: bool
    changed: bool
    closed: bool
    wish: Wish
    hinted: bool = False


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person's line.

    Parameters
    ----------
    person
        Index of the problem.
    role
        leader, deputy, or nothing.
    nights_ago
        Days from the last night duty before the week to its Monday; None without one that counts.
    """

    person: int
    person_id: str
    name: str
    role: str
    duties: int
    cap: int
    nights_ago: int | None


@dataclass(frozen=True, slots=True)
class PersonFigures:
    """The figures above the people.

    Parameters
    ----------
    people
        Rostered.
    mean, median, most
        Duties a person.
    idle, idle_on_leave
        People without a duty, and those of them who are on leave in some shift of the week.
    at_cap
        People whose weekly cap is used.
    nights, night_people
        Night duties, and who serves them.
    fairness
        Jain's index of the duties of people who could be on the roster.
    """

    people: int
    mean: float
    median: float
    most: int
    idle: int
    idle_on_leave: int
    at_cap: int
    nights: int
    night_people: int
    fairness: float


@dataclass(frozen=True, slots=True, repr=False)
class NameKeys:
    """What names are searched by, see `services.finding.keys`: of each person, and of each squad's line."""

    people: tuple[str, ...]
    squads: tuple[str, ...]


def two_characters(name: str, community: str) -> str:
    """Return two characters that stand for a checkpoint among those of its community."""
    stem = community.removesuffix("社区").removesuffix("村")
    rest = name.removeprefix(stem).removeprefix("社区").removeprefix("村") if stem else name
    return (rest if len(rest) >= 2 else name)[:2]


@lru_cache(maxsize=65_536)
def _key(name: str) -> str:
    return search_keys(name)


@dataclass(frozen=True, eq=False, repr=False)
class PersonWeek:
    """A board's people; everything is computed from the board, line by line as it is asked for.

    Parameters
    ----------
    squads
        The same board by squad.
    """

    squads: SquadWeek

    @property
    def board(self) -> Board:
        """The week."""
        return self.squads.board

    @cached_property
    def waits(self) -> dict[tuple[int, int], list[int]]:
        """Line of a squad and class of duties → how long its people have waited, sorted; filled by `queues`."""
        return {}

    @cached_property
    def members(self) -> dict[int, tuple[int, ...]]:
        """Line of a squad → its people: leader, deputies, members."""
        people, stand = self.board.frame.problem.people, self.board.stand
        shown = people.on_roster.copy()
        shown[stand.person] = True
        chosen = np.flatnonzero(shown)
        chosen = chosen[np.lexsort((chosen, -people.role[chosen], self.squads.squad[chosen]))]
        found: dict[int, list[int]] = {}
        for person, squad in zip(chosen.tolist(), self.squads.squad[chosen].tolist(), strict=True):
            found.setdefault(squad, []).append(person)
        return {squad: tuple(persons) for squad, persons in found.items()}

    @cached_property
    def keys(self) -> NameKeys:
        """What the names are searched by; a name that was never seen takes a moment."""
        names = self.board.frame.names.people
        return NameKeys(tuple(map(_key, names)), tuple(_key(row.name) for row in self.squads.rows))

    def of_squad(self, row: SquadRow) -> tuple[int, ...]:
        """Return the people of a squad."""
        return self.members.get(self.squads.line(row), ())

    def row(self, person: int) -> PersonRow:
        """Return one person's line."""
        frame = self.board.frame
        people = frame.problem.people
        role = int(people.role[person])
        last = frame.last_night.get(person)
        return PersonRow(
            person=person,
            person_id=frame.week_problem.person_ids[person],
            name=frame.names.people[person],
            role="" if role == MEMBER or people.squad[person] < 0 else ("deputy" if role == MEMBER + 1 else "leader"),
            duties=int(self.board.stand.week_duties[person]),
            cap=int(people.cap_week[person]),
            nights_ago=None if last is None else (self.board.week.monday - last).days,
        )

    def cells(self, person: int) -> tuple[PersonCell, ...]:
        """Return one person's week, a cell a shift."""
        board, frame = self.board, self.board.frame
        width = len(board.shifts)
        items = board.stand.by_person.get(person, ())
        by_shift: dict[int, list[int]] = {}
        for number, item in enumerate(items):
            by_shift.setdefault(item.cell % width, []).append(number)
        closed = np.zeros(width, dtype=np.bool_)
        for shift in by_shift:
            closed |= ~frame.both[shift]
        found = []
        for shift in range(width):
            here = [items[number] for number in by_shift.get(shift, ())]
            cell = here[0].cell if here else -1
            found.append(
                PersonCell(
                    row=cell // width if here else -1,
                    more=max(0, len(here) - 1),
                    night=board.shifts[shift].night,
                    past=board.past[shift],
                    locked=any(item.row.locked for item in here),
                    broken=bool(here) and cell in board.stand.broken_cells,
                    changed=bool(here) and cell in board.changed_cells,
                    closed=bool(closed[shift]) and not here,
                    wish=self._wish(person, shift),
                    hinted=any((person, item.cell) in board.stand.hinted_duties for item in here),
                )
            )
        return tuple(found)

    def _wish(self, person: int, shift: int) -> Wish:
        people = self.board.frame.problem.people
        if people.leave[person, shift]:
            return "leave"
        wish = int(people.availability[person, shift])
        if wish == UNAVAILABLE:
            return "never"
        return "avoid" if wish == AVOID else "prefer" if wish >= PREFER else ""

    def assignments(self, person: int, shift: int) -> tuple[str, ...]:
        """Return the ids of somebody's duties in a shift."""
        width = len(self.board.shifts)
        items = self.board.stand.by_person.get(person, ())
        return tuple(item.row.id for item in items if item.cell % width == shift)

    @cached_property
    def figures(self) -> PersonFigures:
        """The figures above the people."""
        board, people = self.board, self.board.frame.problem.people
        roster = people.on_roster
        duties = board.stand.week_duties[roster]
        if not len(duties):
            return PersonFigures(0, 0.0, 0.0, 0, 0, 0, 0, 0, 0, 1.0)
        idle = duties == 0
        night = np.array([shift.night for shift in board.shifts], dtype=np.bool_)
        on_night = board.stand.person[night[board.stand.shift]]
        squares = float((duties * duties).sum())
        return PersonFigures(
            people=len(duties),
            mean=float(duties.mean()),
            median=float(np.median(duties)),
            most=int(duties.max()),
            idle=int(idle.sum()),
            idle_on_leave=int((idle & people.leave[roster].any(axis=1)).sum()),
            at_cap=int((duties >= people.cap_week[roster]).sum()),
            nights=len(on_night),
            night_people=len(np.unique(on_night)),
            fairness=float(duties.sum()) ** 2 / (len(duties) * squares) if squares else 1.0,
        )
