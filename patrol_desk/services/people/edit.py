"""Making, changing, retiring and restoring people by hand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import (
    Community,
    GridCell,
    Organisation,
    Person,
    PersonStatus,
    SquadMembership,
    SquadRole,
    TeamMembership,
)
from patrol_desk.security.permissions import Permission
from patrol_desk.services.people.codes import following
from patrol_desk.services.people.duties import Affected, count_duties, drop_duties
from patrol_desk.services.people.fields import (
    FIELDS,
    REFERENCES,
    check_person_fields,
    problem,
    read_fields,
    wrong_field,
)
from patrol_desk.services.people.groups import join
from patrol_desk.services.people.records import is_retired, load, load_many
from patrol_desk.services.people.times import Cell, paint
from patrol_desk.services.permits import permitted, require
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import bulk, queries
from patrol_desk.storage.reads import people_records as records
from patrol_desk.storage.session import Session
from patrol_desk.storage.unit_of_work import UnitOfWork
from patrol_desk.sync.faults import Fault
from patrol_desk.sync.tables.people import PEOPLE

MOST_REASON = 200
_OWNERS = {"community_id": Community, "grid_cell_id": GridCell, "organisation_id": Organisation}


@dataclass(frozen=True, slots=True)
class Saved:
    """A person that was written, and what is worth a second look."""

    person_id: str
    warnings: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Retired:
    """People that were retired: how many, the duties they had, and how many of these were taken out."""

    people: int
    affected: Affected
    removed: int


@permitted(Permission.DATA_READ)
def next_code(station: Station, actor: Actor) -> str:
    """Return a free code: one more than the highest of the most usual form; "" while there is nobody to go by."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        codes = [row[0] for row in bulk.rows(session, Person, ("code",))]
    return following(codes)


@permitted(Permission.DATA_READ)
def doubles(station: Station, actor: Actor, values: Mapping[str, str], person_id: str | None) -> dict[str, Message]:
    """Return field → sentence where a code, resident ID or phone (as typed) belongs to somebody else already.

    Parameters
    ----------
    station, actor
        The open station and who asks.
    values
        Of the three fields, those that were typed.
    person_id
        The person edited, None for a new one.
    """
    del actor
    today = station_today(station.clock)
    found: dict[str, Message] = {}
    with station.read() as session:
        for key in ("code", "resident_id", "phone"):
            try:
                value = read_fields({key: values[key]}, today)[key] if values.get(key, "").strip() else None
            except InvalidDataError:
                continue
            other = _other(session, key, value, person_id)
            if other is not None:
                found[key] = Message(f"people.{key}_of", {"code": other})
    return found


@permitted(Permission.DATA_EDIT)
def create_person(
    station: Station,
    actor: Actor,
    texts: Mapping[str, str],
    *,
    squad: tuple[str, SquadRole] | None = None,
) -> Done[Saved]:
    """Add a person.

    Parameters
    ----------
    station, actor
        The open station and who acts.
    texts
        Field → text as typed; fields left out have the defaults of an import. Code and name are needed.
    squad
        Squad id and role to join from today on.

    Raises
    ------
    InvalidDataError
        A field is wrong, or its code or resident ID belongs to somebody else.
    """
    today = station_today(station.clock)
    values = blank_values() | read_fields({"code": "", "name": "", **texts}, today)
    _refuse_unfit(values, texts)
    with station.write(actor, "person.create") as unit:
        warnings = _refuse_taken(unit.session, values, None)
        person = Person(id=new_id(), status_on=today, status_reason="", **values)
        unit.session.add(person)
        unit.session.flush()
        if squad is not None:
            join(unit, [person], squad[0], squad[1], today)
        return finish(unit, Saved(person.id, warnings))


@permitted(Permission.DATA_EDIT)
def update_person(
    station: Station,
    actor: Actor,
    person_id: str,
    texts: Mapping[str, str],
    *,
    seen: int,
    cells: Sequence[Cell] = (),
) -> Done[Saved]:
    """Change a person's fields and weekly availability in one step.

    Parameters
    ----------
    station, actor
        The open station and who acts.
    person_id
        The person.
    texts
        Field → text as typed; only what changes.
    seen
        Row version of the person as it was read.
    cells
        Cells of the availability that change.

    Raises
    ------
    ConcurrentChangeError
        Somebody else changed the person or a cell meanwhile; nothing was written.
    InvalidDataError
        As `create_person`.
    """
    today = station_today(station.clock)
    values = read_fields(texts, today)
    with station.write(actor, "person.update") as unit:
        person = load(unit, person_id)
        if person.row_version != seen:
            raise ConcurrentChangeError(Message("people.changed_meanwhile", {"code": person.code}))
        before = {name: getattr(person, name) for name in FIELDS}
        _refuse_unfit(before | values, texts)
        warnings = _refuse_taken(unit.session, {k: v for k, v in values.items() if v != before[k]}, person_id)
        if values.get("status", person.status) != person.status:
            person.status_on, person.status_reason = today, ""
        for name, value in values.items():
            if value != before[name]:
                setattr(person, name, value)
        paint(unit, person, cells)
        return finish(unit, Saved(person_id, warnings))


