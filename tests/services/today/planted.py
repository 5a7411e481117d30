"""Plans put into the township of five people by hand."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from patrol_desk.common.weeks import Week
from patrol_desk.models import Assignment, AssignmentSource, Plan, PlanState, PlanVersion, VersionState
from patrol_desk.storage import queries
from tests.helpers.tiny import WEEK, Tiny

Duty = tuple[str, str, str, int, bool]
"""Person, checkpoint, pattern, day from the week's Monday, whether on the leader's seat."""


def plant(
    tiny: Tiny,
    duties: Sequence[Duty],
    *,
    state: VersionState = VersionState.PUBLISHED,
    number: int = 1,
    week: Week = WEEK,
) -> str:
    """Write a version with duties, its plan too when it is the first; return the version's id."""
    key = f"plan {week}"
    if key not in tiny.ids:
        plan = Plan(week=str(week), state=PlanState.PUBLISHED)
        tiny.add(plan)
        tiny.ids[key] = plan.id
    version = PlanVersion(
        plan_id=tiny.ids[key],
        number=number,
        state=VersionState.DRAFT,
        made_at=datetime(2026, 11, 20, tzinfo=UTC),
        published_by="",
    )
    tiny.add(version)
    tiny.add(
        *(
            Assignment(
                version_id=version.id,
                person_id=tiny.ids[person],
                checkpoint_id=tiny.ids[place],
                pattern_id=tiny.ids[pattern],
                on_date=week.monday + timedelta(days=day),
                leader=leader,
                source=AssignmentSource.HAND,
            )
            for person, place, pattern, day, leader in duties
        )
    )
    if state is not VersionState.DRAFT:
        _publish(tiny, version.id, state)
    return version.id


def _publish(tiny: Tiny, version_id: str, state: VersionState) -> None:
    """A published version takes no more rows, so its state comes last."""
    with tiny.station.write(tiny.station.system_actor(), "test.publish") as unit:
        version = queries.first(unit.session, PlanVersion, id=version_id)
        assert version is not None
        version.state = state
        unit.commit()
