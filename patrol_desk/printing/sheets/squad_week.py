"""The squad's week: A4 landscape, people down, days across."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate

from patrol_desk.messages import Language
from patrol_desk.printing.layout.builder import PageBuilder
from patrol_desk.printing.layout.paper import LANDSCAPE, Paper
from patrol_desk.printing.layout.text import Typesetter
from patrol_desk.printing.layout.tree import Area, Page
from patrol_desk.printing.sheets import style
from patrol_desk.printing.sheets.common import with_footnotes
from patrol_desk.printing.sheets.foot import Foot, draw_foot, measure_foot
from patrol_desk.printing.sheets.head import Head, Heading, Particular, draw_head, measure_head, state_words
from patrol_desk.printing.sheets.press import Press, press
from patrol_desk.printing.sheets.style import DENSITIES, Density
from patrol_desk.printing.sheets.tail import Legend, Tail, draw_tail, measure_tail
from patrol_desk.printing.sheets.week_table import HEAD_HEIGHT, RowPlan, WeekTable
from patrol_desk.printing.sheets.words import shown_phone
from patrol_desk.services.printed.content import code_of, short_hash
from patrol_desk.services.sheet_data import DAYS_OF_WEEK, SquadWeekSheet

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
    paper, scale
        The paper, and the size of the text.
    """

    def __init__(
        self,
        language: Language = "zh",
        typesetter: Typesetter | None = None,
        paper: Paper = LANDSCAPE["A4"],
        scale: float = 1.0,
    ) -> None:
        self._press = press(language, paper, scale, typesetter)

    @classmethod
    def of(cls, press: Press) -> "SquadWeekLayout":
        """Return a layout with a press that is there."""
        return cls(press.words.language, press.type, press.paper, press.scale)

    def title(self, sheet: SquadWeekSheet) -> str:
        """Return the title of a document with this sheet."""
        title = self._press.word("title", township=sheet.township)
        return self._press.word("document_title", title=title, week=sheet.week)

    def pages(self, sheet: SquadWeekSheet) -> tuple[Page, ...]:
        """Return the pages of a sheet: the fewest possible, with rows as open as these allow."""
        short = short_hash(sheet)
        plan = self._best(sheet, measure_head(_heading(sheet, self._press, short), self._press))
        count = len(plan.pages)
        foot = measure_foot(sheet.frame, self._press, short=short, pages=count)
        return tuple(self._page(plan, foot, number) for number in range(1, count + 1))

    def _best(self, sheet: SquadWeekSheet, head: Head) -> _Plan:
        """Return the plan with the fewest pages and, of these, the most open rows.

        The closest rows tell how few pages there can be. A density of which the mere number of rows says that it needs
        more is not measured: measuring is what takes the time.
        """
        note = with_footnotes(self._press, sheet.note or self._press.word("note"), sheet.footnotes)
        tail = measure_tail(self._press, _legend(sheet), note)

        def plan(density: Density) -> _Plan:
            table = WeekTable(sheet, self._press, density)
            return _Plan(table, self._paginate(table, head, tail), head, tail)

        def may_take(pages: int, density: Density) -> bool:
            return len(sheet.rows) * self._press.mm(density.row) <= pages * self._room(head)

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
        builder = PageBuilder(self._press.paper.width, self._press.paper.height)
        draw_head(builder, plan.head, self._press)
        table, top = plan.table, plan.head.bottom
        y = table.draw_heads(builder, top)
        for row in plan.pages[number - 1]:
            y = table.draw_row(builder, row, y)
        if number < len(plan.pages):
            table.draw_verticals(builder, top, y)
            self._draw_continued(builder, y)
        else:
            self._draw_end(builder, table, plan.tail, top, y)
        draw_foot(builder, foot, self._press, number)
        return builder.page()

    def _draw_end(self, builder: PageBuilder, table: WeekTable, tail: Tail, top: float, y: float) -> None:
        height = table.density.row
        if table.sheet.rows:
            table.draw_verticals(builder, top, y, totals=height)
        else:
            table.draw_verticals(builder, top, top + table.head_height)
            y = table.draw_nobody(builder, y)
            table.draw_verticals(builder, y, y, totals=height)
            for x in (self._press.left, self._press.right):
                builder.down(x, top, y, style.HAIR)
        y = table.draw_totals(builder, y, height)
        room = self._press.bottom - y - tail.height(air=0.0)
        draw_tail(builder, tail, self._press, y, air=max(_SIGN_AIR[1], min(_SIGN_AIR[0], room)))

    def _draw_continued(self, builder: PageBuilder, y: float) -> None:
        room = Area(self._press.left, y + 0.6, self._press.inner, self._press.mm(4.0))
        builder.text(self._press.line(self._press.word("continued"), style.SMALL[0]), room, align="right")

    def _paginate(self, table: WeekTable, head: Head, tail: Tail) -> list[list[RowPlan]]:
        """Return the rows by page: no row split, the last page with room for totals and tail."""
        room = self._room(head)
        full = room - self._press.mm(_CONTINUED)
        last = room - table.density.row - tail.height(air=_SIGN_AIR[1])
        pages: list[list[RowPlan]] = []
        left = table.measure()
        while sum(row.height for row in left) > last:
            count = min(_fitting(left, full), max(1, len(left) - _FEWEST_ON_LAST))
            pages.append(left[:count])
            left = left[count:]
        return [*pages, left]

    def _room(self, head: Head) -> float:
        """Return the height for rows and what follows them on one page."""
        return self._press.bottom - head.bottom - self._press.mm(HEAD_HEIGHT)


def _heading(sheet: SquadWeekSheet, press: Press, short: str) -> Heading:
    words = press.words
    year, number = sheet.week.split("-W")
    last = sheet.first_date + timedelta(days=DAYS_OF_WEEK - 1)
    phone = shown_phone(sheet.leader_phone, sheet.profile)
    leader = f"{sheet.leader_name} {phone}".strip() if sheet.leader_name else words.word("leader_none")
    version = sheet.version.number
    return Heading(
        title=words.word("title", township=sheet.township),
        particulars=(
            Particular(sheet.squad_name, words.word("squad"), bold=True, larger=1.5),
            Particular(words.word("week", year=int(year), number=int(number))),
            Particular(words.word("range", first=words.day(sheet.first_date), last=words.day(last)), bold=True),
            Particular(leader, words.word("leader")),
            Particular(sheet.duty_phone, words.word("duty_room")),
        ),
        caption=(words.word("scan"), words.word("version", number=version) if version else words.word("version_none")),
        code=code_of(sheet, short),
        mark=state_words(press, sheet.version.state),
    )


def _legend(sheet: SquadWeekSheet) -> Legend:
    skills = [(skill.mark, skill.name) for skill in sheet.skills]
    places = [(place.short_name, place.name) for place in sheet.places]
    pairs = (("legend_skills", skills), ("legend_places", places))
    return Legend(sheet.shifts, pairs, changed=any(row.changed for row in sheet.rows))


def _fitting(rows: list[RowPlan], room: float) -> int:
    """Return how many of the first rows fit; a row higher than the page counts as one that does."""
    ends = accumulate(row.height for row in rows)
    return max(1, sum(1 for end in ends if end <= room))


def squad_week_title(sheet: SquadWeekSheet, press: Press) -> str:
    """Return the title of a document with this sheet."""
    return SquadWeekLayout.of(press).title(sheet)


def squad_week_pages(sheet: SquadWeekSheet, press: Press) -> tuple[Page, ...]:
    """Return the pages of a squad's week."""
    return SquadWeekLayout.of(press).pages(sheet)
