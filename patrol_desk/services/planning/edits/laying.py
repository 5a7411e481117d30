"""Laying many duties on a board at once, and taking away whom a rule stands against."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from patrol_desk.engine.plan import Plan
from patrol_desk.engine.rules import blocking
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.stand import Held, Stand
from patrol_desk.storage.reads.board import HeldRow


@dataclass(frozen=True, slots=True)
class Laid:
    """What fits a board.

    Parameters
    ----------
    kept
        Duties that fit it together.
    there
        Duties that stand on it already.
    left_out
        First rule against each of the others → how many.
    """

    kept: tuple[Held, ...]
    there: int
    left_out: Counter[str]


def lay(board: Board, rows: Iterable[HeldRow]) -> Laid:
    """Return which duties fit a board together, and the first rule against each of the others.

    All are laid on the board at once; who then breaks a rule is taken away, and so on until nobody does, since a patrol
    may need whom another rule has taken. Those taken away are tried one by one.
    """
    left_out: Counter[str] = Counter()
    there = {(item.person, item.cell) for item in board.stand.held.values()}
    good, known = [], 0
    for item in Stand.of(board.frame, rows).held.values():
        if item.group < 0:
            left_out["status" if item.person < 0 else "demand"] += 1
        elif (item.person, item.cell) in there:
            known += 1
        else:
            good.append(item)
    kept, taken = _without_broken(board, good)
    trial = _Trial(board, kept)
    for item in taken:
        rule = trial.add(item)
        if rule:
            left_out[rule] += 1
        else:
            kept.append(item)
    return Laid(tuple(kept), known, left_out)


def _without_broken(board: Board, good: list[Held]) -> tuple[list[Held], list[Held]]:
    """Return the duties that break no rule together, and those taken away for it."""
    kept, taken = list(good), list[Held]()
    while True:
        whole = board.stand.patched((), [item.row for item in kept])
        keys = set(zip(whole.person[whole.broken].tolist(), whole.cell[whole.broken].tolist(), strict=True))
        away = [item for item in kept if (item.person, item.cell) in keys]
        if not away:
            return kept, taken
        taken += away
        kept = [item for item in kept if (item.person, item.cell) not in keys]


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
