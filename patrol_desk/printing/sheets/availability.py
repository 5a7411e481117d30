"""The availability form: A4 landscape, people down, days and shifts across, filled with what was said last time."""

from datetime import date, timedelta

from patrol_desk.printing.layout.flow import FlowItem, FlowLine, Piece
from patrol_desk.printing.layout.tree import Page
from patrol_desk.printing.sheets.common import (
    document_title,
    heading,
    keep_without_numbers,
    name_cell,
    number_cell,
    text_cell,
)
from patrol_desk.printing.sheets.document import Closing, Section, Sheet, pages_of, with_closing
from patrol_desk.printing.sheets.head import Particular
from patrol_desk.printing.sheets.press import Press
from patrol_desk.printing.sheets.style import BODY, PAD, SHADE
from patrol_desk.printing.sheets.table import AIR, Cell, Row, blank_row, cell, edges, shift_box
from patrol_desk.printing.sheets.tail import Legend, measure_tail
from patrol_desk.services.printed.content import short_hash
from patrol_desk.services.printed.persons import AvailabilityForm, AvailabilityLine

_ROW = 7.6
_NAME = 32.0
_SIGN = 22.0
_SAME = 11.0
_SIGN_SIZES = (8.25, 7.5, 7.0, 6.0, 5.0)
SIGNS = ("×", "△", "○", "◎")
"""不可, 尽量不, 可以, 优先: by `Preference`."""
_MONDAY = date(2024, 1, 1)


def availability_title(sheet: AvailabilityForm, press: Press) -> str:
    """Return the title of a document with this sheet."""
    return document_title(press, press.word("af_title"), f"{sheet.squad} {sheet.period}")


def availability_pages(sheet: AvailabilityForm, press: Press) -> tuple[Page, ...]:
    """Return the pages of a squad's form."""
    short = short_hash(sheet)
    shifts = max(1, len(sheet.shifts))
    at = edges(press, (8.0, _NAME, *(-1.0,) * (7 * shifts), _SAME, _SIGN))
    rows = [_row(number, line, press, at) for number, line in enumerate(sheet.lines, start=1)]
    marks = ((sign, press.word(f"preference_{value}")) for value, sign in enumerate(SIGNS))
    particulars = (
        Particular(sheet.squad, press.word("squad"), bold=True, larger=1.5),
        Particular(press.word("af_count", people=len(sheet.lines))),
        Particular(press.word("af_filled"), bold=True),
        Particular("  ".join(f"{sign} {word}" for sign, word in reversed(tuple(marks)))),
    )
    tail = measure_tail(
        press, Legend(sheet.shifts, ()), press.word("af_note"), ("sign_leader", "sign_entered", "sign_date")
    )
    blank = blank_row(press, at, _ROW)
    top = heading(press, sheet, short, press.word("af_title"), particulars)
    closing = (Closing(press, tail, 2.0),)
    table = Section(with_closing(rows or [blank]), _head(sheet, press, at), fill=blank, closing=closing)
    keep = keep_without_numbers(press, sheet.frame)
    return pages_of(Sheet(top, sheet.frame, short, (table,), keep), press)


def _head(sheet: AvailabilityForm, press: Press, at: tuple[float, ...]) -> Row:
    """Return the head: weekdays over the boxes of the shifts."""
    shifts = len(sheet.shifts)
    line = press.mm(5.0)

    def label(code: str, room: float) -> Cell:
        return cell(press.fit(press.word(code), room - 1.2, (*BODY, 7.5), bold=True), "centre", pad=0.6)

    days = []
    for number in range(7):
        width = at[2 + shifts] - at[2]
        day = press.line(press.words.weekday(_MONDAY + timedelta(days=number)), BODY[0], bold=True)
        upper = FlowLine((((width - day.width) / 2, FlowItem((Piece(day),), 0.0)),))
        days.append(Cell((upper, _boxes(sheet, press, width / max(1, shifts))), line, span=max(1, shifts), pad=0.0))
    same, sign = label("head_same", at[-2] - at[-3]), label("head_signed", at[-1] - at[-2])
    first = (label("head_number", at[1] - at[0]), label("head_name", at[2] - at[1]))
    return Row(at, (*first, *days, same, sign), 2 * line + AIR, fill=SHADE, keep=True, first=True)


def _boxes(sheet: AvailabilityForm, press: Press, width: float) -> FlowLine:
    """Return the shifts' boxes, each in the middle of its column."""
    side = min(4.4, (width - 0.5) / press.scale)
    boxes = [shift_box(press, shift.mark, night=shift.is_night, side=side) for shift in sheet.shifts]
    placed = [(number * width + (width - box.box[0]) / 2, box) for number, box in enumerate(boxes)]
    return FlowLine(tuple((start, FlowItem((box,), 0.0)) for start, box in placed))


def _row(number: int, line: AvailabilityLine, press: Press, at: tuple[float, ...]) -> Row:
    cells = [number_cell(press, number), name_cell(press, line.name, line.role, at[2] - at[1] - 2 * PAD)]
    for day in range(7):
        for shift in line.days:
            sign = SIGNS[shift[day]] if shift is not None else ""
            cells.append(cell(press.fit(sign, at[3] - at[2] - 0.4, _SIGN_SIZES), "centre", pad=0.2))
    cells += [Cell()] * (len(at) - 3 - len(cells))
    known = any(shift is not None for shift in line.days)
    cells.append(text_cell(press, "□" if known else "", at[-2] - at[-3], (11.0,), centre=True))
    cells.append(Cell())
    return Row(at, tuple(cells), max(press.mm(_ROW), cells[1].height + AIR))
