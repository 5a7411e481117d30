"""Squads' weeks as one PDF, or one page as a picture. Qt and pikepdf are loaded only when something is printed."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress, never_cancelled, no_progress, raise_if_cancelled
from patrol_desk.messages import Language
from patrol_desk.printing.files import write_whole
from patrol_desk.printing.fonts import print_font, unprintable
from patrol_desk.printing.layout.tree import Page
from patrol_desk.printing.sheets.squad_week import SquadWeekLayout
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


class _Laying:
    """Lays sheets out one after another while the PDF is written, and remembers where each began."""

    def __init__(
        self, sheets: Sequence[SquadWeekSheet], layout: SquadWeekLayout, progress: Progress, cancelled: Cancelled
    ) -> None:
        self.sheets = sheets
        self.layout = layout
        self._progress = progress
        self._cancelled = cancelled
        self.bookmarks: list[tuple[str, int]] = []
        self.pages = 0

    def __iter__(self) -> Iterator[Page]:
        what = Message("print.progress")
        for done, sheet in enumerate(self.sheets):
            raise_if_cancelled(self._cancelled)
            self._progress(what, done, len(self.sheets))
            self.bookmarks.append((sheet.squad_name, self.pages))
            pages = self.layout.pages(sheet)
            self.pages += len(pages)
            yield from pages
        raise_if_cancelled(self._cancelled)
        self._progress(what, len(self.sheets), len(self.sheets))


def print_squad_weeks(
    sheets: Iterable[SquadWeekSheet],
    out: Path,
    *,
    lang: Language = "zh",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> PrintResult:
    """Write the sheets into one PDF, which replaces a file of that name in one step.

    Parameters
    ----------
    sheets
        At least one, in the order to print; of one station.
    out
        The PDF.
    lang
        ``"zh"`` or ``"en"``.
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
    laying = _Laying(held, SquadWeekLayout(lang), progress or no_progress, asked)
    content = _pdf(laying, lang)
    raise_if_cancelled(asked)
    write_whole(out, content)
    missing = unprintable(name for sheet in held for name in names_of(sheet))
    return PrintResult(laying.pages, len(held), len(content), time.perf_counter() - began, tuple(missing))


def _pdf(laying: _Laying, lang: Language) -> bytes:
    """Return the finished PDF of the sheets."""
    from patrol_desk.printing.pdf import DocumentInfo, mend
    from patrol_desk.printing.pdf_qt import pdf_bytes
    from patrol_desk.printing.render_qt import QtFont, ensure_gui_application

    ensure_gui_application()
    font = QtFont(print_font())
    raw = pdf_bytes(laying, font)
    first = laying.sheets[0]
    info = DocumentInfo(laying.layout.title(first), first.station, lang, first.printed_at, laying.bookmarks)
    return mend(raw, info, font.painted())


def render_png(sheet: SquadWeekSheet, page: int = 1, dpi: int = 150, *, lang: Language = "zh") -> bytes:
    """Return one page (from 1) of a sheet as the bytes of a PNG file.

    Raises
    ------
    IndexError
        The sheet has no such page.
    """
    from patrol_desk.printing.render_qt import QtFont, ensure_gui_application, page_image, png_bytes

    ensure_gui_application()
    pages = SquadWeekLayout(lang).pages(sheet)
    if not 1 <= page <= len(pages):
        raise IndexError(page)
    return png_bytes(page_image(pages[page - 1], QtFont(print_font()), dpi))


def names_of(sheet: SquadWeekSheet) -> Iterator[str]:
    """Yield every name on a sheet, for `fonts.unprintable`: people, squad, township, places."""
    yield from (sheet.station, sheet.township, sheet.squad_name, sheet.leader_name, sheet.printed_by)
    yield from (row.name for row in sheet.rows)
    yield from (text for place in sheet.places for text in (place.short_name, place.name))
