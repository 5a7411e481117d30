"""The shifts of the station, each with its span drawn over a day that begins at six."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from patrol_desk.services.settings.station import ShiftRow
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.catalog import shift_mark
from patrol_desk.ui.i18n.dates import clock_text
from patrol_desk.ui.itemmodels.rows import Column
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import box

DAY: Final = 1440
_FROM: Final = 6 * 60
"""Where the drawn day begins: a night is not cut in two."""


def end_text(row: ShiftRow) -> str:
    """Return when a shift ends; on the next day it says so."""
    end = row.start_minute + row.length_minutes
    return tr("次日 {time}", time=clock_text(end)) if end > DAY else clock_text(end)


def length_text(minutes: int) -> str:
    """Return a length in hours."""
    return f"{minutes / 60:g} h"


def use_text(row: ShiftRow) -> str:
    """Return how many checkpoints ask for the shift."""
    return tr("{count} 点位", count=row.places) if row.places else tr("没有点位用")


def shift_columns(theme: Theme) -> tuple[Column[ShiftRow], ...]:
    """Return the columns of the table."""
    return (
        Column("mark", lambda: tr("简称|of a shift"), 60, lambda row: shift_mark(row.mark), paint=_mark_painter(theme)),
        Column("name", lambda: tr("名称"), 110, lambda row: row.name, lambda row: row.name, role="strong"),
        Column("start", lambda: tr("开始"), 70, lambda row: clock_text(row.start_minute), lambda row: row.start_minute),
        Column(
            "length", lambda: tr("时长"), 70, lambda row: length_text(row.length_minutes),
            lambda row: row.length_minutes,
        ),
        Column("end", lambda: tr("结束"), 110, end_text, lambda row: row.start_minute + row.length_minutes),
        Column(
            "span", lambda: tr("06 时起的一天"), 220, lambda row: f"{clock_text(row.start_minute)}–{end_text(row)}",
            paint=_span_painter(theme), stretch=True,
        ),
        Column("use", lambda: tr("使用"), 100, use_text, lambda row: row.places, align="right"),
    )  # fmt: skip


def _mark_painter(theme: Theme) -> Callable[[QPainter, QRect, ShiftRow], None]:
    """Return what paints the mark in its box; a night's is filled."""

    def paint(painter: QPainter, room: QRect, row: ShiftRow) -> None:
        text = shift_mark(row.mark)
        painter.setFont(theme.font("secondary"))
        wide = max(theme.px(20), painter.fontMetrics().horizontalAdvance(text) + theme.px(8))
        rect = QRect(room.x(), room.y() + (room.height() - theme.px(19)) // 2, wide, theme.px(19))
        fill = theme.color("text") if row.night else None
        box(painter, rect, fill, theme.color("text2"), 3)
        painter.setPen(theme.color("surface" if row.night else "text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    return paint


def _span_painter(theme: Theme) -> Callable[[QPainter, QRect, ShiftRow], None]:
    """Return what paints the span; a line marks midnight."""

    def paint(painter: QPainter, room: QRect, row: ShiftRow) -> None:
        bar = QRect(room.x(), room.y() + (room.height() - theme.px(14)) // 2, room.width(), theme.px(14))
        box(painter, bar, theme.color("sunken"), theme.color("line"), 2)
        begin = (row.start_minute - _FROM) % DAY
        for low, high in ((begin, min(begin + row.length_minutes, DAY)), (0, begin + row.length_minutes - DAY)):
            if high > low:
                left = bar.x() + low * bar.width() // DAY
                right = bar.x() + high * bar.width() // DAY
                role = "text" if row.night else "accent"
                painter.fillRect(left, bar.y(), right - left, bar.height(), theme.color(role))
        midnight = bar.x() + (DAY - _FROM) * bar.width() // DAY
        painter.fillRect(midnight, bar.y() - 2, 1, bar.height() + 4, theme.color("text3"))

    return paint
