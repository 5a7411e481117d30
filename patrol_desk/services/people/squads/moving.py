"""Transfers between squads or response teams: their effect in numbers before, and the write."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import ConcurrentChangeError
from patrol_desk.common.message import Message
from patrol_desk.models import Person, SquadRole
from patrol_desk.security.permissions import Permission
from patrol_desk.services.finding.preview import distance_m
from patrol_desk.services.people.duties import Affected, count_duties
from patrol_desk.services.people.groups import join, join_team
from patrol_desk.services.people.records import load_serving
from patrol_desk.services.people.squads.detail import MemberCard
from patrol_desk.services.people.squads.rows import LEAD, GroupKind, GroupLine, Level
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage.reads import people_records as records
from patrol_desk.storage.reads import squads as groups
from patrol_desk.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Change:
    """A level of a group before and after a transfer."""

    level: Level
    after: int

    @property
    def short(self) -> int:
        """How many are missing afterwards."""
        return max(0, (self.level.need or 0) - self.after)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a transfer does to one group.

    Parameters
    ----------
    before, after
        Members.
    changes
        Levels that change, or that a mover counts for.
    metres
        Of the only mover, from home to the base; None for several or unknown.
    """

    before: int
    after: int
    changes: tuple[Change, ...]
    metres: int | None


@dataclass(frozen=True, slots=True)
class Transfer:
    """People who changed their group, from which day, and their planned duties, which stay where they are."""

    people: int
    from_on: date
    affected: Affected


def effect_of(group: GroupLine, leaving: Sequence[MemberCard], coming: Sequence[MemberCard]) -> Effect:
    """Return what it does to a group when people leave and others come as plain members."""
    movers = [*leaving, *coming]
    changes = []
    for level in group.levels:
        out = sum(level.key in card.abilities for card in leaving)
        new = sum(level.key in card.abilities for card in coming) if level.key != LEAD else 0
        if out or new:
            changes.append(Change(level, level.have - out + new))
    known = {level.key for level in group.levels}
    for card in coming:
        for skill in card.row.skills:
            if skill.id not in known:
                known.add(skill.id)
                have = sum(skill.id in each.abilities for each in coming)
                changes.append(Change(Level(skill.id, skill.code, skill.name, skill.mark, 0, None), have))
    metres = _metres(group, movers[0]) if len(movers) == 1 else None
    return Effect(group.members, group.members - len(leaving) + len(coming), tuple(changes), metres)


@permitted(Permission.DATA_EDIT)
def transfer(
    station: Station, actor: Actor, people: Collection[str], kind: GroupKind, group_id: str | None,
    role: SquadRole = SquadRole.MEMBER,
) -> Done[Transfer]:  # fmt: skip
    """Move people to a squad or response team from tomorrow on; None takes them out of theirs.

    Planned duties stay where they are, drafts and published weeks alike.

    Raises
    ------
    InvalidDataError
        Somebody is retired, the group is dissolved, or somebody has another one from a later day on.
    ConcurrentChangeError
        The group or a person is gone.
    """
    on = station_today(station.clock) + timedelta(days=1)
    action = "person.squad" if kind == "squad" else "person.team"
    with station.write(actor, action) as unit:
        moved = _joined(kind)(unit, load_serving(unit, people), group_id, role, on)
        return finish(unit, Transfer(len(moved), on, count_duties(unit, moved, on)))


@permitted(Permission.DATA_EDIT)
def set_team(
    station: Station, actor: Actor, people: Collection[str], team_id: str | None,
    role: SquadRole = SquadRole.MEMBER, *, from_on: date,
) -> Done[int]:  # fmt: skip
    """Move people to a response team from a day on, as `set_squad` does for a squad, and return how many moved."""
    with station.write(actor, "person.team") as unit:
        return finish(unit, len(join_team(unit, load_serving(unit, people), team_id, role, from_on)))


@permitted(Permission.DATA_EDIT)
def set_role(
    station: Station, actor: Actor, kind: GroupKind, group_id: str, person_id: str, role: SquadRole
) -> Done[tuple[str, ...]]:
    """Give a member another role from tomorrow on; who leads already becomes a deputy when somebody else leads.

    Returns
    -------
    Ids of those who stepped back.

    Raises
    ------
    ConcurrentChangeError
        The person is not in the group tomorrow.
    """
    on = station_today(station.clock) + timedelta(days=1)
    with station.write(actor, "person.role") as unit:
        rows = groups.squad_members(unit.session, on) if kind == "squad" else groups.team_members(unit.session, on)
        members = [row for row in rows if row.group_id == group_id]
        if person_id not in {row.person_id for row in members}:
            raise ConcurrentChangeError(Message("people.not_in_group"))
        back = [
            row.person_id
            for row in members
            if role is SquadRole.LEADER and row.role is SquadRole.LEADER and row.person_id != person_id
        ]
        joined = _joined(kind)
        joined(unit, records.people_by_id(unit.session, back), group_id, SquadRole.DEPUTY, on)
        joined(unit, load_serving(unit, [person_id]), group_id, role, on)
        return finish(unit, tuple(back))


def _joined(
    kind: GroupKind,
) -> Callable[[UnitOfWork, Sequence[Person], str | None, SquadRole, date], list[str]]:
    return join if kind == "squad" else join_team


def _metres(group: GroupLine, card: MemberCard) -> int | None:
    if group.lon is None or group.lat is None or card.home is None:
        return None
    return round(distance_m(group.lon, group.lat, *card.home))
