"""Accounts' names, the audit log, import runs and handover notes."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from patrol_desk.models.base import Code, Id, Name, Record, Text, coded
from patrol_desk.models.enums import ImportState, Role


class Account(Record):
    """账号: who acts."""

    __tablename__ = "account"

    code: Mapped[Code]
    """Login name."""
    display_name: Mapped[Name]
    role: Mapped[Role] = mapped_column(coded(Role))


class AuditEntry(Record):
    """审计日志: one link of the hash chain; never changed."""

    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime]
    account_id: Mapped[Id | None]
    account_name: Mapped[Text]
    action: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(40), default="")
    record_id: Mapped[Id | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What changed, personal values redacted."""
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class ImportRun(Record):
    """One import: which files, what became of their rows."""

    __tablename__ = "import_run"

    at: Mapped[datetime]
    state: Mapped[ImportState] = mapped_column(coded(ImportState))
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """Per file: table, sha256, rows; never a name or content."""
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    made_by: Mapped[str | None] = mapped_column(String(200))
    """Name of who imported; None in files of the first release."""
    patch: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What it wrote (zlib JSON), for taking it back; None when that is no longer possible."""
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(String(200))


class HandoverNote(Record):
    """交接事项: what one shift leaves to the next; it stays on this desk."""

    __tablename__ = "handover_note"

    at: Mapped[datetime] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(String(300))
    author: Mapped[Text]
    done_at: Mapped[datetime | None]
    done_by: Mapped[Text]
