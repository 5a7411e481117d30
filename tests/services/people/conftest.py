"""A week in which some people have duties already."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from patrol_desk.common.ids import new_id
from patrol_desk.models import Assignment, AssignmentSource, Plan, PlanState, PlanVersion, VersionState
from tests.helpers.tiny import MONDAY, WEEK, Tiny

Plot = Callable[[str], str]


@pytest.fixture
def draft(tiny: Tiny) -> Plot:
    """Give a function that writes a draft of the week: the nth person of the code stands on the nth day."""

    def write(people: str) -> str:
        plan = Plan(id=new_id(), week=str(WEEK), state=PlanState.DRAFT)
        tiny.add(plan)
        version = PlanVersion(
            id=new_id(), plan_id=plan.id, number=1, state=VersionState.DRAFT, made_at=tiny.station.clock.now(),
            published_by="",
        )  # fmt: skip
        tiny.add(version)
        for day, person in enumerate(people):
            tiny.add(
                Assignment(
                    id=new_id(), version_id=version.id, person_id=tiny.ids[person], checkpoint_id=tiny.ids["P1"],
                    pattern_id=tiny.ids["D"], on_date=MONDAY + timedelta(days=day), source=AssignmentSource.HAND,
                )
            )  # fmt: skip
        return version.id

    return write
