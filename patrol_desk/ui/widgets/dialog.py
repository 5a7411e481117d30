"""A dialog over the window: the rest stays in sight under a veil, and keys stay inside."""

import asyncio
from typing import Final, cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QRegion, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.dialog_place import MARGIN, place_of
from patrol_desk.ui.widgets.ground import Ground
from patrol_desk.ui.widgets.labels import ElidedLabel, Label
from patrol_desk.ui.widgets.painting import box
from patrol_desk.ui.widgets.reading_order import begin_at, stops_within, tab_on

HEAD: Final = 44
FOOT: Final = 56
PADDING: Final = 20
_ROUND: Final = 3
"""Within the panel by so much, px, its round corners are full."""
_LEAST: Final = 4
"""Margin above and below a dialog that would otherwise be cut."""
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_ALWAYS: Final = ("Ctrl+=", "Ctrl++", "Ctrl+-", "Ctrl+0", "F1")
"""Shortcuts of the window that work in a dialog too: size of text, help."""
_LANGUAGE: Final = "Ctrl+Shift+L"
"""Works in a dialog that says its words anew; others would stand there in two languages."""


def _ancestors(widget: QWidget | None) -> tuple[QWidget, ...]:
    """Return what a widget stands in, the nearest first."""
    found: list[QWidget] = []
    above = None if widget is None else widget.parentWidget()
    while above is not None:
        found.append(above)
        above = above.parentWidget()
    return tuple(found)


