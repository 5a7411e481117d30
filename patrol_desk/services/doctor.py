"""The doctor: what is right and what is wrong with a station's file, one sentence each."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.messages import Language, render
from patrol_desk.security.audit import verify
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.publish import content_hash
from patrol_desk.services.station import Station
from patrol_desk.storage import audit, checks, migrate
from patrol_desk.storage.backup import backups, faults, is_unchanged
from patrol_desk.storage.marker import Marker
from patrol_desk.storage.reads import planning
from patrol_desk.storage.session import Session

OLDEST_BACKUP = timedelta(days=7)
LEAST_FREE = 1 << 30
"""Bytes of free disk below which a backup or a migration may not fit."""
GUARDS = 8
"""Triggers that the schema has."""


class State(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Parameters
    ----------
    name
        What was looked at.
    state
        How it came out.
    message
        The sentence about it.
    """

    name: str
    state: State
    message: Message


@dataclass(frozen=True, slots=True)
class DoctorReport:
    """Every check, in the order in which they were made.

    Parameters
    ----------
    checks
        The checks.
    audit_head
        Hash of the newest audit entry; it stands for the whole log.
    """

    checks: tuple[Check, ...]
    audit_head: str

    @property
    def healthy(self) -> bool:
        """Whether nothing failed; warnings are no failure."""
        return all(check.state is not State.FAIL for check in self.checks)

    def as_dict(self, language: Language = "zh") -> dict[str, object]:
        """Return the report as JSON holds it, with its sentences in one language."""
        return {
            "healthy": self.healthy,
            "audit_head": self.audit_head,
            "checks": [
                {"name": check.name, "state": check.state.value, "sentence": render(check.message, language)}
                for check in self.checks
            ],
        }


@permitted(Permission.AUDIT_READ)
def doctor(station: Station, actor: Actor) -> DoctorReport:
    """Examine an open station and return what was found; the file is not changed."""
    del actor
    pages = _pages(station)
    found, head = [_file(station), _encryption(station), pages], ""
    # What a damaged file says about itself is worth nothing.
    if pages.state is State.OK:
        with station.read() as session:
            inside, head = _inside(station, session)
        found += inside
    return DoctorReport((*found, _backups(station), _disk(station)), head)


def refused(error: PatrolError) -> DoctorReport:
    """Return the report about a file that could not even be opened."""
    return DoctorReport((Check("file", State.FAIL, error.message),), "")


def _check(name: str, state: State, **params: object) -> Check:
    return Check(name, state, Message(f"doctor.{name}_{state}", params))


def _none_of(name: str, count: Callable[[Session], int], session: Session, otherwise: State) -> Check:
    number = count(session)
    return _check(name, otherwise if number else State.OK, count=number)


def _inside(station: Station, session: Session) -> tuple[list[Check], str]:
    """Return the checks of what is in the file, and the head of its audit log."""
    chain, head = _audit(station, session)
    found = [
        _schema(session),
        _none_of("references", checks.broken_references, session, State.FAIL),
        chain,
        _published(session),
        _none_of("memberships", checks.overlapping_memberships, session, State.WARN),
        _none_of("ended_squads", checks.members_of_ended_squads, session, State.WARN),
        _none_of("inactive_duties", checks.duties_of_inactive_people, session, State.WARN),
        _none_of("demand", checks.demand_said_twice, session, State.WARN),
    ]
    return found, head


def _file(station: Station) -> Check:
    size = f"{station.path.stat().st_size / (1 << 20):.1f}"
    marker = Message(f"doctor.marker_{station.marker.replace('-', '_')}")
    return _check("file", State.OK, path=str(station.path), size=size, marker=marker)


def _encryption(station: Station) -> Check:
    safe = station.database.encrypted or station.marker is Marker.SAMPLE
    if station.marker is Marker.SAMPLE:
        return Check("encryption", State.OK, Message("doctor.encryption_sample"))
    return _check("encryption", State.OK if safe else State.WARN)


def _pages(station: Station) -> Check:
    wrong = faults(station.path, station.database.key)
    first = wrong[0] if wrong else ""
    return _check("pages", State.FAIL if wrong else State.OK, count=len(wrong), first=first)


def _schema(session: Session) -> Check:
    present = checks.guards(session)
    return _check(
        "schema", State.OK if present == GUARDS else State.FAIL, revision=migrate.SCHEMA.head, lacking=GUARDS - present
    )


def _audit(station: Station, session: Session) -> tuple[Check, str]:
    verdict = verify(station.chain, audit.entries(session))
    state = State.OK if verdict.whole else State.FAIL
    return _check("audit", state, count=verdict.count, head=verdict.head[:16], number=verdict.broken_at), verdict.head


def _published(session: Session) -> Check:
    versions = checks.published(session)
    changed = [
        f"{week} #{number}"
        for version_id, week, number, noted in versions
        if content_hash(planning.assignments_of(session, version_id)) != noted
    ]
    return _check("published", State.FAIL if changed else State.OK, count=len(versions), changed=changed)


def _backups(station: Station) -> Check:
    made = backups(station.path)
    if not made:
        return Check(
            "backups", State.OK if station.marker is Marker.SAMPLE else State.WARN, Message("doctor.backups_none")
        )
    last = made[-1]
    if not is_unchanged(last.path):
        return _check("backups", State.FAIL, file=last.path.name)
    age = station.clock.now() - last.made_at
    return _check("backups", State.OK if age <= OLDEST_BACKUP else State.WARN, count=len(made), days=age.days)


def _disk(station: Station) -> Check:
    free = shutil.disk_usage(station.path.parent).free
    enough = free >= max(LEAST_FREE, 4 * station.path.stat().st_size)
    return _check("disk", State.OK if enough else State.WARN, free=f"{free / (1 << 30):.1f}")
