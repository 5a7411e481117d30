"""Who is touched by publishing: by person, by squad, by checkpoint, with the footnotes of what breaks a rule."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from patrol_desk.services.planning.board.changes import squad_changes
from patrol_desk.services.planning.told import WeekStanding
from patrol_desk.services.planning.versions import BrokenDuty, PublishReview
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.roster.publishing.checks import when_text
from patrol_desk.ui.pages.roster.versions.changes import ChangesTable, footnote
from patrol_desk.ui.pages.roster.versions.squads import SquadChangesTable
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.segmented import Segmented
from patrol_desk.ui.widgets.states import StateStack

_ORDERS = {"person": "name", "place": "place"}
_FEW_NOTES = 3


class Touched(QFrame):
    """The left part of the review.

    Parameters
    ----------
    theme
        Gives the look.
    review
        What it is about.
    standing
        How far the squads have been told of the version in force.
    """

    compare_asked = Signal()
    """Hold two versions side by side."""

    def __init__(self, theme: Theme, review: PublishReview, standing: WeekStanding) -> None:
        super().__init__()
        self._theme, self._review, self._standing = theme, review, standing
        self.setProperty("panel", "surface")
        self.table, self.squads = ChangesTable(theme), SquadChangesTable(theme)
        self._order = Segmented(theme, small=True)
        self._states = StateStack(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(self._head())
        column.addWidget(self._states, 1)
        known = [duty for duty in review.broken if duty.knowingly]
        notes = {(duty.person_id, duty.row, duty.shift): number for number, duty in enumerate(known, start=1)}
        self._states.hold(self.squads)
        if review.changes:
            # Ordered first: thousands of changes are sorted once.
            self.table.order_by(_ORDERS["person"])
            self.table.show_changes(review.board, review.changes, notes)
            self.table.setAccessibleName(tr("涉及的人"))
            self.squads.setAccessibleName(tr("涉及的小组"))
            self._states.content(self.table)
        else:
            self._states.empty("check", tr("与已发布的版本没有差别。"))
        if known:
            column.addWidget(self._notes(known))

    def _head(self) -> QHBoxLayout:
        theme = self._theme
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(20), 0, theme.px(12), 0)
        head.setSpacing(theme.px(8))
        head.addWidget(Label("strong", tr("涉及的人")))
        head.addWidget(Label("muted", f"{self._review.people}"))
        head.addStretch(1)
        choices = [("person", tr("按人"), None), ("squad", tr("按小组"), None), ("place", tr("按点位"), None)]
        self._order.set_choices(choices)
        self._order.setObjectName("publish_order")
        self._order.changed.connect(self.show_by)
        compare = Button(theme, "git-compare", "ghost", small=True)
        compare.setObjectName("publish_compare")
        compare.setText(tr("对比两版"))
        compare.clicked.connect(self.compare_asked)
        compare.setEnabled(self._review.in_force is not None)
        head.addWidget(self._order)
        head.addWidget(compare)
        return head

    def show_by(self, key: str) -> None:
        """Show what changes by person, squad or checkpoint."""
        if not self._review.changes:
            return
        if key == "squad" and not self.squads.squads.rowCount():
            self.squads.show_squads(squad_changes(self._review.changes), self._standing)
        self._states.content(self.squads if key == "squad" else self.table)
        if key in _ORDERS:
            self.table.order_by(_ORDERS[key])

    def _notes(self, known: list[BrokenDuty]) -> QFrame:
        """Return the footnotes: who, when, which rule, why."""
        theme = self._theme
        part = QFrame()
        part.setProperty("panel", "line-top")
        row = QHBoxLayout(part)
        row.setContentsMargins(theme.px(20), theme.px(8), theme.px(12), theme.px(8))
        row.setSpacing(theme.px(6))
        mark = QLabel()
        mark.setPixmap(theme.pixmap("info", "text2", 14))
        row.addWidget(mark)
        lines = [self._note(number, duty) for number, duty in enumerate(known[:_FEW_NOTES], start=1)]
        if len(known) > _FEW_NOTES:
            lines.append(tr("等 {count} 处破例", count=len(known)))
        words = Label("secondary", "\n".join(lines), wrap=True)
        words.setObjectName("publish_notes")
        row.addWidget(words, 1)
        return part

    def _note(self, number: int, duty: BrokenDuty) -> str:
        when = when_text(self._review.board, duty.shift) if duty.shift >= 0 else ""
        words = tr(
            "{name} {when}：{rule}，{why}", name=duty.name, when=when, rule=say(duty.reasons[0]),
            why=say(duty.overridden[0].told),
        )  # fmt: skip
        return f"{footnote(number)} {words}"
