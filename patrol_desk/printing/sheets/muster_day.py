"""The day sheet of a muster point: A4 portrait, who is where shift by shift, and what is handed out."""

from patrol_desk.printing.layout.flow import FlowItem, Piece, flow
from patrol_desk.printing.layout.tree import Page
from patrol_desk.printing.sheets.common import (
    LINE,
    PLAIN,
    day_particular,
    document_title,
    heading,
    keep_without_numbers,
    people_lines,
    text_cell,
)
from patrol_desk.printing.sheets.document import Section, Sheet, Signatures, Words, pages_of, with_closing
from patrol_desk.printing.sheets.head import Particular
from patrol_desk.printing.sheets.press import Press
from patrol_desk.printing.sheets.style import BODY, PAD
from patrol_desk.printing.sheets.table import (
    Cell,
    Row,
    band_row,
    blank_row,
    body_row,
    cell,
    edges,
    head_row,
    shift_box,
)
from patrol_desk.services.printed.content import short_hash
from patrol_desk.services.printed.posts import DayShift, Equipment, MusterDaySheet, PostShift

_POSTS = (38.0, 12.0, -1.0, 22.0, 22.0)
_THINGS = (44.0, 14.0, -1.0, -1.0, -1.0, -1.4)
_SIGNS = ("sign_duty_officer", "sign_keeper", "sign_date")
_MOST_LINES = 24
_BLANKS = 2


def muster_day_title(sheet: MusterDaySheet, press: Press) -> str:
    """Return the title of a document with this sheet."""
    return document_title(press, press.word("md_title"), f"{sheet.name} {sheet.period}")


def muster_day_pages(sheet: MusterDaySheet, press: Press) -> tuple[Page, ...]:
    """Return the pages of a muster point's day."""
    short = short_hash(sheet)
    particulars = (
        Particular(sheet.name, press.word("muster"), bold=True, larger=1.5),
        Particular(press.word("code_in_brackets", written=sheet.code)),
        day_particular(press, sheet.day),
    )
    laid = Sheet(
        heading(press, sheet, short, press.word("md_title"), particulars),
        sheet.frame,
        short,
        (_posts(sheet, press), _equipment(sheet.equipment, press)),
        keep=keep_without_numbers(press, sheet.frame),
    )
    return pages_of(laid, press)


def _posts(sheet: MusterDaySheet, press: Press) -> Section:
    at = edges(press, _POSTS)
    rows = [row for shift in sheet.shifts for row in _shift_rows(shift, press, at)]
    if not rows:
        nobody = text_cell(press, press.word("md_nobody"), press.inner, centre=True)
        rows = [Row(at, (Cell(nobody.lines, nobody.line_height, "centre", span=5),), press.mm(10.0))]
    labels = [press.word(code) for code in ("head_place", "head_heads", "head_on_duty", "head_there", "head_gone")]
    return Section(tuple(rows), head_row(press, at, labels))


def _shift_rows(shift: DayShift, press: Press, at: tuple[float, ...]) -> list[Row]:
    heads = sum(len(post.manning.people) for post in shift.posts)
    mark = shift.shift
    words = press.word("md_band", name=mark.name, posts=len(shift.posts), heads=heads)
    pieces = (
        shift_box(press, mark.mark, night=mark.is_night),
        Piece(press.line(press.words.shift_time(mark), BODY[0], bold=True), after=4.0),
        Piece(press.line(words, BODY[1])),
    )
    band = band_row(press, at, flow([FlowItem(pieces, 0.0)], press.inner)[0])
    rows = [row for post in shift.posts for row in _post_rows(post, press, at)]
    return [band, *(Row(row.edges, row.cells, row.height, changed=row.changed, group=band) for row in rows)]


def _post_rows(post: PostShift, press: Press, at: tuple[float, ...]) -> list[Row]:
    place = text_cell(press, post.name, at[1] - at[0], (9.0, 8.25, 7.5), bold=True)
    manning = post.manning
    count = cell(press.line(f"{len(manning.people)}/{max(manning.minimum, manning.desired)}", 9.0), "centre", pad=0.4)
    lines = people_lines(press, manning, at[3] - at[2] - 2 * PAD, behind=True)
    changed = any(person.changed for person in manning.people)
    found = []
    for start in range(0, max(len(lines), 1), _MOST_LINES):
        people = Cell(lines[start : start + _MOST_LINES], press.mm(LINE - 0.3))
        row = body_row(press, at, (place, count, people, Cell(), Cell()), 7.4)
        found.append(Row(row.edges, row.cells, row.height, changed=changed))
    return found


def _equipment(things: tuple[Equipment, ...], press: Press) -> Section:
    at = edges(press, _THINGS)
    rows = []
    for thing in things:
        name = text_cell(press, thing.name, at[1] - at[0])
        count = cell(press.line(str(thing.quantity), 9.0), "centre")
        rows.append(body_row(press, at, (name, count, *[Cell()] * 4), 7.2))
    rows.extend(blank_row(press, at, 7.2) for _number in range(_BLANKS))
    codes = ("head_equipment", "head_held", "head_handed_out", "head_taken_back", "head_missing", "head_signed")
    labels = [press.word(code) for code in codes]
    note = Words(press, press.fit(press.word("md_note"), press.inner, PLAIN), keep=True)
    signs = Signatures(press, tuple(press.fit(press.word(code), press.inner / 6, BODY) for code in _SIGNS))
    return Section(with_closing(rows, note, signs), head_row(press, at, labels), apart=4.0, whole=True)
