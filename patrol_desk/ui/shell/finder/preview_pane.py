"""The right half of find-anything: what is selected, facts about it, what can be done."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.message import Message
from patrol_desk.services.finding.entries import Entry, FindKind
from patrol_desk.ui.i18n import say, shift_mark, tr
from patrol_desk.ui.i18n.dates import span_text, weekday_text
from patrol_desk.ui.shell.finder.actions import Action
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.heard import Role
from patrol_desk.ui.widgets.labels import Chip, ElidedLabel, Label
from patrol_desk.ui.widgets.painting import box, key_cap, key_cap_size, left_middle, ring
from patrol_desk.ui.widgets.sections import line

if TYPE_CHECKING:
    from patrol_desk.services.finding.preview import Preview
    from patrol_desk.services.today import TodayGap


class ActionList(QWidget):
    """Things to do; arrows move, Enter and a click start one.

    Parameters
    ----------
    theme
        Gives colours, fonts and sizes.
    """

    heard_as: ClassVar = Role.List

    started = Signal(int)
    left = Signal()
    """Back to the list of hits."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: list[Action] = []
        self._current = 0
        self.setObjectName("finder_actions")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_actions(self, actions: Sequence[Action]) -> None:
        """Show other things to do."""
        self._actions, self._current = list(actions), 0
        self.setFixedHeight(self._theme.px(32) * len(self._actions))
        self._speak()

    def texts(self) -> list[str]:
        """Return what can be done, in words."""
        return [action.text for action in self._actions]

    def _speak(self) -> None:
        self.setAccessibleName(self._actions[self._current].text if self._actions else "")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        for number, action in enumerate(self._actions):
            room = self.rect()
            room.setTop(px(32) * number)
            room.setHeight(px(31))
            if number == self._current:
                box(painter, room, theme.color("surface"), theme.color("line2"))
                if self.hasFocus():
                    ring(painter, theme, room)
            size = px(16)
            mark = theme.pixmap(action.icon, "text2", 16)
            painter.drawPixmap(room.left() + px(8), room.center().y() - size // 2 + 1, mark)
            painter.setFont(theme.font("body"))
            painter.setPen(theme.color("text"))
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            words = room.adjusted(px(32), 0, -px(8), 0)
            painter.drawText(words, middle, action.text)
            if action.keys:
                font = theme.font("micro")
                cap = key_cap_size(font, action.keys)
                place = left_middle(room, cap, room.right() - px(8) - cap.width())
                key_cap(painter, font, place, action.keys, theme.color("text3"))
        painter.end()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key), 0)
        if step and self._actions:
            self._current = (self._current + step) % len(self._actions)
            self._speak()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.started.emit(self._current)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Backtab, Qt.Key.Key_Tab}:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        self.left.emit()
        return True

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = int(event.position().y()) // self._theme.px(32)
        if 0 <= number < len(self._actions):
            self._current = number
            self._speak()
            self.started.emit(number)


