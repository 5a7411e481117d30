"""Publishing: the draft becomes an immutable snapshot that sheets are printed from."""

import hashlib
from dataclasses import dataclass

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import ConcurrentChangeError, PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import PlanState, VersionState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.rows import SeatRow


@dataclass(frozen=True, slots=True)
class Published:
    """A version in force: its number, duties, people and content hash."""

    number: int
    assignments: int
    people: int
    content_hash: str
    changes: ChangeSet


def content_hash(seats: list[SeatRow]) -> str:
    """Return the SHA-256 over a version's assignments: the same duties give the same hash in any order."""
    lines = sorted(" ".join("-" if part is None else str(part) for part in seat[:6]) for seat in seats)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@permitted(Permission.PLAN_PUBLISH)
def publish(station: Station, actor: Actor, week: Week, reviewed: str | None = None) -> Published:
    """Put the week's draft in force; the version before becomes outdated.

    Parameters
    ----------
    reviewed
        Content hash of the draft that the user looked at; None publishes whatever the draft holds.

    Raises
    ------
    PatrolError
        The week has no draft.
    ConcurrentChangeError
        The draft is no longer the one that was looked at; nothing was written.
    """
    with station.write(actor, "plan.publish") as unit:
        plan = planning.plan_of(unit.session, str(week))
        versions = planning.versions_of(unit.session, str(week))
        if plan is None or not versions or versions[0].state is not VersionState.DRAFT:
            raise PatrolError(Message("plan.no_draft", {"week": str(week)}))
        draft, *earlier = versions
        seats = planning.assignments_of(unit.session, draft.id)
        digest = content_hash(seats)
        if reviewed is not None and reviewed != digest:
            raise ConcurrentChangeError(Message("board.draft_moved_on", {"week": str(week)}))
        for version in earlier:
            if version.state is VersionState.PUBLISHED:
                version.state = VersionState.OUTDATED
        draft.state = VersionState.PUBLISHED
        draft.published_at = unit.now
        draft.published_by = actor.name
        draft.content_hash = digest
        plan.state = PlanState.PUBLISHED
        unit.note("plan_version", draft.id, {"week": str(week), "number": draft.number, "hash": digest})
        number = draft.number
        changes = unit.commit()
    return Published(number, len(seats), len({seat.person_id for seat in seats}), digest, changes)
