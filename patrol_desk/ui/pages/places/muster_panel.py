"""One muster point: head, where it is and who is based there, equipment, basics, the checkpoints it serves."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.places import set_stock, update_muster_point
from patrol_desk.services.places.muster_rows import MusterDetail
from patrol_desk.services.places.rows import Near, PlaceChoices
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.itemmodels.rows import RowsModel
from patrol_desk.ui.pages.places.columns import near_columns
from patrol_desk.ui.pages.places.fields import degrees, muster_fields, muster_values
from patrol_desk.ui.pages.places.loan_history import LoanHistory
from patrol_desk.ui.pages.places.marks import paint_code
from patrol_desk.ui.pages.places.panel import RecordPanel
from patrol_desk.ui.pages.places.side import to_map_words
from patrol_desk.ui.pages.places.sketch import SketchMap
from patrol_desk.ui.pages.places.stock_tab import StockTab
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import ElidedLabel, Label
from patrol_desk.ui.widgets.table import DataTable

_STOCK, _BASICS, _SERVED, _LOANS = range(4)
_FACTS = 4


class MusterPanel(RecordPanel):
    """The detail of a muster point.

    Parameters
    ----------
    desk
        The open station.
    choices
        Gives what the form offers.
    taken
        Gives the codes of all muster points.

    Attributes
    ----------
    retire_wanted
        Sent when the muster point is to be retired.
    place_wanted
        Sent with the id of a checkpoint to go to.
    map_wanted
        Sent when the muster point is to be put on the map by click.
    """

    retire_wanted = Signal()
    place_wanted = Signal(str)
    map_wanted = Signal()

    def __init__(self, desk: Desk, choices: Callable[[], PlaceChoices], taken: Callable[[], Collection[str]]) -> None:
        self.detail: MusterDetail | None = None
        super().__init__(desk, muster_fields(choices, lambda: self._taken(taken()), self._values))
        theme = desk.theme
        self.stock = StockTab(theme)
        self.history = LoanHistory(desk)
        self.sketch = SketchMap(theme, 132)
        self._labels = [Label("secondary") for _ in range(_FACTS)]
        self._facts = [ElidedLabel("body") for _ in range(_FACTS)]
        self.served: RowsModel[Near] = RowsModel(near_columns(), self)
        self.served_table = DataTable(theme)
        self.served_table.setObjectName("served")
        self.served_table.set_rows_model(self.served)
        self._to_map = Button(theme, "crosshair", "ghost")
        self._to_map.setObjectName("to_map")
        self._to_map.clicked.connect(self.map_wanted)
        self._retire = Button(theme, "archive", "ghost")
        self._retire.setObjectName("retire_muster")
        self._lay_out()
        self.tabs.currentChanged.connect(lambda place: self.history.look() if place == _LOANS else None)
        self.stock.changed.connect(self.dirty_changed)
        self._retire.clicked.connect(self.retire_wanted)
        self.served_table.activated_row.connect(lambda row: self.place_wanted.emit(row.id))
        self.retranslate()

    # The record

    @override
    def record_id(self) -> str:
        return "" if self.detail is None else self.detail.id

    @override
    def title(self) -> str:
        return "" if self.detail is None else self.detail.row.name

    @override
    def stored_values(self) -> Mapping[str, Any]:
        return {} if self.detail is None else muster_values(self.detail)

    def show_detail(self, detail: MusterDetail) -> None:
        """Show a muster point; unsaved edits of the same one stay over it."""
        same = self.record_id() == detail.id
        self.detail = detail
        self.stock.show_detail(detail)
        self.sketch.show_sketch(detail.sketch, detail.row.name, muster=True)
        self.served.set_rows(detail.served)
        self.history.show_place(detail.id)
        self.put_values(muster_values(detail), keep=same)
        self.retranslate()

    def refresh_choices(self) -> None:
        """Offer what can be chosen now."""
        self.form.retranslate()

    # Edits

    @override
    def dirty(self) -> int:
        return len(self.stock.unsaved()) + super().dirty()

    @override
    def dirty_text(self) -> str:
        return tr("{count} 项未保存", count=self.dirty())

    @override
    def home(self) -> QWidget:
        return self.stock.table if self.tabs.currentIndex() == _STOCK else self.tabs

    @override
    def discard(self) -> None:
        self.stock.discard()
        super().discard()

    @override
    async def write(self) -> None:
        detail = self.detail
        assert detail is not None
        changed = {key: self.form.value(key) for key in self.form.dirty_keys()}
        if changed:
            step = tr("修改召集点 {name}", name=detail.row.name)
            await self.desk.write(step, update_muster_point, detail.id, detail.row.row_version, changed)
            self.form.set_values(self.form.values())
        for item, count in self.stock.unsaved():
            step = tr("{name} 数量改为 {number}", name=item.name, number=count)
            await self.desk.write(step, set_stock, item.id, item.row_version, count)
            self.stock.keep_saved(item, count)
        self.dirty_changed.emit()

    def _values(self) -> Mapping[str, Any]:
        return self.form.values()

    def _taken(self, codes: Collection[str]) -> Collection[str]:
        own = "" if self.detail is None else self.detail.row.code
        return [code for code in codes if code != own]

    # Words and layout

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self._retire.setText(tr("停用召集点…"))
        words_of = {_STOCK: tr("装备"), _BASICS: tr("基本信息"), _SERVED: tr("服务点位"), _LOANS: tr("借还记录")}
        for place, words in words_of.items():
            self.tabs.setTabText(place, words)
        for label, words in zip(self._labels, (tr("社区"), tr("驻守先莞队"), tr("服务点位"), tr("坐标")), strict=True):
            label.setText(words)
        detail = self.detail
        if detail is None:
            return
        self.name.setText(detail.row.name)
        self._to_map.setText(to_map_words(placed=detail.lat is not None))
        self.sub.setText(tr("{kinds} 种装备，{pieces} 件", kinds=detail.row.kinds, pieces=detail.row.pieces))
        teams = tr("、|joint").join(
            tr("{name}（{count} 人）", name=team.name, count=team.members) for team in detail.teams
        )
        both = f"{degrees(detail.lat)}, {degrees(detail.lon)}" if detail.lat is not None else tr("未填")
        served = tr("{count} 个（2 km 内）", count=len(detail.served))
        facts = (detail.row.community or tr("未填"), teams or tr("没有"), served, both)
        for fact, words in zip(self._facts, facts, strict=True):
            fact.setText(words)
        self.sketch.retranslate()
        self.restyle()

    @override
    def restyle(self) -> None:
        if self.detail is None:
            return
        theme = self.desk.theme
        code = self.detail.row.code
        wide = QFontMetrics(theme.font("micro", bold=True)).horizontalAdvance(code) + theme.px(8)
        size = QSize(max(theme.px(24), wide), theme.px(24))
        ratio = self.devicePixelRatioF()
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_code(painter, theme, QRect(0, 0, size.width(), size.height()), code)
        painter.end()
        self.mark.setPixmap(picture)

    def _lay_out(self) -> None:
        for widget in (self.stock, self.form_tab(), self.served_table, self.history):
            self.tabs.addTab("")
            self.stack.addWidget(widget)
        head = self.head_row((self.mark, self.name), self._to_map)
        facts = QGridLayout()
        facts.setContentsMargins(16, 8, 12, 8)
        facts.setHorizontalSpacing(16)
        facts.setVerticalSpacing(4)
        facts.setColumnStretch(1, 1)
        for number, (label, fact) in enumerate(zip(self._labels, self._facts, strict=True)):
            facts.addWidget(label, number, 0)
            facts.addWidget(fact, number, 1)
        facts.setRowStretch(_FACTS, 1)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 1)
        across.setSpacing(0)
        across.addLayout(facts, 5)
        across.addWidget(self.sketch, 4)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(8, 4, 8, 0)
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for inner, panel in ((head, "line-bottom"), (across, "line-bottom"), (tabs, "line-bottom")):
            frame = QFrame()
            frame.setProperty("panel", panel)
            frame.setLayout(inner)
            whole.addWidget(frame)
        whole.addWidget(self.stack, 1)
        whole.addWidget(self.foot_frame(self._retire))
