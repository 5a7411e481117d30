"""Making, changing and closing squads and response teams by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import ResponseTeam, Squad
from patrol_desk.security.permissions import Permission
from patrol_desk.services.people.codes import following
from patrol_desk.services.people.duties import Affected, count_duties
from patrol_desk.services.people.edit import end_membership
from patrol_desk.services.people.squads.rows import GroupKind
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import bulk, queries
from patrol_desk.storage.reads import people_records as records
from patrol_desk.storage.unit_of_work import UnitOfWork

LONGEST_NAME = 60
LONGEST_CODE = 32
MOST_STRENGTH = 999


@dataclass(frozen=True, slots=True)
class GroupText:
    """What is written of a group.

    Parameters
    ----------
    place_id
        Community of a squad, muster point of a response team; None for none.
    organisation_id
        Of a squad that is an organisation.
    strength
        Members at full strength; None leaves it open.
    """

    code: str
    name: str
    place_id: str | None = None
    organisation_id: str | None = None
    strength: int | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """A group that was closed: who had been in it, and the duties they have from tomorrow on."""

    people: int
    affected: Affected


@permitted(Permission.DATA_READ)
def next_group_code(station: Station, actor: Actor, kind: GroupKind) -> str:
    """Return a free code: one more than the highest of the most usual form; "" while there is none to go by."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        return following([row[0] for row in bulk.rows(session, _model(kind), ("code",))])


@permitted(Permission.DATA_EDIT)
def create_group(station: Station, actor: Actor, kind: GroupKind, text: GroupText) -> Done[str]:
    """Add a squad or response team and return its id.

    Raises
    ------
    InvalidDataError
        Code, name or strength is wrong, or the code is taken.
    """
    with station.write(actor, f"{kind}.create") as unit:
        return finish(unit, add_group(unit, kind, text))


def add_group(unit: UnitOfWork, kind: GroupKind, text: GroupText) -> str:
    """Add a group inside a transaction and return its id; the caller commits."""
    _check(unit, kind, text, None)
    group = _model(kind)(id=new_id())
    _put(group, text)
    unit.session.add(group)
    unit.session.flush()
    return group.id


@permitted(Permission.DATA_EDIT)
def update_group(
    station: Station, actor: Actor, kind: GroupKind, group_id: str, text: GroupText, *, seen: int
) -> Done[None]:
    """Change what is written of a group.

    Raises
    ------
    InvalidDataError
        As `create_group`.
    ConcurrentChangeError
        Somebody else changed it since row version `seen`; nothing was written.
    """
    with station.write(actor, f"{kind}.update") as unit:
        group = queries.first(unit.session, _model(kind), id=group_id)
        if group is None or group.ended_on is not None or group.row_version != seen:
            raise ConcurrentChangeError(Message("people.squad_gone"))
        _check(unit, kind, text, group_id)
        _put(group, text)
        return finish(unit, None)


@permitted(Permission.DATA_EDIT)
def close_group(station: Station, actor: Actor, kind: GroupKind, group_id: str) -> Done[Closed]:
    """Close a group from tomorrow on: today is its members' last day; they keep their duties and have no group.

    Raises
    ------
    ConcurrentChangeError
        It is closed already, or gone.
    """
    today = station_today(station.clock)
    with station.write(actor, f"{kind}.close") as unit:
        group = queries.first(unit.session, _model(kind), id=group_id)
        if group is None or group.ended_on is not None:
            raise ConcurrentChangeError(Message("people.squad_gone"))
        people = _leave(unit, kind, group_id, today)
        group.ended_on = today
        return finish(unit, Closed(len(people), count_duties(unit, people, today)))


def _leave(unit: UnitOfWork, kind: GroupKind, group_id: str, today: date) -> Sequence[str]:
    """End every stay that lasts beyond today and return whose they were."""
    rows = (
        records.squad_members(unit.session, group_id)
        if kind == "squad"
        else records.team_members(unit.session, group_id)
    )
    lasting = [row for row in rows if row.until_on is None or row.until_on > today]
    for row in lasting:
        end_membership(row, today)
    return list(dict.fromkeys(row.person_id for row in lasting))


def _model(kind: GroupKind) -> type[Squad] | type[ResponseTeam]:
    return Squad if kind == "squad" else ResponseTeam


def _put(group: Squad | ResponseTeam, text: GroupText) -> None:
    group.code, group.name, group.strength = text.code.strip(), text.name.strip(), text.strength
    if isinstance(group, Squad):
        group.community_id, group.organisation_id = text.place_id, text.organisation_id
    else:
        group.muster_point_id = text.place_id


def _check(unit: UnitOfWork, kind: GroupKind, text: GroupText, group_id: str | None) -> None:
    name, code = text.name.strip(), text.code.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise InvalidDataError(Message("people.group_name", {"limit": LONGEST_NAME}))
    if not 0 < len(code) <= LONGEST_CODE or any(character.isspace() for character in code):
        raise InvalidDataError(Message("people.group_code", {"limit": LONGEST_CODE}))
    if text.strength is not None and not 0 < text.strength <= MOST_STRENGTH:
        raise InvalidDataError(Message("people.group_strength", {"most": MOST_STRENGTH}))
    other = queries.first(unit.session, _model(kind), code=code)
    if other is not None and other.id != group_id:
        raise InvalidDataError(Message("people.group_code_taken", {"code": code}))
