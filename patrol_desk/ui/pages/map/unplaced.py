"""The places without coordinates, of which one is chosen to be put on the map."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QListView, QWidget
from typing_extensions import override

from patrol_desk.services.map import Unplaced
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.labels import Label


class UnplacedDialog(Dialog):
    """Lists what has no coordinates.

    Parameters
    ----------
    host, theme
        The window and its look.
    places
        What has none; at least one.
    """

    def __init__(self, host: QWidget, theme: Theme, places: Sequence[Unplaced]) -> None:
        super().__init__(host, theme, width=480, height=420)
        self.setObjectName("map_unplaced_dialog")
        self._places = places
        self.chosen: Unplaced | None = None
        """The place that was selected when the dialog was accepted."""
        self._model = QStringListModel(self)
        self.list = QListView()
        self.list.setObjectName("map_unplaced_list")
        self.list.setModel(self._model)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.doubleClicked.connect(self.accept)
        self._hint = Label("muted", wrap=True)
        self.add(self._hint)
        self.add(self.list, 1)
        self._go = Button(theme, "map-pin", "primary", keys="Ctrl+Enter")
        self._go.setObjectName("map_place_it")
        self._back = Button(theme, keys="Esc")
        self._back.clicked.connect(self.reject)
        self.foot(self._go, self._back)
        self.first(self.list)
        self.retranslate()
        self.list.setCurrentIndex(self._model.index(0))

    @override
    def accepting(self) -> bool:
        row = self.list.currentIndex().row()
        self.chosen = self._places[row] if 0 <= row < len(self._places) else None
        return self.chosen is not None

    @override
    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "_go"):
            return
        self.head(tr("没有坐标的点位"), tr("{count} 个", count=len(self._places)))
        self.list.setAccessibleName(tr("没有坐标的点位"))
        self._hint.setText(tr("选一个，再在地图上点击它的位置。每一步都可以撤销。"))
        row = self.list.currentIndex()
        self._model.setStringList([_words(place) for place in self._places])
        self.list.setCurrentIndex(self._model.index(max(row.row(), 0)))
        self._go.setText(tr("在地图上标出"))
        self._back.setText(tr("取消"))


def _words(place: Unplaced) -> str:
    kind = tr("执勤点|one") if place.kind == "checkpoint" else tr("召集点|one")
    return "  ·  ".join(part for part in (f"{place.code} {place.name}", kind, place.community) if part)
