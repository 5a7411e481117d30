"""Every hand edit is one step: checked again where it is written, refused in words, taken back whole."""

from collections.abc import Callable

import pytest

from patrol_desk.common.errors import PatrolError
from patrol_desk.messages import render
from patrol_desk.models import (
    AssignmentSource,
    AuditEntry,
    Demand,
    Plan,
    PlanState,
    VersionState,
)
from patrol_desk.services.planning import edits
from patrol_desk.services.planning.publish import content_hash, publish
from patrol_desk.services.undo import revert
from patrol_desk.storage import queries
from patrol_desk.storage.reads import planning
from tests.helpers.boards import Desk, looks
from tests.helpers.cells import FRIDAY_NIGHT, MONDAY_DAY, TUESDAY_DAY, group_of, ids, names, stored
from tests.helpers.tiny import MONDAY, WEEK, Tiny


def test_the_first_edit_makes_plan_and_draft(small: Desk, tiny: Tiny) -> None:
    """Nobody has to create anything first; the duty is the hand's; undoing takes plan and draft away again."""
    done = edits.assign(small.station, small.actor, small.board, tiny.ids["A"], *MONDAY_DAY)
    assignment = small.after(done)
    assert ids(small, MONDAY_DAY) == [assignment]
    assert small.board.version is not None
    assert (small.board.version.number, small.board.version.state) == (1, VersionState.DRAFT)
    assert stored(small) == [
        (tiny.ids["A"], tiny.ids["P1"], tiny.ids["D"], MONDAY, None, True, False, AssignmentSource.HAND)
    ]
    small.after(revert(small.station, small.actor, done.patch))
    assert small.board.versions == ()
    assert len(small.board.stand.held) == 0


def test_a_rule_refuses_in_words(manned: Desk, tiny: Tiny) -> None:
    """Place and reason are in the sentence, in both languages, and nothing is written."""
    before = stored(manned)
    with pytest.raises(PatrolError) as refused:
        edits.assign(manned.station, manned.actor, manned.board, tiny.ids["Y"], *TUESDAY_DAY, group_of(manned, 0, 2, 0))
    assert refused.value.message.code == "board.refused"
    assert render(refused.value.message) == "石桥市场 周二早班不能这样安排：缺少资格“组长”（周二早班 当天）。"
    assert "Tue" in render(refused.value.message, "en")
    assert stored(manned) == before


def test_somebody_unknown_is_refused(manned: Desk) -> None:
    """An id that is not on the roster breaks the first rule of all."""
    with pytest.raises(PatrolError) as refused:
        edits.assign(manned.station, manned.actor, manned.board, "nobody", *TUESDAY_DAY)
    assert refused.value.message.code == "board.refused"


def test_a_full_cell_names_the_way_out(manned: Desk, tiny: Tiny) -> None:
    """Two seats are taken: remove somebody, or swap."""
    with pytest.raises(PatrolError) as refused:
        edits.assign(manned.station, manned.actor, manned.board, tiny.ids["C"], *MONDAY_DAY)
    assert refused.value.message.code == "board.refused_full"
    assert "对换" in render(refused.value.message)


def test_nobody_stands_twice_in_one_patrol(manned: Desk, tiny: Tiny) -> None:
    """Neither on a second seat of the same kind nor on one of another kind."""
    for person, place in (("X", FRIDAY_NIGHT), ("A", MONDAY_DAY)):
        with pytest.raises(PatrolError) as refused:
            edits.assign(manned.station, manned.actor, manned.board, tiny.ids[person], *place)
        assert refused.value.message.code in {"board.refused", "board.refused_full"}
    found = manned.board.conflicts(tiny.ids["X"], *FRIDAY_NIGHT)
    assert [(conflict.rule, render(conflict.message)) for conflict in found] == [("twice", "已经在这里站这一班")]


