"""How the cells and names of people look."""

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from typing_extensions import override

from patrol_desk.services.planning.board.persons import PersonCell, PersonWeek, two_characters
from patrol_desk.services.planning.board.queues import queue
from patrol_desk.services.planning.load_class import NIGHT
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.roster.grid.line_model import Line, LineLook
from patrol_desk.ui.pages.roster.grid.painting import hint_mark, hint_width
from patrol_desk.ui.pages.roster.grid.strip import fold_mark
from patrol_desk.ui.pages.roster.inspector.drawing import squares, text, tick
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import box

_CENTRE = Qt.AlignmentFlag.AlignCenter
_MIDDLE_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class PersonKey:
    """A person's cell: two characters of the place, which sides a tail leaves by, and the column of the keys."""

    cell: PersonCell
    place: str
    left: bool
    right: bool
    here: bool


@dataclass(frozen=True, slots=True)
class TotalKey:
    """How many of a squad are on duty."""

    heads: int
    past: bool


def duty_box(
    painter: QPainter, theme: Theme, rect: QRect, words: str, *, night: bool, past: bool, broken: bool,
    hinted: bool = False,
) -> None:  # fmt: skip
    """Paint the box of a duty; a night is inverse, a broken rule dashed red, smaller words make room for a hint."""
    fill, border, ink = theme.color("accentSoft"), theme.color("accentLine"), theme.color("text")
    if night:
        fill, border, ink = theme.color("text"), theme.color("text"), theme.color("surface")
    if past:
        fill = theme.color("text3") if night else theme.color("sunken")
        border, ink = theme.color("line2"), theme.color("surface" if night else "text3")
    if broken:
        fill, border, ink = theme.color("redSoft"), theme.color("red"), theme.color("red")
    box(painter, rect, fill, border, 2)
    if broken:
        pen = QPen(theme.color("red"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
    room = rect
    if hinted:
        plain = not night and not past and not broken
        hint_mark(
            painter,
            theme,
            rect.left() + theme.px(2),
            rect.center().y() + 1,
            theme.color("accentText") if plain else ink,
        )
        room = rect.adjusted(hint_width(theme) + 1, 0, 0, 0)
    painter.setFont(theme.font("micro" if hinted else "secondary"))
    painter.setPen(ink)
    painter.drawText(room, _CENTRE, words)


def hatch(painter: QPainter, theme: Theme, rect: QRect) -> None:
    """Paint the hatch of a shift that is closed to somebody."""
    painter.save()
    painter.setClipRect(rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("hatch"), 1))
    for x in range(rect.left() - rect.height(), rect.right() + 1, 6):
        painter.drawLine(x, rect.bottom() + 1, x + rect.height() + 1, rect.top())
    painter.restore()


def dot(painter: QPainter, theme: Theme, centre: QPoint, colour: QColor) -> None:
    """Paint the dot of a shift somebody prefers."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    radius = theme.px(2)
    painter.drawEllipse(centre, radius, radius)
    painter.restore()


class PersonLook(LineLook):
    """Paints people's weeks; the cells of a line are computed when the line comes into view."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.week: PersonWeek | None = None
        self.folded: set[int] = set()
        self._cells: dict[int, tuple[PersonCell, ...]] = {}

    def take(self, week: PersonWeek) -> None:
        """Show another week."""
        self.week = week
        self._cells.clear()

    def cells(self, person: int) -> tuple[PersonCell, ...]:
        """Return somebody's week, computed once."""
        found = self._cells.get(person)
        if found is None:
            assert self.week is not None
            if len(self._cells) > 400:
                self._cells.clear()
            found = self._cells[person] = self.week.cells(person)
        return found

    @override
    def key(self, line: Line, shift: int, *, here: bool) -> Hashable:
        week = self.week
        assert week is not None
        if line.kind == "squad":
            total = week.squads.cell(week.squads.rows[line.group], shift)
            return TotalKey(total.duty, total.past)
        cells = self.cells(line.index)
        cell = cells[shift]
        row = None if cell.row < 0 else week.board.rows[cell.row]
        return PersonKey(
            cell,
            "" if row is None else two_characters(row.short_name or row.name, row.community),
            left=shift > 0 and cells[shift - 1].closed and not cell.closed and row is not None,
            right=shift + 1 < len(cells) and cells[shift + 1].closed and not cell.closed and row is not None,
            here=here and cell.closed,
        )

    @override
    def grip(self, line: Line, shift: int, rect: QRect, point: QPoint) -> bool:
        return line.kind == "person" and self.cells(line.index)[shift].row >= 0

    @override
    def paint(self, painter: QPainter, rect: QRect, key: Hashable) -> None:
        theme = self.theme
        if isinstance(key, TotalKey):
            painter.fillRect(rect, theme.color("sunken"))
            if key.heads:
                painter.setFont(theme.font("secondary"))
                painter.setPen(theme.color("text3" if key.past else "text2"))
                painter.drawText(rect, _CENTRE, f"{key.heads}")
        elif isinstance(key, PersonKey):
            self._person(painter, rect, key)

    def _person(self, painter: QPainter, rect: QRect, key: PersonKey) -> None:
        theme, px, cell = self.theme, self.theme.px, key.cell
        painter.fillRect(rect, theme.color("past" if cell.past else "surface"))
        if cell.wish in {"never", "leave"}:
            hatch(painter, theme, rect)
        self._tail(painter, rect, key)
        if cell.row >= 0:
            inner = rect.adjusted(px(1), px(2), -px(1), -px(2))
            words = key.place if not cell.more else f"{key.place[:1]}+{cell.more}"
            duty_box(painter, theme, inner, words, night=cell.night, past=cell.past, broken=cell.broken,
                     hinted=cell.hinted)  # fmt: skip
            if cell.locked:
                picture = theme.pixmap("lock", "surface" if cell.night else "text2", 8)
                painter.drawPixmap(inner.right() - px(8), inner.top(), picture)
            if cell.changed:
                dot(painter, theme, inner.bottomRight() - QPoint(px(2), px(2)), theme.color("accentText"))
        elif cell.wish == "prefer" and not cell.closed:
            dot(painter, theme, rect.center(), theme.color("accentLine"))
        elif cell.wish == "avoid" and not cell.closed:
            painter.fillRect(rect.center().x() - px(3), rect.center().y(), px(6), 1, theme.color("text3"))
        elif cell.wish in {"never", "leave"} and not cell.closed:
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color("text3" if cell.wish == "leave" else "line2"))
            painter.drawText(rect, _CENTRE, tr("假|请假一字") if cell.wish == "leave" else "×")

    def _tail(self, painter: QPainter, rect: QRect, key: PersonKey) -> None:
        theme, middle = self.theme, rect.center().y()
        thick = max(2, self.theme.px(2))
        if key.cell.closed:
            refused = key.here and not key.cell.past
            painter.fillRect(rect.left(), middle, rect.width() + 1, thick, theme.color("red" if refused else "line2"))
            if refused:
                edge = rect.right() - self.theme.px(3)
                painter.fillRect(edge, middle - self.theme.px(4), thick, self.theme.px(10), theme.color("red"))
        if key.left:
            painter.fillRect(rect.left(), middle, rect.width() // 2, thick, theme.color("line2"))
        if key.right:
            half = rect.width() // 2
            painter.fillRect(rect.left() + half, middle, rect.width() - half + 1, thick, theme.color("line2"))

    @override
    def paint_name(self, painter: QPainter, rect: QRect, line: Line, *, chosen: bool) -> None:
        theme, week, px = self.theme, self.week, self.theme.px
        assert week is not None
        ink = "accentText" if chosen else "text"
        if line.kind == "squad":
            squad = week.squads.rows[line.group]
            painter.fillRect(rect, theme.color("accentSoft" if chosen else "sunken"))
            left = fold_mark(painter, theme, rect, folded=line.group in self.folded)
            left = tick(painter, theme, left, rect.center().y(), squad.colour)
            room = QRect(left, rect.top(), rect.right() - px(40) - left, rect.height())
            end = text(painter, theme, room, squad.name or tr("未编组"), role="body", colour=ink, bold=True)
            after = QRect(end + px(6), rect.top(), px(60), rect.height())
            text(painter, theme, after, f"{squad.people}", role="secondary", colour="text3")
            return
        painter.fillRect(rect, theme.color("accentSoft" if chosen else "surface"))
        row = week.row(line.index)
        load = f"{row.duties}/{row.cap}"
        metrics = QFontMetrics(theme.font("secondary"))
        right = rect.right() - px(9)
        if not theme.compact:
            right = self._queue(painter, QRect(right - px(52), rect.top(), px(52), rect.height()), line.index)
        full = 1 < row.cap <= row.duties
        painter.setFont(theme.font("secondary", bold=full))
        painter.setPen(theme.color("red" if full else "text2"))
        painter.drawText(QRect(right - px(40), rect.top(), px(40), rect.height()), _MIDDLE_RIGHT, load)
        left = squares(
            painter, theme, right - metrics.horizontalAdvance(load) - px(6), rect.center().y(), row.duties, row.cap
        )
        room = QRect(rect.left() + px(26), rect.top(), left - px(6) - rect.left() - px(26), rect.height())
        end = text(painter, theme, room, row.name, role="body", colour=ink, bold=chosen)
        role = {"leader": tr("组长"), "deputy": tr("副|副组长")}.get(row.role, "")
        room.setLeft(end + px(5))
        if role and room.width() > metrics.horizontalAdvance(role):
            text(painter, theme, room, role, role="secondary", colour="text2")

    def _queue(self, painter: QPainter, rect: QRect, person: int) -> int:
        """Paint somebody's place in the queue for nights; return what room is left."""
        theme, week = self.theme, self.week
        assert week is not None
        place = queue(week, person, NIGHT)
        first = place.rank == 1 and place.days is not None
        painter.setFont(theme.font("secondary", bold=first))
        painter.setPen(theme.color("accentText" if first else "text3" if place.days is None else "text2"))
        half = theme.px(16)
        painter.drawText(QRect(rect.left(), rect.top(), half, rect.height()), _MIDDLE_RIGHT, f"{place.rank}")
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text3"))
        days = "–" if place.days is None else tr("{days} 天|队列", days=place.days)
        painter.drawText(rect.adjusted(half, 0, 0, 0), _MIDDLE_RIGHT, days)
        return rect.left() - theme.px(6)
