"""The inspector: one cell, its seats, its candidates, and whom the rules keep away."""

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from patrol_desk.services.planning.board import Blocked, Board, Candidate, Candidates, CellState, Holder, Seat
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import day_text, span_text
from patrol_desk.ui.pages.roster.grid.model import group_name, state_text
from patrol_desk.ui.pages.roster.guessing.section import HabitSection
from patrol_desk.ui.pages.roster.inspector.cards import CardList, CardModel
from patrol_desk.ui.pages.roster.inspector.people import (
    BlockedDelegate,
    CandidateDelegate,
    blocked_text,
    candidate_text,
)
from patrol_desk.ui.pages.roster.inspector.popover import Popover, order_lines
from patrol_desk.ui.pages.roster.inspector.seats import SeatDelegate, seat_text
from patrol_desk.ui.pages.roster.inspector.state_bar import Standing, StateBar
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.sections import Section, SidePanel
from patrol_desk.ui.widgets.states import PATIENCE_MS

FEW = {False: 4, True: 3}
"""Candidates shown before "all" is asked for; fewer on low screens."""
FEW_BLOCKED = {False: 3, True: 2}


class Inspector(SidePanel):
    """A cell of the grid in full.

    Parameters
    ----------
    theme
        Gives the look.
    """

    gap_asked = Signal(bool)
    """The next gap, or with True the one before."""
    closed = Signal()
    fill_asked = Signal(object)
    """A candidate to put into the cell."""
    blocked_asked = Signal(object)
    """Somebody whom a rule keeps away: why, and what can be done."""
    lock_asked = Signal()
    seat_asked = Signal(object, str)
    """A holder, and what is to be done: remove, lock, move, person."""
    seat_menu_asked = Signal(object, QPoint)
    """A holder and a place on the screen."""
    carry_asked = Signal(object, QPoint)
    """A drag begins: the holder or candidate, and the place on the screen."""
    demand_asked = Signal()
    """What the cell asks for is to be changed."""
    doctor_asked = Signal()
    """Why the shift of the cell cannot be filled."""
    many_asked = Signal(str)
    """Something for all selected cells: lock, remove."""
    cells_asked = Signal()
    """Back to the cells."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.theme = theme
        self._shown: tuple[Board, int, int] | None = None
        self._found: Candidates | None = None
        self._all_candidates = self._all_blocked = False
        self.setObjectName("roster_inspector")
        self._make_head()
        self._make_many()
        self._make_seats()
        self._make_candidates()
        self._make_blocked()
        self.habit = HabitSection(self.theme)
        self.add(self.habit, ruled=False)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._still_reading)
        self.retranslate()
        self.show_nothing()

    # Building

    def _make_head(self) -> None:
        self._before = IconButton(self.theme, "chevron-left", small=True)
        self._before.setObjectName("gap_before")
        self._before.clicked.connect(lambda: self.gap_asked.emit(True))
        self._after = IconButton(self.theme, "chevron-right", small=True)
        self._after.setObjectName("gap_after")
        self._after.clicked.connect(lambda: self.gap_asked.emit(False))
        self._close = IconButton(self.theme, "x", small=True)
        self._close.setObjectName("inspector_close")
        self._close.clicked.connect(self.closed)
        for button in (self._before, self._after, self._close):
            self.add_button(button)
        self._bar = StateBar(self.theme)
        self.head_column.addWidget(self._bar)

    def _make_many(self) -> None:
        self._many = Section(self.theme)
        self._many_words = Label("secondary", wrap=True)
        self._many_lock = Button(self.theme, "lock", keys="L", small=True)
        self._many_lock.clicked.connect(lambda: self.many_asked.emit("lock"))
        self._many_remove = Button(self.theme, "user-x", kind="danger", keys="Del", small=True)
        self._many_remove.clicked.connect(lambda: self.many_asked.emit("remove"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._many_lock)
        row.addWidget(self._many_remove)
        row.addStretch(1)
        self._many.add(self._many_words)
        self._many.add_layout(row)
        self.add(self._many, ruled=False)
        self._many.hide()

    def _make_seats(self) -> None:
        self._seats = Section(self.theme)
        self.seat_model: CardModel[Seat] = CardModel(seat_text, self)
        self.seat_list: CardList[Seat] = CardList(self.theme, self.seat_model, SeatDelegate(self.theme))
        self.seat_list.setObjectName("roster_seats")
        self._lock = Button(self.theme, "lock", "ghost", keys="L", small=True)
        self._lock.setObjectName("cell_lock")
        self._lock.clicked.connect(self.lock_asked)
        self._demand = Button(self.theme, "pencil", "ghost", keys="E", small=True)
        self._demand.setObjectName("cell_demand")
        self._demand.clicked.connect(self.demand_asked)
        self._seats.add_right(self._demand)
        self._seats.add_right(self._lock)
        self._seats.add(self.seat_list)
        self.add(self._seats)
        self.seat_list.pressed_button.connect(self._seat_button)
        self.seat_list.menu_asked.connect(self._seat_menu)
        self.seat_list.key_asked.connect(self._seat_key)
        self.seat_list.carry_asked.connect(self._carry_holder)
        self.seat_list.left.connect(self.cells_asked)

    def _make_candidates(self) -> None:
        self._candidates = Section(self.theme)
        self.candidate_model: CardModel[Candidate] = CardModel(candidate_text, self)
        delegate = CandidateDelegate(self.theme)
        self.candidate_list: CardList[Candidate] = CardList(self.theme, self.candidate_model, delegate)
        self.candidate_list.setObjectName("roster_candidates")
        self._why = Button(self.theme, "list-filter", "link", small=True)
        self._why.setObjectName("why_order")
        self._why.clicked.connect(self._tell_order)
        self._more = Button(self.theme, "", "link", small=True)
        self._more.setObjectName("more_candidates")
        self._more.clicked.connect(self._show_all_candidates)
        self._nobody = Label("secondary", wrap=True)
        self._candidates.add_right(self._why)
        self._doctor = Button(self.theme, "gauge", "link", small=True)
        self._doctor.setObjectName("cell_doctor")
        self._doctor.clicked.connect(self.doctor_asked)
        for part in (self._nobody, self.candidate_list, self._more, self._doctor):
            self._candidates.add(part)
        self.add(self._candidates)
        self.candidate_list.pressed_button.connect(lambda row: self.fill_asked.emit(self.candidate_model.items[row]))
        self.candidate_list.carry_asked.connect(
            lambda row, point: self.carry_asked.emit(self.candidate_model.items[row], point)
        )
        self.candidate_list.left.connect(self.cells_asked)

    def _make_blocked(self) -> None:
        self._blocked = Section(self.theme)
        self.blocked_model: CardModel[Blocked] = CardModel(blocked_text, self)
        delegate = BlockedDelegate(self.theme)
        self.blocked_list: CardList[Blocked] = CardList(self.theme, self.blocked_model, delegate)
        self.blocked_list.setObjectName("roster_blocked")
        self._every = Button(self.theme, "", "link", small=True)
        self._every.setObjectName("all_blocked")
        self._every.clicked.connect(self._show_all_blocked)
        self._blocked.add_right(self._every)
        self._blocked.add(self.blocked_list)
        self.add(self._blocked, ruled=False)
        self.blocked_list.pressed_button.connect(lambda row: self.blocked_asked.emit(self.blocked_model.items[row]))
        self.blocked_list.left.connect(self.cells_asked)

    # Showing

    @property
    def shown(self) -> tuple[int, int] | None:
        """Row and shift of the cell shown."""
        return None if self._shown is None else (self._shown[1], self._shown[2])

    @property
    def found(self) -> Candidates | None:
        """The candidates of the cell shown; None while they are looked for."""
        return self._found

    def show_nothing(self) -> None:
        """Show that no cell is chosen."""
        self._shown = self._found = None
        self._patience.stop()
        self.head(tr("未选中格子"), tr("点一格，或按 F8 到下一缺口"))
        self._bar.hide()
        for part in (self._seats, self._candidates, self._blocked, self.habit):
            part.hide()

    def show_group(self, board: Board, group: int, shift: int) -> None:
        """Show a folded community in a shift."""
        self._shown = self._found = None
        self._patience.stop()
        heads, desired, _ = board.cells_of_group(group, shift)
        when = board.shifts[shift]
        self.head(
            group_name(board.groups[group].name),
            tr("{day}  {mark}  在岗 {heads}/{desired}", day=day_text(when.on_date), mark=shift_mark(when.mark),
               heads=heads, desired=desired),
        )  # fmt: skip
        self._bar.hide()
        for part in (self._seats, self._candidates, self._blocked, self.habit):
            part.hide()

    def show_cell(self, board: Board, row: int, shift: int) -> None:
        """Show a cell; its candidates come later, by `show_candidates`."""
        if self.shown != (row, shift):
            self._all_candidates = self._all_blocked = False
            self.habit.hide()
        self._shown, self._found = (board, row, shift), None
        cell, when = board.cell(row, shift), board.shifts[shift]
        span = span_text(when.start_minute, when.length_minutes)
        place = board.rows[row]
        words = (day_text(when.on_date), f"{shift_mark(when.mark)} {span}", place.community)
        self.head(place.name, "  ".join(word for word in words if word))
        self._bar.show()
        self._bar.stand(Standing(cell, state_text(board, row, shift)))
        seats = board.seats(row, shift)
        self.seat_model.show_items(seats)
        self._seats.setVisible(bool(seats))
        self._lock.setEnabled(bool(cell.heads))
        self._lock.setText(tr("解锁") if cell.locked else tr("锁定"))
        self._lock.set_icon("lock-open" if cell.locked else "lock")
        self.candidate_model.show_items(())
        self.blocked_model.show_items(())
        vacant = any(seat.holder is None for seat in seats)
        for part in (self._candidates, self._blocked):
            part.setVisible(vacant)
        self._doctor.setVisible(cell.state is CellState.BELOW_MINIMUM and not cell.past)
        for control in (self._nobody, self._more, self._every, self._why):
            control.hide()
        self._candidates.set_title(tr("候选|标题"))
        self._blocked.set_title("")
        self._patience.start()

    def show_candidates(self, found: Candidates) -> None:
        """Show who could take the next free seat."""
        self._patience.stop()
        self._found = found
        few, few_blocked = FEW[self.theme.compact], FEW_BLOCKED[self.theme.compact]
        ranked = found.ranked if self._all_candidates else found.ranked[:few]
        self.candidate_model.show_items(ranked)
        self._candidates.setVisible(bool(found.open_seats))
        self._candidates.set_title(tr("候选|标题"), tr("可用 {count} 人", count=found.eligible))
        self._nobody.setVisible(not found.eligible)
        self._nobody.setText(tr("没有可安排的人。{count} 人被规则挡住，点开看原因。", count=found.blocked_count))
        self._more.setVisible(len(ranked) < len(found.ranked))
        self._more.setText(tr("再看 {count} 人", count=len(found.ranked) - len(ranked)))
        self._why.setVisible(bool(found.ranked))
        blocked = found.blocked if self._all_blocked else found.blocked[:few_blocked]
        self.blocked_model.show_items(blocked)
        self._blocked.setVisible(bool(blocked))
        self._blocked.set_title(tr("不可安排"), tr("{count} 人|不可安排的", count=found.blocked_count))
        self._every.setVisible(len(found.blocked) > few_blocked)
        self._every.setText(tr("收起") if self._all_blocked else tr("全部"))

    def show_many(self, cells: int, heads: int, *, locked: bool) -> None:
        """Say how many cells are selected and what can be done with all of them; nothing for a single one."""
        self._many.setVisible(cells > 1)
        if cells > 1:
            self._many.set_title(tr("已选 {count} 格", count=cells))
            self._many_words.setText(tr("共 {count} 人次在岗。", count=heads))
            self._many_lock.setText(tr("解锁") if locked else tr("锁定"))
            self._many_lock.setEnabled(bool(heads))
            self._many_remove.setText(tr("移除"))
            self._many_remove.setEnabled(bool(heads))

    def enter(self) -> bool:
        """Go to the candidates by key, else to the seats; say whether there was somewhere to go."""
        return self.candidate_list.enter_first() or self.seat_list.enter_first()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._before.set_name(tr("上一缺口"), "Shift+F8")
        self._after.set_name(tr("下一缺口"), "F8")
        self._close.set_name(tr("收起面板"))
        self._seats.set_title(tr("席位"))
        self._demand.setText(tr("需求"))
        # On a low screen the two buttons and the heading have no room for both keys.
        self._demand.set_keys("" if self.theme.compact else "E")
        self._demand.setToolTip(tr("改这一格的需求") + "\tE")
        self._why.setText(tr("排序依据"))
        self._doctor.setText(tr("这班为什么排不满"))
        self.seat_list.setAccessibleName(tr("席位"))
        self.candidate_list.setAccessibleName(tr("候选|标题"))
        self.blocked_list.setAccessibleName(tr("不可安排"))
        if self._shown is not None:
            found = self._found
            self.show_cell(*self._shown)
            if found is not None:
                self.show_candidates(found)
        else:
            self.show_nothing()

    # Slots

    def _holder(self, row: int) -> Holder | None:
        return self.seat_model.items[row].holder

    def _seat_button(self, row: int) -> None:
        holder = self._holder(row)
        if holder is not None:
            at = self.seat_list.button_rect(row).bottomLeft()
            self.seat_menu_asked.emit(holder, self.seat_list.viewport().mapToGlobal(at))
        elif self._found is not None and self._found.ranked:
            self.fill_asked.emit(self._found.ranked[0])

    def _seat_menu(self, row: int, point: QPoint) -> None:
        holder = self._holder(row)
        if holder is not None:
            self.seat_menu_asked.emit(holder, point)

    def _seat_key(self, row: int, wish: str) -> None:
        holder = self._holder(row)
        if holder is not None:
            self.seat_asked.emit(holder, wish)

    def _carry_holder(self, row: int, point: QPoint) -> None:
        holder = self._holder(row)
        if holder is not None:
            self.carry_asked.emit(holder, point)

    def _show_all_candidates(self) -> None:
        self._all_candidates = True
        if self._found is not None:
            self.show_candidates(self._found)

    def _show_all_blocked(self) -> None:
        self._all_blocked = not self._all_blocked
        if self._found is not None:
            self.show_candidates(self._found)

    def _tell_order(self) -> None:
        if self._found is not None:
            sheet = Popover(self.theme, self)
            sheet.setObjectName("order_sheet")
            sheet.say(order_lines(self._found))
            sheet.open_below(self._why)

    def _still_reading(self) -> None:
        self._candidates.set_title(tr("候选|标题"), tr("正在读取…"))
