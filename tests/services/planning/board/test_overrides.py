"""A rule of the station's own can be overridden with a reason; what law and body forbid cannot."""

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, InvalidDataError, PatrolError
from patrol_desk.common.message import Message
from patrol_desk.engine.options import SolveOptions
from patrol_desk.engine.settings import OVERRIDERS, defaults
from patrol_desk.engine.settings import Override as RuleSetting
from patrol_desk.messages import render
from patrol_desk.models import AuditEntry, OverrideBy, OverrideReason, Role, RuleOverride, VersionState
from patrol_desk.services.planning import edits
from patrol_desk.services.planning.overrides import LONGEST, OVERRIDABLE, Override, overridable, overriders
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.planning.run import plan_week
from patrol_desk.services.planning.versions import review
from patrol_desk.services.rules import set_rule
from patrol_desk.services.undo import revert
from patrol_desk.storage import queries
from tests.helpers.boards import Desk
from tests.helpers.cells import FRIDAY_NIGHT, MONDAY_DAY, TUESDAY_DAY, ids, names, stored
from tests.helpers.tiny import MONDAY, WEEK, Tiny

WILLING = Override(OverrideReason.WILLING, "  本人电话  同意 ")
MONDAY_NIGHT = (1, 1)


@pytest.fixture
def asked(manned: Desk, tiny: Tiny) -> Desk:
    """Give a week in which the second place asks for somebody on Monday night, when a second duty breaks a rule."""
    tiny.add(tiny.demand("P2", "N", 0))
    manned.board = manned.anew()
    return manned


@pytest.fixture
def overridden(asked: Desk, tiny: Tiny) -> Desk:
    """Give the week with B on Monday by day and, knowingly, by night."""
    asked.after(edits.assign(asked.station, asked.actor, asked.board, tiny.ids["B"], *MONDAY_NIGHT, override=WILLING))
    return asked


def rows(desk: Desk) -> list[RuleOverride]:
    """Return the overrides as stored."""
    with desk.station.read() as session:
        return queries.many(session, RuleOverride)


def test_an_override_is_kept_with_the_duty(asked: Desk, tiny: Tiny) -> None:
    """Who, where, which rule, why, by whom and when; in the audit log; taken back with the duty and done again."""
    before, person = stored(asked), tiny.ids["B"]
    found = [one for one in asked.board.conflicts(person, *MONDAY_NIGHT) if one.severity == "block"]
    assert [one.rule for one in found] == ["day_cap"]
    assert all(one.overridable for one in found)
    done = edits.assign(asked.station, asked.actor, asked.board, person, *MONDAY_NIGHT, override=WILLING)
    asked.after(done)
    (row,) = rows(asked)
    assert (row.person_id, row.checkpoint_id, row.on_date) == (person, tiny.ids["P2"], MONDAY)
    assert (row.rule, row.reason, row.words) == ("day_cap", OverrideReason.WILLING, "本人电话 同意")
    assert row.decided_by == asked.actor.name
    with asked.station.read() as session:
        (note,) = queries.many(session, AuditEntry, kind="rule_override")
    assert (note.record_id, note.details["rule"]) == (row.id, "day_cap")
    (holder,) = asked.board.holders(*MONDAY_NIGHT)
    assert [one.rule for one in holder.overridden] == ["day_cap"]
    assert render(holder.overridden[0].told).startswith("原因“本人自愿”")
    assert "own wish" in render(holder.overridden[0].told, "en")
    assert asked.board.cell(*MONDAY_NIGHT).broken
    assert asked.anew().holders(*MONDAY_NIGHT)[0].overridden == holder.overridden
    back = revert(asked.station, asked.actor, done.patch)
    asked.after(back)
    assert (rows(asked), stored(asked)) == ([], before)
    asked.after(revert(asked.station, asked.actor, back.patch))
    assert len(rows(asked)) == 1
    assert asked.board.holders(*MONDAY_NIGHT)[0].overridden == holder.overridden


def test_without_an_override_the_rule_stands(asked: Desk, tiny: Tiny) -> None:
    """One override is for one duty; the next needs its own."""
    with pytest.raises(PatrolError) as refused:
        edits.assign(asked.station, asked.actor, asked.board, tiny.ids["B"], *MONDAY_NIGHT)
    assert refused.value.message.code == "board.refused"
    assert rows(asked) == []


