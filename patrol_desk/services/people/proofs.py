"""Certificates by hand: one per person and skill."""

from dataclasses import dataclass
from datetime import date

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import Certificate, Skill
from patrol_desk.security.permissions import Permission
from patrol_desk.services.people.records import load_serving
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries

LONGEST_NUMBER = 200


@dataclass(frozen=True, slots=True)
class Proof:
    """What is written of a certificate; without `expires_on` it does not run out."""

    skill_id: str
    number: str
    issued_on: date | None
    expires_on: date | None


@permitted(Permission.DATA_EDIT)
def set_certificate(station: Station, actor: Actor, person_id: str, proof: Proof, *, seen: int = 0) -> Done[str]:
    """Add a person's certificate for a skill, or renew the one there is, and return its id.

    Parameters
    ----------
    station, actor
        The open station and who acts.
    person_id
        The person.
    proof
        The certificate.
    seen
        Row version of the certificate as it was read; 0 for a new one.

    Raises
    ------
    InvalidDataError
        It ends before it begins, its number is too long, or the person is retired.
    ConcurrentChangeError
        Somebody else added or changed it meanwhile; nothing was written.
    """
    _check(proof)
    with station.write(actor, "person.certificate") as unit:
        person = load_serving(unit, [person_id])[0]
        if queries.first(unit.session, Skill, id=proof.skill_id, ended_on=None) is None:
            raise ConcurrentChangeError(Message("people.skill_gone"))
        row = queries.first(unit.session, Certificate, person_id=person.id, skill_id=proof.skill_id)
        version = 0 if row is None or row.ended_on is not None else row.row_version
        if version != seen:
            raise ConcurrentChangeError(Message("people.changed_meanwhile", {"code": person.code}))
        if row is None:
            row = Certificate(id=new_id(), person_id=person.id, skill_id=proof.skill_id)
            unit.session.add(row)
        row.number, row.issued_on, row.expires_on = proof.number.strip(), proof.issued_on, proof.expires_on
        row.ended_on = None
        return finish(unit, row.id)


@permitted(Permission.DATA_EDIT)
def end_certificate(station: Station, actor: Actor, certificate_id: str, *, seen: int) -> Done[None]:
    """Take a certificate back from today on.

    Raises
    ------
    ConcurrentChangeError
        Somebody else changed it since row version `seen`; nothing was written.
    """
    with station.write(actor, "person.certificate") as unit:
        row = queries.first(unit.session, Certificate, id=certificate_id)
        if row is None or row.ended_on is not None or row.row_version != seen:
            raise ConcurrentChangeError(Message("people.certificate_changed"))
        row.ended_on = station_today(station.clock)
        return finish(unit, None)


def _check(proof: Proof) -> None:
    if proof.issued_on is not None and proof.expires_on is not None and proof.expires_on < proof.issued_on:
        days = {"first": proof.issued_on.isoformat(), "last": proof.expires_on.isoformat()}
        raise InvalidDataError(Message("people.certificate_order", days))
    if len(proof.number.strip()) > LONGEST_NUMBER:
        raise InvalidDataError(Message("people.certificate_number", {"limit": LONGEST_NUMBER}))
