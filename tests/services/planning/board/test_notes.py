"""What is told about a candidate and beside a conflict: facts in a person's words, in both languages."""

from datetime import date, timedelta

import pytest

from patrol_desk.engine.rules import RULES
from patrol_desk.messages import render
from patrol_desk.models import Availability, Person, Rule
from patrol_desk.services.planning import edits
from patrol_desk.services.planning.board import Board, Candidate
from patrol_desk.services.planning.board.words import ICONS, capability_words, worded
from patrol_desk.services.planning.check import check_week
from patrol_desk.services.rules import Override
from patrol_desk.services.rules import set_rule as set_strength
from patrol_desk.services.undo import revert
from patrol_desk.storage import queries
from tests.helpers.boards import Desk
from tests.helpers.tiny import MONDAY, WEEK, Tiny

MONDAY_DAY = (0, 0)
TUESDAY_DAY = (0, 2)
FRIDAY_NIGHT = (1, 9)


def told(board: Board, person: str, place: tuple[int, int]) -> dict[str, tuple[str, str]]:
    """Return rule → severity and Chinese sentence; every sentence has English words too."""
    found = board.conflicts(person, *place)
    assert all(render(conflict.message, "en") for conflict in found)
    order = [conflict.severity for conflict in found]
    assert order == sorted(order, key=["block", "warn", "note"].index)
    return {conflict.rule: (conflict.severity, render(conflict.message)) for conflict in found}


def prefer(tiny: Tiny, person: str, pattern: str, value: int) -> None:
    """Set somebody's preference for every day."""
    with tiny.station.write(tiny.station.system_actor(), "test.prefer") as unit:
        (row,) = queries.many(unit.session, Availability, person_id=tiny.ids[person], pattern_id=tiny.ids[pattern])
        for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"):
            setattr(row, day, value)
        unit.commit()


def set_rule(tiny: Tiny, code: str, number: int) -> None:
    """Set a rule of the township."""
    with tiny.station.write(tiny.station.system_actor(), "test.rule") as unit:
        found = queries.first(unit.session, Rule, code=code)
        if found is None:
            unit.session.add(Rule(code=code, number=number))
        else:
            found.number = number
        unit.commit()


def test_nothing_stands_against_a_good_choice(small: Desk, tiny: Tiny) -> None:
    """No block, no warning, no note."""
    assert told(small.board, tiny.ids["C"], FRIDAY_NIGHT) == {}


def test_a_wish_is_a_warning(small: Desk, tiny: Tiny) -> None:
    """Who would rather not is told, not forbidden."""
    prefer(tiny, "Y", "N", 1)
    found = told(small.anew(), tiny.ids["Y"], FRIDAY_NIGHT)
    assert found == {"avoid": ("warn", "本人希望尽量不排周五夜班")}


def test_the_last_duty_of_the_cap_is_a_warning(small: Desk, tiny: Tiny) -> None:
    """Three a week: the third says that there is no fourth; the fourth is blocked."""
    tiny.add(tiny.demand("P2", "D", 2), tiny.demand("P2", "D", 3))
    small.board = small.anew()
    for place in (MONDAY_DAY, TUESDAY_DAY):
        small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["A"], *place))
    assert told(small.board, tiny.ids["A"], (1, 4)) == {"cap_reached": ("warn", "本周 3/3 班，之后不能再排")}
    small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["A"], 1, 4))
    assert told(small.board, tiny.ids["A"], (1, 6))["week_cap"] == ("block", "本周第 4 班，上限 3 班")


def test_two_duties_on_one_day_are_a_warning_where_they_are_allowed(small: Desk, tiny: Tiny) -> None:
    """The rest between them is told when it is barely enough."""
    set_rule(tiny, "cap_day", 2)
    set_rule(tiny, "rest_minutes", 540)
    tiny.add(tiny.demand("P2", "N", 0))
    small.board = small.anew()
    small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["A"], *MONDAY_DAY))
    assert told(small.board, tiny.ids["A"], (1, 1)) == {
        "same_day": ("warn", "同一天第 2 班"), "rest_close": ("warn", "与另一班只隔 10 h，刚够休息"),
    }  # fmt: skip


def test_a_duty_of_the_week_before_counts_for_rest(small: Desk, tiny: Tiny) -> None:
    """The last Sunday night ends at two; Monday at eight is six hours later."""
    set_rule(tiny, "rest_minutes", 360)
    tiny.add(tiny.served("A", "P2", "N", MONDAY - timedelta(days=1)))
    assert told(small.anew(), tiny.ids["A"], MONDAY_DAY)["rest_close"] == ("warn", "与另一班只隔 6 h，刚够休息")
    set_rule(tiny, "rest_minutes", 480)
    assert told(small.anew(), tiny.ids["A"], MONDAY_DAY)["rest"][0] == "block"


