"""The list of changes with its filter: each is ticked or not, and only what is ticked is accepted."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.itemmodels.rows import RowsModel
from patrol_desk.ui.pages.planning.change_rows import ChangeRow, change_columns, matches
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.search_field import SearchField
from patrol_desk.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from patrol_desk.services.planning.live_compare import PlanChange

KINDS: Final = ("", "added", "replaced", "removed")


class ChangeList(QWidget):
    """Changes of a candidate; Space ticks, "/" goes to the filter.

    Parameters
    ----------
    theme
        Gives colours and sizes.

    Attributes
    ----------
    ticked
        Sent when another number of them is ticked.
    """

    ticked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.model: RowsModel[ChangeRow] = RowsModel(change_columns(theme))
        self.table = DataTable(theme)
        self.table.setObjectName("plan_changes")
        self.table.set_rows_model(self.model)
        self.search = SearchField(theme)
        self.search.setObjectName("plan_changes_search")
        self.table.search = self.search
        self.kind = QComboBox()
        self.kind.setObjectName("plan_changes_kind")
        self.kind.addItems([""] * len(KINDS))
        self.search.changed.connect(lambda _text: self._filter())
        self.kind.currentIndexChanged.connect(lambda _place: self._filter())
        self.model.ticks.changed.connect(self.ticked)
        self._row = QHBoxLayout()
        self._row.addWidget(self.search, 1)
        self._row.addWidget(self.kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._row)
        column.addWidget(self.table, 1)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def show_changes(self, changes: "tuple[PlanChange, ...]") -> None:
        """List changes, all of them ticked."""
        self.model.set_rows([ChangeRow(str(number), change) for number, change in enumerate(changes)])
        self.model.ticks.set(str(number) for number in range(len(changes)))

    def chosen(self) -> "tuple[PlanChange, ...]":
        """Return the ticked changes, shown or not."""
        return tuple(row.change for row in self.model.all_rows() if row.id in self.model.ticks)

    def counts(self) -> tuple[int, int]:
        """Return how many are ticked, and how many there are."""
        return len(self.model.ticks), len(self.model.all_rows())

    def retranslate(self) -> None:
        """Set every text anew."""
        self.table.setAccessibleName(tr("改动|plan"))
        self.search.setPlaceholderText(tr("点位、班次或姓名"))
        self.search.setAccessibleName(tr("查找改动"))
        self.kind.setAccessibleName(tr("改动种类"))
        words = (tr("全部|changes"), tr("新增|change"), tr("换人|change"), tr("移除|change"))
        for place, word in enumerate(words):
            self.kind.setItemText(place, word)
        self.model.retranslate()

    def _filter(self) -> None:
        text, kind = self.search.text().strip(), KINDS[max(self.kind.currentIndex(), 0)]
        self.model.filter((lambda row: matches(row, text, kind)) if text or kind else None)

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(16), 0, px(12), 0)
        self._row.setSpacing(px(6))
