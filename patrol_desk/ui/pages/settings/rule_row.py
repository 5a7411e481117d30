"""One rule in the table of rules: its name, code, number, strength, and how often the week touches it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.models import CheckpointKind
from patrol_desk.services.rules import RuleLine
from patrol_desk.services.settings.trial import Line
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.places.words import kind_text
from patrol_desk.ui.pages.settings.number_edit import NumberEdit
from patrol_desk.ui.pages.settings.rule_edits import RuleEdits
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import Chip, ElidedLabel, Label
from patrol_desk.ui.widgets.segmented import Segmented

COLUMNS: Final = (0, 92, 132, 170, 104, 76)
"""Widths of name (what is left), code, number, strength, who may override, and count."""

_CODE, _STRENGTH, _WHO, _COUNT = 1, 3, 4, 5
COMPACT: Final = (0, 0, 120, 160, 104, 70)
"""The same on a low screen: names have the room of the code, which the row then tells by its tip."""
_LEFT, _RIGHT, _BETWEEN = 16, 12, 8
"""Margins of a row and the room between its columns."""

_AROUND: Final = 20
"""Beside the word of a strength."""
_BESIDE: Final = 44
"""Beside who may override: margins and the arrow."""

_BAR: Final = 11
"""Width of a scroll bar, which stands beside the rows and not beside the headings."""

STRENGTHS: Final[dict[str, Callable[[], str]]] = {
    "hard": lambda: tr("阻止|strength of a rule"),
    "weighted": lambda: tr("警告|strength of a rule"),
    "hint": lambda: tr("提示|strength of a rule"),
    "off": lambda: tr("关|strength of a rule"),
}
"""In the words of the desk, strictest first."""


WHO: Final[dict[str, Callable[[], str]]] = {
    "nobody": lambda: tr("谁也不能"),
    "chief": lambda: tr("所长|who overrides"),
    "duty_officer": lambda: tr("值班员以上"),
    "clerk": lambda: tr("排班的人"),
}
"""Who may override a rule, fewest first."""


def fit_columns(grid: QGridLayout, theme: Theme, names: int) -> None:
    """Give what stands in a row's grid the widths of the table; no code where it would cut the longest name."""
    asked = COMPACT if theme.compact else COLUMNS
    widths = [max(theme.px(width), _needed(theme, place)) if width else 0 for place, width in enumerate(asked)]
    around = theme.px(_LEFT + _RIGHT) + theme.px(_BETWEEN) * (len(widths) - 1)
    if grid.parentWidget().width() - sum(widths) - around < names:
        widths[_CODE] = 0
    for place, width in enumerate(widths):
        item = grid.itemAtPosition(0, place)
        if width and item is not None:
            item.widget().setFixedWidth(width)
        if place == _CODE and item is not None:
            item.widget().setVisible(width > 0)
    grid.setColumnStretch(0, 1)
    grid.setContentsMargins(theme.px(_LEFT), 0, theme.px(_RIGHT), 0)
    grid.setHorizontalSpacing(theme.px(_BETWEEN))


def _needed(theme: Theme, place: int) -> int:
    """Return the width that the words of a column need in the language in force, px; 0 where it is the table's."""
    if place == _STRENGTH:
        metrics = QFontMetrics(theme.font("secondary", bold=True))
        return sum(metrics.horizontalAdvance(word()) + theme.px(_AROUND) for word in STRENGTHS.values())
    if place == _WHO:
        metrics = QFontMetrics(theme.font("body"))
        return max(metrics.horizontalAdvance(word()) for word in WHO.values()) + theme.px(_BESIDE)
    if place == _COUNT:
        return QFontMetrics(theme.font("secondary")).horizontalAdvance(tr("本周触发")) + theme.px(4)
    return 0


