"""Sheets of every kind as read from a file: who is where, what is asked for, what changed, what is refused."""

from datetime import date, timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, InvalidDataError, PatrolError
from patrol_desk.common.message import Message
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import (
    AttendanceState,
    Checkpoint,
    CheckpointKind,
    CheckpointStatus,
    Community,
    EquipmentItem,
    KnownGap,
    MusterPoint,
    SecurityPeriod,
)
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.printed.ask import Ask
from patrol_desk.services.printed.callouts import CallOutCard
from patrol_desk.services.printed.content import PrintedSheet
from patrol_desk.services.printed.kinds import KINDS, Need
from patrol_desk.services.printed.marks import MemberRole, PlanState, PrivacyProfile
from patrol_desk.services.printed.persons import (
    AvailabilityForm,
    CallSheet,
    ChangeKind,
    ChangeSlip,
    HoursSheet,
    PersonSlip,
)
from patrol_desk.services.printed.posts import CheckpointWeekSheet, MusterDaySheet, OverviewSheet, SignInSheet
from patrol_desk.services.printed.read import printed_sheets
from patrol_desk.services.station import Station
from patrol_desk.storage import queries
from tests.helpers.tiny import MONDAY, WEEK, Tiny
from tests.services.test_sheets import assign
from tests.services.test_sheets_week import second_draft

FRIDAY = MONDAY + timedelta(days=4)
SEATS = (("A", "P1", "D", 0), ("B", "P1", "D", 0), ("A", "P1", "D", 1), ("C", "P2", "N", 4))


def one(tiny: Tiny, chief: Actor, kind: str, ask: Ask) -> PrintedSheet:
    """Return the only sheet of a kind."""
    (sheet,) = printed_sheets(tiny.station, chief, kind, ask)
    return sheet


def add_places(tiny: Tiny) -> None:
    """Add two muster points, one beside P1, one beside P2, and what the first holds."""
    tiny.add(
        MusterPoint(code="M1", name="镇政府广场", lon=113.76, lat=22.90),
        MusterPoint(code="M2", name="文化站", lon=113.77, lat=22.90),
        MusterPoint(code="M3", name="无坐标"),
        Community(code="441900121001", name="石桥社区"),
    )
    tiny.add(
        EquipmentItem(code="E1", name="对讲机", muster_point_id=tiny.ids["M1"], quantity=4),
        EquipmentItem(code="E2", name="手电", muster_point_id=tiny.ids["M1"], quantity=2),
    )


def test_a_checkpoints_week_names_who_stands_there_and_who_is_missing(tiny: Tiny, chief: Actor) -> None:
    """Leaders first, squads beside the names, heads as asked for; a place without duty or demand has no sheet."""
    assign(tiny, *SEATS)
    first, second = printed_sheets(tiny.station, chief, "checkpoint-week", Ask(week=WEEK))
    assert isinstance(first, CheckpointWeekSheet)
    assert isinstance(second, CheckpointWeekSheet)
    (day,) = first.shifts
    assert day.shift.mark == "早"
    monday, tuesday = day.days[:2]
    assert [(person.name, person.role, person.squad) for person in monday.people] == [
        ("甲A", MemberRole.LEADER, "石桥队"),
        ("甲B", MemberRole.MEMBER, "石桥队"),
    ]
    assert (monday.minimum, monday.missing, tuesday.missing) == (2, 0, 1)
    assert [(manning.minimum, manning.desired) for manning in second.shifts[0].days][4] == (1, 2)
    assert (first.frame.version is not None, first.subject, first.period) == (True, "P1", "2026-W48")


def test_a_checkpoint_out_of_use_asks_for_nobody(tiny: Tiny, chief: Actor) -> None:
    """It has no sheet of its own unless it is named, and then an empty one."""
    assign(tiny, ("C", "P2", "N", 4))
    with tiny.station.write(chief, "test") as unit:
        from patrol_desk.models import Checkpoint

        post = queries.first(unit.session, Checkpoint, "id", code="P1")
        assert post is not None
        post.status = CheckpointStatus.SUSPENDED
        unit.commit()
    assert [sheet.subject for sheet in printed_sheets(tiny.station, chief, "checkpoint-week", Ask(week=WEEK))] == ["P2"]
    named = one(tiny, chief, "checkpoint-week", Ask(week=WEEK, checkpoints=("P1",)))
    assert isinstance(named, CheckpointWeekSheet)
    assert named.shifts == ()


