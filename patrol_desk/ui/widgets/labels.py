"""Words on a page: labels by role, chips, a squad's tick, a key's cap."""

from typing import ClassVar

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.heard import Role
from patrol_desk.ui.widgets.painting import Tone, box, key_cap, ring, tone_colours

SQUAD_COLOURS = 8


def squad_colour(code_index: int) -> str:
    """Return the token of a squad's colour, "sq1" to "sq8"; more squads begin again at the first."""
    return f"sq{code_index % SQUAD_COLOURS + 1}"


class Label(QLabel):
    """Text in one of the roles of the tokens.

    Roles are display, metric, kpi, title, object, body, strong, secondary, muted, micro, error, warn, ok, link.

    Parameters
    ----------
    role
        How the text looks; the stylesheet knows it.
    text
        What it says at first.
    wrap
        Whether long text goes on in the next line.
    """

    def __init__(
        self, role: str = "body", text: str = "", *, wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        self.setText(text)

    def set_role(self, role: str) -> None:
        """Change the role."""
        if self.property("role") == role:
            return
        self.setProperty("role", role)
        self.style().unpolish(self)
        self.style().polish(self)
        self.updateGeometry()
        self.update()


class ElidedLabel(Label):
    """A label that ends in an ellipsis when there is no room, and then tells all in its tool tip."""

    ELIDE: ClassVar = Qt.TextElideMode.ElideRight
    """Where the ellipsis stands."""

    def __init__(self, role: str = "body", text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(role, text, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), self.ELIDE, room.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        self.style().drawItemText(
            painter, room, self.alignment(), self.palette(), self.isEnabled(), shown, self.foregroundRole()
        )
        painter.end()


class Chip(QWidget):
    """A small framed word: a state, a skill, or a filter that can be taken away.

    Parameters
    ----------
    theme
        Gives colours and fonts.
    tone
        Colour of the frame, the fill and the word.
    removable
        Shows a cross; a click on it or Del sends `removed`, a click elsewhere or Enter sends `clicked`.
    """

    removed = Signal()
    clicked = Signal()

    def __init__(
        self,
        theme: Theme,
        tone: Tone = "plain",
        *,
        removable: bool = False,
        text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone: Tone = tone
        self._removable = removable
        self._text = ""
        self._icon = ""
        self._inside = False
        self.heard_as = Role.Button if removable else Role.StaticText
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if removable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._restyle)
        self.set_text(text)

    def text(self) -> str:
        """Return the word."""
        return self._text

    def set_text(self, text: str) -> None:
        """Change the word."""
        self._text = text
        self.setAccessibleName(text)
        self._restyle()

    def set_tone(self, tone: Tone) -> None:
        """Change the tone."""
        self._tone = tone
        self.update()

    def set_icon(self, icon: str) -> None:
        """Show an icon before the word; empty for none."""
        self._icon = icon
        self._restyle()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _cross(self) -> QRect:
        side = self._theme.px(16)
        return QRect(self.width() - side - 2, (self.height() - side) // 2, side, side)

    @override
    def sizeHint(self) -> QSize:
        px = self._theme.px
        width = QFontMetrics(self._theme.font("secondary")).horizontalAdvance(self._text) + 2 * px(6)
        width += px(16) if self._removable else 0
        width += px(15) if self._icon else 0
        return QSize(width, px(20))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        fill, border, text = tone_colours(self._theme, self._tone)
        if self._tone == "plain" and self._inside:
            fill = self._theme.color("chrome")
        painter = QPainter(self)
        box(painter, self.rect(), fill, border, 3)
        room = self.rect().adjusted(self._theme.px(6), 0, -self._theme.px(6), 0)
        role = "text2" if self._tone == "plain" else ("accentText" if self._tone == "accent" else self._tone)
        if self._icon:
            size = self._theme.px(12)
            painter.drawPixmap(room.x(), (self.height() - size) // 2, self._theme.pixmap(self._icon, role, 12))
            room.setLeft(room.left() + self._theme.px(15))
        painter.setFont(self._theme.font("secondary"))
        painter.setPen(text)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)
        if self._removable:
            cross = self._cross()
            size = self._theme.px(12)
            at = cross.center().x() - size // 2 + 1, (self.height() - size) // 2
            painter.drawPixmap(*at, self._theme.pixmap("x", role, 12))
        if self.hasFocus():
            ring(painter, self._theme, self.rect(), 3)
        painter.end()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        where = event.position().toPoint()
        if not self.rect().contains(where) or event.button() != Qt.MouseButton.LeftButton:
            return
        if self._removable and self._cross().contains(where):
            self.removed.emit()
        else:
            self.clicked.emit()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.setAccepted(self._removable)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self._removable:
            self.removed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._inside = self._removable
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._inside = False
        self.update()


class SquadTick(QWidget):
    """A squad's colour as a small bar beside its name; never the only sign of the squad.

    Parameters
    ----------
    theme
        Gives the colour.
    colour
        The squad's place in the order of squad codes, from 0.
    """

    def __init__(self, theme: Theme, colour: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._colour = colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_colour(self, colour: int) -> None:
        """Show another squad's colour."""
        self._colour = colour
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(4), self._theme.px(14))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, self.rect(), self._theme.color(squad_colour(self._colour)), None, 1)
        painter.end()


class Kbd(QLabel):
    """The name of a key in the frame of its cap, for hints at the foot of a page."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "micro")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 10, metrics.height() + 4)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        key_cap(painter, self.font(), self.rect(), self.text(), self.palette().color(self.foregroundRole()))
        painter.end()
