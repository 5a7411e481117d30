"""From a week as read to the sheets about places."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from patrol_desk.services.places.surroundings import Ground
from patrol_desk.services.planning.asked import Heads
from patrol_desk.services.printed.ask import Ask, WeekRead, chosen
from patrol_desk.services.printed.footnotes import Footnotes
from patrol_desk.services.printed.marks import PrivacyProfile, ShiftMark
from patrol_desk.services.printed.posts import (
    CheckpointWeekSheet,
    DayShift,
    Equipment,
    Manning,
    MusterDaySheet,
    OverviewGroup,
    OverviewRow,
    OverviewSheet,
    PostShift,
    ShiftWeek,
    SignInSheet,
    SignInShift,
)
from patrol_desk.services.sheets_build import ROLE_ORDER, shift_mark
from patrol_desk.storage.reads.printed import MusterPlace, PostLine
from patrol_desk.storage.reads.rows import PatternRow, SeatRow


@dataclass(frozen=True, slots=True)
class _Near:
    """The muster point nearest to a checkpoint, and how far it is in metres."""

    muster: MusterPlace
    metres: int


class PostBuilder:
    """Builds sheets about places.

    Parameters
    ----------
    read
        The week.
    ask
        What is wanted; complete.
    """

    def __init__(self, read: WeekRead, ask: Ask) -> None:
        assert ask.profile is not None
        self._read = read
        self._ask = ask
        self._profile: PrivacyProfile = ask.profile
        self._frame = read.frame(ask.profile)
        self._data = read.sheets.reading.data
        self._patterns = {row.id: row for row in self._data.patterns}
        self._seats = _by_place(self._data.seats)
        self._posts = {post.code: post for post in read.posts}
        self._near = _nearest(read.posts, read.muster)

    def checkpoint_weeks(self) -> Iterator[CheckpointWeekSheet]:
        """Yield the week of each wanted checkpoint; of those in use when none is named."""
        for post in self._wanted_posts():
            notes, days = self._notes(), self._data.week.days
            shifts = tuple(
                ShiftWeek(shift_mark(pattern), tuple(self._manning(post, pattern, day, notes) for day in days))
                for pattern in self._patterns_at(post, days)
            )
            if shifts or self._ask.checkpoints:
                week = self._data.week
                yield CheckpointWeekSheet(
                    self._frame, str(week), week.monday, post.code, post.name, post.address, shifts, notes.all
                )

    def muster_days(self) -> Iterator[MusterDaySheet]:
        """Yield the day of each wanted muster point; of those with any duty near by when none is named."""
        day = self._ask.on_day
        known = {point.code: point for point in self._read.muster}
        for point in chosen(self._ask.muster_points, known, "sheet.no_muster_point"):
            posts = [post for post in self._read.posts if self._is_near(post, point)]
            shifts = tuple(self._day_shifts(posts, day))
            if shifts or self._ask.muster_points:
                things = self._equipment(point.id)
                yield MusterDaySheet(self._frame, day, point.code, point.name, shifts, things)

    def sign_ins(self) -> Iterator[SignInSheet]:
        """Yield the day's sign-in sheets: of squads where squads are named, else of checkpoints."""
        if self._ask.squads:
            yield from self._squad_sign_ins()
            return
        day = self._ask.on_day
        for post in self._wanted_posts():
            patterns, notes = self._patterns_at(post, (day,)), self._notes()
            shifts = tuple(SignInShift(shift_mark(one), self._manning(post, one, day, notes)) for one in patterns)
            if not shifts and not self._ask.checkpoints:
                continue
            near = self._near.get(post.id)
            name = f"{near.muster.code} {near.muster.name}" if near else ""
            things = self._equipment(near.muster.id) if near else ()
            metres = near.metres if near else 0
            yield SignInSheet(
                self._frame, day, "checkpoint", post.code, post.name, name, metres, shifts, things, notes.all
            )  # fmt: skip

    def overview(self) -> OverviewSheet:
        """Return the township's week, by community."""
        groups: dict[str, list[OverviewRow]] = {}
        marks = {row.id: shift_mark(row) for row in self._data.patterns}
        for post in self._wanted_posts():
            days = tuple(self._day(post, day, marks) for day in self._data.week.days)
            if any(days):
                groups.setdefault(post.community or "", []).append(OverviewRow(post.code, post.short_name, days))
        shown = tuple(OverviewGroup(name, tuple(rows)) for name, rows in sorted(groups.items()))
        shifts = tuple(marks.values())
        week, code = self._data.week, self._data.township.code
        return OverviewSheet(self._frame, str(week), week.monday, code, shifts, shown)

    def _day(self, post: PostLine, day: date, marks: Mapping[str, ShiftMark]) -> tuple[tuple[ShiftMark, Manning], ...]:
        pairs = ((marks[pattern.id], self._manning(post, pattern, day)) for pattern in self._data.patterns)
        return tuple((mark, manning) for mark, manning in pairs if manning.people or manning.desired)

    def _wanted_posts(self) -> list[PostLine]:
        return chosen(self._ask.checkpoints, self._posts, "sheet.no_checkpoint")

    def _patterns_at(self, post: PostLine, days: Iterable[date]) -> list[PatternRow]:
        """Return the patterns in which somebody stands there or ought to, on any of the days."""
        wanted = self._ask.shift
        days = tuple(days)
        return [
            pattern
            for pattern in self._data.patterns
            if (not wanted or pattern.code == wanted)
            and any(self._is_used(post, pattern, day) for day in days)
        ]  # fmt: skip

    def _is_used(self, post: PostLine, pattern: PatternRow, day: date) -> bool:
        asked = self._asked(post, pattern, day)
        return asked.desired > 0 or asked.held > 0 or (post.id, pattern.id, day) in self._seats

    def _asked(self, post: PostLine, pattern: PatternRow, day: date) -> Heads:
        """Return the heads asked for; a checkpoint out of use asks for nobody."""
        return self._read.asked.get((post.id, pattern.id, day), Heads())

    def _notes(self) -> Footnotes:
        return Footnotes(self._read.sheets.reading.overrides, self._patterns)

    def _manning(self, post: PostLine, pattern: PatternRow, day: date, notes: Footnotes | None = None) -> Manning:
        fresh = self._read.sheets.reading.fresh
        held = self._seats.get((post.id, pattern.id, day), ())
        found = [
            (
                self._order(seat.person_id),
                seat.person_id,
                self._read.on_duty(
                    seat.person_id, self._profile, changed=(seat.person_id, post.id, pattern.id, day) in fresh
                ),
            )
            for seat in held
        ]
        ordered = sorted(found, key=lambda pair: pair[0])
        people = tuple(
            replace(person, mark=notes.mark(held_by, post.id, pattern.id, day, person.name)) if notes else person
            for _order, held_by, person in ordered
        )
        return Manning(people, *self._asked(post, pattern, day))

    def _order(self, person_id: str) -> tuple[str, int, str]:
        """Return the order on a sheet: by squad, leaders first, by code."""
        squad, row = self._read.member.get(person_id, ("", None))
        line = self._read.people.get(person_id)
        return squad, ROLE_ORDER[row.role] if row is not None else 9, line.code if line is not None else ""

    def _is_near(self, post: PostLine, point: MusterPlace) -> bool:
        near = self._near.get(post.id)
        return near is not None and near.muster.id == point.id

    def _day_shifts(self, posts: list[PostLine], day: date) -> Iterator[DayShift]:
        for pattern in self._data.patterns:
            used = [post for post in posts if self._is_used(post, pattern, day)]
            if used and (not self._ask.shift or self._ask.shift == pattern.code):
                held = tuple(PostShift(post.code, post.name, self._manning(post, pattern, day)) for post in used)
                yield DayShift(shift_mark(pattern), held)

    def _squad_sign_ins(self) -> Iterator[SignInSheet]:
        day, reading, places = self._ask.on_day, self._read.sheets.reading, self._data.places
        known = {code: (squad_id, code, name) for squad_id, code, name in self._data.squads}
        for squad_id, code, name in chosen(self._ask.squads, known, "sheet.no_squad"):
            shifts, notes = [], self._notes()
            for pattern in self._data.patterns:
                if self._ask.shift and self._ask.shift != pattern.code:
                    continue
                people = tuple(
                    replace(
                        self._read.on_duty(
                            member.person_id,
                            self._profile,
                            place=places[seat.checkpoint_id].name,
                            changed=(member.person_id, seat.checkpoint_id, pattern.id, day) in reading.fresh,
                        ),
                        mark=notes.mark(member.person_id, seat.checkpoint_id, pattern.id, day, member.name),
                    )
                    for member in reading.members(squad_id)
                    for seat in reading.seats.get(member.person_id, ())
                    if seat.on_date == day and seat.pattern_id == pattern.id
                )
                if people:
                    shifts.append(SignInShift(shift_mark(pattern), Manning(people)))
            yield SignInSheet(self._frame, day, "squad", code, name, "", 0, tuple(shifts), (), notes.all)

    def _equipment(self, muster_id: str) -> tuple[Equipment, ...]:
        return tuple(Equipment(name, count) for name, count in self._read.stock.get(muster_id, ()))


def _by_place(seats: Iterable[SeatRow]) -> dict[tuple[str, str, date], list[SeatRow]]:
    found: dict[tuple[str, str, date], list[SeatRow]] = {}
    for seat in seats:
        found.setdefault((seat.checkpoint_id, seat.pattern_id, seat.on_date), []).append(seat)
    return found


def _nearest(posts: Iterable[PostLine], points: Iterable[MusterPlace]) -> dict[str, _Near]:
    """Return checkpoint id → the nearest muster point; nothing where a place is unknown."""
    placed = [(point, point.lon, point.lat) for point in points]
    found = {}
    for post in posts:
        if post.lon is None or post.lat is None:
            continue
        ground = Ground(post.lon, post.lat)
        near = [
            _Near(point, ground.metres(lon, lat)) for point, lon, lat in placed if lon is not None and lat is not None
        ]
        if near:
            found[post.id] = min(near, key=lambda one: (one.metres, one.muster.code))
    return found