def test_what_the_planner_asks_for_is_what_the_sheets_ask_for(tiny: Tiny, chief: Actor) -> None:
    """A security period adds heads on its day, a neighbour's heads are told apart, a temporary duty has its days."""
    day = {"first_on": WEEK.days[3], "last_on": WEEK.days[3]}
    temporary = {"kind": CheckpointKind.TEMPORARY_DUTY, "status": CheckpointStatus.ACTIVE, "short_name": "年货"}
    tiny.add(
        SecurityPeriod(code="B1", name="年货节", more_minimum=2, more_desired=3, **day),
        Checkpoint(code="P3", name="年货街", tier=1, **temporary, **day),
    )
    tiny.add(
        *(tiny.demand("P2", "D", weekday, minimum=3, desired=4, held=2) for weekday in range(7)),
        *(tiny.demand("P3", "D", weekday) for weekday in range(7)),
    )
    assign(tiny, *SEATS)
    sheets = {sheet.subject: sheet for sheet in printed_sheets(tiny.station, chief, "checkpoint-week", Ask(week=WEEK))}
    gate, fair = sheets["P2"], sheets["P3"]
    assert isinstance(gate, CheckpointWeekSheet)
    assert isinstance(fair, CheckpointWeekSheet)
    days = gate.shifts[0].days
    assert [(one.minimum, one.desired, one.held) for one in days[2:4]] == [(1, 2, 2), (3, 5, 2)]
    assert [(one.minimum, one.desired) for one in fair.shifts[0].days] == [*[(0, 0)] * 3, (3, 4), *[(0, 0)] * 3]
    signed = {sheet.subject for sheet in printed_sheets(tiny.station, chief, "sign-in", Ask(day=WEEK.days[2]))}
    assert signed == {"P2"}


def test_what_is_knowingly_left_open_is_told_apart(tiny: Tiny, chief: Actor) -> None:
    """Of three heads asked for one is left open: with one there one is missing; with two only the open one is."""
    tiny.add(*(tiny.demand("P2", "D", weekday, minimum=3, desired=4) for weekday in range(7)))
    place = {"checkpoint_id": tiny.ids["P2"], "pattern_id": tiny.ids["D"]}
    tiny.add(
        KnownGap(**place, on_date=FRIDAY, heads=1, reason="修路"),
        KnownGap(**place, on_date=MONDAY, heads=9, reason="停电"),
    )
    assign(tiny, ("A", "P2", "D", 4), ("A", "P2", "D", 3), ("B", "P2", "D", 4))
    sheet = one(tiny, chief, "checkpoint-week", Ask(week=WEEK, checkpoints=("P2",)))
    assert isinstance(sheet, CheckpointWeekSheet)
    days = sheet.shifts[0].days
    assert [(day.minimum, day.known, day.missing, day.left_open) for day in days] == [
        (0, 3, 0, 3), (3, 0, 3, 0), (3, 0, 3, 0), (3, 0, 2, 0), (2, 1, 0, 1), (3, 0, 3, 0), (3, 0, 3, 0),
    ]  # fmt: skip


def test_a_muster_points_day_holds_the_places_nearest_to_it(tiny: Tiny, chief: Actor) -> None:
    """Monday's shift at P1 stands with M1, Friday's night at P2 with M2; equipment is counted."""
    add_places(tiny)
    assign(tiny, *SEATS)
    monday = one(tiny, chief, "muster-day", Ask(day=MONDAY))
    assert isinstance(monday, MusterDaySheet)
    assert (monday.code, [(thing.name, thing.quantity) for thing in monday.equipment]) == (
        "M1",
        [("对讲机", 4), ("手电", 2)],
    )
    assert [(post.code, len(post.manning.people)) for post in monday.shifts[0].posts] == [("P1", 2)]
    assert one(tiny, chief, "muster-day", Ask(day=FRIDAY)).subject == "M2"
    named = printed_sheets(tiny.station, chief, "muster-day", Ask(day=FRIDAY, muster_points=("M1", "M3"), shift="D"))
    assert [sheet.subject for sheet in named] == ["M1", "M3"]


