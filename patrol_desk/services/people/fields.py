"""The fields of a person: what each takes, by the same rules as an import."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.security.redaction import PERSONAL_FIELDS
from patrol_desk.sync.faults import Fault
from patrol_desk.sync.kinds import ReadContext, References
from patrol_desk.sync.tables.people import PEOPLE
from patrol_desk.sync.text import damage_of

REFERENCES = frozenset({"community_id", "grid_cell_id", "organisation_id"})
"""Fields that hold the id of another record, or nothing."""
FIELDS = (
    "code", "name", "force", "status", "activity_class", "gender", "birth_date", "resident_id", "phone", "joined_on",
    "insured_from", "insured_until", "contract_minutes", "weekly_cap", "home_lon", "home_lat", *sorted(REFERENCES),
)  # fmt: skip
"""Fields of a person that are edited by hand; a status of inactive comes by retiring only."""
_BY_HAND = MappingProxyType(
    {
        "import.resident_id_form": "people.resident_id_form",
        "import.damage_zeroed_tail": "people.resident_id_zeroed",
        "import.damage_plus_lost": "people.plus_lost",
        "import.damage_zero_lost": "people.zero_lost",
        "import.damage_range_code": "people.code_like_date",
        "import.damage_range": "people.number_like_date",
        "import.key_of_another": "people.code_taken",
        "import.value_of_another": "people.resident_id_taken",
    }
)
"""What an import says of a spreadsheet's doing is said here of somebody who types."""


def check_person_field(key: str, value: str, today: date) -> Message | None:
    """Return what is wrong with a field's text and what would be right, or None.

    Parameters
    ----------
    key
        One of `FIELDS`.
    value
        The text as typed; of a choice, the stored value or "".
    today
        The station's day: a birth date is not after it.
    """
    found = read_field(key, value, today)
    return problem(found) if isinstance(found, Fault) else None


def check_person_fields(values: Mapping[str, object]) -> dict[str, Message]:
    """Return field → what is wrong, of values that do not fit together; values are as stored, None where empty."""
    wrong: dict[str, Message] = {}
    for check in PEOPLE.checks:
        asked = [values.get(name) for name in check.columns]
        if not (check.complete and None in asked) and not check.holds(*asked):
            wrong[check.columns[-1]] = problem(Fault(check.code))
    return wrong


def read_field(key: str, value: str, today: date) -> object:
    """Return the value a text stands for, or the `Fault` that it has."""
    text = value.strip()
    if key in REFERENCES:
        return text or None
    column = PEOPLE.by_name[key]
    if not text:
        blank = column.blank if column.clearable else None
        return Fault("people.missing") if not column.clearable else blank
    damage = damage_of(text)
    if damage is not None:
        return Fault(damage)
    return column.kind.parser(ReadContext(today, References(), confirm_000=True))(text)


def read_fields(texts: Mapping[str, str], today: date) -> dict[str, object]:
    """Return field → value.

    Raises
    ------
    InvalidDataError
        A text is wrong: the sentence names the field, the value unless it is personal, and what would be right.
    """
    values: dict[str, object] = {}
    for key, text in texts.items():
        found = read_field(key, text, today)
        if isinstance(found, Fault):
            raise wrong_field(key, problem(found), text)
        values[key] = found
    return values


def problem(fault: Fault) -> Message:
    """Return a fault as one sentence with what would be right."""
    code = _BY_HAND.get(fault.code, fault.code)
    said = fault if code == fault.code else Fault(code, fault.params)
    return Message("people.problem", {"reason": said.reason, "suggestion": said.suggestion})


def wrong_field(key: str, what: Message, text: str = "") -> InvalidDataError:
    """Return the error that names the field, its text unless it is personal, and what is wrong."""
    shown = "" if key in PERSONAL_FIELDS["person"] else text.strip()[:60]
    params: dict[str, object] = {"field": Message(f"people.field_{key}"), "problem": what}
    if shown:
        return InvalidDataError(Message("people.wrong_value", {**params, "value": shown}))
    return InvalidDataError(Message("people.wrong_field", params))
