"""Locating a place on the map: a field that answers while one types."""

from PySide6.QtCore import QPoint, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget
from typing_extensions import override

from patrol_desk.services.map import MapWeek, Place, find_places
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.search_field import SearchField

WIDTH = 250
ROWS = 8


class PlaceSearch(SearchField):
    """The field; what is found hangs below it in the window.

    Parameters
    ----------
    theme, host
        The look, and the page on which the hits lie.
    """

    found = Signal(object)
    """A `Place` that was chosen."""

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, "/")
        self._look = theme
        self._host = host
        self._week: MapWeek | None = None
        self._places: tuple[Place, ...] = ()
        self._model = QStringListModel(self)
        self.hits = QListView(host)
        self.hits.setObjectName("map_hits")
        self.hits.setModel(self._model)
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.hits.setFrameShape(QListView.Shape.Box)
        self.hits.hide()
        self.hits.clicked.connect(lambda index: self._choose(index.row()))
        self.setObjectName("map_search")
        self.changed.connect(self._search)
        self._fit()
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        self.setFixedWidth(self._look.px(WIDTH))

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.set_hint(tr("定位点位、召集点、地址"))
        if hasattr(self, "hits"):
            self.hits.setAccessibleName(tr("找到的地方"))

    def show_week(self, week: MapWeek) -> None:
        """Search in a week's map from now on."""
        self._week = week

    def _search(self, typed: str) -> None:
        self._places = () if self._week is None else find_places(self._week, typed)
        if not typed.strip():
            self.hits.hide()
            return
        nothing = tr("没有找到“{typed}”。试试名称、拼音首字母、编号或地址。", typed=typed.strip())
        rows = [f"{place.title}  ·  {place.note}" if place.note else place.title for place in self._places]
        self._model.setStringList(rows or [nothing])
        self.hits.setCurrentIndex(self._model.index(0) if rows else self._model.index(-1))
        self._hang(len(rows) or 1)

    def _hang(self, rows: int) -> None:
        height = self.hits.sizeHintForRow(0) * min(rows, ROWS) + 8
        wide = max(self.width(), self.hits.sizeHintForColumn(0) + 12)
        corner = self.mapTo(self._host, QPoint(0, self.height() + 2))
        self.hits.resize(QSize(min(wide, self._host.width() - corner.x() - 8), height))
        self.hits.move(corner)
        self.hits.show()
        self.hits.raise_()

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._places):
            place = self._places[row]
            self.clear()
            self.found.emit(place)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.hits.currentIndex().row()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(max(row, 0))
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self._places:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.hits.setCurrentIndex(self._model.index((row + step) % len(self._places)))
        else:
            super().keyPressEvent(event)
