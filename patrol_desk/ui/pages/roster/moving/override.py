"""The part of the dialog where an officer takes a rule upon themselves: a reason, and a sentence."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.models import OverrideReason
from patrol_desk.services.planning.overrides import LONGEST, Override, reason_words, role_words, who_overrides
from patrol_desk.ui.i18n import capital, say, tr
from patrol_desk.ui.pages.roster.moving.verdict import Verdict
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.flow import FlowLayout
from patrol_desk.ui.widgets.labels import Label

REASONS = tuple(OverrideReason)


def why_not_override(verdict: Verdict, role: str) -> str:
    """Return why somebody of a role may not override what stands against a duty, and who may."""
    blocks = verdict.of("block")
    if any(not one.who for one in blocks):
        return tr("这里不能破例：法律和身体的限制，以及席位和锁定，都不能破例。")
    if any(not who_overrides(one.who) for one in blocks):
        return tr("这里不能破例：本站规定这条规则谁也不能破例。要改，到“设置”里改“谁可破例”。")
    theirs = next(one for one in blocks if not one.overridable_by(role))
    who = tr("、|joint").join(say(each) for each in who_overrides(theirs.who))
    params = {"rule": say(theirs.message), "who": who, "you": say(role_words(role))}
    return tr("“{rule}”只有{who}可以破例，您是{you}。请{who}来破例，或用上面的做法。", **params)


class Sentence(QLineEdit):
    """The sentence; Enter goes on to the button, so that it never takes the other way out."""

    done = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            event.accept()
            self.done.emit()
        else:
            super().keyPressEvent(event)


class OverridePart(QWidget):
    """Five reasons, a sentence, and what overriding means.

    Parameters
    ----------
    theme
        Gives the look.
    facts
        What would follow, one short sentence each.
    """

    changed = Signal()
    """Reason or sentence is another; `given` may have become something."""
    done = Signal()
    """Enter in the sentence."""

    def __init__(self, theme: Theme, facts: list[str]) -> None:
        super().__init__()
        self._theme = theme
        self._group = QButtonGroup(self)
        self._count = Label("muted")
        self.sentence = Sentence()
        self.sentence.setObjectName("override_words")
        self.sentence.setMaxLength(LONGEST)
        self.sentence.setPlaceholderText(tr("一句说明，例如：本人电话同意"))
        self.sentence.setAccessibleName(tr("破例的说明"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(4), 0, 0)
        column.setSpacing(theme.px(6))
        column.addLayout(self._head())
        column.addLayout(self._reasons())
        column.addLayout(self._line())
        column.addWidget(Label("muted", "　".join(facts), wrap=True))
        self.sentence.textChanged.connect(self._typed)
        self.sentence.done.connect(self.done)
        self._group.idToggled.connect(lambda _id, _on: self.changed.emit())
        self._typed()

    @property
    def given(self) -> Override | None:
        """What the officer says for it; None while a reason or the sentence is missing."""
        words = " ".join(self.sentence.text().split())
        chosen = self._group.checkedId()
        return Override(REASONS[chosen], words) if words and chosen >= 0 else None

    def choose(self, number: int) -> None:
        """Take a reason, counted from 0, and go on to the sentence."""
        self._group.button(number).setChecked(True)
        self.sentence.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(self._theme.px(8))
        head.addWidget(Label("strong", tr("要破例，选原因")))
        head.addWidget(Label("muted", tr("必填，写入审计并在打印件加脚注"), wrap=True), 1)
        return head

    def _reasons(self) -> FlowLayout:
        row = FlowLayout(self._theme.px(6), self._theme.px(6))
        for number, reason in enumerate(REASONS):
            button = Button(self._theme, keys=f"{number + 1}", small=True)
            button.setText(capital(say(reason_words(reason))))
            button.setObjectName(f"override_{reason.value}")
            button.setCheckable(True)
            self._group.addButton(button, number)
            row.addWidget(button)
        return row

    def _line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(8))
        line.addWidget(self.sentence, 1)
        line.addWidget(self._count)
        return line

    def _typed(self) -> None:
        self._count.setText(f"{len(self.sentence.text())}/{LONGEST}")
        self.changed.emit()
