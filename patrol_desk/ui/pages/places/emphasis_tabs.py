"""The tabs of priority areas and of security periods: a list, a detail, and what can be done there."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from typing_extensions import override

from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.services.people.codes import following
from patrol_desk.services.places import (
    area_detail,
    list_areas,
    list_in_area,
    list_periods,
    list_places,
    period_detail,
    place_choices,
    retire_area,
    retire_period,
    save_area,
    save_period,
    unlist_from_area,
)
from patrol_desk.services.places.emphasis_rows import AreaDetail, AreaRow, PeriodDetail, PeriodRow, When
from patrol_desk.services.places.rows import PlaceChoices, PlaceRow
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.places.dialogs import ChoosePlaces, make_record
from patrol_desk.ui.pages.places.emphasis_fields import area_fields, period_fields
from patrol_desk.ui.pages.places.emphasis_panels import AreaPanel, PeriodPanel
from patrol_desk.ui.pages.places.emphasis_words import area_columns, period_columns, when_text
from patrol_desk.ui.pages.places.filters import FilterButton
from patrol_desk.ui.pages.places.kinds import AREAS, CHECKPOINTS, PERIODS
from patrol_desk.ui.pages.places.list_pane import ListPane
from patrol_desk.ui.pages.places.pane import RecordPane, Source
from patrol_desk.ui.pages.places.periods_year import PeriodsYear
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.confirm import confirm

_AREA_KINDS: Final = frozenset({"priority_area", "area_checkpoint", "security_period", "checkpoint", "community",
                                "grid_cell", "demand"})  # fmt: skip
_LEAST_ROWS: Final = 5
_PERIOD_KINDS: Final = frozenset({*_AREA_KINDS, "shift_pattern", "plan_version"})


class AreaTab(RecordPane):
    """The priority areas and one of them."""

    def __init__(self, desk: Desk) -> None:
        self.rows: tuple[AreaRow, ...] = ()
        self._choices = PlaceChoices((), ())
        self.area = area = AreaPanel(desk, lambda: self._choices, self._codes)
        source = Source(AREAS, self._read_rows, self._read_one, area.show_detail, _AREA_KINDS)
        rows = ListPane(desk.theme, area_columns(), lambda: tr("名称 / 拼音首字母 / 编号"), AREAS)
        rows.optional = ("days", "places")
        rows.add_filter(_when_filter(desk.theme, "filter_area_when"), lambda row: row.when)
        rows.when_empty(
            "map-pin", lambda: tr("还没有重点片区。片区里的执勤点在它的日子里排得更靠前。"), lambda: tr("新增片区"),
            lambda: self.run(self.new_record()),
        )  # fmt: skip
        super().__init__(desk, rows, area, source, area.home)
        area.retire_wanted.connect(lambda: self.run(self._retire()))
        area.list_wanted.connect(lambda: self.run(self._list()))
        area.unlist_wanted.connect(lambda ids: self.run(self._unlist(ids)))
        area.open_wanted.connect(lambda _name, place: desk.go(Target("places", place, {"kind": CHECKPOINTS})))

    @override
    async def new_record(self) -> None:
        """Ask for a new area, make it and go to it."""
        if not await self.settle():
            return

        async def save(values: Mapping[str, Any]) -> None:
            made = await self.desk.write(tr("新增片区 {name}", name=values["name"]), save_area, values)
            self.run(self.go_to(made))

        self._choices = await self.desk.read(place_choices)
        await make_record(
            self.desk, title=tr("新增片区"), verb=tr("新增片区"), save=save,
            fields=lambda others: area_fields(lambda: self._choices, self._codes, others),
            start={
                "code": following(self._codes()), "community_id": "", "grid_cell_id": "", "raised": "1",
                "first_on": self.desk.now.date(),
            },
        )  # fmt: skip

    async def _list(self) -> None:
        detail: AreaDetail | None = self.area.detail
        if detail is None:
            return
        inside = {place.id for place in detail.scope.places}
        rows = [row for row in await self.desk.read(list_places) if row.id not in inside]
        dialog = ChoosePlaces(self.desk.host, self.desk.theme, rows, several=True, verb=_add_words)
        dialog.head(tr("加入 {name}", name=detail.row.name))
        chosen: list[PlaceRow] = []
        dialog.finished.connect(lambda accepted: chosen.extend(dialog.chosen() if accepted else ()))
        if await dialog.ask():
            step = tr("{count} 个点位加入 {name}", count=len(chosen), name=detail.row.name)
            await self.desk.write(step, list_in_area, detail.id, [row.id for row in chosen])

    async def _unlist(self, ids: Sequence[str]) -> None:
        detail: AreaDetail | None = self.area.detail
        if detail is not None:
            step = tr("{count} 个点位移出 {name}", count=len(ids), name=detail.row.name)
            await self.desk.write(step, unlist_from_area, detail.id, ids)

    async def _retire(self) -> None:
        detail: AreaDetail | None = self.area.detail
        if detail is None:
            return
        sentences = [tr("{count} 个执勤点的重要程度回到原来的。", count=detail.scope.rising)]
        if detail.periods:
            names = tr("、|joint").join(detail.periods)
            sentences.append(tr("只管这个片区的重点时段不再加人：{names}。", names=names))
        await retire_record(
            self, detail.row.name, sentences, lambda step: self.desk.write(
                step, retire_area, detail.id, detail.row.row_version
            ),
        )  # fmt: skip

    def _codes(self) -> Collection[str]:
        return [row.code for row in self.rows]

    async def _read_rows(self) -> Sequence[AreaRow]:
        self._choices = await self.desk.read(place_choices)
        self.rows = await self.desk.read(list_areas)
        self.area.refresh_choices()
        self.say_foot()
        return self.rows

    async def _read_one(self, record_id: str) -> AreaDetail:
        return await self.desk.read(area_detail, record_id)

    @override
    def say_foot(self) -> None:
        """Count the areas in force at the foot of the list."""
        going = sum(row.when is When.DURING for row in self.rows)
        self.list.foot_left.setText(tr("进行中 {count} 个", count=going))


class PeriodTab(RecordPane):
    """The security periods with their year, and one of them."""

    def __init__(self, desk: Desk) -> None:
        self.rows: tuple[PeriodRow, ...] = ()
        self._areas: Sequence[tuple[str, str]] = ()
        self.period = period = PeriodPanel(desk, lambda: self._areas, self._codes)
        source = Source(PERIODS, self._read_rows, self._read_one, self._show_period, _PERIOD_KINDS)
        rows = ListPane(desk.theme, period_columns(), lambda: tr("名称 / 拼音首字母 / 编号"), PERIODS)
        rows.optional = ("where", "more", "days")
        rows.add_filter(_when_filter(desk.theme, "filter_period_when"), lambda row: row.when)
        rows.when_empty(
            "calendar-range", lambda: tr("还没有重点时段。时段里的执勤点每班多要几个人。"), lambda: tr("新增时段"),
            lambda: self.run(self.new_record()),
        )  # fmt: skip
        super().__init__(desk, rows, period, source, period.home)
        self.year = PeriodsYear(desk.theme, desk.now.date())
        rows.add_below(self.year)
        rows.states.setMinimumHeight(_LEAST_ROWS * desk.theme.row("table"))
        self.year.period_wanted.connect(rows.reveal)
        self.year.new_wanted.connect(lambda day: self.run(self.new_record(day)))
        period.retire_wanted.connect(lambda: self.run(self._retire()))
        period.open_wanted.connect(lambda _name, place: desk.go(Target("places", place, {"kind": CHECKPOINTS})))

    @override
    async def new_record(self, first: date | None = None) -> None:
        """Ask for a new period, make it and go to it."""
        if not await self.settle():
            return

        async def save(values: Mapping[str, Any]) -> None:
            made = await self.desk.write(tr("新增时段 {name}", name=values["name"]), save_period, values)
            self.run(self.go_to(made))

        self._areas = await self._read_areas()
        day = first or self.desk.now.date()
        await make_record(
            self.desk, title=tr("新增时段"), verb=tr("新增时段"), save=save,
            fields=lambda others: period_fields(lambda: self._areas, self._codes, others),
            start={
                "code": following(self._codes()), "area_id": "", "checkpoint_kind": "",
                "more_minimum": 0, "more_desired": 1, "percent": 0, "first_on": day, "last_on": day + timedelta(days=2),
            },
        )  # fmt: skip

    async def _retire(self) -> None:
        detail: PeriodDetail | None = self.period.detail
        if detail is None:
            return
        scope = detail.scope
        sentences = [tr("期望少 {high} 人次，最低少 {low} 人次。", high=scope.desired, low=scope.minimum)]
        await retire_record(
            self, detail.row.name, sentences, lambda step: self.desk.write(
                step, retire_period, detail.id, detail.row.row_version
            ),
        )  # fmt: skip

    def _codes(self) -> Collection[str]:
        return [row.code for row in self.rows]

    async def _read_areas(self) -> list[tuple[str, str]]:
        return [(area.id, area.name) for area in await self.desk.read(list_areas)]

    async def _read_rows(self) -> Sequence[PeriodRow]:
        self._areas = await self._read_areas()
        self.rows = await self.desk.read(list_periods)
        self.period.refresh_choices()
        self.year.show_periods(self.rows)
        self.say_foot()
        return self.rows

    async def _read_one(self, record_id: str) -> PeriodDetail:
        return await self.desk.read(period_detail, record_id)

    def _show_period(self, detail: PeriodDetail) -> None:
        self.period.show_detail(detail)
        self.year.choose(detail.row)

    @override
    def say_foot(self) -> None:
        """Count the periods that go on or are to come at the foot of the list."""
        going = sum(row.when is When.DURING for row in self.rows)
        coming = sum(row.when is When.BEFORE for row in self.rows)
        self.list.foot_left.setText(
            tr("进行中 {count} 个", count=going) + "   " + tr("未开始 {count} 个", count=coming)
        )


async def retire_record(
    pane: RecordPane,
    name: str,
    sentences: Sequence[str],
    write: Callable[[str], Any],
) -> None:
    """Retire a record, confirmed with the numbers of what that does."""
    desk = pane.desk
    title = tr("停用 {name}？", name=name)
    told = [*sentences, tr("记录都保留。这一步可以撤销。")]
    if not await confirm(desk.host, desk.theme, title, told, tr("停用"), danger=True):
        return
    try:
        await write(tr("停用 {name}", name=name))
    except (ConcurrentChangeError, InvalidDataError) as error:
        desk.tell(say(error.message), "warn")
        pane.reload()
    else:
        desk.tell(tr("已停用 {name}", name=name), "ok")


def _when_filter(theme: Theme, name: str) -> FilterButton:
    button = FilterButton(theme, lambda: tr("状态"), lambda: [(when, when_text(when)) for when in When])
    button.setObjectName(name)
    return button


def _add_words(count: int) -> str:
    return tr("加入 {count} 个点位", count=count)
