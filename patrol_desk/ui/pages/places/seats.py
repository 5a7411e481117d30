"""Arithmetic of a cell's seats: the head counts one sees are sums, what is stored is one number per kind of seat.

Every function takes the kinds of seat of a cell and returns new ones; none can return numbers that could not be saved.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from patrol_desk.services.places import most_heads
from patrol_desk.services.places.rows import SeatDemand

Seats = tuple[SeatDemand, ...]
Kind = tuple[str | None, bool]
"""Skill id and leader."""

ANYBODY: Kind = (None, False)
LEADER: Kind = (None, True)


def minimum(seats: Seats) -> int:
    """Return the least heads of all kinds of seat."""
    return sum(seat.minimum for seat in seats)


def desired(seats: Seats) -> int:
    """Return the desired heads of all kinds of seat."""
    return sum(seat.desired for seat in seats)


def of_kind(seats: Seats, kind: Kind) -> tuple[int, int]:
    """Return minimum and desired heads of one kind of seat."""
    found = [(seat.minimum, seat.desired) for seat in seats if seat.kind == kind]
    return found[0] if found else (0, 0)


def held(seats: Seats) -> int:
    """Return the heads that the neighbouring town holds."""
    return sum(seat.held for seat in seats)


def held_of(seats: Seats, kind: Kind) -> int:
    """Return the heads of one kind of seat that the neighbouring town holds."""
    return sum(seat.held for seat in seats if seat.kind == kind)


def with_held(seats: Seats, heads: int) -> Seats:
    """Return seats of which the neighbouring town holds so many: of those for anybody, up to the minimum."""
    others = sum(seat.held for seat in _others(seats, ANYBODY))
    return tuple(
        replace(seat, held=min(max(heads - others, 0), seat.minimum)) if seat.kind == ANYBODY else seat
        for seat in seats
    )


def with_minimum(seats: Seats, heads: int) -> Seats:
    """Return seats that ask for at least so many heads; as few as the leader and skills ask for, when that is more."""
    _, wished = of_kind(seats, ANYBODY)
    least = _bounded(heads - minimum(_others(seats, ANYBODY)))
    return _with(seats, ANYBODY, least, max(wished, least))


def with_desired(seats: Seats, heads: int) -> Seats:
    """Return seats that wish for so many heads; the minimum goes down with it where it must."""
    least, _ = of_kind(seats, ANYBODY)
    wished = _bounded(heads - desired(_others(seats, ANYBODY)))
    return _with(seats, ANYBODY, min(least, wished), wished)


def with_kind_minimum(seats: Seats, kind: Kind, heads: int) -> Seats:
    """Return seats of which at least so many are of a kind; the cell's sums stay where that is possible."""
    least, wished = of_kind(seats, kind)
    now = _bounded(heads)
    return _exchanged(seats, kind, now, max(wished + now - least, now))


def with_kind_desired(seats: Seats, kind: Kind, heads: int) -> Seats:
    """Return seats of which so many are wished to be of a kind; the cell's sums stay where that is possible."""
    least, _ = of_kind(seats, kind)
    wished = _bounded(heads)
    return _exchanged(seats, kind, min(least, wished), wished)


def from_text(seats: Seats, text: str) -> Seats | None:
    """Return the seats that a pasted cell means: ``2/3``, ``2``, or none (``-``, blank); None when it is no count."""
    plain = text.replace(" ", "").replace("\uff0f", "/")
    if plain in {"", "-", "—", "0", "0/0"}:
        return ()
    low, _, high = plain.partition("/")
    if not low.isdecimal() or (high and not high.isdecimal()):
        return None
    least, wished = int(low), int(high or low)
    if least > wished or wished > most_heads():
        return None
    return with_minimum(with_desired(with_minimum(seats, least), wished), least)


def to_text(seats: Seats) -> str:
    """Return a cell's counts as they are shown and copied; empty when it is not staffed."""
    return f"{minimum(seats)} / {desired(seats)}" if seats else ""


def common(cells: Iterable[Seats], count: Callable[[Seats], int]) -> int | None:
    """Return the number all cells have in common, None when they differ or there are none."""
    found = {count(seats) for seats in cells}
    return found.pop() if len(found) == 1 else None


def _exchanged(seats: Seats, kind: Kind, least: int, wished: int) -> Seats:
    """Give a kind other numbers and take the difference from the seats that anybody may hold."""
    was_least, was_wished = of_kind(seats, kind)
    any_least, any_wished = of_kind(seats, ANYBODY)
    rest_least = max(any_least - (least - was_least), 0)
    rest_wished = max(any_wished - (wished - was_wished), rest_least)
    return _with(_with(seats, kind, least, wished), ANYBODY, rest_least, rest_wished)


def _others(seats: Seats, kind: Kind) -> Seats:
    return tuple(seat for seat in seats if seat.kind != kind)


def _with(seats: Seats, kind: Kind, least: int, wished: int) -> Seats:
    rest = _others(seats, kind)
    kept = min(held_of(seats, kind), _bounded(least))
    made = (*rest, SeatDemand(*kind, _bounded(least), _bounded(wished), kept)) if wished > 0 else rest
    return _sorted(made)


def _sorted(made: Seats) -> Seats:
    return tuple(sorted(made, key=lambda seat: (not seat.leader, seat.skill_id is None, seat.skill_id or "")))


def _bounded(heads: int) -> int:
    return min(max(heads, 0), most_heads())
