"""The two halves of the page: checkpoints and muster points, each a list with its detail and what can be done there."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from typing_extensions import override

from patrol_desk.services.places import (
    create_checkpoint,
    create_muster_point,
    list_muster_points,
    list_places,
    muster_detail,
    place_choices,
    place_detail,
    township_stock,
)
from patrol_desk.services.places.emphasis_rows import Emphasis
from patrol_desk.services.places.muster_rows import MusterDetail, MusterRow
from patrol_desk.services.places.rows import PlaceChoices, PlaceDetail, PlaceRow
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.places import actions, lending, life_actions
from patrol_desk.ui.pages.places.dialogs import make_record
from patrol_desk.ui.pages.places.fields import fit_kind, muster_fields, new_checkpoint_fields
from patrol_desk.ui.pages.places.kinds import AREAS, CHECKPOINTS, PERIODS
from patrol_desk.ui.pages.places.lists import checkpoint_list, muster_list, status_counts, stock_counts
from patrol_desk.ui.pages.places.muster_panel import MusterPanel
from patrol_desk.ui.pages.places.pane import RecordPane, Source
from patrol_desk.ui.pages.places.place_panel import PlacePanel
from patrol_desk.ui.pages.places.township_stock import TownshipStockChart

_PLACE_KINDS: Final = frozenset(
    {
        "checkpoint", "checkpoint_change", "demand", "community", "grid_cell", "muster_point", "shift_pattern", "skill",
        "attendance", "assignment", "plan_version", "priority_area", "area_checkpoint", "security_period", "visit_draw",
    }
)  # fmt: skip
_MUSTER_KINDS: Final = frozenset(
    {"muster_point", "equipment_item", "equipment_loan", "community", "response_team", "team_membership", "checkpoint"}
)


def put_on_map(desk: Desk, kind: str, detail: PlaceDetail | MusterDetail | None) -> None:
    """Go to the map, where the next click says where a place is."""
    if detail is not None:
        row = detail.row
        how = {"placing": kind, "code": row.code, "name": row.name, "row_version": row.row_version}
        desk.go(Target("map", row.id, how))


class CheckpointTab(RecordPane):
    """The list of checkpoints and one of them.

    Parameters
    ----------
    desk
        The open station.
    """

    def __init__(self, desk: Desk) -> None:
        self.rows: tuple[PlaceRow, ...] = ()
        self._choices = PlaceChoices((), ())
        self.place = place = PlacePanel(desk, lambda: self._choices, self._codes)
        source = Source("places", self._read_rows, self._read_one, place.show_detail, _PLACE_KINDS)
        rows = checkpoint_list(desk.theme, lambda: self.rows, lambda: self.run(self.new_record()))
        super().__init__(desk, rows, place, source, lambda: place.demand.grid)
        place.roster_wanted.connect(self.open_roster)
        place.move_wanted.connect(lambda status: self.run(life_actions.move(desk, place, status)))
        place.side.map_wanted.connect(lambda: put_on_map(desk, "checkpoint", place.detail))
        place.side.emphasis_wanted.connect(self._open_emphasis)
        place.keep_wanted.connect(lambda: self.run(life_actions.keep(desk, place)))
        place.demand.copy_from.connect(lambda: self.run(actions.copy_from(desk, place, self.rows)))
        place.demand.copy_to.connect(lambda: self.run(actions.copy_to(desk, place, self.rows)))

    def open_roster(self) -> None:
        """Show the checkpoint in the roster."""
        if self.place.record_id():
            self.desk.go(Target("roster", record_id=self.place.record_id()))

    def _open_emphasis(self, emphasis: Emphasis) -> None:
        kind = PERIODS if emphasis.period else AREAS
        self.desk.go(Target("places", emphasis.id, {"kind": kind}))

    @override
    async def new_record(self) -> None:
        """Ask for a new checkpoint, make it and go to it."""
        if not await self.settle():
            return

        async def save(values: Mapping[str, Any]) -> None:
            made = await self.desk.write(tr("新增点位 {name}", name=values["name"]), create_checkpoint, values)
            self.run(self.go_to(made))

        self._choices = await self.desk.read(place_choices)
        await make_record(
            self.desk, title=tr("新增点位"), verb=tr("新增点位"), save=save,
            fields=lambda others: new_checkpoint_fields(lambda: self._choices, self._codes, others),
            start={"kind": "fixed_post", "tier": "2", "status": "active", "community_id": "", "grid_cell_id": ""},
            fit=fit_kind,
        )  # fmt: skip

    def _codes(self) -> Collection[str]:
        return [row.code for row in self.rows]

    async def _read_rows(self) -> Sequence[PlaceRow]:
        self._choices = await self.desk.read(place_choices)
        self.rows = await self.desk.read(list_places)
        self.place.refresh_choices()
        self.say_foot()
        return self.rows

    async def _read_one(self, record_id: str) -> PlaceDetail:
        return await self.desk.read(place_detail, record_id, self.desk.week)

    @override
    def say_foot(self) -> None:
        """Count the statuses at the foot of the list."""
        self.list.foot_left.setText(status_counts(self.rows))


class MusterTab(RecordPane):
    """The list of muster points and one of them.

    Parameters
    ----------
    desk
        The open station.
    """

    def __init__(self, desk: Desk) -> None:
        self.rows: tuple[MusterRow, ...] = ()
        self._choices = PlaceChoices((), ())
        self.muster = muster = MusterPanel(desk, lambda: self._choices, self._codes)
        source = Source("musters", self._read_rows, self._read_one, self._show_muster, _MUSTER_KINDS)
        rows = muster_list(desk.theme, lambda: self.rows, lambda: self.run(self.new_record()))
        super().__init__(desk, rows, muster, source, lambda: muster.stock.table)
        self._township = TownshipStockChart(desk.theme)
        rows.add_below(self._township)
        muster.retire_wanted.connect(lambda: self.run(actions.retire(desk, muster)))
        muster.stock.add_wanted.connect(lambda: self.run(actions.add_item(desk, muster)))
        muster.stock.retire_wanted.connect(lambda item: self.run(actions.retire_item(desk, item)))
        muster.stock.lend_wanted.connect(lambda item: self.run(lending.lend_item(desk, item)))
        muster.stock.loans.back_wanted.connect(lambda loans: self.run(lending.take_back(desk, loans)))
        muster.stock.loans.short_wanted.connect(lambda loan: self.run(lending.take_back_short(desk, loan)))
        muster.map_wanted.connect(lambda: put_on_map(desk, "muster_point", muster.detail))
        muster.place_wanted.connect(lambda place: desk.go(Target("places", place, {"kind": CHECKPOINTS})))

    @override
    async def new_record(self) -> None:
        """Ask for a new muster point, make it and go to it."""
        if not await self.settle():
            return

        async def save(values: Mapping[str, Any]) -> None:
            made = await self.desk.write(tr("新增召集点 {name}", name=values["name"]), create_muster_point, values)
            self.run(self.go_to(made))

        self._choices = await self.desk.read(place_choices)
        await make_record(
            self.desk, title=tr("新增召集点"), verb=tr("新增召集点"), save=save,
            fields=lambda others: muster_fields(lambda: self._choices, self._codes, others),
            start={"community_id": ""},
        )  # fmt: skip

    def _codes(self) -> Collection[str]:
        return [row.code for row in self.rows]

    async def _read_rows(self) -> Sequence[MusterRow]:
        self._choices = await self.desk.read(place_choices)
        self.rows = await self.desk.read(list_muster_points)
        self._township.show_stock(await self.desk.read(township_stock))
        self.muster.refresh_choices()
        self.say_foot()
        return self.rows

    async def _read_one(self, record_id: str) -> MusterDetail:
        return await self.desk.read(muster_detail, record_id)

    def _show_muster(self, detail: MusterDetail) -> None:
        self.muster.show_detail(detail)
        self._township.show_part(detail.row.name, {item.name: item.quantity for item in detail.stock})

    @override
    def say_foot(self) -> None:
        """Count the equipment at the foot of the list."""
        self.list.foot_left.setText(stock_counts(self.rows))
