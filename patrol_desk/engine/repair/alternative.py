"""One way to fill a seat, as data and in words."""

from dataclasses import dataclass

from patrol_desk.common.message import Message


@dataclass(frozen=True, slots=True)
class Move:
    """One person's part in a repair.

    Parameters
    ----------
    person
        Index into the problem.
    leaves, takes
        Seat groups; `leaves` is -1 when the person gives up nothing.
    message
        Who goes where.
    reasons
        Way, duties, turn in the duty queue, squad, each as a sentence.
    """

    person: int
    leaves: int
    takes: int
    message: Message
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to fill a seat, with as few changes as it takes.

    Parameters
    ----------
    moves
        In the order in which they can be made.
    opens
        Seat group that has one head less in the end, -1 for none.
    loss, cost
        Points of the head that is missing there, which are always less than those of the seat filled; and the change
        of the objective, load, way, cohesion and rules of all whom it touches, in points.
    message
        The whole in one sentence.
    """

    moves: tuple[Move, ...]
    opens: int
    loss: int
    cost: int
    message: Message

    @property
    def changes(self) -> int:
        """How many assignments are new."""
        return len(self.moves)

    @property
    def removals(self) -> tuple[tuple[int, int], ...]:
        """Pairs (person, seat group) that go."""
        return tuple((move.person, move.leaves) for move in self.moves if move.leaves >= 0)

    @property
    def additions(self) -> tuple[tuple[int, int], ...]:
        """Pairs (person, seat group) that come."""
        return tuple((move.person, move.takes) for move in self.moves)


@dataclass(frozen=True, slots=True)
class Hole:
    """A seat that somebody leaves, and the ways to fill it, best first.

    Parameters
    ----------
    person, group
        The pair that goes.
    needed
        Whether a minimum head is missing without it.
    alternatives
        None when everybody is kept away and nothing lesser can be given up.
    message
        What is left open.
    """

    person: int
    group: int
    needed: bool
    alternatives: tuple[Alternative, ...]
    message: Message
