"""The call sheet: A4 portrait, whom to ring, in order, with room for times."""

from patrol_desk.printing.layout.flow import FlowItem, Piece, flow
from patrol_desk.printing.layout.tree import Page
from patrol_desk.printing.sheets.common import (
    day_particular,
    document_title,
    heading,
    name_cell,
    number_cell,
    phone_cell,
    text_cell,
)
from patrol_desk.printing.sheets.document import Closing, Section, Sheet, pages_of, with_closing
from patrol_desk.printing.sheets.head import Particular
from patrol_desk.printing.sheets.press import Press
from patrol_desk.printing.sheets.style import PAD
from patrol_desk.printing.sheets.table import Cell, Row, blank_row, body_row, edges, head_row
from patrol_desk.printing.sheets.tail import Legend, measure_tail
from patrol_desk.services.printed.content import short_hash
from patrol_desk.services.printed.persons import CallLine, CallSheet

_WIDTHS = (8.0, -3.0, -2.2, 27.0, 16.0, 24.0, 16.0, -3.0)
_ROW = 10.0
_SMALL = (8.25, 7.5, 7.0)
_BLANKS = 6
"""Empty rows for who else comes to mind."""


def call_sheet_title(sheet: CallSheet, press: Press) -> str:
    """Return the title of a document with this sheet."""
    return document_title(press, press.word("cl_title"), f"{sheet.place or sheet.squad} {sheet.period}")


def call_sheet_pages(sheet: CallSheet, press: Press) -> tuple[Page, ...]:
    """Return the pages of a call sheet."""
    short = short_hash(sheet)
    at = edges(press, _WIDTHS)
    rows = [_row(number, line, sheet, press, at) for number, line in enumerate(sheet.lines, start=1)]
    codes = (
        "head_number",
        "head_name",
        "head_squad",
        "head_phone",
        "head_rung",
        "head_answer",
        "head_due_at",
        "head_note",
    )
    tail = measure_tail(press, Legend(), press.word("cl_note"), ("sign_rung", "sign_date"))
    blank = blank_row(press, at, _ROW)
    head = head_row(press, at, [press.word(code) for code in codes])
    closing = (Closing(press, tail, 2.0),)
    table = Section(with_closing(rows or [blank]), head, fill=blank, most=_BLANKS, closing=closing)
    top = heading(press, sheet, short, press.word("cl_title"), _particulars(sheet, press))
    laid = Sheet(top, sheet.frame, short, (table,), keep=press.word("cl_keep"))
    return pages_of(laid, press)


def _particulars(sheet: CallSheet, press: Press) -> list[Particular]:
    found = []
    if sheet.place:
        found.append(Particular(sheet.place, press.word("place"), bold=True, larger=1.5))
    if sheet.squad:
        found.append(Particular(sheet.squad, press.word("squad"), bold=True, larger=1.5))
    found.append(day_particular(press, sheet.day))
    if sheet.shift is not None:
        times = press.words.shift_time(sheet.shift)
        found.append(Particular(f"{sheet.shift.name} {times}", press.word("shift_label")))
    if sheet.needed:
        found.append(Particular(press.word("needed", count=sheet.needed), bold=True))
    return found


def _answers(press: Press, room: float) -> Cell:
    """Return the answers to circle; where they take two lines, none begins with the dot between two answers."""
    whole = text_cell(press, press.word("answers"), room, _SMALL, centre=True)
    if len(whole.lines) == 1:
        return whole
    *others, last = press.word("answers").split(" · ")
    texts = [press.line(words, _SMALL[1]) for words in (*(f"{one} ·" for one in others), last)]
    lines = flow([FlowItem((Piece(text),), 1.0) for text in texts], room - 2 * PAD)
    return Cell(lines, texts[0].line_height, "centre")


def _row(number: int, line: CallLine, sheet: CallSheet, press: Press, at: tuple[float, ...]) -> Row:
    cells = (
        number_cell(press, number),
        name_cell(press, line.name, line.role, at[2] - at[1] - 2 * PAD),
        text_cell(press, line.squad, at[3] - at[2]),
        phone_cell(press, line.phone, sheet.frame.profile, at[4] - at[3] - 1.0),
        Cell(),
        _answers(press, at[6] - at[5]),
        Cell(),
        text_cell(press, press.words.said(line.note), at[8] - at[7], _SMALL),
    )
    return body_row(press, at, cells, _ROW)
