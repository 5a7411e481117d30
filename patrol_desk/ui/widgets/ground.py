"""What lies between a page and the surface of an overlay, so that the page is not painted for what nobody sees."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from patrol_desk.ui.theme import Theme


class Ground(QWidget):
    """An opaque piece of the window right under an overlay, shown and freed with it.

    Qt leaves out what an opaque sibling covers, but an overlay with a veil and round corners is none: each key typed
    into it would paint the whole page behind it again.

    Parameters
    ----------
    theme
        Gives the colour.
    overlay
        A child of the window.
    role
        Colour of the overlay's surface.
    """

    def __init__(self, theme: Theme, overlay: QWidget, role: str) -> None:
        super().__init__(overlay.parentWidget())
        self._theme = theme
        self._role = role
        self._overlay = overlay
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        overlay.installEventFilter(self)
        overlay.destroyed.connect(self.deleteLater)
        theme.changed.connect(self.update)

    def cover(self, rect: QRect) -> None:
        """Lie under a rectangle of the window, in which the overlay is opaque."""
        self.setGeometry(rect)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self.show()
            self.stackUnder(self._overlay)
        elif event.type() == QEvent.Type.ZOrderChange:
            self.stackUnder(self._overlay)
        elif event.type() == QEvent.Type.Hide:
            self.hide()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.color(self._role))
        painter.end()
