"""What the page does with a place beyond editing it: life cycle, copying demand, equipment."""

from collections.abc import Mapping, Sequence
from typing import Any

from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.weeks import Week
from patrol_desk.models import CheckpointStatus
from patrol_desk.services.places import (
    activate_checkpoint,
    add_equipment,
    close_checkpoint,
    copy_demand,
    life_effect,
    place_detail,
    resume_checkpoint,
    retire_equipment,
    retire_muster_point,
    suspend_checkpoint,
)
from patrol_desk.services.places.effects import LifeEffect
from patrol_desk.services.places.rows import PlaceDetail, PlaceRow, Stock
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import week_text
from patrol_desk.ui.pages.places.dialogs import ChoosePlaces, make_record
from patrol_desk.ui.pages.places.fields import equipment_fields
from patrol_desk.ui.pages.places.muster_panel import MusterPanel
from patrol_desk.ui.pages.places.place_panel import PlacePanel
from patrol_desk.ui.widgets.confirm import confirm


async def move(desk: Desk, panel: PlacePanel, status: CheckpointStatus) -> None:
    """Give a checkpoint another status; leaving service is confirmed with the numbers of what it does."""
    detail = panel.detail
    if detail is None:
        return
    if status is CheckpointStatus.ACTIVE:
        await _put_in_use(desk, panel, detail)
        return
    name = detail.row.name
    closing = status is CheckpointStatus.CLOSED
    effect = await desk.read(life_effect, detail.id)
    title = tr("关闭 {name}？", name=name) if closing else tr("暂停 {name}？", name=name)
    verb = tr("关闭此点位") if closing else tr("暂停此点位")
    if not await confirm(desk.host, desk.theme, title, life_sentences(effect, closing=closing), verb, danger=True):
        return
    step = tr("关闭点位 {name}", name=name) if closing else tr("暂停点位 {name}", name=name)
    service = close_checkpoint if closing else suspend_checkpoint
    try:
        moved = await desk.write(step, service, detail.id, detail.row.row_version)
    except (ConcurrentChangeError, InvalidDataError) as error:
        _refused(desk, panel, error)
        return
    words = tr("已关闭 {name}", name=name) if closing else tr("已暂停 {name}", name=name)
    gone = tr("，移出草稿 {count} 人次", count=moved.removed) if moved.removed else ""
    desk.tell(words + gone, "ok")


async def _put_in_use(desk: Desk, panel: PlacePanel, detail: PlaceDetail) -> None:
    step = tr("启用点位 {name}", name=detail.row.name)
    planned = detail.row.status is CheckpointStatus.PLANNED
    service = activate_checkpoint if planned else resume_checkpoint
    try:
        await desk.write(step, service, detail.id, detail.row.row_version)
    except (ConcurrentChangeError, InvalidDataError) as error:
        _refused(desk, panel, error)
    else:
        desk.tell(tr("已启用 {name}", name=detail.row.name), "ok")


def life_sentences(effect: LifeEffect, *, closing: bool) -> list[str]:
    """Return what suspending or closing does, in numbers."""
    weeks = tr("、|joint").join(week_text(Week.parse(week)) for week in effect.weeks)
    sentences = []
    if effect.draft_duties:
        sentences.append(
            tr("草稿里今天起的 {count} 人次将移出，涉及 {people} 人。", count=effect.draft_duties,
               people=effect.draft_people)
        )  # fmt: skip
    if effect.published_duties:
        sentences.append(tr("已发布的 {count} 人次不变，改排后要再发布。", count=effect.published_duties))
    if weeks:
        sentences.append(tr("涉及：{weeks}。", weeks=weeks))
    else:
        sentences.append(tr("今天起还没有人排在这里。"))
    if closing:
        sentences.append(tr("关闭以后不再排班，也不能再启用；记录都保留。这一步可以撤销。"))
    else:
        sentences.append(tr("暂停期间不排班，可随时恢复。这一步可以撤销。"))
    return sentences


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
    panel.demand.model.change({cell.key: cell.seats for cell in source.cells})
    panel.demand.grid.setFocus()


async def copy_to(desk: Desk, panel: PlacePanel, rows: Sequence[PlaceRow]) -> None:
    """Give the chosen cells' demand to other checkpoints, in one step."""
    detail = panel.detail
    keys = panel.demand.grid.chosen_keys()
    if detail is None or not keys:
        return
    dialog = ChoosePlaces(desk.host, desk.theme, [row for row in rows if row.id != detail.id], several=True)
    dialog.head(tr("复制到点位"), tr("{count} 格", count=len(keys)))
    chosen: list[PlaceRow] = []
    dialog.finished.connect(lambda accepted: chosen.extend(dialog.chosen() if accepted else ()))
    if not await dialog.ask():
        return
    step = tr("复制 {name} 的勤务需求", name=detail.row.name)
    changed = await desk.write(step, copy_demand, detail.id, [row.id for row in chosen], keys)
    places = tr("{count} 个点位", count=len(chosen))
    desk.tell(tr("已复制到 {places}，改动 {count} 格", places=places, count=changed), "ok")


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
