"""Equipment of a muster point is lent to people and comes back. Everything here can be undone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import STATION_UTC_OFFSET, station_now, station_today, wall_time
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import EquipmentItem, EquipmentLoan, Person
from patrol_desk.security.permissions import Permission
from patrol_desk.services.finding.keys import search_keys
from patrol_desk.services.permits import permitted
from patrol_desk.services.places.loan_rows import Borrower, Loan, LoanStart
from patrol_desk.services.squad_colours import squad_colours
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.reads import loans as reads
from patrol_desk.storage.reads import people
from patrol_desk.storage.reads.loans import LoanLine
from patrol_desk.storage.session import Session
from patrol_desk.storage.unit_of_work import UnitOfWork
from patrol_desk.sync.kinds import ReadContext, References, TimeKind

LONGEST: Final = 60
"""Characters of numbers, purpose and remark."""
AFTER_DUTY: Final = timedelta(minutes=30)
"""Time after the end of a duty to bring equipment back."""
_HISTORY: Final = 200
_NO_REFERENCES: Final = References()


@permitted(Permission.DATA_READ)
def list_borrowers(station: Station, actor: Actor) -> tuple[Borrower, ...]:
    """Return everybody who may take equipment: people who are not retired, by code."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        squads = _squads(session, station_today(station.clock))
        rows = [row for row in people.everybody(session) if row.ended_on is None]
    found = []
    for row in rows:
        squad, colour = squads.get(row.id, ("", None))
        found.append(Borrower(row.id, row.code, row.name, squad, colour, search_keys(row.name, row.code)))
    return tuple(found)


@permitted(Permission.DATA_READ)
def loan_start(station: Station, actor: Actor, item_id: str, person_id: str) -> LoanStart:
    """Return what a new loan begins with.

    It is due half an hour after the borrower's next duty that ends today or tomorrow, else at this hour tomorrow.
    """
    del actor  # the permission is all that depends on who asks
    now = station_now(station.clock).replace(second=0, microsecond=0)
    with station.read() as session:
        item = queries.first(session, EquipmentItem, id=item_id)
        inside = 0 if item is None else item.quantity - reads.pieces_out(session).get(item_id, 0)
        patterns = {row.id: row for row in people.patterns(session)}
        for duty in people.duties_of(session, person_id, str(Week.of(now.date()))):
            pattern = patterns.get(duty.pattern_id)
            if pattern is None or duty.on_date > now.date():
                continue
            start = datetime.combine(duty.on_date, datetime.min.time()) + timedelta(minutes=pattern.start_minute)
            end = start + timedelta(minutes=pattern.length_minutes)
            if end > now:
                return LoanStart(inside, f"{duty.checkpoint} {pattern.name}", end + AFTER_DUTY)
    return LoanStart(inside, "", now + timedelta(days=1))


