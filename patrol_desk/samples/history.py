"""Attendance of the four weeks before the week to be planned."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from patrol_desk.models.enums import ActivityClass, AttendanceState, CheckpointStatus, PersonStatus
from patrol_desk.samples.draw import Draw
from patrol_desk.samples.folk import PATTERNS, SHIFTS, Band, Folk
from patrol_desk.samples.geometry import square
from patrol_desk.samples.planter import NEAR_M, rested
from patrol_desk.samples.posts import Post

WEEKS: Final = 4
_NEAREST: Final = 14
_STATES: Final = (
    (AttendanceState.PRESENT, 930),
    (AttendanceState.LATE, 35),
    (AttendanceState.ABSENT, 25),
    (AttendanceState.REPLACED, 10),
)


@dataclass(frozen=True, slots=True)
class Served:
    """One past duty: who, at which checkpoint (index), on which day, in which pattern, and what became of it."""

    person: Folk
    post: int
    day: date
    pattern: int
    state: AttendanceState
    minutes: int


class Historian:
    """Draws past duties that fit availability, leave, caps, rest and the checkpoints' present demand.

    Parameters
    ----------
    seed, monday
        Of the township; the history ends the day before `monday`.
    bands, posts
        Squads and checkpoints, demand and availability already drawn.
    """

    def __init__(self, seed: int, monday: date, bands: Sequence[Band], posts: Sequence[Post]) -> None:
        self._draw = Draw(seed, "history")
        self._monday = monday
        self._bands = bands
        self._posts = posts
        self._near = [self._nearest(band) for band in bands]

    def write(self) -> Iterator[Served]:
        """Yield the past duties week by week."""
        months = {p.number: self._month(p) for band in self._bands for p in band.members if p.rostered}
        before: dict[int, list[int]] = {}
        for week in range(WEEKS):
            first = self._monday - timedelta(weeks=WEEKS - week)
            room = {
                (number, shift): sum(desired for _, desired in seats.values())
                for number, post in enumerate(self._posts)
                for shift, seats in post.seats.items()
            }
            served: dict[int, list[int]] = {}
            for index, band in enumerate(self._bands):
                for person in band.members:
                    wanted = months[person.number][week] if person.number in months else 0
                    for _ in range(wanted):
                        duty = self._duty(person, index, first, room, (before, served))
                        if duty is not None:
                            yield duty
            before = served

    def _nearest(self, band: Band) -> list[int]:
        ranked = sorted(
            (square(post.point, band.base), number)
            for number, post in enumerate(self._posts)
            if post.status is CheckpointStatus.ACTIVE
        )
        return [number for away, number in ranked[:_NEAREST] if away <= NEAR_M**2]

    def _month(self, person: Folk) -> list[int]:
        """Return how many duties the person is asked for in each of the weeks."""
        if person.status is not PersonStatus.ACTIVE:
            return [0] * WEEKS
        if person.activity is ActivityClass.WEEKLY:
            return [
                min(person.cap, self._draw.weighted(((0, 10), (1, 34), (2, 34), (3, 15), (4, 7)))) for _ in range(WEEKS)
            ]
        weeks = self._draw.shuffled(range(WEEKS))[: person.quota]
        return [int(week in weeks) for week in range(WEEKS)]

    def _duty(
        self,
        person: Folk,
        band: int,
        first: date,
        room: dict[tuple[int, int], int],
        weeks: tuple[dict[int, list[int]], dict[int, list[int]]],
    ) -> Served | None:
        before, served = weeks
        own = served.setdefault(person.number, [])
        # The neighbouring weeks' duties stand before and after this week's in the same count of shifts.
        around = [shift - SHIFTS for shift in before.get(person.number, [])] + own
        if first + timedelta(weeks=1) == self._monday:
            around += [shift + SHIFTS for shift in person.duties]
        open_shifts = [shift for shift in range(SHIFTS) if person.availability[shift]]
        for shift in self._draw.shuffled(open_shifts):
            day = first + timedelta(days=shift // PATTERNS)
            if not rested(around, shift) or person.on_leave(day) or day < max(person.status_on, person.joined):
                continue
            post = next((number for number in self._near[band] if room.get((number, shift), 0)), None)
            if post is not None:
                room[post, shift] -= 1
                own.append(shift)
                state = self._draw.weighted(_STATES)
                return Served(person, post, day, shift % PATTERNS, state, self._minutes(state))
        return None

    def _minutes(self, state: AttendanceState) -> int:
        if state is AttendanceState.PRESENT:
            return 240
        return 240 - self._draw.between(8, 60) if state is AttendanceState.LATE else 0
