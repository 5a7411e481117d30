"""Sheets as one PDF, or one page as a picture. Qt and pikepdf are loaded only when something is printed."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress, never_cancelled, no_progress, raise_if_cancelled
from patrol_desk.messages import Language, render
from patrol_desk.printing.bookmarks import Bookmark
from patrol_desk.printing.files import write_whole
from patrol_desk.printing.fonts import print_font, unprintable
from patrol_desk.printing.kinds import Laying, Look
from patrol_desk.printing.layout.tree import Page
from patrol_desk.services.printed.content import PrintedSheet
from patrol_desk.services.printed.kinds import BY_LETTERS
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


Group = Sequence[PrintedSheet]
"""Sheets of one kind, at least one."""


class _Run:
    """Lays sheets out one after another while the PDF is written, and remembers where each began."""

    def __init__(self, groups: Sequence[Group], look: Look, progress: Progress, cancelled: Cancelled) -> None:
        self.groups = groups
        self.layings = [Laying(group[0].KIND, look.for_kind(group[0].KIND)) for group in groups]
        self.sheets = sum(map(len, groups))
        self._progress = progress
        self._cancelled = cancelled
        self._done = 0
        self._marks: list[Bookmark] = []
        self.pages = 0

    def __iter__(self) -> Iterator[Page]:
        for group, laying in zip(self.groups, self.layings, strict=True):
            first, under = self.pages, []
            for sheet, pages in laying.each(self._counted(group)):
                under.append(Bookmark(bookmark(sheet), self.pages))
                self.pages += len(pages)
                yield from pages
            self._marks.append(Bookmark(chapter(group[0], laying), first, tuple(under)))
        raise_if_cancelled(self._cancelled)
        self._progress(Message("print.progress"), self.sheets, self.sheets)

    @property
    def bookmarks(self) -> Sequence[Bookmark]:
        """The sheets, in a document of several kinds under each kind's name."""
        return self._marks if len(self._marks) > 1 else self._marks[0].under

    def title(self) -> str:
        """Return the document's title: that of its first sheet when there is one kind."""
        first, laying = self.groups[0][0], self.layings[0]
        if len(self.groups) == 1:
            return laying.title(first)
        return laying.press.word("township_title", township=first.frame.township, period=first.period)

    def _counted(self, group: Group) -> Iterator[PrintedSheet]:
        for sheet in group:
            raise_if_cancelled(self._cancelled)
            self._progress(Message("print.progress"), self._done, self.sheets)
            self._done += 1
            yield sheet


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
    return print_groups([list(sheets)], out, look, progress=progress, cancelled=cancelled)


def print_groups(
    groups: Iterable[Group],
    out: Path,
    look: Look | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> PrintResult:
    """Write the sheets of several kinds into one PDF, kind by kind, each on its own paper; see `print_sheets`.

    A kind that is not printed on the look's paper has its own.
    """
    began = time.perf_counter()
    held = [group for group in groups if group]
    if not held:
        raise InvalidDataError(Message("print.nothing_to_print"))
    asked = cancelled or never_cancelled
    run = _Run(held, look or Look(), progress or no_progress, asked)
    content = _pdf(run)
    raise_if_cancelled(asked)
    write_whole(out, content)
    missing = unprintable(name for group in held for sheet in group for name in names_of(sheet))
    return PrintResult(run.pages, run.sheets, len(content), time.perf_counter() - began, tuple(missing))


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
    frame, language = run.groups[0][0].frame, run.layings[0].press.words.language
    info = DocumentInfo(run.title(), frame.station, language, frame.printed_at, run.bookmarks)
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


def chapter(sheet: PrintedSheet, laying: Laying) -> str:
    """Return by what a kind of sheet is found in a document of several: its name and the week or day."""
    name = render(BY_LETTERS[sheet.KIND].name, laying.press.words.language)
    return f"{name} {sheet.period}"


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
