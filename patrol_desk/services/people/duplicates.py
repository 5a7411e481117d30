"""Records that may be one person: the same resident ID, the same phone, the same name and birth date."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Literal

from patrol_desk.common.actor import Actor
from patrol_desk.security.permissions import Permission
from patrol_desk.security.redaction import mask_id, mask_phone
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.storage.reads.merging import SameRow, who_is_who
from patrol_desk.storage.session import Session

Reason = Literal["resident_id", "phone", "name_birth"]

_KEYS: Final[dict[Reason, Callable[[SameRow], Hashable | None]]] = {
    "resident_id": lambda row: row.resident_id or None,
    "phone": lambda row: row.phone or None,
    "name_birth": lambda row: (row.name, row.birth_date) if row.birth_date is not None else None,
}
"""Reason → what two records share; the surest first."""


@dataclass(frozen=True, slots=True)
class Twin:
    """One of two records: id, code and name."""

    id: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two records that may be one person.

    Parameters
    ----------
    first, second
        By code.
    reasons
        What they share, the surest first.
    shown
        The shared value, masked; empty for name and birth date.
    """

    first: Twin
    second: Twin
    reasons: tuple[Reason, ...]
    shown: str

    @property
    def id(self) -> str:
        """Which pair it is."""
        return f"{self.first.id} {self.second.id}"


@permitted(Permission.DATA_READ)
def find_duplicates(station: Station, actor: Actor) -> tuple[Duplicate, ...]:
    """Return pairs of records that may be one person, those with the surest reason first.

    Of more than two alike, neighbours by code are paired: merging one pair after another joins all.
    """
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        rows = who_is_who(session)
    pairs: dict[tuple[str, str], list[Reason]] = {}
    by_id = {row.id: row for row in rows}
    for reason, key_of in _KEYS.items():
        alike: dict[Hashable, list[str]] = {}
        for row in rows:
            key = key_of(row)
            if key is not None:
                alike.setdefault(key, []).append(row.id)
        for ids in alike.values():
            for pair in pairwise(ids):
                pairs.setdefault(pair, []).append(reason)
    order = list(_KEYS)
    found = [_duplicate(by_id[one], by_id[other], tuple(reasons)) for (one, other), reasons in pairs.items()]
    return tuple(sorted(found, key=lambda each: (order.index(each.reasons[0]), each.first.code)))


def _duplicate(one: SameRow, other: SameRow, reasons: tuple[Reason, ...]) -> Duplicate:
    shown = {"resident_id": mask_id(one.resident_id or ""), "phone": mask_phone(one.phone or "")}.get(reasons[0], "")
    return Duplicate(Twin(one.id, one.code, one.name), Twin(other.id, other.code, other.name), reasons, shown)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Who somebody is.

    Parameters
    ----------
    twin
        The same person: by resident ID, by name and phone, or by name and birth date; None for a stranger.
    phone_of
        Somebody else with the same phone, perhaps of the family.
    """

    twin: Twin | None
    phone_of: Twin | None


@dataclass(frozen=True, slots=True)
class Alike:
    """Everybody on the books, by what tells that two records may be one person."""

    rows: Mapping[Reason, Mapping[Hashable | None, Sequence[SameRow]]]

    @classmethod
    def read(cls, session: Session) -> "Alike":
        """Read everybody."""
        people = who_is_who(session)
        found: dict[Reason, dict[Hashable | None, list[SameRow]]] = {reason: {} for reason in _KEYS}
        for reason, key in _KEYS.items():
            for row in people:
                found[reason].setdefault(key(row), []).append(row)
        return cls(found)

    def of(self, reason: Reason, stranger: SameRow) -> Sequence[SameRow]:
        """Return those who share what a reason looks at."""
        key = _KEYS[reason](stranger)
        return self.rows[reason].get(key, ()) if key is not None else ()


def twin_of(alike: Alike, values: Mapping[str, Any]) -> Likeness:
    """Return who on the books a stranger may be.

    Parameters
    ----------
    alike
        Who is on the books.
    values
        Name, and resident ID, phone and birth date where they are known.
    """
    fields = ("birth_date", "resident_id", "phone")
    stranger = SameRow("", "", str(values["name"]), *(values.get(key) for key in fields))
    phones = [row for row in alike.of("phone", stranger) if _may_be(row, stranger)]
    same = (
        *alike.of("resident_id", stranger),
        *(row for row in phones if row.name == stranger.name),
        *(row for row in alike.of("name_birth", stranger) if _may_be(row, stranger)),
    )
    twin: SameRow | None = next(iter(same), None)
    other = next(iter(alike.of("phone", stranger)), None) if twin is None else None
    return Likeness(_twin(twin), _twin(other))


def _twin(row: SameRow | None) -> Twin | None:
    return None if row is None else Twin(row.id, row.code, row.name)


def _may_be(one: SameRow, other: SameRow) -> bool:
    """Say whether no two resident IDs speak against it."""
    return not (one.resident_id and other.resident_id and one.resident_id != other.resident_id)
