"""The tab of where a person belongs and belonged: squads, response teams, status."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.people import MembershipRow, PersonDetail
from patrol_desk.services.people.pauses import PauseRow, pauses_on
from patrol_desk.services.people.squads import GroupKind
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import date_text
from patrol_desk.ui.pages.people.bars import Line, Lines
from patrol_desk.ui.pages.people.squads.words import role_text
from patrol_desk.ui.pages.people.timeline import Timeline
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.sections import Section, line


class BelongingTab(QWidget):
    """Time in squads and response teams, how the person came into each status, and pauses.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._detail: PersonDetail | None = None
        self._today = date.min
        self._sections = tuple(Section(theme) for _ in range(4))
        self.timeline = Timeline(theme)
        self.lines = tuple(Lines(theme) for _ in range(3))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        shown = (*self.lines[:2], self.timeline, self.lines[2])
        for place, (section, widget) in enumerate(zip(self._sections, shown, strict=True)):
            if place:
                column.addWidget(line(theme))
            section.add(widget)
            column.addWidget(section)
        column.addStretch(1)
        self.retranslate()

    def show_person(self, detail: PersonDetail, today: date) -> None:
        """Show a person's memberships."""
        self._detail, self._today = detail, today
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        detail = self._detail
        squads, teams = (detail.memberships, detail.teams) if detail is not None else ((), ())
        self._show(0, tr("义警小组"), squads, "squad")
        self._show(1, tr("先莞队"), teams, "team")
        statuses = detail.statuses if detail is not None else ()
        self._sections[2].set_title(tr("状态经过"), "" if statuses else tr("没有记录"))
        self.timeline.show_entries(statuses)
        pauses = [self._pause(row) for row in detail.pauses] if detail is not None else []
        self._sections[3].set_title(tr("暂停|人员"), str(len(pauses)) if pauses else tr("没有记录"))
        self.lines[2].show_lines(pauses)

    def _show(self, place: int, title: str, rows: Sequence[MembershipRow], kind: GroupKind) -> None:
        self._sections[place].set_title(title, str(len(rows)) if rows else tr("没有记录"))
        self.lines[place].show_lines([self._line(row, kind) for row in rows], column=110)

    def _line(self, row: MembershipRow, kind: GroupKind) -> Line:
        now = row.from_on <= self._today and (row.until_on is None or row.until_on >= self._today)
        return Line(row.name, role_text(row.role, kind), span_text(row.from_on, row.until_on), "green" if now else "")

    def _pause(self, row: PauseRow) -> Line:
        tone = "amber" if pauses_on(row, self._today) else ""
        return Line(row.reason, "", span_text(row.from_on, row.until_on), tone)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def span_text(first: date, last: date | None) -> str:
    """Return from when until when."""
    if last is None:
        return tr("{day} 起", day=first)
    return f"{date_text(first)} – {date_text(last)}"
