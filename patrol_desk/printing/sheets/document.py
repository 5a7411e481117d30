"""A sheet of many rows onto pages: heads repeat, no row is split, the foot counts the pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from patrol_desk.printing.layout.builder import PageBuilder
from patrol_desk.printing.layout.flow import FlowLine, draw_flow
from patrol_desk.printing.layout.text import Fitted
from patrol_desk.printing.layout.tree import Area, Page
from patrol_desk.printing.sheets import style
from patrol_desk.printing.sheets.foot import Foot, draw_foot, measure_foot
from patrol_desk.printing.sheets.head import Head, Heading, draw_head, measure_head
from patrol_desk.printing.sheets.press import Press
from patrol_desk.printing.sheets.table import Row
from patrol_desk.printing.sheets.tail import Tail, draw_signatures, draw_tail
from patrol_desk.services.printed.frame import SheetFrame

_CONTINUED = 5.0
"""Height of the line that says that the sheet goes on."""
_HELD = 2
"""Rows that go with what follows the table."""


class Block(Protocol):
    """Something of a fixed height that is drawn across the page."""

    @property
    def height(self) -> float:
        """In millimetres."""
        ...

    @property
    def keep(self) -> bool:
        """Whether it must not be the last on a page."""
        ...

    def draw(self, builder: PageBuilder, top: float) -> None:
        """Draw it from there down."""
        ...


@dataclass(frozen=True, slots=True)
class Gap:
    """White between two tables."""

    height: float
    keep: bool = True

    def draw(self, builder: PageBuilder, top: float) -> None:
        """Draw nothing."""


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence across the page, or lines of text and boxes."""

    press: Press
    text: Fitted | tuple[FlowLine, ...]
    line: float = 5.2
    keep: bool = False

    @property
    def height(self) -> float:
        """Height of its lines."""
        if isinstance(self.text, Fitted):
            return self.text.height + 1.6
        return len(self.text) * self.press.mm(self.line)

    def draw(self, builder: PageBuilder, top: float) -> None:
        """Draw the lines."""
        room = Area(self.press.left, top, self.press.inner, self.height)
        if isinstance(self.text, Fitted):
            builder.text(self.text, room)
        else:
            draw_flow(builder, self.text, room, self.press.mm(self.line))


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on."""

    press: Press
    labels: tuple[Fitted, ...]
    air: float = 3.0
    keep: bool = False

    @property
    def height(self) -> float:
        """Air and line."""
        return self.air + self.press.mm(5.8)

    def draw(self, builder: PageBuilder, top: float) -> None:
        """Draw labels and lines."""
        draw_signatures(builder, self.labels, self.press, top + self.air)


@dataclass(frozen=True, slots=True)
class Closing:
    """Legend, note and signatures as a block."""

    press: Press
    tail: Tail
    air: float = 3.0
    keep: bool = False

    @property
    def height(self) -> float:
        """All of it."""
        return self.tail.height(air=self.air)

    def draw(self, builder: PageBuilder, top: float) -> None:
        """Draw the tail."""
        draw_tail(builder, self.tail, self.press, top, air=self.air)


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a head that repeats on every page.

    Parameters
    ----------
    blocks
        In order.
    head
        The row of column heads, if it is a table.
    fill, most
        A row that is repeated to the foot of the last page, and how often at most.
    closing
        What follows the rows and the filling; never alone on a page.
    apart
        White before it, unless it begins a page.
    whole
        It stands on one page, if one is high enough.
    """

    blocks: tuple[Block, ...]
    head: Row | None = None
    fill: Row | None = None
    most: int = 99
    closing: tuple[Block, ...] = ()
    apart: float = 0.0
    whole: bool = False

    @property
    def height(self) -> float:
        """Height when it stands on one page."""
        head = self.head.height if self.head is not None else 0.0
        return self.apart + head + sum(block.height for block in self.blocks) + self.closing_height

    @property
    def closing_height(self) -> float:
        """Height of what follows the rows."""
        return sum(block.height for block in self.closing)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet before it is laid onto pages.

    Parameters
    ----------
    heading, frame, short
        For head and foot.
    sections
        What stands between them.
    keep
        How to treat the sheet; the profile's usual words when empty.
    aside
        Draws what stands beside the table on every page, from its upper to its lower edge.
    """

    heading: Heading
    frame: SheetFrame
    short: str
    sections: tuple[Section, ...]
    keep: str = ""
    aside: Callable[[PageBuilder, float, float], None] | None = None


@dataclass
class _Pages:
    """Pages being filled."""

    top: float
    bottom: float
    pages: list[list[tuple[Block, float]]] = field(default_factory=lambda: [[]])
    y: float = 0.0

    def __post_init__(self) -> None:
        self.y = self.top

    def put(self, block: Block) -> None:
        self.pages[-1].append((block, self.y))
        self.y += block.height

    def turn(self) -> None:
        self.pages.append([])
        self.y = self.top

    def room(self, *, last: bool) -> float:
        """Height that is left; if more follows, less the line that says so."""
        return self.bottom - self.y - (0.0 if last else _CONTINUED)


def pages_of(sheet: Sheet, press: Press) -> tuple[Page, ...]:
    """Return the pages of a sheet."""
    head = measure_head(sheet.heading, press)
    likely = measure_foot(sheet.frame, press, short=sheet.short, pages=88, keep=sheet.keep)
    bottom = likely.rule - 2.0
    placed = _place(sheet.sections, head.bottom, bottom)
    foot = measure_foot(sheet.frame, press, short=sheet.short, pages=len(placed), keep=sheet.keep)
    foot = replace(foot, rule=likely.rule)
    return tuple(_page(sheet, press, (head, foot), placed, number) for number in range(1, len(placed) + 1))


def count_pages(sheet: Sheet, press: Press) -> int:
    """Return how many pages a sheet takes."""
    head = measure_head(sheet.heading, press)
    foot = measure_foot(sheet.frame, press, short=sheet.short, pages=88, keep=sheet.keep)
    return len(_place(sheet.sections, head.bottom, foot.rule - 2.0))


def _place(sections: Sequence[Section], top: float, bottom: float) -> list[list[tuple[Block, float]]]:
    laid = _Pages(top, bottom)
    for number, section in enumerate(sections):
        after = section.closing_height + sum(one.height for one in sections[number + 1 :])
        if section.apart and laid.pages[-1]:
            laid.y += section.apart
        _place_rows(laid, section, after)
        _fill(laid, section, after)
        for block in section.closing:
            laid.put(block)
    return laid.pages


def _place_rows(laid: _Pages, section: Section, after: float) -> None:
    """Place the rows of a section; `after` is the height of what follows them on this sheet."""
    chains = _chains(section, laid.bottom - laid.top)
    heights = [sum(block.height for block in chain) for chain in chains]
    headed = False
    for at, chain in enumerate(chains):
        lead = 0.0 if headed or section.head is None else section.head.height
        closing = section.closing_height if at == len(chains) - 1 else 0.0
        # What is left of the sheet may follow at once: then no line says that it goes on.
        whole = lead + sum(heights[at:]) + after <= laid.room(last=True)
        if laid.pages[-1] and not whole and lead + heights[at] + closing > laid.room(last=False):
            laid.turn()
            headed = False
        if not headed and section.head is not None:
            laid.put(section.head)
            headed = True
        _repeat_group(laid, chain[0])
        for block in chain:
            laid.put(block)


def _repeat_group(laid: _Pages, block: Block) -> None:
    """Draw a group's heading again where a page begins in the middle of the group."""
    group = block.group if isinstance(block, Row) else None
    fresh = all(isinstance(one, Row) and one.first for one, _y in laid.pages[-1])
    if group is not None and fresh and len(laid.pages) > 1:
        laid.put(group)


