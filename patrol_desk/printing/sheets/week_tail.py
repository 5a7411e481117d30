"""What follows the table on the last page: legend, note, signatures."""

from collections.abc import Iterator
from dataclasses import dataclass

from patrol_desk.printing.layout.builder import PageBuilder
from patrol_desk.printing.layout.flow import FlowItem, FlowLine, Look, Piece, draw_flow, flow
from patrol_desk.printing.layout.text import Fitted, Typesetter
from patrol_desk.printing.layout.tree import Area
from patrol_desk.printing.sheets import week_style as style
from patrol_desk.printing.sheets.words import SheetWords
from patrol_desk.services.sheet_data import SquadWeekSheet

_WIDTH = style.RIGHT - style.LEFT
_LINE = 5.2
_ABOVE = 1.8
_NOTE_AIR = 1.6
_SIGN_HEIGHT = 5.8
_SIGN_STARTS = (0.0, 0.259, 0.517, 0.775)
_SIGN_GAP = 8.0
_GROUP_GAP = 5.0
_ITEM_GAP = 3.2


@dataclass(frozen=True, slots=True)
class Tail:
    """Legend, note and signatures, measured.

    Parameters
    ----------
    legend
        Lines of the legend.
    note
        The sentence below it.
    signatures
        Labels of the lines to sign on.
    """

    legend: tuple[FlowLine, ...]
    note: Fitted
    signatures: tuple[Fitted, ...]

    def height(self, *, air: float) -> float:
        """Return the height it takes, with the space before the signatures."""
        return _ABOVE + len(self.legend) * _LINE + self.note.height + _NOTE_AIR + air + _SIGN_HEIGHT


def measure_tail(sheet: SquadWeekSheet, words: SheetWords, typesetter: Typesetter) -> Tail:
    """Return the tail of a sheet."""
    legend = flow(_legend(sheet, words, typesetter), _WIDTH)
    note = typesetter.fit(sheet.note or words.word("note"), _WIDTH, (9.0, 8.25))
    codes = ("sign_made", "sign_checked", "sign_leader", "sign_date")
    room = 36.0
    return Tail(legend, note, tuple(typesetter.fit(words.word(code), room, style.BODY) for code in codes))


def _legend(sheet: SquadWeekSheet, words: SheetWords, typesetter: Typesetter) -> Iterator[FlowItem]:
    size = style.SMALL[0]

    def heading(code: str) -> Piece:
        return Piece(typesetter.line(words.word(code), size, bold=True), after=2.2)

    if any(row.changed for row in sheet.rows):
        bar = Piece(typesetter.line("", size), "black", (1.2, 4.0))
        yield FlowItem((bar, Piece(typesetter.line(words.word("legend_changed"), size))), _GROUP_GAP)
    for number, shift in enumerate(sheet.shifts):
        look: Look = "black" if shift.is_night else "framed"
        mark = typesetter.fit(shift.mark, 4.4, (9.0, 8.25, 7.5, 7.0), bold=True)
        pieces = (Piece(mark, look, (4.8, 4.4)), Piece(typesetter.line(words.shift_time(shift), size)))
        yield FlowItem(pieces if number else (heading("legend_shifts"), *pieces), _ITEM_GAP if number else _GROUP_GAP)
    pairs = (
        ("legend_skills", [(skill.mark, skill.name) for skill in sheet.skills]),
        ("legend_places", [(place.short_name, place.name) for place in sheet.places]),
    )
    for code, marks in pairs:
        yield from _pairs(heading(code), marks, words, typesetter)


def _pairs(
    heading: Piece, marks: list[tuple[str, str]], words: SheetWords, typesetter: Typesetter
) -> Iterator[FlowItem]:
    for number, (mark, name) in enumerate(marks):
        text = words.word("legend_pair", mark=mark, name=name) if mark != name else name
        fitted = typesetter.fit(text, _WIDTH - heading.width, style.SMALL)
        for part, line in enumerate(fitted.single()):
            first = number == part == 0
            pieces = (heading, Piece(line)) if first else (Piece(line),)
            yield FlowItem(pieces, _GROUP_GAP if first else _ITEM_GAP)


def draw_tail(builder: PageBuilder, tail: Tail, top: float, *, air: float) -> None:
    """Draw the tail below the table."""
    y = top + _ABOVE
    draw_flow(builder, tail.legend, Area(style.LEFT, y, _WIDTH, 0.0), _LINE)
    note = Area(style.LEFT, y + len(tail.legend) * _LINE, _WIDTH, tail.note.height + _NOTE_AIR)
    builder.text(tail.note, note)
    y = note.bottom + air
    starts = [style.LEFT + _WIDTH * share for share in _SIGN_STARTS]
    ends = [start - _SIGN_GAP for start in starts[1:]] + [style.RIGHT]
    for label, start, end in zip(tail.signatures, starts, ends, strict=True):
        builder.text(label, Area(start, y, label.width, _SIGN_HEIGHT))
        builder.across(start + label.width + 0.6, end, y + _SIGN_HEIGHT - 1.0, style.HAIR)
