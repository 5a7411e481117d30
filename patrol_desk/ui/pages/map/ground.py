"""Painting the ground: communities, homes, rings, water and roads, from paths made once per week."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap, QPolygonF, QTransform

from patrol_desk.models import MapFeatureKind
from patrol_desk.services.map import MapWeek
from patrol_desk.services.map.projection import Line
from patrol_desk.services.planning.board import CellState
from patrol_desk.ui.pages.map.picture import AREAS, HOMES, RING_METRES, RINGS, WAYS, Picture
from patrol_desk.ui.pages.map.sight import Sight
from patrol_desk.ui.theme import Theme

GRID_PX = 80
SPARE = 160
"""Pixels painted beyond each edge of the window."""
SPACING = 4
"""Pixels between the characters of a community's name."""
_RIVER_METRES = 60.0
_COARSE = 4
"""Pixels of the screen for one of the circles' picture."""
_RING_STRENGTH = 0.16


@dataclass(frozen=True, slots=True)
class Shape:
    """A path in metres, north down as the screen has it, and the middle of its largest part."""

    name: str
    path: QPainterPath
    bounds: QRectF
    middle: QPointF


@dataclass(frozen=True, slots=True)
class Paths:
    """The ground of one week as paths."""

    areas: tuple[Shape, ...]
    ways: dict[MapFeatureKind, tuple[Shape, ...]]

    @classmethod
    def of(cls, week: MapWeek) -> "Paths":
        """Return the paths of a week's ground."""
        ways: dict[MapFeatureKind, list[Shape]] = {kind: [] for kind in MapFeatureKind}
        for way in week.ways:
            ways[way.kind].append(_shape(way.name, way.line, closed=False))
        areas = tuple(_shape(area.label, area.ring, closed=True) for area in week.areas)
        return cls(areas, {kind: tuple(shapes) for kind, shapes in ways.items()})


