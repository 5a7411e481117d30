"""Merging two records of one person: what belongs to the other moves to the one that is kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.models import Person, PersonStatus, SquadMembership, TeamMembership
from patrol_desk.security.permissions import Permission
from patrol_desk.security.redaction import mask_id, mask_phone
from patrol_desk.services.people.edit import end_membership
from patrol_desk.services.people.fields import FIELDS
from patrol_desk.services.people.records import is_retired, load_many
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import bulk
from patrol_desk.storage.reads import merging
from patrol_desk.storage.reads import people_records as records
from patrol_desk.storage.reads.merging import Reference
from patrol_desk.storage.session import Session
from patrol_desk.storage.unit_of_work import UnitOfWork

CHOSEN: Final = tuple(name for name in FIELDS if name not in {"code", "status"})
"""Fields of which one record's or the other's value is kept; the code stays the kept record's."""
_STAYS: Final = frozenset({"squad_membership", "team_membership"})
_DUTIES: Final = frozenset({"assignment", "attendance"})
_SAME_SHIFT: Final = ("on_date", "pattern_id")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which two records differ, as shown: personal numbers are masked."""

    field: str
    kept: str
    other: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A duty of both records in the same shift; the other's stays with the record that ends."""

    kind: str
    on_date: date
    pattern_id: str


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge would do.

    Parameters
    ----------
    kept, other
        Codes.
    differences
        Fields in which they differ.
    moving
        Table → rows that move.
    staying
        Table → rows that stay with the record that ends, because the kept one has its own.
    clashes
        Duties of both in the same shift, named first.
    """

    kept: str
    other: str
    differences: tuple[Difference, ...]
    moving: Mapping[str, int]
    staying: Mapping[str, int]
    clashes: tuple[Clash, ...]


@permitted(Permission.DATA_READ)
def plan_merge(station: Station, actor: Actor, kept_id: str, other_id: str) -> MergePlan:
    """Return what merging a record into another would do.

    Raises
    ------
    ConcurrentChangeError
        One of them is gone.
    """
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        kept, other = _both(records.people_by_id(session, {kept_id, other_id}), kept_id, other_id)
        moving: dict[str, int] = {}
        staying: dict[str, int] = {}
        clashes: list[Clash] = []
        for reference in merging.references():
            kind = reference.model.__tablename__
            free, held = _divided(session, reference, kept_id, other_id)
            for rows, counts in ((free, moving), (held, staying)):
                if rows:
                    counts[kind] = counts.get(kind, 0) + len(rows)
            if kind in _DUTIES:
                clashes.extend(Clash(kind, row["on_date"], row["pattern_id"]) for row in held)
    return MergePlan(kept.code, other.code, _differences(kept, other), moving, staying, tuple(clashes))


@permitted(Permission.DATA_EDIT)
def merge_people(
    station: Station, actor: Actor, kept_id: str, other_id: str, take: Collection[str] = ()
) -> Done[MergePlan]:
    """Merge a record into another, in one step.

    Memberships, certificates, availability, leave, pairs, attendance and duties in drafts move; what the kept record
    has already stays with the other, and so do duties in published versions, which are final. The other record is
    retired and names the kept one.

    Parameters
    ----------
    station, actor
        The open station and who acts.
    kept_id, other_id
        The record that is kept, and the one that ends.
    take
        Fields (of `CHOSEN`) whose value is the other record's.

    Raises
    ------
    InvalidDataError
        They are the same, one is retired, or a field cannot be chosen.
    ConcurrentChangeError
        One of them is gone.
    """
    if kept_id == other_id or not set(take) <= set(CHOSEN):
        raise InvalidDataError(Message("people.merge_same"))
    today = station_today(station.clock)
    plan = plan_merge(station, actor, kept_id, other_id)
    with station.write(actor, "person.merge") as unit:
        kept, other = _both(load_many(unit, {kept_id, other_id}), kept_id, other_id)
        gone = next((person for person in (kept, other) if is_retired(person)), None)
        if gone is not None:
            raise InvalidDataError(Message("people.retired", {"code": gone.code}))
        _move_rows(unit, kept_id, other_id)
        _end_stays(unit, other_id, today)
        _take_fields(unit, kept, other, take)
        other.status, other.status_on, other.ended_on = PersonStatus.INACTIVE, today, today
        # The code is the pointer: it stays readable in exports, and the kept record's never changes by a merge.
        other.status_reason = f"→ {kept.code}"
        unit.note("person", other_id, {"merged_into": kept.code})
        return finish(unit, plan)


def _both(found: Sequence[Person], kept_id: str, other_id: str) -> tuple[Person, Person]:
    by_id = {person.id: person for person in found}
    if len(by_id) < len({kept_id, other_id}):
        raise ConcurrentChangeError(Message("people.gone"))
    return by_id[kept_id], by_id[other_id]


def _divided(
    session: Session, reference: Reference, kept_id: str, other_id: str
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Return the other record's rows that move, and those that stay because the kept record has its own."""
    own = merging.rows_of(session, reference, kept_id)
    free: list[Mapping[str, Any]] = []
    held: list[Mapping[str, Any]] = []
    for row in merging.rows_of(session, reference, other_id):
        (held if _stands_in_the_way(reference, row, own, kept_id) else free).append(row)
    return free, held


def _stands_in_the_way(
    reference: Reference, row: Mapping[str, Any], own: Sequence[Mapping[str, Any]], kept_id: str
) -> bool:
    kind = reference.model.__tablename__
    if kind == "person_pair" and kept_id in {row["person_id"], row["other_id"]}:
        return True
    if kind in _STAYS and row["ended_on"] is None:
        return any(_overlap(row, mine) for mine in own) or any(mine["from_on"] == row["from_on"] for mine in own)
    key = _SAME_SHIFT if kind == "assignment" else tuple(name for name in reference.unique if name != reference.column)
    if kind == "assignment":
        key = (*_SAME_SHIFT, "version_id")
    return bool(key) and any(all(row[name] == mine[name] for name in key) for mine in own)


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if other["ended_on"] is not None:
        return False
    return bool(one["from_on"] <= (other["until_on"] or date.max) and other["from_on"] <= (one["until_on"] or date.max))


def _move_rows(unit: UnitOfWork, kept_id: str, other_id: str) -> None:
    for reference in merging.references():
        free, _ = _divided(unit.session, reference, kept_id, other_id)
        changes = [{"id": row["id"], "row_version": row["row_version"], reference.column: kept_id} for row in free]
        if changes:
            bulk.update(unit, reference.model, changes)


def _end_stays(unit: UnitOfWork, other_id: str, today: date) -> None:
    rows: list[SquadMembership | TeamMembership] = [
        *records.squad_rows(unit.session, [other_id]), *records.team_rows(unit.session, [other_id]),
    ]  # fmt: skip
    for row in rows:
        if row.ended_on is None:
            end_membership(row, today)


def _take_fields(unit: UnitOfWork, kept: Person, other: Person, take: Collection[str]) -> None:
    for name in CHOSEN:
        if name in take:
            setattr(kept, name, getattr(other, name))
    unit.session.flush()


def _differences(kept: Person, other: Person) -> tuple[Difference, ...]:
    found = []
    for name in CHOSEN:
        mine, theirs = getattr(kept, name), getattr(other, name)
        if mine != theirs:
            found.append(Difference(name, _text(name, mine), _text(name, theirs)))
    return tuple(found)


def _text(name: str, value: object) -> str:
    if value is None:
        return ""
    masks = {"phone": mask_phone, "resident_id": mask_id}
    return masks[name](str(value)) if name in masks else str(value)
