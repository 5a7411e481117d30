"""Edits of one or two assignments: assign, remove, move, swap."""

from collections.abc import Collection
from typing import Any

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import Assignment
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.stand import Held
from patrol_desk.services.planning.edits.settling import settle
from patrol_desk.services.planning.edits.transaction import Edit, Place, begin, refuse_locked, seat_columns
from patrol_desk.services.planning.overrides import Override
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import bulk
from patrol_desk.storage.reads.board import HeldRow


@permitted(Permission.PLAN_WRITE)
def assign(
    station: Station,
    actor: Actor,
    board: Board,
    person_id: str,
    row: int,
    shift: int,
    group: int | None = None,
    override: Override | None = None,
) -> Done[str]:
    """Put somebody into a cell and return the assignment's id.

    Parameters
    ----------
    group
        Seat group; None: the first free one the person fits, the minimum's first.
    override
        Why the station's own rules may stand against it; kept with the duty.

    Raises
    ------
    PatrolError
        A hard rule stands against it, the cell is full, or the week is closed.
    ConcurrentChangeError
        Something stands against it now that did not on the board given.
    """
    with station.write(actor, "roster.assign") as unit:
        edit = begin(unit, station, board)
        place = edit.place(row, shift)
        seat = edit.group(group, place)
        rules = edit.refuse(person_id, place, seat, override=override)
        columns = seat_columns(edit.board, *_pair(edit, person_id, place, seat))
        (assignment,) = insert(edit, [columns])
        edit.keep(HeldRow(assignment, 1, **columns), rules, override)
        return finish(unit, assignment)


@permitted(Permission.PLAN_WRITE)
def remove(station: Station, actor: Actor, board: Board, assignment_ids: Collection[str]) -> Done[int]:
    """Take people off the roster and return how many assignments that were.

    Raises
    ------
    PatrolError
        One of them is locked.
    ConcurrentChangeError
        One of them is gone.
    """
    with station.write(actor, "roster.remove") as unit:
        edit = begin(unit, station, board)
        items = [edit.find(assignment) for assignment in dict.fromkeys(assignment_ids)]
        refuse_locked(edit.board, items)
        return finish(unit, delete(edit, items))


@permitted(Permission.PLAN_WRITE)
def move(
    station: Station,
    actor: Actor,
    board: Board,
    assignment_id: str,
    row: int,
    shift: int,
    group: int | None = None,
    override: Override | None = None,
) -> Done[str]:
    """Move an assignment to another cell, or to another seat of its own, and return its id.

    With an override the station's own rules may stand against the new place; see `assign`.

    Raises
    ------
    PatrolError
        It is locked, a hard rule stands against the new place, or the cell is full: a swap is the way out.
    ConcurrentChangeError
        It is gone, or something stands against the new place now that did not on the board given.
    """
    with station.write(actor, "roster.move") as unit:
        edit = begin(unit, station, board)
        item = edit.find(assignment_id)
        refuse_locked(edit.board, [item])
        place = edit.place(row, shift)
        seat = edit.group(group, place)
        person_id, without = item.row.person_id, frozenset({item.row.id})
        rules = edit.refuse(person_id, place, seat, without, override)
        columns = _moved(edit, *_pair(edit, person_id, place, seat, without))
        change(edit, [(item, columns)])
        edit.keep(item.row._replace(**columns), rules, override)
        return finish(unit, str(edit.target(item)["id"]))


@permitted(Permission.PLAN_WRITE)
def swap(station: Station, actor: Actor, board: Board, assignment_a: str, assignment_b: str) -> Done[tuple[str, str]]:
    """Let two people change seats, and return the ids of their assignments.

    Raises
    ------
    PatrolError
        One is locked, both are of one person, one stands on a seat that is gone, or a rule stands against it.
    ConcurrentChangeError
        One is gone, or something stands against it now that did not on the board given.
    """
    with station.write(actor, "roster.swap") as unit:
        edit = begin(unit, station, board)
        return finish(unit, exchange(edit, edit.find(assignment_a), edit.find(assignment_b)))


def exchange(edit: Edit, a: Held, b: Held) -> tuple[str, str]:
    """Let two people change seats within an edit; see `swap` for what it raises."""
    refuse_locked(edit.board, [a, b])
    if a.person == b.person:
        raise PatrolError(Message("board.swap_one_person"))
    if a.group < 0 or b.group < 0:
        raise PatrolError(Message("board.seat_gone"))
    without = frozenset({a.row.id, b.row.id})
    for item, other in ((a, b), (b, a)):
        edit.refuse(item.row.person_id, edit.board.frame.place_of(other.cell), other.group, without)
    change(edit, [(a, _moved(edit, a.person, b.group)), (b, _moved(edit, b.person, a.group))])
    return str(edit.target(a)["id"]), str(edit.target(b)["id"])


def insert(edit: Edit, rows: Collection[dict[str, Any]]) -> list[str]:
    """Write assignments into the draft and return their ids."""
    stored = [{"id": new_id(), "version_id": edit.version_id, **row} for row in rows]
    if stored:
        bulk.insert(edit.unit, Assignment, stored)
        settle(edit, (), [HeldRow(row["id"], 1, **columns) for row, columns in zip(stored, rows, strict=True)])
    edit.note((row["id"], {"added": {name: row[name] for name in row if name != "id"}}) for row in stored)
    return [row["id"] for row in stored]


def delete(edit: Edit, items: Collection[Held]) -> int:
    """Delete assignments of the draft and return how many."""
    ids = [str(edit.target(item)["id"]) for item in items]
    if ids:
        bulk.delete(edit.unit, Assignment, {"id": ids})
        settle(edit, [item.row.id for item in items], ())
    edit.note((assignment, {"deleted": item.row._asdict()}) for assignment, item in zip(ids, items, strict=True))
    return len(ids)


def change(edit: Edit, changes: Collection[tuple[Held, dict[str, Any]]]) -> int:
    """Set columns of assignments of the draft and return how many changed."""
    rows = [{**edit.target(item), **columns} for item, columns in changes]
    if rows:
        bulk.update(edit.unit, Assignment, rows)
        settle(edit, (), [item.row._replace(**columns) for item, columns in changes])
    edit.note((row["id"], _differing(*entry)) for row, entry in zip(rows, changes, strict=True))
    return len(rows)


def _differing(item: Held, columns: dict[str, Any]) -> dict[str, object]:
    was = item.row._asdict()
    return {name: [was[name], columns[name]] for name in columns if columns[name] != was[name]}


def _pair(
    edit: Edit, person_id: str, place: Place, group: int | None, without: frozenset[str] = frozenset()
) -> tuple[int, int]:
    """Return person and group of an assignment that nothing stands against."""
    seat = edit.board.seat_for(person_id, *place, without=without) if group is None else group
    assert seat is not None, "somebody whom no rule stands against has a seat"
    return edit.board.frame.person_of[person_id], seat


def _moved(edit: Edit, person: int, group: int) -> dict[str, Any]:
    """Return the columns that a move sets."""
    columns = seat_columns(edit.board, person, group)
    del columns["person_id"], columns["locked"]
    return columns
