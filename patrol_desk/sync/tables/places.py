"""Places, those who help there, and what is served where and when."""

from operator import ge, le

from patrol_desk.models import (
    Checkpoint,
    CheckpointKind,
    CheckpointStatus,
    Demand,
    EquipmentItem,
    MusterPoint,
    Organisation,
    OrganisationKind,
    ShiftPattern,
)
from patrol_desk.sync.kinds import (
    DateKind,
    IntegerKind,
    PhoneKind,
    ReferenceKind,
    SeatKind,
    TextKind,
    TimeKind,
    Word,
    WordsKind,
    yes_no,
)
from patrol_desk.sync.tables.common import WEEKDAY, code, community, grid_cell, name, place
from patrol_desk.sync.tables.spec import Column, RowCheck, TableSpec, both_or_none, columns, in_order

ORGANISATIONS = TableSpec(
    "organisations",
    "所属单位",
    Organisation,
    columns(
        code("单位编号", "organisation code", "HM-D001", ("单位代码", "organization code")),
        name("单位名称", "organisation name", "虎门出租车公司", ("单位", "organization name")),
        Column(
            "kind",
            "单位类别",
            "organisation kind",
            WordsKind(
                (
                    Word(OrganisationKind.COMPANY, "企业", "company", ("公司",)),
                    Word(OrganisationKind.ASSOCIATION, "协会", "association", ("商会",)),
                    Word(OrganisationKind.BRANCH, "支部", "branch", ("党支部", "分会")),
                    Word(OrganisationKind.OWNERS_COMMITTEE, "业委会", "owners' committee", ("业主委员会",)),
                )
            ),
            default=OrganisationKind.COMPANY,
            aliases=("organization kind",),
            example=OrganisationKind.COMPANY,
            clearable=False,
        ),
        community(),
        Column(
            "phone",
            "单位电话",
            "organisation phone",
            PhoneKind(service=True),
            blank="",
            example="0769-22113344",
            aliases=("联系电话", "电话", "phone"),
        ),
    ),
    key=("code",),
    aliases=("单位", "组织", "organizations", "organisation"),
)

SHIFT_PATTERNS = TableSpec(
    "shift_patterns",
    "班次",
    ShiftPattern,
    columns(
        code("班次编号", "shift pattern code", "N1", ("班次代码", "pattern code")),
        name("班次名称", "shift pattern name", "夜班", ("班次", "pattern name")),
        Column("mark", "班次简称", "shift mark", TextKind(4, one_line=True), True, example="夜", clearable=False),
        Column(
            "start_minute",
            "开始时间",
            "start",
            TimeKind(),
            True,
            example=1320,
            clearable=False,
            aliases=("开始", "起", "上班时间", "start time"),
        ),
        Column(
            "length_minutes",
            "时长（分钟）",
            "length (minutes)",
            IntegerKind(1, 1440),
            True,
            example=240,
            aliases=("时长", "分钟", "length", "minutes"),
            clearable=False,
        ),
        Column("night", "夜班", "night", yes_no(), default=False, example=True, clearable=False, aliases=("是否夜班",)),
    ),
    key=("code",),
    aliases=("班次表", "shift patterns", "shift pattern", "patterns", "shifts"),
)

MUSTER_POINTS = TableSpec(
    "muster_points",
    "召集点",
    MusterPoint,
    columns(
        code("召集点编号", "muster point code", "HM-Z01"),
        name("召集点名称", "muster point name", "沙角召集点", ("召集点",)),
        community(),
        *place("lon", "lat"),
    ),
    key=("code",),
    checks=(both_or_none("lon", "lat"),),
    aliases=("muster points", "muster point", "召集点表"),
)

EQUIPMENT = TableSpec(
    "equipment",
    "装备",
    EquipmentItem,
    columns(
        code("装备编号", "equipment code", "HM-E001"),
        name("装备名称", "equipment name", "手电筒", ("装备",)),
        Column(
            "muster_point_id",
            "召集点编号",
            "muster point code",
            ReferenceKind("muster_points"),
            True,
            example="HM-Z01",
            aliases=("召集点", "所在召集点", "muster point"),
            clearable=False,
        ),
        Column(
            "quantity",
            "数量",
            "quantity",
            IntegerKind(0, 1_000_000),
            default=0,
            example=20,
            clearable=False,
        ),
    ),
    key=("code",),
    aliases=("器材", "装备表"),
)

CHECKPOINT_KIND = WordsKind(
    (
        Word(CheckpointKind.FIXED_POST, "固定岗", "fixed post", ("固定",)),
        Word(CheckpointKind.PATROL_STOP, "巡逻点", "patrol stop", ("巡逻",)),
        Word(CheckpointKind.JOINT_GATE, "联防卡口", "joint gate", ("卡口",)),
        Word(CheckpointKind.TEMPORARY_DUTY, "临时勤务", "temporary duty", ("临时",)),
    )
)


