"""What the checkpoints of a generated township ask for in a week."""

from collections.abc import Iterable
from typing import Final

from patrol_desk.samples.draw import Draw
from patrol_desk.samples.folk import (
    DRIVING,
    EARLY,
    EVENING,
    FIRST_AID,
    FRIDAY_NIGHT,
    LEADER,
    NIGHT,
    NOON,
    PATTERNS,
    SATURDAY_NOON,
    SUNDAY_NIGHT,
    shift_of,
)
from patrol_desk.samples.posts import FESTIVAL, GATE, VALLEY, Post, Seats

_ALL: Final = range(7)
_WORKDAYS: Final = range(5)
_WEEKEND: Final = range(5, 7)
_NIGHTS_OUT: Final = range(4, 6)
_LATE: Final = range(4, 7)

_STYLES: Final[dict[str, tuple[tuple[int, Iterable[int], int, str], ...]]] = {
    "school": ((EARLY, _WORKDAYS, 2, ""), (NOON, _WORKDAYS, 2, "")),
    "post": ((EVENING, _ALL, 2, ""), (NIGHT, _NIGHTS_OUT, 2, ""), (NIGHT, (6,), 2, "")),
    "market": ((EARLY, _ALL, 2, ""), (EVENING, _LATE, 3, FIRST_AID), (NOON, _WEEKEND, 2, FIRST_AID)),
    "health": ((EARLY, range(6), 1, ""), (NOON, _WORKDAYS, 1, "")),
    "park": ((EVENING, _ALL, 2, FIRST_AID), (NOON, _WEEKEND, 2, "")),
    "works": ((EVENING, _WORKDAYS, 2, ""), (NIGHT, _WORKDAYS, 2, DRIVING)),
    "hub": ((EARLY, _ALL, 2, ""), (NOON, _ALL, 2, FIRST_AID), (EVENING, _ALL, 3, LEADER)),
    "patrol": ((EVENING, (0, 2, 4, 5), 2, ""), (NIGHT, _NIGHTS_OUT, 2, DRIVING), (NOON, _WEEKEND, 2, "")),
    GATE: ((EVENING, _ALL, 3, DRIVING), (NIGHT, _ALL, 2, DRIVING), (EARLY, _WEEKEND, 2, LEADER)),
    FESTIVAL: ((NOON, (5,), 4, FIRST_AID), (EVENING, (5,), 4, LEADER)),
    VALLEY: (),
}
"""Per style: pattern, weekdays, heads, kind of one of the seats."""

MOST_HEADS: Final = 4


def heads(seats: Seats) -> int:
    """Return the minimum heads of one checkpoint in one shift."""
    return sum(minimum for minimum, _ in seats.values())


def total_heads(posts: Iterable[Post]) -> int:
    """Return the minimum heads of the week."""
    return sum(heads(seats) for post in posts for seats in post.seats.values())


def ask(post: Post, shift: int, kind: str, count: int = 1) -> None:
    """Add seats to a checkpoint in a shift."""
    if count > 0:
        held = post.seats.setdefault(shift, {}).setdefault(kind, [0, 0])
        held[0] += count
        held[1] += count


def drop(post: Post, shift: int, kind: str) -> None:
    """Take one seat away; nobody is on post any more when it was the last."""
    seats = post.seats[shift]
    seats[kind][0] -= 1
    seats[kind][1] -= 1
    if seats[kind][0] == 0:
        del seats[kind]
    if not seats:
        del post.seats[shift]


def open_posts(posts: Iterable[Post]) -> None:
    """Give every checkpoint the week that its style means."""
    for post in posts:
        for pattern, days, count, kind in _STYLES[post.style]:
            for day in days:
                ask(post, shift_of(day, pattern), kind)
                ask(post, shift_of(day, pattern), "", count - 1)


def make_scarce(posts: list[Post], missing: int, draw: Draw) -> None:
    """Ask for so many drivers, first-aiders and night people that `missing` of each can be left open."""
    wanted = 2 * missing
    _ask_kind(posts, FRIDAY_NIGHT, DRIVING, wanted, draw)
    _ask_kind(posts, SATURDAY_NOON, FIRST_AID, wanted, draw)
    for post in draw.shuffled(posts):
        if sum(heads(post.seats.get(SUNDAY_NIGHT, {})) for post in posts) >= wanted + 2:
            break
        if post.style != FESTIVAL and SUNDAY_NIGHT not in post.seats:
            ask(post, SUNDAY_NIGHT, "", 2)


def _ask_kind(posts: list[Post], shift: int, kind: str, wanted: int, draw: Draw) -> None:
    """Turn seats for anybody into seats of that kind, then open further checkpoints, until enough are asked for."""
    asked = sum(post.seats.get(shift, {}).get(kind, [0])[0] for post in posts)
    order = draw.shuffled(posts)
    for post in order:
        if asked < wanted and "" in post.seats.get(shift, {}) and kind not in post.seats[shift]:
            drop(post, shift, "")
            ask(post, shift, kind)
            asked += 1
    for post in order:
        if asked < wanted and shift not in post.seats and post.style not in (FESTIVAL, "school"):
            ask(post, shift, kind)
            ask(post, shift, "")
            asked += 1


def fit(posts: list[Post], wanted: int, draw: Draw) -> None:
    """Close shifts or add heads, outside the scarce shifts, until about `wanted` minimum heads are asked for."""
    scarce = {FRIDAY_NIGHT, SATURDAY_NOON, SUNDAY_NIGHT}
    cells = [(post, shift) for post in posts for shift in sorted(post.seats) if shift not in scarce]
    total = total_heads(posts)
    for post, shift in draw.shuffled(cells):
        if total <= wanted:
            break
        if post.style not in (GATE, FESTIVAL) and post.tier > 1:
            total -= heads(post.seats.pop(shift))
    order = draw.shuffled([(post, shift) for post, shift in cells if shift in post.seats])
    for post, shift in order:
        if total >= wanted:
            break
        if heads(post.seats[shift]) < MOST_HEADS:
            ask(post, shift, "")
            total += 1


def wish_for_more(posts: Iterable[Post], draw: Draw) -> None:
    """Let every seventh post or so, on busy evenings twice as many, desire one more than the minimum."""
    for post in posts:
        for shift in sorted(post.seats):
            busy = shift % PATTERNS == EVENING and shift // PATTERNS >= 4
            if "" in post.seats[shift] and draw.chance(280 if busy else 110):
                post.seats[shift][""][1] += 1
