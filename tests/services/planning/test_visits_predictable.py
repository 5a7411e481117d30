"""A roster that comes back to its habits is told, at the edit and for the week as a whole."""

from datetime import timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError
from patrol_desk.messages.render import render
from patrol_desk.models import Role
from patrol_desk.services.planning import edits, versions
from patrol_desk.services.planning.visits_predictable import easier, of_board, of_place, predictability
from tests.helpers.boards import Desk
from tests.helpers.tiny import MONDAY, WEEK, Tiny

MONDAY_DAY = (0, 0)
VIEWER = Actor(None, "看看", Role.VIEWER)


def before(tiny: Tiny, person: str, *weeks: int) -> None:
    """Let somebody have held the market by day on Mondays, some weeks ago."""
    tiny.add(*(tiny.served(person, "P1", "D", MONDAY - timedelta(weeks=ago)) for ago in weeks))


def foreseen(desk: Desk, person: str) -> list[str]:
    """Return what is said to be foreseeable when a person takes a seat at the market on Monday."""
    said = desk.board.conflicts(person, *MONDAY_DAY)
    return [render(found.message) for found in said if found.rule == "predictable" and found.severity == "warn"]


def test_the_squads_fourth_monday_is_told_at_the_edit(tiny: Tiny) -> None:
    """Whoever of the squad stood there before; another squad at the same hour is not told."""
    before(tiny, "A", 1, 3)
    before(tiny, "B", 2, 3)
    desk = Desk.on(tiny.station)
    expected = ["石桥队连续第 4 周在 周一早班 到 石桥市场，外人容易摸到规律"]
    assert foreseen(desk, tiny.ids["B"]) == expected
    assert foreseen(desk, tiny.ids["C"]) == []


def test_three_mondays_are_not_told(tiny: Tiny) -> None:
    """Two weeks before and this one, or three with a gap."""
    before(tiny, "A", 1, 2, 4)
    assert foreseen(Desk.on(tiny.station), tiny.ids["A"]) == []


def test_a_week_is_scored_by_place(tiny: Tiny) -> None:
    """The market with the old squad is foreseeable; the bridge, held for the first time, is not."""
    before(tiny, "A", 1, 2, 3, 4)
    desk = Desk.on(tiny.station)
    for person, place in (("A", MONDAY_DAY), ("B", MONDAY_DAY), ("X", (1, 9))):
        desk.after(edits.assign(tiny.station, desk.actor, desk.board, tiny.ids[person], *place))
    market, bridge = predictability(tiny.station, VIEWER, WEEK)
    assert (market.checkpoint_id, market.share, market.score.worst, market.weeks) == (tiny.ids["P1"], 1.0, 5, 4)
    assert [message.params["times"] for message in market.warnings] == [5]
    assert (bridge.checkpoint_id, bridge.share, bridge.score.worst, bridge.warnings) == (tiny.ids["P2"], 0.0, 1, ())
    assert not market.low_demand


def test_an_empty_week_has_nothing_to_guess(tiny: Tiny) -> None:
    """Nobody stands anywhere; who may not read plans learns nothing."""
    before(tiny, "A", 1, 2, 3)
    assert predictability(tiny.station, VIEWER, WEEK) == ()
    with pytest.raises(ForbiddenError):
        predictability(tiny.station, Actor(None, "无", "nobody"), WEEK)


def test_one_place_is_scored_by_itself_and_its_cells_are_named(tiny: Tiny) -> None:
    """The market's own figure is that of the week; nobody at the bridge, nothing to tell."""
    before(tiny, "A", 1, 2, 3)
    desk = Desk.on(tiny.station)
    assert of_place(desk.board, 0) is None
    desk.after(edits.assign(tiny.station, desk.actor, desk.board, tiny.ids["A"], *MONDAY_DAY))
    place = of_place(desk.board, 0)
    assert place == of_board(desk.board)[0]
    assert place is not None
    assert [(one.row, one.shift, one.squad) for one in place.foreseen] == [(*MONDAY_DAY, "石桥队")]
    assert place.id == tiny.ids["P1"]
    assert of_place(desk.board, 1) is None


def test_what_edits_give_away_since_publishing_is_told(tiny: Tiny) -> None:
    """Nothing is compared before the first publishing; then a hand edit that makes a habit is told, an old one not."""
    before(tiny, "A", 1, 2, 3)
    desk = Desk.on(tiny.station)
    desk.after(edits.assign(tiny.station, desk.actor, desk.board, tiny.ids["X"], *MONDAY_DAY))
    assert easier(desk.board) == frozenset()
    versions.publish(tiny.station, desk.actor, WEEK)
    desk.board = desk.anew()
    desk.after(edits.assign(tiny.station, desk.actor, desk.board, tiny.ids["A"], *MONDAY_DAY))
    assert easier(desk.board) == {tiny.ids["P1"]}
    review = versions.review(tiny.station, desk.actor, WEEK)
    assert [place.id for place in review.guessable] == [tiny.ids["P1"]]
    assert review.easier == {tiny.ids["P1"]}
    versions.publish(tiny.station, desk.actor, WEEK)
    assert easier(desk.anew()) == frozenset()
