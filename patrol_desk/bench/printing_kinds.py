"""How long the other kinds of sheet take to print at a township's size, with invented people."""

import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from patrol_desk.printing import print_sheets
from patrol_desk.services.printed.content import PrintedSheet
from patrol_desk.services.printed.frame import SheetFrame
from patrol_desk.services.printed.kinds import BY_LETTERS
from patrol_desk.services.printed.marks import MemberRole, PlanState, SheetVersion, ShiftMark
from patrol_desk.services.printed.persons import AvailabilityForm, AvailabilityLine, PersonSlip, SlipDuty
from patrol_desk.services.printed.posts import (
    CheckpointWeekSheet,
    Equipment,
    Manning,
    OnDuty,
    OverviewGroup,
    OverviewRow,
    OverviewSheet,
    ShiftWeek,
    SignInSheet,
    SignInShift,
)

_MONDAY = date(2026, 11, 23)
_WEEK = "2026-W48"
_VERSION = SheetVersion(PlanState.PUBLISHED, 7, "r4187")
_FRAME = SheetFrame(
    "莞溪派出所", "莞溪镇", "0769-12345110", _VERSION, "r4187", datetime.fromisoformat("2026-11-22T18:00"), "周以恒"
)
_SHIFTS = tuple(
    ShiftMark(mark, f"{mark}班", f"{start:02d}:00", f"{(start + 4) % 24:02d}:00", is_night=mark == "夜")
    for mark, start in zip("早午晚夜", (8, 13, 18, 22), strict=True)
)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
_GIVEN = "嘉豪静怡志远玉珠德昌海珊子谦可欣家俊立诚坚少棠宇明芳伟丽强敏杰秀英"
_THINGS = tuple(Equipment(name, 4) for name in ("对讲机", "强光手电", "反光背心", "急救包", "警戒带", "扩音器"))


def bench_kinds(posts: int = 364, squads: int = 330, slips: int = 1000) -> dict[str, dict[str, object]]:
    """Print a township of each of the larger kinds and return sheets, pages, bytes and processor seconds by kind."""
    runs = (
        [_checkpoint_week(number) for number in range(posts)],
        [_sign_in(number) for number in range(posts)],
        [_overview(posts)],
        [_slip(number) for number in range(slips)],
        [_availability(number) for number in range(squads)],
    )
    return {BY_LETTERS[sheets[0].KIND].id: _measured(sheets) for sheets in runs}


def _measured(sheets: list[PrintedSheet]) -> dict[str, object]:
    began = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        result = print_sheets(sheets, Path(folder) / "sheets.pdf")
    seconds = round(time.process_time() - began, 3)
    return {"sheets": result.sheets, "pages": result.pages, "bytes": result.bytes, "cpu_seconds": seconds}


def _name(seed: int) -> str:
    return _SURNAMES[seed % len(_SURNAMES)] + _GIVEN[seed * 7 % len(_GIVEN)] + _GIVEN[seed * 11 % len(_GIVEN)]


def _manning(seed: int) -> Manning:
    role = (MemberRole.LEADER, MemberRole.MEMBER, MemberRole.MEMBER)
    people = (OnDuty(_name(seed + at), role[at], f"第{seed % 330}队", "", f"138{seed + at:08d}") for at in range(3))
    return Manning(tuple(people), 2, 3)


def _checkpoint_week(number: int) -> PrintedSheet:
    weeks = tuple(
        ShiftWeek(shift, tuple(_manning(number * 28 + at * 7 + day) for day in range(7)))
        for at, shift in enumerate(_SHIFTS)
    )
    return CheckpointWeekSheet(_FRAME, _WEEK, _MONDAY, f"P-{number:03d}", f"石桥{number}号岗", "市场路 18 号", weeks)


def _sign_in(number: int) -> PrintedSheet:
    shifts = tuple(SignInShift(shift, _manning(number * 4 + at)) for at, shift in enumerate(_SHIFTS[:3]))
    name = f"石桥{number}号岗"
    return SignInSheet(_FRAME, _MONDAY, "checkpoint", f"P-{number:03d}", name, "A3 广场", 600, shifts, _THINGS)


def _overview(posts: int) -> PrintedSheet:
    rows = tuple(OverviewRow(f"P-{number:03d}", f"{number}号岗", tuple(_days(number))) for number in range(posts))
    groups = tuple(OverviewGroup(f"第{start}社区", rows[start::20]) for start in range(20))
    return OverviewSheet(_FRAME, _WEEK, _MONDAY, "441900121000", _SHIFTS, groups)


def _days(number: int) -> Iterator[tuple[tuple[ShiftMark, Manning], ...]]:
    for day in range(7):
        yield tuple((shift, _manning(number * 9 + day)) for at, shift in enumerate(_SHIFTS) if (number + day + at) % 2)


def _slip(number: int) -> PrintedSheet:
    duties = tuple(
        SlipDuty(_MONDAY + timedelta(days=at * 2), _SHIFTS[at], f"{number % 364}号岗", "市场路") for at in range(2)
    )
    return PersonSlip(_FRAME, _WEEK, _MONDAY, f"R{number:05d}", _name(number), "石桥队", "梁子谦", "", duties)


def _availability(number: int) -> PrintedSheet:
    lines = tuple(
        AvailabilityLine(_name(number * 26 + at), MemberRole.MEMBER, ((at % 4,) * 7,) * 4) for at in range(26)
    )
    return AvailabilityForm(_FRAME, _MONDAY, f"S{number:03d}", f"第{number}队", _SHIFTS, lines)
