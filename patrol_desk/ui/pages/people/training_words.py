"""Words and figures of courses."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Final
from unicodedata import normalize

from patrol_desk.models import TrainingResult
from patrol_desk.services.people import TrainingRow
from patrol_desk.services.people.training import REFRESH_AHEAD
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.people.words import Word
from patrol_desk.ui.widgets.painting import Tone

AHEAD: Final = REFRESH_AHEAD
"""How long before its day a refresher is marked."""
MOST_HOURS: Final = 100
RESULTS: Final = MappingProxyType[TrainingResult, Word](
    {
        TrainingResult.PASSED: lambda: tr("合格"),
        TrainingResult.FAILED: lambda: tr("不合格"),
        TrainingResult.ATTENDED: lambda: tr("参加|培训"),
    }
)


def newest(rows: Sequence[TrainingRow]) -> frozenset[str]:
    """Return the ids of the rows that settle when a course must be refreshed: the newest of each that was not failed.

    Parameters
    ----------
    rows
        The latest first.
    """
    found: dict[str, str] = {}
    for row in rows:
        if row.result is not TrainingResult.FAILED:
            found.setdefault(row.course, row.id)
    return frozenset(found.values())


def due_text(day: date, today: date) -> tuple[str, Tone]:
    """Return when a course must be refreshed, and the tone of the chip."""
    left = (day - today).days
    if left < 0:
        return tr("{day} 应复训，已过期", day=day), "red"
    if day <= today + AHEAD:
        return tr("{day} 前复训，还有 {count} 天", day=day, count=left), "amber"
    return tr("{day} 前复训", day=day), "plain"


def minutes_of(hours: str) -> int:
    """Return hours as typed in minutes; raise ValueError when they are none."""
    try:
        value = Decimal(normalize("NFKC", hours).strip())
    except InvalidOperation as error:
        raise ValueError(hours) from error
    if not value.is_finite():
        raise ValueError(hours)
    return round(value * 60)


def hours_wrong(value: object) -> str | None:
    """Return what is wrong with hours as typed, or None."""
    try:
        minutes = minutes_of(str(value))
    except ValueError:
        minutes = -1
    return None if 0 <= minutes <= MOST_HOURS * 60 else tr("请写 0 到 {most} 小时，例如 2 或 1.5。", most=MOST_HOURS)
