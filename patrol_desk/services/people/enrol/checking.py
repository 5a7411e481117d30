"""What becomes of each line of a list: a new person, somebody who is on the books already, or nothing yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.models import SquadRole
from patrol_desk.security.permissions import Permission
from patrol_desk.security.redaction import mask_phone
from patrol_desk.services.people.duplicates import Alike, Twin, twin_of
from patrol_desk.services.people.enrol.file import MOST_LINES
from patrol_desk.services.people.enrol.parsing import ROLE_FIELD, Listed, parse_list
from patrol_desk.services.people.fields import check_person_fields, problem, read_field
from patrol_desk.services.people.listing import squad_tags
from patrol_desk.services.people.rows import SquadTag
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import people_records as records
from patrol_desk.storage.session import Session
from patrol_desk.sync.faults import Fault
from patrol_desk.sync.kinds import ReadContext, References
from patrol_desk.sync.tables.people import ROLE


class LineKind(StrEnum):
    """What a line is."""

    NEW = "new"
    KNOWN = "known"
    """Somebody who is on the books already."""
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list, checked.

    Parameters
    ----------
    line
        Of the text, from 1.
    name, phone
        As typed; the phone is masked.
    role
        In the squad.
    kind
        What it is.
    problems
        What is wrong with it: the field, its value, and what would be right.
    notes
        What is worth a second look.
    twin, squad
        Who is on the books already, and the squad that person has.
    values
        Field → value as it is stored.
    """

    line: int
    name: str
    phone: str
    role: SquadRole
    kind: LineKind
    problems: tuple[Message, ...]
    notes: tuple[Message, ...]
    twin: Twin | None
    squad: str
    values: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Which line it is."""
        return str(self.line)


@dataclass(frozen=True, slots=True)
class Checked:
    """The list, checked.

    Parameters
    ----------
    lines
        In the order of the text.
    fields
        Fields that the list fills.
    unknown
        Headings that are passed over.
    """

    lines: tuple[Line, ...]
    fields: tuple[str, ...]
    unknown: tuple[str, ...]

    def count(self, kind: LineKind) -> int:
        """Return how many lines are of a kind."""
        return sum(line.kind is kind for line in self.lines)


@permitted(Permission.DATA_READ)
def check_list(station: Station, actor: Actor, text: str) -> Checked:
    """Return what becomes of each line of a pasted list.

    Raises
    ------
    InvalidDataError
        It has more lines than a list of one organisation.
    """
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        return check(session, text, station_today(station.clock))


def check(session: Session, text: str, today: date) -> Checked:
    """Return the same inside a session."""
    parsed = parse_list(text)
    if len(parsed.people) > MOST_LINES:
        raise InvalidDataError(Message("people.enrol_long", {"most": MOST_LINES}))
    checker = _Checker(session, today)
    return Checked(tuple(map(checker.line, parsed.people)), parsed.fields, parsed.unknown)


class _Checker:
    """Checks one line after another, and remembers who was named before."""

    def __init__(self, session: Session, today: date) -> None:
        self._session, self._today = session, today
        self._alike = Alike.read(session)
        self._squads: Mapping[str, SquadTag] = {}
        self._before: dict[tuple[str, object], int] = {}
        self._known: dict[str, int] = {}

    def line(self, listed: Listed) -> Line:
        """Check one line."""
        values, problems = self._read(listed)
        role = values.pop(ROLE_FIELD, SquadRole.MEMBER)
        twin, notes, squad = None, [], ""
        if not problems:
            problems = self._twice(listed.line, values)
        if not problems:
            found = twin_of(self._alike, values)
            notes = [] if found.phone_of is None else [Message("people.phone_of", {"code": found.phone_of.code})]
            twin = found.twin
            squad, problems = self._standing(listed.line, twin, values)
        phone = listed.texts.get("phone", "")
        kind = LineKind.BAD if problems else LineKind.NEW if twin is None else LineKind.KNOWN
        return Line(
            listed.line, listed.texts.get("name", ""), mask_phone(phone) if phone else "", role, kind, tuple(problems),
            tuple(notes), twin, squad, MappingProxyType(values),
        )  # fmt: skip

    def _read(self, listed: Listed) -> tuple[dict[str, Any], list[Message]]:
        values: dict[str, Any] = {}
        problems = []
        for key, text in {"name": "", **listed.texts}.items():
            found = self._value(key, text) if text or key == "name" else None
            if isinstance(found, Fault):
                problems.append(_wrong(key, text, problem(found)))
            elif found is not None:
                values[key] = found
        if not problems:
            unfit = check_person_fields(values)
            problems = [_wrong(key, listed.texts.get(key, ""), what) for key, what in unfit.items()]
        return values, problems

    def _value(self, key: str, text: str) -> object:
        if key != ROLE_FIELD:
            return read_field(key, text, self._today)
        return ROLE.parser(ReadContext(self._today, References()))(text)

    def _twice(self, line: int, values: Mapping[str, Any]) -> list[Message]:
        """Return that an earlier line names the same person."""
        keys = [("resident_id", values.get("resident_id")), ("phone", (values["name"], values.get("phone")))]
        keys = [(key, value) for key, value in keys if value is not None and not (key == "phone" and value[1] is None)]
        before = next((self._before[key] for key in keys if key in self._before), None)
        for key in keys:
            self._before.setdefault(key, line)
        return [] if before is None else [Message("people.enrol_twice", {"line": before})]

    def _standing(self, line: int, twin: Twin | None, values: Mapping[str, Any]) -> tuple[str, list[Message]]:
        """Return the squad of somebody known, and why that person cannot join."""
        if twin is None:
            owner = values.get("resident_id")
            gone = next((code for _, code in records.owners(self._session, "resident_id", owner)), "") if owner else ""
            return "", [Message("people.enrol_retired", {"code": gone})] if gone else []
        before = self._known.setdefault(twin.id, line)
        if before != line:
            return "", [Message("people.enrol_twice", {"line": before})]
        tomorrow = self._today + timedelta(days=1)
        stays = [row for row in records.squad_rows(self._session, [twin.id]) if row.ended_on is None]
        if any(row.from_on > tomorrow for row in stays):
            return "", [_wrong("name", twin.name, Message("people.bulk_squad_later"))]
        self._squads = self._squads or squad_tags(self._session)
        held = [row for row in stays if row.until_on is None or row.until_on >= tomorrow]
        return self._squads[held[-1].squad_id].name if held else "", []


def _wrong(key: str, text: str, what: Message) -> Message:
    params: dict[str, object] = {"field": Message(f"people.field_{key}"), "problem": what}
    return Message("people.wrong_value", {**params, "value": text}) if text else Message("people.wrong_field", params)
