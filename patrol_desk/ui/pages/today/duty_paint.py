"""Painting the table of who is due."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from patrol_desk.models import AttendanceState
from patrol_desk.services.today import Head, Post, PostState
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.today.duty_layout import (
    ROOM_FOR_MORE,
    CellLayout,
    chip_text,
    chip_width,
    inner,
    lay_out,
)
from patrol_desk.ui.pages.today.duty_model import COMMUNITY, FIRST_SHIFT, PLACE, DutyModel
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import squad_colour
from patrol_desk.ui.widgets.painting import cell_of, ring

Index = QModelIndex | QPersistentModelIndex

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MARKS = {
    AttendanceState.PRESENT: ("check", "green"),
    AttendanceState.LATE: ("clock", "amber"),
    AttendanceState.ABSENT: ("x", "red"),
    AttendanceState.REPLACED: ("arrow-left-right", "text3"),
}


class DutyDelegate(QStyledItemDelegate):
    """Paints the cells of a `DutyModel`.

    Parameters
    ----------
    theme
        Gives colours, fonts and sizes.
    model
        What is shown.
    """

    def __init__(self, theme: Theme, model: DutyModel) -> None:
        super().__init__(model)
        self._theme = theme
        self._model = model
        self.top = 0
        """First row in sight: there a community says its name again."""
        self.section, self.person = FIRST_SHIFT, -1
        """Where keys work: the shift's column, and the person in the cell; -1 for the whole patrol."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, self._theme.row("today"))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = cell_of(option)
        theme, line = self._theme, self._model.lines[index.row()]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        section = index.column()
        painter.save()
        painter.setClipRect(rect)
        if selected and section != COMMUNITY:
            painter.fillRect(rect, theme.color("accentSoft"))
            if section == PLACE and state & QStyle.StateFlag.State_Active and self._view_has_focus():
                painter.fillRect(rect.left(), rect.top(), theme.px(2), rect.height(), theme.color("accentText"))
        if section == COMMUNITY:
            self._community(painter, rect, index.row())
        elif section == PLACE:
            painter.setFont(theme.font("body"))
            painter.setPen(theme.color("text2"))
            self._elided(painter, rect.adjusted(theme.px(8), 0, -theme.px(4), 0), self._model.place(index.row()).name)
        else:
            here = selected and section == self.section and self._view_has_focus()
            self._post(painter, rect, *self._model.post(index.row(), section), selected=selected, here=here)
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), theme.color("line"))
        if line.last or section != COMMUNITY:
            tone = "line2" if line.last else "line"
            colour = QColor(theme.color(tone))
            if not line.last:
                colour.setAlphaF(0.55)
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour)
        painter.restore()

    def _view_has_focus(self) -> bool:
        view = self._model.parent()
        return isinstance(view, QWidget) and view.hasFocus()

    def _community(self, painter: QPainter, rect: QRect, row: int) -> None:
        theme, line = self._theme, self._model.lines[row]
        room = rect.adjusted(theme.px(16), 0, -theme.px(4), 0)
        first = line.first or row == self.top
        second = not first and (self._model.lines[row - 1].first or row - 1 == self.top)
        if first:
            painter.setFont(theme.font("body", bold=True))
            painter.setPen(theme.color("text"))
            self._elided(painter, room, self._model.place(row).community or tr("未分社区"))
        elif second:
            leaders = self._model.leaders(row)
            if leaders:
                rest = f" +{len(leaders) - 1}" if len(leaders) > 1 else ""
                painter.setFont(theme.font("secondary"))
                painter.setPen(theme.color("text3"))
                self._elided(painter, room, leaders[0].name + rest)

    def _post(
        self, painter: QPainter, rect: QRect, post: Post, people: tuple[Head, ...], *, selected: bool, here: bool
    ) -> None:
        theme, px = self._theme, self._theme.px
        room = inner(theme, rect)
        if post.state is PostState.NOT_STAFFED:
            painter.fillRect(rect, QBrush(theme.color("hatch"), Qt.BrushStyle.BDiagPattern))
            painter.setFont(theme.font("secondary"))
            text = tr("不设岗")
            wide = QFontMetrics(theme.font("secondary")).horizontalAdvance(text)
            painter.fillRect(
                QRect(room.left() - px(2), rect.top(), wide + px(6), rect.height()),
                theme.color("accentSoft" if selected else "surface"),
            )
            painter.setPen(theme.color("text3"))
            painter.drawText(room, _LEFT, text)
            return
        laid = lay_out(theme, rect, post, people, self.person if here else -1)
        self._count(painter, room, post, laid)
        self._people(painter, rect, post, laid)
        if here:
            spot = next((spot for spot in laid.spots if spot.number == self.person), None)
            around = rect.adjusted(1, 1, -2, -2) if spot is None else spot.rect.adjusted(-px(4), 2, px(4), -3)
            ring(painter, theme, around)

    def _count(self, painter: QPainter, room: QRect, post: Post, laid: CellLayout) -> None:
        """Paint heads of desired heads at the right."""
        theme, px = self._theme, self._theme.px
        looks = {PostState.BELOW_MINIMUM: ("red", "triangle-alert"), PostState.BELOW_DESIRED: ("amber", "minus")}
        tone, icon = looks.get(post.state, ("text", ""))
        painter.setFont(theme.font("secondary", bold=bool(icon)))
        if icon:
            painter.setPen(theme.color(tone))
            painter.drawText(room, _RIGHT, laid.count)
            painter.drawPixmap(laid.count_left, room.center().y() - px(6), theme.pixmap(icon, tone, 13))
            return
        painter.setPen(theme.color("text3"))
        painter.drawText(room, _RIGHT, f"/{post.desired}")
        tail = painter.fontMetrics().horizontalAdvance(f"/{post.desired}")
        painter.setPen(theme.color("text"))
        painter.drawText(room.adjusted(0, 0, -tail, 0), _RIGHT, str(post.heads))

    def _people(self, painter: QPainter, rect: QRect, post: Post, laid: CellLayout) -> None:
        px = self._theme.px
        for spot in laid.spots:
            self._head(painter, spot.rect, spot.head)
        x = laid.end
        if laid.hidden:
            painter.setFont(self._theme.font("secondary"))
            painter.setPen(self._theme.color("text3"))
            painter.drawText(QRect(x, rect.top(), px(ROOM_FOR_MORE), rect.height()), _LEFT, f"+{laid.hidden}")
            x += px(ROOM_FOR_MORE)
        if post.missing:
            wide = chip_width(self._theme, post)
            self._chip(painter, QRect(x, rect.center().y() - px(9) + 1, wide - px(2), px(18)), chip_text(post))

    def _head(self, painter: QPainter, rect: QRect, head: Head) -> None:
        theme, px = self._theme, self._theme.px
        painter.fillRect(rect.left(), rect.center().y() - px(6), px(3), px(13), theme.color(squad_colour(head.colour)))
        painter.setFont(theme.font("body"))
        late = head.mark in {AttendanceState.LATE, AttendanceState.ABSENT}
        painter.setPen(theme.color("amber" if late else "text"))
        painter.drawText(rect.adjusted(px(8), 0, 0, 0), _LEFT, head.name)
        if head.mark is not None:
            icon, tone = _MARKS[head.mark]
            painter.drawPixmap(rect.right() - px(13), rect.center().y() - px(6), theme.pixmap(icon, tone, 13))

    def _chip(self, painter: QPainter, rect: QRect, text: str) -> None:
        theme = self._theme
        painter.setPen(QPen(theme.color("redLine"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("red"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def _elided(self, painter: QPainter, rect: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, _LEFT, shown)