def test_removing_and_taking_it_back(manned: Desk) -> None:
    """The duty goes and comes back under its id; the audit log says what it was."""
    before, gone = stored(manned), ids(manned, MONDAY_DAY)
    done = edits.remove(manned.station, manned.actor, manned.board, gone)
    assert manned.after(done) == 2
    assert manned.board.cell(*MONDAY_DAY).heads == 0
    with manned.station.read() as session:
        notes = queries.many(session, AuditEntry, action="roster.remove", kind="assignment")
    assert {note.record_id for note in notes} == set(gone)
    manned.after(revert(manned.station, manned.actor, done.patch))
    assert (stored(manned), ids(manned, MONDAY_DAY)) == (before, gone)


def test_moving_to_another_cell_and_another_seat(manned: Desk, tiny: Tiny) -> None:
    """The id stays, the seat fits the new place; within a cell the seat can be named."""
    (night,) = ids(manned, FRIDAY_NIGHT)
    assert manned.after(edits.move(manned.station, manned.actor, manned.board, night, *TUESDAY_DAY)) == night
    assert names(manned.board, TUESDAY_DAY) == ["甲X"]
    assert manned.board.seat_for(tiny.ids["X"], *TUESDAY_DAY) is None
    manned.after(edits.remove(manned.station, manned.actor, manned.board, ids(manned, MONDAY_DAY)))
    lead = edits.assign(manned.station, manned.actor, manned.board, tiny.ids["C"], *MONDAY_DAY)
    moved = manned.after(lead)
    anybody = group_of(manned, 0, 0, -1)
    manned.after(edits.move(manned.station, manned.actor, manned.board, moved, *MONDAY_DAY, anybody))
    assert manned.board.stand.held[moved].group == anybody


def test_moving_onto_a_full_cell_is_refused(manned: Desk) -> None:
    """The way out is in the sentence."""
    (night,) = ids(manned, FRIDAY_NIGHT)
    with pytest.raises(PatrolError) as refused:
        edits.move(manned.station, manned.actor, manned.board, night, *MONDAY_DAY)
    assert refused.value.message.code == "board.refused_full"


def test_a_move_frees_its_own_place(manned: Desk, tiny: Tiny) -> None:
    """One duty a day: within the day only a move is possible."""
    tiny.add(tiny.demand("P2", "D", 0))
    manned.board = manned.anew()
    with pytest.raises(PatrolError):
        edits.assign(manned.station, manned.actor, manned.board, tiny.ids["B"], 1, 0)
    (_, beside) = ids(manned, MONDAY_DAY)
    manned.after(edits.move(manned.station, manned.actor, manned.board, beside, 1, 0))
    assert names(manned.board, (1, 0)) == ["甲B"]


def test_swapping_two_people(manned: Desk, tiny: Tiny) -> None:
    """Each takes the other's seat, across cells and within one; taking it back gives the same rows."""
    manned.after(edits.assign(manned.station, manned.actor, manned.board, tiny.ids["C"], *TUESDAY_DAY))
    before = stored(manned)
    lead, other = ids(manned, MONDAY_DAY)[0], ids(manned, TUESDAY_DAY)[0]
    done = edits.swap(manned.station, manned.actor, manned.board, lead, other)
    assert manned.after(done) == (lead, other)
    assert (names(manned.board, MONDAY_DAY), names(manned.board, TUESDAY_DAY)) == (["甲C", "甲B"], ["甲A"])
    manned.after(revert(manned.station, manned.actor, done.patch))
    assert stored(manned) == before


def test_swapping_within_one_cell(manned: Desk, tiny: Tiny) -> None:
    """A deputy who stands beside takes the leader's seat."""
    manned.after(edits.remove(manned.station, manned.actor, manned.board, ids(manned, MONDAY_DAY)[1:]))
    manned.after(edits.assign(manned.station, manned.actor, manned.board, tiny.ids["C"], *MONDAY_DAY))
    manned.after(edits.swap(manned.station, manned.actor, manned.board, *ids(manned, MONDAY_DAY)))
    assert names(manned.board, MONDAY_DAY) == ["甲C", "甲A"]


