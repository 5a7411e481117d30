"""The side panel: layers with counts, the legend, places without coordinates, and the shift's posts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from patrol_desk.services.map import MapWeek
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.map.legend import Legend
from patrol_desk.ui.pages.map.picture import AREAS, BASES, HOMES, LAYERS, MUSTERS, POSTS, RINGS, WAYS, Mode
from patrol_desk.ui.pages.map.point_list import PointList
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import ElidedLabel, Label
from patrol_desk.ui.widgets.sections import Section, line

_ICONS = {
    POSTS: "flag",
    MUSTERS: "users",
    BASES: "shield-check",
    AREAS: "building-2",
    WAYS: "route",
    HOMES: "house",
    RINGS: "circle-dot",
}


class LayerRow(QWidget):
    """One layer: a tick, an icon, its name, how much there is of it.

    Parameters
    ----------
    theme, layer
        The look, and the layer's name.
    """

    def __init__(self, theme: Theme, layer: str) -> None:
        super().__init__()
        self._theme = theme
        self._layer = layer
        self.tick = QCheckBox()
        self.tick.setObjectName(f"map_layer_{layer}")
        self._count = Label("muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(6)
        row.addWidget(self.tick, 1)
        row.addWidget(self._count)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.tick.setIcon(self._theme.icon(_ICONS[self._layer], "text2", 15))
        self.setFixedHeight(self._theme.px(25))

    def say(self, name: str, count: int | None) -> None:
        """Set the words."""
        self.tick.setText(name)
        self._count.setText("" if count is None else str(count))


class MapPanel(QFrame):
    """Everything beside the map.

    Parameters
    ----------
    theme
        Gives the look.
    """

    layers_changed = Signal(object)
    """The layers that are on."""
    picked = Signal(int)
    unplaced_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("panel", "surface")
        self._week: MapWeek | None = None
        self._shift = -1
        self._mode: Mode = "coverage"
        self.rows = {layer: LayerRow(theme, layer) for layer in LAYERS}
        self.legend = Legend(theme)
        self.points = PointList(theme)
        self.unplaced = Button(theme, "map-pin-off", "link")
        self.unplaced.setObjectName("map_unplaced")
        self.unplaced.clicked.connect(self.unplaced_asked)
        self._layers, self._signs, self._posts = Section(theme), Section(theme), Section(theme)
        self._order = ElidedLabel("muted")
        self._nothing = Label("muted", wrap=True)
        self._build()
        self.points.picked.connect(self.picked)

    def _build(self) -> None:
        self._layers.body.setSpacing(2)
        for row in self.rows.values():
            self._layers.add(row)
            row.tick.toggled.connect(self._toggled)
        self._layers.add(self.unplaced)
        self._signs.add(self.legend)
        self._posts.add_right(self._order)
        self._posts.add(self._nothing)
        self._posts.add(self.points, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        for part in (self._layers, line(self._theme), self._signs, line(self._theme)):
            column.addWidget(part)
        column.addWidget(self._posts, 1)

    def set_layers(self, layers: frozenset[str]) -> None:
        """Tick the layers that are on, without telling anybody."""
        for layer, row in self.rows.items():
            row.tick.blockSignals(True)
            row.tick.setChecked(layer in layers)
            row.tick.blockSignals(False)

    def layers(self) -> frozenset[str]:
        """Return the layers that are ticked."""
        return frozenset(layer for layer, row in self.rows.items() if row.tick.isChecked())

    def _toggled(self) -> None:
        self.layers_changed.emit(self.layers())

    def show_shift(self, week: MapWeek, shift: int, mode: Mode) -> None:
        """Show the posts of a shift."""
        self._week, self._shift, self._mode = week, shift, mode
        self.legend.show_mode(mode)
        distances = mode == "distance"
        order = [] if shift < 0 else week.by_coverage(shift)
        if distances:
            order = sorted(range(len(week.posts)), key=lambda number: -_metres(week, number))
        self.points.model_.show_shift(week, shift, order if shift >= 0 else [], mode)
        self._nothing.setVisible(not self.points.model_.order)
        self.points.setVisible(bool(self.points.model_.order))
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self._layers.set_title(tr("图层"))
        self._signs.set_title(tr("图例"))
        self.legend.retranslate()
        self.points.setAccessibleName(tr("本班点位"))
        self._nothing.setText(tr("本班没有设岗的点位。换一个班次，或在“点位”里填需求。"))
        week = self._week
        counts: dict[str, int | None] = dict.fromkeys(LAYERS)
        if week is not None:
            counts |= {POSTS: len(week.posts), MUSTERS: len(week.musters), AREAS: len(week.areas)}
            counts[BASES] = sum(len(base.teams) for base in week.bases)
        names = {
            POSTS: tr("执勤点"),
            MUSTERS: tr("召集点（含装备）"),
            BASES: tr("先莞队驻点"),
            AREAS: tr("社区边界"),
            WAYS: tr("道路与河流"),
            HOMES: tr("队员住处热区（脱敏）"),
            RINGS: tr("1 km 覆盖圈"),
        }
        for layer, row in self.rows.items():
            row.say(names[layer], counts[layer])
        self._say_posts(week)

    def _say_posts(self, week: MapWeek | None) -> None:
        distances = self._mode == "distance"
        staffed = len(self.points.model_.order)
        title = tr("到召集点") if distances else tr("本班点位")
        note = tr("{count} 个", count=staffed) if distances else tr("{count} 个设岗", count=staffed)
        self._posts.set_title(title, note if week is not None else "")
        self._order.setText(tr("最远在前") if distances else tr("按覆盖排序"))
        missing = 0 if week is None else len(week.unplaced)
        self.unplaced.setVisible(missing > 0)
        self.unplaced.setText(tr("{count} 个没有坐标，在地图上标出", count=missing))


def _metres(week: MapWeek, number: int) -> int:
    near = week.posts[number].muster
    return 0 if near is None else near.metres
