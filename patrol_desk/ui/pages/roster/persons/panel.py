"""The panel beside the people: one person's week, and the gaps they could take."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, SignalInstance

from patrol_desk.services.planning.board.persons import PersonWeek
from patrol_desk.services.planning.board.queues import QUEUES, loads, queue
from patrol_desk.ui.i18n import say, shift_mark, tr
from patrol_desk.ui.i18n.dates import day_text, span_text
from patrol_desk.ui.pages.roster.persons.queue import LoadBars, QueueBoxes
from patrol_desk.ui.pages.roster.squads.panel import Pair, PairList
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.sections import Section, SidePanel

MOST_GAPS = 6


@dataclass(frozen=True, slots=True)
class Takeable:
    """A gap somebody could take: its cell, metres from home where they are known, and warnings."""

    row: int
    shift: int
    metres: int | None
    warnings: tuple[str, ...]


def takeable(week: PersonWeek, person: int, shift: int) -> tuple[Takeable, ...]:
    """Return the gaps of a shift against which nothing stands for somebody, nearest first."""
    board, frame = week.board, week.board.frame
    person_id = frame.week_problem.person_ids[person]
    found = []
    for row in board.rows:
        cell = board.cell(row.index, shift)
        if not cell.state.value.startswith("below") or not frame.free[person, shift]:
            continue
        conflicts = board.conflicts(person_id, row.index, shift)
        if any(conflict.severity == "block" for conflict in conflicts):
            continue
        far = None
        if frame.place_known(row.index, person):
            far = int(frame.metres(row.index, slice(person, person + 1))[0])
        warnings = tuple(say(conflict.message) for conflict in conflicts if conflict.severity == "warn")
        found.append(Takeable(row.index, shift, far, warnings))
    return tuple(sorted(found, key=lambda one: (one.metres is None, one.metres or 0, one.row))[:MOST_GAPS])


class PersonPanel(SidePanel):
    """One person's week.

    Parameters
    ----------
    theme
        Gives the look.
    """

    closed = Signal()
    person_asked = Signal(str)
    """Go to the person's record."""
    cell_asked = Signal(int, int)
    """Go to a cell by checkpoint."""
    take_asked = Signal(int, int)
    """Put the person into a cell."""
    left = Signal()
    """Esc: back to the cells."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._person = ""
        self.setObjectName("person_panel")
        self._close = IconButton(theme, "x", small=True)
        self._close.setObjectName("person_close")
        self._close.clicked.connect(self.closed)
        self.add_button(self._close)
        self._duties, self.duty_list = Section(theme), PairList(theme, "person_duties_list")
        self._record = Button(theme, "user", "link", small=True)
        self._record.setObjectName("person_record")
        self._record.clicked.connect(lambda: self.person_asked.emit(self._person))
        self._none = Label("secondary", wrap=True)
        self._duties.add_right(self._record)
        self._duties.add(self._none)
        self._duties.add(self.duty_list)
        self.add(self._duties)
        self._gaps, self.gap_list = Section(theme), PairList(theme, "person_gaps")
        self._no_gap = Label("secondary", wrap=True)
        self._gaps.add(self._no_gap)
        self._gaps.add(self.gap_list)
        self.add(self._gaps)
        self._queue, self.queues = Section(theme), QueueBoxes(theme)
        self._queue.add(self.queues)
        self.add(self._queue)
        self._load, self.loads = Section(theme), LoadBars(theme)
        self._load.add(self.loads)
        self.add(self._load, ruled=False)
        self.duty_list.pressed_button.connect(lambda number: self._emit(self.cell_asked, self.duty_list, number))
        self.gap_list.pressed_button.connect(lambda number: self._emit(self.take_asked, self.gap_list, number))
        for part in (self.duty_list, self.gap_list):
            part.left.connect(self.left)
        self.retranslate()

    @staticmethod
    def _emit(signal: SignalInstance, pairs: PairList, number: int) -> None:
        pair = pairs.pairs.items[number]
        signal.emit(pair.row, pair.shift)

    def show_person(self, week: PersonWeek, person: int, shift: int) -> None:
        """Show somebody's week; the gaps come later, by `show_gaps`."""
        board, row = week.board, week.row(person)
        card = board.person(row.person_id)
        self._person = row.person_id
        words = [card.squad, tr("本周 {duties}/{cap} 班", duties=row.duties, cap=row.cap), "".join(card.skills)]
        if row.nights_ago is not None:
            words.append(tr("距上次夜班 {days} 天", days=row.nights_ago))
        self.head(row.name, "  ".join(word for word in words if word))
        pairs = []
        for place, at in card.duties:
            found = board.shifts[at]
            span = span_text(found.start_minute, found.length_minutes)
            right = f"{day_text(found.on_date)} {shift_mark(found.mark)} {span}"
            pairs.append(Pair(board.rows[place].name, right, "", place, at))
        self.duty_list.pairs.show_items(pairs)
        self._duties.set_title(tr("本周的班"), tr("{count} 班", count=len(pairs)))
        self._none.setVisible(not pairs)
        self._none.setText(tr("本周没有班。"))
        squad = card.squad or tr("未编组")
        places = [queue(week, person, each) for each in QUEUES]
        self._queue.set_title(tr("执勤队列"), tr("{squad} {count} 人", squad=squad, count=places[0].people))
        self.queues.show_places(places)
        self._load.set_title(tr("近几周的班"), tr("本人 / 全队中位"))
        self.loads.show_loads(loads(week, person))
        when = board.shifts[shift]
        self._gaps.set_title(tr("可安排的缺口"), f"{day_text(when.on_date)} {shift_mark(when.mark)}")
        self.gap_list.pairs.show_items(())
        self._no_gap.hide()

    def show_gaps(self, week: PersonWeek, gaps: tuple[Takeable, ...]) -> None:
        """Show which gaps of the shift the person could take; a click or Enter puts them there."""
        rows = week.board.rows
        pairs = []
        for gap in gaps:
            far = "" if gap.metres is None else f"{gap.metres / 1000:.1f} km"
            right = tr("{far} · 安排", far=far) if far else tr("安排|动作")
            icon = "triangle-alert" if gap.warnings else "user-plus"
            pairs.append(Pair(rows[gap.row].name, right, icon, gap.row, gap.shift))
        self.gap_list.pairs.show_items(pairs)
        self._no_gap.setVisible(not pairs)
        self._no_gap.setText(tr("这一班没有此人可去的缺口。"))

    def enter(self) -> bool:
        """Go to the gaps by key, else to the duties; say whether there was somewhere to go."""
        return self.gap_list.enter_first() or self.duty_list.enter_first()

    def retranslate(self) -> None:
        """Set the texts anew; the page shows the person again."""
        self._close.set_name(tr("收起面板"))
        self._record.setText(tr("查看人员"))
        self.duty_list.setAccessibleName(tr("本周的班"))
        self.gap_list.setAccessibleName(tr("可安排的缺口"))