@pytest.mark.parametrize("what", ["rule", "person", "gone_seat"])
def test_a_swap_that_cannot_be(manned: Desk, tiny: Tiny, what: str) -> None:
    """B may not lead; one person does not swap; a seat out of demand cannot be given."""
    first, second = ids(manned, MONDAY_DAY)
    code = {"rule": "board.refused", "person": "board.swap_one_person", "gone_seat": "board.seat_gone"}[what]
    if what == "person":
        second = first
    if what == "gone_seat":
        with tiny.station.write(manned.actor, "test.demand") as unit:
            for demand in queries.many(unit.session, Demand, checkpoint_id=tiny.ids["P1"], leader=False, weekday=0):
                demand.ended_on = MONDAY
            unit.commit()
    with pytest.raises(PatrolError) as refused:
        edits.swap(manned.station, manned.actor, manned.board, first, second)
    assert refused.value.message.code == code


def test_locked_duties_stay_until_they_are_unlocked(manned: Desk) -> None:
    """Remove, move and swap name who is locked and where; clearing leaves them; unlocked they go."""
    lead, beside = ids(manned, MONDAY_DAY)
    (night,) = ids(manned, FRIDAY_NIGHT)
    assert manned.after(edits.lock(manned.station, manned.actor, manned.board, [lead], True)) == 1
    assert manned.board.cell(*MONDAY_DAY).some_locked
    tries: list[Callable[[], object]] = [
        lambda: edits.remove(manned.station, manned.actor, manned.board, [lead, beside]),
        lambda: edits.move(manned.station, manned.actor, manned.board, lead, *TUESDAY_DAY),
        lambda: edits.swap(manned.station, manned.actor, manned.board, night, lead),
    ]
    for attempt in tries:
        with pytest.raises(PatrolError) as refused:
            attempt()
        assert render(refused.value.message) == "甲A 在石桥市场 周一早班的安排已锁定（共 1 条锁定）。请先解锁，再改。"
    cleared = manned.after(edits.clear(manned.station, manned.actor, manned.board, [MONDAY_DAY, FRIDAY_NIGHT]))
    assert (cleared.removed, cleared.kept) == (2, 1)
    assert manned.board.cell(*MONDAY_DAY).locked
    assert manned.after(edits.lock(manned.station, manned.actor, manned.board, [MONDAY_DAY], False)) == 1
    assert manned.after(edits.remove(manned.station, manned.actor, manned.board, [lead])) == 1


def test_conflicts_of_a_locked_duty_imagined_away(manned: Desk, tiny: Tiny) -> None:
    """Dragging a locked person shows the lock as a block before anything is dropped."""
    lead = ids(manned, MONDAY_DAY)[0]
    manned.after(edits.lock(manned.station, manned.actor, manned.board, [MONDAY_DAY], True))
    found = manned.board.conflicts(tiny.ids["A"], *TUESDAY_DAY, without=frozenset({lead}))
    assert [conflict.rule for conflict in found if conflict.severity == "block"] == ["locked"]
    assert "石桥市场" in render(found[0].message)
    assert manned.after(edits.lock(manned.station, manned.actor, manned.board, [MONDAY_DAY], True)) == 0


def test_locking_everything_is_a_list_of_cells(manned: Desk) -> None:
    """A row, a day or the week: all who stand there, once."""
    cells = [(row.index, shift.index) for row in manned.board.rows for shift in manned.board.shifts]
    done = edits.lock(manned.station, manned.actor, manned.board, cells, True)
    assert manned.after(done) == 3
    assert all(item.row.locked for item in manned.board.stand.held.values())
    manned.after(revert(manned.station, manned.actor, done.patch))
    assert not any(item.row.locked for item in manned.board.stand.held.values())


