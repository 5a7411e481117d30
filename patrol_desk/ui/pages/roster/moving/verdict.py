"""What would happen if somebody were put into a cell."""

from dataclasses import dataclass
from typing import Literal

from patrol_desk.services.planning.board import Blocked, Board, Candidate, Conflict, Holder

Outcome = Literal["ok", "warn", "block"]


@dataclass(frozen=True, slots=True)
class Mover:
    """Somebody on the way to a cell.

    Parameters
    ----------
    assignment_id
        The duty that is moved; empty for somebody who is newly put there.
    takes_from
        Name of who has that duty now, when it is handed over; empty when it is the person's own.
    """

    person_id: str
    name: str
    squad: str
    colour: int
    assignment_id: str = ""
    takes_from: str = ""

    @classmethod
    def of_holder(cls, holder: Holder) -> "Mover":
        """Return the holder of a seat, who would leave it."""
        return cls(holder.person_id, holder.name, holder.squad, holder.colour, holder.assignment_id)

    @classmethod
    def of_candidate(cls, candidate: Candidate) -> "Mover":
        """Return a candidate, who leaves nothing."""
        return cls(candidate.person_id, candidate.name, candidate.squad, candidate.colour)

    @classmethod
    def of_blocked(cls, blocked: Blocked) -> "Mover":
        """Return somebody whom a rule keeps away, who leaves nothing."""
        return cls(blocked.person_id, blocked.name, blocked.squad, blocked.colour)

    @property
    def leaves(self) -> frozenset[str]:
        """Assignments imagined away."""
        return frozenset((self.assignment_id,)) if self.assignment_id else frozenset()


@dataclass(frozen=True, slots=True)
class Post:
    """A seat on the way to somebody: a duty that another has, or a gap.

    Parameters
    ----------
    assignment_id
        The duty that is handed over; empty for a gap.
    row, shift
        Where it is.
    name
        Of the place.
    colour
        Of the squad that has it, 7 without one.
    holder_id, holder
        Who has it now, empty for a gap.
    """

    assignment_id: str
    row: int
    shift: int
    name: str
    colour: int = 7
    holder_id: str = ""
    holder: str = ""

    def to(self, board: Board, person_id: str) -> Mover:
        """Return somebody on the way to this seat."""
        card = board.person(person_id)
        takes = self.holder if person_id != self.holder_id else ""
        return Mover(person_id, card.name, card.squad, card.colour, self.assignment_id, takes)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stands against a move, and how the cell would look.

    Parameters
    ----------
    figures
        Heads after the move and desired heads, as the cell shows them.
    """

    conflicts: tuple[Conflict, ...]
    figures: str

    @property
    def outcome(self) -> Outcome:
        """Whether it can be done, can be done knowingly, or not."""
        found = {conflict.severity for conflict in self.conflicts}
        return "block" if "block" in found else "warn" if "warn" in found else "ok"

    def of(self, severity: str) -> tuple[Conflict, ...]:
        """Return the conflicts of one severity."""
        return tuple(conflict for conflict in self.conflicts if conflict.severity == severity)


def judge(board: Board, mover: Mover, row: int, shift: int) -> Verdict | None:
    """Return what stands against a move; None where it would change nothing."""
    here = bool(mover.assignment_id) and board.where(mover.assignment_id) == (row, shift)
    if here and not mover.takes_from:
        return None
    conflicts = board.conflicts(mover.person_id, row, shift, without=mover.leaves)
    cell = board.cell(row, shift)
    return Verdict(conflicts, f"{cell.heads + (not here)}/{cell.desired}")


def swappable(board: Board, mover: Mover, row: int, shift: int) -> Holder | None:
    """Return the first holder of a cell who could change places with the mover, None when there is none."""
    origin = board.where(mover.assignment_id) if mover.assignment_id and not mover.takes_from else None
    if origin is None:
        return None
    for holder in board.holders(row, shift):
        both = mover.leaves | {holder.assignment_id}
        there = board.conflicts(mover.person_id, row, shift, without=both)
        back = board.conflicts(holder.person_id, *origin, without=both)
        if not holder.locked and not any(found.severity == "block" for found in (*there, *back)):
            return holder
    return None
