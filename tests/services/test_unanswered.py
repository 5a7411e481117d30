"""Squads whose form has not come back: told by when it went out and what was changed since."""

from datetime import timedelta
from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import FixedClock
from patrol_desk.common.errors import ForbiddenError
from patrol_desk.models import Availability
from patrol_desk.printing.handon.files import HandOn, hand_on
from patrol_desk.services.handon.forms import Form
from patrol_desk.services.handon.unanswered import unanswered_squads
from patrol_desk.services.printed.ask import Ask
from patrol_desk.services.printed.memory import PAPER, remember
from patrol_desk.services.printed.read import printed_sheets
from patrol_desk.services.station import Station
from patrol_desk.storage import queries
from tests.helpers.tiny import CLOCK, Tiny


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