def test_editing_after_publishing_makes_the_next_draft(manned: Desk) -> None:
    """The version in force stays as it was, to the row; the draft is its copy with the edit; undo removes the draft."""
    published = publish(manned.station, manned.actor, WEEK)
    manned.after_changes(published.changes)
    lead, beside = ids(manned, MONDAY_DAY)
    done = edits.remove(manned.station, manned.actor, manned.board, [lead])
    manned.after(done)
    versions = [(version.number, version.state, version.assignments) for version in manned.board.versions]
    assert versions == [(2, VersionState.DRAFT, 2), (1, VersionState.PUBLISHED, 3)]
    assert (names(manned.board, MONDAY_DAY), manned.board.unpublished) == (["甲B"], 1)
    with manned.station.read() as session:
        old = planning.versions_of(session, str(WEEK))[1]
        assert content_hash(planning.assignments_of(session, old.id)) == published.content_hash
    assert ids(manned, MONDAY_DAY) != [beside]
    manned.after(revert(manned.station, manned.actor, done.patch))
    assert [version.number for version in manned.board.versions] == [1]
    assert ids(manned, MONDAY_DAY) == [lead, beside]


@pytest.mark.parametrize("what", ["assign", "move", "swap", "lock", "clear"])
def test_every_edit_works_on_a_published_week(manned: Desk, tiny: Tiny, what: str) -> None:
    """Each names duties of the version in force and finds their copies."""
    manned.after_changes(publish(manned.station, manned.actor, WEEK).changes)
    station, actor, board = manned.station, manned.actor, manned.board
    (night,), lead = ids(manned, FRIDAY_NIGHT), ids(manned, MONDAY_DAY)[0]
    manned.after(edits.assign(station, actor, board, tiny.ids["C"], *TUESDAY_DAY)) if what == "assign" else None
    manned.after(edits.move(station, actor, board, night, *TUESDAY_DAY)) if what == "move" else None
    manned.after(edits.lock(station, actor, board, [lead], True)) if what == "lock" else None
    manned.after(edits.clear(station, actor, board, [MONDAY_DAY])) if what == "clear" else None
    if what == "swap":
        with pytest.raises(PatrolError):
            edits.swap(station, actor, board, lead, night)
        manned.after(edits.swap(station, actor, board, ids(manned, MONDAY_DAY)[1], night))
    assert manned.board.version is not None
    assert (manned.board.version.number, manned.board.version.state) == (2, VersionState.DRAFT)
    assert looks(manned.board) == looks(manned.anew())


def test_a_closed_week_is_not_edited(manned: Desk, tiny: Tiny) -> None:
    """The sentence says so."""
    publish(manned.station, manned.actor, WEEK)
    with manned.station.write(manned.actor, "test.close") as unit:
        queries.many(unit.session, Plan)[0].state = PlanState.CLOSED
        unit.commit()
    manned.board = manned.anew()
    with pytest.raises(PatrolError) as refused:
        edits.assign(manned.station, manned.actor, manned.board, tiny.ids["C"], *TUESDAY_DAY)
    assert refused.value.message.code == "board.closed"


def test_the_solver_s_figures_are_put_aside_by_the_first_edit(desk: Desk) -> None:
    """They are not the version's any more; the mode stays; later edits leave them alone; undo brings them back."""
    assert desk.board.version is not None
    figures = dict(desk.board.version.figures)
    done = edits.clear(desk.station, desk.actor, desk.board, [next(iter(cells_with_heads(desk)))])
    desk.after(done)
    assert desk.board.version.figures == {"stale": True, "mode": "fresh"}
    again = edits.clear(desk.station, desk.actor, desk.board, [next(iter(cells_with_heads(desk)))])
    assert "plan_version" not in again.changes.by_kind
    desk.after(again)
    desk.after(revert(desk.station, desk.actor, again.patch))
    desk.after(revert(desk.station, desk.actor, done.patch))
    assert desk.board.version.figures == figures


def cells_with_heads(desk: Desk) -> list[tuple[int, int]]:
    """Return the cells in which somebody stands."""
    return [desk.board.frame.place_of(cell) for cell in desk.board.stand.cells]
