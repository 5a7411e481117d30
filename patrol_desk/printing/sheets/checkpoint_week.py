"""The checkpoint's week: A4 landscape, shifts down, days across."""

from patrol_desk.printing.layout.tree import Page
from patrol_desk.printing.sheets.common import (
    LINE,
    day_heads,
    demand_words,
    document_title,
    heading,
    keep_without_numbers,
    people_lines,
    shift_cell,
    text_cell,
    week_particulars,
    with_footnotes,
)
from patrol_desk.printing.sheets.document import Closing, Section, Sheet, count_pages, pages_of, with_closing
from patrol_desk.printing.sheets.head import Particular
from patrol_desk.printing.sheets.press import Press
from patrol_desk.printing.sheets.style import PAD, SHADE
from patrol_desk.printing.sheets.table import AIR, Cell, Row, edges, head_row
from patrol_desk.printing.sheets.tail import Legend, measure_tail
from patrol_desk.services.printed.content import short_hash
from patrol_desk.services.printed.posts import CheckpointWeekSheet, ShiftWeek

_WIDTHS = (27.0, *(-1.0,) * 7)
_MOST_LINES = 14
"""Lines of people in one row; a shift with more goes on in the next row."""
_LEAST = (26.0, 22.0, 18.0, 14.0)
"""Least heights of a row: the fewest pages win, then the most open rows."""


def checkpoint_week_title(sheet: CheckpointWeekSheet, press: Press) -> str:
    """Return the title of a document with this sheet."""
    return document_title(press, press.word("cw_title", township=sheet.frame.township), sheet.week)


def checkpoint_week_pages(sheet: CheckpointWeekSheet, press: Press) -> tuple[Page, ...]:
    """Return the pages of a checkpoint's week."""
    close = _sheet(sheet, press, _LEAST[-1])
    fewest = count_pages(close, press)
    open_ones = (_sheet(sheet, press, least) for least in _LEAST[:-1])
    best = next((laid for laid in open_ones if count_pages(laid, press) == fewest), close)
    return pages_of(best, press)


def _sheet(sheet: CheckpointWeekSheet, press: Press, least: float) -> Sheet:
    """Return the sheet with rows at least so high."""
    short = short_hash(sheet)
    at = edges(press, _WIDTHS)
    rows = [row for shift in sheet.shifts for row in _rows(press, shift, at, least)]
    if not rows:
        nobody = text_cell(press, press.word("cw_nobody"), at[-1] - at[0], centre=True)
        rows = [Row(at, (Cell(nobody.lines, nobody.line_height, "centre", span=8),), press.mm(10.0))]
    particulars = (
        Particular(sheet.name, press.word("place"), bold=True, larger=1.5),
        Particular(press.word("code_in_brackets", written=sheet.code)),
        *week_particulars(press, sheet.week, sheet.first_date),
        *((Particular(sheet.address, press.word("address")),) if sheet.address else ()),
    )
    note = with_footnotes(press, press.word("cw_note"), sheet.footnotes)
    tail = measure_tail(press, _legend(press, sheet), note, ("sign_made", "sign_checked", "sign_date"))
    table = (*with_closing([*rows, _totals(press, sheet, at)]), Closing(press, tail))
    head = head_row(press, at, [press.word("head_shift"), *day_heads(press, sheet.first_date)], 9.6)
    title = press.word("cw_title", township=sheet.frame.township)
    keep = keep_without_numbers(press, sheet.frame)
    top = heading(press, sheet, short, title, particulars)
    return Sheet(top, sheet.frame, short, (Section(table, head),), keep)


def _legend(press: Press, sheet: CheckpointWeekSheet) -> Legend:
    marks = [("★", press.word("role_leader")), ("☆", press.word("role_deputy"))]
    return Legend(pairs=(("legend_marks", marks),), changed=_is_changed(sheet))


def _is_changed(sheet: CheckpointWeekSheet) -> bool:
    return any(_shift_changed(shift) for shift in sheet.shifts)


def _shift_changed(shift: ShiftWeek) -> bool:
    return any(person.changed for day in shift.days for person in day.people)


def _rows(press: Press, shift: ShiftWeek, at: tuple[float, ...], least: float) -> list[Row]:
    days = [people_lines(press, day, at[2] - at[1] - 2 * PAD) for day in shift.days]
    most = max(len(lines) for lines in days)
    found = []
    for start in range(0, max(most, 1), _MOST_LINES):
        note = press.word("again") if start else _demand_words(press, shift)
        label = shift_cell(press, shift.shift, at[1] - at[0] - 2 * PAD, note)
        cells = [Cell(lines[start : start + _MOST_LINES], press.mm(LINE)) for lines in days]
        tallest = max(label.height, *(one.height for one in cells))
        height = max(press.mm(least), tallest + 2 * AIR)
        found.append(Row(at, (label, *cells), height, changed=_shift_changed(shift)))
    return found


def _demand_words(press: Press, shift: ShiftWeek) -> str:
    """Return the heads asked for: of the days that ask for any, the least and the most where they differ."""
    asked = [day for day in shift.days if day.desired or day.held]
    return demand_words(press, asked) if asked else ""


def _totals(press: Press, sheet: CheckpointWeekSheet, at: tuple[float, ...]) -> Row:
    label = text_cell(press, press.word("day_heads"), at[1] - at[0], bold=True)
    totals = [sum(len(shift.days[day].people) for shift in sheet.shifts) for day in range(7)]
    cells = [text_cell(press, str(total), at[2] - at[1], bold=True, centre=True) for total in totals]
    return Row(at, (label, *cells), press.mm(7.6), fill=SHADE)
