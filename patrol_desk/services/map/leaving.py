"""A map leaves the desk, as a picture or on paper: who may, and the log that says so."""

from datetime import date
from typing import Literal

from patrol_desk.common.actor import Actor
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish


@permitted(Permission.PRINT)
def note_map(station: Station, actor: Actor, form: Literal["picture", "paper"], day: date, shift: str) -> Done[None]:
    """Note in the audit log that a shift's map was written as a picture or a sheet; its place is nobody's concern."""
    with station.write(actor, "map.leave") as unit:
        unit.note("", None, {"form": form, "day": day.isoformat(), "shift": shift})
        return finish(unit, None)
