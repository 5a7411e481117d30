"""A sheet's pages and their pictures: what the PDF will show, from the same layout and the same renderer."""

from typing import TYPE_CHECKING

from patrol_desk.messages import Language
from patrol_desk.printing.fonts import print_font
from patrol_desk.printing.kinds import Laying, Look
from patrol_desk.printing.layout.tree import Page
from patrol_desk.services.printed.content import PrintedSheet

if TYPE_CHECKING:
    from PySide6.QtGui import QImage


def sheet_pages(sheet: PrintedSheet, lang: Language = "zh", look: Look | None = None) -> tuple[Page, ...]:
    """Return the pages of a sheet of any kind; any thread may ask."""
    return Laying(sheet.KIND, look or Look(lang)).pages(sheet)


def page_picture(page: Page, dpi: float) -> "QImage":
    """Return a page as a picture; any thread may ask, there must be a Qt application.

    The glyphs are loaded anew each time, because Qt wants them used in the thread that loaded them; that takes some
    milliseconds.
    """
    from patrol_desk.printing.render_qt import QtFont, page_image

    return page_image(page, QtFont(print_font()), dpi)
