"""Overrides: putting somebody on duty against a rule of the station's own, knowingly and with a reason."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from patrol_desk.common.clock import STATION_UTC_OFFSET
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.common.message import Message
from patrol_desk.models import OverrideReason, Role, RuleOverride
from patrol_desk.security.permissions import Permission, allows
from patrol_desk.storage import bulk
from patrol_desk.storage.reads import decisions
from patrol_desk.storage.session import Session
from patrol_desk.storage.unit_of_work import UnitOfWork

OVERRIDABLE: Final = frozenset(
    {
        "availability", "workday_eve", "reach", "rest", "day_cap", "week_cap", "consecutive_days", "nights_in_row",
        "novice", "apart", "together", "lead", "official",
    }
)  # fmt: skip
"""Rules of the station's own. Those of law and body stay: leave, insurance, certificates, two places at once."""

EVERY_PLANNER: Final = Role.CLERK.value
"""The last role that plans: who may override a rule of which the township does not say."""

LONGEST: Final = 60
"""Characters of the sentence."""

DutyKey = tuple[str, str, str, date]
"""Person, checkpoint, pattern and day."""


@dataclass(frozen=True, slots=True)
class Override:
    """What an officer says for it: one of the reasons, and a sentence."""

    reason: OverrideReason
    words: str


@dataclass(frozen=True, slots=True)
class Overridden:
    """A rule that a duty breaks knowingly: why, by whom and when, station time."""

    rule: str
    reason: OverrideReason
    words: str
    by: str
    at: datetime

    @property
    def told(self) -> Message:
        """The reason, who took it upon themselves, and when."""
        params = {"reason": reason_words(self.reason), "by": self.by, "at": f"{self.at:%m-%d %H:%M}"}
        return Message("override.told", params)


NONE: Final[Mapping[DutyKey, tuple[Overridden, ...]]] = MappingProxyType({})


def reason_words(reason: OverrideReason) -> Message:
    """Return a reason in words."""
    return Message(f"override.reason_{reason.value}")


def overridable(rules: Collection[str]) -> bool:
    """Say whether an officer may override all of these rules; there must be one."""
    return bool(rules) and OVERRIDABLE.issuperset(rules)


def overriders(who: str) -> tuple[Role, ...]:
    """Return the roles that may override a rule, given the last that may; "" is nobody."""
    planners = [role for role in Role if allows(role, Permission.PLAN_WRITE)]
    last = next((place for place, role in enumerate(planners, start=1) if role.value == who), 0)
    return tuple(planners[:last])


def who_overrides(who: str) -> tuple[Message, ...]:
    """Return in words the roles that may override a rule, given the last that may."""
    return tuple(role_words(role) for role in overriders(who))


def role_words(role: str) -> Message:
    """Return a role in words."""
    return Message(f"security.role_{Role(role).value}")


def checked(override: Override) -> Override:
    """Return an override with its sentence trimmed.

    Raises
    ------
    InvalidDataError
        It says nothing, or too much.
    """
    words = " ".join(override.words.split())
    if not words:
        raise InvalidDataError(Message("override.no_words"))
    if len(words) > LONGEST:
        raise InvalidDataError(Message("override.too_long", {"count": len(words), "most": LONGEST}))
    return Override(override.reason, words)


def read_overrides(session: Session, version_id: str | None) -> Mapping[DutyKey, tuple[Overridden, ...]]:
    """Return the overrides of a version by duty; None has none."""
    rows = decisions.overrides_of(session, version_id) if version_id is not None else []
    found: dict[DutyKey, tuple[Overridden, ...]] = {}
    for row in rows:
        at = (row.decided_at + STATION_UTC_OFFSET).replace(tzinfo=None)
        one = Overridden(row.rule, row.reason, row.words, row.decided_by, at)
        found[row.key] = (*found.get(row.key, ()), one)
    return MappingProxyType(found) if found else NONE


def write(unit: UnitOfWork, version_id: str, key: DutyKey, rules: Collection[str], override: Override) -> None:
    """Keep that a duty breaks rules knowingly, and say so in the audit log."""
    names = ("person_id", "checkpoint_id", "pattern_id", "on_date")
    duty = dict(zip(names, key, strict=True))
    for rule in dict.fromkeys(rules):
        row = {"rule": rule, "reason": override.reason, "words": override.words}
        decided = {"decided_by": unit.actor.name, "decided_at": unit.now}
        stored = new_id()
        bulk.insert(unit, RuleOverride, [{"id": stored, "version_id": version_id, **duty, **row, **decided}])
        unit.note("rule_override", stored, {**duty, **row})


def carry(unit: UnitOfWork, old_version: str, new_version: str) -> None:
    """Copy the overrides of a version into the draft that follows it."""
    names = [name for name in decisions.OverrideRow._fields if name != "id"]
    rows = [
        {"id": new_id(), "version_id": new_version, **{name: getattr(row, name) for name in names}}
        for row in decisions.overrides_of(unit.session, old_version)
    ]
    if rows:
        bulk.insert(unit, RuleOverride, rows)
