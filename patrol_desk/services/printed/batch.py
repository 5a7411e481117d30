"""All sheets of one kind and time, read once: what a clerk chooses from, and each sheet on demand."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from patrol_desk.common.actor import Actor
from patrol_desk.common.weeks import Week
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.printed.ask import Ask, with_frame
from patrol_desk.services.printed.content import PrintedSheet
from patrol_desk.services.printed.kinds import DIAGNOSIS, KINDS, Need, SheetKind
from patrol_desk.services.printed.marks import PrivacyProfile, SheetVersion
from patrol_desk.services.printed.memory import Held, outdated_holders
from patrol_desk.services.printed.persons import ChangeSlip, PersonSlip
from patrol_desk.services.printed.posts import CheckpointWeekSheet, MusterDaySheet, SignInSheet
from patrol_desk.services.printed.read import printed_sheets
from patrol_desk.services.printed.seal import Seal, sealed
from patrol_desk.services.sheets_week import VersionChoice, WeekSheets, open_sheets
from patrol_desk.services.station import Station

if TYPE_CHECKING:
    from patrol_desk.services.planning.doctor_data import Diagnosis

_TOGETHER = 4
"""Slips on one paper."""

Paper = tuple[tuple[str, int], ...]
"""Code and number of the copy of what stands together."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is opened.

    Parameters
    ----------
    kind
        Id of the kind.
    day
        A day of the week, or of the month, or the day itself.
    profile
        Who may read the sheets.
    number
        Version of the plan; None: the one in force, else the newest.
    of_squads
        Sign-in sheets of squads instead of checkpoints.
    found
        What the doctor found, for a diagnosis.
    places
        Codes of the checkpoints of a list; empty: all.
    """

    kind: str
    day: date
    profile: PrivacyProfile
    number: int | None = None
    of_squads: bool = False
    found: "Diagnosis | None" = None
    places: tuple[str, ...] = ()

    def ask(self) -> Ask:
        """Return what the sheets' readers are told."""
        needs = KINDS[self.kind].needs
        return Ask(
            week=Week.of(self.day) if Need.WEEK in needs else None,
            day=self.day if Need.DAY in needs else None,
            month=self.day.replace(day=1) if Need.MONTH in needs else None,
            number=self.number,
            profile=self.profile,
            found=self.found,
            checkpoints=self.places,
        )

    @property
    def shows_plan(self) -> bool:
        """Whether the sheets show a version of a week's plan that can be chosen."""
        needs = KINDS[self.kind].needs
        return self.kind != DIAGNOSIS and (Need.WEEK in needs or Need.DAY in needs)


