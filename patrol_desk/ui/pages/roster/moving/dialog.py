"""The dialog when rules or doubts stand against a move: what, how badly, and the way out."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.planning.board import Board, Candidate, Conflict, Holder
from patrol_desk.services.planning.overrides import Override
from patrol_desk.ui.i18n import say, shift_mark, tr
from patrol_desk.ui.i18n.dates import short_date, span_text, weekday_text
from patrol_desk.ui.pages.roster.moving.override import REASONS, OverridePart, why_not_override
from patrol_desk.ui.pages.roster.moving.timeline import Timeline, bars_for
from patrol_desk.ui.pages.roster.moving.verdict import Mover, Verdict
from patrol_desk.ui.pages.roster.severity import ICONS, severity_word
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button, Kind
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.labels import Chip, Label, SquadTick

SETTINGS = {
    "reach": "reach_m", "far": "reach_m", "rest": "rest_minutes", "rest_close": "rest_minutes", "day_cap": "cap_day",
    "same_day": "cap_day", "insured": "insured", "workday_eve": "workday_eve", "consecutive_days": "consecutive_days",
    "nights_in_row": "nights_in_row", "novice": "novice_days", "lead": "leader", "official": "official",
    "apart": "apart", "together": "together",
}  # fmt: skip
"""Conflict → the rule's code in the settings, for those that the station sets itself."""


@dataclass(frozen=True, slots=True)
class Case:
    """What the dialog is about.

    Parameters
    ----------
    board
        The week.
    mover, row, shift
        Who would go where.
    verdict
        What stands against it.
    instead
        The best candidate for the cell, the way out of a block; None without one.
    swap
        Who stands in the cell and could take the mover's own place in exchange; None without one.
    role
        Of whoever is asked: not every role may override every rule.
    """

    board: Board
    mover: Mover
    row: int
    shift: int
    verdict: Verdict
    instead: Candidate | None
    swap: Holder | None = None
    role: str = ""