def test_a_sign_in_sheet_of_a_checkpoint_names_its_muster_point(tiny: Tiny, chief: Actor) -> None:
    """Who is due, in the order of the squad, and where the equipment comes from."""
    add_places(tiny)
    assign(tiny, *SEATS)
    sheet = one(tiny, chief, "sign-in", Ask(day=MONDAY, profile=PrivacyProfile.LEADER))
    assert isinstance(sheet, SignInSheet)
    assert (sheet.of, sheet.code, sheet.muster, sheet.muster_m) == ("checkpoint", "P1", "M1 镇政府广场", 0)
    (shift,) = sheet.shifts
    assert [(person.name, person.phone) for person in shift.manning.people] == [
        ("甲A", "13800002046"),
        ("甲B", "13800002046"),
    ]
    assert len(sheet.equipment) == 2
    public = one(tiny, chief, "sign-in", Ask(day=MONDAY, profile=PrivacyProfile.PUBLIC))
    assert isinstance(public, SignInSheet)
    assert [person.phone for person in public.shifts[0].manning.people] == ["", ""]
    assert printed_sheets(tiny.station, chief, "sign-in", Ask(day=MONDAY, shift="N")) == []


def test_a_sign_in_sheet_of_a_squad_names_the_places(tiny: Tiny, chief: Actor) -> None:
    """A squad that is named and serves nowhere gets blank rows."""
    assign(tiny, *SEATS)
    first, second = printed_sheets(tiny.station, chief, "sign-in", Ask(day=FRIDAY, squads=("S1", "S2")))
    assert isinstance(first, SignInSheet)
    assert isinstance(second, SignInSheet)
    assert first.shifts == ()
    assert [(person.name, person.place) for person in second.shifts[0].manning.people] == [("甲C", "石桥桥头")]
    (none,) = printed_sheets(tiny.station, chief, "sign-in", Ask(day=FRIDAY, squads=("S2",), shift="D"))
    assert isinstance(none, SignInSheet)
    assert none.shifts == ()


def test_the_overview_counts_everybody(tiny: Tiny, chief: Actor) -> None:
    """All places that are asked for or manned, and the heads of each day."""
    assign(tiny, *SEATS)
    sheet = one(tiny, chief, "overview", Ask(week=WEEK))
    assert isinstance(sheet, OverviewSheet)
    assert sheet.day_totals() == (2, 1, 0, 0, 1, 0, 0)
    assert [(group.name, [row.code for row in group.rows]) for group in sheet.groups] == [("", ["P1", "P2"])]


def test_slips_are_for_those_on_duty(tiny: Tiny, chief: Actor) -> None:
    """By squad, leader first; the named one gets a slip without a duty too."""
    assign(tiny, *SEATS)
    slips = printed_sheets(tiny.station, chief, "slip", Ask(week=WEEK))
    assert [sheet.subject for sheet in slips] == ["A", "B", "C"]
    first = slips[0]
    assert isinstance(first, PersonSlip)
    assert [(duty.day, duty.place) for duty in first.duties] == [
        (MONDAY, "石桥市场"),
        (MONDAY + timedelta(days=1), "石桥市场"),
    ]
    assert (first.leader, first.leader_phone) == ("甲A", "13800002046")
    named = one(tiny, chief, "slip", Ask(week=WEEK, persons=("X",)))
    assert isinstance(named, PersonSlip)
    assert (named.duties, named.leader) == ((), "")


