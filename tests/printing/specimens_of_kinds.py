"""Sheets of every kind for the tests, as a station prints them. All people are invented."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from patrol_desk.common.message import Message
from patrol_desk.services.printed.callouts import CalledTeam, CallOutCard
from patrol_desk.services.printed.content import PrintedSheet
from patrol_desk.services.printed.diagnosis import DiagnosisSheet, Gap, Left, Near, Seat, Way
from patrol_desk.services.printed.frame import SheetFrame
from patrol_desk.services.printed.marks import MemberRole, PlanState, PrivacyProfile, SheetVersion
from patrol_desk.services.printed.persons import (
    AvailabilityForm,
    AvailabilityLine,
    CallLine,
    CallSheet,
    ChangedDuty,
    ChangedPerson,
    ChangeKind,
    ChangeSlip,
    HoursLine,
    HoursSheet,
    PersonSlip,
    SlipDuty,
)
from patrol_desk.services.printed.place_list import ListedCommunity, ListedPlace, PlaceListSheet
from patrol_desk.services.printed.posts import (
    CheckpointWeekSheet,
    DayShift,
    Equipment,
    Manning,
    MusterDaySheet,
    OnDuty,
    OverviewGroup,
    OverviewRow,
    OverviewSheet,
    PostShift,
    ShiftWeek,
    SignInSheet,
    SignInShift,
)
from tests.printing.specimens import SHIFTS, ordinary

WEEK, MONDAY = "2026-W48", date(2026, 11, 23)
FRIDAY = MONDAY + timedelta(days=4)
FRAME = SheetFrame(
    station="莞溪派出所",
    township="莞溪镇",
    duty_phone="0769-12345110",
    version=SheetVersion(PlanState.PUBLISHED, 7, "r4187"),
    revision="r4187",
    printed_at=datetime.fromisoformat("2026-11-25T14:26"),
    printed_by="周以恒",
    audit_head="a1b2c3d4",
)
NO_PLAN = replace(FRAME, version=None)
EQUIPMENT = tuple(
    Equipment(name, count)
    for name, count in (("对讲机", 4), ("强光手电", 4), ("反光背心", 6), ("急救包", 1), ("警戒带", 2), ("扩音器", 1))
)
PEOPLE = [row.name for row in ordinary().rows]
_ROLES = {0: MemberRole.LEADER, 1: MemberRole.DEPUTY}
_SQUADS = ("石桥队", "榕树队", "莞溪商会义警一队")
_PLACES = ("石桥市场", "石桥桥头岗", "石桥卫生站", "莞溪汽车客运站")


def person(number: int, *, place: str = "") -> OnDuty:
    """Return the nth person of the mock-up, with squad, role and number."""
    role = _ROLES.get(number, MemberRole.MEMBER)
    return OnDuty(PEOPLE[number % len(PEOPLE)], role, _SQUADS[number // 5 % 3], place, f"138{number:08d}")


def manning(*numbers: int, minimum: int = 2, desired: int = 3, fresh: int = -1) -> Manning:
    """Return people at a place, one of them with a duty that the version before had not."""
    people = tuple(replace(person(number), changed=number == fresh) for number in numbers)
    return Manning(people, minimum, desired)


def checkpoint_week() -> CheckpointWeekSheet:
    """Return a checkpoint with three shifts a day, two of them short of people."""
    weeks = []
    for at, shift in enumerate(SHIFTS[:3] + SHIFTS[3:]):
        days = tuple(
            manning(*range((day + 3 * at) % 9, (day + 3 * at) % 9 + (1 if (day + at) % 5 == 4 else 3)))
            for day in range(7)
        )
        weeks.append(ShiftWeek(shift, days))
    return CheckpointWeekSheet(FRAME, WEEK, MONDAY, "P-08", "石桥市场", "石桥社区市场路 18 号", tuple(weeks))


def muster_day() -> MusterDaySheet:
    """Return a day of three places by three shifts."""
    shifts = tuple(
        DayShift(
            shift,
            tuple(
                PostShift(
                    f"P-{place:02d}", name, manning(*range(at + place, at + place + 2 + (at + place) % 3), fresh=3)
                )
                for place, name in enumerate(_PLACES[: 4 - at % 2])
            ),
        )
        for at, shift in enumerate(SHIFTS)
    )
    return MusterDaySheet(FRAME, FRIDAY, "A3", "镇政府广场", shifts, EQUIPMENT)


def sign_in() -> SignInSheet:
    """Return the sheet of the mock-up."""
    shifts = (
        SignInShift(SHIFTS[0], manning(6, 10, 13, fresh=10)),
        SignInShift(SHIFTS[1], manning(1, 12, minimum=2, desired=2)),
        SignInShift(SHIFTS[2], manning(0)),
    )
    return SignInSheet(FRAME, FRIDAY, "checkpoint", "P-08", "石桥市场", "A3 镇政府广场", 600, shifts, EQUIPMENT)


def sign_in_squad() -> SignInSheet:
    """Return a squad's sheet of a day: each row names the place."""
    rows = tuple(replace(person(number, place=_PLACES[number % 4]), changed=number == 3) for number in range(6))
    shifts = (SignInShift(SHIFTS[0], Manning(rows[:4])), SignInShift(SHIFTS[3], Manning(rows[4:])))
    return SignInSheet(FRAME, FRIDAY, "squad", "S012", "石桥队", "", 0, shifts)


