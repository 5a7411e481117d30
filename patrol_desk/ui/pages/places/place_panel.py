"""One checkpoint: head, life, demand, basics, and the column beside them."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.models import CheckpointKind, CheckpointStatus
from patrol_desk.services.places import next_statuses, set_demand, update_checkpoint
from patrol_desk.services.places.rows import PlaceChoices, PlaceDetail
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.places.demand_tab import DemandTab
from patrol_desk.ui.pages.places.emphasis_words import span_of_days
from patrol_desk.ui.pages.places.fields import checkpoint_fields, checkpoint_values, fit_kind
from patrol_desk.ui.pages.places.life_line import LifeLine
from patrol_desk.ui.pages.places.life_tab import LifeTab
from patrol_desk.ui.pages.places.marks import KIND_BOX, paint_kind
from patrol_desk.ui.pages.places.panel import RecordPanel
from patrol_desk.ui.pages.places.side import PlaceSide
from patrol_desk.ui.pages.places.visits_tab import VisitsTab
from patrol_desk.ui.pages.places.words import kind_text
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.labels import Label

_DEMAND, _BASICS, _CHANGES, _VISITS, _AROUND = range(5)


class PlacePanel(RecordPanel):
    """The detail of a checkpoint.

    Parameters
    ----------
    desk
        The open station.
    choices
        Gives what the form offers.
    taken
        Gives the codes of all checkpoints.

    Attributes
    ----------
    roster_wanted
        Sent when the checkpoint is to be opened in the roster.
    move_wanted
        Sent with the status that the checkpoint is to have.
    keep_wanted
        Sent when what was fixed for a later day is to be dropped.
    """

    roster_wanted = Signal()
    move_wanted = Signal(object)
    keep_wanted = Signal()

    def __init__(self, desk: Desk, choices: Callable[[], PlaceChoices], taken: Callable[[], Collection[str]]) -> None:
        self.detail: PlaceDetail | None = None
        self._narrow = False
        super().__init__(desk, checkpoint_fields(choices, lambda: self._taken(taken()), self._values))
        theme = desk.theme
        self.life = LifeLine(theme)
        self.demand = DemandTab(desk)
        self.changes = LifeTab(theme)
        self.visits = VisitsTab(desk)
        self.side = PlaceSide(theme)
        self.code = Label("muted")
        self._roster = Button(theme, "calendar-days", "ghost")
        self._roster.setObjectName("open_in_roster")
        self._more = IconButton(theme, "ellipsis")
        self._more.setObjectName("more")
        self._life_button = Button(theme, "pause", "ghost")
        self._life_button.setObjectName("life")
        self._lay_out()
        self.demand.changed.connect(self.dirty_changed)
        self.side.tier_chosen.connect(lambda tier: self.form.put("tier", tier))
        self.form.changed.connect(lambda _key: fit_kind(self.form))
        self.form.changed.connect(lambda _key: self.side.show_tier(str(self.form.value("tier"))))
        self._roster.clicked.connect(self.roster_wanted)
        self._more.clicked.connect(self._show_menu)
        self._life_button.clicked.connect(lambda: self.move_wanted.emit(self._next()))
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
        return {} if self.detail is None else checkpoint_values(self.detail)

    def show_detail(self, detail: PlaceDetail) -> None:
        """Show a checkpoint; unsaved edits of the same one stay over it."""
        same = self.record_id() == detail.id
        self.detail = detail
        self.demand.show_detail(detail)
        self.changes.show_detail(detail)
        self.visits.show_detail(detail)
        self.side.show_detail(detail)
        self.put_values(checkpoint_values(detail), keep=same)
        fit_kind(self.form)
        self.life.show_life(detail.life, detail.row.status)
        self.retranslate()

    @override
    def set_narrow(self, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.side.set_free(narrow)
        if narrow:
            self._middle.removeWidget(self.side)
            self.stack.addWidget(self.side)
            self.tabs.addTab(tr("位置和小组"))
        else:
            self.tabs.removeTab(_AROUND)
            self.stack.removeWidget(self.side)
            self._middle.addWidget(self.side)
            self.side.show()

    def refresh_choices(self) -> None:
        """Offer what can be chosen now."""
        self.form.retranslate()

    # Edits

    @override
    def dirty(self) -> int:
        return len(self.demand.model.unsaved()) + super().dirty()

    @override
    def dirty_text(self) -> str:
        cells, fields = len(self.demand.model.unsaved()), super().dirty()
        parts = [tr("{count} 格未保存", count=cells)] if cells else []
        if fields:
            parts.append(tr("{count} 项未保存", count=fields))
        return tr("，|joint").join(parts)

    @override
    def home(self) -> QWidget:
        return self.demand.grid if self.tabs.currentIndex() == _DEMAND else self.tabs

    @override
    def discard(self) -> None:
        self.demand.model.discard()
        super().discard()
        if self.detail is not None:
            self.side.show_tier(str(self.detail.row.tier))

    @override
    async def write(self) -> None:
        detail = self.detail
        assert detail is not None
        changed = {key: self.form.value(key) for key in self.form.dirty_keys()}
        if changed:
            step = tr("修改点位 {name}", name=detail.row.name)
            await self.desk.write(step, update_checkpoint, detail.id, detail.row.row_version, changed)
            self.form.set_values(self.form.values())
        cells = self.demand.model.unsaved()
        if cells:
            step = tr("修改勤务需求 {name}", name=detail.row.name)
            await self.desk.write(step, set_demand, detail.id, cells)
            self.demand.model.keep_saved(cells)
        self.dirty_changed.emit()

    def _values(self) -> Mapping[str, Any]:
        return self.form.values()

    def _taken(self, codes: Collection[str]) -> Collection[str]:
        own = "" if self.detail is None else self.detail.row.code
        return [code for code in codes if code != own]

    # Life

    def _next(self) -> CheckpointStatus:
        """Return the status that the button at the foot leads to."""
        status = CheckpointStatus.CLOSED if self.detail is None else self.detail.row.status
        return CheckpointStatus.SUSPENDED if status is CheckpointStatus.ACTIVE else CheckpointStatus.ACTIVE

    def _show_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        allowed = next_statuses(self.detail.row.status) if self.detail is not None else frozenset()
        for status, words in (
            (CheckpointStatus.ACTIVE, tr("启用此点位…")),
            (CheckpointStatus.SUSPENDED, tr("暂停此点位…")),
            (CheckpointStatus.CLOSED, tr("关闭此点位…")),
        ):
            action = menu.addAction(words)
            action.setEnabled(status in allowed)
            action.triggered.connect(lambda _on=False, status=status: self.move_wanted.emit(status))
        if self.detail is not None and any(change.coming for change in self.detail.changes):
            menu.addAction(tr("撤回定在以后的变更")).triggered.connect(self.keep_wanted)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    # Words and layout

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self._roster.setText(tr("在排班表打开"))
        self._more.set_name(tr("更多"))
        self.tabs.setTabText(_DEMAND, tr("勤务需求"))
        self.tabs.setTabText(_BASICS, tr("基本信息"))
        self.tabs.setTabText(_CHANGES, tr("变更"))
        self.tabs.setTabText(_VISITS, tr("到访记录"))
        if self._narrow:
            self.tabs.setTabText(_AROUND, tr("位置和小组"))
        detail = self.detail
        if detail is None:
            return
        row = detail.row
        self.name.setText(row.name)
        self.code.setText(row.code)
        self.sub.setText(" · ".join(filter(None, (kind_text(row.kind), row.community, _kind_note(detail)))))
        self.life.retranslate()
        self._say_life(row.status)
        self.restyle()

    def _say_life(self, status: CheckpointStatus) -> None:
        words = {
            CheckpointStatus.PLANNED: tr("启用此点位…"),
            CheckpointStatus.ACTIVE: tr("暂停此点位…"),
            CheckpointStatus.SUSPENDED: tr("恢复启用…"),
            CheckpointStatus.CLOSED: "",
        }
        self._life_button.setText(words[status])
        self._life_button.set_icon("pause" if status is CheckpointStatus.ACTIVE else "play")
        self._life_button.setVisible(status is not CheckpointStatus.CLOSED)
        self._roster.setEnabled(status is CheckpointStatus.ACTIVE)

    @override
    def restyle(self) -> None:
        if self.detail is None:
            return
        theme = self.desk.theme
        ratio = self.devicePixelRatioF()
        side = theme.px(KIND_BOX)
        picture = QPixmap(QSize(side, side) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_kind(painter, theme, QRect(0, 0, side, side), self.detail.row.kind)
        painter.end()
        self.mark.setPixmap(picture)

    def _lay_out(self) -> None:
        for tab in (self.demand, self.form_tab(), self.changes, self.visits):
            self.tabs.addTab("")
            self.stack.addWidget(tab)
        head = self.head_row((self.name, self.code, self.mark), self._roster, self._more)
        life = QHBoxLayout()
        life.setContentsMargins(16, 0, 12, 0)
        life.addWidget(self.life)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(8, 4, 8, 0)
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        top = QFrame()
        top.setProperty("panel", "line-bottom")
        inside = QVBoxLayout(top)
        inside.setContentsMargins(0, 0, 0, 1)
        inside.setSpacing(0)
        for row in (head, life, tabs):
            inside.addLayout(row)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(self.stack, 1)
        self._middle.addWidget(self.side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addLayout(self._middle, 1)
        whole.addWidget(self.foot_frame(self._life_button))


def _kind_note(detail: PlaceDetail) -> str:
    """Return the days of a temporary duty, the neighbour of a joint gate."""
    if detail.row.kind is CheckpointKind.TEMPORARY_DUTY:
        return span_of_days(detail.first_on, detail.last_on)
    if detail.row.kind is CheckpointKind.JOINT_GATE and detail.neighbour:
        return tr("与{town}共守", town=detail.neighbour)
    return ""
