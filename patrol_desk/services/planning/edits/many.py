"""Edits of whole cells, rows, days or weeks: lock, clear, copy."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.rules import blocking
from patrol_desk.models import AssignmentSource
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.opening import read_board
from patrol_desk.services.planning.board.stand import Held, Stand
from patrol_desk.services.planning.edits.single import change, delete, insert
from patrol_desk.services.planning.edits.transaction import Edit, Place, begin, seat_columns
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage.reads.board import HeldRow


@dataclass(frozen=True, slots=True)
class Cleared:
    """How many assignments were taken away, and how many stayed because they are locked."""

    removed: int
    kept: int


@dataclass(frozen=True, slots=True)
class Copied:
    """How many duties of another week were copied, and how many could not be, by the first rule against them."""

    copied: int
    left_out: int
    left_out_by: tuple[tuple[str, int], ...]


@permitted(Permission.PLAN_WRITE)
def lock(
    station: Station, actor: Actor, board: Board, what: Collection[Place] | Collection[str], locked: bool = True
) -> Done[int]:
    """Lock or unlock assignments and return how many changed.

    Parameters
    ----------
    what
        Cells as (row, shift), of which everybody is meant, or ids of assignments.
    locked
        Whether they shall be locked.

    Raises
    ------
    ConcurrentChangeError
        An assignment named by its id is gone.
    """
    with station.write(actor, "roster.lock" if locked else "roster.unlock") as unit:
        edit = begin(unit, station, board)
        items = [item for item in _items(edit, what) if item.row.locked is not locked]
        return finish(unit, change(edit, [(item, {"locked": locked}) for item in items]))


@permitted(Permission.PLAN_WRITE)
def clear(station: Station, actor: Actor, board: Board, cells: Collection[Place]) -> Done[Cleared]:
    """Empty cells; who is locked stays."""
    with station.write(actor, "roster.clear") as unit:
        edit = begin(unit, station, board)
        items = edit.in_cells(cells)
        free = [item for item in items if not item.row.locked]
        return finish(unit, Cleared(delete(edit, free), len(items) - len(free)))


@permitted(Permission.PLAN_WRITE)
def copy_week(station: Station, actor: Actor, from_week: Week, to_week: Week) -> Done[Copied]:
    """Put the duties of one week's newest version into the free seats of another week, where no rule stands against it.

    What stands in the other week stays; locks are not copied.

    Raises
    ------
    PatrolError
        There is nothing to copy, or the other week has no demand or is closed.
    """
    if from_week == to_week:
        raise PatrolError(Message("board.copy_onto_itself", {"week": str(from_week)}))
    with station.write(actor, "roster.copy_week") as unit:
        source = read_board(unit.session, station, from_week)
        if not source.stand.held:
            raise PatrolError(Message("board.copy_nothing", {"week": str(from_week)}))
        edit = begin(unit, station, read_board(unit.session, station, to_week))
        if not edit.board.has_demand:
            raise PatrolError(Message("plan.no_demand", {"week": str(to_week)}))
        fitting, left_out = _fitting(edit.board, _shifted(source.stand, to_week))
        insert(edit, fitting)
        return finish(unit, Copied(len(fitting), left_out.total(), tuple(left_out.most_common())))


def _items(edit: Edit, what: Collection[Place] | Collection[str]) -> list[Held]:
    ids = [each for each in what if isinstance(each, str)]
    cells = [each for each in what if not isinstance(each, str)]
    found = {item.row.id: item for item in (*map(edit.find, ids), *edit.in_cells(cells))}
    return list(found.values())


def _shifted(stand: Stand, week: Week) -> list[HeldRow]:
    """Return a week's assignments as rows of another week, under ids of their own."""
    days = timedelta(days=(week.monday - stand.frame.week.monday).days)
    rows = (item.row for item in stand.held.values())
    return [
        row._replace(id=f"copy-{number}", on_date=row.on_date + days, locked=False, source=AssignmentSource.HAND)
        for number, row in enumerate(rows)
    ]


def _fitting(board: Board, rows: Iterable[HeldRow]) -> tuple[list[dict[str, object]], Counter[str]]:
    """Return the columns of the rows that fit the board together, and the first rule against each of the others.

    All are laid on the board at once; who then breaks a rule is taken away, and so on until nobody does, since a patrol
    may need whom another rule has taken. Those taken away are tried one by one.
    """
    left_out: Counter[str] = Counter()
    there = {(item.person, item.cell) for item in board.stand.held.values()}
    laid = Stand.of(board.frame, rows)
    good = []
    for item in laid.held.values():
        if item.group < 0:
            left_out["status" if item.person < 0 else "demand"] += 1
        elif (item.person, item.cell) not in there:
            good.append(item)
    kept, taken = list(good), list[Held]()
    while True:
        whole = board.stand.patched((), [item.row for item in kept])
        keys = set(zip(whole.person[whole.broken].tolist(), whole.cell[whole.broken].tolist(), strict=True))
        away = [item for item in kept if (item.person, item.cell) in keys]
        if not away:
            break
        taken += away
        kept = [item for item in kept if (item.person, item.cell) not in keys]
    trial = _Trial(board, kept)
    for item in taken:
        rule = trial.add(item)
        if rule:
            left_out[rule] += 1
        else:
            kept.append(item)
    return [seat_columns(board, item.person, item.group) for item in kept], left_out


class _Trial:
    """A plan that grows by one duty after the other, as long as no rule stands against it."""

    def __init__(self, board: Board, kept: Iterable[Held]) -> None:
        self._problem = board.frame.problem
        self._of_person: dict[int, set[tuple[int, int]]] = {}
        self._of_task: dict[int, set[tuple[int, int]]] = {}
        for person, group in board.stand.plan.assignments.tolist():
            self._put(person, group)
        for item in kept:
            self._put(item.person, item.group)

    def add(self, item: Held) -> str:
        """Add a duty and return nothing, or the first rule against it."""
        of_person = self._of_person.get(item.person, set())
        rows = sorted(of_person | self._of_task.get(self._task(item.group), set()))
        plan = Plan(np.array(rows, dtype=np.int32).reshape(-1, 2))
        broken = blocking(self._problem, plan, item.person, item.group)
        if not broken:
            self._put(item.person, item.group)
        return broken[0].rule if broken else ""

    def _put(self, person: int, group: int) -> None:
        self._of_person.setdefault(person, set()).add((person, group))
        self._of_task.setdefault(self._task(group), set()).add((person, group))

    def _task(self, group: int) -> int:
        return int(self._problem.demand.group_task[group])
