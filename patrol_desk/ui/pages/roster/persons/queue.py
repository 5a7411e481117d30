"""Somebody's places in the duty queue, and what they have served beside their squad, painted for the panel."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from typing_extensions import override

from patrol_desk.services.planning.board.queues import QueuePlace, ServedLoad
from patrol_desk.services.planning.load_class import HOLIDAY, NIGHT, WEEKDAY, WEEKEND
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.roster.inspector.drawing import RIGHT, text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painted import PaintedBlock
from patrol_desk.ui.widgets.painting import box


def class_text(load_class: int) -> str:
    """Return a class of duties in words."""
    words: dict[int, Callable[[], str]] = {
        WEEKDAY: lambda: tr("平日|班次"),
        NIGHT: lambda: tr("夜班|班次"),
        WEEKEND: lambda: tr("周末|班次"),
        HOLIDAY: lambda: tr("节假日|班次"),
    }
    return words[load_class]()


def waited_text(place: QueuePlace) -> str:
    """Return how long somebody has waited."""
    if place.days is None:
        return tr("没有记录|队列")
    return tr("距上次 {count} 天", count=place.days)


class QueueBoxes(PaintedBlock):
    """A box for each queue: which, the rank, how long ago.

    Parameters
    ----------
    theme
        Gives the look.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "person_queues")
        self._places: tuple[QueuePlace, ...] = ()

    def show_places(self, places: Sequence[QueuePlace]) -> None:
        """Show somebody's places."""
        self._places = tuple(places)
        rank = [tr("{what}第 {rank} 位，{waited}", what=class_text(one.load_class), rank=one.rank,
                   waited=waited_text(one)) for one in places]  # fmt: skip
        self.setAccessibleName(tr("；|列举").join(rank))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self._theme.px(64))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        count, gap = max(len(self._places), 1), px(8)
        width = (self.width() - gap * (count - 1)) // count
        for number, place in enumerate(self._places):
            rect = QRect(number * (width + gap), 0, width, self.height() - 1)
            box(painter, rect, theme.color("surface"), theme.color("line"), 3)
            inner = rect.adjusted(px(8), px(4), -px(4), -px(4))
            third = inner.height() // 3
            rows = [QRect(inner.left(), inner.top() + n * third, inner.width(), third) for n in range(3)]
            text(painter, theme, rows[0], class_text(place.load_class), role="secondary", colour="text2")
            rank = tr("第 {rank} 位", rank=place.rank)
            text(painter, theme, rows[1], rank, role="body", colour="text", bold=True)
            text(painter, theme, rows[2], waited_text(place), role="secondary", colour="text3")
        painter.end()


class LoadBars(PaintedBlock):
    """A bar for each class: somebody's duties, and a tick at the median of the squad.

    Parameters
    ----------
    theme
        Gives the look.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "person_loads")
        self._loads: tuple[ServedLoad, ...] = ()

    def show_loads(self, loads: Sequence[ServedLoad]) -> None:
        """Show what somebody has served."""
        self._loads = tuple(loads)
        words = [f"{class_text(one.load_class)} {_figures(one)}" for one in loads]
        self.setAccessibleName(tr("；|列举").join(words))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self._theme.px(21) * max(len(self._loads), 1))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        most = max((max(one.own, one.median) for one in self._loads), default=0) or 1
        left, right = px(64), self.width() - px(60)
        for number, one in enumerate(self._loads):
            line = QRect(0, number * px(21), self.width(), px(21))
            text(painter, theme, QRect(line.left(), line.top(), left, line.height()), class_text(one.load_class),
                 role="secondary", colour="text2")  # fmt: skip
            bar = QRect(left, line.center().y() - px(3), max(right - left, 1), px(7))
            painter.fillRect(bar, theme.color("line"))
            painter.fillRect(QRect(bar.left(), bar.top(), round(bar.width() * one.own / most), bar.height()),
                             theme.color("accent"))  # fmt: skip
            at = bar.left() + round((bar.width() - 2) * one.median / most)
            painter.fillRect(at, bar.top() - px(3), max(2, px(2)), bar.height() + px(6), theme.color("text"))
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color("text2"))
            painter.drawText(QRect(right, line.top(), self.width() - right, line.height()), RIGHT, _figures(one))
        painter.end()


def _figures(one: ServedLoad) -> str:
    return f"{one.own} / {one.median:g}"
