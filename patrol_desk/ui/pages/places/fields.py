"""The fields of the forms of places, as data; what is wrong is said while typing, by the rules of import."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any, Final

from patrol_desk.models import CheckpointKind, CheckpointStatus
from patrol_desk.services.places import check_place_field
from patrol_desk.services.places.muster_rows import MusterDetail
from patrol_desk.services.places.rows import Choice, PlaceChoices, PlaceDetail
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.places.words import kind_text, status_text, tier_text
from patrol_desk.ui.widgets.forms import Field, Form

Taken = Callable[[], Collection[str]]
"""Gives the codes that belong to other records."""
Others = Callable[[], Mapping[str, Any]]
"""Gives the values of the whole form."""


_NEEDS: Final = frozenset({"needs_official", "needs_leader", "weekly_visits", "blind_hours"})
"""Fields that the form has and a new checkpoint is not asked for."""


def checkpoint_fields(choices: Callable[[], PlaceChoices], taken: Taken, others: Others) -> Sequence[Field]:
    """Return the fields of a checkpoint."""
    check = partial(check_field, "checkpoints", taken, others)
    return (
        Field("code", lambda: tr("编号"), "text", check=partial(check, "code"), longest=40),
        Field("name", lambda: tr("名称"), "text", check=partial(check, "name"), longest=80),
        Field(
            "short_name", lambda: tr("简称"), "text", check=partial(check, "short_name"), longest=40,
            hint=lambda: tr("排班表和打印用，最多 12 个字"),
        ),
        Field("kind", lambda: tr("类别"), "choice", choices=_kinds),
        Field("tier", lambda: tr("重要程度"), "choice", choices=_tiers),
        Field("community_id", lambda: tr("社区"), "choice", choices=lambda: listed(choices().communities)),
        Field("grid_cell_id", lambda: tr("网格"), "choice", choices=lambda: listed(choices().grid_cells)),
        Field("address", lambda: tr("地址"), "text", check=partial(check, "address"), longest=240),
        Field("lon", lambda: tr("经度"), "text", check=partial(check, "lon"), longest=24),
        Field(
            "lat", lambda: tr("纬度"), "text", check=partial(check, "lat"), longest=24,
            hint=lambda: tr("WGS-84 度数，如 113.6712 和 22.7654；两个都填或都空"),
        ),
        Field("needs_official", lambda: "", "check", words=lambda: tr("每班须有民警、辅警或专职巡防员"), span=2),
        Field("needs_leader", lambda: "", "check", words=lambda: tr("两人以上的班须有组长或副组长"), span=2),
        Field(
            "weekly_visits", lambda: tr("每周巡访"), "number", bounds=(0, 28), check=partial(check, "weekly_visits"),
            hint=lambda: tr("次；抽签定时段。0 是按勤务需求设岗"),
        ),
        Field(
            "blind_hours", lambda: tr("无人时限"), "number", bounds=(0, 168), check=partial(check, "blind_hours"),
            hint=lambda: tr("小时；连续无人最多这么久。0 是不限"),
        ),
        Field("first_on", lambda: tr("第一天"), "date", check=partial(check, "first_on")),
        Field(
            "last_on", lambda: tr("最后一天"), "date", check=partial(check, "last_on"),
            hint=lambda: tr("这些天以外不排班；提前结束就改最后一天"),
        ),
        Field(
            "neighbour", lambda: tr("邻镇"), check=partial(check, "neighbour"), longest=240,
            hint=lambda: tr("和哪个镇街共守；每班对方出几人在“勤务需求”里填"),
        ),
    )  # fmt: skip


def fit_kind(form: Form) -> None:
    """Show what only the chosen kind of checkpoint has: days of a temporary duty, the neighbour of a joint gate."""
    kind = form.value("kind")
    for key, wanted in (
        ("first_on", CheckpointKind.TEMPORARY_DUTY),
        ("last_on", CheckpointKind.TEMPORARY_DUTY),
        ("neighbour", CheckpointKind.JOINT_GATE),
    ):
        form.set_shown(key, kind == wanted.value)


def new_checkpoint_fields(choices: Callable[[], PlaceChoices], taken: Taken, others: Others) -> Sequence[Field]:
    """Return the fields that a new checkpoint is asked for: whether it is in use at once, not what its patrols need."""
    status = Field("status", lambda: tr("状态"), "choice", choices=_first_statuses)
    asked = (field for field in checkpoint_fields(choices, taken, others) if field.key not in _NEEDS)
    return (*asked, status)


def muster_fields(choices: Callable[[], PlaceChoices], taken: Taken, others: Others) -> Sequence[Field]:
    """Return the fields of a muster point."""
    check = partial(check_field, "muster_points", taken, others)
    return (
        Field("code", lambda: tr("编号"), "text", check=partial(check, "code"), longest=40),
        Field("name", lambda: tr("名称"), "text", check=partial(check, "name"), longest=80),
        Field("community_id", lambda: tr("社区"), "choice", choices=lambda: listed(choices().communities)),
        Field("lon", lambda: tr("经度"), "text", check=partial(check, "lon"), longest=24),
        Field(
            "lat", lambda: tr("纬度"), "text", check=partial(check, "lat"), longest=24,
            hint=lambda: tr("WGS-84 度数，如 113.6712 和 22.7654；两个都填或都空"),
        ),
    )  # fmt: skip


def equipment_fields(taken: Taken, others: Others) -> Sequence[Field]:
    """Return the fields of a new kind of equipment."""
    check = partial(check_field, "equipment", taken, others)
    return (
        Field("code", lambda: tr("编号"), "text", check=partial(check, "code"), longest=40),
        Field("name", lambda: tr("名称"), "text", check=partial(check, "name"), longest=80),
        Field("quantity", lambda: tr("数量"), "text", check=partial(check, "quantity"), longest=12),
    )


def checkpoint_values(detail: PlaceDetail) -> dict[str, Any]:
    """Return a checkpoint as the form shows it."""
    row = detail.row
    return {
        "code": row.code,
        "name": row.name,
        "short_name": row.short_name,
        "kind": row.kind.value,
        "tier": str(row.tier),
        "community_id": row.community_id or "",
        "grid_cell_id": detail.grid_cell_id or "",
        "address": detail.address,
        "lon": degrees(detail.lon),
        "lat": degrees(detail.lat),
        "first_on": detail.first_on,
        "last_on": detail.last_on,
        "neighbour": detail.neighbour,
        "needs_official": detail.needs_official,
        "needs_leader": detail.needs_leader,
        "weekly_visits": detail.weekly_visits,
        "blind_hours": detail.blind_hours,
    }


def muster_values(detail: MusterDetail) -> dict[str, Any]:
    """Return a muster point as the form shows it."""
    row = detail.row
    return {
        "code": row.code,
        "name": row.name,
        "community_id": row.community_id or "",
        "lon": degrees(detail.lon),
        "lat": degrees(detail.lat),
    }


def degrees(value: float | None) -> str:
    """Return degrees as typed; empty when unknown."""
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


def check_field(table: Any, taken: Taken, others: Others, field: str, value: Any) -> str | None:  # noqa: ANN401  # any kind
    """Return what is wrong with a field of a form, in words."""
    fault = check_place_field(field, value, table=table, others=others(), taken=taken())
    return None if fault is None else say(fault)


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, kind_text(kind)) for kind in CheckpointKind]


def _tiers() -> list[tuple[str, str]]:
    return [(str(tier), tier_text(tier)) for tier in (1, 2, 3)]


def _first_statuses() -> list[tuple[str, str]]:
    return [(status.value, status_text(status)) for status in (CheckpointStatus.ACTIVE, CheckpointStatus.PLANNED)]


def listed(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    """Return choices of which none need be made."""
    return [("", tr("（未填）")), *((choice.key, choice.text) for choice in choices)]
