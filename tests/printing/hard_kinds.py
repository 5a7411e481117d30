"""Sheets of every kind as they go wrong most easily: rare and long names, crowds, nobody, a week across New Year."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from patrol_desk.services.printed.content import PrintedSheet
from patrol_desk.services.printed.marks import MemberRole, PlanState, PrivacyProfile, SheetVersion
from patrol_desk.services.printed.persons import (
    AvailabilityLine,
    CallLine,
    ChangedDuty,
    ChangedPerson,
    ChangeKind,
    HoursLine,
    SlipDuty,
)
from patrol_desk.services.printed.place_list import ListedCommunity
from patrol_desk.services.printed.posts import (
    DayShift,
    Equipment,
    Manning,
    OnDuty,
    OverviewGroup,
    OverviewRow,
    PostShift,
    ShiftWeek,
    SignInShift,
)
from tests.printing import specimens
from tests.printing import specimens_of_kinds as kinds
from tests.printing.specimens import LONG_PLACE, RARE_NAMES, SHIFTS

TWELVE = "欧阳上官司马诸葛东方慕容"
THIRTY = LONG_PLACE[:30]
SQUAD = "石桥社区工业园第一物业服务有限公司义警小组"
NEW_YEAR = date(2026, 12, 28)
NAMES = (*RARE_NAMES, TWELVE)
DRAFT = replace(kinds.FRAME, version=SheetVersion(PlanState.DRAFT, 0, "r4187"), copy_number=2)
OUTDATED = replace(kinds.FRAME, version=SheetVersion(PlanState.OUTDATED, 6, "r4187"), profile=PrivacyProfile.LEADER)


def crowd(count: int, *, place: str = "") -> tuple[OnDuty, ...]:
    """Return that many people of two squads, some with names that are hard to print."""
    roles = {0: MemberRole.LEADER, 1: MemberRole.DEPUTY}
    return tuple(
        OnDuty(
            NAMES[number % len(NAMES)],
            roles.get(number, MemberRole.MEMBER),
            SQUAD if number < 4 else "石桥队",
            place,
            f"138{number:08d}",
            changed=number == 2,
        )
        for number in range(count)
    )


def checkpoint_week() -> PrintedSheet:
    """Return a place with a long name, sixty people in one shift, and the week of New Year; a draft."""
    full = Manning(crowd(60), 10, 70)
    days = (full, Manning((), 2, 3), *[Manning(crowd(3), 3, 3)] * 5)
    weeks = (ShiftWeek(SHIFTS[3], days), ShiftWeek(SHIFTS[0], (Manning(),) * 7))
    return replace(
        kinds.checkpoint_week(),
        frame=DRAFT,
        week="2026-W53",
        first_date=NEW_YEAR,
        name=THIRTY,
        address=THIRTY,
        shifts=weeks,
    )


def muster_day() -> PrintedSheet:
    """Return the last night of the year at thirty places."""
    posts = tuple(PostShift(f"P-{at:02d}", THIRTY if at % 3 else "市场", Manning(crowd(at), 3, 4)) for at in range(30))
    things = tuple(Equipment(f"{LONG_PLACE}{at}", at) for at in range(12))
    shifts = (DayShift(SHIFTS[3], posts),)
    return replace(
        kinds.muster_day(), frame=OUTDATED, day=date(2026, 12, 31), name=THIRTY, shifts=shifts, equipment=things
    )


def sign_in() -> PrintedSheet:
    """Return sixty people in a night shift at month's end, and much equipment."""
    things = tuple(Equipment(f"装备{at}", at) for at in range(14))
    shifts = (SignInShift(SHIFTS[0], Manning((), 2, 3)), SignInShift(SHIFTS[3], Manning(crowd(60), 2, 3)))
    sheet = replace(kinds.sign_in(), frame=OUTDATED, day=date(2026, 11, 30), name=THIRTY, muster=THIRTY)
    return replace(sheet, shifts=shifts, equipment=things)


def sign_in_nobody() -> PrintedSheet:
    """Return a day without any shift: blank rows alone."""
    return replace(kinds.sign_in(), shifts=(), equipment=(), muster="")


def overview() -> PrintedSheet:
    """Return places with seven shifts on a day and with nobody."""
    busy = tuple((shift, Manning(crowd(5), 6, 6)) for shift in (*SHIFTS, *SHIFTS[:3]))
    rows = tuple(
        OverviewRow(f"P-{at}", THIRTY if at % 2 else "市场", (busy, (), busy, (), (), (), ())) for at in range(9)
    )
    groups = (OverviewGroup("", rows), OverviewGroup("石桥社区", ()))
    return replace(kinds.overview(), frame=DRAFT, week="2026-W53", first_date=NEW_YEAR, groups=groups)


