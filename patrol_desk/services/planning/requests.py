"""Leave and swaps: somebody asks, the one conflict function judges both sides, an officer decides, the plan follows."""

from dataclasses import dataclass

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError
from patrol_desk.common.message import Message
from patrol_desk.models import DutyRequest, RequestKind, RequestState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.finding.keys import search_keys
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.data import Conflict
from patrol_desk.services.planning.board.stand import Held
from patrol_desk.services.planning.edits.single import delete, exchange
from patrol_desk.services.planning.edits.transaction import begin, refuse_locked
from patrol_desk.services.station import Station
from patrol_desk.services.today.asked import OpenRequest
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Judged:
    """What stands against a request.

    Parameters
    ----------
    gone
        A duty of it is no longer on the roster: it can only be refused.
    conflicts
        Of the first person at the other's place, then of the other at theirs; none for one who drops out.
    missing
        Minimum heads that the first place would lack afterwards.
    """

    gone: bool
    conflicts: tuple[tuple[Conflict, ...], tuple[Conflict, ...]] = ((), ())
    missing: int = 0

    @property
    def blocked(self) -> bool:
        """Whether it cannot be approved."""
        return self.gone or any(one.severity == "block" for part in self.conflicts for one in part)


def judge_request(board: Board, request: OpenRequest) -> Judged:
    """Return what stands against a request on the board of its week, both sides by the one conflict function."""
    sides = [request.side] + ([request.other] if request.other is not None else [])
    found = [_held(board, side.key) for side in sides]
    held = [item for item in found if item is not None]
    if len(held) < len(sides) or any(item.cell < 0 for item in held):
        return Judged(gone=True)
    if request.other is None:
        gap = board.gap(*board.frame.place_of(held[0].cell))
        return Judged(gone=False, missing=max(0, gap.minimum - gap.heads + 1))
    return Judged(gone=False, conflicts=judge_swap(board, held[0].row.id, held[1].row.id))


def judge_swap(board: Board, assignment_a: str, assignment_b: str) -> tuple[tuple[Conflict, ...], tuple[Conflict, ...]]:
    """Return what stands against two people changing seats: of the first at the second's place, then the reverse."""
    a, b = board.stand.held[assignment_a], board.stand.held[assignment_b]
    without = frozenset({assignment_a, assignment_b})

    def at(item: Held, other: Held) -> tuple[Conflict, ...]:
        group = other.group if other.group >= 0 else None
        return board.conflicts(item.row.person_id, *board.frame.place_of(other.cell), group, without=without)

    return at(a, b), at(b, a)


@permitted(Permission.PLAN_WRITE)
def ask(
    station: Station, actor: Actor, board: Board, assignment_id: str, other_id: str = "", words: str = ""
) -> Done[str]:
    """Write a request down and return its id.

    Parameters
    ----------
    board
        The board of the duty's week.
    assignment_id
        The duty somebody asks to be spared, or to give for another.
    other_id
        The duty they would take in exchange; empty for one who drops out.
    words
        Why.

    Raises
    ------
    ConcurrentChangeError
        A duty is gone.
    """
    with station.write(actor, "request.ask") as unit:
        request = _written(unit, board, assignment_id, other_id, words)
        return finish(unit, request.id)


@permitted(Permission.PLAN_WRITE)
def grant_at_once(
    station: Station, actor: Actor, board: Board, assignment_id: str, other_id: str = "", words: str = ""
) -> Done[str]:
    """Write a request down and approve it in one step; see `ask` and `approve`."""
    with station.write(actor, "request.grant") as unit:
        request = _written(unit, board, assignment_id, other_id, words)
        _grant(unit, station, board, request)
        return finish(unit, request.id)


@permitted(Permission.PLAN_WRITE)
def approve(station: Station, actor: Actor, board: Board, request_id: str) -> Done[str]:
    """Approve a request: the duty falls away, or the two change places; one step, which can be taken back.

    Raises
    ------
    PatrolError
        A rule stands against it, or a duty is locked.
    ConcurrentChangeError
        The request was decided meanwhile, or a duty is gone.
    """
    with station.write(actor, "request.approve") as unit:
        request = _open(unit, request_id)
        _grant(unit, station, board, request)
        return finish(unit, request.id)


@permitted(Permission.PLAN_WRITE)
def refuse(station: Station, actor: Actor, request_id: str) -> Done[str]:
    """Refuse a request: the roster stays as it is.

    Raises
    ------
    ConcurrentChangeError
        It was decided meanwhile.
    """
    with station.write(actor, "request.refuse") as unit:
        request = _open(unit, request_id)
        _decide(unit, request, RequestState.REFUSED)
        return finish(unit, request.id)


