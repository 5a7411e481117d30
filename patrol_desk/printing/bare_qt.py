"""Text through Qt alone: the peer beside which the printing benchmark stands."""

from collections.abc import Sequence

from patrol_desk.printing.fonts import print_font

RESOLUTION_PER_MM = 47.2
"""Device units of a `QPdfWriter` at its 1200 dpi in one millimetre."""


def write_bare(pages: Sequence[Sequence[tuple[float, float, str]]]) -> int:
    """Write text runs onto pages with nothing but Qt's own PDF writer and return the bytes.

    Parameters
    ----------
    pages
        Runs (x, baseline, text) per page, in millimetres.
    """
    from PySide6.QtCore import QBuffer, QPointF
    from PySide6.QtGui import QFont, QPainter, QPdfWriter

    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    painter.setFont(QFont(print_font().family, 9))
    for number, runs in enumerate(pages):
        if number:
            writer.newPage()
        for x, y, text in runs:
            painter.drawText(QPointF(RESOLUTION_PER_MM * x, RESOLUTION_PER_MM * y), text)
    painter.end()
    return buffer.size()
