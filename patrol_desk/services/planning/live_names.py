"""Names to the indices of a planning problem, so that a run can be told of in words people know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from patrol_desk.models import Checkpoint, Person, ShiftPattern
from patrol_desk.services.planning.problem import WeekProblem
from patrol_desk.storage import bulk
from patrol_desk.storage.reads.rows import SeatRow
from patrol_desk.storage.session import Session


@dataclass(frozen=True, slots=True, order=True)
class SeatRef:
    """Where and when a duty is; ordered by time, then place.

    Parameters
    ----------
    on_date, start_minute
        Day on which the shift starts, minutes after its midnight.
    mark, shift
        One character for the pattern, and its name.
    place, place_code
        Name and code of the checkpoint.
    """

    on_date: date
    start_minute: int
    place_code: str
    place: str
    mark: str
    shift: str


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Who and what the indices of one problem stand for.

    Parameters
    ----------
    people
        Person id → name.
    places
        Checkpoint id → code and name.
    patterns
        Pattern id → mark, name and start in minutes after midnight.
    """

    people: dict[str, str]
    places: dict[str, tuple[str, str]]
    patterns: dict[str, tuple[str, str, int]]

    def person(self, person_id: str) -> str:
        """Return a person's name; the id's first characters for somebody who is not in the file any more."""
        return self.people.get(person_id, person_id[:8])

    def seat(self, seat: SeatRow) -> SeatRef:
        """Return where and when a stored assignment is."""
        return self.at(seat.checkpoint_id, seat.pattern_id, seat.on_date)

    def at(self, checkpoint_id: str, pattern_id: str, on_date: date) -> SeatRef:
        """Return place and time by their ids."""
        code, place = self.places.get(checkpoint_id, ("", checkpoint_id[:8]))
        mark, shift, start = self.patterns.get(pattern_id, ("", pattern_id[:8], 0))
        return SeatRef(on_date, start, code, place, mark, shift)

    def task(self, week_problem: WeekProblem, task: int) -> SeatRef:
        """Return where and when a task of the problem is."""
        demand = week_problem.problem.demand
        pattern, day = week_problem.shifts[demand.task_shift[task]]
        return self.at(week_problem.checkpoint_ids[demand.task_checkpoint[task]], pattern, day)


def read_names(session: Session) -> Names:
    """Return the names of all people, checkpoints and shift patterns, retired ones too."""
    people: Sequence[tuple[str, str]] = [(row[0], row[1]) for row in bulk.rows(session, Person, ("id", "name"))]
    places = bulk.rows(session, Checkpoint, ("id", "code", "name"))
    patterns = bulk.rows(session, ShiftPattern, ("id", "mark", "name", "start_minute"))
    return Names(
        people=dict(people),
        places={row[0]: (row[1], row[2]) for row in places},
        patterns={row[0]: (row[1], row[2], row[3]) for row in patterns},
    )
