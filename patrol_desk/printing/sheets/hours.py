"""The month of service hours: A4 portrait, a squad's people with what they served, to sign."""

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
from patrol_desk.printing.sheets.style import PAD, SHADE
from patrol_desk.printing.sheets.table import Cell, Row, body_row, edges, head_row
from patrol_desk.printing.sheets.tail import Legend, measure_tail
from patrol_desk.services.printed.content import short_hash
from patrol_desk.services.printed.persons import HoursLine, HoursSheet

_WIDTHS = (10.0, -3.0, 16.0, 16.0, 16.0, 16.0, 20.0, -2.6)
_ROW = 8.6


def hours_title(sheet: HoursSheet, press: Press) -> str:
    """Return the title of a document with this sheet."""
    return document_title(press, press.word("mh_title"), f"{sheet.squad} {sheet.period}")


def hours_pages(sheet: HoursSheet, press: Press) -> tuple[Page, ...]:
    """Return the pages of a squad's month."""
    short = short_hash(sheet)
    at = edges(press, _WIDTHS)
    rows = [_row(number, line, press, at) for number, line in enumerate(sheet.lines, start=1)]
    particulars = (
        Particular(sheet.squad, press.word("squad"), bold=True, larger=1.5),
        Particular(
            press.word("whole_month", year=sheet.month.year, month=press.word(f"month_{sheet.month.month}")), bold=True
        ),
        Particular(press.word("mh_count", people=len(sheet.lines))),
    )
    codes = (
        "head_number", "head_name", "state_present", "state_late", "state_absent", "state_replaced", "head_hours",
        "head_signed",
    )  # fmt: skip
    tail = measure_tail(press, Legend(), press.word("mh_note"), ("sign_made", "sign_leader", "sign_checked"))
    table = (*with_closing([*rows, _totals(sheet, press, at)]), Closing(press, tail))
    section = Section(table, head_row(press, at, [press.word(code) for code in codes]))
    top = heading(press, sheet, short, press.word("mh_title"), particulars)
    keep = keep_without_numbers(press, sheet.frame)
    return pages_of(Sheet(top, sheet.frame, short, (section,), keep), press)


def _row(number: int, line: HoursLine, press: Press, at: tuple[float, ...]) -> Row:
    counts = (line.present, line.late, line.absent, line.replaced)
    cells = (
        number_cell(press, number),
        name_cell(press, line.name, line.role, at[2] - at[1] - 2 * PAD),
        *(text_cell(press, str(count) if count else "—", 16.0, centre=True) for count in counts),
        text_cell(press, _hours(line.minutes), at[7] - at[6], (9.75, 9.0), bold=True, centre=True),
        Cell(),
    )
    return body_row(press, at, cells, _ROW)


def _totals(sheet: HoursSheet, press: Press, at: tuple[float, ...]) -> Row:
    first = text_cell(press, press.word("mh_totals"), at[2] - at[0], bold=True)
    lines = sheet.lines
    sums = (
        sum(line.present for line in lines),
        sum(line.late for line in lines),
        sum(line.absent for line in lines),
        sum(line.replaced for line in lines),
    )
    cells = (
        Cell(first.lines, first.line_height, span=2),
        *(text_cell(press, str(total), 16.0, bold=True, centre=True) for total in sums),
        text_cell(press, _hours(sum(line.minutes for line in lines)), at[7] - at[6], bold=True, centre=True),
        Cell(),
    )
    return Row(at, cells, press.mm(8.0), fill=SHADE)


def _hours(minutes: int) -> str:
    """Return minutes as hours with one decimal."""
    return f"{minutes / 60:.1f}"
