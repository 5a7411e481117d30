"""Pasting names or codes from a spreadsheet: who is meant, what stands against it, and writing it in one step."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.data import Conflict
from patrol_desk.services.planning.board.stand import Held
from patrol_desk.services.planning.edits.single import delete, insert
from patrol_desk.services.planning.edits.transaction import Edit, Place, begin, seat_columns
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage.reads import board as reads
from patrol_desk.storage.reads.board import HeldRow

MOST_PASTED = 2000
"""Names taken in one go: each is checked against all rules, given those before it."""
_BETWEEN = re.compile(r"[、,，;；/\r\n\t]+")


@dataclass(frozen=True, slots=True)
class PastedCell:
    """The text of one cell."""

    row: int
    shift: int
    text: str


@dataclass(frozen=True, slots=True)
class Meant:
    """Somebody a word may mean."""

    person_id: str
    name: str
    squad: str
    code: str


@dataclass(frozen=True, slots=True)
class PastedName:
    """One name or code in one cell.

    Parameters
    ----------
    text
        As pasted.
    meant
        Whom it may mean: one, several of the same name, or nobody.
    """

    row: int
    shift: int
    text: str
    meant: tuple[Meant, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """Somebody for a cell, and what stands against it given the ones before."""

    row: int
    shift: int
    person_id: str
    name: str
    conflicts: tuple[Conflict, ...]

    @property
    def refused(self) -> bool:
        """Whether a hard rule stands against it."""
        return any(conflict.severity == "block" for conflict in self.conflicts)


@dataclass(frozen=True, slots=True)
class Pasted:
    """What pasting does or would do.

    Parameters
    ----------
    added
        Who is put where, with warnings.
    refused
        Whom a rule keeps out.
    there
        Names that stand in their cell already.
    removed
        Duties that go because their cell names other people.
    kept
        Locked duties that stay although their cell does not name them.
    """

    added: tuple[Judged, ...]
    refused: tuple[Judged, ...]
    there: int
    removed: int
    kept: int


@permitted(Permission.PLAN_READ)
def read_names(station: Station, actor: Actor, board: Board, cells: Collection[PastedCell]) -> tuple[PastedName, ...]:
    """Return each name or code of some cells, and whom on the board it may mean.

    Of several people of one name those win who are in a squad that stands in the cell, if that leaves one.

    Raises
    ------
    PatrolError
        They are too many for one go.
    """
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        codes = reads.person_codes(session, board.frame.week_problem.person_ids)
    index = _index(board, codes)
    words = [(cell, word) for cell in cells for word in _words(cell.text, index)]
    if len(words) > MOST_PASTED:
        raise PatrolError(Message("board.paste_too_many", {"count": len(words), "most": MOST_PASTED}))
    return tuple(
        PastedName(cell.row, cell.shift, word, _nearest(board, cell, index.get(word.casefold(), ())))
        for cell, word in words
    )


def _words(text: str, known: Collection[str]) -> list[str]:
    """Return the names or codes of a text; blanks part them too, unless a name is written with one."""
    found: list[str] = []
    for part in _BETWEEN.split(normalize("NFC", text)):
        whole = part.strip()
        found.extend([whole] if whole.casefold() in known else whole.split())
    return found


def _index(board: Board, codes: Mapping[str, str]) -> dict[str, tuple[Meant, ...]]:
    """Return name or code, in lower case → people."""
    found: dict[str, list[Meant]] = {}
    frame = board.frame
    for person, person_id in enumerate(frame.week_problem.person_ids):
        code = codes.get(person_id, "")
        meant = Meant(person_id, frame.names.people[person], frame.squad_name(person), code)
        for word in {meant.name.casefold(), code.casefold()} - {""}:
            found.setdefault(word, []).append(meant)
    return {word: tuple(people) for word, people in found.items()}


def _nearest(board: Board, cell: PastedCell, meant: tuple[Meant, ...]) -> tuple[Meant, ...]:
    if len(meant) < 2:
        return meant
    here = {holder.squad for holder in board.holders(cell.row, cell.shift)} - {""}
    place = board.rows[cell.row].community
    frame = board.frame
    local = {
        name for name, at in zip(frame.names.squads, frame.names.squad_places, strict=True) if place and at == place
    }
    for squads in (here, local):
        near = tuple(each for each in meant if each.squad in squads)
        if len(near) == 1:
            return near
    return meant


@permitted(Permission.PLAN_READ)
def preview_paste(
    station: Station, actor: Actor, board: Board, cells: Collection[Place], people: Sequence[tuple[int, int, str]]
) -> Pasted:
    """Return what pasting would do; nothing is written.

    Parameters
    ----------
    cells
        The cells that are pasted over, also those of which nobody is left.
    people
        Row, shift and person, in the order of pasting.
    """
    del station, actor  # the board holds all that is asked
    return _judge(board, cells, people)[0]


@permitted(Permission.PLAN_WRITE)
def paste(
    station: Station, actor: Actor, board: Board, cells: Collection[Place], people: Sequence[tuple[int, int, str]]
) -> Done[Pasted]:
    """Make cells hold the people pasted, as far as the rules let them, in one transaction.

    Who stands in a cell and is not named there goes, unless locked; whom a rule keeps out is left out and told.

    Raises
    ------
    ConcurrentChangeError
        A checkpoint or shift is gone.
    """
    with station.write(actor, "roster.paste") as unit:
        edit = begin(unit, station, board)
        places = [edit.place(*cell) for cell in cells]
        moved = [(*edit.place(row, shift), person) for row, shift, person in people]
        told, going, fresh = _judge(edit.board, places, moved)
        _write(edit, going, fresh)
        return finish(unit, told)


def _write(edit: Edit, going: Collection[Held], fresh: Collection[tuple[int, int]]) -> None:
    delete(edit, going)
    insert(edit, [seat_columns(edit.board, person, group) for person, group in fresh])


def _judge(
    board: Board, cells: Collection[Place], people: Sequence[tuple[int, int, str]]
) -> tuple[Pasted, list[Held], list[tuple[int, int]]]:
    """Return what is told, the duties that go, and the pairs of person and seat group that come."""
    width = len(board.shifts)
    wanted = {(row * width + shift, person) for row, shift, person in people}
    standing = [item for row, shift in cells for item in board.stand.cells.get(row * width + shift, ())]
    other = [item for item in standing if (item.cell, item.row.person_id) not in wanted]
    going = [item for item in other if not item.row.locked]
    here = {(item.cell, item.row.person_id) for cell, _ in wanted for item in board.stand.cells.get(cell, ())}
    stand = board.stand.patched([item.row.id for item in going], ())
    added, refused, fresh, there = list[Judged](), list[Judged](), list[tuple[int, int]](), 0
    for number, (row, shift, person_id) in enumerate(dict.fromkeys(people)):
        if (row * width + shift, person_id) in here:
            there += 1
            continue
        now = replace(board, stand=stand, _cells={})
        found = now.conflicts(person_id, row, shift)
        person = board.frame.person_of.get(person_id)
        name = "" if person is None else board.frame.names.people[person]
        judged = Judged(row, shift, person_id, name, found)
        group = None if judged.refused else now.seat_for(person_id, row, shift)
        if person is None or group is None:
            refused.append(judged)
            continue
        added.append(judged)
        fresh.append((person, group))
        columns = seat_columns(board, person, group)
        stand = stand.patched((), [HeldRow(f"paste-{number}", 1, **columns)])
    kept = len(other) - len(going)
    return Pasted(tuple(added), tuple(refused), there, len(going), kept), going, fresh
