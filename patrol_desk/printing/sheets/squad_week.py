"""The squad's week: A4 landscape, people down, days across."""

from dataclasses import dataclass
from itertools import accumulate

from patrol_desk.messages import Language
from patrol_desk.printing.fonts import print_font
from patrol_desk.printing.layout.builder import PageBuilder
from patrol_desk.printing.layout.text import Typesetter
from patrol_desk.printing.layout.tree import Area, Page
from patrol_desk.printing.sheets import week_style as style
from patrol_desk.printing.sheets.week_head import Head, draw_foot, draw_head, measure_head
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
    """One way to lay out a sheet: the table at a density, its rows by page."""

    table: WeekTable
    pages: list[list[RowPlan]]


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
        head = measure_head(sheet, self._words, self._set)
        tail = measure_tail(sheet, self._words, self._set)
        plan = self._best(sheet, head, tail)
        return tuple(self._page(sheet, head, tail, plan, number=number) for number in range(1, len(plan.pages) + 1))

    def _best(self, sheet: SquadWeekSheet, head: Head, tail: Tail) -> _Plan:
        best: _Plan | None = None
        for density in DENSITIES:
            table = WeekTable(sheet, self._words, self._set, density)
            pages = _paginate(table.measure(), head, tail, density)
            if best is None or len(pages) < len(best.pages):
                best = _Plan(table, pages)
            if len(pages) == 1:
                break
        if best is None:
            raise AssertionError
        return best

    def _page(self, sheet: SquadWeekSheet, head: Head, tail: Tail, plan: _Plan, *, number: int) -> Page:
        builder = PageBuilder(*style.PAPER)
        draw_head(builder, head)
        table, pages = plan.table, len(plan.pages)
        rows = plan.pages[number - 1]
        y = table.draw_heads(builder, head.bottom)
        for row in rows:
            y = table.draw_row(builder, row, y)
        if number < pages:
            table.draw_verticals(builder, head.bottom, y)
            self._draw_continued(builder, y)
        else:
            self._draw_end(builder, table, tail, head.bottom, y)
        draw_foot(builder, sheet, self._words, self._set, page=number, pages=pages)
        return builder.page()

    def _draw_end(self, builder: PageBuilder, table: WeekTable, tail: Tail, top: float, y: float) -> None:
        height = table.density.row
        if table.sheet.rows:
            table.draw_verticals(builder, top, y, totals=height)
        else:
            table.draw_verticals(builder, top, top + HEAD_HEIGHT)
            y = table.draw_nobody(builder, y)
            for x in (style.LEFT, style.RIGHT):
                builder.down(x, top, y + height, style.HAIR)
        y = table.draw_totals(builder, y, height)
        room = style.TABLE_BOTTOM - y - tail.height(air=0.0)
        draw_tail(builder, tail, y, air=max(_SIGN_AIR[1], min(_SIGN_AIR[0], room)))

    def _draw_continued(self, builder: PageBuilder, y: float) -> None:
        room = Area(style.LEFT, y + 0.6, style.RIGHT - style.LEFT, 4.0)
        builder.text(self._set.line(self._words.word("continued"), style.SMALL[0]), room, align="right")


def _paginate(rows: list[RowPlan], head: Head, tail: Tail, density: Density) -> list[list[RowPlan]]:
    """Return the rows by page: no row split, the last page with room for totals and tail."""
    room = style.TABLE_BOTTOM - head.bottom - HEAD_HEIGHT
    full = room - _CONTINUED
    last = room - density.row - tail.height(air=_SIGN_AIR[1])
    pages: list[list[RowPlan]] = []
    left = list(rows)
    while sum(row.height for row in left) > last:
        count = min(_fitting(left, full), max(1, len(left) - _FEWEST_ON_LAST))
        pages.append(left[:count])
        left = left[count:]
    return [*pages, left]


def _fitting(rows: list[RowPlan], room: float) -> int:
    """Return how many of the first rows fit; a row higher than the page counts as one that does."""
    ends = accumulate(row.height for row in rows)
    return max(1, sum(1 for end in ends if end <= room))
