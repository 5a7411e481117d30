"""Building the index of everything, and keeping it fresh.

Both run in a thread beside the window. Python lets one thread compute at a time, so the work is cut into short parts
with a breath between them.
"""

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.clock import station_today
from patrol_desk.models import SquadRole
from patrol_desk.security.permissions import Permission, allows
from patrol_desk.security.redaction import mask_phone
from patrol_desk.services.finding.entries import Entry, FindKind, Item, make_item
from patrol_desk.services.finding.index import FindIndex
from patrol_desk.services.permits import permitted
from patrol_desk.services.squad_colours import NO_SQUAD_COLOUR, squad_colours
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import finding
from patrol_desk.storage.reads.finding import Membership, NamedGroup, NamedPerson
from patrol_desk.storage.reads.lives import changes_by_checkpoint
from patrol_desk.storage.session import Session

T = TypeVar("T")

_BREATH_SECONDS = 0.0005
_FEW = 500
"""So many changed people are read by themselves."""

PEOPLE = frozenset({"person", "squad_membership", "team_membership", "squad"})
GROUPS = frozenset({"squad", "squad_membership", "response_team", "team_membership", "person", "muster_point"})
PLACES = frozenset({"checkpoint", "muster_point", "community"})
"""Tables of which a change is seen in people, squads and teams, and places."""


@dataclass(frozen=True, slots=True)
class Squads:
    """The squads of the day.

    Parameters
    ----------
    rows, colours
        In force, by code.
    of_person
        Person id → (name of the squad, its colour).
    """

    rows: Sequence[NamedGroup]
    colours: Sequence[int]
    of_person: Mapping[str, tuple[str, int]]


@permitted(Permission.PLAN_READ)
def build_index(station: Station, actor: Actor) -> FindIndex:
    """Return the index of what the actor may see, read in one transaction: people only with the permission for them."""
    with station.read() as session:
        reader = _Reader(station, actor, session)
        return FindIndex([*reader.places(), *reader.groups(), *reader.people()])


@permitted(Permission.PLAN_READ)
def update_index(station: Station, actor: Actor, index: FindIndex, changes: ChangeSet) -> FindIndex:
    """Return an index with what changed read anew; the same one when nothing in it changed."""
    touched = frozenset(changes.by_kind)
    if not touched & (PEOPLE | GROUPS | PLACES):
        return index
    with station.read() as session:
        reader = _Reader(station, actor, session)
        kept = list(index.items)
        fresh: list[Item] = []
        if touched & PLACES:
            kept = _without(kept, {FindKind.CHECKPOINT, FindKind.MUSTER_POINT})
            fresh += reader.places()
        if touched & (GROUPS | {"community"}):
            kept = _without(kept, {FindKind.SQUAD, FindKind.TEAM})
            fresh += reader.groups()
        if touched & PEOPLE:
            kept, found = _people_again(reader, kept, changes)
            fresh += found
        return FindIndex([*kept, *fresh])


