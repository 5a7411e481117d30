"""A line across the top of a page that stays until what it says is over."""

from typing import Literal

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import ElidedLabel

BannerTone = Literal["accent", "amber", "red"]


class Banner(QFrame):
    """An icon, a sentence and buttons on a soft colour.

    Parameters
    ----------
    theme
        Gives colours and icons.
    tone
        Of the whole line.
    icon
        Name of the icon.
    """

    def __init__(
        self, theme: Theme, tone: BannerTone = "accent", icon: str = "info", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone: BannerTone = tone
        self._icon = icon
        self.setProperty("panel", f"banner-{tone}")
        self._mark = QLabel()
        self._sentence = ElidedLabel("body")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._sentence, 1)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        px = self._theme.px
        role = "accentText" if self._tone == "accent" else self._tone
        self._mark.setPixmap(self._theme.pixmap(self._icon, role, 16))
        self._row.setContentsMargins(px(16), px(3), px(12), px(3))
        self._row.setSpacing(px(8))
        self.setFixedHeight(px(36))

    def say(self, sentence: str) -> None:
        """Change the sentence."""
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)

    def add(self, button: QWidget) -> None:
        """Put a button at the right end."""
        self._row.addWidget(button)
