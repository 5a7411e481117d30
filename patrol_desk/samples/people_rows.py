"""Rows of people, squads, teams and what they can do."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from patrol_desk.models import (
    Attendance,
    Availability,
    Certificate,
    Leave,
    Person,
    ResponseTeam,
    Squad,
    SquadMembership,
    TeamMembership,
)
from patrol_desk.models.enums import Force, PersonStatus, SquadRole
from patrol_desk.samples.draw import Draw
from patrol_desk.samples.emphasis import spares_eves
from patrol_desk.samples.folk import PATTERNS, SHIFTS, Band, Folk
from patrol_desk.samples.geometry import degrees
from patrol_desk.samples.history import Served
from patrol_desk.samples.place_names import TOWN_LETTERS, numeral
from patrol_desk.samples.place_rows import PlaceIds
from patrol_desk.samples.posts import Muster
from patrol_desk.samples.sample import Rows

ID_DIVISION: Final = "441999"
"""No division has this code: a resident ID that begins with it belongs to nobody."""

PHONE_HEAD: Final = "199000"
TEAM_STRENGTH: Final = 10
"""Members of a response team at full strength."""
_EMPLOYED: Final = frozenset({Force.OFFICER, Force.AUXILIARY, Force.FULL_TIME, Force.GUARD})
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_character(first_17: str) -> str:
    """Return the check character of a resident ID (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def add_people(rows: Rows, people: Sequence[Folk], ids: PlaceIds) -> list[str]:
    """Add the people; return their ids by running number (the first is number 1)."""
    draw = Draw(rows.seed, "papers")
    used: set[str] = set()
    result = []
    for person in people:
        organisation = person.organisation
        if organisation < 0 and draw.chance(120):
            organisation = draw.below(len(ids.organisations))
        lon, lat = degrees(person.home) if person.home else (None, None)
        insured_from, insured_until = person.insured or (None, None)
        result.append(
            rows.add(
                Person,
                code=f"YJ-{TOWN_LETTERS}-{person.number:06d}",
                name=person.name,
                force=person.force,
                status=person.status,
                status_on=person.status_on,
                status_reason=person.status_reason,
                activity_class=person.activity,
                gender="female" if person.female else "male",
                birth_date=person.birth,
                resident_id=_resident_id(person, used, draw),
                phone=f"{PHONE_HEAD}{(person.number * 7919 + rows.seed * 131) % 100_000:05d}",
                joined_on=person.joined,
                insured_from=insured_from,
                insured_until=insured_until,
                contract_minutes=2400 if person.force in _EMPLOYED else None,
                weekly_cap=person.cap,
                community_id=ids.communities[person.community],
                grid_cell_id=ids.cells[person.cell],
                organisation_id=ids.organisations[organisation] if organisation >= 0 else None,
                home_lon=lon,
                home_lat=lat,
                spares_workday_eve=spares_eves(person),
            )
        )
    return result


def _resident_id(person: Folk, used: set[str], draw: Draw) -> str:
    """Return an unused ID; none ends in 00 before its check character, which is how a spreadsheet ruins one."""
    while True:
        serial = draw.below(500) * 2 + (0 if person.female else 1)
        body = f"{ID_DIVISION}{person.birth:%Y%m%d}{serial:03d}"
        if serial % 100 and body not in used:
            used.add(body)
            return body + check_character(body)


def add_squads(rows: Rows, bands: Sequence[Band], ids: PlaceIds) -> list[str]:
    """Add the squads; return their ids."""
    result = []
    for number, band in enumerate(bands, start=1):
        lon, lat = degrees(band.base)
        result.append(
            rows.add(
                Squad,
                ended_on=band.ended_on,
                code=f"XZ-{TOWN_LETTERS}-{number:04d}",
                name=band.name,
                community_id=ids.communities[band.community],
                organisation_id=ids.organisations[band.organisation] if band.organisation >= 0 else None,
                base_lon=lon,
                base_lat=lat,
                strength=len(band.members) + number % 3 if band.ended_on is None else None,
            )
        )
    return result


def add_memberships(
    rows: Rows, people: Sequence[Folk], person_ids: Sequence[str], bands: Sequence[Band], squad_ids: Sequence[str]
) -> None:
    """Add everybody's time in squads: most have one, some changed, those who left have none now."""
    draw = Draw(rows.seed, "memberships")
    ended = [number for number, band in enumerate(bands) if band.ended_on is not None]
    for person, person_id in zip(people, person_ids, strict=True):
        if person.former >= 0:
            _join(rows, person_id, squad_ids[person.former], person.role, person.joined, person.status_on)
        if person.squad < 0:
            continue
        first = person.joined
        moved = rows.monday - timedelta(days=draw.between(30, 300))
        if not person.remote and moved > first + timedelta(days=20):
            if person.role is SquadRole.LEADER and draw.chance(200):
                _join(rows, person_id, squad_ids[person.squad], SquadRole.MEMBER, first, moved)
                first = moved + timedelta(days=1)
            elif draw.chance(35):
                old = draw.pick(ended) if draw.chance(500) else (person.squad + 1) % (ended[0] - 1)
                until = min(moved, bands[old].ended_on or moved)
                if until > first:
                    _join(rows, person_id, squad_ids[old], SquadRole.MEMBER, first, until)
                    first = moved + timedelta(days=1)
        _join(rows, person_id, squad_ids[person.squad], person.role, first, None)


def _join(rows: Rows, person_id: str, squad_id: str, role: SquadRole, first: date, last: date | None) -> None:
    rows.add(SquadMembership, person_id=person_id, squad_id=squad_id, role=role, from_on=first, until_on=last)


def add_teams(
    rows: Rows, count: int, musters: Sequence[Muster], people: Sequence[Folk], person_ids: Sequence[str], ids: PlaceIds
) -> None:
    """Add the response teams and their members, who live near the team's muster point where there are enough."""
    draw = Draw(rows.seed, "teams")
    fit = [p for p in draw.shuffled(people) if p.status is PersonStatus.ACTIVE and p.squad >= 0 and not p.remote]
    local: dict[int, list[Folk]] = {}
    for person in fit:
        local.setdefault(person.community, []).append(person)
    everywhere = [person for _, group in sorted(local.items()) for person in group[len(group) // 2 :]]
    near = {community: group[: len(group) // 2] for community, group in local.items()}
    for number in range(count):
        muster = number % len(musters)
        team = rows.add(
            ResponseTeam,
            code=f"XG-{number + 1:03d}",
            name=f"先莞{numeral(number + 1)}队",
            muster_point_id=ids.musters[muster],
            strength=TEAM_STRENGTH,
        )
        for place in range(draw.between(7, 10)):
            person = (near.get(musters[muster].community) or everywhere).pop()
            role = SquadRole.LEADER if place == 0 else SquadRole.DEPUTY if place == 1 else SquadRole.MEMBER
            first = max(person.joined, rows.monday - timedelta(days=draw.between(20, 700)))
            rows.add(
                TeamMembership,
                person_id=person_ids[person.number - 1],
                team_id=team,
                role=role,
                from_on=first,
                until_on=None,
            )


def add_abilities(rows: Rows, people: Sequence[Folk], person_ids: Sequence[str], ids: PlaceIds) -> None:
    """Add certificates, availability and leave."""
    number = 0
    for person, person_id in zip(people, person_ids, strict=True):
        for skill, (issued, expires) in person.skills.items():
            number += 1
            rows.add(
                Certificate,
                person_id=person_id,
                skill_id=ids.skills[skill],
                number=f"ZS-{TOWN_LETTERS}-{number:06d}",
                issued_on=issued,
                expires_on=expires,
            )
        for pattern in range(PATTERNS):
            week = person.availability[pattern:SHIFTS:PATTERNS]
            if any(week):
                rows.add(
                    Availability,
                    person_id=person_id,
                    pattern_id=ids.patterns[pattern],
                    monday=int(week[0]),
                    tuesday=int(week[1]),
                    wednesday=int(week[2]),
                    thursday=int(week[3]),
                    friday=int(week[4]),
                    saturday=int(week[5]),
                    sunday=int(week[6]),
                )
        for first, last, reason in sorted(person.leaves):
            rows.add(Leave, person_id=person_id, first_on=first, last_on=last, reason=reason)


def add_history(rows: Rows, history: Sequence[Served], person_ids: Sequence[str], ids: PlaceIds) -> None:
    """Add the attendance of the weeks before."""
    for served in history:
        rows.add(
            Attendance,
            person_id=person_ids[served.person.number - 1],
            checkpoint_id=ids.posts[served.post],
            pattern_id=ids.patterns[served.pattern],
            on_date=served.day,
            state=served.state,
            minutes=served.minutes,
        )
