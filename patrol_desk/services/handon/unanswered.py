"""Which squads were handed a form to say when they can serve and have said nothing since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import STATION_UTC_OFFSET, station_today
from patrol_desk.common.errors import ConcurrentChangeError
from patrol_desk.common.message import Message
from patrol_desk.models import FormAnswer, Squad
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.reads import sheets as sheet_reads
from patrol_desk.storage.reads.sheet_prints import availability_changed, forms_answered, last_of_kind
from patrol_desk.storage.session import Session

FORM = "availability"
"""Id of the kind of sheet."""
_LETTERS = "AF"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A squad whose form has not come back.

    Parameters
    ----------
    id, code, name
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

    id: str
    code: str
    name: str
    people: int
    at: datetime
    medium: str
    by: str


@permitted(Permission.PRINT)
def unanswered_squads(station: Station, actor: Actor) -> tuple[Unanswered, ...]:
    """Return the squads that have not answered since the form went out, the longest waiting first.

    A squad has answered when somebody's availability changed since, or when somebody wrote down that the form came
    back (`mark_answered`): one that comes back as it went out changes nothing. Squads without members, and such as
    never got a form, are left out.
    """
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        return waiting(session, station_today(station.clock))


def waiting(session: Session, today: date) -> tuple[Unanswered, ...]:
    """Return the same inside a session."""
    forms = {row.subject: row for row in last_of_kind(session, _LETTERS)}
    if not forms:
        return ()
    changed, answered = availability_changed(session), forms_answered(session)
    members = sheet_reads.members_between(session, today, today)
    found = []
    for squad_id, code, name in sheet_reads.squads_in_force(session):
        form, people = forms.get(code), members.get(squad_id, ())
        if form is None or not people:
            continue
        said = [changed[one.person_id] for one in people if one.person_id in changed]
        said += [answered[squad_id]] if squad_id in answered else []
        if not any(moment > form.at for moment in said):
            at = (form.at + STATION_UTC_OFFSET).replace(tzinfo=None)
            found.append(Unanswered(squad_id, code, name, len(people), at, form.medium, form.printed_by))
    return tuple(sorted(found, key=lambda one: (one.at, one.code)))


@permitted(Permission.DATA_EDIT)
def mark_answered(station: Station, actor: Actor, squads: Collection[str]) -> Done[int]:
    """Write down that squads gave their form back without a change, and return how many were still waited for.

    Raises
    ------
    ConcurrentChangeError
        A squad is gone.
    """
    with station.write(actor, "squads.form_answered") as unit:
        wanted = sorted(set(squads))
        if any(queries.first(unit.session, Squad, id=one, ended_on=None) is None for one in wanted):
            raise ConcurrentChangeError(Message("people.squad_gone"))
        open_now = {one.id for one in waiting(unit.session, station_today(station.clock))}
        marked = [one for one in wanted if one in open_now]
        unit.session.add_all(FormAnswer(squad_id=one, at=unit.now, taken_by=unit.actor.name) for one in marked)
        return finish(unit, len(marked))
