"""What differs between two versions of a week, person by person."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from patrol_desk.services.planning.board.data import DutyChange
from patrol_desk.services.planning.board.frame import Frame
from patrol_desk.services.planning.board.stand import Duty


def changed_cells(before: frozenset[Duty], after: frozenset[Duty]) -> frozenset[int]:
    """Return the cells in which other people stand."""
    return frozenset(cell for _, cell in before ^ after)


def count_changes(before: frozenset[Duty], after: frozenset[Duty]) -> int:
    """Return how many changes `duty_changes` would tell."""
    lost, won = (Counter(person for person, _ in part) for part in (before - after, after - before))
    return (lost | won).total()


def duty_changes(frame: Frame, before: frozenset[Duty], after: frozenset[Duty]) -> tuple[DutyChange, ...]:
    """Return what changed, by time and place.

    A person who lost duties and got others has moved: first with first and so on in the order of time.
    """
    lost, won = _by_person(before - after, frame), _by_person(after - before, frame)
    found: list[DutyChange] = []
    for person in lost.keys() | won.keys():
        old, new = lost.get(person, []), won.get(person, [])
        moved = min(len(old), len(new))
        found.extend(_change(frame, "moved", person, cell, origin) for origin, cell in zip(old, new, strict=False))
        found.extend(_change(frame, "removed", person, cell) for cell in old[moved:])
        found.extend(_change(frame, "added", person, cell) for cell in new[moved:])
    return tuple(sorted(found, key=lambda change: (change.shift, change.row, change.person_id)))


def _by_person(found: Iterable[Duty], frame: Frame) -> dict[int, list[int]]:
    by_person: dict[int, list[int]] = {}
    for person, cell in sorted(found, key=lambda duty: (duty[1] % len(frame.shifts), duty)):
        by_person.setdefault(person, []).append(cell)
    return by_person


def _change(
    frame: Frame, kind: Literal["added", "removed", "moved"], person: int, cell: int, origin: int | None = None
) -> DutyChange:
    row, shift = frame.place_of(cell)
    from_row, from_shift = (None, None) if origin is None else frame.place_of(origin)
    return DutyChange(
        kind=kind,
        person_id=frame.week_problem.person_ids[person],
        name=frame.names.people[person],
        squad=frame.squad_name(person),
        colour=frame.squad_colour(person),
        shift=shift,
        row=row,
        from_row=from_row,
        from_shift=from_shift,
    )


@dataclass(frozen=True, slots=True)
class SquadChange:
    """What differs for one squad: its name (empty for people without one), how many duties by kind, how many people."""

    squad: str
    colour: int
    added: int
    removed: int
    moved: int
    people: int

    @property
    def id(self) -> str:
        """The name, as a row of a table."""
        return self.squad

    @property
    def count(self) -> int:
        """Duties that differ."""
        return self.added + self.removed + self.moved


def squad_changes(changes: Iterable[DutyChange]) -> tuple[SquadChange, ...]:
    """Return what changes come to for each squad, the most first."""
    by_squad: dict[str, list[DutyChange]] = {}
    for change in changes:
        by_squad.setdefault(change.squad, []).append(change)
    found = []
    for squad, some in by_squad.items():
        kinds = Counter(change.kind for change in some)
        people = len({change.person_id for change in some})
        found.append(SquadChange(squad, some[0].colour, kinds["added"], kinds["removed"], kinds["moved"], people))
    return tuple(sorted(found, key=lambda one: (-one.count, one.squad)))
