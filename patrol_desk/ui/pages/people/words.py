"""Words of the page's closed lists, in the language in force."""

from collections.abc import Callable
from datetime import date
from types import MappingProxyType
from typing import Final

from patrol_desk.models import (
    ActivityClass,
    AttendanceState,
    Force,
    Gender,
    LeaveReason,
    PersonStatus,
    Preference,
    SquadRole,
)
from patrol_desk.services.people import PersonRow
from patrol_desk.ui.i18n import language, tr
from patrol_desk.ui.i18n.dates import short_date

Word = Callable[[], str]

FORCES: Final = MappingProxyType[Force, Word](
    {
        Force.OFFICER: lambda: tr("民警"),
        Force.AUXILIARY: lambda: tr("辅警"),
        Force.VOLUNTEER: lambda: tr("义警"),
        Force.FULL_TIME: lambda: tr("专职巡防员"),
        Force.GUARD: lambda: tr("保安员"),
        Force.GRID_WORKER: lambda: tr("网格员"),
        Force.TRAFFIC: lambda: tr("交通协管员"),
        Force.PUBLICITY: lambda: tr("平安使者"),
        Force.LIAISON: lambda: tr("联络员"),
    }
)
STATUSES: Final = MappingProxyType[PersonStatus, Word](
    {
        PersonStatus.APPLIED: lambda: tr("申请"),
        PersonStatus.VETTED: lambda: tr("审核"),
        PersonStatus.AWAITING_TRAINING: lambda: tr("待培训"),
        PersonStatus.ACTIVE: lambda: tr("在队"),
        PersonStatus.INACTIVE: lambda: tr("已停用"),
    }
)
ACTIVITY: Final = MappingProxyType[ActivityClass, Word](
    {
        ActivityClass.WEEKLY: lambda: tr("每周"),
        ActivityClass.MONTHLY: lambda: tr("每月"),
        ActivityClass.CALL_OUT: lambda: tr("仅召集"),
    }
)
GENDERS: Final = MappingProxyType[Gender, Word]({Gender.FEMALE: lambda: tr("女"), Gender.MALE: lambda: tr("男")})
ROLES: Final = MappingProxyType[SquadRole, Word](
    {
        SquadRole.LEADER: lambda: tr("组长"),
        SquadRole.DEPUTY: lambda: tr("副组长"),
        SquadRole.MEMBER: lambda: tr("组员"),
    }
)
REASONS: Final = MappingProxyType[LeaveReason, Word](
    {
        LeaveReason.PERSONAL: lambda: tr("事假"),
        LeaveReason.SICK: lambda: tr("病假"),
        LeaveReason.WORK: lambda: tr("工作"),
        LeaveReason.FAMILY: lambda: tr("家事"),
        LeaveReason.AWAY: lambda: tr("外出"),
        LeaveReason.OTHER: lambda: tr("其他"),
    }
)
PREFERENCES: Final = MappingProxyType[int, Word](
    {
        int(Preference.PREFER): lambda: tr("优先"),
        int(Preference.FINE): lambda: tr("可以"),
        int(Preference.AVOID): lambda: tr("尽量不"),
        int(Preference.UNAVAILABLE): lambda: tr("不可"),
    }
)
"""In the order of the brushes."""
ATTENDANCE: Final = MappingProxyType[AttendanceState, Word](
    {
        AttendanceState.PRESENT: lambda: tr("到"),
        AttendanceState.LATE: lambda: tr("迟"),
        AttendanceState.ABSENT: lambda: tr("缺"),
        AttendanceState.REPLACED: lambda: tr("替"),
    }
)
WEEKDAYS: Final[tuple[Word, ...]] = (
    lambda: tr("一|周一"),
    lambda: tr("二|周二"),
    lambda: tr("三|周三"),
    lambda: tr("四|周四"),
    lambda: tr("五|周五"),
    lambda: tr("六|周六"),
    lambda: tr("日|周日"),
)
"""Heads of narrow columns, Monday first."""
SKILL_ICONS: Final = MappingProxyType(
    {
        "first_aid": "heart-pulse", "AID": "heart-pulse", "driving": "car", "DRV": "car", "radio": "radio",
        "RAD": "radio", "language": "languages", "LNG": "languages",
    }
)  # fmt: skip
"""Code of a skill → its icon; others show their mark."""


def state_text(row: PersonRow, today: date) -> str:
    """Return what the column of states shows: leave before status."""
    if row.retired:
        return STATUSES[PersonStatus.INACTIVE]()
    if row.pause is not None and (row.paused(today) or row.leave is None):
        return pause_text(*row.pause, today)
    if row.leave is not None:
        return leave_text(*row.leave, today)
    return STATUSES[row.status]()


def pause_text(first: date, last: date | None, today: date) -> str:
    """Return the days of a pause in a few words: until when it lasts, or when it begins."""
    if first > today:
        return tr("{day} 起暂停", day=short_date(first))
    return tr("暂停至 {day}", day=short_date(last)) if last is not None else tr("已暂停|人员")


def leave_text(first: date, last: date, today: date) -> str:
    """Return the days of a leave in a few words: until when it lasts, or when it begins."""
    if first > today and first != last:
        return tr("{day} 起请假", day=short_date(first))
    if first == last:
        return tr("请假 {day}", day=short_date(first))
    return tr("请假至 {day}", day=short_date(last))


def hours_text(minutes: int) -> str:
    """Return minutes as hours: ``45`` or ``4.5``."""
    return f"{minutes / 60:.1f}".removesuffix(".0")


def listed(words: list[str]) -> str:
    """Return words one after another as a sentence lists them."""
    return (", " if language() == "en" else "、").join(words)
