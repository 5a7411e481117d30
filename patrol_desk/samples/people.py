"""People of a generated township: who they are, where they live, when they may serve."""

from datetime import date, timedelta

from patrol_desk.models.enums import ActivityClass, Force, LeaveReason, PersonStatus, SquadRole
from patrol_desk.samples.draw import Draw
from patrol_desk.samples.folk import DRIVING, FIRST_AID, LANGUAGE, RADIO, Band, Folk
from patrol_desk.samples.geometry import Point, square
from patrol_desk.samples.land import Land
from patrol_desk.samples.person_names import common_name, latin_name, long_name, minority_name, rare_name
from patrol_desk.samples.sizes import Size
from patrol_desk.samples.squads import REACH_CLEAR_M, remote_posts

_FORCES = (
    (Force.VOLUNTEER, 880), (Force.GUARD, 35), (Force.FULL_TIME, 25), (Force.AUXILIARY, 20), (Force.GRID_WORKER, 15),
    (Force.TRAFFIC, 10), (Force.PUBLICITY, 8), (Force.LIAISON, 7),
)  # fmt: skip
_LOOSE_FORCES = (
    (Force.VOLUNTEER, 55),
    (Force.OFFICER, 15),
    (Force.AUXILIARY, 15),
    (Force.PUBLICITY, 10),
    (Force.LIAISON, 5),
)
_CLASSES = {
    SquadRole.LEADER: ((ActivityClass.WEEKLY, 90), (ActivityClass.MONTHLY, 10)),
    SquadRole.DEPUTY: ((ActivityClass.WEEKLY, 50), (ActivityClass.MONTHLY, 50)),
    SquadRole.MEMBER: ((ActivityClass.WEEKLY, 88), (ActivityClass.MONTHLY, 370), (ActivityClass.CALL_OUT, 542)),
}
_CAPS = ((1, 18), (2, 32), (3, 30), (4, 20))
_SQUAD_STATUS = ((PersonStatus.ACTIVE, 960), (PersonStatus.AWAITING_TRAINING, 14), (PersonStatus.INACTIVE, 26))
_LOOSE_STATUS = ((PersonStatus.APPLIED, 34), (PersonStatus.VETTED, 26), (PersonStatus.ACTIVE, 40))
_WAITING = frozenset({PersonStatus.APPLIED, PersonStatus.VETTED, PersonStatus.AWAITING_TRAINING})
_INACTIVE_REASONS = ("迁出本镇", "本人申请退出", "工作变动", "健康原因", "长期未参加活动")
_REASONS = tuple(LeaveReason)
_RATES = {FIRST_AID: (240, 60), DRIVING: (360, 160), RADIO: (250, 60), LANGUAGE: (30, 8)}
"""Holders in a thousand of those on the roster and of the others."""

_VALID_YEARS = {FIRST_AID: 3, DRIVING: 6, RADIO: 4, LANGUAGE: 0}


