"""Plans made by hand: a version of a week with the duties a test asks for."""

from collections.abc import Sequence
from datetime import date

from patrol_desk.common.ids import new_id
from patrol_desk.common.weeks import Week
from patrol_desk.models import Assignment, AssignmentSource, Plan, PlanState, PlanVersion, VersionState
from tests.helpers.tiny import CLOCK, Tiny

Duty = tuple[str, str, str, date, bool]
"""Person, checkpoint and pattern by code, day, and whether on the leader's seat."""


def plan(tiny: Tiny, week: Week, duties: Sequence[Duty], *, published: bool = False, number: int = 1) -> str:
    """Write a version with duties and return its id."""
    if f"plan {week}" not in tiny.ids:
        record = Plan(id=new_id(), week=str(week), state=PlanState.DRAFT)
        tiny.add(record)
        tiny.ids[f"plan {week}"] = record.id
    version = PlanVersion(
        id=new_id(),
        plan_id=tiny.ids[f"plan {week}"],
        number=number,
        state=VersionState.DRAFT,
        made_at=CLOCK.now(),
        published_by="",
    )
    tiny.add(version)
    tiny.add(
        *(
            Assignment(
                version_id=version.id,
                person_id=tiny.ids[person],
                checkpoint_id=tiny.ids[checkpoint],
                pattern_id=tiny.ids[pattern],
                on_date=on,
                leader=leader,
                source=AssignmentSource.HAND,
            )
            for person, checkpoint, pattern, on, leader in duties
        )
    )
    if published:
        with tiny.station.write(tiny.station.system_actor(), "test.publish") as unit:
            held = unit.session.get(PlanVersion, version.id)
            assert held is not None
            held.state = VersionState.PUBLISHED
            unit.commit()
    return version.id
