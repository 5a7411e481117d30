"""Weeks side by side: how far each is planned; and the squads that people belong to in a week."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from patrol_desk.common.actor import Actor
from patrol_desk.common.weeks import Week
from patrol_desk.models import VersionState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.board.opening import read_versions
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import planning

AHEAD: Final = 8
"""Weeks ahead for which leave and swaps are taken."""


class WeekStage(StrEnum):
    """How far a week is planned."""

    EMPTY = "empty"
    DRAFT = "draft"
    PUBLISHED = "published"
    CHANGED = "changed"
    """Published, and a newer draft begun."""


@dataclass(frozen=True, slots=True)
class WeekState:
    """A week, how far it is planned, its newest version's number (0 without one) and duties."""

    week: Week
    stage: WeekStage
    number: int
    assignments: int


@permitted(Permission.PLAN_READ)
def week_states(station: Station, actor: Actor, weeks: Sequence[Week]) -> tuple[WeekState, ...]:
    """Return how far each week is planned, in the order given."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        found = []
        for week in weeks:
            versions = read_versions(session, week)
            states = {version.state for version in versions}
            if not versions:
                stage = WeekStage.EMPTY
            elif versions[0].state is not VersionState.DRAFT:
                stage = WeekStage.PUBLISHED
            else:
                stage = WeekStage.CHANGED if VersionState.PUBLISHED in states else WeekStage.DRAFT
            newest = versions[0] if versions else None
            found.append(WeekState(week, stage, newest.number if newest else 0, newest.assignments if newest else 0))
    return tuple(found)


@permitted(Permission.PLAN_READ)
def planned_weeks(station: Station, actor: Actor, first: Week) -> tuple[WeekState, ...]:
    """Return the weeks with a draft or a published version among a week and the `AHEAD` after it, by time."""
    states = week_states(station, actor, [first.plus(number) for number in range(AHEAD + 1)])
    return tuple(state for state in states if state.stage is not WeekStage.EMPTY)


@permitted(Permission.PLAN_READ)
def squads_of(station: Station, actor: Actor, week: Week, person_ids: Collection[str]) -> tuple[str, ...]:
    """Return the ids of the squads that people belong to in a week, sorted."""
    del actor
    with station.read() as session:
        members = planning.memberships_on(session, week.days[0], week.days[-1])
    wanted = frozenset(person_ids)
    return tuple(sorted({member.squad_id for member in members if member.person_id in wanted}))
