"""The people of a planning problem: who may serve, what they can do and when."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from patrol_desk.engine.problem import DEPUTY, LEADER, MEMBER, Bool, Int8, Int32, People, UInt32
from patrol_desk.models import ActivityClass, PersonStatus, SquadRole
from patrol_desk.services.planning.load_class import load_class
from patrol_desk.services.planning.plane import Degrees, Plane
from patrol_desk.storage.reads.rows import PersonRow
from patrol_desk.storage.reads.week import ROSTERED, WeekData

ROLES: Mapping[str, int] = {
    SquadRole.LEADER.value: LEADER,
    SquadRole.DEPUTY.value: DEPUTY,
    SquadRole.MEMBER.value: MEMBER,
}


def build_people(
    data: WeekData, shifts: Sequence[tuple[str, date]], skills: Sequence[str | None], plane: Plane
) -> People:
    """Return the engine's people in the order of `WeekData.people`."""
    index = {row.id: number for number, row in enumerate(data.people)}
    squads = {row.id: number for number, row in enumerate(data.squads)}
    members = [data.members.get(row.id) for row in data.people]
    role = np.array([MEMBER if m is None else ROLES[m.role] for m in members], dtype=np.int8)
    return People(
        ids=tuple(row.code for row in data.people),
        squad=np.array([-1 if m is None else squads.get(m.squad_id, -1) for m in members], dtype=np.int32),
        role=role,
        on_roster=np.array([on_roster(row, data) for row in data.people], dtype=np.bool_),
        capability=_capability(data, index, role, skills),
        home=plane.points([_home(data, row, squads) for row in data.people]),
        cap_week=_caps(data),
        load=_load(data, index),
        availability=_availability(data, index, shifts),
        leave=_leave(data, index, shifts),
    )


def on_roster(row: PersonRow, data: WeekData) -> bool:
    """Say whether a person may be rostered in the week.

    Active, of the weekly or monthly class, and insured on every day of the week as far as the record says.
    """
    first = data.week.monday
    last = first + timedelta(days=6)
    insured = (row.insured_from is None or row.insured_from <= first) and (
        row.insured_until is None or row.insured_until >= last
    )
    active = row.status is PersonStatus.ACTIVE and row.ended_on is None
    return active and row.activity_class in ROSTERED and insured


def _home(data: WeekData, row: PersonRow, squads: Mapping[str, int]) -> Degrees:
    if row.home_lon is not None and row.home_lat is not None:
        return (row.home_lon, row.home_lat)
    member = data.members.get(row.id)
    if member is None or member.squad_id not in squads:
        return (None, None)
    squad = data.squads[squads[member.squad_id]]
    return (squad.base_lon, squad.base_lat)


def _capability(data: WeekData, index: Mapping[str, int], role: Int8, skills: Sequence[str | None]) -> UInt32:
    days = data.week.days
    mask = np.zeros((len(index), len(days)), dtype=np.uint32)
    mask[role != MEMBER] |= np.uint32(1)
    bit = {skill: number for number, skill in enumerate(skills) if skill is not None}
    for row in data.certificates:
        person, kind = index.get(row.person_id), bit.get(row.skill_id)
        if person is None or kind is None:
            continue
        for number, day in enumerate(days):
            begun = row.issued_on is None or row.issued_on <= day
            if begun and (row.expires_on is None or row.expires_on >= day):
                mask[person, number] |= np.uint32(1 << kind)
    return mask


def _caps(data: WeekData) -> Int8:
    window = data.week.monday - timedelta(weeks=data.rules["monthly_window_weeks"] - 1)
    served = Counter(person for person, _, _, day in data.served if day >= window)
    caps = []
    for row in data.people:
        cap = max(0, min(7, row.weekly_cap))
        if row.activity_class is ActivityClass.MONTHLY:
            cap = min(cap, max(0, data.rules["monthly_cap"] - served[row.id]))
        caps.append(cap)
    return np.array(caps, dtype=np.int8)


def _load(data: WeekData, index: Mapping[str, int]) -> Int32:
    load = np.zeros((len(index), 4), dtype=np.int32)
    night = {row.id: row.night for row in data.patterns}
    since = data.week.monday - timedelta(weeks=data.rules["load_weeks"])
    for person, _place, pattern, day in data.served:
        if person in index and day >= since:
            load[index[person], load_class(data.holidays, night.get(pattern, False), day)] += 1
    return load


def _availability(data: WeekData, index: Mapping[str, int], shifts: Sequence[tuple[str, date]]) -> Int8:
    found = np.zeros((len(index), len(shifts)), dtype=np.int8)
    columns: dict[str, list[tuple[int, int]]] = {}
    for number, (pattern, day) in enumerate(shifts):
        columns.setdefault(pattern, []).append((number, day.weekday()))
    for row in data.availability:
        person = index.get(row.person_id)
        if person is not None:
            for number, weekday in columns.get(row.pattern_id, ()):
                found[person, number] = row.by_weekday[weekday]
    return found


def _leave(data: WeekData, index: Mapping[str, int], shifts: Sequence[tuple[str, date]]) -> Bool:
    found = np.zeros((len(index), len(shifts)), dtype=np.bool_)
    for person, first, last in data.leave:
        if person in index:
            found[index[person]] |= np.array([first <= day <= last for _, day in shifts], dtype=np.bool_)
    return found
