"""Calendars and availability forms, read from the file in one transaction each."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.security.permissions import Permission
from patrol_desk.services.handon.data import AvailabilityBook, Calendar, Event, FormLine
from patrol_desk.services.permits import permitted
from patrol_desk.services.printed.ask import Ask, WeekRead, chosen, complete, read_week
from patrol_desk.services.printed.kinds import KINDS
from patrol_desk.services.printed.marks import MemberRole
from patrol_desk.services.sheets_build import ROLE_ORDER, shift_mark
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import planning, printed
from patrol_desk.storage.reads import sheets as sheet_reads
from patrol_desk.storage.reads.rows import SeatRow
from patrol_desk.storage.reads.sheets import MemberRow


@permitted(Permission.PRINT)
def calendars(station: Station, actor: Actor, ask: Ask, *, of_squads: bool) -> list[Calendar]:
    """Return the week's calendars of squads, or of people.

    Parameters
    ----------
    station, actor
        Whose file, and who hands on.
    ask
        Week, version, squads and people; people without duty are left out unless named.
    of_squads
        A calendar for each squad instead of each person.

    Raises
    ------
    InvalidDataError
        The week is not told.
    PatrolError
        The file has nothing to hand on, or a code is unknown.
    """
    told = complete(ask, KINDS["squad-week" if of_squads else "slip"])
    with station.read() as session:
        maker = _CalendarMaker(read_week(session, station, actor, told), told, station.clock.now())
    made = list(maker.squads() if of_squads else maker.people())
    unknown = sorted(set(told.persons) - {calendar.code for calendar in made}) if not of_squads else []
    if unknown:
        raise PatrolError(Message("handon.no_person", {"codes": unknown}))
    return made


class _CalendarMaker:
    """Makes calendars of one week as read."""

    def __init__(self, read: WeekRead, ask: Ask, now: datetime) -> None:
        self._read, self._ask, self._now = read, ask, now
        self._data = read.sheets.reading.data
        self._patterns = {row.id: row for row in self._data.patterns}
        self._posts = {post.id: post for post in read.posts}
        self._squads: Mapping[str, tuple[str, str, str]] = {one[1]: one for one in self._data.squads}

    def people(self) -> Iterator[Calendar]:
        """Yield a calendar for everybody wanted."""
        for squad_id, _code, _name in chosen(self._ask.squads, self._squads, "sheet.no_squad"):
            for member in self._read.sheets.reading.members(squad_id):
                if self._ask.persons and member.code not in self._ask.persons:
                    continue
                seats = self._read.sheets.reading.seats.get(member.person_id, [])
                if seats or self._ask.persons:
                    events = (self._event(seat, f"person-{member.code}") for seat in seats)
                    yield self._calendar(member.code, member.name, events)

    def squads(self) -> Iterator[Calendar]:
        """Yield a calendar for every squad wanted: who of it stands together is one event."""
        for squad_id, code, name in chosen(self._ask.squads, self._squads, "sheet.no_squad"):
            together: dict[tuple[object, ...], list[tuple[MemberRow, SeatRow]]] = {}
            for member in self._read.sheets.reading.members(squad_id):
                for seat in self._read.sheets.reading.seats.get(member.person_id, ()):
                    key = (seat.on_date, seat.pattern_id, seat.checkpoint_id)
                    together.setdefault(key, []).append((member, seat))
            events = (
                self._event(held[0][1], f"squad-{code}", tuple(member.name for member, _seat in held))
                for held in together.values()
            )
            yield self._calendar(code, name, events)

    def _event(self, seat: SeatRow, of: str, people: tuple[str, ...] = ()) -> Event:
        pattern, post = self._patterns[seat.pattern_id], self._posts.get(seat.checkpoint_id)
        start = datetime.combine(seat.on_date, time()) + timedelta(minutes=pattern.start_minute)
        place = post.code if post is not None else seat.checkpoint_id
        return Event(
            uid=f"{seat.on_date:%Y%m%d}-{pattern.code}-{place}-{of}@{self._data.township.code}.patrol-desk",
            start=start,
            end=start + timedelta(minutes=pattern.length_minutes),
            shift=pattern.name,
            place=self._data.places[seat.checkpoint_id].name,
            address=post.address if post is not None else "",
            people=people,
        )

    def _calendar(self, code: str, name: str, events: Iterator[Event]) -> Calendar:
        township, version = self._data.township, self._read.sheets.version
        return Calendar(
            code=code,
            name=name,
            week=str(self._data.week),
            station=township.station_name,
            duty_phone=township.duty_phone,
            state=version.state,
            number=version.number,
            made_at=self._now,
            events=tuple(sorted(events, key=lambda event: (event.start, event.uid))),
        )


@permitted(Permission.PRINT)
def availability_books(station: Station, actor: Actor, ask: Ask) -> list[AvailabilityBook]:
    """Return the availability form of each wanted squad with the codes by which the import knows people and shifts.

    Raises
    ------
    PatrolError
        The file has no township, or a squad's code is unknown.
    """
    del actor  # the permission is all that depends on who asks
    today = station_today(station.clock)
    with station.read() as session:
        township = planning.township(session)
        if township is None:
            raise PatrolError(Message("sheet.no_township"))
        patterns = sheet_reads.patterns_in_order(session)
        members = sheet_reads.members_between(session, today, today)
        squads = {code: (squad_id, code, name) for squad_id, code, name in sheet_reads.squads_in_force(session)}
        wanted = chosen(ask.squads, squads, "sheet.no_squad")
        people = [member.person_id for squad_id, _code, _name in wanted for member in members.get(squad_id, ())]
        known = printed.availability_of(session, people)
        name_of_township = township.name
    forms = []
    for squad_id, code, name in wanted:
        found = sorted(members.get(squad_id, ()), key=lambda member: (ROLE_ORDER[member.role], member.code))
        lines = tuple(
            FormLine(
                member.code, member.name, MemberRole(member.role), pattern.code, shift_mark(pattern),
                known.get((member.person_id, pattern.id)),
            )
            for member in found
            for pattern in patterns
        )  # fmt: skip
        if lines or ask.squads:
            forms.append(AvailabilityBook(code, name, name_of_township, today, lines))
    return forms
