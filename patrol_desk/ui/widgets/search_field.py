"""The field one types into to find something: answers while typing, Esc clears, Down goes to the results."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import IconButton
from patrol_desk.ui.widgets.painting import key_cap, key_cap_size


class SearchField(QLineEdit):
    """A line with a magnifier that tells every change of what is sought.

    Parameters
    ----------
    theme
        Gives colours and icons.
    keys
        What the cap at the right shows while the field is empty.

    Attributes
    ----------
    target
        The view that Down goes to; None keeps the focus.
    """

    changed = Signal(str)

    def __init__(self, theme: Theme, keys: str = "/", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys = keys
        self.target: QWidget | None = None
        self._clear = IconButton(theme, "x", small=True, parent=self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.PointingHandCursor)
        self._clear.hide()
        self._clear.clicked.connect(self.clear)
        self.textChanged.connect(self._said)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self._clear.set_name(tr("清除"))
        if not self.accessibleName():
            self.setAccessibleName(tr("搜索"))

    def set_hint(self, text: str) -> None:
        """Set what the empty field shows, which is also its accessible name."""
        self.setPlaceholderText(text)
        self.setAccessibleName(text)

    def focus(self) -> None:
        """Take the focus and select what is there."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _said(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.changed.emit(text)

    def _restyle(self) -> None:
        px = self._theme.px
        self.setFixedHeight(px(30))
        self.setTextMargins(px(22), 0, px(24), 0)
        self._place_clear()
        self.update()

    def _place_clear(self) -> None:
        size = self._clear.sizeHint()
        self._clear.setGeometry(
            self.width() - size.width() - 3, (self.height() - size.height()) // 2, size.width(), size.height()
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_clear()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        size = self._theme.px(15)
        mark = self._theme.pixmap("search", "text3", 15)
        painter.drawPixmap(self._theme.px(8), (self.height() - size) // 2, mark)
        if self._keys and not self.text() and not self.hasFocus():
            font = self._theme.font("micro")
            cap = key_cap_size(font, self._keys)
            frame = self.rect()
            frame.setLeft(self.width() - cap.width() - self._theme.px(7))
            frame.setSize(cap)
            frame.moveTop((self.height() - cap.height()) // 2)
            key_cap(painter, font, frame, self._keys, self._theme.color("text3"))
        painter.end()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down and self.target is not None:
            self._to_target(self.target)
        else:
            super().keyPressEvent(event)

    def _to_target(self, target: QWidget) -> None:
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(target, QAbstractItemView) and not target.selectionModel().hasSelection():
            # A view that gets the focus makes its first row the current one, but does not choose it.
            current = target.currentIndex()
            target.setCurrentIndex(current if current.isValid() else target.model().index(0, 0))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
