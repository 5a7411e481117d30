"""What the township sets otherwise than the defaults."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrol_desk.engine.settings import Override, Settings, resolve
from patrol_desk.models import CheckpointKind, Rule

KINDS = tuple(kind.value for kind in CheckpointKind)
"""The kinds of checkpoint, in the order of `Rules.kinds`."""


def read_overrides(session: Session) -> list[Override]:
    """Return what the township sets, by code and kind."""
    rows = session.execute(
        select(Rule.code, Rule.checkpoint_kind, Rule.strength, Rule.number)
        .where(Rule.ended_on.is_(None))
        .order_by(Rule.code, Rule.checkpoint_kind)
    )
    return [
        Override(code, None if kind is None else kind.value, None if strength is None else strength.value, number)
        for code, kind, strength, number in rows
    ]


def read_settings(session: Session) -> Settings:
    """Return the rules and weights in force.

    Raises
    ------
    InvalidDataError
        A stored rule cannot be right; the message names it.
    """
    return resolve(read_overrides(session), KINDS)
