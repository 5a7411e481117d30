"""Courses of a person: the section that lists them, the dialog that notes one, and what is done with them."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.models import TrainingResult
from patrol_desk.services.people import (
    Choices,
    PersonDetail,
    PersonRow,
    Training,
    TrainingRow,
    add_training,
    change_training,
    end_training,
)
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.people.dialogs import FormDialog
from patrol_desk.ui.pages.people.training_words import AHEAD, RESULTS, due_text, hours_wrong, minutes_of, newest
from patrol_desk.ui.pages.people.words import hours_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.forms import Field
from patrol_desk.ui.widgets.labels import Chip, ElidedLabel, Label
from patrol_desk.ui.widgets.layouts import clear
from patrol_desk.ui.widgets.sections import Section


class TrainingSection(Section):
    """Courses of a person, the latest first; a newer one of a course settles when it must be refreshed.

    Parameters
    ----------
    theme
        Gives colours and sizes.

    Attributes
    ----------
    added
        Sent when a course is to be noted.
    opened, removed
        Sent with the `TrainingRow` to change or to take back.
    """

    added = Signal()
    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._shown: tuple[TrainingRow, ...] = ()
        self._today = date.min
        self._add = Button(theme, "plus", "ghost", small=True)
        self._add.setObjectName("add_training")
        self._add.clicked.connect(self.added)
        self.add_right(self._add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(8))
        self.add_layout(self._rows)
        self.retranslate()

    def show_person(self, detail: PersonDetail, today: date, *, editable: bool) -> None:
        """Show a person's courses."""
        self._shown, self._today = detail.training, today
        self._add.setEnabled(editable)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        hours = hours_text(sum(row.minutes for row in self._shown))
        note = tr("{count} 次，共 {hours} 小时", count=len(self._shown), hours=hours)
        self.set_title(tr("培训记录"), note if self._shown else tr("没有登记培训"))
        self._add.setText(tr("登记"))
        self._add.setAccessibleName(tr("登记培训"))
        clear(self._rows)
        binding = newest(self._shown)
        for row in self._shown:
            self._rows.addWidget(self._row(row, binding=row.id in binding))

    def _row(self, row: TrainingRow, *, binding: bool) -> QWidget:
        holder, head, below = QWidget(), QHBoxLayout(), QHBoxLayout()
        holder.setObjectName("training_row")
        # The layout belongs to its holder first: a button without a parent would be shown as a window.
        column = QVBoxLayout(holder)
        column.addLayout(head)
        column.addLayout(below)
        head.addWidget(ElidedLabel("body", row.course), 1)
        if binding and row.expires_on is not None:
            text, tone = due_text(row.expires_on, self._today)
            head.addWidget(Chip(self._theme, tone, text=text))
        for name, words, signal in (("pencil", tr("改培训记录"), self.opened), ("x", tr("撤销培训记录"), self.removed)):
            button = IconButton(self._theme, name, small=True)
            button.set_name(f"{words} {row.course} {row.taken_on}")
            button.setObjectName(f"training_{name}")
            button.clicked.connect(lambda _on=False, signal=signal: signal.emit(row))
            head.addWidget(button)
            button.setVisible(self._add.isEnabled())
        result = Label("error" if row.result is TrainingResult.FAILED else "muted", RESULTS[row.result]())
        below.addWidget(Label("muted", f"{row.taken_on} · {hours_text(row.minutes)} h ·"))
        below.addWidget(result)
        below.addStretch(1)
        for layout in (column, head, below):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(self._theme.px(4))
        column.setSpacing(0)
        return holder

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class TrainingDialog(FormDialog):
    """A course: its name, day, hours, result and when it must be refreshed.

    Parameters
    ----------
    desk
        The open station.
    title
        Whose it is.
    courses
        Names that are offered while one types.
    today
        The day at first, and the last one possible.
    row
        The record to change; None for a new one.
    """

    def __init__(
        self, desk: Desk, title: str, courses: Sequence[str], today: date, row: TrainingRow | None = None
    ) -> None:
        self._today = today
        fields = (
            Field("course", lambda: tr("课程"), longest=60,
                  check=lambda value: None if str(value).strip() else tr("请写课程，例如“勤务规范轮训”。")),
            Field("taken_on", lambda: tr("培训日期"), "date", check=self._check_day),
            Field("hours", lambda: tr("时长（小时）"), check=hours_wrong),
            Field("result", lambda: tr("结果|培训"), "choice",
                  choices=lambda: [(key.value, words()) for key, words in RESULTS.items()]),
            Field("expires_on", lambda: tr("复训期限"), "date", hint=lambda: tr("不写就不用复训。"),
                  check=self._check_last),
        )  # fmt: skip
        super().__init__(desk, title, tr("保存"), fields)
        self.setObjectName("training_dialog")
        line = self.form.findChild(QLineEdit, "course")
        if line is not None:
            completer = QCompleter(list(courses), line)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)
        values = {"taken_on": today, "hours": "2", "result": TrainingResult.PASSED.value}
        if row is not None:
            values = {
                "course": row.course, "taken_on": row.taken_on, "hours": hours_text(row.minutes),
                "result": row.result.value, "expires_on": row.expires_on,
            }  # fmt: skip
        self.form.set_values(values)

    def _check_day(self, value: object) -> str | None:
        if not isinstance(value, date):
            return tr("请写培训日期。")
        return tr("这一天还没有到。") if value > self._today else None

    def _check_last(self, value: object) -> str | None:
        first = self.form.value("taken_on") if hasattr(self, "form") else None
        early = isinstance(value, date) and isinstance(first, date) and value < first
        return tr("复训期限早于培训日期。") if early else None

    def training(self) -> Training:
        """Return what was given."""
        given = self.given
        return Training(
            given["course"].strip(), given["taken_on"], minutes_of(given["hours"]), TrainingResult(given["result"]),
            given["expires_on"],
        )  # fmt: skip


