"""Find-anything: one line to type into, everything that fits below, what is selected beside it."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QWidget
from shiboken6 import isValid
from typing_extensions import override

from patrol_desk.services.finding.entries import Entry, FindKind, Hit
from patrol_desk.services.today import read_today
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.shell.finder.actions import Action, actions_for
from patrol_desk.ui.shell.finder.frame import FinderFrame
from patrol_desk.ui.shell.finder.model import HitModel
from patrol_desk.ui.shell.finder.paint import HitDelegate
from patrol_desk.ui.shell.finder.store import FindStore
from patrol_desk.ui.widgets.ground import Ground

if TYPE_CHECKING:
    from patrol_desk.services.finding.index import FindIndex, Found
    from patrol_desk.services.finding.preview import Preview

REST_MS = 60
"""A selection that stays so long has its facts read."""
LIMIT = 30
SCOPED_LIMIT = 200
FEW_COMMANDS = 6
TOP = 54
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Finder(QWidget):
    """The overlay; freed once closed.

    Parameters
    ----------
    desk
        The open station.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.host)
        self._desk = desk
        self._store = FindStore.of(desk)
        self._open = True
        self._before = QApplication.focusWidget()
        self._commands: FindIndex | None = None
        self._preview: Preview | None = None
        self.setObjectName("finder")
        self.model = HitModel(self)
        self.list = QListView()
        self._painter = HitDelegate(desk.theme, self.model)
        self.frame = FinderFrame(desk.theme, self.list, self)
        self._ground = Ground(desk.theme, self, "raised")
        self.field: QLineEdit = self.frame.field
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._look_closer)
        self._set_up_list()
        self._connect()
        self._arrange()

    @classmethod
    def show_on(cls, desk: Desk) -> "Finder":
        """Open find-anything over the window; bring the open one to the front."""
        found = desk.host.findChild(cls)
        finder = found if isinstance(found, cls) and found.is_open else cls(desk)
        finder.show()
        finder.raise_()
        finder.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        finder.field.selectAll()
        return finder

    @property
    def is_open(self) -> bool:
        """Whether it has not been closed."""
        return self._open

    def selected(self) -> Hit | None:
        """Return the hit that is selected."""
        return self.model.hit(self.list.currentIndex().row())

    def close_finder(self) -> None:
        """Go away; the focus goes back to where it was."""
        if not self._open:
            return
        self._open = False
        self._rest.stop()
        self._desk.host.removeEventFilter(self)
        self.hide()
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.deleteLater()

    def search(self) -> None:
        """Show what fits what is typed."""
        typed = self.field.text()
        began = time.perf_counter()
        found = self._find(typed)
        spent = round((time.perf_counter() - began) * 1000)
        self.model.show_hits(found.hits, found.counts)
        first = self.model.first()
        if first >= 0:
            self.list.setCurrentIndex(self.model.index(first))
            self.list.scrollToTop()
        else:
            self._selected()
        self.frame.tell(typed, found.total, spent, building=self._store.index is None)

    def _find(self, typed: str) -> "Found":
        from patrol_desk.services.finding.index import SCOPES, Found

        scope = typed.strip()[:1]
        limit = SCOPED_LIMIT if scope in SCOPES else LIMIT
        names = Found() if self._store.index is None else self._store.index.find(typed, limit)
        if scope in {"@", "#"} or self._commands is None:
            return names
        return names | self._commands.find(typed, limit if scope == ">" else FEW_COMMANDS)

    def _load_commands(self) -> None:
        from patrol_desk.services.finding.index import FindIndex

        listed = [command for command in self._desk.commands.all() if command.id != "find"]
        self._painter.keys = {command.id: command.keys.replace("Return", "Enter") for command in listed}
        self._painter.icons = {command.id: command.icon for command in listed}
        self._commands = FindIndex.of(Entry(FindKind.COMMAND, command.id, command.text()) for command in listed)

    def _set_up_list(self) -> None:
        view = self.list
        view.setObjectName("finder_list")
        view.setModel(self.model)
        view.setItemDelegate(self._painter)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.selectionModel().currentChanged.connect(lambda *_: self._selected())
        view.clicked.connect(lambda _index: self._start(0))

    def _connect(self) -> None:
        desk = self._desk
        self.field.textChanged.connect(self.search)
        self.field.installEventFilter(self)
        self.frame.preview.action_list.started.connect(self._start)
        self.frame.preview.action_list.left.connect(self.field.setFocus)
        self._store.ready.connect(self.search)
        desk.host.installEventFilter(self)
        desk.theme.changed.connect(self._arrange)
        self._load_commands()
        self._store.begin()
        desk.tasks.start("finder gaps", self._read_gaps(), owner=self)
        self.search()

    def _actions(self) -> list[Action]:
        hit = self.selected()
        return [] if hit is None else actions_for(self._desk, hit.entry, self._preview)

    def _selected(self) -> None:
        hit = self.selected()
        self._preview = None
        self.frame.preview.show_entry(None if hit is None else hit.entry, self._actions())
        if hit is not None and hit.entry.kind is not FindKind.COMMAND:
            self._rest.start()

    def _look_closer(self) -> None:
        hit = self.selected()
        if hit is not None:
            self._desk.tasks.start("preview", self._read(hit), owner=self, exclusive="finder.preview")

    async def _read(self, hit: Hit) -> None:
        from patrol_desk.services.finding.preview import read_preview

        entry = hit.entry
        preview = await self._desk.read(read_preview, entry.kind, entry.id, self._desk.now)
        now = self.selected()
        if self._open and now is not None and now.entry.id == entry.id:
            self._preview = preview
            self.frame.preview.show_preview(preview, self._actions())

    async def _read_gaps(self) -> None:
        view = await self._desk.read(read_today, self._desk.now)
        self._painter.gaps = {gap.place.checkpoint_id: gap for gap in reversed(view.gaps)}
        self.list.viewport().update()

    def _start(self, number: int) -> None:
        actions = self._actions()
        if not 0 <= number < len(actions):
            return
        self.close_finder()
        actions[number].run()

    def _second(self) -> None:
        """Start the action of Ctrl+Enter, if the selected thing has one."""
        number = next((n for n, action in enumerate(self._actions()) if action.keys == "Ctrl+Enter"), -1)
        self._start(number)

    def _move(self, by: int) -> None:
        row = self.list.currentIndex().row()
        for _ in range(abs(by)):
            row = self.model.step(row, 1 if by > 0 else -1)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))
            if row <= 1:
                self.list.scrollToTop()

    def _key(self, event: QKeyEvent) -> bool:
        """Handle a key in the line; say whether it was ours."""
        key = Qt.Key(event.key())
        page = {Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}.get(key, 0)
        if key in _MOVES or page:
            self._move(_MOVES.get(key, page))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._second()
            else:
                self._start(0)
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            if self.selected() is not None:
                self.frame.preview.action_list.setFocus(Qt.FocusReason.TabFocusReason)
        elif key == Qt.Key.Key_Escape:
            self.close_finder()
        else:
            return False
        return True

    def _arrange(self) -> None:
        px, host = self._desk.theme.px, self._desk.host
        self.setGeometry(host.rect())
        width = min(px(904), self.width() - 48)
        height = min(px(518), self.height() - 2 * px(TOP))
        self.frame.setGeometry((self.width() - width) // 2, px(TOP), width, height)
        self._ground.cover(self.frame.geometry().adjusted(2, 2, -2, -2).translated(self.pos()))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._desk.host and kind == QEvent.Type.Resize:
            self._arrange()
        elif watched is self.field and kind == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            return self._key(event)
        return False

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            # Keys of the pages behind rest; the language may still be switched.
            if event.key() != Qt.Key.Key_L or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.accept()
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_finder()
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.frame.geometry().contains(event.position().toPoint()):
            self.close_finder()
        event.accept()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._desk.theme.color("scrim"))
        painter.end()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._load_commands()
            self.setAccessibleName(tr("查找"))
            self.search()
        super().changeEvent(event)
