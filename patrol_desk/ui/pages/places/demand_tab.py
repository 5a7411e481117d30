"""Editing the demand of a checkpoint: grid, numbers of the range, kinds of seat, and what saving would do."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.weeks import Week
from patrol_desk.models import CheckpointKind
from patrol_desk.services.places import effect_of_demand
from patrol_desk.services.places.rows import PlaceDetail
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import week_text
from patrol_desk.ui.pages.places import seats as arithmetic
from patrol_desk.ui.pages.places.demand_grid import DemandGrid, paint_flag, paint_hatch
from patrol_desk.ui.pages.places.demand_model import DemandModel
from patrol_desk.ui.pages.places.effect import EffectPanel
from patrol_desk.ui.pages.places.range_card import RangeCard
from patrol_desk.ui.pages.places.seat_table import SeatTable
from patrol_desk.ui.pages.places.seats import Kind, Seats
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Label

_EFFECT = "places effect"


class _Legend(QWidget):
    """What dot, hatch, pips and flag mean."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.week = ""
        self.raised = False
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(24))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        px = theme.px
        painter = QPainter(self)
        painter.setFont(theme.font("secondary"))
        middle, x = self.height() // 2, 0
        planned = tr("{week}已排的人", week=self.week) if self.week else ""
        texts = (tr("未保存"), tr("不设岗"), planned, tr("重点时段加人") if self.raised else "")
        for number, text in enumerate(texts):
            if not text:
                continue
            if number == 0:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("accentText"))
                painter.drawEllipse(x, middle - px(2), px(4), px(4))
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
                x += px(10)
            elif number == 1:
                mark = QRect(x, middle - px(6), px(20), px(12))
                paint_hatch(painter, theme, mark)
                painter.setPen(theme.color("line2"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(mark)
                x += px(26)
            elif number == 3:
                paint_flag(painter, theme, QRect(x, middle - px(4), px(8), px(8)))
                x += px(13)
            else:
                for pip in range(2):
                    painter.fillRect(x + pip * px(7), middle - 1, px(5), px(3), theme.color("text3"))
                x += px(20)
            painter.setPen(theme.color("text2"))
            width = painter.fontMetrics().horizontalAdvance(text)
            painter.drawText(QRect(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x += width + px(18)
        painter.end()


class DemandTab(QFrame):
    """The demand of one checkpoint, edited in place; nothing is written before it is saved.

    Parameters
    ----------
    desk
        The open station.

    Attributes
    ----------
    changed
        Sent when the number of unsaved cells may be another one.
    copy_from
        Sent when cells are to be taken from another checkpoint.
    copy_to
        Sent when the chosen cells are to be given to others.
    """

    changed = Signal()
    copy_from = Signal()
    copy_to = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._place = ""
        self._week: Week | None = None
        theme = desk.theme
        self.setProperty("panel", "surface")
        self.model = DemandModel(self)
        self.grid = DemandGrid(theme, self.model)
        self.card = RangeCard(theme)
        self.seats = SeatTable(theme)
        self.effect = EffectPanel(theme)
        self._legend = _Legend(theme)
        self._title, self._note = Label("strong"), Label("muted")
        self._from = Button(theme, "copy", "ghost", small=True)
        self._from.setObjectName("copy_from")
        self._lay_out()
        self._connect()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def show_detail(self, detail: PlaceDetail) -> None:
        """Show a checkpoint; unsaved edits of the same one stay."""
        other = detail.id != self._place
        kept = [] if other else self.grid.chosen_keys()
        self._place = detail.id
        self._week = Week.parse(detail.week) if detail.planned else None
        self.seats.show_skills(detail.skills)
        held = any(arithmetic.held(cell.seats) for cell in detail.cells)
        gate = detail.row.kind is CheckpointKind.JOINT_GATE
        self.card.show_neighbour(detail.neighbour if gate or held else None)
        self.model.show_detail(detail)
        patterns = {pattern.id for pattern in detail.patterns}
        self.grid.choose([key for key in kept if key[0] in patterns] or self._first(detail))
        self.retranslate()

    @staticmethod
    def _first(detail: PlaceDetail) -> list[tuple[str, int]]:
        """Return the first cell that asks for somebody."""
        asked = [cell.key for cell in detail.cells if cell.desired]
        return asked[:1] or [cell.key for cell in detail.cells[:1]]

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self._title.setText(tr("勤务需求"))
        self._note.setText(tr("最低 / 期望人数"))
        self._from.setText(tr("复制自点位…"))
        self.grid.setAccessibleName(tr("勤务需求"))
        self._legend.week = "" if self._week is None else week_text(self._week)
        self._legend.raised = self.model.raises()
        self._legend.update()

    # Editing

    def _edit(self, change: Callable[[Seats], Seats]) -> None:
        self.model.apply(self.grid.chosen_keys(), change)

    def _range(self) -> None:
        keys = self.grid.chosen_keys()
        cells = [self.model.seats(key) for key in keys]
        self.card.show_range(keys, cells, self.model.patterns)
        self.card.allow_spread(not self.model.unsaved())
        self.seats.show_cells(cells)

    def _edited(self) -> None:
        self._range()
        self.changed.emit()
        self._desk.tasks.cancel(_EFFECT)
        if self.model.unsaved():
            self._desk.tasks.start("places effect", self._read_effect(), owner=self, exclusive=_EFFECT)
        else:
            self.effect.show_effect(None)

    async def _read_effect(self) -> None:
        effect = await self._desk.read(effect_of_demand, self._place, self.model.unsaved())
        self.effect.show_effect(effect)

    def _kind(self, kind: Kind, least: bool, heads: int) -> None:
        change = arithmetic.with_kind_minimum if least else arithmetic.with_kind_desired
        self._edit(lambda seats: change(seats, kind, heads))

    def _kind_step(self, kind: Kind, least: bool, by: int) -> None:
        change = arithmetic.with_kind_minimum if least else arithmetic.with_kind_desired
        self._edit(lambda seats: change(seats, kind, arithmetic.of_kind(seats, kind)[0 if least else 1] + by))

    def _connect(self) -> None:
        low, high = arithmetic.with_minimum, arithmetic.with_desired
        self.grid.range_changed.connect(self._range)
        self.grid.numbers_wanted.connect(partial(self.card.least.setFocus, Qt.FocusReason.OtherFocusReason))
        self.grid.paste_failed.connect(self._refuse_paste)
        self.model.edited.connect(self._edited)
        self.card.least_chosen.connect(lambda heads: self._edit(lambda seats: low(seats, heads)))
        self.card.least_stepped.connect(lambda by: self._edit(lambda seats: low(seats, arithmetic.minimum(seats) + by)))
        self.card.wished_chosen.connect(lambda heads: self._edit(lambda seats: high(seats, heads)))
        self.card.wished_stepped.connect(
            lambda by: self._edit(lambda seats: high(seats, arithmetic.desired(seats) + by))
        )
        self.card.held_chosen.connect(lambda heads: self._edit(lambda seats: arithmetic.with_held(seats, heads)))
        self.card.held_stepped.connect(
            lambda by: self._edit(lambda seats: arithmetic.with_held(seats, arithmetic.held(seats) + by))
        )
        for stepper in (self.card.least, self.card.wished, self.card.held):
            stepper.step_back_with(self.model.can_step_back, self.model.step_back)
        self.seats.step_back_with(self.model.can_step_back, self.model.step_back)
        self.card.cleared.connect(lambda: self._edit(lambda _seats: ()))
        self.card.left.connect(partial(self.grid.setFocus, Qt.FocusReason.OtherFocusReason))
        self.card.spread.connect(self.copy_to)
        self.seats.chosen.connect(self._kind)
        self.seats.stepped.connect(self._kind_step)
        self._from.clicked.connect(self.copy_from)

    def _refuse_paste(self, text: str) -> None:
        shown = text if len(text) <= 20 else f"{text[:20]}…"
        self._desk.tell(tr("没有粘贴：“{text}”不是人数。请写成 2/3（最低/期望），空着是不设岗。", text=shown), "warn")

    # Layout

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._note)
        head.addStretch(1)
        head.addWidget(self._from)
        frame = QFrame()
        frame.setProperty("panel", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.addLayout(head)
        self._column.addWidget(frame)
        self._column.addWidget(self._legend)
        self._column.addWidget(self.card)
        self._column.addWidget(self.seats)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(self.effect)

    def _restyle(self) -> None:
        px = self._desk.theme.px
        self._column.setContentsMargins(px(16), px(8), px(12), px(8))
        self._column.setSpacing(px(4))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