def test_law_and_body_cannot_be_overridden(asked: Desk, tiny: Tiny) -> None:
    """Somebody on leave is not put on duty, whatever the reason; the sentence says why."""
    tiny.add(tiny.leave("C", MONDAY, MONDAY))
    asked.board = asked.anew()
    with pytest.raises(PatrolError) as refused:
        edits.assign(asked.station, asked.actor, asked.board, tiny.ids["C"], *MONDAY_NIGHT, override=WILLING)
    assert refused.value.message.code == "override.not_allowed"
    assert "请了假" in render(refused.value.message)
    assert not overridable(["leave", "rest"])
    assert not overridable([])
    assert overridable(["rest"])
    assert rows(asked) == []


@pytest.mark.parametrize("words", ["", "  ", "说" * (LONGEST + 1)])
def test_an_override_needs_a_sentence(asked: Desk, tiny: Tiny, words: str) -> None:
    """None, or one that nobody can print, is refused, and the duty with it."""
    before, override = stored(asked), Override(OverrideReason.OTHER, words)
    with pytest.raises(InvalidDataError):
        edits.assign(asked.station, asked.actor, asked.board, tiny.ids["B"], *MONDAY_NIGHT, override=override)
    assert (stored(asked), rows(asked)) == (before, [])


def test_an_override_where_nothing_stands_against_it_is_none(asked: Desk, tiny: Tiny) -> None:
    """What breaks no rule is an ordinary duty."""
    asked.after(edits.assign(asked.station, asked.actor, asked.board, tiny.ids["Y"], *MONDAY_NIGHT, override=WILLING))
    assert names(asked.board, MONDAY_NIGHT) == ["甲Y"]
    assert rows(asked) == []


def test_it_goes_when_the_rule_is_kept_again(overridden: Desk) -> None:
    """With the other duty of the day gone nothing is overridden; undoing brings both back."""
    (_, beside) = ids(overridden, MONDAY_DAY)
    done = edits.remove(overridden.station, overridden.actor, overridden.board, [beside])
    overridden.after(done)
    assert rows(overridden) == []
    assert not overridden.board.holders(*MONDAY_NIGHT)[0].overridden
    overridden.after(revert(overridden.station, overridden.actor, done.patch))
    assert [row.rule for row in rows(overridden)] == ["day_cap"]


def test_it_goes_with_its_duty_and_stays_with_others(overridden: Desk, tiny: Tiny) -> None:
    """Another edit leaves it; moving or removing its duty ends it."""
    station, actor = overridden.station, overridden.actor
    overridden.after(edits.assign(station, actor, overridden.board, tiny.ids["C"], *TUESDAY_DAY))
    overridden.after(edits.lock(station, actor, overridden.board, [MONDAY_NIGHT]))
    overridden.after(edits.lock(station, actor, overridden.board, [MONDAY_NIGHT], locked=False))
    assert len(rows(overridden)) == 1
    overridden.after(edits.remove(station, actor, overridden.board, ids(overridden, MONDAY_NIGHT)))
    assert rows(overridden) == []


def test_a_move_can_override(asked: Desk, tiny: Tiny) -> None:
    """Somebody of another night is drawn to Monday, where they serve by day already."""
    station, actor = asked.station, asked.actor
    night = asked.after(edits.assign(station, actor, asked.board, tiny.ids["B"], *FRIDAY_NIGHT))
    with pytest.raises(PatrolError):
        edits.move(station, actor, asked.board, night, *MONDAY_NIGHT)
    assert asked.after(edits.move(station, actor, asked.board, night, *MONDAY_NIGHT, override=WILLING)) == night
    assert [row.rule for row in rows(asked)] == ["day_cap"]
    assert names(asked.board, MONDAY_NIGHT) == ["甲B"]


