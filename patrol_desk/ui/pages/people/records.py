"""The tabs of a person's records: certificates, and duties with their hours."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.models import AttendanceState
from patrol_desk.services.people import CertificateRow, PersonDetail
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import day_text
from patrol_desk.ui.pages.people.bars import Line, Lines
from patrol_desk.ui.pages.people.month_table import MonthTable, planned_text
from patrol_desk.ui.pages.people.training import TrainingSection, due_training
from patrol_desk.ui.pages.people.words import ATTENDANCE, SKILL_ICONS, hours_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.labels import Chip, ElidedLabel, Label
from patrol_desk.ui.widgets.layouts import clear
from patrol_desk.ui.widgets.painting import Tone
from patrol_desk.ui.widgets.sections import Section, line

AHEAD = timedelta(days=60)
"""How long before its end a certificate is marked: a renewal takes its time."""
_TONES = {AttendanceState.ABSENT: "=red", AttendanceState.LATE: "=amber"}


class ProofsTab(QWidget):
    """Certificates of a person, and the courses they took part in.

    Parameters
    ----------
    theme
        Gives colours and sizes.

    Attributes
    ----------
    added
        Sent when a certificate is to be added.
    opened, removed
        Sent with the `CertificateRow` to renew or to take back.
    training
        The section of courses, with signals of its own.
    """

    added = Signal()
    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._detail: PersonDetail | None = None
        self._today = date.min
        self._section = Section(theme)
        self._add = Button(theme, "plus", "ghost", small=True)
        self._add.setObjectName("add_certificate")
        self._add.clicked.connect(self.added)
        self._section.add_right(self._add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self._section.add_layout(self._rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.training = TrainingSection(theme)
        column.setSpacing(0)
        column.addWidget(self._section)
        column.addWidget(line(theme))
        column.addWidget(self.training)
        column.addStretch(1)
        self.retranslate()

    def show_person(self, detail: PersonDetail, today: date, *, editable: bool) -> None:
        """Show a person's certificates and courses."""
        self._detail, self._today = detail, today
        self.training.show_person(detail, today, editable=editable)
        self._add.setEnabled(editable)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        rows = self._detail.certificates if self._detail is not None else ()
        self._section.set_title(tr("技能证书"), str(len(rows)) if rows else tr("没有登记证书"))
        self._add.setText(tr("添加"))
        clear(self._rows)
        for row in rows:
            self._rows.addWidget(self._row(row))

    def _row(self, row: CertificateRow) -> QWidget:
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        icon, text, tone = Label(), *self._state(row)
        icon.setPixmap(self._theme.pixmap(SKILL_ICONS.get(row.skill_code, "badge-check"), "text2", 15))
        layout.addWidget(icon)
        layout.addWidget(Label("body", row.skill))
        layout.addWidget(ElidedLabel("muted", row.number), 1)
        layout.addWidget(Chip(self._theme, tone, text=text))
        for name, words, signal in (("pencil", tr("更新证书"), self.opened), ("x", tr("撤销证书"), self.removed)):
            button = IconButton(self._theme, name, small=True)
            button.set_name(words)
            button.setObjectName(f"certificate_{name}")
            button.clicked.connect(lambda _on=False, signal=signal: signal.emit(row))
            layout.addWidget(button)
            button.setVisible(self._add.isEnabled())
        return holder

    def _state(self, row: CertificateRow) -> tuple[str, Tone]:
        if row.expires_on is None:
            return tr("长期有效"), "plain"
        left = (row.expires_on - self._today).days
        if left < 0:
            return tr("{day} 已过期", day=row.expires_on), "red"
        if row.expires_on <= self._today + AHEAD:
            return tr("至 {day}，还有 {count} 天", day=row.expires_on, count=left), "amber"
        return tr("至 {day}", day=row.expires_on), "plain"

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class ServiceTab(QWidget):
    """Duties of the week, hours by month and class, past duties.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._detail: PersonDetail | None = None
        self._week, self._hours, self._past = (Section(theme) for _ in range(3))
        self._lines = tuple(Lines(theme) for _ in range(2))
        self.months = MonthTable(theme)
        self._planned = Label("muted", wrap=True)
        self._planned.setObjectName("person_planned")
        self._week.add(self._lines[0])
        self._hours.add(self.months)
        self._hours.add(self._planned)
        self._past.add(self._lines[1])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for section in (self._week, self._hours, self._past):
            if section is not self._week:
                column.addWidget(line(theme))
            column.addWidget(section)
        column.addStretch(1)
        self.retranslate()

    def show_person(self, detail: PersonDetail) -> None:
        """Show a person's record."""
        self._detail = detail
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        detail = self._detail
        marks = {pattern.id: shift_mark(pattern.mark) for pattern in detail.patterns} if detail else {}
        duties = detail.duties if detail else ()
        months = detail.months if detail else ()
        served = detail.served if detail else ()
        self._week.set_title(tr("本周班次"), str(len(duties)) if duties else tr("没有安排"))
        self._hours.set_title(tr("按月时数"), tr("近半年，单位小时") if months else tr("没有记录"))
        self.months.show_months(months)
        self._planned.setText(planned_text(months))
        self._planned.setVisible(bool(self._planned.text()))
        self._past.set_title(tr("执勤记录"), tr("最近 {count} 次", count=len(served)) if served else tr("没有记录"))
        self._lines[0].show_lines(
            [Line(f"{day_text(d.on_date)} {marks.get(d.pattern_id, '')}", d.checkpoint) for d in duties], column=110
        )
        self._lines[1].show_lines(
            [
                Line(
                    f"{day_text(row.on_date)} {marks.get(row.pattern_id, '')}", row.checkpoint,
                    f"{ATTENDANCE[row.state]()}  {hours_text(row.minutes)} h", _TONES.get(row.state, ""),
                )
                for row in served
            ],
            column=110,
        )  # fmt: skip

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def expiring(detail: PersonDetail, today: date) -> int:
    """Return how many certificates have run out or will within `AHEAD`, and how many courses are due as soon."""
    limit = today + AHEAD
    proofs = sum(row.expires_on is not None and row.expires_on <= limit for row in detail.certificates)
    return proofs + due_training(detail, today)
