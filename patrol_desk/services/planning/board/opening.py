"""Reading a board, and reading again only what changed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.clock import station_now
from patrol_desk.common.weeks import Week
from patrol_desk.models import VersionState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning import certificates
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.data import VersionInfo
from patrol_desk.services.planning.board.frame import Extras, build_frame, with_history
from patrol_desk.services.planning.board.stand import Stand
from patrol_desk.services.planning.overrides import read_overrides
from patrol_desk.services.planning.problem import build_problem
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import board as reads
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.board import HeldRow
from patrol_desk.storage.reads.decisions import spared
from patrol_desk.storage.reads.week import read_history, read_week
from patrol_desk.storage.session import Session

PLANS: Final = frozenset({"plan", "plan_version", "assignment", "rule_override"})
"""Tables whose changes leave rows, columns, people and rules as they are."""

FRAME: Final = frozenset(
    {
        "area_checkpoint", "availability", "certificate", "checkpoint", "community", "day_demand",
        "demand", "holiday", "known_gap", "leave", "person", "person_pair", "person_pause", "priority_area", "rule",
        "security_period", "shift_pattern", "skill", "squad", "squad_membership", "visit_draw",
    }
)  # fmt: skip
"""Tables of which a board shows something besides."""

SPARED: Final = "duty_request"
"""The table that says who was let off a duty; what merely was asked for changes nothing."""

HISTORY: Final = "attendance"
"""The table that says what was served before the week: load, rest and habits come from it, and nothing else does."""


@permitted(Permission.PLAN_READ)
def open_board(station: Station, actor: Actor, week: Week) -> Board:
    """Return the board of a week, read in one transaction; a week without a plan or demand has one too."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        board = read_board(session, station, week)
    return board.ready()


@permitted(Permission.PLAN_READ)
def refresh_board(station: Station, actor: Actor, board: Board, changes: ChangeSet) -> Board:
    """Return the board with changes in it, read in one transaction.

    Assignments are read again by their ids and laid over the old board, which shares everything else with the new
    one. Attendance of the week itself changes nothing; of earlier days the duties before the week are read again, and
    only load, rest and habits are made anew. Changed people, places, demand or rules are a new board. Changes that
    concern nothing of the week give back
    the same object.
    """
    del actor  # the permission is all that depends on who asks
    if not changes.by_kind.keys() & (PLANS | FRAME | {HISTORY, SPARED}):
        return board
    with station.read() as session:
        fresh = renewed(session, station, board, changes.by_kind)
    return fresh.ready()


def prove(board: Board) -> Board:
    """Return the board with the bound that its certificate proves for the present demand.

    Some 200 ms at township size: call it in a thread, after the board is shown. The same object comes back when
    nothing can be proven.
    """
    certificate = certificates.unpack(board.packed, board.frame.week_problem.demand_hash)
    if certificate is None or board.bound is not None:
        return board
    from patrol_desk.engine.verify.bound import bounds

    return replace(board, bound=bounds(board.problem, certificate).shortage).ready()


def read_board(session: Session, station: Station, week: Week, also: Collection[HeldRow] = ()) -> Board:
    """Return the board of a week as a session sees it.

    Parameters
    ----------
    also
        Assignments of other versions whose people and places the board must know.
    """
    versions = read_versions(session, week)
    rows, published_rows = _both(session, versions)
    shown = (*rows, *published_rows, *also)
    include = {row.person_id for row in shown}
    data = read_week(session, week, include)
    week_problem, _ = build_problem(data)
    extras = Extras(
        places=reads.places(session, {row.checkpoint_id for row in shown}),
        names=reads.names(session, include),
        squad_communities=reads.squad_communities(session),
        squad_places=reads.squad_places(session),
    )
    frame = build_frame(data, week_problem, extras)
    stand = Stand.of(frame, rows)
    return Board(
        frame=frame,
        stand=stand,
        published=_published(versions, stand, published_rows),
        revision=data.revision,
        versions=versions,
        now=station_now(station.clock),
        packed=reads.certificate(session, versions[0].id) if versions else None,
        overrides=read_overrides(session, versions[0].id if versions else None),
    )


def read_versions(session: Session, week: Week) -> tuple[VersionInfo, ...]:
    """Return the versions of a week's plan, newest first."""
    return tuple(
        VersionInfo(
            row.id, row.number, row.state, row.made_at, row.published_at, row.published_by, row.assignments, row.figures
        )
        for row in reads.versions(session, str(week))
    )


def renewed(session: Session, station: Station, board: Board, touched: Mapping[str, Collection[str]]) -> Board:
    """Return the board as a session sees it, given the tables that were written since and the ids, empty for many."""
    if touched.keys() & FRAME or (SPARED in touched and _let_off(session, board)):
        return read_board(session, station, board.week)
    if HISTORY in touched:
        board = _remembered(session, station, board, touched[HISTORY])
    if not touched.keys() & PLANS:
        return board
    versions = read_versions(session, board.week)
    if not _same_versions(board, versions):
        return _replanned(session, station, board, versions)
    stand = _restood(session, board, versions, touched)
    if stand is None:
        return read_board(session, station, board.week)
    if stand is board.stand and versions == board.versions and "rule_override" not in touched:
        return board
    return _with(session, station, board, versions, stand)


