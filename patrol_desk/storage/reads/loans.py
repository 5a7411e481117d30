"""Reads of equipment lent out at muster points."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from patrol_desk.models import AuditEntry, EquipmentItem, EquipmentLoan, Person


class LoanLine(NamedTuple):
    """Equipment that somebody took, with the names of both."""

    id: str
    row_version: int
    item_id: str
    item: str
    muster_point_id: str
    person_id: str
    person: str
    quantity: int
    numbers: str
    purpose: str
    lent_at: datetime
    due_at: datetime
    returned_at: datetime | None
    missing: int
    remark: str


def _query() -> Select[*tuple[Any, ...]]:
    return (
        select(
            EquipmentLoan.id, EquipmentLoan.row_version, EquipmentLoan.item_id, EquipmentItem.name,
            EquipmentItem.muster_point_id, EquipmentLoan.person_id, Person.name, EquipmentLoan.quantity,
            EquipmentLoan.numbers, EquipmentLoan.purpose, EquipmentLoan.lent_at, EquipmentLoan.due_at,
            EquipmentLoan.returned_at, EquipmentLoan.missing, EquipmentLoan.remark,
        )
        .join(EquipmentItem, EquipmentItem.id == EquipmentLoan.item_id)
        .join(Person, Person.id == EquipmentLoan.person_id)
        .where(EquipmentLoan.ended_on.is_(None))
    )  # fmt: skip


def open_loans(session: Session, muster_point_id: str | None = None) -> list[LoanLine]:
    """Return what is out, at one muster point or everywhere, the earliest due first."""
    query = _query().where(EquipmentLoan.returned_at.is_(None)).order_by(EquipmentLoan.due_at, EquipmentLoan.id)
    if muster_point_id is not None:
        query = query.where(EquipmentItem.muster_point_id == muster_point_id)
    return [LoanLine._make(row) for row in session.execute(query)]


def returned_loans(session: Session, muster_point_id: str, most: int) -> list[LoanLine]:
    """Return what came back to a muster point, the latest first, at most so many."""
    query = _query().where(EquipmentLoan.returned_at.is_not(None), EquipmentItem.muster_point_id == muster_point_id)
    query = query.order_by(EquipmentLoan.returned_at.desc(), EquipmentLoan.id).limit(most)
    return [LoanLine._make(row) for row in session.execute(query)]


def noted_by(session: Session, loan_ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return loan id → names of the accounts that noted it and, last, its return; from the audit log."""
    rows = session.execute(
        select(AuditEntry.record_id, AuditEntry.account_name, AuditEntry.details)
        .where(AuditEntry.kind == EquipmentLoan.__tablename__, AuditEntry.record_id.in_(list(loan_ids)))
        .order_by(AuditEntry.number)
    )
    found: dict[str, tuple[str, str]] = {}
    for record_id, name, details in rows:
        lent, returned = found.get(record_id, ("", ""))
        found[record_id] = (lent, name) if "returned_at" in details else (name, returned)
    return found


def pieces_out(session: Session) -> dict[str, int]:
    """Return how many pieces of each stock are out, by its id."""
    rows = session.execute(
        select(EquipmentLoan.item_id, func.sum(EquipmentLoan.quantity))
        .where(EquipmentLoan.ended_on.is_(None), EquipmentLoan.returned_at.is_(None))
        .group_by(EquipmentLoan.item_id)
    )
    return {row[0]: int(row[1]) for row in rows}
