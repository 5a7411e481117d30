"""Rules and weights: edited in place, tried on the week's plan while they are, saved as one step."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError, PatrolError
from patrol_desk.services.rules import Coming, RuleLine, save_rules, withdraw_rule
from patrol_desk.services.settings.access import edit_refusal, export_refusal, import_refusal
from patrol_desk.services.settings.rules import RuleSheet, read_rule_sheet
from patrol_desk.services.settings.trial import Line, Outcome, WeekTrial, open_trial, try_rules
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.settings.broken_dialog import BrokenDialog
from patrol_desk.ui.pages.settings.care_rows import CareRows
from patrol_desk.ui.pages.settings.part import Part
from patrol_desk.ui.pages.settings.rule_edits import RuleEdits
from patrol_desk.ui.pages.settings.rule_row import STRENGTHS, RuleHead, RuleRow
from patrol_desk.ui.pages.settings.rule_side import RuleSide
from patrol_desk.ui.pages.settings.rule_words import saved_words
from patrol_desk.ui.pages.settings.rules_scroll import scroll_of
from patrol_desk.ui.pages.settings.taking import take_in, write_out
from patrol_desk.ui.widgets.banner import Banner
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.file_picker import FilePicker, Picker
from patrol_desk.ui.widgets.sections import Section
from patrol_desk.ui.widgets.states import StateStack, state_button

_PATIENCE_MS = 250
"""After the last keystroke, before the week is counted again."""
_PLANNED = frozenset(
    {
        "assignment", "plan", "plan_version", "demand", "checkpoint", "person", "person_pause", "shift_pattern",
        "leave", "availability",
    }
)  # fmt: skip
"""What the week's count rests on besides the rules."""


