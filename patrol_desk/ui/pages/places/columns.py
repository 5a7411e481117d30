"""The columns of the two lists, as data."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter

from patrol_desk.models import CheckpointStatus
from patrol_desk.services.places.listing import natural
from patrol_desk.services.places.muster_rows import MusterRow, Stock
from patrol_desk.services.places.rows import Near, PlaceRow
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.itemmodels.rows import Column
from patrol_desk.ui.pages.places.marks import KIND_BOX, paint_code, paint_kind, paint_status, paint_tier, status_colour
from patrol_desk.ui.pages.places.words import distance_text, kind_text, status_text, tier_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import left_middle


def place_columns(theme: Theme) -> Sequence[Column[PlaceRow]]:
    """Return the columns of the list of checkpoints."""
    return (
        Column("code", lambda: tr("编号"), 54, lambda row: row.code, lambda row: natural(row.code), role="secondary"),
        Column(
            "name", lambda: tr("点位|head"), 130, lambda row: row.name, lambda row: row.name, tone=_faded, stretch=True
        ),
        Column("community", lambda: tr("社区"), 78, lambda row: row.community, lambda row: row.community),
        Column(
            "kind", lambda: tr("类别"), 102, lambda row: kind_text(row.kind), lambda row: row.kind.value,
            paint=partial(_paint_kind, theme),
        ),
        Column(
            "tier", lambda: tr("重要程度"), 72, lambda row: tier_text(row.tier), lambda row: row.tier,
            paint=partial(_paint_tier, theme),
        ),
        Column(
            "demand", lambda: tr("周需求"), 72, demand_text, lambda row: (row.minimum, row.desired), align="right",
            paint=partial(_paint_demand, theme), tip=lambda _row: tr("周需求 = 最低 / 期望人次"),
        ),
        Column(
            "status", lambda: tr("状态"), 74, lambda row: status_text(row.status), lambda row: row.status.value,
            paint=partial(_paint_status, theme), tip=_coming_text,
        ),
    )  # fmt: skip


def muster_columns(theme: Theme) -> Sequence[Column[MusterRow]]:
    """Return the columns of the list of muster points."""
    return (
        Column(
            "code", lambda: tr("编号"), 54, lambda row: row.code, lambda row: natural(row.code),
            paint=partial(_paint_muster, theme),
        ),
        Column("name", lambda: tr("召集点|head"), 140, lambda row: row.name, lambda row: row.name, stretch=True),
        Column("community", lambda: tr("社区"), 86, lambda row: row.community, lambda row: row.community),
        Column("teams", lambda: tr("先莞队"), 110, lambda row: tr("、|joint").join(row.teams), lambda row: row.teams),
        Column(
            "kinds", lambda: tr("装备种类"), 70, lambda row: str(row.kinds), lambda row: row.kinds, align="right",
        ),
        Column("pieces", lambda: tr("总件数"), 66, lambda row: str(row.pieces), lambda row: row.pieces, align="right"),
        Column(
            "state", lambda: tr("装备"), 92, stock_state_text, lambda row: (row.overdue, row.out),
            chip=lambda row: "amber" if row.overdue else "plain" if row.out else "",
            icon=lambda row: "clock" if row.overdue else "" if row.out else "check",
        ),
    )  # fmt: skip


def stock_columns(theme: Theme) -> Sequence[Column[Stock]]:
    """Return the columns of a muster point's stock."""
    return (
        Column("name", lambda: tr("装备"), 120, lambda row: row.name, lambda row: row.name, stretch=True),
        Column("code", lambda: tr("编号"), 92, lambda row: row.code, lambda row: row.code, role="secondary"),
        Column(
            "quantity", lambda: tr("应有"), 60, lambda row: str(row.quantity), lambda row: row.quantity,
            align="right", role="secondary",
        ),
        Column(
            "inside", lambda: tr("在库"), 60, lambda row: str(row.inside), lambda row: row.inside,
            align="right", role="strong",
        ),
        Column(
            "out", lambda: tr("借出|count"), 60, lambda row: str(row.out or "—"), lambda row: row.out, align="right",
        ),
        Column(
            "share", lambda: tr("在库占比"), 170, share_text,
            lambda row: row.inside / row.quantity if row.quantity else 0.0, paint=partial(_paint_share, theme),
        ),
    )  # fmt: skip


