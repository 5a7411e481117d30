"""The squad's week as a layout tree: golden files, and what holds for every sheet."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.messages import Language
from patrol_desk.printing.fonts import print_font
from patrol_desk.printing.layout.canonical import canonical_lines
from patrol_desk.printing.layout.tree import GREYEST_FILL, MM_PER_POINT, Area, Hatch, Page, Panel, Rule, TextRun
from patrol_desk.printing.sheets import style
from patrol_desk.printing.sheets.squad_week import SquadWeekLayout
from patrol_desk.services.sheet_data import (
    DayCell,
    Duty,
    MemberRole,
    PlaceMark,
    PlanState,
    PrivacyProfile,
    SheetRow,
    SheetVersion,
    SquadWeekSheet,
)
from tests.printing import specimens
from tests.printing.golden_files import CASES, fresh, golden

Change = Callable[[SquadWeekSheet], SquadWeekSheet]
LEFT, RIGHT, TABLE_BOTTOM = 12.0, 285.0, 195.5
NAME_LEFT = LEFT + 8.0


@pytest.mark.parametrize("name", CASES)
def test_the_layout_is_as_on_record(name: str) -> None:
    """Each page is to the thousandth of a millimetre what the golden file holds."""
    assert fresh(name).splitlines() == golden(name).splitlines()


def first_row(change: Callable[[SheetRow], SheetRow]) -> Change:
    """Return a change of the first row."""
    return lambda sheet: replace(sheet, rows=(change(sheet.rows[0]), *sheet.rows[1:]))


def first_day(cell: DayCell) -> Change:
    """Return a change of the first person's Monday."""
    return first_row(lambda row: replace(row, cells=(cell, *row.cells[1:])))


def version(state: PlanState, number: int, revision: str) -> Change:
    """Return a change of the plan's version."""
    return lambda sheet: replace(sheet, version=SheetVersion(state, number, revision))


