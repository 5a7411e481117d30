"""Sheets as one PDF, or one page as a picture. Qt and pikepdf are loaded only when something is printed."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress, never_cancelled, no_progress, raise_if_cancelled
from patrol_desk.messages import Language
from patrol_desk.printing.files import write_whole
from patrol_desk.printing.fonts import print_font, unprintable
from patrol_desk.printing.kinds import Laying, Look
from patrol_desk.printing.layout.tree import Page
from patrol_desk.services.printed.content import PrintedSheet
from patrol_desk.services.sheet_data import SquadWeekSheet


@dataclass(frozen=True, slots=True)
class PrintResult:
    """What was printed.

    Parameters
    ----------
    pages, sheets
        How many.
    bytes
        Size of the file.
    seconds
        Wall time from the first sheet to the file on the disk.
    unprintable
        Characters of names that the font lacks and that therefore printed as `fonts.REPLACEMENT`.
    """

    pages: int
    sheets: int
    bytes: int
    seconds: float
    unprintable: tuple[str, ...]


class _Run:
    """Lays sheets out one after another while the PDF is written, and remembers where each began."""

    def __init__(self, sheets: Sequence[PrintedSheet], look: Look, progress: Progress, cancelled: Cancelled) -> None:
        self.sheets = sheets
        self.laying = Laying(sheets[0].KIND, look)
        self._progress = progress
        self._cancelled = cancelled
        self.bookmarks: list[tuple[str, int]] = []
        self.pages = 0

    def __iter__(self) -> Iterator[Page]:
        for sheet, pages in self.laying.each(self._counted()):
            self.bookmarks.append((bookmark(sheet), self.pages))
            self.pages += len(pages)
            yield from pages

    def _counted(self) -> Iterator[PrintedSheet]:
        what = Message("print.progress")
        for done, sheet in enumerate(self.sheets):
            raise_if_cancelled(self._cancelled)
            self._progress(what, done, len(self.sheets))
            yield sheet
        raise_if_cancelled(self._cancelled)
        self._progress(what, len(self.sheets), len(self.sheets))


def print_sheets(
    sheets: Iterable[PrintedSheet],
    out: Path,
    look: Look | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> PrintResult:
    """Write the sheets into one PDF, which replaces a file of that name in one step.

    Parameters
    ----------
    sheets
        At least one, in the order to print; of one kind and one station.
    out
        The PDF.
    look
        Language, paper, size of text, margin; the kind's usual look when None.
    progress
        Called before each sheet and after the last.
    cancelled
        Asked before each sheet.

    Raises
    ------
    InvalidDataError
        There is no sheet.
    CancelledByUserError
        The user stopped; nothing was written.
    PrintFileError
        The file cannot be written; a file that stood there is unchanged.
    """
    began = time.perf_counter()
    held = list(sheets)
    if not held:
        raise InvalidDataError(Message("print.nothing_to_print"))
    asked = cancelled or never_cancelled
    run = _Run(held, look or Look(), progress or no_progress, asked)
    content = _pdf(run)
    raise_if_cancelled(asked)
    write_whole(out, content)
    missing = unprintable(name for sheet in held for name in names_of(sheet))
    return PrintResult(run.pages, len(held), len(content), time.perf_counter() - began, tuple(missing))


def print_squad_weeks(
    sheets: Iterable[SquadWeekSheet],
    out: Path,
    *,
    lang: Language = "zh",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> PrintResult:
    """Write squads' weeks into one PDF; see `print_sheets`."""
    return print_sheets(sheets, out, Look(lang), progress=progress, cancelled=cancelled)


def _pdf(run: _Run) -> bytes:
    """Return the finished PDF of the sheets."""
    from patrol_desk.printing.pdf import DocumentInfo, mend
    from patrol_desk.printing.pdf_qt import pdf_bytes
    from patrol_desk.printing.render_qt import QtFont, ensure_gui_application

    ensure_gui_application()
    font = QtFont(print_font())
    raw = pdf_bytes(run, font)
    first, laying = run.sheets[0], run.laying
    frame = first.frame
    info = DocumentInfo(
        laying.title(first), frame.station, laying.press.words.language, frame.printed_at, run.bookmarks
    )
    return mend(raw, info, font.painted())


def render_png(
    sheet: PrintedSheet, page: int = 1, dpi: int = 150, *, lang: Language = "zh", look: Look | None = None
) -> bytes:
    """Return one page (from 1) of a sheet as the bytes of a PNG file.

    Raises
    ------
    IndexError
        The sheet has no such page.
    """
    from patrol_desk.printing.render_qt import QtFont, ensure_gui_application, page_image, png_bytes

    ensure_gui_application()
    pages = Laying(sheet.KIND, look or Look(lang)).pages(sheet)
    if not 1 <= page <= len(pages):
        raise IndexError(page)
    return png_bytes(page_image(pages[page - 1], QtFont(print_font()), dpi))


def bookmark(sheet: PrintedSheet) -> str:
    """Return by what a sheet is found in a document: name of the squad, place or person, else its code."""
    for field in ("squad_name", "squad", "place", "name"):
        found = str(getattr(sheet, field, ""))
        if found:
            return found
    return sheet.subject


def names_of(sheet: PrintedSheet) -> Iterator[str]:
    """Yield every text of a sheet, names above all, for `fonts.unprintable`."""
    yield from texts_of(sheet)


def texts_of(value: object) -> Iterator[str]:
    """Yield every text in a value: a text, a tuple or a data class of such."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_of(part)
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts_of(getattr(value, one.name))
