"""Squads and weekly caps of one or many people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import Person, Squad, SquadMembership, SquadRole
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
    """Write the memberships of a move and return the ids of those who moved; the caller commits."""
    if squad_id is not None:
        _refuse_ended(unit, squad_id, from_on)
    held: dict[str, list[SquadMembership]] = {}
    for row in records.squad_rows(unit.session, [person.id for person in people]):
        held.setdefault(row.person_id, []).append(row)
    return [person.id for person in people if _join(unit, person, held.get(person.id, []), squad_id, role, from_on)]


def _join(
    unit: UnitOfWork, person: Person, held: Sequence[SquadMembership], squad_id: str | None, role: SquadRole, on: date
) -> bool:
    live = [row for row in held if row.ended_on is None]
    later = next((row for row in live if row.from_on > on), None)
    if later is not None:
        raise InvalidDataError(
            Message("people.squad_later", {"code": person.code, "day": later.from_on.isoformat(), "on": on.isoformat()})
        )
    present = next((row for row in live if row.until_on is None or row.until_on >= on), None)
    if present is None and squad_id is None:
        return False
    if present is not None:
        if present.squad_id == squad_id and present.role is role and present.until_on is None:
            return False
        if present.from_on == on:
            _replace(present, squad_id, role)
            return True
        present.until_on = on - timedelta(days=1)
    if squad_id is not None:
        _enter(unit, person, next((row for row in held if row.from_on == on), None), squad_id, role, on)
    return True


def _enter(
    unit: UnitOfWork, person: Person, retired: SquadMembership | None, squad_id: str, role: SquadRole, on: date
) -> None:
    """Add a membership, or bring back the retired one of the day: a person has one that begins on a day."""
    if retired is not None:
        retired.ended_on = None
        _replace(retired, squad_id, role)
        return
    unit.session.add(
        SquadMembership(id=new_id(), person_id=person.id, squad_id=squad_id, role=role, from_on=on, until_on=None)
    )


def _replace(row: SquadMembership, squad_id: str | None, role: SquadRole) -> None:
    """Make a membership that begins on the very day another one; without a squad it never was."""
    if squad_id is None:
        row.ended_on = row.from_on
    else:
        row.squad_id, row.role, row.until_on = squad_id, role, None


def _refuse_ended(unit: UnitOfWork, squad_id: str, on: date) -> None:
    squad = queries.first(unit.session, Squad, id=squad_id)
    if squad is None:
        raise ConcurrentChangeError(Message("people.squad_gone"))
    if squad.ended_on is not None and squad.ended_on < on:
        raise InvalidDataError(Message("people.squad_ended", {"squad": squad.code, "day": squad.ended_on.isoformat()}))
