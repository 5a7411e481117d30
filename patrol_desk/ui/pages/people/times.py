"""The tab of when a person can serve: painter, weekly cap, leave, hours of the last weeks."""

from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.models import Preference
from patrol_desk.services.people import Cell, LeaveRow, PersonDetail, SparedRow
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import day_text, short_date
from patrol_desk.ui.pages.people.bars import HoursBars
from patrol_desk.ui.pages.people.brushes import Brushes
from patrol_desk.ui.pages.people.painter import AvailabilityGrid
from patrol_desk.ui.pages.people.sparing import spared_text
from patrol_desk.ui.pages.people.words import PREFERENCES, REASONS, hours_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.forms import Field, Form
from patrol_desk.ui.widgets.labels import Chip, ElidedLabel, Label
from patrol_desk.ui.widgets.layouts import clear
from patrol_desk.ui.widgets.sections import Section, line

_MOST_LEAVE: Final = 6
_CAPS: Final = range(8)


class TimesTab(QWidget):
    """When a person can serve.

    Parameters
    ----------
    theme
        Gives colours and sizes.

    Attributes
    ----------
    changed
        Sent when a cell or the cap was changed and is not saved.
    copy_wanted, leave_wanted
        Sent when another's week is to be copied, and when leave is to be added.
    leave_opened, leave_removed
        Sent with the `LeaveRow` to change or to take back.
    spared_removed
        Sent with the `SparedRow` of a single shift to take back.
    """

    changed = Signal()
    copy_wanted = Signal()
    leave_wanted = Signal()
    leave_opened = Signal(object)
    leave_removed = Signal(object)
    spared_removed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._detail: PersonDetail | None = None
        self._today = date.min
        self.grid = AvailabilityGrid(theme)
        self.grid.setObjectName("availability_grid")
        self.brushes = Brushes(theme)
        self._hint = Label("muted", wrap=True)
        self._counts = Label("secondary")
        self._counts.setObjectName("availability_counts")
        self._week, self._cap, self._leave, self._hours = (Section(theme) for _ in range(4))
        self._copy = Button(theme, "copy", "ghost", small=True)
        self._copy.setObjectName("copy_availability")
        self._none = Button(theme, kind="ghost", small=True)
        self._add = Button(theme, "plus", "ghost", small=True)
        self._add.setObjectName("add_leave")
        self._form = Form(theme, [self._cap_field()], label_width=76)
        self._rules = Label("muted", wrap=True)
        self._rows = QVBoxLayout()
        self._bars = HoursBars(theme)
        self._build()
        self._connect()
        self.retranslate()

    def _cap_field(self) -> Field:
        return Field(
            "weekly_cap", lambda: tr("每周最多"), "choice",
            choices=lambda: [(str(cap), tr("{count} 班", count=cap)) for cap in _CAPS],
        )  # fmt: skip

    def _build(self) -> None:
        self._week.add_right(self._copy)
        self._week.add_right(self._none)
        for widget in (self._hint, self.brushes, self.grid, self._counts):
            self._week.add(widget)
        self._cap.add(self._form)
        self._cap.add(self._rules)
        self._leave.add_right(self._add)
        self._rows.setSpacing(2)
        self._leave.add_layout(self._rows)
        self._hours.add(self._bars)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for place, section in enumerate((self._week, self._cap, self._leave, self._hours)):
            if place:
                column.addWidget(line(self._theme))
            column.addWidget(section)
        column.addStretch(1)

    def _connect(self) -> None:
        self.brushes.chosen.connect(self.grid.use)
        self.grid.brush_changed.connect(self.brushes.show_brush)
        self.grid.changed.connect(self._painted)
        self._form.changed.connect(lambda _key: self.changed.emit())
        self._copy.clicked.connect(self.copy_wanted)
        self._none.clicked.connect(lambda: self.grid.fill(int(Preference.UNAVAILABLE)))
        self._add.clicked.connect(self.leave_wanted)

    # Showing

    def show_person(self, detail: PersonDetail, today: date, *, editable: bool) -> None:
        """Show a stored person."""
        self._detail, self._today = detail, today
        self.grid.set_week(detail.patterns, detail.availability)
        self._form.set_values({"weekly_cap": detail.fields["weekly_cap"]})
        self._bars.show_weeks(detail.weeks)
        for widget in (self.grid, self.brushes, self._copy, self._none, self._add, self._form):
            widget.setEnabled(editable)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self._week.set_title(tr("每周可执勤时间"))
        self._hint.setText(tr("选一支“笔”，在格子里拖动涂抹。自动排班会避开“不可”。"))
        self._copy.setText(tr("复制自…"))
        self._none.setText(tr("清空|可执勤时间"))
        self._cap.set_title(tr("个人上限"))
        self._rules.setText(tr("班间休息、最远距离按本镇规则。"))
        self._add.setText(tr("添加"))
        self.brushes.retranslate()
        self.grid.retranslate()
        self._form.retranslate()
        self._tell_counts()
        self._show_leave()
        self._tell_hours()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # What is not saved

    def cells(self) -> list[Cell]:
        """Return painted cells."""
        return self.grid.cells()

    def texts(self) -> dict[str, str]:
        """Return the cap, if it was changed."""
        return {"weekly_cap": self._form.value("weekly_cap")} if self._form.dirty_keys() else {}

    def _painted(self) -> None:
        self._tell_counts()
        self.changed.emit()

    def _tell_counts(self) -> None:
        counts = self.grid.counts()
        can = sum(count for value, count in counts.items() if value)
        words = [tr("可安排 {count} 格", count=can)]
        words += [f"{PREFERENCES[value]()} {counts[value]}" for value in PREFERENCES if value != int(Preference.FINE)]
        self._counts.setText("    ".join(words))

    def _tell_hours(self) -> None:
        note = ""
        if self._detail is not None:
            note = tr("合计 {hours} h", hours=hours_text(self._detail.minutes))
            if self._detail.squad_median is not None:
                note += " · " + tr("全队中位 {hours} h", hours=hours_text(self._detail.squad_median))
        self._hours.set_title(tr("近 8 周工时"), note)

    # Leave

    def _show_leave(self) -> None:
        clear(self._rows)
        rows = self._detail.leave if self._detail is not None else ()
        spared = self._detail.spared if self._detail is not None else ()
        count = len(rows) + len(spared)
        self._leave.set_title(tr("例外日期"), str(count) if count else tr("没有请假"))
        for one in spared:
            self._rows.addWidget(self._spared_row(one))
        for row in rows[:_MOST_LEAVE]:
            self._rows.addWidget(self._leave_row(row))

    def _spared_row(self, row: SparedRow) -> QWidget:
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(ElidedLabel("body", spared_text(row)), 1)
        layout.addWidget(Chip(self._theme, "amber", text=tr("这一班请假")))
        button = IconButton(self._theme, "x", small=True)
        button.set_name(tr("销假"))
        button.setObjectName("spared_x")
        button.clicked.connect(lambda: self.spared_removed.emit(row))
        layout.addWidget(button)
        button.setVisible(self._add.isEnabled())
        return holder

    def _leave_row(self, row: LeaveRow) -> QWidget:
        past = row.last_on < self._today
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        days = day_text(row.first_on)
        if row.last_on != row.first_on:
            days = f"{short_date(row.first_on)} – {short_date(row.last_on)}"
        layout.addWidget(Label("secondary" if past else "body", days))
        layout.addWidget(Chip(self._theme, "plain" if past else "amber", text=REASONS[row.reason]()))
        layout.addWidget(ElidedLabel("muted", tr("已过") if past else ""), 1)
        editable = self._add.isEnabled()
        for icon, name, signal in (
            ("pencil", tr("修改请假"), self.leave_opened), ("x", tr("撤销请假"), self.leave_removed),
        ):  # fmt: skip
            button = IconButton(self._theme, icon, small=True)
            button.set_name(name)
            button.setObjectName(f"leave_{icon}")
            button.clicked.connect(lambda _on=False, signal=signal: signal.emit(row))
            layout.addWidget(button)
            button.setVisible(editable and not past)
        return holder
