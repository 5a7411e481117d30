"""The legend: each sign of the map with its word, as the mode in force uses them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.services.planning.board import CellState
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.map import marks
from patrol_desk.ui.pages.map.picture import FAR, Mode
from patrol_desk.ui.pages.map.words import length_text, state_text
from patrol_desk.ui.theme import Theme

ROW = 27
SIGN = 26

Entry = tuple[str, Callable[[QPainter, QPointF], None]]
"""A word, and what paints its sign."""


class Legend(QWidget):
    """Signs and words in two columns.

    Parameters
    ----------
    theme
        Gives the look.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._mode: Mode = "coverage"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setObjectName("map_legend")
        theme.changed.connect(self._restyle)
        self.retranslate()

    def show_mode(self, mode: Mode) -> None:
        """Show the signs of a mode."""
        self._mode = mode
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self.setAccessibleName(", ".join(word for word, _ in self.entries()))
        self._restyle()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def entries(self) -> list[Entry]:
        """Return words and what paints their sign."""
        return entries(self._theme, self._mode)

    def _columns(self) -> int:
        """Return two columns where the words have room beside each other, else one."""
        metrics = QFontMetrics(self._theme.font("secondary"))
        widest = max(metrics.horizontalAdvance(word) for word, _ in self.entries())
        return 2 if self.width() // 2 >= widest + self._theme.px(SIGN + 6) else 1

    @override
    def sizeHint(self) -> QSize:
        rows = -(-len(self.entries()) // self._columns())
        return QSize(220, rows * self._theme.px(ROW))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_entries(painter, self._theme, self.entries(), (0, 0), (self.width(), self._columns()))
        painter.end()


def entries(theme: Theme, mode: Mode) -> list[Entry]:
    """Return words and what paints their sign, as a mode uses them."""

    def state(kind: CellState) -> Entry:
        return state_text(kind), lambda painter, at: marks.paint_mark(painter, theme, at, kind)

    def far(step: int) -> Entry:
        return far_text(step), lambda painter, at: marks.paint_far(painter, theme, at, step)

    def base(painter: QPainter, at: QPointF) -> None:
        side = theme.px(19)
        marks.paint_base(painter, theme, QRectF(at.x() - side / 2, at.y() - side / 2, side, side), 1)

    posts = [far(step) for step in range(len(FAR) + 1)] if mode == "distance" else [state(kind) for kind in CellState]
    return [
        *posts,
        (tr("召集点"), lambda painter, at: marks.paint_muster(painter, theme, at, "A1")),
        (tr("先莞队驻点"), base),
    ]


def paint_entries(
    painter: QPainter, theme: Theme, listed: Sequence[Entry], corner: tuple[int, int], space: tuple[int, int]
) -> None:
    """Paint signs and words from a corner on, in a width and so many columns: here, in a picture or on paper."""
    px, (width, columns) = theme.px, space
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, (word, sign) in enumerate(listed):
        x = corner[0] + number % columns * (width // columns)
        y = corner[1] + number // columns * px(ROW)
        sign(painter, QPointF(x + px(SIGN) / 2 - px(4), y + px(ROW) / 2))
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text"))
        room = QRectF(x + px(SIGN), y, width // columns - px(SIGN), px(ROW))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, word)


def far_text(step: int) -> str:
    """Return a step of distance in words."""
    if step == len(FAR):
        return tr("超过 {far}", far=length_text(FAR[-1]))
    return tr("{far} 以内", far=length_text(FAR[step]))
