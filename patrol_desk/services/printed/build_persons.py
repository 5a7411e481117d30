"""From a week as read to the sheets about people."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.models import AttendanceState, SquadRole, VersionState
from patrol_desk.services.printed.ask import Ask, WeekRead, chosen
from patrol_desk.services.printed.frame import SheetFrame
from patrol_desk.services.printed.held import versions_held
from patrol_desk.services.printed.marks import MemberRole
from patrol_desk.services.printed.persons import (
    AvailabilityForm,
    AvailabilityLine,
    CallLine,
    CallSheet,
    ChangedDuty,
    ChangedPerson,
    ChangeKind,
    ChangeSlip,
    HoursLine,
    HoursSheet,
    PersonSlip,
    SlipDuty,
)
from patrol_desk.services.sheets_build import ROLE_ORDER, Place, shift_mark
from patrol_desk.services.sheets_week import places_of
from patrol_desk.storage.reads import planning, printed
from patrol_desk.storage.reads import sheets as sheet_reads
from patrol_desk.storage.reads.sheets import MemberRow
from patrol_desk.storage.session import Session

Places = frozenset[Place]


class PersonBuilder:
    """Builds sheets about people of a week.

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
        self._frame = read.frame(ask.profile)
        self._data = read.sheets.reading.data
        self._patterns = {row.id: row for row in self._data.patterns}
        self._posts = {post.id: post for post in read.posts}
        self._squads = {code: (squad_id, code, name) for squad_id, code, name in self._data.squads}

    def slips(self) -> Iterator[PersonSlip]:
        """Yield the slips of the named people and squads; of everybody on duty when none is named."""
        for squad_id, _code, name in chosen(self._ask.squads, self._squads, "sheet.no_squad"):
            members = self._read.sheets.reading.members(squad_id)
            leader = next((row for row in members if row.role == SquadRole.LEADER.value), None)
            for row in members:
                if not self._ask.persons or row.code in self._ask.persons:
                    yield from self._slip(row, name, leader)

    def _slip(self, row: MemberRow, squad: str, leader: MemberRow | None) -> Iterator[PersonSlip]:
        duties = tuple(self._slip_duties(row.person_id))
        if duties or self._ask.persons:
            yield PersonSlip(
                self._frame,
                str(self._data.week),
                self._data.week.monday,
                row.code,
                row.name,
                squad,
                leader.name if leader is not None else "",
                (leader.phone or "") if leader is not None else "",
                duties,
            )

    def _slip_duties(self, person_id: str) -> Iterator[SlipDuty]:
        seats = self._read.sheets.reading.seats.get(person_id, ())
        for seat in sorted(seats, key=lambda one: (one.on_date, self._patterns[one.pattern_id].start_minute)):
            post = self._posts.get(seat.checkpoint_id)
            name = self._data.places[seat.checkpoint_id].name
            mark = shift_mark(self._patterns[seat.pattern_id])
            yield SlipDuty(seat.on_date, mark, name, post.address if post is not None else "")

    def change_slips(self, session: Session) -> Iterator[ChangeSlip]:
        """Yield a slip for each squad that a change concerns, from the version it was last told of.

        A squad that nothing was printed for is told from the version published before. One that has the newer version
        gets a slip only when it is named.

        Raises
        ------
        PatrolError
            There are no two published versions to compare.
        """
        newer, usual = self._read.sheets.version.number, self._older()
        published = self._published(session)
        if usual not in published:
            raise PatrolError(Message("sheet.no_older_version", {"week": str(self._data.week)}))
        held = versions_held(session, self._data.week) if self._ask.before is None else {}
        before = {number: places_of(planning.assignments_of(session, published[number])) for number in {usual}}
        after = places_of(self._data.seats)
        for squad_id, code, name in chosen(self._ask.squads, self._squads, "sheet.no_squad"):
            number = held.get(code, usual)
            if number >= newer and not self._ask.squads:
                continue  # this squad was told already
            number = number if number in published else usual
            if number not in before:
                before[number] = places_of(planning.assignments_of(session, published[number]))
            people = tuple(self._concerned(squad_id, before[number], after))
            if people:
                yield ChangeSlip(
                    self._frame, str(self._data.week), self._data.week.monday, code, name, number, people
                )  # fmt: skip

    def has_older(self, session: Session) -> bool:
        """Say whether there is a published version from which change slips can tell."""
        return self._older() in self._published(session)

    def _published(self, session: Session) -> dict[int, str]:
        """Return number → id of the published versions that are older than the one shown."""
        return {
            one.number: one.id
            for one in planning.versions_of(session, str(self._data.week))
            if one.state is not VersionState.DRAFT and one.number < self._read.sheets.version.number
        }

    def _concerned(self, squad_id: str, before: Places, after: Places) -> Iterator[ChangedPerson]:
        """Yield those of a squad whose duties differ."""
        concerned = {place[0] for place in before ^ after}
        for row in self._read.sheets.reading.members(squad_id):
            if row.person_id in concerned:
                changed = tuple(self._changed(row.person_id, before, after))
                yield ChangedPerson(row.name, MemberRole(row.role), changed)

    def _older(self) -> int:
        return self._ask.before if self._ask.before is not None else self._read.sheets.before

    def _changed(self, person_id: str, before: Iterable[Place], after: Iterable[Place]) -> Iterator[ChangedDuty]:
        old = {place for place in before if place[0] == person_id}
        new = {place for place in after if place[0] == person_id}
        kinds = {ChangeKind.DROPPED: old - new, ChangeKind.KEPT: old & new, ChangeKind.NEW: new - old}
        found = [(place, kind) for kind, places in kinds.items() for place in places]
        for (_person, post, pattern, day), kind in sorted(found, key=lambda one: self._when(one[0])):
            yield ChangedDuty(kind, day, shift_mark(self._patterns[pattern]), self._data.places[post].name)

    def _when(self, place: Place) -> tuple[date, int, str]:
        return place[3], self._patterns[place[2]].start_minute, place[1]

    def squad_calls(self) -> Iterator[CallSheet]:
        """Yield a sheet for each named squad: everybody in it, leaders first, with what they do that day."""
        day = self._ask.on_day
        for squad_id, code, name in chosen(self._ask.squads, self._squads, "sheet.no_squad"):
            lines = tuple(
                CallLine(row.name, MemberRole(row.role), name, row.phone or "", self._busy(row.person_id, day))
                for row in self._read.sheets.reading.members(squad_id)
            )
            yield CallSheet(self._frame, day, code, name, "", None, 0, lines)

    def _busy(self, person_id: str, day: date) -> str:
        """Return the marks of the shifts somebody serves that day."""
        seats = self._read.sheets.reading.seats.get(person_id, ())
        marks = [self._patterns[seat.pattern_id].mark for seat in seats if seat.on_date == day]
        places = [self._data.places[seat.checkpoint_id].short_name for seat in seats if seat.on_date == day]
        return " ".join(f"{mark}·{place}" for mark, place in zip(marks, places, strict=True))


