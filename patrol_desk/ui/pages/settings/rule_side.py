"""What a change of a rule would do: beside the table, for the rule that has the focus."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from patrol_desk.models import CheckpointKind
from patrol_desk.services.planning.overrides import who_overrides
from patrol_desk.services.rules import RuleLine
from patrol_desk.services.settings.rules import Stamp, example_of
from patrol_desk.services.settings.trial import Outcome, WeekTrial
from patrol_desk.services.shift_words import shift_name
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import moment_text, week_text
from patrol_desk.ui.pages.places.words import kind_text
from patrol_desk.ui.pages.settings.rule_dates import ComingSection, SinceSection
from patrol_desk.ui.pages.settings.rule_edits import RuleEdits, Value
from patrol_desk.ui.pages.settings.rule_words import value_words
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.flow import FlowLayout
from patrol_desk.ui.widgets.labels import Chip, Label
from patrol_desk.ui.widgets.sections import Section, SidePanel


class RuleSide(SidePanel):
    """One rule: from what to what, what that does to the week, how it speaks, who changed it last.

    Attributes
    ----------
    shown_wanted
        Sent when the duties that would break the rule are to be shown.
    reset_wanted
        Sent when the line is to say what lies beneath.
    kind_wanted
        Sent with the kind of checkpoint that is to have a line of its own.
    kind_dropped
        Sent when the line of a kind is to go.
    """

    shown_wanted = Signal()
    reset_wanted = Signal()
    kind_wanted = Signal(str)
    kind_dropped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("rule_side")
        self._from, self._to, self._arrow = Chip(theme), Chip(theme, "accent"), Label("muted", "→")
        change = QWidget()
        row = FlowLayout(8, 4)
        row.setContentsMargins(0, 2, 0, 2)
        change.setLayout(row)
        for widget in (self._from, self._arrow, self._to):
            row.addWidget(widget)
        self._about = Label("secondary", wrap=True)
        self._reset = Button(theme, "rotate-ccw", "link")
        self._reset.setObjectName("rule_reset")
        self._reset.clicked.connect(self.reset_wanted)
        self._kinds, self._drop = Button(theme, "plus", "link"), Button(theme, "x", "link")
        self._kinds.setObjectName("rule_kinds")
        self._drop.setObjectName("rule_drop")
        self._menu = QMenu(self._kinds)
        self._kinds.clicked.connect(self._open_kinds)
        self._drop.clicked.connect(self.kind_dropped)
        self._free: list[str] = []
        self.head_column.addWidget(change)
        self.head_column.addWidget(self._about)
        for button in (self._reset, self._kinds, self._drop):
            self.head_column.addWidget(button)
        self._effect, self._speech = Section(theme), Section(theme)
        self._duties, self._lost, self._published = (Label("body", wrap=True) for _ in range(3))
        self._duties.setObjectName("rule_effect")
        self._show = Button(theme, small=True)
        self._show.setObjectName("rule_show")
        self._show.clicked.connect(self.shown_wanted)
        for part in (self._duties, self._show, self._lost, self._published):
            self._effect.add(part)
        self._quote, self._same = Label("body", wrap=True), Label("muted", wrap=True)
        self._quote.setProperty("panel", "quote")
        self._quote.setObjectName("rule_speech")
        self._speech.add(self._quote)
        self._speech.add(self._same)
        self.since, self.coming = SinceSection(theme), ComingSection(theme)
        self.add(self._effect)
        self.add(self.since)
        self.add(self.coming)
        self.add(self._speech)
        self._stamp = Label("muted", wrap=True)
        self.foot(self._stamp)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the fixed words anew."""
        self._effect.set_title(tr("改了会怎样"), tr("用现有数据试算"))
        self._speech.set_title(tr("这条规则的话"))
        self._same.setText(tr("拖放、按键、导入和自动排班，都用这一条判断和这一句话。"))
        self._reset.setText(tr("改回原来的规定"))
        self._kinds.setText(tr("给一类点位另定"))
        self._drop.setText(tr("这一类不再另定"))
        self._published.setText(tr("已发布的版本不受影响，打印件不变。"))
        self.since.retranslate()
        self.coming.retranslate()

    def show_rule(self, line: RuleLine, edits: RuleEdits, stamp: Stamp | None) -> None:
        """Show a rule and what is changed of it."""
        key = (line.rule.code, line.kind)
        value, stored = edits.value(key), edits.stored(key)
        self.head(say(line.name))
        self._to.set_text(value_words(line, value))
        self._from.set_text("" if stored is None else value_words(line, stored))
        changed = stored is not None and stored != value
        self._from.setVisible(changed)
        self._arrow.setVisible(changed)
        self._about.setText("\n".join(filter(None, (_bounds(line, edits), _who_words(line, value)))))
        self._reset.setVisible(value != edits.default(key))
        own = {kind for code, kind in edits.lines_held() if code == line.rule.code}
        self._free = [kind.value for kind in CheckpointKind if kind.value not in own]
        self._kinds.setVisible(line.kind is None and bool(line.rule.by_kind) and bool(self._free))
        self._drop.setVisible(line.kind is not None)
        said = example_of(line.rule.code, value.number)
        self._speech.setVisible(said is not None)
        self._quote.setText("" if said is None else say(said))
        self._stamp.setText(_stamp_words(stamp))

    def lock(self, *, locked: bool) -> None:
        """Take the buttons that change something out of use, or into it again."""
        for button in (self._reset, self._kinds, self._drop):
            button.setEnabled(not locked)
        self.since.lock(locked=locked)
        self.coming.lock(locked=locked)

    def _open_kinds(self) -> None:
        self._menu.clear()
        for kind in self._free:
            action = self._menu.addAction(kind_text(CheckpointKind(kind)))
            action.triggered.connect(partial(self.kind_wanted.emit, kind))
        self._menu.popup(self._kinds.mapToGlobal(self._kinds.rect().bottomLeft()))

    def show_effect(self, trial: WeekTrial | None, outcome: Outcome | None, line: RuleLine, value: Value) -> None:
        """Show what the rule would do to the week; None while it is being counted."""
        for label in (self._show, self._lost, self._published):
            label.hide()
        if trial is None or outcome is None:
            self._duties.setText(tr("正在试算…"))
            return
        if not trial.number:
            self._duties.setText(tr("{week}还没有排班，没有可试算的。", week=week_text(trial.week)))
            return
        key = (line.rule.code, line.kind)
        then = outcome.then.get(key)
        if then is None:
            self._duties.setText(tr("这个数不单独拦人，只影响自动排班怎么算。"))
            return
        self._duties.setText(_effect_words(trial, outcome, then, value))
        self._show.setText(tr("看这 {count} 个", count=then))
        self._show.setVisible(then > 0)
        self._lost.setText(tr("{count} 人次将没有席位。", count=outcome.lost))
        self._lost.setVisible(outcome.lost > 0)
        self._published.show()

    def quote(self, sentence: str) -> None:
        """Show the rule's sentence about a duty of the week."""
        self._quote.setText(sentence)


