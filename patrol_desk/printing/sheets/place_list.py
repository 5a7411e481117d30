"""The list of checkpoints: A4 landscape, by community, one row a checkpoint."""

from dataclasses import replace
from itertools import pairwise

from patrol_desk.printing.layout.flow import FlowItem, Piece, flow
from patrol_desk.printing.layout.tree import Page
from patrol_desk.printing.sheets.common import day_particular, document_title, heading, number_cell, text_cell
from patrol_desk.printing.sheets.document import Closing, Section, Sheet, pages_of, with_closing
from patrol_desk.printing.sheets.head import Particular
from patrol_desk.printing.sheets.press import Press
from patrol_desk.printing.sheets.style import BODY, PAD, SHADE, SMALL
from patrol_desk.printing.sheets.table import Cell, Row, band_row, body_row, edges, head_row, line_of
from patrol_desk.printing.sheets.tail import Legend, measure_tail
from patrol_desk.services.printed.content import short_hash
from patrol_desk.services.printed.place_list import ListedCommunity, ListedPlace, PlaceListSheet

_WIDTHS = (9.0, 16.0, -4.4, 20.0, 13.0, -2.2, 21.0, -3.0, -3.0, 17.0)
_ROW = 7.0
_LINE = 4.2
_HEADS = (
    "head_number", "head_code", "head_place", "pl_head_kind", "pl_head_tier", "pl_head_cell", "pl_head_demand",
    "pl_head_needs", "pl_head_muster", "pl_head_status",
)  # fmt: skip


def place_list_title(sheet: PlaceListSheet, press: Press) -> str:
    """Return the title of a document with this sheet."""
    return document_title(press, press.word("pl_title", township=sheet.name), sheet.period)


def place_list_pages(sheet: PlaceListSheet, press: Press) -> tuple[Page, ...]:
    """Return the pages of the list."""
    short = short_hash(sheet)
    at = edges(press, _WIDTHS)
    rows: list[Row] = []
    number = 1
    for group in sheet.groups:
        rows.extend(_group_rows(group, number, press, at))
        number += len(group.places)
    top = heading(press, sheet, short, press.word("pl_title", township=sheet.name), _particulars(sheet, press))
    tail = measure_tail(press, Legend(), press.word("pl_note"), ("sign_made", "sign_checked", "sign_date"))
    head = head_row(press, at, [press.word(code) for code in _HEADS])
    table = with_closing([*rows, _totals(sheet, press, at)])
    section = Section(table, head, closing=(Closing(press, tail),))
    return pages_of(Sheet(top, sheet.frame, short, (section,), press.word("keep_internal")), press)


def _particulars(sheet: PlaceListSheet, press: Press) -> list[Particular]:
    counts = press.word("pl_joint").join(
        press.word("pl_count_kind", kind=press.word(f"pl_kind_{kind}"), count=count)
        for kind, count in sheet.by_kind().most_common()
    )
    found = [day_particular(press, sheet.day), Particular(press.word("pl_count", count=len(sheet.places)), bold=True)]
    found.append(Particular(counts))
    return [*found, Particular(press.word("pl_chosen"), bold=True)] if sheet.chosen else found


def _group_rows(group: ListedCommunity, number: int, press: Press, at: tuple[float, ...]) -> list[Row]:
    name = Piece(press.line(group.name or press.word("to_elsewhere"), BODY[1], bold=True), after=3.0)
    count = Piece(press.line(press.word("to_band", posts=len(group.places)), BODY[2]))
    band = band_row(press, at, flow([FlowItem((name, count), 0.0)], press.inner)[0], 6.0)
    rows = [_row(at_, place, press, at) for at_, place in enumerate(group.places, start=number)]
    return [band, *(replace(row, group=band) for row in rows)]


def _row(number: int, place: ListedPlace, press: Press, at: tuple[float, ...]) -> Row:
    room = [right - left for left, right in pairwise(at)]
    demand = f"{place.minimum} / {place.desired}" if place.desired else "—"
    cells = (
        number_cell(press, number),
        text_cell(press, place.code, room[1], SMALL, centre=True),
        _named(place, press, room[2]),
        text_cell(press, press.word(f"pl_kind_{place.kind}"), room[3], SMALL, centre=True),
        text_cell(press, press.word(f"pl_tier_{place.tier}"), room[4], SMALL, bold=place.tier == 1, centre=True),
        text_cell(press, place.cell or "—", room[5], SMALL),
        text_cell(press, demand, room[6], BODY[1:], bold=True, centre=True),
        _lines(press, _needs(place, press), room[7]),
        _lines(press, _muster(place), room[8]),
        text_cell(press, press.word(f"pl_status_{place.status}"), room[9], SMALL, centre=True),
    )
    return body_row(press, at, cells, _ROW)


def _named(place: ListedPlace, press: Press, room: float) -> Cell:
    """Return the name over the address."""
    inner = room - 2 * PAD
    name = press.fit(place.name, inner, BODY, bold=True).single()
    address = press.fit(place.address, inner, SMALL).single() if place.address else ()
    return Cell(tuple(line_of(Piece(part)) for part in (*name, *address)), press.mm(_LINE))


def _lines(press: Press, texts: list[str], room: float) -> Cell:
    """Return texts one after another, as many a line as there is room for."""
    inner = room - 2 * PAD
    parts = [part for text in texts for part in press.fit(text, inner, SMALL).single()]
    items = [FlowItem((Piece(part),), press.mm(2.4)) for part in parts]
    return Cell(flow(items, inner) if items else (), press.mm(_LINE))


def _needs(place: ListedPlace, press: Press) -> list[str]:
    found = [press.word("pl_official")] if place.official else []
    if place.leader:
        found.append(press.word("pl_leader"))
    if place.visits:
        found.append(press.word("pl_visits", count=place.visits))
    if place.neighbour:
        found.append(press.word("pl_neighbour", town=place.neighbour))
    if place.first_on is not None or place.last_on is not None:
        first, last = (day.isoformat() if day is not None else "" for day in (place.first_on, place.last_on))
        found.append(press.word("pl_days", first=first, last=last))
    return found


def _muster(place: ListedPlace) -> list[str]:
    if not place.muster:
        return []
    way = f"{place.metres} m" if place.metres < 1000 else f"{place.metres / 1000:.1f} km"
    return [place.muster, way]


def _totals(sheet: PlaceListSheet, press: Press, at: tuple[float, ...]) -> Row:
    places = sheet.places
    words = text_cell(press, press.word("pl_totals", count=len(places)), at[6] - at[0], bold=True)
    heads = f"{sum(place.minimum for place in places)} / {sum(place.desired for place in places)}"
    cells = (
        Cell(words.lines, words.line_height, span=6),
        text_cell(press, heads, at[7] - at[6], BODY[1:], bold=True, centre=True),
        Cell(span=3),
    )
    return Row(at, cells, max(press.mm(7.6), words.height + 0.9), fill=SHADE)