def slip() -> PrintedSheet:
    """Return somebody with seven duties, some on one day, at places with long names."""
    duties = tuple(
        SlipDuty(NEW_YEAR + timedelta(days=at // 3), SHIFTS[at % 4], THIRTY if at % 2 else "市场", THIRTY)
        for at in range(7)
    )
    sheet = replace(kinds.slip(), frame=DRAFT, week="2026-W53", first_date=NEW_YEAR, name=TWELVE, squad=SQUAD)
    return replace(sheet, leader=TWELVE, duties=duties)


def slip_nothing() -> PrintedSheet:
    """Return somebody without any duty."""
    return replace(kinds.slip(), duties=(), leader="", squad="")


def change_slip() -> PrintedSheet:
    """Return thirteen people, one of them with seven changes on one day."""
    many = tuple(ChangedDuty(list(ChangeKind)[at % 3], NEW_YEAR, SHIFTS[at % 4], THIRTY) for at in range(7))
    people = tuple(ChangedPerson(name, MemberRole.DEPUTY, many if name == TWELVE else many[:2]) for name in NAMES)
    return replace(kinds.change_slip(), frame=OUTDATED, squad=SQUAD, people=people)


def call_sheet() -> PrintedSheet:
    """Return forty people to ring for two places at once."""
    lines = tuple(
        CallLine(NAMES[at % len(NAMES)], MemberRole.DEPUTY, SQUAD, f"139{at:08d}", THIRTY) for at in range(40)
    )
    return replace(kinds.call_sheet(), squad=SQUAD, place=THIRTY, lines=lines)


def call_out() -> PrintedSheet:
    """Return a call-out to which nobody came, with a long report."""
    card = kinds.call_out()
    teams = tuple(replace(team, name=SQUAD, leader=TWELVE, arrived=None, came=None) for team in card.teams)
    return replace(card, report=THIRTY * 6, place=THIRTY, ended=None, drill=True, teams=teams)


def hours() -> PrintedSheet:
    """Return sixty people."""
    lines = tuple(
        HoursLine(NAMES[at % len(NAMES)], MemberRole.LEADER, at, 10, 0, 1, 12_345) for at in range(60)
    )  # fmt: skip
    return replace(kinds.hours(), squad=SQUAD, month=date(2026, 12, 1), lines=lines)


def availability() -> PrintedSheet:
    """Return sixty people and seven shifts."""
    shifts = (*SHIFTS, *SHIFTS[:3])
    lines = tuple(
        AvailabilityLine(NAMES[at % len(NAMES)], MemberRole.DEPUTY, (None, (3,) * 7, *[(at % 4,) * 7] * 5))
        for at in range(60)
    )
    return replace(kinds.availability(), squad=SQUAD, shifts=shifts, lines=lines)


def availability_nobody() -> PrintedSheet:
    """Return a squad that has nobody yet."""
    return replace(kinds.availability(), lines=())


def diagnosis() -> PrintedSheet:
    """Return nine gaps over New Year at forty long places each, and a way that asks a hundred people; a draft."""
    near = tuple(
        replace(one, name=NAMES[at % len(NAMES)], squad=SQUAD, place=THIRTY)
        for at, one in enumerate(kinds.gap(0, near=6).near)
    )
    gaps = tuple(
        replace(
            kinds.gap(at), day=NEW_YEAR + timedelta(days=at % 7), seat=SQUAD, places=((THIRTY, 12), ("市场", 1)) * 20,
            near=near, needed=400 if at % 3 == 0 else 14, left=kinds.gap(at).left[: 1 + at % 3],
        )
        for at in range(9)
    )  # fmt: skip
    asked = replace(kinds.diagnosis().ways[0], people=NAMES * 12, seats=kinds.diagnosis().ways[1].seats * 40)
    return replace(
        kinds.diagnosis(), frame=DRAFT, week="2026-W53", first_date=NEW_YEAR, name=THIRTY[:12], gaps=gaps,
        ways=(asked,), begin=datetime.fromisoformat("2026-12-31T23:59"), missing=1200, proven=0,
    )  # fmt: skip


def diagnosis_no_gap() -> PrintedSheet:
    """Return a week in which every seat has its minimum."""
    return replace(kinds.diagnosis(), gaps=(), ways=(), missing=0, proven=0)


def diagnosis_no_way() -> PrintedSheet:
    """Return a gap that nothing fills."""
    return replace(kinds.diagnosis(), gaps=kinds.diagnosis().gaps[:1], ways=())


def place_list() -> PrintedSheet:
    """Return a township's 364 checkpoints, some with all that can be said of one at great length."""
    told = replace(
        kinds.place_list().groups[1].places[0], name=LONG_PLACE, address=LONG_PLACE, cell=SQUAD, visits=28,
        neighbour=SQUAD, first_on=NEW_YEAR, last_on=NEW_YEAR + timedelta(days=400), muster=THIRTY, metres=123_456,
        kind="temporary_duty", minimum=1680, desired=2240,
    )  # fmt: skip
    plain = kinds.place_list().groups[1].places[1]
    groups = tuple(
        ListedCommunity(
            SQUAD if group == 0 else f"第{group}社区",
            tuple(replace(told if at == 3 else plain, code=f"P-{26 * group + at:03d}") for at in range(26)),
        )
        for group in range(14)
    )
    return replace(kinds.place_list(), name=THIRTY[:12], chosen=True, groups=groups)


HARD: dict[str, Callable[[], PrintedSheet]] = {
    "squad_week": specimens.hard,
    "squad_week_crowd": lambda: specimens.crowd(60),
    "squad_week_draft": specimens.draft_for_display,
    "checkpoint_week": checkpoint_week,
    "muster_day": muster_day,
    "sign_in": sign_in,
    "sign_in_nobody": sign_in_nobody,
    "overview": overview,
    "slip": slip,
    "slip_nothing": slip_nothing,
    "change_slip": change_slip,
    "call_sheet": call_sheet,
    "call_out": call_out,
    "hours": hours,
    "availability": availability,
    "availability_nobody": availability_nobody,
    "place_list": place_list,
    "diagnosis": diagnosis,
    "diagnosis_no_gap": diagnosis_no_gap,
    "diagnosis_no_way": diagnosis_no_way,
}
