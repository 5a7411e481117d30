"""What is to be printed, and what was read for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_now
from patrol_desk.common.errors import InvalidDataError, PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.asked import Heads, Spot, heads_asked
from patrol_desk.services.printed.content import PrintedSheet
from patrol_desk.services.printed.frame import SheetFrame
from patrol_desk.services.printed.kinds import Need, SheetKind
from patrol_desk.services.printed.marks import MemberRole, PrivacyProfile
from patrol_desk.services.printed.posts import OnDuty
from patrol_desk.services.sheet_data import SquadWeekSheet
from patrol_desk.services.sheets_week import WeekSheets, week_sheets
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import planning, printed
from patrol_desk.storage.reads.sheets import MemberRow
from patrol_desk.storage.session import Session

if TYPE_CHECKING:
    from patrol_desk.services.planning.doctor_data import Diagnosis

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ask:
    """What to print.

    Parameters
    ----------
    week, day, month
        When; a day says its week.
    squads, checkpoints, muster_points, persons
        Codes; empty: all there are.
    shift
        Code of a shift pattern; empty: all.
    number
        Version of the plan; None: the one in force, else the newest.
    before
        The older version of a change slip; None: the one published before.
    profile
        Who may read the sheets; None: the kind's usual one.
    copies
        How many of each; more than one are numbered.
    found
        What the doctor found, for a diagnosis; None: it looks anew.
    """

    week: Week | None = None
    day: date | None = None
    month: date | None = None
    squads: tuple[str, ...] = ()
    checkpoints: tuple[str, ...] = ()
    muster_points: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    shift: str = ""
    number: int | None = None
    before: int | None = None
    profile: PrivacyProfile | None = None
    copies: int = 1
    found: "Diagnosis | None" = None

    @property
    def in_week(self) -> Week:
        """The week, or the day's."""
        if self.week is not None:
            return self.week
        return Week.of(self.on_day)

    @property
    def on_day(self) -> date:
        """The day; the checks of `complete` come first."""
        assert self.day is not None
        return self.day


def complete(ask: Ask, kind: SheetKind) -> Ask:
    """Return the ask with the kind's usual profile.

    Raises
    ------
    InvalidDataError
        The kind needs a week, day or month that is not told, or is not printed for those readers.
    """
    told = {Need.WEEK: ask.week, Need.DAY: ask.day, Need.MONTH: ask.month}
    missing = next((need for need in kind.needs if need in told and told[need] is None), None)
    if missing is not None:
        raise InvalidDataError(Message(f"sheet.needs_{missing.value}", {"kind": kind.name}))
    profile = ask.profile or kind.profiles[0]
    if profile not in kind.profiles:
        raise InvalidDataError(
            Message("sheet.not_for_profile", {"kind": kind.name, "profile": Message(f"sheet.profile_{profile.value}")})
        )
    return replace(ask, profile=profile)


def with_frame(sheet: PrintedSheet, **changes: object) -> PrintedSheet:
    """Return the sheet with another copy number or signature."""
    if isinstance(sheet, SquadWeekSheet):
        return replace(sheet, **changes)  # type: ignore[arg-type]  # the names are those of the frame
    frame = replace(sheet.frame, **changes)  # type: ignore[arg-type]  # as above
    return replace(sheet, frame=frame)  # type: ignore[type-var]  # every sheet is a data class


def copies_of(sheets: Iterable[PrintedSheet], copies: int) -> list[PrintedSheet]:
    """Return each sheet so many times, with its number when there are several."""
    if copies == 1:
        return list(sheets)
    return [with_frame(sheet, copy_number=number) for sheet in sheets for number in range(1, copies + 1)]


def chosen(wanted: tuple[str, ...], known: Mapping[str, T], code: str) -> list[T]:
    """Return the wanted ones in the order of what is known, all when nothing is wanted.

    Raises
    ------
    PatrolError
        A code is unknown: the sentence of the given code names it.
    """
    unknown = sorted(set(wanted) - known.keys())
    if unknown:
        raise PatrolError(Message(code, {"codes": unknown}))
    return [value for key, value in known.items() if not wanted or key in wanted]


@dataclass(frozen=True, slots=True, eq=False)
class WeekRead:
    """A week as read for sheets of any kind.

    Parameters
    ----------
    sheets
        The squads' sheets, and what they are built from.
    people
        Everybody, by id.
    posts
        All checkpoints, by code.
    asked
        Heads asked for, as the planner sees them: with security periods and what neighbours hold.
    muster
        Muster points, by code.
    stock
        Muster point id → what it holds.
    member
        Person id → name of the squad, and the membership.
    """

    sheets: WeekSheets
    people: Mapping[str, printed.PersonLine]
    posts: list[printed.PostLine]
    asked: Mapping[Spot, Heads]
    muster: list[printed.MusterPlace]
    stock: Mapping[str, list[tuple[str, int]]]
    member: Mapping[str, tuple[str, MemberRow]]

    def on_duty(self, person_id: str, profile: PrivacyProfile, *, place: str = "", changed: bool = False) -> OnDuty:
        """Return somebody as a sheet names them."""
        squad, row = self.member.get(person_id, ("", None))
        line = self.people.get(person_id)
        name = line.name if line is not None else (row.name if row is not None else "")
        phone = (line.phone or "") if line is not None and profile is not PrivacyProfile.PUBLIC else ""
        role = MemberRole(row.role) if row is not None else MemberRole.MEMBER
        return OnDuty(name, role, squad, place, phone, changed)

    def frame(self, profile: PrivacyProfile) -> SheetFrame:
        """Return head and foot of a sheet that shows the version."""
        reading = self.sheets.reading
        return SheetFrame(
            station=reading.data.township.station_name,
            township=reading.data.township.name,
            duty_phone=reading.data.township.duty_phone,
            version=reading.version,
            revision=reading.version.revision,
            printed_at=reading.printed_at,
            printed_by=reading.printed_by,
            profile=profile,
            audit_head=reading.data.audit_head[:8],
        )


@permitted(Permission.PRINT)
def read_week(session: Session, station: Station, actor: Actor, ask: Ask) -> WeekRead:
    """Return a week, read within the caller's transaction.

    Raises
    ------
    PatrolError
        The database has no township, or the week no such version.
    """
    sheets = week_sheets(session, station, actor, ask.in_week, ask.number)
    squads = {squad_id: name for squad_id, _code, name in sheets.reading.data.squads}
    return WeekRead(
        sheets=sheets,
        people=printed.people_named(session),
        posts=printed.posts(session),
        asked=heads_asked(session, ask.in_week),
        muster=printed.muster_places(session),
        stock=printed.stock(session),
        member={
            row.person_id: (squads.get(squad_id, ""), row)
            for squad_id, rows in sheets.reading.data.members.items()
            for row in rows
        },
    )


@permitted(Permission.PRINT)
def plain_frame(session: Session, station: Station, actor: Actor, profile: PrivacyProfile) -> SheetFrame:
    """Return head and foot of a sheet that shows no plan.

    Raises
    ------
    PatrolError
        The database has no township.
    """
    township = planning.township(session)
    if township is None:
        raise PatrolError(Message("sheet.no_township"))
    return SheetFrame(
        station=township.station_name,
        township=township.name,
        duty_phone=township.duty_phone,
        version=None,
        revision=f"r{planning.revision(session)}",
        printed_at=station_now(station.clock),
        printed_by=actor.name,
        profile=profile,
        audit_head=planning.audit_head(session)[:8],
    )
