"""The import page: choose, check, preview, run, and take back."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.importing.choose import ChooseView
from patrol_desk.ui.pages.importing.files import FilesView
from patrol_desk.ui.pages.importing.flow import ImportFlow
from patrol_desk.ui.pages.importing.history import HistoryView
from patrol_desk.ui.pages.importing.preview import PreviewView
from patrol_desk.ui.pages.importing.result import ResultView
from patrol_desk.ui.pages.importing.steps import StepsBar
from patrol_desk.ui.pages.page import Page
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.file_picker import FilePicker, Picker
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.progress import ProgressPanel
from patrol_desk.ui.widgets.segmented import Segmented
from patrol_desk.ui.widgets.states import StateStack

STEPS: Final = ("choose", "files", "preview", "result")


class ImportPage(Page):
    """Files come in step by step; what came in before stands behind the second tab.

    Parameters
    ----------
    desk
        The open station.
    picker
        Asks for files and folders; the system's dialogs by default.
    """

    name: ClassVar[str] = "importing"
    icon: ClassVar[str] = "folder-input"

    def __init__(self, desk: Desk, picker: Picker | None = None) -> None:
        super().__init__(desk)
        self.picker: Picker = picker or FilePicker()
        self.step = "choose"
        self.tabs = Segmented(desk.theme)
        self.tabs.setObjectName("importTabs")
        self.bar.left(self.tabs)
        self._build()
        self.flow = ImportFlow(self)
        self._connect()
        self.setAcceptDrops(True)
        self.command("import.files", lambda: tr("选择要导入的文件"), "folder-input", "Ctrl+O", self.flow.ask_files)
        self.command("import.next", lambda: tr("导入：下一步"), "arrow-right", "Ctrl+Return", self.next_button.click)
        self.retranslate()
        self.show_step("choose")

    def _build(self) -> None:
        theme = self.desk.theme
        self.choose, self.files = ChooseView(theme), FilesView(theme)
        self.preview, self.result, self.history = PreviewView(theme), ResultView(theme), HistoryView(theme)
        self.steps = StepsBar(theme)
        self._views = QStackedWidget()
        for view in (self.choose, self.files, self.preview, self.result):
            self._views.addWidget(view)
        self._foot = self._build_foot()
        flow = QWidget()
        column = QVBoxLayout(flow)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.steps)
        column.addWidget(self._views, 1)
        column.addWidget(self._foot)
        self._tab_views = QStackedWidget()
        self._tab_views.addWidget(flow)
        self._tab_views.addWidget(self.history)
        self._state = StateStack(theme)
        self._state.content(self._tab_views)
        self.set_body(self._state)

    def _build_foot(self) -> QFrame:
        theme = self.desk.theme
        foot = QFrame()
        foot.setProperty("panel", "line-top")
        self.back_button = Button(theme, "chevron-left", keys="Esc")
        self.back_button.setObjectName("importBack")
        self.note = Label("secondary", wrap=True)
        self.save_button = Button(theme, "download")
        self.save_button.setObjectName("previewSaveRejects")
        self.next_button = Button(theme, "arrow-right", "primary", keys="Ctrl+Enter")
        self.next_button.setObjectName("importNext")
        self.panel = ProgressPanel(theme)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.back_button)
        row.addWidget(self.note, 1)
        row.addWidget(self.save_button)
        row.addWidget(self.next_button)
        inner = QHBoxLayout(foot)
        inner.setContentsMargins(16, 10, 16, 10)
        inner.addWidget(self._buttons, 1)
        inner.addWidget(self.panel, 1)
        self.panel.hide()
        return foot

    def _connect(self) -> None:
        flow = self.flow
        self.tabs.changed.connect(self.show_tab)
        self.choose.files_wanted.connect(flow.ask_files)
        self.choose.folder_wanted.connect(flow.ask_folder)
        self.files.corrected.connect(flow.correct)
        self.preview.answered.connect(flow.answer)
        self.save_button.clicked.connect(flow.save_rejects)
        self.result.saving_rejects.connect(flow.save_rejects)
        self.result.going.connect(lambda page: self.desk.go(Target(page)))
        self.history.undoing.connect(flow.undo)
        self.back_button.clicked.connect(self.go_back)
        self.next_button.clicked.connect(flow.go_on)

    # Where one is

    def show_tab(self, key: str) -> None:
        """Show the steps or the imports so far."""
        self.tabs.choose(key)
        self._tab_views.setCurrentIndex(0 if key == "new" else 1)

    def show_step(self, step: str) -> None:
        """Show a step of the import."""
        self.step = step
        self._views.setCurrentIndex(STEPS.index(step))
        self._foot.setVisible(step != "choose")
        self.retranslate()

    def focus_step(self) -> None:
        """Give the focus to what the step shown asks for, unless it is somewhere outside the page."""
        if not self.isVisible() or self.tabs.chosen() != "new":
            return
        first = self.preview.first_open_question() if self.step == "preview" else None
        {
            "choose": self.choose.files_button,
            "files": self.files.list,
            "preview": first or self.next_button,
            "result": self.back_button,
        }[self.step].setFocus()

    def go_back(self) -> None:
        """Go one step back; from the result to the beginning."""
        if self.step == "preview":
            self.show_step("files")
        else:
            self.flow.forget()
            self.show_step("choose")
        self.focus_step()

    def busy(self, busy: bool) -> None:
        """Show how far the work is in place of the buttons."""
        self.panel.setVisible(busy)
        self._buttons.setVisible(not busy)
        self.files.setEnabled(not busy)
        self.preview.setEnabled(not busy)
        if busy:
            self.panel.button.setFocus()

    @override
    def label(self) -> str:
        return tr("导入")

    @override
    def retranslate(self) -> None:
        self.bar.title(self.label())
        count = len(self.history.model.all_rows())
        self.tabs.set_choices([("new", tr("导入文件"), None), ("past", tr("以往导入"), count or None)])
        self.steps.show_steps([tr("选文件"), tr("核对"), tr("看会怎样"), tr("结果")], STEPS.index(self.step))
        self.back_button.setText(tr("再导入一批") if self.step == "result" else tr("上一步"))
        self.flow.say_foot()

    @override
    def enter(self, target: Target | None) -> None:
        if self.desk.station.is_sample:
            self._state.empty("flag", tr("样例镇不收真实资料。要导入，请先离开样例镇，建立本站。"))
            return
        self.flow.read_history()
        if target is not None and target.detail.get("paths"):
            paths = target.detail["paths"]
            self.flow.take([Path(str(path)) for path in paths] if isinstance(paths, Sequence) else [])
        if target is not None and target.detail.get("tab") == "past":
            self.show_tab("past")
        self.focus_step()

    @override
    def on_changes(self, changes: ChangeSet) -> None:
        if changes.touches("import_run") and not self.desk.station.is_sample:
            self.flow.read_history()

    @override
    def close_down(self) -> None:
        self.panel.stop()

    # Keys and files dropped

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.panel.isVisible():
            self.panel.stop()
        elif self.tabs.chosen() == "new" and self.step != "choose":
            self.go_back()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _paths(event) and not self.panel.isVisible() and not self.desk.station.is_sample:
            event.acceptProposedAction()
            self.choose.set_over(True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.choose.set_over(False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.choose.set_over(False)
        event.acceptProposedAction()
        self.show_tab("new")
        self.flow.take(_paths(event))


def _paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
