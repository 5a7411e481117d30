"""The sample township as a small map: its real communities, river, roads and checkpoints."""

import json
from functools import cache
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.ui.resources import resource
from patrol_desk.ui.theme import Theme


@cache
def town() -> dict[str, Any]:
    """Return the shapes: coordinates in widths of the town proper, from the left and from the top."""
    found: dict[str, Any] = json.loads(resource("pictures", "sample-town.json").read_text(encoding="utf-8"))
    return found


class TownPicture(QWidget):
    """Paints the township; decoration, not a control.

    Parameters
    ----------
    theme
        Gives colours.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        low = self._theme.compact
        return QSize(self._theme.px(196 if low else 250), self._theme.px(112 if low else 134))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        color = self._theme.color
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = QPainterPath()
        edge.addRoundedRect(frame, 4, 4)
        painter.setClipPath(edge)
        painter.fillRect(self.rect(), color("landB"))
        self._paint_land(painter)
        self._paint_marks(painter)
        painter.setPen(QPen(color("line2"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(edge)
        painter.end()

    def _at(self, point: list[float]) -> QPointF:
        margin = self._theme.px(10)
        room = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        scale = min(room.width(), room.height() / town()["aspect"])
        left = room.center().x() - scale / 2
        top = room.center().y() - scale * town()["aspect"] / 2
        return QPointF(left + point[0] * scale, top + point[1] * scale)

    def _paint_land(self, painter: QPainter) -> None:
        color = self._theme.color
        dash = QPen(color("boundary"), 1, Qt.PenStyle.DashLine)
        for number, outline in enumerate(town()["communities"]):
            painter.setPen(dash)
            painter.setBrush(color("landA" if number % 2 else "landB"))
            painter.drawPolygon(QPolygonF([self._at(point) for point in outline]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for kind, token, width in (("river", "water", 4.0), ("roads", "roadCasing", 1.5)):
            painter.setPen(QPen(color(token), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            for shape in town()[kind]:
                painter.drawPolyline(QPolygonF([self._at(point) for point in shape]))

    def _paint_marks(self, painter: QPainter) -> None:
        color = self._theme.color
        painter.setPen(QPen(color("surface"), 1))
        painter.setBrush(color("mok"))
        for post in town()["posts"]:
            painter.drawEllipse(self._at(post), 3.5, 3.5)
        painter.setPen(QPen(color("text2"), 1.2))
        painter.setBrush(color("surface"))
        for muster in town()["musters"]:
            at = self._at(muster)
            painter.drawRect(QRectF(at.x() - 3, at.y() - 3, 6, 6))
