"""Who has come: attendance of the shift that runs, written by one key a person or a patrol."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_now
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import Attendance, AttendanceState, ShiftPattern
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.overrides import DutyKey
from patrol_desk.services.shift_words import shift_name
from patrol_desk.services.station import Station
from patrol_desk.services.today.view import OPENS, DayShift
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.reads import today
from patrol_desk.storage.session import Session
from patrol_desk.storage.unit_of_work import UnitOfWork


@permitted(Permission.DATA_EDIT)
def mark_arrivals(
    station: Station, actor: Actor, duties: Sequence[DutyKey], state: AttendanceState | None
) -> Done[int]:
    """Write what became of duties, or with None take the entry away; return how many changed.

    Who came counts the whole shift, who came late what is left of it, who did not come nothing.

    Raises
    ------
    InvalidDataError
        The shift takes no entries yet: it is more than `OPENS` away.
    ConcurrentChangeError
        A duty is no longer on the roster.
    """
    now = station_now(station.clock)
    with station.write(actor, "arrival.mark" if state else "arrival.clear") as unit:
        refuse_gone(unit.session, duties)
        changed = sum(write_arrival(unit, duty, state, now) for duty in dict.fromkeys(duties))
        return finish(unit, changed)


def write_arrival(unit: UnitOfWork, duty: DutyKey, state: AttendanceState | None, now: datetime) -> bool:
    """Write one entry within a transaction and say whether anything changed; see `mark_arrivals`."""
    person, place, pattern_id, day = duty
    pattern = unit.session.get_one(ShiftPattern, pattern_id)
    shift = DayShift(
        pattern.id, pattern.code, pattern.name, pattern.mark, pattern.night, day, pattern.start_minute,
        pattern.length_minutes,
    )  # fmt: skip
    if now < shift.starts_at - OPENS:
        opens = shift.starts_at - OPENS
        params = {"shift": shift_name(pattern.name), "day": day.isoformat(), "time": f"{opens:%H:%M}"}
        raise InvalidDataError(Message("today.arrival_early", params))
    row = queries.first(unit.session, Attendance, person_id=person, on_date=day, pattern_id=pattern_id)
    if state is None:
        if row is not None:
            unit.session.delete(row)
        return row is not None
    if row is None:
        row = Attendance(person_id=person, checkpoint_id=place, pattern_id=pattern_id, on_date=day, state=state)
        row.minutes = _minutes(shift, state, now)
        unit.session.add(row)
        return True
    if (row.state, row.checkpoint_id, row.ended_on) == (state, place, None):
        return False
    row.state, row.checkpoint_id, row.ended_on = state, place, None
    row.minutes = _minutes(shift, state, now)
    return True


def refuse_gone(session: Session, duties: Sequence[DutyKey]) -> None:
    """Raise `ConcurrentChangeError` when one of the duties is no longer in its week's newest version."""
    weeks = list(dict.fromkeys(Week.of(duty[3]) for duty in duties))
    newest: dict[str, str] = {}
    for version in today.versions(session, weeks):
        newest.setdefault(version.week, version.id)
    shifts = list(dict.fromkeys((duty[2], duty[3]) for duty in duties))
    known = {
        (row.person_id, row.checkpoint_id, row.pattern_id, row.on_date)
        for row in today.duties(session, list(newest.values()), shifts)
    }
    gone = [duty for duty in duties if duty not in known]
    if gone:
        raise ConcurrentChangeError(Message("today.arrival_gone", {"count": len(gone)}))


def _minutes(shift: DayShift, state: AttendanceState, now: datetime) -> int:
    if state is AttendanceState.PRESENT:
        return shift.length_minutes
    if state is AttendanceState.LATE:
        left = shift.ends_at - max(now, shift.starts_at)
        return max(0, int(left / timedelta(minutes=1)))
    return 0
