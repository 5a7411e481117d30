"""What find-anything tells of the selected thing."""

from datetime import date, datetime

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError
from patrol_desk.messages import render
from patrol_desk.models import EquipmentItem, MusterPoint, ResponseTeam, Role
from patrol_desk.services.finding.entries import FindKind
from patrol_desk.services.finding.preview import Preview, distance_m, read_preview
from tests.helpers.tiny import MONDAY, Tiny
from tests.services.today.planted import plant

MORNING = datetime.fromisoformat("2026-11-23T09:00")


def told(preview: Preview) -> dict[str, str]:
    """Return the facts in words."""
    return {render(fact.label, "zh"): render(fact.value, "zh") for fact in preview.facts}


def test_checkpoint_tells_who_stands_there_and_what_is_short(tiny: Tiny, chief: Actor) -> None:
    """Now, next, the nearest muster point, the next gap and its cell on the roster."""
    tiny.add(
        MusterPoint(code="A1", name="远处", lon=113.90, lat=22.90),
        MusterPoint(code="A2", name="近处", lon=113.761, lat=22.90),
        MusterPoint(code="A3", name="不知在哪"),
    )
    plant(tiny, [("A", "P1", "D", 0, True)])
    preview = read_preview(tiny.station, chief, FindKind.CHECKPOINT, tiny.ids["P1"], MORNING)
    facts = told(preview)
    assert facts["现在在岗"] == "甲A 1/2"
    assert facts["下一班"] == "不设岗"
    assert facts["最近召集点"] == "A2 近处 0.1 km"
    assert preview.gap is not None
    assert preview.gap.missing == 1
    assert (preview.checkpoint_id, preview.pattern_id, preview.on_date) == (tiny.ids["P1"], tiny.ids["D"], MONDAY)


def test_a_checkpoint_that_is_gone_tells_nothing(tiny: Tiny, chief: Actor) -> None:
    """An id that no longer stands for a place is no error."""
    preview = read_preview(tiny.station, chief, FindKind.CHECKPOINT, "gone", MORNING)
    assert (preview.facts, preview.gap) == ((), None)


def test_no_muster_point_no_distance(tiny: Tiny, chief: Actor) -> None:
    """Without a muster point nothing is said of the nearest."""
    assert "最近召集点" not in told(read_preview(tiny.station, chief, FindKind.CHECKPOINT, tiny.ids["P1"], MORNING))


def test_person_tells_duties_skills_and_leave(tiny: Tiny, chief: Actor) -> None:
    """The week's duties against the cap, valid certificates, and leave that is not over."""
    tiny.add(
        tiny.certificate("A", "AID", None, date(2026, 12, 1)),
        tiny.certificate("B", "AID", None, date(2026, 11, 1)),
        tiny.leave("A", date(2026, 11, 27), date(2026, 11, 28)),
    )
    plant(tiny, [("A", "P1", "D", 0, True), ("A", "P1", "D", 1, True)])
    preview = read_preview(
        tiny.station, chief, FindKind.PERSON, tiny.ids["A"], datetime.fromisoformat("2026-11-24T07:00")
    )
    facts = told(preview)
    assert facts["本周"] == "2 班，上限 3"
    assert facts["执勤"] == "周二 早 石桥市场"
    assert facts["有效证书"] == "急救"
    assert facts["请假"] == "11-27 至 11-28"
    english = {render(fact.label, "en"): render(fact.value, "en") for fact in preview.facts}
    assert english["Leave"] == "27 Nov to 28 Nov"
    assert preview.on_date == date(2026, 11, 24)
    plain = told(read_preview(tiny.station, chief, FindKind.PERSON, tiny.ids["B"], MORNING))
    assert plain == {"本周": "0 班，上限 3"}


def test_groups_tell_what_they_have(tiny: Tiny, chief: Actor) -> None:
    """A squad its duties of the week, a muster point its stock and teams, a team nothing more."""
    tiny.add(MusterPoint(code="A1", name="党群中心"), MusterPoint(code="A9", name="空"))
    tiny.add(
        EquipmentItem(code="E1", name="手台", muster_point_id=tiny.ids["A1"], quantity=4),
        *(ResponseTeam(code=f"XG-{n}", name=f"先莞{n}队", muster_point_id=tiny.ids["A1"]) for n in range(1, 6)),
    )
    plant(tiny, [("A", "P1", "D", 0, True), ("B", "P1", "D", 1, False)])
    assert told(read_preview(tiny.station, chief, FindKind.SQUAD, tiny.ids["S1"], MORNING)) == {"本周": "2 个班次"}
    muster = told(read_preview(tiny.station, chief, FindKind.MUSTER_POINT, tiny.ids["A1"], MORNING))
    assert muster == {"装备": "手台 4", "应急响应小组": "先莞1队、先莞2队、先莞3队 +2"}
    assert told(read_preview(tiny.station, chief, FindKind.MUSTER_POINT, tiny.ids["A9"], MORNING)) == {}
    assert read_preview(tiny.station, chief, FindKind.TEAM, tiny.ids["XG-1"], MORNING) == Preview()


def test_people_are_not_told_to_everybody(tiny: Tiny) -> None:
    """An auditor is refused a person's facts."""
    with pytest.raises(ForbiddenError):
        read_preview(tiny.station, Actor(None, "审计", Role.AUDITOR), FindKind.PERSON, tiny.ids["A"], MORNING)


def test_distance_of_a_known_pair() -> None:
    """One minute of latitude is a nautical mile."""
    assert distance_m(113.75, 22.9, 113.75, 22.9 + 1 / 60) == pytest.approx(1853, abs=2)
