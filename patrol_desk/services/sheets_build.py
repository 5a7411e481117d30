"""From what was read of one week to one squad's sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from patrol_desk.models import SquadRole
from patrol_desk.services.planning.overrides import NONE, Overridden
from patrol_desk.services.printed.footnotes import Footnotes
from patrol_desk.services.sheet_data import (
    DayCell,
    Duty,
    MemberRole,
    PlaceMark,
    PrivacyProfile,
    SheetRow,
    SheetVersion,
    ShiftMark,
    SkillMark,
    SquadWeekSheet,
)
from patrol_desk.storage.reads.rows import PatternRow, SeatRow
from patrol_desk.storage.reads.sheets import MemberRow, SheetData

Place = tuple[str, str, str, date]
"""Person, checkpoint, pattern and day of a duty."""
ROLE_ORDER: Mapping[str, int] = {SquadRole.LEADER.value: 0, SquadRole.DEPUTY.value: 1, SquadRole.MEMBER.value: 2}


@dataclass(frozen=True, slots=True, eq=False)
class WeekReading:
    """One week as read, arranged for sheets.

    Parameters
    ----------
    data
        What was read.
    version
        The version shown, as sheets name it.
    printed_at, printed_by
        As every foot says it.
    seats
        Person id → assignments.
    leave
        Person id → first and last days.
    changed
        Ids of people whose duties differ from the version published before.
    fresh
        Duties that are not in the version published before; none when nothing was.
    overrides
        Rules that duties of the version break knowingly.
    """

    data: SheetData
    version: SheetVersion
    printed_at: datetime
    printed_by: str
    seats: Mapping[str, list[SeatRow]]
    leave: Mapping[str, list[tuple[date, date]]]
    changed: frozenset[str]
    fresh: frozenset[Place] = frozenset()
    overrides: Mapping[Place, tuple[Overridden, ...]] = field(default_factory=lambda: NONE)

    def members(self, squad_id: str) -> list[MemberRow]:
        """Return a squad's members as its sheet lists them: leader, deputies, the others, by code."""
        members = self.data.members.get(squad_id, ())
        return sorted(members, key=lambda member: (ROLE_ORDER[member.role], member.code))


class SheetBuilder:
    """Builds one squad's sheet.

    Parameters
    ----------
    reading
        The week.
    squad
        Id, code and name of the squad.
    """

    def __init__(self, reading: WeekReading, squad: tuple[str, str, str]) -> None:
        self._reading = reading
        self._squad_id, self._code, self._name = squad
        self._members = reading.members(self._squad_id)
        self._patterns = {row.id: row for row in reading.data.patterns}
        self._days = reading.data.week.days
        self._notes = Footnotes(reading.overrides, self._patterns)

    def sheet(self, profile: PrivacyProfile) -> SquadWeekSheet:
        """Return the sheet for those who may read it."""
        reading, data = self._reading, self._reading.data
        leader = next((member for member in self._members if member.role == SquadRole.LEADER.value), None)
        seats = [seat for member in self._members for seat in reading.seats.get(member.person_id, ())]
        short = self._short_names(seats)
        rows = tuple(self._row(number, member, short) for number, member in enumerate(self._members, 1))
        skills = {skill for member in self._members for skill in data.skills_of.get(member.person_id, ())}
        return SquadWeekSheet(
            station=data.township.station_name,
            township=data.township.name,
            squad_name=self._name,
            squad_code=self._code,
            week=str(data.week),
            first_date=data.week.monday,
            leader_name=leader.name if leader else "",
            leader_phone=(leader.phone or "") if leader else "",
            duty_phone=data.township.duty_phone,
            shifts=tuple(shift_mark(row) for row in data.patterns),
            skills=tuple(SkillMark(row.mark, row.name) for row in data.skills if row.id in skills),
            places=tuple(PlaceMark(short[place], data.places[place].name) for place in short),
            rows=rows,
            version=reading.version,
            printed_at=reading.printed_at,
            printed_by=reading.printed_by,
            profile=profile,
            audit_head=data.audit_head[:8],
            footnotes=self._notes.all,
        )

    def _short_names(self, seats: list[SeatRow]) -> dict[str, str]:
        """Return short names of the places that occur; two places never share one on a sheet."""
        named = self._reading.data.places
        places = sorted({seat.checkpoint_id for seat in seats}, key=lambda place: named[place])
        names = [named[place].short_name for place in places]
        return {
            place: name if names.count(name) == 1 else named[place].name
            for place, name in zip(places, names, strict=True)
        }

    def _row(self, number: int, member: MemberRow, short: Mapping[str, str]) -> SheetRow:
        reading = self._reading
        held = reading.data.skills_of.get(member.person_id, set())
        seats = reading.seats.get(member.person_id, [])
        return SheetRow(
            number=number,
            name=member.name,
            role=MemberRole(member.role),
            skills=tuple(row.mark for row in reading.data.skills if row.id in held),
            phone=member.phone or "",
            cells=tuple(self._cell(day, member, seats, short) for day in self._days),
            total=len(seats),
            changed=member.person_id in reading.changed,
        )

    def _cell(self, day: date, member: MemberRow, seats: list[SeatRow], short: Mapping[str, str]) -> DayCell:
        held = sorted(
            (self._patterns[seat.pattern_id].start_minute, seat.pattern_id, seat.checkpoint_id)
            for seat in seats
            if seat.on_date == day
        )
        duties = tuple(
            Duty(
                self._patterns[pattern].mark, self._patterns[pattern].night, short[place],
                self._notes.mark(member.person_id, place, pattern, day, member.name),
            )
            for _, pattern, place in held
        )  # fmt: skip
        leave = self._reading.leave.get(member.person_id, ())
        return DayCell(duties, any(first <= day <= last for first, last in leave))


def shift_mark(row: PatternRow) -> ShiftMark:
    """Return a shift pattern as sheets mark it."""
    end = (row.start_minute + row.length_minutes) % 1440
    return ShiftMark(row.mark, row.name, _clock(row.start_minute), _clock(end), row.night)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