class SeverityRow(QFrame):
    """One conflict: how bad, the sentence, the rule's short name.

    Parameters
    ----------
    theme
        Gives the look.
    conflict
        What it says.
    """

    rule_asked = Signal(str)
    """The rule's row in the settings is wanted: its code there."""

    def __init__(self, theme: Theme, conflict: Conflict) -> None:
        super().__init__()
        icon, tone = ICONS[conflict.severity]
        block = conflict.severity == "block"
        self.setProperty("panel", "card-red" if block else "card")
        if block:
            self.setStyleSheet(f"QFrame {{ background: {theme.color('redSoft').name()}; }}")
        mark = QLabel()
        mark.setPixmap(theme.pixmap(icon, tone, 16))
        word = Label("strong", severity_word(conflict.severity))
        word.setProperty("tone", {"block": "red", "warn": "amber", "note": "accent"}[conflict.severity])
        word.setMinimumWidth(theme.px(44))
        prefix = "R" if block else "S"
        code = self._code(theme, conflict.rule, f"{prefix}-{conflict.rule.replace('_', '-').upper()}")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        row.setSpacing(theme.px(6))
        row.addWidget(mark)
        row.addWidget(word)
        row.addWidget(Label("strong" if block else "body", say(conflict.message), wrap=True), 1)
        row.addWidget(code, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{word.text()} {say(conflict.message)}")

    def _code(self, theme: Theme, rule: str, text: str) -> QWidget:
        """Return the rule's short name; where the station sets the rule itself, it leads to the settings."""
        known = SETTINGS.get(rule)
        if known is None:
            return Label("micro", text)
        button = Button(theme, "", "link", small=True)
        button.setObjectName(f"conflict_rule_{rule}")
        button.setText(text)
        button.setToolTip(tr("在设置里看这条规则"))
        button.setAccessibleName(tr("在设置里看规则 {rule}", rule=text))
        button.clicked.connect(lambda: self.rule_asked.emit(known))
        return button


class ConflictDialog(Dialog):
    """Shows a case and takes the answer.

    Parameters
    ----------
    host, theme
        The window and its look.
    case
        What it is about.
    clear
        The cell, in the window's coordinates: it stays in sight.
    """

    def __init__(self, host: QWidget, theme: Theme, case: Case, clear: QRect) -> None:
        super().__init__(host, theme, width=690)
        self._case = case
        self._part: OverridePart | None = None
        self._timeline: Timeline | None = None
        self._do_override: Button | None = None
        self.answer = "no"
        self.taken: Override | None = None
        self.rule = ""
        self.setObjectName("conflict_dialog")
        self._fill()
        self.keep_clear(clear)

    def _fill(self) -> None:
        case, theme = self._case, self._theme
        when, place = case.board.shifts[case.shift], case.board.rows[case.row]
        mark = f"{weekday_text(when.on_date.weekday())} {shift_mark(when.mark)}"
        self.head(
            tr("{name} → {place} {shift}", name=case.mover.name, place=place.name, shift=mark),
            f"{short_date(when.on_date)} {span_text(when.start_minute, when.length_minutes)}",
        )
        self.add(Label("secondary", self._counts()))
        try:
            bars = bars_for(case.board, case.mover.person_id, case.row, case.shift, case.mover.leaves)
        except KeyError:
            bars = ()
        if len(bars) > 1:
            self._timeline = Timeline(theme, bars, case.board.problem.rules.rest_min)
            self.add(self._timeline)
        for conflict in case.verdict.conflicts:
            row = SeverityRow(theme, conflict)
            row.rule_asked.connect(self._to_rule)
            self.add(row)
        blocked = case.verdict.outcome == "block"
        if blocked:
            self.add(self._way_out())
            self.add(self._override())
        self._buttons(blocked=blocked)

    def _to_rule(self, code: str) -> None:
        self.rule = code
        self.reject()

    @override
    def open(self) -> None:
        super().open()
        if self._timeline is not None and self.is_short_of_room:
            # On a low screen with large text: the sentences say the same hours.
            self._timeline.hide()
            self.fit()

    @property
    def given(self) -> Override | None:
        """The override as filled in."""
        return None if self._part is None else self._part.given

    @property
    def _can_override(self) -> bool:
        return all(conflict.overridable_by(self._case.role) for conflict in self._case.verdict.of("block"))

    def _override(self) -> QWidget:
        """Return the part for an override, or the sentence that says why there is none."""
        if not self._can_override:
            return Label("muted", why_not_override(self._case.verdict, self._case.role), wrap=True)
        facts = [tr("表格加脚注 ①"), tr("记入审计日志"), tr("可撤销")]
        self._part = OverridePart(self._theme, [self._gap_words(), *facts])
        self._part.changed.connect(self._allow_override)
        self._part.done.connect(self._to_button)
        return self._part

    def _gap_words(self) -> str:
        board, here = self._case.board, (self._case.row, self._case.shift)
        missing = board.figures().shortage_heads
        duty = self._case.mover.assignment_id
        source = board.where(duty) if duty else None
        after = missing
        if source != here:
            gap = board.gap(*here)
            after -= int(gap.heads < gap.minimum)
        if source is not None and source != here:
            gap = board.gap(*source)
            after += int(gap.heads <= gap.minimum)
        return tr("最低缺口 {before} → {after}", before=missing, after=after)

    def _allow_override(self) -> None:
        if self._do_override is not None:
            self._do_override.setEnabled(self.given is not None)

    def _to_button(self) -> None:
        if self._do_override is not None and self._do_override.isEnabled():
            self._do_override.setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_1
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self._part is not None and not control and 0 <= number < len(REASONS):
            self._part.choose(number)
            event.accept()
        elif self._do_override is not None and control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._do_override.isEnabled():
                self._do_override.click()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _counts(self) -> str:
        verdict = self._case.verdict
        counts = [
            tr("{count} 条阻止", count=len(verdict.of("block"))),
            tr("{count} 条警告", count=len(verdict.of("warn"))),
            tr("{count} 条提示", count=len(verdict.of("note"))),
        ]
        present = [words for words, kind in zip(counts, ("block", "warn", "note"), strict=True) if verdict.of(kind)]
        return tr("此安排有 {what}。", what=tr("、|列举").join(present))

    def _way_out(self) -> QWidget:
        case, theme = self._case, self._theme
        part = QFrame()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, theme.px(4), 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(Label("strong", tr("不破例的做法") if self._can_override else tr("可行的做法")))
        if case.swap is not None:
            words = tr("与 {name} 互换：两人各到对方的班，都没有阻止。", name=case.swap.name)
            column.addWidget(self._way(words, case.swap.squad, case.swap.colour, ()))
        if case.instead is not None:
            chips = [(say(chip.text), chip.good) for chip in case.instead.chips[:5]]
            words = tr("改用 {name}", name=case.instead.name)
            column.addWidget(self._way(words, case.instead.squad, case.instead.colour, chips))
        if case.swap is None and case.instead is None:
            words = tr("这一班没有别的人选。返回后可换一格，或先解除挡住的安排。")
            column.addWidget(Label("secondary", words, wrap=True))
        return part

    def _way(self, words: str, squad: str, colour: int, chips: Sequence[tuple[str, bool]]) -> QFrame:
        theme = self._theme
        card = QFrame()
        card.setProperty("panel", "card-accent")
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        column.setSpacing(theme.px(4))
        first = QHBoxLayout()
        first.setSpacing(theme.px(6))
        first.addWidget(Label("strong", words))
        first.addWidget(SquadTick(theme, colour))
        first.addWidget(Label("secondary", squad), 1)
        column.addLayout(first)
        if chips:
            line = QHBoxLayout()
            line.setSpacing(theme.px(5))
            for text, good in chips:
                line.addWidget(Chip(theme, "green" if good else "plain", text=text))
            line.addStretch(1)
            column.addLayout(line)
        return card

    def _buttons(self, *, blocked: bool) -> None:
        back = self._button("", tr("取消"), "conflict_back", "plain", "Esc")
        back.clicked.connect(self.reject)
        if not blocked:
            do = self._answer("yes", "", tr("仍然安排"), "conflict_do", primary=True)
            self.foot(do, back, left=Label("muted", tr("安排后可撤销。")))
            self.first(do)
            return
        others = self._override_buttons()
        ways = []
        if self._case.swap is not None:
            ways.append(("swap", "arrow-left-right", tr("与 {name} 互换", name=self._case.swap.name)))
        if self._case.instead is not None:
            ways.append(("instead", "user-plus", tr("改用 {name}", name=self._case.instead.name)))
        left = Label("muted", tr("破例后此格仍标“!”。") if others else tr("没有改动任何安排。"))
        if not ways:
            back.set_kind("primary")
            self.foot(back, *others, left=left)
            self.first(back)
            return
        primary, *second = [
            self._answer(key, icon, words, f"conflict_{key}", primary=place == 0)
            for place, (key, icon, words) in enumerate(ways)
        ]
        for other in second:
            other.clicked.connect(self.accept)
        self.foot(primary, back, *others, *second, left=left)
        self.first(primary)

    def _override_buttons(self) -> list[Button]:
        if self._part is None:
            return []
        button = self._button("", tr("破例安排"), "conflict_override", "danger", "Ctrl+Enter")
        button.clicked.connect(lambda: self._choose("override"))
        button.clicked.connect(self.accept)
        self._do_override = button
        self._allow_override()
        return [button]

    def _button(self, icon: str, words: str, name: str, kind: Kind, keys: str) -> Button:
        button = Button(self._theme, icon, kind, keys=keys)
        button.setText(words)
        button.setObjectName(name)
        return button

    def _answer(self, key: str, icon: str, words: str, name: str, *, primary: bool) -> Button:
        button = self._button(icon, words, name, "primary" if primary else "plain", "Enter" if primary else "")
        button.clicked.connect(lambda: self._choose(key))
        return button

    def _choose(self, answer: str) -> None:
        # The fields are gone by the time the answer is looked at.
        self.answer, self.taken = answer, self.given


async def ask_about(host: QWidget, theme: Theme, case: Case, clear: QRect) -> tuple[str, Override | None]:
    """Show a case and return the answer and the override as filled in.

    The answer is no, yes, instead, swap, override, or rule: and the code of a rule whose row in the settings is wanted.
    """
    dialog = ConflictDialog(host, theme, case, clear)
    accepted = await dialog.ask()
    if dialog.rule:
        return f"rule:{dialog.rule}", None
    return (dialog.answer, dialog.taken) if accepted else ("no", None)
