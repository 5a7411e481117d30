"""When people can serve, the township's days, and what became of duties."""

from patrol_desk.models import (
    Attendance,
    AttendanceState,
    Availability,
    Holiday,
    HolidayKind,
    Leave,
    LeaveReason,
    Preference,
)
from patrol_desk.sync.kinds import DateKind, IntegerKind, ReferenceKind, Word, WordsKind, yes_no
from patrol_desk.sync.tables.common import WEEKDAY_WORDS, name, person
from patrol_desk.sync.tables.spec import Column, TableSpec, columns, in_order

PREFERENCE = WordsKind(
    (
        Word(int(Preference.PREFER), "优先", "prefer", ("3",)),
        Word(int(Preference.FINE), "可以", "fine", ("2", "可", "ok")),
        Word(int(Preference.AVOID), "尽量不", "avoid", ("1",)),
        Word(int(Preference.UNAVAILABLE), "不可", "unavailable", ("0", "不可以", "不行")),
    )
)


def _pattern() -> Column:
    return Column(
        "pattern_id",
        "班次编号",
        "shift pattern code",
        ReferenceKind("shift_patterns"),
        required=True,
        example="N1",
        aliases=("班次", "shift pattern", "pattern code", "pattern"),
        clearable=False,
    )


def _weekday(number: int) -> Column:
    word = WEEKDAY_WORDS[number]
    return Column(
        word.en.lower(),
        word.zh,
        word.en,
        PREFERENCE,
        default=int(Preference.UNAVAILABLE),
        clearable=False,
        aliases=word.aliases[:-1],
        example=int(Preference.FINE),
    )


AVAILABILITY = TableSpec(
    "availability",
    "可执勤时间",
    Availability,
    columns(person(), _pattern(), *(_weekday(number) for number in range(7))),
    key=("person_id", "pattern_id"),
    aliases=("可执勤", "执勤时间", "空闲时间", "可执勤时间表", "availabilities"),
)

LEAVE = TableSpec(
    "leave",
    "请假",
    Leave,
    columns(
        person(),
        Column(
            "first_on",
            "请假起",
            "first day",
            DateKind(),
            True,
            clearable=False,
            aliases=("起始日期", "开始日期", "first on", "from"),
        ),
        Column(
            "last_on",
            "请假止",
            "last day",
            DateKind(),
            True,
            clearable=False,
            aliases=("截止日期", "结束日期", "last on", "until"),
        ),
        Column(
            "reason",
            "请假事由",
            "leave reason",
            WordsKind(
                (
                    Word(LeaveReason.PERSONAL, "事假", "personal", ("私事",)),
                    Word(LeaveReason.SICK, "病假", "sick", ("生病",)),
                    Word(LeaveReason.WORK, "工作", "work", ("加班",)),
                    Word(LeaveReason.FAMILY, "家事", "family", ("家庭",)),
                    Word(LeaveReason.AWAY, "外出", "away", ("出差",)),
                    Word(LeaveReason.OTHER, "其他", "other", ("其它",)),
                )
            ),
            default=LeaveReason.OTHER,
            example=LeaveReason.PERSONAL,
            clearable=False,
            aliases=("事由",),
        ),
    ),
    key=("person_id", "first_on"),
    aliases=("请假表", "leaves"),
    checks=(in_order("first_on", "last_on"),),
)

HOLIDAYS = TableSpec(
    "holidays",
    "节假日",
    Holiday,
    columns(
        Column("on_date", "日期", "date", DateKind(), True, clearable=False),
        name("节假日名称", "holiday name", "国庆节", ("节日",)),
        Column(
            "kind",
            "节假日类别",
            "holiday kind",
            WordsKind(
                (
                    Word(HolidayKind.HOLIDAY, "节假日", "holiday", ("休", "放假")),
                    Word(HolidayKind.MAKE_UP_WORKDAY, "调休上班", "make-up workday", ("调休", "班", "上班")),
                )
            ),
            True,
            example=HolidayKind.HOLIDAY,
            clearable=False,
            aliases=("类别",),
        ),
        Column("announced", "已公布", "announced", yes_no(), default=True, example=True, clearable=False),
    ),
    key=("on_date",),
    aliases=("调休", "节假日表", "holiday"),
)

ATTENDANCE = TableSpec(
    "attendance",
    "考勤",
    Attendance,
    columns(
        person(),
        Column(
            "checkpoint_id",
            "执勤点编号",
            "checkpoint code",
            ReferenceKind("checkpoints"),
            True,
            example="HM-P0001",
            aliases=("执勤点", "checkpoint"),
            clearable=False,
        ),
        _pattern(),
        Column("on_date", "日期", "date", DateKind(), True, clearable=False, aliases=("执勤日期",)),
        Column(
            "state",
            "考勤状态",
            "attendance state",
            WordsKind(
                (
                    Word(AttendanceState.PRESENT, "到", "present", ("到岗", "√")),
                    Word(AttendanceState.LATE, "迟", "late", ("迟到",)),
                    Word(AttendanceState.ABSENT, "缺", "absent", ("缺勤", "×")),
                    Word(AttendanceState.REPLACED, "替", "replaced", ("替班",)),
                )
            ),
            default=AttendanceState.PRESENT,
            example=AttendanceState.PRESENT,
            clearable=False,
            aliases=("考勤结果",),
        ),
        Column(
            "minutes",
            "服务分钟",
            "minutes served",
            IntegerKind(0, 1440),
            True,
            example=240,
            clearable=False,
            aliases=("分钟", "minutes"),
        ),
    ),
    key=("person_id", "on_date", "pattern_id"),
    aliases=("考勤表", "签到"),
)
