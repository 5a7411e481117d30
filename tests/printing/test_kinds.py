"""Sheets of every kind: what holds on every page, whatever stands on it, on every paper and in every size."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from patrol_desk.cli.sheets import SHEETS
from patrol_desk.common.message import Message
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.printing import Look, print_sheets
from patrol_desk.printing.fonts import print_font
from patrol_desk.printing.kinds import LAYOUTS, Laying, paper_of
from patrol_desk.printing.layout.tree import Matrix, Page, Panel, Rule
from patrol_desk.services.printed.ask import with_frame
from patrol_desk.services.printed.callouts import CallOutCard
from patrol_desk.services.printed.content import PrintedSheet, code_of, content_hash, short_hash
from patrol_desk.services.printed.diagnosis import Left
from patrol_desk.services.printed.frame import said
from patrol_desk.services.printed.kinds import BY_LETTERS, KINDS
from patrol_desk.services.printed.marks import PlanState, PrivacyProfile, SheetVersion
from patrol_desk.services.printed.posts import (
    DayShift,
    Manning,
    OnDuty,
    OverviewGroup,
    OverviewRow,
    PostShift,
    ShiftWeek,
    SignInShift,
)
from tests.printing import specimens_of_kinds as kinds
from tests.printing.golden_files import tree
from tests.printing.hard_kinds import HARD, TWELVE
from tests.printing.pages import black_and_white, clashes, outside
from tests.printing.specimens import RARE_NAMES, SHIFTS
from tests.printing.specimens_of_kinds import ORDINARY

Make = Callable[[], PrintedSheet]
EVERY = {**ORDINARY, **{f"hard_{name}": make for name, make in HARD.items()}}
LOOKS = (Look("zh"), Look("en"), Look("zh", scale=1.3, margin=8.0), Look("en", scale=1.3))
MARGIN = 5.0
"""An old laser printer's edge: nothing is ever printed nearer to it."""


def looks_of(sheet: PrintedSheet) -> list[Look]:
    """Return each look on the sheet's own paper, and the widest text on each other that makes sense."""
    others = BY_LETTERS[sheet.KIND].papers[1:]
    return [*LOOKS, *(replace(LOOKS[-1], paper=paper) for paper in others)]


def words_of(pages: tuple[Page, ...]) -> str:
    """Return all text of the pages without what lines divide."""
    return "".join(run.text for page in pages for run in page.texts()).replace(" ", "")


@pytest.mark.parametrize("name", EVERY)
def test_every_text_stands_inside_its_room_and_on_no_other(name: str) -> None:
    """On every paper, in both languages, at both sizes: nothing leaves its cell or the paper, nothing overlaps."""
    sheet = EVERY[name]()
    for look in looks_of(sheet):
        for page in Laying(sheet.KIND, look).pages(sheet):
            assert clashes(page) == [], look
            assert outside(page, max(MARGIN, min(look.margin, 8.0) if sheet.KIND != "PS" else 0.0)) == [], look
            assert black_and_white(page), look


@pytest.mark.parametrize("name", EVERY)
def test_heads_feet_and_codes_are_on_every_page(name: str) -> None:
    """Title, duty room, page x of y, and the QR code with the sheet's own reference."""
    sheet = EVERY[name]()
    laying = Laying(sheet.KIND, Look("zh", "A6" if sheet.KIND == "PS" else ""))
    pages = laying.pages(sheet)
    for number, page in enumerate(pages, start=1):
        texts = [run.text for run in page.texts()]
        assert f"第 {number} / {len(pages)} 页" in texts
        assert laying.title(sheet).split(" ")[0] in "".join(texts)
        assert sheet.frame.duty_phone in texts
        assert f"r4187 · {short_hash(sheet)}" in " ".join(texts)
        (matrix,) = [item for item in page.items if isinstance(item, Matrix)]
        assert matrix.content == code_of(sheet, short_hash(sheet))


