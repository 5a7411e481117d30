"""The rail at the left: one item a page, badges, tools at the foot."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import language
from patrol_desk.ui.shell.pages import PageEntry
from patrol_desk.ui.theme import Theme

WIDTH = 64
WIDTH_EN = 72
ITEM = 54


class RailItem(QAbstractButton):
    """One item: icon, word below it, a bar when it is the page shown, a badge when something waits.

    Parameters
    ----------
    theme
        Colours and sizes.
    icon
        Lucide name.
    label
        Returns the word in the language in force.
    """

    def __init__(self, theme: Theme, icon: str, label: Callable[[], str]) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._label = label
        self._badge = 0
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Take the word, sizes and colours anew."""
        self.setText(self._label())
        self.setAccessibleName(self._label())
        self.setFixedSize(self.sizeHint())
        self.update()

    def badge(self, count: int) -> None:
        """Show how many things wait there; 0 for none."""
        self._badge = count
        self.update()

    @override
    def sizeHint(self) -> QSize:
        wide = WIDTH_EN if language() == "en" else WIDTH
        return QSize(self._theme.px(wide), self._theme.px(ITEM))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect()).adjusted(4, 1, -4, -1)
        if self.isChecked() or self.underMouse():
            painter.setBrush(theme.color("surface" if self.isChecked() else "line"))
            painter.drawRoundedRect(box, 6, 6)
        if self.isChecked():
            painter.setBrush(theme.color("accentText"))
            painter.drawRoundedRect(QRectF(1, box.top() + 14, 3, box.height() - 28), 1.5, 1.5)
        role = "accentText" if self.isChecked() else "text2"
        picture = theme.pixmap(self._icon, role, 20)
        edge = theme.px(20)
        painter.drawPixmap(int(self.width() - edge) // 2, theme.px(8), picture)
        painter.setPen(theme.color(role))
        painter.setFont(theme.font("micro" if language() == "en" else "secondary", bold=self.isChecked()))
        word = QRectF(0, theme.px(30), self.width(), theme.px(18))
        painter.drawText(word, Qt.AlignmentFlag.AlignCenter, self.text())
        self._paint_badge(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setColor(theme.color("accentText"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)

    def _paint_badge(self, painter: QPainter) -> None:
        if not self._badge:
            return
        text = str(self._badge) if self._badge < 100 else "99+"
        theme = self._theme
        painter.setFont(theme.font("micro", bold=True))
        wide = max(theme.px(16), painter.fontMetrics().horizontalAdvance(text) + theme.px(8))
        spot = QRectF(self.width() / 2 + 4, theme.px(3), wide, theme.px(16))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("redFill"))
        painter.drawRoundedRect(spot, spot.height() / 2, spot.height() / 2)
        painter.setPen(QColor("white"))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QFrame):
    """The pages, and tools at the foot.

    Parameters
    ----------
    theme
        Colours and sizes.
    pages
        The pages in order; only those with an item of their own are shown.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, pages: Sequence[PageEntry]) -> None:
        super().__init__()
        self.setProperty("panel", "chrome")
        self._theme = theme
        self.items = {page.name: RailItem(theme, page.icon, page.label) for page in pages if not page.parent}
        self._feet = frozenset(page.name for page in pages if page.foot)
        self.tools: list[RailItem] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 6)
        self._column.setSpacing(0)
        for name, item in self.items.items():
            item.setObjectName(f"rail_{name}")
            item.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
            if name not in self._feet:
                self._column.addWidget(item)
        self._column.addStretch(1)
        for name, item in self.items.items():
            if name in self._feet:
                self._column.addWidget(item)

    def tool(self, icon: str, label: Callable[[], str], run: Callable[[], None]) -> RailItem:
        """Add a tool at the foot, above the pages that stand there."""
        item = RailItem(self._theme, icon, label)
        item.setCheckable(False)
        item.clicked.connect(run)
        above = [each for name, each in self.items.items() if name not in self._feet]
        self._column.insertWidget(self._column.count() - len(self._feet), item)
        # Tab goes down the rail as the eye does.
        QWidget.setTabOrder([*above, *self.tools][-1], item)
        self.tools.append(item)
        return item

    def show_page(self, name: str) -> None:
        """Mark the page shown."""
        for key, item in self.items.items():
            item.setChecked(key == name)

    def badge(self, name: str, count: int) -> None:
        """Show how many things wait on a page."""
        self.items[name].badge(count)

    def retranslate(self) -> None:
        """Take every word anew."""
        for item in (*self.items.values(), *self.tools):
            item.refresh()
