"""The frame around the cell over which something is carried."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen

from patrol_desk.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Frame:
    """A cell framed as the target of a drag.

    Parameters
    ----------
    row, shift
        The cell; in a grid of lines `row` is the number of the line.
    tone
        Colour role of the frame and the text: green, amber or red.
    text
        What would stand in the cell.
    dashed
        Whether the drop would be refused.
    """

    row: int
    shift: int
    tone: str
    text: str
    dashed: bool = False


def paint_frame(painter: QPainter, theme: Theme, rect: QRect, frame: Frame) -> None:
    """Paint a frame into a cell, with what would stand there."""
    rect = rect.adjusted(-1, -1, 1, 1)
    painter.fillRect(rect, theme.color(f"{frame.tone}Soft"))
    pen = QPen(theme.color(frame.tone), 2, Qt.PenStyle.DashLine if frame.dashed else Qt.PenStyle.SolidLine)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if frame.dashed:
        pen.setDashPattern([3, 1.5])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(1, 1, -1, -1))
    painter.setFont(theme.font("secondary", bold=True))
    painter.setPen(theme.color(frame.tone))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, frame.text)
