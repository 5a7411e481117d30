"""Record ids, codes, references to other tables by code, and kinds of seat."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from patrol_desk.common.message import Message
from patrol_desk.sync.faults import Fault
from patrol_desk.sync.kinds.base import Kind, ReadContext, References, WriteContext
from patrol_desk.sync.kinds.times import looks_like_date
from patrol_desk.sync.kinds.words import squeeze
from patrol_desk.sync.text import fold, mark, nfc

_RECORD_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_GROUPED = re.compile(r"\d{6}(?:-\d{3})+", re.ASCII)
_SHORTENED = re.compile(r"\d{12}(?:\d{3})*", re.ASCII)
_CODE_LIMIT = 32


def read_code(text: str) -> str:
    """Return the code a text means: width folded, the hyphens of a division code taken out."""
    code = nfc(fold(text))
    return code.replace("-", "") if _GROUPED.fullmatch(code) else code


def show_code(code: str) -> str:
    """Return the code so that a spreadsheet leaves it alone: 12 digits and more in groups, ``441900-121-000``."""
    if len(code) >= 12 and code.isascii() and _SHORTENED.fullmatch(code):
        groups = [code[:6], *(code[at : at + 3] for at in range(6, len(code), 3))]
        return "-".join(groups)
    return mark(code)


def parse_code(text: str) -> object:
    """Return the code or what is wrong with it."""
    code = read_code(text)
    if len(code) > _CODE_LIMIT:
        return Fault("import.too_long", {"limit": _CODE_LIMIT, "length": len(code)})
    if looks_like_date(code):
        return Fault("import.damage_range_code")
    if not code.isprintable() or " " in code:
        return Fault("import.bad_code", {"limit": _CODE_LIMIT})
    return code


@dataclass(frozen=True, slots=True)
class RecordIdKind(Kind):
    """The id of the record itself; only exports fill it."""

    def parser(self, context: ReadContext) -> Callable[[str], object]:
        """Return the function from a UUID to its canonical form."""
        del context

        def parse(text: str) -> object:
            value = text if _RECORD_ID.fullmatch(text) else fold(text).lower()
            return value if _RECORD_ID.fullmatch(value) else Fault("import.bad_record_id")

        return parse

    def shower(self, context: WriteContext) -> Callable[[Any], str]:
        """Return the function from an id to itself."""
        del context
        return str

    def legend(self) -> Message:
        """Return the sentence that says what the column takes."""
        return Message("table.kind_record_id")


@dataclass(frozen=True, slots=True)
class CodeKind(Kind):
    """The code by which people know a record: at most 32 characters, no space."""

    def parser(self, context: ReadContext) -> Callable[[str], object]:
        """Return the function from a text to the code."""
        del context
        return parse_code

    def shower(self, context: WriteContext) -> Callable[[Any], str]:
        """Return the function from a code to its cell."""
        del context
        return show_code

    def legend(self) -> Message:
        """Return the sentence that says what the column takes."""
        return Message("table.kind_code")


@dataclass(frozen=True, slots=True)
class ReferenceKind(Kind):
    """The code of a record of another table; where `by_name`, also its name when only one has it."""

    table: str
    by_name: bool = True

    def parser(self, context: ReadContext) -> Callable[[str], object]:
        """Return the function from a code to the record's id."""
        return _resolver(context.references, self.table, by_name=self.by_name)

    def shower(self, context: WriteContext) -> Callable[[Any], str]:
        """Return the function from a record's id to its code."""
        references, table = context.references, self.table
        return lambda record_id: show_code(references.code_of(table, record_id))

    def legend(self) -> Message:
        """Return the sentence that says what the column takes."""
        return Message("table.kind_reference", {"table": Message(f"table.{self.table}")})


def _resolver(references: References, table: str, *, by_name: bool) -> Callable[[str], object]:
    word = Message(f"table.{table}")

    def resolve(text: str) -> object:
        code = parse_code(text)
        if isinstance(code, str):
            found = references.find(table, code)
            if found is not None:
                return found
        found = references.find_name(table, nfc(text)) if by_name else None
        if found is not None:
            return found
        if isinstance(code, Fault):
            return code
        rejected = references.was_rejected(table, str(code))
        return Fault("import.parent_rejected" if rejected else "import.unknown_reference", {"table": word})

    return resolve


@dataclass(frozen=True, slots=True)
class SeatKind(Kind):
    """The kind of seat: anybody, a leader, or the code of a skill; the value is (skill id, leader)."""

    anybody: tuple[str, str] = ("任意", "anybody")
    leader: tuple[str, str] = ("组长", "leader")

    def parser(self, context: ReadContext) -> Callable[[str], object]:
        """Return the function from a word or skill code to (skill id or None, leader)."""
        known: dict[str, tuple[None, bool]] = {}
        known.update(dict.fromkeys((*self.anybody, "any", "不限", "任何人", "组员", "member"), (None, False)))
        known.update(dict.fromkeys((*self.leader, "带班", "带班组长"), (None, True)))
        skill = _resolver(context.references, "skills", by_name=True)

        def parse(text: str) -> object:
            found = known.get(squeeze(text))
            if found is not None:
                return found
            skill_id = skill(text)
            return skill_id if isinstance(skill_id, Fault) else (skill_id, False)

        return parse

    def shower(self, context: WriteContext) -> Callable[[Any], str]:
        """Return the function from (skill id or None, leader) to its word or code."""
        column = 0 if context.language == "zh" else 1
        references = context.references

        def show(value: tuple[str | None, bool]) -> str:
            skill_id, leader = value
            if skill_id is not None:
                return show_code(references.code_of("skills", skill_id))
            return self.leader[column] if leader else self.anybody[column]

        return show

    def legend(self) -> Message:
        """Return the sentence that says what the column takes."""
        return Message("table.kind_seat")
