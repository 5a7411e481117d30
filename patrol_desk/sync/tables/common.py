"""Columns that several tables share."""

from typing import Any

from patrol_desk.sync.kinds import CodeKind, CoordinateKind, ReferenceKind, TextKind, Word, WordsKind
from patrol_desk.sync.tables.spec import Column

WEEKDAY_WORDS = (
    Word(0, "周一", "Monday", ("星期一", "Mon", "1")),
    Word(1, "周二", "Tuesday", ("星期二", "Tue", "2")),
    Word(2, "周三", "Wednesday", ("星期三", "Wed", "3")),
    Word(3, "周四", "Thursday", ("星期四", "Thu", "4")),
    Word(4, "周五", "Friday", ("星期五", "Fri", "5")),
    Word(5, "周六", "Saturday", ("星期六", "Sat", "6")),
    Word(6, "周日", "Sunday", ("星期日", "星期天", "周天", "Sun", "7")),
)
WEEKDAY = WordsKind(WEEKDAY_WORDS)


def code(zh: str, en: str, example: str, aliases: tuple[str, ...] = ()) -> Column:
    """Return the column of a table's own code."""
    return Column(
        "code",
        zh,
        en,
        CodeKind(),
        required=True,
        aliases=(*aliases, "编号", "代码", "code"),
        example=example,
        clearable=False,
    )


def name(zh: str, en: str, example: str, aliases: tuple[str, ...] = ()) -> Column:
    """Return the column of a table's own name."""
    return Column(
        "name",
        zh,
        en,
        TextKind(60, one_line=True),
        required=True,
        aliases=(*aliases, "名称", "name"),
        example=example,
        clearable=False,
    )


def community(*, required: bool = False) -> Column:
    """Return the column that names a community."""
    return Column(
        "community_id",
        "村（社区）编号",
        "community code",
        ReferenceKind("communities"),
        required=required,
        aliases=("村（社区）", "社区", "社区编号", "所属社区", "村社区", "村", "community"),
        example="441900121001",
        clearable=not required,
    )


def grid_cell() -> Column:
    """Return the column that names a grid cell."""
    return Column(
        "grid_cell_id",
        "网格编号",
        "grid cell code",
        ReferenceKind("grid_cells"),
        aliases=("网格", "所属网格", "grid cell"),
        example="HM-G001",
    )


def person() -> Column:
    """Return the column that names a person."""
    return Column(
        "person_id",
        "人员编号",
        "person code",
        ReferenceKind("people", by_name=False),
        required=True,
        aliases=("编号", "person"),
        example="HM-V000001",
        clearable=False,
    )


def place(lon: str, lat: str, zh: str = "", en: str = "") -> tuple[Column, Column]:
    """Return the two columns of a place, WGS-84 degrees."""
    both: list[Any] = []
    for field, axis, zh_word, en_word, example in (
        (lon, "lon", "经度", "longitude", 113.6712),
        (lat, "lat", "纬度", "latitude", 22.7654),
    ):
        short = "lng" if axis == "lon" else "lat"
        aliases = (zh_word, en_word, short, axis) if zh else (short, axis)
        kind = CoordinateKind("lon" if axis == "lon" else "lat")
        both.append(Column(field, f"{zh}{zh_word}", f"{en}{en_word}", kind, aliases=aliases, example=example))
    return both[0], both[1]
