"""What is to be printed: which sheets and how above, whose below."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout

from patrol_desk.services.printed.batch import Batch
from patrol_desk.ui.dialogs.printing.looks import LooksForm
from patrol_desk.ui.dialogs.printing.sheet_list import SheetList
from patrol_desk.ui.theme import Theme


class ChoicePanel(QFrame):
    """The left side of the print dialog.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("panel", "surface")
        self.looks = LooksForm(theme)
        self.list = SheetList(theme)
        self.model, self.search = self.list.model, self.list.search
        self.ticked, self.pointed = self.list.ticked, self.list.pointed
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.looks)
        self._column.addWidget(self.list, 1)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_batch(self, batch: Batch, ticked: Sequence[str]) -> None:
        """Show the sheets that can be printed.

        Parameters
        ----------
        batch
            The sheets.
        ticked
            Codes of those to tick.
        """
        self.looks.show_versions(batch.versions, batch.version.number if batch.version is not None else 0)
        self.list.show_batch(batch, ticked)

    def clear(self) -> None:
        """Show no sheets: there is nothing to print."""
        self.looks.show_versions((), 0)
        self.list.show_batch(None, ())

    def chosen(self) -> list[str]:
        """Return the codes of the ticked sheets, in order."""
        return self.list.chosen()

    def tick(self, preset: str) -> None:
        """Tick all or some, see `SheetList.tick`."""
        self.list.tick(preset)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.looks.retranslate()
        self.list.retranslate()

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(16), px(10), px(12), px(10))
        self._column.setSpacing(px(8))
        self.setFixedWidth(px(428))
