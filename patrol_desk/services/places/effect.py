"""What saving new demand would do to the weeks that are planned already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import CheckpointStatus
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.places import grid
from patrol_desk.services.places.effects import DemandEffect, WeekEffect
from patrol_desk.services.places.grid import CellKey
from patrol_desk.services.places.rows import DemandCell, SeatDemand
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import places
from patrol_desk.storage.reads.places import DemandLine, Seat
from patrol_desk.storage.session import Session


@dataclass(frozen=True, slots=True)
class _Change:
    """A cell as it is and as it would be."""

    key: CellKey
    before: tuple[SeatDemand, ...]
    after: tuple[SeatDemand, ...]


@permitted(Permission.DATA_READ)
def effect_of_demand(station: Station, actor: Actor, checkpoint_id: str, cells: Sequence[DemandCell]) -> DemandEffect:
    """Return what saving cells would do, in this week and the next, as far as they are planned.

    Only shifts from today on count: what was served stays served.

    Raises
    ------
    InvalidDataError
        The checkpoint is gone.
    """
    del actor  # the permission is all that depends on who asks
    today = station_today(station.clock)
    with station.read() as session:
        lines = places.checkpoint_lines(session, checkpoint_id)
        if not lines:
            raise InvalidDataError(Message("places.gone"))
        demand = places.demand_lines(session)
        changes = _changes([line for line in demand if line.checkpoint_id == checkpoint_id], cells)
        in_use = lines[0].status is CheckpointStatus.ACTIVE and lines[0].ended_on is None
        weeks = _weeks(session, checkpoint_id, changes, demand, today) if in_use and changes else []
    return DemandEffect(
        minimum=sum(_sums(change.after)[0] - _sums(change.before)[0] for change in changes),
        desired=sum(_sums(change.after)[1] - _sums(change.before)[1] for change in changes),
        weeks=tuple(weeks),
        in_use=in_use,
    )


def _changes(lines: Iterable[DemandLine], cells: Iterable[DemandCell]) -> list[_Change]:
    held: dict[CellKey, list[DemandLine]] = {}
    for line in lines:
        held.setdefault((line.pattern_id, line.weekday), []).append(line)
    found = [
        _Change(
            cell.key,
            grid.seats_of(held.get(cell.key, ())),
            grid.ordered(seat for seat in cell.seats if seat.desired > 0),
        )
        for cell in cells
    ]
    return [change for change in found if change.before != change.after]


def _weeks(
    session: Session, checkpoint_id: str, changes: Sequence[_Change], demand: Sequence[DemandLine], today: date
) -> list[WeekEffect]:
    active = {line.id for line in places.checkpoint_lines(session) if line.status is CheckpointStatus.ACTIVE}
    patterns = {pattern.id for pattern in grid.read_patterns(session)}
    asked = [
        line
        for line in demand
        if line.checkpoint_id in active and line.pattern_id in patterns and line.ended_on is None and line.desired > 0
    ]
    found = []
    for week in (Week.of(today), Week.of(today).plus(1)):
        version = grid.newest_version(session, week)
        if version is not None:
            heads = places.heads(session, version[0], week.days[0], week.days[-1])
            found.append(_Planned(week, version[1], checkpoint_id, heads).effect(changes, asked, today))
    return found


@dataclass(frozen=True, slots=True)
class _Planned:
    """A planned week and how it mans one checkpoint."""

    week: Week
    published: bool
    checkpoint_id: str
    heads: Mapping[Seat, int]

    def effect(self, changes: Sequence[_Change], asked: Sequence[DemandLine], today: date) -> WeekEffect:
        """Return what changed cells do to the shifts from today on."""
        coming = [change for change in changes if self.week.days[change.key[1]] >= today]
        short = [(self._short(c, c.before), self._short(c, c.after)) for c in coming]
        seats = sum(_own(line) for line in asked)
        filled = sum(min(self._there(line), _own(line)) for line in asked)
        more = sum(_own_of(c.after) - _own_of(c.before) for c in changes)
        gained = sum(self._filled(c, c.after) - self._filled(c, c.before) for c in changes)
        return WeekEffect(
            week=str(self.week),
            published=self.published,
            below_minimum=sum(was[0] == 0 < now[0] for was, now in short),
            below_desired=sum(was[1] == 0 < now[1] and now[0] == 0 for was, now in short),
            mended=sum(was[0] > 0 == now[0] for was, now in short),
            spare=sum(self._spare(change) for change in coming),
            before=filled / seats if seats else 1.0,
            after=(filled + gained) / (seats + more) if seats + more else 1.0,
        )

    def _on(self, change: _Change, seat: SeatDemand) -> int:
        pattern, weekday = change.key
        return self.heads.get(Seat(self.checkpoint_id, pattern, self.week.days[weekday], *seat.kind), 0)

    def _there(self, line: DemandLine) -> int:
        day = self.week.days[line.weekday]
        return self.heads.get(Seat(line.checkpoint_id, line.pattern_id, day, line.skill_id, line.leader), 0)

    def _short(self, change: _Change, seats: Sequence[SeatDemand]) -> tuple[int, int]:
        """Return heads missing to the minimum and to the desired number."""
        return (
            sum(max(seat.own - self._on(change, seat), 0) for seat in seats),
            sum(max(seat.desired - seat.held - self._on(change, seat), 0) for seat in seats),
        )

    def _filled(self, change: _Change, seats: Sequence[SeatDemand]) -> int:
        return sum(min(seat.own, self._on(change, seat)) for seat in seats)

    def _spare(self, change: _Change) -> int:
        """Return the heads on kinds of seat that are asked for now and no longer then."""
        kept = {seat.kind for seat in change.after}
        return sum(self._on(change, seat) for seat in change.before if seat.kind not in kept)


def _sums(seats: Sequence[SeatDemand]) -> tuple[int, int]:
    return sum(seat.minimum for seat in seats), sum(seat.desired for seat in seats)


def _own(line: DemandLine) -> int:
    """Return the least heads that the station plans itself."""
    return line.minimum - min(line.held, line.minimum)


def _own_of(seats: Sequence[SeatDemand]) -> int:
    return sum(seat.own for seat in seats)
