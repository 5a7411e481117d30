"""What the squads' sheets show, read from the database."""

from collections.abc import Collection
from dataclasses import dataclass

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.sheet_data import PrivacyProfile, SquadWeekSheet
from patrol_desk.services.sheets_week import open_sheets
from patrol_desk.services.station import Station


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """What to print.

    Parameters
    ----------
    squads
        Codes of the squads; empty: all.
    number
        Version of the plan; None: the one in force, else the newest.
    profile
        Who may read the sheets.
    """

    squads: Collection[str] = ()
    number: int | None = None
    profile: PrivacyProfile = PrivacyProfile.OFFICE


@permitted(Permission.PRINT)
def squad_weeks(station: Station, actor: Actor, week: Week, choice: SheetChoice) -> list[SquadWeekSheet]:
    """Return the week's sheet of each chosen squad, by code, read in one transaction.

    Raises
    ------
    PatrolError
        The database has no township, the week has no such version, or a squad's code is unknown.
    """
    sheets = open_sheets(station, actor, week, choice.number)
    known = [line.code for line in sheets.squads]
    unknown = sorted(set(choice.squads) - set(known))
    if unknown:
        raise PatrolError(Message("sheet.no_squad", {"codes": unknown}))
    return list(sheets.sheets(choice.squads or known, choice.profile))
