"""The rules a run keeps: those that always hold behind a lock, the others with a switch for this run only."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import ElidedLabel, Label

if TYPE_CHECKING:
    from patrol_desk.services.planning.live import HardRule
    from patrol_desk.services.rules import RuleBook, RuleLine

CODES: Final = {"rest": "rest_minutes", "reach": "reach_m"}
"""Hard rules of a run that a township may keep less strictly, by the codes of its rules."""
STRENGTHS: Final = ("hard", "weighted", "hint", "off")


def strength_words() -> dict[str, str]:
    """Return how strictly a rule may be kept, in words."""
    return {"hard": tr("必须"), "weighted": tr("尽量"), "hint": tr("只提示"), "off": tr("不管")}


class RuleRow(QWidget):
    """One rule: a lock, its words, its value at the right, or a switch in place of both."""

    changed = Signal()

    def __init__(self, theme: Theme, code: str) -> None:
        super().__init__()
        self._theme = theme
        self.code = code
        self._held = "hard"
        self._mark = QLabel()
        self._words: ElidedLabel | Label = Label("body", wrap=True) if code else ElidedLabel("body")
        self._value = Label("secondary")
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.box = QComboBox()
        self.box.setObjectName(f"plan_rule_{code}")
        self.box.addItems([""] * len(STRENGTHS))
        self.box.activated.connect(lambda _place: self._chosen())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        row.addWidget(self._value)
        row.addWidget(self.box)
        self.box.setHidden(not code)
        self._value.setHidden(bool(code))
        self.restyle()

    def show_rule(self, text: str, value: str, held: str) -> None:
        """Show a rule, its value, and how strictly the township keeps it."""
        if held != self._held:
            self._held = held
            self.box.setCurrentIndex(STRENGTHS.index(held))
        self._words.setText(f"{text} {value}".strip() if self.code else text)
        self._value.setText("" if self.code else value)
        self.setAccessibleName(f"{text} {value}".strip())
        self.box.setAccessibleName(f"{text} {value}".strip())
        self.retranslate()

    def asked(self) -> str:
        """Return how strictly this run shall keep it; empty for as the township does."""
        wanted = STRENGTHS[self.box.currentIndex()] if self.code else self._held
        return "" if wanted == self._held else wanted

    def reset(self) -> None:
        """Keep it as the township does."""
        self.box.setCurrentIndex(STRENGTHS.index(self._held))
        self.restyle()

    def retranslate(self) -> None:
        """Set the words of the switch anew."""
        for place, text in enumerate(strength_words().values()):
            self.box.setItemText(place, text)
        self._fit_box()

    def restyle(self) -> None:
        """Follow the look."""
        icon, tone = ("sliders-horizontal", "text3") if self.code else ("lock", "text3")
        if self.asked():
            tone = "amber"
        self._mark.setPixmap(self._theme.pixmap(icon, tone, 14))
        if self.code:
            self.setMinimumHeight(self._theme.px(28))
        else:
            self.setFixedHeight(self._theme.px(24 if self._theme.compact else 27))
        self.box.setFixedHeight(self._theme.px(24))
        self._fit_box()

    def _fit_box(self) -> None:
        """Give the switch the room of its longest word; the rule's own words wrap in what is left."""
        self.box.setFixedWidth(max(self._theme.px(80), self.box.sizeHint().width()))

    def _chosen(self) -> None:
        self.restyle()
        self.changed.emit()


class RuleSwitches(QWidget):
    """All rules of a run.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._hard: tuple[HardRule, ...] = ()
        self._book: dict[str, RuleLine] = {}
        self._rows: dict[str, RuleRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))
        theme.changed.connect(self.restyle)

    def show_rules(self, rules: "tuple[HardRule, ...]") -> None:
        """Show what every plan of the week keeps."""
        self._hard = rules
        self._lay_out()

    def show_book(self, book: "RuleBook") -> None:
        """Show how strictly the township keeps the rules that may be switched."""
        self._book = {line.rule.code: line for line in book.rules if line.kind is None and len(line.rule.allowed) > 1}
        self._lay_out()

    def asked(self) -> dict[str, str]:
        """Return code → strength of the rules that this run keeps otherwise."""
        return {row.code: row.asked() for row in self._rows.values() if row.code and row.asked()}

    def reset(self) -> None:
        """Keep every rule as the township does."""
        for row in self._rows.values():
            row.reset()

    def retranslate(self) -> None:
        """Set every text anew."""
        self._say()

    def restyle(self) -> None:
        """Follow the look."""
        for row in self._rows.values():
            row.restyle()

    def _lines(self) -> list[tuple[str, str, str, str, str]]:
        """Return key, code of the switch, words, value and strength in force of every row."""
        found = []
        for rule in self._hard:
            line = self._book.get(CODES.get(rule.code, ""))
            code = "" if line is None else line.rule.code
            value = "" if rule.value is None else say(rule.value)
            found.append((rule.code, code, say(rule.text), value, "hard" if line is None else line.strength))
        known = set(CODES.values())
        found += [
            (line.rule.code, line.rule.code, say(line.name), _number(line), line.strength)
            for line in self._book.values()
            if line.rule.code not in known and line.strength == "hard" and line.number != 0
        ]
        return found

    def _lay_out(self) -> None:
        """Show a row per line; a row whose switch is the same stays, with what was asked."""
        lines = self._lines()
        old, self._rows = self._rows, {}
        for row in old.values():
            self._column.removeWidget(row)
        for key, code, *_words in lines:
            held = old.pop(key, None)
            if held is None or held.code != code:
                row = RuleRow(self._theme, code)
                row.changed.connect(self.changed)
                if held is not None:
                    old[key] = held
            else:
                row = held
            self._rows[key] = row
            self._column.addWidget(row)
        for row in old.values():
            row.hide()
            row.deleteLater()
        self._say()

    def _say(self) -> None:
        for (_key, _code, text, value, held), row in zip(self._lines(), self._rows.values(), strict=False):
            row.show_rule(text, value, held)


def _number(line: "RuleLine") -> str:
    if line.number is None:
        return ""
    return f"{line.number} {say(line.unit_word)}" if line.unit_word is not None else str(line.number)
