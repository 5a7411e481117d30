"""The panel at the right of the day's page: gaps, alerts, notes, what is often done."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout
from typing_extensions import override

from patrol_desk.services.today import Alerts, NoteRow, TodayView
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.today.alert_section import AlertSection
from patrol_desk.ui.pages.today.gap_section import GapSection
from patrol_desk.ui.pages.today.note_section import NoteSection
from patrol_desk.ui.pages.today.requests import RequestSection
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.sections import Section, line


class QuickSection(Section):
    """Buttons for what is often done from here.

    Parameters
    ----------
    desk
        Where they lead.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._buttons = [
            self._button(desk, "user-check", "F2", lambda: desk.commands.start("today.arrivals"), "today_arrivals"),
            self._button(desk, "arrow-left-right", "F3", lambda: desk.commands.start("today.request"), "today_request"),
            self._button(desk, "wand-sparkles", "Ctrl+R", lambda: desk.commands.start("today.plan"), "today_plan"),
            self._button(desk, "printer", "Ctrl+P", lambda: desk.commands.start("print"), "today_print"),
            self._button(desk, "sticky-note", "Ctrl+N", lambda: desk.commands.start("today.note"), "today_note"),
        ]
        grid = QGridLayout()
        grid.setSpacing(6)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        for number, button in enumerate(self._buttons):
            grid.addWidget(button, number // 2, number % 2)
        self.add_layout(grid)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words anew."""
        self.set_title(tr("常用操作"))
        words = (tr("报到登记"), tr("请假 / 换班"), tr("本周自动排班"), tr("打印执勤表"), tr("写备注"))
        for button, text in zip(self._buttons, words, strict=True):
            button.setText(text)

    def _button(self, desk: Desk, icon: str, keys: str, run: Callable[[], object], name: str) -> Button:
        button = Button(desk.theme, icon, keys=keys)
        button.setObjectName(name)
        button.spread()
        button.clicked.connect(run)
        return button

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class TodaySide(QFrame):
    """The panel.

    Parameters
    ----------
    desk
        The open station.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self.gaps = GapSection(desk.theme)
        self.requests = RequestSection(desk)
        self.requests.left.connect(self.gaps.expect)
        self.alerts = AlertSection(desk)
        self.notes = NoteSection(desk.theme)
        self.quick = QuickSection(desk)
        under = line(desk.theme)
        under.hide()
        self.requests.shown.connect(under.setVisible)
        self._rest = [self.requests, under, self.alerts, line(desk.theme), self.notes, line(desk.theme), self.quick]
        content = QFrame()
        content.setProperty("panel", "surface")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.gaps)
        self._first_line = line(desk.theme)
        for widget in (self._first_line, *self._rest):
            column.addWidget(widget)
        column.addStretch(1)
        self._scroller = QScrollArea()
        self._scroller.setWidgetResizable(True)
        self._scroller.setFrameShape(QFrame.Shape.NoFrame)
        self._scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroller.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroller)

    def show_day(self, view: TodayView) -> None:
        """Show the gaps of a day."""
        self.gaps.show_day(view)

    def show_rest(self, alerts: Alerts, notes: tuple[NoteRow, ...], view: TodayView, now: datetime) -> None:
        """Show alerts and notes of a moment."""
        self.alerts.show_alerts(alerts, view, now)
        self.notes.show_notes(notes, view.now)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.gaps.set_room(self.height())
