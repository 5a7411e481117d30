"""What the duty officer should know beside the plan: certificates, what is not published, the last backup."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.clock import STATION_UTC_OFFSET
from patrol_desk.common.weeks import Week
from patrol_desk.models import VersionState
from patrol_desk.security.permissions import Permission, allows
from patrol_desk.services.handon.unanswered import Unanswered, unanswered_squads
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.told import week_standing
from patrol_desk.services.station import Station
from patrol_desk.services.today.read import AHEAD
from patrol_desk.services.undo import Done
from patrol_desk.storage.backup import backups
from patrol_desk.storage.marker import Marker
from patrol_desk.storage.patch import Patch
from patrol_desk.storage.reads import today
from patrol_desk.storage.reads.training import REFRESH_AHEAD, refreshers
from patrol_desk.storage.session import Session

SOON = timedelta(days=30)
"""How long before its end a certificate is mentioned."""


@dataclass(frozen=True, slots=True)
class Expiring:
    """Certificates that run out soon: how many, and the earliest."""

    count: int
    name: str
    skill: str
    on: date


@dataclass(frozen=True, slots=True)
class Refreshers:
    """People with a course to refresh: how many should have, how many must within `REFRESH_AHEAD`, and the first.

    Parameters
    ----------
    overdue, due
        People whose earliest last day is over, or is to come.
    name, on
        Whose last day is the earliest of those that are told first, and the day: overdue before due.
    """

    overdue: int
    due: int
    name: str
    on: date


@dataclass(frozen=True, slots=True)
class Away:
    """Duties from today on whose people are on leave: how many, and the first."""

    count: int
    name: str
    checkpoint_id: str
    pattern_id: str
    on: date


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A week whose newest version is a draft; `changes` counts against the version in force, None without one."""

    week: Week
    changes: int | None


@dataclass(frozen=True, slots=True)
class Alerts:
    """What to mention.

    Parameters
    ----------
    expiring
        None when nothing runs out, or the actor may not see people's data.
    refreshers
        None when no course is to be refreshed soon, or the actor may not see people's data.
    away
        None when nobody who is due is on leave.
    unpublished
        Weeks within the next three days whose newest version is not published.
    unplanned
        Weeks within the next three days that have no plan.
    backed_up
        Station time of the last backup; None without one.
    kept
        How many backups there are.
    sample
        Whether the file is a sample, which needs no backup.
    unanswered
        Squads whose availability form has not come back, the longest waiting first; none for those who may not print.
    unconfirmed, squads, told_week
        Squads whose leader has not confirmed the week in force, of how many, and the week.
    """

    expiring: Expiring | None
    away: Away | None
    unpublished: tuple[Unpublished, ...]
    unplanned: tuple[Week, ...]
    backed_up: datetime | None
    kept: int
    sample: bool
    unanswered: tuple[Unanswered, ...] = ()
    unconfirmed: int = 0
    squads: int = 0
    told_week: Week | None = None
    refreshers: Refreshers | None = None


@permitted(Permission.PLAN_READ)
def read_alerts(station: Station, actor: Actor, now: datetime) -> Alerts:
    """Return what to mention at a moment, station time."""
    weeks = list(dict.fromkeys((Week.of(now.date()), Week.of((now + AHEAD).date()))))
    with station.read() as session:
        may_see = allows(actor.role, Permission.DATA_READ)
        expiring = _expiring(session, now.date()) if may_see else None
        refreshing = _refreshers(session, now.date()) if may_see else None
        rows = today.versions(session, weeks)
        by_week = {week: [row for row in rows if row.week == str(week)] for week in weeks}
        unpublished = tuple(
            Unpublished(week, _changes(session, own))
            for week, own in by_week.items()
            if own and own[0].state is VersionState.DRAFT
        )
        away = _away(session, [own[0].id for own in by_week.values() if own], now)
    standing = week_standing(station, actor, weeks[0])
    kept = backups(station.path)
    return Alerts(
        expiring=expiring,
        away=away,
        unpublished=tuple(item for item in unpublished if item.changes != 0),
        unplanned=tuple(week for week, own in by_week.items() if not own),
        backed_up=(kept[-1].made_at + STATION_UTC_OFFSET).replace(tzinfo=None) if kept else None,
        kept=len(kept),
        sample=station.marker is Marker.SAMPLE,
        unanswered=unanswered_squads(station, actor) if allows(actor.role, Permission.PRINT) else (),
        unconfirmed=len(standing.unconfirmed),
        squads=len(standing.squads),
        told_week=weeks[0],
        refreshers=refreshing,
    )


@permitted(Permission.BACKUP)
def back_up(station: Station, actor: Actor) -> Done[None]:
    """Back the file up; the backup is verified. There is nothing to undo.

    Raises
    ------
    StorageError
        See `Station.backup`.
    """
    station.backup(actor)
    return Done(None, ChangeSet.of("audit_entry"), Patch())


def _expiring(session: Session, day: date) -> Expiring | None:
    rows = today.expiring(session, day, day + SOON)
    if not rows:
        return None
    _, name, skill, on = rows[0]
    return Expiring(len(rows), name, skill, on or day)


def _refreshers(session: Session, day: date) -> Refreshers | None:
    """Return the people on the books whose courses are to be refreshed, counted as the list of people counts them."""
    last = {person: on for person, on in refreshers(session, None).items() if on <= day + REFRESH_AHEAD}
    rows = [(last[row.id], row.name) for row in today.on_books(session, last)]
    if not rows:
        return None
    overdue = sum(on < day for on, _ in rows)
    on, name = min(rows)
    return Refreshers(overdue, len(rows) - overdue, name, on)


def _away(session: Session, versions: list[str], now: datetime) -> Away | None:
    rows = today.away(session, versions, now.date(), (now + AHEAD).date())
    if not rows:
        return None
    _, name, place, pattern, on = rows[0]
    return Away(len(rows), name, place, pattern, on)


def _changes(session: Session, versions: list[today.VersionRow]) -> int | None:
    in_force = next((row for row in versions if row.state is VersionState.PUBLISHED), None)
    return None if in_force is None else today.differing(session, versions[0].id, in_force.id)
