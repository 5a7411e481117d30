"""Availability and leave of one or many people."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.messages import render
from patrol_desk.models import Availability, LeaveReason
from patrol_desk.services.people import (
    Cell,
    Proof,
    add_leave,
    change_leave,
    copy_availability,
    end_certificate,
    end_leave,
    person_detail,
    retire_people,
    set_availability,
    set_certificate,
)
from patrol_desk.services.undo import revert
from patrol_desk.storage.reads.people import LeaveRow
from tests.helpers.tiny import MONDAY, WEEK, Tiny

Plot = Callable[[str], str]
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


def leave(tiny: Tiny, actor: Actor, person: str) -> tuple[LeaveRow, ...]:
    """Return a person's leave."""
    return person_detail(tiny.station, actor, tiny.ids[person], WEEK).leave


def week(tiny: Tiny, actor: Actor, person: str) -> dict[str, tuple[int, ...]]:
    """Return a person's availability by pattern code."""
    found = person_detail(tiny.station, actor, tiny.ids[person], WEEK)
    return {pattern.code: found.availability[pattern.id] for pattern in found.patterns}


def test_painting_makes_rows_where_there_are_none(tiny: Tiny, chief: Actor) -> None:
    """A pattern nobody asked about yet counts as unavailable all week."""
    tiny.add(tiny.person("N1"))
    done = set_availability(
        tiny.station, chief, tiny.ids["N1"], [Cell(tiny.ids["N"], 4, 0, 3), Cell(tiny.ids["N"], 5, 0, 0)]
    )
    assert done.value == 1
    assert week(tiny, chief, "N1") == {"D": (0,) * 7, "N": (0, 0, 0, 0, 3, 0, 0)}


def test_a_retired_row_is_brought_back(tiny: Tiny, chief: Actor) -> None:
    """A person has one row per pattern; an ended one begins again from nothing."""
    tiny.add(tiny.person("N1"))
    row = tiny.availability("N1", "D")
    row.ended_on = TODAY
    tiny.add(row)
    assert week(tiny, chief, "N1")["D"] == (0,) * 7
    set_availability(tiny.station, chief, tiny.ids["N1"], [Cell(tiny.ids["D"], 0, 0, 1)])
    assert week(tiny, chief, "N1")["D"] == (1, 0, 0, 0, 0, 0, 0)


def test_a_cell_that_moved_or_is_none_is_refused(tiny: Tiny, chief: Actor) -> None:
    """Nothing is half painted."""
    with pytest.raises(ConcurrentChangeError):
        set_availability(
            tiny.station, chief, tiny.ids["A"], [Cell(tiny.ids["D"], 0, 2, 3), Cell(tiny.ids["D"], 1, 0, 3)]
        )
    for cell in (Cell(tiny.ids["D"], 0, 2, 4), Cell(tiny.ids["D"], 7, 2, 3)):
        with pytest.raises(InvalidDataError):
            set_availability(tiny.station, chief, tiny.ids["A"], [cell])
    assert week(tiny, chief, "A")["D"] == (2,) * 7


def test_a_week_is_copied_to_others(tiny: Tiny, chief: Actor) -> None:
    """Whole: what the model cannot do, the others cannot either; who has the same already is not touched."""
    tiny.add(tiny.person("N1"), tiny.person("N2"))
    tiny.add(tiny.availability("N1", "D", "3210000"))
    people = [tiny.ids[code] for code in ("A", "N1", "N2")]
    done = copy_availability(tiny.station, chief, tiny.ids["N1"], people)
    assert done.value == 2
    for code in ("A", "N2"):
        assert week(tiny, chief, code) == {"D": (3, 2, 1, 0, 0, 0, 0), "N": (0,) * 7}
    assert copy_availability(tiny.station, chief, tiny.ids["N1"], people).value == 0
    revert(tiny.station, chief, done.patch)
    assert week(tiny, chief, "A") == {"D": (2,) * 7, "N": (2,) * 7}


def test_copying_brings_retired_rows_back(tiny: Tiny, chief: Actor) -> None:
    """A row that was ended is used again."""
    tiny.add(tiny.person("N1"), tiny.person("N2"))
    ended = tiny.availability("N2", "D", "1111111")
    ended.ended_on = TODAY
    other = Availability(person_id=tiny.ids["N2"], pattern_id=tiny.ids["N"], ended_on=TODAY)
    tiny.add(tiny.availability("N1", "D", "0000003"), ended, other)
    assert copy_availability(tiny.station, chief, tiny.ids["N1"], [tiny.ids["N2"]]).value == 1
    assert week(tiny, chief, "N2") == {"D": (0, 0, 0, 0, 0, 0, 3), "N": (0,) * 7}


def test_leave_of_many_spares_who_has_some_already(tiny: Tiny, chief: Actor, draft: Plot) -> None:
    """The numbers say how many got it, how many had some, and which duties fall into it."""
    draft("ABA")
    tiny.add(tiny.leave("B", MONDAY, MONDAY))
    done = add_leave(tiny.station, chief, [tiny.ids["A"], tiny.ids["B"]], MONDAY, MONDAY + DAY, LeaveReason.SICK)
    assert (done.value.added, done.value.kept, done.value.affected.drafts) == (1, 1, 1)
    assert leave(tiny, chief, "A")[0][2:] == (MONDAY, MONDAY + DAY, LeaveReason.SICK)
    assert leave(tiny, chief, "B")[0].reason is LeaveReason.FAMILY


