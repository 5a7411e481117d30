"""Finds people for seats, one by one, so that a possible plan grows together with the demand."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from patrol_desk.models.enums import ActivityClass, PersonStatus, Preference
from patrol_desk.samples.folk import EARLY, LEADER, NIGHT, PATTERNS, SHIFTS, Band, Folk
from patrol_desk.samples.geometry import square
from patrol_desk.samples.posts import Post
from patrol_desk.samples.times import SCARCE_SKILLS

NEAR_M: Final = 5700
"""No duty of the possible plan lies farther from home; the rule says 6,000 m."""

NEW_DAYS: Final = 90
"""Nobody who joined later has a duty of the possible plan, so that no patrol of it is one of novices alone."""

_TEAM_CHOICE: Final = 16
"""Near squads of which one whole team is looked for."""

_WILLING_CHOICE: Final = 40
"""Near squads in which somebody willing is looked for before anybody is persuaded."""


class Planter:
    """Who may still serve, and the duties given so far.

    Parameters
    ----------
    monday
        First day of the week.
    bands
        Squads; only their dependable members outside the valley are used.
    """

    def __init__(self, monday: date, bands: list[Band]) -> None:
        self._bands = [band for band in bands if not band.remote and band.ended_on is None]
        last = monday + timedelta(days=6)
        self._crews = [[p for p in band.members if dependable(p, monday, last)] for band in self._bands]
        everybody = [person for crew in self._crews for person in crew]
        self._left = {person.number: person.cap for person in everybody}
        self._open = {person.number: _open_shifts(person, monday) for person in everybody}
        self._kinds = {person.number: _kinds(person, last) for person in everybody}
        self._band_left = [sum(self._left[person.number] for person in crew) for crew in self._crews]
        self._near: dict[str, list[int]] = {}
        self._closed_by = [_closed_by(shift) for shift in range(SHIFTS)]

    @property
    def capacity(self) -> int:
        """Duties that can still be given."""
        return sum(self._left.values())

    def take_team(self, post: Post, shift: int, kinds: list[str]) -> list[str]:
        """Fill the seats from one near squad if one can, else one by one; return those that nobody can take."""
        typed_first = sorted(kinds, key=lambda kind: (kind == "", kind))
        for index in self._squads(post)[:_TEAM_CHOICE]:
            team = self._team(index, post, shift, typed_first)
            if team is not None:
                for person in team:
                    self._give(index, person, shift)
                return []
        return [kind for kind in typed_first if not self.take(post, shift, kind)]

    def take(self, post: Post, shift: int, kind: str) -> bool:
        """Fill one seat with somebody near who is willing, else persuade the nearest who could."""
        squads = self._squads(post)
        for willing, choice in ((True, squads[:_WILLING_CHOICE]), (False, squads)):
            for index in choice:
                for person in self._able(index, post, shift, kind):
                    if not willing or person.availability[shift]:
                        self._give(index, person, shift)
                        return True
        return False

    def close_scarce(self, shift: int) -> None:
        """Give no more duties in a scarce shift to those of whom the township is short then."""
        for crew in self._crews:
            for person in crew:
                if SCARCE_SKILLS[shift] in ("", *person.skills):
                    self._open[person.number] &= ~(1 << shift)

    def _squads(self, post: Post) -> list[int]:
        """Return the squads near a checkpoint that still have duties to give, nearest first."""
        known = self._near.get(post.name)
        if known is None:
            away = [(square(band.base, post.point), index) for index, band in enumerate(self._bands)]
            known = [index for metres, index in sorted(away) if metres <= (NEAR_M - 200) ** 2]
        self._near[post.name] = [index for index in known if self._band_left[index]]
        return self._near[post.name]

    def _team(self, index: int, post: Post, shift: int, kinds: list[str]) -> list[Folk] | None:
        if self._band_left[index] < len(kinds):
            return None
        team: list[Folk] = []
        for kind in kinds:
            able = [p for p in self._able(index, post, shift, kind) if p.availability[shift] and p not in team]
            if not able:
                return None
            team.append(max(able, key=lambda person: (self._left[person.number], -len(person.skills), -person.number)))
        return team

    def _able(self, index: int, post: Post, shift: int, kind: str) -> Iterator[Folk]:
        """Yield the members who may take the seat, willing or not."""
        for person in self._crews[index]:
            if (
                self._open[person.number] >> shift & 1
                and kind in self._kinds[person.number]
                and person.home is not None
                and square(person.home, post.point) <= NEAR_M**2
            ):
                yield person

    def _give(self, index: int, person: Folk, shift: int) -> None:
        person.duties.append(shift)
        self._left[person.number] -= 1
        self._band_left[index] -= 1
        still = self._open[person.number] & ~self._closed_by[shift]
        self._open[person.number] = still if self._left[person.number] else 0
        if not person.availability[shift]:
            person.availability[shift] = Preference.AVOID


def _open_shifts(person: Folk, monday: date) -> int:
    """Return a bit per shift that starts on a day without leave."""
    days = [day for day in range(7) if not person.on_leave(monday + timedelta(days=day))]
    return sum(0b1111 << day * PATTERNS for day in days)


def _kinds(person: Folk, last: date) -> frozenset[str]:
    return frozenset(kind for kind in ("", LEADER, *person.skills) if person.holds(kind, last))


def _closed_by(shift: int) -> int:
    """Return a bit per shift that nobody can serve beside this one."""
    return sum(1 << other for other in range(SHIFTS) if not rested([shift], other))


def rested(duties: list[int], shift: int) -> bool:
    """Say whether a shift fits beside the others: one a day, and no morning after a night."""
    day, pattern = divmod(shift, PATTERNS)
    for other in duties:
        other_day, other_pattern = divmod(other, PATTERNS)
        if other_day == day:
            return False
        if pattern == EARLY and other_pattern == NIGHT and other_day == day - 1:
            return False
        if pattern == NIGHT and other_pattern == EARLY and other_day == day + 1:
            return False
    return True


def dependable(person: Folk, first: date, last: date) -> bool:
    """Say whether the person is on the roster all days, however past duties are counted, and no novice."""
    return (
        person.status is PersonStatus.ACTIVE
        and person.rostered
        and person.joined <= first - timedelta(days=NEW_DAYS)
        and person.insured is not None
        and person.insured[0] <= first
        and person.insured[1] >= last
        and (person.activity is ActivityClass.WEEKLY or person.quota <= 1)
    )
