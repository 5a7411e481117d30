"""A table-shaped part of a file: a CSV file, or one sheet of a workbook."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

Row = tuple[int, list[str]]
"""Line (of a sheet: row number) from 1, and its cells as text."""


def key_of(path: Path, sheet: str = "") -> str:
    """Return the key of a file or of one sheet of it."""
    return f"{path}#{sheet}" if sheet else str(path)


class Source(ABC):
    """Rows of text cells that know their line.

    Parameters
    ----------
    path
        The file.
    digest
        SHA-256 of the file's bytes.
    sheet
        Name of the sheet; empty for CSV.
    """

    def __init__(self, path: Path, digest: str, sheet: str = "") -> None:
        self.path = path
        self.digest = digest
        self.sheet = sheet

    @property
    def key(self) -> str:
        """What tells it from every other source: the path, and the sheet."""
        return key_of(self.path, self.sheet)

    @property
    def label(self) -> str:
        """How sentences name it: the file's name, and the sheet's."""
        return f"{self.path.name} / {self.sheet}" if self.sheet else self.path.name

    @property
    def title(self) -> str:
        """The name by which its table may be recognised."""
        return self.sheet or self.path.stem

    @abstractmethod
    def rows(self) -> Iterator[Row]:
        """Yield its rows from the start, blank ones too; raise `FileRefusedError` where it cannot be read."""
