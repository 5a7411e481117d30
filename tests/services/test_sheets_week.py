"""A week's sheets from one reading: which squads there are, what changed since publication, what is named."""

from datetime import timedelta
from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, PatrolError
from patrol_desk.common.weeks import Week
from patrol_desk.models import Assignment, AssignmentSource, PlanVersion, VersionState
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.sheet_data import PlanState, PrivacyProfile
from patrol_desk.services.sheets_week import VersionChoice, open_sheets
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import planning
from tests.helpers.tiny import CLOCK, MONDAY, WEEK, Tiny
from tests.services.test_sheets import assign


def second_draft(tiny: Tiny, chief: Actor, *seats: tuple[str, str, str, int]) -> None:
    """Write a draft beside the published version."""
    with tiny.station.read() as session:
        plan = planning.plan_of(session, str(WEEK))
        assert plan is not None
        plan_id = plan.id
    version = PlanVersion(
        plan_id=plan_id, number=2, state=VersionState.DRAFT, made_at=CLOCK.now(), published_by=""
    )  # fmt: skip
    tiny.add(version)
    tiny.add(
        *(
            Assignment(
                version_id=version.id, person_id=tiny.ids[person], checkpoint_id=tiny.ids[place],
                pattern_id=tiny.ids[pattern], on_date=MONDAY + timedelta(days=day), source=AssignmentSource.HAND,
            )
            for person, place, pattern, day in seats
        )
    )  # fmt: skip
    del chief


def test_squads_are_listed_with_their_counts(tiny: Tiny, chief: Actor) -> None:
    """Members and duties by squad; without an earlier publication nothing has changed."""
    assign(tiny, ("A", "P1", "D", 0), ("B", "P1", "D", 0), ("A", "P1", "D", 1), ("C", "P2", "N", 4))
    sheets = open_sheets(tiny.station, chief, WEEK)
    assert [(line.code, line.members, line.duties, line.changed, line.colour) for line in sheets.squads] == [
        ("S1", 2, 3, 0, 0),
        ("S2", 3, 1, 0, 1),
    ]
    assert (sheets.before, sheets.version.state) == (0, PlanState.DRAFT)
    assert sheets.versions == (VersionChoice(1, PlanState.DRAFT),)


def test_a_new_version_marks_the_rows_that_changed(tiny: Tiny, chief: Actor) -> None:
    """B comes and C goes: both squads are touched by one, and the rows on paper are marked; the rest is not."""
    assign(tiny, ("A", "P1", "D", 0), ("C", "P2", "N", 4))
    publish(tiny.station, chief, WEEK)
    second_draft(tiny, chief, ("A", "P1", "D", 0), ("B", "P1", "D", 1))
    in_force = open_sheets(tiny.station, chief, WEEK)
    assert (in_force.version.number, in_force.before) == (1, 0)
    draft = open_sheets(tiny.station, chief, WEEK, 2)
    assert draft.before == 1
    assert [line.changed for line in draft.squads] == [1, 1]
    first, second = draft.sheets(("S1", "S2"), PrivacyProfile.OFFICE)
    assert {row.name for row in (*first.rows, *second.rows) if row.changed} == {"甲B", "甲C"}
    publish(tiny.station, chief, WEEK)
    now = open_sheets(tiny.station, chief, WEEK)
    assert [choice.state for choice in now.versions] == [PlanState.PUBLISHED, PlanState.OUTDATED]
    assert [line.changed for line in now.squads] == [1, 1]


def test_sheets_are_built_without_the_file(tiny: Tiny, chief: Actor) -> None:
    """What was read stays as it was, even when the station is closed; unknown codes are left out."""
    assign(tiny, ("A", "P1", "D", 0))
    sheets = open_sheets(tiny.station, chief, WEEK)
    tiny.station.close()
    (sheet,) = sheets.sheets(("S1", "S9"), PrivacyProfile.LEADER)
    assert sheet.rows[0].cells[0].duties[0].place_short == "市场"
    assert sheet.printed_by == "所长"
    names = set(sheets.names())
    assert {"甲A", "甲Y", "石桥队", "石桥市场", "市场", "莞溪镇", "所长"} <= names


def test_leave_is_on_the_sheet(tiny: Tiny, chief: Actor) -> None:
    """Two leaves of one person hatch all their days."""
    tuesday, friday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)
    tiny.add(tiny.leave("A", tuesday, tuesday), tiny.leave("A", friday, friday + timedelta(days=9)))
    assign(tiny, ("A", "P1", "D", 0))
    sheet = next(open_sheets(tiny.station, chief, WEEK).sheets(("S1",), PrivacyProfile.OFFICE))
    assert [cell.on_leave for cell in sheet.rows[0].cells] == [False, True, False, False, True, True, True]


def test_what_cannot_be_printed_is_said(tiny: Tiny, chief: Actor, tmp_path: Path) -> None:
    """No permission, no plan, no township: a sentence each."""
    with pytest.raises(ForbiddenError):
        open_sheets(tiny.station, Actor(None, "看板", "viewer"), WEEK)
    with pytest.raises(PatrolError) as refused:
        open_sheets(tiny.station, chief, Week(2026, 50))
    assert refused.value.message.code == "sheet.no_version"
    with Station.create(tmp_path / "新.db", None, clock=CLOCK) as station:
        with pytest.raises(PatrolError) as refused:
            open_sheets(station, station.system_actor(), WEEK)
        assert refused.value.message.code == "sheet.no_township"