def overview(posts: int = 24) -> OverviewSheet:
    """Return a township of that many checkpoints in three communities."""

    def row(number: int) -> OverviewRow:
        days = tuple(
            tuple(
                (shift, manning(*range(at + day + number, at + day + number + 2 + (day + number) % 3)))
                for at, shift in enumerate(SHIFTS)
                if (number + at) % 3
            )
            for day in range(7)
        )
        return OverviewRow(f"P-{number:02d}", _PLACES[number % 4], days)

    groups = tuple(
        OverviewGroup(f"{name}社区", tuple(row(number) for number in range(start, posts, 3)))
        for start, name in enumerate(("石桥", "榕树", "河畔"))
    )
    return OverviewSheet(FRAME, WEEK, MONDAY, "441900121000", SHIFTS, groups)


def slip(number: int = 0, duties: int = 3) -> PersonSlip:
    """Return a person's slip."""
    held = tuple(
        SlipDuty(MONDAY + timedelta(days=2 * at % 7), SHIFTS[at % 4], _PLACES[at % 4], "石桥社区市场路 18 号")
        for at in range(duties)
    )
    name = PEOPLE[number % len(PEOPLE)]
    return PersonSlip(FRAME, WEEK, MONDAY, f"R{number:05d}", name, "石桥队", "梁子谦", "18700006846", held)


def change_slip() -> ChangeSlip:
    """Return two people of whom one's duty moved and the other's night went."""
    kept, new, dropped = ChangeKind.KEPT, ChangeKind.NEW, ChangeKind.DROPPED
    first = (
        ChangedDuty(kept, MONDAY, SHIFTS[0], _PLACES[0]),
        ChangedDuty(dropped, FRIDAY, SHIFTS[1], _PLACES[0]),
        ChangedDuty(new, FRIDAY, SHIFTS[2], _PLACES[1]),
    )
    second = (ChangedDuty(dropped, MONDAY + timedelta(days=1), SHIFTS[3], _PLACES[2]),)
    people = (
        ChangedPerson(PEOPLE[0], MemberRole.LEADER, first),
        ChangedPerson(PEOPLE[4], MemberRole.MEMBER, second),
    )
    return ChangeSlip(FRAME, WEEK, MONDAY, "S012", "石桥队", 6, people)


def call_sheet() -> CallSheet:
    """Return a sheet to fill two seats of an evening."""
    notes = ("第 1 位：同组，1.2 km", "第 2 位：距上次夜班 23 天", "本周已 2 班", "", "正在别处执勤")
    lines = tuple(
        CallLine(PEOPLE[at], _ROLES.get(at, MemberRole.MEMBER), _SQUADS[at % 3], f"139{at:08d}", note)
        for at, note in enumerate(notes)
    )
    frame = replace(FRAME, profile=PrivacyProfile.LEADER)
    return CallSheet(frame, FRIDAY, "P-08", "", "石桥市场", SHIFTS[2], 2, lines)


def call_out() -> CallOutCard:
    """Return the missing child of the stories."""
    begun = datetime.fromisoformat("2026-11-28T14:18")

    def at(minutes: int) -> datetime:
        return begun + timedelta(minutes=minutes)

    teams = (
        CalledTeam("先莞一队", "梁子谦", "18700006846", 6, at(0), at(1), at(3), at(8), 5),
        CalledTeam("先莞三队", "谭可欣", "13500008298", 5, at(1), at(2), at(6), at(13), 4),
        CalledTeam("石桥队巡逻组", "莫静怡", "13800002046", 3, at(2), at(4)),
    )
    report = "五岁男童，黄色上衣，14:05 在市场东门与母亲走散。"
    frame = replace(NO_PLAN, sample=True)
    return CallOutCard(
        frame,
        "C-0412",
        "走失人员",
        "石桥市场东门",
        report,
        "A3 镇政府广场",
        begun,
        at(52),
        10,
        drill=False,
        teams=teams,
    )


