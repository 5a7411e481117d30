"""What the day's page shows, as frozen data."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import AttendanceState

OPENS = timedelta(minutes=30)
"""How long before a shift its arrivals can be written."""
OVERDUE = timedelta(minutes=15)
"""How long after the start somebody who has not come is missing."""
HERE = frozenset({AttendanceState.PRESENT, AttendanceState.LATE})
"""Entries of those who came."""


class PostState(StrEnum):
    """How a checkpoint stands in one shift."""

    OK = "ok"
    BELOW_DESIRED = "below_desired"
    BELOW_MINIMUM = "below_minimum"
    NOT_STAFFED = "not_staffed"


class Phase(StrEnum):
    """Where a shift stands in time."""

    ENDED = "ended"
    RUNNING = "running"
    NEXT = "next"
    """The first that is still to come, or one of several that begin at the same moment."""
    LATER = "later"


class Post(NamedTuple):
    """A checkpoint in one shift.

    Parameters
    ----------
    heads
        People assigned, whatever seats they hold.
    minimum, desired
        Heads asked for.
    missing
        Minimum seats that nobody of the right kind holds.
    wanting
        Desired seats that nobody of the right kind holds; `missing` among them.
    state
        What follows from these.
    """

    heads: int
    minimum: int
    desired: int
    missing: int
    wanting: int
    state: PostState


@dataclass(frozen=True, slots=True)
class Place:
    """A checkpoint as a row of the day."""

    checkpoint_id: str
    code: str
    name: str
    community: str


@dataclass(frozen=True, slots=True)
class Group:
    """Consecutive rows of one community; its name is empty for checkpoints without one."""

    name: str
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class DayShift:
    """One dated shift.

    Parameters
    ----------
    starts_at, ends_at
        Station time.
    posts
        One per row of the view.
    """

    pattern_id: str
    code: str
    name: str
    mark: str
    night: bool
    on_date: date
    start_minute: int
    length_minutes: int
    posts: tuple[Post, ...] = ()

    @property
    def starts_at(self) -> datetime:
        """Station time at which it begins."""
        return datetime.combine(self.on_date, datetime.min.time()) + timedelta(minutes=self.start_minute)

    @property
    def ends_at(self) -> datetime:
        """Station time at which it ends, perhaps on the next day."""
        return self.starts_at + timedelta(minutes=self.length_minutes)

    @property
    def heads(self) -> int:
        """People assigned."""
        return sum(post.heads for post in self.posts)

    @property
    def desired(self) -> int:
        """Heads asked for."""
        return sum(post.desired for post in self.posts)

    @property
    def coverage(self) -> float | None:
        """Share of the desired seats that somebody of the right kind holds, 0 to 1; None when none is asked for."""
        desired = self.desired
        return 1 - sum(post.wanting for post in self.posts) / desired if desired else None

    def count(self, state: PostState) -> int:
        """Return how many checkpoints stand so."""
        return sum(post.state is state for post in self.posts)


@dataclass(frozen=True, slots=True)
class Head:
    """Somebody who is due.

    Parameters
    ----------
    squad
        Name of the squad on that day, empty without one.
    colour
        Colour of the squad, 0 to 7: the same on every page.
    leads
        Whether the person leads that squad or holds the leader's seat.
    mark
        What attendance says; None while nobody has written anything.
    """

    person_id: str
    name: str
    squad: str
    colour: int
    leads: bool
    mark: AttendanceState | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """Who is due in one shift.

    Parameters
    ----------
    shift
        The shift.
    running
        Whether it runs at the moment of the view.
    people
        One tuple per row, leaders first.
    leaders
        One tuple per group: leaders of squads who stand there.
    """

    shift: DayShift
    running: bool
    people: tuple[tuple[Head, ...], ...]
    leaders: tuple[tuple[Head, ...], ...]

    @property
    def due(self) -> int:
        """People who are due: all but those somebody else stands in for."""
        return sum(head.mark is not AttendanceState.REPLACED for row in self.people for head in row)

    @property
    def arrived(self) -> int:
        """Those of them who came."""
        return sum(head.mark in HERE for row in self.people for head in row)

    @property
    def unmarked(self) -> int:
        """Those of whom nobody has written anything."""
        return sum(head.mark is None for row in self.people for head in row)

    @property
    def opens_at(self) -> datetime:
        """Station time from which arrivals can be written."""
        return self.shift.starts_at - OPENS


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody who should stand there by now and does not."""

    place: Place
    shift: DayShift
    head: Head

    @property
    def key(self) -> tuple[str, str, str, date]:
        """Person, checkpoint, pattern and day of the duty."""
        return (self.head.person_id, self.place.checkpoint_id, self.shift.pattern_id, self.shift.on_date)


