"""Measuring a way on the map: its points, its parts and their sum."""

import math
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from patrol_desk.ui.pages.map.labels import Stamps
from patrol_desk.ui.pages.map.sight import Sight
from patrol_desk.ui.pages.map.words import length_text
from patrol_desk.ui.theme import Theme

Point = tuple[float, float]


def way_metres(points: Sequence[Point]) -> float:
    """Return the length of a way in metres."""
    return sum(math.hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points))


def paint_measure(painter: QPainter, theme: Theme, stamps: Stamps, points: Sequence[Point], sight: Sight) -> None:
    """Paint the way that is being measured, with the length so far at each of its points."""
    if not points:
        return
    places = [QPointF(*sight.at(*point)) for point in points]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("surface"), 4))
    painter.drawPolyline(places)
    painter.setPen(QPen(theme.color("accentText"), 2, Qt.PenStyle.DashLine))
    painter.drawPolyline(places)
    painter.setPen(QPen(theme.color("accentText"), 2))
    painter.setBrush(theme.color("surface"))
    for place in places:
        painter.drawEllipse(place, theme.px(4), theme.px(4))
    for number, place in enumerate(places[1:], start=2):
        text = length_text(round(way_metres(points[:number])))
        last = number == len(places)
        stamps.put(painter, place + QPointF(8, -stamps.height - 4), text, "accentText", bold=last)