class _Reader:
    """One reading of names and memberships."""

    def __init__(self, station: Station, actor: Actor, session: Session) -> None:
        self.session = session
        self.today = station_today(station.clock)
        self.sees_people = allows(actor.role, Permission.DATA_READ)
        self._squads: Squads | None = None
        self._members: list[Membership] = []

    @property
    def squads(self) -> Squads:
        """The squads of the day, read once."""
        if self._squads is None:
            rows = finding.squads(self.session)
            colours = squad_colours([row.place_id for row in rows])
            look = {row.id: (row.name, colour) for row, colour in zip(rows, colours, strict=True)}
            self._members = list(_breathing(finding.squad_members(self.session, self.today)))
            of_person = {row.person_id: look[row.group_id] for row in self._members if row.group_id in look}
            self._squads = Squads(rows, colours, of_person)
        return self._squads

    def places(self) -> list[Item]:
        """Return checkpoints, with the status of today, and muster points."""
        from patrol_desk.services.places.standing import standing  # its package is not needed before

        changes = changes_by_checkpoint(self.session)
        found = [
            make_item(
                Entry(
                    FindKind.CHECKPOINT,
                    row.id,
                    row.name,
                    row.code,
                    place=row.community or "",
                    state=standing(
                        row.status, row.first_on, row.last_on, changes.get(row.id, ()), self.today
                    ).status.value,
                    form=row.kind.value,
                    address=row.address,
                )
            )
            for row in finding.checkpoints(self.session)
        ]
        time.sleep(_BREATH_SECONDS)
        return [*found, *(_group(FindKind.MUSTER_POINT, row) for row in finding.muster_points(self.session))]

    def groups(self) -> list[Item]:
        """Return squads and response teams with their size and leader."""
        squads = self.squads
        teams = finding.teams(self.session)
        in_team = list(_breathing(finding.team_members(self.session, self.today)))
        leaders = self._leaders([*self._members, *in_team])
        sizes = _sizes([*self._members, *in_team])
        found = [
            _group(FindKind.SQUAD, row, colour, sizes[row.id], leaders.get(row.id))
            for row, colour in zip(squads.rows, squads.colours, strict=True)
        ]
        time.sleep(_BREATH_SECONDS)
        return [*found, *(_group(FindKind.TEAM, row, -1, sizes[row.id], leaders.get(row.id)) for row in teams)]

    def people(self, ids: Collection[str] | None = None) -> list[Item]:
        """Return the people who are not retired, or those of the ids."""
        if not self.sees_people:
            return []
        squads = self.squads
        return [_person(row, squads) for row in _breathing(finding.people(self.session, ids))]

    def _leaders(self, members: Iterable[Membership]) -> dict[str, tuple[str, str]]:
        """Return group id → name and id of its leader, for those who may see names."""
        if not self.sees_people:
            return {}
        leading = [row for row in members if row.role is SquadRole.LEADER]
        names = {
            row.id: row.name for row in _breathing(finding.people(self.session, {row.person_id for row in leading}))
        }
        return {row.group_id: (names[row.person_id], row.person_id) for row in leading if row.person_id in names}


def _breathing(parts: Iterator[list[T]]) -> Iterator[T]:
    """Yield the rows of parts, giving other threads their turn after each part."""
    for part in parts:
        yield from part
        time.sleep(_BREATH_SECONDS)


def _sizes(members: Iterable[Membership]) -> Mapping[str, int]:
    sizes: defaultdict[str, int] = defaultdict(int)
    for row in members:
        sizes[row.group_id] += 1
    return sizes


def _person(row: NamedPerson, squads: Squads) -> Item:
    squad, colour = squads.of_person.get(row.id, ("", NO_SQUAD_COLOUR))
    shown = mask_phone(row.phone) if row.phone else ""
    entry = Entry(FindKind.PERSON, row.id, row.name, row.code, shown, squad, colour, state=row.status.value)
    return make_item(entry, row.phone)


def _group(
    kind: FindKind, row: NamedGroup, colour: int = -1, members: int = 0, leader: tuple[str, str] | None = None
) -> Item:
    entry = Entry(kind, row.id, row.name, row.code, place=row.place or "", colour=colour, members=members)
    return make_item(entry if leader is None else entry._replace(leader=leader[0], leader_id=leader[1]))


def _without(items: Iterable[Item], kinds: Collection[FindKind]) -> list[Item]:
    return [item for item in items if item.entry.kind not in kinds]


def _people_again(reader: _Reader, kept: list[Item], changes: ChangeSet) -> tuple[list[Item], list[Item]]:
    """Return the entries that stay and those read anew: the people named in the changes, and who changed squads."""
    ids = changes.by_kind.get("person")
    if ids is not None and (not ids or len(ids) > _FEW):
        return _without(kept, {FindKind.PERSON}), reader.people()
    of_person = reader.squads.of_person
    again = set(ids or ())
    if changes.by_kind.keys() & {"squad_membership", "squad"}:
        again |= {
            item.entry.id
            for item in kept
            if item.entry.kind is FindKind.PERSON
            and of_person.get(item.entry.id, ("", NO_SQUAD_COLOUR)) != (item.entry.place, item.entry.colour)
        }
    if len(again) > _FEW:
        return _without(kept, {FindKind.PERSON}), reader.people()
    stay = [item for item in kept if item.entry.kind is not FindKind.PERSON or item.entry.id not in again]
    return stay, reader.people(again) if again else []