def near_columns() -> Sequence[Column[Near]]:
    """Return the columns of the checkpoints that a muster point serves."""
    return (
        Column("code", lambda: tr("编号"), 70, lambda row: row.code, lambda row: row.code, role="secondary"),
        Column("name", lambda: tr("点位|head"), 150, lambda row: row.name, lambda row: row.name, stretch=True),
        Column(
            "metres", lambda: tr("距离"), 80, lambda row: distance_text(row.metres), lambda row: row.metres,
            align="right",
        ),
    )  # fmt: skip


def stock_state_text(row: MusterRow) -> str:
    """Return whether a muster point's equipment is all there, lent out or overdue."""
    if row.overdue:
        return tr("逾期 {count} 件", count=row.overdue)
    return tr("借出 {count} 件", count=row.out) if row.out else tr("齐全")


def demand_text(row: PlaceRow) -> str:
    """Return a week's least and desired person-shifts; a stroke where nothing is asked for."""
    return f"{row.minimum} / {row.desired}" if row.desired else "—"


def share_text(row: Stock) -> str:
    """Return which part of the stock is there; a stroke where there should be nothing."""
    return f"{row.inside / row.quantity:.0%}" if row.quantity else "—"


def _coming_text(row: PlaceRow) -> str:
    """Return what a checkpoint is to become, and when."""
    if row.coming is None or row.coming_on is None:
        return status_text(row.status)
    return tr("{day} 起将{status}", day=row.coming_on, status=status_text(row.coming))


def _faded(row: PlaceRow) -> str:
    return "" if row.status in {CheckpointStatus.ACTIVE, CheckpointStatus.PLANNED} else "text3"


def _paint_kind(theme: Theme, painter: QPainter, room: QRect, row: PlaceRow) -> None:
    side = theme.px(KIND_BOX)
    mark = left_middle(room, QSize(side, side), room.x())
    paint_kind(painter, theme, mark, row.kind)
    _word(theme, painter, room.adjusted(side + theme.px(6), 0, 0, 0), kind_text(row.kind), "text2")


def _paint_tier(theme: Theme, painter: QPainter, room: QRect, row: PlaceRow) -> None:
    behind = paint_tier(painter, theme, room.x(), room.center().y(), row.tier)
    _word(theme, painter, room.adjusted(behind - room.x() + theme.px(6), 0, 0, 0), tier_text(row.tier), "text2")


def _paint_status(theme: Theme, painter: QPainter, room: QRect, row: PlaceRow) -> None:
    paint_status(painter, theme, QPoint(room.x() + theme.px(4), room.center().y() + 1), row.status)
    place = room.adjusted(theme.px(14), 0, 0, 0)
    if row.coming is not None:
        # What is fixed for a later day is marked; the tip says what and when.
        clock = theme.px(12)
        at = QRect(room.right() - clock, room.center().y() - clock // 2, clock, clock)
        theme.icon("clock", "amber").paint(painter, at)
        place.setRight(at.left() - 2)
    _word(theme, painter, place, status_text(row.status), status_colour(row.status))


def _paint_demand(theme: Theme, painter: QPainter, room: QRect, row: PlaceRow) -> None:
    if not row.desired:
        _word(theme, painter, room, "—", "text3", Qt.AlignmentFlag.AlignRight)
        return
    painter.setFont(theme.font("body"))
    desired = f" / {row.desired}"
    width = painter.fontMetrics().horizontalAdvance(desired)
    painter.setPen(theme.color("text"))
    side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(room, side, desired)
    painter.setPen(theme.color("text2"))
    painter.drawText(room.adjusted(0, 0, -width, 0), side, str(row.minimum))


def _paint_muster(theme: Theme, painter: QPainter, room: QRect, row: MusterRow) -> None:
    painter.setFont(theme.font("micro", bold=True))
    width = max(theme.px(22), painter.fontMetrics().horizontalAdvance(row.code) + theme.px(8))
    paint_code(painter, theme, left_middle(room, QSize(width, theme.px(20)), room.x()), row.code)


def _paint_share(theme: Theme, painter: QPainter, room: QRect, row: Stock) -> None:
    _word(theme, painter, room, share_text(row), "text2", Qt.AlignmentFlag.AlignRight)
    bar = left_middle(room, QSize(room.width() - theme.px(44), theme.px(8)), room.x())
    painter.fillRect(bar, theme.color("line"))
    if row.quantity:
        inside = round(bar.width() * row.inside / row.quantity)
        painter.fillRect(bar, theme.color("line2"))
        painter.fillRect(QRect(bar.x(), bar.y(), inside, bar.height()), theme.color("accent"))


def _word(
    theme: Theme, painter: QPainter, room: QRect, text: str, role: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:  # fmt: skip
    painter.setFont(theme.font("secondary"))
    painter.setPen(theme.color(role))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
