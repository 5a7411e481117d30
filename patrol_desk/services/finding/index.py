"""Find-anything: one index over the names of everything, searched at every keystroke.

Ranks, best first: 0 the whole name, its last character in full; 1 the whole name; 2 its beginning, the last character
typed in full; 3 its beginning; 4 a code or the end of a telephone number; 5 and 6 further inside, as 2 and 3. Equal
ranks are in the order of pinyin.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import NamedTuple

from patrol_desk.services.finding.entries import PLACES, Entry, FindKind, Hit, Item, explain, make_item
from patrol_desk.services.finding.keys import name_pattern, normalise, pattern
from patrol_desk.services.finding.readings import is_latin

SCOPES: Mapping[str, frozenset[FindKind]] = {
    "@": frozenset({FindKind.PERSON}),
    "#": PLACES,
    ">": frozenset({FindKind.COMMAND}),
}
"""First character of a query → kinds it narrows to."""
_SHARE = 5
"""A kind fills at most this part of the hits while others have more."""
_ORDER = {kind: number for number, kind in enumerate(FindKind)}
_END = r"(?=[\n\t\x01]|$)"
_REST = r"[a-z0-9]*"

Rank = Callable[[str], int]


class Query(NamedTuple):
    """What was typed: the kinds it narrows to (None: all) and the normalised words."""

    kinds: frozenset[FindKind] | None
    wanted: str

    @classmethod
    def parse(cls, typed: str) -> "Query":
        """Return what was typed as a query; ``@``, ``#`` and ``>`` at its beginning narrow it."""
        text = typed.strip()
        kinds = SCOPES.get(text[:1])
        return cls(kinds, normalise(text[1:] if kinds else text))


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, and how many there would be of each kind without a limit."""

    hits: tuple[Hit, ...] = ()
    counts: Mapping[FindKind, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many there would be without a limit."""
        return sum(self.counts.values())

    def __or__(self, other: "Found") -> "Found":
        """Return what both found; their kinds differ."""
        return Found((*self.hits, *other.hits), {**self.counts, **other.counts})


class FindIndex:
    """Everything that can be found, by pinyin; never changed, only replaced.

    Parameters
    ----------
    items
        Entries with their keys, in any order.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = tuple(sorted(items, key=lambda item: (item.order, item.entry.code, item.entry.id)))

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "FindIndex":
        """Return an index of a few entries, e.g. commands."""
        return cls(map(make_item, entries))

    def __len__(self) -> int:
        """Return how many things it holds."""
        return len(self.items)

    def search(self, typed: str, limit: int = 60) -> list[Hit]:
        """Return the best hits for what was typed; see `find`."""
        return list(self.find(typed, limit).hits)

    def find(self, typed: str, limit: int = 60) -> Found:
        """Return the best hits, those of one kind together.

        The kind with the best hit comes first. Each kind gets a fair part of the limit, and what others leave over.
        Nothing typed finds nothing, except behind ``>``: all commands.
        """
        query = Query.parse(typed)
        if not query.wanted and query.kinds != SCOPES[">"]:
            return Found()
        ranked = self._ranked(query)
        order = sorted(ranked, key=lambda kind: (_standing(min(ranked[kind])[0], query.wanted), _ORDER[kind]))
        counts = {kind: len(ranked[kind]) for kind in order}
        taken = _shared(counts, limit)
        hits = [
            explain(self.items[number], rank, query.wanted)
            for kind in order
            for rank, number in nsmallest(taken[kind], ranked[kind])
        ]
        return Found(tuple(hits), counts)

    def _ranked(self, query: Query) -> dict[FindKind, list[tuple[int, int]]]:
        """Return (rank, number of the item) of everything the query finds, by kind."""
        search = pattern(query.wanted).search if query.wanted else re.compile("").search
        rank = _ranking(query.wanted)
        found: defaultdict[FindKind, list[tuple[int, int]]] = defaultdict(list)
        for number, (_, entry, key) in enumerate(self.items):
            if search(key) and (query.kinds is None or entry.kind in query.kinds):
                found[entry.kind].append((rank(key), number))
        return found


def _ranking(wanted: str) -> Rank:
    """Return what ranks the key of an item that was found."""
    if not wanted:
        return lambda _key: 3
    body = name_pattern(wanted)
    full = body if is_latin(wanted[-1]) else body + _REST
    begins = re.compile(rf"\n{body}").search
    inside = re.compile(rf" {body}").search
    inside_full = re.compile(rf" {full}(?= |{_END})").search
    shapes = [re.compile(rf"\n{shape}").search for shape in (full + _END, body + _REST + _END, rf"{full}(?= )")]

    def rank(key: str) -> int:
        if begins(key):
            return next((number for number, shape in enumerate(shapes) if shape(key)), 3)
        if inside(key):
            return 5 if inside_full(key) else 6
        return 4

    return rank


def _standing(rank: int, wanted: str) -> int:
    """Return where a group stands by its best hit: a whole name first, and so it is with three initials or more."""
    whole = rank == 0 or (rank == 1 and len(wanted) >= 3)
    return 0 if whole else 1 + (rank > 3) + (rank > 4)


def _shared(wanted: Mapping[FindKind, int], limit: int) -> dict[FindKind, int]:
    """Return how many hits of each kind are shown."""
    fair = max(1, limit // _SHARE)
    taken = {kind: min(count, fair) for kind, count in wanted.items()}
    left = limit - sum(taken.values())
    for kind in sorted(wanted, key=lambda kind: -wanted[kind]):
        more = max(0, min(left, wanted[kind] - taken[kind]))
        taken[kind] += more
        left -= more
    return taken
