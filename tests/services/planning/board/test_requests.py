"""Leave and swaps: asked for, looked at from both sides, decided, followed by the roster; and undone."""

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, PatrolError
from patrol_desk.engine.explain.doctor import DataChange
from patrol_desk.models import AuditEntry, DutyRequest, RequestKind, RequestState
from patrol_desk.services.planning import edits, requests
from patrol_desk.services.planning.doctoring import take_way_out
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.today import open_requests
from patrol_desk.services.undo import revert
from patrol_desk.storage import queries
from tests.helpers.boards import Desk
from tests.helpers.cells import FRIDAY_NIGHT, MONDAY_DAY, TUESDAY_DAY, ids, names, stored
from tests.helpers.tiny import MONDAY, WEEK, Tiny


@pytest.fixture
def published(manned: Desk, tiny: Tiny) -> Desk:
    """Give the five people's week, published, with C on Tuesday."""
    manned.after(edits.assign(manned.station, manned.actor, manned.board, tiny.ids["C"], *TUESDAY_DAY))
    manned.after_changes(publish(manned.station, manned.actor, WEEK).changes)
    return manned


def states(desk: Desk) -> list[RequestState]:
    """Return the states of all requests as stored."""
    with desk.station.read() as session:
        return [row.state for row in queries.many(session, DutyRequest)]


def test_a_request_waits_for_a_decision(published: Desk) -> None:
    """It names people, places and shifts, and changes nothing yet; undone, it was never asked."""
    station, actor = published.station, published.actor
    before = stored(published)
    done = requests.ask(station, actor, published.board, ids(published, MONDAY_DAY)[1], words="  家里  有事 ")
    (one,) = open_requests(station, actor)
    assert (one.id, one.kind, one.other) == (done.value, RequestKind.DROP, None)
    assert (one.side.name, one.side.place, one.side.shift) == ("甲B", "石桥市场", "早")
    assert (one.side.on_date, one.week, one.words) == (MONDAY, WEEK, "家里 有事")
    assert one.taken_by == actor.name
    judged = requests.judge_request(published.board, one)
    assert (judged.blocked, judged.missing) == (False, 1)
    assert stored(published) == before
    revert(station, actor, done.patch)
    assert open_requests(station, actor) == ()


def test_approving_leave_takes_the_duty_off(published: Desk) -> None:
    """Into a draft, as every edit; undone, the duty is there and the request waits again."""
    station, actor = published.station, published.actor
    asked = requests.ask(station, actor, published.board, ids(published, MONDAY_DAY)[1])
    done = requests.approve(station, actor, published.board, asked.value)
    published.after(done)
    assert names(published.board, MONDAY_DAY) == ["甲A"]
    assert states(published) == [RequestState.APPROVED]
    assert open_requests(station, actor) == ()
    with station.read() as session:
        notes = queries.many(session, AuditEntry, action="request.approve", kind="duty_request")
    assert [note.details["state"] for note in notes] == [["open", "approved"]]
    published.after(revert(station, actor, done.patch))
    assert names(published.board, MONDAY_DAY) == ["甲A", "甲B"]
    assert states(published) == [RequestState.OPEN]


def test_a_swap_is_looked_at_from_both_sides(published: Desk) -> None:
    """A deputy and a leader change days; both places are judged without either of them."""
    station, actor = published.station, published.actor
    leads, other = ids(published, MONDAY_DAY)[0], ids(published, TUESDAY_DAY)[0]
    done = requests.ask(station, actor, published.board, leads, other)
    (one,) = open_requests(station, actor)
    assert one.other is not None
    assert (one.kind, one.side.name, one.other.name) == (RequestKind.SWAP, "甲A", "甲C")
    judged = requests.judge_request(published.board, one)
    assert not judged.blocked
    published.after(requests.approve(station, actor, published.board, done.value))
    assert names(published.board, MONDAY_DAY) == ["甲C", "甲B"]
    assert names(published.board, TUESDAY_DAY) == ["甲A"]


def test_a_swap_that_breaks_a_rule_cannot_be_approved(published: Desk, tiny: Tiny) -> None:
    """C is away on Monday: the block is told before, and refused at the end; then it can only be refused."""
    station, actor = published.station, published.actor
    leads, other = ids(published, MONDAY_DAY)[0], ids(published, TUESDAY_DAY)[0]
    asked = requests.ask(station, actor, published.board, leads, other)
    tiny.add(tiny.leave("C", MONDAY, MONDAY))
    published.board = published.anew()
    (one,) = open_requests(station, actor)
    judged = requests.judge_request(published.board, one)
    assert judged.blocked
    assert [found.rule for found in judged.conflicts[1] if found.severity == "block"] == ["leave"]
    before = stored(published)
    with pytest.raises(PatrolError):
        requests.approve(station, actor, published.board, asked.value)
    assert (stored(published), states(published)) == (before, [RequestState.OPEN])
    done = requests.refuse(station, actor, asked.value)
    assert states(published) == [RequestState.REFUSED]
    revert(station, actor, done.patch)
    assert states(published) == [RequestState.OPEN]


