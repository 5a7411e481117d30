"""Personal values are masked wherever they are not needed."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

PERSONAL_FIELDS = MappingProxyType(
    {
        "person": frozenset(
            {"name", "phone", "resident_id", "birth_date", "gender", "home_lon", "home_lat", "status_reason"}
        ),
        "certificate": frozenset({"number"}),
        "leave": frozenset({"reason"}),
        "person_status_change": frozenset({"reason"}),
        "organisation": frozenset({"phone"}),
        "account": frozenset({"display_name"}),
        "handover_note": frozenset({"text"}),
        "visit_lottery": frozenset({"secret", "state"}),
        "sheet_key": frozenset({"secret"}),
    }
)
"""Table → fields that hold something about a person."""
_ALWAYS = frozenset({"phone", "resident_id", "birth_date", "home_lon", "home_lat"})
_PHONE = re.compile(r"(?<!\d)1\d{10}(?!\d)", re.ASCII)
_RESIDENT_ID = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])", re.ASCII)


def mask_phone(phone: str) -> str:
    """Return ``138****2046`` for a mobile number; of anything else the last four characters stay."""
    if len(phone) == 11:
        return f"{phone[:3]}****{phone[-4:]}"
    return "*" * max(len(phone) - 4, 0) + phone[-4:] if len(phone) > 4 else "*" * len(phone)


def mask_id(resident_id: str) -> str:
    """Return ``4419**********123X`` for an 18-character resident ID; all stars for anything else."""
    if len(resident_id) == 18:
        return f"{resident_id[:4]}{'*' * 10}{resident_id[-4:]}"
    return "*" * len(resident_id)


def mask_name(name: str) -> str:
    """Return the first character of a name and one star."""
    return f"{name[:1]}*" if name else ""


def mask_text(text: str) -> str:
    """Return a text with every mobile number and resident ID in it masked."""
    return _PHONE.sub(lambda m: mask_phone(m[0]), _RESIDENT_ID.sub(lambda m: mask_id(m[0]), text))


def redact(fields: Mapping[str, object], kind: str = "") -> dict[str, object]:
    """Return fields with personal values masked, at any depth.

    Parameters
    ----------
    fields
        Field name → value. A list under a personal field (before and after) is masked item by item.
    kind
        Table the fields belong to; without it only fields that are personal everywhere are known by name, and
        numbers that look like a phone or resident ID are found in any text.
    """
    personal = _ALWAYS | PERSONAL_FIELDS.get(kind, frozenset())
    return {name: _hidden(name, value) if name in personal else _seen(value, kind) for name, value in fields.items()}


def _seen(value: object, kind: str) -> object:
    if isinstance(value, Mapping):
        return redact({str(name): item for name, item in value.items()}, kind)
    if isinstance(value, (list, tuple)):
        return [_seen(item, kind) for item in value]
    return mask_text(value) if isinstance(value, str) else value


def _hidden(name: str, value: object) -> object:
    if isinstance(value, (list, tuple)):
        return [_hidden(name, item) for item in value]
    if value is None or value == "":
        return value
    if isinstance(value, str) and name == "phone":
        return mask_phone(value)
    if isinstance(value, str) and name == "resident_id":
        return mask_id(value)
    if isinstance(value, str) and name in {"name", "display_name"}:
        return mask_name(value)
    return "****-**-**" if isinstance(value, date) else "*"
