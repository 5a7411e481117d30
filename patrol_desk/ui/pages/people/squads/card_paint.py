"""Painting a person's card and a vacancy, and saying the same to a screen reader."""

from datetime import date

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from patrol_desk.models import SquadRole
from patrol_desk.services.people.squads import GroupKind, MemberCard
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.people.columns import paint_squares
from patrol_desk.ui.pages.people.squads.words import distance_text, role_text, years_text
from patrol_desk.ui.pages.people.words import leave_text, listed, pause_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import box, ring, tone_colours
from patrol_desk.ui.widgets.skill_icons import skill_icon

Look = tuple[bool, bool, bool]
"""Chosen, with the focus, lifted by a drag."""
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_MOST_SQUARES = 7


def marks_of(card: MemberCard, kind: GroupKind, today: date) -> list[tuple[str, str]]:
    """Return (word, tone) of the chips beside a name."""
    row = card.row
    marks = []
    if card.role is not None and card.role is not SquadRole.MEMBER:
        marks.append((role_text(card.role, kind), "accent"))
    if card.from_on is not None and card.from_on > today:
        marks.append((tr("明日起"), "green"))
    other = row.team if kind == "squad" else row.squad.name if row.squad else ""
    if other:
        marks.append((other, "plain"))
    if row.pause is not None:
        marks.append((pause_text(*row.pause, today), "amber"))
    elif row.leave is not None:
        marks.append((leave_text(*row.leave, today), "amber"))
    return marks


def describe(card: MemberCard, kind: GroupKind, today: date) -> str:
    """Return what a card says."""
    row = card.row
    words = [row.name, *(word for word, _ in marks_of(card, kind, today)), *(skill.name for skill in row.skills)]
    words += [tr("本周 {count} 班，上限 {cap}", count=row.duties, cap=row.cap), distance_text(card.metres)]
    return listed([word for word in words if word])


def paint_card(
    painter: QPainter, theme: Theme, rect: QRect, card: MemberCard, kind: GroupKind, today: date, look: Look
) -> None:
    """Paint a card in a rectangle."""
    chosen, focus, lifted = look
    px = theme.px
    fill = theme.color("accentSoft" if chosen else "surface")
    box(painter, rect, fill, theme.color("accentLine" if chosen else "line2"), 4)
    if lifted:
        painter.setOpacity(0.45)
    grip = px(14)
    painter.drawPixmap(
        rect.x() + px(5), rect.y() + (rect.height() - grip) // 2, theme.pixmap("grip-vertical", "text3", 14)
    )
    room = rect.adjusted(px(24), px(4), -px(10), -px(4))
    upper = QRect(room.x(), room.y(), room.width(), room.height() // 2)
    lower = QRect(room.x(), upper.bottom(), room.width(), room.height() - upper.height())
    _paint_upper(painter, theme, upper, card, marks_of(card, kind, today))
    _paint_lower(painter, theme, lower, card, today)
    painter.setOpacity(1.0)
    if focus:
        ring(painter, theme, rect)


def _paint_upper(painter: QPainter, theme: Theme, room: QRect, card: MemberCard, marks: list[tuple[str, str]]) -> None:
    px = theme.px
    squares = min(max(card.row.duties, card.row.cap), _MOST_SQUARES)
    width = squares * px(9)
    full = card.row.duties > card.row.cap
    place = QRect(room.right() - width, room.y(), width, room.height())
    paint_squares(painter, theme, place, min(card.row.duties, squares), squares, full=full)
    left = room.right() - width - px(8)
    bold = theme.font("body", bold=True)
    painter.setFont(bold)
    painter.setPen(theme.color("text"))
    name = QFontMetrics(bold).elidedText(card.row.name, Qt.TextElideMode.ElideRight, max(left - room.x(), 0))
    painter.drawText(room, _LEFT, name)
    x = room.x() + QFontMetrics(bold).horizontalAdvance(name) + px(6)
    small = theme.font("micro")
    metrics = QFontMetrics(small)
    for words, tone in marks:
        wide = metrics.horizontalAdvance(words) + px(8)
        if x + wide > left:
            break
        back, border, text = tone_colours(theme, tone)
        chip = QRect(x, room.y() + (room.height() - px(17)) // 2, wide, px(17))
        box(painter, chip, back, border, 3)
        painter.setFont(small)
        painter.setPen(text)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)
        x += wide + px(4)


def _paint_lower(painter: QPainter, theme: Theme, room: QRect, card: MemberCard, today: date) -> None:
    px = theme.px
    x = room.x()
    for skill in card.row.skills:
        y = room.y() + (room.height() - px(14)) // 2
        painter.drawPixmap(x, y, theme.pixmap(skill_icon(skill.code), "text2", 14))
        x += px(19)
    painter.setFont(theme.font("secondary"))
    painter.setPen(theme.color("text2"))
    middle = QRect(max(x + px(4), room.x() + px(84)), room.y(), px(70), room.height())
    painter.drawText(middle, _LEFT, distance_text(card.metres))
    painter.drawText(room, _RIGHT, years_text(card.joined_on, today))


def paint_vacancy(painter: QPainter, theme: Theme, rect: QRect, words: tuple[str, str]) -> None:
    """Paint a place that nobody has: what would fit, and what to do."""
    px = theme.px
    pen = QPen(theme.color("amberLine"))
    pen.setStyle(Qt.PenStyle.DashLine)
    painter.save()
    painter.setPen(pen)
    painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 4, 4)
    painter.restore()
    room = rect.adjusted(px(12), px(4), -px(10), -px(4))
    half = room.height() // 2
    painter.setFont(theme.font("body", bold=True))
    painter.setPen(theme.color("amber"))
    painter.drawText(QRect(room.x(), room.y(), room.width(), half), _LEFT, tr("空缺"))
    wide = QFontMetrics(theme.font("body", bold=True)).horizontalAdvance(tr("空缺")) + px(6)
    painter.setFont(theme.font("secondary"))
    painter.setPen(theme.color("text2"))
    painter.drawText(QRect(room.x() + wide, room.y(), room.width() - wide, half), _LEFT, words[0])
    painter.drawText(QRect(room.x(), room.y() + half, room.width(), half), _LEFT, words[1])
    painter.setPen(theme.color("accentText"))
    painter.drawText(room, _RIGHT, tr("招募 / 调入"))
