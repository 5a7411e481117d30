"""How the cells and names of the squads look."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygon
from typing_extensions import override

from patrol_desk.services.planning.board import Cell
from patrol_desk.services.planning.board.squads import SquadCell, SquadWeek
from patrol_desk.services.planning.told import SquadStanding
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.roster.grid.line_model import Line, LineLook
from patrol_desk.ui.pages.roster.grid.painting import CellPainter, hint_mark, hint_width, pip_near
from patrol_desk.ui.pages.roster.grid.strip import fold_mark
from patrol_desk.ui.pages.roster.inspector.drawing import text, tick
from patrol_desk.ui.theme import Theme

_CENTRE = Qt.AlignmentFlag.AlignCenter
_MIDDLE_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class SquadKey:
    """A squad's cell and its colour."""

    cell: SquadCell
    colour: int


@dataclass(frozen=True, slots=True)
class HelpKey:
    """How many of a squad help at another community's checkpoint."""

    heads: int
    past: bool


def mixed_mark(painter: QPainter, theme: Theme, rect: QRect) -> None:
    """Paint the half-filled square of a mixed patrol."""
    painter.setPen(QPen(theme.color("text2"), 1))
    painter.setBrush(theme.color("surface"))
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("text2"))
    corner = rect.topLeft()
    painter.drawPolygon(QPolygon([corner, corner + QPoint(rect.width(), 0), corner + QPoint(0, rect.height())]))


def use_bar(painter: QPainter, theme: Theme, rect: QRect, cell: SquadCell, colour: QColor) -> None:
    """Paint how many of the available are on duty."""
    painter.fillRect(rect, theme.color("line"))
    most = max(cell.available, cell.duty)
    if most and cell.duty:
        painter.fillRect(QRect(rect.topLeft(), rect.bottomRight()).adjusted(
            0, 0, round(rect.width() * cell.duty / most) - rect.width(), 0), colour)  # fmt: skip


class SquadLook(LineLook):
    """Paints squads by number and use bar, their checkpoints as the grid of checkpoints does."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.week: SquadWeek | None = None
        self.folded: set[int] = set()
        self.pictures = CellPainter(theme)
        self.standings: Mapping[str, SquadStanding] = {}

    @override
    def key(self, line: Line, shift: int, *, here: bool) -> Hashable:
        week = self.week
        assert week is not None
        squad = week.rows[line.group]
        if line.kind == "squad":
            return SquadKey(week.cell(squad, shift), squad.colour)
        if line.own:
            return week.board.cell(line.index, shift)
        return HelpKey(week.helpers(squad, line.index, shift), week.board.past[shift])

    @override
    def grip(self, line: Line, shift: int, rect: QRect, point: QPoint) -> bool:
        if self.week is None or line.kind != "place" or not line.own:
            return False
        cell = self.week.board.cell(line.index, shift)
        return pip_near(rect.adjusted(0, 0, -1, -1), cell, self.theme, point) is not None

    @override
    def paint(self, painter: QPainter, rect: QRect, key: Hashable) -> None:
        if isinstance(key, SquadKey):
            self._squad(painter, rect, key)
        elif isinstance(key, Cell):
            self.pictures.paint(painter, rect, key)
        elif isinstance(key, HelpKey):
            self._help(painter, rect, key)

    def _squad(self, painter: QPainter, rect: QRect, key: SquadKey) -> None:
        theme, cell, px = self.theme, key.cell, self.theme.px
        busy = cell.busy and not cell.past
        painter.fillRect(rect, theme.color("amberSoft" if busy else "past" if cell.past else "surface"))
        role = "amber" if busy else "text3" if cell.past else "text"
        painter.setPen(theme.color(role))
        painter.setFont(theme.font("secondary", bold=busy))
        if not cell.duty:
            painter.setPen(theme.color("text3"))
            painter.drawText(rect, _CENTRE, "·")
            return
        painter.drawText(rect.adjusted(0, 0, 0, -px(6)), _CENTRE, f"{cell.duty}")
        if cell.hinted:
            half = painter.fontMetrics().horizontalAdvance(f"{cell.duty}") // 2
            left = rect.center().x() - half - hint_width(theme)
            ink = theme.color("text3" if cell.past else "accentText")
            hint_mark(painter, theme, left, rect.center().y() - px(3), ink)
        colour = QColor(theme.color("amber" if busy else f"sq{key.colour + 1}"))
        if cell.past:
            colour.setAlphaF(0.5)
        height = px(3)
        bar = QRect(rect.left() + px(4), rect.bottom() - height - px(1), rect.width() - px(8), height)
        use_bar(painter, theme, bar, cell, colour)
        if cell.mixed:
            side = px(6)
            mixed_mark(painter, theme, QRect(rect.right() - side - 1, rect.top() + 2, side, side))

    def _help(self, painter: QPainter, rect: QRect, key: HelpKey) -> None:
        theme = self.theme
        painter.fillRect(rect, theme.color("past" if key.past else "surface"))
        if key.heads:
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color("text3" if key.past else "text"))
            painter.drawText(rect, _CENTRE, f"{key.heads}")

    @override
    def paint_name(self, painter: QPainter, rect: QRect, line: Line, *, chosen: bool) -> None:
        theme, week, px = self.theme, self.week, self.theme.px
        assert week is not None
        painter.fillRect(rect, theme.color("accentSoft" if chosen else "surface"))
        ink = "accentText" if chosen else "text"
        if line.kind == "place":
            name = week.board.rows[line.index].name
            words = name if line.own else tr("支援 {place}", place=name)
            room = rect.adjusted(px(36), 0, -px(6), 0)
            text(painter, theme, room, words, role="body", colour=ink, bold=chosen)
            return
        squad = week.rows[line.group]
        left = fold_mark(painter, theme, rect, folded=line.group in self.folded)
        count = f"{squad.people}" if theme.compact else tr("{count} 人", count=squad.people)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text3"))
        width = QFontMetrics(painter.font()).horizontalAdvance(count)
        right = rect.right() - px(9)
        painter.drawText(QRect(right - width - 2, rect.top(), width + 2, rect.height()), _MIDDLE_RIGHT, count)
        left = tick(painter, theme, left, rect.center().y(), squad.colour)
        right -= width + px(8)
        right = self._standing(painter, squad.name, right, rect.center().y())
        room = QRect(left, rect.top(), right - left, rect.height())
        end = text(painter, theme, room, squad.name or tr("未编组"), role="body", colour=ink, bold=True)
        room.setLeft(end + px(6))
        if squad.leader and room.width() > px(24):
            text(painter, theme, room, squad.leader, role="secondary", colour="text2")

    def _standing(self, painter: QPainter, squad: str, right: int, middle: int) -> int:
        """Paint how far the squad's week has come: confirmed, told, printed, or nothing; return what room is left."""
        found = self.standings.get(squad)
        if found is None:
            return right
        marks = (
            (found.confirmed, "circle-check", "green"),
            (found.told, "phone", "amber"),
            (found.printed, "printer", "text2"),
        )  # fmt: skip
        icon, tone = next(((icon, tone) for mark, icon, tone in marks if mark is not None), ("", ""))
        if not icon:
            return right
        side = self.theme.px(14)
        painter.drawPixmap(right - side, middle - side // 2, self.theme.pixmap(icon, tone, 14))
        return right - side - self.theme.px(6)
