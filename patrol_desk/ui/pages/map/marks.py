"""The signs of the map, as the legend has them: each told by shape as well as by colour."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QGuiApplication, QPainter, QPen, QPixmap, QPolygonF

from patrol_desk.services.planning.board import CellState
from patrol_desk.ui.pages.places.marks import paint_code
from patrol_desk.ui.theme import Theme

Paint = Callable[[QPainter, QPointF], None]

RADIUS = 6.0
FAR_ROLES = ("green", "mok", "amber", "redFill")
"""Colour of each step of distance to the nearest muster point, the nearest first."""


def paint_mark(painter: QPainter, theme: Theme, at: QPointF, state: CellState) -> None:
    """Paint a post: disc, half disc, triangle with its sign, or dashed ring."""
    radius = RADIUS * theme.scale
    if state is CellState.OK:
        _disc(painter, theme, at, radius, theme.color("mok"))
    elif state is CellState.BELOW_DESIRED:
        _half(painter, theme, at, radius * 1.1)
    elif state is CellState.BELOW_MINIMUM:
        _triangle(painter, theme, at, radius * 1.5)
    else:
        painter.setPen(QPen(theme.color("text3"), 1.4, Qt.PenStyle.DotLine))
        painter.setBrush(theme.color("surface"))
        painter.drawEllipse(at, radius * 0.8, radius * 0.8)


def _disc(painter: QPainter, theme: Theme, at: QPointF, radius: float, colour: QColor) -> None:
    painter.setPen(QPen(theme.color("landB"), 1.2))
    painter.setBrush(colour)
    painter.drawEllipse(at, radius, radius)


def _half(painter: QPainter, theme: Theme, at: QPointF, radius: float) -> None:
    """Paint a ring whose lower half is filled."""
    amber = theme.color("amber")
    painter.setPen(QPen(amber, 1.6))
    painter.setBrush(theme.color("surface"))
    painter.drawEllipse(at, radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(amber)
    painter.drawPie(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius), 180 * 16, 180 * 16)


def _triangle(painter: QPainter, theme: Theme, at: QPointF, size: float) -> None:
    x, y = at.x(), at.y()
    painter.setPen(QPen(theme.color("landB"), 1.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(theme.color("redFill"))
    corners = (QPointF(x, y - size), QPointF(x + size, y + size * 0.78), QPointF(x - size, y + size * 0.78))
    painter.drawPolygon(QPolygonF(corners))
    painter.setPen(QPen(theme.color("onAccent"), size * 0.18, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(x, y - size * 0.38), QPointF(x, y + size * 0.2))
    painter.drawPoint(QPointF(x, y + size * 0.52))


def paint_far(painter: QPainter, theme: Theme, at: QPointF, step: int) -> None:
    """Paint a post by its step of distance: a disc, with a dot, a hole, or a cross in it as it lies farther."""
    radius = RADIUS * theme.scale * (0.9 + 0.1 * step)
    _disc(painter, theme, at, radius, theme.color(FAR_ROLES[step]))
    ink = theme.color("surface")
    if step == 1:
        _disc(painter, theme, at, radius * 0.3, ink)
    elif step == 2:
        _disc(painter, theme, at, radius * 0.6, ink)
    elif step == 3:
        painter.setPen(QPen(theme.color("onAccent"), 1.6))
        half = radius * 0.5
        painter.drawLine(QPointF(at.x() - half, at.y() - half), QPointF(at.x() + half, at.y() + half))
        painter.drawLine(QPointF(at.x() - half, at.y() + half), QPointF(at.x() + half, at.y() - half))


def paint_chosen(painter: QPainter, theme: Theme, at: QPointF) -> None:
    """Paint the ring around what is chosen."""
    radius = RADIUS * theme.scale * 2.6
    painter.setPen(QPen(theme.color("accentText"), 2))
    fill = QColor(theme.color("surface"))
    fill.setAlphaF(0.75)
    painter.setBrush(QBrush(fill))
    painter.drawEllipse(at, radius, radius)


def muster_rect(theme: Theme, at: QPointF, code: str) -> QRect:
    """Return the box of a muster point's code around a place."""
    rect = QRect(0, 0, muster_width(theme, code), theme.px(17))
    rect.moveCenter(at.toPoint())
    return rect


def muster_width(theme: Theme, code: str) -> int:
    """Return the width of a muster point's box, px."""
    return max(theme.px(18), QFontMetrics(theme.font("micro", bold=True)).horizontalAdvance(code) + theme.px(7))


def paint_muster(painter: QPainter, theme: Theme, at: QPointF, code: str) -> None:
    """Paint the boxed code of a muster point."""
    paint_code(painter, theme, muster_rect(theme, at, code), code)


def base_rect(theme: Theme, at: QPointF, code: str) -> QRectF:
    """Return where the diamond of response teams stands: right of its muster point's box."""
    box = muster_rect(theme, at, code)
    side = theme.px(19)
    return QRectF(box.right() + theme.px(3), box.center().y() - side / 2, side, side)


def paint_base(painter: QPainter, theme: Theme, rect: QRectF, teams: int) -> None:
    """Paint the diamond of response teams with their number."""
    middle = rect.center()
    painter.setPen(QPen(theme.color("landB"), 1))
    painter.setBrush(theme.color("text"))
    painter.drawPolygon(
        QPolygonF(
            (
                QPointF(middle.x(), rect.top()),
                QPointF(rect.right(), middle.y()),
                QPointF(middle.x(), rect.bottom()),
                QPointF(rect.left(), middle.y()),
            )
        )
    )
    painter.setFont(theme.font("micro", bold=True))
    painter.setPen(theme.color("surface"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(teams))


class Signs:
    """The signs as pictures, each painted once: hundreds of them are put in a frame.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._made: dict[object, QPixmap] = {}
        theme.changed.connect(self._made.clear)

    def put(self, painter: QPainter, at: QPointF, key: object, paint: Paint, *, exact: bool) -> None:
        """Paint a sign around a place; `exact` without a picture of it, for paper."""
        if exact:
            paint(painter, at)
            return
        half = self._theme.px(22)
        stamp = self._made.get(key)
        if stamp is None:
            stamp = self._made[key] = self._stamp(half, paint)
        painter.drawPixmap(QPointF(at.x() - half, at.y() - half), stamp)

    def _stamp(self, half: int, paint: Paint) -> QPixmap:
        app = QGuiApplication.instance()
        ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
        stamp = QPixmap(round(2 * half * ratio), round(2 * half * ratio))
        stamp.setDevicePixelRatio(ratio)
        stamp.fill(Qt.GlobalColor.transparent)
        painter = QPainter(stamp)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, QPointF(half, half))
        painter.end()
        return stamp
