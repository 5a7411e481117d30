"""The tabs of a person's records: certificates, and duties with the squads the person was in."""

from datetime import date

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.models import AttendanceState
from patrol_desk.services.people import CertificateRow, PersonDetail
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import day_text
from patrol_desk.ui.pages.people.bars import Line, Lines
from patrol_desk.ui.pages.people.columns import SOON
from patrol_desk.ui.pages.people.words import ATTENDANCE, ROLES, SKILL_ICONS, hours_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.labels import Chip, ElidedLabel, Label
from patrol_desk.ui.widgets.painting import Tone
from patrol_desk.ui.widgets.sections import Section, line

_TONES = {AttendanceState.ABSENT: "=red", AttendanceState.LATE: "=amber"}


class ProofsTab(QWidget):
    """Certificates of a person.

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
        column.addWidget(self._section)
        column.addStretch(1)
        self.retranslate()

    def show_person(self, detail: PersonDetail, today: date, *, editable: bool) -> None:
        """Show a person's certificates."""
        self._detail, self._today = detail, today
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
        if row.expires_on < self._today:
            return tr("{day} 已过期", day=row.expires_on), "red"
        return tr("至 {day}", day=row.expires_on), "amber" if row.expires_on <= self._today + SOON else "plain"

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class ServiceTab(QWidget):
    """Duties of the week, past duties, and the squads a person was in.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._detail: PersonDetail | None = None
        self._week, self._past, self._squads = (Section(theme) for _ in range(3))
        self._lines = tuple(Lines(theme) for _ in range(3))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for place, (section, lines) in enumerate(zip((self._week, self._squads, self._past), self._lines, strict=True)):
            if place:
                column.addWidget(line(theme))
            section.add(lines)
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
        squads = detail.memberships if detail else ()
        served = detail.served if detail else ()
        self._week.set_title(tr("本周班次"), str(len(duties)) if duties else tr("没有安排"))
        self._squads.set_title(tr("小组变动"), "" if squads else tr("没有记录"))
        self._past.set_title(tr("执勤记录"), tr("最近 {count} 次", count=len(served)) if served else tr("没有记录"))
        self._lines[0].show_lines(
            [Line(f"{day_text(d.on_date)} {marks.get(d.pattern_id, '')}", d.checkpoint) for d in duties], column=110
        )
        self._lines[1].show_lines(
            [Line(row.name, ROLES[row.role](), _span(row.from_on, row.until_on)) for row in squads], column=110
        )
        self._lines[2].show_lines(
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
    """Return how many certificates have run out or will within 30 days."""
    limit = today + SOON
    return sum(row.expires_on is not None and row.expires_on <= limit for row in detail.certificates)


def _span(first: date, last: date | None) -> str:
    if last is None:
        return tr("{day} 起", day=first)
    return f"{first} – {last}"


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        widget = layout.takeAt(0).widget()
        widget.hide()
        widget.deleteLater()
