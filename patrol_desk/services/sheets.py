"""What the squads' sheets show, read from the database."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_now
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import SquadRole, VersionState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.sheet_data import (
    DayCell,
    Duty,
    MemberRole,
    PlaceMark,
    PlanState,
    PrivacyProfile,
    SheetRow,
    SheetVersion,
    ShiftMark,
    SkillMark,
    SquadWeekSheet,
)
from patrol_desk.services.station import Station
from patrol_desk.storage.reads.rows import PatternRow, SeatRow
from patrol_desk.storage.reads.sheets import MemberRow, SheetData, read_sheets

ROLE_ORDER: Mapping[str, int] = {SquadRole.LEADER.value: 0, SquadRole.DEPUTY.value: 1, SquadRole.MEMBER.value: 2}
STATES: Mapping[VersionState, PlanState] = {
    VersionState.DRAFT: PlanState.DRAFT,
    VersionState.PUBLISHED: PlanState.PUBLISHED,
    VersionState.OUTDATED: PlanState.OUTDATED,
}


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """What to print.

    Parameters
    ----------
    squads
        Codes of the squads; empty: all.
    number
        Version of the plan; None: the one in force, else the newest.
    profile
        Who may read the sheets.
    """

    squads: Collection[str] = ()
    number: int | None = None
    profile: PrivacyProfile = PrivacyProfile.OFFICE


@permitted(Permission.PRINT)
def squad_weeks(station: Station, actor: Actor, week: Week, choice: SheetChoice) -> list[SquadWeekSheet]:
    """Return the week's sheet of each chosen squad, by code, read in one transaction.

    Raises
    ------
    PatrolError
        The database has no township, the week has no such version, or a squad's code is unknown.
    """
    with station.read() as session:
        data = read_sheets(session, week, choice.number)
        if data is None:
            raise PatrolError(Message("sheet.no_township"))
        if data.version is None:
            raise PatrolError(Message("sheet.no_version", {"week": str(week)}))
        shown = SheetVersion(STATES[data.version.state], data.version.number, f"r{data.revision}")
        return list(_sheets(data, shown, station, actor, choice))


def _sheets(
    data: SheetData, shown: SheetVersion, station: Station, actor: Actor, choice: SheetChoice
) -> Iterator[SquadWeekSheet]:
    known = {code for _, code, _ in data.squads}
    unknown = sorted(set(choice.squads) - known)
    if unknown:
        raise PatrolError(Message("sheet.no_squad", {"codes": unknown}))
    by_person: dict[str, list[SeatRow]] = {}
    for seat in data.seats:
        by_person.setdefault(seat.person_id, []).append(seat)
    for squad_id, code, name in data.squads:
        if choice.squads and code not in choice.squads:
            continue
        members = sorted(data.members.get(squad_id, ()), key=lambda member: (ROLE_ORDER[member.role], member.code))
        yield _Builder(data, shown, by_person, members).sheet(code, name, station, actor, choice.profile)


@dataclass(frozen=True, slots=True)
class _Builder:
    data: SheetData
    version: SheetVersion
    by_person: Mapping[str, list[SeatRow]]
    members: list[MemberRow]

    def sheet(self, code: str, name: str, station: Station, actor: Actor, profile: PrivacyProfile) -> SquadWeekSheet:
        data = self.data
        leader = next((member for member in self.members if member.role == SquadRole.LEADER.value), None)
        seats = [seat for member in self.members for seat in self.by_person.get(member.person_id, ())]
        short = self._short_names(seats)
        skills = {skill for member in self.members for skill in data.skills_of.get(member.person_id, ())}
        return SquadWeekSheet(
            station=data.township.station_name,
            township=data.township.name,
            squad_name=name,
            squad_code=code,
            week=str(data.week),
            first_date=data.week.monday,
            leader_name=leader.name if leader else "",
            leader_phone=(leader.phone or "") if leader else "",
            duty_phone=data.township.duty_phone,
            shifts=tuple(_shift_mark(row) for row in data.patterns),
            skills=tuple(SkillMark(row.mark, row.name) for row in data.skills if row.id in skills),
            places=tuple(PlaceMark(short[place], data.places[place].name) for place in short),
            rows=tuple(self._row(number, member, short) for number, member in enumerate(self.members, 1)),
            version=self.version,
            printed_at=station_now(station.clock),
            printed_by=actor.name,
            profile=profile,
            audit_head=data.audit_head[:8],
        )

    def _short_names(self, seats: list[SeatRow]) -> dict[str, str]:
        """Return short names of the places that occur; two places never share one on a sheet."""
        places = sorted({seat.checkpoint_id for seat in seats}, key=lambda place: self.data.places[place])
        names = [self.data.places[place].short_name for place in places]
        return {
            place: name if names.count(name) == 1 else self.data.places[place].name
            for place, name in zip(places, names, strict=True)
        }

    def _row(self, number: int, member: MemberRow, short: Mapping[str, str]) -> SheetRow:
        held = self.data.skills_of.get(member.person_id, set())
        seats = self.by_person.get(member.person_id, [])
        return SheetRow(
            number=number,
            name=member.name,
            role=MemberRole(member.role),
            skills=tuple(row.mark for row in self.data.skills if row.id in held),
            phone=member.phone or "",
            cells=self._cells(member, seats, short),
            total=len(seats),
        )

    def _cells(self, member: MemberRow, seats: list[SeatRow], short: Mapping[str, str]) -> tuple[DayCell, ...]:
        patterns = {row.id: row for row in self.data.patterns}
        leave = [(first, last) for person, first, last in self.data.leave if person == member.person_id]
        cells = []
        for day in self.data.week.days:
            held = sorted(
                (seat for seat in seats if seat.on_date == day), key=lambda seat: patterns[seat.pattern_id].start_minute
            )
            duties = tuple(
                Duty(patterns[seat.pattern_id].mark, patterns[seat.pattern_id].night, short[seat.checkpoint_id])
                for seat in held
            )
            cells.append(DayCell(duties, any(first <= day <= last for first, last in leave)))
        return tuple(cells)


def _shift_mark(row: PatternRow) -> ShiftMark:
    end = (row.start_minute + row.length_minutes) % 1440
    return ShiftMark(row.mark, row.name, _clock(row.start_minute), _clock(end), row.night)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
