"""The small dialog that gives a checkpoint another status: from which day, why, and what that does in numbers."""

from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.weeks import Week
from patrol_desk.models import CheckpointStatus
from patrol_desk.services.places import LifeBounds, check_move, check_reason
from patrol_desk.services.places.effects import LifeEffect
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import full_day_text, week_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.forms import Field, Form
from patrol_desk.ui.widgets.labels import Label

_LINES: Final = 4


class LifeDialog(Dialog):
    """Asks for the first day and the reason of a change of status.

    Parameters
    ----------
    host, theme
        The window and its look.
    bounds
        What the checkpoint is now.
    to
        What it is to become.
    effect
        Duties still to come.
    asked
        Its least and desired heads of a week, which count when it is put in use.

    Attributes
    ----------
    chosen
        Day and reason, as of the moment at which it was accepted.
    """

    def __init__(
        self, host: QWidget, theme: Theme, bounds: LifeBounds, to: CheckpointStatus, effect: LifeEffect,
        asked: tuple[int, int],
    ) -> None:  # fmt: skip
        super().__init__(host, theme, width=480)
        self.setObjectName("life_dialog")
        self._bounds, self._to, self._effect, self._asked = bounds, to, effect, asked
        self.chosen: tuple[date, str] | None = None
        self.form = Form(theme, self._fields(), label_width=64)
        self.form.set_values({"on": bounds.today, "reason": ""})
        self.add(self.form)
        self._lines = [Label("body", wrap=True) for _ in range(_LINES)]
        told = QVBoxLayout()
        told.setSpacing(theme.px(4))
        for line in self._lines:
            told.addWidget(line)
        self.add_layout(told)
        danger = to is not CheckpointStatus.ACTIVE
        self._do, self._back = Button(theme, kind="danger" if danger else "primary", keys="Ctrl+Enter"), Button(theme)
        self._do.setObjectName("life_do")
        self._back.setObjectName("life_back")
        self._back.clicked.connect(self.reject)
        self.foot(self._do, self._back)
        self.first(self.form.control("reason").inner)
        self.form.changed.connect(lambda _key: self._tell())
        self.retranslate()

    def day(self) -> date | None:
        """Return the day typed, if it is one."""
        value = self.form.value("on")
        return value if isinstance(value, date) else None

    @override
    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "_do"):
            return
        name = self._bounds.name
        titles = {
            CheckpointStatus.ACTIVE: (tr("启用 {name}", name=name), tr("启用此点位")),
            CheckpointStatus.SUSPENDED: (tr("暂停 {name}？", name=name), tr("暂停此点位")),
            CheckpointStatus.CLOSED: (tr("关闭 {name}？", name=name), tr("关闭此点位")),
        }
        title, verb = titles[self._to]
        self.head(title)
        self._do.setText(verb)
        self._back.setText(tr("取消"))
        self._tell()

    @override
    def accepting(self) -> bool:
        if not self.form.show_errors():
            self.fit()
            return False
        day = self.day()
        assert day is not None  # the form has no error
        self.chosen = (day, str(self.form.value("reason")))
        return True

    def _fields(self) -> tuple[Field, ...]:
        def wrong_day(value: Any) -> str | None:  # noqa: ANN401  # of a form
            if not isinstance(value, date):
                return tr("请写从哪一天起。")
            fault = check_move(self._bounds, self._to, value)
            return None if fault is None else say(fault)

        def wrong_reason(value: Any) -> str | None:  # noqa: ANN401  # of a form
            fault = check_reason(self._to, str(value or ""))
            return None if fault is None else say(fault)

        return (
            Field("on", lambda: tr("从哪天起"), "date", check=wrong_day),
            Field("reason", lambda: tr("原因"), check=wrong_reason, longest=240),
        )

    def _tell(self) -> None:
        """Say what the change does from the day typed."""
        day = self.day()
        told = [] if day is None else self._sentences(day)
        for number, line in enumerate(self._lines):
            line.setText(told[number] if number < len(told) else "")
            line.setVisible(number < len(told))
        self.fit()

    def _sentences(self, day: date) -> list[str]:
        if self._to is CheckpointStatus.ACTIVE:
            return opening_sentences(day, self._bounds.today, self._asked)
        closing = self._to is CheckpointStatus.CLOSED
        return leaving_sentences(self._effect.since(max(day, self._bounds.today)), day, self._bounds.today, closing)


def leaving_sentences(effect: LifeEffect, day: date, today: date, closing: bool) -> list[str]:  # data
    """Return what suspending or closing from a day on does, in numbers."""
    first = full_day_text(max(day, today))
    sentences = []
    if effect.draft_duties:
        people = effect.draft_people
        sentences.append(
            tr("草稿里 {day} 起的 {count} 人次将移出，涉及 {people} 人。", day=first, count=effect.draft_duties,
               people=people)
        )  # fmt: skip
    if effect.published_duties:
        sentences.append(
            tr("已发布的 {count} 人次仍排在这里，要改排再发布。", count=effect.published_duties)
        )  # fmt: skip
    weeks = tr("、|joint").join(week_text(Week.parse(week)) for week in effect.weeks)
    sentences.append(tr("涉及：{weeks}。", weeks=weeks) if weeks else tr("{day} 起还没有人排在这里。", day=first))
    if closing:
        sentences.append(tr("关闭以后不再排班，也不能再启用；记录都保留。这一步可以撤销。"))
    else:
        sentences.append(tr("暂停期间不排班，可随时恢复。这一步可以撤销。"))
    return sentences


def opening_sentences(day: date, today: date, asked: tuple[int, int]) -> list[str]:
    """Return what putting a checkpoint in use from a day on does, in numbers."""
    low, high = asked
    sentences = []
    if day > today:
        sentences.append(tr("{day} 以前不排班。", day=full_day_text(day)))
    if high:
        sentences.append(tr("启用以后自动排班每周要排最低 {low}、期望 {high} 人次。", low=low, high=high))
    else:
        sentences.append(tr("还没有勤务需求：填了“勤务需求”才会排人。"))
    sentences.append(tr("这一步可以撤销。"))
    return sentences
