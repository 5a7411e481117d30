"""Words and columns of priority areas and security periods."""

from collections.abc import Sequence
from datetime import date

from patrol_desk.common.weeks import Week
from patrol_desk.services.places.emphasis_rows import (
    AreaPlace,
    AreaRow,
    AreaScope,
    Emphasis,
    PeriodPlace,
    PeriodRow,
    PeriodScope,
    Reach,
    When,
)
from patrol_desk.services.places.listing import natural
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import days_text, week_text
from patrol_desk.ui.itemmodels.rows import Column
from patrol_desk.ui.pages.places.words import kind_text, tier_text


def when_text(when: When) -> str:
    """Return where today stands to some days."""
    return {
        When.BEFORE: tr("未开始"),
        When.DURING: tr("进行中|days"),
        When.AFTER: tr("已结束"),
    }[when]


def span_of_days(first: date | None, last: date | None) -> str:
    """Return two days, of which each may be open: ``11-27 – 11-29``, with years where they are not the same."""
    if first is None and last is None:
        return tr("长期")
    if first is None or last is None:
        day = first or last
        assert day is not None
        return tr("{day} 起|from", day=day) if last is None else tr("至 {day}", day=day)
    return days_text(first, last)


def raised_text(raised: int) -> str:
    """Return by how many tiers an area raises."""
    return tr("升 {count} 级", count=raised) if raised else tr("只作名单")


def more_text(minimum: int, desired: int, percent: int) -> str:
    """Return what a period adds to each shift."""
    parts = [tr("最低 +{count}", count=minimum)] if minimum else []
    if desired:
        parts.append(tr("期望 +{count}", count=desired))
    if percent:
        parts.append(f"+{percent}%")
    return " ".join(parts) or tr("不加人")


def emphasis_text(emphasis: Emphasis) -> str:
    """Return what an area or period does to a checkpoint."""
    if emphasis.period:
        return more_text(emphasis.more_minimum, emphasis.more_desired, emphasis.percent)
    return raised_text(emphasis.raised)


def area_columns() -> Sequence[Column[AreaRow]]:
    """Return the columns of the list of areas."""
    return (
        Column("code", lambda: tr("编号"), 70, lambda row: row.code, lambda row: natural(row.code), role="secondary"),
        Column("name", lambda: tr("片区"), 120, lambda row: row.name, lambda row: row.name, tone=_faded, stretch=True),
        Column(
            "days", lambda: tr("起止"), 150, lambda row: span_of_days(row.first_on, row.last_on),
            lambda row: (row.first_on or date.min, row.last_on or date.max), role="secondary",
        ),
        Column("raised", lambda: tr("重要程度"), 84, lambda row: raised_text(row.raised), lambda row: row.raised),
        Column(
            "places", lambda: tr("执勤点"), 70, lambda row: str(row.places), lambda row: row.places, align="right"
        ),
        Column("when", lambda: tr("状态"), 76, lambda row: when_text(row.when), lambda row: row.when.value, chip=_chip),
    )  # fmt: skip


def period_columns() -> Sequence[Column[PeriodRow]]:
    """Return the columns of the list of periods."""
    return (
        Column("code", lambda: tr("编号"), 64, lambda row: row.code, lambda row: natural(row.code), role="secondary"),
        Column("name", lambda: tr("时段"), 120, lambda row: row.name, lambda row: row.name, tone=_faded, stretch=True),
        Column(
            "days", lambda: tr("起止"), 150, lambda row: span_of_days(row.first_on, row.last_on),
            lambda row: (row.first_on, row.last_on), role="secondary",
        ),
        Column("where", lambda: tr("范围"), 110, where_text, where_text, role="secondary"),
        Column("more", lambda: tr("每班加人"), 144, _more_of, lambda row: (row.more_minimum, row.more_desired)),
        Column("when", lambda: tr("状态"), 76, lambda row: when_text(row.when), lambda row: row.when.value, chip=_chip),
    )  # fmt: skip


def area_place_columns() -> Sequence[Column[AreaPlace]]:
    """Return the columns of an area's checkpoints."""
    return (
        Column("code", lambda: tr("编号"), 70, lambda row: row.code, lambda row: natural(row.code), role="secondary"),
        Column("name", lambda: tr("点位|head"), 150, lambda row: row.name, lambda row: row.name, stretch=True),
        Column("reach", lambda: tr("怎么算进来"), 110, _reach_text, lambda row: row.reach.value, role="secondary"),
        Column("tier", lambda: tr("重要程度"), 120, _tiers_text, lambda row: (row.raised_to, row.tier)),
        Column(
            "demand", lambda: tr("周需求"), 80, lambda row: f"{row.minimum} / {row.desired}" if row.desired else "—",
            lambda row: (row.minimum, row.desired), align="right",
        ),
    )  # fmt: skip


