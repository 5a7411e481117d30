"""What a field of a place takes: the rules of import, in sentences that name field, value and what would be right."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Literal

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message, Words
from patrol_desk.storage import bulk
from patrol_desk.storage.session import Session
from patrol_desk.sync.checks import row_faults
from patrol_desk.sync.faults import Fault
from patrol_desk.sync.kinds import ReadContext, ReferenceKind, References, WordsKind
from patrol_desk.sync.tables import TableSpec, table_named
from patrol_desk.sync.tables.spec import Column

Table = Literal[
    "checkpoints", "muster_points", "equipment", "township", "shift_patterns", "holidays", "priority_areas",
    "security_periods", "communities", "grid_cells",
]  # fmt: skip
_TODAY = date(2000, 1, 1)
"""Dates are typed with their years, so no day is asked for."""


def check_place_field(
    field: str,
    value: object,
    *,
    table: Table = "checkpoints",
    others: Mapping[str, object] | None = None,
    taken: Collection[str] = (),
) -> Message | None:
    """Return what is wrong with a field as typed, None when it can be saved.

    Parameters
    ----------
    field
        Name of the field, as in the model.
    value
        Text as typed, or a stored value.
    table
        Whose field.
    others
        Further fields of the form: what only fits together (longitude and latitude) is judged with them.
    taken
        Codes that belong to other records.
    """
    spec = table_named(table)
    column = spec.by_name[field]
    read = _read(column, value)
    if isinstance(read, Fault):
        return told(column, value, read)
    if field == "code" and read in taken:
        return _taken(column, read)
    for check in spec.checks:
        if check.columns[-1] == field and others is not None:
            pair = [read if name == field else _read(spec.by_name[name], others.get(name)) for name in check.columns]
            unasked = check.complete and None in pair
            if not unasked and not any(isinstance(part, Fault) for part in pair) and not check.holds(*pair):
                return told(column, value, Fault(check.code))
    return None


def read_fields(
    session: Session, table: Table, values: Mapping[str, object], record_id: str | None
) -> dict[str, object]:
    """Return the fields as they are stored.

    Parameters
    ----------
    session
        Of the transaction that will write them: codes and references are looked up in it.
    table
        Whose fields.
    values
        Field → text as typed or stored value; a new record may leave out what has a default.
    record_id
        The record that is changed; None for a new one.

    Raises
    ------
    InvalidDataError
        A field cannot be right; the sentence names it, its value and what would be right.
    """
    spec = table_named(table)
    asked = [column for column in spec.columns if column.name in values or (record_id is None and column.required)]
    found: dict[str, object] = {}
    for column in asked:
        value = values.get(column.name)
        read = _read(column, value)
        if isinstance(read, Fault):
            raise InvalidDataError(told(column, value, read))
        _refuse_unknown(session, column, read)
        found[column.name] = read
    if record_id is None:
        found = {c.name: c.new_value for c in spec.columns if c.name not in {"id", "ended_on"}} | found
    if "code" in found:
        refuse_taken(session, spec, str(found["code"]), record_id)
    return found


def refuse_pair(spec: TableSpec, values: Mapping[str, object]) -> None:
    """Raise `InvalidDataError` when the fields of a whole record do not fit together."""
    row = tuple(values.get(column.name) for column in spec.columns)
    for name, fault in row_faults(spec, row):
        raise InvalidDataError(told(spec.by_name[name], values.get(name), fault))


def refuse_taken(session: Session, spec: TableSpec, code: str, record_id: str | None) -> None:
    """Raise `InvalidDataError` when another record, retired or not, has the code."""
    owners = {row[0] for row in bulk.rows(session, spec.model, ["id"], where={"code": code})}
    if owners - {record_id}:
        raise InvalidDataError(_taken(spec.by_name["code"], code))


def word(column: Column) -> Words:
    """Return the heading of a column as words in both languages, as a sentence begins with it."""
    return Words(column.zh, column.en[:1].upper() + column.en[1:])


def told(column: Column, value: object, fault: Fault) -> Message:
    """Return the sentence about a value that cannot be right."""
    if fault.code == "import.missing_value":
        return Message("places.field_missing", {"field": word(column)})
    if value is None or not str(value).strip():
        return Message("places.field_blank", {"field": word(column), "reason": fault.reason, "fix": fault.suggestion})
    return Message(
        "places.field_fault",
        {"field": word(column), "value": str(value), "reason": fault.reason, "fix": fault.suggestion},
    )


def _taken(column: Column, code: object) -> Message:
    return Message("places.code_taken", {"field": word(column), "value": str(code)})


def _read(column: Column, value: object) -> object:
    """Return the value a text or stored value means, or the fault that keeps it out."""
    text = "" if value is None else str(value).strip()
    if not text:
        return Fault("import.missing_value") if column.required or not column.clearable else column.blank
    if isinstance(column.kind, ReferenceKind):
        return text
    context = ReadContext(_TODAY, References())
    if isinstance(column.kind, WordsKind):
        # What is stored is understood besides the words of both languages.
        stored: dict[str, object] = {str(word.value): word.value for word in column.kind.words}
        return stored[text] if text in stored else column.kind.parser(context)(text)
    return column.kind.parser(context)(text)


def _refuse_unknown(session: Session, column: Column, value: object) -> None:
    """Raise `InvalidDataError` when a field refers to a record that is not there."""
    if not isinstance(column.kind, ReferenceKind) or value is None:
        return
    parent = table_named(column.kind.table)
    if not bulk.rows(session, parent.model, ["id"], where={"id": value, "ended_on": None}):
        fault = Fault("import.unknown_reference", {"table": parent.word})
        raise InvalidDataError(told(column, value, fault))
