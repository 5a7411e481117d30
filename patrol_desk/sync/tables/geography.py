"""The township and its geography: communities, grid cells, roads and water."""

from patrol_desk.models import Community, GridCell, MapFeature, MapFeatureKind, Township
from patrol_desk.sync.kinds import (
    PhoneKind,
    PointsKind,
    TextKind,
    Word,
    WordsKind,
)
from patrol_desk.sync.tables.common import code, community, name
from patrol_desk.sync.tables.spec import Column, TableSpec, columns

TOWNSHIP = TableSpec(
    "township",
    "镇街",
    Township,
    columns(
        code("镇街编号", "township code", "441900121000", ("镇街代码", "区划代码")),
        name("镇街名称", "township name", "虎门镇", ("镇街",)),
        Column("letters", "字头", "letters", TextKind(8, one_line=True), True, example="HM", clearable=False),
        Column(
            "station_name",
            "派出所名称",
            "station name",
            TextKind(60, one_line=True),
            True,
            example="虎门派出所",
            aliases=("派出所", "station"),
            clearable=False,
        ),
        Column("parent_office", "上级单位", "parent office", TextKind(), blank="", example="市义警办"),
        Column("duty_phone", "值班电话", "duty phone", PhoneKind(service=True), blank="", example="0769-22110000"),
    ),
    key=("code",),
    aliases=("乡镇", "街道"),
    single=True,
)

COMMUNITIES = TableSpec(
    "communities",
    "村社区",
    Community,
    columns(
        code("村（社区）编号", "community code", "441900121001", ("社区编号", "村编号", "社区代码", "村社区编号")),
        name("村（社区）名称", "community name", "沙角社区", ("社区名称", "村名", "村（社区）", "村社区名称", "社区")),
        Column("boundary", "边界", "boundary", PointsKind(), blank=[], example=[[113.67, 22.76], [113.69, 22.77]]),
    ),
    key=("code",),
    aliases=("社区", "村（社区）", "村", "村居", "community"),
)

GRID_CELLS = TableSpec(
    "grid_cells",
    "网格",
    GridCell,
    columns(
        code("网格编号", "grid cell code", "HM-G001", ("网格代码",)),
        name("网格名称", "grid cell name", "沙角第一网格"),
        community(required=True),
        Column("boundary", "边界", "boundary", PointsKind(), blank=[], example=[[113.67, 22.76], [113.68, 22.765]]),
    ),
    key=("code",),
    aliases=("grid cells", "grid_cell", "grids", "网格表"),
)

MAP_FEATURES = TableSpec(
    "map_features",
    "道路河流",
    MapFeature,
    columns(
        code("要素编号", "feature code", "HM-R001"),
        name("要素名称", "feature name", "连升路"),
        Column(
            "kind",
            "要素类别",
            "feature kind",
            WordsKind(
                (
                    Word(MapFeatureKind.MAIN_ROAD, "主干道", "main road", ("主路",)),
                    Word(MapFeatureKind.ROAD, "道路", "road", ("路",)),
                    Word(MapFeatureKind.RIVER, "河流", "river", ("河", "河涌")),
                )
            ),
            True,
            example=MapFeatureKind.ROAD,
            clearable=False,
        ),
        Column("line", "线路", "course", PointsKind(), blank=[], example=[[113.67, 22.76], [113.69, 22.77]]),
    ),
    key=("code",),
    aliases=("地图要素", "map features", "道路"),
)
