"""One squad or response team in full: its members as cards, certificates, hours, and who came and went."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import ConcurrentChangeError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import SquadRole
from patrol_desk.security.permissions import Permission
from patrol_desk.services.finding.preview import distance_m
from patrol_desk.services.people.listing import RECENT_DAYS, list_people
from patrol_desk.services.people.rows import PersonRow
from patrol_desk.services.people.squads.listing import Everybody, everybody, lines
from patrol_desk.services.people.squads.rows import GroupKind, GroupLine
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import squads as groups
from patrol_desk.storage.reads.squads import AbleRow, MemberRow
from patrol_desk.storage.session import Session

USUAL_PLACES = 3
"""How many checkpoints are named as those a group usually serves at."""
NEAR = 6
"""How many people without a group are offered."""


@dataclass(frozen=True, slots=True)
class MemberCard:
    """Somebody as a group's page shows one.

    Parameters
    ----------
    row
        The person as in the list of people.
    role
        Role in this group; None for somebody who is offered.
    metres
        From home to the group's base; None when either is unknown.
    joined_on
        First day as a volunteer.
    abilities
        Keys of the levels the person counts for.
    home
        Longitude and latitude; None when unknown.
    from_on
        First day in this group in this role; after today while a transfer has not taken effect.
    """

    row: PersonRow
    role: SquadRole | None
    metres: int | None
    joined_on: date | None
    abilities: frozenset[str]
    home: tuple[float, float] | None
    from_on: date | None

    @property
    def id(self) -> str:
        """The person's id."""
        return self.row.id


@dataclass(frozen=True, slots=True)
class Expiry:
    """A member's certificate; `expires_on` is None for one that does not run out."""

    person_id: str
    name: str
    skill: str
    skill_code: str
    expires_on: date | None

    @property
    def id(self) -> str:
        """Whose it is, and of what."""
        return f"{self.person_id} {self.skill_code}"


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody's time in the group."""

    person_id: str
    name: str
    role: SquadRole
    from_on: date
    until_on: date | None

    @property
    def id(self) -> str:
        """Whose it is, and since when."""
        return f"{self.person_id} {self.from_on}"


@dataclass(frozen=True, slots=True)
class GroupDetail:
    """A squad or response team in full.

    Parameters
    ----------
    line
        As in the list.
    today
        The station's day.
    founded_on
        First day of its oldest membership.
    places
        Checkpoints its members serve at most.
    members
        Leader, deputies, then by name.
    free
        The nearest people without a group of this kind.
    free_total
        How many there are.
    certificates
        The soonest to run out first.
    stays
        The latest first.
    """

    line: GroupLine
    today: date
    founded_on: date | None
    places: tuple[str, ...]
    members: tuple[MemberCard, ...]
    free: tuple[MemberCard, ...]
    free_total: int
    certificates: tuple[Expiry, ...]
    stays: tuple[Stay, ...]

    @property
    def minutes(self) -> int:
        """Minutes that its members served in the last 30 days."""
        return sum(card.row.minutes for card in self.members)


@permitted(Permission.DATA_READ)
def group_detail(station: Station, actor: Actor, kind: GroupKind, group_id: str, week: Week) -> GroupDetail:
    """Return a group in full.

    Parameters
    ----------
    station, actor
        The open station and who asks.
    kind, group_id
        The squad or response team.
    week
        The week whose duties are counted.

    Raises
    ------
    ConcurrentChangeError
        There is no such group in force any more.
    """
    today = station_today(station.clock)
    with station.read() as session:
        line = next((one for one in lines(session, today, week) if (one.kind, one.id) == (kind, group_id)), None)
        if line is None:
            raise ConcurrentChangeError(Message("people.squad_gone"))
        people = everybody(session, today)
        tomorrow = today + timedelta(days=1)
        members = groups.squad_members(session, tomorrow) if kind == "squad" else groups.team_members(session, tomorrow)
        roles = {row.person_id: row for row in members if row.group_id == group_id and row.person_id in people.able}
        taken = {row.person_id for row in members}
        free = _nearest(line, (row for row in people.able.values() if row.id not in taken))
        rows = groups.squad_stays(session, group_id) if kind == "squad" else groups.team_stays(session, group_id)
        stays = tuple(Stay(*row) for row in rows)
        places = groups.usual_places(session, list(roles), today - timedelta(days=RECENT_DAYS), today, USUAL_PLACES)
        proofs = _certificates(session, people, list(roles))
    wanted = [*roles, *(row.id for _, row in free[:NEAR])]
    shown = {row.id: row for row in list_people(station, actor, week, wanted)}
    cards = {person: _card(shown[person], people, line, roles.get(person)) for person in wanted if person in shown}
    return GroupDetail(
        line=line,
        today=today,
        founded_on=min((stay.from_on for stay in stays), default=None),
        places=tuple(places),
        members=tuple(sorted((cards[person] for person in roles if person in cards), key=_rank)),
        free=tuple(cards[row.id] for _, row in free[:NEAR] if row.id in cards),
        free_total=len(free),
        certificates=proofs,
        stays=stays,
    )


def _nearest(line: GroupLine, people: Iterable[AbleRow]) -> list[tuple[int, AbleRow]]:
    """Return people by their distance from the group's base, those whose home is unknown last."""
    found = [(_metres(line, row), row) for row in people]
    far = 1 << 40
    return sorted(((far if away is None else away, row) for away, row in found), key=lambda each: (each[0], each[1].id))


def _metres(line: GroupLine, row: AbleRow) -> int | None:
    if line.lon is None or line.lat is None or row.home_lon is None or row.home_lat is None:
        return None
    return round(distance_m(line.lon, line.lat, row.home_lon, row.home_lat))


def _card(row: PersonRow, people: Everybody, line: GroupLine, member: MemberRow | None) -> MemberCard:
    able = people.able[row.id]
    home = None if able.home_lon is None or able.home_lat is None else (able.home_lon, able.home_lat)
    role = member.role if member is not None else None
    from_on = member.from_on if member is not None else None
    return MemberCard(row, role, _metres(line, able), able.joined_on, people.abilities(row.id, role), home, from_on)


def _rank(card: MemberCard) -> tuple[int, str, str]:
    return (list(SquadRole).index(card.role or SquadRole.MEMBER), card.row.sort_name, card.row.code)


def _certificates(session: Session, people: Everybody, members: Collection[str]) -> tuple[Expiry, ...]:
    return tuple(
        Expiry(person, people.able[person].name, skill, code, expires)
        for person, skill, code, expires in groups.certificates_of(session, members)
    )
