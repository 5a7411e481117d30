"""Pages onto a printer, by the renderer of the PDF."""

from collections.abc import Generator, Iterable

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.printing.fonts import print_font
from patrol_desk.printing.layout.tree import Page
from patrol_desk.printing.pdf_qt import page_layout
from patrol_desk.printing.render_qt import TWIPS_PER_INCH, PagePainter, QtFont


def print_pages(printer: QPrinter, pages: Iterable[Page]) -> Generator[int, None, None]:
    """Print pages one by one and yield how many are done; whoever stops asking stops the printing.

    Parameters
    ----------
    printer
        Where to; size and direction of the paper are set for each page.
    pages
        What.

    Raises
    ------
    PatrolError
        The printer does not take the pages.
    """
    font = QtFont(print_font())
    painter = QPainter()
    try:
        for number, page in enumerate(pages):
            if not _turn(printer, painter, page, number):
                raise PatrolError(Message("print.printer_refused", {"printer": printer.printerName()}))
            painter.save()
            painter.scale(printer.resolution() / TWIPS_PER_INCH, printer.resolution() / TWIPS_PER_INCH)
            PagePainter(painter, font).paint(page)
            painter.restore()
            yield number + 1
    finally:
        painter.end()


def _turn(printer: QPrinter, painter: QPainter, page: Page, number: int) -> bool:
    """Put a fresh sheet of paper under the painter and say whether there is one."""
    layout = page_layout(page)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    layout.setMargins(QMarginsF(0.0, 0.0, 0.0, 0.0))
    printer.setPageLayout(layout)
    printer.setFullPage(True)
    return printer.newPage() if number else painter.begin(printer)
