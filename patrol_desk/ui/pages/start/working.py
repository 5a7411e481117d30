"""What is shown while a township is generated or a station is made."""

from collections.abc import Callable

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.start.view import View
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.progress import ProgressPanel


class WorkView(View):
    """A title and how far the work is; Esc stops it.

    Parameters
    ----------
    theme
        Gives sizes.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._words: Callable[[], str] = str
        self.panel = ProgressPanel(theme)
        self.content.addWidget(self.panel)
        self.content.addStretch(1)
        self.restyle()
        self.retranslate()

    def begin(self, words: Callable[[], str]) -> None:
        """Show new work by its name."""
        self._words = words
        self.panel.begin()
        self.retranslate()
        self.panel.button.setFocus()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.head(self._words(), tr("停止以后什么都不会留下。"))
