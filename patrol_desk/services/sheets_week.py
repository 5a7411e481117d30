"""One week of squads' sheets from one reading of the file: which squads there are, and each one's sheet on demand."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_now
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import PlanVersion, VersionState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.overrides import read_overrides
from patrol_desk.services.sheet_data import PlanState, PrivacyProfile, SheetVersion, SquadWeekSheet
from patrol_desk.services.sheets_build import Place, SheetBuilder, WeekReading
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.rows import SeatRow
from patrol_desk.storage.reads.sheets import SheetData, read_sheets
from patrol_desk.storage.session import Session

STATES: Mapping[VersionState, PlanState] = {
    VersionState.DRAFT: PlanState.DRAFT,
    VersionState.PUBLISHED: PlanState.PUBLISHED,
    VersionState.OUTDATED: PlanState.OUTDATED,
}

Held = tuple[str, str, date]
"""Checkpoint, pattern and day of a duty."""


@dataclass(frozen=True, slots=True)
class VersionChoice:
    """A version of the week's plan that can be printed."""

    number: int
    state: PlanState


@dataclass(frozen=True, slots=True)
class SquadLine:
    """A squad to choose.

    Parameters
    ----------
    id, code, name
        The squad.
    colour
        Its place in the order of codes.
    members, duties
        People on the sheet, and their duties in the version.
    changed
        People whose duties differ from the version published before; 0 when none was.
    """

    id: str
    code: str
    name: str
    colour: int
    members: int
    duties: int
    changed: int


@dataclass(frozen=True, slots=True, eq=False)
class WeekSheets:
    """A week's sheets; nothing is read from the file any more, so any thread may ask.

    Parameters
    ----------
    week
        The week.
    before
        Number of the version published before the one shown, 0 for none.
    versions
        All that can be printed, newest first.
    squads
        By code.
    reading
        What the sheets are built from.
    """

    week: Week
    before: int
    versions: tuple[VersionChoice, ...]
    squads: tuple[SquadLine, ...]
    reading: WeekReading

    @property
    def version(self) -> SheetVersion:
        """The version shown, as sheets name it."""
        return self.reading.version

    def sheets(self, codes: Collection[str], profile: PrivacyProfile) -> Iterator[SquadWeekSheet]:
        """Yield the sheets of some squads, by code; codes nobody has are left out."""
        wanted = set(codes)
        for squad in self.reading.data.squads:
            if squad[1] in wanted:
                yield SheetBuilder(self.reading, squad).sheet(profile)

    def names(self) -> Iterator[str]:
        """Yield every name that any sheet of the week may show."""
        data = self.reading.data
        yield from (data.township.station_name, data.township.name, self.reading.printed_by)
        yield from (line.name for line in self.squads)
        yield from (member.name for members in data.members.values() for member in members)
        yield from (name for place in data.places.values() for name in place)


@permitted(Permission.PRINT)
def open_sheets(station: Station, actor: Actor, week: Week, number: int | None = None) -> WeekSheets:
    """Return a week's sheets, read in one transaction.

    Parameters
    ----------
    station, actor
        Whose file, and who prints.
    week
        The week.
    number
        Version of the plan; None: the one in force, else the newest.

    Raises
    ------
    PatrolError
        The database has no township, or the week no such version.
    """
    with station.read() as session:
        return week_sheets(session, station, actor, week, number)


@permitted(Permission.PRINT)
def week_sheets(session: Session, station: Station, actor: Actor, week: Week, number: int | None) -> WeekSheets:
    """Return a week's sheets within a transaction of the caller's; see `open_sheets`."""
    data = read_sheets(session, week, number)
    if data is None:
        raise PatrolError(Message("sheet.no_township"))
    if data.version is None:
        raise PatrolError(Message("sheet.no_version", {"week": str(week)}))
    versions = planning.versions_of(session, str(week))
    before = _published_before(versions, data.version)
    earlier = planning.assignments_of(session, before.id) if before is not None else None
    choices = tuple(VersionChoice(version.number, STATES[version.state]) for version in versions)
    shown = SheetVersion(STATES[data.version.state], data.version.number, f"r{data.revision}")
    reading = WeekReading(
        data=data,
        version=shown,
        printed_at=station_now(station.clock),
        printed_by=actor.name,
        seats=_seats(data),
        leave=_leave(data),
        changed=_changed(data.seats, earlier) if earlier is not None else frozenset(),
        overrides=read_overrides(session, data.version.id),
        fresh=places_of(data.seats) - places_of(earlier) if earlier is not None else frozenset(),
    )
    lines = tuple(_line(reading, colour) for colour in range(len(data.squads)))
    return WeekSheets(week, before.number if before is not None else 0, choices, lines, reading)


def _published_before(versions: Iterable[PlanVersion], shown: PlanVersion) -> PlanVersion | None:
    """Return the newest version before the one shown that was ever published."""
    earlier = (one for one in versions if one.number < shown.number and one.state is not VersionState.DRAFT)
    return next(earlier, None)


def _seats(data: SheetData) -> dict[str, list[SeatRow]]:
    found: dict[str, list[SeatRow]] = {}
    for seat in data.seats:
        found.setdefault(seat.person_id, []).append(seat)
    return found


def _leave(data: SheetData) -> dict[str, list[tuple[date, date]]]:
    found: dict[str, list[tuple[date, date]]] = {}
    for person, first, last in data.leave:
        found.setdefault(person, []).append((first, last))
    return found


def _changed(now: Iterable[SeatRow], before: Iterable[SeatRow]) -> frozenset[str]:
    """Return the people whose duties differ."""
    new, old = _by_person(now), _by_person(before)
    return frozenset(person for person in new.keys() | old.keys() if new.get(person) != old.get(person))


def places_of(seats: Iterable[SeatRow]) -> frozenset[Place]:
    """Return who serves where and when."""
    return frozenset((seat.person_id, seat.checkpoint_id, seat.pattern_id, seat.on_date) for seat in seats)


def _by_person(seats: Iterable[SeatRow]) -> dict[str, set[Held]]:
    found: dict[str, set[Held]] = {}
    for seat in seats:
        found.setdefault(seat.person_id, set()).add((seat.checkpoint_id, seat.pattern_id, seat.on_date))
    return found


def _line(reading: WeekReading, colour: int) -> SquadLine:
    squad_id, code, name = reading.data.squads[colour]
    members = reading.data.members.get(squad_id, [])
    return SquadLine(
        id=squad_id,
        code=code,
        name=name,
        colour=colour,
        members=len(members),
        duties=sum(len(reading.seats.get(member.person_id, ())) for member in members),
        changed=sum(member.person_id in reading.changed for member in members),
    )