def _shape(name: str, line: Line, *, closed: bool) -> Shape:
    path = QPainterPath()
    points = [QPointF(east, -north) for east, north in line]
    path.addPolygon(QPolygonF([*points, points[0]] if closed else points))
    middle = _centroid(points) if closed else points[len(points) // 2]
    return Shape(name, path, path.boundingRect(), middle)


def _centroid(points: list[QPointF]) -> QPointF:
    """Return the centre of gravity of a polygon's surface, of its corners when it has none."""
    doubled = x = y = 0.0
    for a, b in zip(points, [*points[1:], points[0]], strict=True):
        cross = a.x() * b.y() - b.x() * a.y()
        doubled += cross
        x += (a.x() + b.x()) * cross
        y += (a.y() + b.y()) * cross
    if abs(doubled) < 1:
        return points[0]
    return QPointF(x / (3 * doubled), y / (3 * doubled))


class GroundPainter:
    """Paints the ground of a picture.

    Parameters
    ----------
    theme
        Gives colours and fonts.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._held: tuple[MapWeek, Paths] | None = None
        self._kept: QPixmap | None = None
        self._kept_at = (0.0, 0.0)
        self._kept_key: tuple[object, ...] = ()
        self._scale = 1.0
        """Pixels a metre of what is painted: pens are as wide on paper as on the screen, so none is cosmetic."""

    def paint(self, painter: QPainter, picture: Picture, sight: Sight, *, exact: bool = False) -> None:
        """Paint everything that lies under the marks; `exact` without the kept picture of it, for paper."""
        if exact:
            self._paint(painter, picture, sight)
            return
        key = self._key(picture, sight)
        dx, dy = (sight.east - self._kept_at[0]) * sight.scale, (self._kept_at[1] - sight.north) * sight.scale
        if self._kept is None or key != self._kept_key or max(abs(dx), abs(dy)) > SPARE:
            self._keep(picture, sight, painter.device().devicePixelRatio())
            self._kept_key, dx, dy = key, 0.0, 0.0
        assert self._kept is not None
        painter.drawPixmap(QPointF(-SPARE - dx, -SPARE - dy), self._kept)

    def _key(self, picture: Picture, sight: Sight) -> tuple[object, ...]:
        """Return all on which the ground depends but for where the window stands."""
        layers = picture.layers & {AREAS, WAYS, HOMES}
        chosen = picture.chosen if picture.mode == "squads" else None
        squads = picture.mode == "squads"
        return picture.week, sight.scale, sight.width, sight.height, layers, squads, chosen, picture.density

    def _keep(self, picture: Picture, sight: Sight, ratio: float) -> None:
        """Paint the ground with some to spare around it, so that dragging moves a picture."""
        wide = replace(sight, width=sight.width + 2 * SPARE, height=sight.height + 2 * SPARE)
        if self._kept is None or self._kept.size() != QSize(wide.width, wide.height) * ratio:
            self._kept = QPixmap(QSize(wide.width, wide.height) * ratio)
            self._kept.setDevicePixelRatio(ratio)
        painter = QPainter(self._kept)
        self._paint(painter, picture, wide)
        painter.end()
        self._kept_at = (sight.east, sight.north)

    def forget(self) -> None:
        """Paint anew: colours have changed, or the page is hidden and the picture need not be kept."""
        self._kept = None

    def _paint(self, painter: QPainter, picture: Picture, sight: Sight) -> None:
        painter.fillRect(0, 0, sight.width, sight.height, self._theme.color("landB"))
        self._grid(painter, sight)
        if picture.week is None:
            return
        paths = self.paths(picture.week)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(self._transform(sight), True)
        self._scale = sight.scale
        seen = self._seen(sight)
        if picture.shows(AREAS):
            self._fill_areas(painter, paths.areas, seen)
        if picture.shows(HOMES):
            self._homes(painter, picture)
        if picture.shows(WAYS):
            self._ways(painter, paths, sight, seen)
        if picture.mode == "squads":
            self._squads(painter, picture)
        if picture.shows(AREAS):
            self._outline_areas(painter, paths.areas, seen)
        painter.restore()
        self._rivers(painter, picture, paths, sight)

    def paths(self, week: MapWeek) -> Paths:
        """Return the paths of a week, made at its first painting."""
        if self._held is None or self._held[0] is not week:
            self._held = (week, Paths.of(week))
        return self._held[1]

    def _transform(self, sight: Sight) -> QTransform:
        x, y = sight.at(0.0, 0.0)
        return QTransform(sight.scale, 0.0, 0.0, sight.scale, x, y)

    def _seen(self, sight: Sight) -> QRectF:
        west, north = sight.ground(0, 0)
        margin = 20 / sight.scale
        size = sight.width / sight.scale, sight.height / sight.scale
        return QRectF(west - margin, -north - margin, size[0] + 2 * margin, size[1] + 2 * margin)

    def _grid(self, painter: QPainter, sight: Sight) -> None:
        """Paint the faint squares of the paper; they move with the ground."""
        painter.setPen(QPen(self._theme.color("line"), 1))
        x0, y0 = sight.at(0.0, 0.0)
        for number in range(sight.width // GRID_PX + 2):
            x = round(x0 % GRID_PX + (number - 1) * GRID_PX)
            painter.drawLine(x, 0, x, sight.height)
        for number in range(sight.height // GRID_PX + 2):
            y = round(y0 % GRID_PX + (number - 1) * GRID_PX)
            painter.drawLine(0, y, sight.width, y)

    def _fill_areas(self, painter: QPainter, areas: Iterable[Shape], seen: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for number, area in enumerate(areas):
            if area.bounds.intersects(seen):
                painter.setBrush(self._theme.color("landA" if number % 2 == 0 else "surface"))
                painter.drawPath(area.path)

    def _outline_areas(self, painter: QPainter, areas: Iterable[Shape], seen: QRectF) -> None:
        pen = QPen(self._theme.color("boundary"), 1 / self._scale)
        pen.setDashPattern([5, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for area in areas:
            if area.bounds.intersects(seen):
                painter.drawPath(area.path)

    def _homes(self, painter: QPainter, picture: Picture) -> None:
        density = picture.density
        if density is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        rows, columns = density.levels.nonzero()
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            colour = QColor(self._theme.color("drillLine"))
            colour.setAlphaF(0.15 * int(density.levels[row, column]))
            west, south = density.west + column * density.side, density.south + row * density.side
            painter.fillRect(QRectF(west, -south - density.side, density.side, density.side), colour)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def rings(self, painter: QPainter, picture: Picture, sight: Sight) -> None:
        """Tint what lies within a kilometre of a post that somebody mans, once however many circles overlap.

        The circles are painted small and opaque, then laid over the ground large and thin.
        """
        week = picture.week
        if week is None or picture.shift < 0 or not picture.shows(RINGS):
            return
        radius = RING_METRES * sight.scale
        mask = QPixmap(sight.width // _COARSE + 1, sight.height // _COARSE + 1)
        mask.fill(Qt.GlobalColor.transparent)
        inner = QPainter(mask)
        inner.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner.scale(1 / _COARSE, 1 / _COARSE)
        inner.setPen(Qt.PenStyle.NoPen)
        inner.setBrush(self._theme.color("mok"))
        for post, mark in zip(week.posts, week.marks[picture.shift], strict=True):
            at = sight.at(post.east, post.north)
            if mark.heads and mark.state is not CellState.NOT_STAFFED and sight.holds(*at, radius):
                inner.drawEllipse(QPointF(*at), radius, radius)
        inner.end()
        painter.save()
        painter.setOpacity(_RING_STRENGTH)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(QRect(0, 0, mask.width() * _COARSE, mask.height() * _COARSE), mask)
        painter.restore()

    def _ways(self, painter: QPainter, paths: Paths, sight: Sight, seen: QRectF) -> None:
        theme = self._theme
        grow = min(max(sight.scale / 0.1, 0.6), 1.4) * theme.scale
        river = min(max(_RIVER_METRES * sight.scale, 5.0), 26.0) * theme.scale
        self._strokes(painter, paths.ways[MapFeatureKind.RIVER], seen, "water", river)
        roads, main = paths.ways[MapFeatureKind.ROAD], paths.ways[MapFeatureKind.MAIN_ROAD]
        self._strokes(painter, roads, seen, "roadCasing", 4.0 * grow)
        self._strokes(painter, main, seen, "roadCasing", 7.5 * grow)
        self._strokes(painter, roads, seen, "road", 2.4 * grow)
        self._strokes(painter, main, seen, "road", 5.0 * grow)

    def _strokes(self, painter: QPainter, shapes: Iterable[Shape], seen: QRectF, role: str, width: float) -> None:
        pen = QPen(self._theme.color(role), width / self._scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for shape in shapes:
            if shape.bounds.adjusted(-1, -1, 1, 1).intersects(seen):
                painter.drawPath(shape.path)

    def _squads(self, painter: QPainter, picture: Picture) -> None:
        """Tint each post in the colour of its main squad, and the hull of the squad of the chosen post."""
        week = picture.week
        assert week is not None
        chosen = picture.chosen[1] if picture.chosen is not None and picture.chosen[0] == "post" else -1
        main = week.main_squad[chosen] if chosen >= 0 else -1
        if main >= 0:
            corners = [QPointF(east, -north) for east, north in week.squads[main].hull]
            painter.setPen(self._thick(week, main, 0.9, 2))
            painter.setBrush(self._tint(week, main, 0.14))
            painter.drawPolygon(QPolygonF(corners))
        for number, post in enumerate(week.posts):
            squad = week.main_squad[number]
            if squad < 0:
                continue
            painter.setPen(self._thick(week, squad, 0.55 if main in {-1, squad} else 0.12, 24))
            painter.drawPoint(QPointF(post.east, -post.north))

    def _tint(self, week: MapWeek, squad: int, strength: float) -> QColor:
        colour = QColor(self._theme.color(f"sq{week.squads[squad].colour + 1}"))
        colour.setAlphaF(strength)
        return colour

    def _thick(self, week: MapWeek, squad: int, strength: float, width: float) -> QPen:
        pen = QPen(self._tint(week, squad, strength), width * self._theme.scale / self._scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def name_font(self) -> QFont:
        """Return the font of communities' names, its characters apart."""
        font = QFont(self._theme.font("object", bold=True))
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, SPACING * self._theme.scale)
        return font

    def _rivers(self, painter: QPainter, picture: Picture, paths: Paths, sight: Sight) -> None:
        if not picture.shows(WAYS):
            return
        painter.setFont(self._theme.font("secondary"))
        painter.setPen(self._theme.color("waterLabel"))
        for river in paths.ways[MapFeatureKind.RIVER]:
            x, y = sight.at(river.middle.x(), -river.middle.y())
            if sight.holds(x, y, 80):
                painter.drawText(QPointF(x, y - self._theme.px(10)), river.name)
