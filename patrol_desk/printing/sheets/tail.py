"""What follows the table on the last page: legend, note, signatures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from patrol_desk.printing.layout.builder import PageBuilder
from patrol_desk.printing.layout.flow import FlowItem, FlowLine, Look, Piece, draw_flow, flow
from patrol_desk.printing.layout.text import Fitted
from patrol_desk.printing.layout.tree import Area
from patrol_desk.printing.sheets import style
from patrol_desk.printing.sheets.press import Press
from patrol_desk.services.sheet_data import ShiftMark

_LINE = 5.2
_ABOVE = 1.8
_NOTE_AIR = 1.6
_SIGN_HEIGHT = 5.8
_SIGN_STARTS = (0.0, 0.259, 0.517, 0.775)
_SIGN_GAP = 8.0
_GROUP_GAP = 5.0
_ITEM_GAP = 3.2
_ROSTER_SIGNS = ("sign_made", "sign_checked", "sign_leader", "sign_date")


@dataclass(frozen=True, slots=True)
class Legend:
    """What marks on a sheet mean.

    Parameters
    ----------
    shifts
        Shift patterns with their times.
    pairs
        Code of a group's heading, and its marks with what they stand for.
    changed
        Whether the bar beside changed rows is explained.
    """

    shifts: Sequence[ShiftMark] = ()
    pairs: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()
    changed: bool = False


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
        Labels of the lines to sign on; none when nobody signs.
    scale
        Size of the text.
    """

    legend: tuple[FlowLine, ...]
    note: Fitted
    signatures: tuple[Fitted, ...]
    scale: float = 1.0

    def height(self, *, air: float) -> float:
        """Return the height it takes, with the space before the signatures."""
        signs = air + _SIGN_HEIGHT * self.scale if self.signatures else 0.0
        return _ABOVE + len(self.legend) * _LINE * self.scale + self.note.height + _NOTE_AIR + signs


def measure_tail(press: Press, legend: Legend, note: str, signs: Sequence[str] = _ROSTER_SIGNS) -> Tail:
    """Return the tail of a sheet.

    Parameters
    ----------
    press
        What it is set with.
    legend
        The marks.
    note
        A sentence.
    signs
        Codes of the labels to sign at, at most four.
    """
    lines = flow(_legend(press, legend), press.inner)
    fitted = press.fit(note, press.inner, (9.0, 8.25))
    room = press.mm(36.0) if press.inner > 200 else press.inner / max(len(signs), 1) * 0.6
    return Tail(lines, fitted, tuple(press.fit(press.word(code), room, style.BODY) for code in signs), press.scale)


def _legend(press: Press, legend: Legend) -> Iterator[FlowItem]:
    size = style.SMALL[0]

    def heading(code: str) -> Piece:
        return Piece(press.line(press.word(code), size, bold=True), after=2.2)

    if legend.changed:
        bar = Piece(press.line("", size), "black", (1.2, 4.0))
        yield FlowItem((bar, Piece(press.line(press.word("legend_changed"), size))), _GROUP_GAP)
    for number, shift in enumerate(legend.shifts):
        look: Look = "black" if shift.is_night else "framed"
        mark = press.fit(shift.mark, press.mm(4.4), (9.0, 8.25, 7.5, 7.0), bold=True)
        box = (press.mm(4.8), press.mm(4.4))
        pieces = (Piece(mark, look, box), Piece(press.line(press.words.shift_time(shift), size)))
        yield FlowItem(pieces if number else (heading("legend_shifts"), *pieces), _ITEM_GAP if number else _GROUP_GAP)
    for code, marks in legend.pairs:
        yield from _pairs(press, heading(code), marks)


def _pairs(press: Press, heading: Piece, marks: Sequence[tuple[str, str]]) -> Iterator[FlowItem]:
    for number, (mark, name) in enumerate(marks):
        text = press.word("legend_pair", mark=mark, name=name) if mark != name else name
        fitted = press.fit(text, press.inner - heading.width, style.SMALL)
        for part, line in enumerate(fitted.single()):
            first = number == part == 0
            pieces = (heading, Piece(line)) if first else (Piece(line),)
            yield FlowItem(pieces, _GROUP_GAP if first else _ITEM_GAP)


def draw_tail(builder: PageBuilder, tail: Tail, press: Press, top: float, *, air: float) -> None:
    """Draw the tail below the table."""
    y = top + _ABOVE
    line = press.mm(_LINE)
    draw_flow(builder, tail.legend, Area(press.left, y, press.inner, 0.0), line)
    note = Area(press.left, y + len(tail.legend) * line, press.inner, tail.note.height + _NOTE_AIR)
    builder.text(tail.note, note)
    if tail.signatures:
        draw_signatures(builder, tail.signatures, press, note.bottom + air)


def draw_signatures(builder: PageBuilder, labels: Sequence[Fitted], press: Press, top: float) -> None:
    """Draw labels with a line to sign on behind each, across the page."""
    height = press.mm(_SIGN_HEIGHT)
    shares = _SIGN_STARTS if len(labels) == 4 else [number / len(labels) for number in range(len(labels))]
    starts = [press.left + press.inner * share for share in shares]
    ends = [start - _SIGN_GAP for start in starts[1:]] + [press.right]
    for label, start, end in zip(labels, starts, ends, strict=True):
        builder.text(label, Area(start, top, label.width, height))
        builder.across(start + label.width + 0.6, end, top + height - 1.0, style.HAIR)
