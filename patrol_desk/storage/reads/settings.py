"""What the township sets otherwise than the defaults."""

from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrol_desk.engine.settings import Override, Settings, in_force, resolve
from patrol_desk.models import CheckpointKind, Rule

KINDS = tuple(kind.value for kind in CheckpointKind)
"""The kinds of checkpoint, in the order of `Rules.kinds`."""


def read_stated(session: Session) -> list[Override]:
    """Return all that the township has set and will set, by code, kind and the week from which it holds."""
    columns = (Rule.code, Rule.checkpoint_kind, Rule.strength, Rule.number, Rule.who, Rule.since)
    rows = session.execute(
        select(*columns).where(Rule.ended_on.is_(None)).order_by(Rule.code, Rule.checkpoint_kind, Rule.since)
    )
    return [
        Override(code, _value(kind), _value(strength), number, _value(who), since)
        for code, kind, strength, number, who, since in rows
    ]


def _value(given: StrEnum | None) -> str | None:
    return None if given is None else given.value


def read_overrides(session: Session, day: date) -> list[Override]:
    """Return what the township sets for the week in which a day lies, by code and kind."""
    return in_force(read_stated(session), day)


def read_settings(session: Session, day: date) -> Settings:
    """Return the rules and weights in force on a day.

    Raises
    ------
    InvalidDataError
        A stored rule cannot be right; the message names it.
    """
    return resolve(read_overrides(session, day), KINDS)
