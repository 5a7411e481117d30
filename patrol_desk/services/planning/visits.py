"""Visits of checkpoints of low demand: drawn once a week, by a lottery whose secret only this service touches."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.clock import station_now
from patrol_desk.common.errors import ConcurrentChangeError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.engine.visits import SECRET_BYTES, LotteryState, VisitWeek, draw_week, marginals
from patrol_desk.models import VisitDraw, VisitLottery
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.plane import Plane
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import bulk
from patrol_desk.storage.patch import Patch
from patrol_desk.storage.reads import visits as reads
from patrol_desk.storage.reads.visits import LowDemandRow, VisitRow
from patrol_desk.storage.session import Session
from patrol_desk.storage.unit_of_work import UnitOfWork

Cell = tuple[int, str, date, int]
"""Checkpoint (index), pattern id, day, and start in minutes since the week's Monday."""


@dataclass(frozen=True, slots=True)
class WeekVisits:
    """The visits drawn for a week.

    Parameters
    ----------
    visits
        By time and checkpoint.
    short
        Checkpoints whose week has too few shifts left for their visits.
    """

    visits: tuple[VisitRow, ...]
    short: tuple[Message, ...] = ()


@permitted(Permission.PLAN_READ)
def visits_of(station: Station, actor: Actor, week: Week) -> WeekVisits:
    """Return what was drawn for a week."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        return WeekVisits(tuple(reads.drawn_in(session, str(week))))


@permitted(Permission.PLAN_WRITE)
def draw_visits(station: Station, actor: Actor, week: Week) -> Done[WeekVisits]:
    """Draw a week's visits, once: a week that was drawn stays as it is, and nothing is written.

    The secret is made at the first draw, out of the operating system's generator. A draw that was taken back comes out
    the same again, as long as checkpoints and shifts are the same: taking it back is no second try.

    Raises
    ------
    ConcurrentChangeError
        A later week has been drawn: the accounts have moved on.
    """
    with station.read() as session:
        there = tuple(reads.drawn_in(session, str(week)))
        wanted = bool(reads.low_demand(session))
    if there or not wanted:
        return Done(WeekVisits(there), ChangeSet(), Patch())
    with station.write(actor, "visits.draw") as unit:
        drawn, short = _draw(unit, week, station_now(station.clock))
        rows = [
            {"week": str(week), "checkpoint_id": place, "pattern_id": pattern, "on_date": day}
            for place, pattern, day in drawn
        ]
        bulk.insert(unit, VisitDraw, rows)
        unit.note("visit_draw", None, {"week": str(week), "visits": len(rows)})
        unit.session.flush()
        return finish(unit, WeekVisits(tuple(reads.drawn_in(unit.session, str(week))), short))


@permitted(Permission.PLAN_WRITE)
def ensure_drawn(station: Station, actor: Actor, week: Week) -> Done[WeekVisits]:
    """Draw a week's visits where that is still to be done and can be: before the week is planned."""
    with station.read() as session:
        lottery = reads.lottery(session)
        passed = lottery is not None and _last_week(lottery.state) > week
    if passed:
        return Done(visits_of(station, actor, week), ChangeSet(), Patch())
    return draw_visits(station, actor, week)


def _last_week(kept: bytes) -> Week:
    """Return the newest week that was drawn."""
    return Week.parse(json.loads(kept)["week"])


def _draw(unit: UnitOfWork, week: Week, now: datetime) -> tuple[list[tuple[str, str, date]], tuple[Message, ...]]:
    """Draw with the lottery in force and keep its accounts; return (checkpoint id, pattern id, day)."""
    session = unit.session
    places = reads.low_demand(session)
    cells = _cells(session, week, places, now)
    lottery = reads.lottery(session)
    if lottery is None:
        lottery = VisitLottery(secret=secrets.token_bytes(SECRET_BYTES), state=b"")
        session.add(lottery)
    before = _state_before(lottery.state, week)
    asked, short = _week(places, cells)
    drawn, after = draw_week(before, lottery.secret, asked)
    kept = {"week": str(week), "before": before.as_data(), "after": after.as_data()}
    lottery.state = json.dumps(kept).encode()
    found = [(places[place].id, pattern, day) for place, pattern, day, _ in (cells[at] for at in np.flatnonzero(drawn))]
    return found, short


def _state_before(kept: bytes, week: Week) -> LotteryState:
    """Return the accounts as they stood before a week: for the newest one again those it began with."""
    if not kept:
        return LotteryState()
    data: dict[str, Any] = json.loads(kept)
    last = Week.parse(data["week"])
    if week < last:
        raise ConcurrentChangeError(Message("visits.week_passed", {"week": str(week), "last": str(last)}))
    return LotteryState.of_data(**data["before" if week == last else "after"])


def _cells(session: Session, week: Week, places: Sequence[LowDemandRow], now: datetime) -> list[Cell]:
    """Return where and when a visit is possible: not manned anyway, and not begun."""
    manned, patterns = reads.manned(session), reads.patterns(session)
    found = []
    for place, row in enumerate(places):
        for number, day in enumerate(week.days):
            for pattern, minute in patterns:
                begins = datetime.combine(day, time()) + timedelta(minutes=minute)
                free = (row.id, pattern, number) not in manned and begins > now
                if free and row.in_force_on(day):
                    found.append((place, pattern, day, number * 1440 + minute))
    return found


def _week(places: Sequence[LowDemandRow], cells: Sequence[Cell]) -> tuple[VisitWeek, tuple[Message, ...]]:
    """Return the lottery's week, and which checkpoints have too few cells.

    A checkpoint is due its own number of visits. The station keeps no risk by the hour, so all its cells are alike.
    """
    owner = np.array([cell[0] for cell in cells], dtype=np.int32)
    counts = np.bincount(owner, minlength=len(places)).tolist()
    wanted = np.zeros(len(cells))
    short = []
    for place, row in enumerate(places):
        due = min(row.weekly_visits, counts[place])
        wanted[owner == place] = marginals(np.ones(counts[place]), due, np.ones(counts[place]))
        if due < row.weekly_visits:
            params = {"checkpoint": row.code, "value": row.weekly_visits, "most": due}
            short.append(Message("visits.no_time", params))
    degrees = [(row.lon, row.lat) for row in places]
    return (
        VisitWeek(
            checkpoints=tuple(row.id for row in places),
            place=Plane.around(degrees).points(degrees),
            cell_checkpoint=owner,
            cell_start=np.array([cell[3] for cell in cells], dtype=np.int32),
            probability=wanted,
        ),
        tuple(short),
    )
