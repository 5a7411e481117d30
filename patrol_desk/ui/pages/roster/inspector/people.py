"""Candidates in their order, and those whom a rule keeps away."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from typing_extensions import override

from patrol_desk.services.planning.board import Blocked, Candidate
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.roster.inspector.cards import CardDelegate, CardList
from patrol_desk.ui.pages.roster.inspector.drawing import RIGHT, chips, text, tick
from patrol_desk.ui.widgets.painting import box, key_cap, key_cap_size, ring


def candidate_text(candidate: Candidate) -> str:
    """Return a candidate in words: name, squad, facts, reasons for the rank, warnings."""
    parts = [candidate.name, candidate.squad, *(say(chip.text) for chip in candidate.chips)]
    parts.extend(say(reason) for reason in candidate.reasons)
    parts.extend(say(warning) for warning in candidate.warnings)
    return tr("，|列举").join(part for part in parts if part)


def blocked_text(blocked: Blocked) -> str:
    """Return somebody kept away in words."""
    return tr("{name}（{squad}）：{reason}", name=blocked.name, squad=blocked.squad or "-", reason=say(blocked.reason))


class CandidateDelegate(CardDelegate[Candidate]):
    """Paints rank, name, squad, chips and the button; the row Enter would take is lit and its button filled."""

    @override
    def height(self, item: Candidate) -> int:
        return self.theme.px(46 if self.theme.compact else 52)

    @override
    def button(self, rect: QRect, item: Candidate) -> QRect:
        return self._button(rect, lit=True)

    def _button(self, rect: QRect, *, lit: bool) -> QRect:
        theme, px = self.theme, self.theme.px
        width = QFontMetrics(theme.font("secondary", bold=lit)).horizontalAdvance(tr("补位")) + px(18)
        if lit:
            width += key_cap_size(theme.font("micro"), "↵").width() + px(6)
        height = px(26)
        return QRect(rect.right() - px(7) - width, rect.center().y() - height // 2, width, height)

    @override
    def draw(self, painter: QPainter, rect: QRect, item: Candidate, number: int, view: CardList[Candidate]) -> None:
        theme, px = self.theme, self.theme.px
        lit = number == max(view.active(), 0)
        if lit:
            box(painter, rect, theme.color("accentSoft"), None, 4)
        elif view.hovered == number:
            box(painter, rect, theme.color("sunken"), None, 4)
        if not lit:
            painter.fillRect(rect.left() + px(4), rect.bottom(), rect.width() - px(8), 1, theme.color("line"))
        rank = QRect(rect.left(), rect.top(), px(28), rect.height())
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text3"))
        painter.drawText(rank, Qt.AlignmentFlag.AlignCenter, f"{number + 1}")
        button = self._button(rect, lit=lit)
        half = rect.height() // 2
        first = QRect(rect.left() + px(28), rect.top() + px(2), button.left() - rect.left() - px(34), half - px(1))
        end = text(painter, theme, first, item.name, role="body", colour="text", bold=True)
        if item.squad:
            first.setLeft(tick(painter, theme, end + px(8), first.center().y(), item.colour))
            text(painter, theme, first, item.squad, role="secondary", colour="text2")
        second = QRect(rect.left() + px(28), rect.top() + half, button.left() - rect.left() - px(32), half - px(2))
        words = [(say(chip.text), "green" if chip.good else "plain") for chip in item.chips]
        if item.warnings:
            words.insert(0, ("!", "amber"))
        chips(painter, theme, second, words)
        self._paint_button(painter, button, lit=lit)
        if view.active() == number:
            ring(painter, theme, rect)

    def _paint_button(self, painter: QPainter, rect: QRect, *, lit: bool) -> None:
        theme, px = self.theme, self.theme.px
        fill, border = ("accent", None) if lit else ("surface", theme.color("line2"))
        box(painter, rect, theme.color(fill), border, 4)
        painter.setFont(theme.font("secondary", bold=lit))
        painter.setPen(theme.color("onAccent" if lit else "text"))
        if not lit:
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, tr("补位"))
            return
        painter.drawText(rect.adjusted(px(9), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, tr("补位"))
        size = key_cap_size(theme.font("micro"), "↵")
        cap = QRect(QPoint(rect.right() - px(8) - size.width(), rect.center().y() - size.height() // 2), size)
        key_cap(painter, theme.font("micro"), cap, "↵", theme.color("onAccent"))


class BlockedDelegate(CardDelegate[Blocked]):
    """Paints name, squad, and the rule with its icon; the whole row is its button."""

    @override
    def button(self, rect: QRect, item: Blocked) -> QRect:
        return rect

    @override
    def height(self, item: Blocked) -> int:
        return self.theme.px(23 if self.theme.compact else 25)

    @override
    def draw(self, painter: QPainter, rect: QRect, item: Blocked, number: int, view: CardList[Blocked]) -> None:
        theme, px = self.theme, self.theme.px
        if view.hovered == number:
            painter.fillRect(rect, theme.color("sunken"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        name = QRect(rect.left(), rect.top(), rect.width() // 2, rect.height())
        end = text(painter, theme, name, item.name, role="secondary", colour="text2")
        begin = end + px(8)
        metrics = QFontMetrics(theme.font("secondary"))
        words = say(item.reason)
        room = max(rect.right() - begin - px(20), px(60))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(shown) + 2
        reason = QRect(rect.right() - width, rect.top(), width, rect.height())
        icon = reason.left() - px(18)
        left = icon - px(6) - begin
        if item.squad and left >= px(10) + metrics.horizontalAdvance(item.squad[:2]):
            begin = tick(painter, theme, begin, rect.center().y(), item.colour)
            squad = QRect(begin, rect.top(), icon - px(6) - begin, rect.height())
            text(painter, theme, squad, item.squad, role="secondary", colour="text2")
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("red"))
        painter.drawText(reason, RIGHT, shown)
        side = px(14)
        painter.drawPixmap(icon, rect.center().y() - side // 2, theme.pixmap(item.icon, "red", 14))
        if view.active() == number:
            ring(painter, theme, rect)
