"""Head and foot of the squad's week: what every page carries."""

from dataclasses import dataclass
from datetime import timedelta

from patrol_desk.printing.layout.builder import PageBuilder
from patrol_desk.printing.layout.flow import FlowItem, FlowLine, Piece, draw_box, draw_flow, flow
from patrol_desk.printing.layout.text import Fitted, Typesetter
from patrol_desk.printing.layout.tree import Area, Matrix
from patrol_desk.printing.reference import qr_modules, reference, short_hash
from patrol_desk.printing.sheets import week_style as style
from patrol_desk.printing.sheets.words import SheetWords, shown_phone
from patrol_desk.services.sheet_data import PlanState, SquadWeekSheet

_QR = 16.4
_QR_GAP = 2.2
_LINE = 6.4
_TITLE_HEIGHT = 8.0
_HEAD_GAP = 6.5
_FOOT_GAP = 4.0
_FOOT_SIZES = (8.25, 7.5, 7.0, 6.5, 6.0)


@dataclass(frozen=True, slots=True)
class Head:
    """The head, measured: the same on every page of a sheet.

    Parameters
    ----------
    title, state
        The title, and the mark of an unpublished or outdated plan.
    lines
        Squad, week, days, leader, duty room.
    caption
        Lines left of the QR code.
    matrix
        The QR code.
    bottom
        Where the table may begin.
    """

    title: Fitted
    state: Piece | None
    lines: tuple[FlowLine, ...]
    caption: tuple[Fitted, ...]
    matrix: Matrix
    bottom: float


def measure_head(sheet: SquadWeekSheet, words: SheetWords, typesetter: Typesetter) -> Head:
    """Return the head of a sheet."""
    caption = tuple(
        typesetter.fit(text, 44.0, style.SMALL, bold=bold)
        for text, bold in ((words.word("scan"), False), (_version_words(sheet, words), True))
    )
    room = style.RIGHT - _QR - 2 * _QR_GAP - max(line.width for line in caption) - style.LEFT
    state = _state_mark(sheet, words, typesetter)
    title_room = room - (state.box[0] + 4.0 if state else 0.0)
    title = typesetter.fit(words.word("title", township=sheet.township), title_room, style.TITLE, bold=True)
    lines = _particulars(sheet, words, typesetter, room)
    content = reference(sheet, short_hash(sheet))
    matrix = Matrix(Area(style.RIGHT - _QR, style.TOP, _QR, _QR), qr_modules(content), content)
    used = style.TOP + max(_TITLE_HEIGHT, title.height) + 1.4 + len(lines) * _LINE
    return Head(title, state, lines, caption, matrix, max(used, matrix.area.bottom) + 2.2)


def _version_words(sheet: SquadWeekSheet, words: SheetWords) -> str:
    number = sheet.version.number
    return words.word("version", number=number) if number else words.word("version_none")


def _state_mark(sheet: SquadWeekSheet, words: SheetWords, typesetter: Typesetter) -> Piece | None:
    if sheet.version.state is PlanState.PUBLISHED:
        return None
    text = typesetter.line(words.word(f"state_{sheet.version.state.value}"), 11.25, bold=True)
    return Piece(text, "black", (text.width + 5.0, 7.0))


def _particulars(sheet: SquadWeekSheet, words: SheetWords, typesetter: Typesetter, room: float) -> tuple[FlowLine, ...]:
    """Return squad, week, days, leader and duty room: on one line if a smaller size makes that possible."""
    lines: tuple[FlowLine, ...] = ()
    for size in style.BODY:
        lines = flow(_head_items(sheet, words, typesetter, room, size), room)
        if len(lines) == 1:
            break
    return lines


