"""Holidays and make-up workdays of a year: listed, added, changed, taken away. Everything here can be undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import Holiday, HolidayKind
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.places.fields import read_fields
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """One day.

    Parameters
    ----------
    workday
        Whether it is a make-up workday, else a holiday.
    announced
        False while the day is only estimated.
    """

    id: str
    row_version: int
    on_date: date
    name: str
    workday: bool
    announced: bool


@permitted(Permission.DATA_READ)
def read_holidays(station: Station, actor: Actor) -> tuple[HolidayRow, ...]:
    """Return all days, by date."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        return tuple(_row(each) for each in queries.many(session, Holiday, "on_date", ended_on=None))


@permitted(Permission.DATA_EDIT)
def save_holiday(
    station: Station, actor: Actor, values: Mapping[str, object], holiday_id: str | None = None, row_version: int = 0
) -> Done[str]:
    """Add a day, or change one as it was read with `row_version`, and return its id.

    Raises
    ------
    InvalidDataError
        A field cannot be right, or the day is taken; nothing was written.
    ConcurrentChangeError
        Somebody else changed the day since it was read; nothing was written.
    """
    with station.write(actor, "holiday.save") as unit:
        fields = read_fields(unit.session, "holidays", values, holiday_id)
        on_date = fields.get("on_date")
        if isinstance(on_date, date):
            _refuse_taken(unit, on_date, holiday_id)
        if holiday_id is None:
            record = Holiday(id=new_id(), **fields)
            unit.session.add(record)
        else:
            record = _holiday(unit, holiday_id, row_version)
            for name, value in fields.items():
                setattr(record, name, value)
        unit.session.flush()
        return finish(unit, record.id)


@permitted(Permission.DATA_EDIT)
def remove_holiday(station: Station, actor: Actor, holiday_id: str, row_version: int) -> Done[None]:
    """Take a day away: it counts as an ordinary one again. Nothing refers to a holiday, so it is deleted.

    Raises
    ------
    ConcurrentChangeError
        Somebody else changed the day since it was read; nothing was written.
    """
    with station.write(actor, "holiday.remove") as unit:
        record = _holiday(unit, holiday_id, row_version)
        unit.note("holiday", record.id, {"on_date": record.on_date.isoformat()})
        unit.session.delete(record)
        unit.session.flush()
        return finish(unit, None)


def _row(record: Holiday) -> HolidayRow:
    workday = record.kind is HolidayKind.MAKE_UP_WORKDAY
    return HolidayRow(record.id, record.row_version, record.on_date, record.name, workday, record.announced)


def _holiday(unit: UnitOfWork, holiday_id: str, row_version: int) -> Holiday:
    record = queries.first(unit.session, Holiday, id=holiday_id)
    if record is None or record.row_version != row_version:
        name = "" if record is None else record.name
        raise ConcurrentChangeError(Message("settings.changed_meanwhile", {"name": name}))
    return record


def _refuse_taken(unit: UnitOfWork, on_date: date, holiday_id: str | None) -> None:
    """Raise when another record has the day; one that an import has ended makes room for it."""
    other = queries.first(unit.session, Holiday, on_date=on_date)
    if other is None or other.id == holiday_id:
        return
    if other.ended_on is None:
        params = {"day": on_date.isoformat(), "name": other.name}
        raise InvalidDataError(Message("settings.day_taken", params))
    unit.session.delete(other)
    unit.session.flush()
