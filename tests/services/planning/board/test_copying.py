"""Copying days and weeks, handing duties over, pasting names: previews and what is really written."""

from datetime import timedelta

import pytest

from patrol_desk.common.errors import PatrolError
from patrol_desk.services import undo
from patrol_desk.services.planning import edits
from patrol_desk.services.planning.board import open_board
from patrol_desk.services.planning.edits import PastedCell, Span
from patrol_desk.services.planning.edits.pasting import MOST_PASTED
from tests.helpers.boards import WEEK, Desk
from tests.helpers.cells import MONDAY_DAY, TUESDAY_DAY, names, stored
from tests.helpers.tiny import Tiny


def _on(desk: Desk, day: int) -> set[tuple[str, str, str]]:
    shown = desk.anew()
    return {
        (item.row.person_id, item.row.checkpoint_id, item.row.pattern_id)
        for item in shown.stand.held.values()
        if (item.row.on_date - WEEK.monday).days == day
    }


def test_a_day_is_copied_as_its_preview_says(desk: Desk) -> None:
    """A day is copied as its preview says, and one undo takes it back."""
    span = Span(WEEK.monday, WEEK.monday + timedelta(days=1), clear=True)
    monday, tuesday = _on(desk, 0), _on(desk, 1)
    told = edits.preview_copy(desk.station, desk.actor, span)
    assert _on(desk, 1) == tuesday
    done = edits.copy_days(desk.station, desk.actor, span)
    assert done.value == told
    assert told.removed == len(tuesday)
    assert told.copied + told.left_out == len(monday)
    assert told.left_out == sum(count for _, count in told.left_out_by)
    assert told.copied == len(_on(desk, 1)) > 0
    assert _on(desk, 1) <= monday
    assert _on(desk, 0) == monday
    undo.revert(desk.station, desk.actor, done.patch)
    assert _on(desk, 1) == tuesday


def test_locked_duties_stay_and_their_seats_are_not_taken(desk: Desk) -> None:
    """Locked duties stay and their seats are not taken."""
    desk.after(edits.lock(desk.station, desk.actor, desk.board, [(row.index, 4) for row in desk.board.rows]))
    locked = {item.row.id for item in desk.board.stand.held.values() if item.row.locked}
    assert locked
    span = Span(WEEK.monday, WEEK.monday + timedelta(days=1), clear=True)
    told = edits.copy_days(desk.station, desk.actor, span).value
    assert told.kept == len(locked)
    assert locked <= desk.anew().stand.held.keys()


def test_without_clearing_what_stands_there_stays(desk: Desk) -> None:
    """Without clearing, what stands there stays."""
    tuesday = _on(desk, 1)
    span = Span(WEEK.monday, WEEK.monday + timedelta(days=1))
    told = edits.copy_days(desk.station, desk.actor, span).value
    assert told.removed == 0
    assert tuesday <= _on(desk, 1)
    again = edits.preview_copy(desk.station, desk.actor, Span.weeks(WEEK, WEEK.plus(1)))
    assert again.copied > 0


def test_a_day_copied_twice_is_there_already(desk: Desk) -> None:
    """A day copied twice is there already."""
    span = Span(WEEK.monday, WEEK.monday + timedelta(days=7))
    first = edits.copy_days(desk.station, desk.actor, span).value
    second = edits.preview_copy(desk.station, desk.actor, span)
    assert second.there == first.copied > 0
    assert open_board(desk.station, desk.actor, WEEK.plus(1)).version is not None


def test_nothing_is_copied_onto_itself_or_from_nothing(desk: Desk) -> None:
    """Nothing is copied onto itself, or from a day without duties."""
    with pytest.raises(PatrolError, match="copy_onto_itself"):
        edits.preview_copy(desk.station, desk.actor, Span(WEEK.monday, WEEK.monday))
    later = WEEK.plus(3).monday
    with pytest.raises(PatrolError, match="copy_nothing"):
        edits.copy_days(desk.station, desk.actor, Span(later, WEEK.monday))


def test_a_duty_is_handed_to_somebody_else(manned: Desk, tiny: Tiny) -> None:
    """A duty is handed to somebody else in the same seat; who had it is free."""
    board = manned.board
    duty = next(h for h in board.holders(*MONDAY_DAY) if h.person_id == tiny.ids["B"])
    free = next(
        code
        for code in ("C", "D", "X")
        if not any(
            c.severity == "block"
            for c in board.conflicts(tiny.ids[code], *MONDAY_DAY, without=frozenset({duty.assignment_id}))
        )
    )
    done = edits.hand_over(manned.station, manned.actor, board, duty.assignment_id, tiny.ids[free], *MONDAY_DAY)
    assert manned.after(done) == duty.assignment_id
    assert names(manned.board, MONDAY_DAY) == names(manned.anew(), MONDAY_DAY)
    assert tiny.ids[free] in {h.person_id for h in manned.anew().holders(*MONDAY_DAY)}
    assert tiny.ids["B"] not in {h.person_id for h in manned.anew().holders(*MONDAY_DAY)}
    undo.revert(manned.station, manned.actor, done.patch)
    assert tiny.ids["B"] in {h.person_id for h in manned.anew().holders(*MONDAY_DAY)}


