"""A small map without a network: what lies around a place, painted from the station's own data."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.services.places.rows import Line, Sketch
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.places.marks import paint_code
from patrol_desk.ui.theme import Theme

METRES_PER_PIXEL = 11.0
_HEIGHT = 172
_BAR_METRES = 1000


class SketchMap(QWidget):
    """The surroundings of one place, the place itself in the middle.

    Parameters
    ----------
    theme
        Gives the map's colours.
    height
        At 100 %.
    """

    def __init__(self, theme: Theme, height: int = _HEIGHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._height = height
        self._sketch: Sketch | None = None
        self._name = ""
        self._muster = False
        self.setObjectName("sketch")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_sketch(self, sketch: Sketch | None, name: str, *, muster: bool = False) -> None:
        """Show the surroundings of a place; None says that it has no coordinates."""
        self._sketch, self._name, self._muster = sketch, name, muster
        self.setAccessibleName(tr("{name}附近的示意图", name=name))
        self.update()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self.show_sketch(self._sketch, self._name, muster=self._muster)

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(self._height))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(280), self._theme.px(self._height))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("landB"))
        if self._sketch is None:
            painter.setFont(self._theme.font("secondary"))
            painter.setPen(self._theme.color("text3"))
            text = tr("没有坐标。在“基本信息”里填上经度和纬度。")
            room = self.rect().adjusted(24, 0, -24, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_land(painter, self._sketch)
            self._paint_places(painter, self._sketch)
            self._paint_middle(painter)
            self._paint_bar(painter)
        painter.end()

    # Geometry

    def _at(self, east: float, north: float) -> QPointF:
        scale = self._theme.scale / METRES_PER_PIXEL
        return QPointF(self.width() / 2 + east * scale, self.height() / 2 - north * scale)

    def _course(self, line: Line) -> QPolygonF:
        return QPolygonF([self._at(east, north) for east, north in line])

    # Ground

    def _paint_land(self, painter: QPainter, sketch: Sketch) -> None:
        color = self._theme.color
        for number, (_, boundary) in enumerate(sketch.communities):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("landA" if number % 2 == 0 else "landB"))
            painter.drawPolygon(self._course(boundary))
        for river in sketch.rivers:
            self._stroke(painter, river, color("water"), 9)
        for roads, casing, fill in ((sketch.roads, 4.0, 2.4), (sketch.main_roads, 7.5, 5.0)):
            for width, role in ((casing, "roadCasing"), (fill, "road")):
                for road in roads:
                    self._stroke(painter, road, color(role), width)
        pen = QPen(color("boundary"), 1)
        pen.setDashPattern([5, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for _, boundary in sketch.communities:
            painter.drawPolygon(self._course(boundary))
        self._paint_names(painter, sketch)

    def _paint_names(self, painter: QPainter, sketch: Sketch) -> None:
        """Name a community where its part in sight is, if that is large enough."""
        painter.setFont(self._theme.font("secondary", bold=True))
        painter.setPen(self._theme.color("mapLabel"))
        metrics = QFontMetrics(painter.font())
        sight = QPolygonF(QRectF(self.rect().adjusted(6, 6, -6, -24)))
        for name, boundary in sketch.communities:
            part = self._course(boundary).intersected(sight)
            room = part.boundingRect()
            width = metrics.horizontalAdvance(name)
            if room.width() < width * 1.3 or room.height() < metrics.height() * 2.4:
                continue
            middle = room.center()
            label = QRectF(middle.x() - width / 2, middle.y() - metrics.height() / 2, width + 1, metrics.height())
            if label.adjusted(-26, -26, 26, 26).contains(self._at(0, 0)):
                label.moveTop(label.top() + 44 if middle.y() >= self.height() / 2 else label.top() - 44)
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, name)

    def _stroke(self, painter: QPainter, line: Line, colour: QColor, width: float) -> None:
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(colour, width * self._theme.scale, Qt.PenStyle.SolidLine, cap, join))
        painter.drawPolyline(self._course(line))

    # Places

    def _paint_places(self, painter: QPainter, sketch: Sketch) -> None:
        theme = self._theme
        radius = theme.px(4)
        for dot in sketch.checkpoints:
            point = self._at(dot.east, dot.north)
            if dot.active:
                painter.setPen(QPen(theme.color("surface"), 1))
                painter.setBrush(theme.color("mok"))
            else:
                painter.setPen(QPen(theme.color("text3"), 1, Qt.PenStyle.DashLine))
                painter.setBrush(theme.color("surface"))
            painter.drawEllipse(point, radius, radius)
        for dot in sketch.musters:
            self._paint_muster(painter, self._at(dot.east, dot.north), dot.code)

    def _paint_muster(self, painter: QPainter, point: QPointF, code: str) -> None:
        width = max(self._theme.px(18), QFontMetrics(self._theme.font("micro", bold=True)).horizontalAdvance(code) + 6)
        mark = QRect(0, 0, width, self._theme.px(17))
        mark.moveCenter(point.toPoint())
        paint_code(painter, self._theme, mark, code)

    def _paint_middle(self, painter: QPainter) -> None:
        theme, point = self._theme, self._at(0, 0)
        painter.setPen(QPen(theme.color("accentText"), 2))
        painter.setBrush(theme.color("surface"))
        painter.drawEllipse(point, theme.px(13), theme.px(13))
        if self._muster and self._sketch is not None:
            self._paint_muster(painter, point, self._sketch.middle)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accentText"))
            painter.drawEllipse(point, theme.px(4), theme.px(4))
        self._paint_label(painter, point)

    def _paint_label(self, painter: QPainter, point: QPointF) -> None:
        """Write the place's name left or right of it, with a rim that keeps it legible on the map."""
        theme = self._theme
        font = theme.font("secondary", bold=True)
        metrics = QFontMetrics(font)
        width = metrics.horizontalAdvance(self._name)
        gap = theme.px(18)
        x = min(
            (point.x() - gap - width, point.x() + gap),
            key=lambda left: self._crowd(QRectF(left, point.y() - 9, width, 18)),
        )
        path = QPainterPath()
        path.addText(QPointF(x, point.y() + metrics.ascent() / 2 - 1), font, self._name)
        painter.setPen(QPen(theme.color("landB"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.fillPath(path, theme.color("text"))

    def _crowd(self, room: QRectF) -> int:
        """Return how many signs a label would cover; much when it would leave the map."""
        if self._sketch is None or room.left() < 4 or room.right() > self.width() - 4:
            return 1000
        signs = [*self._sketch.checkpoints, *self._sketch.musters, *self._sketch.musters]
        grown = room.adjusted(-8, -8, 8, 8)
        return sum(grown.contains(self._at(dot.east, dot.north)) for dot in signs)

    def _paint_bar(self, painter: QPainter) -> None:
        theme = self._theme
        length = _BAR_METRES * theme.scale / METRES_PER_PIXEL
        left, foot = theme.px(14), self.height() - theme.px(12)
        painter.setPen(QPen(theme.color("text2"), 1))
        painter.drawLine(QPointF(left, foot), QPointF(left + length, foot))
        for x in (left, left + length):
            painter.drawLine(QPointF(x, foot - 4), QPointF(x, foot))
        painter.setFont(theme.font("micro"))
        painter.setPen(theme.color("text2"))
        painter.drawText(QPointF(left + length + 6, foot + 3), "1 km")
