"""Checks that look at more than one cell: of a row, of a person's rows, of a column."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from patrol_desk.sync.faults import Fault
from patrol_desk.sync.rows import Candidate, Values
from patrol_desk.sync.tables import TableSpec

_FEWEST_MOVED = 5
"""Fewer values than this may well have changed places on purpose."""


def row_faults(table: TableSpec, values: Values) -> Iterator[tuple[str, Fault]]:
    """Yield (column, fault) of what a row's values do not fulfil together."""
    for check in table.checks:
        asked = [values[table.positions[name]] for name in check.columns]
        if check.complete and None in asked:
            continue
        if not check.holds(*asked):
            yield check.columns[-1], Fault(check.code)


def permuted(table: TableSpec, changed: Sequence[Candidate]) -> Iterator[tuple[Candidate, str, Fault]]:
    """Yield (candidate, column, fault) where the changed values of a column are the stored ones in another order.

    That is what sorting one column without the others leaves behind.
    """
    lost: set[int] = set()
    pairs = [(candidate, candidate.stored) for candidate in changed if candidate.stored is not None]
    for at, column in enumerate(table.columns):
        moved = [(candidate, stored) for candidate, stored in pairs if stored[at] != candidate.values[at]]
        if not _same_in_other_order([(stored[at], candidate.values[at]) for candidate, stored in moved]):
            continue
        for candidate, _ in moved:
            if id(candidate) not in lost:
                lost.add(id(candidate))
                yield candidate, column.name, Fault("import.column_permuted")


def _same_in_other_order(moves: Sequence[tuple[object, object]]) -> bool:
    if len(moves) < _FEWEST_MOVED:
        return False
    old, new = Counter(repr(value) for value, _ in moves), Counter(repr(value) for _, value in moves)
    return len(old) >= _FEWEST_MOVED and old == new


def overlapping(
    table: TableSpec, stored: Mapping[str, Values], candidates: Sequence[Candidate]
) -> Iterator[tuple[Candidate, str, Fault]]:
    """Yield (candidate, column, fault) where a row's time overlaps another's of the same owner.

    Parameters
    ----------
    table
        Which table; without `exclusive` columns nothing overlaps.
    stored
        Id → values of the rows that are stored.
    candidates
        The rows that are to be added or changed.
    """
    if table.exclusive is None or not candidates:
        return
    names = [column.name for column in table.columns]
    owner, first, last = (names.index(name) for name in table.exclusive)
    by_owner: dict[object, list[Candidate]] = {}
    for candidate in candidates:
        by_owner.setdefault(candidate.values[owner], []).append(candidate)
    others: dict[object, list[Values]] = {}
    for values in stored.values():
        if values[owner] in by_owner:
            others.setdefault(values[owner], []).append(values)
    for person, theirs in by_owner.items():
        for loser in _losers(theirs, others.get(person, []), first, last):
            yield loser, table.exclusive[1], Fault("import.overlap")


def _losers(theirs: Sequence[Candidate], held: Sequence[Values], first: int, last: int) -> Iterator[Candidate]:
    """Leave out one overlapping candidate after the other until the rest fits; a stored row never yields."""
    kept = list(theirs)
    while (loser := _first_loser(kept, held, first, last)) is not None:
        kept.remove(loser)
        yield loser


def _first_loser(kept: Sequence[Candidate], held: Sequence[Values], first: int, last: int) -> Candidate | None:
    replaced = {candidate.values[0] for candidate in kept}
    rows: list[tuple[Values, Candidate | None]] = [(values, None) for values in held if values[0] not in replaced]
    rows.extend((candidate.values, candidate) for candidate in kept)
    spans = [(_day(values[first], date.min), _day(values[last], date.max), candidate) for values, candidate in rows]
    spans.sort(key=lambda span: (span[0], span[2] is not None))
    reaching: tuple[date, Candidate | None] | None = None
    for begins, ends, candidate in spans:
        if reaching is not None and begins <= reaching[0]:
            loser = candidate or reaching[1]
            if loser is not None:
                return loser
        if reaching is None or ends >= reaching[0]:
            reaching = ends, candidate
    return None


def _day(value: object, otherwise: date) -> date:
    return value if isinstance(value, date) else otherwise


def contradicting(
    table: TableSpec, stored: Mapping[str, Values], candidates: Sequence[Candidate]
) -> Iterator[tuple[Candidate, str, Fault]]:
    """Yield (candidate, column, fault) where a row says of two people the opposite of another row.

    The two may stand in either order, so that the table's key does not see it. Of two new rows the later one yields,
    and is told where the other stands.

    Parameters
    ----------
    table
        Which table; without `opposing` columns nothing contradicts.
    stored
        Id → values of the rows that are stored.
    candidates
        The rows that are to be added or changed.
    """
    if table.opposing is None or not candidates:
        return
    names = [column.name for column in table.columns]
    one, other, what = (names.index(name) for name in table.opposing)
    replaced = {candidate.stored[0] for candidate in candidates if candidate.stored is not None}
    end = names.index("ended_on") if "ended_on" in names else -1
    said: dict[frozenset[object], tuple[object, int]] = {}
    for values in stored.values():
        if values[0] not in replaced and (end < 0 or values[end] is None):
            said[frozenset((values[one], values[other]))] = (values[what], 0)
    for candidate in sorted(candidates, key=lambda each: each.place):
        values = candidate.values
        if end >= 0 and values[end] is not None:
            continue
        pair = frozenset((values[one], values[other]))
        held, line = said.setdefault(pair, (values[what], candidate.place.line))
        if held != values[what]:
            code = "import.contradicts_stored" if line == 0 else "import.contradicts_row"
            yield candidate, table.opposing[2], Fault(code, {"line": line} if line else {})
