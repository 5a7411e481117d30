"""From chosen sheets to a file's name and a printer's pages."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from patrol_desk.common.message import Message
from patrol_desk.common.progress import Progress
from patrol_desk.services.printed.batch import Batch
from patrol_desk.services.printed.content import PrintedSheet
from patrol_desk.ui.dialogs.printing.preview import Look, laying_of
from patrol_desk.ui.i18n import say, tr

if TYPE_CHECKING:
    from patrol_desk.printing.layout.tree import Page


def pages_of(
    batch: Batch, look: Look, sheets: Sequence[PrintedSheet], sent: list[PrintedSheet], progress: Progress
) -> "Iterator[Page]":
    """Yield the pages of sheets; `sent` grows by the sheets whose pages are all out.

    Parameters
    ----------
    batch, look
        Their kind, and how they are printed.
    sheets
        What is printed, copies and all.
    sent
        Is filled.
    progress
        Told of each sheet.
    """
    taken: list[PrintedSheet] = []

    def counted() -> Iterator[PrintedSheet]:
        for number, sheet in enumerate(sheets):
            progress(Message("print.progress"), number, len(sheets))
            taken.append(sheet)
            yield sheet

    for _first, pages in laying_of(batch, look).each(counted()):
        yield from pages
        sent[:] = taken


def file_name(batch: Batch, codes: Sequence[str]) -> str:
    """Return a name for the file of some sheets; a person's name never becomes one."""
    if len(codes) == 1:
        names = {line.code: line.code if batch.kind.id == "slip" else line.name for line in batch.lines}
        what = names[codes[0]]
    else:
        what = tr("{count} 张", count=len(codes))
    return f"{batch.sheet(codes[0]).period} {say(batch.kind.name)} {what}.pdf".replace("/", "-")
