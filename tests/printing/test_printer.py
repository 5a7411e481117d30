"""A printer gets the pages that the PDF has, one by one."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter

from patrol_desk.common.errors import PatrolError
from patrol_desk.printing.pages import page_picture, sheet_pages
from patrol_desk.printing.printer import print_pages
from patrol_desk.printing.render_qt import ensure_gui_application
from tests.printing import specimens


def paper(file: Path) -> QPrinter:
    """Return a printer that prints into a file."""
    ensure_gui_application()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


def test_each_page_goes_out_on_its_paper(tmp_path: Path) -> None:
    """As many pages as the layout has, each A4 landscape; the count is told page by page."""
    file = tmp_path / "paper.pdf"
    pages = (*sheet_pages(specimens.crowd(60)), *sheet_pages(specimens.ordinary()))
    assert list(print_pages(paper(file), pages)) == list(range(1, len(pages) + 1))
    with pypdfium2.PdfDocument(file) as document:
        assert len(document) == len(pages)
        sizes = {tuple(round(length) for length in page.get_size()) for page in document}
    assert sizes == {(842, 595)}


def test_who_stops_asking_stops_the_printing(tmp_path: Path) -> None:
    """After the first of several pages nothing more is painted, and the printer is given back."""
    file = tmp_path / "paper.pdf"
    printing = print_pages(paper(file), sheet_pages(specimens.crowd(60)))
    assert next(printing) == 1
    printing.close()
    with pypdfium2.PdfDocument(file) as document:
        assert len(document) == 1


def test_a_printer_that_does_not_take_the_pages_is_named(tmp_path: Path) -> None:
    """The folder of its output is missing, as a printer that is off: a sentence says what to look at."""
    printer = paper(tmp_path / "no" / "such" / "paper.pdf")
    with pytest.raises(PatrolError) as refused:
        list(print_pages(printer, sheet_pages(specimens.ordinary())))
    assert refused.value.message.code == "print.printer_refused"


def test_a_picture_has_the_resolution_asked_for() -> None:
    """At 96 dpi an A4 page is 1123 pixels wide."""
    ensure_gui_application()
    page = sheet_pages(specimens.ordinary(), "en")[0]
    assert page_picture(page, 96.0).width() == 1123
