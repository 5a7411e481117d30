"""Reads for printed sheets: names, numbers and duties of one week."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrol_desk.common.weeks import Week
from patrol_desk.models import (
    Certificate,
    Checkpoint,
    Person,
    PersonStatus,
    PlanVersion,
    ShiftPattern,
    Skill,
    Squad,
    Township,
    VersionState,
)
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.rows import PatternRow, SeatRow, SkillRow


class MemberRow(NamedTuple):
    """A member as the squad's own sheet needs one."""

    person_id: str
    code: str
    name: str
    phone: str | None
    role: str


class PlaceRow(NamedTuple):
    """A checkpoint's names."""

    short_name: str
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class SheetData:
    """One week as sheets need it.

    Parameters
    ----------
    township
        The township, for names and the duty room's telephone.
    version
        The version printed, None when the week has no plan.
    audit_head
        Hash of the last audit entry.
    squads
        (id, code, name) in force, by code.
    members
        Squad id → members in the week, by code.
    seats
        Assignments of the version.
    leave
        (person id, first day, last day).
    skills_of
        Person id → ids of skills held on the week's last day.
    """

    week: Week
    township: Township
    version: PlanVersion | None
    revision: int
    audit_head: str
    squads: list[tuple[str, str, str]]
    members: dict[str, list[MemberRow]]
    seats: list[SeatRow]
    leave: list[tuple[str, date, date]]
    patterns: list[PatternRow]
    skills: list[SkillRow]
    skills_of: dict[str, set[str]]
    places: dict[str, PlaceRow]


def read_sheets(session: Session, week: Week, number: int | None = None) -> SheetData | None:
    """Return a week's data for sheets; None while the database has no township.

    Parameters
    ----------
    session
        One read transaction.
    week
        The week.
    number
        Version to print; None: the one in force, else the newest.
    """
    township = planning.township(session)
    if township is None:
        return None
    version = _version(session, week, number)
    days = week.days
    return SheetData(
        week=week,
        township=township,
        version=version,
        revision=planning.revision(session),
        audit_head=planning.audit_head(session),
        squads=squads_in_force(session),
        members=members_between(session, days[0], days[-1]),
        seats=planning.assignments_of(session, version.id) if version else [],
        leave=planning.leave_on(session, days[0], days[-1]),
        patterns=patterns_in_order(session),
        skills=_skills(session),
        skills_of=_skills_of(session, days[-1]),
        places=_places(session),
    )


def _version(session: Session, week: Week, number: int | None) -> PlanVersion | None:
    versions = planning.versions_of(session, str(week))
    if number is not None:
        return next((version for version in versions if version.number == number), None)
    in_force = (version for version in versions if version.state is VersionState.PUBLISHED)
    return next(in_force, versions[0] if versions else None)


def squads_in_force(session: Session) -> list[tuple[str, str, str]]:
    """Return (id, code, name) of the squads in force, by code."""
    rows = session.execute(
        select(Squad.id, Squad.code, Squad.name).where(Squad.ended_on.is_(None)).order_by(Squad.code)
    )
    return list(rows)


def members_between(session: Session, first: date, last: date) -> dict[str, list[MemberRow]]:
    """Return the active members; who changed squads in the week stands with the later squad."""
    person = {
        row.id: row
        for row in session.execute(
            select(Person.id, Person.code, Person.name, Person.phone).where(
                Person.status == PersonStatus.ACTIVE, Person.ended_on.is_(None)
            )
        )
    }
    latest = {row.person_id: row for row in planning.memberships_on(session, first, last)}
    found: dict[str, list[MemberRow]] = {}
    for person_id, membership in latest.items():
        row = person.get(person_id)
        if row is not None:
            member = MemberRow(row.id, row.code, row.name, row.phone, membership.role.value)
            found.setdefault(membership.squad_id, []).append(member)
    return {squad: sorted(members, key=lambda member: member.code) for squad, members in found.items()}


def patterns_in_order(session: Session) -> list[PatternRow]:
    """Return the shift patterns by their start."""
    columns = ShiftPattern.__table__.c
    rows = session.execute(
        select(*(columns[name] for name in PatternRow._fields)).order_by(columns["start_minute"], columns["code"])
    )
    return [PatternRow(*row) for row in rows]


def _skills(session: Session) -> list[SkillRow]:
    return [
        SkillRow(*row)
        for row in session.execute(select(Skill.id, Skill.code, Skill.name, Skill.mark).order_by(Skill.code))
    ]


def _skills_of(session: Session, on: date) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    rows = session.execute(
        select(Certificate.person_id, Certificate.skill_id)
        .where(Certificate.ended_on.is_(None))
        .where(Certificate.issued_on.is_(None) | (Certificate.issued_on <= on))
        .where(Certificate.expires_on.is_(None) | (Certificate.expires_on >= on))
    )
    for person_id, skill_id in rows:
        found.setdefault(person_id, set()).add(skill_id)
    return found


def _places(session: Session) -> dict[str, PlaceRow]:
    wanted = select(Checkpoint.id, Checkpoint.short_name, Checkpoint.name)
    return {row.id: PlaceRow(row.short_name, row.name) for row in session.execute(wanted)}