@dataclass(frozen=True, slots=True)
class TodayGap:
    """A checkpoint that lacks people in a shift that is not over.

    Parameters
    ----------
    row
        Row of the view.
    shift
        The shift, without its posts.
    post
        How it stands.
    kinds
        What the missing seats ask for; empty when anybody will do.
    """

    row: int
    place: Place
    shift: DayShift
    post: Post
    kinds: tuple[Message, ...]

    @property
    def red(self) -> bool:
        """Whether it is below the minimum."""
        return self.post.state is PostState.BELOW_MINIMUM

    @property
    def missing(self) -> int:
        """Heads to find: up to the minimum, or up to what is desired where the minimum is met."""
        return self.post.missing if self.red else self.post.wanting

    @property
    def key(self) -> tuple[str, str, date]:
        """Checkpoint, pattern and day."""
        return (self.place.checkpoint_id, self.shift.pattern_id, self.shift.on_date)

    @property
    def week(self) -> Week:
        """The week whose plan it belongs to."""
        return Week.of(self.shift.on_date)


@dataclass(frozen=True, slots=True)
class WeekState:
    """A week's plan in short; `number` is 0 while it has none.

    Parameters
    ----------
    number
        Version that is shown: the newest.
    draft
        Whether that version is a draft.
    published
        Number of the version in force, 0 for none.
    """

    week: Week
    number: int
    draft: bool
    published: int


@dataclass(frozen=True, slots=True)
class TodayView:
    """The day as stored at one moment.

    Parameters
    ----------
    now
        Station time it was read for.
    rows, groups
        Checkpoints by community.
    shifts
        Yesterday's shifts that still run, then today's.
    columns
        Who is due now and next: at most two.
    gaps
        Of the next 72 hours, below minimum first, then by time. Weeks without a plan have none.
    weeks
        The weeks those hours touch.
    """

    now: datetime
    rows: tuple[Place, ...]
    groups: tuple[Group, ...]
    shifts: tuple[DayShift, ...]
    columns: tuple[Column, ...]
    gaps: tuple[TodayGap, ...]
    weeks: tuple[WeekState, ...]

    @property
    def red_gaps(self) -> int:
        """How many gaps are below the minimum."""
        return sum(gap.red for gap in self.gaps)

    def outdated(self, now: datetime) -> bool:
        """Say whether a shift has begun or ended since, takes arrivals now or has its missing counted."""
        edges = {
            edge
            for shift in self._known()
            for edge in (shift.starts_at - OPENS, shift.starts_at, shift.starts_at + OVERDUE, shift.ends_at)
        }
        return now.date() != self.now.date() or any(self.now < edge <= now for edge in edges)

    def missing(self, now: datetime) -> tuple[Missing, ...]:
        """Return who has not come to the shifts that began at least `OVERDUE` ago, by row."""
        return tuple(
            Missing(place, column.shift, head)
            for column in self.columns
            if column.shift.starts_at + OVERDUE <= now < column.shift.ends_at
            for place, people in zip(self.rows, column.people, strict=True)
            for head in people
            if head.mark in {None, AttendanceState.ABSENT}
        )

    def phase(self, shift: DayShift, now: datetime) -> Phase:
        """Return where a shift stands at a moment."""
        if shift.ends_at <= now:
            return Phase.ENDED
        if shift.starts_at <= now:
            return Phase.RUNNING
        first = min(other.starts_at for other in self._known() if other.starts_at > now)
        return Phase.NEXT if shift.starts_at == first else Phase.LATER

    def _known(self) -> tuple[DayShift, ...]:
        return (*self.shifts, *(column.shift for column in self.columns))
