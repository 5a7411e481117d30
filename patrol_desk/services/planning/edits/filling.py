"""One-key backfill: the best candidate for each gap, the minimum first, shown before it is written."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal, overload

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, never_cancelled, raise_if_cancelled
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.candidates import best
from patrol_desk.services.planning.board.data import Candidate, CellState, Gap, PersonCard
from patrol_desk.services.planning.board.notes import against
from patrol_desk.services.planning.board.stand import Stand
from patrol_desk.services.planning.edits.single import insert
from patrol_desk.services.planning.edits.transaction import begin, seat_columns, where
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage.reads.board import HeldRow


@dataclass(frozen=True, slots=True)
class FillRow:
    """Somebody proposed for a seat.

    Parameters
    ----------
    card
        The person as they stood before the proposal.
    candidate
        Distance, chips, reasons and warnings, given the rows before this one.
    """

    row: int
    shift: int
    group: int
    person_id: str
    card: PersonCard
    candidate: Candidate

    @property
    def reasons(self) -> tuple[Message, ...]:
        """Why this person."""
        return self.candidate.reasons


@dataclass(frozen=True, slots=True)
class FillProposal:
    """Who would fill which gaps.

    Parameters
    ----------
    rows
        In the order in which they were chosen.
    unfilled
        Gaps that keep lacking heads, with what they would still lack.
    """

    rows: tuple[FillRow, ...]
    unfilled: tuple[Gap, ...]


def propose_fill(board: Board, gaps: Iterable[Gap], cancelled: Cancelled = never_cancelled) -> FillProposal:
    """Return who would fill the gaps: each seat its best candidate, given those chosen before; nothing is written.

    Gaps below the minimum come first, then by time. Each gets as many heads as it says it lacks.

    Raises
    ------
    CancelledByUserError
        The user asked to stop.
    """
    ordered = sorted(gaps, key=lambda gap: (gap.state is not CellState.BELOW_MINIMUM, gap.shift, gap.row))
    stand, rows, unfilled = board.stand, list[FillRow](), list[Gap]()
    for gap in ordered:
        left = gap.missing
        while left:
            raise_if_cancelled(cancelled)
            candidate = best(stand, gap.row, gap.shift)
            if candidate is None:
                unfilled.append(_lacking(gap, left))
                break
            stand = stand.patched((), [_imagined(board, candidate, len(rows))])
            card = board.person(candidate.person_id)
            rows.append(FillRow(gap.row, gap.shift, candidate.group, candidate.person_id, card, candidate))
            left -= 1
    return FillProposal(tuple(rows), tuple(unfilled))


@overload
@permitted(Permission.PLAN_WRITE)
def fill(
    station: Station, actor: Actor, board: Board, gaps: Collection[Gap], *, dry_run: Literal[True]
) -> FillProposal: ...
@overload
@permitted(Permission.PLAN_WRITE)
def fill(
    station: Station, actor: Actor, board: Board, gaps: Collection[Gap], *, dry_run: Literal[False] = False
) -> Done[FillProposal]: ...
@permitted(Permission.PLAN_WRITE)
def fill(
    station: Station, actor: Actor, board: Board, gaps: Collection[Gap], *, dry_run: bool = False
) -> FillProposal | Done[FillProposal]:
    """Fill gaps, or with `dry_run` only say how; see `propose_fill` and `apply_fill`."""
    proposal = propose_fill(board, gaps)
    return proposal if dry_run else apply_fill(station, actor, board, proposal)


@permitted(Permission.PLAN_WRITE)
def apply_fill(station: Station, actor: Actor, board: Board, proposal: FillProposal) -> Done[FillProposal]:
    """Write exactly a proposal, in one transaction, or nothing.

    Parameters
    ----------
    board
        The board from which the proposal was made.

    Raises
    ------
    PatrolError, ConcurrentChangeError
        A rule stands against one of the rows now: the sentence names the place and the reason.
    """
    with station.write(actor, "roster.fill") as unit:
        edit = begin(unit, station, board)
        frame, rows = edit.board.frame, []
        stand = edit.board.stand
        for number, row in enumerate(proposal.rows):
            place = edit.place(row.row, row.shift)
            group = edit.group(row.group, place)
            assert group is not None
            reasons = _reasons(edit.board, stand, row.person_id, group)
            if reasons:
                params = {"person": row.card.name, "where": where(edit.board, place), "reasons": reasons}
                raise ConcurrentChangeError(Message("board.fill_refused", params))
            columns = seat_columns(edit.board, frame.person_of[row.person_id], group)
            rows.append(columns)
            stand = stand.patched((), [HeldRow(f"fill-{number}", 1, **columns)])
        insert(edit, rows)
        return finish(unit, proposal)


def _reasons(board: Board, stand: Stand, person_id: str, group: int) -> list[Message]:
    person = board.frame.person_of.get(person_id)
    if person is None:
        return [Message("rule.status")]
    return [message for _, message in against(stand, board.frame.problem, person, group)]


def _imagined(board: Board, candidate: Candidate, number: int) -> HeldRow:
    person = board.frame.person_of[candidate.person_id]
    return HeldRow(f"fill-{number}", 1, **seat_columns(board, person, candidate.group))


def _lacking(gap: Gap, missing: int) -> Gap:
    return Gap(gap.row, gap.shift, gap.heads + gap.missing - missing, gap.minimum, gap.desired, missing, gap.state)
