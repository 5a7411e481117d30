"""What is chosen in the demand grid, and the numbers that set it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.places import most_heads
from patrol_desk.services.places.rows import Pattern
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import weekday_text
from patrol_desk.ui.pages.places import seats as arithmetic
from patrol_desk.ui.pages.places.demand_model import WEEKDAYS, Key, pattern_text
from patrol_desk.ui.pages.places.seats import Seats
from patrol_desk.ui.pages.places.stepper import Stepper
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import ElidedLabel, Label


class RangeCard(QFrame):
    """Minimum and desired heads of the chosen cells, not staffed, copy to other places.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    """

    least_chosen = Signal(int)
    least_stepped = Signal(int)
    wished_chosen = Signal(int)
    wished_stepped = Signal(int)
    held_chosen = Signal(int)
    held_stepped = Signal(int)
    cleared = Signal()
    spread = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys: Sequence[Key] = ()
        self._patterns: Sequence[Pattern] = ()
        self.setProperty("panel", "card-accent")
        self._count, self._where, self._hint = Label("strong"), ElidedLabel("secondary"), ElidedLabel("muted")
        self._least_label, self._wished_label = Label("secondary"), Label("secondary")
        self.least, self.wished = (Stepper(theme, most_heads(), width=30) for _ in range(2))
        self.least.setObjectName("least")
        self.wished.setObjectName("wished")
        self.held = Stepper(theme, most_heads(), width=30)
        self.held.setObjectName("held")
        self._held_label, self._held_note = Label("secondary"), ElidedLabel("muted")
        self._neighbour: str | None = None
        self._own: int | None = None
        self._clear, self._spread = Button(theme, small=True), Button(theme, small=True)
        self._clear.setObjectName("not_staffed")
        self._spread.setObjectName("copy_to")
        self._lay_out()
        self.least.chosen.connect(self.least_chosen)
        self.least.stepped.connect(self.least_stepped)
        self.wished.chosen.connect(self.wished_chosen)
        self.wished.stepped.connect(self.wished_stepped)
        self.held.chosen.connect(self.held_chosen)
        self.held.stepped.connect(self.held_stepped)
        self.held.left.connect(self.left)
        self.least.left.connect(self.left)
        self.wished.left.connect(self.left)
        self._clear.clicked.connect(self.cleared)
        self._spread.clicked.connect(self.spread)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def show_range(self, keys: Sequence[Key], cells: Sequence[Seats], patterns: Sequence[Pattern]) -> None:
        """Show the chosen cells and the numbers they have in common."""
        self._keys, self._patterns = keys, patterns
        self.least.show_value(arithmetic.common(cells, arithmetic.minimum))
        self.wished.show_value(arithmetic.common(cells, arithmetic.desired))
        self.held.show_value(arithmetic.common(cells, arithmetic.held))
        self._own = arithmetic.common(cells, lambda seats: arithmetic.minimum(seats) - arithmetic.held(seats))
        for widget in (self.least, self.wished, self.held, self._clear, self._spread):
            widget.setEnabled(bool(keys))
        self._say()

    def show_neighbour(self, name: str | None) -> None:
        """Ask how many heads the neighbouring town holds, at a joint gate with the town of that name; None: do not."""
        self._neighbour = name
        for widget in (self._held_label, self.held, self._held_note):
            widget.setVisible(name is not None)
        self.retranslate()

    def allow_spread(self, allowed: bool) -> None:
        """Allow copying to other places only while nothing is unsaved."""
        self._spread.setEnabled(allowed and bool(self._keys))
        self._spread.setToolTip("" if allowed else tr("先保存改动，再复制到别的点位。"))

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self._least_label.setText(tr("最低"))
        self._wished_label.setText(tr("期望"))
        self.least.set_name(tr("最低"))
        self.wished.set_name(tr("期望"))
        self._held_label.setText(tr("其中{town}出", town=self._neighbour or tr("邻镇")))
        self.held.set_name(self._held_label.text())
        self._clear.setText(tr("设为不设岗"))
        self._clear.setToolTip("Del")
        self._spread.setText(tr("复制到…"))
        self._hint.setText(tr("拖选，或 Shift+方向键"))
        self._say()

    def _say(self) -> None:
        self._held_note.setText("" if self._own is None else tr("本所每班最低排 {count} 人", count=self._own))
        if not self._keys:
            self._count.setText(tr("在上面选择格子"))
            self._where.setText("")
            return
        self._count.setText(tr("已选 {count} 格", count=len(self._keys)))
        days = sorted({weekday for _, weekday in self._keys})
        rows = [pattern for pattern in self._patterns if pattern.id in {key[0] for key in self._keys}]
        joint = tr("、|joint")
        named = tr("每天") if len(days) == WEEKDAYS else joint.join(weekday_text(day) for day in days)
        shifts = tr("各班") if len(rows) == len(self._patterns) > 1 else joint.join(pattern_text(row) for row in rows)
        self._where.setText(f"{named} · {shifts}")

    def _lay_out(self) -> None:
        self._top, self._under, self._last = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._last.addWidget(self._held_label)
        self._last.addWidget(self.held)
        self._last.addWidget(self._held_note, 1)
        self._top.addWidget(self._count)
        self._top.addWidget(self._where, 1)
        self._top.addWidget(self._hint)
        for label, stepper in ((self._least_label, self.least), (self._wished_label, self.wished)):
            self._under.addWidget(label)
            self._under.addWidget(stepper)
        self._under.addStretch(1)
        self._under.addWidget(self._clear)
        self._under.addWidget(self._spread)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._top)
        self._column.addLayout(self._under)
        self._column.addLayout(self._last)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(10), px(8), px(10), px(8))
        self._column.setSpacing(px(6))
        self._top.setSpacing(px(8))
        self._under.setSpacing(px(8))
        self._last.setSpacing(px(8))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