def test_the_next_draft_holds_it_too(overridden: Desk, tiny: Tiny) -> None:
    """By hand and by the solver, which leaves a locked duty; the published version keeps its own."""
    station, actor = overridden.station, overridden.actor
    (broken,) = review(station, actor, WEEK).broken[-1:]
    assert [one.rule for one in broken.overridden] == ["day_cap"]
    overridden.after(edits.lock(station, actor, overridden.board, [MONDAY_DAY, MONDAY_NIGHT]))
    overridden.after_changes(publish(station, actor, WEEK).changes)
    overridden.after(edits.assign(station, actor, overridden.board, tiny.ids["C"], *TUESDAY_DAY))
    assert len(rows(overridden)) == 2
    assert overridden.board.holders(*MONDAY_NIGHT)[0].overridden
    overridden.after_changes(publish(station, actor, WEEK).changes)
    plan_week(station, actor, WEEK, SolveOptions(seed=1, moves=50))
    board = overridden.anew()
    assert board.version is not None
    assert board.version.state is VersionState.DRAFT
    assert board.holders(*MONDAY_NIGHT)[0].overridden
    assert len({row.version_id for row in rows(overridden)}) == 3


def test_handing_over_can_override(asked: Desk, tiny: Tiny) -> None:
    """Without a reason the duty stays where it is; with one it goes over, and the reason is kept with it."""
    station, actor, person = asked.station, asked.actor, tiny.ids["B"]
    night = asked.after(edits.assign(station, actor, asked.board, tiny.ids["Y"], *MONDAY_NIGHT))
    with pytest.raises(PatrolError, match="refused"):
        edits.hand_over(station, actor, asked.board, night, person, *MONDAY_NIGHT)
    asked.after(edits.hand_over(station, actor, asked.board, night, person, *MONDAY_NIGHT, override=WILLING))
    (row,) = rows(asked)
    assert (row.person_id, row.checkpoint_id, row.rule) == (person, tiny.ids["P2"], "day_cap")
    assert [holder.person_id for holder in asked.anew().holders(*MONDAY_NIGHT)] == [person]


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("nobody", set()),
        ("chief", {Role.CHIEF}),
        ("duty_officer", {Role.CHIEF, Role.DUTY_OFFICER}),
        ("clerk", {Role.CHIEF, Role.DUTY_OFFICER, Role.CLERK}),
    ],
)
def test_the_station_says_who_may_override_a_rule(asked: Desk, tiny: Tiny, who: str, may: set[Role]) -> None:
    """Others are refused with a sentence that says who may; nothing is written, and one who may can do it."""
    set_rule(asked.station, asked.actor, RuleSetting("cap_day", who=who))
    asked.board = asked.anew()
    (found,) = [one for one in asked.board.conflicts(tiny.ids["B"], *MONDAY_NIGHT) if one.severity == "block"]
    assert (found.who, found.overridable) == (who, bool(may))
    for role in (Role.CHIEF, Role.DUTY_OFFICER, Role.CLERK):
        actor = Actor(None, "周以恒", role)
        assert found.overridable_by(role) == (role in may)
        if role in may:
            done = edits.assign(asked.station, actor, asked.board, tiny.ids["B"], *MONDAY_NIGHT, override=WILLING)
            assert [row.rule for row in rows(asked)] == ["day_cap"]
            revert(asked.station, actor, done.patch)
            asked.board = asked.anew()
            continue
        with pytest.raises(ForbiddenError) as refused:
            edits.assign(asked.station, actor, asked.board, tiny.ids["B"], *MONDAY_NIGHT, override=WILLING)
        said = render(refused.value.message)
        assert all(render(Message(f"security.role_{each.value}")) in said for each in may)
        assert ("谁也不能" in said) == (not may)
        assert render(refused.value.message, "en")
        assert rows(asked) == []


def test_what_the_station_does_not_say_every_planner_may_override(asked: Desk) -> None:
    """Availability is no rule of the settings; leave and certificates nobody ever overrides."""
    frame = asked.board.frame
    assert [frame.who(rule) for rule in ("availability", "rest", "leave", "skill", "overlap", "insured")] == [
        "clerk", "clerk", "", "", "", "",
    ]  # fmt: skip
    assert [len(overriders(who)) for who in ("", *OVERRIDERS)] == [0, 0, 1, 2, 3]
    assert set(OVERRIDERS) == {each.value for each in OverrideBy}
    known = {rule.rule for rule in defaults().rules.values() if rule.who}
    assert known <= OVERRIDABLE
