"""The line over the table: a search field and filters that are chips once they hold."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.models import PersonStatus
from patrol_desk.services.people import Choices
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import span_text, weekday_text
from patrol_desk.ui.pages.people.filters import PAUSED, Filters, Proof, Segment
from patrol_desk.ui.pages.people.words import STATUSES, listed
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Chip, Label
from patrol_desk.ui.widgets.search_field import SearchField

PROOFS: Final[dict[Proof, Callable[[], str]]] = {
    "valid": lambda: tr("有有效证件"),
    "soon": lambda: tr("30 天内到期"),
    "expired": lambda: tr("有证件已过期"),
    "none": lambda: tr("没有证件"),
    "refresh": lambda: tr("60 天内要复训"),
    "overdue": lambda: tr("复训已过期"),
}
ON_BOOKS: Final = tuple(status for status in PersonStatus if status is not PersonStatus.INACTIVE)
_MOST_NAMES = 2
_LEAST_SEARCH = 130
_FIRST = 100
"""Stretch of the search, which gets its room before the filters spread."""


class _Filter(QWidget):
    """One filter: a button while it is open, a chip once it holds."""

    def __init__(self, theme: Theme, name: str, label: Callable[[], str]) -> None:
        super().__init__()
        self._label = label
        self.menu = QMenu(self)
        self.button = Button(theme, "chevron-down", "ghost")
        self.button.setObjectName(f"filter_{name}")
        self.chip = Chip(theme, "accent", removable=True)
        self.chip.setObjectName(f"chip_{name}")
        self.chip.hide()
        self.chip.clicked.connect(self.button.click)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        row.addWidget(self.chip)

    def with_menu(self) -> None:
        """Let the button open the menu."""
        self.button.clicked.connect(self._popup)

    def hold(self, values: str) -> None:
        """Show the chip with what holds; the button when nothing does."""
        self.button.setText(self._label())
        self.chip.set_text(tr("{name}：{values}", name=self._label(), values=values))
        held_focus = self.chip.hasFocus() or self.button.hasFocus()
        shown, hidden = (self.chip, self.button) if values else (self.button, self.chip)
        shown.show()
        if held_focus:
            shown.setFocus()
        hidden.hide()

    def _popup(self) -> None:
        shown = self.chip if self.chip.isVisible() else self.button
        self.menu.popup(shown.mapToGlobal(QPoint(0, shown.height() + 2)))


class FilterBar(QFrame):
    """Search and filters.

    Parameters
    ----------
    theme
        Gives colours and sizes.

    Attributes
    ----------
    changed
        Sent with the new `Filters`.
    squads_wanted
        Sent when squads are to be chosen, which needs a dialog.
    """

    changed = Signal(object)
    squads_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("panel", "line-bottom")
        self._theme = theme
        self.filters = Filters()
        self._choices: Choices | None = None
        self._two = False
        self._team_name = ""
        self.search = SearchField(theme)
        self.search.setObjectName("people_search")
        self.search.changed.connect(lambda text: self._put(self.filters.with_query(text)))
        self._squads = _Filter(theme, "squads", lambda: tr("小组|所属"))
        self._team = _Filter(theme, "team", lambda: tr("先莞队"))
        self._statuses = _Filter(theme, "statuses", lambda: tr("状态"))
        self._skills = _Filter(theme, "skills", lambda: tr("技能"))
        self._proof = _Filter(theme, "proof", lambda: tr("证件"))
        self._slots = _Filter(theme, "slots", lambda: tr("可执勤时段"))
        self._count = Label("secondary")
        self._count.setObjectName("people_count")
        self._connect()
        self._lay_out()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def _connect(self) -> None:
        self._squads.button.clicked.connect(self.squads_wanted)
        self._squads.chip.removed.connect(lambda: self._put(replace(self.filters, squads=frozenset())))
        self._team.chip.removed.connect(lambda: self._put(replace(self.filters, team="")))
        self._statuses.chip.removed.connect(lambda: self._put(replace(self.filters, statuses=frozenset())))
        self._skills.chip.removed.connect(lambda: self._put(replace(self.filters, skills=frozenset())))
        self._proof.chip.removed.connect(lambda: self._put(replace(self.filters, proof="")))
        self._slots.chip.removed.connect(lambda: self._put(replace(self.filters, slots=0)))
        for part in (self._statuses, self._skills, self._proof, self._slots):
            part.with_menu()

    def _lay_out(self) -> None:
        self._row, self._below = QHBoxLayout(), QHBoxLayout()
        for row in (self._row, self._below):
            row.setSpacing(4)
        self._row.addWidget(self.search, _FIRST)
        self._row.addSpacing(4)
        for part in self._parts():
            self._row.addWidget(part)
        self._row.addStretch(1)
        self._row.addWidget(self._count)
        self._below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 12, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addLayout(self._below)

    def _parts(self) -> "tuple[_Filter, ...]":
        return self._squads, self._team, self._statuses, self._skills, self._proof, self._slots

    def _fit(self) -> None:
        """Put the filters into a line of their own where they have no room beside the search."""
        parts = self._parts()
        shown = [part.sizeHint().width() + 4 for part in parts if not part.isHidden()]
        need = self._theme.px(_LEAST_SEARCH) + sum(shown) + self._count.sizeHint().width() + 40
        two = need > self.width()
        if two != self._two:
            self._two = two
            for place, part in enumerate(parts):
                (self._row if two else self._below).removeWidget(part)
                if two:
                    self._below.insertWidget(place, part)
                else:
                    self._row.insertWidget(2 + place, part)
        self._restyle()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self._fit()
        return super().event(event)

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(72 if self._two else 40))
        self.search.setMinimumWidth(self._theme.px(110))
        self.search.setMaximumWidth(self._theme.px(256))

    def set_choices(self, choices: Choices) -> None:
        """Offer the township's squads, skills and patterns."""
        self._choices = choices
        self.retranslate()

    def look_for(self, filters: Filters, team: str = "") -> None:
        """Look for something else altogether; `team` is the name of the response team, if one is looked for."""
        self._team_name = team
        self.filters = filters
        if self.search.text() != filters.query:
            self.search.setText(filters.query)
        else:
            self._put(filters)

    def set_segment(self, segment: Segment) -> None:
        """Look among other people; the statuses of one segment mean nothing in the other."""
        self._put(replace(self.filters, segment=segment, statuses=frozenset(), team=""))

    def set_squads(self, squads: frozenset[str]) -> None:
        """Look in these squads only."""
        self._put(replace(self.filters, squads=squads))

    def clear(self) -> None:
        """Take every filter away."""
        self.look_for(self.filters.cleared())

    def show_count(self, shown: int, total: int) -> None:
        """Say how many are shown of how many."""
        self._count.setText(tr("{shown} / {total} 人", shown=shown, total=total))

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self.search.set_hint(tr("姓名 / 拼音首字母 / 编号 / 尾号"))
        self._fill_menus()
        self._show()

    def _put(self, filters: Filters) -> None:
        self.filters = filters
        self._show()
        self.changed.emit(filters)

    # Menus

    def _fill_menus(self) -> None:
        for part in (self._statuses, self._skills, self._proof, self._slots):
            part.menu.clear()
        for status in ON_BOOKS:
            self._add(self._statuses.menu, STATUSES[status](), ("status", status.value))
        self._add(self._statuses.menu, tr("暂停|筛选"), ("status", PAUSED))
        for proof, words in PROOFS.items():
            self._add(self._proof.menu, words(), ("proof", proof))
        if self._choices is None:
            return
        for skill in self._choices.skills:
            self._add(self._skills.menu, skill.name, ("skill", skill.id))
        for place, pattern in enumerate(self._choices.patterns):
            span = span_text(pattern.start_minute, pattern.length_minutes)
            under = self._slots.menu.addMenu(f"{shift_mark(pattern.mark)}  {span}")
            for day in range(7):
                self._add(under, weekday_text(day), ("slot", 1 << place * 7 + day))

    def _add(self, menu: QMenu, words: str, what: tuple[str, object]) -> None:
        action = QAction(words, menu)
        action.setCheckable(True)
        action.setData(what)
        action.triggered.connect(lambda _on=False, what=what: self._toggle(*what))
        menu.addAction(action)

    def _toggle(self, kind: str, value: object) -> None:
        held = self.filters
        if kind == "status" and isinstance(value, str):
            self._put(replace(held, statuses=held.statuses ^ {value}))
        elif kind == "skill" and isinstance(value, str):
            self._put(replace(held, skills=held.skills ^ {value}))
        elif kind == "slot" and isinstance(value, int):
            self._put(replace(held, slots=held.slots ^ value))
        else:
            proof = next(proof for proof in PROOFS if proof == value)
            self._put(replace(held, proof="" if held.proof == proof else proof))

    # What holds

    def _show(self) -> None:
        held = self.filters
        choices = self._choices
        squads = [squad.name for squad in choices.squads if squad.id in held.squads] if choices else []
        skills = [skill.name for skill in choices.skills if skill.id in held.skills] if choices else []
        self._squads.hold(_short(squads))
        self._team.hold(self._team_name if held.team else "")
        self._team.setVisible(bool(held.team))
        statuses = [STATUSES[status]() for status in ON_BOOKS if status in held.statuses]
        statuses += [tr("暂停|筛选")] if PAUSED in held.statuses else []
        self._statuses.hold(listed(statuses))
        self._skills.hold(listed(skills))
        self._proof.hold(PROOFS[held.proof]() if held.proof else "")
        self._slots.hold(_short(self._slot_words()))
        self._statuses.setVisible(held.segment != "retired")
        for menu in (self._statuses.menu, self._skills.menu, self._proof.menu, self._slots.menu):
            for action in menu.findChildren(QAction):
                action.setChecked(self._holds(action.data()))

    def _holds(self, what: object) -> bool:
        if not isinstance(what, tuple):
            return False
        kind, value = what
        held = self.filters
        if kind == "slot":
            return bool(held.slots & int(value))
        return value in {"status": held.statuses, "skill": held.skills}.get(kind, {held.proof})

    def _slot_words(self) -> list[str]:
        patterns = self._choices.patterns if self._choices else ()
        return [
            f"{weekday_text(day)} {shift_mark(pattern.mark)}"
            for place, pattern in enumerate(patterns)
            for day in range(7)
            if self.filters.slots >> place * 7 + day & 1
        ]


def _short(names: list[str]) -> str:
    """Return the first names and how many more there are."""
    if len(names) <= _MOST_NAMES:
        return listed(names)
    return tr("{names}等 {count} 个", names=listed(names[:_MOST_NAMES]), count=len(names))
