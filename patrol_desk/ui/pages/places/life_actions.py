"""A checkpoint's status is changed from the page: asked for, written, told."""

from datetime import date

from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.models import CheckpointStatus
from patrol_desk.services.places import LifeBounds, drop_fixed, life_effect, move_checkpoint
from patrol_desk.services.places.rows import PlaceDetail
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import full_day_text
from patrol_desk.ui.pages.places.life_dialog import LifeDialog
from patrol_desk.ui.pages.places.place_panel import PlacePanel


async def move(desk: Desk, panel: PlacePanel, to: CheckpointStatus) -> None:
    """Give a checkpoint another status, after the day, the reason and the numbers of what it does."""
    detail = panel.detail
    if detail is None:
        return
    today = desk.now.date()
    effect = await desk.read(life_effect, detail.id)
    asked = (detail.row.minimum, detail.row.desired)
    dialog = LifeDialog(desk.host, desk.theme, _bounds(detail, today), to, effect, asked)
    chosen: list[tuple[date, str]] = []
    dialog.finished.connect(lambda accepted: chosen.extend([dialog.chosen] if accepted and dialog.chosen else ()))
    if not await dialog.ask():
        return
    day, reason = chosen[0]
    name = detail.row.name
    steps = {
        CheckpointStatus.ACTIVE: (tr("启用点位 {name}", name=name), tr("已启用 {name}", name=name)),
        CheckpointStatus.SUSPENDED: (tr("暂停点位 {name}", name=name), tr("已暂停 {name}", name=name)),
        CheckpointStatus.CLOSED: (tr("关闭点位 {name}", name=name), tr("已关闭 {name}", name=name)),
    }
    step, words = steps[to]
    try:
        moved = await desk.write(step, move_checkpoint, detail.id, detail.row.row_version, to, day, reason)
    except (ConcurrentChangeError, InvalidDataError) as error:
        desk.tell(say(error.message), "warn")
        panel.reload_wanted.emit()
        return
    if day > today:
        words = tr("{step}：{day} 起", step=step, day=full_day_text(day))
    gone = tr("，移出草稿 {count} 人次", count=moved.removed) if moved.removed else ""
    desk.tell(words + gone, "ok")


async def keep(desk: Desk, panel: PlacePanel) -> None:
    """Drop what was fixed for a later day."""
    detail = panel.detail
    if detail is None:
        return
    step = tr("撤回 {name} 定在以后的变更", name=detail.row.name)
    try:
        await desk.write(step, drop_fixed, detail.id, detail.row.row_version)
    except (ConcurrentChangeError, InvalidDataError) as error:
        desk.tell(say(error.message), "warn")
        panel.reload_wanted.emit()
    else:
        desk.tell(tr("已撤回：{name} 照现在的状态继续", name=detail.row.name), "ok")


def _bounds(detail: PlaceDetail, today: date) -> LifeBounds:
    begun = [change.on for change in detail.changes if not change.coming]
    return LifeBounds(detail.row.name, detail.row.kind, detail.row.status, max(begun, default=None), today)
