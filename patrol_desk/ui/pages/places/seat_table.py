"""Which of the heads of a shift must be a leader or have a skill: one line per kind of seat."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.places import most_heads
from patrol_desk.services.places.rows import SkillKind
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.places import seats as arithmetic
from patrol_desk.ui.pages.places.seats import ANYBODY, LEADER, Kind, Seats
from patrol_desk.ui.pages.places.stepper import Stepper
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import ElidedLabel, Label
from patrol_desk.ui.widgets.sections import line
from patrol_desk.ui.widgets.skill_icons import skill_icon


class _SeatLine:
    """The widgets of one kind of seat."""

    def __init__(self, theme: Theme, kind: Kind, icon: str, skill: str) -> None:
        self.kind = kind
        self.icon = icon
        self.skill = skill
        self.mark = QLabel()
        self.name = ElidedLabel("body")
        self.least, self.wished = Stepper(theme, most_heads(), width=30), Stepper(theme, most_heads(), width=30)
        self.note = ElidedLabel("muted")
        self.theme = theme

    def retranslate(self) -> None:
        name = tr("组长带班") if self.kind == LEADER else self.skill
        self.name.setText(name)
        self.least.set_name(tr("{name} 至少", name=name))
        self.wished.set_name(tr("{name} 期望", name=name))
        self.mark.setPixmap(self.theme.pixmap(self.icon, "text2", 15))

    def show_counts(self, cells: Sequence[Seats]) -> None:
        kind = self.kind
        self.least.show_value(arithmetic.common(cells, lambda seats: arithmetic.of_kind(seats, kind)[0]))
        self.wished.show_value(arithmetic.common(cells, lambda seats: arithmetic.of_kind(seats, kind)[1]))
        asked = any(arithmetic.of_kind(seats, kind)[1] for seats in cells)
        if not asked:
            self.note.setText(tr("不要求"))
        elif kind == LEADER:
            self.note.setText(tr("由组长或副组长担任"))
        else:
            self.note.setText(tr("证件须在有效期内"))


class SeatTable(QFrame):
    """Lines for the leader and every skill, and what is left for anybody.

    Parameters
    ----------
    theme
        Gives colours and sizes.

    Attributes
    ----------
    rest
        Says what is left for anybody.
    chosen
        Sent with kind, whether it is the minimum, and the number.
    stepped
        The same with a step, where the chosen cells differ.
    """

    chosen = Signal(object, bool, int)
    stepped = Signal(object, bool, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._skills: tuple[SkillKind, ...] | None = None
        self._lines: list[_SeatLine] = []
        self._cells: Sequence[Seats] = ()
        self._undo: tuple[Callable[[], bool], Callable[[], None]] | None = None
        self._heads = [Label("secondary") for _ in range(4)]
        self.rest = Label("muted")
        head = QFrame()
        head.setProperty("panel", "sunken")
        self._head_row = QHBoxLayout(head)
        self._grid = QGridLayout()
        self._head_frame = head
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(self._grid)
        column.addWidget(self.rest)
        for label in self._heads:
            self._head_row.addWidget(label)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_skills(self, skills: tuple[SkillKind, ...]) -> None:
        """Show a line per skill in force, after the leader's."""
        if skills == self._skills:
            return
        self._skills = skills
        while self._grid.count():
            old = self._grid.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        self._lines = [_SeatLine(self._theme, LEADER, "star", "")]
        self._lines += [
            _SeatLine(self._theme, (skill.id, False), skill_icon(skill.code), skill.name) for skill in skills
        ]
        for place, seat in enumerate(self._lines):
            self._put(place, seat)
        self.retranslate()

    def show_cells(self, cells: Sequence[Seats]) -> None:
        """Show the numbers that the chosen cells have in common."""
        self._cells = cells
        self.setEnabled(bool(cells))
        for seat in self._lines:
            seat.show_counts(cells)
        rest = [arithmetic.of_kind(seats, ANYBODY) for seats in cells]
        if len(set(rest)) == 1:
            self.rest.setText(tr("其余席位不限：最低 {low} 人，期望 {high} 人", low=rest[0][0], high=rest[0][1]))
        else:
            self.rest.setText(tr("其余席位不限，各格不同") if rest else "")

    def retranslate(self) -> None:
        """Set the words of the current language."""
        for label, text in zip(self._heads, (tr("每班席位"), tr("至少"), tr("期望"), tr("说明")), strict=True):
            label.setText(text)
        for seat in self._lines:
            seat.retranslate()
        self.show_cells(self._cells)

    def step_back_with(self, possible: Callable[[], bool], run: Callable[[], None]) -> None:
        """Let Ctrl+Z in a number take an unsaved step back while there is one."""
        self._undo = (possible, run)

    def _put(self, place: int, seat: _SeatLine) -> None:
        seat.least.setObjectName(f"seat_least_{place}")
        seat.wished.setObjectName(f"seat_wished_{place}")
        row = 2 * place
        for column, widget in enumerate((seat.mark, seat.name, seat.least, seat.wished, seat.note)):
            self._grid.addWidget(widget, row, column)
        self._grid.addWidget(line(self._theme), row + 1, 0, 1, 5)
        for stepper, least in ((seat.least, True), (seat.wished, False)):
            stepper.chosen.connect(partial(self.chosen.emit, seat.kind, least))
            stepper.stepped.connect(partial(self.stepped.emit, seat.kind, least))
            if self._undo is not None:
                stepper.step_back_with(*self._undo)

    def _restyle(self) -> None:
        px = self._theme.px
        wide = px(30 + 2 * 24) + 2
        self._head_row.setContentsMargins(px(8), 0, 0, 0)
        self._head_row.setSpacing(px(10))
        self._head_frame.setFixedHeight(self._theme.row("header"))
        self._heads[0].setFixedWidth(px(112))
        self._heads[1].setFixedWidth(wide)
        self._heads[2].setFixedWidth(wide)
        self._grid.setContentsMargins(px(8), px(1), 0, px(1))
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(0 if self._theme.compact else 1)
        self._grid.setColumnMinimumWidth(0, px(15))
        self._grid.setColumnMinimumWidth(1, px(87))
        self._grid.setColumnStretch(4, 1)
        self.rest.setContentsMargins(px(8), px(4), 0, 0)
        for seat in self._lines:
            seat.retranslate()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
