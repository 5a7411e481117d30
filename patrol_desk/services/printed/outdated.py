"""Squads that hold an outdated sheet of a week, and by which sheet they can be told."""

from dataclasses import dataclass

from patrol_desk.common.actor import Actor
from patrol_desk.common.weeks import Week
from patrol_desk.security.permissions import Permission, allows
from patrol_desk.services.permits import permitted
from patrol_desk.services.printed.held import SQUAD_WEEK
from patrol_desk.services.printed.memory import Held, outdated_holders
from patrol_desk.services.station import Station


@dataclass(frozen=True, slots=True)
class OutdatedSquads:
    """Whose week's sheet says something else than the version in force.

    Parameters
    ----------
    week
        The week.
    codes
        Of the squads.
    kind
        Id of the kind of sheet by which they are told: the change slip; the week's sheet again where one of them holds
        a draft, from which no slip tells.
    """

    week: Week
    codes: tuple[str, ...]
    kind: str


@permitted(Permission.DATA_READ)
def outdated_squads(station: Station, actor: Actor, week: Week) -> OutdatedSquads:
    """Return the squads that hold an outdated sheet; none for whoever may not print."""
    holders: tuple[Held, ...] = ()
    if allows(actor.role, Permission.PRINT):
        holders = tuple(one for one in outdated_holders(station, actor, week) if one.kind.letters == SQUAD_WEEK)
    kind = "squad-week" if any(one.draft for one in holders) else "change-slip"
    return OutdatedSquads(week, tuple(one.subject for one in holders), kind)
