"""From when a change of the rules holds, and the changes that are still to come."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from patrol_desk.common.weeks import Week
from patrol_desk.services.rules import Coming, RuleLine
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import short_date, week_text
from patrol_desk.ui.pages.settings.rule_words import line_words
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.sections import Section

AHEAD: Final = 12
"""Weeks after the present one from which a change may hold."""


class SinceSection(Section):
    """The week from which the edits hold when they are saved."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._weeks: tuple[Week, ...] = ()
        self.box = QComboBox()
        self.box.setObjectName("rule_since")
        self.box.activated.connect(lambda _place: self._explain())
        self._words = Label("muted", wrap=True)
        self.add(self.box)
        self.add(self._words)

    def show_weeks(self, first: Week) -> None:
        """Offer the present week and those after it; what was chosen stays while it is offered."""
        chosen = self.chosen()
        self._weeks = tuple(Week.of(first.monday + timedelta(weeks=ahead)) for ahead in range(AHEAD + 1))
        self.box.clear()
        self.box.addItems([""] * len(self._weeks))
        self._say_weeks()
        mondays = [week.monday for week in self._weeks]
        self.box.setCurrentIndex(mondays.index(chosen) if chosen in mondays else 0)
        self._explain()

    def chosen(self) -> date | None:
        """Return the first day on which the edits hold; None for the present week."""
        place = self.box.currentIndex()
        return self._weeks[place].monday if place > 0 else None

    def lock(self, *, locked: bool) -> None:
        """Take the choice out of use, or into it again."""
        self.box.setEnabled(not locked)

    def retranslate(self) -> None:
        """Take the words anew."""
        self.set_title(tr("从何时生效"), tr("这次保存的改动"))
        self.box.setAccessibleName(tr("从何时生效"))
        self._say_weeks()
        self._explain()

    def _say_weeks(self) -> None:
        for place, week in enumerate(self._weeks):
            words = tr("{week}起 {date}", week=week_text(week), date=short_date(week.monday))
            self.box.setItemText(place, words if place else tr("立即，本周起"))

    def _explain(self) -> None:
        place = self.box.currentIndex()
        if place > 0:
            self._words.setText(tr("{week}以前的周照旧规定检查和排班。", week=week_text(self._weeks[place])))
        else:
            self._words.setText(tr("本周和以后的草稿按新规定重新检查，过去的周不变。"))


class ComingSection(Section):
    """Changes that hold from a later week on, each of which can be withdrawn.

    Attributes
    ----------
    withdrawn
        Sent with the change that is to be taken back.
    """

    withdrawn = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._coming: tuple[Coming, ...] = ()
        self._rows: list[QWidget] = []
        self._locked = False
        self.hide()

    def show_coming(self, coming: Sequence[Coming]) -> None:
        """Show changes in the order of time."""
        self._coming = tuple(coming)
        self._fill()

    def lock(self, *, locked: bool) -> None:
        """Take the buttons out of use, or into it again."""
        self._locked = locked
        self._fill()

    def retranslate(self) -> None:
        """Take the words anew."""
        self._fill()

    def _fill(self) -> None:
        self.set_title(tr("将要生效"), tr("{count} 项", count=len(self._coming)))
        self.setVisible(bool(self._coming))
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for change in self._coming:
            when = tr("{week}起 {date}", week=week_text(Week.of(change.since)), date=short_date(change.since))
            words = Label("body", f"{when}  {line_words(change.line)}", wrap=True)
            button = Button(self._theme, "rotate-ccw", "link", small=True)
            button.setText(tr("撤回"))
            button.setAccessibleName(tr("撤回：{what}", what=words.text()))
            kind = change.line.kind if isinstance(change.line, RuleLine) else None
            button.setObjectName(f"withdraw_{change.line.code if kind is None else f'{change.line.code}.{kind}'}")
            button.setEnabled(not self._locked)
            button.clicked.connect(partial(self.withdrawn.emit, change))
            for widget in (words, button):
                self.add(widget)
                self._rows.append(widget)
