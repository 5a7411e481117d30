"""Many people at once: what would change, who cannot and why, and the change as one step."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import (
    ActivityClass,
    Certificate,
    Person,
    PersonStatus,
    Skill,
    Squad,
    SquadMembership,
    SquadRole,
)
from patrol_desk.security.permissions import Permission
from patrol_desk.services.people.groups import MOST_DUTIES, join
from patrol_desk.services.people.records import is_retired, load_many
from patrol_desk.services.people.status import refuse_step
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.reads import people_records as records
from patrol_desk.storage.session import Session
from patrol_desk.storage.unit_of_work import UnitOfWork

NO_SQUAD = ""
"""Takes people out of their squad."""


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """What is changed of everybody; None leaves it.

    Parameters
    ----------
    squad_id
        The squad from tomorrow on; `NO_SQUAD` for none.
    cap
        Most duties in a week.
    activity_class, status
        The new ones; a status comes with `reason`.
    reason
        Why the status changes.
    skill_id, expires_on
        A skill everybody gets a certificate of from today on, and its last day; None does not run out.
    dropped_skill_id
        A skill whose certificate everybody loses from today on.
    """

    squad_id: str | None = None
    cap: int | None = None
    activity_class: ActivityClass | None = None
    status: PersonStatus | None = None
    reason: str = ""
    skill_id: str | None = None
    expires_on: date | None = None
    dropped_skill_id: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why some people cannot be changed, and the codes of the first of them."""

    why: Message
    people: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BulkEffect:
    """What a bulk edit does.

    Parameters
    ----------
    people
        How many were asked for.
    changing
        Of these, how many change.
    refused
        Who cannot, by reason, the most first.
    """

    people: int
    changing: int
    refused: tuple[Refused, ...]

    @property
    def same(self) -> int:
        """How many are like that already."""
        return self.people - self.changing - sum(each.people for each in self.refused)


@dataclass(frozen=True, slots=True)
class _Held:
    """What stands in other tables about the people, by person id."""

    certificates: Mapping[str, Sequence[Certificate]]
    stays: Mapping[str, Sequence[SquadMembership]]
    today: date

    @property
    def tomorrow(self) -> date:
        return self.today + timedelta(days=1)

    def certificate(self, person: Person, skill_id: str | None) -> Certificate | None:
        rows = self.certificates.get(person.id, ())
        return next((row for row in rows if row.skill_id == skill_id), None)

    def squad_of(self, person: Person) -> str:
        for row in self.stays.get(person.id, ()):
            if row.from_on <= self.tomorrow and (row.until_on is None or row.until_on >= self.tomorrow):
                return row.squad_id
        return NO_SQUAD


MOST_CODES = 3


@permitted(Permission.DATA_READ)
def preview_bulk(station: Station, actor: Actor, people: Collection[str], edit: BulkEdit) -> BulkEffect:
    """Return what an edit would do, without doing it.

    Raises
    ------
    InvalidDataError
        The cap is out of range.
    """
    del actor  # the permission is all that depends on who asks
    _check(edit)
    with station.read() as session:
        found = records.people_by_id(session, people)
        return _judge(found, edit, _held(session, people, station_today(station.clock)))[1]


@permitted(Permission.DATA_EDIT)
def apply_bulk(station: Station, actor: Actor, people: Collection[str], edit: BulkEdit) -> Done[BulkEffect]:
    """Change everybody who can be changed, in one step, and return what was done and who was left out.

    Raises
    ------
    InvalidDataError
        The cap is out of range, or nobody is named.
    ConcurrentChangeError
        A person, the squad or the skill is gone.
    """
    _check(edit)
    today = station_today(station.clock)
    with station.write(actor, "person.bulk") as unit:
        found = load_many(unit, people)
        held = _held(unit.session, people, today)
        _refuse_gone(unit, edit)
        changing, effect = _judge(found, edit, held)
        for person in changing:
            _put(unit, person, edit, held)
        if edit.squad_id is not None and changing:
            join(unit, changing, edit.squad_id or None, SquadRole.MEMBER, held.tomorrow)
        return finish(unit, effect)


def _check(edit: BulkEdit) -> None:
    if edit.cap is not None and not 0 <= edit.cap <= MOST_DUTIES:
        raise InvalidDataError(Message("people.cap_range", {"value": edit.cap, "most": MOST_DUTIES}))


