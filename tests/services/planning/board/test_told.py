"""Each squad's week is printed, told and confirmed, by whom and when; a change of its duties asks anew."""

from datetime import UTC, datetime

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, PatrolError
from patrol_desk.models import SheetPrint
from patrol_desk.services.planning import edits
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.planning.told import WeekStanding, mark, week_standing
from patrol_desk.services.undo import revert
from tests.helpers.boards import Desk
from tests.helpers.cells import TUESDAY_DAY
from tests.helpers.tiny import WEEK, Tiny


@pytest.fixture
def published(manned: Desk) -> Desk:
    """Give the published week: A and B of the first squad on Monday, X of the second on Friday night."""
    manned.after_changes(publish(manned.station, manned.actor, WEEK).changes)
    return manned


def standing(desk: Desk) -> WeekStanding:
    """Return the week as read anew."""
    return week_standing(desk.station, desk.actor, WEEK)


def test_without_a_version_in_force_there_is_nothing_to_tell(manned: Desk, tiny: Tiny) -> None:
    """A draft is nobody's business yet."""
    assert standing(manned) == WeekStanding(WEEK, 0)
    with pytest.raises(PatrolError) as refused:
        mark(manned.station, manned.actor, WEEK, [tiny.ids["S1"]], "told")
    assert refused.value.message.code == "told.nothing_in_force"


def test_squads_are_told_and_confirm(published: Desk, tiny: Tiny) -> None:
    """Who confirms was told; the marks name who took them; all can be taken back."""
    assert [(one.code, one.people, one.told, one.confirmed) for one in standing(published).squads] == [
        ("S1", 2, None, None), ("S2", 1, None, None),
    ]  # fmt: skip
    station, actor = published.station, published.actor
    assert mark(station, actor, WEEK, [tiny.ids["S1"], tiny.ids["S2"]], "told").value == 2
    done = mark(station, actor, WEEK, [tiny.ids["S1"]], "confirmed")
    assert done.value == 1
    first, second = standing(published).squads
    assert first.told is not None
    assert first.confirmed is not None
    assert first.confirmed.by == actor.name
    assert first.confirmed.at == datetime(2026, 11, 22, 14, 0)  # noqa: DTZ001  # station time, naive
    assert second.confirmed is None
    assert [one.code for one in standing(published).unconfirmed] == ["S2"]
    revert(station, actor, done.patch)
    assert len(standing(published).unconfirmed) == 2
    mark(station, actor, WEEK, [tiny.ids["S2"]], "confirmed")
    assert mark(station, actor, WEEK, [tiny.ids["S2"]], "told", on=False).value == 1
    assert (standing(published).squads[1].told, standing(published).squads[1].confirmed) == (None, None)


def test_a_change_asks_only_the_squads_it_concerns(published: Desk, tiny: Tiny) -> None:
    """C joins on Tuesday: the second squad has to be told anew, the first keeps its mark."""
    station, actor = published.station, published.actor
    mark(station, actor, WEEK, [tiny.ids["S1"], tiny.ids["S2"]], "confirmed")
    published.after(edits.assign(station, actor, published.board, tiny.ids["C"], *TUESDAY_DAY))
    assert standing(published).unconfirmed == ()
    published.after_changes(publish(station, actor, WEEK).changes)
    found = standing(published)
    assert (found.number, [one.code for one in found.unconfirmed]) == (2, ["S2"])


def test_printed_sheets_count(published: Desk, tiny: Tiny) -> None:
    """A sheet of a draft, or of another week, is none of this version's."""

    def sheet(**changed: object) -> SheetPrint:
        fields: dict[str, object] = {
            "at": datetime(2026, 11, 22, 3, tzinfo=UTC), "kind": "SW", "medium": "paper", "period": str(WEEK),
            "subject": "S1", "number": 1, "draft": False, "revision": "r1", "content_hash": "", "copies": 1,
            "profile": "office", "printed_by": "周以恒",
        }  # fmt: skip
        return SheetPrint(**(fields | changed))

    tiny.add(sheet(subject="S2", draft=True), sheet(period="2026-W47"), sheet(number=9))
    assert [one.printed for one in standing(published).squads] == [None, None]
    tiny.add(sheet())
    first = standing(published).squads[0].printed
    assert first is not None
    assert (first.by, first.at.hour) == ("周以恒", 11)


def test_who_may_only_look_marks_nothing(published: Desk, tiny: Tiny) -> None:
    """A viewer sees how far it is."""
    viewer = Actor(None, "看板", "viewer")
    assert len(week_standing(published.station, viewer, WEEK).squads) == 2
    with pytest.raises(ForbiddenError):
        mark(published.station, viewer, WEEK, [tiny.ids["S1"]], "told")
