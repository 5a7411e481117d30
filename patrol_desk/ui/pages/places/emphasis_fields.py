"""The forms of priority areas and security periods, as data."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from patrol_desk.models import CheckpointKind
from patrol_desk.services.places.emphasis_rows import AreaRow, PeriodRow
from patrol_desk.services.places.rows import PlaceChoices
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.places.fields import Others, Taken, check_field, listed
from patrol_desk.ui.pages.places.words import kind_text
from patrol_desk.ui.widgets.forms import Field

Listed = Callable[[], Sequence[tuple[str, str]]]
"""Gives keys and words of a choice."""
_MOST_HEADS = 100
_MOST_PERCENT = 300


def area_fields(choices: Callable[[], PlaceChoices], taken: Taken, others: Others) -> Sequence[Field]:
    """Return the fields of a priority area."""
    check = partial(check_field, "priority_areas", taken, others)
    return (
        Field("code", lambda: tr("编号"), check=partial(check, "code"), longest=40),
        Field("name", lambda: tr("名称"), check=partial(check, "name"), longest=80),
        Field("first_on", lambda: tr("第一天"), "date", check=partial(check, "first_on")),
        Field("last_on", lambda: tr("最后一天"), "date", check=partial(check, "last_on")),
        Field("community_id", lambda: tr("社区"), "choice", choices=lambda: listed(choices().communities)),
        Field("grid_cell_id", lambda: tr("网格"), "choice", choices=lambda: listed(choices().grid_cells)),
        Field("raised", lambda: tr("重要程度"), "choice", choices=_raises),
    )


def period_fields(areas: Listed, taken: Taken, others: Others) -> Sequence[Field]:
    """Return the fields of a security period."""
    check = partial(check_field, "security_periods", taken, others)
    return (
        Field("code", lambda: tr("编号"), check=partial(check, "code"), longest=40),
        Field("name", lambda: tr("名称"), check=partial(check, "name"), longest=80),
        Field("first_on", lambda: tr("第一天"), "date", check=partial(check, "first_on")),
        Field("last_on", lambda: tr("最后一天"), "date", check=partial(check, "last_on")),
        Field("area_id", lambda: tr("片区"), "choice", choices=lambda: [("", tr("全镇")), *areas()]),
        Field("checkpoint_kind", lambda: tr("类别"), "choice", choices=_kinds),
        Field("more_minimum", lambda: tr("每班最低加"), "number", bounds=(0, _MOST_HEADS)),
        Field("more_desired", lambda: tr("每班期望加"), "number", bounds=(0, _MOST_HEADS)),
        Field("percent", lambda: tr("再加百分比"), "number", bounds=(0, _MOST_PERCENT), suffix=" %"),
    )


def area_values(row: AreaRow) -> dict[str, Any]:
    """Return an area as the form shows it."""
    return {
        "code": row.code,
        "name": row.name,
        "first_on": row.first_on,
        "last_on": row.last_on,
        "community_id": row.community_id or "",
        "grid_cell_id": row.grid_cell_id or "",
        "raised": str(row.raised),
    }


def period_values(row: PeriodRow) -> dict[str, Any]:
    """Return a period as the form shows it."""
    return {
        "code": row.code,
        "name": row.name,
        "first_on": row.first_on,
        "last_on": row.last_on,
        "area_id": row.area_id or "",
        "checkpoint_kind": "" if row.kind is None else row.kind.value,
        "more_minimum": row.more_minimum,
        "more_desired": row.more_desired,
        "percent": row.percent,
    }


def _raises() -> list[tuple[str, str]]:
    return [("0", tr("只作名单")), ("1", tr("升 {count} 级", count=1)), ("2", tr("升 {count} 级", count=2))]


def _kinds() -> list[tuple[str, str]]:
    return [("", tr("所有类别")), *((kind.value, kind_text(kind)) for kind in CheckpointKind)]
