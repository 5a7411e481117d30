"""What every hand edit does first and last: the board as it is now, a draft to write into, notes for the audit log."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, PatrolError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import Assignment, AssignmentSource, Plan, PlanState, PlanVersion, VersionState
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.data import Conflict
from patrol_desk.services.planning.board.opening import current
from patrol_desk.services.planning.board.stand import Held
from patrol_desk.services.planning.board.words import shift_words
from patrol_desk.services.planning.overrides import OVERRIDABLE, Override, carry, checked, write
from patrol_desk.services.planning.refused_overrides import not_theirs
from patrol_desk.services.station import Station
from patrol_desk.storage import bulk
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.board import HeldRow
from patrol_desk.storage.unit_of_work import UnitOfWork

Place = tuple[int, int]
"""Row and shift."""

MOST_NOTED: Final = 200
_SEAT: Final = ("person_id", "checkpoint_id", "pattern_id", "on_date", "skill_id", "leader", "locked", "source")


@dataclass(frozen=True, eq=False, repr=False)
class Edit:
    """One hand edit within its transaction.

    Parameters
    ----------
    unit
        The transaction.
    seen
        The board on which the user acted.
    board
        The same week as it is now.
    version_id
        The draft to write into.
    copied
        Id of an assignment of the published version → id of its copy in the new draft.
    """

    unit: UnitOfWork
    seen: Board
    board: Board
    version_id: str
    copied: Mapping[str, str] = field(default_factory=dict)

    def place(self, row: int, shift: int) -> Place:
        """Return where a cell of the board that the user saw is now.

        Raises
        ------
        ConcurrentChangeError
            The checkpoint or the shift is gone.
        """
        if self.board.frame is self.seen.frame:
            return row, shift
        column = self.seen.shifts[shift]
        found = self.board.locate(self.seen.rows[row].checkpoint_id, column.pattern_id, column.on_date)
        if found is None:
            raise ConcurrentChangeError(Message("board.place_gone", {"place": self.seen.rows[row].name}))
        return found

    def group(self, group: int | None, place: Place) -> int | None:
        """Return the seat group that one of the board the user saw has become, None when none was chosen.

        Raises
        ------
        ConcurrentChangeError
            That kind of seat is no longer asked for there.
        """
        old, new = self.seen.frame, self.board.frame
        if group is None or old is new:
            return group
        kind = int(old.problem.demand.group_capability[group])
        skill = old.week_problem.skills[kind] if kind > 0 else None
        capability = (
            kind if kind <= 0 else (new.week_problem.skills.index(skill) if skill in new.week_problem.skills else -2)
        )
        for other in new.cell_groups.get(place[0] * len(new.shifts) + place[1], ()):
            if int(new.problem.demand.group_capability[other]) == capability:
                return other
        raise ConcurrentChangeError(Message("board.place_gone", {"place": new.rows[place[0]].name}))

    def find(self, assignment_id: str) -> Held:
        """Return an assignment of the board the user saw as it stands now.

        Raises
        ------
        ConcurrentChangeError
            Somebody took it away meanwhile.
        """
        held = self.board.stand.held.get(assignment_id)
        if held is not None:
            return held
        was = self.seen.stand.held.get(assignment_id)
        if was is not None:
            person = self.board.frame.person_of.get(was.row.person_id, -1)
            for item in self.board.stand.by_person.get(person, ()):
                if item.row.key == was.row.key:
                    return item
        raise ConcurrentChangeError(Message("board.duty_gone"))

    def in_cells(self, cells: Collection[Place]) -> list[Held]:
        """Return the assignments of some cells."""
        width = len(self.board.shifts)
        places = [self.place(*cell) for cell in cells]
        return [item for row, shift in places for item in self.board.stand.cells.get(row * width + shift, ())]

    def target(self, item: Held) -> dict[str, Any]:
        """Return id and row version under which an assignment is written: of its copy, if the draft is new."""
        copy = self.copied.get(item.row.id)
        return {"id": copy or item.row.id, "row_version": 1 if copy else item.row.row_version}

    def refuse(
        self,
        person_id: str,
        place: Place,
        group: int | None,
        without: Collection[str] = (),
        override: Override | None = None,
    ) -> tuple[str, ...]:
        """Raise when a hard rule stands against an assignment on the board as it is now.

        With an override the station's own rules may stand against it: their codes come back.

        Raises
        ------
        PatrolError
            With every reason; with an override, those that cannot be overridden.
        ConcurrentChangeError
            Nothing stood against it on the board the user saw.
        """
        gone = frozenset(without)
        found = self.board.conflicts(person_id, *place, group, without=gone)
        reasons = [conflict.message for conflict in found if conflict.severity == "block"]
        if not reasons:
            return ()
        if override is not None:
            return self._overridden(found, place)
        params = {"where": where(self.board, place), "reasons": reasons}
        if self.board is not self.seen and not self._stood_against(person_id, place, group, gone):
            raise ConcurrentChangeError(Message("board.refused_now", params))
        if any(conflict.rule == "seats" for conflict in found):
            raise PatrolError(Message("board.refused_full", params))
        raise PatrolError(Message("board.refused", params))

    def _overridden(self, found: Collection[Conflict], place: Place) -> tuple[str, ...]:
        blocks = [conflict for conflict in found if conflict.severity == "block"]
        firm = [conflict.message for conflict in blocks if conflict.rule not in OVERRIDABLE]
        at = where(self.board, place)
        if firm:
            raise PatrolError(Message("override.not_allowed", {"where": at, "reasons": firm}))
        role = self.unit.actor.role
        refused = next((conflict for conflict in blocks if not conflict.overridable_by(role)), None)
        if refused is not None:
            raise ForbiddenError(not_theirs(refused, role, at))
        return tuple(conflict.rule for conflict in blocks)

    def keep(self, assignment: HeldRow, rules: Collection[str], override: Override | None) -> None:
        """Keep with a duty of the draft which rules it breaks knowingly."""
        if rules and override is not None:
            write(self.unit, self.version_id, assignment.key, rules, checked(override))

    def _stood_against(self, person_id: str, place: Place, group: int | None, without: frozenset[str]) -> bool:
        if self.board.frame is not self.seen.frame:
            return False
        known = without & self.seen.stand.held.keys()
        found = self.seen.conflicts(person_id, *place, group, without=known)
        return any(conflict.severity == "block" for conflict in found)

    def note(self, changes: Iterable[tuple[str, Mapping[str, object]]]) -> None:
        """Put changes of assignments, by their ids, into the audit log; of very many the commit notes the number."""
        for assignment, details in islice(changes, MOST_NOTED):
            self.unit.note("assignment", assignment, details)


def begin(unit: UnitOfWork, station: Station, seen: Board) -> Edit:
    """Return an edit of a week: its board as it is now, and a draft, made where there is none.

    The draft of a published week begins as a copy of the version in force. The figures of a solver run are put aside
    with the first edit, for they are no longer those of the version; the board counts its own.

    Raises
    ------
    PatrolError
        The week is closed.
    """
    board = current(unit.session, station, seen)
    newest = board.version
    if newest is not None and newest.state is VersionState.DRAFT:
        if newest.figures and not newest.figures.get("stale"):
            unit.session.get_one(PlanVersion, newest.id).figures = _stale(newest.figures)
        return Edit(unit, seen, board, newest.id)
    plan = planning.plan_of(unit.session, str(board.week))
    if plan is None:
        plan = Plan(id=new_id(), week=str(board.week), state=PlanState.DRAFT)
        unit.session.add(plan)
        unit.session.flush()
    elif plan.state is PlanState.CLOSED:
        raise PatrolError(Message("board.closed", {"week": str(board.week)}))
    old = None if newest is None else unit.session.get_one(PlanVersion, newest.id)
    version = PlanVersion(
        id=new_id(),
        plan_id=plan.id,
        number=1 if old is None else old.number + 1,
        state=VersionState.DRAFT,
        made_at=unit.now,
        published_by="",
        problem_hash="" if old is None else old.problem_hash,
        figures=_stale(old.figures) if old is not None and old.figures else {},
        certificate=None if old is None else old.certificate,
    )
    unit.session.add(version)
    unit.session.flush()
    return Edit(unit, seen, board, version.id, _copy(unit, board, version.id))


def seat_columns(board: Board, person: int, group: int) -> dict[str, Any]:
    """Return the columns of an assignment by hand."""
    seat = board.frame.week_problem.seat(person, group)._replace(source=AssignmentSource.HAND)
    return seat._asdict()


def where(board: Board, place: Place) -> Message:
    """Return checkpoint, day and shift in words."""
    return Message("board.where", {"place": board.rows[place[0]].name, "shift": shift_words(board.frame, place[1])})


def refuse_locked(board: Board, items: Collection[Held]) -> None:
    """Raise `PatrolError` when one of the assignments is locked."""
    locked = [item for item in items if item.row.locked]
    if locked:
        first = locked[0]
        place = where(board, board.frame.place_of(first.cell)) if first.cell >= 0 else Message("board.somewhere")
        raise PatrolError(
            Message(
                "board.locked", {"count": len(locked), "person": board.frame.names.people[first.person], "where": place}
            )
        )


def _stale(figures: Mapping[str, Any]) -> dict[str, Any]:
    return {"stale": True, **{name: figures[name] for name in ("mode", "wishes") if name in figures}}


def _copy(unit: UnitOfWork, board: Board, version_id: str) -> dict[str, str]:
    copied = {assignment: new_id() for assignment in board.stand.held}
    rows = [
        {"id": copied[item.row.id], "version_id": version_id, **{name: getattr(item.row, name) for name in _SEAT}}
        for item in board.stand.held.values()
    ]
    if rows:
        bulk.insert(unit, Assignment, rows)
    if board.version is not None:
        carry(unit, board.version.id, version_id)
    return copied