def _fill(laid: _Pages, section: Section, after: float) -> None:
    row = section.fill
    if row is None:
        return
    fitting = int((laid.room(last=True) - after + 0.001) // row.height)
    for _number in range(min(section.most, fitting)):
        laid.put(row)


def _chains(section: Section, page: float) -> list[list[Block]]:
    """Return the blocks in groups that stay on one page; a group that no page holds is taken apart."""
    if section.whole and section.height < page:
        return [list(section.blocks)]
    chains: list[list[Block]] = []
    open_chain = False
    for block in section.blocks:
        if open_chain:
            chains[-1].append(block)
        else:
            chains.append([block])
        open_chain = block.keep
    room = page - _CONTINUED - (section.head.height if section.head is not None else 0.0)
    return [
        part
        for chain in chains
        for part in ([chain] if sum(block.height for block in chain) <= room else [[block] for block in chain])
    ]


def with_closing(rows: Sequence[Row], *closing: Block) -> tuple[Block, ...]:
    """Return rows and what follows them, so that it never stands alone on a page."""
    last = len(rows) - _HELD
    return (*(replace(row, keep=row.keep or number >= last) for number, row in enumerate(rows)), *closing)


def _page(
    sheet: Sheet,
    press: Press,
    around: tuple[Head, Foot],
    placed: list[list[tuple[Block, float]]],
    number: int,
) -> Page:
    head, foot = around
    builder = PageBuilder(press.paper.width, press.paper.height)
    draw_head(builder, head, press)
    y = head.bottom
    table = head.bottom
    for block, top in placed[number - 1]:
        block.draw(builder, top)
        y = top + block.height
        table = y if isinstance(block, Row) else table
    if sheet.aside is not None:
        sheet.aside(builder, head.bottom, table)
    # A row so high that it leaves no room does without these words; the foot says it as well.
    if number < len(placed) and y + press.mm(4.6) <= foot.rule:
        room = Area(press.left, y + 0.6, press.inner, press.mm(4.0))
        builder.text(press.line(press.word("continued"), style.SMALL[0]), room, align="right")
    draw_foot(builder, foot, press, number)
    return builder.page()