class RuleHead(QFrame):
    """The headings over the rules.

    Parameters
    ----------
    theme
        Gives the look.
    names
        Gives the width of the longest name, px.
    """

    def __init__(self, theme: Theme, names: Callable[[], int]) -> None:
        super().__init__()
        self._theme = theme
        self._names = names
        self.setProperty("panel", "sunken")
        self._labels = [Label("secondary") for _ in COLUMNS]
        self._grid = QGridLayout(self)
        for place, label in enumerate(self._labels):
            self._grid.addWidget(label, 0, place)
        self._labels[-1].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes anew."""
        fit_columns(self._grid, self._theme, self._names() + self._theme.px(_BAR))
        self._grid.setContentsMargins(self._theme.px(_LEFT), 0, self._theme.px(_RIGHT + _BAR), 0)
        self.setFixedHeight(self._theme.row("header"))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.restyle()

    def retranslate(self) -> None:
        """Take the words anew."""
        words = (tr("规则"), tr("代码"), tr("参数"), tr("级别"), tr("谁可破例"), tr("本周触发"))
        for label, word in zip(self._labels, words, strict=True):
            label.setText(word)
        self.restyle()


class RuleRow(QFrame):
    """A line of the table.

    Parameters
    ----------
    theme
        Gives the look.
    line
        The rule.
    edits
        What it says now, and where edits go.
    names
        Gives the width of the longest name of all rows, px.

    Attributes
    ----------
    touched
        Sent with the line when the focus or a click comes into it.
    edited
        Sent when the user changed it.
    """

    touched = Signal(object)
    edited = Signal()

    def __init__(self, theme: Theme, line: RuleLine, edits: RuleEdits, names: Callable[[], int]) -> None:
        super().__init__()
        self._theme = theme
        self._names = names
        self.rule_line = line
        self.line: Line = (line.rule.code, line.kind)
        self._edits = edits
        self._chosen = False
        self._count: int | None = None
        self._name, self._code = ElidedLabel("body"), ElidedLabel("muted")
        self._hits = Label("body")
        self.who: QComboBox | None = None
        self.number: NumberEdit | None = None
        self.strength: Segmented | None = None
        self._lock: Chip | None = None
        name = line.rule.code if line.kind is None else f"{line.rule.code}.{line.kind}"
        self.setObjectName(f"rule_{name}")
        self._grid = QGridLayout(self)
        self._fill(name)
        theme.changed.connect(self.restyle)
        self.restyle()
        self.retranslate()
        self.show_values()

    def _fill(self, name: str) -> None:
        rule = self.rule_line.rule
        self._grid.addWidget(self._name, 0, 0)
        self._grid.addWidget(self._code, 0, 1)
        if rule.number is not None and (self.line[1] is None or "number" in rule.by_kind):
            self.number = NumberEdit(self._theme, rule.low, rule.high, rule.unit)
            self.number.line.setObjectName(f"number_{name}")
            self.number.edited.connect(self._number_said)
            self._watch(self.number.line)
            self._grid.addWidget(self.number, 0, 2)
        else:
            self._grid.addWidget(Label("muted", "—"), 0, 2)
        if rule.rule and len(rule.allowed) > 1:
            self.strength = Segmented(self._theme, small=True)
            self.strength.setObjectName(f"strength_{name}")
            self.strength.changed.connect(self._strength_said)
            self._grid.addWidget(_held(self.strength), 0, 3)
        elif rule.rule:
            self._lock = Chip(self._theme, "red")
            self._lock.set_icon("lock")
            self._grid.addWidget(_held(self._lock), 0, 3)
        else:
            self._grid.addWidget(Label("muted", "—"), 0, 3)
        self._hits.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if rule.who and self.line[1] is None:
            self.who = QComboBox()
            self.who.setObjectName(f"who_{name}")
            self.who.addItems([""] * len(WHO))
            self.who.activated.connect(self._who_said)
            self._watch(self.who)
            self._grid.addWidget(self.who, 0, 4)
        else:
            self._grid.addWidget(Label("muted", "—"), 0, 4)
        self._grid.addWidget(self._hits, 0, 5)

    def use(self, edits: RuleEdits) -> None:
        """Show other edits."""
        self._edits = edits
        self.show_values()

    def show_values(self) -> None:
        """Show what the line says now."""
        value = self._edits.value(self.line)
        if self.number is not None and value.number is not None:
            self.number.show_value(value.number)
        if self.strength is not None:
            self.strength.choose(value.strength)
        if self.who is not None:
            self.who.setCurrentIndex(list(WHO).index(value.who))
        self._mark()

    def show_hits(self, count: int | None) -> None:
        """Show how many duties of the week break the rule; None while nobody knows."""
        self._count = count
        self._hits.setText("—" if count is None else f"{count:,}")
        self._hits.setProperty("tone", "amber" if count else "muted")
        self._hits.style().unpolish(self._hits)
        self._hits.style().polish(self._hits)
        self._hits.setAccessibleName(tr("本周触发 {count}", count=count or 0))

    def choose(self, *, chosen: bool) -> None:
        """Mark the row as the one that the panel at the right is about."""
        self._chosen = chosen
        self._mark()

    def take_focus(self) -> None:
        """Give the focus to the number, or to the strength that holds."""
        if self.number is not None:
            self.number.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.strength is not None:
            chosen = self.strength.findChild(QWidget, self.strength.chosen())
            assert isinstance(chosen, QWidget)
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_read_only(self, *, read_only: bool) -> None:
        """Allow or forbid changes."""
        if self.number is not None:
            self.number.line.setReadOnly(read_only)
        if self.strength is not None:
            self.strength.setEnabled(not read_only)
        if self.who is not None:
            self.who.setEnabled(not read_only)

    def fault(self) -> str:
        """Return the sentence about a number that cannot be right."""
        return "" if self.number is None else self.number.fault()

    def name(self) -> str:
        """Return the rule's words, with the kind of checkpoint it is set for."""
        line = self.rule_line
        if line.kind is None:
            return say(line.name)
        return tr("└ 其中{kind}", kind=kind_text(CheckpointKind(line.kind)))

    def retranslate(self) -> None:
        """Take the words anew."""
        line = self.rule_line
        self._name.setText(self.name())
        self._code.setText(line.rule.code if line.kind is None else "")
        self.setToolTip(line.rule.code)
        if self.number is not None:
            self.number.say(say(line.name), "" if line.unit_word is None else say(line.unit_word))
        if self.strength is not None:
            chosen = self._edits.value(self.line).strength
            allowed = [(key, word(), None) for key, word in STRENGTHS.items() if key in line.rule.allowed]
            self.strength.set_choices(allowed)
            self.strength.choose(chosen)
            self.strength.setAccessibleName(tr("{name}：级别", name=say(line.name)))
            self._watch(*self.strength.findChildren(QWidget))
        if self.who is not None:
            for place, word in enumerate(WHO.values()):
                self.who.setItemText(place, word())
            self.who.setAccessibleName(tr("{name}：谁可破例", name=say(line.name)))
        if self._lock is not None:
            self._lock.set_text(tr("阻止|strength of a rule"))
        self.setAccessibleName(say(line.name))
        self.show_hits(self._count)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes anew."""
        fit_columns(self._grid, self._theme, self._names())
        self.setFixedHeight(self._theme.row("table") + self._theme.px(5))

    def name_width(self) -> int:
        """Return the width of the rule's words, as wide as they get, px."""
        return QFontMetrics(self._theme.font("body", bold=True)).horizontalAdvance(self.name()) + self._theme.px(2)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.restyle()

    def _watch(self, *widgets: QWidget) -> None:
        for widget in widgets:
            widget.installEventFilter(self)

    def _number_said(self) -> None:
        assert self.number is not None
        value = self.number.value()
        if value is not None:
            self._edits.set_number(self.line, value)
        self._mark()
        self.edited.emit()

    def _strength_said(self, strength: str) -> None:
        self._edits.set_strength(self.line, strength)
        self._mark()
        self.edited.emit()

    def _who_said(self, place: int) -> None:
        self._edits.set_who(self.line, list(WHO)[place])
        self._mark()
        self.edited.emit()

    def _mark(self) -> None:
        changed = self._edits.value(self.line) != self._edits.stored(self.line)
        self._name.set_role("strong" if changed or self._chosen else "body")
        self.setProperty("panel", "row-chosen" if self._chosen else "row")
        self.style().unpolish(self)
        self.style().polish(self)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.touched.emit(self.line)
        super().mousePressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.touched.emit(self.line)
        return False


def _held(control: QWidget) -> QWidget:
    """Return a cell with a control at its left."""
    cell = QWidget()
    row = QHBoxLayout(cell)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(control)
    row.addStretch(1)
    return cell
