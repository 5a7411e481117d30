"""The squad's week: A4 landscape, people down, days across."""

from dataclasses import dataclass
from itertools import accumulate

from patrol_desk.messages import Language
from patrol_desk.printing.fonts import print_font
from patrol_desk.printing.layout.builder import PageBuilder
from patrol_desk.printing.layout.text import Typesetter
from patrol_desk.printing.layout.tree import Area, Page
from patrol_desk.printing.sheets import week_style as style
from patrol_desk.printing.sheets.week_foot import Foot, draw_foot, measure_foot
from patrol_desk.printing.sheets.week_head import Head, draw_head, measure_head
from patrol_desk.printing.sheets.week_style import DENSITIES, Density
from patrol_desk.printing.sheets.week_table import HEAD_HEIGHT, RowPlan, WeekTable
from patrol_desk.printing.sheets.week_tail import Tail, draw_tail, measure_tail
from patrol_desk.printing.sheets.words import SheetWords
from patrol_desk.services.sheet_data import SquadWeekSheet

_SIGN_AIR = (5.0, 1.5)
"""Space before the signatures: what one would like, and what must be."""
_CONTINUED = 5.0
"""Height of the line that says that the table goes on."""
_FEWEST_ON_LAST = 3
"""Rows to go with the totals on the last of several pages."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """One way to lay out a sheet: the table at a density, its rows by page, and what stands around it."""

    table: WeekTable
    pages: list[list[RowPlan]]
    head: Head
    tail: Tail


class SquadWeekLayout:
    """Lays out squads' weeks with one font in one language.

    Parameters
    ----------
    language
        ``"zh"`` or ``"en"``.
    typesetter
        The font's typesetter; the print font's when none is given.
    """

    def __init__(self, language: Language = "zh", typesetter: Typesetter | None = None) -> None:
        self._words = SheetWords(language)
        self._set = typesetter or Typesetter(print_font())

    def title(self, sheet: SquadWeekSheet) -> str:
        """Return the title of a document with this sheet."""
        title = self._words.word("title", township=sheet.township)
        return self._words.word("document_title", title=title, week=sheet.week)

    def pages(self, sheet: SquadWeekSheet) -> tuple[Page, ...]:
        """Return the pages of a sheet: the fewest possible, with rows as open as these allow."""
        plan = self._best(sheet)
        count = len(plan.pages)
        foot = measure_foot(sheet, self._words, self._set, short=plan.head.short, pages=count)
        return tuple(self._page(plan, foot, number) for number in range(1, count + 1))

    def _best(self, sheet: SquadWeekSheet) -> _Plan:
        """Return the plan with the fewest pages and, of these, the most open rows.

        The closest rows tell how few pages there can be. A density of which the mere number of rows says that it needs
        more is not measured: measuring is what takes the time.
        """
        head = measure_head(sheet, self._words, self._set)
        tail = measure_tail(sheet, self._words, self._set)

        def plan(density: Density) -> _Plan:
            table = WeekTable(sheet, self._words, self._set, density)
            return _Plan(table, _paginate(table.measure(), head, tail, density), head, tail)

        def may_take(pages: int, density: Density) -> bool:
            return len(sheet.rows) * density.row <= pages * _room(head)

        *opener, closest = DENSITIES
        if may_take(1, opener[0]):
            widest = plan(opener[0])
            if len(widest.pages) == 1:
                return widest
        best = plan(closest)
        for density in opener:
            if may_take(len(best.pages), density):
                candidate = plan(density)
                if len(candidate.pages) == len(best.pages):
                    return candidate
        return best

    def _page(self, plan: _Plan, foot: Foot, number: int) -> Page:
        builder = PageBuilder(*style.PAPER)
        draw_head(builder, plan.head)
        table, top = plan.table, plan.head.bottom
        y = table.draw_heads(builder, top)
        for row in plan.pages[number - 1]:
            y = table.draw_row(builder, row, y)
        if number < len(plan.pages):
            table.draw_verticals(builder, top, y)
            self._draw_continued(builder, y)
        else:
            self._draw_end(builder, table, plan.tail, top, y)
        draw_foot(builder, foot, number)
        return builder.page()

    def _draw_end(self, builder: PageBuilder, table: WeekTable, tail: Tail, top: float, y: float) -> None:
        height = table.density.row
        if table.sheet.rows:
            table.draw_verticals(builder, top, y, totals=height)
        else:
            table.draw_verticals(builder, top, top + HEAD_HEIGHT)
            y = table.draw_nobody(builder, y)
            table.draw_verticals(builder, y, y, totals=height)
            for x in (style.LEFT, style.RIGHT):
                builder.down(x, top, y, style.HAIR)
        y = table.draw_totals(builder, y, height)
        room = style.TABLE_BOTTOM - y - tail.height(air=0.0)
        draw_tail(builder, tail, y, air=max(_SIGN_AIR[1], min(_SIGN_AIR[0], room)))

    def _draw_continued(self, builder: PageBuilder, y: float) -> None:
        room = Area(style.LEFT, y + 0.6, style.RIGHT - style.LEFT, 4.0)
        builder.text(self._set.line(self._words.word("continued"), style.SMALL[0]), room, align="right")


def _paginate(rows: list[RowPlan], head: Head, tail: Tail, density: Density) -> list[list[RowPlan]]:
    """Return the rows by page: no row split, the last page with room for totals and tail."""
    room = _room(head)
    full = room - _CONTINUED
    last = room - density.row - tail.height(air=_SIGN_AIR[1])
    pages: list[list[RowPlan]] = []
    left = list(rows)
    while sum(row.height for row in left) > last:
        count = min(_fitting(left, full), max(1, len(left) - _FEWEST_ON_LAST))
        pages.append(left[:count])
        left = left[count:]
    return [*pages, left]


def _room(head: Head) -> float:
    """Return the height for rows and what follows them on one page."""
    return style.TABLE_BOTTOM - head.bottom - HEAD_HEIGHT


def _fitting(rows: list[RowPlan], room: float) -> int:
    """Return how many of the first rows fit; a row higher than the page counts as one that does."""
    ends = accumulate(row.height for row in rows)
    return max(1, sum(1 for end in ends if end <= room))
