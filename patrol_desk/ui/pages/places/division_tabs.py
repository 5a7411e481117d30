"""The tabs of communities and of grid cells: a list, a detail with what belongs to it, and what can be done there."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from typing_extensions import override

from patrol_desk.services.places import (
    community_detail,
    grid_cell_detail,
    list_communities,
    list_grid_cells,
    place_choices,
    retire_community,
    retire_grid_cell,
    save_community,
    save_grid_cell,
)
from patrol_desk.services.places.division_rows import DivisionDetail, DivisionRow
from patrol_desk.services.places.listing import natural
from patrol_desk.services.places.rows import PlaceChoices
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.itemmodels.rows import Column
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.places.dialogs import make_record
from patrol_desk.ui.pages.places.division_panels import (
    SQUADS,
    CellPanel,
    CommunityPanel,
    cell_fields,
    community_fields,
)
from patrol_desk.ui.pages.places.emphasis_tabs import retire_record
from patrol_desk.ui.pages.places.filters import FilterButton
from patrol_desk.ui.pages.places.kinds import CELLS, COMMUNITIES
from patrol_desk.ui.pages.places.list_pane import ListPane
from patrol_desk.ui.pages.places.pane import RecordPane, Source

_KINDS: Final = frozenset(
    {"community", "grid_cell", "checkpoint", "muster_point", "squad", "squad_membership", "person", "demand"}
)


def _count(key: str, title: Any, width: int = 72) -> Column[DivisionRow]:  # noqa: ANN401  # gives a text
    return Column(
        key, title, width, lambda row: str(getattr(row, key)), lambda row: getattr(row, key), align="right"
    )  # fmt: skip


def community_columns() -> Sequence[Column[DivisionRow]]:
    """Return the columns of the list of communities."""
    return (
        Column("code", lambda: tr("编号"), 104, lambda row: row.code, lambda row: natural(row.code), role="secondary"),
        Column("name", lambda: tr("社区"), 120, lambda row: row.name, lambda row: row.name, stretch=True),
        _count("places", lambda: tr("执勤点"), 84),
        _count("squads", lambda: tr("小组|several"), 74),
        _count("cells", lambda: tr("网格|several"), 84),
        _count("musters", lambda: tr("召集点"), 92),
        _count("people", lambda: tr("居住人数"), 72),
    )


def cell_columns() -> Sequence[Column[DivisionRow]]:
    """Return the columns of the list of grid cells."""
    return (
        Column("code", lambda: tr("编号"), 104, lambda row: row.code, lambda row: natural(row.code), role="secondary"),
        Column("name", lambda: tr("网格"), 130, lambda row: row.name, lambda row: row.name, stretch=True),
        Column("community", lambda: tr("社区"), 110, lambda row: row.community, lambda row: row.community),
        _count("places", lambda: tr("执勤点"), 84),
        _count("people", lambda: tr("居住人数"), 72),
    )


class CommunityTab(RecordPane):
    """The communities and one of them."""

    def __init__(self, desk: Desk) -> None:
        self.rows: tuple[DivisionRow, ...] = ()
        self.community = panel = CommunityPanel(desk, self._codes)
        source = Source(COMMUNITIES, self._read_rows, self._read_one, panel.show_detail, _KINDS)
        rows = ListPane(desk.theme, community_columns(), lambda: tr("名称 / 拼音首字母 / 编号"), COMMUNITIES)
        rows.optional = ("code", "musters", "cells")
        rows.when_empty(
            "map", lambda: tr("还没有社区。新增一个，或从 CSV 导入。"), lambda: tr("新增社区"),
            lambda: self.run(self.new_record()),
        )  # fmt: skip
        super().__init__(desk, rows, panel, source, panel.home)
        panel.retire_wanted.connect(lambda: self.run(self._retire()))
        panel.open_wanted.connect(self._open_row)

    @override
    async def new_record(self) -> None:
        if not await self.settle():
            return

        async def save(values: Mapping[str, Any]) -> None:
            made = await self.desk.write(tr("新增社区 {name}", name=values["name"]), save_community, values)
            self.run(self.go_to(made))

        await make_record(
            self.desk, title=tr("新增社区"), verb=tr("新增社区"), save=save, start={},
            fields=lambda others: community_fields(self._codes, others),
        )  # fmt: skip

    def _open_row(self, table: str, record_id: str) -> None:
        kind = table.removeprefix("community_")
        if kind == SQUADS:
            self.desk.go(Target("people", detail={"squad_id": record_id}))
        else:
            self.desk.go(Target("places", record_id, {"kind": kind}))

    async def _retire(self) -> None:
        detail: DivisionDetail | None = self.community.detail
        if detail is not None:
            row = detail.row
            await retire_record(
                self, row.name, (), lambda step: self.desk.write(step, retire_community, row.id, row.row_version)
            )

    def _codes(self) -> Collection[str]:
        return [row.code for row in self.rows]

    async def _read_rows(self) -> Sequence[DivisionRow]:
        self.rows = await self.desk.read(list_communities)
        self.say_foot()
        return self.rows

    async def _read_one(self, record_id: str) -> DivisionDetail:
        return await self.desk.read(community_detail, record_id)

    @override
    def say_foot(self) -> None:
        self.list.foot_left.setText(_foot(self.rows))


class CellTab(RecordPane):
    """The grid cells and one of them."""

    def __init__(self, desk: Desk) -> None:
        self.rows: tuple[DivisionRow, ...] = ()
        self._choices = PlaceChoices((), ())
        self.cell = panel = CellPanel(desk, lambda: self._choices, self._codes)
        source = Source(CELLS, self._read_rows, self._read_one, panel.show_detail, _KINDS)
        rows = ListPane(desk.theme, cell_columns(), lambda: tr("名称 / 拼音首字母 / 编号"), CELLS)
        rows.optional = ("code", "community")
        community = FilterButton(desk.theme, lambda: tr("社区"), self._communities)
        community.setObjectName("filter_cell_community")
        rows.add_filter(community, lambda row: row.community)
        rows.when_empty(
            "map", lambda: tr("还没有网格。新增一个，或从 CSV 导入。"), lambda: tr("新增网格"),
            lambda: self.run(self.new_record()),
        )  # fmt: skip
        super().__init__(desk, rows, panel, source, panel.home)
        panel.retire_wanted.connect(lambda: self.run(self._retire()))
        panel.open_wanted.connect(
            lambda table, place: desk.go(Target("places", place, {"kind": table.removeprefix("cell_")}))
        )

    def _communities(self) -> Sequence[tuple[str, str]]:
        return [(name, name) for name in sorted({row.community for row in self.rows})]

    @override
    async def new_record(self) -> None:
        if not await self.settle():
            return

        async def save(values: Mapping[str, Any]) -> None:
            made = await self.desk.write(tr("新增网格 {name}", name=values["name"]), save_grid_cell, values)
            self.run(self.go_to(made))

        self._choices = await self.desk.read(place_choices)
        first = self._choices.communities[0].key if self._choices.communities else ""
        await make_record(
            self.desk, title=tr("新增网格"), verb=tr("新增网格"), save=save, start={"community_id": first},
            fields=lambda others: cell_fields(lambda: self._choices, self._codes, others),
        )  # fmt: skip

    async def _retire(self) -> None:
        detail: DivisionDetail | None = self.cell.detail
        if detail is not None:
            row = detail.row
            await retire_record(
                self, row.name, (), lambda step: self.desk.write(step, retire_grid_cell, row.id, row.row_version)
            )

    def _codes(self) -> Collection[str]:
        return [row.code for row in self.rows]

    async def _read_rows(self) -> Sequence[DivisionRow]:
        self._choices = await self.desk.read(place_choices)
        self.rows = await self.desk.read(list_grid_cells)
        self.cell.refresh_choices()
        self.say_foot()
        return self.rows

    async def _read_one(self, record_id: str) -> DivisionDetail:
        return await self.desk.read(grid_cell_detail, record_id)

    @override
    def say_foot(self) -> None:
        self.list.foot_left.setText(_foot(self.rows))


def _foot(rows: Sequence[DivisionRow]) -> str:
    empty = sum(not row.places for row in rows)
    parts = [tr("没有执勤点的 {count} 个", count=empty)] if empty else []
    undrawn = sum(not row.drawn for row in rows)
    if undrawn:
        parts.append(tr("没有边界的 {count} 个", count=undrawn))
    return "   ".join(parts)