def test_leave_of_one_that_cannot_be_is_refused_in_words(tiny: Tiny, chief: Actor) -> None:
    """Overlap, wrong order, a slip in the year, a retired person."""
    tiny.add(tiny.leave("B", MONDAY, MONDAY + 3 * DAY))
    for first, last, code in (
        (MONDAY + DAY, MONDAY + DAY, "people.leave_overlap"),
        (MONDAY, TODAY, "people.leave_order"),
        (MONDAY, MONDAY + 366 * DAY, "people.leave_long"),
    ):
        with pytest.raises(InvalidDataError) as told:
            add_leave(tiny.station, chief, [tiny.ids["B"]], first, last, LeaveReason.SICK)
        assert told.value.message.code == code
        assert render(told.value.message, "en")
    retire_people(tiny.station, chief, [tiny.ids["A"]], "生病")
    with pytest.raises(InvalidDataError) as told:
        add_leave(tiny.station, chief, [tiny.ids["A"]], MONDAY, MONDAY, LeaveReason.SICK)
    assert told.value.message.code == "people.retired"


def test_leave_is_changed_ended_and_given_again(tiny: Tiny, chief: Actor) -> None:
    """What has begun ends yesterday; what has not is taken back, and its day is free again."""
    tiny.add(tiny.leave("A", TODAY - DAY, MONDAY), tiny.leave("A", MONDAY + 7 * DAY, MONDAY + 8 * DAY))
    later, now = leave(tiny, chief, "A")
    change_leave(
        tiny.station, chief, later.id, MONDAY + 9 * DAY, MONDAY + 9 * DAY, LeaveReason.WORK, seen=later.row_version
    )
    with pytest.raises(ConcurrentChangeError):
        end_leave(tiny.station, chief, later.id, seen=later.row_version)
    with pytest.raises(InvalidDataError):
        change_leave(tiny.station, chief, now.id, TODAY, MONDAY + 9 * DAY, LeaveReason.WORK, seen=now.row_version)
    end_leave(tiny.station, chief, now.id, seen=now.row_version)
    later = leave(tiny, chief, "A")[0]
    done = end_leave(tiny.station, chief, later.id, seen=later.row_version)
    assert [row[2:4] for row in leave(tiny, chief, "A")] == [(TODAY - DAY, TODAY - DAY)]
    add_leave(tiny.station, chief, [tiny.ids["A"]], MONDAY + 9 * DAY, MONDAY + 10 * DAY, LeaveReason.AWAY)
    assert leave(tiny, chief, "A")[0].reason is LeaveReason.AWAY
    assert done.changes.touches("leave")
    with pytest.raises(ConcurrentChangeError):
        end_leave(tiny.station, chief, "gone", seen=1)


def proofs(tiny: Tiny, actor: Actor, person: str) -> list[tuple[str, date | None]]:
    """Return a person's certificates: number and last day."""
    found = person_detail(tiny.station, actor, tiny.ids[person], WEEK).certificates
    return [(row.number, row.expires_on) for row in found]


def test_a_certificate_is_added_renewed_and_withdrawn(tiny: Tiny, chief: Actor) -> None:
    """A person has one per skill; one that was withdrawn can come again."""
    skill = tiny.ids["AID"]
    set_certificate(tiny.station, chief, tiny.ids["A"], Proof(skill, " C-1 ", TODAY, None))
    assert proofs(tiny, chief, "A") == [("C-1", None)]
    row = person_detail(tiny.station, chief, tiny.ids["A"], WEEK).certificates[0]
    renewed = Proof(skill, "C-2", TODAY, TODAY + 30 * DAY)
    with pytest.raises(ConcurrentChangeError):
        set_certificate(tiny.station, chief, tiny.ids["A"], renewed)
    done = set_certificate(tiny.station, chief, tiny.ids["A"], renewed, seen=row.row_version)
    assert done.value == row.id
    with pytest.raises(ConcurrentChangeError):
        end_certificate(tiny.station, chief, row.id, seen=row.row_version)
    end_certificate(tiny.station, chief, row.id, seen=row.row_version + 1)
    assert proofs(tiny, chief, "A") == []
    set_certificate(tiny.station, chief, tiny.ids["A"], Proof(skill, "C-3", None, None))
    assert proofs(tiny, chief, "A") == [("C-3", None)]
    for wrong in (Proof(skill, "", TODAY, TODAY - DAY), Proof(skill, "9" * 201, None, None)):
        with pytest.raises(InvalidDataError) as told:
            set_certificate(tiny.station, chief, tiny.ids["B"], wrong)
        assert render(told.value.message)
    with pytest.raises(ConcurrentChangeError):
        set_certificate(tiny.station, chief, tiny.ids["B"], Proof("gone", "", None, None))
