"""What the page does with a place beyond editing it: copying demand, equipment."""

from collections.abc import Mapping, Sequence
from typing import Any

from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.models import CheckpointStatus
from patrol_desk.services.places import (
    add_equipment,
    copy_demand,
    copy_effects,
    keep_held,
    place_detail,
    retire_equipment,
    retire_muster_point,
)
from patrol_desk.services.places.effects import CopyEffect
from patrol_desk.services.places.muster_rows import Stock
from patrol_desk.services.places.rows import PlaceRow
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.places.dialogs import ChoosePlaces, make_record
from patrol_desk.ui.pages.places.fields import equipment_fields
from patrol_desk.ui.pages.places.muster_panel import MusterPanel
from patrol_desk.ui.pages.places.place_panel import PlacePanel
from patrol_desk.ui.pages.places.words import kind_text
from patrol_desk.ui.widgets.confirm import confirm


async def copy_from(desk: Desk, panel: PlacePanel, rows: Sequence[PlaceRow]) -> None:
    """Take another checkpoint's demand into the grid as unsaved edits."""
    detail = panel.detail
    if detail is None:
        return
    dialog = ChoosePlaces(
        desk.host, desk.theme, [row for row in rows if row.id != detail.id and row.desired], several=False
    )
    dialog.head(tr("复制自点位"), tr("放进表格，保存前可以再改"))
    chosen: list[PlaceRow] = []
    dialog.finished.connect(lambda accepted: chosen.extend(dialog.chosen() if accepted else ()))
    if not await dialog.ask():
        return
    source = await desk.read(place_detail, chosen[0].id)
    own = panel.demand.model
    own.change({cell.key: keep_held(cell.seats, own.seats(cell.key)) for cell in source.cells})
    panel.demand.grid.setFocus()


async def copy_to(desk: Desk, panel: PlacePanel, rows: Sequence[PlaceRow]) -> None:
    """Give the chosen cells' demand to other checkpoints, in one step."""
    detail = panel.detail
    keys = panel.demand.grid.chosen_keys()
    if detail is None or not keys:
        return
    effects = await desk.read(copy_effects, detail.id, keys)
    others = [row for row in rows if row.id in effects]
    dialog = ChoosePlaces(
        desk.host, desk.theme, others, several=True, preview=lambda chosen: copy_sentence(chosen, effects)
    )
    dialog.head(tr("复制到点位"), tr("{count} 格", count=len(keys)))
    kind = detail.row.kind
    dialog.offer_like(
        tr("勾选所有{kind}", kind=kind_text(kind)),
        lambda row: row.kind is kind and row.status is not CheckpointStatus.CLOSED,
    )
    chosen: list[PlaceRow] = []
    dialog.finished.connect(lambda accepted: chosen.extend(dialog.chosen() if accepted else ()))
    if not await dialog.ask():
        return
    step = tr("复制 {name} 的勤务需求", name=detail.row.name)
    changed = await desk.write(step, copy_demand, detail.id, [row.id for row in chosen], keys)
    places = tr("{count} 个点位", count=len(chosen))
    desk.tell(tr("已复制到 {places}，改动 {count} 格", places=places, count=changed), "ok")


def copy_sentence(chosen: Sequence[PlaceRow], effects: Mapping[str, CopyEffect]) -> str:
    """Return what copying demand to checkpoints changes, in numbers."""
    if not chosen:
        return tr("勾选点位，这里写改动多少。")
    found = [effects[row.id] for row in chosen]
    changed = sum(effect.cells > 0 for effect in found)
    if not changed:
        return tr("已经都一样，没有改动。")
    sums = [sum(effect.minimum for effect in found), sum(effect.desired for effect in found)]
    low, high = (f"+{number}" if number > 0 else str(number) for number in sums)
    words = tr(
        "{places} 个点位改动 {cells} 格：每周最低 {low} 人次，期望 {high} 人次。", places=changed,
        cells=sum(effect.cells for effect in found), low=low, high=high,
    )  # fmt: skip
    same = len(found) - changed
    return words + (tr("另有 {count} 个已经一样。", count=same) if same else "")


async def retire(desk: Desk, panel: MusterPanel) -> None:
    """Retire a muster point, confirmed with the numbers of what goes with it."""
    detail = panel.detail
    if detail is None:
        return
    name = detail.row.name
    sentences = [tr("{kinds} 种装备、{pieces} 件一起移出库存。", kinds=detail.row.kinds, pieces=detail.row.pieces)]
    if detail.teams:
        teams = tr("、|joint").join(team.name for team in detail.teams)
        sentences.append(tr("{teams} 以这里为召集点，请另行指定。", teams=teams))
    sentences.append(tr("记录都保留。这一步可以撤销。"))
    title = tr("停用 {name}？", name=name)
    if not await confirm(desk.host, desk.theme, title, sentences, tr("停用召集点"), danger=True):
        return
    step = tr("停用召集点 {name}", name=name)
    try:
        await desk.write(step, retire_muster_point, detail.id, detail.row.row_version)
    except (ConcurrentChangeError, InvalidDataError) as error:
        _refused(desk, panel, error)
    else:
        desk.tell(tr("已停用 {name}", name=name), "ok")


async def add_item(desk: Desk, panel: MusterPanel) -> None:
    """Add a kind of equipment to a muster point's stock."""
    detail = panel.detail
    if detail is None:
        return

    async def save(values: Mapping[str, Any]) -> None:
        step = tr("增加装备 {name}", name=values["name"])
        await desk.write(step, add_equipment, detail.id, values)

    taken = [item.code for item in detail.stock]
    await make_record(
        desk, title=tr("增加装备"), verb=tr("增加装备"), save=save, start={"quantity": "1"},
        fields=lambda others: equipment_fields(lambda: taken, others),
    )  # fmt: skip


async def retire_item(desk: Desk, item: Stock) -> None:
    """Take a kind of equipment out of the stock."""
    sentences = [tr("{code} {name} {count} 件", code=item.code, name=item.name, count=item.quantity)]
    sentences.append(tr("记录都保留。这一步可以撤销。"))
    title = tr("把 {name} 移出库存？", name=item.name)
    if await confirm(desk.host, desk.theme, title, sentences, tr("移出库存"), danger=True):
        try:
            await desk.write(tr("移出装备 {name}", name=item.name), retire_equipment, item.id, item.row_version)
        except (ConcurrentChangeError, InvalidDataError) as error:
            desk.tell(say(error.message), "warn")


def _refused(desk: Desk, panel: PlacePanel | MusterPanel, error: ConcurrentChangeError | InvalidDataError) -> None:
    desk.tell(say(error.message), "warn")
    panel.reload_wanted.emit()
