"""The year of the security periods: which days are in one, in which, and in how many."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.places.emphasis_rows import PeriodRow
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import IconButton
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.sections import Section, line
from patrol_desk.ui.widgets.year_view import DayLook, YearView


class PeriodsYear(QWidget):
    """Twelve months with the days of the periods; a day in one opens it, another one begins a new one.

    Parameters
    ----------
    theme
        Gives the look.
    today
        Is marked.

    Attributes
    ----------
    period_wanted
        Sent with the id of the period of a day that was opened.
    new_wanted
        Sent with a day that is in none.
    """

    period_wanted = Signal(str)
    new_wanted = Signal(object)

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        self._theme = theme
        self._periods: Sequence[PeriodRow] = ()
        self._chosen = ""
        self.year = today.year
        self._section = Section(theme)
        self._earlier, self._later = IconButton(theme, "chevron-left"), IconButton(theme, "chevron-right")
        self._earlier.setObjectName("year_earlier")
        self._later.setObjectName("year_later")
        self._earlier.clicked.connect(lambda: self.show_year(self.year - 1))
        self._later.clicked.connect(lambda: self.show_year(self.year + 1))
        self._section.add_right(self._earlier)
        self._section.add_right(self._later)
        self.view = YearView(theme, today, lambda year: tr("{year} 年的重点时段", year=year))
        self.view.opened.connect(self._open)
        self._legend = Label("muted", wrap=True)
        self._section.add(self.view, 1)
        self._section.add(self._legend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line(theme))
        column.addWidget(self._section, 1)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def show_periods(self, periods: Sequence[PeriodRow]) -> None:
        """Show the days of these periods."""
        self._periods = periods
        self.show_year(self.year)

    def choose(self, period: PeriodRow) -> None:
        """Mark the days of one period, in the year in which it begins."""
        self._chosen = period.id
        self.show_year(period.first_on.year)

    def show_year(self, year: int) -> None:
        """Show a year."""
        self.year = year
        self.view.show_year(year, self._looks)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        days = len(self._days())
        note = tr("{count} 天在重点时段里", count=days) if days else tr("这一年还没有重点时段")
        self._section.set_title(tr("{year} 年", year=self.year), note)
        self._earlier.set_name(tr("上一年"))
        self._later.set_name(tr("下一年"))
        self._legend.setText(tr("黄底在时段里，方框是两个以上，蓝底是选中的；方向键走，Enter 打开或从那天新增。"))

    def _restyle(self) -> None:
        # On a low screen the list needs the room; each day says what it is by its tip.
        self._legend.setVisible(not self._theme.compact)

    def _days(self) -> dict[date, list[PeriodRow]]:
        """Return the days of the year that are in a period, with those."""
        found: dict[date, list[PeriodRow]] = defaultdict(list)
        begin, end = date(self.year, 1, 1), date(self.year, 12, 31)
        for period in self._periods:
            day = max(period.first_on, begin)
            while day <= min(period.last_on, end):
                found[day].append(period)
                day += timedelta(days=1)
        return found

    def _looks(self) -> dict[date, DayLook]:
        return {day: self._look(periods) for day, periods in self._days().items()}

    def _look(self, periods: Sequence[PeriodRow]) -> DayLook:
        words = tr("、|joint").join(period.name for period in periods)
        frame = "text2" if len(periods) > 1 else ""
        if any(period.id == self._chosen for period in periods):
            return DayLook(words, "", "accentText", "accentSoft", frame)
        return DayLook(words, "", "amber", "amberSoft", frame)

    def _open(self, day: date) -> None:
        inside = self._days().get(day, [])
        if not inside:
            self.new_wanted.emit(day)
            return
        ids = [period.id for period in inside]
        # Opening a day again goes through the periods that share it.
        place = (ids.index(self._chosen) + 1) % len(ids) if self._chosen in ids else 0
        self.period_wanted.emit(ids[place])

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