def _flag(field: str, zh: str, en: str) -> Column:
    return Column(field, zh, en, yes_no(), default=False, example=False, clearable=False)


def _count(field: str, zh: str, en: str, most: int) -> Column:
    return Column(field, zh, en, IntegerKind(0, most), default=0, example=0, clearable=False)


CHECKPOINTS = TableSpec(
    "checkpoints",
    "执勤点",
    Checkpoint,
    columns(
        code("执勤点编号", "checkpoint code", "HM-P0001", ("点位编号", "执勤点代码")),
        name("执勤点名称", "checkpoint name", "沙角市场东门岗", ("点位名称", "执勤点")),
        Column(
            "short_name",
            "执勤点简称",
            "short name",
            TextKind(12, one_line=True),
            True,
            example="沙角市场东",
            aliases=("简称",),
            clearable=False,
        ),
        Column(
            "kind",
            "执勤点类别",
            "checkpoint kind",
            CHECKPOINT_KIND,
            default=CheckpointKind.FIXED_POST,
            aliases=("类别", "类型", "kind"),
            example=CheckpointKind.FIXED_POST,
            clearable=False,
        ),
        Column(
            "status",
            "执勤点状态",
            "checkpoint status",
            WordsKind(
                (
                    Word(CheckpointStatus.PLANNED, "筹建", "planned"),
                    Word(CheckpointStatus.ACTIVE, "启用", "active", ("在用",)),
                    Word(CheckpointStatus.SUSPENDED, "暂停", "suspended"),
                    Word(CheckpointStatus.CLOSED, "关闭", "closed"),
                )
            ),
            default=CheckpointStatus.ACTIVE,
            aliases=("状态", "status"),
            example=CheckpointStatus.ACTIVE,
            clearable=False,
        ),
        Column(
            "tier",
            "重要程度",
            "tier",
            IntegerKind(1, 3),
            default=2,
            aliases=("等级", "级别"),
            example=1,
            clearable=False,
        ),
        community(),
        grid_cell(),
        Column("address", "地址", "address", TextKind(), blank="", example="沙角大道 12 号"),
        *place("lon", "lat"),
        _flag("needs_official", "须有民警辅警", "needs an official"),
        _flag("needs_leader", "须有组长", "needs a leader"),
        _count("weekly_visits", "每周巡访次数", "weekly visits", 28),
        _count("blind_hours", "无人时限（小时）", "blind hours", 168),
        Column("first_on", "勤务起", "duty from", DateKind()),
        Column("last_on", "勤务止", "duty until", DateKind()),
        Column("neighbour", "邻镇", "neighbouring town", TextKind(), blank="", aliases=("联防镇",)),
    ),
    key=("code",),
    checks=(both_or_none("lon", "lat"), in_order("first_on", "last_on")),
    aliases=("警民联防执勤点", "执勤点表", "点位", "checkpoint"),
)

DEMAND = TableSpec(
    "demand",
    "勤务需求",
    Demand,
    columns(
        Column(
            "checkpoint_id",
            "执勤点编号",
            "checkpoint code",
            ReferenceKind("checkpoints"),
            True,
            example="HM-P0001",
            aliases=("执勤点", "点位编号", "checkpoint"),
            clearable=False,
        ),
        Column(
            "pattern_id",
            "班次编号",
            "shift pattern code",
            ReferenceKind("shift_patterns"),
            True,
            example="N1",
            aliases=("班次", "shift pattern", "pattern code", "pattern"),
            clearable=False,
        ),
        Column("weekday", "星期", "weekday", WEEKDAY, True, example=5, aliases=("周几", "星期几"), clearable=False),
        Column(
            "seat",
            "岗位类别",
            "seat kind",
            SeatKind(),
            blank=(None, False),
            example=(None, False),
            clearable=False,
            aliases=("席位", "岗位", "技能", "seat"),
            fields=("skill_id", "leader"),
        ),
        Column(
            "minimum",
            "最低人数",
            "minimum",
            IntegerKind(0, 500),
            True,
            example=2,
            clearable=False,
            aliases=("最低", "最少人数", "min"),
        ),
        Column(
            "desired",
            "期望人数",
            "desired",
            IntegerKind(0, 500),
            True,
            example=3,
            clearable=False,
            aliases=("期望",),
        ),
        Column(
            "held",
            "邻镇人数",
            "held by the neighbour",
            IntegerKind(0, 500),
            default=0,
            example=0,
            clearable=False,
            aliases=("邻镇承担",),
        ),
    ),
    key=("checkpoint_id", "pattern_id", "weekday", "seat"),
    aliases=("需求", "勤务需求表", "demands"),
    checks=(
        RowCheck(("minimum", "desired"), "import.minimum_over_desired", le),
        RowCheck(("minimum", "held"), "import.held_over_minimum", ge),
    ),
)
