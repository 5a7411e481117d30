"""Rows of text become rows of values, column by column and in chunks: a cell seen before costs one look-up."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from patrol_desk.sync.faults import Fault
from patrol_desk.sync.kinds import CoordinateKind, PointsKind, ReadContext
from patrol_desk.sync.limits import LIMITS
from patrol_desk.sync.reading.datum import GCJ, SYSTEMS, to_wgs84
from patrol_desk.sync.reading.headings import Layout
from patrol_desk.sync.reading.source import Row, Source
from patrol_desk.sync.tables import Column
from patrol_desk.sync.text import CLEAR_WORDS, EXAMPLE_MARKS, damage_of, unmark

CHUNK = 4_000
_MOST_REMEMBERED = 100_000


class Cleared:
    """Stands for a cell that asks to empty the stored value."""


CLEARED = Cleared()


@dataclass(frozen=True, slots=True)
class CellFault:
    """A fault and where it stands.

    Parameters
    ----------
    heading
        Heading of the column as the file has it; empty when the row as a whole is wrong.
    value
        The cell as the file has it.
    fault
        What is wrong.
    column
        Name of the column; empty when the row as a whole is wrong.
    """

    heading: str
    value: str
    fault: Fault
    column: str = ""


@dataclass(slots=True)
class Chunk:
    """Some rows of a source.

    Parameters
    ----------
    lines
        Line of each row.
    raws
        Its cells as they stand, as many as there are headings.
    values
        Its values, in the order of the layout's columns.
    faults
        Index of a row → what is wrong with its cells.
    """

    lines: list[int]
    raws: list[list[str]]
    values: list[tuple[object, ...]]
    faults: dict[int, list[CellFault]] = field(default_factory=dict)


class _Memo(dict[str, object]):
    """Cell → value of one column; computes what it has not seen."""

    def __init__(self, column: Column, context: ReadContext) -> None:
        super().__init__()
        self._parse: Callable[[str], object] = column.kind.parser(context)
        self._column = column
        self.faulty = False

    def __missing__(self, cell: str) -> object:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        value = self._read(cell)
        self.faulty = self.faulty or isinstance(value, Fault)
        self[cell] = value
        return value

    def _read(self, cell: str) -> object:
        if len(cell) > LIMITS.cell:
            return Fault("import.too_long", {"limit": LIMITS.cell, "length": len(cell)})
        text, literal = unmark(cell)
        if not text:
            return self._column.blank
        if literal:
            return self._parse(text)
        if text in CLEAR_WORDS:
            return CLEARED if self._column.clearable else Fault("import.not_clearable")
        damage = damage_of(text)
        return self._parse(text) if damage is None else Fault(damage)


class TypedReader:
    """Reads a source by its layout.

    Parameters
    ----------
    source
        The rows of text.
    layout
        What their columns are.
    context
        What kinds may know.
    """

    def __init__(self, source: Source, layout: Layout, context: ReadContext) -> None:
        self._source = source
        self._layout = layout
        self._memos = [_Memo(column, context) for column in layout.columns]
        self._datum = SYSTEMS.parser(context)
        kinds = [column.kind for column in layout.columns]
        self._lines = [at for at, kind in enumerate(kinds) if isinstance(kind, PointsKind)]
        both = CoordinateKind("lon") in kinds and CoordinateKind("lat") in kinds
        self._place = (kinds.index(CoordinateKind("lon")), kinds.index(CoordinateKind("lat"))) if both else None
        self.examples = 0
        """How many example rows were passed over so far."""

    def chunks(self) -> Iterator[Chunk]:
        """Yield the rows in chunks, blank and example rows left out."""
        rows = self._source.rows()
        for line, _ in rows:
            if line == self._layout.line:
                break
        while taken := list(islice(rows, CHUNK)):
            yield self._convert(self._shape(taken))

    def _shape(self, taken: Sequence[Row]) -> Chunk:
        """Give every row as many cells as there are headings; what stands beyond is a fault."""
        width = len(self._layout.headings)
        chunk = Chunk([], [], [])
        for line, cells in taken:
            if len(cells) != width:
                extra = "".join(cells[width:]).strip()
                shaped = cells[:width] + [""] * (width - len(cells))
            else:
                extra, shaped = "", cells
            # Joined first: most rows are filled, and one strip is cheaper than one for each cell.
            if not extra and not "".join(shaped).strip():
                continue
            if self._is_example(shaped):
                self.examples += 1
                continue
            if extra:
                params = {"cells": len(cells), "headings": width}
                chunk.faults[len(chunk.lines)] = [CellFault("", extra, Fault("import.extra_cells", params))]
            chunk.lines.append(line)
            chunk.raws.append(shaped)
        return chunk

    def _is_example(self, cells: list[str]) -> bool:
        return any(cell[0] in "【[" and cell.startswith(EXAMPLE_MARKS) for cell in cells[:3] if cell)

    def _convert(self, chunk: Chunk) -> Chunk:
        by_column = list(zip(*chunk.raws, strict=True))
        if not by_column:
            return chunk
        converted: list[list[object]] = []
        for position, column, memo in zip(self._layout.positions, self._layout.columns, self._memos, strict=True):
            cells = by_column[position]
            values = list(map(memo.__getitem__, cells))
            if memo.faulty:
                heading = self._layout.headings[position]
                for index, value in enumerate(values):
                    if value.__class__ is Fault:
                        assert isinstance(value, Fault)
                        chunk.faults.setdefault(index, []).append(CellFault(heading, cells[index], value, column.name))
            converted.append(values)
        chunk.values = list(zip(*converted, strict=True))
        if self._layout.datum is not None:
            self._to_wgs84(chunk, by_column[self._layout.datum])
        return chunk

    def _to_wgs84(self, chunk: Chunk, cells: Sequence[str]) -> None:
        """Convert the places of rows that say they are in GCJ-02; a system nobody knows is a fault."""
        assert self._layout.datum is not None
        heading = self._layout.headings[self._layout.datum]
        for index, cell in enumerate(cells):
            text, _ = unmark(cell)
            system = self._datum(text) if text else None
            if isinstance(system, Fault):
                chunk.faults.setdefault(index, []).append(CellFault(heading, cell, system))
            elif system == GCJ:
                chunk.values[index] = self._moved(chunk.values[index])

    def _moved(self, values: tuple[object, ...]) -> tuple[object, ...]:
        moved = list(values)
        if self._place is not None:
            lon, lat = (values[at] for at in self._place)
            if isinstance(lon, float) and isinstance(lat, float):
                for at, degrees in zip(self._place, to_wgs84(lon, lat), strict=True):
                    moved[at] = degrees
        for at in self._lines:
            line = values[at]
            if isinstance(line, list):
                moved[at] = [list(to_wgs84(lon, lat)) for lon, lat in line]
        return tuple(moved)