def hours(people: int = 14) -> HoursSheet:
    """Return a squad's month."""
    lines = tuple(
        HoursLine(PEOPLE[at % 14], _ROLES.get(at, MemberRole.MEMBER), at % 5, at % 2, at % 7 // 6, 0, 240 * (at % 5))
        for at in range(people)
    )
    return HoursSheet(NO_PLAN, date(2026, 11, 1), "S012", "石桥队", lines)


def availability(people: int = 14) -> AvailabilityForm:
    """Return a squad's form; the last two have never said anything."""
    lines = tuple(
        AvailabilityLine(
            PEOPLE[at % 14],
            _ROLES.get(at, MemberRole.MEMBER),
            tuple(
                None if at >= people - 2 else tuple((at + shift * day) % 4 for day in range(7)) for shift in range(4)
            ),
        )
        for at in range(people)
    )
    return AvailabilityForm(NO_PLAN, date(2026, 11, 25), "S012", "石桥队", SHIFTS, lines)


def gap(number: int, near: int = 4) -> Gap:
    """Return a gap of a night, of drivers or of anybody, with those who come nearest."""
    told = Message("explain.serve_availability")
    away = (Message("print.dg_away_availability"), Message("print.dg_away_rest", {"minutes": 300, "needed": 480}))
    people = tuple(
        Near(PEOPLE[at % 14], _SQUADS[at % 3], 800 + 400 * at, _PLACES[at % 4], away[at % 2], told)
        for at in range(near)
    )
    typed = number % 2 == 0
    everybody = Message("print.dg_all_with", {"kind": "驾驶"}) if typed else Message("print.dg_all")
    left = (
        Left(everybody, 41 if typed else 4145),
        Left(Message("print.dg_left_availability"), 24, Message("explain.kept_availability", {"count": 17})),
        Left(Message("print.dg_left_reach"), 11, Message("explain.kept_reach", {"count": 13})),
    )
    places = ((_PLACES[0], 2), (_PLACES[1], 1))
    seat = "驾驶" if typed else Message("print.dg_seat_any")
    day = MONDAY + timedelta(days=number % 7)
    return Gap(day, SHIFTS[3 - number % 4], seat, 14, 11, 3, 3 - number % 4, places, left, people)


def diagnosis() -> DiagnosisSheet:
    """Return three gaps and three ways out, the last of them for the chief to decide."""
    ways = (
        Way(
            Message("print.dg_way_week_cap", {"count": 2, "term": ""}),
            Message("print.dg_fills", {"count": 2}),
            (Message("print.dg_asks_week_cap"), Message("print.dg_fairness", {"before": "0.93", "after": "0.92"})),
            (PEOPLE[8], PEOPLE[5]),
        ),
        Way(
            Message("print.dg_way_unlock", {"count": 1, "term": ""}),
            Message("print.dg_fills", {"count": 1}),
            (Message("print.dg_asks_unlock"),),
            (PEOPLE[6],),
            (Seat(_PLACES[2], FRIDAY, "夜"),),
        ),
        Way(
            Message("print.dg_way_reach", {"before": "5", "after": "6"}),
            Message("print.dg_fills", {"count": 3}),
            (Message("print.dg_asks_chief"),),
        ),
    )
    gaps = (gap(4), gap(5), gap(6, near=0))
    return DiagnosisSheet(FRAME, WEEK, MONDAY, "441900121000", "莞溪镇", None, 9, 5, gaps, ways)


def place_list() -> PlaceListSheet:
    """Return seven checkpoints of every kind and status, in two communities and in none."""
    market = ListedPlace(
        "P-01", "石桥市场", "石桥路 18 号市场正门", "fixed_post", "active", 1, "石桥第一网格", 42, 56, official=True,
        leader=True, muster="镇政府广场", metres=620,
    )  # fmt: skip
    gate = ListedPlace(
        "P-22", "南坑卡口", "南坑大道", "joint_gate", "active", 1, "石桥第二网格", 63, 91, neighbour="北邻镇",
        muster="南坑体育馆", metres=1840,
    )  # fmt: skip
    stop = ListedPlace(
        "P-04", "榕树公园", "", "patrol_stop", "suspended", 3, "", 0, 0, visits=2, muster="镇政府广场", metres=2310
    )
    fair = ListedPlace(
        "T-03", "新围夜市", "新围大街", "temporary_duty", "planned", 2, "榕树第一网格", 4, 8, first_on=MONDAY,
        last_on=MONDAY + timedelta(days=6), muster="榕树小学", metres=400,
    )  # fmt: skip
    plain = ListedPlace("P-30", "沙角旧渡口", "沙角路", "patrol_stop", "closed", 2, "", 14, 14)
    school = replace(market, code="P-02", name="石桥小学", tier=2, official=False)
    groups = (
        ListedCommunity("榕树社区", (stop, fair)),
        ListedCommunity("石桥社区", (market, school, gate)),
        ListedCommunity("", (plain, replace(plain, code="P-31", name="沙角码头", status="active"))),
    )
    frame = replace(FRAME, version=None)
    return PlaceListSheet(frame, MONDAY, "441900121000", "莞溪镇", False, groups)


ORDINARY: dict[str, Callable[[], PrintedSheet]] = {
    "squad_week": ordinary,
    "checkpoint_week": checkpoint_week,
    "muster_day": muster_day,
    "sign_in": sign_in,
    "sign_in_squad": sign_in_squad,
    "overview": overview,
    "slip": slip,
    "change_slip": change_slip,
    "call_sheet": call_sheet,
    "call_out": call_out,
    "hours": hours,
    "availability": availability,
    "place_list": place_list,
    "diagnosis": diagnosis,
}
