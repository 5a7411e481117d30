"""How much one file may hold; beyond that it is refused before it is read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what one file may hold.

    Parameters
    ----------
    file_bytes
        Size on disk.
    rows
        Rows of one file or sheet.
    columns
        Columns of a row.
    cell
        Characters of a cell; 32,767 is what a spreadsheet's cell holds.
    unpacked_bytes
        Size of a workbook's parts when unpacked.
    parts
        Number of parts of a workbook.
    ratio
        How many times larger a large part may be than its packed form; sheets compress 5 to 30 times.
    """

    file_bytes: int = 256 * 1024 * 1024
    rows: int = 1_000_000
    columns: int = 256
    cell: int = 32_767
    unpacked_bytes: int = 1024 * 1024 * 1024
    parts: int = 2_000
    ratio: int = 200


LIMITS = Limits()
