"""CSV files: any of three separators, ``sep=`` lines, any line ends."""

import csv
from collections.abc import Iterator
from pathlib import Path

from patrol_desk.common.message import Message
from patrol_desk.sync.errors import FileRefusedError
from patrol_desk.sync.limits import LIMITS, Limits
from patrol_desk.sync.reading.encoding import sniff
from patrol_desk.sync.reading.headings import known_headings
from patrol_desk.sync.reading.source import Row, Source
from patrol_desk.sync.reading.wish import AS_FOUND, Wish

SEPARATORS = ",;\t"
_SAMPLE_LINES = 8


class CsvSource(Source):
    """A CSV file.

    Parameters
    ----------
    path
        The file.
    limits
        How much it may hold.
    wish
        Encoding and separator, where a user chose them.

    Raises
    ------
    FileRefusedError
        It is too large or in no accepted encoding.
    """

    def __init__(self, path: Path, limits: Limits = LIMITS, wish: Wish = AS_FOUND) -> None:
        sniffed = sniff(path, limits, wish.encoding)
        super().__init__(path, sniffed.digest)
        self.encoding = sniffed.encoding
        self._limits = limits
        self.separator, self._named = self._find_separator()
        if wish.separator is not None and wish.separator in SEPARATORS:
            self.separator = wish.separator

    def rows(self) -> Iterator[Row]:
        """Yield its rows; a row's line is the one on which it starts."""
        limits = self._limits
        with self.path.open(encoding=self.encoding, newline="") as file:
            if self._named:
                file.readline()
            reader = csv.reader(file, delimiter=self.separator, strict=True)
            before = offset = int(self._named)
            number = 0
            try:
                for cells in reader:
                    number += 1
                    if number > limits.rows or len(cells) > limits.columns:
                        self._refuse("import.too_many", before + 1, rows=limits.rows, columns=limits.columns)
                    yield before + 1, cells
                    before = offset + reader.line_num
            except csv.Error:
                self._refuse("import.bad_quoting", before + 1)
            except UnicodeDecodeError:
                self._refuse("import.bad_encoding", before + 1)

    def _refuse(self, code: str, line: int, **params: object) -> None:
        raise FileRefusedError(Message(code, {"file": self.label, "line": line, **params})) from None

    def _find_separator(self) -> tuple[str, bool]:
        """Return the separator and whether a ``sep=`` line names it."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            lines = [file.readline(self._limits.cell) for _ in range(_SAMPLE_LINES)]
        first = lines[0].strip("\r\n\"'")
        if first[:4].lower() == "sep=" and len(first) <= 5:
            return first[4:] or "\t", True
        return max(SEPARATORS, key=lambda separator: _score(lines, separator)), False


def _score(lines: list[str], separator: str) -> tuple[int, int]:
    """Return the most cells of one line that are headings of ours, and the most cells of the first line that has any.

    Counting separators alone would be misled by a boundary, whose points stand between semicolons.
    """
    rows = [[cell.strip('"') for cell in line.strip("\r\n").split(separator)] for line in lines]
    first = next((len(row) for row in rows if len(row) > 1), 0)
    return max(known_headings(row) for row in rows), first
