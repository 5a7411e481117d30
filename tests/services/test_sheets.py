"""A squad's printed week shows who serves where, as the records say it."""

from datetime import timedelta
from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, PatrolError
from patrol_desk.common.ids import new_id
from patrol_desk.models import (
    Assignment,
    AssignmentSource,
    Checkpoint,
    CheckpointKind,
    CheckpointStatus,
    PersonStatus,
    Plan,
    PlanVersion,
    SquadMembership,
    SquadRole,
    VersionState,
)
from patrol_desk.models import PlanState as StoredState
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.sheet_data import DayCell, Duty, MemberRole, PlanState, PrivacyProfile, SquadWeekSheet
from patrol_desk.services.sheets import SheetChoice, squad_weeks
from patrol_desk.services.station import Station
from tests.helpers.tiny import CLOCK, MONDAY, WEEK, Tiny


def assign(tiny: Tiny, *seats: tuple[str, str, str, int]) -> None:
    """Write a draft with (person, checkpoint, pattern, day) seats."""
    plan = Plan(id=new_id(), week=str(WEEK), state=StoredState.DRAFT)
    version = PlanVersion(
        id=new_id(), plan_id=plan.id, number=1, state=VersionState.DRAFT, made_at=CLOCK.now(), published_by=""
    )
    tiny.add(plan)
    tiny.add(version)
    tiny.add(
        *(
            Assignment(
                version_id=version.id,
                person_id=tiny.ids[person],
                checkpoint_id=tiny.ids[place],
                pattern_id=tiny.ids[pattern],
                on_date=MONDAY + timedelta(days=day),
                source=AssignmentSource.HAND,
            )
            for person, place, pattern, day in seats
        )
    )


def sheets(
    tiny: Tiny, chief: Actor, *, squads: tuple[str, ...] = (), number: int | None = None
) -> dict[str, SquadWeekSheet]:
    """Return the sheets by squad code."""
    found = squad_weeks(tiny.station, chief, WEEK, SheetChoice(squads, number, PrivacyProfile.LEADER))
    return {sheet.squad_code: sheet for sheet in found}


def test_rows_are_the_squad_leader_first(tiny: Tiny, chief: Actor) -> None:
    """Leader, deputy, members; numbers run; the head names the leader."""
    assign(tiny, ("A", "P1", "D", 0))
    both = sheets(tiny, chief)
    assert [row.name for row in both["S1"].rows] == ["甲A", "甲B"]
    assert (both["S2"].rows[0].number, both["S2"].rows[0].role) == (1, MemberRole.DEPUTY)
    assert both["S1"].leader_name == "甲A"
    assert both["S2"].leader_name == ""
    assert both["S1"].duty_phone == "0769-81230110"


def test_cells_hold_duties_in_order_and_leave(tiny: Tiny, chief: Actor) -> None:
    """Two duties of a day stand by their start; leave is marked beside them."""
    tiny.add(tiny.leave("B", MONDAY + timedelta(days=2), MONDAY + timedelta(days=9)))
    assign(tiny, ("B", "P2", "N", 0), ("B", "P1", "D", 0))
    row = sheets(tiny, chief)["S1"].rows[1]
    assert row.cells[0] == DayCell((Duty("早", False, "市场"), Duty("夜", True, "桥头")))
    assert [cell.on_leave for cell in row.cells] == [False, False, True, True, True, True, True]
    assert row.total == 2


def test_the_legend_names_what_occurs(tiny: Tiny, chief: Actor) -> None:
    """Shifts with their times, the squad's skills, and the places of its duties."""
    tiny.add(tiny.certificate("A", "AID", None, None), tiny.certificate("B", "AID", None, MONDAY))
    assign(tiny, ("A", "P1", "D", 0), ("C", "P2", "N", 4))
    sheet = sheets(tiny, chief)["S1"]
    assert [(shift.mark, shift.start, shift.end) for shift in sheet.shifts] == [
        ("早", "08:00", "12:00"),
        ("夜", "22:00", "02:00"),
    ]
    assert [skill.mark for skill in sheet.skills] == ["急"]
    assert [row.skills for row in sheet.rows] == [("急",), ()]
    assert [(place.short_name, place.name) for place in sheet.places] == [("市场", "石桥市场")]


