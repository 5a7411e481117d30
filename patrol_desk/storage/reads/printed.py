"""Reads for sheets beyond the squad's week: people, places, demand, stock, attendance and availability."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrol_desk.models import (
    Attendance,
    AttendanceState,
    Availability,
    Checkpoint,
    Community,
    EquipmentItem,
    MusterPoint,
    Person,
    PersonStatus,
)


class PersonLine(NamedTuple):
    """A person as sheets name one."""

    id: str
    code: str
    name: str
    phone: str | None


class PostLine(NamedTuple):
    """A checkpoint as sheets name one, in WGS-84 degrees."""

    id: str
    code: str
    name: str
    short_name: str
    address: str
    community: str | None
    lon: float | None
    lat: float | None


class MusterPlace(NamedTuple):
    """A muster point in WGS-84 degrees."""

    id: str
    code: str
    name: str
    lon: float | None
    lat: float | None


class Served(NamedTuple):
    """What became of one duty."""

    person_id: str
    state: AttendanceState
    minutes: int


_IN_LIST = 5_000


def people_named(session: Session) -> dict[str, PersonLine]:
    """Return everybody who was not retired, by id: who stood on a roster may be inactive now."""
    rows = session.execute(select(Person.id, Person.code, Person.name, Person.phone).where(Person.ended_on.is_(None)))
    return {row.id: PersonLine(*row) for row in rows}


def active_people(session: Session) -> set[str]:
    """Return the ids of the people in service."""
    rows = session.scalars(select(Person.id).where(Person.status == PersonStatus.ACTIVE, Person.ended_on.is_(None)))
    return set(rows)


def posts(session: Session) -> list[PostLine]:
    """Return all checkpoints by code, with the names of their communities."""
    rows = session.execute(
        select(
            Checkpoint.id,
            Checkpoint.code,
            Checkpoint.name,
            Checkpoint.short_name,
            Checkpoint.address,
            Community.name,
            Checkpoint.lon,
            Checkpoint.lat,
        )
        .outerjoin(Community, Community.id == Checkpoint.community_id)
        .where(Checkpoint.ended_on.is_(None))
        .order_by(Checkpoint.code)
    )
    return [PostLine(*row) for row in rows]


def muster_places(session: Session) -> list[MusterPlace]:
    """Return the muster points in force, by code."""
    rows = session.execute(
        select(MusterPoint.id, MusterPoint.code, MusterPoint.name, MusterPoint.lon, MusterPoint.lat)
        .where(MusterPoint.ended_on.is_(None))
        .order_by(MusterPoint.code)
    )
    return [MusterPlace(*row) for row in rows]


def stock(session: Session) -> dict[str, list[tuple[str, int]]]:
    """Return muster point id → names and counts of what it holds, by code."""
    found: dict[str, list[tuple[str, int]]] = {}
    rows = session.execute(
        select(EquipmentItem.muster_point_id, EquipmentItem.name, EquipmentItem.quantity)
        .where(EquipmentItem.ended_on.is_(None))
        .order_by(EquipmentItem.code)
    )
    for muster, name, quantity in rows:
        found.setdefault(muster, []).append((name, quantity))
    return found


def attendance_between(session: Session, first: date, last: date) -> list[Served]:
    """Return what became of the duties that began on the days."""
    rows = session.execute(
        select(Attendance.person_id, Attendance.state, Attendance.minutes)
        .where(Attendance.on_date >= first, Attendance.on_date <= last, Attendance.ended_on.is_(None))
        .order_by(Attendance.person_id)
    )
    return [Served(*row) for row in rows]


def availability_of(session: Session, people: Collection[str]) -> dict[tuple[str, str], tuple[int, ...]]:
    """Return person and pattern → seven values, Monday first; of some people, or of all when there are many."""
    columns = (
        Availability.monday,
        Availability.tuesday,
        Availability.wednesday,
        Availability.thursday,
        Availability.friday,
        Availability.saturday,
        Availability.sunday,
    )
    query = select(Availability.person_id, Availability.pattern_id, *columns).where(Availability.ended_on.is_(None))
    if len(people) <= _IN_LIST:
        query = query.where(Availability.person_id.in_(list(people)))
    return {(person, pattern): tuple(days) for person, pattern, *days in session.execute(query)}
