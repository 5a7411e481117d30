"""A squad's week as text for the messenger."""

from dataclasses import replace

from patrol_desk.printing.handon.plain import plain_week
from patrol_desk.services.sheet_data import PlanState, PrivacyProfile, SheetVersion
from tests.printing.specimens import FREE, ordinary


def test_a_week_by_day_shift_and_place() -> None:
    """Leaders are marked, full names of places, nobody's number even for the leader's profile."""
    shown = plain_week(replace(ordinary(), profile=PrivacyProfile.LEADER))
    lines = shown.splitlines()
    assert lines[0] == f"【{ordinary().squad_name}】2026-W48 执勤安排"
    monday = lines[lines.index("周一 11 月 23 日") + 1 :]
    assert monday[0] == "  早班 08:00–12:00 石桥卫生站：林玉珠"
    assert "  夜班 22:00–次日 02:00 石桥桥头岗：钟少棠" in lines
    assert "谭可欣（副组长）" in shown
    assert not any(row.phone in shown for row in ordinary().rows)
    assert ordinary().duty_phone in lines[-1]


def test_a_draft_and_an_empty_week_say_so() -> None:
    """In both languages."""
    sheet = ordinary()
    empty = replace(
        sheet,
        rows=tuple(replace(row, cells=(FREE,) * 7, total=0) for row in sheet.rows),
        version=SheetVersion(PlanState.DRAFT, 8, "r1"),
    )
    assert "※ 草稿 · 未发布" in plain_week(empty)
    assert "No duties this week." in plain_week(empty, "en")