@pytest.mark.parametrize("name", EVERY)
def test_every_name_is_there_in_full(name: str) -> None:
    """Each text of the content, long or rare, is on the sheet; telephone numbers as the profile shows them."""
    sheet = EVERY[name]()
    printed = words_of(Laying(sheet.KIND, Look("zh")).pages(sheet))
    names = [text for text in strings(sheet) if text in {*RARE_NAMES, TWELVE, *kinds.PEOPLE}]
    font = print_font()
    assert [one for one in names if font.printable(one).replace(" ", "") not in printed] == []


def strings(value: object) -> list[str]:
    """Return all texts that a sheet's content says."""
    found: list[str] = []
    waiting: list[object] = [said(value)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting.extend(part)
        elif isinstance(part, str):
            found.append(part)
    return found


@pytest.mark.parametrize("name", ORDINARY)
@pytest.mark.parametrize(
    ("state", "mark"), [(PlanState.DRAFT, "草稿 · 未发布"), (PlanState.OUTDATED, "已作废 · 另有新版")]
)
def test_what_is_not_in_force_is_marked(name: str, state: PlanState, mark: str) -> None:
    """A draft or an outdated version says so in white on black on every page; a sheet without a plan never does."""
    sheet = ORDINARY[name]()
    if sheet.frame.version is None:
        return
    marked = with_frame(sheet, version=SheetVersion(state, 6, "r4187"))
    for page in Laying(sheet.KIND, Look("zh", "A6" if sheet.KIND == "PS" else "")).pages(marked):
        assert [run.ink for run in page.texts() if run.text == mark] == ["white"]
    assert mark not in [run.text for page in Laying(sheet.KIND, Look()).pages(sheet) for run in page.texts()]


@pytest.mark.parametrize("name", ORDINARY)
def test_profiles_choose_which_numbers_show(name: str) -> None:
    """Under 公示 no number of a person, masked for the office, whole for the leader."""
    for profile in BY_LETTERS[ORDINARY[name]().KIND].profiles:
        sheet = with_frame(ORDINARY[name](), profile=profile)
        printed = words_of(Laying(sheet.KIND, Look()).pages(sheet))
        whole = [phone for phone in phones(sheet) if phone in printed]
        assert bool(whole) == (profile is PrivacyProfile.LEADER and bool(phones(sheet)) and name not in NUMBERLESS)
        if profile is PrivacyProfile.PUBLIC:
            assert "****" not in printed


NUMBERLESS = {"checkpoint_week", "muster_day", "overview", "change_slip"}
"""Sheets that hang or go round, and therefore show no number to anybody."""


@pytest.mark.parametrize("name", sorted(NUMBERLESS | {"hours", "availability"}))
def test_a_sheet_without_numbers_does_not_claim_to_hold_some(name: str) -> None:
    """The leader's copy of a sheet that shows no number says what the office's says."""
    sheet = with_frame(ORDINARY[name](), profile=PrivacyProfile.LEADER)
    texts = [run.text for page in Laying(sheet.KIND, Look()).pages(sheet) for run in page.texts()]
    assert "内部资料，用后交回或粉碎" in texts
    assert not any("含组员电话" in text for text in texts)


def phones(value: object) -> list[str]:
    """Return the telephone numbers of people in a sheet."""
    found: list[str] = []
    for name in getattr(value, "__dataclass_fields__", {}):
        part = getattr(value, name)
        if name in {"phone", "leader_phone"} and part:
            found.append(part)
        for one in part if isinstance(part, tuple) else (part,):
            found.extend(phones(one))
    return found


FAULTS: dict[str, Callable[[Any], PrintedSheet]] = {
    "checkpoint_week": lambda s: replace(s, shifts=(replace(s.shifts[0], days=s.shifts[0].days[::-1]), *s.shifts[1:])),
    "muster_day": lambda s: replace(s, equipment=(replace(s.equipment[0], quantity=5), *s.equipment[1:])),
    "sign_in": lambda s: replace(s, shifts=(s.shifts[1], s.shifts[0], s.shifts[2])),
    "sign_in_squad": lambda s: replace(s, name="石轿队"),
    "overview": lambda s: replace(s, groups=(replace(s.groups[0], rows=s.groups[0].rows[1:]), *s.groups[1:])),
    "slip": lambda s: replace(s, duties=(replace(s.duties[0], day=s.duties[0].day + timedelta(days=1)), *s.duties[1:])),
    "change_slip": lambda s: replace(s, before=5),
    "call_sheet": lambda s: replace(s, lines=(s.lines[1], s.lines[0], *s.lines[2:])),
    "call_out": lambda s: replace(s, teams=(replace(s.teams[0], came=6), *s.teams[1:])),
    "hours": lambda s: replace(s, lines=(replace(s.lines[0], minutes=6), *s.lines[1:])),
    "availability": lambda s: replace(s, lines=(replace(s.lines[0], days=s.lines[1].days), *s.lines[1:])),
    "place_list": lambda s: replace(s, groups=(replace(s.groups[0], places=s.groups[0].places[1:]), *s.groups[1:])),
    "diagnosis": lambda s: replace(s, gaps=(replace(s.gaps[0], left=s.gaps[0].left[:-1]), *s.gaps[1:])),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_a_sheet_shows_in_its_tree(name: str) -> None:
    """One fault injected into each kind of sheet changes its golden tree and the hash in its foot."""
    from tests.printing.golden_files import golden

    sheet = ORDINARY[name]()
    wrong = FAULTS[name](sheet)
    assert tree(wrong, Look("zh")).splitlines() != golden(f"{name}_zh").splitlines()
    assert tree(sheet, Look("zh")).splitlines() == golden(f"{name}_zh").splitlines()
    assert content_hash(wrong) != content_hash(sheet)


def test_each_kind_has_a_specimen_a_fault_a_layout_and_a_command() -> None:
    """The lists of kinds agree, and each kind has its name in both languages and a paper that it can be on."""
    assert set(LAYOUTS) == set(BY_LETTERS) == {make().KIND for make in ORDINARY.values()}
    assert set(FAULTS) == ORDINARY.keys() - {"squad_week"}
    assert tuple(KINDS) == SHEETS
    for kind in KINDS.values():
        assert len({render(kind.name, language) for language in LANGUAGES}) == 2
        assert kind.paper in kind.papers
        paper = paper_of(kind.letters, Look())
        assert (paper.width > paper.height) == kind.landscape


def test_the_hash_leaves_numbers_and_the_frame_out() -> None:
    """Copies, profiles, versions and times of printing have one hash; so have telephone numbers."""
    sheet = kinds.sign_in()
    other = with_frame(sheet, copy_number=3, profile=PrivacyProfile.LEADER, printed_by="", audit_head="")
    assert content_hash(other) == content_hash(sheet)
    calls = kinds.call_sheet()
    without = replace(calls, lines=tuple(replace(line, phone="") for line in calls.lines))
    assert content_hash(calls) == content_hash(without)


@pytest.mark.parametrize("name", EVERY)
def test_a_pdf_can_be_searched_and_says_what_it_is(tmp_path: Path, name: str) -> None:
    """Every name comes out code point by code point; language, title and station are told; nobody's name is."""
    sheet = EVERY[name]()
    file = tmp_path / "sheet.pdf"
    print_sheets([sheet], file, Look("en"))
    with pypdfium2.PdfDocument(file) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    flat = "".join(text.split())
    names = {one for one in strings(sheet) if one in {*RARE_NAMES, TWELVE, *kinds.PEOPLE}}
    assert [one for one in names if "".join(one.split()) not in flat] == []
    with pikepdf.open(file) as pdf:
        assert pdf.Root.Lang == "en"
        assert str(pdf.docinfo["/Author"]) == "莞溪派出所"
        assert str(pdf.docinfo["/Title"]) == Laying(sheet.KIND, Look("en")).title(sheet)
        assert not any(person in str(pdf.docinfo["/Title"]) for person in kinds.PEOPLE)


def test_four_slips_share_a_page_and_all_are_there(tmp_path: Path) -> None:
    """Nine people take three pages of A4, or nine of A6; each has a name of its own to be found by."""
    slips = [kinds.slip(number) for number in range(9)]
    large = print_sheets(slips, tmp_path / "a4.pdf")
    small = print_sheets(slips, tmp_path / "a6.pdf", Look(paper="A6"))
    assert (large.pages, small.pages) == (3, 9)
    with pypdfium2.PdfDocument(tmp_path / "a4.pdf") as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
        sizes = {tuple(round(length) for length in page.get_size()) for page in document}
    assert sizes == {(595, 842)}
    assert all(person in text for person in kinds.PEOPLE[:9])


@pytest.mark.parametrize(
    "name", ["sign_in", "overview", "availability", "hours", "call_sheet", "muster_day", "place_list", "diagnosis"]
)
def test_no_row_is_split_and_column_heads_repeat(name: str) -> None:
    """Sixty people over several pages: the column heads stand on each page and the numbers run without a gap."""
    sheet = HARD[name]()
    pages = Laying(sheet.KIND, Look("zh")).pages(sheet)
    heads = {
        "sign_in": "到岗签名", "overview": "编号", "availability": "同上次", "hours": "签名", "call_sheet": "拨打时间",
        "muster_day": "点位", "place_list": "要求", "diagnosis": "序",
    }  # fmt: skip
    assert len(pages) > 1
    with_head = [page for page in pages if any(run.text == heads[name] for run in page.texts())]
    assert len(with_head) >= len(pages) - (1 if name == "muster_day" else 0)


def test_a_group_is_named_again_on_the_next_page() -> None:
    """A shift that goes over a page's end has its band on both pages."""
    sheet = HARD["sign_in"]()
    pages = Laying(sheet.KIND, Look("zh")).pages(sheet)
    for page in pages[1:]:
        assert any("22:00" in run.text for run in page.texts())


def test_heads_that_differ_by_day_are_told_from_the_least_to_the_most() -> None:
    """A week with a security day says a span; what a neighbour holds at a joint gate stands beside it."""
    plain, surge = Manning((), 1, 2, held=2), Manning((), 3, 5, held=2)
    week = ShiftWeek(SHIFTS[0], (plain, plain, surge, *[Manning()] * 4))
    sheet = replace(kinds.checkpoint_week(), shifts=(week,))
    assert "最低1–3/期望2–5　邻镇2" in words_of(Laying("CW", Look("zh")).pages(sheet))
    one_day = replace(kinds.sign_in(), shifts=(SignInShift(SHIFTS[0], surge),))
    assert "最低3/期望5　邻镇2" in words_of(Laying("SI", Look("zh")).pages(one_day))
    assert content_hash(one_day) == content_hash(
        replace(one_day, shifts=(SignInShift(SHIFTS[0], replace(surge, held=0)),))
    )


def test_what_is_knowingly_left_open_stands_in_a_frame() -> None:
    """White on black is what is missing; what is left open has a frame and says so, on every sheet about places."""
    gap = Manning((), 2, 3, known=1)
    week = ShiftWeek(SHIFTS[0], (gap, *[Manning()] * 6))
    post = PostShift("P-08", "石桥市场", gap)
    row = OverviewRow("P-08", "市场", (((SHIFTS[0], gap),), *[()] * 6))
    sheets = (
        replace(kinds.checkpoint_week(), shifts=(week,)),
        replace(kinds.sign_in(), shifts=(SignInShift(SHIFTS[0], gap),)),
        replace(kinds.muster_day(), shifts=(DayShift(SHIFTS[0], (post,)),)),
        replace(kinds.overview(), groups=(OverviewGroup("石桥社区", (row,)),)),
    )
    for sheet in sheets:
        for look in looks_of(sheet):
            pages = Laying(sheet.KIND, look).pages(sheet)
            inks = {run.text: run.ink for page in pages for run in page.texts()}
            end = "_short" if sheet.KIND == "TO" else ""
            missing = render(Message(f"print.missing{end}", {"count": 2}), look.lang)
            left_open = render(Message(f"print.left_open{end}", {"count": 1}), look.lang)
            assert (inks[missing], inks[left_open]) == ("white", "black"), look
            assert all(clashes(page) == [] for page in pages), look


def test_a_diagnosis_names_people_for_the_station_alone() -> None:
    """Under 公示 nobody is named, neither near a gap nor asked; the figures and what the sheet is remain the same."""
    sheet = kinds.diagnosis()
    shown = with_frame(sheet, profile=PrivacyProfile.PUBLIC)
    printed = words_of(Laying("DG", Look("zh")).pages(shown))
    assert [person for person in kinds.PEOPLE if person in printed] == []
    assert "缺3" in printed
    assert "2人本周加1班" in printed
    assert "不含姓名" in printed
    assert content_hash(shown) == content_hash(sheet)
    named = words_of(Laying("DG", Look("zh")).pages(sheet))
    assert all(person in named for person in (kinds.PEOPLE[8], kinds.PEOPLE[0]))
    assert "含人员姓名" in named


def test_the_bars_of_a_gap_are_as_long_as_there_are_people() -> None:
    """Half of the needed heads end at the dashed line's half; what is four times longer is broken, not bent."""
    gap = replace(kinds.gap(4), needed=10, left=(Left(Message("print.dg_all"), 100), Left(Message("print.dg_all"), 5)))
    sheet = replace(kinds.diagnosis(), gaps=(gap,))
    (page,) = Laying("DG", Look("zh")).pages(sheet)
    bars = [item for item in page.items if isinstance(item, Panel) and item.stroke and 3.0 < item.area.height < 3.4]
    black = next(bar.area for bar in bars if bar.fill == 1.0)
    (dashed,) = {rule.x1 for rule in page.items if isinstance(rule, Rule) and rule.width == 0.5}
    assert black.width == pytest.approx((dashed - black.x) / 2)
    everybody = sorted((bar.area for bar in bars if 0 < bar.fill < 1.0), key=lambda area: area.x)
    assert [area.y for area in everybody] == [everybody[0].y] * 2
    assert everybody[1].right - everybody[0].x == pytest.approx(4 * (dashed - black.x))


def test_signatures_keep_their_room_when_the_text_grows() -> None:
    """At 130 % and with an old printer's margins there are still three centimetres to sign in."""
    sheet = kinds.sign_in()
    for look in (Look("zh", scale=1.3, margin=12.0), Look("en", scale=1.3, margin=12.0)):
        page = Laying("SI", look).pages(sheet)[0]
        head = next(run for run in page.texts() if run.text in {"到岗签名", "Signature in"})
        edges = {rule.x1 for rule in page.items if isinstance(rule, Rule) and rule.x1 == rule.x2}
        left, right = max(x for x in edges if x < head.x), min(x for x in edges if x > head.x)
        assert right - left > 30.0, look


def test_times_of_a_call_out_are_held_against_the_target() -> None:
    """From each team's own call to its arrival; a team that has not come has no time."""
    card = kinds.call_out()
    assert isinstance(card, CallOutCard)
    assert [card.minutes(team) for team in card.teams] == [8, 12, None]


@pytest.mark.parametrize("name", ["checkpoint_week", "muster_day", "sign_in", "sign_in_squad"])
def test_a_changed_row_has_a_bar_at_its_left(name: str) -> None:
    """One person's duty is new: a bar more on the sheet than without, and what the sheet says is the same."""
    plain = ORDINARY[name]()
    fresh = with_one_changed(plain)
    bars = [
        sum(
            panel.fill == 1.0 and panel.area.width < 2.0
            for page in pages
            for panel in page.items
            if isinstance(panel, Panel)
        )
        for pages in (Laying(plain.KIND, Look()).pages(sheet) for sheet in (plain, fresh))
    ]
    assert bars[1] > bars[0]
    assert content_hash(fresh) == content_hash(plain)


def with_one_changed(value: Any) -> Any:  # noqa: ANN401  # whatever stands in a sheet
    """Return a copy in which the first person on duty has a duty that the version before had not."""
    if isinstance(value, OnDuty):
        return replace(value, changed=True)
    if isinstance(value, tuple):
        for at, part in enumerate(value):
            other = with_one_changed(part)
            if other != part:
                return (*value[:at], other, *value[at + 1 :])
        return value
    if is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            other = with_one_changed(getattr(value, one.name))
            if other != getattr(value, one.name):
                return replace(value, **{one.name: other})
    return value