@permitted(Permission.PLAN_WRITE)
def give_up(station: Station, actor: Actor, request_id: str) -> Done[str]:
    """Take granted leave of one shift back: the person may be proposed for it again; who stands there now stays.

    Raises
    ------
    ConcurrentChangeError
        It is granted no more.
    """
    with station.write(actor, "request.give_up") as unit:
        request = queries.first(unit.session, DutyRequest, id=request_id)
        if request is None or request.kind is not RequestKind.DROP or request.state is not RequestState.APPROVED:
            raise ConcurrentChangeError(Message("request.decided"))
        _decide(unit, request, RequestState.REFUSED)
        return finish(unit, request.id)


def _written(unit: UnitOfWork, board: Board, assignment_id: str, other_id: str, words: str) -> DutyRequest:
    keys = []
    for each in (assignment_id, other_id):
        item = board.stand.held.get(each)
        if each and item is None:
            raise ConcurrentChangeError(Message("board.duty_gone"))
        keys.append(item.row.key if item is not None else (None, None, None, None))
    (person, place, pattern, day), (other, other_place, other_pattern, other_day) = keys
    assert person is not None, "a request is about somebody's duty"
    request = DutyRequest(
        kind=RequestKind.SWAP if other_id else RequestKind.DROP, state=RequestState.OPEN,
        person_id=person, checkpoint_id=place, pattern_id=pattern, on_date=day,
        other_id=other, other_checkpoint_id=other_place, other_pattern_id=other_pattern, other_on_date=other_day,
        words=" ".join(words.split())[:200], asked_at=unit.now, taken_by=unit.actor.name,
        decided_at=None, decided_by="",
    )  # fmt: skip
    unit.session.add(request)
    unit.session.flush()
    return request


def _open(unit: UnitOfWork, request_id: str) -> DutyRequest:
    request = queries.first(unit.session, DutyRequest, id=request_id)
    if request is None or request.state is not RequestState.OPEN:
        raise ConcurrentChangeError(Message("request.decided"))
    return request


def _grant(unit: UnitOfWork, station: Station, board: Board, request: DutyRequest) -> None:
    edit = begin(unit, station, board)
    item = _there(edit.board, (request.person_id, request.checkpoint_id, request.pattern_id, request.on_date))
    if request.kind is RequestKind.DROP:
        refuse_locked(edit.board, [item])
        delete(edit, [item])
    else:
        key = (request.other_id, request.other_checkpoint_id, request.other_pattern_id, request.other_on_date)
        exchange(edit, item, _there(edit.board, key))
    _decide(unit, request, RequestState.APPROVED)


def _decide(unit: UnitOfWork, request: DutyRequest, state: RequestState) -> None:
    request.state, request.decided_at, request.decided_by = state, unit.now, unit.actor.name
    unit.session.flush()


def _there(board: Board, key: tuple[object, ...]) -> Held:
    item = _held(board, key)
    if item is None:
        raise ConcurrentChangeError(Message("board.duty_gone"))
    return item


def _held(board: Board, key: tuple[object, ...]) -> Held | None:
    person = board.frame.person_of.get(str(key[0]), -1)
    return next((item for item in board.stand.by_person.get(person, ()) if item.row.key == key), None)


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty to choose.

    Parameters
    ----------
    id
        Of the assignment.
    row, shift
        Where on the board.
    key
        What the name is found by: pinyin, initials.
    """

    id: str
    person_id: str
    name: str
    squad: str
    colour: int
    row: int
    shift: int
    key: str


def duty_lines(board: Board) -> tuple[DutyLine, ...]:
    """Return the duties of a board that are not over, by start, place and name."""
    frame = board.frame
    keys: dict[int, str] = {}
    found = []
    for item in board.stand.held.values():
        if item.cell < 0 or item.person < 0:
            continue
        row, shift = frame.place_of(item.cell)
        if board.past[shift]:
            continue
        name = frame.names.people[item.person]
        if item.person not in keys:
            keys[item.person] = search_keys(name)
        squad, colour = frame.squad_name(item.person), frame.squad_colour(item.person)
        found.append(DutyLine(item.row.id, item.row.person_id, name, squad, colour, row, shift, keys[item.person]))
    return tuple(sorted(found, key=lambda line: (line.shift, line.row, line.name)))
