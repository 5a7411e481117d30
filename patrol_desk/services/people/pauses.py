"""Pauses: people who stay on the books and in their squad, and are not planned for a time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import PersonPause
from patrol_desk.security.permissions import Permission
from patrol_desk.services.people.duties import Affected, count_duties
from patrol_desk.services.people.records import load_many, load_serving
from patrol_desk.services.people.status import MOST_REASON
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage.reads.pauses import pause_rows


@dataclass(frozen=True, slots=True)
class PauseRow:
    """A person's pause; `until_on` is None until further notice."""

    from_on: date
    until_on: date | None
    reason: str


def pauses_on(row: PauseRow, day: date) -> bool:
    """Say whether a pause lasts on a day."""
    return row.from_on <= day and (row.until_on is None or row.until_on >= day)


@dataclass(frozen=True, slots=True)
class Paused:
    """People who were paused.

    Parameters
    ----------
    people
        How many.
    kept
        How many have a pause on some of the days already; theirs stays as it was.
    affected
        Duties that fall into the pause and stay in the plan until somebody else takes them.
    """

    people: int
    kept: int
    affected: Affected


@permitted(Permission.DATA_EDIT)
def pause_people(
    station: Station, actor: Actor, people: Collection[str], first: date, last: date | None, reason: str
) -> Done[Paused]:
    """Pause people, both days included; without a last day until somebody ends it.

    Of several people those who are paused on some of the days already stay so; one person alone is refused.

    Raises
    ------
    InvalidDataError
        The days are in the wrong order, the reason is missing or too long, somebody is retired, or the only one is
        paused already.
    """
    text = reason.strip()
    if not 0 < len(text) <= MOST_REASON:
        raise InvalidDataError(Message("people.reason_needed", {"limit": MOST_REASON}))
    if last is not None and last < first:
        raise InvalidDataError(Message("people.pause_order", {"first": first.isoformat(), "last": last.isoformat()}))
    with station.write(actor, "person.pause") as unit:
        found = load_serving(unit, people)
        held: dict[str, list[PersonPause]] = {}
        for row in pause_rows(unit.session, [person.id for person in found]):
            held.setdefault(row.person_id, []).append(row)
        added = []
        for person in found:
            clash = _clash(held.get(person.id, ()), first, last)
            if clash is not None and len(found) == 1:
                since = {"code": person.code, "first": clash.from_on.isoformat()}
                raise InvalidDataError(Message("people.pause_overlap", since))
            if clash is None:
                unit.session.add(
                    PersonPause(id=new_id(), person_id=person.id, from_on=first, until_on=last, reason=text)
                )
                added.append(person.id)
        return finish(unit, Paused(len(added), len(found) - len(added), count_duties(unit, added, first, last)))


@permitted(Permission.DATA_EDIT)
def resume_people(station: Station, actor: Actor, people: Collection[str]) -> Done[int]:
    """End the pauses of people from today on and return how many people had one; one that has not begun is none."""
    today = station_today(station.clock)
    with station.write(actor, "person.resume") as unit:
        ids = [person.id for person in load_many(unit, people)]
        open_now = [row for row in pause_rows(unit.session, ids) if row.until_on is None or row.until_on >= today]
        for row in open_now:
            if row.from_on < today:
                row.until_on = today - timedelta(days=1)
            else:
                row.ended_on = today
        return finish(unit, len({row.person_id for row in open_now}))


def _clash(rows: Iterable[PersonPause], first: date, last: date | None) -> PersonPause | None:
    return next(
        (
            row
            for row in rows
            if (last is None or row.from_on <= last) and (row.until_on is None or row.until_on >= first)
        ),
        None,
    )
