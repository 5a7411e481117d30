"""What a user said about a file where its recognition was wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wish:
    """How one file, or one sheet of a workbook, is to be read; whatever is None stays as recognised.

    Parameters
    ----------
    skip
        Do not read it.
    table
        Name of its table.
    encoding, separator
        Of a text file.
    columns
        Heading as it stands → name of the column it means, or None: it is passed over.
    """

    skip: bool = False
    table: str | None = None
    encoding: str | None = None
    separator: str | None = None
    columns: Mapping[str, str | None] = field(default_factory=dict)


AS_FOUND = Wish()
