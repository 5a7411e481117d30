"""The life of a checkpoint as a line of four steps: planned, active, suspended, closed."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.models import CheckpointStatus
from patrol_desk.services.places.rows import LifeStep
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import date_text
from patrol_desk.ui.pages.places.words import status_text
from patrol_desk.ui.theme import Theme


class LifeLine(QWidget):
    """Shows which status holds and when each was reached, as far as that is known.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._steps: tuple[LifeStep, ...] = ()
        self._now = CheckpointStatus.PLANNED
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_life(self, steps: tuple[LifeStep, ...], now: CheckpointStatus) -> None:
        """Show a life and the status that holds."""
        self._steps, self._now = steps, now
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self.setAccessibleName(tr("当前状态：{status}", status=status_text(self._now)))
        self.setAccessibleDescription(tr("，|joint").join(self._text(step) for step in self._steps))
        self.update()

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(24))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(420), self._theme.px(24))

    def _text(self, step: LifeStep) -> str:
        word = status_text(step.status)
        if step.status is CheckpointStatus.CLOSED and self._now is not CheckpointStatus.CLOSED and not step.coming:
            return tr("关闭（保留记录）")
        if step.on is None:
            return word
        if step.coming:
            return tr("{day} 起将{status}", status=word, day=step.on)
        if step.status is self._now:
            return tr("{status} {day} 起", status=word, day=step.on)
        return f"{word} {date_text(step.on)}"

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._steps:
            return
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap, middle = theme.px(8), self.height() / 2
        fonts = [theme.font("secondary", bold=step.status is self._now) for step in self._steps]
        texts = [self._text(step) for step in self._steps]
        widths = []
        for font, text in zip(fonts, texts, strict=True):
            painter.setFont(font)
            widths.append(painter.fontMetrics().horizontalAdvance(text) + theme.px(20))
        room = max((self.width() - sum(widths)) / max(len(widths) - 1, 1), 2 * gap)
        x = 0.0
        for number, (step, text, width) in enumerate(zip(self._steps, texts, widths, strict=True)):
            painter.setFont(fonts[number])
            self._paint_step(painter, QPointF(x + theme.px(6), middle), step)
            painter.setPen(theme.color(self._role(step)))
            place = QRectF(x + theme.px(17), 0, width, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, text)
            if number + 1 < len(widths):
                painter.setPen(QPen(theme.color("line2"), 1))
                painter.drawLine(QPointF(x + width + gap, middle), QPointF(x + width + room - gap, middle))
            x += width + room
        painter.end()

    def _role(self, step: LifeStep) -> str:
        if step.status is self._now:
            return "amber" if self._now is CheckpointStatus.SUSPENDED else "accentText"
        if step.coming:
            return "amber"
        return "text2" if step.on is not None else "text3"

    def _paint_step(self, painter: QPainter, centre: QPointF, step: LifeStep) -> None:
        theme = self._theme
        radius = theme.px(4)
        if step.status is self._now:
            colour = theme.color(self._role(step))
            painter.setPen(QPen(colour, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, radius + 2, radius + 2)
            painter.setBrush(colour)
            painter.drawEllipse(centre, radius - 0.5, radius - 0.5)
        elif step.coming:
            painter.setPen(QPen(theme.color("amber"), 1.2, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, radius, radius)
        elif step.on is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("text3"))
            painter.drawEllipse(centre, radius, radius)
        else:
            painter.setPen(QPen(theme.color("line2"), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, radius, radius)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
