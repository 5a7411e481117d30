"""The people of a planning problem: who may serve, what they can do and when."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from patrol_desk.engine.problem import DEPUTY, LEADER, MEMBER, OFFICIAL, Bool, Int8, People, UInt32
from patrol_desk.models import ActivityClass, Force, PersonStatus, SquadRole
from patrol_desk.services.planning import past
from patrol_desk.services.planning.plane import Degrees, Plane
from patrol_desk.storage.reads.rows import PersonRow
from patrol_desk.storage.reads.week import ROSTERED, WeekData

ROLES: Mapping[str, int] = {
    SquadRole.LEADER.value: LEADER,
    SquadRole.DEPUTY.value: DEPUTY,
    SquadRole.MEMBER.value: MEMBER,
}

OFFICIALS = frozenset({Force.OFFICER, Force.AUXILIARY, Force.FULL_TIME})
"""Who counts where a patrol needs an officer, an auxiliary or a full-time patrol."""


def build_people(
    data: WeekData, shifts: Sequence[tuple[str, date]], capabilities: Sequence[str], plane: Plane
) -> People:
    """Return the engine's people in the order of `WeekData.people`; capabilities are named as in the problem."""
    index = {row.id: number for number, row in enumerate(data.people)}
    squads = {row.id: number for number, row in enumerate(data.squads)}
    members = [data.members.get(row.id) for row in data.people]
    role = np.array([MEMBER if m is None else ROLES[m.role] for m in members], dtype=np.int8)
    return People(
        ids=tuple(row.code for row in data.people),
        squad=np.array([-1 if m is None else squads.get(m.squad_id, -1) for m in members], dtype=np.int32),
        role=role,
        on_roster=np.array([on_roster(row) for row in data.people], dtype=np.bool_),
        capability=_capability(data, index, role, capabilities),
        home=plane.points([_home(data, row, squads) for row in data.people]),
        cap_week=caps_of(data),
        load=past.load(data, index),
        availability=_availability(data, index, shifts),
        leave=_leave(data, index, shifts),
        insured=_insured(data),
        novice=_novices(data),
        spares_eve=np.array([row.spares_workday_eve for row in data.people], dtype=np.bool_),
        waited=past.waited(data, index),
    )


def on_roster(row: PersonRow) -> bool:
    """Say whether a person may be rostered: active, and of the weekly or monthly class."""
    return row.status is PersonStatus.ACTIVE and row.ended_on is None and row.activity_class in ROSTERED


def _insured(data: WeekData) -> Bool:
    """Return (P, 7): insured on the day, as far as the record says."""
    found = np.ones((len(data.people), len(data.week.days)), dtype=np.bool_)
    for person, row in enumerate(data.people):
        if row.insured_from is not None or row.insured_until is not None:
            found[person] = [
                (row.insured_from is None or row.insured_from <= day)
                and (row.insured_until is None or day <= row.insured_until)
                for day in data.week.days
            ]
    return found


def _novices(data: WeekData) -> Bool:
    """Return (P,): joined fewer days before the week than make somebody experienced; who says nothing is no novice."""
    days = data.settings.numbers["novice_days"]
    since = data.week.monday - timedelta(days=days)
    return np.array(
        [days > 0 and row.joined_on is not None and row.joined_on > since for row in data.people], dtype=np.bool_
    )


def _home(data: WeekData, row: PersonRow, squads: Mapping[str, int]) -> Degrees:
    if row.home_lon is not None and row.home_lat is not None:
        return (row.home_lon, row.home_lat)
    member = data.members.get(row.id)
    if member is None or member.squad_id not in squads:
        return (None, None)
    squad = data.squads[squads[member.squad_id]]
    return (squad.base_lon, squad.base_lat)


def _capability(data: WeekData, index: Mapping[str, int], role: Int8, capabilities: Sequence[str]) -> UInt32:
    days = data.week.days
    mask = np.zeros((len(index), len(days)), dtype=np.uint32)
    mask[role != MEMBER] |= np.uint32(1)
    bit = {row.id: number for number, row in enumerate(data.skills, start=1) if row.code != OFFICIAL}
    if OFFICIAL in capabilities:
        official = np.array([row.force in OFFICIALS for row in data.people], dtype=np.bool_)
        mask[official] |= np.uint32(1 << capabilities.index(OFFICIAL))
    for row in data.certificates:
        person, kind = index.get(row.person_id), bit.get(row.skill_id)
        if person is None or kind is None:
            continue
        for number, day in enumerate(days):
            begun = row.issued_on is None or row.issued_on <= day
            if begun and (row.expires_on is None or row.expires_on >= day):
                mask[person, number] |= np.uint32(1 << kind)
    return mask


def caps_of(data: WeekData) -> Int8:
    """Return (P,): most duties in the week, of monthly people what the weeks before left of their month."""
    window = data.week.monday - timedelta(weeks=data.settings.numbers["monthly_window_weeks"] - 1)
    served = Counter(person for person, _, _, day in data.served if day >= window)
    caps = []
    for row in data.people:
        cap = max(0, min(7, row.weekly_cap))
        if row.activity_class is ActivityClass.MONTHLY:
            cap = min(cap, max(0, data.settings.numbers["monthly_cap"] - served[row.id]))
        caps.append(cap)
    return np.array(caps, dtype=np.int8)


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
    columns = {shift: number for number, shift in enumerate(shifts)}
    for person, pattern, day in data.spared:
        number = columns.get((pattern, day))
        if person in index and number is not None:
            found[index[person], number] = True
    return found
