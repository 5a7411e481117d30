"""What a printed sheet shows, as plain frozen data: services fill it, `printing` lays it out.

Names are as the township wrote them and as they shall be read on paper. Words that are the same for every township
(heads, captions, marks) are not here: `printing` has them in both languages.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

DAYS_OF_WEEK = 7


class PrivacyProfile(StrEnum):
    """Who may read the sheet, and therefore which telephone numbers of members it shows."""

    PUBLIC = "public"
    """公示: hung up for all to see; no member's number at all."""
    LEADER = "leader"
    """组长: the squad leader's own copy; numbers whole, because the leader rings the members."""
    OFFICE = "office"
    """市局: for the station and the office above; numbers masked as ``138****2046``."""


class PlanState(StrEnum):
    """How far the plan behind a sheet has come; anything but published is marked on paper."""

    DRAFT = "draft"
    """Not published: may still change."""
    PUBLISHED = "published"
    """The version in force."""
    OUTDATED = "outdated"
    """A version that a later one has replaced."""


class MemberRole(StrEnum):
    """A member's place in the squad; leader and deputy are marked beside the name."""

    LEADER = "leader"
    DEPUTY = "deputy"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class ShiftMark:
    """One shift pattern in the legend.

    Parameters
    ----------
    mark
        One character that stands for the pattern in the table's boxes: ``早``.
    name
        Its name: ``早班``.
    start, end
        Wall times ``08:00`` and ``12:00``. An end not later than the start is the next day's, and is printed so.
    is_night
        Night patterns print white on black.
    """

    mark: str
    name: str
    start: str
    end: str
    is_night: bool = False


@dataclass(frozen=True, slots=True)
class SkillMark:
    """One skill in the legend: the one character used in the table, and its name."""

    mark: str
    name: str


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """One checkpoint in the legend: the short name used in the table, and the full name."""

    short_name: str
    name: str


@dataclass(frozen=True, slots=True)
class Duty:
    """One assignment in a cell.

    Parameters
    ----------
    mark
        The shift pattern's character, one of the sheet's ``shifts``.
    is_night
        Whether the box is printed white on black.
    place_short
        Short name of the checkpoint. Long names wrap, they are never cut.
    note
        Few words under the place (``带队``), or empty.
    """

    mark: str
    is_night: bool
    place_short: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DayCell:
    """One person's day.

    Parameters
    ----------
    duties
        In order of their start; empty when the person is free.
    on_leave
        Leave on that day: the cell is hatched. Duties may stand beside it (half a day's leave).
    """

    duties: tuple[Duty, ...] = ()
    on_leave: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One person of the squad.

    Parameters
    ----------
    number
        Running number from 1.
    name
        As stored, code point by code point.
    role
        Leader and deputy get a mark beside the name.
    skills
        Characters of the held and valid skills, each one of the sheet's ``skills``.
    phone
        The whole number as stored, or empty; `printing` masks or leaves it out by the profile. Must be empty already
        when the actor who prints may not see numbers.
    cells
        Seven days, Monday first.
    total
        Duties in the week.
    changed
        The row differs from the version printed before; printed with a bar at its left.
    """

    number: int
    name: str
    role: MemberRole
    skills: tuple[str, ...]
    phone: str
    cells: tuple[DayCell, ...]
    total: int
    changed: bool = False


@dataclass(frozen=True, slots=True)
class SheetVersion:
    """Which version of the plan a sheet shows.

    Parameters
    ----------
    state
        Draft, published or outdated.
    number
        Version number of the plan, from 1; 0 when none was ever published.
    revision
        Revision of the data at which the plan was read, as printed in the foot: ``r4187``.
    """

    state: PlanState
    number: int
    revision: str


@dataclass(frozen=True, slots=True)
class SquadWeekSheet:
    """A squad's week: people down, days across.

    Parameters
    ----------
    station
        Name of the station, for the foot: ``莞溪派出所``.
    township
        Name of the township, for the title: ``莞溪镇``.
    squad_name, squad_code
        The squad's name, and its code in the station's files (no personal data; it goes into the QR code).
    week
        ISO week as ``2026-W48``.
    first_date
        Its Monday.
    leader_name, leader_phone
        The squad's leader; the number whole or empty, shown by the profile like a member's. Empty name: no leader.
    duty_phone
        The duty room's telephone, printed whole whatever the profile: absentees ring it.
    shifts, skills, places
        Legend of the marks that occur, in the order to print.
    rows
        Everyone in the squad that week, in the order to print.
    version
        Version of the plan.
    printed_at
        Station's wall time (naive) of printing.
    printed_by
        Name of the account's owner who prints; empty to leave it out.
    profile
        Who may read the sheet.
    copy_number
        Number of this copy, from 1; 0 prints none.
    audit_head
        First characters of the audit chain's head at printing, or empty.
    note
        A sentence of the station's own for the line under the legend; empty prints the usual one.
    """

    station: str
    township: str
    squad_name: str
    squad_code: str
    week: str
    first_date: date
    leader_name: str
    leader_phone: str
    duty_phone: str
    shifts: tuple[ShiftMark, ...]
    skills: tuple[SkillMark, ...]
    places: tuple[PlaceMark, ...]
    rows: tuple[SheetRow, ...]
    version: SheetVersion
    printed_at: datetime
    printed_by: str = ""
    profile: PrivacyProfile = PrivacyProfile.OFFICE
    copy_number: int = 0
    audit_head: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a row without its seven days: a fault of the program that fills the sheet."""
        for row in self.rows:
            if len(row.cells) != DAYS_OF_WEEK:
                detail = f"row {row.number} has {len(row.cells)} days, a week has {DAYS_OF_WEEK}"
                raise ValueError(detail)

    def day_totals(self) -> tuple[int, ...]:
        """Return the duties of each day, Monday first."""
        return tuple(sum(len(row.cells[day].duties) for row in self.rows) for day in range(DAYS_OF_WEEK))
