"""Which columns of a table are shown, and how wide: the user's choice, remembered from one start to the next."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.itemmodels.rows import Column
from patrol_desk.ui.settings import Settings
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.table import COLUMNS, DataTable

_NARROWEST: Final = 28
_WIDEST: Final = 1200


class ColumnKeeper(QObject):
    """Keeps a table's columns as the user left them; a right click on the headings, or C in the table, chooses.

    Parameters
    ----------
    table
        Shows its model already.
    theme, settings
        The look, and where the choice is remembered.
    name
        Of the table, unlike every other's.
    """

    def __init__(self, table: DataTable, theme: Theme, settings: Settings, name: str) -> None:
        super().__init__(table)
        self.setObjectName(COLUMNS)
        self._table = table
        self._theme = theme
        self._settings = settings
        self._name = f"columns {name}"
        self._header = table.horizontalHeader()
        self._applying = False
        kept = settings.state(self._name)
        self._kept: dict[str, Any] = kept if isinstance(kept, dict) else {}
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self._at_header)
        self._header.sectionResized.connect(self._resized)
        table.columns_wanted.connect(self._at_table)
        table.restyled.connect(self.apply)
        self.apply()

    def apply(self) -> None:
        """Give the columns the widths and the sight that are remembered."""
        self._applying = True
        widths, hidden = self._part("widths", dict), self._hidden()
        for place, column in enumerate(self._columns()):
            width = widths.get(column.key)
            if isinstance(width, int) and _NARROWEST <= width <= _WIDEST and not (column.stretch or column.tick):
                self._header.resizeSection(place, self._theme.px(width))
        self._table.leave_out(
            "choice", [each.key for each in self._columns() if each.key in hidden and self._may_hide(each)]
        )
        self._applying = False

    def menu(self) -> QMenu:
        """Return the menu of columns, one that stays tied to the table."""
        menu = QMenu(self._table)
        menu.setObjectName("columns_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        hidden = self._hidden()
        for column in self._columns():
            if self._may_hide(column):
                action = menu.addAction(column.title())
                action.setCheckable(True)
                action.setChecked(column.key not in hidden)
                action.toggled.connect(partial(self._show, column.key))
        menu.addSeparator()
        menu.addAction(tr("恢复默认列")).triggered.connect(self._restore)
        return menu

    def _columns(self) -> tuple[Column[Any], ...]:
        return self._table.rows_model().columns

    def _may_hide(self, column: Column[Any]) -> bool:
        """Say whether a table makes sense without the column: not ticks, not the first with words."""
        first = next(each for each in self._columns() if not each.tick)
        return not column.tick and column is not first

    def _hidden(self) -> list[str]:
        """Return the keys of columns that are not shown; at first those that are to spare."""
        kept = self._kept.get("hidden")
        return kept if isinstance(kept, list) else [each.key for each in self._columns() if each.spare]

    def _part(self, name: str, kind: Callable[[], Any]) -> Any:  # noqa: ANN401  # a list or a dict, as asked for
        found = self._kept.get(name)
        return found if type(found) is kind else kind()

    def _show(self, key: str, shown: bool) -> None:  # what `QAction.toggled` sends
        hidden = [each for each in self._hidden() if each != key]
        self._keep("hidden", hidden if shown else [*hidden, key])
        self.apply()

    def _resized(self, place: int, _old: int, new: int) -> None:
        column = self._columns()[place]
        if self._applying or column.stretch or column.tick or new == 0 or not QGuiApplication.mouseButtons():
            return
        widths = self._part("widths", dict)
        self._keep("widths", {**widths, column.key: round(new / self._theme.scale)})

    def _restore(self) -> None:
        self._kept = {}
        self._settings.keep_state(self._name, self._kept)
        self._applying = True
        for place, column in enumerate(self._columns()):
            if not (column.stretch or column.tick):
                self._header.resizeSection(place, self._table.own_width(column))
        self._table.leave_out("choice", ())
        self._applying = False

    def _keep(self, name: str, value: object) -> None:
        self._kept = {**self._kept, name: value}
        self._settings.keep_state(self._name, self._kept)

    def _at_header(self, where: QPoint) -> None:
        self.menu().popup(self._header.mapToGlobal(where))

    def _at_table(self) -> None:
        self.menu().popup(self._header.mapToGlobal(self._header.rect().bottomLeft()))
