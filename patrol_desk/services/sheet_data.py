"""What a printed sheet shows, as plain frozen data: services fill it, `printing` lays it out.

Names are as the township wrote them and as they shall be read on paper. Words that are the same for every township
(heads, captions, marks) are not here: `printing` has them in both languages.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from patrol_desk.services.printed.frame import SheetFrame
from patrol_desk.services.printed.marks import (
    Footnote,
    MemberRole,
    PlaceMark,
    PlanState,
    PrivacyProfile,
    SheetVersion,
    ShiftMark,
    SkillMark,
)

__all__ = [
    "DAYS_OF_WEEK",
    "DayCell",
    "Duty",
    "Footnote",
    "MemberRole",
    "PlaceMark",
    "PlanState",
    "PrivacyProfile",
    "SheetRow",
    "SheetVersion",
    "ShiftMark",
    "SkillMark",
    "SquadWeekSheet",
]

DAYS_OF_WEEK = 7


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
    signature
        The station's signature of the sheet's reference, or empty.
    footnotes
        Duties that break a rule knowingly; their marks stand in `Duty.note`.
    """

    KIND: ClassVar[str] = "SW"

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
    signature: str = ""
    footnotes: tuple[Footnote, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a row without its seven days: a fault of the program that fills the sheet."""
        for row in self.rows:
            if len(row.cells) != DAYS_OF_WEEK:
                detail = f"row {row.number} has {len(row.cells)} days, a week has {DAYS_OF_WEEK}"
                raise ValueError(detail)

    def day_totals(self) -> tuple[int, ...]:
        """Return the duties of each day, Monday first."""
        return tuple(sum(len(row.cells[day].duties) for row in self.rows) for day in range(DAYS_OF_WEEK))

    @property
    def frame(self) -> SheetFrame:
        """What head and foot say."""
        return SheetFrame(
            self.station,
            self.township,
            self.duty_phone,
            self.version,
            self.version.revision,
            self.printed_at,
            self.printed_by,
            self.profile,
            self.copy_number,
            self.audit_head,
            self.signature,
        )

    @property
    def period(self) -> str:
        """The week."""
        return self.week

    @property
    def subject(self) -> str:
        """The squad's code."""
        return self.squad_code
