"""Foot of the squad's week: who printed what and when, how to treat it, which page."""

from dataclasses import dataclass

from patrol_desk.printing.layout.builder import PageBuilder
from patrol_desk.printing.layout.flow import FlowItem, FlowLine, Piece, draw_flow, flow
from patrol_desk.printing.layout.text import Fitted, Typesetter
from patrol_desk.printing.layout.tree import Area
from patrol_desk.printing.sheets import week_style as style
from patrol_desk.printing.sheets.words import SheetWords
from patrol_desk.services.sheet_data import SquadWeekSheet

_GAP = 4.0
_SIZES = (8.25, 7.5, 7.0, 6.5)
_HEIGHT = 5.0
_LINE = 3.1


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
    """

    lines: tuple[FlowLine, ...]
    keep: Fitted
    numbers: tuple[Fitted, ...]


def measure_foot(sheet: SquadWeekSheet, words: SheetWords, typesetter: Typesetter, *, short: str, pages: int) -> Foot:
    """Return the foot of a sheet; `short` is the short hash of its content."""
    pairs = [words.word("page", page=page, pages=pages) for page in range(1, pages + 1)]
    numbers = tuple(typesetter.line(text, style.SMALL[0], bold=True) for text in pairs)
    keep = typesetter.fit(words.word(f"keep_{sheet.profile.value}"), 90.0, style.SMALL)
    room = style.RIGHT - style.LEFT - max(number.width for number in numbers) - keep.width - 2 * _GAP
    parts = _parts(sheet, words, short)
    tries = (
        [FlowItem((Piece(line),), _GAP) for part in parts for line in typesetter.fit(part, room, (size,)).single()]
        for size in _SIZES
    )
    return Foot(min((flow(items, room) for items in tries), key=len), keep, numbers)


def _parts(sheet: SquadWeekSheet, words: SheetWords, short: str) -> list[str]:
    number = f"v{sheet.version.number}" if sheet.version.number else words.word("foot_draft")
    version = f"{number} · {sheet.version.revision} · {short}"
    parts = [
        words.word("foot_station", station=sheet.station),
        words.word("foot_printed", moment=words.moment(sheet.printed_at)),
        words.word("foot_by", name=sheet.printed_by) if sheet.printed_by else "",
        words.word("foot_version", version=version),
        words.word("foot_audit", head=sheet.audit_head) if sheet.audit_head else "",
        words.word("foot_copy", number=sheet.copy_number) if sheet.copy_number else "",
    ]
    return [part for part in parts if part]


def draw_foot(builder: PageBuilder, foot: Foot, page: int) -> None:
    """Draw the foot of a page, which counts from 1."""
    builder.across(style.LEFT, style.RIGHT, style.FOOT_RULE, style.HAIR)
    room = Area(style.LEFT, style.FOOT_RULE + 1.4, style.RIGHT - style.LEFT, _HEIGHT)
    number = foot.numbers[page - 1]
    builder.text(number, room, align="right")
    end = room.right - number.width - _GAP
    builder.text(foot.keep, Area(end - foot.keep.width, room.y, foot.keep.width, room.height))
    draw_flow(builder, foot.lines, room, room.height if len(foot.lines) == 1 else _LINE)
