"""The squads among which a run may be asked to plan."""

from collections import Counter
from dataclasses import dataclass

from patrol_desk.common.actor import Actor
from patrol_desk.common.weeks import Week
from patrol_desk.models import Squad
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.squad_colours import squad_colours
from patrol_desk.services.station import Station
from patrol_desk.storage import queries
from patrol_desk.storage.reads import planning, today


@dataclass(frozen=True, slots=True)
class SquadLine:
    """A squad: its id, code, name and colour, and how many people it has in the week."""

    id: str
    code: str
    name: str
    colour: int
    people: int


@permitted(Permission.PLAN_READ)
def list_squads(station: Station, actor: Actor, week: Week) -> tuple[SquadLine, ...]:
    """Return the squads that have people in a week, by code."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        members = planning.memberships_on(session, week.days[0], week.days[-1])
        rows = today.squads(session)
        codes = {squad.id: squad.code for squad in queries.many(session, Squad, "code")}
    count = Counter({row.person_id: row.squad_id for row in members}.values())
    colours = squad_colours([community for _, _, community in rows])
    return tuple(
        SquadLine(squad, codes[squad], name, colour, count[squad])
        for (squad, name, _), colour in zip(rows, colours, strict=True)
        if count[squad]
    )
