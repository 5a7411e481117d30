"""What somebody served by month and class, what is published without attendance, and where somebody belonged."""

from datetime import date

from patrol_desk.common.actor import Actor
from patrol_desk.common.ids import new_id
from patrol_desk.models import (
    AttendanceState,
    Holiday,
    HolidayKind,
    ResponseTeam,
    SquadRole,
    TeamMembership,
    VersionState,
)
from patrol_desk.services.people import PersonDetail, person_detail
from tests.helpers.tiny import MONDAY, WEEK, Tiny
from tests.services.today.planted import plant

SATURDAY = date(2026, 11, 21)


def detail(tiny: Tiny, actor: Actor, code: str = "A") -> PersonDetail:
    """Return somebody in full."""
    return person_detail(tiny.station, actor, tiny.ids[code], WEEK)


def test_hours_are_told_by_month_and_class(tiny: Tiny, chief: Actor) -> None:
    """Weekday, night, weekend, holiday; a make-up Saturday is a weekday; who did not come has no hours."""
    assert detail(tiny, chief).months == ()
    tiny.add(
        Holiday(on_date=date(2026, 10, 1), name="国庆", kind=HolidayKind.HOLIDAY),
        Holiday(on_date=date(2026, 10, 10), name="补班", kind=HolidayKind.MAKE_UP_WORKDAY),
        tiny.served("A", "P1", "D", date(2026, 10, 1)),
        tiny.served("A", "P1", "D", date(2026, 10, 10)),
        tiny.served("A", "P1", "D", date(2026, 11, 18), state=AttendanceState.LATE, minutes=200),
        tiny.served("A", "P1", "N", date(2026, 11, 20)),
        tiny.served("A", "P1", "D", SATURDAY),
        tiny.served("A", "P1", "D", date(2026, 11, 19), state=AttendanceState.ABSENT, minutes=0),
        tiny.served("A", "P1", "N", date(2026, 11, 17), state=AttendanceState.REPLACED, minutes=0),
        tiny.served("A", "P1", "D", date(2026, 5, 31)),
        tiny.served("B", "P1", "D", date(2026, 11, 18)),
    )
    november, october = detail(tiny, chief).months
    assert (november.first, november.duties, november.minutes) == (date(2026, 11, 1), 3, (200, 240, 240, 0))
    assert (november.missed, november.planned, november.total) == (2, 0, 680)
    assert (october.first, october.duties, october.minutes) == (date(2026, 10, 1), 2, (240, 0, 0, 240))


def test_published_duties_count_until_attendance_says_more(tiny: Tiny, chief: Actor) -> None:
    """A draft counts for nothing; of a published week only what nobody has written down yet is planned."""
    plant(tiny, [("A", "P1", "D", 0, True), ("A", "P1", "D", 1, True), ("B", "P1", "D", 0, False)])
    plant(tiny, [("A", "P1", "D", 2, True)], state=VersionState.DRAFT, number=2)
    (month,) = detail(tiny, chief).months
    assert (month.duties, month.planned, month.minutes) == (0, 480, (0, 0, 0, 0))
    tiny.add(tiny.served("A", "P1", "D", MONDAY))
    (month,) = detail(tiny, chief).months
    assert (month.duties, month.planned, month.total) == (1, 240, 240)


def test_memberships_in_teams_are_told_with_those_in_squads(tiny: Tiny, chief: Actor) -> None:
    """From when until when, the latest first; one taken back is none."""
    team = ResponseTeam(id=new_id(), code="T1", name="先莞一队")
    tiny.add(team)
    spans: list[tuple[date, date | None, date | None]] = [
        (date(2025, 1, 1), date(2025, 6, 30), None),
        (date(2026, 1, 1), None, None),
        (date(2025, 9, 1), date(2025, 9, 30), date(2025, 9, 1)),
    ]
    for first, last, ended in spans:
        tiny.add(
            TeamMembership(
                person_id=tiny.ids["A"], team_id=team.id, role=SquadRole.MEMBER, from_on=first, until_on=last,
                ended_on=ended,
            )
        )  # fmt: skip
    found = detail(tiny, chief)
    assert [(row.name, row.from_on, row.until_on) for row in found.teams] == [
        ("先莞一队", date(2026, 1, 1), None), ("先莞一队", date(2025, 1, 1), date(2025, 6, 30)),
    ]  # fmt: skip
    assert [row.name for row in found.memberships] == ["石桥队"]
