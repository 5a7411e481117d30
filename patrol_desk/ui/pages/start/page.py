"""The start page: a sample township, a station of one's own, or a file that exists."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.errors import CancelledByUserError, PatrolError
from patrol_desk.common.message import Message
from patrol_desk.samples.sizes import SizeName
from patrol_desk.services.starting import (
    NewStation,
    create_station,
    make_sample,
    needs_passphrase,
    open_existing,
    recent_stations,
    sample_path,
    suggest_folder,
)
from patrol_desk.services.station import Station
from patrol_desk.ui.i18n import language, say, tr
from patrol_desk.ui.pages.start.create import CreateView
from patrol_desk.ui.pages.start.prompt import PromptView
from patrol_desk.ui.pages.start.sample import filler, plan
from patrol_desk.ui.pages.start.side import Side
from patrol_desk.ui.pages.start.view import View
from patrol_desk.ui.pages.start.welcome import WelcomeView
from patrol_desk.ui.pages.start.working import WorkView
from patrol_desk.ui.settings import LAST_STATION, RECENT, Settings
from patrol_desk.ui.shell.status import LanguageSwitch
from patrol_desk.ui.tasks import Tasks
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.banner import Banner
from patrol_desk.ui.widgets.buttons import IconButton
from patrol_desk.ui.widgets.file_picker import FilePicker, Picker
from patrol_desk.ui.widgets.labels import ElidedLabel, Label
from patrol_desk.ui.widgets.reading_order import tab_on

_KEPT: Final = 5
_EXCLUSIVE: Final = "start"


class StartPage(QWidget):
    """What the window shows while no station is open.

    Parameters
    ----------
    theme, settings, tasks
        The window's own.
    picker
        Asks for files and folders; the system's dialogs by default.

    Attributes
    ----------
    opened
        Sent with the open `Station`.
    left
        Sent when the program is to end.
    language_chosen
        Sent with the language to speak from now on.
    """

    opened = Signal(object)
    left = Signal()
    language_chosen = Signal(str)

    def __init__(self, theme: Theme, settings: Settings, tasks: Tasks, picker: Picker | None = None) -> None:
        super().__init__()
        self.setObjectName("page_start")
        self._theme = theme
        self._settings = settings
        self._tasks = tasks
        self._picker: Picker = picker or FilePicker()
        self._busy = False
        self._build()
        self._connect()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()
        self._show(self.welcome)

    # Building

    def _build(self) -> None:
        self._side = Side(self._theme)
        self.welcome, self.create_view = WelcomeView(self._theme), CreateView(self._theme)
        self.prompt, self.work = PromptView(self._theme), WorkView(self._theme)
        self._views = QStackedWidget()
        for view in (self.welcome, self.create_view, self.prompt, self.work):
            self._views.addWidget(view)
        self._banner = Banner(self._theme, "red", "triangle-alert")
        self._close_banner = IconButton(self._theme, "x", small=True)
        self._banner.add(self._close_banner)
        self._banner.hide()
        surface = QFrame()
        surface.setProperty("panel", "surface")
        main = QVBoxLayout(surface)
        main.setContentsMargins(0, 0, 0, 0)
        main.setSpacing(0)
        main.addWidget(self._banner)
        main.addWidget(self._views, 1)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self._side)
        across.addWidget(surface, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(across, 1)
        whole.addWidget(self._status())

    def _status(self) -> QFrame:
        self._status_frame = QFrame()
        self._status_frame.setProperty("panel", "status")
        self._marks = [QLabel(), QLabel()]
        self._place, self._promise = ElidedLabel("secondary"), Label("secondary")
        self._tongue = LanguageSwitch(self._theme)
        row = QHBoxLayout(self._status_frame)
        row.setContentsMargins(14, 0, 8, 0)
        row.setSpacing(6)
        for mark, words in zip(self._marks, (self._place, self._promise), strict=True):
            row.addWidget(mark)
            row.addWidget(words)
            row.addSpacing(12)
        row.addStretch(1)
        row.addWidget(self._tongue)
        return self._status_frame

    def _connect(self) -> None:
        welcome, create, prompt = self.welcome, self.create_view, self.prompt
        welcome.way_chosen.connect(lambda _way: self._show_steps())
        welcome.way_opened.connect(self._go)
        welcome.again.connect(partial(self._start_sample, anew=True))
        welcome.file_opened.connect(self._open_file)
        welcome.left.connect(self.left)
        create.back.connect(self.go_back)
        create.wanted.connect(self._create)
        create.choosing_folder.connect(lambda folder: self._start("choose folder", self._choose_folder(folder)))
        prompt.back.connect(self.go_back)
        prompt.given.connect(self._open_with)
        self._close_banner.clicked.connect(self._banner.hide)
        self._tongue.clicked.connect(lambda: self.language_chosen.emit("zh" if language() == "en" else "en"))

    # What the window calls

    def offer(self, path: Path, why: Message | None = None) -> None:
        """Offer a file that did not open without a question: ask for its passphrase, or say why it cannot be opened."""
        self.welcome.cards["open"].setFocus()
        if needs_passphrase(path):
            self._show(self.prompt)
            self.prompt.ask(path)
        elif why is not None:
            self.tell(say(why))

    def begin_sample(self) -> None:
        """Open the sample township of the real size; make it first when there is none."""
        self.welcome.size_choice.choose("township")
        self._start_sample()

    def tell(self, text: str) -> None:
        """Show a sentence about what went wrong."""
        view = self._views.currentWidget()
        if isinstance(view, PromptView | CreateView):
            view.tell(text)
            return
        self._banner.say(text)
        self._banner.show()

    def go_back(self) -> None:
        """Return to the three cards."""
        self._show(self.welcome)
        self.welcome.focus_card()

    # Going somewhere

    def _show(self, view: View) -> None:
        self._banner.hide()
        if view is self.welcome:
            self.welcome.show_recent(recent_stations(map(Path, self._settings.get(RECENT))))
            self.welcome.sample_is_there(sample_path().exists())
        self._views.setCurrentWidget(view)
        self._show_steps()

    def _show_steps(self) -> None:
        view = self._views.currentWidget()
        second = {"sample": tr("打开样例镇"), "create": tr("本站资料和口令"), "open": tr("打开已有")}[self.welcome.way]
        self._side.steps.show_steps([tr("欢迎"), second], 0 if view is self.welcome else 1)

    def _go(self, way: str) -> None:
        if way == "sample":
            self._start_sample()
        elif way == "create":
            self._show(self.create_view)
            self.create_view.begin()
        else:
            self._start("choose file", self._choose_file())

    def _start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.start(name, work, owner=self, exclusive=_EXCLUSIVE)

    async def _choose_file(self) -> None:
        recent = self._settings.get(RECENT)
        folder = Path(recent[0]).parent if recent else suggest_folder()
        pattern = tr("数据库") + " (*.db);;" + tr("所有文件") + " (*)"
        path = await self._picker.file(self, tr("打开已有的数据库"), folder, pattern)
        if path is not None:
            self._open_file(path)

    async def _choose_folder(self, folder: Path) -> None:
        chosen = await self._picker.folder(self, tr("选择存放位置"), folder)
        if chosen is not None:
            self.create_view.set_folder(chosen)

    # Opening and making

    def _open_file(self, path: Path) -> None:
        self.welcome.take_way("sample" if path == sample_path() else "open")
        if needs_passphrase(path):
            self._show(self.prompt)
            self.prompt.ask(path)
        else:
            self._start("open station", self._work(lambda: tr("正在打开"), partial(open_existing, path)))

    def _open_with(self, path: Path, passphrase: str) -> None:
        work = self._work(lambda: tr("正在打开"), partial(open_existing, path, passphrase))
        self._start("open station", work)

    def _start_sample(self, *, anew: bool = False) -> None:
        path = sample_path()
        if path.exists() and not anew:
            self._open_file(path)
            return
        panel = self.work.panel
        size: SizeName = "township" if self.welcome.size_choice.chosen() == "township" else "small"
        make = partial(make_sample, path, filler(size), plan, progress=panel.progress, cancelled=panel.cancelled)
        self._start("sample", self._work(lambda: tr("正在准备样例镇"), make))

    def _create(self, wanted: NewStation) -> None:
        panel = self.work.panel
        make = partial(create_station, wanted, progress=panel.progress, cancelled=panel.cancelled)
        self._start("create station", self._work(lambda: tr("正在建立本站"), make))

    async def _work(self, words: Callable[[], str], make: Callable[[], Station]) -> None:
        """Run what gives an open station in a thread; on failure go back to where it was asked for, with the reason."""
        if self._busy:
            return
        self._busy = True
        before = self._views.currentWidget()
        assert isinstance(before, View)
        self.work.begin(words)
        self._show(self.work)
        self.work.panel.button.setFocus()
        try:
            station = await self._finished(make)
        except PatrolError as error:
            self._show(before)
            if before is self.welcome:
                self.welcome.focus_card()
            if not isinstance(error, CancelledByUserError):
                self.tell(say(error.message))
            return
        finally:
            self._busy = False
        self._remember(station.path)
        self.opened.emit(station)

    async def _finished(self, make: Callable[[], Station]) -> Station:
        """Wait for a station; when the window closes meanwhile, stop the making and close what it still gives."""
        making = asyncio.ensure_future(asyncio.to_thread(make))
        try:
            return await asyncio.shield(making)
        except asyncio.CancelledError:
            self.work.panel.stop()
            with suppress(PatrolError):
                (await making).close()
            raise

    def _remember(self, path: Path) -> None:
        names = [str(path), *(name for name in self._settings.get(RECENT) if name != str(path))]
        self._settings.set(RECENT, names[:_KEPT])
        self._settings.set(LAST_STATION, str(path))

    # Look, words, keys

    def _restyle(self) -> None:
        self._status_frame.setFixedHeight(self._theme.px(26))
        for mark, icon in zip(self._marks, ("hard-drive", "shield-check"), strict=True):
            mark.setPixmap(self._theme.pixmap(icon, "text3", 14))
        self._tongue.refresh()

    def retranslate(self) -> None:
        """Set every text anew."""
        self._side.retranslate()
        self._place.setText(tr("本机 {folder}", folder=str(suggest_folder())))
        self._promise.setText(tr("无需管理员，不连互联网"))
        self._close_banner.set_name(tr("关闭"))
        self._tongue.refresh()
        self._show_steps()

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return tab_on(self, forward=next)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.welcome.focus_card()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        view = self._views.currentWidget()
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() == Qt.Key.Key_Escape and view is self.work:
            self.work.panel.stop()
        elif event.key() == Qt.Key.Key_Escape and view is not self.welcome:
            self.go_back()
        elif enter and isinstance(view, CreateView | PromptView):
            view.submit()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
