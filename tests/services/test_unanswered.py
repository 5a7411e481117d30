"""Squads whose form has not come back: told by when it went out and what was changed since."""

from datetime import timedelta
from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import FixedClock
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError
from patrol_desk.models import Availability
from patrol_desk.printing.handon.files import HandOn, hand_on
from patrol_desk.services.handon.forms import Form
from patrol_desk.services.handon.unanswered import mark_answered, unanswered_squads
from patrol_desk.services.people.squads import list_groups
from patrol_desk.services.printed.ask import Ask
from patrol_desk.services.printed.memory import PAPER, remember
from patrol_desk.services.printed.read import printed_sheets
from patrol_desk.services.station import Station
from patrol_desk.services.today import read_alerts
from patrol_desk.services.undo import revert
from patrol_desk.storage import queries
from tests.helpers.tiny import CLOCK, WEEK, Tiny


def hand_out(station: Station, actor: Actor, folder: Path) -> None:
    """Print S1's form and hand S2's on as a workbook."""
    remember(station, actor, printed_sheets(station, actor, "availability", Ask(squads=("S1",))), PAPER)
    done = hand_on(station, actor, HandOn("availability", Form.XLSX, Ask(squads=("S2",))), folder)
    remember(station, actor, done.sheets, "xlsx")


def test_a_squad_has_answered_once_somebody_of_it_said_something(tiny: Tiny, chief: Actor, tmp_path: Path) -> None:
    """Nobody without a form; both once they have one; S2 no longer when one of it was written down later."""
    assert unanswered_squads(tiny.station, chief) == ()
    hand_out(tiny.station, chief, tmp_path / "forms")
    first, second = unanswered_squads(tiny.station, chief)
    assert (first.code, first.name, first.people, first.medium) == ("S1", "石桥队", 2, PAPER)
    assert (second.code, second.people, second.medium) == ("S2", 3, "xlsx")
    assert (first.at.hour, first.by) == (14, chief.name)
    path = tiny.station.path
    tiny.station.close()
    with Station.open(path, clock=FixedClock(CLOCK.now() + timedelta(days=2))) as later:
        with later.write(chief, "test.answer") as unit:
            row = queries.first(unit.session, Availability, "id", person_id=tiny.ids["C"])
            assert row is not None
            row.monday = 0
            unit.commit()
        assert [one.code for one in unanswered_squads(later, chief)] == ["S1"]
        hand_out(later, chief, tmp_path / "again")
        assert [one.code for one in unanswered_squads(later, chief)] == ["S1", "S2"]


def test_who_may_not_print_is_refused(tiny: Tiny) -> None:
    """Forms are sheets."""
    with pytest.raises(ForbiddenError):
        unanswered_squads(tiny.station, Actor(None, "看板", "viewer"))


def test_a_form_that_came_back_unchanged_is_written_down(tiny: Tiny, chief: Actor, tmp_path: Path) -> None:
    """S1 gave its form back as it was: only S2 is waited for, everywhere; undone, both are again."""
    hand_out(tiny.station, chief, tmp_path / "forms")
    path = tiny.station.path
    tiny.station.close()
    now = CLOCK.now() + timedelta(days=2)
    with Station.open(path, clock=FixedClock(now)) as later:
        done = mark_answered(later, chief, [tiny.ids["S1"], tiny.ids["S1"]])
        assert (done.value, done.changes.touches("form_answer")) == (1, True)
        assert [one.code for one in read_alerts(later, chief, now.replace(tzinfo=None)).unanswered] == ["S2"]
        lines = list_groups(later, chief, WEEK)
        assert [(line.code, line.form_out is None) for line in lines if line.kind == "squad"] == [
            ("S1", True),
            ("S2", False),
        ]
        assert mark_answered(later, chief, [tiny.ids["S1"]]).value == 0
        revert(later, chief, done.patch)
        assert [one.code for one in unanswered_squads(later, chief)] == ["S1", "S2"]
        with pytest.raises(ConcurrentChangeError):
            mark_answered(later, chief, ["gone"])


def test_who_may_not_change_data_marks_nothing(tiny: Tiny) -> None:
    """A viewer sees no forms among the alerts and marks none."""
    viewer = Actor(None, "看板", "viewer")
    assert read_alerts(tiny.station, viewer, CLOCK.now().replace(tzinfo=None)).unanswered == ()
    with pytest.raises(ForbiddenError):
        mark_answered(tiny.station, viewer, [tiny.ids["S1"]])