def _head_items(
    sheet: SquadWeekSheet, words: SheetWords, typesetter: Typesetter, room: float, size: float
) -> list[FlowItem]:
    def item(*parts: tuple[str, bool], large: float = size) -> list[FlowItem]:
        label = Piece(typesetter.line(parts[0][0], size, bold=parts[0][1]))
        rest = [typesetter.fit(text, room - label.width, (large, size, 8.25), bold=bold) for text, bold in parts[1:]]
        first = (label, *(Piece(_only(fitted, 0)) for fitted in rest))
        more = [FlowItem((Piece(_only(fitted, n)),), room) for fitted in rest for n in range(1, len(fitted.lines))]
        return [FlowItem(first, _HEAD_GAP), *more]

    year, number = sheet.week.split("-W")
    last = sheet.first_date + timedelta(days=style.DAYS - 1)
    phone = shown_phone(sheet.leader_phone, sheet.profile)
    leader = f"{sheet.leader_name} {phone}".strip() if sheet.leader_name else words.word("leader_none")
    return [
        *item((words.word("squad"), False), (sheet.squad_name, True), large=size + 1.5),
        *item((words.word("week", year=int(year), number=int(number)), False)),
        *item((words.word("range", first=words.day(sheet.first_date), last=words.day(last)), True)),
        *item((words.word("leader"), False), (leader, False)),
        *item((words.word("duty_room"), False), (sheet.duty_phone, False)),
    ]


def _only(fitted: Fitted, number: int) -> Fitted:
    """Return one line of a fitted text."""
    return Fitted((fitted.lines[number],), (fitted.widths[number],), fitted.size, fitted.bold)


def draw_head(builder: PageBuilder, head: Head) -> None:
    """Draw the head at the top of a page."""
    height = max(_TITLE_HEIGHT, head.title.height)
    title = Area(style.LEFT, style.TOP, head.title.width, height)
    builder.text(head.title, title)
    if head.state is not None:
        width, tall = head.state.box
        draw_box(builder, head.state, Area(title.right + 4.0, title.y + (height - tall) / 2, width, tall))
    width = head.matrix.area.x - style.LEFT
    draw_flow(builder, head.lines, Area(style.LEFT, title.bottom + 1.4, width, 0.0), _LINE)
    builder.matrix(head.matrix)
    y = head.matrix.area.y + 3.6
    for line in head.caption:
        room = Area(style.LEFT, y, head.matrix.area.x - _QR_GAP - style.LEFT, line.height + 0.6)
        builder.text(line, room, align="right")
        y = room.bottom


def draw_foot(
    builder: PageBuilder, sheet: SquadWeekSheet, words: SheetWords, typesetter: Typesetter, *, page: int, pages: int
) -> None:
    """Draw the foot: who printed what and when, how to treat it, which page."""
    builder.across(style.LEFT, style.RIGHT, style.FOOT_RULE, style.HAIR)
    room = Area(style.LEFT, style.FOOT_RULE + 1.4, style.RIGHT - style.LEFT, 5.0)
    number = typesetter.line(words.word("page", page=page, pages=pages), 8.25, bold=True)
    builder.text(number, room, align="right")
    keep = typesetter.fit(words.word(f"keep_{sheet.profile.value}"), 90.0, style.SMALL)
    end = room.right - number.width - _FOOT_GAP
    builder.text(keep, Area(end - keep.width, room.y, keep.width, room.height))
    left = end - keep.width - _FOOT_GAP - room.x
    lines: tuple[FlowLine, ...] = ()
    for size in _FOOT_SIZES:
        items = [
            FlowItem((Piece(typesetter.fit(part, left, (size,))),), _FOOT_GAP) for part in _foot_parts(sheet, words)
        ]
        lines = flow(items, left)
        if len(lines) == 1:
            break
    draw_flow(builder, lines, room, room.height if len(lines) == 1 else 3.2)


def _foot_parts(sheet: SquadWeekSheet, words: SheetWords) -> list[str]:
    number = f"v{sheet.version.number}" if sheet.version.number else words.word("foot_draft")
    version = " · ".join((number, sheet.version.revision, short_hash(sheet)))
    parts = [
        words.word("foot_station", station=sheet.station),
        words.word("foot_printed", moment=words.moment(sheet.printed_at)),
        words.word("foot_by", name=sheet.printed_by) if sheet.printed_by else "",
        words.word("foot_version", version=version),
        words.word("foot_audit", head=sheet.audit_head) if sheet.audit_head else "",
        words.word("foot_copy", number=sheet.copy_number) if sheet.copy_number else "",
    ]
    return [part for part in parts if part]
