"""The details of a community and of a grid cell: a short form, numbers, and what belongs to it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

from typing_extensions import override

from patrol_desk.services.places import save_community, save_grid_cell
from patrol_desk.services.places.division_rows import Belonging, DivisionDetail, DivisionRow
from patrol_desk.services.places.listing import natural
from patrol_desk.services.places.rows import PlaceChoices
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.itemmodels.rows import Column
from patrol_desk.ui.pages.places.fields import Others, Taken, check_field
from patrol_desk.ui.pages.places.kinds import CELLS, CHECKPOINTS, MUSTERS
from patrol_desk.ui.pages.places.scope_panel import Listing, ScopePanel
from patrol_desk.ui.pages.places.words import kind_text
from patrol_desk.ui.widgets.forms import Field

SQUADS = "squads"


def community_fields(taken: Taken, others: Others) -> Sequence[Field]:
    """Return the fields of a community."""
    check = partial(check_field, "communities", taken, others)
    return (
        Field("code", lambda: tr("编号"), check=partial(check, "code"), longest=40),
        Field("name", lambda: tr("名称"), check=partial(check, "name"), longest=80),
    )


def cell_fields(choices: Callable[[], PlaceChoices], taken: Taken, others: Others) -> Sequence[Field]:
    """Return the fields of a grid cell."""
    check = partial(check_field, "grid_cells", taken, others)
    return (
        Field("code", lambda: tr("编号"), check=partial(check, "code"), longest=40),
        Field("name", lambda: tr("名称"), check=partial(check, "name"), longest=80),
        Field(
            "community_id", lambda: tr("社区"), "choice",
            choices=lambda: [(choice.key, choice.text) for choice in choices().communities],
        ),
    )  # fmt: skip


def _columns(count: Callable[[], str], *, kinds: bool = False) -> Sequence[Column[Belonging]]:
    found: list[Column[Belonging]] = [
        Column("code", lambda: tr("编号"), 90, lambda row: row.code, lambda row: natural(row.code), role="secondary"),
        Column("name", lambda: tr("名称"), 160, lambda row: row.name, lambda row: row.name, stretch=True),
    ]
    if kinds:
        found.append(Column("kind", lambda: tr("类别"), 100, _kind_text, _kind_text))
    found.append(Column("count", count, 110, lambda row: str(row.count), lambda row: row.count, align="right"))
    return found


def _kind_text(row: Belonging) -> str:
    return "" if row.kind is None else kind_text(row.kind)


def _nothing() -> str:
    return tr("这里还没有。")


def _place_listing(name: str) -> Listing:
    return Listing(name, lambda: tr("执勤点"), _columns(lambda: tr("每周最低人次"), kinds=True), _nothing)


class CommunityPanel(ScopePanel):
    """The detail of a community."""

    def __init__(self, desk: Desk, taken: Callable[[], Collection[str]]) -> None:
        listings = (
            _place_listing(CHECKPOINTS),
            Listing(SQUADS, lambda: tr("小组|several"), _columns(lambda: tr("组员")), _nothing),
            Listing(MUSTERS, lambda: tr("召集点"), _columns(lambda: tr("装备种类")), _nothing),
            Listing(CELLS, lambda: tr("网格|several"), _columns(lambda: tr("执勤点")), _nothing),
        )
        named = [Listing(f"community_{each.name}", each.title, each.columns, each.none) for each in listings]
        super().__init__(desk, community_fields(lambda: self._others(taken()), self.values), named)
        self.retranslate()

    @override
    def stored_values(self) -> Mapping[str, Any]:
        return {} if self.detail is None else {"code": self.detail.row.code, "name": self.detail.row.name}

    @override
    def show_scope(self, scope: DivisionDetail) -> None:
        rows = (scope.places, scope.squads, scope.musters, scope.cells)
        for each, found in zip(self.lists, rows, strict=True):
            each.show(found)
        heads = sum(place.count for place in scope.places)
        members = sum(squad.count for squad in scope.squads)
        row = scope.row
        self.tell(
            [
                tr("{places} 个执勤点，每周最低 {heads} 人次；{squads} 个小组 {members} 人。", places=row.places,
                   heads=heads, squads=row.squads, members=members),
                tr("{cells} 个网格，{musters} 个召集点，住在这里的 {people} 人。", cells=row.cells, musters=row.musters,
                   people=row.people),
                *drawn_sentences(row),
            ]
        )  # fmt: skip

    @override
    async def write(self) -> None:
        await _write(self, save_community, tr("修改社区 {name}", name=self.title()))

    @override
    def retire_words(self) -> str:
        return tr("停用社区…")

    @override
    def retranslate(self) -> None:
        super().retranslate()
        if self.detail is not None:
            self.sub.setText(tr("社区"))
            self.show_scope(self.detail)

    def _others(self, codes: Collection[str]) -> Collection[str]:
        return [code for code in codes if self.detail is None or code != self.detail.row.code]


class CellPanel(ScopePanel):
    """The detail of a grid cell."""

    def __init__(self, desk: Desk, choices: Callable[[], PlaceChoices], taken: Callable[[], Collection[str]]) -> None:
        fields = cell_fields(choices, lambda: self._others(taken()), self.values)
        super().__init__(desk, fields, [_place_listing(f"cell_{CHECKPOINTS}")])
        self.retranslate()

    @override
    def stored_values(self) -> Mapping[str, Any]:
        if self.detail is None:
            return {}
        row = self.detail.row
        return {"code": row.code, "name": row.name, "community_id": row.community_id}

    @override
    def show_scope(self, scope: DivisionDetail) -> None:
        self.lists[0].show(scope.places)
        heads = sum(place.count for place in scope.places)
        row = scope.row
        told = tr("{places} 个执勤点，每周最低 {heads} 人次；住在这里的 {people} 人。", places=row.places, heads=heads,
                  people=row.people)  # fmt: skip
        self.tell([told, *drawn_sentences(row)])

    @override
    async def write(self) -> None:
        await _write(self, save_grid_cell, tr("修改网格 {name}", name=self.title()))

    @override
    def retire_words(self) -> str:
        return tr("停用网格…")

    @override
    def retranslate(self) -> None:
        super().retranslate()
        if self.detail is not None:
            self.sub.setText(self.detail.row.community)
            self.show_scope(self.detail)

    def _others(self, codes: Collection[str]) -> Collection[str]:
        return [code for code in codes if self.detail is None or code != self.detail.row.code]


def drawn_sentences(row: DivisionRow) -> list[str]:
    """Return what to do about a boundary that is missing."""
    return [] if row.drawn else [tr("还没有边界：在“地图”页导入 GeoJSON，按编号对上。")]


async def _write(panel: ScopePanel, service: Callable[..., Any], step: str) -> None:
    """Save the fields that were changed."""
    row = panel.detail.row
    changed = {key: panel.form.value(key) for key in panel.form.dirty_keys()}
    await panel.desk.write(step, service, changed, row.id, row.row_version)
    panel.form.set_values(panel.form.values())
    panel.dirty_changed.emit()
