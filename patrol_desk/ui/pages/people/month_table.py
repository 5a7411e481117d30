"""Hours by month and class, painted: one widget for a small table."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from patrol_desk.services.people import MonthHours
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.people.words import hours_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painted import PaintedBlock

_ROW: Final = 26
_LEFT: Final = 66
"""Width of the months."""


class MonthTable(PaintedBlock):
    """A row per month: hours by class, their sum, how many duties.

    Parameters
    ----------
    theme
        Gives colours and fonts.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "person_months", parent)
        self._months: Sequence[MonthHours] = ()

    def show_months(self, months: Sequence[MonthHours]) -> None:
        """Show these months."""
        self._months = months
        heads = self._heads()
        told = [
            ", ".join(f"{head} {cell}" for head, cell in zip(heads, row, strict=True) if cell) for row in self._cells()
        ]
        self.setAccessibleName(tr("按月时数"))
        self.setAccessibleDescription("\n".join(told))
        self._restyle()

    @override
    def sizeHint(self) -> QSize:
        rows = len(self._months) + 1 if self._months else 0
        return QSize(self._theme.px(300), rows * self._theme.px(_ROW))

    def _heads(self) -> tuple[str, ...]:
        return (
            tr("月份"), tr("平日"), tr("夜班|时数"), tr("周末"), tr("节假日|时数"), tr("合计|时数"), tr("次数"),
        )  # fmt: skip

    def _cells(self) -> Iterator[tuple[str, ...]]:
        for month in self._months:
            classes = (hours_text(minutes) if minutes else "" for minutes in month.minutes)
            yield f"{month.first:%Y-%m}", *classes, hours_text(month.total), str(month.duties)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._months:
            return
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), px(_ROW), theme.color("sunken"))
        painter.setFont(theme.font("secondary", bold=True))
        painter.setPen(theme.color("text2"))
        self._paint_row(painter, 0, self._heads())
        for place, cells in enumerate(self._cells(), start=1):
            painter.fillRect(0, (place + 1) * px(_ROW) - 1, self.width(), 1, theme.color("line"))
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color("text"))
            self._paint_row(painter, place, [cell or "–" for cell in cells])
        painter.end()

    def _paint_row(self, painter: QPainter, place: int, cells: Sequence[str]) -> None:
        px = self._theme.px
        top, left = place * px(_ROW), px(_LEFT)
        room = (self.width() - left - px(6)) / (len(cells) - 1)
        painter.drawText(
            QRect(px(4), top, left, px(_ROW)), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cells[0]
        )
        for at, cell in enumerate(cells[1:]):
            area = QRect(left + round(at * room), top, round(room), px(_ROW))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, cell)


def planned_text(months: Sequence[MonthHours]) -> str:
    """Return how much is planned without attendance, and how often somebody missed; empty for neither."""
    planned, missed = sum(month.planned for month in months), sum(month.missed for month in months)
    parts = []
    if planned:
        parts.append(tr("另有 {hours} 小时已发布、还没有考勤", hours=hours_text(planned)))
    if missed:
        parts.append(tr("缺勤或被替 {count} 次", count=missed))
    return " · ".join(parts)
