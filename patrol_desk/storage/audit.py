"""The audit log's rows: appending to the chain and reading it back."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Protocol

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from patrol_desk.common.actor import Actor
from patrol_desk.common.ids import new_id
from patrol_desk.models import AuditEntry

GENESIS = "0" * 64
"""What the first entry has for its previous hash."""


class AuditChain(Protocol):
    """Links and redacts entries; `security` has the real one."""

    def link(self, previous_hash: str, entry: Mapping[str, object]) -> str:
        """Return the hash of an entry that follows the one with the previous hash."""
        ...

    def redact(self, kind: str, fields: Mapping[str, object]) -> dict[str, object]:
        """Return the fields of a record of the kind with personal values masked."""
        ...


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to be written to the audit log.

    Parameters
    ----------
    kind
        Table the note is about; empty for the action as a whole.
    record_id
        The record, if one.
    details
        What happened.
    """

    kind: str
    record_id: str | None
    details: Mapping[str, object]


def plain(value: object) -> object:
    """Return a value as JSON holds it: dates and moments in ISO form, enums by value, bytes by their count."""
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes):
        return {"bytes": len(value)}
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def payload(row: Mapping[str, Any]) -> dict[str, object]:
    """Return the part of an entry that its hash covers."""
    return {
        "number": row["number"],
        "at": row["at"].astimezone(UTC).isoformat(),
        "account_id": row["account_id"],
        "account_name": row["account_name"],
        "action": row["action"],
        "kind": row["kind"],
        "record_id": row["record_id"],
        "details": row["details"],
    }


def append(session: Session, chain: AuditChain, actor: Actor, action: str, at: datetime, notes: Sequence[Note]) -> None:
    """Append one entry per note; the session must be in a write transaction, so the order is nobody else's."""
    last = session.execute(
        select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
    ).one_or_none()
    number, previous = (0, GENESIS) if last is None else (last[0], last[1])
    rows: list[dict[str, Any]] = []
    for note in notes:
        number += 1
        details = json.loads(json.dumps(plain(chain.redact(note.kind, note.details)), allow_nan=False))
        row: dict[str, Any] = {
            "id": new_id(), "row_version": 1, "changed_at": at, "changed_by": actor.account_id, "number": number,
            "at": at, "account_id": actor.account_id, "account_name": actor.name, "action": action,
            "kind": note.kind, "record_id": note.record_id, "details": details, "previous_hash": previous,
        }  # fmt: skip
        row["hash"] = previous = chain.link(previous, payload(row))
        rows.append(row)
    session.execute(insert(AuditEntry), rows)


def entries(session: Session) -> Iterator[tuple[dict[str, object], str, str]]:
    """Yield payload, previous hash and hash of every entry in order."""
    columns = [column for column in AuditEntry.__table__.columns if column.name not in {"id", "row_version"}]
    for row in session.execute(select(*columns).order_by(AuditEntry.number)).yield_per(1000).mappings():
        yield payload(dict(row)), row["previous_hash"], row["hash"]
