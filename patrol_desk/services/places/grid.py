"""The demand grid of a checkpoint: stored rows as cells, and how a week's plan mans them."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from patrol_desk.common.weeks import Week
from patrol_desk.models import ShiftPattern, Skill
from patrol_desk.services.places.rows import DemandCell, Pattern, SeatDemand, SkillKind, WeekCell
from patrol_desk.storage import bulk
from patrol_desk.storage.reads import places, planning
from patrol_desk.storage.reads.places import DemandLine, Seat
from patrol_desk.storage.session import Session

CellKey = tuple[str, int]
"""Pattern id and weekday."""


def read_patterns(session: Session) -> tuple[Pattern, ...]:
    """Return the shift patterns in force, by start."""
    names = ["id", "name", "mark", "start_minute", "length_minutes"]
    rows = bulk.rows(session, ShiftPattern, names, where={"ended_on": None}, order_by=("start_minute", "code"))
    return tuple(Pattern(*row) for row in rows)


def read_skills(session: Session) -> tuple[SkillKind, ...]:
    """Return the skills in force, by code."""
    rows = bulk.rows(session, Skill, ["id", "code", "name", "mark"], where={"ended_on": None}, order_by=("code",))
    return tuple(SkillKind(*row) for row in rows)


def cells_of(lines: Iterable[DemandLine], patterns: Sequence[Pattern]) -> tuple[DemandCell, ...]:
    """Return one cell per pattern and weekday from the rows of one checkpoint."""
    held: dict[CellKey, list[DemandLine]] = defaultdict(list)
    for line in lines:
        held[line.pattern_id, line.weekday].append(line)
    return tuple(
        DemandCell(
            pattern.id,
            weekday,
            seats_of(held.get((pattern.id, weekday), ())),
            stamp_of(held.get((pattern.id, weekday), ())),
        )
        for pattern in patterns
        for weekday in range(7)
    )


def seats_of(lines: Iterable[DemandLine]) -> tuple[SeatDemand, ...]:
    """Return the kinds of seat that rows ask for: leader first, then skills by id, then anybody."""
    seats = [
        SeatDemand(line.skill_id, line.leader, line.minimum, line.desired, min(line.held, line.minimum))
        for line in lines
        if line.ended_on is None and line.desired > 0
    ]
    return ordered(seats)


def ordered(seats: Iterable[SeatDemand]) -> tuple[SeatDemand, ...]:
    """Return kinds of seat in their order: leader first, then skills by id, then anybody."""
    return tuple(sorted(seats, key=lambda seat: (not seat.leader, seat.skill_id is None, seat.skill_id or "")))


def keep_held(seats: Iterable[SeatDemand], own: Iterable[SeatDemand]) -> tuple[SeatDemand, ...]:
    """Return seats in which the neighbouring town holds what it holds in a checkpoint's own, no more than is asked."""
    held = {seat.kind: seat.held for seat in own}
    return tuple(replace(seat, held=min(held.get(seat.kind, 0), seat.minimum)) for seat in seats)


def stamp_of(lines: Iterable[DemandLine]) -> str:
    """Return what tells one stored state of a cell from every other; empty without rows.

    It covers ids and content and not the row versions: undoing brings back the state, under newer versions.
    """
    parts = sorted(
        f"{line.id} {line.skill_id} {line.leader} {line.minimum} {line.desired} {line.held} {line.ended_on}"
        for line in lines
    )
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest() if parts else ""


def newest_version(session: Session, week: Week) -> tuple[str, bool] | None:
    """Return id of a week's newest version and whether it is published; None without a plan."""
    versions = planning.versions_of(session, str(week))
    return (versions[0].id, versions[0].state.value == "published") if versions else None


def week_cells(session: Session, checkpoint_id: str, week: Week, cells: Iterable[DemandCell]) -> tuple[WeekCell, ...]:
    """Return how the newest version of a week mans the shifts a checkpoint asks for; empty without a plan."""
    version = newest_version(session, week)
    if version is None:
        return ()
    heads = places.heads(session, version[0], week.days[0], week.days[-1])
    return tuple(_stands(cell, checkpoint_id, week.days[cell.weekday], heads) for cell in cells if cell.desired > 0)


def _stands(cell: DemandCell, checkpoint_id: str, day: date, heads: Mapping[Seat, int]) -> WeekCell:
    placed = [heads.get(Seat(checkpoint_id, cell.pattern_id, day, *seat.kind), 0) for seat in cell.seats]
    short = sum(max(seat.own - there, 0) for seat, there in zip(cell.seats, placed, strict=True))
    return WeekCell(cell.pattern_id, day, sum(placed), cell.minimum, cell.desired, short)
