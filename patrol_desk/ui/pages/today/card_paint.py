"""Painting one shift's card: hours, figures, and a bar per checkpoint or community."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter

from patrol_desk.services.today import DayShift, Group, Phase, Post, PostState
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import clock_text
from patrol_desk.ui.pages.today.words import phase_text, standing_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import box

MOST_BARS = 40
"""More checkpoints than this have a bar per community."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Card:
    """A shift counted for its card, once per reading and not at every paint.

    Parameters
    ----------
    bars
        One per checkpoint, or per community when there are many checkpoints.
    below, wanting
        Checkpoints below the minimum, and those that only lack desired heads.
    """

    shift: DayShift
    heads: int
    desired: int
    coverage: float | None
    bars: Sequence[Post]
    below: int
    wanting: int

    @classmethod
    def of(cls, shift: DayShift, groups: Sequence[Group]) -> "Card":
        """Count a shift."""
        below, wanting = shift.count(PostState.BELOW_MINIMUM), shift.count(PostState.BELOW_DESIRED)
        return cls(shift, shift.heads, shift.desired, shift.coverage, bars_of(shift, groups), below, wanting)

    @property
    def standing(self) -> tuple[str, str, str]:
        """How the shift is manned: sentence, colour role, icon."""
        return standing_text(self.below, self.wanting, staffed=self.desired > 0)


