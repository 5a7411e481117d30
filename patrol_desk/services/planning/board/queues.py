"""The duty queue of a squad and what its people have served: who has waited longest for which kind of duty."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

import numpy as np

from patrol_desk.engine.problem import WAITED_MOST
from patrol_desk.services.planning.board.persons import PersonWeek
from patrol_desk.services.planning.load_class import HOLIDAY, NIGHT, WEEKDAY, WEEKEND

EVER: Final = 1 << 20
"""Days that whoever has no such duty has waited."""
QUEUES: Final = (NIGHT, WEEKEND, HOLIDAY)
CLASSES: Final = (WEEKDAY, NIGHT, WEEKEND, HOLIDAY)


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """Where somebody stands in their squad's queue for a class of duties.

    Parameters
    ----------
    load_class
        Which, as in `load_class`.
    rank, people
        1 has waited longest; those who have waited as long share a rank. Of how many people.
    days
        Since the last such duty before the week, in days for nights and in whole weeks' days for others; None where
        none is known.
    """

    load_class: int
    rank: int
    people: int
    days: int | None


@dataclass(frozen=True, slots=True)
class ServedLoad:
    """Duties of a class in the weeks that count, somebody's own and the median of their squad."""

    load_class: int
    own: int
    median: float


def queue(week: PersonWeek, person: int, load_class: int) -> QueuePlace:
    """Return somebody's place in their squad's queue for a class of duties."""
    waits, own = _waits(week, person, load_class), _days(week, person, load_class)
    longer = len(waits) - bisect_right(waits, EVER if own is None else own)
    return QueuePlace(load_class, longer + 1, len(waits), own)


def loads(week: PersonWeek, person: int) -> tuple[ServedLoad, ...]:
    """Return what somebody has served of each class, beside the median of their squad."""
    load = week.board.frame.problem.people.load
    squad = np.array(_squad(week, person), dtype=np.int64)
    return tuple(ServedLoad(each, int(load[person, each]), float(np.median(load[squad, each]))) for each in CLASSES)


def _squad(week: PersonWeek, person: int) -> tuple[int, ...]:
    members = week.members.get(int(week.squads.squad[person]), ())
    return members if person in members else (*members, person)


def _days(week: PersonWeek, person: int, load_class: int) -> int | None:
    frame = week.board.frame
    if load_class == NIGHT:
        last = frame.last_night.get(person)
        return None if last is None else (week.board.week.monday - last).days
    weeks = int(frame.problem.people.waited[person, load_class])
    return None if weeks >= WAITED_MOST else weeks * 7


def _waits(week: PersonWeek, person: int, load_class: int) -> list[int]:
    """Return how long the people of somebody's squad have waited, sorted, computed once for a squad."""
    key = int(week.squads.squad[person]), load_class
    if key not in week.waits:
        days = [_days(week, other, load_class) for other in _squad(week, person)]
        week.waits[key] = sorted(EVER if each is None else each for each in days)
    return week.waits[key]