class PreviewPane(QFrame):
    """What is selected.

    Parameters
    ----------
    theme
        Gives colours, fonts and sizes.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("panel", "sunken")
        self._title = ElidedLabel("object")
        self._form = Chip(theme)
        self._sub = ElidedLabel("muted")
        self._gap = QFrame()
        self._gap.setProperty("panel", "card-red")
        self._gap_count, self._gap_title, self._gap_note = Label("metric"), Label("error"), ElidedLabel("muted")
        self._facts = QGridLayout()
        self._heading, self._hint = Label("strong"), Label("muted")
        self.action_list = ActionList(theme)
        self._rules = (line(theme), line(theme))
        self._lay_out()
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words anew."""
        self._heading.setText(tr("动作"))
        self._hint.setText(tr("Tab 进入"))

    def show_entry(self, entry: Entry | None, actions: Sequence[Action]) -> None:
        """Show what is known at once of an entry; nothing for None."""
        for widget in (self._title, self._sub, self._heading, self._hint, self.action_list, self._rules[1]):
            widget.setVisible(entry is not None)
        self._clear()
        self._form.hide()
        if entry is None:
            return
        self._title.setText(entry.title)
        self._sub.setText(sub_text(entry))
        self._sub.setVisible(bool(self._sub.text()))
        state = state_text(entry)
        self._form.set_text(state)
        self._form.setVisible(bool(state))
        self.action_list.show_actions(actions)

    def show_preview(self, preview: "Preview", actions: Sequence[Action]) -> None:
        """Add the facts that had to be read."""
        self._clear()
        if preview.gap is not None:
            self._show_gap(preview.gap)
        for number, fact in enumerate(preview.facts):
            self._facts.addWidget(Label("muted", say(fact.label)), number, 0)
            value = ElidedLabel("body", words_of(fact.value))
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._facts.addWidget(value, number, 1)
        self._rules[0].setVisible(bool(preview.facts))
        self.action_list.show_actions(actions)

    def _show_gap(self, gap: "TodayGap") -> None:
        shift = gap.shift
        when = f"{weekday_text(shift.on_date.weekday())} {shift_mark(shift.mark)} "
        when += span_text(shift.start_minute, shift.length_minutes)
        lack = tr("差 {count}", count=gap.missing) if gap.red else tr("可补 {count}", count=gap.missing)
        self._gap.setProperty("panel", "card-red" if gap.red else "card")
        self._gap.style().unpolish(self._gap)
        self._gap.style().polish(self._gap)
        self._gap_count.setText(f"{gap.post.heads}/{gap.post.desired}")
        self._gap_title.set_role("error" if gap.red else "warn")
        self._gap_title.setText(f"{when} · {lack}")
        kinds = [say(kind) for kind in gap.kinds]
        bounds = tr("最低 {minimum} 人，期望 {desired} 人", minimum=gap.post.minimum, desired=gap.post.desired)
        self._gap_note.setText(" · ".join([*kinds, bounds]))
        self._gap.show()

    def _clear(self) -> None:
        self._gap.hide()
        self._rules[0].hide()
        while self._facts.count():
            old = self._facts.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()

    def _lay_out(self) -> None:
        px = self._theme.px
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(self._title)
        head.addWidget(self._form)
        head.addStretch(1)
        inside = QHBoxLayout(self._gap)
        inside.setContentsMargins(px(10), px(6), px(10), px(6))
        inside.setSpacing(px(10))
        words = QVBoxLayout()
        words.setSpacing(0)
        bold = QFont(self._gap_title.font())
        bold.setBold(True)
        self._gap_title.setFont(bold)
        words.addWidget(self._gap_title)
        words.addWidget(self._gap_note)
        inside.addWidget(self._gap_count)
        inside.addLayout(words, 1)
        self._facts.setVerticalSpacing(px(6))
        self._facts.setHorizontalSpacing(px(10))
        self._facts.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(self._sub)
        column.addWidget(self._gap)
        column.addWidget(self._rules[0])
        column.addLayout(self._facts)
        column.addWidget(self._rules[1])
        doing = QHBoxLayout()
        doing.setSpacing(px(6))
        doing.addWidget(self._heading)
        doing.addWidget(self._hint)
        doing.addStretch(1)
        column.addLayout(doing)
        column.addWidget(self.action_list)
        column.addStretch(1)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def sub_text(entry: Entry) -> str:
    """Return the line below the title."""
    parts = [entry.code, entry.phone, entry.place, entry.address]
    if entry.kind in {FindKind.SQUAD, FindKind.TEAM}:
        parts += [tr("{count} 人", count=entry.members), entry.leader]
    return " · ".join(part for part in parts if part)


def state_text(entry: Entry) -> str:
    """Return what must be known of an entry's state; empty when it is the usual one."""
    if entry.kind is FindKind.PERSON:
        return {
            "applied": tr("申请|状态"),
            "vetted": tr("审核|状态"),
            "awaiting_training": tr("待培训|状态"),
            "inactive": tr("停用|状态"),
        }.get(entry.state, "")
    if entry.kind is FindKind.CHECKPOINT:
        states = {"planned": tr("筹建|状态"), "suspended": tr("暂停|状态"), "closed": tr("关闭|状态")}
        forms = {
            "fixed_post": tr("固定岗"),
            "patrol_stop": tr("巡逻点"),
            "joint_gate": tr("联防卡口"),
            "temporary_duty": tr("临时勤务|类"),
        }
        return states.get(entry.state) or forms.get(entry.form, "")
    return ""


def words_of(value: Message) -> str:
    """Return a fact's value; a shift's mark in the language in force."""
    mark = value.params.get("mark")
    return say(value if mark is None else Message(value.code, {**value.params, "mark": shift_mark(str(mark))}))