@dataclass(frozen=True, slots=True)
class Line:
    """A sheet to choose.

    Parameters
    ----------
    id
        Of the squad in the file; of others the code.
    code, name
        Of the squad, place or person.
    colour
        The squad's place in the order of codes; None for others.
    duties
        Duties on the sheet; 0 where it shows none.
    changed
        People whose duties differ from the version published before.
    """

    id: str
    code: str
    name: str
    colour: int | None = None
    duties: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Sheets of one kind and time; nothing is read from the file any more, so any thread may ask.

    Parameters
    ----------
    wanted
        What was asked for.
    lines
        In the order to print.
    versions
        Versions that can be printed, newest first; none where the sheets show no plan.
    version
        The version shown.
    held
        Code → who holds an outdated sheet of this kind.
    """

    wanted: Wanted
    lines: tuple[Line, ...]
    versions: tuple[VersionChoice, ...]
    version: SheetVersion | None
    held: Mapping[str, Held]
    _weeks: WeekSheets | None
    _sheets: Mapping[str, PrintedSheet]
    _seal: Seal | None = field(repr=False)

    @property
    def kind(self) -> SheetKind:
        """The kind of sheet."""
        return KINDS[self.wanted.kind]

    def sheet(self, code: str) -> PrintedSheet:
        """Return one sheet, signed; raise KeyError when nobody has the code."""
        if self._weeks is None:
            return self._sheets[code]
        sheet = next(self._weeks.sheets((code,), self.wanted.profile), None)
        if sheet is None:
            raise KeyError(code)
        return sealed(sheet, self._seal) if self._seal is not None else sheet

    def sheets(self, codes: Collection[str], copies: int = 1) -> Iterator[PrintedSheet]:
        """Yield sheets in the order to print, each so many times, numbered when there are several."""
        wanted = set(codes)
        for line in self.lines:
            if line.code in wanted:
                sheet = self.sheet(line.code)
                yield from (copy_of(sheet, number, copies) for number in range(1, copies + 1))

    def papers(self, codes: Sequence[str], copies: int, *, shared: bool) -> list[Paper]:
        """Return what stands together when these are printed.

        Parameters
        ----------
        codes
            What is printed, in order.
        copies
            How many of each.
        shared
            Four sheets, copies counted, share a paper; otherwise each has its own, and its first copy stands for all.
        """
        if not shared:
            return [((code, 1),) for code in codes]
        order = [(code, number) for code in codes for number in range(1, copies + 1)]
        return [tuple(order[first : first + _TOGETHER]) for first in range(0, len(order), _TOGETHER)]

    def on_paper(self, paper: Paper, copies: int) -> list[PrintedSheet]:
        """Return the sheets that stand together."""
        return [copy_of(self.sheet(code), number, copies) for code, number in paper]

    def for_readers(self, profile: PrivacyProfile) -> "Batch | None":
        """Return the batch for other readers, None when it must be read anew."""
        return replace(self, wanted=replace(self.wanted, profile=profile)) if self._weeks is not None else None

    def texts(self) -> Iterator[object]:
        """Yield what holds the names that any sheet may show: texts, or sheets."""
        if self._weeks is not None:
            yield from self._weeks.names()
        yield from self._sheets.values()


def copy_of(sheet: PrintedSheet, number: int, copies: int) -> PrintedSheet:
    """Return a copy of a sheet, with its number when there are several."""
    return with_frame(sheet, copy_number=number) if copies > 1 else sheet


@permitted(Permission.PRINT)
def open_batch(station: Station, actor: Actor, wanted: Wanted, seal: Seal | None = None) -> Batch:
    """Return the sheets of a kind at a time.

    Raises
    ------
    PatrolError
        The file has nothing to print then.
    """
    week = Week.of(wanted.day)
    weeks = open_sheets(station, actor, week, wanted.number) if wanted.shows_plan else None
    held: dict[str, Held] = {}
    if weeks is not None:
        letters, period = KINDS[wanted.kind].letters, _period(wanted)
        held = {
            one.subject: one
            for one in outdated_holders(station, actor, week)
            if one.kind.letters == letters and one.period == period
        }
    versions = weeks.versions if weeks is not None else ()
    version = weeks.version if weeks is not None else None
    if weeks is not None and wanted.kind == "squad-week":
        squads = tuple(
            Line(line.id, line.code, line.name, line.colour, line.duties, line.changed) for line in weeks.squads
        )
        return Batch(wanted, squads, versions, version, held, weeks, {}, seal)
    ask = wanted.ask()
    if wanted.of_squads and weeks is not None:
        ask = replace(ask, squads=tuple(line.code for line in weeks.squads))
    sheets = {sheet.subject: sheet for sheet in printed_sheets(station, actor, wanted.kind, ask, seal)}
    if wanted.kind == DIAGNOSIS:
        version = next((sheet.frame.version for sheet in sheets.values()), None)
        versions = (VersionChoice(version.number, version.state),) if version is not None else ()
    lines = tuple(_line(sheet) for sheet in sheets.values())
    return Batch(wanted, lines, versions, version, held, None, sheets, seal)


def _period(wanted: Wanted) -> str:
    return wanted.day.isoformat() if Need.DAY in KINDS[wanted.kind].needs else str(Week.of(wanted.day))


def _line(sheet: PrintedSheet) -> Line:
    duties = 0
    if isinstance(sheet, CheckpointWeekSheet):
        duties = sum(len(manning.people) for shift in sheet.shifts for manning in shift.days)
    elif isinstance(sheet, MusterDaySheet):
        duties = sum(len(post.manning.people) for shift in sheet.shifts for post in shift.posts)
    elif isinstance(sheet, SignInSheet):
        duties = sum(len(shift.manning.people) for shift in sheet.shifts)
    elif isinstance(sheet, PersonSlip):
        duties = len(sheet.duties)
    changed = len(sheet.people) if isinstance(sheet, ChangeSlip) else 0
    return Line(sheet.subject, sheet.subject, name_of(sheet), None, duties, changed)


def name_of(sheet: PrintedSheet) -> str:
    """Return the name of the squad, place or person that a sheet is about, else its code."""
    found = (str(getattr(sheet, name, "")) for name in ("squad_name", "squad", "place", "name"))
    named = next((name for name in found if name), sheet.subject)
    return sheet.name if isinstance(sheet, PersonSlip) else named
