"""Writing an enrolment: the organisation, its squad, its people and their memberships, as one step."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import Organisation, OrganisationKind, Person, PersonStatus, SquadRole
from patrol_desk.security.permissions import Permission
from patrol_desk.services.people.codes import following
from patrol_desk.services.people.duties import Affected, count_duties
from patrol_desk.services.people.edit import blank_values
from patrol_desk.services.people.enrol.checking import Line, LineKind, check
from patrol_desk.services.people.groups import join
from patrol_desk.services.people.squads.edit import GroupText, add_group
from patrol_desk.services.people.status import STEPS
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import bulk, queries
from patrol_desk.storage.reads import people_records as records
from patrol_desk.storage.unit_of_work import UnitOfWork

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What is enrolled.

    Parameters
    ----------
    text
        The list, as it was checked.
    lines
        Lines of it that join.
    organisation, kind
        Name and kind; an organisation of that name on record is taken, and keeps its kind.
    squad
        What is written of the squad; its organisation is this one.
    leader
        Line of the leader; None: whoever the list says, or nobody.
    status
        Of new people.
    """

    text: str
    lines: frozenset[int]
    organisation: str
    kind: OrganisationKind
    squad: GroupText
    leader: int | None = None
    status: PersonStatus = PersonStatus.APPLIED


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What an enrolment did.

    Parameters
    ----------
    squad_id
        The squad.
    new, known
        New people, from today on in the squad; people who were on the books, from tomorrow on.
    affected
        Duties that the latter have from tomorrow on; they stay.
    """

    squad_id: str
    new: int
    known: int
    affected: Affected


@permitted(Permission.DATA_EDIT)
def enrol_organisation(station: Station, actor: Actor, wanted: Enrolment) -> Done[Enrolled]:
    """Make an organisation one squad, in one step that can be undone.

    Raises
    ------
    InvalidDataError
        Nobody joins, a line that joins is wrong, or the organisation's name, the squad's code, name or strength is.
    """
    today = station_today(station.clock)
    with station.write(actor, "squad.enrol") as unit:
        lines = _joining(check(unit.session, wanted.text, today).lines, wanted)
        organisation = _organisation(unit, wanted)
        squad_id = add_group(unit, "squad", replace(wanted.squad, organisation_id=organisation))
        new = [line for line in lines if line.kind is LineKind.NEW]
        added = _add(unit, new, wanted, organisation, today)
        known = [line for line in lines if line.kind is LineKind.KNOWN]
        twins = {line.twin.id: line for line in known if line.twin is not None}
        held = {person.id: person for person in records.people_by_id(unit.session, list(twins))}
        for person in held.values():
            person.organisation_id = organisation
        tomorrow = today + timedelta(days=1)
        affected = count_duties(unit, list(held), tomorrow)
        _enter(unit, squad_id, list(zip(new, added, strict=True)), today)
        _enter(unit, squad_id, [(line, held[person]) for person, line in twins.items()], tomorrow)
        return finish(unit, Enrolled(squad_id, len(added), len(held), affected))


def _joining(lines: Sequence[Line], wanted: Enrolment) -> list[Line]:
    """Return the lines that join, each with its role: there is one leader at most."""
    joining = [line for line in lines if line.line in wanted.lines]
    if not joining:
        raise InvalidDataError(Message("people.enrol_nobody"))
    wrong = next((line for line in joining if line.kind is LineKind.BAD), None)
    if wrong is not None:
        raise InvalidDataError(Message("people.enrol_line", {"line": wrong.line, "problem": wrong.problems[0]}))
    if wanted.status not in STEPS:
        raise InvalidDataError(Message("people.status_by_retiring"))
    leader = wanted.leader
    if leader is None:
        leader = next((line.line for line in joining if line.role is SquadRole.LEADER), None)
    return [replace(line, role=_role(line, leader)) for line in joining]


def _role(line: Line, leader: int | None) -> SquadRole:
    if line.line == leader:
        return SquadRole.LEADER
    return SquadRole.DEPUTY if line.role is not SquadRole.MEMBER else SquadRole.MEMBER


def _organisation(unit: UnitOfWork, wanted: Enrolment) -> str:
    """Return the id of the organisation of that name, made if there is none."""
    name = wanted.organisation.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise InvalidDataError(Message("people.enrol_organisation", {"limit": LONGEST_NAME}))
    found = queries.first(unit.session, Organisation, name=name, ended_on=None)
    if found is not None:
        return found.id
    codes = [row[0] for row in bulk.rows(unit.session, Organisation, ("code",))]
    code = following(codes) or f"{wanted.squad.code.strip()}-D"
    made = Organisation(
        id=new_id(), code=code, name=name, kind=wanted.kind, community_id=wanted.squad.place_id, phone=""
    )
    unit.session.add(made)
    unit.session.flush()
    return made.id


def _add(
    unit: UnitOfWork, lines: Sequence[Line], wanted: Enrolment, organisation: str, today: date
) -> list[Person]:  # fmt: skip
    taken = [row[0] for row in bulk.rows(unit.session, Person, ("code",))]
    codes = _codes(taken, wanted.squad.code.strip())
    people = []
    for line in lines:
        values = blank_values() | dict(line.values)
        values |= {"code": next(codes), "status": wanted.status, "organisation_id": organisation}
        if values.get("community_id") is None:
            values["community_id"] = wanted.squad.place_id
        people.append(Person(id=new_id(), status_on=today, status_reason="", **values))
    unit.session.add_all(people)
    unit.session.flush()
    return people


def _codes(taken: Collection[str], stem: str) -> Iterator[str]:
    """Yield codes that nobody has, one after the other."""
    code = following(taken) or f"{stem}-001"
    held = set(taken)
    while True:
        if code not in held:
            yield code
        code = following([code])


def _enter(unit: UnitOfWork, squad_id: str, joining: Sequence[tuple[Line, Person]], on: date) -> None:
    for role in SquadRole:
        people = [person for line, person in joining if line.role is role]
        if people:
            join(unit, people, squad_id, role, on)
