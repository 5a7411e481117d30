"""Where the people of a patrol stand in its cell: for painting and for the mouse."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

from patrol_desk.services.today import Head, Post
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme

ROOM_FOR_MORE = 30


@dataclass(frozen=True, slots=True)
class Spot:
    """One person in a cell.

    Parameters
    ----------
    number
        Place among the people of the patrol.
    """

    number: int
    head: Head
    rect: QRect


@dataclass(frozen=True, slots=True)
class CellLayout:
    """A patrol laid out in its cell.

    Parameters
    ----------
    spots
        Those who have room.
    hidden
        How many have none.
    end
        Where free room begins.
    count
        Heads of desired heads, as text.
    count_left
        Where that begins, its icon included.
    """

    spots: tuple[Spot, ...]
    hidden: int
    end: int
    count: str
    count_left: int


def inner(theme: Theme, rect: QRect) -> QRect:
    """Return the room inside a cell."""
    return rect.adjusted(theme.px(8), 0, -theme.px(10), 0)


def chip_text(post: Post) -> str:
    """Return what is written of a patrol below its minimum."""
    return tr("缺 {count}", count=post.missing) if post.missing else ""


def chip_width(theme: Theme, post: Post) -> int:
    """Return the width of that, its frame included; 0 without."""
    text = chip_text(post)
    return QFontMetrics(theme.font("secondary")).horizontalAdvance(text) + theme.px(14) if text else 0


def lay_out(theme: Theme, rect: QRect, post: Post, people: Sequence[Head], wanted: int = -1) -> CellLayout:
    """Lay a patrol out; where not all have room, the person `wanted` is among those who have."""
    room = inner(theme, rect)
    count = f"{post.heads}/{post.desired}"
    wide = QFontMetrics(theme.font("secondary", bold=bool(post.wanting))).horizontalAdvance(count)
    left = room.right() - wide - (theme.px(18) if post.wanting else 0)
    right = left - theme.px(8) - chip_width(theme, post)
    first = 0
    while True:
        spots, end = _spots(theme, QRect(room.left(), room.top(), right - room.left(), room.height()), people, first)
        if wanted < first + len(spots) or first + 1 >= len(people):
            return CellLayout(spots, len(people) - len(spots), end, count, left)
        first += 1


def _spots(theme: Theme, room: QRect, people: Sequence[Head], first: int) -> tuple[tuple[Spot, ...], int]:
    metrics, px = QFontMetrics(theme.font("body")), theme.px
    x, found = room.left(), list[Spot]()
    for number in range(first, len(people)):
        head = people[number]
        wide = px(8) + metrics.horizontalAdvance(head.name) + (px(17) if head.mark else 0)
        more = px(ROOM_FOR_MORE - 4) if first or number + 1 < len(people) else 0
        if x + wide + more > room.right():
            break
        found.append(Spot(number, head, QRect(x, room.top(), wide, room.height())))
        x += wide + px(10)
    return tuple(found), x
