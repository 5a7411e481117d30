"""The list of changes: what would be added, replaced or removed, each with a tick."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.itemmodels.rows import Column, tick_column
from patrol_desk.ui.pages.planning.texts import seat_text
from patrol_desk.ui.theme import Theme

if TYPE_CHECKING:
    from patrol_desk.services.planning.live_compare import PlanChange

_ICONS: Final = {"added": "plus", "replaced": "arrow-left-right", "removed": "minus"}
_TONES: Final = {"added": "green", "replaced": "amber", "removed": "text2"}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change in the list."""

    id: str
    change: "PlanChange"


def change_columns(theme: Theme) -> tuple[Column[ChangeRow], ...]:
    """Return the columns of the list."""

    def icon(row: ChangeRow) -> str:
        return _ICONS[row.change.kind]

    def tone(row: ChangeRow) -> str:
        return _TONES[row.change.kind]

    paint = partial(_paint_change, theme)
    return (
        tick_column(),
        Column("kind", lambda: tr("改动|plan"), 66, _kind_text, icon=icon, tone=tone, role="secondary"),
        Column(
            "what",
            lambda: tr("点位和人"),
            200,
            _change_text,
            stretch=True,
            tip=_change_tip,
            paint=paint,
        ),
    )


def _paint_change(theme: Theme, painter: QPainter, room: QRect, row: ChangeRow) -> None:
    """Paint who at the right, as wide as it is, and where in what is left."""
    small, body = theme.font("secondary"), theme.font("body")
    who = QFontMetrics(small).elidedText(_people_text(row), Qt.TextElideMode.ElideMiddle, round(room.width() * 0.55))
    painter.setFont(small)
    painter.setPen(theme.color("text2"))
    painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, who)
    left = room.width() - QFontMetrics(small).horizontalAdvance(who) - theme.px(8)
    where = QFontMetrics(body).elidedText(seat_text(row.change.seat), Qt.TextElideMode.ElideRight, left)
    painter.setFont(body)
    painter.setPen(theme.color("text"))
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, where)


def matches(row: ChangeRow, text: str, kind: str) -> bool:
    """Say whether a change is of a kind (all, when empty) and about what is sought: place, shift or person."""
    return (not kind or row.change.kind == kind) and text.casefold() in _change_text(row).casefold()


def _change_text(row: ChangeRow) -> str:
    return f"{seat_text(row.change.seat)} {_people_text(row)}"


def _kind_text(row: ChangeRow) -> str:
    return {"added": tr("新增|change"), "replaced": tr("换人|change"), "removed": tr("移除|change")}[row.change.kind]


def _people_text(row: ChangeRow) -> str:
    change = row.change
    return f"{change.before} → {change.person}" if change.before else change.person


def _change_tip(row: ChangeRow) -> str:
    return f"{_kind_text(row)} {_change_text(row)}"
