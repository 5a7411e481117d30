"""The map itself: painted, dragged, zoomed, clicked, and worked by keys."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.services.map import MapWeek
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.map.paint import MapPainter
from patrol_desk.ui.pages.map.picture import Chosen, Picture
from patrol_desk.ui.pages.map.sight import Sight
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import IconButton
from patrol_desk.ui.widgets.heard import Role
from patrol_desk.ui.widgets.painting import box, ring

STEP = 1.3
PAN_PX = 60
NEAR_SCALE = 0.12
"""Pixels a metre at which a place that was sought is shown."""
_DRAG_PX = 4
_KEYS = {
    Qt.Key.Key_Left: (PAN_PX, 0),
    Qt.Key.Key_Right: (-PAN_PX, 0),
    Qt.Key.Key_Up: (0, PAN_PX),
    Qt.Key.Key_Down: (0, -PAN_PX),
}


class MapCanvas(QWidget):
    """Shows a `Picture`; what the user points at goes out as signals.

    Parameters
    ----------
    theme
        Gives the look.
    """

    heard_as: ClassVar = Role.Graphic

    picked = Signal(object)
    """A `Chosen` that was clicked or reached by Tab; None for nothing."""
    pointed = Signal(float, float)
    """A place on the ground, metres east and north, while `pointing` is on."""
    stopped = Signal()
    """Esc was pressed."""
    entered = Signal()
    """Enter was pressed on what is chosen."""
    moved = Signal()
    """Another part of the ground is in sight."""
    shift_asked = Signal(int)
    """Shifts to go: 1 or -1."""
    play_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.picture = Picture()
        self.sight = Sight()
        self.painter = MapPainter(theme)
        self.pointing = False
        self.hint: Callable[[], str] = str
        """What is to be done while `pointing` is on, in the language in force; painted at the head of the map."""
        self._said: Callable[[], str] = str
        self._fitted = False
        self._pressed: QPointF | None = None
        self._dragging = False
        self._leave_by_tab = False
        self.setObjectName("map_canvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._buttons = self._add_buttons()
        theme.changed.connect(self._restyle)
        self.retranslate()

    def _add_buttons(self) -> Sequence[IconButton]:
        made = []
        for name, icon, run in (
            ("map_nearer", "plus", self.nearer),
            ("map_farther", "minus", self.farther),
            ("map_fit", "crosshair", self.fit),
        ):
            button = IconButton(self._theme, icon, "plain")
            button.setObjectName(name)
            button.clicked.connect(run)
            button.setParent(self)
            made.append(button)
        return made

    @override
    def sizeHint(self) -> QSize:
        return QSize(800, 520)

    def retranslate(self) -> None:
        """Set the words of the current language."""
        for button, (text, keys) in zip(
            self._buttons, ((tr("放大"), "+"), (tr("缩小"), "-"), (tr("全图"), "0")), strict=True
        ):
            button.set_name(text, keys)
        self.tell(self._said)

    def tell(self, words: Callable[[], str]) -> None:
        """Tell screen readers what is chosen or measured, and again after a change of language."""
        self._said = words
        self.setAccessibleName(f"{tr('地图')}: {words()}" if words() else tr("地图"))

    # What is shown

    def show_week(self, week: MapWeek) -> None:
        """Show a week's map; the first one is fitted, later ones stay where the user is."""
        old, self.picture.week = self.picture.week, week
        if old is not None and week.plane != old.plane:
            lon, lat = old.plane.back(self.sight.east, self.sight.north)
            self.sight = self.sight.centred(*week.plane.at(lon, lat))
        if not self._fitted:
            self.fit()
        self.update()

    def look(self, sight: Sight) -> None:
        """Show another part of the ground."""
        self.sight = sight
        self.moved.emit()
        self.update()

    def fit(self) -> None:
        """Show the town; where that is in sight already, everything, however far out it lies."""
        week = self.picture.week
        if week is None or week.core is None or week.box is None:
            return
        town = self.sight.fitted(week.core)
        self._fitted = self.isVisible()
        self.look(self.sight.fitted(week.box) if self.sight == town else town)

    def nearer(self) -> None:
        """Zoom in."""
        self.look(self.sight.zoomed(STEP))

    def farther(self) -> None:
        """Zoom out."""
        self.look(self.sight.zoomed(1 / STEP))

    def locate(self, east: float, north: float) -> None:
        """Bring a place to the middle, near enough to read what is around it."""
        self.look(self.sight.centred(east, north, NEAR_SCALE))

    def bring_into_sight(self, chosen: Chosen) -> None:
        """Move the ground just when something lies outside or close to the edge."""
        place = self.picture.place(chosen)
        if place is not None:
            at = self.sight.at(*place)
            if not self.sight.holds(*at, -40):
                self.look(self.sight.centred(*place))

    # Painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.painter.paint(painter, self.picture, self.sight)
        if self.pointing:
            self._cross(painter)
            self._paint_hint(painter)
        if self.hasFocus():
            ring(painter, self._theme, self.rect(), 0)
        painter.end()
        if self.painter.stamps.waiting:
            # The rest of the words get their rim in the next frames.
            self.update()

    def _cross(self, painter: QPainter) -> None:
        middle, arm = QPointF(self.width() / 2, self.height() / 2), self._theme.px(9)
        painter.setPen(QPen(self._theme.color("accentText"), 1.5))
        painter.drawLine(middle - QPointF(arm, 0), middle + QPointF(arm, 0))
        painter.drawLine(middle - QPointF(0, arm), middle + QPointF(0, arm))

    def _paint_hint(self, painter: QPainter) -> None:
        px, text = self._theme.px, self.hint()
        if not text:
            return
        painter.setFont(self._theme.font("body"))
        width = min(painter.fontMetrics().horizontalAdvance(text) + px(28), self.width() - px(110))
        room = QRect(px(12), px(12), width, px(32))
        box(painter, room, self._theme.color("accentSoft"), self._theme.color("accentLine"), 4)
        painter.setPen(self._theme.color("accentText"))
        inside = room.adjusted(px(12), 0, -px(12), 0)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, shown)

    def _restyle(self) -> None:
        self.painter.ground.forget()
        self._place_buttons()
        self.update()

    def _place_buttons(self) -> None:
        px = self._theme.px
        top = px(12)
        for button in self._buttons:
            size = button.sizeHint()
            button.setGeometry(self.width() - size.width() - px(12), top, size.width(), size.height())
            top += size.height() + px(4)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.sight = self.sight.resized(self.width(), self.height())
        self._place_buttons()
        if not self._fitted:
            self.fit()
        self.moved.emit()
        super().resizeEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._leave_by_tab = False
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    # Mouse

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragging = event.position(), False

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed is None:
            self._set_cursor(at)
            return
        way = at - self._pressed
        if self._dragging or way.manhattanLength() > _DRAG_PX:
            self._dragging, self._pressed = True, at
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.look(self.sight.moved(way.x(), way.y()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        at, dragged = event.position(), self._dragging
        self._pressed, self._dragging = None, False
        self._set_cursor(at)
        if dragged:
            return
        if self.pointing:
            self.pointed.emit(*self.sight.ground(at.x(), at.y()))
        else:
            self.picked.emit(self.painter.hit(self.picture, self.sight, at.x(), at.y()))

    def _set_cursor(self, at: QPointF) -> None:
        if self.pointing:
            self.setCursor(Qt.CursorShape.CrossCursor)
            return
        over = self.painter.hit(self.picture, self.sight, at.x(), at.y()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        turn, at = event.angleDelta().y() / 120, event.position()
        if turn:
            self.look(self.sight.zoomed(STEP**turn, at.x(), at.y()))
        event.accept()

    # Keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shifted = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and shifted:
            self.shift_asked.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key in _KEYS:
            self.look(self.sight.moved(*_KEYS[key]))
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.nearer()
        elif key in {Qt.Key.Key_Minus, Qt.Key.Key_Underscore}:
            self.farther()
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_Space:
            self._space()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self._leave_by_tab = True
            self.stopped.emit()
        else:
            super().keyPressEvent(event)

    def _space(self) -> None:
        if self.pointing:
            self._point_at_middle()
        else:
            self.play_asked.emit()

    def _enter(self) -> None:
        if self.pointing:
            self._point_at_middle()
        else:
            self.entered.emit()

    def _point_at_middle(self) -> None:
        """Point without a mouse: the arrow keys bring the place to the middle, where a cross is painted."""
        self.pointed.emit(self.sight.east, self.sight.north)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Go through the shift's posts by coverage; after Esc, or past either end, the focus leaves."""
        week, shift = self.picture.week, self.picture.shift
        if week is None or shift < 0 or self._leave_by_tab or self.pointing or not self.hasFocus():
            return super().focusNextPrevChild(next)
        order = week.by_coverage(shift)
        chosen = self.picture.chosen
        if chosen is None or chosen[0] != "post" or chosen[1] not in order:
            place = 0 if next else len(order) - 1
        else:
            place = order.index(chosen[1]) + (1 if next else -1)
        if not 0 <= place < len(order):
            return super().focusNextPrevChild(next)
        self.picked.emit(("post", order[place]))
        return True
