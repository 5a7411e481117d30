"""The section of alerts: what the duty officer should know, each with the way to deal with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout
from typing_extensions import override

from patrol_desk.common.weeks import Week
from patrol_desk.services.today import Alerts, Refreshers, TodayView, Unanswered
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import day_text, week_text
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.today.words import duration_text, shift_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import ElidedLabel, Label
from patrol_desk.ui.widgets.sections import Section

OVERDUE_DAYS = 3
"""From so many days without a backup on it is mentioned in amber."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert.

    Parameters
    ----------
    icon, tone
        Lucide name and colour role.
    title, note
        What is so, and more of it.
    verb, run
        What a click does.
    more
        Another way: what it is called, and what a click does.
    """

    icon: str
    tone: str
    title: str
    note: str
    verb: str
    run: Callable[[], object]
    more: tuple[str, Callable[[], object]] | None = None


class AlertRow(QFrame):
    """An alert as a row."""

    def __init__(self, theme: Theme, alert: Alert) -> None:
        super().__init__()
        px = theme.px
        mark = QLabel()
        mark.setPixmap(theme.pixmap(alert.icon, alert.tone, 16))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel("body", alert.title))
        if alert.note:
            words.addWidget(ElidedLabel("muted", alert.note))
        ways = QVBoxLayout()
        ways.setSpacing(0)
        self.buttons: list[Button] = []
        for verb, run in ((alert.verb, alert.run), *((alert.more,) if alert.more is not None else ())):
            button = Button(theme, kind="link")
            button.setText(verb)
            button.setAccessibleName(f"{verb}: {alert.title}")
            button.clicked.connect(run)
            ways.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
            self.buttons.append(button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(4), 0, px(4))
        row.setSpacing(px(10))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addLayout(ways)


class AlertSection(Section):
    """The alerts of the moment.

    Parameters
    ----------
    desk
        Where the ways lead.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._alerts: Alerts | None = None
        self._view: TodayView | None = None
        self._now = desk.now
        self._today = desk.now.date()
        self._rows: list[AlertRow] = []
        self.body.setSpacing(0)
        self.setObjectName("today_alerts")
        self._none = Label("muted")
        self.add(self._none)
        desk.theme.changed.connect(self.retranslate)
        self.retranslate()

    def show_alerts(self, alerts: Alerts, view: TodayView, now: datetime) -> None:
        """Show the alerts of a moment."""
        self._alerts, self._view, self._now = alerts, view, now
        self._today = now.date()
        self.retranslate()

    def retranslate(self) -> None:
        """Make the rows anew in the language and look in force."""
        focused = next(
            (place for place, row in enumerate(self._rows) if any(one.hasFocus() for one in row.buttons)), -1
        )
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        shown = [] if self._alerts is None else self._list(self._alerts)
        self._rows = [AlertRow(self._desk.theme, alert) for alert in shown]
        for row in self._rows:
            self.add(row)
            for button in row.buttons:
                button.installEventFilter(self)
        if focused >= 0 and self._rows:
            self._rows[min(focused, len(self._rows) - 1)].buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.set_title(tr("提醒"), str(len(shown)) if shown else "")
        self._none.setText(tr("没有提醒。"))
        self._none.setVisible(not shown)
        self.setVisible(self._alerts is not None)

    def begin(self) -> bool:
        """Give the focus to the first alert's way; say whether there is any."""
        if self._rows:
            self._rows[0].buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return bool(self._rows)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from alert to alert with the arrows, and take a way with Enter."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, Button):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            ways = [button for row in self._rows for button in row.buttons]
            if step and watched in ways:
                place = min(max(ways.index(watched) + step, 0), len(ways) - 1)
                ways[place].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                watched.click()
                return True
        return super().eventFilter(watched, event)

    def show_day(self, view: TodayView, now: datetime) -> None:
        """Show who is missing at a moment; everything else stays."""
        self._view, self._now = view, now
        self.retranslate()

    def _list(self, alerts: Alerts) -> list[Alert]:
        found = [*self._missing(), *self._plan_alerts(alerts), *self._people_alerts(alerts)]
        if not alerts.sample:
            found.append(self._backup(alerts))
        return found

    def _missing(self) -> list[Alert]:
        """Return the alerts of those who should stand at their posts by now."""
        view = self._view
        if view is None:
            return []
        missing, found = view.missing(self._now), list[Alert]()
        for column in view.columns:
            own = [one for one in missing if one.shift == column.shift]
            if not own:
                continue
            since = tr("{shift} 已开始 {time}", shift=shift_text(column.shift),
                       time=duration_text(self._now - column.shift.starts_at))  # fmt: skip
            commands, nothing_written = self._desk.commands, column.unmarked == len(own) == column.due
            if nothing_written:
                title = tr("{count} 人还没有登记报到", count=len(own))
                found.append(Alert("user-check", "amber", title, since, tr("去登记"),
                                   partial(commands.start, "today.arrivals")))  # fmt: skip
            else:
                names = tr("、|列举").join(one.head.name for one in own[:3])
                found.append(Alert("user-x", "red", tr("{count} 人未到", count=len(own)), f"{since} · {names}",
                                   tr("补位"), partial(commands.start, "today.stand_in")))  # fmt: skip
        return found

    def _plan_alerts(self, alerts: Alerts) -> list[Alert]:
        desk = self._desk
        found = [
            Alert(
                "calendar-range", "amber", tr("{week}还没有排班", week=week_text(week)),
                tr("{day}开始", day=day_text(week.monday)), tr("自动排班"),
                partial(desk.go, Target("planning", detail={"week": week})),
            )
            for week in alerts.unplanned
        ]  # fmt: skip
        for item in alerts.unpublished:
            title = tr("{week}的草稿还没有发布", week=week_text(item.week))
            if item.changes is not None:
                title = tr("{count} 项改动还没有发布", count=item.changes)
            found.append(
                Alert(
                    "send", "amber", title, week_text(item.week), tr("去发布"),
                    partial(self._roster, item.week.monday),
                )
            )  # fmt: skip
        week = alerts.told_week
        if alerts.unconfirmed and week is not None:
            found.append(
                Alert(
                    "check", "amber", tr("{count} 个小组还没有确认本周执勤", count=alerts.unconfirmed),
                    tr("共 {count} 个小组", count=alerts.squads), tr("去通知"), partial(self._tell, week),
                )
            )  # fmt: skip
        return found

    def _tell(self, week: Week) -> None:
        from patrol_desk.ui.pages.roster.publishing.telling import show_telling

        self._desk.tasks.start("today.telling", show_telling(self._desk, week), owner=self, exclusive="today.telling")

    def _people_alerts(self, alerts: Alerts) -> list[Alert]:
        found = []
        away, expiring = alerts.away, alerts.expiring
        if away is not None:
            detail = {"pattern_id": away.pattern_id, "on_date": away.on}
            found.append(
                Alert(
                    "arrow-left-right", "red", tr("{count} 个班次的人当天请假", count=away.count),
                    tr("最早：{name} {day}", name=away.name, day=self._day(away.on)), tr("去处理"),
                    lambda: self._roster(away.on, away.checkpoint_id, detail),
                )
            )  # fmt: skip
        if expiring is not None:
            found.append(
                Alert(
                    "badge-check", "amber", tr("{count} 个证书 30 天内到期", count=expiring.count),
                    f"{tr('最早：{name} {day}', name=expiring.name, day=self._day(expiring.on))} · {expiring.skill}",
                    tr("查看"), lambda: self._desk.go(Target("people", detail={"filter": "expiring"})),
                )
            )  # fmt: skip
        if alerts.refreshers is not None:
            found.append(self._refreshers(alerts.refreshers))
        if alerts.unanswered:
            found.append(self._forms(alerts.unanswered))
        return found

    def _refreshers(self, found: Refreshers) -> Alert:
        """Return the alert of courses to refresh: those that are overdue first, and the way to those that are due."""
        first = tr("最早：{name} {day}", name=found.name, day=self._day(found.on))
        due = partial(self._desk.go, Target("people", detail={"filter": "refresh"}))
        if not found.overdue:
            title = tr("{count} 人 60 天内要复训", count=found.due)
            return Alert("graduation-cap", "amber", title, first, tr("查看"), due)
        overdue = partial(self._desk.go, Target("people", detail={"filter": "overdue"}))
        return Alert(
            "graduation-cap", "red", tr("{count} 人复训已过期", count=found.overdue), first, tr("查看过期的"), overdue,
            (tr("{count} 人将到期", count=found.due), due) if found.due else None,
        )  # fmt: skip

    def _forms(self, waited: Sequence[Unanswered]) -> Alert:
        from patrol_desk.ui.pages.people.squads.form_acts import import_forms, print_forms

        first, codes = waited[0], [squad.code for squad in waited]
        return Alert(
            "inbox", "amber", tr("{count} 个小组未交回可执勤时间征集表", count=len(waited)),
            tr("最早 {day} 发出：{name}", day=day_text(first.at.date()), name=first.name), tr("打印征集表"),
            partial(print_forms, self._desk, codes), (tr("导入收回的表"), partial(import_forms, self._desk)),
        )  # fmt: skip

    def _backup(self, alerts: Alerts) -> Alert:
        made = alerts.backed_up
        days = OVERDUE_DAYS if made is None else (self._today - made.date()).days
        tone = "amber" if days >= OVERDUE_DAYS else "green"
        if made is None:
            title = tr("还没有备份")
        elif days >= OVERDUE_DAYS:
            title = tr("已 {count} 天没有备份", count=days)
        else:
            title = tr("{day} {time} 已备份", day=self._day(made.date()), time=f"{made:%H:%M}")
        note = tr("保留 {count} 份", count=alerts.kept) if alerts.kept else ""
        return Alert("archive", tone, title, note, tr("备份"), lambda: self._desk.commands.start("backup"))

    def _roster(self, day: date, checkpoint: str | None = None, detail: dict[str, object] | None = None) -> None:
        self._desk.week = Week.of(day)
        self._desk.go(Target("roster", checkpoint, detail or {}))

    def _day(self, day: date) -> str:
        return tr("今日") if day == self._today else day_text(day)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
