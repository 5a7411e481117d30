"""What may be typed for a new station: the rules of an import, and a passphrase that is hard to guess."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Final

from patrol_desk.common.errors import InvalidDataError, PatrolError
from patrol_desk.common.message import Message
from patrol_desk.security import passphrases
from patrol_desk.storage.shares import on_share
from patrol_desk.sync.faults import Fault
from patrol_desk.sync.kinds import ReadContext, References
from patrol_desk.sync.tables import table_named

LEAST_LENGTH: Final = passphrases.LEAST_LENGTH
LEAST_DISTINCT: Final = passphrases.LEAST_DISTINCT
_CHIEF_LIMIT: Final = 60
_CODE_DIGITS: Final = 12
_SOME_DAY: Final = date(2000, 1, 1)
"""No field here is a date, so any day does."""


@dataclass(frozen=True, slots=True)
class NewStation:
    """What is asked for a new station; text as typed.

    Parameters
    ----------
    station_name, name
        Of the station and of its township.
    code
        The township's division code: twelve digits, the last three 000.
    letters
        One to eight Latin capitals before the numbers of sheets.
    parent_office, duty_phone
        May be empty.
    chief
        The chief's name, as the audit log shows it.
    passphrase
        Wraps the key of the file; stored nowhere.
    folder
        Where the file is put; made when it is not there.
    """

    station_name: str
    name: str
    code: str
    letters: str
    parent_office: str
    duty_phone: str
    chief: str
    passphrase: str = field(repr=False)
    folder: Path


@dataclass(frozen=True, slots=True)
class Passphrase:
    """How good a new passphrase is.

    Parameters
    ----------
    long, varied, own
        Whether it is long enough, has enough different characters, and holds none of the names on the form.
    steps
        0 to 5: how hard it is to guess, for a bar of five parts. Five parts are some 90 bits by its length and kinds of
        characters, an upper bound that a person's choice never reaches.
    fault
        Why it cannot be taken; None when it can.
    """

    long: bool
    varied: bool
    own: bool
    steps: int
    fault: Message | None


def check_start_field(name: str, value: str) -> Message | None:
    """Return what is wrong with a field of a new station as typed; None when it can be taken.

    Parameters
    ----------
    name
        A field of `NewStation` other than the passphrase.
    value
        As typed.
    """
    if name == "folder":
        return _check_folder(value)
    read = _chief(value) if name == "chief" else _read(name, value)
    if not isinstance(read, Fault):
        return None
    if not value.strip():
        return Message("start.missing", {"field": _word(name)})
    return Message("start.wrong", {"value": value.strip(), "reason": read.reason, "fix": read.suggestion})


def check_passphrase(passphrase: str, names: Collection[str] = ()) -> Passphrase:
    """Judge a new passphrase.

    Parameters
    ----------
    passphrase
        As typed.
    names
        Of station, township and chief: who knows them must not know a part of the passphrase.
    """
    fault: Message | None = None
    try:
        passphrases.check_rules(passphrase)
    except PatrolError as error:
        fault = error.message
    folded = passphrase.casefold()
    own = not any(len(name.strip()) > 1 and name.strip().casefold() in folded for name in names)
    if fault is None and not own:
        fault = Message("start.passphrase_holds_name")
    long = LEAST_LENGTH <= len(passphrase) <= passphrases.MOST_LENGTH
    varied = len(set(passphrase)) >= LEAST_DISTINCT
    steps = min(5, int(_bits(passphrase) // 18))
    return Passphrase(long, varied, own, steps if fault is None else min(steps, 2), fault)


def _bits(passphrase: str) -> float:
    """Return an upper bound of the bits in a passphrase: a known repetition adds little, a Chinese character much."""
    total = 0.0
    before: set[str] = set()
    for character in passphrase:
        worth = 9.0 if ord(character) > 0x2E80 else 4.7 if character.isalpha() else 3.3 if character.isdigit() else 5.0
        total += worth if character not in before else 1.0
        before.add(character)
    return total


def suggest_letters(township: str) -> str:
    """Return the initials of a township's name, as a suggestion for the letters of its sheets."""
    from patrol_desk.services.finding.readings import units

    name = township.strip()
    for ending in ("街道办事处", "街道", "镇", "乡"):
        name = name.removesuffix(ending) or name
    initials = "".join(unit.readings[0][:1] for unit in units(name) if unit.readings and unit.readings[0])
    return "".join(letter for letter in initials.upper() if letter.isascii() and letter.isalpha())[:8]


def _chief(value: str) -> object:
    name = value.strip()
    if not name:
        return Fault("import.missing_value")
    if len(name) > _CHIEF_LIMIT:
        return Fault("import.too_long", {"limit": _CHIEF_LIMIT, "length": len(name)})
    return name if name.isprintable() else Fault("import.control_character")


def _read(name: str, value: str) -> object:
    """Return a field of the township as an import would take it, or the fault that keeps it out."""
    column = table_named("township").by_name[name]
    text = value.strip()
    if not text:
        return Fault("import.missing_value") if column.required else column.blank
    read = column.kind.parser(ReadContext(_SOME_DAY, References()))(text)
    if name == "code" and not isinstance(read, Fault):
        return _township_code(str(read))
    if name == "letters" and not isinstance(read, Fault):
        letters = str(read).upper()
        return letters if letters.isascii() and letters.isalpha() else Fault("start.letters_wrong")
    return read


def _township_code(code: str) -> object:
    if len(code) != _CODE_DIGITS or not (code.isascii() and code.isdigit()):
        return Fault("start.code_form", {"length": len(code)})
    return code if code.endswith("000") and not code.endswith("000000") else Fault("start.code_not_township")


def _word(name: str) -> Message:
    return Message(f"start.field_{name}")


def _check_folder(value: str) -> Message | None:
    if not value.strip():
        return Message("start.missing", {"field": _word("folder")})
    folder = Path(value.strip())
    if not folder.is_absolute():
        return Message("start.folder_relative", {"folder": value.strip()})
    if folder.exists() and not folder.is_dir():
        return Message("start.folder_is_file", {"folder": value.strip()})
    if on_share(folder):
        return Message("storage.on_share", {"path": value.strip()})
    return None


def township_row(wanted: NewStation) -> Mapping[str, object]:
    """Return the township's fields as they are stored; raise `InvalidDataError` at the first that cannot be right."""
    for name in (part.name for part in fields(NewStation) if part.name != "passphrase"):
        fault = check_start_field(name, str(getattr(wanted, name)))
        if fault is not None:
            raise InvalidDataError(fault)
    judged = check_passphrase(wanted.passphrase, (wanted.station_name, wanted.name, wanted.chief))
    if judged.fault is not None:
        raise InvalidDataError(judged.fault)
    names = ("station_name", "name", "code", "letters", "parent_office", "duty_phone")
    return {name: _read(name, getattr(wanted, name)) for name in names}
