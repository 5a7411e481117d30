"""Each squad's week on its way: printed, told, confirmed by its leader; when and by whom."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import STATION_UTC_OFFSET
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import PlanVersion, SheetPrint, Squad, SquadNotice, VersionState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.squad_colours import squad_colours
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.reads import planning, today
from patrol_desk.storage.session import Session

Step = Literal["told", "confirmed"]
Duties = Mapping[str, frozenset[tuple[object, ...]]]
"""Squad id → its people's duties."""


@dataclass(frozen=True, slots=True)
class Mark:
    """That something happened: when (station time), and by whom."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class SquadStanding:
    """How far a squad's week has come.

    Parameters
    ----------
    id, code, name, colour
        The squad.
    people
        Its people on duty in the week.
    printed, told, confirmed
        Of what the squad now has to do; None: not yet.
    """

    id: str
    code: str
    name: str
    colour: int
    people: int
    printed: Mark | None
    told: Mark | None
    confirmed: Mark | None


@dataclass(frozen=True, slots=True)
class WeekStanding:
    """The squads of a week by code, and the version in force; its number is 0 while none is."""

    week: Week
    number: int
    squads: tuple[SquadStanding, ...] = ()

    @property
    def unconfirmed(self) -> tuple[SquadStanding, ...]:
        """Squads whose leader has not confirmed."""
        return tuple(squad for squad in self.squads if squad.confirmed is None)


@permitted(Permission.PLAN_READ)
def week_standing(station: Station, actor: Actor, week: Week) -> WeekStanding:
    """Return how far each squad with a duty has come with the version in force.

    A mark of an older version holds as long as the squad's duties are still those of that version.
    """
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        versions = {version.number: version for version in planning.versions_of(session, str(week))}
        force = next((one for one in versions.values() if one.state is VersionState.PUBLISHED), None)
        if force is None:
            return WeekStanding(week, 0)
        return WeekStanding(week, force.number, tuple(_squads(session, week, versions, force)))


@permitted(Permission.PLAN_WRITE)
def mark(
    station: Station, actor: Actor, week: Week, squad_ids: Collection[str], step: Step, *, on: bool = True
) -> Done[int]:
    """Mark squads as told or confirmed of the version in force, or take the mark away; return how many changed.

    Whoever has confirmed was told; without having been told nobody has confirmed.

    Raises
    ------
    PatrolError
        No version of the week is in force.
    """
    with station.write(actor, f"squads.{step}" if on else f"squads.not_{step}") as unit:
        versions = planning.versions_of(unit.session, str(week))
        force = next((one for one in versions if one.state is VersionState.PUBLISHED), None)
        if force is None:
            raise PatrolError(Message("told.nothing_in_force", {"week": str(week)}))
        changed = 0
        for squad_id in sorted(set(squad_ids)):
            notice = queries.first(unit.session, SquadNotice, week=str(week), squad_id=squad_id, number=force.number)
            if notice is None:
                notice = SquadNotice(
                    week=str(week), squad_id=squad_id, number=force.number, told_by="", confirmed_by=""
                )  # fmt: skip
                unit.session.add(notice)
            before = (notice.told_at, notice.confirmed_at)
            _set(notice, step, unit.now if on else None, unit.actor.name if on else "")
            changed += before != (notice.told_at, notice.confirmed_at)
        unit.session.flush()
        return finish(unit, changed)


def _set(notice: SquadNotice, step: Step, at: datetime | None, by: str) -> None:
    if step == "confirmed":
        notice.confirmed_at, notice.confirmed_by = at, by
    if (step == "told") or (at is not None and notice.told_at is None):
        notice.told_at, notice.told_by = at, by
    if notice.told_at is None:
        notice.confirmed_at, notice.confirmed_by = None, ""


def _squads(
    session: Session, week: Week, versions: Mapping[int, PlanVersion], force: PlanVersion
) -> list[SquadStanding]:
    members = {row.person_id: row.squad_id for row in planning.memberships_on(session, week.days[0], week.days[-1])}
    duties = {force.number: _duties(session, force, members)}

    def holds(number: int, squad_id: str) -> bool:
        """Say whether what the squad had to do in an older version is what it has to do now."""
        if number not in versions or number > force.number:
            return False
        if number not in duties:
            duties[number] = _duties(session, versions[number], members)
        return duties[number].get(squad_id) == duties[force.number].get(squad_id)

    notices: dict[str, SquadNotice] = {}
    for notice in queries.many(session, SquadNotice, "number", week=str(week)):
        if holds(notice.number, notice.squad_id):
            notices[notice.squad_id] = notice
    printed: dict[str, SheetPrint] = {}
    sheets = queries.many(session, SheetPrint, "at", period=str(week), kind="SW")
    rows = today.squads(session)
    colours = dict(zip((row[0] for row in rows), squad_colours([row[2] for row in rows]), strict=True))
    found = []
    for squad in queries.many(session, Squad, "code"):
        own = duties[force.number].get(squad.id)
        if not own:
            continue
        for sheet in sheets:
            if sheet.subject == squad.code and not sheet.draft and holds(sheet.number, squad.id):
                printed[squad.id] = sheet
        found.append(_standing(squad, colours.get(squad.id, 0), own, printed.get(squad.id), notices.get(squad.id)))
    return found


def _standing(
    squad: Squad, colour: int, own: frozenset[tuple[object, ...]], sheet: SheetPrint | None, notice: SquadNotice | None
) -> SquadStanding:
    return SquadStanding(
        squad.id, squad.code, squad.name, colour, len({duty[0] for duty in own}),
        None if sheet is None else _mark(sheet.at, sheet.printed_by),
        None if notice is None else _mark(notice.told_at, notice.told_by),
        None if notice is None else _mark(notice.confirmed_at, notice.confirmed_by),
    )  # fmt: skip


def _mark(at: datetime | None, by: str) -> Mark | None:
    return None if at is None else Mark((at + STATION_UTC_OFFSET).replace(tzinfo=None), by)


def _duties(session: Session, version: PlanVersion, members: Mapping[str, str]) -> Duties:
    found: dict[str, set[tuple[object, ...]]] = {}
    for seat in planning.assignments_of(session, version.id):
        squad = members.get(seat.person_id)
        if squad is not None:
            found.setdefault(squad, set()).add((seat.person_id, seat.checkpoint_id, seat.pattern_id, seat.on_date))
    return {squad: frozenset(some) for squad, some in found.items()}
