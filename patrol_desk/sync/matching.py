"""What rows that were read mean for the rows that are stored: added, changed, the same or rejected.

Rows match by record id where one is given, else by the table's key. A row that is missing is never a delete; a blank
cell keeps what is stored; nothing is ever half taken: a row goes in whole or is kept out with its reasons.
"""

from collections.abc import Callable, Sequence
from operator import itemgetter

from patrol_desk.common.ids import new_id
from patrol_desk.sync.checks import contradicting, overlapping, permuted, row_faults
from patrol_desk.sync.faults import Fault
from patrol_desk.sync.kinds import References
from patrol_desk.sync.reading.headings import Layout
from patrol_desk.sync.reading.source import Source
from patrol_desk.sync.reading.typed import CLEARED, CellFault, Chunk
from patrol_desk.sync.rows import Candidate, Outcome, Place, Rejection, StoredTable, Values, key_of


class Matcher:
    """Takes the rows of one table, source by source, and tells what they come to.

    Parameters
    ----------
    stored
        The rows that are stored.
    references
        Told of every code that is added or rejected, so that later tables find it.
    confirm_permuted
        Whether a column whose values changed places was confirmed as meant.
    """

    def __init__(self, stored: StoredTable, references: References, *, confirm_permuted: bool = False) -> None:
        self._stored = stored
        self._table = stored.table
        self._references = references
        self._confirm_permuted = confirm_permuted
        self._key = key_of(self._table)
        self._names = [column.name for column in self._table.columns]
        self._blank_row = [column.new_value for column in self._table.columns]
        self._seen: dict[object, tuple[int, int]] = {}
        self._new_ids: set[str] = set()
        self._new_keys: dict[object, str] = {}
        self._unique: dict[str, dict[object, str]] = {}
        self._outcome = Outcome(self._table)

    def begin(self, source: Source, layout: Layout) -> None:
        """Go on with the next source of the table."""
        self._outcome.layouts.append((source, layout))
        self._positions = [self._table.columns.index(column) for column in layout.columns]
        self._columns = layout.columns
        self._id_at = self._positions.index(0) if 0 in self._positions else None
        self._project = _project(self._positions)
        self._row_key = self._key_reader()

    def take(self, chunk: Chunk) -> None:
        """Take some rows of the source."""
        outcome = self._outcome
        number = len(outcome.layouts) - 1
        outcome.read += len(chunk.lines)
        by_id, project = self._stored.by_id, self._project
        for index, (line, raw, values) in enumerate(zip(chunk.lines, chunk.raws, chunk.values, strict=True)):
            faults = chunk.faults.get(index)
            if faults is not None:
                self._reject(Place(number, line), raw, faults, values)
                continue
            target = self._target(values)
            if isinstance(target, Fault):
                self._reject(Place(number, line), raw, [self._at(raw, self._table.key[0], target)], values)
                continue
            former = by_id.get(target) if target is not None else None
            token = target if former is not None else self._row_key(values)
            earlier = self._seen.get(token)
            if earlier is not None:
                fault = self._at(raw, self._table.key[0], self._twice(earlier))
                self._reject(Place(number, line), raw, [fault], values)
                continue
            if former is not None and project(former) == values:
                outcome.same += 1
                self._seen[token] = (number, line)
            elif self._weigh(Place(number, line), raw, values, former, target):
                self._seen[token] = (number, line)

    def finish(self) -> Outcome:
        """Check the rows against each other and return what became of all."""
        outcome = self._outcome
        if not self._confirm_permuted:
            self._drop(list(permuted(self._table, outcome.changed)))
        self._drop(list(overlapping(self._table, self._stored.by_id, [*outcome.added, *outcome.changed])))
        self._drop(list(contradicting(self._table, self._stored.by_id, [*outcome.added, *outcome.changed])))
        if self._table.has_code:
            self._tell()
        return outcome

    def _key_reader(self) -> Callable[[Values], object]:
        """Return the function from a row of the present source to its key; an absent column counts as blank."""
        at = [self._names.index(name) for name in self._table.key]
        if all(position in self._positions for position in at):
            return itemgetter(*(self._positions.index(position) for position in at))
        blank = self._blank_row
        where = [self._positions.index(position) if position in self._positions else None for position in at]
        return lambda values: tuple(
            blank[position] if index is None else values[index] for index, position in zip(where, at, strict=True)
        )

    def _target(self, values: Values) -> str | Fault | None:
        """Return the id of the stored row that a row means; None for a new row without an id of its own."""
        given = values[self._id_at] if self._id_at is not None else None
        by_key = self._stored.ids_by_key.get(self._row_key(values))
        if given is None:
            return by_key
        if by_key is not None and by_key != given:
            return Fault("import.key_of_another")
        return str(given)

    def _weigh(self, place: Place, raw: list[str], values: Values, former: Values | None, target: str | None) -> bool:
        """Decide about a row that is not plainly the same; say whether it stays in."""
        faults: list[CellFault] = []
        if former is None:
            merged = self._added(raw, values, target, faults)
        else:
            merged = self._changed(values, former)
            if merged == former:
                self._outcome.same += 1
                return True
        if not faults:
            found = [*row_faults(self._table, merged), *self._taken(merged)]
            faults.extend(self._at(raw, name, fault) for name, fault in found)
        if faults:
            self._reject(place, raw, faults, values)
            return False
        self._claim(merged)
        candidate = Candidate(place, raw, merged, former)
        (self._outcome.changed if former is not None else self._outcome.added).append(candidate)
        return True

    def _added(self, raw: list[str], values: Values, target: str | None, faults: list[CellFault]) -> Values:
        """Return the values of a new row; what is required and missing goes to `faults`."""
        merged = self._blank_row.copy()
        for position, column, value in zip(self._positions, self._columns, values, strict=True):
            if value is CLEARED or value == column.blank:
                if column.required:
                    faults.append(self._at(raw, column.name, Fault("import.missing_value")))
            else:
                merged[position] = value
        merged[0] = target or new_id()
        if self._table.single and (self._stored.by_id or self._outcome.added):
            faults.append(self._at(raw, self._table.key[0], Fault("import.other_township")))
        return tuple(merged)

    def _changed(self, values: Values, former: Values) -> Values:
        """Return the stored values with those of the row over them."""
        merged = list(former)
        for position, column, value in zip(self._positions, self._columns, values, strict=True):
            if value is CLEARED:
                merged[position] = column.blank
            elif value != column.blank:
                merged[position] = value
        return tuple(merged)

    def _taken(self, merged: Values) -> list[tuple[str, Fault]]:
        """Return the faults of values that belong to another record already."""
        record_id = str(merged[0])
        faults: list[tuple[str, Fault]] = []
        key = self._key(merged)
        if any(keys.get(key, record_id) != record_id for keys in (self._stored.ids_by_key, self._new_keys)):
            faults.append((self._table.key[0], Fault("import.key_of_another")))
        if record_id in self._new_ids:
            faults.append(("id", Fault("import.record_id_twice")))
        for name in self._table.unique:
            value = merged[self._names.index(name)]
            if value is not None and self._owners(name).get(value, record_id) != record_id:
                faults.append((name, Fault("import.value_of_another")))
        return faults

    def _owners(self, name: str) -> dict[object, str]:
        """Return value → id of a column whose values no two records share, the rows taken so far included."""
        owners = self._unique.get(name)
        if owners is None:
            at = self._names.index(name)
            owners = {
                values[at]: record_id for record_id, values in self._stored.by_id.items() if values[at] is not None
            }
            self._unique[name] = owners
        return owners

    def _claim(self, merged: Values) -> None:
        self._new_ids.add(str(merged[0]))
        self._new_keys[self._key(merged)] = str(merged[0])
        for name in self._table.unique:
            value = merged[self._names.index(name)]
            if value is not None:
                self._owners(name)[value] = str(merged[0])

    def _twice(self, earlier: tuple[int, int]) -> Fault:
        source, _ = self._outcome.layouts[earlier[0]]
        return Fault("import.row_twice", {"file": source.label, "line": earlier[1]})

    def _at(self, raw: list[str], name: str, fault: Fault) -> CellFault:
        """Return the fault with the heading and cell of the column it is about."""
        _, layout = self._outcome.layouts[-1]
        return _cell_fault(layout, raw, name, fault)

    def _reject(self, place: Place, raw: list[str], faults: Sequence[CellFault], values: Values) -> None:
        self._outcome.rejected.append(Rejection(place, raw, tuple(faults)))
        if self._table.has_code:
            code = self._row_key(values)
            if isinstance(code, str):
                self._references.reject(self._table.name, code)

    def _drop(self, losers: Sequence[tuple[Candidate, str, Fault]]) -> None:
        """Turn candidates into rejected rows."""
        gone = {id(candidate) for candidate, _, _ in losers}
        outcome = self._outcome
        outcome.added = [candidate for candidate in outcome.added if id(candidate) not in gone]
        outcome.changed = [candidate for candidate in outcome.changed if id(candidate) not in gone]
        for candidate, name, fault in losers:
            _, layout = outcome.layouts[candidate.place.source]
            cell = _cell_fault(layout, candidate.raw, name, fault)
            outcome.rejected.append(Rejection(candidate.place, candidate.raw, (cell,)))

    def _tell(self) -> None:
        """Make what was added or renamed known to the tables that follow."""
        code_at = self._names.index("code")
        name_at = self._names.index("name") if "name" in self._names else None
        for candidate in (*self._outcome.added, *self._outcome.changed):
            name = str(candidate.values[name_at]) if name_at is not None else None
            self._references.add(self._table.name, str(candidate.values[code_at]), candidate.record_id, name)


def _cell_fault(layout: Layout, raw: list[str], name: str, fault: Fault) -> CellFault:
    for position, column in zip(layout.positions, layout.columns, strict=True):
        if column.name == name:
            return CellFault(layout.headings[position], raw[position], fault, name)
    column = layout.table.by_name[name]
    return CellFault(column.zh, "", fault, name)


def _project(positions: Sequence[int]) -> Callable[[Values], Values]:
    """Return the function from all of a row's values to those of some columns."""
    if len(positions) > 1:
        return itemgetter(*positions)
    return lambda values: tuple(values[at] for at in positions)
