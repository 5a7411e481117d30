"""What all muster points hold together, under their list; the chosen one's part is the darker end of each bar."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.services.places.muster_rows import TownshipStock
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme

_LINE = 24
_HEAD = 34
_MOST = 12


class TownshipStockChart(QWidget):
    """A bar per kind of equipment.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stock: Sequence[TownshipStock] = ()
        self._here: Mapping[str, int] = {}
        self._place = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def show_stock(self, stock: Sequence[TownshipStock]) -> None:
        """Show the township's stock; nothing takes no room."""
        self._stock = stock[:_MOST]
        self.setVisible(bool(stock))
        self._restyle()

    def show_part(self, place: str, here: Mapping[str, int]) -> None:
        """Show which part of it one muster point holds."""
        self._place, self._here = place, here
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        lines = [f"{item.name} {self._here.get(item.name, 0)} / {item.quantity}" for item in self._stock]
        self.setAccessibleName(tr("全镇装备"))
        self.setAccessibleDescription(tr("；|joint").join(lines))
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.retranslate()

    @override
    def sizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(300), px(_HEAD) + px(_LINE) * len(self._stock) + px(10))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(200), 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, theme.color("line"))
        left, right = px(16), self.width() - px(12)
        self._paint_head(painter, left, right)
        most = max((item.quantity for item in self._stock), default=0)
        for number, item in enumerate(self._stock):
            room = QRect(left, px(_HEAD) + number * px(_LINE), right - left, px(_LINE))
            self._paint_line(painter, room, item, most)
        painter.end()

    def _paint_head(self, painter: QPainter, left: int, right: int) -> None:
        theme, px = self._theme, self._theme.px
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.color("text"))
        room = QRect(left, px(4), right - left, px(_HEAD) - px(4))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, tr("全镇装备"))
        painter.setFont(theme.font("secondary"))
        x = right
        for words, role in ((tr("全镇"), "line2"), (self._place, "accent")):
            if not words:
                continue
            x -= painter.fontMetrics().horizontalAdvance(words)
            painter.setPen(theme.color("text2"))
            painter.drawText(QRect(x, room.y(), right - x, room.height()), Qt.AlignmentFlag.AlignVCenter, words)
            x -= px(18)
            painter.fillRect(x, room.center().y() - px(3), px(12), px(7), theme.color(role))
            x -= px(14)
            right = x

    def _paint_line(self, painter: QPainter, room: QRect, item: TownshipStock, most: int) -> None:
        theme, px = self._theme, self._theme.px
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        name = QRect(room.x(), room.y(), px(104), room.height())
        shown = painter.fontMetrics().elidedText(item.name, Qt.TextElideMode.ElideRight, name.width() - px(8))
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, shown)
        here = self._here.get(item.name, 0)
        counts = f"{here} / {item.quantity}" if self._place else str(item.quantity)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, counts)
        wide = room.width() - px(104) - px(80)
        bar = QRect(name.right(), room.center().y() - px(4), wide * item.quantity // max(most, 1), px(8))
        painter.fillRect(bar, theme.color("line2"))
        bar.setWidth(wide * here // max(most, 1))
        painter.fillRect(bar, theme.color("accent"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
