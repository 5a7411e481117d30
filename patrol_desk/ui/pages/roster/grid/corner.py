"""The corners left of header and footer, and the legend below."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.services.planning.board import Cell, CellState
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.roster.grid.painting import CellPainter, hint_mark
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import key_cap, key_cap_size


class Corner(QWidget):
    """Two words at the two ends of a corner.

    Parameters
    ----------
    theme
        Gives the look.
    height
        Returns the height in force.
    below
        Whether the words stand at the foot of the corner and the stronger line below them, else above.
    """

    def __init__(self, theme: Theme, height: Callable[[], int], *, below: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._height = height
        self._below = below
        self._words = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, left: str, right: str) -> None:
        """Set both words."""
        self._words = (left, right)
        self.setAccessibleName(f"{left} {right}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(50, self._height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.color("line2"))
        painter.fillRect(0, self.height() - 1 if self._below else 0, self.width(), 1, theme.color("line2"))
        room = self.rect().adjusted(theme.px(16), 0, -theme.px(9), 0)
        if self._below:
            room.setTop(self.height() - theme.px(22))
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text3" if self._below else "text2"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words[0])
        painter.setPen(theme.color("text3"))
        used = QFontMetrics(painter.font()).horizontalAdvance("".join(self._words))
        if used + theme.px(8) <= room.width():
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._words[1])
        painter.end()


HINT: Final = "hint"
"""In the place of an icon: the mark of a rule that only hints."""


@dataclass(frozen=True, slots=True)
class _Sample:
    """One entry of the legend: a painted cell or an icon, and what it means."""

    cell: Cell | None
    icon: str
    text: str


def _cell(state: CellState, heads: int, *, past: bool = False) -> Cell:
    asked = 0 if state is CellState.NOT_STAFFED else 2
    return Cell(heads, asked, asked, state, (), locked=False, some_locked=False, past=past, broken=False, changed=False)


class Legend(QWidget):
    """What the cells' looks mean, and the keys; what has no room is left out, keys first.

    Parameters
    ----------
    theme
        Gives the look.
    pictures
        Paints the samples exactly as the cells.
    """

    def __init__(self, theme: Theme, pictures: CellPainter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pictures = pictures
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setObjectName("roster_legend")

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self._theme.px(26 if self._theme.compact else 32))

    def _samples(self) -> list[_Sample]:
        return [
            _Sample(_cell(CellState.OK, 2), "", tr("满足期望")),
            _Sample(_cell(CellState.BELOW_DESIRED, 1), "", tr("低于期望")),
            _Sample(_cell(CellState.BELOW_MINIMUM, 1), "", tr("低于最低")),
            _Sample(_cell(CellState.NOT_STAFFED, 0), "", tr("不设岗")),
            _Sample(_cell(CellState.OK, 2, past=True), "", tr("已执行")),
            _Sample(None, "lock", tr("锁定|图例")),
            _Sample(None, HINT, tr("提示|图例")),
            _Sample(None, "", tr("小组色条（1 格 = 1 人，可拖动）")),
        ]

    @staticmethod
    def _keys() -> list[tuple[str, str]]:
        return [
            ("←↑→↓", tr("移动|键")),
            ("Enter", tr("补位|键")),
            ("L", tr("锁定|键")),
            ("Del", tr("移除|键")),
            ("F8", tr("下一缺口|键")),
        ]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("line"))
        x = theme.px(12)
        for sample in self._samples():
            width = self._width(sample)
            if x + width > self.width() - theme.px(8):
                break
            self._paint_sample(painter, x, sample)
            x += width + theme.px(12)
        self._paint_keys(painter, x)
        painter.end()

    def _mark_width(self, sample: _Sample) -> int:
        return self._theme.px(22 if sample.cell is not None else 14 if sample.icon else 8)

    def _width(self, sample: _Sample) -> int:
        metrics = QFontMetrics(self._theme.font("secondary"))
        return self._mark_width(sample) + self._theme.px(5) + metrics.horizontalAdvance(sample.text)

    def _paint_sample(self, painter: QPainter, x: int, sample: _Sample) -> None:
        theme = self._theme
        width = self._mark_width(sample)
        if sample.cell is not None:
            box = QRect(x, (self.height() - theme.px(14)) // 2, width, theme.px(14))
            self._pictures.swatch(painter, box, sample.cell)
        elif sample.icon == HINT:
            hint_mark(painter, theme, x + theme.px(4), self.height() // 2, theme.color("accentText"))
        elif sample.icon:
            painter.drawPixmap(x, (self.height() - width) // 2, theme.pixmap(sample.icon, "text2", 14))
        else:
            painter.fillRect(x, self.height() // 2 - 1, theme.px(6), theme.px(3), theme.color("sq4"))
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text3"))
        text = QRect(x + width + theme.px(5), 0, self.width(), self.height())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, sample.text)

    def _paint_keys(self, painter: QPainter, left: int) -> None:
        theme = self._theme
        metrics, micro = QFontMetrics(theme.font("secondary")), theme.font("micro")
        shown: list[tuple[str, str, int, int]] = []
        room = self.width() - theme.px(12) - left
        for keys, text in self._keys():
            cap, words = key_cap_size(micro, keys).width(), metrics.horizontalAdvance(text)
            room -= cap + words + theme.px(17)
            if room < 0:
                break
            shown.append((keys, text, cap, words))
        x = self.width() - theme.px(12) - sum(cap + words + theme.px(17) for _, _, cap, words in shown) + theme.px(12)
        for keys, text, cap, words in shown:
            height = key_cap_size(micro, keys).height()
            box = QRect(x, (self.height() - height) // 2, cap, height)
            key_cap(painter, micro, box, keys, theme.color("text3"))
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color("text3"))
            beside = QRect(box.right() + theme.px(5), 0, words + 2, self.height())
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, text)
            x += cap + words + theme.px(17)
