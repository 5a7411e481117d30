"""Sheets of several kinds for a whole week, read once: what a station prints in one go."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress, never_cancelled, no_progress, raise_if_cancelled
from patrol_desk.common.weeks import Week
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.printed.ask import Ask, WeekRead, chosen, copies_of, read_week
from patrol_desk.services.printed.build_persons import PersonBuilder, availability_forms, month_hours
from patrol_desk.services.printed.build_posts import PostBuilder
from patrol_desk.services.printed.content import PrintedSheet
from patrol_desk.services.printed.kinds import KINDS, Need, SheetKind
from patrol_desk.services.printed.marks import PrivacyProfile
from patrol_desk.services.printed.seal import Seal, sealed
from patrol_desk.services.sheets_week import SquadLine
from patrol_desk.services.station import Station
from patrol_desk.storage.session import Session

OF_SQUADS: Final = "sign-in-squads"
"""The sign-in sheets of squads instead of checkpoints."""
OPTIONS: Final = (
    "squad-week", "checkpoint-week", "sign-in", OF_SQUADS, "muster-day", "overview", "slip", "change-slip",
    "call-sheet", "hours", "availability",
)  # fmt: skip
"""What can be printed for a week as a whole, in order."""

OF_PEOPLE: Final = frozenset(
    {"squad-week", OF_SQUADS, "slip", "change-slip", "call-sheet", "hours", "availability"}
)  # fmt: skip
"""Those of squads or of people, of which chosen squads can be printed; the others are of places."""


def kind_of(option: str) -> SheetKind:
    """Return the kind of an option."""
    return KINDS["sign-in" if option == OF_SQUADS else option]


def is_daily(option: str) -> bool:
    """Say whether an option has sheets of each day."""
    return Need.DAY in kind_of(option).needs


@dataclass(frozen=True, slots=True)
class TownshipAsk:
    """What is printed in one go.

    Parameters
    ----------
    week
        The week.
    options
        Of `OPTIONS`.
    days
        Of which days daily sheets are wanted; empty: all seven.
    profile
        Who may read the sheets.
    number
        Version of the plan; None: the one in force, else the newest.
    copies
        Of each sheet.
    squads
        Codes of the squads whose sheets, and whose people's, are printed; empty: all. Sheets of places stay whole.
    """

    week: Week
    options: tuple[str, ...]
    days: tuple[date, ...] = ()
    profile: PrivacyProfile = PrivacyProfile.OFFICE
    number: int | None = None
    copies: int = 1
    squads: tuple[str, ...] = ()

    def parts(self) -> Iterator[tuple[str, date | None]]:
        """Yield option and day, in the order to print; with a monthly kind the first day of each month of the week."""
        for option in OPTIONS:
            if option in self.options:
                yield from ((option, day) for day in self._days(option))

    def _days(self, option: str) -> Iterable[date | None]:
        if is_daily(option):
            return self.days or self.week.days
        if Need.MONTH in kind_of(option).needs:
            return sorted({day.replace(day=1) for day in self.week.days})
        return (None,)


@dataclass(frozen=True, slots=True)
class Part:
    """The sheets of one kind, and of one day or month where they are daily or monthly; at least one."""

    option: str
    day: date | None
    sheets: tuple[PrintedSheet, ...]

    @property
    def kind(self) -> SheetKind:
        """The kind."""
        return kind_of(self.option)

    @property
    def period(self) -> str:
        """Week or day of the sheets."""
        return self.sheets[0].period


@permitted(Permission.PRINT)
def township_sheets(
    station: Station,
    actor: Actor,
    ask: TownshipAsk,
    seal: Seal | None = None,
    *,
    progress: Progress = no_progress,
    cancelled: Cancelled = never_cancelled,
) -> tuple[Part, ...]:
    """Return the sheets of every wanted kind; a kind without any is left out.

    Raises
    ------
    InvalidDataError
        A kind is not printed for these readers, or there is no such option.
    PatrolError
        The file has nothing to print, or no squad has one of the codes.
    CancelledByUserError
        The user stopped.
    """
    _check(ask)
    parts = list(ask.parts())
    found = []
    with station.read() as session:
        plain = Ask(week=ask.week, number=ask.number, profile=ask.profile)
        read = read_week(session, station, actor, plain)
        today = station_today(station.clock)
        for number, (option, day) in enumerate(parts):
            raise_if_cancelled(cancelled)
            progress(Message("print.reading", {"kind": kind_of(option).name}), number, len(parts))
            squads = ask.squads if option in OF_PEOPLE else ()
            made = _MAKERS[option](session, read, replace(plain, day=day or today, month=day, squads=squads))
            sheets = [sealed(sheet, seal) if seal is not None else sheet for sheet in made]
            if sheets:
                found.append(Part(option, day, tuple(copies_of(sheets, ask.copies))))
    return tuple(found)


def _check(ask: TownshipAsk) -> None:
    unknown = sorted(set(ask.options) - set(OPTIONS))
    if unknown or not ask.options:
        raise InvalidDataError(Message("print.no_such_options", {"options": unknown, "known": list(OPTIONS)}))
    for option in ask.options:
        kind = kind_of(option)
        if ask.profile not in kind.profiles:
            profile = Message(f"sheet.profile_{ask.profile.value}")
            raise InvalidDataError(Message("sheet.not_for_profile", {"kind": kind.name, "profile": profile}))


def options_for(profile: PrivacyProfile, options: Collection[str] = OPTIONS) -> tuple[str, ...]:
    """Return those options that are printed for some readers."""
    return tuple(option for option in OPTIONS if option in options and profile in kind_of(option).profiles)


def _squad_weeks(_session: Session, read: WeekRead, ask: Ask) -> Iterable[PrintedSheet]:
    assert ask.profile is not None
    return read.sheets.sheets([line.code for line in _wanted_squads(read, ask)], ask.profile)


def _wanted_squads(read: WeekRead, ask: Ask) -> list[SquadLine]:
    return chosen(ask.squads, {line.code: line for line in read.sheets.squads}, "sheet.no_squad")


def _serving(read: WeekRead, ask: Ask) -> Ask:
    """Return the ask for those of the wanted squads that serve on the day."""
    serving = {
        squad for squad, members in read.sheets.reading.data.members.items() for member in members
        for seat in read.sheets.reading.seats.get(member.person_id, ()) if seat.on_date == ask.on_day
    }  # fmt: skip
    return replace(ask, squads=tuple(line.code for line in _wanted_squads(read, ask) if line.id in serving))


def _squad_sign_ins(_session: Session, read: WeekRead, ask: Ask) -> Iterable[PrintedSheet]:
    squads = _serving(read, ask)
    return PostBuilder(read, squads).sign_ins() if squads.squads else ()


def _squad_calls(_session: Session, read: WeekRead, ask: Ask) -> Iterable[PrintedSheet]:
    squads = _serving(read, ask)
    return PersonBuilder(read, squads).squad_calls() if squads.squads else ()


def _change_slips(session: Session, read: WeekRead, ask: Ask) -> Iterable[PrintedSheet]:
    """Return the slips of the squads that are not told yet; none where nothing was published before."""
    slips = PersonBuilder(read, ask)
    return slips.change_slips(session) if slips.has_older(session) else ()


def _hours(session: Session, read: WeekRead, ask: Ask) -> Iterable[PrintedSheet]:
    """Return the month's hours of the squads of which any attendance is known."""
    assert ask.profile is not None
    frame = replace(read.frame(ask.profile), version=None)
    return (sheet for sheet in month_hours(session, frame, ask) if any(line.is_known for line in sheet.lines))


def _availability(session: Session, read: WeekRead, ask: Ask) -> Iterable[PrintedSheet]:
    assert ask.profile is not None
    frame = replace(read.frame(ask.profile), version=None)
    return availability_forms(session, frame, ask, ask.on_day)


_MAKERS: Mapping[str, Callable[[Session, WeekRead, Ask], Iterable[PrintedSheet]]] = MappingProxyType(
    {
        "squad-week": _squad_weeks,
        "checkpoint-week": lambda _session, read, ask: PostBuilder(read, ask).checkpoint_weeks(),
        "sign-in": lambda _session, read, ask: PostBuilder(read, ask).sign_ins(),
        OF_SQUADS: _squad_sign_ins,
        "muster-day": lambda _session, read, ask: PostBuilder(read, ask).muster_days(),
        "overview": lambda _session, read, ask: [PostBuilder(read, ask).overview()],
        "slip": lambda _session, read, ask: PersonBuilder(read, ask).slips(),
        "change-slip": _change_slips,
        "call-sheet": _squad_calls,
        "hours": _hours,
        "availability": _availability,
    }
)


def numbers(parts: Sequence[Part]) -> int:
    """Return how many sheets there are."""
    return sum(len(part.sheets) for part in parts)
