"""Sheets for the tests: the ordinary one and the hard ones. All people are invented."""

from dataclasses import replace
from datetime import date, datetime

from patrol_desk.services.sheet_data import (
    DayCell,
    Duty,
    MemberRole,
    PlaceMark,
    PlanState,
    PrivacyProfile,
    SheetRow,
    SheetVersion,
    ShiftMark,
    SkillMark,
    SquadWeekSheet,
)

SHIFTS = (
    ShiftMark("早", "早班", "08:00", "12:00"),
    ShiftMark("午", "午班", "13:00", "17:00"),
    ShiftMark("晚", "晚班", "18:00", "22:00"),
    ShiftMark("夜", "夜班", "22:00", "02:00", is_night=True),
)
SKILLS = (SkillMark("急", "急救"), SkillMark("驾", "驾驶"), SkillMark("讲", "对讲机"))
PLACES = (PlaceMark("市场", "石桥市场"), PlaceMark("桥头", "石桥桥头岗"), PlaceMark("卫生站", "石桥卫生站"))
FREE = DayCell()
LEAVE = DayCell(on_leave=True)

_ORDINARY = (
    ("梁子谦", "急驾", "18700006846", {2: "午市场", 4: "晚市场"}),
    ("谭可欣", "驾", "13500008298", {0: "早桥头", 1: "午桥头", 4: "午市场"}),
    ("莫静怡", "急讲", "13800002046", {1: "早市场"}),
    ("卢志远", "急驾", "18700002901", {0: "午市场"}),
    ("钟少棠", "急", "13900006534", {0: "晚市场", 1: "夜桥头", 3: "早市场", 6: "晚市场"}),
    ("区嘉豪", "驾", "18700006478", {2: "早卫生站", 3: "午市场"}),
    ("骆宇", "讲", "15000004402", {2: "午市场", 4: "早市场", 5: "早桥头"}),
    ("方家俊", "急", "18700004471", {2: "晚市场", 6: "早市场"}),
    ("林玉珠", "驾", "18700006065", {0: "早卫生站", 2: "晚市场", 5: "晚市场"}),
    ("谭立诚", "", "18700008174", {0: "早市场", 2: "晚市场", 3: "请假", 4: "请假", 5: "请假"}),
    ("闻志坚", "急", "13900004416", {2: "午桥头", 4: "早市场", 6: "午桥头"}),
    ("车海珊", "急驾", "13500007023", {2: "晚桥头", 5: "夜桥头"}),
    ("简德昌", "驾", "15800006173", {2: "晚桥头", 4: "午市场", 6: "早桥头"}),
    ("罗子谦", "驾", "18700004736", {1: "午市场", 4: "早市场"}),
)
_LAST = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥角亢氐房心尾箕斗牛女虚危室壁奎娄胃昴毕觜参井鬼柳星张翼轸"
LONG_PLACE = "环城北路与工业大道交汇处北侧临时联防卡口一号岗亭旁流动执勤点东面"
RARE_NAMES = (
    "𬭊",
    "陈𬭊",
    "㛃然",
    "𠮷田",
    "𬱖",
    "石卜",
    "龘䶮",
    "阿卜杜热依木·买买提江",
    "John Smith-Õ",
    "Maimaiti•A",
    "买合木提・艾力",
    "㐂金",
)
_ROLES = {1: MemberRole.LEADER, 2: MemberRole.DEPUTY}


def duty(text: str, note: str = "") -> Duty:
    """Return the duty that ``早市场`` says: shift's mark, then place."""
    return Duty(text[0], text[0] == "夜", text[1:], note)


def day(text: str) -> DayCell:
    """Return the day that ``早市场`` or ``请假`` says; several duties are set apart by spaces."""
    if text == "请假":
        return LEAVE
    return DayCell(tuple(duty(part) for part in text.split()))


def row(
    number: int, name: str, skills: str = "", phone: str = "13800002046", days: dict[int, str] | None = None
) -> SheetRow:
    """Return a row; the first is the leader's, the second the deputy's."""
    cells = tuple(day((days or {}).get(index, "")) for index in range(7))
    total = sum(len(cell.duties) for cell in cells)
    return SheetRow(number, name, _ROLES.get(number, MemberRole.MEMBER), tuple(skills), phone, cells, total)


def ordinary() -> SquadWeekSheet:
    """Return the sheet of the mock-up: fourteen people, published."""
    rows = tuple(row(number, *person) for number, person in enumerate(_ORDINARY, start=1))
    return SquadWeekSheet(
        station="莞溪派出所",
        township="莞溪镇",
        squad_name="石桥队",
        squad_code="S012",
        week="2026-W48",
        first_date=date(2026, 11, 23),
        leader_name="梁子谦",
        leader_phone="18700006846",
        duty_phone="0769-12345110",
        shifts=SHIFTS,
        skills=SKILLS,
        places=PLACES,
        rows=rows,
        version=SheetVersion(PlanState.PUBLISHED, 7, "r4187"),
        printed_at=datetime.fromisoformat("2026-11-25T14:26"),
        printed_by="周以恒",
    )


def crowd(count: int) -> SquadWeekSheet:
    """Return a squad of that many people, with different names."""
    people = [(_ORDINARY[number % len(_ORDINARY)], _LAST[number % len(_LAST)]) for number in range(count)]
    rows = tuple(
        row(number, name + last, skills, phone, days)
        for number, ((name, skills, phone, days), last) in enumerate(people, start=1)
    )
    return replace(ordinary(), rows=rows)


def hard() -> SquadWeekSheet:
    """Return what goes wrong most easily: rare and long names, long places, crowded days, leave beside duty."""
    rows = [row(number, name, "急驾讲", days={number % 7: "早市场"}) for number, name in enumerate(RARE_NAMES, start=1)]
    crowded = {0: "早市场 午桥头 晚卫生站", 1: f"夜{LONG_PLACE}"}
    rows.append(row(len(rows) + 1, "欧阳上官司马诸葛东方慕容", "急驾讲电水消", days=crowded))
    half = DayCell((duty("早市场"),), on_leave=True)
    noted = DayCell((duty("晚桥头", "带队"), duty(f"夜{LONG_PLACE}", "警民联防，穿反光背心")))
    last = row(len(rows) + 1, "阿卜杜热依木·买买提江·艾")
    rows.append(replace(last, cells=(half, noted, *(FREE,) * 4, LEAVE), total=3, changed=True))
    return replace(
        ordinary(),
        rows=tuple(rows),
        places=(*PLACES, PlaceMark(LONG_PLACE, LONG_PLACE)),
        squad_name="石桥社区工业园第一物业服务有限公司义警小组",
        copy_number=2,
        audit_head="a1b2c3d4",
    )


def draft_for_display() -> SquadWeekSheet:
    """Return an unpublished sheet of thirty people, to be hung up."""
    return replace(crowd(30), profile=PrivacyProfile.PUBLIC, version=SheetVersion(PlanState.DRAFT, 0, "r4187"))