def test_notes_about_the_patrol(small: Desk, tiny: Tiny) -> None:
    """A mixed patrol, a seat of the minimum that stays empty, a long way, a shift that is over."""
    small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["X"], *MONDAY_DAY))
    small.after(edits.remove(small.station, small.actor, small.board, list(small.board.stand.held)))
    small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["A"], *MONDAY_DAY))
    assert told(small.board, tiny.ids["X"], MONDAY_DAY) == {"mixed": ("note", "与石桥队混编")}
    assert told(small.board, tiny.ids["B"], TUESDAY_DAY) == {"seat_open": ("note", "组长席位仍然空缺")}
    set_rule(tiny, "reach_m", 2500)
    assert told(small.anew(), tiny.ids["X"], FRIDAY_NIGHT) == {"far": ("note", "距住处 2.0 km，路远")}
    past = small.board.at(small.board.shifts[0].ends_at)
    assert told(past, tiny.ids["A"], (0, 0))["past"] == ("note", "这一班已经结束，改动只作记录")


def test_no_post_there(small: Desk, tiny: Tiny) -> None:
    """A cell without demand refuses everybody in one sentence."""
    assert told(small.board, tiny.ids["A"], (1, 0)) == {"demand": ("block", "周一早班这个点位不设岗")}
    assert small.board.seat_for(tiny.ids["A"], 1, 0) is None
    assert small.board.seat_for("nobody", *MONDAY_DAY) is None


# Candidates


def of(board: Board, place: tuple[int, int], name: str) -> Candidate:
    """Return a candidate by name."""
    return next(candidate for candidate in board.candidates(*place).ranked if candidate.name == name)


def test_a_candidate_is_explained_by_chips_and_reasons(small: Desk, tiny: Tiny) -> None:
    """Distance, duties, squad, the skill asked for; the rank says what speaks for them."""
    tiny.add(
        *(tiny.served("A", "P1", "N", MONDAY - timedelta(days=days)) for days in (7, 14)),
        tiny.certificate("B", "AID", None, None),
        tiny.demand("P2", "N", 4, skill_id=tiny.ids["AID"]),
    )
    prefer(tiny, "B", "N", 3)
    small.board = small.anew()
    small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["A"], *FRIDAY_NIGHT))
    found = small.board.candidates(*FRIDAY_NIGHT)
    first = found.ranked[0]
    assert (first.name, first.squad, first.duties, first.cap) == ("甲B", "石桥队", 0, 3)
    assert first.distance_m == pytest.approx(2049, abs=20)
    chips = [(render(chip.text), chip.good) for chip in first.chips]
    assert chips == [("2.0 km", False), ("本周 0 班", True), ("同组", True), ("急救", True), ("优先", True)]
    assert render(first.reasons[0]).startswith("第 1 位：同组（石桥队）")
    reasons = [render(reason) for reason in first.reasons[1:]]
    assert "本人优先这一班" in reasons
    assert "近 4 周没有夜班" in reasons
    assert [candidate.name for candidate in found.ranked[1:]] == ["甲C", "甲X", "甲Y"]
    assert [render(seat.kind) for seat in small.board.seats(*FRIDAY_NIGHT)] == ["需持急救证", "不限", "不限"]
    assert (found.eligible, found.open_seats, found.blocked_count) == (4, 2, 0)
    assert all(render(reason, "en") for candidate in found.ranked for reason in candidate.reasons)


def test_the_last_night_is_told_and_counts(small: Desk, tiny: Tiny) -> None:
    """Who had a night last week comes after those who had none; the days are told."""
    tiny.add(tiny.served("X", "P1", "N", MONDAY - timedelta(days=3)))
    board = small.anew()
    assert [candidate.name for candidate in board.candidates(*FRIDAY_NIGHT).ranked][-1] == "甲X"
    assert "距上次夜班 7 天" in [render(reason) for reason in of(board, FRIDAY_NIGHT, "甲X").reasons]


def test_a_night_of_this_week_counts_too(small: Desk, tiny: Tiny) -> None:
    """It is told from either side."""
    tiny.add(tiny.demand("P2", "N", 1))
    small.board = small.anew()
    small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["X"], 1, 3))
    assert "距上次夜班 3 天" in [render(reason) for reason in of(small.board, FRIDAY_NIGHT, "甲X").reasons]


