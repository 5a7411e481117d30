"""The command bar of the day's page: date, what runs, the filter, the way to find-anything and to print."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from patrol_desk.common.weeks import Week
from patrol_desk.services.today import Phase, TodayView
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import full_day_text, week_text
from patrol_desk.ui.pages.bar import CommandBar
from patrol_desk.ui.pages.today.duty_model import Show
from patrol_desk.ui.pages.today.words import countdown_text
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Chip, Label
from patrol_desk.ui.widgets.segmented import Segmented


class TodayHead(QObject):
    """Fills the bar and keeps it fresh.

    Parameters
    ----------
    desk
        The open station.
    bar
        The page's bar.
    """

    showing = Signal(str)
    """A `Show`: which checkpoints."""

    def __init__(self, desk: Desk, bar: CommandBar) -> None:
        super().__init__(bar)
        self._desk = desk
        self._view: TodayView | None = None
        self._date = Label("secondary")
        self._phase = Chip(desk.theme, "accent")
        self._phase.setObjectName("today_phase")
        self._draft = Chip(desk.theme, "amber")
        self._counts: dict[Show, int] = {}
        self._filter = Segmented(desk.theme)
        self._filter.setObjectName("today_show")
        self._filter.changed.connect(self.showing.emit)
        self._find = Button(desk.theme, "search", keys="Ctrl+K")
        self._find.setObjectName("today_find")
        self._find.clicked.connect(lambda: desk.commands.start("find"))
        self._print = Button(desk.theme, "printer", keys="Ctrl+P")
        self._print.setObjectName("today_bar_print")
        self._print.clicked.connect(lambda: desk.commands.start("print"))
        for widget in (self._date, self._phase, self._draft):
            bar.left(widget)
        for control in (self._filter, self._find, self._print):
            bar.right(control)
        self._phase.hide()
        self._draft.hide()

    def show_day(self, view: TodayView, now: datetime) -> None:
        """Show a day at a moment."""
        self._view = view
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Count down to a moment."""
        self._date.setText(f"{full_day_text(now.date())}　{week_text(Week.of(now.date()))}")
        view = self._view
        if view is None:
            return
        column = next(iter(view.columns), None)
        self._phase.setVisible(column is not None)
        if column is not None:
            phase = view.phase(column.shift, now)
            self._phase.set_text("" if phase is Phase.ENDED else countdown_text(column.shift, phase, now))
            self._phase.set_tone("accent" if phase is Phase.RUNNING else "plain")
        state = next((state for state in view.weeks if state.week == Week.of(now.date())), None)
        self._draft.setVisible(state is not None and (state.draft or not state.number))
        if state is not None:
            self._draft.set_text(self._state_text(number=state.number, published=state.published))

    def show_counts(self, counts: dict[Show, int]) -> None:
        """Say how many checkpoints each choice shows."""
        self._counts = counts
        self._choices()

    def toggle(self) -> None:
        """Show only gaps, or those on duty again."""
        wanted = Show.DUE if self._filter.chosen() == Show.GAPS else Show.GAPS
        self._filter.choose(wanted)
        self.showing.emit(wanted)

    def _choices(self) -> None:
        words = {Show.DUE: tr("当班"), Show.GAPS: tr("缺口"), Show.ALL: tr("全部")}
        self._filter.set_choices([(show, text, self._counts.get(show)) for show, text in words.items()])
        self._filter.setAccessibleName(tr("显示哪些点位"))

    def retranslate(self) -> None:
        """Set the words anew."""
        self._choices()
        self._find.setText(tr("查人员、点位、小组"))
        self._print.setText(tr("打印"))
        self.tick(self._desk.now)

    def _state_text(self, *, number: int, published: int) -> str:
        if not number:
            return tr("本周未排班")
        return tr("有改动未发布") if published else tr("草稿，未发布")
