"""The card of the tour, beside a frame around what it tells of; everything stays usable meanwhile."""

import asyncio
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.ui.commands import Command
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.settings import TOUR
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.tour.steps import STEPS
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Kbd, Label
from patrol_desk.ui.widgets.painting import ring

_WIDTH: Final = 372
_GAP: Final = 12
_NAME: Final = "tour_card"
_FILLING_S: Final = 0.1
"""What a page takes to lay itself out around what it has read."""


class _Frame(QWidget):
    """The frame around a control: painted over it, touched by nothing."""

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setObjectName("tour_frame")
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ring(painter, self._theme, self.rect(), 6, "drill")
        painter.end()


class Tour(QFrame):
    """The tour of a desk, one card at a time; freed once it has ended.

    Parameters
    ----------
    desk
        The open station.
    over
        The inside of the window, with which the tour goes when the station is left.
    """

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over
        self.at = 0
        self.setObjectName(_NAME)
        self.setProperty("panel", "raised")
        self._frame = _Frame(desk.theme, over)
        self._title, self._text, self._count = Label("object"), Label("body", wrap=True), Label("muted")
        self._keys = QHBoxLayout()
        self._keys.setSpacing(4)
        self.back = Button(desk.theme, "", "plain", "Alt+←", small=True)
        self.next = Button(desk.theme, "", "primary", "Alt+→", small=True)
        self.skip = Button(desk.theme, "", "ghost", "Shift+Esc", small=True)
        for name, button in (("back", self.back), ("next", self.next), ("skip", self.skip)):
            button.setObjectName(f"tour_{name}")
        self._build()
        self._connect()
        self._show_step()

    @staticmethod
    def start_on(desk: Desk, over: QWidget) -> None:
        """Begin the tour, unless it is under way; it is not offered again by itself."""
        desk.settings.set(TOUR, True)
        if over.findChild(QFrame, _NAME) is None:
            Tour(desk, over)

    def go(self, way: int) -> None:
        """Go to the next station (1) or the one before (-1); past the last one the tour ends."""
        if self.at + way >= len(STEPS):
            self.end()
            return
        self.at = max(0, self.at + way)
        self._show_step()

    def end(self) -> None:
        """Leave the tour; help begins it again."""
        self._over.removeEventFilter(self)
        self._frame.hide()
        self.hide()
        self._frame.deleteLater()
        self.deleteLater()

    def _build(self) -> None:
        px = self._desk.theme.px
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._count)
        foot = QHBoxLayout()
        foot.setSpacing(px(6))
        foot.addWidget(self.skip)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(self._text)
        column.addLayout(self._keys)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.back.clicked.connect(partial(self.go, -1))
        self.next.clicked.connect(partial(self.go, 1))
        self.skip.clicked.connect(self.end)
        commands = self._desk.commands
        for name, text, keys, run in (
            ("tour.next", lambda: tr("导览：下一步"), "Alt+Right", partial(self.go, 1)),
            ("tour.back", lambda: tr("导览：上一步"), "Alt+Left", partial(self.go, -1)),
            ("tour.end", lambda: tr("导览：结束"), "Shift+Esc", self.end),
        ):
            commands.add(Command(name, text, "route", keys, run), self, window_wide=True)
        self._desk.theme.changed.connect(self._place)
        self._over.installEventFilter(self)

    def _show_step(self) -> None:
        self._desk.go(Target(STEPS[self.at].page))
        self.retranslate()
        self.show()
        self.raise_()
        self._desk.tasks.start("tour", self._settle(), owner=self, exclusive="tour")

    async def _settle(self) -> None:
        """Point at the control once its page has the week to show."""
        await self._desk.boards.get(self._desk.week)
        await asyncio.sleep(_FILLING_S)
        self._place()

    def retranslate(self) -> None:
        """Set the words of the station in the language in force."""
        step = STEPS[self.at]
        last = self.at == len(STEPS) - 1
        self._title.setText(step.title())
        self._text.setText(step.text())
        self._count.setText(f"{self.at + 1} / {len(STEPS)}")
        self.back.setText(tr("上一步"))
        self.next.setText(tr("结束|tour") if last else tr("下一步"))
        self.skip.setText(tr("跳过|tour"))
        self.skip.setVisible(not last)
        self.back.setEnabled(self.at > 0)
        self.setAccessibleName(f"{step.title()} {step.text()}")
        for cap in self.findChildren(Kbd):
            self._keys.removeWidget(cap)
            cap.deleteLater()
        while self._keys.count():
            self._keys.takeAt(0)
        for keys in filter(None, step.keys.split("  ")):
            self._keys.addWidget(Kbd(keys))
        self._keys.addStretch(1)
        self._place()

    def _place(self) -> None:
        """Put the frame around the control and the card beside it, where there is room."""
        host = self._over
        step = STEPS[self.at]
        # What is pointed at can be folded away; then the whole page is.
        found = [each for name in (step.target, f"page_{step.page}") for each in host.findChildren(QWidget, name)]
        target = next((each for each in found if each.isVisible()), None)
        around = QRect() if target is None else QRect(target.mapTo(host, QPoint()), target.size())
        self._frame.setVisible(target is not None)
        self._frame.setGeometry(around.adjusted(-4, -4, 4, 4).intersected(host.rect()))
        self._frame.raise_()
        width = self._desk.theme.px(_WIDTH)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(width, layout.totalHeightForWidth(width))
        self.move(_beside(around, self.size(), host.size()))
        self.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _beside(around: QRect, size: QSize, room: QSize) -> QPoint:
    """Return where a card stands: right, left, below or above a control, else in the corner of what it covers."""
    tall = around.height() > room.height() // 2
    top = around.bottom() - size.height() - _GAP if tall else around.top()
    down = min(max(top, _GAP), room.height() - size.height() - _GAP)
    across = min(max(around.left(), _GAP), room.width() - size.width() - _GAP)
    for place in (
        QPoint(around.right() + _GAP, down), QPoint(around.left() - size.width() - _GAP, down),
        QPoint(across, around.bottom() + _GAP), QPoint(across, around.top() - size.height() - _GAP),
    ):  # fmt: skip
        if QRect(QPoint(), room).contains(QRect(place, size)):
            return place
    return QPoint(around.right() - size.width() - _GAP, around.bottom() - size.height() - _GAP)