def test_what_is_gone_can_only_be_refused(published: Desk) -> None:
    """The duty was removed meanwhile; a decision is taken once."""
    station, actor = published.station, published.actor
    asked = requests.ask(station, actor, published.board, ids(published, FRIDAY_NIGHT)[0])
    published.after(edits.remove(station, actor, published.board, ids(published, FRIDAY_NIGHT)))
    (one,) = open_requests(station, actor)
    assert requests.judge_request(published.board, one).gone
    with pytest.raises(ConcurrentChangeError):
        requests.approve(station, actor, published.board, asked.value)
    requests.refuse(station, actor, asked.value)
    with pytest.raises(ConcurrentChangeError) as late:
        requests.refuse(station, actor, asked.value)
    assert late.value.message.code == "request.decided"
    with pytest.raises(ConcurrentChangeError) as late:
        requests.approve(station, actor, published.board, asked.value)
    assert late.value.message.code == "request.decided"


def test_granted_leave_is_given_up_later(published: Desk) -> None:
    """They may be proposed again; the roster stays; it cannot be given up twice; undone, they are let off again."""
    station, actor = published.station, published.actor
    granted = requests.grant_at_once(station, actor, published.board, ids(published, MONDAY_DAY)[1])
    published.after(granted)
    left = stored(published)
    done = requests.give_up(station, actor, granted.value)
    published.after(done)
    assert (states(published), stored(published)) == ([RequestState.REFUSED], left)
    assert "甲B" in [one.name for one in published.board.candidates(*MONDAY_DAY).ranked]
    with pytest.raises(ConcurrentChangeError):
        requests.give_up(station, actor, granted.value)
    revert(station, actor, done.patch)
    assert states(published) == [RequestState.APPROVED]


def test_who_rings_is_spared_at_once(published: Desk) -> None:
    """Asked and granted in one step, which undo takes back whole."""
    station, actor = published.station, published.actor
    done = requests.grant_at_once(station, actor, published.board, ids(published, FRIDAY_NIGHT)[0], words="病")
    published.after(done)
    assert names(published.board, FRIDAY_NIGHT) == []
    assert states(published) == [RequestState.APPROVED]
    published.after(revert(station, actor, done.patch))
    assert names(published.board, FRIDAY_NIGHT) == ["甲X"]
    assert states(published) == []


def test_who_is_let_off_is_not_proposed_for_the_gap(published: Desk, tiny: Tiny) -> None:
    """Only in that shift, only once granted, also not to a run; undone or given up, they may stand again."""
    station, actor = published.station, published.actor
    who = tiny.ids["X"]
    row, shift = FRIDAY_NIGHT

    def kept_by(at: int = shift) -> list[str]:
        found = published.board.conflicts(who, row, at, None)
        return [one.rule for one in found if one.severity == "block"]

    done = requests.ask(station, actor, published.board, ids(published, FRIDAY_NIGHT)[0], words="病")
    before = published.board
    published.after(done)
    assert published.board is before
    done = requests.approve(station, actor, published.board, done.value)
    published.after(done)
    assert kept_by() == ["leave"]
    assert who not in [one.person_id for one in published.board.candidates(row, shift).ranked]
    with pytest.raises(PatrolError):
        edits.assign(station, actor, published.board, who, row, shift)
    problem = published.board.problem
    number = problem.people.ids.index("X")
    assert problem.people.leave[number].nonzero()[0].tolist() == [shift]
    published.after(revert(station, actor, done.patch))
    assert names(published.board, FRIDAY_NIGHT) == ["甲X"]
    published.after(requests.approve(station, actor, published.board, done.value))
    name = problem.shifts.ids[shift]
    published.after(take_way_out(station, actor, WEEK, [DataChange("leave", ("X",), "shift", name)]))
    assert (kept_by(), states(published)) == ([], [RequestState.REFUSED])


def test_a_duty_nobody_has_is_not_asked_about(published: Desk) -> None:
    """The board is old: somebody took the duty away; and who may only read may not ask."""
    station, actor = published.station, published.actor
    with pytest.raises(ConcurrentChangeError):
        requests.ask(station, actor, published.board, "gone")
    with pytest.raises(ForbiddenError):
        requests.ask(station, Actor(None, "看板", "viewer"), published.board, ids(published, MONDAY_DAY)[0])
