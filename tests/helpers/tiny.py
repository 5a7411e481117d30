"""A township of five people and two checkpoints, made by hand so that every figure can be counted on fingers."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from patrol_desk.common.clock import FixedClock
from patrol_desk.common.weeks import Week
from patrol_desk.models import (
    ActivityClass,
    Attendance,
    AttendanceState,
    Availability,
    Certificate,
    Checkpoint,
    CheckpointKind,
    CheckpointStatus,
    Demand,
    Force,
    Holiday,
    HolidayKind,
    Leave,
    LeaveReason,
    Person,
    PersonStatus,
    Record,
    Rule,
    ShiftPattern,
    Skill,
    Squad,
    SquadMembership,
    SquadRole,
    Township,
)
from patrol_desk.services.station import Station

WEEK = Week(2026, 48)
MONDAY = WEEK.monday
CLOCK = FixedClock(datetime(2026, 11, 22, 6, 0, tzinfo=UTC))


@dataclass
class Tiny:
    """Names of the township's records: their ids by code."""

    station: Station
    ids: dict[str, str] = field(default_factory=dict)

    def add(self, *records: Record) -> None:
        """Write records in one action; those with a code are found by it afterwards."""
        with self.station.write(self.station.system_actor(), "test.add") as unit:
            for record in records:
                unit.session.add(record)
            unit.session.flush()
            for record in records:
                self.ids[str(getattr(record, "code", record.id))] = record.id
            unit.commit()

    def person(self, code: str, **changed: object) -> Person:
        """Return an active weekly volunteer two kilometres or so from everything."""
        fields: dict[str, object] = {
            "code": code,
            "name": f"甲{code}",
            "force": Force.VOLUNTEER,
            "status": PersonStatus.ACTIVE,
            "activity_class": ActivityClass.WEEKLY,
            "weekly_cap": 3,
            "home_lon": 113.75,
            "home_lat": 22.90,
            "phone": "13800002046",
        }
        return Person(**(fields | changed))

    def availability(self, person: str, pattern: str, days: str = "2222222") -> Availability:
        """Return a weekly availability; one digit a day, Monday first."""
        names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        values = {name: int(digit) for name, digit in zip(names, days, strict=True)}
        return Availability(person_id=self.ids[person], pattern_id=self.ids[pattern], **values)

    def demand(self, checkpoint: str, pattern: str, weekday: int, **changed: object) -> Demand:
        """Return a demand for one head."""
        fields: dict[str, object] = {
            "checkpoint_id": self.ids[checkpoint],
            "pattern_id": self.ids[pattern],
            "weekday": weekday,
            "minimum": 1,
            "desired": 1,
        }
        return Demand(**(fields | changed))

    def served(self, person: str, checkpoint: str, pattern: str, on: date, **changed: object) -> Attendance:
        """Return a duty served."""
        fields: dict[str, object] = {
            "person_id": self.ids[person],
            "checkpoint_id": self.ids[checkpoint],
            "pattern_id": self.ids[pattern],
            "on_date": on,
            "state": AttendanceState.PRESENT,
            "minutes": 240,
        }
        return Attendance(**(fields | changed))

    def member(self, person: str, squad: str, role: SquadRole = SquadRole.MEMBER) -> SquadMembership:
        """Return an open membership since the year's first day."""
        return SquadMembership(
            person_id=self.ids[person], squad_id=self.ids[squad], role=role, from_on=date(2026, 1, 1)
        )

    def leave(self, person: str, first: date, last: date) -> Leave:
        """Return a leave."""
        return Leave(person_id=self.ids[person], first_on=first, last_on=last, reason=LeaveReason.FAMILY)

    def certificate(self, person: str, skill: str, issued: date | None, expires: date | None) -> Certificate:
        """Return a certificate."""
        return Certificate(person_id=self.ids[person], skill_id=self.ids[skill], issued_on=issued, expires_on=expires)


def empty_tiny(folder: Path) -> Tiny:
    """Return a plain station with a township, two squads, two checkpoints, two patterns and a skill, and nobody."""
    tiny = Tiny(Station.create(folder / "小站.db", None, clock=CLOCK))
    checkpoint = {"kind": CheckpointKind.FIXED_POST, "status": CheckpointStatus.ACTIVE, "lat": 22.90}
    tiny.add(
        Township(
            code="441900121000", name="莞溪镇", letters="GX", station_name="莞溪派出所", duty_phone="0769-81230110"
        ),
        Skill(code="AID", name="急救", mark="急"),
        ShiftPattern(code="D", name="早班", mark="早", start_minute=480, length_minutes=240),
        ShiftPattern(code="N", name="夜班", mark="夜", start_minute=1320, length_minutes=240, night=True),
        Squad(code="S1", name="石桥队", base_lon=113.75, base_lat=22.90),
        Squad(code="S2", name="榕树队", base_lon=113.76, base_lat=22.90),
        Checkpoint(code="P1", name="石桥市场", short_name="市场", tier=1, lon=113.76, **checkpoint),
        Checkpoint(code="P2", name="石桥桥头", short_name="桥头", tier=2, lon=113.77, **checkpoint),
        Rule(code="reach_m", number=6000),
        Holiday(on_date=date(2026, 11, 26), name="试放假", kind=HolidayKind.HOLIDAY),
    )
    return tiny


def tiny_station(folder: Path) -> Tiny:
    """Return the station with five people: two in S1 (A leads), three in S2; all free every day and night.

    Demand: P1 by day with one leader and one more every Monday and Tuesday; P2 by night one head on Friday.
    """
    tiny = empty_tiny(folder)
    tiny.add(*(tiny.person(code) for code in "ABCXY"))
    tiny.add(
        tiny.member("A", "S1", SquadRole.LEADER),
        tiny.member("B", "S1"),
        tiny.member("C", "S2", SquadRole.DEPUTY),
        tiny.member("X", "S2"),
        tiny.member("Y", "S2"),
        *(tiny.availability(code, pattern) for code in "ABCXY" for pattern in "DN"),
        *(tiny.demand("P1", "D", day, leader=True) for day in (0, 1)),
        *(tiny.demand("P1", "D", day) for day in (0, 1)),
        tiny.demand("P2", "N", 4, desired=2),
    )
    return tiny
