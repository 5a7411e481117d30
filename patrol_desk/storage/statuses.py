"""The history of statuses: every commit that gave somebody another status adds to it, however it was written."""

from collections.abc import Collection
from datetime import date

from patrol_desk.common.clock import wall_time
from patrol_desk.models import Person, PersonStatus, PersonStatusChange
from patrol_desk.storage import bulk
from patrol_desk.storage.session import Session
from patrol_desk.storage.unit_of_work import UnitOfWork

Last = tuple[PersonStatus, date]
"""The status that was noted last, and its first day."""


def note_statuses(uow: UnitOfWork) -> None:
    """Add a `PersonStatusChange` for everybody written in this transaction whose status is not the one noted last.

    Taking a step back takes its change away with it, and then there is none to note. Many people at once are compared
    with one read of everybody.
    """
    touched = uow.recorder.changes().by_kind.get(Person.__tablename__)
    if touched is None:
        return
    last = _last(uow.session, touched)
    where = {"id": touched} if touched else None
    people = bulk.rows(uow.session, Person, ("id", "status", "status_on", "status_reason"), where=where)
    today = wall_time(uow.now).date()
    rows = [
        _change(uow.action, person, last.get(person[0]), today)
        for person in people
        if person[1] is not last.get(person[0], (None, today))[0]
    ]
    if rows:
        bulk.insert(uow, PersonStatusChange, rows)


def _last(session: Session, people: Collection[str]) -> dict[str, Last]:
    """Return person id → what was noted last; ids of changes sort by the moment they were made."""
    where = {"person_id": people, "ended_on": None} if people else {"ended_on": None}
    columns = ("person_id", "status", "on_date")
    return {row[0]: (row[1], row[2]) for row in bulk.rows(session, PersonStatusChange, columns, where=where)}


def _change(
    action: str, person: tuple[str, PersonStatus, date | None, str], last: Last | None, today: date
) -> dict[str, object]:
    """Return the row of a change; an import that says another status and no other day means today."""
    person_id, status, on, reason = person
    stale = action == "import" and last is not None and on == last[1]
    day, why = (today, "") if on is None or stale else (on, reason)
    return {"person_id": person_id, "status": status, "on_date": day, "reason": why, "origin": action}
