"""The sign-in sheet: A4 landscape, numbered rows by shift, blank rows, equipment and notes beside the table."""

from itertools import count

from patrol_desk.printing.layout.builder import PageBuilder
from patrol_desk.printing.layout.flow import FlowItem, Piece, flow
from patrol_desk.printing.layout.tree import Area, Page, Panel
from patrol_desk.printing.sheets import style
from patrol_desk.printing.sheets.common import (
    PLAIN,
    day_particular,
    demand_words,
    document_title,
    heading,
    missing_pieces,
    name_cell,
    number_cell,
    phone_cell,
    text_cell,
    with_footnotes,
)
from patrol_desk.printing.sheets.document import Section, Sheet, Signatures, Words, count_pages, pages_of, with_closing
from patrol_desk.printing.sheets.head import Particular
from patrol_desk.printing.sheets.press import Press
from patrol_desk.printing.sheets.table import Cell, Row, band_row, blank_row, body_row, edges, head_row, shift_box
from patrol_desk.services.printed.content import short_hash
from patrol_desk.services.printed.marks import MemberRole, PrivacyProfile
from patrol_desk.services.printed.posts import Equipment, OnDuty, SignInSheet, SignInShift

_WITH_PHONE = (8.0, -2.4, -2.3, 15.0, 26.0, 17.0, -2.9, 17.0, -2.9)
_WITHOUT_PHONE = (8.0, -2.6, -2.4, 15.0, 19.0, -3.6, 19.0, -3.6)
_PHONE = (4, 23.5)
"""The column of numbers, and the width that a number needs."""
_ASIDE = 61.0
_ASIDE_SHARE = 0.23
"""Of the sheet's width, at most: with larger text the signatures need the room more."""
_ASIDE_GAP = 4.4
_ROWS = (10.8, 9.6, 8.6)
"""Least heights of a row to sign in: the fewest pages win, then the most open rows."""
_THING = 7.9
_SIGNS = ("sign_officer", "sign_post", "sign_checked_again")
_NOTE_LINE = 8.0
_NOTES = 30.0
"""Height that is left for what happened, if there is much equipment."""


def sign_in_title(sheet: SignInSheet, press: Press) -> str:
    """Return the title of a document with this sheet."""
    return document_title(press, press.word(f"si_title_{sheet.of}"), sheet.period)


def sign_in_pages(sheet: SignInSheet, press: Press) -> tuple[Page, ...]:
    """Return the pages of a day's sign-in sheet."""
    close = _sheet(sheet, press, _ROWS[-1])
    fewest = count_pages(close, press)
    open_ones = (_sheet(sheet, press, least) for least in _ROWS[:-1])
    best = next((laid for laid in open_ones if count_pages(laid, press) == fewest), close)
    return pages_of(best, press)


def _sheet(sheet: SignInSheet, press: Press, least: float) -> Sheet:
    """Return the sheet with rows at least so high."""
    short = short_hash(sheet)
    with_phone = sheet.frame.profile is not PrivacyProfile.PUBLIC
    beside = _beside(press)
    at = edges(press, _widths(press, with_phone=with_phone), right=press.right - beside - _ASIDE_GAP)
    numbers = count(1)
    extra = blank_row(press, at, least, press.word("extra"))
    rows = [row for shift in sheet.shifts for row in _shift_rows(sheet, shift, press, extra, numbers)]
    if not sheet.shifts:
        rows = [extra]
    signs = Signatures(press, tuple(press.fit(press.word(code), press.inner / 6, style.BODY) for code in _SIGNS), 1.0)
    blocks = with_closing(rows)
    labels = _labels(sheet, press, with_phone=with_phone)
    return Sheet(
        heading(press, sheet, short, press.word(f"si_title_{sheet.of}"), _particulars(sheet, press), _caption(sheet)),
        sheet.frame,
        short,
        (Section(blocks, head_row(press, at, labels), fill=extra, closing=(*_footnotes(sheet, press), signs)),),
        keep=press.word("si_keep"),
        aside=lambda builder, top, bottom: _draw_aside(
            builder, sheet.equipment, press, Area(press.right - beside, top, beside, bottom - top)
        ),
    )


def _footnotes(sheet: SignInSheet, press: Press) -> tuple[Words, ...]:
    words = with_footnotes(press, "", sheet.footnotes).strip()
    return (Words(press, press.fit(words, press.inner, style.SMALL)),) if words else ()


def _beside(press: Press) -> float:
    """Return the width of what stands beside the table."""
    return min(press.mm(_ASIDE), max(_ASIDE, _ASIDE_SHARE * press.inner))


def _widths(press: Press, *, with_phone: bool) -> tuple[float, ...]:
    """Return the columns: times are written by hand, so they do not grow with the text; the signatures get the room."""
    widths = list(_WITH_PHONE if with_phone else _WITHOUT_PHONE)
    if with_phone:
        at, needed = _PHONE
        widths[at] = max(needed, widths[at] / press.scale)
    for at in (-4, -2):
        widths[at] /= press.scale
    return tuple(widths)


