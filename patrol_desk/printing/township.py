"""Sheets of several kinds as one PDF, as a folder of PDFs, or as pages for a printer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress, never_cancelled, no_progress
from patrol_desk.messages import render
from patrol_desk.printing.batch import PrintResult, print_groups, print_sheets
from patrol_desk.printing.files import make_folder
from patrol_desk.printing.kinds import Laying, Look
from patrol_desk.printing.layout.tree import Page
from patrol_desk.services.printed.content import PrintedSheet
from patrol_desk.services.printed.township import OF_SQUADS, Part, numbers


@dataclass(slots=True)
class Written:
    """What has been written so far; it also tells it after a stop or a fault.

    Parameters
    ----------
    files
        Whole files.
    sheets
        The sheets in them.
    pages
        How many.
    """

    files: list[Path]
    sheets: list[PrintedSheet]
    pages: int = 0

    def add(self, file: Path, sheets: Sequence[PrintedSheet], done: PrintResult) -> None:
        """Take note of a file that stands."""
        self.files.append(file)
        self.sheets.extend(sheets)
        self.pages += done.pages


def write_township(
    parts: Sequence[Part],
    out: Path,
    look: Look,
    written: Written,
    *,
    apart: bool = False,
    progress: Progress = no_progress,
    cancelled: Cancelled = never_cancelled,
) -> None:
    """Write all parts into one PDF, or each into a file of its own in a folder.

    Parameters
    ----------
    parts
        At least one.
    out
        The PDF, or the folder, which is made if it is missing.
    look
        Language, paper, size of text, margin; a kind that is not printed on the paper has its own.
    written
        Grows by each file that stands.
    apart
        A file for each part.

    Raises
    ------
    CancelledByUserError
        The user stopped; files that stand, stand.
    PrintFileError
        A file cannot be written; those before it stand.
    """
    if not parts:
        raise InvalidDataError(Message("print.nothing_to_print"))
    if not apart:
        done = print_groups([part.sheets for part in parts], out, look, progress=progress, cancelled=cancelled)
        written.add(out, [sheet for part in parts for sheet in part.sheets], done)
        return
    make_folder(out)
    total = numbers(parts)
    for part in parts:
        before = len(written.sheets)

        def counted(what: Message, done: int, _of: int, before: int = before) -> None:
            progress(what, before + done, total)

        file = out / file_name(part, look)
        own = look.for_kind(part.kind.letters)
        written.add(file, part.sheets, print_sheets(part.sheets, file, own, progress=counted, cancelled=cancelled))


def file_name(part: Part, look: Look) -> str:
    """Return the name of a part's file: week or day, and the kind."""
    kind = render(part.kind.name, look.lang)
    of_squads = render(Message("print.of_squads"), look.lang) if part.option == OF_SQUADS else ""
    return f"{part.period} {kind}{of_squads}.pdf"


def township_pages(parts: Sequence[Part], look: Look, sent: list[PrintedSheet], progress: Progress) -> Iterator[Page]:
    """Yield the pages of all parts; `sent` grows by the sheets whose pages are all out."""
    total = numbers(parts)
    for part in parts:
        taken: list[PrintedSheet] = []
        before = len(sent)
        laying = Laying(part.kind.letters, look.for_kind(part.kind.letters))
        for _first, pages in laying.each(_taken(part, taken, before, total, progress)):
            yield from pages
            sent[before:] = taken


def _taken(
    part: Part, taken: list[PrintedSheet], before: int, total: int, progress: Progress
) -> Iterator[PrintedSheet]:
    """Yield a part's sheets, tell of each, and keep in `taken` which ones were asked for."""
    for sheet in part.sheets:
        progress(Message("print.progress"), before + len(taken), total)
        taken.append(sheet)
        yield sheet
