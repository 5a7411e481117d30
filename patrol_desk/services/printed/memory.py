"""What was printed is remembered, so that it is known who holds an outdated sheet."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import STATION_UTC_OFFSET
from patrol_desk.common.weeks import Week
from patrol_desk.models import SheetPrint, VersionState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.printed.content import PrintedSheet, content_hash
from patrol_desk.services.printed.current import current_hashes
from patrol_desk.services.printed.held import SQUAD_WEEK, TELLS_CHANGES
from patrol_desk.services.printed.kinds import BY_LETTERS, SheetKind
from patrol_desk.services.printed.marks import PlanState, PrivacyProfile
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.sheet_prints import PrintRow, prints_of
from patrol_desk.storage.session import Session

PAPER, PDF = "paper", "pdf"
_NOT_KEPT = frozenset({TELLS_CHANGES, "CL", "DG"})


@permitted(Permission.PRINT)
def remember(station: Station, actor: Actor, sheets: Sequence[PrintedSheet], medium: str) -> Done[int]:
    """Remember sheets that were printed or saved, in one action, and return how many different ones there were.

    Parameters
    ----------
    station, actor
        Whose file, and who printed.
    sheets
        What was printed; each copy counts. Sheets of invented data are passed over.
    medium
        `PAPER`, `PDF`, or the form of a file that was handed on.
    """
    held: dict[tuple[str, str, str, str], PrintedSheet] = {}
    copies: Counter[tuple[str, str, str, str]] = Counter()
    for sheet in sheets:
        if not sheet.frame.sample:
            key = (sheet.KIND, sheet.period, sheet.subject, sheet.frame.profile.value)
            held.setdefault(key, sheet)
            copies[key] += 1
    with station.write(actor, f"sheet.{medium}") as unit:
        unit.session.add_all(
            _record(sheet, copies[key], medium, actor, station.clock.now()) for key, sheet in held.items()
        )
        return finish(unit, len(held))


def _record(sheet: PrintedSheet, copies: int, medium: str, actor: Actor, now: datetime) -> SheetPrint:
    version = sheet.frame.version
    return SheetPrint(
        at=now,
        kind=sheet.KIND,
        medium=medium,
        period=sheet.period,
        subject=sheet.subject,
        number=version.number if version is not None else 0,
        draft=version is not None and version.state is PlanState.DRAFT,
        revision=sheet.frame.revision,
        content_hash=content_hash(sheet),
        copies=copies,
        profile=sheet.frame.profile.value,
        printed_by=actor.name,
    )


@dataclass(frozen=True, slots=True)
class Held:
    """A sheet somebody holds that no longer says what the plan in force says.

    Parameters
    ----------
    kind
        The kind of sheet.
    period, subject
        Week or day, and the code of the squad, checkpoint, muster point or person.
    number, draft
        The version held, and whether it was a draft.
    in_force
        The version in force.
    copies, profile, medium
        How many, for whom, on paper or as which file.
    at, by
        When (station's wall time) and by whom it was printed last.
    """

    kind: SheetKind
    period: str
    subject: str
    number: int
    draft: bool
    in_force: int
    copies: int
    profile: PrivacyProfile
    medium: str
    at: datetime
    by: str


@permitted(Permission.PRINT)
def outdated_holders(station: Station, actor: Actor, week: Week) -> tuple[Held, ...]:
    """Return who holds a sheet of the week that says something else than the version in force, by kind and code.

    The last print of a sheet stands for all before it: whoever got one got the next. A squad that got the change slip
    of the version in force is up to date. A sheet of an older version whose content is still the same is not outdated.
    Nothing is outdated while no version is in force.
    """
    with station.read() as session:
        in_force = _in_force(session, week)
        if in_force is None:
            return ()
        rows = prints_of(session, [str(week), *(day.isoformat() for day in week.days)])
        suspects = [row for row in _last(rows).values() if row.draft or row.number != in_force]
        told = {row.subject for row in rows if row.kind == TELLS_CHANGES and row.number == in_force}
        suspects = [row for row in suspects if not (row.kind == SQUAD_WEEK and row.subject in told)]
        hashes = current_hashes(
            session, station, actor, week, {(row.kind, row.period, row.subject) for row in suspects}
        )
    wrong = [row for row in suspects if hashes.get((row.kind, row.period, row.subject)) != row.content_hash]
    order = {letters: at for at, letters in enumerate(BY_LETTERS)}
    return tuple(
        _held(row, in_force) for row in sorted(wrong, key=lambda row: (order[row.kind], row.period, row.subject))
    )


def _held(row: PrintRow, in_force: int) -> Held:
    return Held(
        BY_LETTERS[row.kind], row.period, row.subject, row.number, row.draft, in_force, row.copies,
        PrivacyProfile(row.profile), row.medium, (row.at + STATION_UTC_OFFSET).replace(tzinfo=None), row.printed_by,
    )  # fmt: skip


def _last(rows: Iterable[PrintRow]) -> Mapping[tuple[str, str, str], PrintRow]:
    """Return the last print of each sheet that shows a plan and is kept, not rung or decided on and done with."""
    return {row.key: row for row in rows if row.number and row.kind not in _NOT_KEPT}


def _in_force(session: Session, week: Week) -> int | None:
    versions = planning.versions_of(session, str(week))
    return next((one.number for one in versions if one.state is VersionState.PUBLISHED), None)
