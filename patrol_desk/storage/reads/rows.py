"""Rows of `WeekData`: what planning reads of each record, typed."""

from datetime import date
from typing import NamedTuple

from patrol_desk.models import ActivityClass, AssignmentSource, PersonStatus, SquadRole


class PersonRow(NamedTuple):
    """A person as planning sees one: no name, no number."""

    id: str
    code: str
    status: PersonStatus
    activity_class: ActivityClass
    insured_from: date | None
    insured_until: date | None
    weekly_cap: int
    home_lon: float | None
    home_lat: float | None
    ended_on: date | None


class MemberDays(NamedTuple):
    """Somebody's time in a squad."""

    person_id: str
    squad_id: str
    role: SquadRole


class SquadRow(NamedTuple):
    """A squad and its base in WGS-84 degrees."""

    id: str
    code: str
    name: str
    base_lon: float | None
    base_lat: float | None


class CheckpointRow(NamedTuple):
    """A checkpoint in force; tier 1 to 3."""

    id: str
    code: str
    name: str
    tier: int
    lon: float | None
    lat: float | None


class PatternRow(NamedTuple):
    """A shift pattern; minutes after midnight and length in minutes."""

    id: str
    code: str
    name: str
    mark: str
    start_minute: int
    length_minutes: int
    night: bool


class SkillRow(NamedTuple):
    """A skill."""

    id: str
    code: str
    name: str
    mark: str


class DemandRow(NamedTuple):
    """Heads for one kind of seat; weekday 0 is Monday."""

    checkpoint_id: str
    pattern_id: str
    weekday: int
    skill_id: str | None
    leader: bool
    minimum: int
    desired: int


class CertificateRow(NamedTuple):
    """A person's proof of a skill and the days on which it holds."""

    person_id: str
    skill_id: str
    issued_on: date | None
    expires_on: date | None


class AvailabilityRow(NamedTuple):
    """A person's preference for one pattern, a `Preference` value per weekday."""

    person_id: str
    pattern_id: str
    monday: int
    tuesday: int
    wednesday: int
    thursday: int
    friday: int
    saturday: int
    sunday: int

    @property
    def by_weekday(self) -> tuple[int, ...]:
        """The seven values, Monday first."""
        return self[2:]


class Duty(NamedTuple):
    """One duty, served or planned."""

    person_id: str
    checkpoint_id: str
    pattern_id: str
    on_date: date


class SeatRow(NamedTuple):
    """One assignment of a version: who, where, when, on what kind of seat."""

    person_id: str
    checkpoint_id: str
    pattern_id: str
    on_date: date
    skill_id: str | None
    leader: bool
    locked: bool
    source: AssignmentSource
