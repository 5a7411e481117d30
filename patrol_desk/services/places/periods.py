"""Security periods: which checkpoints they raise and by how many heads, made, edited, retired. Undoable."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import CheckpointKind, CheckpointStatus, PriorityArea, SecurityPeriod
from patrol_desk.security.permissions import Permission
from patrol_desk.services.finding.keys import search_keys
from patrol_desk.services.permits import permitted
from patrol_desk.services.places import grid, records
from patrol_desk.services.places.areas import listed_by_area, reach_of
from patrol_desk.services.places.emphasis_rows import (
    Emphasis,
    PeriodDetail,
    PeriodPlace,
    PeriodRow,
    PeriodScope,
    RaisedCell,
    When,
    when,
)
from patrol_desk.services.places.fields import read_fields, refuse_pair
from patrol_desk.services.places.listing import natural
from patrol_desk.services.places.rows import DemandCell, Pattern
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done
from patrol_desk.storage import queries
from patrol_desk.storage.reads import places
from patrol_desk.storage.reads.places import CheckpointLine
from patrol_desk.storage.session import Session
from patrol_desk.sync.tables import table_named

_DAY_MINUTES = 1440
_NAMES = ("first_on", "last_on", "area_id", "checkpoint_kind", "more_minimum", "more_desired", "percent")


@permitted(Permission.DATA_READ)
def list_periods(station: Station, actor: Actor) -> tuple[PeriodRow, ...]:
    """Return the security periods that are not retired, the latest first."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        return tuple(_rows(session, station_today(station.clock)))


@permitted(Permission.DATA_READ)
def period_detail(station: Station, actor: Actor, period_id: str) -> PeriodDetail:
    """Return a period with what it changes.

    Raises
    ------
    InvalidDataError
        There is no such period (any more).
    """
    del actor  # the permission is all that depends on who asks
    today = station_today(station.clock)
    with station.read() as session:
        row = next((row for row in _rows(session, today) if row.id == period_id), None)
        if row is None:
            raise InvalidDataError(Message("places.gone"))
        fields = {name: getattr(row, "kind" if name == "checkpoint_kind" else name) for name in _NAMES}
        return PeriodDetail(row, _scope(session, fields, today))


@permitted(Permission.DATA_READ)
def period_scope(station: Station, actor: Actor, values: Mapping[str, object]) -> PeriodScope:
    """Return what a period with the values of a form would change, which need not be saved.

    Raises
    ------
    InvalidDataError
        A field cannot be right.
    """
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        asked = {name: values.get(name) for name in _NAMES}
        fields = read_fields(session, "security_periods", asked, "")
        refuse_pair(table_named("security_periods"), fields)
        return _scope(session, fields, station_today(station.clock))


@permitted(Permission.DATA_EDIT)
def save_period(
    station: Station, actor: Actor, values: Mapping[str, object], period_id: str | None = None, row_version: int = 0
) -> Done[str]:
    """Make a period, or change one as it was read, and return its id; the errors are those of `records.save`."""
    return records.save(station, actor, "security_periods", values, period_id, row_version)


@permitted(Permission.DATA_EDIT)
def retire_period(station: Station, actor: Actor, period_id: str, row_version: int) -> Done[None]:
    """Retire a period: it raises nothing any more; the errors are those of `records.retire`."""
    return records.retire(station, actor, SecurityPeriod, period_id, row_version)


def emphasis_of(session: Session, line: CheckpointLine, today: date) -> tuple[Emphasis, ...]:
    """Return the areas and periods that concern a checkpoint now or later, areas first."""
    areas = {area.id: area for area in queries.many(session, PriorityArea, "code", ended_on=None)}
    listed = listed_by_area(session)
    inside = {
        area.id
        for area in areas.values()
        if reach_of(line, area.community_id, area.grid_cell_id, listed.get(area.id, ())) is not None
    }
    found = [
        Emphasis(area.id, area.name, False, area.first_on, area.last_on, raised=area.raised)
        for area in areas.values()
        if area.id in inside and when(area.first_on, area.last_on, today) is not When.AFTER
    ]
    for period in queries.many(session, SecurityPeriod, "first_on", "code", ended_on=None):
        fits = period.area_id is None or period.area_id in inside
        fits = fits and period.checkpoint_kind in {None, line.kind}
        if fits and when(period.first_on, period.last_on, today) is not When.AFTER:
            more = (period.more_minimum, period.more_desired, period.percent)
            found.append(Emphasis(period.id, period.name, True, period.first_on, period.last_on, 0, *more))
    return tuple(found)


def raised_cells(
    emphasis: Iterable[Emphasis], cells: Iterable[DemandCell], patterns: Sequence[Pattern], week: Week
) -> tuple[RaisedCell, ...]:
    """Return the cells of a checkpoint that periods raise in a week; where nobody is asked for there is none."""
    raising = [one for one in emphasis if one.period and (one.more_minimum or one.more_desired or one.percent)]
    by_id = {pattern.id: pattern for pattern in patterns}
    found = []
    for cell in cells:
        day, pattern = week.days[cell.weekday], by_id[cell.pattern_id]
        names = tuple(one.name for one in raising if day in _days_of(pattern, cell.weekday, one))
        if cell.desired and names:
            found.append(RaisedCell(cell.pattern_id, cell.weekday, names))
    return tuple(found)


