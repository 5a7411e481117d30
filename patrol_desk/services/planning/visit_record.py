"""到访记录: when a checkpoint of low demand was visited, and when it will be, for whoever may know."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final, TypeVar

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_now
from patrol_desk.models import Checkpoint, VersionState
from patrol_desk.security.permissions import Permission, allows
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.board import Board
from patrol_desk.services.planning.visits_predictable import PlacePredictability, of_place
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import visit_record as reads
from patrol_desk.storage.reads.planning import SERVED
from patrol_desk.storage.reads.visit_record import CameLine, PatternLine, PlannedLine

RECORD_WEEKS: Final = 12
"""Weeks before today that are told: the lottery's counts are settled after as many."""

Slot = tuple[date, str]
"""Day and pattern id."""

L = TypeVar("L", CameLine, PlannedLine)


class VisitState(StrEnum):
    """What has become of a visit, or is to become of it."""

    DRAWN = "drawn"
    """To come, drawn by lot; nobody is planned yet."""
    DRAFT = "draft"
    """To come, planned in a draft."""
    PLANNED = "planned"
    """To come, or under way, in a version in force."""
    DONE = "done"
    ABSENT = "absent"
    """Over: nobody of those who were noted came."""
    NOT_NOTED = "not_noted"
    """Over: somebody was planned, no attendance was noted."""
    NOBODY = "nobody"
    """Over: drawn by lot, and nobody was sent."""


AHEAD: Final = frozenset({VisitState.DRAWN, VisitState.DRAFT, VisitState.PLANNED})
"""States of visits that are not over."""


