"""Reading the day: one read transaction, then counting in memory."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby

from patrol_desk.common.actor import Actor
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import AttendanceState, SquadRole, VersionState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.squad_colours import NO_SQUAD_COLOUR, squad_colours
from patrol_desk.services.station import Station
from patrol_desk.services.today.view import (
    Column,
    DayShift,
    Group,
    Head,
    Place,
    Post,
    PostState,
    TodayGap,
    TodayView,
    WeekState,
)
from patrol_desk.storage.reads import today
from patrol_desk.storage.reads.rows import PatternRow
from patrol_desk.storage.session import Session

AHEAD = timedelta(hours=72)
"""How far gaps are looked for."""
_COLUMNS = 2
_EMPTY = Post(0, 0, 0, 0, 0, PostState.NOT_STAFFED)

Kind = tuple[str | None, bool]
"""A kind of seat: skill id and whether it is the leader's."""
Key = tuple[str, str, date]
"""Checkpoint, pattern, day."""


@permitted(Permission.PLAN_READ)
def read_today(station: Station, actor: Actor, now: datetime) -> TodayView:
    """Return the day's page for a moment, read in one transaction.

    Parameters
    ----------
    station, actor
        The open file and who looks.
    now
        Station time, naive.
    """
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        return _Day(session, now).view()