def _let_off(session: Session, board: Board) -> bool:
    """Say whether others than the board knows of are let off a duty of its week."""
    days = board.week.days
    return spared(session, days[0], days[-1]) != board.frame.data.spared


def _remembered(session: Session, station: Station, board: Board, ids: Collection[str]) -> Board:
    """Return the board with the attendance of earlier days read again, the same one when that changes nothing.

    Parameters
    ----------
    ids
        Records that were written; empty for many. One that is gone may have been of any day.
    """
    days = planning.attendance_days(session, ids)
    if ids and len(days) == len(ids) and min(days) >= board.week.monday:
        return board
    history, held = read_history(session, board.week), board.frame.data
    if (history.served, history.around) == (held.served, held.around):
        return board
    revision = planning.revision(session)
    frame = with_history(board.frame, *history, revision)
    stand = Stand.of(frame, (one.row for one in board.stand.held.values()))
    published = board.published
    if published is not None:
        same = published is board.stand
        published = stand if same else Stand.of(frame, (one.row for one in published.held.values()))
    return replace(
        board, frame=frame, stand=stand, published=published, revision=revision, now=station_now(station.clock),
        bound=None, _cells={},
    )  # fmt: skip


def _restood(
    session: Session, board: Board, versions: tuple[VersionInfo, ...], touched: Mapping[str, Collection[str]]
) -> Stand | None:
    """Return the stand with the assignments read again; None when the frame lacks a person or a place."""
    if "assignment" not in touched or not versions:
        return board.stand
    ids, held = touched["assignment"], board.stand.held
    rows = reads.held_by_id(session, versions[0].id, ids) if ids else reads.held(session, versions[0].id)
    removed = (set(ids or held) - {row.id for row in rows}) & held.keys()
    fresh = [row for row in rows if row.id not in held or held[row.id].row != row]
    if not _known(board, fresh):
        return None
    return board.stand.patched(removed, fresh) if removed or fresh else board.stand


def current(session: Session, station: Station, board: Board) -> Board:
    """Return the board as it is now, in a transaction that writes: the same object unless somebody wrote since."""
    if planning.revision(session) == board.revision:
        return board
    kinds = reads.kinds_since(session, board.revision)
    return renewed(session, station, board, dict.fromkeys(kinds, ()))


def _with(session: Session, station: Station, board: Board, versions: tuple[VersionInfo, ...], stand: Stand) -> Board:
    """Return the board with another stand of the same version; rows, columns and masks are shared."""
    packed = reads.certificate(session, versions[0].id)
    proven = packed == board.packed and np.array_equal(stand.locked, board.stand.locked)
    return replace(
        board,
        stand=stand,
        published=stand if board.published is board.stand else board.published,
        revision=planning.revision(session),
        versions=versions,
        now=station_now(station.clock),
        packed=packed,
        bound=board.bound if proven else None,
        overrides=read_overrides(session, versions[0].id),
        _cells={},
    )


def _replanned(session: Session, station: Station, board: Board, versions: tuple[VersionInfo, ...]) -> Board:
    """Return the board with other versions on the same frame."""
    rows, published_rows = _both(session, versions)
    if not _known(board, (*rows, *published_rows)):
        return read_board(session, station, board.week)
    stand = Stand.of(board.frame, rows)
    return Board(
        frame=board.frame,
        stand=stand,
        published=_published(versions, stand, published_rows),
        revision=planning.revision(session),
        versions=versions,
        now=station_now(station.clock),
        packed=reads.certificate(session, versions[0].id) if versions else None,
        overrides=read_overrides(session, versions[0].id if versions else None),
    )


def _known(board: Board, rows: Iterable[HeldRow]) -> bool:
    """Say whether the frame has everybody and every checkpoint of some assignments."""
    people, places = board.frame.person_of, board.frame.row_of
    return all(row.person_id in people and row.checkpoint_id in places for row in rows)


def _same_versions(board: Board, versions: tuple[VersionInfo, ...]) -> bool:
    """Say whether the same versions are there, in the same states and made by the same runs."""
    key = [(v.id, v.state, v.made_at) for v in versions]
    return key == [(v.id, v.state, v.made_at) for v in board.versions]


def _both(session: Session, versions: tuple[VersionInfo, ...]) -> tuple[list[HeldRow], list[HeldRow]]:
    """Return the assignments of the newest version, and of the one in force where that is another."""
    rows = reads.held(session, versions[0].id) if versions else []
    older = next((version for version in versions[1:] if version.state is VersionState.PUBLISHED), None)
    in_force = versions and versions[0].state is VersionState.PUBLISHED
    return rows, [] if in_force or older is None else reads.held(session, older.id)


def _published(versions: tuple[VersionInfo, ...], stand: Stand, rows: list[HeldRow]) -> Stand | None:
    if versions and versions[0].state is VersionState.PUBLISHED:
        return stand
    if not any(version.state is VersionState.PUBLISHED for version in versions):
        return None
    return Stand.of(stand.frame, rows)
