"""Handover notes: what one shift leaves to the next."""

from dataclasses import dataclass
from datetime import datetime

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import STATION_UTC_OFFSET
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.models import HandoverNote
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.reads import today
from patrol_desk.storage.unit_of_work import UnitOfWork

LONGEST = 300
"""Characters of a note."""
SHOWN = 50
"""Notes that are listed: the open ones first."""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note.

    Parameters
    ----------
    at, done_at
        Station time; `done_at` is None while it is open.
    author, done_by
        Names of those who wrote it and ticked it off.
    """

    id: str
    row_version: int
    at: datetime
    text: str
    author: str
    done_at: datetime | None
    done_by: str


@permitted(Permission.PLAN_READ)
def list_notes(station: Station, actor: Actor) -> tuple[NoteRow, ...]:
    """Return the notes: the open ones, then those done, each newest first, at most `SHOWN`."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        return tuple(map(_row, today.notes(session, SHOWN)))


@permitted(Permission.DATA_EDIT)
def add_note(station: Station, actor: Actor, text: str) -> Done[str]:
    """Write a note and return its id.

    Raises
    ------
    InvalidDataError
        It is empty or longer than `LONGEST`.
    """
    clean = _clean(text)
    with station.write(actor, "note.add") as unit:
        note = HandoverNote(at=station.clock.now(), text=clean, author=actor.name, done_by="")
        unit.session.add(note)
        unit.session.flush()
        return finish(unit, note.id)


@permitted(Permission.DATA_EDIT)
def edit_note(station: Station, actor: Actor, note_id: str, row_version: int, text: str) -> Done[None]:
    """Change the text of a note as it was read with `row_version`.

    Raises
    ------
    InvalidDataError
        It is empty or longer than `LONGEST`.
    ConcurrentChangeError
        Somebody changed or took back the note meanwhile.
    """
    clean = _clean(text)
    with station.write(actor, "note.edit") as unit:
        note = _note(unit, note_id)
        if note.row_version != row_version:
            raise ConcurrentChangeError(Message("today.note_changed"))
        note.text = clean
        return finish(unit, None)


@permitted(Permission.DATA_EDIT)
def finish_note(station: Station, actor: Actor, note_id: str, *, done: bool = True) -> Done[None]:
    """Tick a note off, or open it again.

    Raises
    ------
    ConcurrentChangeError
        The note was taken back meanwhile.
    """
    with station.write(actor, "note.finish" if done else "note.reopen") as unit:
        note = _note(unit, note_id)
        note.done_at = station.clock.now() if done else None
        note.done_by = actor.name if done else ""
        return finish(unit, None)


def _note(unit: UnitOfWork, note_id: str) -> HandoverNote:
    found = queries.first(unit.session, HandoverNote, id=note_id)
    if found is None:
        raise ConcurrentChangeError(Message("today.note_gone"))
    return found


def _clean(text: str) -> str:
    clean = " ".join(text.split())
    if not clean:
        raise InvalidDataError(Message("today.note_empty"))
    if len(clean) > LONGEST:
        raise InvalidDataError(Message("today.note_too_long", {"count": len(clean), "most": LONGEST}))
    return clean


def _row(note: HandoverNote) -> NoteRow:
    done = None if note.done_at is None else _station_time(note.done_at)
    return NoteRow(note.id, note.row_version, _station_time(note.at), note.text, note.author, done, note.done_by)


def _station_time(moment: datetime) -> datetime:
    return (moment + STATION_UTC_OFFSET).replace(tzinfo=None)