def test_unknown_places_are_not_near(small: Desk, tiny: Tiny) -> None:
    """Without coordinates there is no distance to tell, and no chip for it."""
    with tiny.station.write(small.actor, "test.home") as unit:
        unit.session.get_one(Person, tiny.ids["Y"]).home_lon = None
        unit.commit()
    from patrol_desk.models import SquadMembership

    with tiny.station.write(small.actor, "test.squad") as unit:
        (member,) = queries.many(unit.session, SquadMembership, person_id=tiny.ids["Y"])
        member.ended_on = date(2026, 11, 1)
        unit.commit()
    board = small.anew()
    candidate = of(board, FRIDAY_NIGHT, "甲Y")
    assert (candidate.distance_m, candidate.squad) == (None, "")
    assert [render(chip.text) for chip in candidate.chips] == ["本周 0 班"]


def test_the_blocked_have_their_rule_and_icon(small: Desk, tiny: Tiny) -> None:
    """Members of the squad that stands there come first, then who is free at all."""
    tiny.add(tiny.leave("B", MONDAY, MONDAY), tiny.leave("X", MONDAY, MONDAY))
    prefer(tiny, "Y", "D", 0)
    small.board = small.anew()
    small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["A"], *MONDAY_DAY))
    found = small.board.candidates(*MONDAY_DAY)
    assert [candidate.name for candidate in found.ranked] == ["甲C"]
    assert [(b.name, b.rule, b.icon, render(b.reason)) for b in found.blocked] == [
        ("甲B", "leave", "arrow-left-right", "周一早班 这一班请了假"),
        ("甲X", "leave", "arrow-left-right", "周一早班 这一班请了假"),
        ("甲Y", "availability", "calendar-days", "周一早班 没有空"),
    ]
    assert (found.blocked_count, found.blocked_by) == (3, (("leave", 2), ("availability", 1)))


def test_a_seat_nobody_fits_blocks_by_skill(small: Desk, tiny: Tiny) -> None:
    """Only the leader's seat is free: members lack what it asks for."""
    small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["B"], *TUESDAY_DAY))
    found = small.board.candidates(*TUESDAY_DAY)
    assert {blocked.rule for blocked in found.blocked} == {"skill"}
    assert render(found.blocked[0].reason) == "缺少资格“组长”（周二早班 当天）"
    assert [candidate.name for candidate in found.ranked] == ["甲A", "甲C"]
    assert render(found.ranked[0].chips[-1].text) == "组长"


def test_every_rule_has_an_icon() -> None:
    """None of the conflict function's rules comes without a picture."""
    assert {rule.id for rule in RULES} <= ICONS.keys()


def test_rules_speak_in_names(small: Desk) -> None:
    """Codes of shift, checkpoint and skill become names; other parameters stay."""
    frame = small.board.frame
    assert render(capability_words(frame, -1)) == "不限"
    assert render(capability_words(frame, 1)) == "急救"
    from patrol_desk.common.message import Message

    twice = worded(frame, Message("rule.twice", {"checkpoint": "P1", "shift": f"N@{MONDAY.isoformat()}"}))
    assert render(twice) == "同一人在 石桥市场 周一夜班 占了两个岗位"


def test_a_rule_that_only_hints_is_a_note_and_refuses_nothing(small: Desk, tiny: Tiny) -> None:
    """The rest is 25 hours: as a hint it is noted beside the seats, before and after, and no override is asked for."""
    done = set_strength(small.station, small.actor, Override("rest_minutes", None, "hint", 1500))
    small.board = small.anew()
    small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["A"], *MONDAY_DAY))
    (found,) = [one for one in small.board.conflicts(tiny.ids["A"], *TUESDAY_DAY) if one.rule == "rest"]
    assert (found.severity, found.hints, found.overridable) == ("note", True, False)
    small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["A"], *TUESDAY_DAY))
    for cell in (MONDAY_DAY, TUESDAY_DAY):
        (holder,) = [one for one in small.board.holders(*cell) if one.person_id == tiny.ids["A"]]
        assert holder.breaks == ()
        assert [(one.severity, one.rule) for one in holder.told] == [("note", "rest")]
        assert not small.board.cell(*cell).broken
        assert small.board.cell(*cell).hinted
    assert small.board.differing(small.anew()) == ()
    report = check_week(small.station, small.actor, WEEK).report
    assert {one.rule for one in report.hints} == {"rest"}
    assert (report.violations, report.soft, report.parts.rules) == ((), (), 0)
    revert(small.station, small.actor, done.patch)
    assert small.anew().holders(*MONDAY_DAY)[0].told == ()
