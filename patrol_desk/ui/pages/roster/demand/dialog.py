"""The demand of one cell: from now on, or of this day only."""

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit
from typing_extensions import override

from patrol_desk.services.places import most_heads, set_demand
from patrol_desk.services.planning.board import Board
from patrol_desk.services.planning.cell_demand import LONGEST_REASON, CellDemand, DayHeads, cell_demand, set_day
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import day_text, span_text, weekday_text
from patrol_desk.ui.pages.places import seats as arithmetic
from patrol_desk.ui.pages.places.seats import Seats
from patrol_desk.ui.pages.places.stepper import Stepper
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.segmented import Segmented

ALWAYS: Final = "always"
ONCE: Final = "once"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked for: seats from now on, or heads of the day and why."""

    once: bool
    seats: Seats
    day: DayHeads


class DemandDialog(Dialog):
    """Minimum and desired heads of a cell.

    Parameters
    ----------
    desk
        The window and its look.
    board, row, shift
        The cell.
    found
        What it asks for.
    """

    def __init__(self, desk: Desk, board: Board, row: int, shift: int, found: CellDemand) -> None:
        super().__init__(desk.host, desk.theme, width=560)
        self._point, self._when = board.rows[row], board.shifts[shift]
        self._heads = board.cell(row, shift).heads
        self._found = found
        self.seats = found.demand.seats
        self.answer: Answer | None = None
        self.setObjectName("demand_dialog")
        self.scope = Segmented(desk.theme)
        self.scope.setObjectName("demand_scope")
        self.least, self.wished = (Stepper(desk.theme, most_heads()) for _ in range(2))
        self.least.setObjectName("demand_least")
        self.wished.setObjectName("demand_wished")
        self.reason = QLineEdit(found.reason)
        self.reason.setObjectName("demand_reason")
        self.reason.setMaxLength(LONGEST_REASON)
        self._least_label, self._wished_label = Label("secondary"), Label("secondary")
        self.words = Label("secondary", wrap=True)
        self._save = Button(desk.theme, "save", "primary", "Enter")
        self._save.setObjectName("demand_save")
        self._back = Button(desk.theme, keys="Esc")
        self._back.clicked.connect(self.reject)
        self._lay_out()
        self.foot(self._save, self._back)
        self.least.chosen.connect(self._least_chosen)
        self.wished.chosen.connect(self._wished_chosen)
        self.scope.changed.connect(self._rescope)
        self.reason.textChanged.connect(lambda _text: self._say())
        for stepper in (self.least, self.wished):
            stepper.left.connect(self.accept)
        self.first(self.least)
        self.retranslate()
        self._rescope()

    def _lay_out(self) -> None:
        self.add(self.scope)
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        for label, stepper in ((self._least_label, self.least), (self._wished_label, self.wished)):
            row.addWidget(label)
            row.addWidget(stepper)
        row.addStretch(1)
        self.add_layout(row)
        self.add(self.reason)
        self.add(self.words)

    @property
    def once(self) -> bool:
        """Whether only this day is changed."""
        return self.scope.chosen() == ONCE

    @property
    def day(self) -> DayHeads:
        """What this day would ask for, and why."""
        return DayHeads(self.least.value() or 0, self.wished.value() or 0, " ".join(self.reason.text().split()))

    @property
    def differs(self) -> bool:
        """Whether this day would ask for other heads than every week."""
        demand, day = self._found.demand, self.day
        return (day.minimum, day.desired) != (demand.minimum, demand.desired)

    def _rescope(self, *_key: str) -> None:
        demand = self._found.demand
        self.seats = demand.seats
        self.least.show_value(self._found.minimum if self.once else demand.minimum)
        self.wished.show_value(self._found.desired if self.once else demand.desired)
        self.reason.setVisible(self.once)
        self._say()
        self.fit()

    def _least_chosen(self, heads: int) -> None:
        if not self.once:
            self.seats = arithmetic.with_minimum(self.seats, heads)
            self._show_seats()
        elif heads > (self.wished.value() or 0):
            self.wished.show_value(heads)
        self._say()

    def _wished_chosen(self, heads: int) -> None:
        if not self.once:
            self.seats = arithmetic.with_desired(self.seats, heads)
            self._show_seats()
        else:
            # One day can be given more heads than every week, not fewer wished for.
            self.wished.show_value(max(heads, self._found.demand.desired))
            self.least.show_value(min(self.least.value() or 0, self.wished.value() or 0))
        self._say()

    def _show_seats(self) -> None:
        self.least.show_value(arithmetic.minimum(self.seats))
        self.wished.show_value(arithmetic.desired(self.seats))

    @override
    def accepting(self) -> bool:
        return self._save.isEnabled()

    @override
    def accept(self) -> None:
        # The fields are gone by the time the answer is looked at.
        if self.accepting():
            self.answer = Answer(self.once, self.seats, self.day)
            super().accept()

    def changed(self) -> bool:
        """Say whether anything would be written."""
        if self.once:
            found, day = self._found, self.day
            same = day.reason == found.reason or not self.differs
            return (day.minimum, day.desired) != (found.minimum, found.desired) or not same
        return self.seats != self._found.demand.seats

    def _say(self) -> None:
        day, mark = weekday_text(self._when.on_date.weekday()), shift_mark(self._when.mark)
        demand, least, wished = self._found.demand, self.least.value() or 0, self.wished.value() or 0
        if not self.once:
            text = tr(
                "以后每个{day}{shift}：最低 {least}、期望 {wished}，原来 {was}。没有过去的班都按新的算，已排的人不动。",
                day=day, shift=mark, least=least, wished=wished, was=f"{demand.minimum} / {demand.desired}",
            )  # fmt: skip
        elif least < demand.minimum:
            text = tr("只有这一天：最低 {was} 降到 {least}，{count} 席知情留空，期望 {wished}。要写一句原因。",
                      was=demand.minimum, least=least, count=demand.minimum - least, wished=wished)  # fmt: skip
        elif self.differs:
            text = tr("只有这一天：最低 {least}、期望 {wished}，平时 {was}；加的席位谁都能上。要写一句原因。",
                      least=least, wished=wished, was=f"{demand.minimum} / {demand.desired}")  # fmt: skip
        else:
            text = tr(
                "只有这一天：最低仍是 {least}、期望 {wished}。可以减最低，也可以加人。", least=least, wished=wished
            )
        self.words.setText(text + tr("现在在岗 {count} 人。", count=self._heads))
        needs = self.once and self.differs and not self.day.reason
        self._save.setEnabled(self.changed() and not needs)

    @override
    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "_back"):
            return
        span = span_text(self._when.start_minute, self._when.length_minutes)
        self.head(
            tr("{place}的需求", place=self._point.name),
            f"{day_text(self._when.on_date)} {shift_mark(self._when.mark)} {span}",
        )
        self.scope.set_choices([(ALWAYS, tr("从今以后"), None), (ONCE, tr("只这一天"), None)])
        self.scope.setAccessibleName(tr("从今以后，还是只这一天"))
        self._least_label.setText(tr("最低"))
        self._wished_label.setText(tr("期望"))
        self.least.set_name(tr("最低"))
        self.wished.set_name(tr("期望"))
        self.reason.setPlaceholderText(tr("为什么，例如：集市停办、庙会加人"))
        self.reason.setAccessibleName(tr("这一天不同的原因"))
        self._save.setText(tr("保存"))
        self._back.setText(tr("取消"))
        self._say()


async def change_demand(desk: Desk, row: int, shift: int) -> None:
    """Ask what a cell of the week in view shall ask for, and write it."""
    board = await desk.boards.get(desk.week)
    place, when = board.rows[row], board.shifts[shift]
    where = (place.checkpoint_id, when.pattern_id, when.on_date)
    found = await desk.read(cell_demand, *where)
    dialog = DemandDialog(desk, board, row, shift, found)
    await dialog.ask()
    answer = dialog.answer
    if answer is None:
        return
    step = tr("改 {place} 的需求", place=place.name)
    if answer.once:
        await desk.write(step, set_day, *where, answer.day)
    else:
        cell = replace(found.demand, seats=answer.seats)
        await desk.write(step, set_demand, place.checkpoint_id, [cell])
    desk.tell(tr("已改 {place} 的需求。Ctrl+Z 撤销。", place=place.name), "ok")
