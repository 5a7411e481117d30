"""Publishing is looked at first; versions are held side by side."""

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, PatrolError
from patrol_desk.messages import render
from patrol_desk.models import Person, PersonStatus, ShiftPattern, VersionState
from patrol_desk.services.planning import edits, versions
from patrol_desk.services.planning.board.changes import squad_changes
from tests.helpers.boards import Desk
from tests.helpers.tiny import MONDAY, WEEK, Tiny

MONDAY_DAY = (0, 0)
TUESDAY_DAY = (0, 2)
FRIDAY_NIGHT = (1, 9)


@pytest.fixture
def second(small: Desk, tiny: Tiny) -> Desk:
    """Give a week published with A, B and X; its draft has A moved, B gone and C new."""
    for code, place in (("A", MONDAY_DAY), ("B", MONDAY_DAY), ("X", FRIDAY_NIGHT)):
        small.after(edits.assign(small.station, small.actor, small.board, tiny.ids[code], *place))
    small.after(versions.publish(small.station, small.actor, WEEK))
    lead, beside = (holder.assignment_id for holder in small.board.holders(*MONDAY_DAY))
    small.after(edits.move(small.station, small.actor, small.board, lead, *TUESDAY_DAY))
    beside = small.board.holders(*MONDAY_DAY)[0].assignment_id
    small.after(edits.remove(small.station, small.actor, small.board, [beside]))
    small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["C"], *FRIDAY_NIGHT))
    return small


def test_the_first_publishing_is_all_new(small: Desk, tiny: Tiny) -> None:
    """No version in force: everything is added, nothing unchanged, nothing to compare with."""
    small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["A"], *MONDAY_DAY))
    review = versions.review(small.station, small.actor, WEEK)
    assert (review.in_force, review.before, review.unchanged) == (None, None, 0)
    assert (review.added, review.removed, review.moved) == (1, 0, 0)
    assert (review.people, review.squads, review.checkpoints) == (1, 1, 1)
    assert [(gap.row, gap.shift) for gap in review.below_minimum] == [MONDAY_DAY, TUESDAY_DAY, FRIDAY_NIGHT]


def test_a_review_says_who_is_touched(second: Desk) -> None:
    """Three people of two squads at two checkpoints; one duty stays as it was."""
    review = versions.review(second.station, second.actor, WEEK)
    assert [(change.kind, change.name) for change in review.changes] == [
        ("removed", "甲B"), ("moved", "甲A"), ("added", "甲C"),
    ]  # fmt: skip
    assert (review.people, review.squads, review.checkpoints, review.unchanged) == (3, 2, 2, 1)
    assert review.in_force is not None
    assert (review.in_force.number, review.draft.number) == (1, 2)
    assert review.before is not None
    assert (review.before.filled, review.after.filled) == (3, 3)
    assert (review.before.shortage_heads, review.after.shortage_heads) == (2, 3)
    assert review.broken == ()


def test_a_review_names_what_breaks_rules(second: Desk, tiny: Tiny) -> None:
    """Somebody is put out of service, a shift pattern is dropped: both duties are told with their reasons."""
    with tiny.station.write(second.actor, "test.break") as unit:
        unit.session.get_one(Person, tiny.ids["A"]).status = PersonStatus.INACTIVE
        unit.session.get_one(ShiftPattern, tiny.ids["N"]).ended_on = MONDAY
        unit.commit()
    broken = versions.review(second.station, second.actor, WEEK).broken
    assert sorted((duty.name, duty.row, duty.locked) for duty in broken) == [
        ("甲A", 0, False), ("甲C", -1, False), ("甲X", -1, False),
    ]  # fmt: skip
    assert {render(duty.reasons[0]) for duty in broken} == {"不在排班名册上", "这个席位已不在勤务需求里"}


