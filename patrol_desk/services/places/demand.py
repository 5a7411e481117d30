"""Demand of a checkpoint: set cell by cell, copied from another, always undoable."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message, Words
from patrol_desk.models import Demand
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.places import grid
from patrol_desk.services.places.checkpoints import checkpoint_for
from patrol_desk.services.places.effects import CopyEffect
from patrol_desk.services.places.fields import told
from patrol_desk.services.places.grid import CellKey
from patrol_desk.services.places.rows import DemandCell, Pattern, SeatDemand, SkillKind
from patrol_desk.services.shift_words import shift_name
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import bulk
from patrol_desk.storage.reads import places
from patrol_desk.storage.reads.places import DemandLine
from patrol_desk.storage.unit_of_work import UnitOfWork
from patrol_desk.sync.faults import Fault
from patrol_desk.sync.kinds import IntegerKind
from patrol_desk.sync.tables import table_named
from patrol_desk.sync.tables.common import WEEKDAY_WORDS

DEMAND = table_named("demand")


def most_heads() -> int:
    """Return the most heads that one kind of seat may ask for, as in an import."""
    kind = DEMAND.by_name["desired"].kind
    assert isinstance(kind, IntegerKind)
    return kind.high


@dataclass(frozen=True, slots=True)
class _Known:
    """What cells may refer to."""

    patterns: Mapping[str, Pattern]
    skills: Mapping[str, SkillKind]


@permitted(Permission.DATA_EDIT)
def set_demand(station: Station, actor: Actor, checkpoint_id: str, cells: Sequence[DemandCell]) -> Done[int]:
    """Set what a checkpoint asks for in some cells, and return how many cells that changed.

    Parameters
    ----------
    station, actor
        Where and by whom.
    checkpoint_id
        The checkpoint.
    cells
        Each with the stamp it was read with; a kind of seat that a cell does not name is no longer asked for, a cell
        without seats is not staffed. Cells that are not given stay.

    Raises
    ------
    InvalidDataError
        A number or kind of seat cannot be right; nothing was written.
    ConcurrentChangeError
        Somebody else changed one of the cells since it was read; nothing was written.
    """
    with station.write(actor, "demand.set") as unit:
        record = checkpoint_for(unit, checkpoint_id, None)
        known = _known(unit)
        held = _held(unit, checkpoint_id)
        for cell in _once(cells):
            _refuse_faults(cell, known)
            if grid.stamp_of(held.get(cell.key, ())) != cell.stamp:
                words = {"code": record.code, "name": record.name, "cell": cell_word(cell, known.patterns)}
                raise ConcurrentChangeError(Message("places.demand_changed_meanwhile", words))
        changed = [cell for cell in cells if grid.seats_of(held.get(cell.key, ())) != grid.ordered(_asked(cell))]
        _write(unit, checkpoint_id, changed, held)
        return finish(unit, len(changed))


@permitted(Permission.DATA_READ)
def copy_effects(
    station: Station, actor: Actor, from_id: str, cells: Sequence[CellKey]
) -> Mapping[str, CopyEffect]:  # fmt: skip
    """Return for each other checkpoint in force what copying cells of one to it would change.

    Parameters
    ----------
    station, actor
        Where and by whom.
    from_id
        The checkpoint to copy from.
    cells
        Pattern and weekday of each cell.
    """
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        held: dict[str, dict[CellKey, list[DemandLine]]] = {}
        for line in places.demand_lines(session):
            held.setdefault(line.checkpoint_id, {}).setdefault((line.pattern_id, line.weekday), []).append(line)
        others = [line.id for line in places.checkpoint_lines(session) if line.id != from_id]
    source = {key: grid.seats_of(held.get(from_id, {}).get(key, ())) for key in cells}
    return {place: _copied(source, held.get(place, {})) for place in others}


def _copied(source: Mapping[CellKey, Sequence[SeatDemand]], held: Mapping[CellKey, Sequence[DemandLine]]) -> CopyEffect:
    count = minimum = desired = 0
    for key, seats in source.items():
        before = grid.seats_of(held.get(key, ()))
        after = grid.keep_held(seats, before)
        if after != before:
            count += 1
            minimum += sum(seat.minimum for seat in after) - sum(seat.minimum for seat in before)
            desired += sum(seat.desired for seat in after) - sum(seat.desired for seat in before)
    return CopyEffect(count, minimum, desired)


@permitted(Permission.DATA_EDIT)
def copy_demand(
    station: Station, actor: Actor, from_id: str, to_ids: Sequence[str], cells: Sequence[CellKey] | None = None
) -> Done[int]:
    """Make cells of checkpoints ask for what those of another do, in one step, and return how many changed.

    What a neighbouring town holds stays as it is at each of them.

    Parameters
    ----------
    station, actor
        Where and by whom.
    from_id, to_ids
        The checkpoint to copy from and those to copy to.
    cells
        Pattern and weekday of each cell; all when None.

    Raises
    ------
    InvalidDataError
        One of the checkpoints is gone; nothing was written.
    """
    with station.write(actor, "demand.copy") as unit:
        checkpoint_for(unit, from_id, None)
        patterns = grid.read_patterns(unit.session)
        source = grid.cells_of(places.demand_lines(unit.session, [from_id]), patterns)
        wanted = [cell for cell in source if cells is None or cell.key in set(cells)]
        count = 0
        for to_id in to_ids:
            checkpoint_for(unit, to_id, None)
            held = _held(unit, to_id)
            own = [(cell, grid.seats_of(held.get(cell.key, ()))) for cell in wanted]
            given = [(replace(cell, seats=grid.keep_held(cell.seats, seats)), seats) for cell, seats in own]
            changed = [cell for cell, seats in given if cell.seats != seats]
            _write(unit, to_id, changed, held)
            count += len(changed)
        return finish(unit, count)


def check_cell(cell: DemandCell, patterns: Iterable[Pattern], skills: Iterable[SkillKind]) -> Message | None:
    """Return what is wrong with a cell as typed, None when it can be saved."""
    known = _Known({pattern.id: pattern for pattern in patterns}, {skill.id: skill for skill in skills})
    return _fault(cell, known)


def cell_word(cell: DemandCell, patterns: Mapping[str, Pattern]) -> Message:
    """Return the name of a cell: weekday and pattern."""
    day = WEEKDAY_WORDS[cell.weekday] if 0 <= cell.weekday < 7 else None
    pattern = patterns.get(cell.pattern_id)
    return Message(
        "places.cell",
        {
            "day": cell.weekday if day is None else Words(day.zh, day.en),
            "pattern": "?" if pattern is None else shift_name(pattern.name),
        },
    )


def _known(unit: UnitOfWork) -> _Known:
    patterns, skills = grid.read_patterns(unit.session), grid.read_skills(unit.session)
    return _Known({pattern.id: pattern for pattern in patterns}, {skill.id: skill for skill in skills})


def _held(unit: UnitOfWork, checkpoint_id: str) -> dict[CellKey, list[DemandLine]]:
    held: dict[CellKey, list[DemandLine]] = {}
    for line in places.demand_lines(unit.session, [checkpoint_id]):
        held.setdefault((line.pattern_id, line.weekday), []).append(line)
    return held


def _once(cells: Sequence[DemandCell]) -> Sequence[DemandCell]:
    assert len({cell.key for cell in cells}) == len(cells), "a cell is set once"
    return cells


def _asked(cell: DemandCell) -> list[SeatDemand]:
    return [seat for seat in cell.seats if seat.desired > 0]


def _refuse_faults(cell: DemandCell, known: _Known) -> None:
    fault = _fault(cell, known)
    if fault is not None:
        raise InvalidDataError(fault)


def _fault(cell: DemandCell, known: _Known) -> Message | None:
    if cell.pattern_id not in known.patterns or not 0 <= cell.weekday < 7:
        return Message("places.no_such_cell")
    kinds = [seat.kind for seat in cell.seats]
    for seat in cell.seats:
        if seat.skill_id is not None and (seat.leader or seat.skill_id not in known.skills):
            return Message("places.no_such_seat", {"cell": cell_word(cell, known.patterns)})
        if kinds.count(seat.kind) > 1:
            words = {"cell": cell_word(cell, known.patterns), "seat": _seat_word(seat, known)}
            return Message("places.seat_twice", words)
        fault = _number_fault(seat)
        if fault is not None:
            words = {"cell": cell_word(cell, known.patterns), "seat": _seat_word(seat, known)}
            return Message("places.seat_fault", {**words, "fault": fault})
    return None


def _number_fault(seat: SeatDemand) -> Message | None:
    high = most_heads()
    for name, value in (("minimum", seat.minimum), ("desired", seat.desired)):
        if not 0 <= value <= high:
            return told(DEMAND.by_name[name], value, Fault("import.out_of_range", {"low": 0, "high": high}))
    if seat.minimum > seat.desired:
        return told(DEMAND.by_name["desired"], seat.desired, Fault("import.minimum_over_desired"))
    if not 0 <= seat.held <= seat.minimum:
        return told(DEMAND.by_name["held"], seat.held, Fault("import.held_over_minimum"))
    return None


def _seat_word(seat: SeatDemand, known: _Known) -> object:
    if seat.skill_id is not None:
        return known.skills[seat.skill_id].name
    return Message("places.seat_leader" if seat.leader else "places.seat_anybody")


def _write(
    unit: UnitOfWork, checkpoint_id: str, cells: Iterable[DemandCell], held: Mapping[CellKey, Sequence[DemandLine]]
) -> None:
    """Write cells: one row per kind of seat, for ever: what is no longer asked for asks for nobody.

    A row that went would not tell a file that is exchanged that it went.
    """
    new: list[dict[str, object]] = []
    changed: list[dict[str, object]] = []
    for cell in cells:
        wanted = {seat.kind: (seat.minimum, seat.desired, seat.held) for seat in _asked(cell)}
        for line in held.get(cell.key, ()):
            minimum, desired, kept = wanted.pop((line.skill_id, line.leader), (0, 0, 0))
            retired = line.ended_on is not None and desired == 0
            now = (line.minimum, line.desired, line.held, line.ended_on)
            if not retired and (minimum, desired, kept, None) != now:
                changed.append(
                    {"id": line.id, "row_version": line.row_version, "minimum": minimum, "desired": desired,
                     "held": kept, "ended_on": None}
                )  # fmt: skip
        new += [
            {"id": new_id(), "checkpoint_id": checkpoint_id, "pattern_id": cell.pattern_id, "weekday": cell.weekday,
             "skill_id": skill_id, "leader": leader, "minimum": minimum, "desired": desired, "held": kept}
            for (skill_id, leader), (minimum, desired, kept) in wanted.items()
        ]  # fmt: skip
    if changed:
        bulk.update(unit, Demand, changed)
    if new:
        bulk.insert(unit, Demand, new)
    unit.note("demand", None, {"checkpoint": checkpoint_id, "added": len(new), "changed": len(changed)})
