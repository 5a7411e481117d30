"""The person's slip: A6, four to an A4, one's own duties of the week."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from patrol_desk.printing.layout.flow import Piece
from patrol_desk.printing.layout.impose import four_up
from patrol_desk.printing.layout.paper import PORTRAIT
from patrol_desk.printing.layout.tree import Page
from patrol_desk.printing.sheets.common import document_title, heading, text_cell, week_particulars
from patrol_desk.printing.sheets.document import Section, Sheet, Words, pages_of, with_closing
from patrol_desk.printing.sheets.head import Particular
from patrol_desk.printing.sheets.press import Press
from patrol_desk.printing.sheets.style import PAD
from patrol_desk.printing.sheets.table import Cell, Row, body_row, edges, head_row, line_of, shift_box
from patrol_desk.printing.sheets.words import shown_phone
from patrol_desk.services.printed.content import short_hash
from patrol_desk.services.printed.persons import PersonSlip, SlipDuty

_WIDTHS = (34.0, -1.0)
_ROW = 10.4
_MOST_MARGIN = 9.0
"""White at the edges of a slip; with more there were no room for its text."""


def person_slip_title(sheet: PersonSlip, press: Press) -> str:
    """Return the title of a document with this sheet; no name, since the document says it to everybody."""
    return document_title(press, press.word("ps_title"), sheet.week)


def person_slip_pages(sheet: PersonSlip, press: Press) -> tuple[Page, ...]:
    """Return the A6 pages of a person's slip."""
    press = replace(press, paper=PORTRAIT["A6"].kept_off(min(press.paper.edge, _MOST_MARGIN)))
    short = short_hash(sheet)
    at = edges(press, _WIDTHS)
    rows = [_row(duty, press, at) for duty in sheet.duties]
    if not rows:
        nothing = text_cell(press, press.word("ps_nothing"), press.inner, centre=True)
        rows = [Row(at, (Cell(nothing.lines, nothing.line_height, "centre", span=2),), press.mm(_ROW))]
    labels = [press.word(code) for code in ("head_when", "head_place")]
    note = Words(press, press.fit(press.word("ps_note"), press.inner, (7.5, 7.0)))
    section = Section(with_closing(rows, note), head_row(press, at, labels, 6.4))
    top = heading(press, sheet, short, press.word("ps_title"), _particulars(sheet, press))
    return pages_of(Sheet(top, sheet.frame, short, (section,), keep=press.word("ps_keep")), press)


def person_slips_on_paper(pages: Sequence[Page], press: Press) -> Iterator[Page]:
    """Yield the slips four to a page of the press's paper, with lines to cut along."""
    left = iter(pages)
    while four := tuple(islice(left, 4)):
        yield four_up(four, press.paper.width, press.paper.height)


def _particulars(sheet: PersonSlip, press: Press) -> list[Particular]:
    week, span = week_particulars(press, sheet.week, sheet.first_date)
    phone = shown_phone(sheet.leader_phone, sheet.frame.profile)
    found = [Particular(sheet.name, bold=True, larger=3.0), week, span]
    if sheet.squad:
        found.insert(1, Particular(sheet.squad, press.word("squad")))
    if sheet.leader:
        found.append(Particular(f"{sheet.leader} {phone}".strip(), press.word("leader")))
    return found


def _row(duty: SlipDuty, press: Press, at: tuple[float, ...]) -> Row:
    room = at[1] - at[0] - 2 * PAD
    day = f"{duty.day:%m-%d} {press.words.weekday(duty.day)}"
    days = [line_of(Piece(one)) for one in press.fit(day, room, (9.0, 8.25, 7.5), bold=True).single()]
    box = shift_box(press, duty.shift.mark, night=duty.shift.is_night, side=4.4)
    times = press.fit(press.words.shift_time(duty.shift), room - box.width, (8.25, 7.5, 7.0))
    first, *more = times.single()
    when = (*days, line_of(box, Piece(first)), *(line_of(Piece(one)) for one in more))
    room = at[2] - at[1] - 2 * PAD
    where = [line_of(Piece(one)) for one in press.fit(duty.place, room, (9.0, 8.25, 7.5), bold=True).single()]
    if duty.address:
        where.extend(line_of(Piece(one)) for one in press.fit(duty.address, room, (7.5, 7.0)).single())
    return body_row(press, at, (Cell(when, press.mm(4.5)), Cell(tuple(where), press.mm(3.9))), _ROW)
