"""Candidates kept by name: a few of each week, held beside the draft, accepted later or planned anew from."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import STATION_UTC_OFFSET
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError, PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.formats import problem_hash
from patrol_desk.engine.plan import Plan
from patrol_desk.models import AssignmentSource, SavedCandidate
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.draft import (
    Accepted,
    Mode,
    Prepared,
    Proof,
    faults_of,
    prepare,
    proof_of,
    write_plan,
)
from patrol_desk.services.planning.live import RunResult, RunStart, begun_until, prepare_near, seats_of, started
from patrol_desk.services.planning.live_compare import Comparison, compare
from patrol_desk.services.planning.live_figures import Standing, standing_of
from patrol_desk.services.planning.wishes import Wishes
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.reads.rows import SeatRow
from patrol_desk.storage.session import Session

KEPT: Final = 5
"""Candidates of one week that are kept at once."""
LONGEST: Final = 30
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A candidate that was kept.

    Parameters
    ----------
    at
        Station time.
    standing
        Figures it had then.
    """

    id: str
    week: Week
    name: str
    at: datetime
    by: str
    mode: Mode
    seed: int
    standing: Standing


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A kept candidate held against today's data.

    Parameters
    ----------
    saved
        Which one.
    start
        The week as it is now.
    plan
        What of the candidate still fits.
    lost
        Duties whose person, place or seat is gone.
    faults
        What stands against it now: with any it cannot be accepted as it is.
    comparison
        Beside the draft.
    proof
        Figures and certificate; stale unless the problem is the very same.
    """

    saved: Saved
    start: RunStart
    plan: Plan
    lost: int
    faults: tuple[Message, ...]
    comparison: Comparison
    proof: Proof


@permitted(Permission.PLAN_READ)
def list_saved(station: Station, actor: Actor, week: Week) -> tuple[Saved, ...]:
    """Return the candidates kept of a week, the oldest first."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        return tuple(map(_saved, queries.many(session, SavedCandidate, "at", "id", week=str(week))))


@permitted(Permission.PLAN_WRITE)
def save_candidate(
    station: Station, actor: Actor, start: RunStart, result: RunResult, seed: int, name: str
) -> Done[str]:
    """Keep a run's result by name and return its id.

    Raises
    ------
    InvalidDataError
        The name is empty, too long or taken, or `KEPT` candidates of the week are kept already.
    """
    clean = " ".join(name.split())
    if not clean or len(clean) > LONGEST:
        raise InvalidDataError(Message("saved.name", {"count": len(clean), "most": LONGEST}))
    prepared = start.prepared
    proof = proof_of(prepared, result.solved)
    with station.write(actor, "plan.save") as unit:
        others = queries.many(unit.session, SavedCandidate, week=str(start.week))
        if any(other.name == clean for other in others):
            raise InvalidDataError(Message("saved.taken", {"name": clean, "week": str(start.week)}))
        if len(others) >= KEPT:
            raise InvalidDataError(Message("saved.full", {"count": KEPT, "week": str(start.week)}))
        row = SavedCandidate(
            week=str(start.week), name=clean, at=unit.now, saved_by=actor.name, mode=prepared.mode.value, seed=seed,
            standing=asdict(standing_of(prepared.week_problem.problem, result.solved.plan)), figures=proof.figures,
            problem_hash=proof.problem_hash, seats=_packed(seats_of(start, result)), certificate=proof.certificate,
        )  # fmt: skip
        unit.session.add(row)
        unit.session.flush()
        return finish(unit, row.id)


@permitted(Permission.PLAN_WRITE)
def delete_saved(station: Station, actor: Actor, saved_id: str) -> Done[str]:
    """Forget a kept candidate and return its name.

    Raises
    ------
    ConcurrentChangeError
        Somebody did so already.
    """
    with station.write(actor, "plan.forget") as unit:
        row = _row(unit.session, saved_id)
        unit.session.delete(row)
        return finish(unit, row.name)