def test_a_change_slip_concerns_only_who_changed(tiny: Tiny, chief: Actor) -> None:
    """B comes, C goes, A keeps one duty and stands on no slip; marks say what became of each duty."""
    assign(tiny, ("A", "P1", "D", 0), ("B", "P1", "D", 0), ("C", "P2", "N", 4))
    with pytest.raises(PatrolError) as refused:
        printed_sheets(tiny.station, chief, "change-slip", Ask(week=WEEK))
    assert refused.value.message.code == "sheet.no_older_version"
    publish(tiny.station, chief, WEEK)
    second_draft(tiny, chief, ("A", "P1", "D", 0), ("B", "P1", "D", 0), ("B", "P1", "D", 1))
    publish(tiny.station, chief, WEEK)
    first, second = printed_sheets(tiny.station, chief, "change-slip", Ask(week=WEEK))
    assert isinstance(first, ChangeSlip)
    assert isinstance(second, ChangeSlip)
    assert first.before == 1
    assert [person.name for person in first.people] == ["甲B"]
    assert [duty.kind for duty in first.people[0].duties] == [ChangeKind.KEPT, ChangeKind.NEW]
    assert [duty.kind for duty in second.people[0].duties] == [ChangeKind.DROPPED]
    only = one(tiny, chief, "change-slip", Ask(week=WEEK, squads=("S2",), before=1))
    assert only.subject == "S2"
    week = one(tiny, chief, "checkpoint-week", Ask(week=WEEK, checkpoints=("P1",)))
    assert isinstance(week, CheckpointWeekSheet)
    changed = [[person.changed for person in day.people] for day in week.shifts[0].days[:2]]
    assert changed == [[False, False], [True]]
    for day, fresh in ((MONDAY, [False, False]), (WEEK.days[1], [True])):
        signs = one(tiny, chief, "sign-in", Ask(day=day, squads=("S1",)))
        assert isinstance(signs, SignInSheet)
        assert [person.changed for person in signs.shifts[0].manning.people] == fresh


def test_a_squads_call_sheet_says_who_serves_that_day(tiny: Tiny, chief: Actor) -> None:
    """Whole numbers, leaders first, and what somebody does that day."""
    assign(tiny, *SEATS)
    sheet = one(tiny, chief, "call-sheet", Ask(day=MONDAY, squads=("S1",)))
    assert isinstance(sheet, CallSheet)
    assert [(line.name, line.phone, line.note) for line in sheet.lines] == [
        ("甲A", "13800002046", "早·市场"),
        ("甲B", "13800002046", "早·市场"),
    ]
    assert sheet.frame.profile is PrivacyProfile.LEADER


def test_a_call_sheet_for_a_free_seat_ranks_who_could_take_it(tiny: Tiny, chief: Actor) -> None:
    """In the order of the replacement finder, with its reason; a place without a free seat has no sheet."""
    assign(tiny, ("C", "P2", "N", 4))
    sheet = one(tiny, chief, "call-sheet", Ask(day=FRIDAY, checkpoints=("P2",)))
    assert isinstance(sheet, CallSheet)
    assert (sheet.place, sheet.needed) == ("石桥桥头", 1)
    assert "甲C" not in [line.name for line in sheet.lines]
    assert sheet.lines
    assert isinstance(sheet.lines[0].note, Message)
    with pytest.raises(PatrolError) as refused:
        printed_sheets(tiny.station, chief, "call-sheet", Ask(day=FRIDAY, checkpoints=("P1",), shift="D"))
    assert refused.value.message.code == "sheet.no_free_seat"


def test_a_months_hours_come_from_attendance(tiny: Tiny, chief: Actor) -> None:
    """Counts by what became of each duty, and the minutes; other months are not in it."""
    tiny.add(
        tiny.served("A", "P1", "D", MONDAY),
        tiny.served("A", "P1", "D", FRIDAY, state=AttendanceState.LATE, minutes=200),
        tiny.served("B", "P1", "D", MONDAY, state=AttendanceState.ABSENT, minutes=0),
        tiny.served("B", "P1", "D", date(2026, 10, 31)),
    )
    first, second = printed_sheets(tiny.station, chief, "hours", Ask(month=date(2026, 11, 5)))
    assert isinstance(first, HoursSheet)
    lines = [(line.name, line.present, line.late, line.absent, line.minutes) for line in first.lines]
    assert lines == [("甲A", 1, 1, 0, 440), ("甲B", 0, 0, 1, 0)]
    assert (first.period, first.frame.version, len(getattr(second, "lines", ()))) == ("2026-11", None, 3)


def test_the_availability_form_holds_what_is_known(tiny: Tiny, chief: Actor) -> None:
    """For each shift the seven values of last time; nothing for who never said anything."""
    tiny.add(tiny.person("Q"))
    tiny.add(tiny.member("Q", "S1"))
    sheet = one(tiny, chief, "availability", Ask(squads=("S1",)))
    assert isinstance(sheet, AvailabilityForm)
    assert [shift.mark for shift in sheet.shifts] == ["早", "夜"]
    assert sheet.lines[0].days == ((2,) * 7, (2,) * 7)
    assert sheet.lines[2].days == (None, None)