def _bounds(line: RuleLine, edits: RuleEdits) -> str:
    rule = line.rule
    if rule.number is None or line.unit_word is None:
        return ""
    beneath = edits.default((rule.code, line.kind)).number
    parts = [
        tr("可填 {low} 到 {high} {unit}", low=rule.low, high=rule.high, unit=say(line.unit_word)),
        tr("原来的规定 {number}", number="—" if beneath is None else beneath),
    ]
    now = edits.value((rule.code, line.kind)).number
    if rule.unit == "min" and now is not None:
        parts.insert(0, tr("{number} 分钟即 {hours} 小时", number=now, hours=f"{now / 60:g}"))
    return tr("；|between clauses").join(parts)


def _who_words(line: RuleLine, value: Value) -> str:
    """Return who may break a rule that blocks, and what that asks for."""
    if value.strength != "hard" or not line.rule.rule:
        return ""
    roles = who_overrides(value.who or line.who)
    if not roles:
        return tr("不能破例。")
    who = tr("、|joint").join(say(role) for role in roles)
    return tr("可破例：{who}，要写原因，记入审计，打印件加脚注。", who=who)


def _effect_words(trial: WeekTrial, outcome: Outcome, then: int, value: Value) -> str:
    week, count = week_text(trial.week), outcome.duties
    if not then:
        return tr("{week}的 {count} 人次都不违反。", week=week, count=count)
    shifts = tr("、|joint").join(f"{say(shift_name(name))} {number}" for name, number in outcome.by_shift.items())
    if value.strength == "hard":
        return tr("{week}有 {count} 人次变为“阻止”：{shifts}。", week=week, count=then, shifts=shifts)
    if value.strength == "weighted":
        return tr("{week}有 {count} 人次得到警告：{shifts}。", week=week, count=then, shifts=shifts)
    if value.strength == "hint":
        return tr("{week}有 {count} 人次得到提示，不拦也不计分：{shifts}。", week=week, count=then, shifts=shifts)
    return tr("{week}有 {count} 人次不合这一条，关着就不提：{shifts}。", week=week, count=then, shifts=shifts)


def _stamp_words(stamp: Stamp | None) -> str:
    if stamp is None:
        return tr("还没有改过，按原来的规定")
    if not stamp.by:
        return tr("上次改动 {time}", time=moment_text(stamp.at))
    return tr("上次改动 {time} {name}", time=moment_text(stamp.at), name=stamp.by)