def period_place_columns() -> Sequence[Column[PeriodPlace]]:
    """Return the columns of the checkpoints that a period raises."""
    return (
        Column("code", lambda: tr("编号"), 70, lambda row: row.code, lambda row: natural(row.code), role="secondary"),
        Column("name", lambda: tr("点位|head"), 150, lambda row: row.name, lambda row: row.name, stretch=True),
        Column("kind", lambda: tr("类别"), 90, lambda row: kind_text(row.kind), lambda row: row.kind.value),
        Column(
            "shifts", lambda: tr("班次|count"), 60, lambda row: str(row.shifts), lambda row: row.shifts, align="right"
        ),
        Column(
            "minimum", lambda: tr("最低"), 70, lambda row: f"+{row.minimum}", lambda row: row.minimum, align="right"
        ),
        Column(
            "desired", lambda: tr("期望"), 70, lambda row: f"+{row.desired}", lambda row: row.desired, align="right",
            role="strong",
        ),
    )  # fmt: skip


def where_text(row: PeriodRow) -> str:
    """Return which checkpoints a period is for."""
    parts = [row.area] if row.area else []
    if row.kind is not None:
        parts.append(kind_text(row.kind))
    return " · ".join(parts) or tr("全镇")


def area_sentences(scope: AreaScope, raised: int) -> list[str]:
    """Return what an area changes, in numbers."""
    if not scope.places:
        return [tr("还没有执勤点：选社区或网格，或在下面加入。")]
    if not raised:
        return [tr("{count} 个执勤点在名单里；重要程度不变，供重点时段选用。", count=len(scope.places))]
    sentences = [
        tr("{count} 个执勤点里有 {rising} 个排得更靠前，每周最低 {heads} 人次先保。", count=len(scope.places),
           rising=scope.rising, heads=scope.minimum)
    ]  # fmt: skip
    same = sum(place.active and place.raised_to == place.tier for place in scope.places)
    if same:
        sentences.append(tr("{count} 个已是一级，不变。", count=same))
    idle = sum(not place.active for place in scope.places)
    if idle:
        sentences.append(tr("{count} 个不在启用状态，启用后才算。", count=idle))
    return sentences


def period_sentences(scope: PeriodScope) -> list[str]:
    """Return what a period changes, in numbers."""
    if not scope.places:
        return [tr("这 {count} 天里没有执勤点要加人：范围里没有启用且有需求的点位。", count=scope.days)]
    places = tr("{count} 个执勤点", count=len(scope.places))
    sentences = [
        tr("{days} 天，{places}：最低共 +{low} 人次，期望共 +{high} 人次。", days=scope.days, places=places,
           low=scope.minimum, high=scope.desired)
    ]  # fmt: skip
    for published, words in ((True, _published), (False, _drafts)):
        weeks = [week_text(Week.parse(week)) for week, done in scope.weeks if done is published]
        if weeks:
            sentences.append(words(tr("、|joint").join(weeks)))
    return sentences


def _published(weeks: str) -> str:
    return tr("{weeks}已发布：加的人要补排再发布。", weeks=weeks)


def _drafts(weeks: str) -> str:
    return tr("{weeks}还是草稿：下次自动排班就按新的需求。", weeks=weeks)


def _more_of(row: PeriodRow) -> str:
    return more_text(row.more_minimum, row.more_desired, row.percent)


def _reach_text(row: AreaPlace) -> str:
    return {
        Reach.COMMUNITY: tr("在社区里"),
        Reach.GRID_CELL: tr("在网格里"),
        Reach.LISTED: tr("单独加入"),
    }[row.reach]


def _tiers_text(row: AreaPlace) -> str:
    if row.raised_to == row.tier:
        return tier_text(row.tier)
    return f"{tier_text(row.tier)} → {tier_text(row.raised_to)}"


def _chip(row: AreaRow | PeriodRow) -> str:
    return {When.BEFORE: "plain", When.DURING: "accent", When.AFTER: ""}[row.when]


def _faded(row: AreaRow | PeriodRow) -> str:
    return "text3" if row.when is When.AFTER else ""
