"""Carrying somebody to a cell, or a duty to somebody, by mouse or by keys: the cell below shows what would happen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.roster.grid.framing import Frame
from patrol_desk.ui.pages.roster.grid.lined import LineGrid
from patrol_desk.ui.pages.roster.grid.view import RosterGrid
from patrol_desk.ui.pages.roster.inspector.drawing import text, tick
from patrol_desk.ui.pages.roster.moving.surfaces import Landing, Spot, Surface
from patrol_desk.ui.pages.roster.moving.verdict import Mover, Post
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import box

_EDGE = 26
_STEP_MS = 30
_TONES = {"ok": "green", "warn": "amber", "block": "red"}


class Ghost(QWidget):
    """The name that goes along with the mouse, and in a second line what stands against the cell below.

    Parameters
    ----------
    theme
        Gives the look.
    host
        The window.
    mover
        Who or what is carried.
    """

    def __init__(self, theme: Theme, host: QWidget, mover: Mover | Post) -> None:
        super().__init__(host)
        self._theme = theme
        self._mover = mover
        self._words, self._tone = "", "text3"
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setObjectName("carry_ghost")
        self.resize(self.sizeHint())

    def say(self, words: str, tone: str) -> None:
        """Show what stands against the cell below."""
        self._words, self._tone = words, tone
        self.setAccessibleName(f"{self._mover.name} {words}")
        self.resize(self.sizeHint())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        px = self._theme.px
        name = QFontMetrics(self._theme.font("body", bold=True)).horizontalAdvance(self._mover.name) + px(54)
        words = QFontMetrics(self._theme.font("secondary")).horizontalAdvance(self._words) + px(20)
        return QSize(min(max(name, words if self._words else 0), px(420)), px(48 if self._words else 28))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        box(painter, self.rect(), theme.color("raised"), theme.color("accentLine"), 4)
        side = px(14)
        painter.drawPixmap(px(7), (px(28) - side) // 2, theme.pixmap("grip-vertical", "text3", 14))
        left = tick(painter, theme, px(26), px(14), self._mover.colour)
        first = self.rect().adjusted(left, 0, -px(8), px(28) - self.height())
        text(painter, theme, first, self._mover.name, role="body", colour="text", bold=True)
        if self._words:
            second = self.rect().adjusted(px(9), px(25), -px(8), -px(3))
            text(painter, theme, second, self._words, role="secondary", colour=self._tone)
        painter.end()


class Carry(QObject):
    """One carrying at a time.

    Parameters
    ----------
    surfaces
        Where something can be carried to, the usual one first.
    host
        The window.
    """

    dropped = Signal(object, object, object)
    """The `Landing`, the surface and the cell on it."""
    ended = Signal()

    def __init__(self, surfaces: Sequence[Surface], host: QWidget) -> None:
        super().__init__(surfaces[0].grid)
        self._usual = self._surface = surfaces[0]
        self._host = host
        self._mover: Mover | Post | None = None
        self._ghost: Ghost | None = None
        self._keys = False
        self._target: tuple[Spot, Landing] | None = None
        self._point = QPoint()
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._scroll)
        for surface in surfaces:
            surface.grid.moved_to.connect(self._stepped)

    @property
    def active(self) -> bool:
        """Whether somebody is being carried."""
        return self._mover is not None

    @property
    def _grid(self) -> RosterGrid | LineGrid:
        return self._surface.grid

    def begin(self, mover: Mover | Post, point: QPoint, *, keys: bool = False, over: Surface | None = None) -> None:
        """Take somebody or a duty up: with the mouse at a place on the screen, or by keys at the current cell."""
        self.cancel()
        self._surface = over or self._usual
        self._mover, self._keys = mover, keys
        self._ghost = Ghost(self._grid.theme, self._host, mover)
        self._ghost.show()
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)
        if keys:
            self._grid.setFocus()
            self._stepped()
            return
        QApplication.setOverrideCursor(Qt.CursorShape.ClosedHandCursor)
        self._timer.start()
        self._move(point)

    def drop(self) -> None:
        """Put the carried one down where the frame is; nothing happens where there is none."""
        target = self._target
        self._end()
        if target is not None:
            self.dropped.emit(target[1], self._surface, target[0])

    def cancel(self) -> None:
        """Put the carried one back."""
        if self._mover is not None:
            self._end()

    def _end(self) -> None:
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        self._timer.stop()
        if not self._keys:
            QApplication.restoreOverrideCursor()
        if self._ghost is not None:
            self._ghost.hide()
            self._ghost.deleteLater()
        self._mover = self._ghost = self._target = None
        self._grid.frame(None)
        self.ended.emit()

    def _move(self, point: QPoint) -> None:
        self._point = point
        view = self._grid.viewport()
        inside = view.mapFromGlobal(point)
        self._aim(self._grid.cell_at(inside) if view.rect().contains(inside) else None)
        if self._ghost is not None:
            at = self._host.mapFromGlobal(point) + QPoint(12, 14)
            at.setX(min(at.x(), self._host.width() - self._ghost.width() - 4))
            self._ghost.move(at)
            self._ghost.raise_()

    def _stepped(self, *_where: int) -> None:
        """Follow the current cell while the keys carry."""
        if self._mover is None or not self._keys:
            return
        here = self._grid.current()
        self._aim(here)
        if here is not None and self._ghost is not None:
            corner = self._grid.viewport().mapToGlobal(self._grid.cell_rect(*here).bottomLeft())
            self._ghost.move(self._host.mapFromGlobal(corner) + QPoint(6, 6))
            self._ghost.raise_()

    def _aim(self, cell: tuple[int, int] | None) -> None:
        mover, ghost = self._mover, self._ghost
        if self._grid.board is None or mover is None or ghost is None:
            return
        if self._target is not None and cell == self._target[0]:
            return
        landing = None if cell is None else self._surface.land(mover, cell)
        if cell is None or landing is None:
            self._target = None
            self._grid.frame(None)
            ghost.say(tr("方向键选格，Enter 放下，Esc 放回") if self._keys else "", "text3")
            return
        self._target = (cell, landing)
        verdict = landing.verdict
        tone = _TONES[verdict.outcome]
        self._grid.frame(Frame(*cell, tone, landing.text, dashed=verdict.outcome == "block"))
        worst = next(iter(verdict.conflicts), None)
        ghost.say("" if worst is None else say(worst.message), tone if verdict.outcome != "ok" else "text2")

    def _scroll(self) -> None:
        """Scroll while the mouse rests at the upper or the lower edge of the cells."""
        view = self._grid.viewport()
        y = view.mapFromGlobal(self._point).y()
        bar = self._grid.verticalScrollBar()
        step = -1 if 0 <= y < _EDGE else 1 if view.height() - _EDGE < y <= view.height() else 0
        if step:
            bar.setValue(bar.value() + step * _EDGE // 2)
            self._move(self._point)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QWidget):
            return False
        kind = event.type()
        if isinstance(event, QKeyEvent) and kind in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}:
            return self._key(event)
        if self._keys or not isinstance(event, QMouseEvent):
            return False
        if kind == QEvent.Type.MouseMove:
            self._move(event.globalPosition().toPoint())
            return True
        if kind == QEvent.Type.MouseButtonRelease:
            self._move(event.globalPosition().toPoint())
            self.drop()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        """Esc puts back; Enter puts down while the keys carry; while the mouse carries all other keys wait."""
        override_ = event.type() == QEvent.Type.ShortcutOverride
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            if not override_:
                self.cancel()
            return True
        if not self._keys:
            event.accept()
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not override_:
            self.drop()
            return True
        return False
