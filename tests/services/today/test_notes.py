"""Handover notes are written, changed, ticked off, and taken back."""

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, InvalidDataError
from patrol_desk.models import Role
from patrol_desk.services.today import LONGEST, add_note, edit_note, finish_note, list_notes
from patrol_desk.services.undo import revert
from tests.helpers.tiny import Tiny


def texts(tiny: Tiny, actor: Actor) -> list[str]:
    """Return the notes' texts in the order shown."""
    return [note.text for note in list_notes(tiny.station, actor)]


def test_a_note_is_written_changed_and_ticked_off(tiny: Tiny, chief: Actor) -> None:
    """Who wrote it and when stands beside it; what is done goes below what is open."""
    first = add_note(tiny.station, chief, "  汽车站晚班客流大，\n17:50 前到位。 ").value
    second = add_note(tiny.station, chief, "手台 3 号电池已更换").value
    (note,) = [note for note in list_notes(tiny.station, chief) if note.id == first]
    assert (note.text, note.author, note.done_at) == ("汽车站晚班客流大， 17:50 前到位。", chief.name, None)
    assert f"{note.at:%H:%M}" == "14:00"
    done = finish_note(tiny.station, chief, second)
    assert "handover_note" in done.changes.by_kind
    assert [(note.id, note.done_by) for note in list_notes(tiny.station, chief)] == [(first, ""), (second, chief.name)]
    edit_note(tiny.station, chief, first, note.row_version, "改过了")
    assert texts(tiny, chief) == ["改过了", "手台 3 号电池已更换"]
    finish_note(tiny.station, chief, second, done=False)
    assert all(note.done_at is None for note in list_notes(tiny.station, chief))


def test_each_step_can_be_taken_back(tiny: Tiny, chief: Actor) -> None:
    """Undo takes back the ticking, the change and the writing, in that order."""
    added = add_note(tiny.station, chief, "一")
    edited = edit_note(tiny.station, chief, added.value, 1, "二")
    ticked = finish_note(tiny.station, chief, added.value)
    revert(tiny.station, chief, ticked.patch)
    assert list_notes(tiny.station, chief)[0].done_at is None
    revert(tiny.station, chief, edited.patch)
    assert texts(tiny, chief) == ["一"]
    revert(tiny.station, chief, added.patch)
    assert texts(tiny, chief) == []


@pytest.mark.parametrize(
    ("text", "code"), [("  \n ", "today.note_empty"), ("字" * (LONGEST + 1), "today.note_too_long")]
)
def test_a_note_says_something_and_not_too_much(tiny: Tiny, chief: Actor, text: str, code: str) -> None:
    """Nothing and too much are refused in words, and nothing is written."""
    with pytest.raises(InvalidDataError) as refused:
        add_note(tiny.station, chief, text)
    assert refused.value.message.code == code
    assert texts(tiny, chief) == []


def test_two_people_at_one_note(tiny: Tiny, chief: Actor) -> None:
    """A note that somebody changed or took back meanwhile is not overwritten."""
    added = add_note(tiny.station, chief, "一")
    edit_note(tiny.station, chief, added.value, 1, "二")
    with pytest.raises(ConcurrentChangeError) as changed:
        edit_note(tiny.station, chief, added.value, 1, "三")
    assert changed.value.message.code == "today.note_changed"
    with pytest.raises(ConcurrentChangeError) as gone:
        finish_note(tiny.station, chief, "no such note")
    assert gone.value.message.code == "today.note_gone"
    assert texts(tiny, chief) == ["二"]


def test_a_viewer_reads_and_writes_nothing(tiny: Tiny, chief: Actor) -> None:
    """Who may only look sees the notes."""
    viewer = Actor(None, "只读", Role.VIEWER)
    add_note(tiny.station, chief, "一")
    assert texts(tiny, viewer) == ["一"]
    with pytest.raises(ForbiddenError):
        add_note(tiny.station, viewer, "二")
