"""The list of checkpoints on paper: who is on it, what it says of each, who may print it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, InvalidDataError, PatrolError
from patrol_desk.models import Checkpoint, CheckpointKind, CheckpointStatus, Community, GridCell, MusterPoint, Role
from patrol_desk.services.printed.ask import Ask
from patrol_desk.services.printed.batch import Wanted, open_batch
from patrol_desk.services.printed.content import content_hash
from patrol_desk.services.printed.marks import PrivacyProfile
from patrol_desk.services.printed.place_list import ListedPlace, PlaceListSheet, may_print
from patrol_desk.services.printed.read import printed_sheets
from tests.helpers.tiny import Tiny, empty_tiny

TODAY = date(2026, 11, 22)


def sheet_of(tiny: Tiny, *codes: str) -> PlaceListSheet:
    """Return the list."""
    (sheet,) = printed_sheets(tiny.station, tiny.station.system_actor(), "place-list", Ask(checkpoints=codes))
    assert isinstance(sheet, PlaceListSheet)
    return sheet


@pytest.fixture
def ground(tiny: Tiny) -> Tiny:
    """Give the township with communities, a muster point, a fair that is over and a gate without coordinates."""
    tiny.add(Community(code="C1", name="石桥社区", boundary=[]), Community(code="C2", name="白石社区", boundary=[]))
    tiny.add(
        GridCell(code="G1", name="第一网格", community_id=tiny.ids["C1"], boundary=[]),
        MusterPoint(code="A1", name="广场", community_id=None, lon=113.76, lat=22.91),
    )
    tiny.add(
        Checkpoint(
            code="P10", name="卡口", short_name="卡口", kind=CheckpointKind.JOINT_GATE,
            status=CheckpointStatus.SUSPENDED, tier=1, community_id=tiny.ids["C1"], grid_cell_id=tiny.ids["G1"],
            address="大道", neighbour="北邻镇",
            needs_official=True, needs_leader=True, weekly_visits=2,
        ),
        Checkpoint(
            code="T1", name="夜市", short_name="夜市", kind=CheckpointKind.TEMPORARY_DUTY,
            status=CheckpointStatus.ACTIVE, tier=3, community_id=tiny.ids["C2"], lon=113.76, lat=22.90,
            first_on=date(2026, 11, 1), last_on=date(2026, 11, 20),
        ),
    )  # fmt: skip
    return tiny


def test_everything_that_is_known_of_each(ground: Tiny) -> None:
    """By community, those of none last; heads of a week; status of the day; the way to the nearest muster point."""
    sheet = sheet_of(ground)
    assert [(group.name, [place.code for place in group.places]) for group in sheet.groups] == [
        ("石桥社区", ["P10"]), ("白石社区", ["T1"]), ("", ["P1", "P2"]),
    ]  # fmt: skip
    gate, fair, market, bridge = sheet.places
    assert gate == ListedPlace(
        "P10", "卡口", "大道", "joint_gate", "suspended", 1, "第一网格", 0, 0, official=True, leader=True, visits=2,
        neighbour="北邻镇",
    )  # fmt: skip
    assert (fair.status, fair.first_on, fair.last_on) == ("closed", date(2026, 11, 1), date(2026, 11, 20))
    assert (fair.muster, fair.metres) == ("广场", 1112)
    assert [(place.minimum, place.desired) for place in (market, bridge)] == [(4, 4), (1, 2)]
    assert (sheet.day, sheet.period, sheet.subject, sheet.chosen) == (TODAY, "2026-11-22", "441900121000", False)
    assert sheet.by_kind() == {"fixed_post": 2, "joint_gate": 1, "temporary_duty": 1}
    assert sheet.frame.version is None


def test_some_of_them(ground: Tiny) -> None:
    """It says that it is not all; a code that is unknown is named."""
    sheet = sheet_of(ground, "P10", "P2")
    assert [place.code for place in sheet.places] == ["P10", "P2"]
    assert sheet.chosen
    assert content_hash(sheet) != content_hash(replace(sheet, chosen=False))
    with pytest.raises(PatrolError) as refused:
        sheet_of(ground, "P99")
    assert refused.value.message.params == {"codes": ["P99"]}


def test_a_batch_of_it_is_one_sheet(ground: Tiny) -> None:
    """What the print dialog opens: the checkpoints of the page's filter, under the township's name."""
    wanted = Wanted("place-list", TODAY, PrivacyProfile.OFFICE, places=("P1",))
    batch = open_batch(ground.station, ground.station.system_actor(), wanted)
    (line,) = batch.lines
    assert line.name == "莞溪镇"
    sheet = batch.sheet(line.code)
    assert isinstance(sheet, PlaceListSheet)
    assert [place.code for place in sheet.places] == ["P1"]
    assert not wanted.shows_plan


def test_without_checkpoints_there_is_nothing_to_print(tmp_path: Path) -> None:
    """The sentence says where to make one."""
    tiny = empty_tiny(tmp_path)
    with tiny.station:
        with tiny.station.write(tiny.station.system_actor(), "test.retire") as unit:
            for code in ("P1", "P2"):
                unit.session.get_one(Checkpoint, tiny.ids[code]).ended_on = TODAY
            unit.commit()
        with pytest.raises(PatrolError) as refused:
            sheet_of(tiny)
        assert refused.value.message.code == "sheet.no_places"


def test_who_may_print_it(ground: Tiny) -> None:
    """A viewer may not; nobody may print it to be hung up."""
    viewer = Actor(None, "看看", Role.VIEWER)
    assert not may_print(viewer)
    assert may_print(Actor(None, "内勤", Role.CLERK))
    with pytest.raises(ForbiddenError):
        printed_sheets(ground.station, viewer, "place-list", Ask())
    with pytest.raises(InvalidDataError):
        printed_sheets(ground.station, ground.station.system_actor(), "place-list", Ask(profile=PrivacyProfile.PUBLIC))