@permitted(Permission.DATA_EDIT)
def retire_people(
    station: Station, actor: Actor, people: Collection[str], reason: str, *, drop: bool = False
) -> Done[Retired]:
    """Retire people from today on: inactive, out of their squad and response team; their history stays.

    Parameters
    ----------
    station, actor
        The open station and who acts.
    people
        Ids; who is retired already is left alone.
    reason
        Why; kept with the person.
    drop
        Whether their duties from today on are taken out of drafts, which needs `Permission.PLAN_WRITE`, too.

    Raises
    ------
    InvalidDataError
        The reason is missing or too long.
    """
    text = reason.strip()
    if not text or len(text) > MOST_REASON:
        raise InvalidDataError(Message("people.reason_needed", {"limit": MOST_REASON}))
    if drop:
        require(actor, Permission.PLAN_WRITE)
    today = station_today(station.clock)
    with station.write(actor, "person.retire") as unit:
        retiring = [person for person in load_many(unit, people) if not is_retired(person)]
        ids = [person.id for person in retiring]
        affected = count_duties(unit, ids, today)
        for person in retiring:
            person.status, person.status_on, person.status_reason = PersonStatus.INACTIVE, today, text
            person.ended_on = today
        _leave_groups(unit, ids, today)
        removed = drop_duties(unit, ids, today) if drop else 0
        return finish(unit, Retired(len(ids), affected, removed))


@permitted(Permission.DATA_EDIT)
def restore_people(station: Station, actor: Actor, people: Collection[str]) -> Done[int]:
    """Take retired people back as active from today on and return how many; they have no squad until they get one."""
    today = station_today(station.clock)
    with station.write(actor, "person.restore") as unit:
        back = [person for person in load_many(unit, people) if is_retired(person)]
        for person in back:
            person.status, person.status_on, person.status_reason = PersonStatus.ACTIVE, today, ""
            person.ended_on = None
        return finish(unit, len(back))


def blank_values() -> dict[str, object]:
    """Return field → what a new person has where nothing is said."""
    return {name: None if name in REFERENCES else PEOPLE.by_name[name].new_value for name in FIELDS}


def _refuse_unfit(values: Mapping[str, object], texts: Mapping[str, str]) -> None:
    for key, what in check_person_fields(values).items():
        raise wrong_field(key, what, texts.get(key, ""))
    if values.get("status") is PersonStatus.INACTIVE and "status" in texts:
        raise wrong_field("status", problem(Fault("people.retire_instead")))


def _refuse_taken(session: Session, values: Mapping[str, object], person_id: str | None) -> tuple[Message, ...]:
    """Refuse a code or resident ID of somebody else; return warnings about a phone that others have too."""
    for key, code in (("code", "import.key_of_another"), ("resident_id", "import.value_of_another")):
        if _other(session, key, values.get(key), person_id) is not None:
            raise wrong_field(key, problem(Fault(code)), str(values[key]))
    for key in REFERENCES:
        value = values.get(key)
        if value is not None and queries.first(session, _OWNERS[key], id=value) is None:
            raise wrong_field(key, problem(Fault("people.no_such_record")))
    other = _other(session, "phone", values.get("phone"), person_id)
    return () if other is None else (Message("people.phone_of", {"code": other}),)


def _other(session: Session, column: str, value: object, person_id: str | None) -> str | None:
    """Return the code of another person who has the value."""
    if value is None:
        return None
    return next((code for owner, code in records.owners(session, column, str(value)) if owner != person_id), None)


def _leave_groups(unit: UnitOfWork, people: Collection[str], today: date) -> None:
    squads = records.squad_rows(unit.session, people)
    teams = records.team_rows(unit.session, people)
    rows: list[SquadMembership | TeamMembership] = [*squads, *teams]
    for row in rows:
        end_membership(row, today)


def end_membership(row: SquadMembership | TeamMembership, today: date) -> None:
    """End a membership that is open; one that would begin later is taken back."""
    if row.from_on > today:
        row.ended_on = row.ended_on or today
    elif row.until_on is None or row.until_on > today:
        row.until_on = today
