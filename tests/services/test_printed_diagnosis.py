"""The doctor's findings as a sheet: gaps, where everybody went, ways in words; of the newest version alone."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import FixedClock
from patrol_desk.common.errors import CancelledByUserError, ForbiddenError, InvalidDataError, PatrolError
from patrol_desk.common.message import Message, Words
from patrol_desk.engine.explain.doctor import Effect
from patrol_desk.engine.explain.doctor.ways import BURDEN, BURDEN_OF_SEAT
from patrol_desk.engine.explain.standing import ORDER
from patrol_desk.messages import LANGUAGES, catalogue, render
from patrol_desk.services.planning.doctor_data import Proposal
from patrol_desk.services.planning.doctoring import diagnose
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.printed.ask import Ask
from patrol_desk.services.printed.build_diagnosis import look_at_week
from patrol_desk.services.printed.content import content_hash
from patrol_desk.services.printed.diagnosis import DiagnosisSheet, Seat
from patrol_desk.services.printed.marks import PlanState, PrivacyProfile
from patrol_desk.services.printed.memory import PAPER, outdated_holders, remember
from patrol_desk.services.printed.read import printed_sheets
from tests.helpers.tiny import MONDAY, WEEK, Tiny
from tests.services.planning.test_ways_out import planned_tiny

DONE = Effect(5, 3, 0.93, 0.92, 1200, 1340, 2, 2)


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """Give the township with a plan of Monday: Tuesday and P2 are empty."""
    return planned_tiny(tmp_path)


def sheet_of(tiny: Tiny, ask: Ask) -> DiagnosisSheet:
    """Return the only sheet."""
    (sheet,) = printed_sheets(tiny.station, tiny.station.system_actor(), "diagnosis", ask)
    assert isinstance(sheet, DiagnosisSheet)
    return sheet


def said(words: Message | str) -> str:
    """Return words in Chinese; those in English are there too."""
    if isinstance(words, str):
        return words
    zh, en = (render(words, language) for language in ("zh", "en"))
    assert en != zh
    return zh


def test_a_sheet_says_what_the_doctor_found(tiny: Tiny) -> None:
    """Gap by gap: heads, places, everybody and whom each rule leaves; those nearest with why and how."""
    actor = tiny.station.system_actor()
    found = diagnose(tiny.station, actor, WEEK)
    sheet = sheet_of(tiny, Ask(week=WEEK, found=found))
    assert (sheet.missing, sheet.proven) == (found.missing, found.proven)
    assert sheet.frame.revision == f"r{found.revision}"
    assert sheet.frame.version is not None
    assert (sheet.frame.version.state, sheet.period, sheet.first_date) == (PlanState.DRAFT, str(WEEK), MONDAY)
    assert [(gap.day, gap.needed, gap.filled, gap.missing) for gap in sheet.gaps] == [
        (group.on_date, group.needed, group.filled, group.missing) for group in found.groups
    ]
    assert {said(gap.seat) for gap in sheet.gaps} >= {"组长", "人数"}
    for gap, group in zip(sheet.gaps, found.groups, strict=True):
        assert [left.count for left in gap.left] == [group.pool, *(step.left for step in group.funnel)]
        assert all(said(left.what) for left in gap.left)
        assert [(near.name, near.metres) for near in gap.near] == [(one.name, one.metres) for one in group.nearest]
        assert all(said(near.why) and said(near.serve) for near in gap.near)
    assert sheet.ways == ()
    same = sheet_of(tiny, Ask(week=WEEK, found=found, profile=PrivacyProfile.PUBLIC))
    assert content_hash(same) == content_hash(sheet)


def test_it_looks_by_itself_and_only_at_the_newest_version(tiny: Tiny) -> None:
    """Without findings the doctor looks; another version is refused, and so are a week without plan and no week."""
    actor = tiny.station.system_actor()
    found = diagnose(tiny.station, actor, WEEK)
    assert sheet_of(tiny, Ask(week=WEEK)).missing == found.missing
    assert sheet_of(tiny, Ask(week=WEEK, number=found.number)).missing == found.missing
    for ask, code in (
        (Ask(week=WEEK, number=found.number + 1), "sheet.newest_only"),
        (Ask(week=WEEK.plus(1)), "plan.none"),
    ):
        with pytest.raises(PatrolError) as refused:
            sheet_of(tiny, ask)
        assert refused.value.message.code == code
        assert all(render(refused.value.message, language) for language in LANGUAGES)
    with pytest.raises(InvalidDataError):
        sheet_of(tiny, Ask())
    with pytest.raises(InvalidDataError):
        sheet_of(tiny, Ask(week=WEEK, profile=PrivacyProfile.LEADER))
    with pytest.raises(ForbiddenError):
        look_at_week(tiny.station, Actor(None, "看板", "viewer"), WEEK)
    with pytest.raises(CancelledByUserError):
        look_at_week(tiny.station, actor, WEEK, cancelled=lambda: True)


TOLD = (
    (Proposal("1", "week_cap", False, DONE, ("甲A",), heads=1, monthly=1), "1 人本周加 1 班", "须本人同意"),
    (Proposal("2", "skill", False, DONE, ("甲A",), term=Words("急救", "aid")), "1 人取得“急救”证书", "先取得证书"),
    (Proposal("3", "rest", True, DONE), "“休息足够”改为尽量遵守", "须所长确认"),
    (Proposal("4", "rest", False, DONE, before=8, after=7), "间隔休息 8 → 7 小时", "须所长确认"),
    (Proposal("5", "reach", False, DONE, before=5, after=6.5), "可达距离 5 → 6.5 km", "须所长确认"),
    (
        Proposal("6", "reach", False, DONE, before=5, after=6, term=Words("巡逻点", "patrol stop")),
        "“巡逻点”可达 5 → 6 km",
        "须所长确认",
    ),
    (Proposal("7", "squad", False, DONE, ("甲A",), heads=2, term=Words("石桥队", "S1")), "请“石桥队”支援 2 席", "路程"),
    (Proposal("8", "open", False, DONE, heads=4), "知情留空 4 席", "记录原因"),
)
"""Ways, their titles and what they ask."""


def test_ways_are_told_in_words(tiny: Tiny) -> None:
    """What gives way, what that fills, what it asks, and what becomes other than it was."""
    found = diagnose(tiny.station, tiny.station.system_actor(), WEEK)
    place = found.groups[0].places[0][0]
    found = replace(found, proposals=tuple(replace(way, seats=(place,)) for way, _title, _cost in TOLD))
    for told, (way, title, cost) in zip(sheet_of(tiny, Ask(week=WEEK, found=found)).ways, TOLD, strict=True):
        assert said(told.title) == title
        assert said(told.gain) == ("留 2 席" if way.asks_reason else "补 2 席")
        costs = [said(one) for one in told.cost]
        assert cost in costs[0]
        assert costs[-2:] == ["公平度 0.93 → 0.92", "平均距离 1.2 → 1.3 km"]
        assert ("1 人由每月改为每周参加" in costs) == bool(way.monthly)
        assert told.seats == (() if way.asks_reason else (Seat(place.place, place.on_date, place.mark),))
        assert told.people == way.people


def test_the_present_week_is_looked_at_from_now_on(tiny: Tiny) -> None:
    """What has begun is no gap any more, and the sheet says from when; of a week to come all is looked at."""
    actor = tiny.station.system_actor()
    for day, begins in ((MONDAY - timedelta(days=1), False), (MONDAY + timedelta(days=2), True)):
        tiny.station.clock = FixedClock(datetime.combine(day, time(4), tzinfo=UTC))
        sheet = sheet_of(tiny, Ask(week=WEEK, found=look_at_week(tiny.station, actor, WEEK)))
        assert (sheet.begin is not None) == begins
        assert all(gap.day >= day for gap in sheet.gaps)


def test_nobody_holds_an_outdated_diagnosis(tiny: Tiny) -> None:
    """It is decided on and done with: a later version does not ask for it back."""
    actor = tiny.station.system_actor()
    sheet = sheet_of(tiny, Ask(week=WEEK))
    assert remember(tiny.station, actor, [sheet], PAPER).value == 1
    publish(tiny.station, actor, WEEK)
    assert outdated_holders(tiny.station, actor, WEEK) == ()


def test_every_rule_has_its_words_on_paper() -> None:
    """Whatever rule keeps people away, and whatever may give way: both can be said."""
    known = catalogue("print")
    lacking = [f"print.dg_{part}_{rule}" for rule in ORDER for part in ("left", "away")]
    assert [code for code in lacking if code not in known] == []
    asked = {code.removeprefix("print.dg_asks_") for code in known if code.startswith("print.dg_asks_")} - {"chief"}
    assert asked == BURDEN.keys() | BURDEN_OF_SEAT.keys()
    assert all(f"print.dg_way_{rule}" in known for rule in asked)