def _days_of(pattern: Pattern, weekday: int, period: Emphasis) -> Sequence[date]:
    assert period.first_on is not None
    assert period.last_on is not None
    return _days(pattern, weekday, period.first_on, period.last_on)


def _rows(session: Session, today: date) -> list[PeriodRow]:
    areas = {area.id: area.name for area in queries.many(session, PriorityArea)}
    periods = queries.many(session, SecurityPeriod, "first_on", "code", ended_on=None)
    return [
        PeriodRow(
            id=period.id,
            row_version=period.row_version,
            code=period.code,
            name=period.name,
            first_on=period.first_on,
            last_on=period.last_on,
            area_id=period.area_id,
            area=areas.get(period.area_id or "", ""),
            kind=period.checkpoint_kind,
            more_minimum=period.more_minimum,
            more_desired=period.more_desired,
            percent=period.percent,
            when=when(period.first_on, period.last_on, today),
            search=search_keys(period.name, period.code),
        )
        for period in reversed(periods)
    ]


def _scope(session: Session, fields: Mapping[str, object], today: date) -> PeriodScope:
    first, last = fields["first_on"], fields["last_on"]
    assert isinstance(first, date)
    assert isinstance(last, date)
    lines = _lines(session, fields)
    patterns = {pattern.id: pattern for pattern in grid.read_patterns(session)}
    found = []
    asked = _asked(session, {line.id for line in lines}, patterns)
    for line in lines:
        shifts = minimum = desired = 0
        for (pattern, weekday), (low, high) in asked.get(line.id, {}).items():
            days = sum(_in_force(line, day) for day in _days(patterns[pattern], weekday, first, last))
            more, wished = _more(low, high, fields)
            shifts, minimum, desired = shifts + days, minimum + more * days, desired + wished * days
        if shifts:
            found.append(PeriodPlace(line.id, line.code, line.name, line.kind, shifts, minimum, desired))
    return PeriodScope((last - first).days + 1, tuple(found), _weeks(session, first, last, today))


def _lines(session: Session, fields: Mapping[str, object]) -> list[CheckpointLine]:
    """Return the checkpoints in use that are of the period's area and kind, by code."""
    area_id, kind = fields.get("area_id"), fields.get("checkpoint_kind")
    lines = [line for line in places.checkpoint_lines(session) if line.status is CheckpointStatus.ACTIVE]
    if isinstance(kind, CheckpointKind):
        lines = [line for line in lines if line.kind is kind]
    if area_id is not None:
        area = queries.first(session, PriorityArea, id=str(area_id), ended_on=None)
        listed = listed_by_area(session).get(str(area_id), ())
        lines = [
            line
            for line in lines
            if area is not None and reach_of(line, area.community_id, area.grid_cell_id, listed) is not None
        ]
    return sorted(lines, key=lambda line: natural(line.code))


def _asked(
    session: Session, ids: set[str], patterns: Mapping[str, Pattern]
) -> dict[str, dict[tuple[str, int], tuple[int, int]]]:
    """Return checkpoint id → shift → own heads, least and desired, as planning sees them: without the neighbour's."""
    found: dict[str, dict[tuple[str, int], tuple[int, int]]] = defaultdict(dict)
    for line in places.demand_lines(session):
        if line.checkpoint_id not in ids or line.pattern_id not in patterns or line.ended_on is not None:
            continue
        held = min(line.held, line.minimum)
        shifts = found[line.checkpoint_id]
        low, high = shifts.get((line.pattern_id, line.weekday), (0, 0))
        own = max(line.minimum, line.desired) - held
        if line.desired or line.minimum:
            shifts[line.pattern_id, line.weekday] = (low + line.minimum - held, high + own)
    return found


def _days(pattern: Pattern, weekday: int, first: date, last: date) -> list[date]:
    """Return the days of a weekday whose shift lies in the period, if only a part of it after midnight."""
    crosses = pattern.start_minute + pattern.length_minutes > _DAY_MINUTES
    start = first - timedelta(days=1) if crosses else first
    start += timedelta(days=(weekday - start.weekday()) % 7)
    return [start + timedelta(days=7 * number) for number in range((last - start).days // 7 + 1)]


def _in_force(line: CheckpointLine, day: date) -> bool:
    return (line.first_on is None or line.first_on <= day) and (line.last_on is None or day <= line.last_on)


def _more(low: int, high: int, fields: Mapping[str, object]) -> tuple[int, int]:
    """Return the least and the desired heads that come on top in one shift, as `engine.influence` adds them."""
    percent = int(str(fields["percent"]))
    more = int(str(fields["more_minimum"])) - (-low * percent // 100)
    return more, max(int(str(fields["more_desired"])) - (-high * percent // 100), more)


def _weeks(session: Session, first: date, last: date, today: date) -> tuple[tuple[str, bool], ...]:
    """Return the weeks of the period from this one on that are planned, each with whether it is published."""
    found = []
    day = max(first, Week.of(today).monday)
    while day <= last:
        week = Week.of(day)
        version = grid.newest_version(session, week)
        if version is not None:
            found.append((str(week), version[1]))
        day = week.days[-1] + timedelta(days=1)
    return tuple(found)
