"""A person's way from the application to the books: each step with its date and reason."""

from collections.abc import Collection
from datetime import date

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.models import PersonStatus
from patrol_desk.security.permissions import Permission
from patrol_desk.services.people.records import load_serving
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish

STEPS = (PersonStatus.APPLIED, PersonStatus.VETTED, PersonStatus.AWAITING_TRAINING, PersonStatus.ACTIVE)
"""申请 → 审核 → 待培训 → 在队; from each of them one can be retired, which is 停用."""
MOST_REASON = 200


def next_step(status: PersonStatus) -> PersonStatus | None:
    """Return the status that comes next; None at the end."""
    at = STEPS.index(status) if status in STEPS else len(STEPS)
    return STEPS[at + 1] if at + 1 < len(STEPS) else None


def refuse_step(now: PersonStatus, wanted: PersonStatus, reason: str) -> Message | None:
    """Return why a status cannot follow another: inactive comes by retiring, and a step back needs a reason."""
    if wanted is PersonStatus.INACTIVE or now is PersonStatus.INACTIVE:
        return Message("people.status_by_retiring")
    if STEPS.index(wanted) < STEPS.index(now) and not reason.strip():
        return Message("people.status_back_reason")
    return None


@permitted(Permission.DATA_EDIT)
def set_status(
    station: Station, actor: Actor, people: Collection[str], status: PersonStatus, on: date, reason: str = ""
) -> Done[int]:
    """Give people another status from a day on and return how many had another.

    Parameters
    ----------
    station, actor
        The open station and who acts.
    people
        Ids.
    status
        The new one.
    on
        Its first day, not after today.
    reason
        Why; needed for a step back.

    Raises
    ------
    InvalidDataError
        Somebody is retired, the day is in the future or before the last step, or the reason is missing or too long.
    """
    today = station_today(station.clock)
    if on > today:
        raise InvalidDataError(Message("people.status_future", {"day": on.isoformat()}))
    if len(reason.strip()) > MOST_REASON:
        raise InvalidDataError(Message("people.reason_needed", {"limit": MOST_REASON}))
    with station.write(actor, "person.status") as unit:
        changing = [person for person in load_serving(unit, people) if person.status is not status]
        for person in changing:
            why = refuse_step(person.status, status, reason)
            if why is None and person.status_on is not None and on < person.status_on:
                since = {"code": person.code, "day": person.status_on.isoformat()}
                why = Message("people.status_before", since)
            if why is not None:
                raise InvalidDataError(why)
            person.status, person.status_on, person.status_reason = status, on, reason.strip()
        return finish(unit, len(changing))
