"""The township's overview: A3 landscape, all checkpoints down, days across."""

from patrol_desk.printing.layout.flow import FlowItem, FlowLine, Piece, flow
from patrol_desk.printing.layout.tree import Page
from patrol_desk.printing.sheets.common import (
    day_heads,
    document_title,
    heading,
    keep_without_numbers,
    missing_pieces,
    text_cell,
    week_particulars,
)
from patrol_desk.printing.sheets.document import Closing, Section, Sheet, pages_of, with_closing
from patrol_desk.printing.sheets.head import Particular
from patrol_desk.printing.sheets.press import Press
from patrol_desk.printing.sheets.style import BODY, SHADE
from patrol_desk.printing.sheets.table import AIR, Cell, Row, band_row, edges, head_row, shift_box
from patrol_desk.printing.sheets.tail import Legend, measure_tail
from patrol_desk.services.printed.content import short_hash
from patrol_desk.services.printed.marks import MemberRole, ShiftMark
from patrol_desk.services.printed.posts import Manning, OverviewGroup, OverviewRow, OverviewSheet

_WIDTHS = (15.0, 27.0, *(-1.0,) * 7)
_NAMES = (7.5, 7.0)
_LINE = 4.0
_BOX = 3.5
_PAD = 0.8
_LEAST = 6.0
_MOST_LINES = 36


def overview_title(sheet: OverviewSheet, press: Press) -> str:
    """Return the title of a document with this sheet."""
    return document_title(press, press.word("to_title", township=sheet.frame.township), sheet.week)


def overview_pages(sheet: OverviewSheet, press: Press) -> tuple[Page, ...]:
    """Return the pages of the township's overview."""
    short = short_hash(sheet)
    at = edges(press, _WIDTHS)
    cells = _Cells(press, at[3] - at[2] - 2 * _PAD)
    rows = [row for group in sheet.groups for row in _group_rows(group, cells, press, at)]
    labels = [press.word("head_code"), press.word("head_place"), *day_heads(press, sheet.first_date)]
    note = press.word("to_note_left_open" if _has_left_open(sheet) else "to_note")
    marks = [("★", press.word("role_leader")), ("☆", press.word("role_deputy"))]
    tail = measure_tail(press, Legend(sheet.shifts, (("legend_marks", marks),)), note, ())
    table = (*with_closing([*rows, _totals(sheet, press, at)]), Closing(press, tail))
    title = press.word("to_title", township=sheet.frame.township)
    posts = sum(len(group.rows) for group in sheet.groups)
    count = press.word("to_count", posts=posts, heads=sum(sheet.day_totals()))
    particulars = (*week_particulars(press, sheet.week, sheet.first_date), Particular(count))
    laid = Sheet(
        heading(press, sheet, short, title, particulars),
        sheet.frame,
        short,
        (Section(table, head_row(press, at, labels, 9.6)),),
        keep_without_numbers(press, sheet.frame),
    )
    return pages_of(laid, press)


def _has_left_open(sheet: OverviewSheet) -> bool:
    """Say whether heads are knowingly left open anywhere."""
    rows = (row for group in sheet.groups for row in group.rows)
    return any(manning.left_open for row in rows for day in row.days for _shift, manning in day)


class _Cells:
    """Measures days of checkpoints, and remembers words that recur in thousands."""

    def __init__(self, press: Press, room: float) -> None:
        self._press = press
        self._room = room
        self._boxes: dict[ShiftMark, Piece] = {}

    def lines(self, day: tuple[tuple[ShiftMark, Manning], ...]) -> tuple[FlowLine, ...]:
        """Return one day of a checkpoint: each shift begins a line with its box."""
        return tuple(line for shift, manning in day for line in self._shift(shift, manning))

    def _shift(self, shift: ShiftMark, manning: Manning) -> tuple[FlowLine, ...]:
        press = self._press
        box = self._boxes.get(shift)
        if box is None:
            box = self._boxes[shift] = shift_box(press, shift.mark, night=shift.is_night, side=_BOX)
        room = self._room - box.width
        items: list[FlowItem] = []
        for person in manning.people:
            star = {MemberRole.LEADER: "★", MemberRole.DEPUTY: "☆"}.get(person.role, "")
            lines = press.fit(star + person.name, room, _NAMES).single()
            items.extend(FlowItem((Piece(one),), 1.4) for one in lines)
        items.extend(FlowItem((mark,), 1.4) for mark in missing_pieces(press, manning, short=True))
        flowed = flow(items, room) or (FlowLine(()),)
        return tuple(_behind(line, None if number else box, box.width) for number, line in enumerate(flowed))


def _behind(line: FlowLine, box: Piece | None, indent: float) -> FlowLine:
    """Return the line moved to the right, with a box before it."""
    moved = tuple((start + indent, item) for start, item in line.items)
    return FlowLine(((0.0, FlowItem((box,), 0.0)), *moved) if box is not None else moved)


def _group_rows(group: OverviewGroup, cells: _Cells, press: Press, at: tuple[float, ...]) -> list[Row]:
    words = press.word("to_band", posts=len(group.rows))
    name = Piece(press.line(group.name or press.word("to_elsewhere"), BODY[1], bold=True), after=3.0)
    band = band_row(press, at, flow([FlowItem((name, Piece(press.line(words, BODY[2]))), 0.0)], press.inner)[0], 6.0)
    rows = [row for post in group.rows for row in _post_rows(post, cells, press, at)]
    return [band, *(Row(row.edges, row.cells, row.height, group=band) for row in rows)]


def _post_rows(post: OverviewRow, cells: _Cells, press: Press, at: tuple[float, ...]) -> list[Row]:
    days = [cells.lines(day) for day in post.days]
    code = text_cell(press, post.code, at[1] - at[0], (7.5, 7.0), centre=True)
    name = text_cell(press, post.name, at[2] - at[1], (9.0, 8.25, 7.5), bold=True)
    found = []
    for start in range(0, max(1, *(len(lines) for lines in days)), _MOST_LINES):
        shown = [Cell(lines[start : start + _MOST_LINES], press.mm(_LINE), pad=_PAD) for lines in days]
        tallest = max(code.height, name.height, *(one.height for one in shown))
        found.append(Row(at, (code, name, *shown), max(press.mm(_LEAST), tallest + AIR)))
    return found


def _totals(sheet: OverviewSheet, press: Press, at: tuple[float, ...]) -> Row:
    label = press.fit(press.word("day_heads"), at[2] - at[0] - 3.0, BODY, bold=True)
    first = Cell(text_cell(press, label.lines[0], at[2] - at[0], BODY, bold=True).lines, label.line_height, span=2)
    cells = [text_cell(press, str(n), at[3] - at[2], BODY, bold=True, centre=True) for n in sheet.day_totals()]
    return Row(at, (first, *cells), press.mm(7.6), fill=SHADE)
