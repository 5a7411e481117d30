"""Pages into the bytes of a PDF, through Qt; what Qt leaves out `pdf.mend` puts right."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from typing_extensions import override

from patrol_desk.printing.layout.tree import Matrix, Page
from patrol_desk.printing.render_qt import TWIPS_PER_INCH, PagePainter, QtFont


@dataclass(frozen=True, slots=True)
class RawPdf:
    """What Qt wrote, and for each page the QR codes that `pdf.mend` adds: of these Qt writes eight times as much."""

    content: bytes
    codes: tuple[tuple[Matrix, ...], ...]


class _WithoutCodes(PagePainter):
    """Paints pages but for their QR codes, which it keeps."""

    def __init__(self, painter: QPainter, font: QtFont) -> None:
        super().__init__(painter, font)
        self.codes: list[Matrix] = []

    @override
    def matrix(self, matrix: Matrix) -> None:
        self.codes.append(matrix)


def pdf_bytes(pages: Iterable[Page], font: QtFont) -> RawPdf:
    """Return the pages as Qt writes them, in memory: Qt does not report a full disk.

    Parameters
    ----------
    pages
        At least one page; taken one by one, so they may be laid out while this runs.
    font
        A font that has painted nothing else: the order of its characters is their numbering in the PDF.
    """
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(TWIPS_PER_INCH)
    painter = QPainter()
    codes: list[tuple[Matrix, ...]] = []
    try:
        for number, page in enumerate(pages):
            writer.setPageLayout(page_layout(page))
            if number:
                writer.newPage()
            else:
                painter.begin(writer)
            painting = _WithoutCodes(painter, font)
            painting.paint(page)
            codes.append(tuple(painting.codes))
    finally:
        painter.end()
        buffer.close()
    return RawPdf(bytes(data.data()), tuple(codes))


def page_layout(page: Page) -> QPageLayout:
    """Return paper and direction of a page, without margins: the layout has its own."""
    landscape = page.width > page.height
    size = QSizeF(min(page.width, page.height), max(page.width, page.height))
    orientation = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    paper = QPageSize(size, QPageSize.Unit.Millimeter)
    return QPageLayout(paper, orientation, QMarginsF(0.0, 0.0, 0.0, 0.0), QPageLayout.Unit.Millimeter)
