"""Signs of places that tables, heads and legends paint alike; none is told by colour alone."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from patrol_desk.models import CheckpointKind, CheckpointStatus
from patrol_desk.ui.pages.places.words import kind_mark
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import box

KIND_BOX = 18
TIERS = 3


def paint_kind(painter: QPainter, theme: Theme, rect: QRect, kind: CheckpointKind) -> None:
    """Paint the boxed character of a kind; a joint gate's is inverse."""
    inverse = kind is CheckpointKind.JOINT_GATE
    fill, border = (theme.color("text"), None) if inverse else (None, theme.color("text3"))
    box(painter, rect, fill, border, 3)
    painter.save()
    painter.setFont(theme.font("secondary"))
    painter.setPen(theme.color("surface" if inverse else "text2"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, kind_mark(kind))
    painter.restore()


def paint_tier(painter: QPainter, theme: Theme, left: int, middle: int, tier: int) -> int:
    """Paint three bars of which as many are filled as the place is important; return the x behind them."""
    width, gap = theme.px(4), theme.px(1)
    for number in range(TIERS):
        height = theme.px(5 + 3 * number)
        bar = QRect(left + number * (width + gap), middle + theme.px(5) - height, width, height)
        painter.fillRect(bar, theme.color("text2" if number <= TIERS - tier else "line2"))
    return left + TIERS * (width + gap)


def status_colour(status: CheckpointStatus) -> str:
    """Return the colour role of a status's word."""
    return {
        CheckpointStatus.ACTIVE: "text2",
        CheckpointStatus.PLANNED: "text2",
        CheckpointStatus.SUSPENDED: "amber",
        CheckpointStatus.CLOSED: "text3",
    }[status]


def paint_status(painter: QPainter, theme: Theme, centre: QPoint, status: CheckpointStatus) -> None:
    """Paint a disc (active), a ring (planned), two bars (suspended) or a stroke (closed)."""
    colour = theme.color(status_colour(status))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    size = theme.px(8)
    mark = QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size)
    if status is CheckpointStatus.ACTIVE:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(mark)
    elif status is CheckpointStatus.PLANNED:
        painter.setPen(QPen(colour, 1.5))
        painter.drawEllipse(mark.adjusted(0.75, 0.75, -0.75, -0.75))
    elif status is CheckpointStatus.SUSPENDED:
        bar = theme.px(3)
        for x in (mark.left(), mark.right() - bar):
            painter.fillRect(QRectF(x, mark.top() - 0.5, bar, size + 1), colour)
    else:
        painter.setPen(QPen(colour, 1.5))
        painter.drawLine(QPointF(mark.left(), mark.center().y()), QPointF(mark.right(), mark.center().y()))
    painter.restore()


def paint_code(painter: QPainter, theme: Theme, rect: QRect, code: str) -> None:
    """Paint the square that stands for a muster point, with its code in it."""
    box(painter, rect, theme.color("surface"), theme.color("text"), 3, max(1, theme.px(1.5)))
    painter.save()
    painter.setFont(theme.font("micro", bold=True))
    painter.setPen(theme.color("text"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, code)
    painter.restore()