def test_only_what_was_looked_at_is_published(second: Desk, tiny: Tiny) -> None:
    """Somebody edits between the review and the key: nothing is published; after a new look it is."""
    review = versions.review(second.station, second.actor, WEEK)
    second.after(edits.assign(second.station, second.actor, second.board, tiny.ids["Y"], *TUESDAY_DAY))
    with pytest.raises(ConcurrentChangeError) as refused:
        versions.publish(second.station, second.actor, WEEK, review.content_hash)
    assert refused.value.message.code == "board.draft_moved_on"
    again = versions.review(second.station, second.actor, WEEK)
    done = versions.publish(second.station, second.actor, WEEK, again.content_hash)
    assert (done.value.number, done.value.content_hash, len(done.patch)) == (2, again.content_hash, 0)
    second.after(done)
    assert [version.state for version in second.board.versions] == [VersionState.PUBLISHED, VersionState.OUTDATED]


def test_without_a_draft_there_is_nothing_to_review(small: Desk, tiny: Tiny) -> None:
    """Before the first edit and right after publishing."""
    for _ in range(2):
        with pytest.raises(PatrolError) as refused:
            versions.review(small.station, small.actor, WEEK)
        assert refused.value.message.code == "plan.no_draft"
        small.after(edits.assign(small.station, small.actor, small.board, tiny.ids["A"], *MONDAY_DAY))
        small.after(versions.publish(small.station, small.actor, WEEK))
        if small.board.unpublished == 0:
            break


def test_two_versions_side_by_side(second: Desk, tiny: Tiny) -> None:
    """Forth and back are mirror images, and an old version's people are known even when they left."""
    forth = versions.compare(second.station, second.actor, WEEK, 1, 2)
    back = versions.compare(second.station, second.actor, WEEK, 2, 1)
    assert [(change.kind, change.name) for change in forth.changes] == [
        ("removed", "甲B"), ("moved", "甲A"), ("added", "甲C"),
    ]  # fmt: skip
    assert sorted(change.kind for change in back.changes) == ["added", "moved", "removed"]
    assert (forth.unchanged, forth.a.number, forth.b.number) == (1, 1, 2)
    assert (forth.figures_a.filled, back.figures_a.filled) == (3, 3)
    for _ in range(2):
        second.after(versions.publish(second.station, second.actor, WEEK))
        second.after(edits.assign(second.station, second.actor, second.board, tiny.ids["Y"], *TUESDAY_DAY))
        second.after(edits.clear(second.station, second.actor, second.board, [TUESDAY_DAY]))
    with tiny.station.write(second.actor, "test.status") as unit:
        unit.session.get_one(Person, tiny.ids["B"]).status = PersonStatus.INACTIVE
        unit.commit()
    old = versions.compare(second.station, second.actor, WEEK, 1, 4)
    assert ("removed", "甲B") in {(change.kind, change.name) for change in old.changes}


def test_a_version_that_does_not_exist(small: Desk, second: Desk) -> None:
    """The sentence names those that do."""
    with pytest.raises(PatrolError) as refused:
        versions.compare(second.station, second.actor, WEEK, 1, 9)
    assert render(refused.value.message) == "2026-W48 没有第 9 版；现有：1、2。"
    with pytest.raises(PatrolError) as none:
        versions.compare(small.station, small.actor, WEEK.plus(2), 1, 1)
    assert "一版也没有" in render(none.value.message)


def test_roles(second: Desk) -> None:
    """The clerk reviews and does not publish."""
    clerk = Actor(None, "内勤", "clerk")
    review = versions.review(second.station, clerk, WEEK)
    with pytest.raises(ForbiddenError):
        versions.publish(second.station, clerk, WEEK, review.content_hash)


def test_changes_are_summed_by_squad(second: Desk) -> None:
    """The squad with most changes comes first; kinds and people are counted apart."""
    review = versions.review(second.station, second.actor, WEEK)
    sums = squad_changes(review.changes)
    assert sum(one.count for one in sums) == len(review.changes) == 3
    assert [one.count for one in sums] == sorted((one.count for one in sums), reverse=True)
    assert {one.id for one in sums} == {change.squad for change in review.changes}
    first = sums[0]
    own = [change for change in review.changes if change.squad == first.squad]
    assert (first.added, first.removed, first.moved) == tuple(
        sum(change.kind == kind for change in own) for kind in ("added", "removed", "moved")
    )
    assert first.people == len({change.person_id for change in own})
    assert squad_changes(()) == ()
