"""How long all squads' weeks of a township take to print, beside the same amount of text through Qt alone."""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import psutil

from patrol_desk.printing import print_squad_weeks
from patrol_desk.printing.bare_qt import write_bare
from patrol_desk.printing.pages import page_picture, sheet_pages
from patrol_desk.printing.render_qt import ensure_gui_application
from patrol_desk.printing.sheets.squad_week import SquadWeekLayout
from patrol_desk.services.sheet_data import (
    DayCell,
    Duty,
    MemberRole,
    PlaceMark,
    PlanState,
    SheetRow,
    SheetVersion,
    ShiftMark,
    SkillMark,
    SquadWeekSheet,
)

PEOPLE = 26
"""Members of an average squad: 8,500 people in 330 squads."""
_SHIFTS = "早午晚夜"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
_GIVEN = "嘉豪静怡志远玉珠德昌海珊子谦可欣家俊立诚坚少棠宇明芳伟丽强敏杰秀英华平刚桂春𬭊㛃"


def bench_print(pages: int = 330) -> dict[str, object]:
    """Print that many squads' weeks of 26 people into one PDF and return the figures.

    Parameters
    ----------
    pages
        Squads; each takes one page.

    Returns
    -------
    dict
        ``sheets``, ``pages``, ``bytes``, ``seconds``, ``peak_mb`` (of the whole process, so far), ``bare_seconds``: the
        time in which Qt alone writes the same text onto as many pages, ``ratio``: our time over that, and
        ``first_page_seconds``: from a sheet's data to the picture of its first page, fonts and all.
    """
    sheets = [_sheet(number) for number in range(pages)]
    first = _first_page_seconds(sheets[0])
    with tempfile.TemporaryDirectory() as folder:
        result = print_squad_weeks(sheets, Path(folder) / "squads.pdf")
    peak = _peak_mb()
    bare = _bare_seconds(sheets)
    return {
        "sheets": result.sheets,
        "pages": result.pages,
        "bytes": result.bytes,
        "seconds": round(result.seconds, 3),
        "peak_mb": round(peak, 1),
        "bare_seconds": round(bare, 3),
        "ratio": round(result.seconds / bare, 2),
        "first_page_seconds": round(first, 3),
    }


def _first_page_seconds(sheet: SquadWeekSheet) -> float:
    """Return how long the preview's first page takes when nothing was printed yet."""
    ensure_gui_application()
    began = time.perf_counter()
    page_picture(sheet_pages(sheet)[0], 96.0)
    return time.perf_counter() - began


def _peak_mb() -> float:
    """Return the most memory the process has held so far; the present amount where the system keeps no peak."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    memory = psutil.Process().memory_info()
    return float(getattr(memory, "peak_wset", memory.rss)) / 1024**2


def _bare_seconds(sheets: Sequence[SquadWeekSheet]) -> float:
    """Return the seconds in which Qt alone writes the same text in the same places, and nothing else."""
    layout = SquadWeekLayout("zh")
    laid = [page for sheet in sheets for page in layout.pages(sheet)]
    pages = [[(run.x, run.baseline, run.text) for run in page.texts()] for page in laid]
    began = time.perf_counter()
    write_bare(pages)
    return time.perf_counter() - began


def _sheet(number: int) -> SquadWeekSheet:
    """Return an invented squad's week."""
    places = tuple(PlaceMark(f"{kind}{number}", f"石桥社区{kind}{number}号") for kind in ("东岗", "市场", "桥头"))
    rows = tuple(_row(number, member, places) for member in range(PEOPLE))
    first = date(2026, 11, 23)
    sheet = SquadWeekSheet(
        station="莞溪派出所",
        township="莞溪镇",
        squad_name=f"第{number}义警小组",
        squad_code=f"S{number:03d}",
        week="2026-W48",
        first_date=first,
        leader_name=rows[0].name,
        leader_phone=rows[0].phone,
        duty_phone="0769-12345110",
        shifts=tuple(_shift(mark, 6 * place) for place, mark in enumerate(_SHIFTS)),
        skills=(SkillMark("急", "急救"), SkillMark("驾", "驾驶")),
        places=places,
        rows=rows,
        version=SheetVersion(PlanState.PUBLISHED, 7, "r4187"),
        printed_at=datetime.fromisoformat("2026-11-22T18:00"),
        printed_by="周以恒",
    )
    return replace(sheet, audit_head="a1b2c3d4")


def _shift(mark: str, start: int) -> ShiftMark:
    return ShiftMark(mark, f"{mark}班", f"{start:02d}:00", f"{(start + 6) % 24:02d}:00", is_night=mark == "夜")


def _row(number: int, member: int, places: tuple[PlaceMark, ...]) -> SheetRow:
    seed = number * PEOPLE + member
    name = _SURNAMES[seed % len(_SURNAMES)] + _GIVEN[seed % len(_GIVEN)] + _GIVEN[seed * 7 % len(_GIVEN)]
    cells = [DayCell() for _day in range(7)]
    for turn in range(seed % 4):
        mark = _SHIFTS[(seed + turn) % 4]
        cells[(seed + 2 * turn) % 7] = DayCell((Duty(mark, mark == "夜", places[seed % 3].short_name),))
    if seed % 13 == 0:
        cells[6] = DayCell(on_leave=True)
    total = sum(len(cell.duties) for cell in cells)
    role = MemberRole.LEADER if member == 0 else MemberRole.MEMBER
    phone = f"139{seed % 100_000_000:08d}"
    return SheetRow(member + 1, name, role, ("急",) if seed % 3 else ("急", "驾"), phone, tuple(cells), total)
