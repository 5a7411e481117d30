"""The day's shifts as cards on a line of time, with a line for now."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import ClassVar

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygon, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from patrol_desk.services.today import DayShift, Phase, TodayView
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.today.card_paint import Card, CardPainter
from patrol_desk.ui.pages.today.timeline import Line, lay_out
from patrol_desk.ui.pages.today.words import phase_text, shift_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.heard import Role
from patrol_desk.ui.widgets.painting import ring

MARGIN = 16
TOP = 10
CARD = 106
AXIS = 30


class ShiftStrip(QWidget):
    """Cards of the shifts, their axis, the line for now.

    Arrow keys move between the cards, Enter and a click choose one.

    Parameters
    ----------
    theme
        Gives colours, fonts and sizes.
    """

    heard_as: ClassVar = Role.Slider

    chosen = Signal(object)
    """The `DayShift` of a card."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view: TodayView | None = None
        self._now = datetime.combine(date.min, time())
        self._line = Line((), ())
        self._cards: list[Card] = []
        self._current = 0
        self._painter = CardPainter(theme)
        self.setObjectName("today_strip")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_day(self, view: TodayView, now: datetime) -> None:
        """Show a day at a moment."""
        self._view, self._now = view, now
        self._cards = [Card.of(shift, view.groups) for shift in view.shifts]
        self._current = min(self._current, max(0, len(view.shifts) - 1))
        self._place()
        self.retranslate()

    def tick(self, now: datetime) -> None:
        """Move the line for now and count down."""
        self._now = now
        self.update()

    def retranslate(self) -> None:
        """Tell screen readers the card in focus."""
        self.setAccessibleName(self._spoken())
        self.update()

    def rects(self) -> list[QRect]:
        """Return where the cards are."""
        px = self._theme.px
        return [QRect(px(MARGIN) + x, px(TOP), width, px(CARD)) for x, width in self._line.places]

    def now_x(self) -> int | None:
        """Return where the line for now is; None when no card is near."""
        place = self._line.at(self._now)
        return None if place is None else self._theme.px(MARGIN) + place

    def _spoken(self) -> str:
        view = self._view
        if view is None or not self._cards:
            return tr("今日班次")
        card = self._cards[self._current]
        phase = phase_text(card.shift, view.phase(card.shift, self._now), self._now)
        return f"{shift_text(card.shift)}, {phase}, {card.heads}/{card.desired}, {card.standing[0]}"

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(TOP + CARD + AXIS))
        self._place()
        self.update()

    def _place(self) -> None:
        if self._view is not None:
            spans = [(shift.starts_at, shift.ends_at) for shift in self._view.shifts]
            self._line = lay_out(spans, self.width() - 2 * self._theme.px(MARGIN), self._theme.px(4))

    @property
    def shifts(self) -> Sequence[DayShift]:
        """The shifts shown."""
        return () if self._view is None else self._view.shifts

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._view
        if view is None:
            return
        painter = QPainter(self)
        for number, (card, rect) in enumerate(zip(self._cards, self.rects(), strict=True)):
            if not event.rect().intersects(rect):
                continue
            self._painter.paint(painter, rect, card, view.phase(card.shift, self._now), self._now)
            if self.hasFocus() and number == self._current:
                ring(painter, self._theme, rect.adjusted(-1, -1, 1, 1))
        self._paint_axis(painter)
        self._paint_now(painter, view)
        painter.end()

    def _paint_axis(self, painter: QPainter) -> None:
        theme, px = self._theme, self._theme.px
        y = px(TOP + CARD) + px(3)
        left = px(MARGIN)
        painter.fillRect(left, y, self.width() - 2 * left, 1, theme.color("line2"))
        painter.setFont(theme.font("micro"))
        painter.setPen(theme.color("text3"))
        now = self._line.at(self._now)
        for x, moment in self._line.ticks(px(60)):
            if now is not None and abs(x - now) < px(30):
                continue
            room = QRect(left + x - px(20), y + px(4), px(40), px(16))
            room.moveLeft(min(max(room.left(), left), self.width() - left - room.width()))
            side = Qt.AlignmentFlag.AlignHCenter
            if x < px(10):
                side = Qt.AlignmentFlag.AlignLeft
            elif x > self.width() - 2 * left - px(10):
                side = Qt.AlignmentFlag.AlignRight
            painter.drawText(room, side, f"{moment.hour:02d}")

    def _paint_now(self, painter: QPainter, view: TodayView) -> None:
        x = self.now_x()
        if x is None:
            return
        theme, px = self._theme, self._theme.px
        inside = any(view.phase(shift, self._now) is Phase.RUNNING for shift in view.shifts)
        y = px(TOP + CARD) + px(3)
        top = px(TOP + CARD - 34) if inside else y - px(5)
        painter.fillRect(x - 1, top, 2, y - top + px(4), theme.color("redFill"))
        if inside:
            half = px(4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("redFill"))
            painter.drawPolygon(QPolygon([QPoint(x - half, top), QPoint(x + half, top), QPoint(x, top + half)]))
        box = QRect(x - px(18), y + px(3), px(36), px(17))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("redFill"))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(theme.color("onAccent"))
        painter.setFont(theme.font("micro", bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{self._now:%H:%M}")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)

    def _card_at(self, point: QPoint) -> int:
        return next((number for number, rect in enumerate(self.rects()) if rect.contains(point)), -1)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._card_at(event.position().toPoint()) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self._card_at(event.position().toPoint())
        if number >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._current = number
            self._choose()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and self.shifts:
            self._current = min(max(self._current + step, 0), len(self.shifts) - 1)
            self.retranslate()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._choose()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _choose(self) -> None:
        if self.shifts:
            self.chosen.emit(self.shifts[self._current])
