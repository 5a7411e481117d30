"""The doctor's findings: A4 portrait, what stays short, what could give way, then gap by gap where everybody went."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from patrol_desk.printing.layout.flow import FlowItem, FlowLine, Piece, flow
from patrol_desk.printing.layout.tree import Page
from patrol_desk.printing.sheets.common import document_title, heading, number_cell, text_cell, week_particulars
from patrol_desk.printing.sheets.document import Closing, Section, Sheet, pages_of, with_closing
from patrol_desk.printing.sheets.funnel import funnel
from patrol_desk.printing.sheets.head import Particular
from patrol_desk.printing.sheets.press import Press
from patrol_desk.printing.sheets.style import BODY, PAD, SMALL
from patrol_desk.printing.sheets.table import (
    Cell,
    Row,
    band_row,
    body_row,
    edges,
    head_row,
    line_of,
    shift_box,
)
from patrol_desk.printing.sheets.tail import Legend, measure_tail
from patrol_desk.services.printed.content import short_hash
from patrol_desk.services.printed.diagnosis import DiagnosisSheet, Gap, Near, Seat, Way
from patrol_desk.services.printed.marks import PrivacyProfile

MOST_PLACES: Final = 12
"""Places, or seats, named one by one; a gap at more of them says how many there are."""
_GAPS = (8.0, 29.0, -1.6, 14.0, 13.0, 14.0, 15.0, -4.6)
_WAYS = (8.0, -5.0, 19.0, -3.2, 12.0)
_NEAR = (8.0, -2.4, -2.8, 15.0, -2.8, -4.4, -3.4)
_ROW = 7.0
_HELD = 3
"""Of those who come nearest so many stand together, under their gap."""
_MOST_LINES = 12
_LINE = 4.1


def diagnosis_title(sheet: DiagnosisSheet, press: Press) -> str:
    """Return the title of a document with this sheet."""
    return document_title(press, press.word("dg_title", township=sheet.name), sheet.period)


def diagnosis_pages(sheet: DiagnosisSheet, press: Press) -> tuple[Page, ...]:
    """Return the pages of a diagnosis."""
    short = short_hash(sheet)
    named = sheet.frame.profile is not PrivacyProfile.PUBLIC
    top = heading(press, sheet, short, press.word("dg_title", township=sheet.name), _particulars(sheet, press))
    tail = measure_tail(press, Legend(), press.word("dg_note"), ("sign_made", "dg_sign_decided", "sign_date"))
    closing = Closing(press, tail)
    sections: tuple[Section, ...]
    if sheet.gaps:
        sections = (_gaps(sheet, press), _ways(sheet, press, closing, named=named))
    else:
        sections = (_nothing(press, closing),)
    each = tuple(section for gap in sheet.gaps for section in _gap(gap, press, named=named))
    keep = press.word("dg_keep_named" if named else "dg_keep")
    return pages_of(Sheet(top, sheet.frame, short, (*sections, *each), keep), press)


def _particulars(sheet: DiagnosisSheet, press: Press) -> list[Particular]:
    found = list(week_particulars(press, sheet.week, sheet.first_date))
    if sheet.begin is not None:
        found.append(Particular(press.word("dg_begin", moment=press.words.moment(sheet.begin))))
    code = "dg_missing" if sheet.missing else "dg_nothing_missing"
    found.append(Particular(press.word(code, count=sheet.missing, proven=sheet.proven), bold=True))
    return found


def _nothing(press: Press, closing: Closing) -> Section:
    at = (press.left, press.right)
    words = text_cell(press, press.word("dg_none"), press.inner, BODY, centre=True)
    return Section(with_closing([Row(at, (words,), press.mm(14.0), first=True)]), closing=(closing,))


def _gaps(sheet: DiagnosisSheet, press: Press) -> Section:
    at = edges(press, _GAPS)
    rows = [row for number, gap in enumerate(sheet.gaps, start=1) for row in _gap_rows(number, gap, press, at)]
    codes = ("head_number", "dg_head_gap", "dg_head_seat", "dg_head_needed", "dg_head_there", "dg_head_missing",
             "dg_head_proven", "dg_head_where")  # fmt: skip
    return Section(tuple(rows), head_row(press, at, [press.word(code) for code in codes]))


def _gap_rows(number: int, gap: Gap, press: Press, at: tuple[float, ...]) -> Iterator[Row]:
    counts = (gap.needed, gap.filled, gap.missing, gap.proven)
    yield body_row(
        press,
        at,
        (
            number_cell(press, number),
            _when(gap, press, at[2] - at[1]),
            text_cell(press, press.words.said(gap.seat), at[3] - at[2], bold=True),
            *(
                text_cell(press, f"{count:,}", at[4 + column] - at[3 + column], bold=column == 2, centre=True)
                for column, count in enumerate(counts)
            ),
            _texts(press, _places(gap, press), at[8] - at[7]),
        ),
        _ROW,
    )


def _when(gap: Gap, press: Press, room: float) -> Cell:
    box = shift_box(press, gap.shift.mark, night=gap.shift.is_night, side=4.4)
    lines = flow([FlowItem((box, Piece(press.line(_day(gap, press), BODY[1]))), 0.0)], room - 2 * PAD)
    return Cell(lines, press.mm(4.9))


def _day(gap: Gap, press: Press) -> str:
    return f"{press.words.weekday(gap.day)} {gap.day:%m-%d}"


def _places(gap: Gap, press: Press) -> list[str]:
    named = [press.word("dg_place", place=place, count=count) for place, count in gap.places[:MOST_PLACES]]
    more = [press.word("dg_more_places", count=len(gap.places))] if len(gap.places) > MOST_PLACES else []
    return [*named, *more]


def _seats(seats: tuple[Seat, ...], press: Press) -> list[str]:
    weekday = press.words.weekday
    named = [
        press.word("dg_seat", place=seat.place, weekday=weekday(seat.day), mark=seat.mark)
        for seat in seats[:MOST_PLACES]
    ]
    more = [press.word("dg_more_places", count=len(seats))] if len(seats) > MOST_PLACES else []
    return [*named, *more]


def _flowed(press: Press, texts: list[str], room: float) -> tuple[FlowLine, ...]:
    """Return texts one after another; one that is too long wraps."""
    parts = [part for text in texts for part in press.fit(text, room, SMALL).single()]
    return flow([FlowItem((Piece(part),), press.mm(3.0)) for part in parts], room) if parts else ()


def _texts(press: Press, texts: list[str], room: float) -> Cell:
    return Cell(_flowed(press, texts, room - 2 * PAD), press.mm(_LINE))


def _ways(sheet: DiagnosisSheet, press: Press, closing: Closing, *, named: bool) -> Section:
    at = edges(press, _WAYS)
    rows = [
        row for number, way in enumerate(sheet.ways, start=1) for row in _way_rows(number, way, press, at, named=named)
    ]
    if not rows:
        words = text_cell(press, press.word("dg_no_way"), press.inner, BODY, centre=True)
        rows = [Row(at, (Cell(words.lines, words.line_height, "centre", span=len(at) - 1),), press.mm(10.0))]
    codes = ("head_number", "dg_head_way", "dg_head_gain", "dg_head_cost", "dg_head_decided")
    head = head_row(press, at, [press.word(code) for code in codes])
    return Section(with_closing(rows), head, closing=(closing,), apart=4.0)


def _way_rows(number: int, way: Way, press: Press, at: tuple[float, ...], *, named: bool) -> Iterator[Row]:
    room = at[2] - at[1] - 2 * PAD
    title = press.fit(press.words.said(way.title), room, BODY, bold=True)
    lines = [line_of(Piece(part)) for part in title.single()]
    if named:
        lines.extend(_flowed(press, list(way.people), room))
    lines.extend(_flowed(press, _seats(way.seats, press), room))
    box = Cell((line_of(Piece(press.line("", SMALL[0]), "framed", (press.mm(4.0), press.mm(4.0)))),), press.mm(4.6))
    gain = text_cell(press, press.words.said(way.gain), at[3] - at[2], bold=True, centre=True)
    cost = _cost(way, press, at[4] - at[3])
    for start in range(0, len(lines), _MOST_LINES):
        what = Cell(tuple(lines[start : start + _MOST_LINES]), press.mm(_LINE + 0.3))
        first = start == 0
        cells = (number_cell(press, number), what, gain, cost, _centred(box)) if first else (
            Cell(), what, Cell(), Cell(), Cell())  # fmt: skip
        yield body_row(press, at, cells, _ROW)


def _centred(box: Cell) -> Cell:
    return Cell(box.lines, box.line_height, "centre", pad=0.4)


def _cost(way: Way, press: Press, room: float) -> Cell:
    lines: list[FlowLine] = []
    for part in way.cost:
        fitted = press.fit(press.words.said(part), room - 2 * PAD, SMALL)
        lines.extend(line_of(Piece(one)) for one in fitted.single())
    return Cell(tuple(lines), press.mm(_LINE))


def _gap(gap: Gap, press: Press, *, named: bool) -> Iterator[Section]:
    """Yield where everybody has gone, and who comes nearest."""
    band = _band(gap, press)
    steps = [
        (press.words.said(one.what), one.count, press.words.said(one.gone) if one.gone is not None else "")
        for one in gap.left
    ]
    yield Section((band, funnel(press, steps, gap.needed)), apart=4.0, whole=True)
    if not named or not gap.near:
        return
    at = edges(press, _NEAR)
    rows = [
        replace(_near(number, near, press, at), group=band, keep=number < min(_HELD, len(gap.near)))
        for number, near in enumerate(gap.near, start=1)
    ]
    codes = ("head_number", "head_name", "head_squad", "dg_head_distance", "head_place", "dg_head_why", "dg_head_serve")
    yield Section(tuple(rows), head_row(press, at, [press.word(code) for code in codes]))


def _band(gap: Gap, press: Press) -> Row:
    at = (press.left, press.right)
    counts = press.word("dg_band", needed=gap.needed, filled=gap.filled)
    lacks = press.line(press.word("dg_lacks", count=gap.missing), BODY[2], bold=True)
    code = "dg_proven_all" if gap.proven >= gap.missing else "dg_proven_some" if gap.proven else "dg_proven_none"
    parts = (
        FlowItem((shift_box(press, gap.shift.mark, night=gap.shift.is_night),), 0.0),
        FlowItem((Piece(press.line(_day(gap, press), BODY[0], bold=True)),), 0.6),
        FlowItem((Piece(press.line(press.words.shift_time(gap.shift), BODY[1])),), 2.0),
        *(FlowItem((Piece(part),), 3.5)
          for part in press.fit(press.words.said(gap.seat), press.inner * 0.3, BODY[:2], bold=True).single()),
        FlowItem((Piece(press.line(counts, BODY[1])),), 3.5),
        FlowItem((Piece(lacks, "black", (lacks.width + 2.0, press.mm(4.6))),), 2.5),
        FlowItem((Piece(press.line(press.word(code, count=gap.proven), BODY[1])),), 1.0),
        FlowItem((Piece(press.line(press.word("dg_need", count=gap.needed), SMALL[1])),), 3.5),
    )  # fmt: skip
    lines = flow(parts, press.inner - 2 * PAD)
    one = band_row(press, at, lines[0])
    height = press.mm(7.0) + (len(lines) - 1) * press.mm(5.6)
    return Row(at, (Cell(lines, press.mm(5.6)),), height, fill=one.fill, keep=True, first=True)


def _near(number: int, near: Near, press: Press, at: tuple[float, ...]) -> Row:
    texts = (near.squad or "—", f"{near.metres / 1000:.1f} km", near.place, press.words.said(near.why),
             press.words.said(near.serve))  # fmt: skip
    cells = (
        number_cell(press, number),
        text_cell(press, near.name, at[2] - at[1], BODY, bold=True),
        *(
            text_cell(press, text, at[3 + column] - at[2 + column], SMALL, centre=column == 1)
            for column, text in enumerate(texts)
        ),
    )
    return body_row(press, at, cells, 6.2)
