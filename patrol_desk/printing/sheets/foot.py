"""Foot of a sheet: who printed what and when, how to treat it, which page."""

from dataclasses import dataclass

from patrol_desk.printing.layout.builder import PageBuilder
from patrol_desk.printing.layout.flow import FlowItem, FlowLine, Piece, draw_flow, flow
from patrol_desk.printing.layout.text import Fitted
from patrol_desk.printing.layout.tree import Area
from patrol_desk.printing.sheets import style
from patrol_desk.printing.sheets.press import Press
from patrol_desk.services.printed.frame import SheetFrame

_GAP = 4.0
_SIZES = (8.25, 7.5, 7.0, 6.5)
_HEIGHT = 5.0
_LINE = 3.1
_WIDE = 160.0


@dataclass(frozen=True, slots=True)
class Foot:
    """The foot, measured.

    Parameters
    ----------
    lines
        Station, time, who, version: one line, or more in small type.
    keep
        How to treat the sheet.
    numbers
        Number of each page.
    rule
        Where the rule above it stands.
    """

    lines: tuple[FlowLine, ...]
    keep: Fitted
    numbers: tuple[Fitted, ...]
    rule: float


def measure_foot(frame: SheetFrame, press: Press, *, short: str, pages: int, keep: str = "") -> Foot:
    """Return the foot of a sheet.

    Parameters
    ----------
    frame
        What is to be said.
    press
        How.
    short
        The short hash of the sheet's content.
    pages
        How many there are.
    keep
        How to treat the sheet; the profile's usual words when empty.
    """
    pairs = [press.word("page", page=page, pages=pages) for page in range(1, pages + 1)]
    numbers = tuple(press.line(text, style.SMALL[0], bold=True) for text in pairs)
    words = keep or press.word(f"keep_{frame.profile.value}")
    wide = press.inner >= _WIDE
    kept = press.fit(words, press.mm(90.0) if wide else press.inner - numbers[-1].width - _GAP, style.SMALL)
    room = press.inner
    if wide:
        room -= max(number.width for number in numbers) + kept.width + 2 * _GAP
    parts = _parts(frame, press, short)
    tries = (
        [FlowItem((Piece(line),), _GAP) for part in parts for line in press.fit(part, room, (size,)).single()]
        for size in (_SIZES if wide else _SIZES[2:])
    )
    lines = min((flow(items, room) for items in tries), key=len)
    height = 1.3 + _LINE * (len(lines) + (0 if wide else len(kept.lines)))
    rule = press.paper.height - press.paper.edge - press.mm(max(7.5, height))
    return Foot(lines, kept, numbers, rule)


def _parts(frame: SheetFrame, press: Press, short: str) -> list[str]:
    number = ""
    if frame.version is not None:
        number = f"v{frame.version.number}" if frame.version.number else press.word("foot_draft")
    version = " · ".join(part for part in (number, frame.revision, short) if part)
    parts = [
        press.word("foot_station", station=frame.station),
        press.word("foot_printed", moment=press.words.moment(frame.printed_at)),
        press.word("foot_by", name=frame.printed_by) if frame.printed_by else "",
        press.word("foot_version" if frame.version is not None else "foot_data", version=version),
        press.word("foot_audit", head=frame.audit_head) if frame.audit_head else "",
        press.word("foot_copy", number=frame.copy_number) if frame.copy_number else "",
    ]
    return [part for part in parts if part]


def draw_foot(builder: PageBuilder, foot: Foot, press: Press, page: int) -> None:
    """Draw the foot of a page, which counts from 1."""
    builder.across(press.left, press.right, foot.rule, style.HAIR)
    number = foot.numbers[page - 1]
    if press.inner < _WIDE:
        _draw_narrow(builder, foot, press, number)
        return
    room = Area(press.left, foot.rule + press.mm(1.4), press.inner, press.mm(_HEIGHT))
    builder.text(number, room, align="right")
    end = room.right - number.width - _GAP
    builder.text(foot.keep, Area(end - foot.keep.width, room.y, foot.keep.width, room.height))
    draw_flow(builder, foot.lines, room, room.height if len(foot.lines) == 1 else press.mm(_LINE))


def _draw_narrow(builder: PageBuilder, foot: Foot, press: Press, number: Fitted) -> None:
    """On narrow paper the handling and the page's number have lines of their own."""
    line = press.mm(_LINE)
    room = Area(press.left, foot.rule + press.mm(1.0), press.inner, line * len(foot.keep.lines))
    builder.text(foot.keep, Area(room.x, room.y, foot.keep.width, room.height))
    builder.text(number, room, align="right")
    draw_flow(builder, foot.lines, Area(room.x, room.bottom, room.width, 0.0), line)
