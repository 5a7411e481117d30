"""Rows of `WeekData`: what planning reads of each record, typed."""

from datetime import date
from typing import NamedTuple

from patrol_desk.models import (
    ActivityClass,
    AssignmentSource,
    CheckpointKind,
    Force,
    PairKind,
    PersonStatus,
    SquadRole,
)


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
    force: Force
    joined_on: date | None
    spares_workday_eve: bool


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
    """A checkpoint in force; tier 1 to 3; the days of a temporary duty, both included."""

    id: str
    code: str
    name: str
    tier: int
    lon: float | None
    lat: float | None
    kind: CheckpointKind
    community_id: str | None
    grid_cell_id: str | None
    needs_official: bool
    needs_leader: bool
    weekly_visits: int
    blind_hours: int
    first_on: date | None
    last_on: date | None

    def in_force_on(self, day: date) -> bool:
        """Say whether its demand is in force on a day: always, but for a temporary duty."""
        return (self.first_on is None or self.first_on <= day) and (self.last_on is None or day <= self.last_on)


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
    held: int


class KnownGapRow(NamedTuple):
    """Minimum heads of one shift that are knowingly left open."""

    checkpoint_id: str
    pattern_id: str
    on_date: date
    skill_id: str | None
    leader: bool
    heads: int


class DayDemandRow(NamedTuple):
    """Heads that a shift asks for on one day beyond its weekly demand."""

    checkpoint_id: str
    pattern_id: str
    on_date: date
    minimum: int
    desired: int


class PairRow(NamedTuple):
    """Two people who must, or must not, serve in one patrol."""

    person_id: str
    other_id: str
    kind: PairKind


class AreaRow(NamedTuple):
    """A priority area; its days, both included, open where None."""

    id: str
    code: str
    name: str
    first_on: date | None
    last_on: date | None
    raised: int
    community_id: str | None
    grid_cell_id: str | None


class PeriodRow(NamedTuple):
    """A security period; its days, both included."""

    code: str
    name: str
    first_on: date
    last_on: date
    area_id: str | None
    checkpoint_kind: CheckpointKind | None
    more_minimum: int
    more_desired: int
    percent: int


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