class _Panel(QWidget):
    """The dialog's own surface, with its head and its foot."""

    asked = Signal()
    """What it holds asks for another size."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.has_foot = False
        theme.changed.connect(self.update)

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.asked.emit()
        return done

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        color, px = self._theme.color, self._theme.px
        painter = QPainter(self)
        box(painter, self.rect(), color("surface"), None, 8)
        if self.has_foot:
            painter.save()
            painter.setClipRect(0, self.height() - px(FOOT), self.width(), px(FOOT))
            box(painter, self.rect(), color("sunken"), None, 8)
            painter.restore()
            painter.fillRect(0, self.height() - px(FOOT), self.width(), 1, color("line"))
        painter.fillRect(0, px(HEAD) - 1, self.width(), 1, color("line"))
        box(painter, self.rect(), None, color("line2"), 8)
        painter.end()


class Dialog(QWidget):
    """A dialog as a child of the window; freed once closed.

    Enter and Ctrl+Enter press the primary button, Esc rejects, Tab goes round inside. Subclasses override `accepting`
    to keep it open.

    Parameters
    ----------
    host
        The window.
    theme
        Gives colours and sizes.
    width
        Of the dialog at 100 %; less when the window is narrower.
    height
        The same; None: as its content asks.

    Attributes
    ----------
    body_layout
        Where the content goes.
    finished
        Sent once with whether it was accepted.
    """

    finished = Signal(bool)

    def __init__(self, host: QWidget, theme: Theme, *, width: int = 520, height: int | None = None) -> None:
        super().__init__(host)
        self._host = host
        self._theme = theme
        self._wanted = (width, height)
        self._primary: Button | None = None
        self._first: QWidget | None = None
        self._clear = QRect()
        self._open = True
        self._flush = False
        self._before = QApplication.focusWidget()
        self._around = _ancestors(self._before)
        self._panel = _Panel(theme, self)
        self._ground = Ground(theme, self, "surface")
        self._build()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        host.installEventFilter(self)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()
        self.hide()
        if height is None:
            self._panel.asked.connect(self._grow)

    def _build(self) -> None:
        self._title, self._sub = Label("object"), ElidedLabel("muted")
        self._close = IconButton(self._theme, "x", small=True)
        self._close.setObjectName("dialogClose")
        self._close.clicked.connect(self.reject)
        self._head_row = QHBoxLayout()
        self._head_row.setSpacing(8)
        self._head_row.addWidget(self._title)
        self._head_row.addWidget(self._sub, 1)
        self._head_row.addWidget(self._close)
        self.body_layout = QVBoxLayout()
        self._foot_row = QHBoxLayout()
        self._foot_row.setSpacing(8)
        self._column = QVBoxLayout(self._panel)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._head_row)
        self._column.addLayout(self.body_layout, 1)
        self._column.addLayout(self._foot_row)

    def _restyle(self) -> None:
        px = self._theme.px
        self._head_row.setContentsMargins(px(PADDING), px(7), px(10), px(HEAD) - px(7) - px(30))
        if self._flush:
            self.body_layout.setContentsMargins(0, 0, 0, 0)
        else:
            self.body_layout.setContentsMargins(px(PADDING), px(12), px(PADDING), px(16))
        self.body_layout.setSpacing(0 if self._flush else px(8))
        self._close.setFixedHeight(px(30))
        if self._panel.has_foot:
            gap = (px(FOOT) - px(30)) // 2
            self._foot_row.setContentsMargins(px(PADDING), gap, px(PADDING), px(FOOT) - px(30) - gap)
        self._arrange()
        self.update()

    def retranslate(self) -> None:
        """Set the words of the current language; subclasses call it first in theirs."""
        self._close.set_name(tr("关闭"), "Esc")

    # Filling

    def head(self, title: str, sub: str = "") -> None:
        """Set the title and the muted line beside it."""
        self._title.setText(title)
        self._sub.setText(sub)
        self.setAccessibleName(title)

    def add_to_head(self, widget: QWidget) -> None:
        """Put a chip after the title."""
        self._head_row.insertWidget(self._head_row.indexOf(self._sub), widget)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below what the body holds."""
        self.body_layout.addWidget(widget, stretch)

    def add_layout(self, layout: QLayout) -> None:
        """Put a layout below what the body holds."""
        self.body_layout.addLayout(layout)

    def flush(self) -> None:
        """Take the margins of the body away, for tables that reach the edges."""
        self._flush = True
        self._restyle()

    def foot(self, primary: Button, *others: Button, left: QWidget | None = None) -> None:
        """Fill the foot: `left`, then at the right the others and last the primary, which accepts.

        What the others do their maker connects, for instance to `reject`.
        """
        if left is not None:
            self._foot_row.addWidget(left)
        self._foot_row.addStretch(1)
        for button in others:
            self._foot_row.addWidget(button)
        self._foot_row.addWidget(primary)
        self._primary = primary
        self._panel.has_foot = True
        primary.clicked.connect(self.accept)
        self._restyle()

    def first(self, widget: QWidget) -> None:
        """Name the widget that has the focus when the dialog opens; the next one if that is disabled or hidden."""
        self._first = widget

    def keep_clear(self, rect: QRect) -> None:
        """Leave a part of the window uncovered and unveiled: what the dialog is about (in the host's coordinates)."""
        self._clear = rect
        self._arrange()

    def fit(self) -> None:
        """Take the height that the content asks for now, after a part of it was shown or hidden."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self._arrange()

    # Opening and closing

    def open(self) -> None:
        """Show the dialog over the whole window and give it the focus."""
        self._arrange()
        self.show()
        self.raise_()
        self.fit()  # parts that are hidden take no room
        inside = self._stops()
        first = self._first
        wanted = first if first is not None and first.isEnabled() and first.isVisibleTo(self) else None
        start = wanted or next((stop for stop in inside if stop is not self._close), None) or self._close
        begin_at(start)

    async def ask(self) -> bool:
        """Open, wait for the answer and say whether it was accepted; a cancelled wait closes the dialog."""
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

        def settle(accepted: bool) -> None:
            if not answer.done():
                answer.set_result(accepted)

        self.finished.connect(settle)
        self.open()
        try:
            return await answer
        finally:
            if isValid(self):
                self.reject()

    def accepting(self) -> bool:
        """Say whether the dialog may close as accepted; False keeps it open."""
        return True

    def accept(self) -> None:
        """Close as accepted, unless `accepting` says no."""
        if self._open and self.accepting():
            self._done(accepted=True)

    def reject(self) -> None:
        """Close without accepting."""
        if self._open:
            self._done(accepted=False)

    def _done(self, *, accepted: bool) -> None:
        self._open = False
        self._host.removeEventFilter(self)
        self.hide()
        self._give_back()
        self.finished.emit(accepted)
        self.deleteLater()

    def _give_back(self) -> None:
        """Give the focus to what had it before, or where that has gone, to the first stop around it."""
        for widget in (self._before, *self._around):
            if widget is None or not isValid(widget) or not widget.isVisible():
                continue
            stops = [widget] if widget is self._before else stops_within(widget)
            if stops:
                stops[0].setFocus(Qt.FocusReason.PopupFocusReason)
                return

    # Geometry

    def _arrange(self) -> None:
        host = self._host
        self.setGeometry(host.rect())
        px, room = self._theme.px, host.size() - QSize(2 * MARGIN, 2 * MARGIN)
        width, height = self._wanted
        size = QSize(min(px(width), room.width()), 0)
        natural = self._natural(size.width())
        # What does not fit with the margins around it takes nearly the whole height.
        most = room.height() if height is not None or natural <= room.height() else host.height() - 2 * _LEAST
        size.setHeight(min(natural if height is None else px(height), most))
        self._panel.setGeometry(QRect(place_of(size, self.size(), self._clear), size))
        inside = self._panel.geometry().adjusted(_ROUND, _ROUND, -_ROUND, -_ROUND)
        self._ground.cover(inside.translated(self.pos()))

    def _grow(self) -> None:
        """Follow what is shown or said anew in the open dialog."""
        if self._open and self.isVisible():
            self._arrange()

    def _natural(self, width: int) -> int:
        """Return the height that the content asks for in a width."""
        if self._column.hasHeightForWidth():
            # The size hint takes lines that are broken to be narrow, and so asks for too much.
            return self._column.totalHeightForWidth(width)
        return self._panel.sizeHint().height()

    @property
    def is_short_of_room(self) -> bool:
        """Whether the content asks for more height than there is."""
        return self._natural(self._panel.width()) > self._panel.height()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        veiled = QRegion(self.rect())
        if not self._clear.isEmpty():
            veiled -= QRegion(self._clear)
        painter.setClipRegion(veiled)
        painter.fillRect(self.rect(), self._theme.color("scrim"))
        painter.end()

    # Keys and mouse stay inside

    def _stops(self) -> list[QWidget]:
        """Return what Tab stops at, in order."""
        return stops_within(self._panel)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return tab_on(self._panel, forward=next) or True

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._own(cast("QKeyEvent", event)):
            event.accept()
            return True
        return super().event(event)

    def _own(self, event: QKeyEvent) -> bool:
        """Say whether a key is the dialog's and not a shortcut of the window behind it."""
        pressed = QKeySequence(event.keyCombination())
        speaks = type(self).retranslate is not Dialog.retranslate
        if any(pressed == QKeySequence(keys) for keys in (*_ALWAYS, *([_LANGUAGE] if speaks else ()))):
            return False
        mine = [shortcut.key() for shortcut in self.findChildren(QShortcut)]
        return pressed not in mine

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.key() in _ENTER and self._primary is not None and self._primary.isEnabled():
            self._primary.click()
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._host:
            self._arrange()
        return False

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
