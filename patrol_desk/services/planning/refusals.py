"""Why somebody may not, or had better not, take a seat; and of a cell, whom which rule keeps away."""

from collections import Counter
from dataclasses import dataclass

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.explain import refused
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.data import Conflict
from patrol_desk.services.planning.board.opening import open_board
from patrol_desk.services.station import Station


@dataclass(frozen=True, slots=True)
class RefusedPerson:
    """Somebody whom hard rules keep from a seat.

    Parameters
    ----------
    person_id, code, name
        Who.
    metres
        From home.
    rules
        Ids of all rules in the way, the first one told first.
    message
        The first one's sentence.
    """

    person_id: str
    code: str
    name: str
    metres: int
    rules: tuple[str, ...]
    message: Message


@dataclass(frozen=True, slots=True)
class SeatRefusals:
    """One kind of seat of a cell.

    Parameters
    ----------
    capability
        Code of the skill asked for; ``leader``, or empty where anybody may come.
    able
        How many could take it as the plan stands, were it empty.
    counts
        Rule → how many people it is the first to keep away, the most first.
    people
        Everybody kept away, fewest rules first, then by distance.
    """

    capability: str
    able: int
    counts: tuple[tuple[str, int], ...]
    people: tuple[RefusedPerson, ...]

    @property
    def reasons(self) -> tuple[Message, ...]:
        """How many people each rule keeps away, as sentences, the most first."""
        return tuple(Message(f"explain.kept_{rule}", {"count": count}) for rule, count in self.counts)


@permitted(Permission.PLAN_READ)
def why_not(
    station: Station, actor: Actor, week: Week, person: str, checkpoint: str, shift: str
) -> tuple[Conflict, ...]:
    """Return everything against somebody at a checkpoint in a shift: what forbids it, what to be warned of, notes.

    Parameters
    ----------
    station, actor, week
        Where, by whom, which week; its newest version is looked at.
    person, checkpoint, shift
        Codes; the shift's name is ``pattern@date``.

    Raises
    ------
    PatrolError
        Nobody, no checkpoint or no shift has the code.
    """
    board = open_board(station, actor, week)
    ids = board.frame.problem.people.ids
    if person not in ids:
        raise PatrolError(Message("why.no_person", {"person": person}))
    row, column = _cell(board, checkpoint, shift)
    return board.conflicts(board.frame.week_problem.person_ids[ids.index(person)], row, column)


@permitted(Permission.PLAN_READ)
def why_nobody(station: Station, actor: Actor, week: Week, checkpoint: str, shift: str) -> tuple[SeatRefusals, ...]:
    """Return of each kind of seat of a cell whom hard rules keep from it.

    Raises
    ------
    PatrolError
        There is no such checkpoint or shift, or nobody is asked for there.
    """
    board = open_board(station, actor, week)
    row, column = _cell(board, checkpoint, shift)
    groups = board.frame.cell_groups.get(row * len(board.frame.shifts) + column, ())
    if not groups:
        raise PatrolError(Message("why.no_seat", {"checkpoint": checkpoint, "shift": shift}))
    return tuple(_of_group(board, group) for group in groups)


def _of_group(board: Board, group: int) -> SeatRefusals:
    frame, problem, plan = board.frame, board.frame.problem, board.stand.plan
    people = tuple(
        RefusedPerson(
            person_id=frame.week_problem.person_ids[found.person],
            code=problem.people.ids[found.person],
            name=frame.names.people[found.person],
            metres=found.metres,
            rules=found.rules,
            message=found.message,
        )
        for found in refused(problem, plan, group)
    )
    asked = int(problem.demand.group_capability[group])
    task = problem.demand.group_task[plan.assignments[:, 1]]
    there = len(set(plan.assignments[task == problem.demand.group_task[group], 0].tolist()))
    first = Counter(person.rules[0] for person in people)
    return SeatRefusals(
        capability=problem.capabilities[asked] if asked >= 0 else "",
        able=len(problem.people.ids) - len(people) - there,
        counts=tuple(first.most_common()),
        people=people,
    )


def _cell(board: Board, checkpoint: str, shift: str) -> tuple[int, int]:
    """Return row and column of a checkpoint and a shift by their codes."""
    rows = [row.index for row in board.frame.rows if row.code == checkpoint]
    names = board.frame.problem.shifts.ids
    if not rows or shift not in names:
        raise PatrolError(Message("why.no_seat", {"checkpoint": checkpoint, "shift": shift}))
    return rows[0], names.index(shift)
