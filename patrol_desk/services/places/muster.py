"""Muster points and what they hold: made, changed, retired. Everything here can be undone."""

from collections.abc import Mapping, Sequence

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import EquipmentItem, MusterPoint
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.places.fields import read_fields, refuse_pair
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.reads.loans import LoanLine, open_loans, pieces_out
from patrol_desk.storage.unit_of_work import UnitOfWork
from patrol_desk.sync.tables import table_named


@permitted(Permission.DATA_EDIT)
def create_muster_point(station: Station, actor: Actor, values: Mapping[str, object]) -> Done[str]:
    """Make a muster point and return its id.

    Raises
    ------
    InvalidDataError
        A field cannot be right; nothing was written.
    """
    with station.write(actor, "muster_point.create") as unit:
        fields = read_fields(unit.session, "muster_points", values, None)
        refuse_pair(table_named("muster_points"), fields)
        record = MusterPoint(id=new_id(), **fields)
        unit.session.add(record)
        unit.session.flush()
        return finish(unit, record.id)


@permitted(Permission.DATA_EDIT)
def update_muster_point(
    station: Station, actor: Actor, muster_point_id: str, row_version: int, values: Mapping[str, object]
) -> Done[None]:
    """Change fields of a muster point.

    Raises
    ------
    InvalidDataError
        A field cannot be right; nothing was written.
    ConcurrentChangeError
        Somebody else changed the muster point since it was read; nothing was written.
    """
    with station.write(actor, "muster_point.update") as unit:
        record = _muster(unit, muster_point_id, row_version)
        fields = read_fields(unit.session, "muster_points", values, muster_point_id)
        spec = table_named("muster_points")
        refuse_pair(spec, {name: getattr(record, name) for name in spec.fields} | fields)
        for name, value in fields.items():
            setattr(record, name, value)
        return finish(unit, None)


@permitted(Permission.DATA_EDIT)
def retire_muster_point(station: Station, actor: Actor, muster_point_id: str, row_version: int) -> Done[int]:
    """Retire a muster point with the equipment it holds, and return how many kinds of equipment that were.

    Response teams keep it as the place where they met, until they are given another.

    Raises
    ------
    InvalidDataError
        Some of its equipment is lent out; nothing was written.
    ConcurrentChangeError
        Somebody else changed the muster point since it was read; nothing was written.
    """
    today = station_today(station.clock)
    with station.write(actor, "muster_point.retire") as unit:
        point = _muster(unit, muster_point_id, row_version)
        _refuse_out(open_loans(unit.session, muster_point_id), point.code, point.name)
        point.ended_on = today
        stock = queries.many(unit.session, EquipmentItem, muster_point_id=muster_point_id, ended_on=None)
        for item in stock:
            item.ended_on = today
        return finish(unit, len(stock))


@permitted(Permission.DATA_EDIT)
def set_stock(station: Station, actor: Actor, item_id: str, row_version: int, quantity: object) -> Done[int]:
    """Set how much of a thing a muster point holds, and return it.

    Parameters
    ----------
    station, actor
        Where and by whom.
    item_id, row_version
        The equipment as it was read.
    quantity
        A number, or the text as typed.

    Raises
    ------
    InvalidDataError
        The quantity cannot be right; nothing was written.
    ConcurrentChangeError
        Somebody else changed the equipment since it was read; nothing was written.
    """
    with station.write(actor, "equipment.set") as unit:
        record = _item(unit, item_id, row_version)
        fields = read_fields(unit.session, "equipment", {"quantity": quantity}, item_id)
        quantity, out = int(str(fields["quantity"])), pieces_out(unit.session).get(item_id, 0)
        if quantity < out:
            words = {"name": record.name, "quantity": quantity, "out": out}
            raise InvalidDataError(Message("places.stock_below_out", words))
        record.quantity = quantity
        return finish(unit, record.quantity)


@permitted(Permission.DATA_EDIT)
def add_equipment(station: Station, actor: Actor, muster_point_id: str, values: Mapping[str, object]) -> Done[str]:
    """Add a kind of equipment to a muster point and return its id.

    Raises
    ------
    InvalidDataError
        A field cannot be right, or the muster point is gone; nothing was written.
    """
    with station.write(actor, "equipment.add") as unit:
        fields = read_fields(unit.session, "equipment", {**values, "muster_point_id": muster_point_id}, None)
        record = EquipmentItem(id=new_id(), **fields)
        unit.session.add(record)
        unit.session.flush()
        return finish(unit, record.id)


@permitted(Permission.DATA_EDIT)
def retire_equipment(station: Station, actor: Actor, item_id: str, row_version: int) -> Done[None]:
    """Take a kind of equipment out of a muster point's stock.

    Raises
    ------
    InvalidDataError
        Some of it is lent out; nothing was written.
    ConcurrentChangeError
        Somebody else changed the equipment since it was read; nothing was written.
    """
    with station.write(actor, "equipment.retire") as unit:
        record = _item(unit, item_id, row_version)
        lent = [loan for loan in open_loans(unit.session, record.muster_point_id) if loan.item_id == item_id]
        _refuse_out(lent, record.code, record.name)
        record.ended_on = station_today(station.clock)
        return finish(unit, None)


def _muster(unit: UnitOfWork, muster_point_id: str, row_version: int) -> MusterPoint:
    record = queries.first(unit.session, MusterPoint, id=muster_point_id)
    if record is None:
        raise InvalidDataError(Message("places.gone"))
    _refuse_newer(record, row_version)
    return record


def _item(unit: UnitOfWork, item_id: str, row_version: int) -> EquipmentItem:
    record = queries.first(unit.session, EquipmentItem, id=item_id)
    if record is None:
        raise InvalidDataError(Message("places.gone"))
    _refuse_newer(record, row_version)
    return record


def _refuse_out(loans: Sequence[LoanLine], code: str, name: str) -> None:
    """Raise `InvalidDataError` while anything is lent out."""
    if loans:
        pieces = sum(loan.quantity for loan in loans)
        raise InvalidDataError(Message("places.still_out", {"code": code, "name": name, "count": pieces}))


def _refuse_newer(record: MusterPoint | EquipmentItem, row_version: int) -> None:
    if record.row_version != row_version:
        raise ConcurrentChangeError(Message("places.changed_meanwhile", {"code": record.code, "name": record.name}))
