"""The seats of a cell: who holds them, and those that are empty."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from typing_extensions import override

from patrol_desk.services.planning.board import Holder, Seat
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.roster.inspector.cards import CardDelegate, CardList
from patrol_desk.ui.pages.roster.inspector.drawing import MIDDLE, RIGHT, chip, squares, text
from patrol_desk.ui.pages.roster.severity import ICONS, severity_word
from patrol_desk.ui.widgets.painting import box, ring


def seat_text(seat: Seat) -> str:
    """Return a seat in words: its holder with squad, skills and load, or what it still needs."""
    holder = seat.holder
    if holder is None:
        need = tr("最低保障") if seat.required else tr("期望人数")
        return tr("空缺：{need}，{kind}", need=need, kind=say(seat.kind))
    parts = [holder.name, holder.squad, *holder.skills, load_text(holder)]
    parts.extend(say(reason) for reason in holder.breaks)
    parts.extend(tr("{word}：{what}", word=severity_word(one.severity), what=say(one.message)) for one in holder.told)
    parts.extend(tr("破例：{why}", why=say(one.told)) for one in holder.overridden[:1])
    if holder.locked:
        parts.append(tr("已锁定"))
    return tr("，|列举").join(part for part in parts if part)


def load_text(holder: Holder) -> str:
    """Return how many of the week's duties somebody may have are used."""
    return tr("本周 {duties}/{cap} 班", duties=holder.duties, cap=holder.cap)


class SeatDelegate(CardDelegate[Seat]):
    """Paints holders as cards with their squad's bar, empty seats as dashed boxes."""

    @override
    def height(self, item: Seat) -> int:
        px = self.theme.px
        if item.holder is None:
            return px(26 if self.theme.compact else 28) + px(4)
        lines = len(item.holder.breaks) + len(item.holder.told) + bool(item.holder.overridden)
        return px(46 if self.theme.compact else 50) + px(4) + lines * px(18)

    @override
    def button(self, rect: QRect, item: Seat) -> QRect:
        return QRect() if item.holder is None else self._dots(rect)

    @override
    def draw(self, painter: QPainter, rect: QRect, item: Seat, number: int, view: CardList[Seat]) -> None:
        card = rect.adjusted(0, 0, 0, -self.theme.px(4))
        if item.holder is None:
            self._vacant(painter, card, item)
        else:
            self._held(painter, card, item.holder, hovered=view.hovered == number)
        if view.active() == number:
            ring(painter, self.theme, card)

    def _vacant(self, painter: QPainter, card: QRect, seat: Seat) -> None:
        theme = self.theme
        ink = "red" if seat.required else "amber"
        pen = QPen(theme.color("red" if seat.required else "amberLine"), 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(card.adjusted(0, 0, -1, -1))
        room = card.adjusted(theme.px(12), 0, -theme.px(8), 0)
        end = text(painter, theme, room, tr("空缺"), role="secondary", colour=ink, bold=True)
        need = tr("最低保障") if seat.required else tr("期望人数")
        anybody = seat.kind.code == "board.seat_any"
        words = need if anybody else tr("{need} · {kind}", need=need, kind=say(seat.kind))
        room.setLeft(end + theme.px(8))
        text(painter, theme, room, words, role="secondary", colour=ink)

    def _held(self, painter: QPainter, card: QRect, holder: Holder, *, hovered: bool) -> None:
        theme, px = self.theme, self.theme.px
        broken = bool(holder.breaks)
        fill = "redSoft" if broken else "sunken" if hovered else "surface"
        box(painter, card, theme.color(fill), theme.color("redLine" if broken else "line"), 3)
        painter.fillRect(card.left(), card.top(), px(3), card.height(), theme.color(f"sq{holder.colour + 1}"))
        first = QRect(card.left() + px(12), card.top() + px(3), card.width() - px(48), px(21))
        end = text(painter, theme, first, holder.name, role="body", colour="text", bold=True)
        if holder.leader:
            end = chip(painter, theme, end + px(7), first.center().y(), tr("组长"), tone="accent")
        if holder.locked:
            at = QPoint(end + px(6), first.center().y() - px(6))
            painter.drawPixmap(at, theme.pixmap("lock", "text2", 13))
        painter.drawPixmap(self._dots(card).center() - QPoint(px(8), px(8)), theme.pixmap("ellipsis", "text2", 16))
        self._second_line(painter, card, holder)
        lines = [(f"! {say(reason)}", "red") for reason in holder.breaks]
        for one in holder.told:
            words = tr("{word}：{what}", word=severity_word(one.severity), what=say(one.message))
            lines.append((words, ICONS[one.severity][1]))
        lines.extend((tr("破例：{why}", why=say(one.told)), "text2") for one in holder.overridden[:1])
        for place, (words, colour) in enumerate(lines):
            line = QRect(first.left(), card.top() + px(45) + place * px(18), card.width() - px(20), px(18))
            text(painter, theme, line, words, role="secondary", colour=colour)

    def _dots(self, card: QRect) -> QRect:
        px = self.theme.px
        return QRect(card.right() - px(30), card.top() + px(1), px(28), px(24))

    def _second_line(self, painter: QPainter, card: QRect, holder: Holder) -> None:
        theme, px = self.theme, self.theme.px
        line = QRect(card.left() + px(12), card.top() + px(24), card.width() - px(20), px(20))
        left = squares(painter, theme, card.right() - px(9), line.center().y() + 1, holder.duties, holder.cap)
        load = load_text(holder)
        width = QFontMetrics(theme.font("secondary")).horizontalAdvance(load)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text3"))
        painter.drawText(QRect(left - px(6) - width, line.top(), width + 1, line.height()), RIGHT, load)
        room = QRect(line.left(), line.top(), left - px(14) - width - line.left(), line.height())
        end = text(painter, theme, room, holder.squad, role="secondary", colour="text2")
        for skill in holder.skills:
            room.setLeft(end + px(8))
            if room.width() < QFontMetrics(theme.font("secondary")).horizontalAdvance(skill):
                break
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color("text3"))
            painter.drawText(room, MIDDLE, skill)
            end = room.left() + QFontMetrics(theme.font("secondary")).horizontalAdvance(skill)