def month_hours(session: Session, frame: SheetFrame, ask: Ask) -> Iterator[HoursSheet]:
    """Yield a month's hours of each wanted squad: everyone in it on the month's last day, or before they left."""
    assert ask.month is not None
    first = ask.month.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    served: dict[str, list[printed.Served]] = {}
    for one in printed.attendance_between(session, first, last):
        served.setdefault(one.person_id, []).append(one)
    for code, name, members in _squads(session, ask, first, last):
        lines = tuple(_hours(member, served.get(member.person_id, ())) for member in members)
        yield HoursSheet(frame, first, code, name, lines)


def _hours(member: MemberRow, served: Iterable[printed.Served]) -> HoursLine:
    found = list(served)
    states = [one.state for one in found]
    counts = (states.count(state) for state in AttendanceState)
    present, late, absent, replaced = counts
    minutes = sum(one.minutes for one in found)
    return HoursLine(member.name, MemberRole(member.role), present, late, absent, replaced, minutes)


def availability_forms(session: Session, frame: SheetFrame, ask: Ask, today: date) -> Iterator[AvailabilityForm]:
    """Yield the form of each wanted squad, filled with what is known."""
    patterns = sheet_reads.patterns_in_order(session)
    squads = list(_squads(session, ask, today, today))
    people = [member.person_id for _code, _name, members in squads for member in members]
    known = printed.availability_of(session, people)
    for code, name, members in squads:
        lines = tuple(
            AvailabilityLine(
                member.name,
                MemberRole(member.role),
                tuple(known.get((member.person_id, pattern.id)) for pattern in patterns),
            )
            for member in members
        )
        yield AvailabilityForm(frame, today, code, name, tuple(shift_mark(one) for one in patterns), lines)


def _squads(session: Session, ask: Ask, first: date, last: date) -> Iterator[tuple[str, str, list[MemberRow]]]:
    members = sheet_reads.members_between(session, first, last)
    known = {code: (squad_id, code, name) for squad_id, code, name in sheet_reads.squads_in_force(session)}
    for squad_id, code, name in chosen(ask.squads, known, "sheet.no_squad"):
        found = sorted(members.get(squad_id, ()), key=lambda member: (ROLE_ORDER[member.role], member.code))
        if found or ask.squads:
            yield code, name, found
