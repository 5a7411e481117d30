"""What of a checkpoint can be guessed, in the panel beside its cell."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from patrol_desk.services.planning.visits_predictable import PlacePredictability
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.roster.guessing.words import habit_text, share_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.sections import Section


class Hint(QWidget):
    """A sentence with an eye before it.

    Parameters
    ----------
    theme
        Gives the look.
    text
        The sentence.
    """

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        eye = QLabel()
        eye.setPixmap(theme.pixmap("eye", "amber", 15))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(eye, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label("secondary", text, wrap=True), 1)
        self.setAccessibleName(text)


class HabitSection(Section):
    """The figure of a checkpoint, and what an observer can foresee of the cell shown.

    Parameters
    ----------
    theme
        Gives the look.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._look = theme
        self._shown: list[Hint] = []
        self._words = Label("muted", wrap=True)
        self._words.setObjectName("cell_habit")
        self._hints = QVBoxLayout()
        self._hints.setSpacing(theme.px(4))
        self.add_layout(self._hints)
        self.add(self._words)
        self.hide()

    def hints(self) -> list[str]:
        """Return the sentences shown."""
        return [hint.accessibleName() for hint in self._shown]

    def show_place(self, place: PlacePredictability | None, shift: int) -> None:
        """Show a checkpoint, or nothing where nobody stands or nothing is known of earlier weeks."""
        for old in self._shown:
            old.hide()
            old.deleteLater()
        self._shown = []
        self.setVisible(place is not None and place.weeks > 0)
        if place is None:
            return
        here = [one for one in place.foreseen if one.shift == shift]
        self._shown = [Hint(self._look, say(one.message)) for one in here]
        for hint in self._shown:
            self._hints.addWidget(hint)
        self.set_title(tr("规律"), tr("猜中 {share}", share=share_text(place)))
        self._words.setText(habit_text(place))