def test_a_duty_is_not_handed_to_somebody_who_stands_there(manned: Desk, tiny: Tiny) -> None:
    """A duty is not handed to somebody who stands there, nor is a locked one."""
    duty = next(h for h in manned.board.holders(*MONDAY_DAY) if h.person_id == tiny.ids["B"])
    with pytest.raises(PatrolError, match="refused"):
        edits.hand_over(manned.station, manned.actor, manned.board, duty.assignment_id, tiny.ids["A"], *MONDAY_DAY)
    manned.after(edits.lock(manned.station, manned.actor, manned.board, [duty.assignment_id]))
    with pytest.raises(PatrolError, match="locked"):
        edits.hand_over(manned.station, manned.actor, manned.board, duty.assignment_id, tiny.ids["C"], *MONDAY_DAY)


def test_names_and_codes_are_found_and_the_unknown_told(manned: Desk, tiny: Tiny) -> None:
    """Names and codes are found, the unknown told, whatever stands between them."""
    cell = PastedCell(*MONDAY_DAY, "甲A、b；谁也不是 甲X")
    found = edits.read_names(manned.station, manned.actor, manned.board, [cell])
    assert [entry.text for entry in found] == ["甲A", "b", "谁也不是", "甲X"]
    assert [[one.person_id for one in entry.meant] for entry in found] == [
        [tiny.ids["A"]], [tiny.ids["B"]], [], [tiny.ids["X"]],
    ]  # fmt: skip
    many = PastedCell(*MONDAY_DAY, "甲A " * (MOST_PASTED + 1))
    with pytest.raises(PatrolError, match="paste_too_many"):
        edits.read_names(manned.station, manned.actor, manned.board, [many])


def test_of_several_of_one_name_the_squad_at_hand_wins(desk: Desk) -> None:
    """Of several of one name the one whose squad stands there wins; else all are offered."""
    board = desk.board
    frame = board.frame
    place, shift = next((c.cell // len(board.shifts), c.cell % len(board.shifts)) for c in board.stand.held.values())
    squads = {holder.squad for holder in board.holders(place, shift)}
    by_name: dict[str, list[int]] = {}
    for person, name in enumerate(frame.names.people):
        by_name.setdefault(name, []).append(person)
    text = "、".join(by_name)
    found = edits.read_names(desk.station, desk.actor, board, [PastedCell(place, shift, text)])
    assert [entry.text for entry in found] == list(by_name)
    for entry in found:
        people = by_name[entry.text]
        here = [person for person in people if frame.squad_name(person) in squads]
        if len(people) == 1 or len(here) == 1:
            chosen = here if len(people) > 1 else people
            assert [one.person_id for one in entry.meant] == [frame.week_problem.person_ids[p] for p in chosen]
        else:
            assert 1 <= len(entry.meant) <= len(people)


def test_pasting_makes_a_cell_hold_the_people_named(manned: Desk, tiny: Tiny) -> None:
    """Pasting makes a cell hold the people named; one undo takes it back."""
    before = stored(manned)
    people = [(*MONDAY_DAY, tiny.ids["A"])]
    told = edits.preview_paste(manned.station, manned.actor, manned.board, [MONDAY_DAY], people)
    done = edits.paste(manned.station, manned.actor, manned.board, [MONDAY_DAY], people)
    assert done.value == told
    assert (told.there, told.removed, told.kept, told.added, told.refused) == (1, 1, 0, (), ())
    assert names(manned.anew(), MONDAY_DAY) == ["甲A"]
    undo.revert(manned.station, manned.actor, done.patch)
    assert sorted(stored(manned)) == sorted(before)


def test_who_is_there_counts_as_there_also_where_nobody_is_to_go(manned: Desk, tiny: Tiny) -> None:
    """Somebody who is in the cell already is not refused, also where the cell keeps its other people."""
    people = [(*MONDAY_DAY, tiny.ids["A"])]
    told = edits.preview_paste(manned.station, manned.actor, manned.board, [], people)
    assert (told.there, told.removed, told.added, told.refused) == (1, 0, (), ())


def test_pasting_leaves_out_whom_a_rule_keeps_away_and_keeps_the_locked(manned: Desk, tiny: Tiny) -> None:
    """Pasting leaves out whom a rule keeps away, and keeps who is locked."""
    manned.after(edits.lock(manned.station, manned.actor, manned.board, [MONDAY_DAY]))
    people = [(*MONDAY_DAY, tiny.ids[code]) for code in ("C", "X")] + [(*TUESDAY_DAY, "nobody")]
    told = edits.paste(manned.station, manned.actor, manned.board, [MONDAY_DAY, TUESDAY_DAY], people).value
    assert told.kept == 2
    assert told.removed == 0
    refused = [one for one in told.refused if one.person_id == "nobody"]
    assert refused[0].name == ""
    assert all(one.refused for one in told.refused)
    shown = {h.person_id for h in manned.anew().holders(*MONDAY_DAY)}
    assert {tiny.ids["A"], tiny.ids["B"]} <= shown
    assert shown == {tiny.ids["A"], tiny.ids["B"]} | {one.person_id for one in told.added}


def test_pasting_people_into_an_emptied_cell_adds_them(manned: Desk, tiny: Tiny) -> None:
    """Pasting people into an emptied cell adds them."""
    manned.after(edits.clear(manned.station, manned.actor, manned.board, [MONDAY_DAY]))
    people = [(*MONDAY_DAY, tiny.ids["A"]), (*MONDAY_DAY, tiny.ids["B"])]
    told = edits.paste(manned.station, manned.actor, manned.board, [MONDAY_DAY], people).value
    assert [one.name for one in told.added] == ["甲A", "甲B"]
    assert sorted(names(manned.anew(), MONDAY_DAY)) == ["甲A", "甲B"]
