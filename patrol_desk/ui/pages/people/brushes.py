"""The brushes of the availability painter: four buttons of which one is chosen."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.people.painter import paint_slot
from patrol_desk.ui.pages.people.words import PREFERENCES
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import box, key_cap, key_cap_size, ring


class _Brush(QAbstractButton):
    """One brush: a sample of what it paints, its word, its key."""

    def __init__(self, theme: Theme, value: int, keys: str) -> None:
        super().__init__()
        self._theme = theme
        self._value = value
        self._keys = keys
        self.setCheckable(True)
        self.setObjectName(f"brush_{keys}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self._theme.px(28))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        chosen = self.isChecked()
        box(
            painter, self.rect(), theme.color("accentSoft" if chosen else "surface"),
            theme.color("accentText" if chosen else "line2"), 4,
        )  # fmt: skip
        side = px(13)
        paint_slot(painter, theme, QRect(px(5), (self.height() - side) // 2, side, side), self._value)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text"))
        cap = key_cap_size(theme.font("micro"), self._keys)
        room = self.rect().adjusted(px(21), 0, -cap.width() - px(4), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        where = QRect(
            self.width() - cap.width() - px(4), (self.height() - cap.height()) // 2, cap.width(), cap.height()
        )
        key_cap(painter, theme.font("micro"), where, self._keys, theme.color("text3"))
        if self.hasFocus():
            ring(painter, theme, self.rect())
        painter.end()


class Brushes(QWidget):
    """The four brushes.

    Parameters
    ----------
    theme
        Gives colours and fonts.

    Attributes
    ----------
    chosen
        Sent with the preference of the brush that was taken.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        for number, value in enumerate(PREFERENCES, start=1):
            brush = _Brush(theme, value, str(number))
            brush.setChecked(number == 1)
            self._group.addButton(brush, value)
            row.addWidget(brush)
        self._group.idClicked.connect(self.chosen)
        self.retranslate()

    def show_brush(self, value: int) -> None:
        """Mark the brush that is in use."""
        self._group.button(value).setChecked(True)

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self.setAccessibleName(tr("画笔"))
        for value, words in PREFERENCES.items():
            self._group.button(value).setText(words())
