"""What an import keeps so that it can be taken back long after: which rows it added, and what others were before."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date
from sqlalchemy import Enum as EnumType
from sqlalchemy.types import TypeEngine

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.models import Base, Record, UtcDateTime
from patrol_desk.storage.audit import plain
from patrol_desk.storage.bulk import table_of

_FORM = 1


@dataclass(frozen=True, slots=True)
class KeptChange:
    """A row that was changed: its version afterwards, and the columns that differed as they were before."""

    id: str
    version: int
    before: Mapping[str, Any]


@dataclass(slots=True)
class KeptTable:
    """What was written to one table.

    Parameters
    ----------
    model
        The table.
    added
        Ids of new rows; their version is 1 unless `versions` says another.
    changed
        Rows that were changed.
    versions
        Id → version of new rows that a later import changed and that are as before again.
    """

    model: type[Record]
    added: list[str] = field(default_factory=list)
    changed: list[KeptChange] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)

    def expected(self) -> dict[str, int]:
        """Return id → version of every row as it is while nobody changed it since."""
        return dict.fromkeys(self.added, 1) | self.versions | {row.id: row.version for row in self.changed}

    def follow(self, moved: Mapping[str, tuple[int, int]]) -> bool:
        """Take up that rows of one version are the same at another, and say whether that concerned any.

        A later import that is taken back leaves rows as this one made them, at a higher version.
        """
        expected = self.expected()
        same = {row_id: now for row_id, (then, now) in moved.items() if expected.get(row_id) == then}
        changed = {row.id for row in self.changed}
        self.versions |= {row_id: now for row_id, now in same.items() if row_id not in changed}
        self.changed = [replace(row, version=same.get(row.id, row.version)) for row in self.changed]
        return bool(same)


def merged(tables: Iterable[KeptTable]) -> list[KeptTable]:
    """Return the tables, each once, in their order."""
    found: dict[type[Record], KeptTable] = {}
    for table in tables:
        one = found.setdefault(table.model, KeptTable(table.model))
        one.added += table.added
        one.changed += table.changed
        one.versions |= table.versions
    return [*found.values()]


def pack(tables: Iterable[KeptTable]) -> bytes:
    """Return tables as zlib JSON."""
    written = [
        {
            "kind": table.model.__tablename__,
            "added": table.added,
            "versions": table.versions,
            "changed": [[row.id, row.version, plain(row.before)] for row in table.changed],
        }
        for table in tables
        if table.added or table.changed
    ]
    text = json.dumps({"form": _FORM, "tables": written}, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8"), 1)


def unpack(data: bytes) -> list[KeptTable]:
    """Return the tables that `pack` wrote; raise `InvalidDataError` when they cannot be read."""
    try:
        held = json.loads(zlib.decompress(data))
    except (zlib.error, ValueError) as error:
        raise InvalidDataError(Message("storage.kept_unreadable")) from error
    if held["form"] != _FORM:
        raise InvalidDataError(Message("storage.kept_unreadable"))
    models: dict[str, type[Record]] = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    return [_table(models[table["kind"]], table) for table in held["tables"]]


def _table(model: type[Record], held: Mapping[str, Any]) -> KeptTable:
    changed = [KeptChange(row_id, version, _typed(model, before)) for row_id, version, before in held["changed"]]
    return KeptTable(model, list(held["added"]), changed, dict(held["versions"]))


def _typed(model: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    columns = table_of(model).c
    return {name: None if value is None else _value(columns[name].type, value) for name, value in values.items()}


def _value(kind: TypeEngine[Any], value: Any) -> Any:  # noqa: ANN401  # a cell of any column
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, EnumType) and kind.enum_class is not None:
        return kind.enum_class(value)
    return value
