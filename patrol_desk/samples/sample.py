"""A generated township as rows."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Any

from patrol_desk.common.ids import seeded_id
from patrol_desk.models import Record

Row = dict[str, Any]
"""One record: every column of its model by name."""


@dataclass(frozen=True, slots=True)
class Scarcity:
    """A place and time at which the township is short, by construction.

    Parameters
    ----------
    cause
        ``drivers``, ``first_aid``, ``sunday_night`` or ``remote``.
    seats
        Minimum seats that ask for what is short.
    missing
        How many of them nobody can take: a plan cannot do better, and one plan does no worse.
    """

    cause: str
    seats: int
    missing: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A generated township.

    Parameters
    ----------
    size, seed, monday
        What it was generated from; `monday` begins the week to be planned.
    rows
        Rows per model, models in an order in which they can be inserted.
    minimum_seats
        Minimum heads of the whole week.
    scarcities
        Why some of them must stay empty.
    """

    size: str
    seed: int
    monday: date
    rows: Mapping[type[Record], list[Row]]
    minimum_seats: int
    scarcities: tuple[Scarcity, ...]

    @property
    def shortage(self) -> int:
        """The least number of minimum seats that stay empty in any plan of the week."""
        return sum(scarcity.missing for scarcity in self.scarcities)

    def digest(self) -> str:
        """Return the SHA-256 over all rows: equal for equal townships on every machine."""
        digest = hashlib.sha256()
        for model, rows in self.rows.items():
            digest.update(f"{model.__tablename__}\n".encode())
            for row in rows:
                digest.update(json.dumps(row, default=_plain, ensure_ascii=False, sort_keys=True).encode())
        return digest.hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(type(value).__name__)


@dataclass(slots=True)
class Rows:
    """Collects the rows of one township; every row gets its id and trace of change.

    Parameters
    ----------
    seed
        Seed of the township; ids follow from it.
    monday
        First day of the week to be planned; the rows were last changed the Friday before.
    """

    seed: int
    monday: date
    by_model: dict[type[Record], list[Row]] = field(default_factory=dict)

    @property
    def changed_at(self) -> datetime:
        """The moment all rows were last changed: Friday before the week, 17:00 in China."""
        return datetime.combine(self.monday - timedelta(days=3), time(9), UTC)

    def add(self, model: type[Record], *, ended_on: date | None = None, **columns: object) -> str:
        """Append a row and return its id."""
        rows = self.by_model.setdefault(model, [])
        row: Row = {
            "id": seeded_id(self.seed, model.__tablename__, len(rows) + 1),
            "row_version": 1,
            "changed_at": self.changed_at,
            "changed_by": None,
            "ended_on": ended_on,
        }
        row.update(columns)
        rows.append(row)
        return str(row["id"])
