"""What the window's frame shows of an open station."""

from dataclasses import dataclass
from datetime import datetime

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import STATION_UTC_OFFSET
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.storage.backup import backups
from patrol_desk.storage.reads import planning


@dataclass(frozen=True, slots=True)
class ShellFacts:
    """Facts for title and status bar.

    Parameters
    ----------
    title
        Name of the station, empty before its township is known.
    last_backup
        Station time of the newest backup, None without one.
    """

    title: str
    last_backup: datetime | None


@permitted(Permission.PLAN_READ)
def read_shell_facts(station: Station, actor: Actor) -> ShellFacts:
    """Return the facts that title and status bar show."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        township = planning.township(session)
        title = "" if township is None else township.station_name
    made = [backup.made_at for backup in backups(station.path)]
    return ShellFacts(title, (max(made) + STATION_UTC_OFFSET).replace(tzinfo=None) if made else None)


@permitted(Permission.BACKUP)
def back_up(station: Station, actor: Actor) -> str:
    """Back the station up and return the verified file's name."""
    return station.backup(actor).name
