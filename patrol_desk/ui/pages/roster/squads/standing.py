"""How far each squad's week has come: printed, told, confirmed by its leader; shown beside the squads, marked there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout

from patrol_desk.common.changes import ChangeSet
from patrol_desk.services.planning import told
from patrol_desk.services.planning.told import SquadStanding, Step, WeekStanding
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.roster.publishing.telling import mark_text
from patrol_desk.ui.pages.roster.squads.look import SquadLook
from patrol_desk.ui.pages.roster.squads.panel import Pair, PairList
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.sections import Section

if TYPE_CHECKING:
    from patrol_desk.ui.pages.roster.page import RosterPage
    from patrol_desk.ui.pages.roster.views import Views

_ABOUT = ("squad_notice", "printed_sheet", "plan_version")
"""Tables whose changes move a squad's week on, or back."""


class StandingSection(Section):
    """Three lines of one squad, and the buttons that mark it.

    Parameters
    ----------
    theme
        Gives the look.
    """

    asked = Signal(str)
    """told or confirmed is to be marked, or taken away."""
    all_asked = Signal()
    """Show all squads."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.lines = PairList(theme, "squad_standing")
        self._none = Label("secondary", wrap=True)
        self._all = Button(theme, "list-checks", "link", small=True)
        self._all.setObjectName("squad_standing_all")
        self._all.clicked.connect(self.all_asked)
        self._told, self._confirmed = Button(theme, keys="T", small=True), Button(theme, keys="Y", small=True)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for button, step in ((self._told, "told"), (self._confirmed, "confirmed")):
            button.setObjectName(f"squad_{step}")
            button.clicked.connect(lambda _on=False, step=step: self.asked.emit(step))
            row.addWidget(button)
        row.addStretch(1)
        self.add_right(self._all)
        self.add(self._none)
        self.add(self.lines)
        self.add_layout(row)
        self.hide()

    def show_squad(self, number: int, squad: SquadStanding | None) -> None:
        """Show a squad with the version in force, 0 for none; None where it has no duty in it."""
        self.show()
        self.set_title(tr("通知与确认"), f"v{number}" if number else "")
        self._all.setText(tr("全部小组"))
        self._all.setVisible(bool(number))
        self._none.setVisible(squad is None)
        self._none.setText(tr("本周还没有发布。") if not number else tr("已发布的版本里本组没有班。"))
        self.lines.setAccessibleName(tr("通知与确认"))
        self.lines.pairs.show_items(
            () if squad is None else [
                Pair(tr("已打印|通知"), mark_text(squad.printed), "printer"),
                Pair(tr("已通知"), mark_text(squad.told), "phone"),
                Pair(tr("组长已确认"), mark_text(squad.confirmed), "check"),
            ]
        )  # fmt: skip
        for button, mark, words, back in (
            (self._told, squad and squad.told, tr("记为已通知"), tr("取消已通知")),
            (self._confirmed, squad and squad.confirmed, tr("记为已确认"), tr("取消确认")),
        ):
            button.setVisible(squad is not None)
            button.setText(back if mark else words)


class Standings(QObject):
    """Follows the week in view while it is shown by squad.

    Parameters
    ----------
    page, views
        Whose week, and where the squads are.
    look
        Paints a mark beside the squads' names.
    """

    def __init__(self, page: "RosterPage", views: "Views", look: SquadLook) -> None:
        super().__init__(page)
        self._page, self._views, self._look = page, views, look
        self._desk = page.desk
        self.found: WeekStanding | None = None
        self.section = StandingSection(page.desk.theme)
        views.squad_panel.add(self.section, ruled=False)
        self.section.asked.connect(self.mark)
        self.section.all_asked.connect(self._show_all)
        self.section.lines.left.connect(views.focus)
        views.squads.grid.asked.connect(self.mark)
        page.desk.bus.changed.connect(self._changed)

    def _show_all(self) -> None:
        self._page.actions_.telling()

    def _changed(self, changes: ChangeSet) -> None:
        if self._views.view is self._views.squads and any(changes.touches(kind) for kind in _ABOUT):
            self.read()

    def read(self) -> None:
        """Read how far the squads are."""
        self._desk.tasks.start("roster.standing", self._read(), owner=self._page, exclusive="roster.standing")

    async def _read(self) -> None:
        week = self._desk.week
        found = await self._desk.read(told.week_standing, week)
        if week == self._desk.week:
            self.found = found
            self._look.standings = {squad.name: squad for squad in found.squads}
            self._views.squads.names.update()
            self.show()

    def show(self) -> None:
        """Show the squad under the keys; hidden in the view by person, where the panel shows too."""
        squad = self._squad()
        if self.found is None or self._views.view is not self._views.squads or squad is None:
            self.section.hide()
        else:
            self.section.show_squad(self.found.number, self._look.standings.get(squad))

    def _squad(self) -> str | None:
        week, here = self._views.week, self._views.squads.grid.here()
        return None if week is None or here is None else week.rows[here[0].group].name

    def mark(self, wish: str) -> None:
        """Mark the squad under the keys as told or confirmed; take the mark away where it is."""
        if wish not in {"told", "confirmed"}:
            return
        squad = self._look.standings.get(self._squad() or "")
        if squad is None:
            self._desk.tell(tr("已发布的版本里本组没有班。"))
            return
        step: Step = "told" if wish == "told" else "confirmed"
        self._desk.tasks.start("roster.mark", self._mark(squad, step), owner=self._page)

    async def _mark(self, squad: SquadStanding, step: Step) -> None:
        on = getattr(squad, step) is None
        name = tr("通知 {squad}", squad=squad.name) if step == "told" else tr("确认 {squad}", squad=squad.name)
        await self._desk.write(name, told.mark, self._desk.week, [squad.id], step, on=on)