FAULTS: dict[str, Change] = {
    "a name": first_row(lambda row: replace(row, name="梁子千")),
    "a name's rare twin": first_row(lambda row: replace(row, name="梁子𬭊")),
    "a role": first_row(lambda row: replace(row, role=MemberRole.MEMBER)),
    "a skill": first_row(lambda row: replace(row, skills=("急",))),
    "a number": first_row(lambda row: replace(row, phone="18700006847")),
    "a total": first_row(lambda row: replace(row, total=3)),
    "a changed mark": first_row(lambda row: replace(row, changed=True)),
    "a duty more": first_day(DayCell((Duty("早", False, "市场"),))),
    "a leave": first_day(DayCell(on_leave=True)),
    "day for night": lambda sheet: replace(sheet, shifts=(replace(sheet.shifts[0], is_night=True), *sheet.shifts[1:])),
    "two people changed round": lambda sheet: replace(sheet, rows=(sheet.rows[1], sheet.rows[0], *sheet.rows[2:])),
    "a person fewer": lambda sheet: replace(sheet, rows=sheet.rows[:-1]),
    "a place's name": lambda sheet: replace(sheet, places=(PlaceMark("市场", "石桥菜市场"), *sheet.places[1:])),
    "a draft": version(PlanState.DRAFT, 7, "r4187"),
    "an outdated version": version(PlanState.OUTDATED, 7, "r4187"),
    "a version": version(PlanState.PUBLISHED, 8, "r4187"),
    "a revision": version(PlanState.PUBLISHED, 7, "r4188"),
    "the profile": lambda sheet: replace(sheet, profile=PrivacyProfile.LEADER),
    "the duty room": lambda sheet: replace(sheet, duty_phone="0769-12345119"),
    "the printer": lambda sheet: replace(sheet, printed_by=""),
    "the copy": lambda sheet: replace(sheet, copy_number=1),
    "the audit": lambda sheet: replace(sheet, audit_head="a1b2c3d4"),
    "the note": lambda sheet: replace(sheet, note="请带反光背心。"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_golden_file_sees_each_fault(fault: str) -> None:
    """One thing changed in the sheet, and the comparison with the golden file fails."""
    pages = SquadWeekLayout("zh").pages(FAULTS[fault](specimens.ordinary()))
    assert canonical_lines(pages) != golden("ordinary_zh").splitlines()


NAMES = st.one_of(
    st.sampled_from(specimens.RARE_NAMES),
    st.text(alphabet="石桥欧阳𬭊㛃𠮷·", min_size=1, max_size=12),
    st.text(alphabet="Abcdef -'", min_size=1, max_size=30).map(str.strip).filter(bool),
)
PLACES = st.text(alphabet="石桥市场东路12号（）ABC", min_size=1, max_size=30)
DUTIES = st.builds(
    Duty,
    st.sampled_from("早午晚夜全"),
    st.booleans(),
    PLACES,
    st.one_of(st.just(""), st.text("带队穿背心", max_size=12)),
)
CELLS = st.builds(DayCell, st.lists(DUTIES, max_size=3).map(tuple), st.booleans())
BUSY = st.tuples(*[CELLS] * 7)
QUIET = st.just((specimens.FREE,) * 7)


@st.composite
def rows(draw: st.DrawFn) -> tuple[SheetRow, ...]:
    """Return up to sixty people, a few of them with anything in their week."""
    count = draw(st.integers(0, 60))
    names = draw(st.lists(NAMES, min_size=count, max_size=count))
    made = []
    for number, name in enumerate(names, start=1):
        cells = draw(BUSY if number % 11 == 5 else QUIET)
        total = sum(len(cell.duties) for cell in cells)
        role = draw(st.sampled_from(list(MemberRole)))
        skills = tuple(draw(st.text("急驾讲电水消", max_size=6)))
        made.append(SheetRow(number, name, role, skills, "13800002046", cells, total, draw(st.booleans())))
    return tuple(made)


@st.composite
def sheets(draw: st.DrawFn) -> SquadWeekSheet:
    """Return any sheet that a station may have to print."""
    return replace(
        specimens.ordinary(),
        rows=draw(rows()),
        township=draw(st.sampled_from(["莞溪镇", "一个名字很长很长的经济技术开发区管理委员会"])),
        squad_name=draw(st.text("石桥社区队Squad ", min_size=1, max_size=60).map(str.strip).filter(bool)),
        leader_name=draw(st.one_of(st.just(""), NAMES)),
        places=tuple(PlaceMark(name, name * 2) for name in draw(st.lists(PLACES, max_size=10))),
        version=SheetVersion(draw(st.sampled_from(list(PlanState))), draw(st.integers(0, 99)), "r4187"),
        profile=draw(st.sampled_from(list(PrivacyProfile))),
        copy_number=draw(st.integers(0, 20)),
        audit_head=draw(st.sampled_from(["", "a1b2c3d4"])),
    )


LANGUAGE = st.sampled_from(["zh", "en"])


def inked(run: TextRun) -> Area:
    """Return the area that a text run may blacken: from its ascent to its descent, a hair's breadth less."""
    em = run.size * MM_PER_POINT
    return Area(run.x + 0.01, run.baseline - 0.86 * em, run.width - 0.02, 0.96 * em)


def overlap(one: Area, other: Area) -> bool:
    """Say whether two areas have a part in common."""
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def near(runs: tuple[TextRun, ...]) -> Iterator[tuple[TextRun, TextRun]]:
    """Yield the pairs of runs whose heights on the page are close enough to touch."""
    by_band: dict[int, list[TextRun]] = {}
    for run in runs:
        for band in (int(run.baseline // 8), int(run.baseline // 8) + 1):
            by_band.setdefault(band, []).append(run)
    for close in by_band.values():
        yield from combinations(close, 2)


@given(sheet=sheets(), language=LANGUAGE)
def test_every_text_stands_inside_its_room_and_on_no_other(sheet: SquadWeekSheet, language: Language) -> None:
    """No text leaves its cell, none is printed over another, none leaves the paper."""
    for page in SquadWeekLayout(language).pages(sheet):
        for run in page.texts():
            area, room = inked(run), run.room
            assert room.x - 0.001 <= run.x, run
            assert run.x + run.width <= room.right + 0.001, run
            assert room.y - 0.35 <= area.y, run
            assert area.bottom <= room.bottom + 0.35, run
            assert run.x >= 5.0, run
            assert run.x + run.width <= page.width - 5.0, run
            assert area.bottom <= page.height - 5.0, run
        clashes = [(one.text, other.text) for one, other in near(page.texts()) if overlap(inked(one), inked(other))]
        assert clashes == []


def row_rules(page: Page) -> list[float]:
    """Return where the rules across the whole table stand, top to bottom."""
    return sorted(
        item.y1
        for item in page.items
        if isinstance(item, Rule) and item.y1 == item.y2 and item.x1 == LEFT and item.x2 == RIGHT
    )


def numbered(page: Page) -> list[tuple[float, str]]:
    """Return the running numbers of a page with their places, top to bottom."""
    runs = [run for run in page.texts() if run.room.right <= NAME_LEFT and run.text.isdigit()]
    return [(run.baseline, run.text) for run in runs]


@given(sheet=sheets(), language=LANGUAGE)
def test_everyone_is_there_once_and_no_row_is_split(sheet: SquadWeekSheet, language: Language) -> None:
    """Over all pages the rows are numbered without gap, each within two rules, and the names are all there in order."""
    pages = SquadWeekLayout(language).pages(sheet)
    numbers = [text for page in pages for _y, text in numbered(page)]
    assert numbers == [str(row.number) for row in sheet.rows]
    runs = [run for page in pages for run in page.texts() if run.bold and run.x == NAME_LEFT + style.PAD]
    names = "".join(run.text for run in runs)
    assert names.replace(" ", "") == "".join(print_font().printable(row.name) for row in sheet.rows).replace(" ", "")
    for page in pages:
        rules = row_rules(page)
        for y, _text in numbered(page):
            assert sum(1 for rule in rules if rule < y) >= 2
        assert rules[-2] <= TABLE_BOTTOM


@given(sheet=sheets(), language=LANGUAGE)
def test_heads_and_foot_are_on_every_page(sheet: SquadWeekSheet, language: Language) -> None:
    """Title, duty room, column heads, version and page number repeat; the totals come once, at the end."""
    pages = SquadWeekLayout(language).pages(sheet)
    for number, page in enumerate(pages, start=1):
        texts = [run.text for run in page.texts()]
        wanted = {"zh": ("姓名", "班次", "周一", f"第 {number} / {len(pages)} 页")}
        wanted["en"] = ("Name", "Duties", "Mon", f"Page {number} / {len(pages)}")
        assert all(word in texts for word in wanted[language])
        assert sheet.duty_phone in texts
        totals = "当日出勤（人次）" if language == "zh" else "On duty that day (duties)"
        assert (totals in texts) == (number == len(pages))


@given(sheet=sheets())
def test_it_prints_in_black_and_white(sheet: SquadWeekSheet) -> None:
    """Shading is at most seven hundredths of ink, hatching as little, and white text stands on black only."""
    for page in SquadWeekLayout("zh").pages(sheet):
        panels = [item for item in page.items if isinstance(item, Panel)]
        assert all(panel.fill in {0.0, GREYEST_FILL, 1.0} for panel in panels)
        hatches = [item for item in page.items if isinstance(item, Hatch)]
        assert all(hatch.width * 2**0.5 / hatch.pitch <= GREYEST_FILL for hatch in hatches)
        black = [panel.area for panel in panels if panel.fill == 1.0]
        white = [run for run in page.texts() if run.ink == "white"]
        assert all(any(overlap(inked(run), area) for area in black) for run in white)


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (14, 1), (26, 1), (30, 2), (60, 3)])
def test_how_many_pages_a_squad_takes(count: int, pages: int) -> None:
    """A squad of average size fits on one page."""
    assert len(SquadWeekLayout("zh").pages(specimens.crowd(count))) == pages


def test_no_member_number_on_a_sheet_to_hang_up() -> None:
    """Under 公示 neither the members' nor the leader's number is on the sheet; the duty room's is, whole."""
    sheet = replace(specimens.ordinary(), profile=PrivacyProfile.PUBLIC)
    texts = " ".join(run.text for page in SquadWeekLayout("zh").pages(sheet) for run in page.texts())
    assert "****" not in texts
    assert not any(row.phone in texts for row in sheet.rows)
    assert "0769-12345110" in texts


@pytest.mark.parametrize(
    ("state", "mark"), [(PlanState.DRAFT, "草稿 · 未发布"), (PlanState.OUTDATED, "已作废 · 另有新版")]
)
def test_what_is_not_in_force_is_marked_on_every_page(state: PlanState, mark: str) -> None:
    """A draft or an outdated version says so, white on black."""
    sheet = replace(specimens.crowd(60), version=SheetVersion(state, 6, "r4187"))
    for page in SquadWeekLayout("zh").pages(sheet):
        assert [run.ink for run in page.texts() if run.text == mark] == ["white"]
    published = [run.text for page in SquadWeekLayout("zh").pages(specimens.crowd(60)) for run in page.texts()]
    assert mark not in published


def test_a_sheet_without_its_seven_days_is_refused() -> None:
    """A row of six days is a fault of whoever filled the sheet."""
    sheet = specimens.ordinary()
    with pytest.raises(ValueError, match="row 1 has 6 days"):
        replace(sheet, rows=(replace(sheet.rows[0], cells=sheet.rows[0].cells[:6]),))
