"""A table as one sheet of a workbook: every cell is text, whole or not at all."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from patrol_desk.common.message import Message
from patrol_desk.sync.errors import FileNotWrittenError
from patrol_desk.sync.text import MARK
from patrol_desk.sync.writing.files import Written, remove_part

_WIDEST: Final = 40


def write_workbook(path: Path, title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Written:
    """Write a workbook of one sheet, its headings kept in sight.

    Parameters
    ----------
    path
        Where; a file that stands there is replaced when the new one is whole.
    title
        Name of the sheet.
    headings, rows
        Cells as the CSV contract has them: a text cell needs no mark against being taken for something else.

    Raises
    ------
    FileNotWrittenError
        The disk did not take it; what stood there before still does.
    """
    content, count = _content(title, headings, rows)
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise FileNotWrittenError(Message("export.not_written", {"path": str(path), "why": why})) from error
    finally:
        remove_part(part)
    return Written(path, count, hashlib.sha256(content).hexdigest())


def _content(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[bytes, int]:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    widths = [len(heading) * 2 + 2 for heading in headings]
    count = 0
    for line, cells in enumerate((headings, *rows), start=1):
        count = line - 1
        for number, text in enumerate(cells, start=1):
            cell = sheet.cell(line, number)
            cell.value = _plain(text)
            cell.number_format = "@"
            if cell.value:
                cell.data_type = "s"  # a name that begins with = is a name
            if line == 1:
                cell.font = Font(bold=True)
            widths[number - 1] = max(widths[number - 1], min(len(text) + 2, _WIDEST))
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return out.getvalue(), count


def _plain(text: str) -> str:
    """Return a cell without the mark of a CSV file, and without characters that no workbook takes."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    bare = text.removeprefix(MARK)
    shown = text if bare.startswith(MARK) else bare
    return ILLEGAL_CHARACTERS_RE.sub("", shown)
