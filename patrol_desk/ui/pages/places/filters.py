"""A button with a menu of ticks that narrows a list, and says what it narrows it to."""

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button

Choice = tuple[Hashable, str]
"""What a row has, and its words."""


class FilterButton(Button):
    """Lets rows through whose value is ticked; nothing ticked lets every row through.

    Parameters
    ----------
    theme
        Gives colours and fonts.
    name
        Gives the words of what is narrowed.
    choices
        Gives the choices in the language in force.
    """

    changed = Signal()

    def __init__(self, theme: Theme, name: Callable[[], str], choices: Callable[[], Sequence[Choice]]) -> None:
        super().__init__(theme, kind="ghost")
        self._name = name
        self._choices = choices
        self._chosen: set[Hashable] = set()
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        words = dict(self._choices())
        self._chosen &= set(words)
        self.setCheckable(bool(self._chosen))
        self.setChecked(bool(self._chosen))
        chosen = [text for value, text in words.items() if value in self._chosen]
        listed = chosen[0] if len(chosen) == 1 else str(len(chosen) or "")
        self.setText(tr("{name}：{chosen}", name=self._name(), chosen=listed) if listed else self._name())
        self.updateGeometry()

    def lets(self, value: Hashable) -> bool:
        """Say whether a row with the value is shown."""
        return not self._chosen or value in self._chosen

    def narrows(self) -> bool:
        """Say whether anything is ticked."""
        return bool(self._chosen)

    def choose(self, values: Sequence[Hashable]) -> None:
        """Tick these and nothing else, and tell."""
        self._chosen = set(values)
        self.retranslate()
        self.changed.emit()

    def _fill(self) -> None:
        self._menu.clear()
        for value, text in self._choices():
            action = QAction(text, self._menu)
            action.setCheckable(True)
            action.setChecked(value in self._chosen)
            action.triggered.connect(lambda on, value=value: self._toggle(value, on=on))
            self._menu.addAction(action)
        if self._chosen:
            self._menu.addSeparator()
            self._menu.addAction(tr("全部显示"), lambda: self.choose(()))

    def _toggle(self, value: Hashable, *, on: bool) -> None:
        self.choose(sorted(self._chosen | {value} if on else self._chosen - {value}, key=str))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