def _caption(sheet: SignInSheet) -> str:
    return f"{sheet.code} · {sheet.day:%m-%d}"


def _particulars(sheet: SignInSheet, press: Press) -> list[Particular]:
    label = press.word("place" if sheet.of == "checkpoint" else "squad")
    found = [
        Particular(sheet.name, label, bold=True, larger=1.5),
        Particular(press.word("code_in_brackets", written=sheet.code)),
        day_particular(press, sheet.day),
    ]
    if sheet.muster:
        distance = press.word("muster_distance", name=sheet.muster, km=f"{sheet.muster_m / 1000:.1f}")
        found.append(Particular(distance, press.word("nearest_muster")))
    return found


def _labels(sheet: SignInSheet, press: Press, *, with_phone: bool) -> list[str]:
    other = "head_squad" if sheet.of == "checkpoint" else "head_place"
    codes = ["head_number", "head_name", other, "head_role"]
    codes += ["head_phone"] if with_phone else []
    codes += ["head_in", "head_in_sign", "head_out", "head_out_sign"]
    return [press.word(code) for code in codes]


def _shift_rows(sheet: SignInSheet, shift: SignInShift, press: Press, extra: Row, numbers: "count[int]") -> list[Row]:
    """Return a shift's band, its people and at least one row for who comes unplanned."""
    mark, manning = shift.shift, shift.manning
    words = press.word("si_band", heads=len(manning.people))
    if manning.desired or manning.held:
        words += "　" + demand_words(press, [manning])
    pieces = [
        shift_box(press, mark.mark, night=mark.is_night),
        Piece(press.line(press.words.shift_time(mark), style.BODY[0], bold=True), after=3.6),
        Piece(press.line(words, style.BODY[1]), after=3.6),
    ]
    pieces.extend(missing_pieces(press, manning))
    at = extra.edges
    band = band_row(press, at, flow([FlowItem(tuple(pieces), 0.0)], press.inner)[0], 8.0)
    people = [_person_row(sheet, person, next(numbers), press, extra) for person in manning.people]
    blanks = max(1, manning.desired - len(manning.people))
    rows = [*people, *[extra] * blanks]
    return [band, *(Row(row.edges, row.cells, row.height, changed=row.changed, group=band) for row in rows)]


def _person_row(sheet: SignInSheet, person: OnDuty, number: int, press: Press, like: Row) -> Row:
    """Return somebody's row, as high as the empty one."""
    at = like.edges
    profile = sheet.frame.profile
    other = person.squad if sheet.of == "checkpoint" else person.place
    role = press.word(f"role_{person.role.value}")
    cells = [
        number_cell(press, number),
        name_cell(press, f"{person.name}{person.mark}", MemberRole.MEMBER, at[2] - at[1] - 2 * style.PAD),
        text_cell(press, other, at[3] - at[2]),
        text_cell(press, role, at[4] - at[3], centre=True),
    ]
    if profile is not PrivacyProfile.PUBLIC:
        cells.append(phone_cell(press, person.phone, profile, at[5] - at[4] - 1.0))
    cells += [Cell()] * (len(at) - 1 - len(cells))
    row = body_row(press, at, cells, like.height / press.scale)
    return Row(row.edges, row.cells, row.height, changed=person.changed)


def _draw_aside(builder: PageBuilder, things: tuple[Equipment, ...], press: Press, area: Area) -> None:
    """Draw the equipment to hand over and the lines for what happened."""
    y = area.y
    if things:
        at = edges(press, (-2.0, 12.0, -1.0, -1.0), left=area.x, right=area.right)
        codes = ("head_handover", "head_due", "head_early", "head_late")
        head = head_row(press, at, [press.word(code) for code in codes])
        head.draw(builder, y)
        y += head.height
        least = min(_THING, (area.bottom - y - press.mm(_NOTES)) / press.scale / len(things))
        for thing in things:
            name = text_cell(press, thing.name, at[1] - at[0])
            held = text_cell(press, str(thing.quantity), at[2] - at[1], centre=True)
            row = body_row(press, at, (name, held, Cell(), Cell()), least)
            row.draw(builder, y)
            y += row.height
        y += 4.0
    if area.bottom - y < press.mm(_NOTE_LINE):
        return
    box = Area(area.x, y, area.width, area.bottom - y)
    builder.panel(Panel(box, stroke=style.HAIR))
    title = press.fit(press.word("si_happened"), box.width - 6.0, PLAIN, bold=True)
    builder.text(title, Area(box.x + 2.6, box.y + 1.6, box.width - 5.2, title.height + 1.0))
    y = box.y + title.height + press.mm(_NOTE_LINE)
    while y < box.bottom - 4.0:
        builder.across(box.x + 2.6, box.right - 2.6, y, style.HAIR / 2)
        y += press.mm(_NOTE_LINE)
