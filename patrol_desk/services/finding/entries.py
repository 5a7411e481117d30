"""What can be found, and how a hit says why it was found."""

from enum import StrEnum
from typing import NamedTuple

from patrol_desk.services.finding.keys import key_of, normalise
from patrol_desk.services.finding.readings import Unit, spellings, units


class FindKind(StrEnum):
    """Kinds of things, in the order in which groups of equal rank are shown."""

    CHECKPOINT = "checkpoint"
    MUSTER_POINT = "muster_point"
    SQUAD = "squad"
    TEAM = "team"
    PERSON = "person"
    COMMAND = "command"


PLACES = frozenset({FindKind.CHECKPOINT, FindKind.MUSTER_POINT})
"""What ``#`` narrows to."""


class Entry(NamedTuple):
    """One thing that can be found.

    Parameters
    ----------
    id
        Id of the record, or of the command.
    title
        Its name as stored.
    code
        Its code; empty for a command.
    phone
        A person's number, masked; empty otherwise.
    place
        Community, or muster point of a team; of a person the squad.
    colour
        Colour of the squad, 0 to 7; -1 for what has none.
    members, leader, leader_id
        How many are in a squad or team, and who leads it.
    state
        Value of the person's or checkpoint's status.
    form
        Value of the checkpoint's kind.
    address
        Of a checkpoint.
    """

    kind: FindKind
    id: str
    title: str
    code: str = ""
    phone: str = ""
    place: str = ""
    colour: int = -1
    members: int = 0
    leader: str = ""
    leader_id: str = ""
    state: str = ""
    form: str = ""
    address: str = ""


class Item(NamedTuple):
    """An entry with its search key and what it is sorted by."""

    order: str
    entry: Entry
    key: str


class Syllable(NamedTuple):
    """A character's reading, and how many of its letters were typed."""

    text: str
    typed: int


class Hit(NamedTuple):
    """An entry that was found.

    Parameters
    ----------
    rank
        See `patrol_desk.services.finding.index`.
    spans
        Parts of the title that were typed: start, end.
    syllables
        Pinyin of the title, the reading that was typed if one was.
    code_span
        Part of the code that was typed; empty when start equals end.
    digits
        Last digits of the telephone that were typed.
    """

    entry: Entry
    rank: int
    spans: tuple[tuple[int, int], ...] = ()
    syllables: tuple[Syllable, ...] = ()
    code_span: tuple[int, int] = (0, 0)
    digits: int = 0


def make_item(entry: Entry, phone: str | None = None) -> Item:
    """Return an entry made ready for finding; `phone` is the whole number."""
    parts = units(entry.title)
    order = " ".join([part.readings[0] if part.readings else part.character for part in parts])
    return Item(order, entry, key_of(parts, entry.code, phone=phone) if entry.code else key_of(parts, phone=phone))


def explain(item: Item, rank: int, wanted: str) -> Hit:
    """Return the hit of a normalised query with what to mark in it."""
    entry = item.entry
    parts = units(entry.title)
    best = None
    for spelling in spellings(parts):
        found = _align(parts, spelling, wanted)
        if found and (best is None or found[0][0] < best[1][0][0]):
            best = (spelling, found)
    if best is None:
        plain = tuple(Syllable(part.readings[0], 0) for part in parts if part.readings)
        return _by_word(entry, rank, wanted, plain) if wanted else Hit(entry, rank, (), plain)
    spelling, pieces = best
    typed = dict(pieces)
    return Hit(
        entry,
        rank,
        _joined([_marked(parts[number], length) for number, length in pieces]),
        tuple(
            Syllable(reading, min(typed.get(number, 0), len(reading)))
            for number, reading in enumerate(spelling)
            if reading
        ),
    )


def _marked(part: Unit, length: int) -> tuple[int, int]:
    """Return what of the title a piece marks: the whole character, or so many letters of a Latin run."""
    return (part.start, part.end) if part.character else (part.start, min(part.end, part.start + length))


def _by_word(entry: Entry, rank: int, wanted: str, syllables: tuple[Syllable, ...]) -> Hit:
    """Return the hit of an entry that was found by its code or telephone."""
    code = normalise(entry.code)
    at = code.find(wanted)
    if at < 0:
        return Hit(entry, rank, (), syllables, (0, 0), len(wanted))
    places = [number for number, raw in enumerate(entry.code) for _ in normalise(raw)]
    return Hit(entry, rank, (), syllables, (places[at], places[at + len(wanted) - 1] + 1))


def _align(parts: tuple[Unit, ...], spelling: tuple[str, ...], wanted: str) -> tuple[tuple[int, int], ...] | None:
    """Return (unit, letters) of each piece the query is cut into, from the earliest unit possible; None if it fits not.

    A piece that is the character itself counts as all letters of its reading.
    """
    for first in range(len(parts)):
        found = _fit(parts, spelling, wanted, first)
        if found is not None:
            return found
    return None


def _fit(
    parts: tuple[Unit, ...], spelling: tuple[str, ...], wanted: str, number: int
) -> tuple[tuple[int, int], ...] | None:
    if not wanted:
        return ()
    if number == len(parts):
        return None
    reading, character = spelling[number], parts[number].character
    if character and wanted.startswith(character):
        rest = _fit(parts, spelling, wanted[len(character) :], number + 1)
        return None if rest is None else ((number, len(reading)), *rest)
    longest = 0
    while longest < min(len(reading), len(wanted)) and reading[longest] == wanted[longest]:
        longest += 1
    for length in range(longest, 0, -1):
        rest = _fit(parts, spelling, wanted[length:], number + 1)
        if rest is not None:
            return ((number, length), *rest)
    return None


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return spans with those that touch made one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)