class TrainingActs:
    """Asks, writes and tells; each act is one step that can be undone.

    Parameters
    ----------
    desk
        The open station.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def note(self, people: Sequence[PersonRow], choices: Choices) -> None:
        """Note a course for people."""
        who = people[0].name if len(people) == 1 else tr("{count} 人", count=len(people))
        title = tr("登记培训：{who}", who=who)
        dialog = TrainingDialog(self._desk, title, choices.courses, choices.today)
        dialog.tell(tr("登记 {count} 人；同一天已登记过这门课的不重复。", count=len(people)) if len(people) > 1 else "")
        if not await dialog.ask():
            return
        done = await self._desk.write(title, add_training, [row.id for row in people], dialog.training())
        text = tr("已登记 {count} 人的培训。", count=done.people)
        if done.kept:
            text += tr("{count} 人同一天已登记过，没有改动。", count=done.kept)
        self._desk.tell(text, "ok" if done.people else "info")

    async def change(self, detail: PersonDetail, choices: Choices, row: TrainingRow) -> None:
        """Correct what was noted of a course."""
        title = tr("改培训记录：{name}", name=detail.fields["name"])
        dialog = TrainingDialog(self._desk, title, choices.courses, choices.today, row)
        if await dialog.ask():
            await self._desk.write(title, change_training, row.id, dialog.training(), seen=row.row_version)
            self._desk.tell(tr("培训记录已改。"), "ok")

    async def remove(self, detail: PersonDetail, row: TrainingRow) -> None:
        """Take back what was noted of a course."""
        title = tr("撤销培训记录：{name}", name=detail.fields["name"])
        await self._desk.write(title, end_training, row.id, seen=row.row_version)
        self._desk.tell(tr("已撤销培训记录，可按 Ctrl+Z 恢复。"), "ok")


def due_training(detail: PersonDetail, today: date) -> int:
    """Return how many courses must be refreshed within `AHEAD`, or should have been."""
    binding = newest(detail.training)
    limit = today + AHEAD
    return sum(row.id in binding and row.expires_on is not None and row.expires_on <= limit for row in detail.training)
