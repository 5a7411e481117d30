"""The status bar: what is saved, who works here, the last backup, language and look."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import language, tr
from patrol_desk.ui.i18n.dates import moment_text
from patrol_desk.ui.theme import Theme

HEIGHT = 26


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """What the status bar shows of an open station."""

    who: str = ""
    saved: datetime | None = None
    backup: datetime | None = None
    running: str = ""


class _Item(QWidget):
    """An icon and a word; takes no room without a word."""

    def __init__(self, theme: Theme, row: QHBoxLayout, icon: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._picture = QLabel()
        self._words = QLabel()
        self._words.setProperty("role", "secondary")
        inner = QHBoxLayout(self)
        inner.setContentsMargins(0, 0, 12, 0)
        inner.setSpacing(5)
        inner.addWidget(self._picture)
        inner.addWidget(self._words)
        row.addWidget(self)
        self.say("")

    def say(self, text: str) -> None:
        """Show the words; nothing at all when empty."""
        self._words.setText(text)
        self.setVisible(bool(text))

    def refresh(self) -> None:
        """Take the icon anew from the theme."""
        self._picture.setPixmap(self._theme.pixmap(self._icon, "text3", 14))


class LanguageSwitch(QAbstractButton):
    """Both languages, each by its own name, the one in force in bold."""

    NAMES = ("中", "EN")

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("language_switch")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def refresh(self) -> None:
        """Take name and size anew."""
        self.setAccessibleName(tr("切换语言"))
        self.setToolTip(tr("切换语言"))
        self.setFixedSize(self._theme.px(58), self._theme.px(22))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        at = self._theme.px(6)
        for number, word in enumerate((self.NAMES[0], " / ", self.NAMES[1])):
            current = number == (2 if language() == "en" else 0)
            painter.setFont(self._theme.font("secondary", bold=current))
            painter.setPen(self._theme.color("text" if current else "text3"))
            wide = painter.fontMetrics().horizontalAdvance(word)
            painter.drawText(at, 0, wide, self.height(), Qt.AlignmentFlag.AlignVCenter, word)
            at += wide
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("accentText"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 3, 3)


class StatusBar(QFrame):
    """One line at the foot of the window."""

    language_chosen = Signal(str)
    look_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("panel", "status")
        self._theme = theme
        self._facts = StatusFacts()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(0)
        self._running = _Item(theme, row, "loader-circle")
        self._saved = _Item(theme, row, "save")
        self._who = _Item(theme, row, "user-round")
        row.addStretch(1)
        self._backup = _Item(theme, row, "archive")
        self._look = self._switch(row, "look_switch", lambda: self.look_chosen.emit(self._other_look()))
        self._tongue = LanguageSwitch(theme)
        self._tongue.clicked.connect(lambda: self.language_chosen.emit(self._other_tongue()))
        row.addWidget(self._tongue)
        theme.changed.connect(self.retranslate)
        self.retranslate()

    def show_facts(self, facts: StatusFacts) -> None:
        """Show an open station's facts."""
        self._facts = facts
        self._say()

    def retranslate(self) -> None:
        """Take words, icons and height anew."""
        self.setFixedHeight(self._theme.px(HEIGHT))
        for item in (self._running, self._saved, self._who, self._backup):
            item.refresh()
        dark = self._theme.name == "dark"
        self._look.setIcon(self._theme.icon("sun" if dark else "moon", "text2", 14))
        self._look.setText(tr("浅色") if dark else tr("深色"))
        self._tongue.refresh()
        self._say()

    def _say(self) -> None:
        facts = self._facts
        self._running.say(facts.running)
        self._saved.say(tr("已保存 {time}", time=facts.saved.strftime("%H:%M:%S")) if facts.saved else "")
        self._who.say(tr("值班 {name}", name=facts.who) if facts.who else "")
        backup = tr("最近备份 {time}", time=moment_text(facts.backup)) if facts.backup else tr("还没有备份")
        self._backup.say(backup if facts.who else "")

    def _switch(self, row: QHBoxLayout, name: str, run: Callable[[], None]) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.setProperty("kind", "link")
        button.setProperty("small", "true")
        button.clicked.connect(run)
        row.addWidget(button)
        return button

    def _other_look(self) -> str:
        return "light" if self._theme.name == "dark" else "dark"

    def _other_tongue(self) -> str:
        return "zh" if language() == "en" else "en"