def test_two_places_never_share_a_name_on_a_sheet(tiny: Tiny, chief: Actor) -> None:
    """Where short names collide the full ones are printed."""
    tiny.add(
        Checkpoint(
            code="P3", name="榕树市场", short_name="市场", tier=1, kind=CheckpointKind.FIXED_POST,
            status=CheckpointStatus.ACTIVE,
        )
    )  # fmt: skip
    assign(tiny, ("A", "P1", "D", 0), ("A", "P3", "D", 1))
    row = sheets(tiny, chief)["S1"].rows[0]
    assert [cell.duties[0].place_short for cell in row.cells[:2]] == ["石桥市场", "榕树市场"]


def test_the_version_in_force_is_printed(tiny: Tiny, chief: Actor) -> None:
    """A draft is marked a draft until it is published; a number asks for one version."""
    assign(tiny, ("A", "P1", "D", 0))
    assert sheets(tiny, chief)["S1"].version.state is PlanState.DRAFT
    publish(tiny.station, chief, WEEK)
    assert sheets(tiny, chief)["S1"].version.state is PlanState.PUBLISHED
    assert sheets(tiny, chief, number=1)["S1"].version.number == 1
    with pytest.raises(PatrolError) as refused:
        sheets(tiny, chief, number=7)
    assert refused.value.message.code == "sheet.no_version"


def test_only_chosen_squads_are_printed(tiny: Tiny, chief: Actor) -> None:
    """An unknown code is named, nothing is printed."""
    assign(tiny, ("A", "P1", "D", 0))
    assert list(sheets(tiny, chief, squads=("S2",))) == ["S2"]
    with pytest.raises(PatrolError) as refused:
        sheets(tiny, chief, squads=("S2", "S9"))
    assert refused.value.message.params == {"codes": ["S9"]}


def test_who_left_or_is_inactive_is_not_on_the_sheet(tiny: Tiny, chief: Actor) -> None:
    """Who changed squads in the week stands with the later one; who is out of service stands nowhere."""
    tiny.add(
        tiny.person("Q", status=PersonStatus.INACTIVE),
        tiny.person("R"),
    )
    tiny.add(
        tiny.member("Q", "S1"),
        SquadMembership(
            person_id=tiny.ids["R"], squad_id=tiny.ids["S1"], role=SquadRole.MEMBER,
            from_on=MONDAY - timedelta(days=90), until_on=MONDAY,
        ),
        SquadMembership(
            person_id=tiny.ids["R"], squad_id=tiny.ids["S2"], role=SquadRole.MEMBER,
            from_on=MONDAY + timedelta(days=1),
        ),
    )  # fmt: skip
    assign(tiny, ("A", "P1", "D", 0))
    both = sheets(tiny, chief)
    assert [row.name for row in both["S1"].rows] == ["甲A", "甲B"]
    assert "甲R" in [row.name for row in both["S2"].rows]


def test_a_week_without_a_plan_says_so(tiny: Tiny, chief: Actor) -> None:
    """Nothing to print gets a sentence."""
    with pytest.raises(PatrolError) as refused:
        sheets(tiny, chief)
    assert refused.value.message.code == "sheet.no_version"


def test_printing_needs_the_permission(tiny: Tiny) -> None:
    """A viewer looks at the screen."""
    with pytest.raises(ForbiddenError):
        sheets(tiny, Actor(None, "看板", "viewer"))


def test_a_file_without_a_township_says_what_to_do(tmp_path: Path) -> None:
    """A new station has nothing to print yet."""
    with Station.create(tmp_path / "新.db", None, clock=CLOCK) as station:
        with pytest.raises(PatrolError) as refused:
            squad_weeks(station, station.system_actor(), WEEK, SheetChoice())
        assert refused.value.message.code == "sheet.no_township"
