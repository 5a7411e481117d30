"""One key fills the gaps: shown first, then written exactly so, or not at all."""

from datetime import timedelta

import pytest

from patrol_desk.common.errors import CancelledByUserError, ConcurrentChangeError
from patrol_desk.messages import render
from patrol_desk.models import AssignmentSource
from patrol_desk.services.planning import edits
from patrol_desk.services.planning.board import Board, CellState, Gap
from patrol_desk.services.undo import revert
from tests.helpers.boards import Desk
from tests.helpers.tiny import MONDAY, Tiny

MONDAY_DAY = (0, 0)
FRIDAY_NIGHT = (1, 9)


def all_gaps(board: Board) -> tuple[Gap, ...]:
    """Return the week's gaps."""
    return board.gaps(board.shifts[0].starts_at, board.shifts[-1].ends_at)


def test_a_proposal_writes_nothing_and_names_everybody(small: Desk) -> None:
    """The minimum first, by time; each row has the person, the seat and the reasons."""
    board = small.board
    proposal = edits.fill(small.station, small.actor, board, all_gaps(board), dry_run=True)
    assert [(row.row, row.shift) for row in proposal.rows] == [(0, 0), (0, 0), (0, 2), (0, 2), (1, 9)]
    assert proposal.unfilled == ()
    assert all(row.card.person_id == row.person_id for row in proposal.rows)
    assert all(render(row.reasons[0]).startswith("第 1 位：") for row in proposal.rows)
    assert small.anew().version is None


def test_exactly_the_proposal_is_written_and_taken_back(small: Desk) -> None:
    """One step forth, one step back."""
    proposal = edits.propose_fill(small.board, all_gaps(small.board))
    done = edits.apply_fill(small.station, small.actor, small.board, proposal)
    assert small.after(done) is proposal
    held = {(holder.person_id, *place) for place in ((0, 0), (0, 2), (1, 9)) for holder in small.board.holders(*place)}
    assert held == {(row.person_id, row.row, row.shift) for row in proposal.rows}
    assert {item.row.source for item in small.board.stand.held.values()} == {AssignmentSource.HAND}
    assert small.board.figures().shortage_heads == 0
    assert [gap.state for gap in all_gaps(small.board)] == [CellState.BELOW_DESIRED]
    small.after(edits.fill(small.station, small.actor, small.board, all_gaps(small.board)))
    assert all_gaps(small.board) == ()
    assert edits.propose_fill(small.board, all_gaps(small.board)).rows == ()


def test_picks_already_made_count(small: Desk, tiny: Tiny) -> None:
    """Two leaders, caps of one: a third leader's seat stays empty, and the proposal says by how much."""
    with tiny.station.write(small.actor, "test.cap") as unit:
        from patrol_desk.models import Person

        for code in "ABCXY":
            unit.session.get_one(Person, tiny.ids[code]).weekly_cap = 1
        unit.commit()
    small.board = small.anew()
    proposal = edits.propose_fill(small.board, all_gaps(small.board))
    people = [row.person_id for row in proposal.rows]
    assert len(set(people)) == len(people)
    done = edits.apply_fill(small.station, small.actor, small.board, proposal)
    small.after(done)
    assert small.board.stand.broken_cells == frozenset()
    left = {(gap.row, gap.shift): gap.missing for gap in proposal.unfilled}
    assert left == {
        (gap.row, gap.shift): gap.missing
        for gap in all_gaps(small.board)
        if gap.missing and (gap.row, gap.shift) in left
    }
    assert len(people) + sum(left.values()) >= 5


def test_a_gap_nobody_can_fill(small: Desk, tiny: Tiny) -> None:
    """All are away: nothing is proposed, what is missing is told."""
    tiny.add(*(tiny.leave(code, MONDAY, MONDAY) for code in "ABXY"))
    board = small.anew()
    proposal = edits.propose_fill(board, [board.gap(*MONDAY_DAY)])
    assert [row.card.name for row in proposal.rows] == ["甲C"]
    (gap,) = proposal.unfilled
    assert (gap.row, gap.shift, gap.heads, gap.missing) == (0, 0, 1, 1)


@pytest.mark.parametrize("what", ["taken", "leave", "gone"])
def test_a_proposal_that_does_not_hold_any_more(small: Desk, tiny: Tiny, what: str) -> None:
    """Somebody else wrote meanwhile: nothing of it is written, not even what would still fit."""
    proposal = edits.propose_fill(small.board, all_gaps(small.board))
    night = proposal.rows[-1]
    if what == "taken":
        for code in "XY":
            edits.assign(small.station, small.actor, small.anew(), tiny.ids[code], *FRIDAY_NIGHT)
    elif what == "leave":
        code = night.card.name.removeprefix("甲")
        tiny.add(tiny.leave(code, MONDAY, MONDAY + timedelta(days=6)))
    else:
        from patrol_desk.models import Person, PersonStatus

        with tiny.station.write(small.actor, "test.status") as unit:
            unit.session.get_one(Person, night.person_id).status = PersonStatus.INACTIVE
            unit.commit()
    before = len(small.anew().stand.held)
    with pytest.raises(ConcurrentChangeError) as refused:
        edits.apply_fill(small.station, small.actor, small.board, proposal)
    assert refused.value.message.code == "board.fill_refused"
    assert "请重新预览" in render(refused.value.message)
    assert len(small.anew().stand.held) == before


def test_proposing_can_be_stopped(small: Desk) -> None:
    """A long proposal is given up when the user says so."""
    with pytest.raises(CancelledByUserError):
        edits.propose_fill(small.board, all_gaps(small.board), lambda: True)


def test_a_sample_week_is_filled_by_the_rules(desk: Desk) -> None:
    """A day is emptied and filled by one key: no rule is broken, and undo gives the emptied day back."""
    cells = [(row.index, shift) for row in desk.board.rows for shift in range(4)]
    desk.after(edits.clear(desk.station, desk.actor, desk.board, cells))
    before = desk.board.figures()
    gaps = [gap for gap in all_gaps(desk.board) if gap.shift < 4]
    done = edits.fill(desk.station, desk.actor, desk.board, gaps)
    proposal = desk.after(done)
    assert len(proposal.rows) > 20
    assert desk.board.stand.broken_cells == frozenset()
    assert desk.board.figures().filled == before.filled + len(proposal.rows)
    missing = {(gap.row, gap.shift): gap.missing for gap in proposal.unfilled}
    for place, count in missing.items():
        assert desk.board.candidates(*place).eligible == 0
        assert count <= desk.board.gap(*place).missing
    desk.after(revert(desk.station, desk.actor, done.patch))
    assert desk.board.figures() == before