class CardPainter:
    """Paints cards.

    Parameters
    ----------
    theme
        Gives colours, fonts and sizes.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def paint(self, painter: QPainter, rect: QRect, card: Card, phase: Phase, now: datetime) -> None:
        """Paint a card."""
        theme, px = self._theme, self._theme.px
        tokens = {Phase.ENDED: ("sunken", "line"), Phase.RUNNING: ("accentSoft", "accentLine")}
        fill, border = tokens.get(phase, ("surface", "line2"))
        box(painter, rect, theme.color(fill), theme.color(border))
        inner = rect.adjusted(px(10), px(6), -px(10), -px(8))
        first = QRect(inner.left(), inner.top(), inner.width(), px(24))
        self._head(painter, first, card.shift, phase, now)
        second = QRect(inner.left(), first.bottom() + px(1), inner.width(), px(30))
        self._figures(painter, second, card, phase)
        bars = QRect(inner.left(), second.bottom() + px(5), inner.width(), inner.bottom() - second.bottom() - px(7))
        self._bars(painter, bars, card.bars, phase)

    def _head(self, painter: QPainter, rect: QRect, shift: DayShift, phase: Phase, now: datetime) -> None:
        theme, px = self._theme, self._theme.px
        right = phase_text(shift, phase, now)
        font = theme.font("secondary", bold=phase is Phase.RUNNING)
        painter.setFont(font)
        painter.setPen(theme.color("accentText" if phase is Phase.RUNNING else "text3"))
        painter.drawText(rect, _RIGHT, right)
        free = rect.width() - QFontMetrics(font).horizontalAdvance(right) - px(8)
        mark = shift_mark(shift.mark)
        painter.setFont(theme.font("object"))
        painter.setPen(theme.color("text"))
        painter.drawText(rect, _LEFT, mark)
        taken = QFontMetrics(theme.font("object")).horizontalAdvance(mark) + px(6)
        hours = f"{clock_text(shift.start_minute)}–{clock_text(shift.start_minute + shift.length_minutes)}"
        metrics = QFontMetrics(theme.font("secondary"))
        if taken + metrics.horizontalAdvance(hours) > free:
            hours = clock_text(shift.start_minute)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text3"))
        if taken + metrics.horizontalAdvance(hours) <= free:
            painter.drawText(rect.adjusted(taken, px(1), 0, px(1)), _LEFT, hours)

    def _figures(self, painter: QPainter, rect: QRect, card: Card, phase: Phase) -> None:
        theme, px = self._theme, self._theme.px
        share = card.coverage
        number = "–" if share is None else f"{int(share * 100)}"
        role = "text3" if phase is Phase.ENDED else "text"
        painter.setPen(theme.color(role))
        x = self._word(painter, rect, 0, number, "metric")
        painter.setPen(theme.color("text3"))
        x = self._word(painter, rect.adjusted(0, px(4), 0, 0), x, "%", "secondary") + px(6)
        heads = tr("{heads}/{desired} 人", heads=card.heads, desired=card.desired)
        sentence, tone, icon = card.standing
        room = rect.width() - x
        wide = self._width(sentence, bold=tone == "red") + px(26)
        short = str(card.below or card.wanting or "")
        if self._width(heads) + wide > room:
            sentence, wide = short, self._width(short, bold=tone == "red") + px(26)
        if self._width(heads) + wide <= room:
            self._word(painter, rect.adjusted(0, px(4), 0, 0), x, heads, "secondary")
        self._standing(painter, rect.adjusted(0, px(4), 0, 0), sentence, tone, icon)

    def _standing(self, painter: QPainter, rect: QRect, sentence: str, tone: str, icon: str) -> None:
        theme, px = self._theme, self._theme.px
        painter.setFont(theme.font("secondary", bold=tone == "red"))
        painter.setPen(theme.color(tone))
        painter.drawText(rect, _RIGHT, sentence)
        if icon:
            x = rect.right() - self._width(sentence, bold=tone == "red") - px(17 if sentence else 13)
            painter.drawPixmap(x, rect.center().y() - px(6), theme.pixmap(icon, tone, 13))

    def _word(self, painter: QPainter, rect: QRect, x: int, text: str, role: str) -> int:
        painter.setFont(self._theme.font(role))
        painter.drawText(rect.adjusted(x, 0, 0, 0), _LEFT, text)
        return x + painter.fontMetrics().horizontalAdvance(text)

    def _width(self, text: str, *, bold: bool = False) -> int:
        return QFontMetrics(self._theme.font("secondary", bold=bold)).horizontalAdvance(text)

    def _bars(self, painter: QPainter, rect: QRect, posts: Sequence[Post], phase: Phase) -> None:
        if not posts:
            return
        theme = self._theme
        step = min(self._theme.px(9), rect.width() / len(posts))
        wide = max(2, round(step) - (2 if step >= 5 else 1))
        full = theme.color("line2" if phase is Phase.ENDED else "accent")
        hatch = QBrush(theme.color("hatch"), Qt.BrushStyle.BDiagPattern)
        for number, post in enumerate(posts):
            bar = QRect(rect.left() + round(number * step), rect.top(), wide, rect.height())
            if post.state is PostState.NOT_STAFFED:
                painter.fillRect(bar, hatch)
                continue
            if post.wanting:
                tone = "redLine" if post.missing else "amberLine"
                soft = "redSoft" if post.missing else "amberSoft"
                painter.fillRect(bar, theme.color(tone))
                painter.fillRect(bar.adjusted(1, 1, -1, -1), theme.color(soft))
            share = 1.0 if not post.desired else 1 - post.wanting / post.desired
            painter.fillRect(bar.adjusted(0, round(bar.height() * (1 - share)), 0, 0), full)


def bars_of(shift: DayShift, groups: Sequence[Group]) -> Sequence[Post]:
    """Return a bar per checkpoint, or per community when there are many checkpoints."""
    if len(shift.posts) <= MOST_BARS:
        return shift.posts
    return [_together(shift.posts[group.first : group.first + group.count]) for group in groups]


def _together(posts: Sequence[Post]) -> Post:
    desired = sum(post.desired for post in posts)
    missing = sum(post.missing for post in posts)
    wanting = sum(post.wanting for post in posts)
    state = PostState.BELOW_MINIMUM if missing else PostState.BELOW_DESIRED if wanting else PostState.OK
    if not any(post.state is not PostState.NOT_STAFFED for post in posts):
        state = PostState.NOT_STAFFED
    heads, minimum = sum(post.heads for post in posts), sum(post.minimum for post in posts)
    return Post(heads, minimum, desired, missing, wanting, state)
