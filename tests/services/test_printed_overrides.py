"""Duties that break a rule knowingly are marked on the sheets and explained in a footnote."""

from datetime import datetime, time

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.messages import render
from patrol_desk.models import OverrideReason
from patrol_desk.services.planning import edits
from patrol_desk.services.planning.overrides import OVERRIDABLE, Overridden, Override
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.printed.ask import Ask
from patrol_desk.services.printed.content import content_hash
from patrol_desk.services.printed.footnotes import Footnotes
from patrol_desk.services.printed.posts import CheckpointWeekSheet, SignInSheet
from patrol_desk.services.printed.read import printed_sheets
from patrol_desk.services.sheet_data import SquadWeekSheet
from patrol_desk.storage.reads.rows import PatternRow
from tests.helpers.boards import Desk
from tests.helpers.tiny import MONDAY, WEEK, Tiny

NIGHT = (1, 1)
NOON = datetime.combine(MONDAY, time(12))
PATTERN = PatternRow("p", "E", "晚班", "晚", 1080, 240, False)


@pytest.fixture
def desk(tiny: Tiny) -> Desk:
    """Give the published week in which B serves on Monday by day and, by override, by night."""
    tiny.add(tiny.demand("P2", "N", 0))
    desk = Desk.on(tiny.station)
    for code, place in (("A", (0, 0)), ("B", (0, 0))):
        desk.after(edits.assign(desk.station, desk.actor, desk.board, tiny.ids[code], *place))
    override = Override(OverrideReason.EMERGENCY, "说明不印在纸上")
    desk.after(edits.assign(desk.station, desk.actor, desk.board, tiny.ids["B"], *NIGHT, override=override))
    publish(desk.station, desk.actor, WEEK)
    return desk


def test_each_kind_of_sheet_marks_the_duty(desk: Desk, chief: Actor) -> None:
    """The squad's week, the checkpoint's week, both sign-in sheets; the sentence itself stays in the audit log."""
    week = printed_sheets(desk.station, chief, "squad-week", Ask(week=WEEK, squads=("S1",)))[0]
    assert isinstance(week, SquadWeekSheet)
    cells = [(row.name, day, cell) for row in week.rows for day, cell in enumerate(row.cells)]
    marks = [(name, day, duty.note) for name, day, cell in cells for duty in cell.duties if duty.note]
    assert marks == [("甲B", 0, "①")]
    (post,) = printed_sheets(desk.station, chief, "checkpoint-week", Ask(week=WEEK, checkpoints=("P2",)))
    assert isinstance(post, CheckpointWeekSheet)
    assert [p.mark for shift in post.shifts for p in shift.days[0].people] == ["①"]
    for ask in (Ask(day=MONDAY, checkpoints=("P2",)), Ask(day=MONDAY, squads=("S1",))):
        (sheet,) = printed_sheets(desk.station, chief, "sign-in", ask)
        assert isinstance(sheet, SignInSheet)
        assert [p.name for shift in sheet.shifts for p in shift.manning.people if p.mark] == ["甲B"]
        (note,) = sheet.footnotes
        words = render(note.text)
        assert words.startswith("甲B 周一夜班超过每日班数，原因“突发勤务”")
        assert "说明" not in words
        assert "more duties than a day allows" in render(note.text, "en")
    assert week.footnotes == post.footnotes


def test_a_sheet_without_an_override_is_as_before(desk: Desk, chief: Actor) -> None:
    """No mark and no footnote; the marks are not in the hash of sheets that name no note."""
    (post,) = printed_sheets(desk.station, chief, "checkpoint-week", Ask(week=WEEK, checkpoints=("P1",)))
    assert isinstance(post, CheckpointWeekSheet)
    assert post.footnotes == ()
    assert len(content_hash(post)) == 64


def test_every_rule_has_words_and_numbers_go_on() -> None:
    """Each rule that can be overridden is named in both languages; beyond twenty the number stands in brackets."""
    one = {
        (f"{number}", "c", "p", MONDAY): (Overridden("rest", OverrideReason.OTHER, "x", "y", NOON),)
        for number in range(21)
    }
    notes = Footnotes(one, {"p": PATTERN})
    marks = [notes.mark(f"{number}", "c", "p", MONDAY, "甲") for number in range(21)]
    assert (marks[0], marks[19], marks[20]) == ("①", "⑳", "(21)")
    assert notes.mark("3", "c", "p", MONDAY, "甲") == "④"
    assert notes.mark("nobody", "c", "p", MONDAY, "甲") == ""
    for rule in OVERRIDABLE:
        broken = Overridden(rule, OverrideReason.OTHER, "x", "y", NOON)
        found = Footnotes({("1", "c", "p", MONDAY): (broken,)}, {"p": PATTERN})
        found.mark("1", "c", "p", MONDAY, "甲")
        assert all(render(found.all[0].text, language) for language in ("zh", "en"))
