"""Fits demand to people so that what must stay empty is known exactly.

A possible plan is drawn together with the demand: every seat is given to somebody who may take it, except for a counted
few in four places where nobody else can serve. So no plan leaves fewer seats empty, and one leaves exactly these.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from patrol_desk.models.enums import CheckpointStatus, PersonStatus, Preference
from patrol_desk.samples.demand import ask, drop, fit, make_scarce, open_posts, wish_for_more
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
    Band,
    Folk,
    shift_of,
)
from patrol_desk.samples.planter import Planter, rested
from patrol_desk.samples.posts import VALLEY, Post
from patrol_desk.samples.sample import Scarcity

FILL_PER_MILLE: Final = 950
"""Share of the duties that the people could serve which the demand asks for."""

MISSING_PER_MILLE: Final = 7
"""Share of all seats that each of the four scarcities leaves empty."""


class Saturator:
    """Draws the demand of one township and a possible plan for it.

    Parameters
    ----------
    seed, monday
        Of the township.
    bands, posts
        Squads and checkpoints; the checkpoints' `seats`, the people's `duties` and `availability` are changed.
    """

    def __init__(self, seed: int, monday: date, bands: list[Band], posts: Sequence[Post]) -> None:
        self._draw = Draw(seed, "demand")
        active = [post for post in posts if post.status is CheckpointStatus.ACTIVE]
        self._town = [post for post in active if post.style != VALLEY]
        self._valley = [post for post in active if post.style == VALLEY]
        self._reserve = [person for band in bands if band.remote for person in band.members]
        self._planter = Planter(monday, bands)

    def run(self) -> tuple[Scarcity, ...]:
        """Fill the checkpoints' demand; return what must stay empty and why."""
        wanted = self._planter.capacity * FILL_PER_MILLE // 1000
        missing = max(2, (wanted * MISSING_PER_MILLE + 500) // 1000)
        open_posts(self._town)
        make_scarce(self._town, missing, self._draw)
        fit(self._town, wanted + 3 * missing, self._draw)
        seats = {
            (number, shift): [kind for kind in sorted(asked) for _ in range(asked[kind][0])]
            for number, post in enumerate(self._town)
            for shift, asked in sorted(post.seats.items())
        }
        scarcities = (
            self._scarce("drivers", seats, FRIDAY_NIGHT, DRIVING, missing),
            self._scarce("first_aid", seats, SATURDAY_NOON, FIRST_AID, missing),
            self._scarce("sunday_night", seats, SUNDAY_NIGHT, None, missing),
            self._remote(missing),
        )
        self._staff(seats)
        wish_for_more(self._town, self._draw)
        return scarcities

    def _scarce(
        self, cause: str, seats: dict[tuple[int, int], list[str]], shift: int, kind: str | None, missing: int
    ) -> Scarcity:
        """Give away the seats of one kind (None: all) in one shift, but leave `missing` of them open."""
        chosen = [
            (number, seat)
            for (number, when), held in seats.items()
            if when == shift
            for seat in held
            if kind in (None, seat)
        ]
        # Seats for anybody are left open first, so that the shift is short of people and of nothing else.
        order = sorted(self._draw.shuffled(chosen), key=lambda item: item[1] == "")
        filled, left_open = order[: len(order) - missing], order[len(order) - missing :]
        for number, seat in filled:
            if not self._planter.take(self._town[number], shift, seat):
                drop(self._town[number], shift, seat)
        self._planter.close_scarce(shift)
        for number, seat in chosen:
            seats[number, shift].remove(seat)
        asked = sum(
            sum(count for seat, (count, _) in post.seats.get(shift, {}).items() if kind in (None, seat))
            for post in self._town
        )
        return Scarcity(cause, asked, len(left_open))

    def _remote(self, missing: int) -> Scarcity:
        """Ask for more in the valley than the few who live near enough can give."""
        reserve = [p for p in self._reserve if p.rostered and p.status is PersonStatus.ACTIVE]
        total = sum(person.cap for person in reserve) + missing
        seats: list[int] = []
        for day, pattern in _valley_order():
            for post in self._valley:
                count = min(2, total - len(seats))
                ask(post, shift_of(day, pattern), "", count)
                seats += [shift_of(day, pattern)] * count
        free = self._draw.shuffled(seats)
        for person in reserve:
            person.cap = self._serve(person, free)
        return Scarcity("remote", len(seats), len(free))

    @staticmethod
    def _serve(person: Folk, free: list[int]) -> int:
        """Give the person as many of the free seats as the cap allows; return how many."""
        for shift in list(free):
            if len(person.duties) < person.cap and rested(person.duties, shift):
                person.duties.append(shift)
                person.availability[shift] = person.availability[shift] or Preference.FINE
                free.remove(shift)
        return len(person.duties)

    def _staff(self, seats: dict[tuple[int, int], list[str]]) -> None:
        """Give away all other seats; close those that nobody can take."""
        order = sorted(self._draw.shuffled(sorted(seats)), key=lambda task: _difficulty(task[1], seats[task]))
        for number, shift in order:
            post = self._town[number]
            for kind in self._planter.take_team(post, shift, seats[number, shift]):
                drop(post, shift, kind)


def _difficulty(shift: int, kinds: list[str]) -> int:
    """Return the rank in which seats are given away: leaders and the scarce shifts first, plain seats last."""
    if LEADER in kinds:
        return 0
    if shift in (FRIDAY_NIGHT, SATURDAY_NOON, SUNDAY_NIGHT):
        return 1
    return 2 if any(kinds) else 3 if shift % PATTERNS == NIGHT else 4


def _valley_order() -> list[tuple[int, int]]:
    evenings = [(day, EVENING) for day in (5, 6, 4, 0, 1, 2, 3)]
    mornings = [(day, EARLY) for day in (5, 6, 0, 1, 2, 3, 4)]
    return [*evenings, *mornings, *((day, NOON) for day in (6, 0, 1, 2, 3, 4))]
