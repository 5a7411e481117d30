"""Columns of the table of people, and the cells that are painted rather than written."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from patrol_desk.models import PersonStatus, SquadRole
from patrol_desk.services.people import PersonRow, SkillTag
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import date_text
from patrol_desk.ui.itemmodels.rows import Column, tick_column
from patrol_desk.ui.pages.people.training_words import AHEAD
from patrol_desk.ui.pages.people.words import ROLES, SKILL_ICONS, hours_text, listed, state_text
from patrol_desk.ui.theme import Theme

SOON = timedelta(days=30)
"""A certificate that runs out within this time is shown in amber."""
_RANK = (SquadRole.LEADER, SquadRole.DEPUTY, SquadRole.MEMBER)
_LAST = date(9999, 1, 1)
_MOST_SQUARES = 7


class PeopleColumns:
    """Makes the columns; knows the day and the skills of the township.

    Parameters
    ----------
    theme
        Gives colours, fonts and icons to the painted cells.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.today = date.min
        self.skills: Sequence[SkillTag] = ()

    def make(self) -> tuple[Column[PersonRow], ...]:
        """Return the columns from the left."""
        return (tick_column(), *self._who(), *self._what())

    def _who(self) -> tuple[Column[PersonRow], ...]:
        return (
            Column("name", lambda: tr("姓名"), 100, _name, _name_rank, role="strong", tip=_name),
            Column("code", lambda: tr("编号"), 100, _code, _code, role="secondary"),
            Column(
                "squad", lambda: tr("小组|所属"), 100, _squad, _squad_rank,
                squad=lambda row: row.squad.colour if row.squad else None, role="secondary",
                tip=lambda row: f"{row.squad.code} {row.squad.name}" if row.squad else "",
            ),
            Column("role", lambda: tr("职务"), 70, _role, _rank, role="secondary"),
            Column("phone", lambda: tr("电话"), 100, lambda row: row.phone, role="secondary"),
        )  # fmt: skip

    def _what(self) -> tuple[Column[PersonRow], ...]:
        return (
            Column(
                "skills", lambda: tr("技能"), 78, _skills, lambda row: (-len(row.skills), _skills(row)),
                paint=self._paint_skills, tip=_skills,
            ),
            Column(
                "expires", lambda: tr("证件到期"), 108, _expires, lambda row: row.expires_on or _LAST,
                role="secondary", icon=self._expires_icon, tone=self._expires_tone, tip=self._expires_tip,
            ),
            Column(
                "refresh", lambda: tr("复训期限"), 104, _refresh, lambda row: row.refresh_on or _LAST,
                role="secondary", icon=self._refresh_icon, tone=self._refresh_tone, spare=True,
            ),
            Column(
                "duties", lambda: tr("本周班次"), 94, _duties, lambda row: (-row.duties, row.cap),
                paint=self._paint_duties,
            ),
            Column(
                "hours", lambda: tr("近 30 天"), 68, lambda row: f"{hours_text(row.minutes)} h",
                lambda row: -row.minutes, align="right", role="secondary",
            ),
            Column(
                "state", lambda: tr("状态"), 112, self._state, lambda row: (_state_rank(row), row.sort_name),
                chip=_state_chip, role="secondary", stretch=True, tip=_state_tip,
            ),
        )  # fmt: skip

    def _state(self, row: PersonRow) -> str:
        return state_text(row, self.today)

    def _expires_tone(self, row: PersonRow) -> str:
        if row.expires_on is None or row.retired:
            return "text3"
        if row.expires_on < self.today:
            return "red"
        return "amber" if row.expires_on <= self.today + SOON else ""

    def _expires_icon(self, row: PersonRow) -> str:
        return {"red": "triangle-alert", "amber": "clock"}.get(self._expires_tone(row), "")

    def _expires_tip(self, row: PersonRow) -> str:
        return {"red": tr("有证件已过期"), "amber": tr("30 天内到期")}.get(self._expires_tone(row), "")

    def _refresh_tone(self, row: PersonRow) -> str:
        if row.refresh_on is None or row.retired:
            return "text3"
        if row.refresh_on < self.today:
            return "red"
        return "amber" if row.refresh_on <= self.today + AHEAD else ""

    def _refresh_icon(self, row: PersonRow) -> str:
        return {"red": "triangle-alert", "amber": "clock"}.get(self._refresh_tone(row), "")

    def _paint_skills(self, painter: QPainter, room: QRect, row: PersonRow) -> None:
        """Paint a skill's icon always at the same place, so that a column of them reads like a table."""
        theme = self._theme
        size, step = theme.px(15), theme.px(19)
        held = {skill.id for skill in row.skills}
        colour = "text3" if row.retired else "text2"
        places = sorted((skill for skill in self.skills if skill.code in SKILL_ICONS), key=_icon_rank)
        others = "".join(skill.mark for skill in row.skills if skill.code not in SKILL_ICONS)
        y = room.y() + (room.height() - size) // 2
        for place, skill in enumerate(places):
            if skill.id in held:
                painter.drawPixmap(room.x() + place * step, y, theme.pixmap(SKILL_ICONS[skill.code], colour, 15))
        if others:
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color(colour))
            painter.drawText(room.adjusted(len(places) * step, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, others)

    def _paint_duties(self, painter: QPainter, room: QRect, row: PersonRow) -> None:
        """Paint a square per duty the person may have, filled for each one there is; red at the cap and beyond."""
        theme = self._theme
        full = row.duties >= row.cap and row.duties > 0
        squares = min(max(row.duties, row.cap), _MOST_SQUARES)
        paint_squares(painter, theme, room, min(row.duties, squares), squares, full=full and row.duties > row.cap)
        painter.setFont(theme.font("secondary"))
        over = row.duties > row.cap
        painter.setPen(theme.color("red" if over else "text3" if not row.duties else "text2"))
        text = room.adjusted(squares * theme.px(9) + theme.px(4), 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, _duties(row))


def paint_squares(painter: QPainter, theme: Theme, room: QRect, filled: int, total: int, *, full: bool) -> None:
    """Paint small squares from the left, the first of them filled."""
    width, height, step = theme.px(7), theme.px(10), theme.px(9)
    y = room.y() + (room.height() - height) // 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for first, last, colour in ((0, filled, "redFill" if full else "accent"), (filled, total, "line")):
        painter.setBrush(theme.color(colour))
        for place in range(first, last):
            painter.drawRoundedRect(QRect(room.x() + place * step, y, width, height), 1, 1)
    painter.restore()


def _name(row: PersonRow) -> str:
    return row.name


def _name_rank(row: PersonRow) -> tuple[str, str]:
    return (row.sort_name, row.code)


def _code(row: PersonRow) -> str:
    return row.code


def _squad(row: PersonRow) -> str:
    return row.squad.name if row.squad else "—"


def _squad_rank(row: PersonRow) -> tuple[str, int, str]:
    return (row.squad.code if row.squad else "\uffff", *_rank(row))


def _role(row: PersonRow) -> str:
    return ROLES[row.role]() if row.role else ""


def _rank(row: PersonRow) -> tuple[int, str]:
    return (_RANK.index(row.role) if row.role else len(_RANK), row.sort_name)


def _skills(row: PersonRow) -> str:
    return listed([skill.name for skill in row.skills])


def _icon_rank(skill: SkillTag) -> int:
    return list(SKILL_ICONS).index(skill.code)


def _expires(row: PersonRow) -> str:
    return date_text(row.expires_on) if row.expires_on else "—"


def _refresh(row: PersonRow) -> str:
    return date_text(row.refresh_on) if row.refresh_on else "—"


def _duties(row: PersonRow) -> str:
    return f"{row.duties}/{row.cap}"


def _state_rank(row: PersonRow) -> int:
    if row.retired:
        return 9
    return 0 if row.leave or row.pause else list(PersonStatus).index(row.status)


def _state_tip(row: PersonRow) -> str:
    if row.pause is not None and not row.retired:
        first, last = row.pause
        return tr("暂停 {first} 至 {last}", first=first, last=last) if last else tr("暂停 {first} 起", first=first)
    if row.leave is None or row.retired:
        return ""
    return tr("请假 {first} 至 {last}", first=row.leave[0], last=row.leave[1])


def _state_chip(row: PersonRow) -> str:
    if row.retired:
        return "plain"
    if row.leave is not None or row.pause is not None:
        return "amber"
    return "" if row.status is PersonStatus.ACTIVE else "plain"
