"""Whom to ring for a seat that nobody holds: the replacement finder's order on paper."""

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.board.opening import read_board
from patrol_desk.services.printed.ask import Ask, WeekRead, chosen
from patrol_desk.services.printed.marks import MemberRole
from patrol_desk.services.printed.persons import CallLine, CallSheet
from patrol_desk.services.sheets_build import shift_mark
from patrol_desk.services.station import Station
from patrol_desk.storage.reads.rows import PatternRow
from patrol_desk.storage.session import Session

_MOST = 24
"""Lines of one sheet: who rings further has run out of time."""


@permitted(Permission.PLAN_READ)
def seat_calls(session: Session, station: Station, actor: Actor, read: WeekRead, ask: Ask) -> list[CallSheet]:
    """Return a sheet for each named checkpoint and wanted shift of the day with a free seat.

    Raises
    ------
    PatrolError
        A code is unknown, or no seat is free there.
    """
    del actor  # the permission is all that depends on who asks
    posts = chosen(ask.checkpoints, {post.code: post for post in read.posts}, "sheet.no_checkpoint")
    patterns = {row.code: row for row in read.sheets.reading.data.patterns}
    wanted = chosen((ask.shift,) if ask.shift else (), patterns, "sheet.no_shift")
    board = read_board(session, station, read.sheets.week).ready()
    sheets = []
    for post in posts:
        for pattern in wanted:
            row = board.frame.row_of.get(post.id)
            shift = board.frame.shift_of.get((pattern.id, ask.on_day))
            if row is None or shift is None:
                continue
            found = board.candidates(row, shift)
            if found.open_seats:
                lines = tuple(_line(read, one.person_id, one.reasons) for one in found.ranked[:_MOST])
                sheets.append(_sheet(read, ask, (post.code, post.name), pattern, found.open_seats, lines))
    if not sheets:
        raise PatrolError(Message("sheet.no_free_seat", {"codes": list(ask.checkpoints)}))
    return sheets


def _sheet(
    read: WeekRead, ask: Ask, post: tuple[str, str], pattern: PatternRow, needed: int, lines: tuple[CallLine, ...]
) -> CallSheet:
    assert ask.profile is not None
    code, name = post
    return CallSheet(read.frame(ask.profile), ask.on_day, code, "", name, shift_mark(pattern), needed, lines)


def _line(read: WeekRead, person_id: str, reasons: tuple[Message, ...]) -> CallLine:
    squad, member = read.member.get(person_id, ("", None))
    person = read.people[person_id]
    role = MemberRole(member.role) if member is not None else MemberRole.MEMBER
    return CallLine(person.name, role, squad, person.phone or "", reasons[0] if reasons else "")
