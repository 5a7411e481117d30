"""Head of the squad's week: the same on every page."""

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
    short
        Short hash of the content, for the foot.
    """

    title: Fitted
    state: Piece | None
    lines: tuple[FlowLine, ...]
    caption: tuple[Fitted, ...]
    matrix: Matrix
    bottom: float
    short: str


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
    short = short_hash(sheet)
    content = reference(sheet, short)
    matrix = Matrix(Area(style.RIGHT - _QR, style.TOP, _QR, _QR), qr_modules(content), content)
    used = style.TOP + max(_TITLE_HEIGHT, title.height) + 1.4 + len(lines) * _LINE
    return Head(title, state, lines, caption, matrix, max(used, matrix.area.bottom) + 2.2, short)


def _version_words(sheet: SquadWeekSheet, words: SheetWords) -> str:
    number = sheet.version.number
    return words.word("version", number=number) if number else words.word("version_none")


def _state_mark(sheet: SquadWeekSheet, words: SheetWords, typesetter: Typesetter) -> Piece | None:
    if sheet.version.state is PlanState.PUBLISHED:
        return None
    text = typesetter.line(words.word(f"state_{sheet.version.state.value}"), 11.25, bold=True)
    return Piece(text, "black", (text.width + 5.0, 7.0))


def _particulars(sheet: SquadWeekSheet, words: SheetWords, typesetter: Typesetter, room: float) -> tuple[FlowLine, ...]:
    """Return squad, week, days, leader and duty room: on the fewest lines, and in the largest size for that."""
    tries = (flow(_head_items(sheet, words, typesetter, room, size), room) for size in style.BODY)
    return min(tries, key=len)


def _head_items(
    sheet: SquadWeekSheet, words: SheetWords, typesetter: Typesetter, room: float, size: float
) -> list[FlowItem]:
    def item(label: str, *, bold: bool = False) -> list[FlowItem]:
        lines = typesetter.fit(label, room, (size, *style.SMALL), bold=bold).single()
        return [FlowItem((Piece(line),), _HEAD_GAP) for line in lines]

    def pair(label: str, text: str, *, bold: bool = False, large: float = size) -> list[FlowItem]:
        head = Piece(typesetter.line(label, size))
        first, *more = typesetter.fit(text, room - head.width, (large, size, *style.SMALL), bold=bold).single()
        return [FlowItem((head, Piece(first)), _HEAD_GAP), *(FlowItem((Piece(line),), room) for line in more)]

    year, number = sheet.week.split("-W")
    last = sheet.first_date + timedelta(days=style.DAYS - 1)
    phone = shown_phone(sheet.leader_phone, sheet.profile)
    leader = f"{sheet.leader_name} {phone}".strip() if sheet.leader_name else words.word("leader_none")
    return [
        *pair(words.word("squad"), sheet.squad_name, bold=True, large=size + 1.5),
        *item(words.word("week", year=int(year), number=int(number))),
        *item(words.word("range", first=words.day(sheet.first_date), last=words.day(last)), bold=True),
        *pair(words.word("leader"), leader),
        *pair(words.word("duty_room"), sheet.duty_phone),
    ]


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
