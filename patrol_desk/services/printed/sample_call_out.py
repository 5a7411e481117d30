"""An invented call-out, until call-outs are kept: the card can be tried, and filled in by hand."""

from datetime import timedelta
from itertools import chain, islice, repeat

from patrol_desk.services.printed.callouts import CalledTeam, CallOutCard
from patrol_desk.services.printed.frame import SheetFrame

_TEAMS = (
    ("先莞一队", "李样例", "13800000001", 6, (0, 1, 3, 8), 5),
    ("先莞二队", "王样例", "13800000002", 5, (1, 2, 6, 13), 4),
    ("巡逻一组", "张样例", "13800000003", 3, (2, 4), None),
)


def sample_call_out(frame: SheetFrame) -> CallOutCard:
    """Return a card of invented people and times, on the day of printing; its frame must say that it is a sample."""
    assert frame.sample
    begun = frame.printed_at.replace(hour=14, minute=18, second=0, microsecond=0)
    teams = []
    for name, leader, phone, heads, after, came in _TEAMS:
        times = (begun + timedelta(minutes=minutes) for minutes in after)
        called, answered, left, arrived = islice(chain(times, repeat(None)), 4)
        teams.append(CalledTeam(name, leader, phone, heads, called, answered, left, arrived, came))
    return CallOutCard(
        frame=frame,
        number="C-0001",
        kind="走失人员",
        place="市场东门",
        report="五岁男童，黄色上衣，14:05 在市场东门与母亲走散。",
        muster="A1 镇政府广场",
        begun=begun,
        ended=begun + timedelta(minutes=52),
        target_minutes=10,
        drill=True,
        teams=tuple(teams),
    )