def test_the_call_out_card_is_a_sample(tiny: Tiny, chief: Actor) -> None:
    """Until call-outs are kept its data are invented, and it says so."""
    card = one(tiny, chief, "call-out", Ask())
    assert isinstance(card, CallOutCard)
    assert card.frame.sample


def test_squads_weeks_are_printed_like_the_others(tiny: Tiny, chief: Actor) -> None:
    """The kind that was there first, with copies numbered."""
    assign(tiny, *SEATS)
    sheets = printed_sheets(tiny.station, chief, "squad-week", Ask(week=WEEK, squads=("S1",), copies=2))
    assert [(sheet.subject, sheet.frame.copy_number) for sheet in sheets] == [("S1", 1), ("S1", 2)]
    assert [sheet.frame.version.state for sheet in sheets if sheet.frame.version] == [PlanState.DRAFT] * 2
    slips = printed_sheets(tiny.station, chief, "slip", Ask(week=WEEK, squads=("S2",), copies=2))
    assert [sheet.frame.copy_number for sheet in slips] == [1, 2]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_says_what_it_needs(tiny: Tiny, chief: Actor, kind: str) -> None:
    """Without its week, day or month there is a sentence in both languages; a viewer may print none."""
    needs = KINDS[kind].needs
    if needs:
        with pytest.raises(InvalidDataError) as refused:
            printed_sheets(tiny.station, chief, kind, Ask())
        assert all(needs[0].value.split("_")[0] in render(refused.value.message, "en") for _ in LANGUAGES)
        assert render(refused.value.message, "zh")
    assert set(needs) <= set(Need)
    with pytest.raises(ForbiddenError):
        printed_sheets(tiny.station, Actor(None, "看板", "viewer"), kind, Ask(week=WEEK, day=MONDAY, month=MONDAY))


def test_readers_for_whom_a_sheet_is_not_are_refused(tiny: Tiny, chief: Actor) -> None:
    """A call sheet never hangs on a wall."""
    with pytest.raises(InvalidDataError) as refused:
        printed_sheets(tiny.station, chief, "call-sheet", Ask(day=MONDAY, profile=PrivacyProfile.PUBLIC))
    assert "公示" in render(refused.value.message)


@pytest.mark.parametrize(
    ("kind", "ask", "code"),
    [
        ("checkpoint-week", Ask(week=WEEK, checkpoints=("P9",)), "sheet.no_checkpoint"),
        ("muster-day", Ask(day=MONDAY, muster_points=("M9",)), "sheet.no_muster_point"),
        ("slip", Ask(week=WEEK, squads=("S9",)), "sheet.no_squad"),
        ("call-sheet", Ask(day=MONDAY, checkpoints=("P1",), shift="Z"), "sheet.no_shift"),
        ("hours", Ask(month=MONDAY, squads=("S9",)), "sheet.no_squad"),
    ],
)
def test_a_code_that_nobody_has_is_named(tiny: Tiny, chief: Actor, kind: str, ask: Ask, code: str) -> None:
    """Nothing is printed, and the sentence says which code."""
    assign(tiny, *SEATS)
    with pytest.raises(PatrolError) as refused:
        printed_sheets(tiny.station, chief, kind, ask)
    assert refused.value.message.code == code


def test_a_file_without_a_township_or_plan_says_so(tiny: Tiny, chief: Actor) -> None:
    """A week nobody planned, and a new station."""
    with pytest.raises(PatrolError) as refused:
        printed_sheets(tiny.station, chief, "overview", Ask(week=WEEK))
    assert refused.value.message.code == "sheet.no_version"
    with Station.create(tiny.station.path.with_name("新.db"), None) as station:
        for kind, ask in (("availability", Ask()), ("overview", Ask(week=WEEK))):
            with pytest.raises(PatrolError) as refused:
                printed_sheets(station, station.system_actor(), kind, ask)
            assert refused.value.message.code == "sheet.no_township"
