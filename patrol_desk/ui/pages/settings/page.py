"""The page of settings."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.page import Page
from patrol_desk.ui.pages.places.dialogs import Answer, ask_unsaved
from patrol_desk.ui.pages.settings.holidays import HolidaysPart
from patrol_desk.ui.pages.settings.index import Index
from patrol_desk.ui.pages.settings.keys import KeysPart
from patrol_desk.ui.pages.settings.looks import LooksPart
from patrol_desk.ui.pages.settings.part import Part
from patrol_desk.ui.pages.settings.rules import RulesPart
from patrol_desk.ui.pages.settings.station import StationPart
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Label


class SettingsPage(Page):
    """A list of parts at the left, the part chosen in the middle, and a foot that saves where edits wait."""

    name: ClassVar[str] = "settings"
    icon: ClassVar[str] = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self.parts: tuple[Part, ...] = (
            StationPart(desk),
            RulesPart(desk),
            HolidaysPart(desk),
            LooksPart(desk),
            KeysPart(desk),
        )
        self._asking = False
        self.index = Index(theme, self.parts, lambda: Path(desk.station.path).name)
        self.index.chosen.connect(self._choose)
        self.index.entered.connect(self._go_in)
        self._sub = Label("secondary")
        self.bar.left(self._sub)
        self.stack, self._sides = QStackedWidget(), QStackedWidget(self)
        for part in self.parts:
            self.stack.addWidget(part)
            part.dirty_changed.connect(self._show_dirty)
            if (side := part.side()) is not None:
                self._sides.addWidget(side)
            for tool in part.tools():
                self.bar.right(tool)
        if self._sides.count():
            self.set_side(self._sides)
        self._save_button = Button(theme, "save", "primary", "Ctrl+S")
        self._save_button.setObjectName("settings_save")
        self._save_button.clicked.connect(self._save)
        self._discard_button = Button(theme)
        self._discard_button.setObjectName("settings_discard")
        self._discard_button.clicked.connect(self._discard)
        self._unsaved = Label("warn")
        self._unsaved.setObjectName("settings_unsaved")
        self._foot = self._foot_frame()
        self.set_body(self._middle())
        self.command("settings.save", lambda: tr("保存设置"), "save", "Ctrl+S", self._save, enabled=self._may_save)
        self.command("settings.find", lambda: tr("查设置"), "search", "Ctrl+F", self.index.search.focus)
        self._show_part(self.parts[0])
        self.retranslate()

    @property
    def part(self) -> Part:
        """The part shown."""
        return self.parts[self.stack.currentIndex()]

    # Page

    @override
    def label(self) -> str:
        return tr("设置")

    @override
    def enter(self, target: Target | None) -> None:
        wanted = None if target is None else target.detail.get("part")
        if wanted is not None and wanted != self.part.name:
            self._choose(str(wanted), target)
        else:
            self.part.enter(target)
        if target is None or "rule" not in target.detail:
            self.index.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def leave(self) -> bool:
        return self._may_leave(self.again)

    @override
    def on_changes(self, changes: ChangeSet) -> None:
        for part in self.parts:
            part.on_changes(changes)

    @override
    def retranslate(self) -> None:
        self.bar.title(tr("设置"))
        self._sub.setText(self.part.title())
        self._save_button.setText(tr("保存"))
        self._discard_button.setText(tr("撤销改动"))
        self._show_dirty()

    # Parts

    def _choose(self, name: str, target: Target | None = None) -> None:
        """Show a part, unless the one shown must ask about unsaved edits first."""
        part = next(each for each in self.parts if each.name == name)

        def show() -> None:
            self._show_part(part)
            part.enter(target)

        if part is self.part or self._may_leave(show):
            show()
        else:
            self.index.show_part(self.part.name)

    def _show_part(self, part: Part) -> None:
        self.stack.setCurrentWidget(part)
        self.index.show_part(part.name)
        self._sub.setText(part.title())
        self._foot.setVisible(part.saves)
        side = part.side()
        if side is not None:
            self._sides.setCurrentWidget(side)
        self.side.setVisible(side is not None)
        for each in self.parts:
            for tool in each.tools():
                tool.setVisible(each is part)
        self._show_dirty()

    def _go_in(self) -> None:
        """Give the focus to the first control of the part shown."""
        stops = (child for child in self.part.findChildren(QWidget) if child.isVisible() and child.isEnabled())
        first = next((child for child in stops if child.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    # Unsaved edits

    def _may_leave(self, again: Callable[[], object]) -> bool:
        if not self.part.dirty():
            return True
        if not self._asking:
            self.desk.tasks.start("settings leave", self._settle(again), owner=self)
        return False

    async def _settle(self, again: Callable[[], object]) -> None:
        self._asking = True
        try:
            answer = await ask_unsaved(self.desk.host, self.desk.theme, self.part.title(), self._unsaved_text())
        finally:
            self._asking = False
        if answer is Answer.DISCARD:
            self.part.discard()
        if answer is Answer.DISCARD or (answer is Answer.SAVE and await self.part.save()):
            again()

    def _may_save(self) -> bool:
        return self.part.may_save()

    def _save(self) -> None:
        if self._may_save():
            self.desk.tasks.start("settings save", self.part.save(), owner=self)

    def _discard(self) -> None:
        self.part.discard()

    def _unsaved_text(self) -> str:
        return tr("{count} 处未保存", count=self.part.dirty())

    def _show_dirty(self) -> None:
        count, fault = self.part.dirty(), self.part.fault()
        if not count and (self._save_button.hasFocus() or self._discard_button.hasFocus()):
            self.index.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._unsaved.set_role("error" if fault else "warn")
        self._unsaved.setText(fault or (self._unsaved_text() if count else ""))
        self._save_button.setEnabled(self.part.may_save())
        self._discard_button.setEnabled(count > 0)

    # Layout

    def _middle(self) -> QWidget:
        whole = QWidget()
        edge = QFrame()
        edge.setProperty("panel", "line-left")
        inside = QVBoxLayout(edge)
        inside.setContentsMargins(1, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.stack, 1)
        inside.addWidget(self._foot)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.index)
        row.addWidget(edge, 1)
        return whole

    def _foot_frame(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("panel", "line-top")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._save_button)
        row.addWidget(self._discard_button)
        row.addWidget(self._unsaved)
        row.addStretch(1)
        return foot
