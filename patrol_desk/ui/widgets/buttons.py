"""Buttons: a word that says what will happen, an icon, and the key that does the same."""

from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import box, key_cap, key_cap_size, left_middle, ring

Kind = Literal["plain", "primary", "danger", "ghost", "link"]

GAP = 6
LONE_OUT_OF_USE = 0.45


class Button(QPushButton):
    """A button with an optional icon before its word and an optional key's cap after it.

    Parameters
    ----------
    theme
        Gives colours, fonts and icons.
    icon
        Name of the icon; empty for none.
    kind
        ``primary`` is filled (one per surface), ``danger`` outlined in red, ``ghost`` without a frame, ``link`` text.
    keys
        What the cap shows, "Ctrl+N". The shortcut itself belongs to the page's command.
    small
        24 instead of 30 px high.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str = "",
        kind: Kind = "plain",
        keys: str = "",
        *,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._kind: Kind = kind
        self._keys = keys
        self._small = small
        self._inside = False
        self._terse = self._capless = self._spread = False
        self.setProperty("kind", kind)
        self.setProperty("small", small or kind == "link")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._restyle)

    @property
    def kind(self) -> Kind:
        """How the button looks."""
        return self._kind

    def set_kind(self, kind: Kind) -> None:
        """Change how the button looks."""
        self._kind = kind
        self.setProperty("kind", kind)
        self._restyle()

    def set_icon(self, icon: str) -> None:
        """Change the icon by name."""
        self._icon = icon
        self._restyle()

    def set_keys(self, keys: str) -> None:
        """Change what the key's cap shows."""
        self._keys = keys
        self._restyle()

    def shorten(self, *, terse: bool) -> None:
        """Show the icon alone where there is no room for the word, which then is the tip; or the word again."""
        terse = terse and bool(self._icon) and bool(self.text())
        if terse:
            self.setToolTip(f"{self.text()}  {self._keys}".strip())
        if terse != self._terse:
            self._terse = terse
            if not terse:
                self.setToolTip("")
            self._restyle()

    def spread(self) -> None:
        """Put the word at the left and the key's cap at the right, and let a grid's columns be alike.

        The room for the cap is no part of what the button asks for: where the column is too narrow the cap goes.
        """
        self._spread = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._restyle()

    @property
    def is_terse(self) -> bool:
        """Whether the icon alone is shown."""
        return self._terse

    def natural_width(self, *, terse: bool = False) -> int:
        """Return the width with the word, or with the icon alone."""
        held, self._terse = self._terse, terse and bool(self._icon)
        width = self.sizeHint().width()
        self._terse = held
        return width

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _shown(self) -> tuple[str, str]:
        """Return the word and the keys that are shown."""
        return ("", "") if self._terse else (self.text(), "" if self._capless else self._keys)

    def _font(self) -> QFont:
        heavy = self._kind == "primary" or (self.isCheckable() and self.isChecked())
        return self._theme.font("secondary" if self._small else "body", bold=heavy)

    def _pad(self) -> int:
        if self._kind == "link":
            return self._theme.px(4)
        return self._theme.px(8 if self._small else 10)

    def _mark(self) -> int:
        return 14 if self._small else 16

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint() if self._spread else self._whole()

    def _asked(self) -> QSize:
        """Return the size that shows everything, as each kind of button says it."""
        return self._whole() if self._spread else self.sizeHint()

    def _whole(self) -> QSize:
        """Return the size with all that is shown."""
        width = 2 * self._pad()
        parts = 0
        if self._icon:
            width += self._theme.px(self._mark())
            parts += 1
        text, keys = self._shown()
        if text:
            # A word that turns bold when it is chosen keeps its place.
            font = self._theme.font("secondary" if self._small else "body", bold=True) if self.isCheckable() else None
            width += QFontMetrics(font or self._font()).horizontalAdvance(text) + 2
            parts += 1
        if keys:
            width += key_cap_size(self._theme.font("micro"), keys).width()
            parts += 1
        if self.menu() is not None:
            width += self._theme.px(12)
            parts += 1
        height = self._theme.px(24 if self._small or self._kind == "link" else 30)
        return QSize(width + self._theme.px(GAP) * max(0, parts - 1), height)

    @override
    def minimumSizeHint(self) -> QSize:
        held, self._capless = self._capless, True
        size = self._asked()
        self._capless = held
        return size

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor, str]:
        """Return fill, border, text and the icon's role for the state of the moment."""
        active = self._inside or self.isDown()
        bare = self._kind in {"ghost", "link"}
        if not self.isEnabled():
            tokens = ("" if bare else "sunken", "" if bare else "line", "text3", "text3")
        elif self._kind == "primary":
            tokens = ("accentHover" if active else "accent", "", "onAccent", "onAccent")
        elif self.isCheckable() and self.isChecked():
            tokens = ("accentSoft", "accentLine", "accentText", "accentText")
        elif self._kind == "danger":
            tokens = ("redSoft" if active else "surface", "redLine", "red", "red")
        elif self._kind == "link":
            tokens = ("", "", "accentText", "accentText")
        elif self._kind == "ghost":
            tokens = ("chrome" if active else "", "", "text", "text2")
        else:
            tokens = ("sunken" if active else "surface", "line2", "text", "text2")
        fill, border, text, role = tokens
        color = self._theme.color
        return color(fill) if fill else None, color(border) if border else None, color(text), role

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        # Without room for both the word stays and the cap of its key goes.
        self._capless = False
        self._capless = self.width() < self._asked().width()
        fill, border, text, role = self._colours()
        if fill is not None or border is not None:
            box(painter, self.rect(), fill, border)
        content = self._asked().width() - 2 * self._pad()
        x = self._pad() if self._spread else max(self._pad(), (self.width() - content) // 2)
        if self.menu() is not None:
            place = x, (self.height() - self._theme.px(12)) // 2
            painter.drawPixmap(*place, self._theme.pixmap("chevron-down", role, 12))
            x += self._theme.px(12 + GAP)
        x = self._paint_icon(painter, x, role)
        x = self._paint_text(painter, x, text)
        self._paint_keys(painter, x, text)
        self._capless = False
        if self.hasFocus():
            if self._kind == "primary":
                ring(painter, self._theme, self.rect().adjusted(2, 2, -2, -2), 3, "onAccent")
            ring(painter, self._theme, self.rect())
        painter.end()

    def _paint_icon(self, painter: QPainter, x: int, role: str) -> int:
        if not self._icon:
            return x
        size = self._theme.px(self._mark())
        # A thin mark alone, without word or frame, would look as it does in use.
        lone = not self.isEnabled() and self._kind == "ghost" and not self._shown()[0]
        painter.setOpacity(LONE_OUT_OF_USE if lone else 1.0)
        painter.drawPixmap(x, (self.height() - size) // 2, self._theme.pixmap(self._icon, role, self._mark()))
        painter.setOpacity(1.0)
        return x + size + self._theme.px(GAP)

    def _paint_text(self, painter: QPainter, x: int, colour: QColor) -> int:
        text, keys = self._shown()
        if not text:
            return x
        font = QFont(self._font())
        font.setUnderline(self._kind == "link" and self._inside)
        metrics = QFontMetrics(font)
        room = self.width() - x - self._pad()
        if keys:
            room -= key_cap_size(self._theme.font("micro"), keys).width() + self._theme.px(GAP)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0) + 2)
        painter.setFont(font)
        painter.setPen(colour)
        width = metrics.horizontalAdvance(shown) + 2
        painter.drawText(QRect(x, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        return x + width + self._theme.px(GAP)

    def _paint_keys(self, painter: QPainter, x: int, colour: QColor) -> None:
        if not self._shown()[1]:
            return
        font = self._theme.font("micro")
        size = key_cap_size(font, self._keys)
        cap = left_middle(self.rect(), size, self.width() - self._pad() - size.width() if self._spread else x)
        key_cap(painter, font, cap, self._keys, colour if self._kind == "primary" else self._theme.color("text3"))

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._inside = True
        self.update()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._inside = False
        self.update()
        super().leaveEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            self.click()
            return
        super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.EnabledChange:
            self._inside = False
        super().changeEvent(event)


class IconButton(Button):
    """A square button with an icon only: its name goes to the screen reader and the tool tip.

    Parameters
    ----------
    theme
        Gives colours and icons.
    icon
        Name of the icon.
    kind
        ``ghost`` by default.
    small
        24 instead of 30 px.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        kind: Kind = "ghost",
        *,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, icon, kind, small=small, parent=parent)

    def set_name(self, name: str, keys: str = "") -> None:
        """Set what the button does in words: accessible name and tool tip (with its key)."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  {keys}" if keys else name)

    @override
    def sizeHint(self) -> QSize:
        side = self._theme.px(24 if self._small else 30)
        return QSize(side, side)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill, border, _, role = self._colours()
        if fill is not None or border is not None:
            box(painter, self.rect(), fill, border)
        size = self._theme.px(self._mark())
        place = ((self.width() - size) // 2, (self.height() - size) // 2)
        painter.drawPixmap(*place, self._theme.pixmap(self._icon, role, self._mark()))
        if self.hasFocus():
            ring(painter, self._theme, self.rect())
        painter.end()