class PeopleMaker:
    """Makes the people of one township and puts them into their squads.

    Parameters
    ----------
    size, seed, monday, land
        The township.
    bands
        Its squads; their `members` are filled.
    """

    def __init__(self, size: Size, seed: int, monday: date, land: Land, bands: list[Band]) -> None:
        self._size, self._monday, self._land, self._bands = size, monday, land, bands
        self._who = Draw(seed, "people")
        self._where = Draw(seed, "homes")
        self._skill = Draw(seed, "skills")
        self._far = remote_posts(size, land)

    def make(self) -> list[Folk]:
        """Return all people, members of squads first."""
        live = [band for band in self._bands if band.ended_on is None]
        loose = self._size.people * 35 // 1000
        people: list[Folk] = []
        for index, count in enumerate(self._counts(live, self._size.people - loose)):
            for place in range(count):
                people.append(self._member(len(people) + 1, index, live[index], place))
        while len(people) < self._size.people:
            people.append(self._loose(len(people) + 1))
        self._special_names(people)
        self._leave(people)
        return people

    def _counts(self, live: list[Band], total: int) -> list[int]:
        weights = [0 if band.remote else self._who.between(16, 36) for band in live]
        counts = [14 if band.remote else 0 for band in live]
        rest = total - sum(counts)
        done = passed = 0
        for index, weight in enumerate(weights):
            passed += weight
            share = rest * passed // sum(weights) - done
            counts[index] += share
            done += share
        return counts

    def _member(self, number: int, index: int, band: Band, place: int) -> Folk:
        role = SquadRole.LEADER if place == 0 else SquadRole.DEPUTY if place in (1, 2) else SquadRole.MEMBER
        status = PersonStatus.ACTIVE if place < 3 else self._who.weighted(_SQUAD_STATUS)
        activity = self._who.weighted(_CLASSES[role])
        person = self._person(number, self._who.weighted(_FORCES), status, activity)
        person.squad, person.role, person.remote = index, role, band.remote
        person.organisation = band.organisation
        self._settle(person, band)
        if status is PersonStatus.INACTIVE:
            person.squad, person.former = -1, index
        else:
            band.members.append(person)
        if person.remote:
            person.quota = 0
            person.insured = (date(self._monday.year, 1, 1), date(self._monday.year + 1, 12, 31))
        return person

    def _loose(self, number: int) -> Folk:
        status = self._who.weighted(_LOOSE_STATUS)
        force = self._who.weighted(_LOOSE_FORCES) if status is PersonStatus.ACTIVE else Force.VOLUNTEER
        person = self._person(number, force, status, ActivityClass.CALL_OUT)
        band = self._bands[self._who.below(self._size.squads - 2)]
        self._settle(person, band)
        return person

    def _person(self, number: int, force: Force, status: PersonStatus, activity: ActivityClass) -> Folk:
        draw = self._who
        female = draw.chance(380)
        age_days = draw.between(19 * 365, 62 * 365) if draw.chance(850) else draw.between(19 * 365, 35 * 365)
        joined, status_on = self._dates(status, age_days)
        weekly = activity is ActivityClass.WEEKLY
        person = Folk(
            number=number,
            name=common_name(draw, female=female),
            female=female,
            birth=self._monday - timedelta(days=age_days),
            force=force,
            status=status,
            status_on=status_on,
            status_reason=draw.pick(_INACTIVE_REASONS) if status is PersonStatus.INACTIVE else "",
            activity=activity,
            cap=draw.weighted(_CAPS) if weekly else 1,
            joined=joined,
            insured=self._insured(status in _WAITING),
            home=None,
            community=-1,
            cell=-1,
            squad=-1,
        )
        if activity is ActivityClass.MONTHLY:
            person.quota = draw.weighted(((0, 38), (1, 53), (2, 9)))
        self._certify(person)
        return person

    def _dates(self, status: PersonStatus, age_days: int) -> tuple[date, date]:
        """Return when the person joined, at eighteen at the earliest, and since when the status holds."""
        draw = self._who
        grown_up = self._monday - timedelta(days=age_days - 18 * 366)
        served = draw.between(5, 80) if status in _WAITING else draw.between(40, 2200)
        joined = max(self._monday - timedelta(days=served), grown_up)
        status_on = joined + timedelta(days=draw.between(0, 30))
        if status is PersonStatus.INACTIVE:
            status_on = self._monday - timedelta(days=draw.between(35, 330))
            joined = max(min(joined, status_on - timedelta(days=draw.between(30, 700))), grown_up)
        return joined, min(status_on, self._monday - timedelta(days=3))

    def _insured(self, waiting: bool) -> tuple[date, date] | None:
        """Return the insurance period: for most this calendar year, for a few ended or ending in the week."""
        draw = self._who
        if waiting:
            return None
        kind = draw.below(1000)
        year = self._monday.year
        if kind < 15:
            until = self._monday - timedelta(days=draw.between(1, 120))
            return until - timedelta(days=364), until
        if kind < 20:
            until = self._monday + timedelta(days=draw.between(0, 5))
            return until - timedelta(days=364), until
        if kind < 250:
            until = self._monday + timedelta(days=draw.between(8, 300))
            return until - timedelta(days=364), until
        return date(year, 1, 1), date(year + (1 if self._monday.month == 12 else 0), 12, 31)

    def _certify(self, person: Folk) -> None:
        draw = self._skill
        for skill, (rostered, others) in _RATES.items():
            if not draw.chance(rostered if person.rostered else others):
                continue
            years = _VALID_YEARS[skill]
            if years == 0:
                person.skills[skill] = (self._monday - timedelta(days=draw.between(30, 900)), None)
                continue
            kind = draw.below(1000)
            left = draw.between(8, years * 365 - 40)
            if kind < 40:
                left = -draw.between(1, 150)
            elif kind < 55:
                left = draw.between(0, 6)
            expires = self._monday + timedelta(days=left)
            person.skills[skill] = (expires - timedelta(days=years * 365), expires)

    def _settle(self, person: Folk, band: Band) -> None:
        """Give the person a home near the squad's base, off the river, and its community and grid cell."""
        land = self._land
        home = self._home(band)
        person.community = land.valley if band.remote else land.community_at(home)
        person.cell = land.cell_at(home, person.community)
        if person.rostered or not self._where.chance(12):
            person.home = home

    def _home(self, band: Band) -> Point:
        draw = self._where
        reach = 450 if band.remote else 1100
        for _ in range(12):
            x = band.base[0] + (draw.between(-reach, reach) + draw.between(-reach, reach)) // 2
            y = band.base[1] + (draw.between(-reach, reach) + draw.between(-reach, reach)) // 2
            if band.remote:
                return x, band.base[1] + (y - band.base[1]) // 3
            clear = min(square((x, y), post) for post in self._far) > REACH_CLEAR_M**2
            if clear and self._land.habitable((x, y)):
                return x, y
        return band.base

    def _special_names(self, people: list[Folk]) -> None:
        """Give some the names that programs get wrong: rare characters, two parts, twelve characters, Latin."""
        draw = self._who
        known = [person for person in people if person.squad >= 0 and person.role is SquadRole.MEMBER]
        chosen = draw.shuffled(known)
        scale = self._size.people
        for number in range(max(6, scale * 6 // 1000)):
            chosen.pop().name = rare_name(draw, number)
        for _ in range(max(3, scale * 7 // 1000)):
            chosen.pop().name = minority_name(draw)
        for number in range(max(1, scale // 2500)):
            chosen.pop().name = long_name(number)
        for _ in range(max(2, scale * 2 // 1000)):
            chosen.pop().name = latin_name(draw)

    def _leave(self, people: list[Folk]) -> None:
        draw = self._who
        on_roster = [p for p in people if p.rostered and p.status is PersonStatus.ACTIVE and not p.remote]
        chosen = draw.shuffled(on_roster)
        spans = ((self._size.leaves, 0, 6), (self._size.leaves // 2, 7, 34), (self._size.leaves * 6 // 10, -35, -4))
        for count, earliest, latest in spans:
            for _ in range(count):
                first = self._monday + timedelta(days=draw.between(earliest, latest))
                last = first + timedelta(days=draw.weighted(((0, 5), (1, 4), (2, 3), (4, 2), (6, 1))))
                chosen.pop().leaves.append((first, last, draw.pick(_REASONS)))
