"""A row of figures: what it is, how much, and what that means."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure.

    Parameters
    ----------
    title
        What it is.
    value
        The figure, as written.
    unit
        Small, right behind it.
    note
        What it means or how it changed.
    tone
        Token of the value's colour: text, red, amber or green.
    tip
        Tool tip.
    """

    title: str
    value: str
    unit: str = ""
    note: str = ""
    tone: str = "text"
    tip: str = ""

    def __post_init__(self) -> None:
        """Set thousands apart."""
        if self.value.isdecimal():
            object.__setattr__(self, "value", f"{int(self.value):,}")


class KpiStrip(QWidget):
    """Figures side by side in equal parts, divided by thin lines.

    Parameters
    ----------
    theme
        Gives colours and fonts.
    role
        Type role of the values: ``kpi`` or ``metric``.
    """

    def __init__(self, theme: Theme, role: str = "kpi", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._figures: tuple[Kpi, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    @override
    def show(self, figures: Sequence[Kpi] | None = None) -> None:
        """Show these figures; without any, the widget as Qt does."""
        if figures is None:
            super().show()
        else:
            self._take(figures)

    def _take(self, figures: Sequence[Kpi]) -> None:
        self._figures = tuple(figures)
        spoken = [f"{figure.title} {figure.value}{figure.unit} {figure.note}".strip() for figure in figures]
        self.setAccessibleName("; ".join(spoken))
        self.setToolTip("\n".join(figure.tip for figure in figures if figure.tip))
        self.update()

    def figures(self) -> tuple[Kpi, ...]:
        """Return what is shown."""
        return self._figures

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(
            self._theme.px(120) * max(1, len(self._figures)), self._theme.px(48 if self._theme.compact else 56)
        )

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.color("line"))
        for place, figure in enumerate(self._figures):
            left = self.width() * place // len(self._figures)
            right = self.width() * (place + 1) // len(self._figures)
            if place:
                painter.fillRect(left, 0, 1, self.height(), self._theme.color("line"))
            self._paint_figure(painter, QRect(left, 0, right - left, self.height() - 1), figure)
        painter.end()

    def _paint_figure(self, painter: QPainter, rect: QRect, figure: Kpi) -> None:
        theme, px = self._theme, self._theme.px
        room = rect.adjusted(px(16), px(5), -px(8), -px(4))
        small, big = theme.font("secondary"), theme.font(self._role)
        metrics, large = QFontMetrics(small), QFontMetrics(big)
        title = QRect(room.x(), room.y(), room.width(), metrics.height())
        painter.setFont(small)
        painter.setPen(theme.color("text2"))
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(figure.title, elide, title.width()))
        base = room.bottom() - large.descent() + px(2)
        painter.setFont(big)
        painter.setPen(theme.color(figure.tone))
        x = room.x()
        painter.drawText(x, base, figure.value)
        x += large.horizontalAdvance(figure.value) + px(2)
        painter.setFont(small)
        painter.setPen(theme.color("text3"))
        if figure.unit:
            painter.drawText(x, base, figure.unit)
            x += metrics.horizontalAdvance(figure.unit) + px(2)
        x += px(6)
        painter.setPen(theme.color("text2"))
        painter.drawText(x, base, metrics.elidedText(figure.note, elide, max(0, room.right() - x)))
