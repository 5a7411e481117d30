"""The change slip: A5, what changed between two published versions for those concerned."""

from patrol_desk.printing.layout.flow import FlowItem, Look, Piece, flow
from patrol_desk.printing.layout.tree import Page
from patrol_desk.printing.sheets.common import (
    document_title,
    heading,
    keep_without_numbers,
    role_box,
    text_cell,
    week_particulars,
)
from patrol_desk.printing.sheets.document import Closing, Section, Sheet, pages_of, with_closing
from patrol_desk.printing.sheets.head import Particular
from patrol_desk.printing.sheets.press import Press
from patrol_desk.printing.sheets.style import PAD
from patrol_desk.printing.sheets.table import Cell, Row, band_row, body_row, edges, head_row, line_of, shift_box
from patrol_desk.printing.sheets.tail import Legend, measure_tail
from patrol_desk.services.printed.content import short_hash
from patrol_desk.services.printed.persons import ChangedDuty, ChangedPerson, ChangeKind, ChangeSlip

_WIDTHS = (17.0, 24.0, 40.0, -1.0)
_ROW = 7.0


def change_slip_title(sheet: ChangeSlip, press: Press) -> str:
    """Return the title of a document with this sheet."""
    return document_title(press, press.word("cs_title"), f"{sheet.squad} {sheet.week}")


def change_slip_pages(sheet: ChangeSlip, press: Press) -> tuple[Page, ...]:
    """Return the pages of a squad's change slip."""
    short = short_hash(sheet)
    at = edges(press, _WIDTHS)
    rows = [row for person in sheet.people for row in _person_rows(person, press, at)]
    number = sheet.frame.version.number if sheet.frame.version is not None else 0
    particulars = (
        Particular(sheet.squad, press.word("squad"), bold=True, larger=1.5),
        *week_particulars(press, sheet.week, sheet.first_date),
        Particular(press.word("cs_versions", before=sheet.before, now=number), bold=True),
    )
    labels = [press.word(code) for code in ("head_change", "head_day", "head_shift", "head_place")]
    note = press.word("cs_note", before=sheet.before)
    tail = measure_tail(press, Legend(changed=True), note, ("sign_told", "sign_date"))
    section = Section((*with_closing(rows), Closing(press, tail, 2.0)), head_row(press, at, labels, 6.8))
    top = heading(press, sheet, short, press.word("cs_title"), particulars)
    keep = keep_without_numbers(press, sheet.frame)
    return pages_of(Sheet(top, sheet.frame, short, (section,), keep), press)


def _person_rows(person: ChangedPerson, press: Press, at: tuple[float, ...]) -> list[Row]:
    room = at[-1] - at[0] - 2 * PAD
    box = role_box(press, person.role)
    name = press.fit(person.name, room - (box.width + 1.0 if box else 0.0), (9.75, 9.0, 8.25, 7.5), bold=True)
    pieces = (Piece(name.single()[0], after=1.2), *((box,) if box else ()))
    band = band_row(press, at, flow([FlowItem(pieces, 0.0)], room)[0], 6.6)
    rows = [_duty_row(duty, press, at) for duty in person.duties]
    return [band, *(Row(row.edges, row.cells, row.height, changed=row.changed, group=band) for row in rows)]


def _duty_row(duty: ChangedDuty, press: Press, at: tuple[float, ...]) -> Row:
    kept = duty.kind is ChangeKind.KEPT
    mark = press.fit(press.word(f"change_{duty.kind.value}"), at[1] - at[0] - 3.6, (9.0, 8.25, 7.5), bold=not kept)
    look: Look = "black" if duty.kind is ChangeKind.DROPPED else "framed"
    boxed = Piece(mark) if kept else Piece(mark, look, (mark.width + 1.8, press.mm(4.5)))
    day = f"{duty.day:%m-%d} {press.words.weekday(duty.day)}"
    box = shift_box(press, duty.shift.mark, night=duty.shift.is_night)
    times = press.fit(press.words.shift_time(duty.shift), at[3] - at[2] - 2 * PAD - box.width, (9.0, 8.25, 7.5, 7.0))
    cells = (
        Cell((line_of(boxed),), press.mm(4.5), "centre"),
        text_cell(press, day, at[2] - at[1], (9.0, 8.25, 7.5)),
        Cell((line_of(box, Piece(times.single()[0])),), press.mm(4.9)),
        text_cell(press, duty.place, at[4] - at[3], (9.0, 8.25, 7.5), bold=not kept),
    )
    row = body_row(press, at, cells, _ROW)
    return Row(row.edges, row.cells, row.height, changed=not kept)
