"""How many of a squad the week takes, by skill: its share of its community's demand, in heads."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from patrol_desk.services.people.squads.rows import LEAD, NIGHT, NeedSource
from patrol_desk.storage.reads.squads import GroupRow, HeldRow, SeatsRow

Seats = dict[str, int]
"""Key of a level → seats a week."""


@dataclass(frozen=True, slots=True)
class Force:
    """Who is in a squad and how many duties a week that makes.

    Parameters
    ----------
    people
        Ids.
    duties
        Sum of their weekly caps.
    """

    people: Collection[str] = ()
    duties: int = 0

    @property
    def each(self) -> float:
        """Duties a week of a member, on the average; at least one."""
        return max(1.0, self.duties / len(self.people)) if self.people else 1.0


@dataclass(frozen=True, slots=True)
class Needs:
    """Tells what a squad needs.

    Parameters
    ----------
    by_community
        Community → level → seats a week of its active checkpoints.
    duties
        Community → duties a week of all squads that are at home there.
    held
        Person → level → seats in the week's plan.
    """

    by_community: Mapping[str, Seats]
    duties: Mapping[str, int]
    held: Mapping[str, Seats] = field(default_factory=dict)

    def of(self, squad: GroupRow, force: Force) -> tuple[Mapping[str, int], NeedSource]:
        """Return level → heads, and where that comes from.

        Heads = seats a week · the squad's share of its community's duties ÷ duties a week of a member, rounded up.
        A squad whose community asks for nothing goes by the seats its members hold in the week's plan.
        """
        seats = self.by_community.get(squad.place_id or "", {})
        whole = self.duties.get(squad.place_id or "", 0)
        if seats and whole:
            share = force.duties / whole
            return {key: _heads(count * share, force) for key, count in seats.items()}, "demand"
        own: Seats = {}
        for person in force.people:
            for key, count in self.held.get(person, {}).items():
                own[key] = own.get(key, 0) + count
        return {key: _heads(count, force) for key, count in own.items()}, "duties" if own else ""


def needs_of(
    seats: Iterable[SeatsRow], held: Iterable[HeldRow], squads: Sequence[GroupRow], forces: Mapping[str, Force]
) -> Needs:
    """Gather what tells the need of every squad."""
    by_community: dict[str, Seats] = {}
    for row in seats:
        _add(by_community.setdefault(row.community_id, {}), row)
    by_person: dict[str, Seats] = {}
    for one in held:
        _add(by_person.setdefault(one.person_id, {}), one)
    duties: dict[str, int] = {}
    for squad in squads:
        if squad.place_id is not None:
            duties[squad.place_id] = duties.get(squad.place_id, 0) + forces.get(squad.id, Force()).duties
    return Needs(by_community, duties, by_person)


def _add(seats: Seats, row: SeatsRow | HeldRow) -> None:
    keys = (row.skill_id, LEAD if row.leader else None, NIGHT if row.night else None)
    for key in keys:
        if key is not None:
            seats[key] = seats.get(key, 0) + row.seats


def _heads(seats: float, force: Force) -> int:
    # Twelve digits: a share that is a whole number but for the last bit is no head more.
    return math.ceil(round(seats / force.each, 12))
