"""The table of people: copies with headings, and Esc lets go of what is ticked."""

from typing import Final

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from typing_extensions import override

from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.table import DataTable

ROOMY: Final = 930
"""Width at 100 % from which all columns are shown."""


class PeopleTable(DataTable):
    """A `DataTable` whose Ctrl+C also copies the headings; numbers stay masked.

    Attributes
    ----------
    escaped
        Sent by Esc.
    """

    escaped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the columns in sight on a narrow screen: what is least asked for goes first."""
        narrow = event.size().width() < self._theme.px(ROOMY)
        self.leave_out("room", ("role",) if narrow else ())
        super().resizeEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy_with_headings()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    @override
    def go_to(self, row_id: str) -> bool:
        place = self.rows_model().place_of(row_id)
        if place is None:
            return False
        # Qt would add to what is chosen while Ctrl of Ctrl+S is still held.
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        index = self.rows_model().index(place, max(1, self.currentIndex().column()))
        self.selectionModel().setCurrentIndex(index, flags)
        if not self.viewport().rect().contains(self.visualRect(index)):
            self.scrollTo(index, self.ScrollHint.PositionAtCenter)
        return True

    def _copy_with_headings(self) -> None:
        """Copy the ticked rows, else the chosen ones, as a spreadsheet takes them."""
        model = self.rows_model()
        wanted = model.ticks.ids() or frozenset(self.selected_ids())
        columns = [column for column in model.columns if not column.tick]
        lines = ["\t".join(column.title() for column in columns)]
        chosen = (row for row in model.shown_rows() if row.id in wanted)
        lines += ["\t".join(_harmless(column.text(row)) for column in columns) for row in chosen]
        if len(lines) > 1:
            QGuiApplication.clipboard().setText("\n".join(lines))


def _harmless(text: str) -> str:
    """Return a text so that a spreadsheet neither runs it nor breaks the row at it."""
    flat = " ".join(text.split())
    return f"'{flat}" if flat[:1] in set("=+-@") else flat
