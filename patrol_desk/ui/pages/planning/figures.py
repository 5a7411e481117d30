"""The live figures of a run: large, each with a line below that says what it means."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.numbers import percent
from patrol_desk.ui.pages.planning.session import Session
from patrol_desk.ui.pages.planning.texts import clock, signed
from patrol_desk.ui.widgets.kpi import Kpi, KpiStrip

if TYPE_CHECKING:
    from patrol_desk.services.planning.live import RunStart
    from patrol_desk.services.planning.live_points import LivePoint


class FigureStrip(KpiStrip):
    """Figures in three lines: what it is, how much, what that means."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.px(72 if self._theme.compact else 86))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, figures = self._theme, self.figures()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))
        for place, figure in enumerate(figures):
            left = self.width() * place // len(figures)
            right = self.width() * (place + 1) // len(figures)
            if place:
                painter.fillRect(left, 0, 1, self.height(), theme.color("line"))
            self._paint_lines(painter, QRect(left, 0, right - left, self.height() - 1), figure)
        painter.end()

    def _paint_lines(self, painter: QPainter, rect: QRect, figure: Kpi) -> None:
        theme, px = self._theme, self._theme.px
        room = rect.adjusted(px(16), px(7), -px(6), -px(7))
        small, big = theme.font("secondary"), theme.font(self._role)
        metrics, large = QFontMetrics(small), QFontMetrics(big)
        elide, middle = Qt.TextElideMode.ElideRight, Qt.AlignmentFlag.AlignVCenter
        painter.setFont(small)
        painter.setPen(theme.color("text2"))
        line = metrics.height()
        top = QRect(room.x(), room.y(), room.width(), line)
        painter.drawText(top, middle, metrics.elidedText(figure.title, elide, room.width()))
        bottom = QRect(room.x(), room.bottom() - line + 1, room.width(), line)
        painter.drawText(bottom, middle, metrics.elidedText(figure.note, elide, room.width()))
        base = (top.bottom() + bottom.top() + large.ascent() - large.descent()) // 2 + 1
        painter.setFont(big)
        painter.setPen(theme.color(figure.tone))
        painter.drawText(room.x(), base, figure.value)
        painter.setFont(small)
        painter.setPen(theme.color("text3"))
        painter.drawText(room.x() + large.horizontalAdvance(figure.value) + px(3), base, figure.unit)


def figures_of(session: Session, start: "RunStart | None") -> tuple[Kpi, ...]:
    """Return the figures of the moment; without a run those of the draft.

    Parameters
    ----------
    session
        The desk's run.
    start
        The week shown, None until it is read.
    """
    point = session.point
    return (
        _coverage(point, start),
        _bound(point),
        _room(point),
        _short(point, start),
        _time(session, point),
    )


def _coverage(point: "LivePoint | None", start: "RunStart | None") -> Kpi:
    draft = start.draft if start is not None else None
    title = tr("覆盖率（当前最好）")
    if point is None or point.coverage is None:
        note = tr("还没有草稿") if draft is None else tr("现在的草稿")
        return Kpi(title, percent(draft.coverage if draft else None), "%" if draft else "", note)
    note = tr("还没有草稿可比")
    if draft is not None:
        # Of the figures as they are shown: the note beside them must not disagree.
        gain = round(float(percent(point.coverage)) - float(percent(draft.coverage)), 1)
        note = tr("比草稿 {change}", change=signed(gain, 1)) if gain else tr("与草稿相同")
    return Kpi(title, percent(point.coverage), "%", note, "accentText")


def _bound(point: "LivePoint | None") -> Kpi:
    title = tr("已证明上界")
    if point is None or point.missing_bound == 0:
        return Kpi(title, percent(1.0), "%", tr("还没有证明更低的上界"))
    return Kpi(title, percent(point.bound), "%", tr("任何排法都不会更高"))


def _room(point: "LivePoint | None") -> Kpi:
    title = tr("还能提高至多")
    if point is None or point.coverage is None:
        return Kpi(title, "–")
    if point.proven:
        return Kpi(title, "0", "%", tr("已证明不可能更高"), "green")
    left = point.missing - point.missing_bound
    return Kpi(title, f"{(point.bound - point.coverage) * 100:.1f}", "%", tr("约 {count} 人次", count=left))


def _short(point: "LivePoint | None", start: "RunStart | None") -> Kpi:
    title = tr("最低保障缺口")
    draft = start.draft if start is not None else None
    if point is None or point.short < 0:
        if draft is None:
            return Kpi(title, "–")
        return Kpi(title, str(draft.short), "", tr("现在的草稿"), "red" if draft.short else "green")
    note = "" if draft is None else tr("草稿为 {count}", count=draft.short)
    if point.short and point.short_proven:
        note = tr("已证明不可能更少")
    return Kpi(title, str(point.short), "", note, "red" if point.short else "green")


def _time(session: Session, point: "LivePoint | None") -> Kpi:
    limit = session.options.time_limit if session.options is not None else None
    unit = "" if limit is None else f"/ {clock(limit)}"
    note = ""
    if point is not None and session.busy and point.coverage is not None:
        note = tr("距上次改进 {count} s", count=max(0, int(session.seconds - point.improved_at)))
    elif point is not None and not session.busy:
        note = tr("试了 {moves} 步", moves=f"{point.moves:,}")
    return Kpi(tr("用时"), clock(session.seconds), unit, note)