@permitted(Permission.PLAN_WRITE)
def open_saved(station: Station, actor: Actor, saved_id: str) -> Opened:
    """Return a kept candidate held against today's data.

    Raises
    ------
    ConcurrentChangeError
        It was deleted meanwhile.
    PatrolError
        The week has no demand any more.
    """
    with station.read() as session:
        row = _row(session, saved_id)
        saved, seats = _saved(row), _unpacked(row.seats)
        wishes = Wishes.of(row.figures)
        kept = Proof(row.figures, row.problem_hash, row.certificate)
    begin = begun_until(station, actor, saved.week)
    start = started(station, actor, prepare(station, actor, saved.week, saved.mode, begin, wishes))
    prepared = start.prepared
    pairs, lost = prepared.week_problem.pairs(_from_now_on(prepared, seats))
    plan = Plan(pairs)
    faults = faults_of(prepared, plan)
    same = not lost and problem_hash(prepared.week_problem.problem).removeprefix("sha256:") == kept.problem_hash
    proof = kept if same else Proof({"stale": True, "mode": saved.mode.value, **wishes.record()}, "", kept.certificate)
    comparison = compare(prepared, start.names, plan)
    return Opened(saved, start, plan, len(lost), tuple(faults), comparison, proof)


@permitted(Permission.PLAN_WRITE)
def accept_saved(station: Station, actor: Actor, opened: Opened) -> Done[Accepted]:
    """Write what of a kept candidate still fits as the week's draft, as one step that can be undone.

    Raises
    ------
    PatrolError
        A rule stands against it now. `prepare_from` is the way out.
    ConcurrentChangeError
        The data moved on since it was opened; nothing was written.
    """
    if opened.faults:
        params = {"name": opened.saved.name, "count": len(opened.faults), "first": opened.faults[0]}
        raise PatrolError(Message("saved.broken", params))
    accepted = write_plan(station, actor, opened.start.prepared, opened.plan, opened.proof)
    return Done(accepted, accepted.changes, accepted.patch)


@permitted(Permission.PLAN_WRITE)
def prepare_from(station: Station, actor: Actor, saved_id: str) -> RunStart:
    """Return the week with today's data for a run that changes as little as it can of a kept candidate.

    Raises
    ------
    ConcurrentChangeError
        It was deleted meanwhile.
    PatrolError
        The week has no demand any more.
    """
    with station.read() as session:
        row = _row(session, saved_id)
        week, seats, wishes = Week.parse(row.week), _unpacked(row.seats), Wishes.of(row.figures)
    return prepare_near(station, actor, week, seats, wishes)


def _from_now_on(prepared: Prepared, seats: Sequence[SeatRow]) -> list[SeatRow]:
    """Return a candidate's duties, but those of the present plan in shifts that have begun meanwhile."""
    problem = prepared.week_problem.problem
    starts = problem.shifts.start.tolist()
    begun = {key for key, start in zip(prepared.week_problem.shifts, starts, strict=True) if start < problem.begin}

    def over(seat: SeatRow) -> bool:
        return (seat.pattern_id, seat.on_date) in begun

    return [seat for seat in prepared.present if over(seat)] + [seat for seat in seats if not over(seat)]


def _row(session: Session, saved_id: str) -> SavedCandidate:
    row = queries.first(session, SavedCandidate, id=saved_id)
    if row is None:
        raise ConcurrentChangeError(Message("saved.gone"))
    return row


def _saved(row: SavedCandidate) -> Saved:
    at = (row.at + STATION_UTC_OFFSET).replace(tzinfo=None)
    return Saved(
        row.id, Week.parse(row.week), row.name, at, row.saved_by, Mode(row.mode), row.seed, Standing(**row.standing)
    )


def _packed(seats: Sequence[SeatRow]) -> bytes:
    """Return duties as gzip JSON, ids written once."""
    ids: dict[str | None, int] = {}

    def number(key: str | None) -> int:
        return ids.setdefault(key, len(ids))

    rows = [
        [number(seat.person_id), number(seat.checkpoint_id), number(seat.pattern_id), seat.on_date.isoformat(),
         number(seat.skill_id), seat.leader]
        for seat in seats
    ]  # fmt: skip
    text = json.dumps({"ids": list(ids), "rows": rows}, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


def _unpacked(packed: bytes) -> list[SeatRow]:
    held: dict[str, Any] = json.loads(gzip.decompress(packed))
    ids = held["ids"]
    return [
        SeatRow(ids[person], ids[place], ids[pattern], date.fromisoformat(day), ids[skill], leader, locked=False,
                source=AssignmentSource.SOLVER)
        for person, place, pattern, day, skill, leader in held["rows"]
    ]  # fmt: skip
