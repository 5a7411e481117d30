"""Reads for the roster board: names and places for the screen, assignments with their ids."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from patrol_desk.models import (
    Assignment,
    AssignmentSource,
    AuditEntry,
    Checkpoint,
    CheckpointKind,
    CheckpointStatus,
    Community,
    Person,
    Plan,
    PlanVersion,
    Squad,
    VersionState,
)
from patrol_desk.storage.reads.week import ROSTERED

_IN_LIST = 10_000


class HeldRow(NamedTuple):
    """One assignment with its id and row version."""

    id: str
    row_version: int
    person_id: str
    checkpoint_id: str
    pattern_id: str
    on_date: date
    skill_id: str | None
    leader: bool
    locked: bool
    source: AssignmentSource

    @property
    def key(self) -> tuple[str, str, str, date]:
        """Who, where and when: at most one such row in a version."""
        return (self.person_id, self.checkpoint_id, self.pattern_id, self.on_date)


class PlaceRow(NamedTuple):
    """A checkpoint as a row of the roster, with the code and name of its community."""

    id: str
    code: str
    name: str
    short_name: str
    kind: CheckpointKind
    tier: int
    community_code: str | None
    community: str | None


class VersionRow(NamedTuple):
    """A plan version and how many assignments it holds, without its certificate."""

    id: str
    number: int
    state: VersionState
    made_at: datetime
    published_at: datetime | None
    published_by: str
    figures: dict[str, Any]
    assignments: int


def versions(session: Session, week: str) -> list[VersionRow]:
    """Return the versions of a week's plan, newest first."""
    counts = (
        select(Assignment.version_id, func.count().label("many")).group_by(Assignment.version_id).subquery("counts")
    )
    rows = session.execute(
        select(
            PlanVersion.id,
            PlanVersion.number,
            PlanVersion.state,
            PlanVersion.made_at,
            PlanVersion.published_at,
            PlanVersion.published_by,
            PlanVersion.figures,
            func.coalesce(counts.c.many, 0),
        )
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .outerjoin(counts, counts.c.version_id == PlanVersion.id)
        .where(Plan.week == week)
        .order_by(PlanVersion.number.desc())
    )
    return [VersionRow(*row) for row in rows]


def certificate(session: Session, version_id: str) -> bytes | None:
    """Return the certificate of the solver run that made a version."""
    return session.scalar(select(PlanVersion.certificate).where(PlanVersion.id == version_id))


def held(session: Session, version_id: str) -> list[HeldRow]:
    """Return the assignments of a version."""
    return [HeldRow(*row) for row in session.execute(select(*_columns()).where(Assignment.version_id == version_id))]


def held_by_id(session: Session, version_id: str, ids: Iterable[str]) -> list[HeldRow]:
    """Return those of the assignments with these ids that are in the version."""
    wanted = list(ids)
    found: list[HeldRow] = []
    for start in range(0, len(wanted), _IN_LIST):
        rows = session.execute(
            select(*_columns())
            .where(Assignment.version_id == version_id)
            .where(Assignment.id.in_(wanted[start : start + _IN_LIST]))
        )
        found.extend(HeldRow(*row) for row in rows)
    return found


def places(session: Session, include: Collection[str] = ()) -> list[PlaceRow]:
    """Return the checkpoints in force, and those asked for because somebody stands there, in the roster's order.

    By community, those without one last, then by code.
    """
    active = Checkpoint.ended_on.is_(None) & (Checkpoint.status == CheckpointStatus.ACTIVE)
    rows = session.execute(
        select(
            Checkpoint.id,
            Checkpoint.code,
            Checkpoint.name,
            Checkpoint.short_name,
            Checkpoint.kind,
            Checkpoint.tier,
            Community.code,
            Community.name,
        )
        .outerjoin(Community, Community.id == Checkpoint.community_id)
        .where(or_(active, Checkpoint.id.in_(include)) if include else active)
    )
    found = [PlaceRow(*row) for row in rows]
    return sorted(found, key=lambda row: (row.community_code is None, row.community_code or "", row.code))


def names(session: Session, include: Collection[str] = ()) -> dict[str, str]:
    """Return id → name of those who are rostered, and of those asked for."""
    rostered = Person.activity_class.in_(ROSTERED) & Person.ended_on.is_(None)
    wanted = or_(rostered, Person.id.in_(include)) if include else rostered
    return dict(session.execute(select(Person.id, Person.name).where(wanted)).all())


def squad_communities(session: Session) -> dict[str, str | None]:
    """Return id → community id of the squads in force."""
    rows = session.execute(select(Squad.id, Squad.community_id).where(Squad.ended_on.is_(None)))
    return dict(rows.all())


def squad_places(session: Session) -> dict[str, str]:
    """Return id → name of the community of the squads in force that have one."""
    rows = session.execute(
        select(Squad.id, Community.name)
        .join(Community, Community.id == Squad.community_id)
        .where(Squad.ended_on.is_(None))
    )
    return dict(rows.all())


def person_codes(session: Session, include: Collection[str]) -> dict[str, str]:
    """Return id → code of those of some people whose record is still there."""
    wanted, found = list(include), dict[str, str]()
    for start in range(0, len(wanted), _IN_LIST):
        part = wanted[start : start + _IN_LIST]
        found.update(session.execute(select(Person.id, Person.code).where(Person.id.in_(part))).all())
    return found


def kinds_since(session: Session, revision: int) -> frozenset[str]:
    """Return the tables that were written after an audit number: each commit has one entry that counts them."""
    found: set[str] = set()
    rows = session.scalars(select(AuditEntry.details).where(AuditEntry.number > revision, AuditEntry.kind == ""))
    for details in rows:
        found.update(details.get("records", {}))
    return frozenset(found)


def _columns() -> list[ColumnElement[Any]]:
    table = Assignment.__table__.c
    return [table[name] for name in HeldRow._fields]
