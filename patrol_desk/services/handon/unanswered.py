"""Which squads were handed a form to say when they can serve and have said nothing since."""

from dataclasses import dataclass
from datetime import datetime

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import STATION_UTC_OFFSET, station_today
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import sheets as sheet_reads
from patrol_desk.storage.reads.sheet_prints import availability_changed, last_of_kind

_FORM = "AF"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A squad whose form has not come back.

    Parameters
    ----------
    code, name
        The squad.
    people
        Its members today.
    at
        When the form was last printed or handed on (station's wall time).
    medium
        On paper or as which file.
    by
        Who did it.
    """

    code: str
    name: str
    people: int
    at: datetime
    medium: str
    by: str


@permitted(Permission.PRINT)
def unanswered_squads(station: Station, actor: Actor) -> tuple[Unanswered, ...]:
    """Return the squads of which nobody's availability changed since the form went out, the longest waiting first.

    A form that comes back as it went out changes nothing, so its squad counts as one that has not answered. Squads
    without members, and such as never got a form, are left out.
    """
    del actor  # the permission is all that depends on who asks
    today = station_today(station.clock)
    with station.read() as session:
        forms = {row.subject: row for row in last_of_kind(session, _FORM)}
        changed = availability_changed(session)
        members = sheet_reads.members_between(session, today, today)
        squads = sheet_reads.squads_in_force(session)
    found = []
    for squad_id, code, name in squads:
        form, people = forms.get(code), members.get(squad_id, ())
        if form is None or not people:
            continue
        if not any(changed[one.person_id] > form.at for one in people if one.person_id in changed):
            at = (form.at + STATION_UTC_OFFSET).replace(tzinfo=None)
            found.append(Unanswered(code, name, len(people), at, form.medium, form.printed_by))
    return tuple(sorted(found, key=lambda one: (one.at, one.code)))
