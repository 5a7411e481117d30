"""The station's key for printed sheets, and the check of what a QR code says."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import SheetKey
from patrol_desk.security import signing
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.printed.content import FORMAT
from patrol_desk.services.printed.kinds import BY_LETTERS, Need, SheetKind
from patrol_desk.services.printed.seal import signature_in
from patrol_desk.services.sheets_week import STATES
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.reads import planning
from patrol_desk.storage.session import Session

_PARTS = 7
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class StationSeal:
    """The station's keys, newest first: the first signs, all verify."""

    secrets: tuple[bytes, ...]

    def sign(self, text: str) -> bytes:
        """Return the signature of a text by the newest key."""
        return signing.sign(self.secrets[0], text)

    def holds(self, text: str, signature: bytes) -> bool:
        """Say whether any of the station's keys made the signature."""
        return any(signing.holds(secret, text, signature) for secret in self.secrets)


@permitted(Permission.PRINT)
def station_seal(station: Station, actor: Actor) -> StationSeal:
    """Return the station's seal; its key is made when there is none yet."""
    found = known_seal(station, actor)
    return found if found is not None else make_seal(station, actor).value


@permitted(Permission.PRINT)
def known_seal(station: Station, actor: Actor) -> StationSeal | None:
    """Return the station's seal, None while it has no key."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        secrets = _secrets(session)
    return StationSeal(secrets) if secrets else None


@permitted(Permission.PRINT)
def make_seal(station: Station, actor: Actor) -> Done[StationSeal]:
    """Make the station's first key; one that was made meanwhile is kept."""
    with station.write(actor, "sheet_key.create") as unit:
        secrets = _secrets(unit.session)
        if not secrets:
            secrets = (signing.new_secret(),)
            unit.session.add(SheetKey(algorithm=signing.ALGORITHM, secret=secrets[0]))
        return finish(unit, StationSeal(secrets))


class CodeState(StrEnum):
    """What a code is worth."""

    VALID = "valid"
    """Signed here."""
    UNSIGNED = "unsigned"
    """A reference without a signature: anybody could have written it."""
    FORGED = "forged"
    """The signature is not this station's, or a character was changed."""


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """What a code says, and whether it can be believed.

    Parameters
    ----------
    state
        What it is worth.
    kind
        The kind of sheet.
    period, subject
        As printed: week, day or month, and the code of the squad, place or person.
    number
        Version of the plan; 0 for a draft or a sheet without a plan.
    short
        The short hash that the sheet's foot must show.
    current
        The version in force now, None where the sheet shows no plan or none is in force.
    """

    state: CodeState
    kind: SheetKind
    period: str
    subject: str
    number: int
    short: str
    current: int | None

    @property
    def outdated(self) -> bool:
        """Whether a later version holds."""
        return self.current is not None and self.number > 0 and self.number != self.current

    @property
    def sentence(self) -> Message:
        """What to tell."""
        params = {
            "kind": self.kind.name, "period": self.period, "subject": self.subject, "short": self.short,
            "number": self.number, "current": self.current or 0,
        }  # fmt: skip
        if self.state is not CodeState.VALID:
            return Message(f"sheet.code_{self.state.value}", params)
        if self.outdated:
            return Message("sheet.code_outdated", params)
        return Message(
            "sheet.code_in_force" if self.current is not None and self.number else "sheet.code_valid", params
        )


@permitted(Permission.PLAN_READ)
def check_code(station: Station, actor: Actor, text: str) -> CodeCheck:
    """Return what a scanned or typed code is worth.

    Raises
    ------
    InvalidDataError
        The text is no code of a sheet.
    """
    del actor  # the permission is all that depends on who asks
    parts = text.strip().split("/")
    kind = BY_LETTERS.get(parts[1]) if len(parts) in {_PARTS, _PARTS + 1} and parts[0] == FORMAT else None
    number = parts[4][1:] if kind is not None else ""
    if kind is None or len(text) > _LONGEST or not (number.isascii() and number.isdigit()):
        raise InvalidDataError(Message("sheet.code_unknown"))
    with station.read() as session:
        state = _state(session, parts)
        current = _current(session, kind, parts[2])
    return CodeCheck(state, kind, parts[2], parts[3], int(number), parts[6].lower(), current)


def _state(session: Session, parts: list[str]) -> CodeState:
    if len(parts) == _PARTS:
        return CodeState.UNSIGNED
    signature = signature_in(parts[-1])
    secrets = _secrets(session)
    signed = signature is not None and StationSeal(secrets).holds("/".join(parts[:-1]), signature)
    return CodeState.VALID if signed else CodeState.FORGED


def _current(session: Session, kind: SheetKind, period: str) -> int | None:
    """Return the version in force in the week of a sheet."""
    if Need.WEEK not in kind.needs and Need.DAY not in kind.needs:
        return None
    try:
        week = Week.parse(period) if Need.WEEK in kind.needs else Week.of(date.fromisoformat(period))
    except ValueError as error:
        raise InvalidDataError(Message("sheet.code_unknown")) from error
    versions = planning.versions_of(session, str(week))
    return next((one.number for one in versions if STATES[one.state].value == "published"), None)


def _secrets(session: Session) -> tuple[bytes, ...]:
    keys = queries.many(session, SheetKey, ended_on=None)
    return tuple(key.secret for key in sorted(keys, key=lambda key: key.id, reverse=True))
