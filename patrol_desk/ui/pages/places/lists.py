"""The two lists of the page with their filters and feet."""

from collections import Counter
from collections.abc import Callable, Sequence

from patrol_desk.models import CheckpointKind, CheckpointStatus
from patrol_desk.services.places.muster_rows import MusterRow
from patrol_desk.services.places.rows import PlaceRow
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.places.columns import muster_columns, place_columns
from patrol_desk.ui.pages.places.filters import Choice, FilterButton
from patrol_desk.ui.pages.places.list_pane import ListPane
from patrol_desk.ui.pages.places.words import kind_text, status_text, tier_text
from patrol_desk.ui.theme import Theme


def checkpoint_list(theme: Theme, rows: Callable[[], Sequence[PlaceRow]], create: Callable[[], None]) -> ListPane:
    """Return the list of checkpoints with its filters."""
    pane = ListPane(theme, place_columns(theme), lambda: tr("名称 / 拼音首字母 / 编号"), "checkpoints")
    status = FilterButton(theme, lambda: tr("状态"), lambda: [(s, status_text(s)) for s in CheckpointStatus])
    community = FilterButton(theme, lambda: tr("社区"), lambda: _communities(rows()))
    kind = FilterButton(theme, lambda: tr("类别"), lambda: [(k, kind_text(k)) for k in CheckpointKind])
    tier = FilterButton(theme, lambda: tr("重要程度"), lambda: [(t, tier_text(t)) for t in (1, 2, 3)])
    for button, name in ((status, "status"), (community, "community"), (kind, "kind"), (tier, "tier")):
        button.setObjectName(f"filter_{name}")
    pane.add_filter(status, lambda row: row.status)
    pane.add_filter(community, lambda row: row.community)
    pane.add_filter(kind, lambda row: row.kind)
    pane.add_filter(tier, lambda row: row.tier)
    pane.optional = ("community", "kind", "tier")
    pane.note = lambda: tr("周需求 = 最低 / 期望人次")
    pane.retranslate()
    pane.when_empty("map-pin", lambda: tr("还没有执勤点。新增一个，或从 CSV 导入。"), lambda: tr("新增点位"), create)
    return pane


def muster_list(theme: Theme, rows: Callable[[], Sequence[MusterRow]], create: Callable[[], None]) -> ListPane:
    """Return the list of muster points with its filter."""
    pane = ListPane(theme, muster_columns(theme), lambda: tr("召集点 / 先莞队 / 编号"), "muster_points")
    community = FilterButton(theme, lambda: tr("社区"), lambda: _communities(rows()))
    community.setObjectName("filter_muster_community")
    pane.optional = ("kinds", "community", "teams")
    pane.name_room = 124
    pane.add_filter(community, lambda row: row.community)
    pane.when_empty("map-pin", lambda: tr("还没有召集点。新增一个，或从 CSV 导入。"), lambda: tr("新增召集点"), create)
    return pane


def status_counts(rows: Sequence[PlaceRow]) -> str:
    """Return how many checkpoints are in each status that occurs."""
    counts = Counter(row.status for row in rows)
    return "   ".join(f"{status_text(status)} {counts[status]}" for status in CheckpointStatus if counts[status])


def stock_counts(rows: Sequence[MusterRow]) -> str:
    """Return how much equipment all muster points hold."""
    words = [tr("全镇装备 {count} 件", count=sum(row.pieces for row in rows))]
    for count, form in ((sum(row.out for row in rows), "out"), (sum(row.overdue for row in rows), "overdue")):
        if count:
            words.append(tr("借出 {count} 件", count=count) if form == "out" else tr("逾期 {count} 件", count=count))
    return "   ".join(words)


def _communities(rows: Sequence[PlaceRow] | Sequence[MusterRow]) -> list[Choice]:
    return [(name, name or tr("（未填）")) for name in sorted({row.community for row in rows})]