@permitted(Permission.DATA_READ)
def loan_history(station: Station, actor: Actor, muster_point_id: str) -> tuple[Loan, ...]:
    """Return the loans of a muster point with who noted them: what is out first, then what came back, latest first."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        out = reads.open_loans(session, muster_point_id)
        back = reads.returned_loans(session, muster_point_id, _HISTORY)
        noted = reads.noted_by(session, [line.id for line in (*out, *back)])
        loans = _shown(session, [*out, *back], station.clock.now())
    return tuple(_with_names(loan, noted.get(loan.id, ("", ""))) for loan in loans)


def open_loans(session: Session, now: datetime, muster_point_id: str) -> tuple[Loan, ...]:
    """Return what is out at a muster point, the earliest due first; `now` is the moment in UTC."""
    return _shown(session, reads.open_loans(session, muster_point_id), now)


def due_at(day: date, text: str) -> datetime | None:
    """Return the station time that a day and a typed time of day mean; None when it is not a time."""
    minute = TimeKind().parser(ReadContext(day, _NO_REFERENCES))(text)
    return datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute) if isinstance(minute, int) else None


def check_due(day: object, text: object, now: datetime) -> Message | None:
    """Return what is wrong with a time due back, or None; `now` is station time."""
    if not isinstance(day, date):
        return None
    due = due_at(day, str(text or ""))
    if due is None:
        return Message("places.loan_bad_time", {"value": str(text or "")})
    if due <= now:
        return Message("places.loan_due_past", {"due": f"{due:%Y-%m-%d %H:%M}"})
    return None


@permitted(Permission.DATA_EDIT)
def lend(
    station: Station, actor: Actor, item_id: str, person_id: str, due: datetime, values: Mapping[str, object]
) -> Done[str]:
    """Note that somebody took equipment, and return the loan's id.

    Parameters
    ----------
    station, actor
        Where and by whom.
    item_id, person_id
        What and to whom.
    due
        Station time by which it should be back.
    values
        ``quantity``; ``numbers`` on the pieces and ``purpose``, which may be empty.

    Raises
    ------
    InvalidDataError
        There are not so many in stock, the person or the stock is gone, the time has passed, a text is too long;
        nothing was written.
    """
    now = station_now(station.clock)
    if due <= now:
        raise InvalidDataError(Message("places.loan_due_past", {"due": f"{due:%Y-%m-%d %H:%M}"}))
    numbers, purpose = _text(values.get("numbers")), _text(values.get("purpose"))
    count = int(str(values["quantity"]))
    with station.write(actor, "equipment.lend") as unit:
        item = queries.first(unit.session, EquipmentItem, id=item_id, ended_on=None)
        if item is None:
            raise InvalidDataError(Message("places.gone"))
        if queries.first(unit.session, Person, id=person_id, ended_on=None) is None:
            raise InvalidDataError(Message("places.loan_no_person"))
        inside = item.quantity - reads.pieces_out(unit.session).get(item_id, 0)
        if count < 1:
            raise InvalidDataError(Message("places.loan_none"))
        if count > inside:
            words = {"name": item.name, "inside": inside, "count": count}
            raise InvalidDataError(Message("places.loan_too_many", words))
        record = EquipmentLoan(
            id=new_id(), item_id=item_id, person_id=person_id, quantity=count, numbers=numbers, purpose=purpose,
            lent_at=station.clock.now(), due_at=_moment(due), returned_at=None, missing=0, remark="",
        )  # fmt: skip
        unit.session.add(record)
        unit.session.flush()
        return finish(unit, record.id)


@permitted(Permission.DATA_EDIT)
def return_loans(station: Station, actor: Actor, loan_ids: Collection[str]) -> Done[int]:
    """Note that loans came back whole, in one step, and return how many pieces that were.

    Raises
    ------
    ConcurrentChangeError
        One of them was taken back meanwhile; nothing was written.
    """
    with station.write(actor, "equipment.return") as unit:
        pieces = 0
        for loan_id in loan_ids:
            record = _open(unit, loan_id)
            record.returned_at = station.clock.now()
            pieces += record.quantity
        return finish(unit, pieces)


@permitted(Permission.DATA_EDIT)
def return_short(station: Station, actor: Actor, loan_id: str, missing: int, remark: str) -> Done[int]:
    """Note that a loan came back with pieces missing, which leave the stock, and return how many are left of it.

    Raises
    ------
    InvalidDataError
        So many cannot be missing, or it is not said what became of them; nothing was written.
    ConcurrentChangeError
        It was taken back meanwhile; nothing was written.
    """
    said = _text(remark)
    if not said:
        raise InvalidDataError(Message("places.loan_missing_why"))
    with station.write(actor, "equipment.return") as unit:
        record = _open(unit, loan_id)
        if not 1 <= missing <= record.quantity:
            words = {"count": record.quantity, "missing": missing}
            raise InvalidDataError(Message("places.loan_missing_range", words))
        record.returned_at, record.missing, record.remark = station.clock.now(), missing, said
        item = unit.session.get_one(EquipmentItem, record.item_id)
        item.quantity -= missing
        return finish(unit, item.quantity)


def _open(unit: UnitOfWork, loan_id: str) -> EquipmentLoan:
    record = queries.first(unit.session, EquipmentLoan, id=loan_id, ended_on=None)
    if record is None:
        raise ConcurrentChangeError(Message("places.gone"))
    if record.returned_at is not None:
        item = unit.session.get_one(EquipmentItem, record.item_id)
        raise ConcurrentChangeError(Message("places.loan_returned", {"name": item.name}))
    return record


def _text(value: object) -> str:
    text = str(value or "").strip()
    if len(text) > LONGEST:
        raise InvalidDataError(Message("places.loan_too_long", {"value": text, "most": LONGEST}))
    return text


def _moment(wall: datetime) -> datetime:
    """Return the moment of a station time."""
    return (wall - STATION_UTC_OFFSET).replace(tzinfo=UTC)


def _with_names(loan: Loan, names: tuple[str, str]) -> Loan:
    lent, returned = names
    return replace(loan, lent_by=lent, returned_by=returned if loan.returned_at is not None else "")


def _squads(session: Session, today: date, only: Collection[str] | None = None) -> dict[str, tuple[str, int]]:
    """Return person id → name and colour of the squad of a day."""
    squads = [squad for squad in people.squads(session) if squad.ended_on is None]
    colours = squad_colours([squad.community_id for squad in squads])
    named = {squad.id: (squad.name, colour) for squad, colour in zip(squads, colours, strict=True)}
    members = people.members_on(session, today, only)
    return {person_id: named[squad_id] for person_id, squad_id, _ in members if squad_id in named}


def _shown(session: Session, lines: Sequence[LoanLine], now: datetime) -> tuple[Loan, ...]:
    squads = _squads(session, wall_time(now).date(), {line.person_id for line in lines}) if lines else {}
    return tuple(
        Loan(
            id=line.id,
            row_version=line.row_version,
            item_id=line.item_id,
            item=line.item,
            person_id=line.person_id,
            person=line.person,
            squad=squads.get(line.person_id, ("", None))[0],
            colour=squads.get(line.person_id, ("", None))[1],
            quantity=line.quantity,
            numbers=line.numbers,
            purpose=line.purpose,
            lent_at=wall_time(line.lent_at),
            due_at=wall_time(line.due_at),
            returned_at=None if line.returned_at is None else wall_time(line.returned_at),
            overdue=line.returned_at is None and line.due_at < now,
            missing=line.missing,
            remark=line.remark,
        )
        for line in lines
    )
