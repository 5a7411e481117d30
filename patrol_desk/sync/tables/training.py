"""Courses people took part in."""

from patrol_desk.models import TrainingRecord, TrainingResult
from patrol_desk.sync.kinds import DateKind, IntegerKind, TextKind, Word, WordsKind
from patrol_desk.sync.tables.common import person
from patrol_desk.sync.tables.spec import Column, TableSpec, columns, in_order

RESULT = WordsKind(
    (
        Word(TrainingResult.PASSED, "合格", "passed", ("通过", "pass")),
        Word(TrainingResult.FAILED, "不合格", "failed", ("未通过", "fail")),
        Word(TrainingResult.ATTENDED, "参加", "attended", ("已参加", "参训")),
    )
)

TRAINING = TableSpec(
    "training_records",
    "培训记录",
    TrainingRecord,
    columns(
        person(),
        Column(
            "course",
            "培训课程",
            "course",
            TextKind(60, one_line=True),
            True,
            example="勤务规范轮训",
            clearable=False,
            aliases=("课程", "培训名称", "course name"),
        ),
        Column("taken_on", "培训日期", "trained on", DateKind(), True, clearable=False, aliases=("参训日期",)),
        Column(
            "minutes",
            "培训分钟",
            "training minutes",
            IntegerKind(0, 6_000),
            default=0,
            example=120,
            clearable=False,
            aliases=("培训时长",),
        ),
        Column(
            "result",
            "培训结果",
            "training result",
            RESULT,
            default=TrainingResult.PASSED,
            example=TrainingResult.PASSED,
            clearable=False,
            aliases=("考核结果",),
        ),
        Column("expires_on", "复训期限", "refresh by", DateKind(), aliases=("培训有效期至",)),
    ),
    key=("person_id", "course", "taken_on"),
    aliases=("培训", "轮训", "培训表", "训练记录", "training records", "training"),
    checks=(in_order("taken_on", "expires_on"),),
)
