"""Squads and weekly caps of one or many people."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from typing_extensions import override

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import Person, ResponseTeam, Squad, SquadMembership, SquadRole, TeamMembership
from patrol_desk.security.permissions import Permission
from patrol_desk.services.people.duties import Affected, count_duties
from patrol_desk.services.people.records import load_many, load_serving
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.reads import people_records as records
from patrol_desk.storage.unit_of_work import UnitOfWork

MOST_DUTIES = 7
"""Highest weekly cap."""


@dataclass(frozen=True, slots=True)
class Moved:
    """People whose squad or role changed, and their planned duties, which stay where they are."""

    people: int
    affected: Affected


@permitted(Permission.DATA_EDIT)
def set_squad(
    station: Station,
    actor: Actor,
    people: Collection[str],
    squad_id: str | None,
    role: SquadRole = SquadRole.MEMBER,
    *,
    from_on: date,
) -> Done[Moved]:
    """Move people to a squad from a day on; the day before is the last in the old one, whose history stays.

    Parameters
    ----------
    station, actor
        The open station and who acts.
    people
        Ids; who has the squad and role already is left alone.
    squad_id, role
        Where to; None takes them out of their squad.
    from_on
        First day in the new squad.

    Raises
    ------
    InvalidDataError
        A person is retired, the squad is dissolved, or somebody already has a squad from a later day on.
    """
    with station.write(actor, "person.squad") as unit:
        found = load_serving(unit, people)
        moved = join(unit, found, squad_id, role, from_on)
        return finish(unit, Moved(len(moved), count_duties(unit, moved, from_on)))


@permitted(Permission.DATA_EDIT)
def set_caps(station: Station, actor: Actor, people: Collection[str], cap: int) -> Done[int]:
    """Set the most duties in a week, 0 to 7, of people, and return how many had another.

    Raises
    ------
    InvalidDataError
        The number is out of range.
    """
    if not 0 <= cap <= MOST_DUTIES:
        raise InvalidDataError(Message("people.cap_range", {"value": cap, "most": MOST_DUTIES}))
    with station.write(actor, "person.cap") as unit:
        changing = [person for person in load_many(unit, people) if person.weekly_cap != cap]
        for person in changing:
            person.weekly_cap = cap
        return finish(unit, len(changing))


def join(unit: UnitOfWork, people: Sequence[Person], squad_id: str | None, role: SquadRole, from_on: date) -> list[str]:
    """Write the squad memberships of a move and return the ids of those who moved; the caller commits."""
    if squad_id is not None:
        _refuse_ended(queries.first(unit.session, Squad, id=squad_id), from_on)
    rows = records.squad_rows(unit.session, [person.id for person in people])
    return _Squads(unit, role, from_on).move(people, rows, squad_id)


def join_team(
    unit: UnitOfWork, people: Sequence[Person], team_id: str | None, role: SquadRole, from_on: date
) -> list[str]:
    """Write the memberships of a move to a response team, as `join` does for a squad."""
    if team_id is not None:
        _refuse_ended(queries.first(unit.session, ResponseTeam, id=team_id), from_on)
    rows = records.all_team_rows(unit.session, [person.id for person in people])
    return _Teams(unit, role, from_on).move(people, rows, team_id)


M = TypeVar("M", SquadMembership, TeamMembership)


class _Moves(ABC, Generic[M]):
    """Ends and begins memberships so that nobody is in two groups of a kind on one day."""

    def __init__(self, unit: UnitOfWork, role: SquadRole, on: date) -> None:
        self.unit, self.role, self.on = unit, role, on

    @abstractmethod
    def group_of(self, row: M) -> str:
        """Return the group that a membership is of."""

    @abstractmethod
    def put(self, row: M, group: str) -> None:
        """Make a membership one of another group."""

    @abstractmethod
    def new(self, person: Person, group: str) -> M:
        """Return a membership that begins on the day."""

    def move(self, people: Sequence[Person], rows: Sequence[M], group: str | None) -> list[str]:
        """Move people to a group, or out of theirs, and return the ids of those who moved."""
        held: dict[str, list[M]] = {}
        for row in rows:
            held.setdefault(row.person_id, []).append(row)
        return [person.id for person in people if self._move(person, held.get(person.id, []), group)]

    def _move(self, person: Person, held: Sequence[M], group: str | None) -> bool:
        live = [row for row in held if row.ended_on is None]
        later = next((row for row in live if row.from_on > self.on), None)
        if later is not None:
            days = {"day": later.from_on.isoformat(), "on": self.on.isoformat()}
            raise InvalidDataError(Message("people.squad_later", {"code": person.code, **days}))
        present = next((row for row in live if row.until_on is None or row.until_on >= self.on), None)
        if present is None and group is None:
            return False
        if present is not None:
            if self.group_of(present) == group and present.role is self.role and present.until_on is None:
                return False
            if present.from_on == self.on:
                self._replace(present, group)
                return True
            present.until_on = self.on - timedelta(days=1)
        if group is not None:
            self._enter(person, next((row for row in held if row.from_on == self.on), None), group)
        return True

    def _enter(self, person: Person, retired: M | None, group: str) -> None:
        """Add a membership, or bring back the retired one of the day: a person has one that begins on a day."""
        if retired is None:
            self.unit.session.add(self.new(person, group))
            return
        retired.ended_on = None
        self._replace(retired, group)

    def _replace(self, row: M, group: str | None) -> None:
        """Make a membership that begins on the very day another one; without a group it never was."""
        if group is None:
            row.ended_on = row.from_on
        else:
            self.put(row, group)
            row.role, row.until_on = self.role, None


class _Squads(_Moves[SquadMembership]):
    @override
    def group_of(self, row: SquadMembership) -> str:
        return row.squad_id

    @override
    def put(self, row: SquadMembership, group: str) -> None:
        row.squad_id = group

    @override
    def new(self, person: Person, group: str) -> SquadMembership:
        return SquadMembership(
            id=new_id(), person_id=person.id, squad_id=group, role=self.role, from_on=self.on, until_on=None
        )


class _Teams(_Moves[TeamMembership]):
    @override
    def group_of(self, row: TeamMembership) -> str:
        return row.team_id

    @override
    def put(self, row: TeamMembership, group: str) -> None:
        row.team_id = group

    @override
    def new(self, person: Person, group: str) -> TeamMembership:
        return TeamMembership(
            id=new_id(), person_id=person.id, team_id=group, role=self.role, from_on=self.on, until_on=None
        )


def _refuse_ended(group: Squad | ResponseTeam | None, on: date) -> None:
    if group is None:
        raise ConcurrentChangeError(Message("people.squad_gone"))
    if group.ended_on is not None and group.ended_on < on:
        raise InvalidDataError(Message("people.squad_ended", {"squad": group.code, "day": group.ended_on.isoformat()}))
