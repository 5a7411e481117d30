"""Loading people for a write."""

from collections.abc import Collection

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.models import Person, PersonStatus
from patrol_desk.security.permissions import Permission, allows
from patrol_desk.storage.reads import people_records as records
from patrol_desk.storage.unit_of_work import UnitOfWork


def may_edit(actor: Actor) -> bool:
    """Say whether an actor may change people: what the window offers; every service checks for itself."""
    return allows(actor.role, Permission.DATA_EDIT)


def may_export(actor: Actor) -> bool:
    """Say whether an actor may write people to files."""
    return allows(actor.role, Permission.DATA_EXPORT)


def load(unit: UnitOfWork, person_id: str) -> Person:
    """Return a person; raise `ConcurrentChangeError` when there is no such person any more."""
    return load_many(unit, [person_id])[0]


def load_many(unit: UnitOfWork, people: Collection[str]) -> list[Person]:
    """Return people by code.

    Raises
    ------
    InvalidDataError
        Nobody is named.
    ConcurrentChangeError
        One of them is not there any more.
    """
    wanted = set(people)
    if not wanted:
        raise InvalidDataError(Message("people.nobody"))
    found = records.people_by_id(unit.session, wanted)
    if len(found) != len(wanted):
        raise ConcurrentChangeError(Message("people.gone"))
    return found


def load_serving(unit: UnitOfWork, people: Collection[str]) -> list[Person]:
    """Return people by code; raise `InvalidDataError` when one of them is retired, besides what `load_many` raises."""
    found = load_many(unit, people)
    gone = next((person for person in found if is_retired(person)), None)
    if gone is not None:
        raise InvalidDataError(Message("people.retired", {"code": gone.code}))
    return found


def is_retired(person: Person) -> bool:
    """Say whether a person is inactive."""
    return person.status is PersonStatus.INACTIVE or person.ended_on is not None
