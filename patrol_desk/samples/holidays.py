"""Public holidays and make-up workdays of 2026 and 2027."""

from datetime import date, timedelta
from typing import Final

from patrol_desk.models import Holiday
from patrol_desk.models.enums import HolidayKind
from patrol_desk.samples.sample import Rows

_SPANS: Final = (
    # As announced by the State Council's office on 4 November 2025.
    ("元旦", date(2026, 1, 1), 3, True),
    ("春节", date(2026, 2, 15), 9, True),
    ("清明节", date(2026, 4, 4), 3, True),
    ("劳动节", date(2026, 5, 1), 5, True),
    ("端午节", date(2026, 6, 19), 3, True),
    ("中秋节", date(2026, 9, 25), 3, True),
    ("国庆节", date(2026, 10, 1), 7, True),
    # 2027: the days that the law fixes; which days around them are added is announced later.
    ("元旦", date(2027, 1, 1), 1, False),
    ("春节", date(2027, 2, 5), 4, False),
    ("清明节", date(2027, 4, 5), 1, False),
    ("劳动节", date(2027, 5, 1), 2, False),
    ("端午节", date(2027, 6, 9), 1, False),
    ("中秋节", date(2027, 9, 15), 1, False),
    ("国庆节", date(2027, 10, 1), 3, False),
)
"""Name, first day, days, announced."""

_MAKE_UP: Final = (
    ("元旦调休", date(2026, 1, 4)),
    ("春节调休", date(2026, 2, 14)),
    ("春节调休", date(2026, 2, 28)),
    ("劳动节调休", date(2026, 5, 9)),
    ("国庆节调休", date(2026, 9, 20)),
    ("国庆节调休", date(2026, 10, 10)),
)


def add_holidays(rows: Rows) -> None:
    """Add the holidays and make-up workdays, day by day."""
    days = [
        (first + timedelta(days=number), name, HolidayKind.HOLIDAY, announced)
        for name, first, count, announced in _SPANS
        for number in range(count)
    ]
    days += [(day, name, HolidayKind.MAKE_UP_WORKDAY, True) for name, day in _MAKE_UP]
    for day, name, kind, announced in sorted(days):
        rows.add(Holiday, on_date=day, name=name, kind=kind, announced=announced)
