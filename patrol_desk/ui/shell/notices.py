"""Sentences at the foot of the pages, and the banner of a sample township."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from patrol_desk.ui.desk import Notice
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme

SHOWN_MS = 6000
GAP = 16
FOOT = 56
"""Height of the row at the foot of a page."""
ICONS = {"info": "info", "ok": "circle-check", "warn": "triangle-alert", "error": "octagon-x"}
COLORS = {"info": "accentText", "ok": "green", "warn": "amber", "error": "red"}


class Notices(QFrame):
    """The newest sentence, over the foot of a widget; errors stay until they are closed."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("notice")
        self.setProperty("panel", "raised")
        self._theme = theme
        self._over = over
        self._notice: Notice | None = None
        self._picture = QLabel()
        self._words = QLabel()
        self._words.setObjectName("notice_text")
        self._words.setWordWrap(True)
        self._button = QPushButton()
        self._button.setProperty("kind", "link")
        self._button.clicked.connect(self._act)
        self._close = QPushButton()
        self._close.setProperty("kind", "ghost")
        self._close.setObjectName("notice_close")
        self._close.clicked.connect(self.hide)
        for button in (self._button, self._close):
            # A click leaves the focus on the page: once the sentence has gone, the keys go on there.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        for part, stretch in ((self._picture, 0), (self._words, 1), (self._button, 0), (self._close, 0)):
            row.addWidget(part, stretch)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        theme.changed.connect(self._paint)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show a sentence in place of the one before."""
        self._notice = notice
        self._words.setText(notice.text)
        self._button.setVisible(notice.action is not None)
        if notice.action is not None:
            self._button.setText(notice.action[0])
        self._timer.stop()
        if notice.tone != "error":
            self._timer.start(SHOWN_MS)
        self._paint()
        self.show()
        self._place()
        self.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()

    def _act(self) -> None:
        self.hide()
        if self._notice is not None and self._notice.action is not None:
            self._notice.action[1]()

    def _paint(self) -> None:
        tone = "info" if self._notice is None else self._notice.tone
        self._picture.setPixmap(self._theme.pixmap(ICONS[tone], COLORS[tone], 18))
        self._close.setIcon(self._theme.icon("x"))
        self._close.setAccessibleName(tr("关闭提示"))

    def _place(self) -> None:
        wide = min(self._theme.px(620), self._over.width() - 32)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(wide, layout.totalHeightForWidth(wide))
        place = QRect((self._over.width() - wide) // 2, self._over.height() - self.height() - GAP, wide, self.height())
        under = [button.top() for button in self._foot_buttons() if button.intersects(place)]
        if under:
            place.moveBottom(min(under) - GAP)
        self.move(place.topLeft())

    def _foot_buttons(self) -> list[QRect]:
        """Return where the buttons at the foot of the page stand, such as the one that saves: they are not covered."""
        found = self._over.findChildren(QPushButton)
        seen = [button for button in found if button.isVisible() and not self.isAncestorOf(button)]
        rects = [QRect(button.mapTo(self._over, QPoint(0, 0)), button.size()) for button in seen]
        foot = self._over.height() - self._theme.px(FOOT)
        return [rect for rect in rects if rect.top() >= foot]


class SampleBanner(QFrame):
    """Says that the township is a sample, with the one click that leaves it."""

    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("panel", "banner-accent")
        self.setObjectName("sample_banner")
        self._theme = theme
        self._picture = QLabel()
        self._words = QLabel()
        self._words.setProperty("role", "secondary")
        self._leave = QPushButton()
        self._leave.setObjectName("leave_sample")
        self._leave.setProperty("small", "true")
        self._leave.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 12, 3)
        row.setSpacing(8)
        row.addWidget(self._picture)
        row.addWidget(self._words)
        row.addStretch(1)
        row.addWidget(self._leave)
        theme.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Take words and icons anew."""
        self._picture.setPixmap(self._theme.pixmap("flag", "accentText", 16))
        self._words.setText(tr("这是样例镇，人名和电话都是编的，可以随便改；不要录入真实资料。"))
        self._leave.setText(tr("离开样例镇"))
