"""Copying the duties of a day or a week to another, where the rules allow it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import AssignmentSource
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.opening import read_board
from patrol_desk.services.planning.board.stand import Held
from patrol_desk.services.planning.edits.laying import Laid, lay
from patrol_desk.services.planning.edits.single import delete, insert
from patrol_desk.services.planning.edits.transaction import begin, seat_columns
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage.reads.board import HeldRow
from patrol_desk.storage.session import Session

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Copied:
    """How many duties were or would be copied.

    Parameters
    ----------
    copied
        Put into free seats.
    left_out, left_out_by
        Refused, in all and by the first rule against each; most first.
    there
        The same people stand there already.
    removed, kept
        Duties taken away first, and duties that stay because they are locked.
    """

    copied: int
    left_out: int
    left_out_by: tuple[tuple[str, int], ...]
    there: int = 0
    removed: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """What is copied to where.

    Parameters
    ----------
    first, to
        First day of either.
    days
        How many days: 1 or a week.
    clear
        Whether what stands there and is not locked goes first.
    """

    first: date
    to: date
    days: int = 1
    clear: bool = False

    @classmethod
    def weeks(cls, source: Week, target: Week, *, clear: bool = False) -> "Span":
        """Return the span of a whole week."""
        return cls(source.monday, target.monday, WEEK_DAYS, clear)

    def holds(self, first: date, day: date) -> bool:
        """Say whether a day is within the days that begin with another."""
        return 0 <= (day - first).days < self.days


@permitted(Permission.PLAN_READ)
def preview_copy(station: Station, actor: Actor, span: Span) -> Copied:
    """Return what copying would do; nothing is written.

    Raises
    ------
    PatrolError
        There is nothing to copy, or the other week has no demand.
    """
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        source, target = _boards(session, station, span)
    rows = _shifted(source, span)
    going, kept = _standing(target, span)
    return _told(lay(_cleared(target, going), rows), going, kept)


@permitted(Permission.PLAN_WRITE)
def copy_days(station: Station, actor: Actor, span: Span) -> Done[Copied]:
    """Put the duties of a day or a week into the free seats of another, where no rule stands against it.

    What stands there stays unless the span says that it goes first; who is locked stays in any case; locks are not
    copied.

    Raises
    ------
    PatrolError
        There is nothing to copy, or the other week has no demand or is closed.
    """
    with station.write(actor, "roster.copy_week" if span.days == WEEK_DAYS else "roster.copy_day") as unit:
        source, target = _boards(unit.session, station, span)
        rows = _shifted(source, span)
        edit = begin(unit, station, target)
        going, kept = _standing(edit.board, span)
        laid = lay(_cleared(edit.board, going), rows)
        delete(edit, going)
        insert(edit, [seat_columns(edit.board, item.person, item.group) for item in laid.kept])
        return finish(unit, _told(laid, going, kept))


@permitted(Permission.PLAN_WRITE)
def copy_week(station: Station, actor: Actor, from_week: Week, to_week: Week) -> Done[Copied]:
    """Put the duties of one week's newest version into the free seats of another week; see `copy_days`."""
    return copy_days(station, actor, Span.weeks(from_week, to_week))


def _boards(session: Session, station: Station, span: Span) -> tuple[Board, Board]:
    source_week, target_week = Week.of(span.first), Week.of(span.to)
    if span.first == span.to:
        raise PatrolError(Message("board.copy_onto_itself", {"week": str(source_week)}))
    source = read_board(session, station, source_week)
    if not any(span.holds(span.first, item.row.on_date) for item in source.stand.held.values()):
        raise PatrolError(Message("board.copy_nothing", {"week": str(source_week)}))
    target = source if source_week == target_week else read_board(session, station, target_week)
    if not target.has_demand:
        raise PatrolError(Message("plan.no_demand", {"week": str(target_week)}))
    return source, target


def _shifted(source: Board, span: Span) -> list[HeldRow]:
    """Return the assignments to copy as rows of the other days, under ids of their own."""
    days = timedelta(days=(span.to - span.first).days)
    rows = (item.row for item in source.stand.held.values() if span.holds(span.first, item.row.on_date))
    return [
        row._replace(id=f"copy-{number}", on_date=row.on_date + days, locked=False, source=AssignmentSource.HAND)
        for number, row in enumerate(rows)
    ]


def _standing(target: Board, span: Span) -> tuple[list[Held], int]:
    """Return the duties that go first, and how many locked ones stay."""
    there = [item for item in target.stand.held.values() if span.holds(span.to, item.row.on_date)]
    locked = sum(item.row.locked for item in there)
    return [item for item in there if span.clear and not item.row.locked], locked


def _cleared(target: Board, going: list[Held]) -> Board:
    if not going:
        return target
    return replace(target, stand=target.stand.patched([item.row.id for item in going], ()), _cells={})


def _told(laid: Laid, going: list[Held], kept: int) -> Copied:
    by_rule = tuple(laid.left_out.most_common())
    return Copied(len(laid.kept), laid.left_out.total(), by_rule, laid.there, len(going), kept)