class RulesPart(Part):
    """The table of rules, the sliders below it, and at the right what the chosen rule does."""

    name: ClassVar[str] = "rules"
    icon: ClassVar[str] = "sliders-horizontal"
    saves: ClassVar[bool] = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self.sheet: RuleSheet | None = None
        self.edits: RuleEdits | None = None
        self.trial: WeekTrial | None = None
        self.outcome: Outcome | None = None
        self.rows: dict[Line, RuleRow] = {}
        self.chosen: Line = ("", None)
        self._wanted: object = None
        self.panel = RuleSide(theme)
        self.panel.shown_wanted.connect(self._show_broken)
        self.panel.reset_wanted.connect(self._reset)
        self.panel.kind_wanted.connect(self._add_kind)
        self.panel.kind_dropped.connect(self._drop_kind)
        self.panel.coming.withdrawn.connect(lambda change: self.run("withdraw", self._withdraw(change)))
        self._head = RuleHead(theme, self._name_width)
        self._rules, self._cares = Section(theme, flush=True), Section(theme)
        self._table = QVBoxLayout()
        self._table.setSpacing(0)
        self._restore = Button(theme, "rotate-ccw", "link")
        self._restore.setObjectName("care_defaults")
        self._restore.clicked.connect(self._restore_cares)
        self._cares.add_right(self._restore)
        self._care_rows: CareRows | None = None
        self.locked = Banner(theme, "amber", "lock")
        self.locked.hide()
        self.free = True
        self.states = StateStack(theme)
        self.picker: Picker = FilePicker()
        self._take, self._write = Button(theme, "upload", "ghost"), Button(theme, "download", "ghost")
        self._take.setObjectName("rules_import")
        self._write.setObjectName("rules_export")
        self._take.clicked.connect(self._import)
        self._write.clicked.connect(self._export)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE_MS)
        self._timer.timeout.connect(lambda: self.run("trial", self._try(), only=True))
        self._lay_out()
        self.retranslate()

    @override
    def title(self) -> str:
        return tr("规则与权重")

    @override
    def words(self) -> Sequence[str]:
        levels = () if self.edits is None else tuple(say(level.name) for level in self.edits.book.levels)
        rules = () if self.edits is None else tuple(say(line.name) for line in self.edits.lines())
        return (*rules, *levels, tr("级别"), tr("权重"))

    @override
    def side(self) -> QWidget:
        return self.panel

    @override
    def tools(self) -> Sequence[QWidget]:
        return (self._write, self._take)

    def _import(self) -> None:
        self.run("take", take_in(self.desk, self.picker, "rules", tr("导入规则")))

    def _export(self) -> None:
        self.run("write", write_out(self.desk, self.picker, "rules", tr("导出规则")))

    def _say_tools(self) -> None:
        for button, refused in (
            (self._take, import_refusal(self.desk.actor)),
            (self._write, export_refusal(self.desk.actor)),
        ):
            button.setEnabled(refused is None)
            button.setToolTip("" if refused is None else say(refused))

    # Reading

    @override
    def enter(self, target: Target | None) -> None:
        self._wanted = None if target is None else target.detail.get("rule")
        if self.sheet is None:
            self.run("rules", self._read(), only=True)
        elif self.trial is None or self.trial.week != self.desk.week:
            self._count_anew()
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        """Go to the rule that was asked for, once the rules are there."""
        row = self.rows.get((str(self._wanted), None))
        if self._wanted is None or row is None:
            return
        self._wanted = None
        self._choose(row.line)
        row.take_focus()
        self._scroll.ensureWidgetVisible(row)

    @override
    def on_changes(self, changes: ChangeSet) -> None:
        if self.sheet is not None and changes.touches("rule"):
            self.run("rules", self._read(), only=True)
        elif self.trial is not None and any(changes.touches(kind) for kind in _PLANNED):
            self._count_anew()

    def _count_anew(self) -> None:
        self.trial = None
        self._timer.start()

    async def _read(self) -> None:
        self.states.loading()
        try:
            self.sheet = await self.desk.read(read_rule_sheet)
        except PatrolError as error:
            again = state_button(self.desk.theme, tr("重新读取"), lambda: self.run("rules", self._read(), only=True))
            self.states.error(say(error.message), again)
            return
        self.edits = RuleEdits(self.sheet.book) if self.edits is None else self.edits.carried(self.sheet.book)
        refused = edit_refusal(self.desk.actor)
        self.free = refused is None
        self.locked.setVisible(not self.free)
        self.locked.say("" if refused is None else say(refused))
        self._say_tools()
        self.panel.since.show_weeks(self.sheet.week)
        self.panel.coming.show_coming(self.sheet.book.coming)
        self._fill(read_only=not self.free)
        self.states.content()
        self._count_anew()
        self._go_to_wanted()

    async def _try(self) -> None:
        """Count, off the window's thread, what the edits would do to the week in view."""
        if self.edits is None:
            return
        trial = self.trial
        try:
            if trial is None or trial.week != self.desk.week:
                trial = await self.desk.read(open_trial, self.desk.week)
            outcome = await self.desk.read(try_rules, trial, self.edits.overrides(), self.chosen)
        except PatrolError as error:
            self.desk.tell(say(error.message), "warn")
            return
        if self._timer.isActive():
            return  # something has changed meanwhile, and is tried anew
        self.trial, self.outcome = trial, outcome
        for line, row in self.rows.items():
            row.show_hits(outcome.then.get(line) if trial.number else None)
        self._show_effect()

    # Showing

    def _fill(self, *, read_only: bool) -> None:
        assert self.edits is not None
        lines = self.edits.lines()
        if [(line.rule.code, line.kind) for line in lines] != list(self.rows):
            self._make_rows(lines)
        for line in lines:
            row = self.rows[line.rule.code, line.kind]
            row.use(self.edits)
            row.set_read_only(read_only=read_only)
        if self._care_rows is None:
            self._care_rows = CareRows(self.desk.theme, self.edits)
            self._care_rows.edited.connect(self._edited)
            self._cares.add(self._care_rows)
        self._care_rows.use(self.edits)
        self._care_rows.set_read_only(read_only=read_only)
        self._restore.setEnabled(not read_only)
        self.panel.lock(locked=read_only)
        self._choose(self.chosen if self.chosen in self.rows else next(iter(self.rows)))
        self._say_counts()
        self.dirty_changed.emit()

    def _make_rows(self, lines: Sequence[RuleLine]) -> None:
        assert self.edits is not None
        for row in self.rows.values():
            self._table.removeWidget(row)
            row.deleteLater()
        self.rows = {}
        for line in lines:
            row = RuleRow(self.desk.theme, line, self.edits, self._name_width)
            row.touched.connect(self._choose)
            row.edited.connect(self._edited)
            self._table.addWidget(row)
            self.rows[row.line] = row

    def _name_width(self) -> int:
        return max((row.name_width() for row in self.rows.values()), default=0)

    def _choose(self, line: Line) -> None:
        if line != self.chosen and self.outcome is not None:
            self._timer.start()
        self.chosen = line
        for key, row in self.rows.items():
            row.choose(chosen=key == line)
        self._show_side()

    def _show_side(self) -> None:
        if self.edits is None or self.sheet is None:
            return
        self.panel.show_rule(self.rows[self.chosen].rule_line, self.edits, self.sheet.stamps.get(self.chosen))
        self.panel.show_effect(None, None, self.rows[self.chosen].rule_line, self.edits.value(self.chosen))

    def _show_effect(self) -> None:
        if self.edits is not None and self.chosen in self.rows:
            line = self.rows[self.chosen].rule_line
            self.panel.show_effect(self.trial, self.outcome, line, self.edits.value(self.chosen))
            if self.outcome is not None and self.outcome.broken:
                self.panel.quote(say(self.outcome.broken[0].sentence))

    def _show_broken(self) -> None:
        if self.outcome is None or self.edits is None:
            return
        line = self.rows[self.chosen].rule_line
        total = self.outcome.then.get(self.chosen, 0)
        BrokenDialog(self.desk, lambda: say(line.name), self.outcome.broken, total).open()

    def _say_counts(self) -> None:
        if self.edits is None:
            return
        counts = self.edits.numbers()
        parts = [f"{word()} {counts[key]}" for key, word in STRENGTHS.items() if key in counts]
        self._rules.set_title(tr("规则"), " · ".join((tr("{count} 条", count=sum(counts.values())), *parts)))

    @override
    def retranslate(self) -> None:
        self._take.setText(tr("导入规则"))
        self._write.setText(tr("导出规则"))
        self._say_tools()
        self._cares.set_title(tr("尽量做到"), tr("排在前面的先满足；滑块表示在意程度，只管自动排班"))
        self._restore.setText(tr("恢复默认"))
        self._head.retranslate()
        self.panel.retranslate()
        self._say_counts()
        for row in self.rows.values():
            row.retranslate()
        if self._care_rows is not None:
            self._care_rows.retranslate()
            self._show_side()
            self._show_effect()

    # Edits

    @override
    def dirty(self) -> int:
        typed = sum(bool(row.fault()) for row in self.rows.values())
        return typed + (0 if self.edits is None else len(self.edits.changed()))

    @override
    def fault(self) -> str:
        for row in self.rows.values():
            if row.fault():
                return f"{row.name()}：{row.fault()}"
        return ""

    @override
    def may_save(self) -> bool:
        return self.dirty() > 0 and not self.fault()

    @override
    async def save(self) -> bool:
        assert self.edits is not None
        if not self.may_save():
            return not self.dirty()
        changed = self.edits.overrides()
        try:
            since = self.panel.since.chosen()
            await self.desk.write(tr("改 {count} 条规则与权重", count=len(changed)), save_rules, changed, since)
        except (ConcurrentChangeError, InvalidDataError) as error:
            self.desk.tell(say(error.message), "warn")
            return False
        self.desk.tell(saved_words(len(changed), since), "ok")
        if since is not None:
            self.discard()
        return True

    async def _withdraw(self, change: Coming) -> None:
        kind = change.line.kind if isinstance(change.line, RuleLine) else None
        step = tr("撤回将要生效的“{name}”", name=say(change.line.name))
        await self.desk.write(step, withdraw_rule, change.line.code, kind, change.since)

    @override
    def discard(self) -> None:
        if self.sheet is not None:
            self.edits = RuleEdits(self.sheet.book)
            self._fill(read_only=not self.free)
            self._timer.start()

    def _edited(self) -> None:
        self._say_counts()
        self._show_side()
        self._timer.start()
        self.dirty_changed.emit()

    def _reset(self) -> None:
        assert self.edits is not None
        if not self.free:
            return
        value = self.edits.default(self.chosen)
        self.edits.set_strength(self.chosen, value.strength)
        if value.number is not None:
            self.edits.set_number(self.chosen, value.number)
        self.rows[self.chosen].show_values()
        self.rows[self.chosen].take_focus()
        self._edited()

    def _add_kind(self, kind: str) -> None:
        assert self.edits is not None
        code = self.chosen[0]
        self.edits.add_kind(code, kind)
        self.chosen = (code, kind)
        self._kinds_changed()

    def _drop_kind(self) -> None:
        assert self.edits is not None
        code, kind = self.chosen
        if kind is not None:
            self.edits.drop_kind(code, kind)
            self.chosen = (code, None)
            self._kinds_changed()

    def _kinds_changed(self) -> None:
        self._fill(read_only=not self.free)
        self.rows[self.chosen].take_focus()
        self._edited()

    def _restore_cares(self) -> None:
        assert self.edits is not None
        assert self._care_rows is not None
        self.edits.restore_levels()
        self._care_rows.show_values()
        self._edited()

    # Layout

    def _lay_out(self) -> None:
        self._scroll = scroll = scroll_of(self._table, self._cares)
        held = QWidget()
        whole = QVBoxLayout(held)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(16, 0, 12, 0)
        top.addWidget(self._rules)
        whole.addWidget(self.locked)
        whole.addLayout(top)
        whole.addWidget(self._head)
        whole.addWidget(scroll, 1)
        self.states.hold(held)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.states)