class _Day:
    """The rows of one reading and what is counted from them."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now
        self.dates = _dates(now)
        self.shifts = _shifts(today.patterns(session), self.dates)
        self.weeks, self.versions = _weeks(session, self.dates)
        self.held = self._held()
        self.needs = self._needs()
        self.rows = self._places()
        self.groups = tuple(_groups(self.rows))

    def view(self) -> TodayView:
        """Return the whole day."""
        shown = [shift for shift in self.shifts if self._of_today(shift)]
        due = [shift for shift in self.shifts if shift.ends_at > self.now][:_COLUMNS]
        return TodayView(
            now=self.now,
            rows=self.rows,
            groups=self.groups,
            shifts=tuple(self._with_posts(shift) for shift in shown),
            columns=self._columns([self._with_posts(shift) for shift in due]),
            gaps=tuple(self._gaps()),
            weeks=self.weeks,
        )

    def _of_today(self, shift: DayShift) -> bool:
        day = self.now.date()
        return shift.on_date == day or (shift.on_date < day and shift.ends_at > self.now)

    def _held(self) -> Mapping[Key, Mapping[Kind, int]]:
        found: defaultdict[Key, dict[Kind, int]] = defaultdict(dict)
        for row in today.counts(self.session, self.versions, self.dates[0], self.dates[-1]):
            found[row[0], row[1], row[2]][row[3], row[4]] = row[5]
        return found

    def _needs(self) -> Mapping[Key, Sequence[tuple[Kind, int, int]]]:
        """Return what is asked for as the planner sees it: with security periods, without what neighbours hold."""
        from patrol_desk.services.planning.asked import seats_asked  # numpy: not before the page stands

        found: dict[Key, Sequence[tuple[Kind, int, int]]] = {}
        for week in dict.fromkeys(Week.of(day) for day in self.dates):
            found.update(seats_asked(self.session, week))
        return found

    def _places(self) -> tuple[Place, ...]:
        rows = today.places(self.session, {place for place, _, _ in self.held})
        return tuple(Place(row.id, row.code, row.name, row.community or "") for row in rows)

    def _post(self, place: str, shift: DayShift) -> Post:
        asked = self.needs.get((place, shift.pattern_id, shift.on_date))
        held = self.held.get((place, shift.pattern_id, shift.on_date))
        if asked is None and held is None:
            return _EMPTY
        return tally(asked or (), held or {})

    def _with_posts(self, shift: DayShift) -> DayShift:
        return replace(shift, posts=tuple(self._post(place.checkpoint_id, shift) for place in self.rows))

    def _gaps(self) -> list[TodayGap]:
        planned = {state.week for state in self.weeks if state.number}
        limit = self.now + AHEAD
        ahead = [
            shift
            for shift in self.shifts
            if shift.ends_at > self.now and shift.starts_at < limit and Week.of(shift.on_date) in planned
        ]
        skills = today.skill_names(self.session)
        found = []
        for shift in ahead:
            for number, place in enumerate(self.rows):
                post = self._post(place.checkpoint_id, shift)
                if post.wanting:
                    found.append(TodayGap(number, place, shift, post, self._kinds(place, shift, post, skills)))
        return sorted(found, key=lambda gap: (not gap.red, gap.shift.starts_at, gap.row))

    def _kinds(self, place: Place, shift: DayShift, post: Post, skills: Mapping[str, str]) -> tuple[Message, ...]:
        held = self.held.get((place.checkpoint_id, shift.pattern_id, shift.on_date), {})
        kinds = []
        for (skill, leader), minimum, desired in self.needs[place.checkpoint_id, shift.pattern_id, shift.on_date]:
            if held.get((skill, leader), 0) < (minimum if post.missing else desired):
                if leader:
                    kinds.append(Message("today.needs_leader"))
                elif skill is not None:
                    kinds.append(Message("today.needs_skill", {"skill": skills[skill]}))
        return tuple(kinds)

    def _columns(self, due: Sequence[DayShift]) -> tuple[Column, ...]:
        keys = [(shift.pattern_id, shift.on_date) for shift in due]
        rows = today.squads(self.session)
        colours = squad_colours([community for _, _, community in rows])
        squads = {squad: (number, name) for number, (squad, name, _) in zip(colours, rows, strict=True)}
        marks = today.marks(self.session, keys)
        people: defaultdict[Key, list[Head]] = defaultdict(list)
        for row in today.duties(self.session, self.versions, keys):
            mark = marks.get((row.person_id, row.pattern_id, row.on_date))
            people[row.checkpoint_id, row.pattern_id, row.on_date].append(_head(row, squads, mark))
        return tuple(self._column(shift, people) for shift in due)

    def _column(self, shift: DayShift, people: Mapping[Key, Sequence[Head]]) -> Column:
        by_row = tuple(
            tuple(people.get((place.checkpoint_id, shift.pattern_id, shift.on_date), ())) for place in self.rows
        )
        leaders = tuple(
            tuple(head for row in by_row[group.first : group.first + group.count] for head in row if head.leads)
            for group in self.groups
        )
        return Column(shift, shift.starts_at <= self.now, by_row, leaders)


def tally(asked: Sequence[tuple[Kind, int, int]], held: Mapping[Kind, int]) -> Post:
    """Return how a checkpoint stands, from what is asked for and who holds which kind of seat.

    Parameters
    ----------
    asked
        Kind of seat, least and desired heads.
    held
        Kind of seat → heads.
    """
    heads = sum(held.values())
    minimum = desired = missing = wanting = 0
    for kind, least, most in asked:
        have = held.get(kind, 0)
        minimum += least
        desired += most
        missing += max(0, least - have)
        wanting += max(0, most - have)
    if missing:
        state = PostState.BELOW_MINIMUM
    elif wanting:
        state = PostState.BELOW_DESIRED
    else:
        state = PostState.OK if heads or desired else PostState.NOT_STAFFED
    return Post(heads, minimum, desired, missing, wanting, state)


def _dates(now: datetime) -> list[date]:
    """Return the days whose shifts matter: yesterday to the last day of the hours ahead, and one for what is next."""
    first = now.date() - timedelta(days=1)
    last = (now + AHEAD).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _shifts(patterns: Sequence[PatternRow], dates: Sequence[date]) -> list[DayShift]:
    """Return the dated shifts by start."""
    found = [
        DayShift(row.id, row.code, row.name, row.mark, row.night, day, row.start_minute, row.length_minutes)
        for day in dates
        for row in patterns
    ]
    return sorted(found, key=lambda shift: (shift.starts_at, shift.ends_at, shift.code))


def _weeks(session: Session, dates: Sequence[date]) -> tuple[tuple[WeekState, ...], list[str]]:
    """Return the state of each week, and the ids of the versions that are shown: the newest of each."""
    weeks = list(dict.fromkeys(Week.of(day) for day in dates))
    rows = today.versions(session, weeks)
    states, shown = [], []
    for week in weeks:
        own = [row for row in rows if row.week == str(week)]
        published = next((row.number for row in own if row.state is VersionState.PUBLISHED), 0)
        if own:
            shown.append(own[0].id)
        draft = bool(own) and own[0].state is VersionState.DRAFT
        states.append(WeekState(week, own[0].number if own else 0, draft, published))
    return tuple(states), shown


def _groups(rows: Sequence[Place]) -> list[Group]:
    found = []
    for name, members in groupby(enumerate(rows), key=lambda item: item[1].community):
        first, *rest = members
        found.append(Group(name, first[0], 1 + len(rest)))
    return found


def _head(row: today.DutyRow, squads: Mapping[str, tuple[int, str]], mark: AttendanceState | None) -> Head:
    number, name = squads.get(row.squad_id or "", (NO_SQUAD_COLOUR, ""))
    leads = row.leader or row.role is SquadRole.LEADER
    return Head(row.person_id, row.name, name, number, leads, mark)