def _refuse_gone(unit: UnitOfWork, edit: BulkEdit) -> None:
    if edit.squad_id and queries.first(unit.session, Squad, id=edit.squad_id, ended_on=None) is None:
        raise ConcurrentChangeError(Message("people.squad_gone"))
    if edit.skill_id and queries.first(unit.session, Skill, id=edit.skill_id, ended_on=None) is None:
        raise ConcurrentChangeError(Message("people.skill_gone"))


def _held(session: Session, people: Collection[str], today: date) -> _Held:
    certificates: dict[str, list[Certificate]] = {}
    for row in records.certificate_rows(session, people):
        certificates.setdefault(row.person_id, []).append(row)
    stays: dict[str, list[SquadMembership]] = {}
    for stay in records.squad_rows(session, people):
        if stay.ended_on is None:
            stays.setdefault(stay.person_id, []).append(stay)
    return _Held(certificates, stays, today)


def _judge(people: Sequence[Person], edit: BulkEdit, held: _Held) -> tuple[list[Person], BulkEffect]:
    """Return who changes, and the effect."""
    changing: list[Person] = []
    refused: dict[str, tuple[Message, list[str]]] = {}
    for person in people:
        why = _refusal(person, edit, held)
        if why is not None:
            refused.setdefault(why.code, (why, []))[1].append(person.code)
        elif _differs(person, edit, held):
            changing.append(person)
    told = [Refused(why, len(codes), tuple(codes[:MOST_CODES])) for why, codes in refused.values()]
    return changing, BulkEffect(len(people), len(changing), tuple(sorted(told, key=lambda each: -each.people)))


def _refusal(person: Person, edit: BulkEdit, held: _Held) -> Message | None:
    """Return why a person cannot be changed: a person is changed wholly or not at all."""
    if is_retired(person):
        return Message("people.bulk_retired")
    if edit.status is not None:
        why = refuse_step(person.status, edit.status, edit.reason)
        if why is not None:
            return why
    later = [row for row in held.stays.get(person.id, ()) if row.from_on > held.tomorrow]
    if edit.squad_id is not None and later:
        return Message("people.bulk_squad_later")
    row = held.certificate(person, edit.skill_id) if edit.skill_id else None
    longer = row is not None and row.ended_on is None and _lasts(row.expires_on) > _lasts(edit.expires_on)
    return Message("people.bulk_certificate_longer") if longer else None


def _differs(person: Person, edit: BulkEdit, held: _Held) -> bool:
    fields = (
        (edit.cap, person.weekly_cap), (edit.activity_class, person.activity_class), (edit.status, person.status),
        (edit.squad_id, held.squad_of(person)),
    )  # fmt: skip
    if any(wanted is not None and wanted != is_now for wanted, is_now in fields):
        return True
    row = held.certificate(person, edit.skill_id) if edit.skill_id else None
    gains = bool(edit.skill_id) and (row is None or row.ended_on is not None or row.expires_on != edit.expires_on)
    lost = held.certificate(person, edit.dropped_skill_id) if edit.dropped_skill_id else None
    return gains or (lost is not None and lost.ended_on is None)


def _put(unit: UnitOfWork, person: Person, edit: BulkEdit, held: _Held) -> None:
    if edit.cap is not None:
        person.weekly_cap = edit.cap
    if edit.activity_class is not None:
        person.activity_class = edit.activity_class
    if edit.status is not None and edit.status is not person.status:
        person.status, person.status_on, person.status_reason = edit.status, held.today, edit.reason.strip()
    lost = held.certificate(person, edit.dropped_skill_id) if edit.dropped_skill_id else None
    if lost is not None and lost.ended_on is None:
        lost.ended_on = held.today
    if edit.skill_id:
        row = held.certificate(person, edit.skill_id)
        if row is None:
            row = Certificate(id=new_id(), person_id=person.id, skill_id=edit.skill_id, number="")
            unit.session.add(row)
        if row.ended_on is not None or row.expires_on != edit.expires_on or row.issued_on is None:
            row.issued_on = held.today
        row.expires_on, row.ended_on = edit.expires_on, None


def _lasts(day: date | None) -> date:
    return date.max if day is None else day
