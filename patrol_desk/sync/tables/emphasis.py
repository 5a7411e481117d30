"""What counts more for a time: priority areas and security periods."""

from patrol_desk.models import AreaCheckpoint, PriorityArea, SecurityPeriod
from patrol_desk.sync.kinds import DateKind, IntegerKind, ReferenceKind
from patrol_desk.sync.tables.common import code, community, grid_cell, name
from patrol_desk.sync.tables.places import CHECKPOINT_KIND
from patrol_desk.sync.tables.spec import Column, TableSpec, columns, in_order


def _area(*, required: bool) -> Column:
    return Column(
        "area_id",
        "片区编号",
        "area code",
        ReferenceKind("priority_areas"),
        required,
        example="HM-A01",
        clearable=not required,
        aliases=("重点片区", "片区", "area"),
    )


def _more(field: str, zh: str, en: str, most: int, example: int) -> Column:
    return Column(field, zh, en, IntegerKind(0, most), default=0, example=example, clearable=False)


PRIORITY_AREAS = TableSpec(
    "priority_areas",
    "重点片区",
    PriorityArea,
    columns(
        code("片区编号", "area code", "HM-A01"),
        name("片区名称", "area name", "沙角夜市片区", ("片区", "重点片区")),
        Column("first_on", "片区起", "area from", DateKind()),
        Column("last_on", "片区止", "area until", DateKind()),
        Column("raised", "提升级数", "tiers raised", IntegerKind(0, 2), default=1, example=1, clearable=False),
        community(),
        grid_cell(),
    ),
    key=("code",),
    aliases=("片区", "priority areas", "priority area", "areas"),
    checks=(in_order("first_on", "last_on"),),
)

AREA_CHECKPOINTS = TableSpec(
    "area_checkpoints",
    "片区执勤点",
    AreaCheckpoint,
    columns(
        _area(required=True),
        Column(
            "checkpoint_id",
            "执勤点编号",
            "checkpoint code",
            ReferenceKind("checkpoints"),
            True,
            example="HM-P0001",
            clearable=False,
            aliases=("执勤点", "checkpoint"),
        ),
    ),
    key=("area_id", "checkpoint_id"),
    aliases=("重点片区执勤点", "area checkpoints"),
)

SECURITY_PERIODS = TableSpec(
    "security_periods",
    "重点时段",
    SecurityPeriod,
    columns(
        code("时段编号", "period code", "HM-B01"),
        name("时段名称", "period name", "国庆安保", ("时段", "重点时段")),
        Column("first_on", "时段起", "period from", DateKind(), True, clearable=False),
        Column("last_on", "时段止", "period until", DateKind(), True, clearable=False),
        _area(required=False),
        Column("checkpoint_kind", "执勤点类别", "checkpoint kind", CHECKPOINT_KIND),
        _more("more_minimum", "增加最低人数", "minimum added", 100, 1),
        _more("more_desired", "增加期望人数", "desired added", 100, 1),
        _more("percent", "增加百分比", "percent added", 300, 0),
    ),
    key=("code",),
    aliases=("时段", "security periods", "security period", "periods"),
    checks=(in_order("first_on", "last_on"),),
)