@dataclass(frozen=True, slots=True)
class SquadHeads:
    """So many of a squad; without a name they are of none."""

    squad: str
    heads: int


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit.

    Parameters
    ----------
    on, pattern_id, pattern
        Its shift.
    start_minute, length_minutes
        Of the shift, minutes after midnight and minutes.
    state
        What has become of it.
    squads
        Who came, or else who is planned; the most first.
    drawn
        It was drawn by lot.
    """

    on: date
    pattern_id: str
    pattern: str
    start_minute: int
    length_minutes: int
    state: VisitState
    squads: tuple[SquadHeads, ...]
    drawn: bool

    @property
    def id(self) -> str:
        """Its shift, as a row of a table."""
        return f"{self.on.isoformat()} {self.pattern_id}"

    @property
    def heads(self) -> int:
        """How many came, or are planned."""
        return sum(squad.heads for squad in self.squads)

    @property
    def begins(self) -> datetime:
        """Station time at which the shift begins."""
        return datetime.combine(self.on, time()) + timedelta(minutes=self.start_minute)


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """A checkpoint's visits.

    Parameters
    ----------
    checkpoint_id
        Whose.
    weekly
        Visits a week that it is due, 0 for one that is manned by its demand.
    weeks
        Weeks before today of which attendance was noted, begun ones too; at most `RECORD_WEEKS`.
    lines
        The latest first; without those to come when they are hidden.
    hidden
        Whoever asks may not know what is to come.
    """

    checkpoint_id: str
    weekly: int
    weeks: int
    lines: tuple[VisitLine, ...]
    hidden: bool

    @property
    def done(self) -> tuple[VisitLine, ...]:
        """The visits that were made, the latest first."""
        return tuple(line for line in self.lines if line.state is VisitState.DONE)

    @property
    def mean(self) -> float:
        """Visits made a week, over the weeks that were noted."""
        return len(self.done) / self.weeks if self.weeks else 0.0

    @property
    def slots(self) -> int:
        """At how many different times of the week (weekday and shift) it was visited."""
        return len({(line.on.weekday(), line.pattern_id) for line in self.done})

    @property
    def longest_pause(self) -> int:
        """Most days from one visit made to the next, 0 with fewer than two."""
        days = [line.on for line in self.done]
        return max((later - sooner).days for later, sooner in pairwise(days)) if days[1:] else 0


@permitted(Permission.PLAN_READ)
def visit_record(station: Station, actor: Actor, checkpoint_id: str) -> VisitRecord:
    """Return the visits of the last `RECORD_WEEKS` weeks, and those to come for whoever makes plans.

    Where the next visit will be is what nobody is to guess: it is told to those alone who plan it.
    """
    now, ahead = station_now(station.clock), may_see_ahead(actor)
    first = now.date() - timedelta(weeks=RECORD_WEEKS)
    with station.read() as session:
        place = session.get(Checkpoint, checkpoint_id)
        weekly = 0 if place is None else place.weekly_visits
        drawn = reads.drawn_at(session, checkpoint_id, first)
        if not weekly and not drawn:
            return VisitRecord(checkpoint_id, 0, 0, (), hidden=not ahead)
        noted = reads.noted_since(session, first)
        told = _Told(
            reads.shift_lines(session),
            drawn,
            _by_slot(reads.came_to(session, checkpoint_id, first)),
            _by_slot(reads.planned_at(session, checkpoint_id, first)),
        )
    found = (told.line(slot, now) for slot in told.slots())
    lines = [line for line in found if line is not None and (ahead or line.begins <= now)]
    lines.sort(key=lambda line: line.begins, reverse=True)
    weeks = 0 if noted is None else -((noted - now.date()).days // 7)
    return VisitRecord(checkpoint_id, weekly, weeks, tuple(lines), hidden=not ahead)


def may_see_ahead(actor: Actor) -> bool:
    """Say whether somebody may know of visits that are still to come: those who make plans may."""
    return allows(actor.role, Permission.PLAN_WRITE)


@permitted(Permission.PLAN_WRITE)
def guess_visits(station: Station, actor: Actor, board: Board, checkpoint_id: str) -> PlacePredictability | None:
    """Return how well a checkpoint's week on an open board can be guessed; None where nobody stands."""
    del station, actor  # the board holds all that is asked
    row = board.frame.row_of.get(checkpoint_id)
    return None if row is None else of_place(board, row)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the file tells of a checkpoint's shifts."""

    patterns: dict[str, PatternLine]
    drawn: set[Slot]
    came: Mapping[Slot, Sequence[CameLine]]
    planned: Mapping[Slot, Sequence[PlannedLine]]

    def slots(self) -> set[Slot]:
        """Return every shift of which anything is told."""
        return self.drawn | self.came.keys() | self.planned.keys()

    def line(self, slot: Slot, now: datetime) -> VisitLine | None:
        """Return a shift's line; None where a draft alone once planned what is over."""
        day, pattern_id = slot
        came, planned = self.came.get(slot, ()), self.planned.get(slot, ())
        in_force = [line for line in planned if line.state is VersionState.PUBLISHED]
        served = [line for line in came if line.state in SERVED]
        pattern = self.patterns[pattern_id]
        ends = datetime.combine(day, time()) + timedelta(minutes=pattern.start_minute + pattern.length_minutes)
        if served:
            state, who = VisitState.DONE, _squads(served)
        elif ends > now:
            state, who = _coming(in_force, planned)
        elif came:
            state, who = VisitState.ABSENT, _squads(came)
        elif in_force:
            state, who = VisitState.NOT_NOTED, _squads(in_force)
        elif slot in self.drawn:
            state, who = VisitState.NOBODY, ()
        else:
            return None
        minutes = (pattern.start_minute, pattern.length_minutes)
        return VisitLine(day, pattern_id, pattern.name, *minutes, state, who, slot in self.drawn)


def _by_slot(lines: Iterable[L]) -> dict[Slot, list[L]]:
    """Return lines by their shift."""
    found: dict[Slot, list[L]] = defaultdict(list)
    for line in lines:
        found[line.on_date, line.pattern_id].append(line)
    return dict(found)


def _coming(
    in_force: Sequence[PlannedLine], planned: Sequence[PlannedLine]
) -> tuple[VisitState, tuple[SquadHeads, ...]]:
    """Return the state of a visit that is not over: a version in force counts before a draft."""
    if in_force:
        return VisitState.PLANNED, _squads(in_force)
    return (VisitState.DRAFT, _squads(planned)) if planned else (VisitState.DRAWN, ())


def _squads(lines: Iterable[CameLine | PlannedLine]) -> tuple[SquadHeads, ...]:
    """Return who, the most first; states of one squad are added up."""
    heads: dict[str, int] = {}
    for line in lines:
        heads[line.squad or ""] = heads.get(line.squad or "", 0) + line.heads
    return tuple(SquadHeads(name, count) for name, count in sorted(heads.items(), key=lambda item: (-item[1], item[0])))
