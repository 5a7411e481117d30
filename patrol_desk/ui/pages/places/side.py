"""The narrow column beside a checkpoint: where it is, how important, who holds it."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.places.emphasis_rows import Emphasis
from patrol_desk.services.places.rows import Near, PlaceDetail, SquadShare
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.places.emphasis_words import emphasis_text, span_of_days
from patrol_desk.ui.pages.places.fields import degrees
from patrol_desk.ui.pages.places.sketch import SketchMap
from patrol_desk.ui.pages.places.words import distance_text, tier_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Chip, ElidedLabel, Label, SquadTick
from patrol_desk.ui.widgets.sections import Section, line
from patrol_desk.ui.widgets.segmented import Segmented

_MOST_SQUADS = 6
QWIDGETSIZE_MAX = (1 << 24) - 1
"""What Qt calls no greatest width."""


def near_line(theme: Theme, near: Near) -> QWidget:
    """Return a line with a muster point's square, its name and how far it is."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    far = Label("secondary", distance_text(near.metres))
    row.addWidget(Chip(theme, text=near.code))
    row.addWidget(ElidedLabel("secondary", near.name), 1)
    row.addWidget(far)
    return holder


def squad_line(theme: Theme, squad: SquadShare, *, first: bool) -> QWidget:
    """Return a line with a squad's tick and name, its part and its share of the last weeks' duties."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(6))
    row.addWidget(SquadTick(theme, max(squad.colour, 0)))
    row.addWidget(ElidedLabel("body", squad.name), 1)
    part = tr("主责") if first else tr("支援")
    share = Label("secondary", f"{part} · {squad.share:.0%}")
    share.setToolTip(tr("近 4 周 {count} 人次", count=squad.duties))
    row.addWidget(share)
    return holder


def to_map_words(*, placed: bool) -> str:
    """Return what the button says that puts a place on the map by click."""
    return tr("在地图上移动") if placed else tr("在地图上标出")


class PlaceSide(QFrame):
    """Sketch, address, muster points, tier and squads of a checkpoint.

    Parameters
    ----------
    theme
        Gives colours and sizes.

    Attributes
    ----------
    tier_chosen
        Sent with the tier that was chosen, as text.
    emphasis_wanted
        Sent with the area or period that is to be opened.
    map_wanted
        Sent when the checkpoint is to be put on the map by click.
    """

    tier_chosen = Signal(str)
    emphasis_wanted = Signal(object)
    map_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._detail: PlaceDetail | None = None
        self._free = False
        self.setProperty("panel", "line-left")
        self.sketch = SketchMap(theme)
        self._address, self._degrees = ElidedLabel("secondary"), Label("micro")
        self.tier = Segmented(theme, small=True)
        self.tier.setObjectName("tier")
        self._to_map = Button(theme, "crosshair", small=True)
        self._to_map.setObjectName("to_map")
        self._to_map.clicked.connect(self.map_wanted)
        self._tier_note = Label("muted", wrap=True)
        self._place, self._tier, self._squads = Section(theme), Section(theme), Section(theme)
        self._areas, self._periods = Section(theme), Section(theme)
        self._lay_out()
        self.tier.changed.connect(self.tier_chosen)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def show_detail(self, detail: PlaceDetail) -> None:
        """Show a checkpoint's surroundings."""
        self._detail = detail
        self.sketch.show_sketch(detail.sketch, detail.row.name)
        self.tier.choose(str(detail.row.tier))
        self.retranslate()

    def show_tier(self, tier: str) -> None:
        """Show the tier that the form holds."""
        self.tier.choose(tier)

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self._place.set_title(tr("位置"))
        self._tier.set_title(tr("重要程度"))
        self._areas.set_title(tr("重点片区"))
        self._periods.set_title(tr("重点时段"))
        self._squads.set_title(tr("负责小组"), tr("近 4 周"))
        self.tier.set_choices([(str(tier), tier_text(tier), None) for tier in (1, 2, 3)])
        self.tier.setAccessibleName(tr("重要程度"))
        self._tier_note.setText(tr("自动排班先保一级点位的最低人数。"))
        self.sketch.retranslate()
        detail = self._detail
        if detail is None:
            return
        self._to_map.setText(to_map_words(placed=detail.lat is not None))
        self._address.setText(detail.address or tr("没有地址"))
        both = f"{degrees(detail.lat)}, {degrees(detail.lon)}" if detail.lat is not None else ""
        self._degrees.setText(both)
        self._fill(self._near, [near_line(self._theme, near) for near in detail.musters])
        for period, section, column in ((False, self._areas, self._in_areas), (True, self._periods, self._in_periods)):
            inside = [self._emphasis_line(each) for each in detail.emphasis if each.period is period]
            self._fill(column, inside)
            section.setVisible(bool(inside))
        squads = detail.squads[:_MOST_SQUADS]
        lines = [squad_line(self._theme, squad, first=number == 0) for number, squad in enumerate(squads)]
        self._fill(self._served, lines or [Label("muted", tr("近 4 周没有人在这里执勤。"), wrap=True)])

    def _emphasis_line(self, emphasis: Emphasis) -> QWidget:
        """Return a button with the name of an area or period, what it does, and under it its days."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        link = Button(self._theme, kind="link")
        link.setText(emphasis.name)
        link.clicked.connect(lambda: self.emphasis_wanted.emit(emphasis))
        row.addWidget(link)
        row.addStretch(1)
        column.addLayout(row)
        days = span_of_days(emphasis.first_on, emphasis.last_on)
        column.addWidget(ElidedLabel("muted", f"{emphasis_text(emphasis)} · {days}"))
        return holder

    @staticmethod
    def _fill(column: QVBoxLayout, widgets: list[QWidget] | list[Label]) -> None:
        while column.count():
            old = column.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        for widget in widgets:
            column.addWidget(widget)

    def _lay_out(self) -> None:
        self._near, self._served = QVBoxLayout(), QVBoxLayout()
        self._in_areas, self._in_periods = QVBoxLayout(), QVBoxLayout()
        self._areas.add_layout(self._in_areas)
        self._periods.add_layout(self._in_periods)
        self._place.add_right(self._to_map)
        self._place.add(self._address)
        self._place.add(self._degrees)
        self._place.add_layout(self._near)
        self._tier.add_right(self.tier)
        self._tier.add(self._tier_note)
        self._squads.add_layout(self._served)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.sketch)
        for section in (self._place, self._tier, self._areas, self._periods, self._squads):
            column.addWidget(line(self._theme))
            column.addWidget(section)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(scroll.focusPolicy().NoFocus)
        scroll.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(scroll)

    def set_free(self, free: bool) -> None:
        """Take all the width there is, or the fixed width of a side column."""
        self._free = free
        self._restyle()

    def _restyle(self) -> None:
        if self._free:
            self.setMinimumWidth(0)
            self.setMaximumWidth(QWIDGETSIZE_MAX)
        else:
            self.setFixedWidth(self._theme.px(272) if self._theme.compact else self._theme.side("map"))
        self._near.setSpacing(self._theme.px(4))
        self._served.setSpacing(self._theme.px(8))
        if self._detail is not None:
            self.retranslate()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
