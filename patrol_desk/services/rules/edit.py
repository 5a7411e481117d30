"""One rule set or put back to its default, audited and undoable."""

from collections.abc import Sequence

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.engine.settings import Override, fault_of
from patrol_desk.models import CheckpointKind, Rule, RuleStrength
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.rules.listing import RuleBook, rule_book
from patrol_desk.services.rules.official import ensure_official
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.storage.reads.settings import KINDS, read_overrides
from patrol_desk.storage.unit_of_work import UnitOfWork


@permitted(Permission.DATA_EDIT)
def set_rule(
    station: Station,
    actor: Actor,
    code: str,
    kind: str | None = None,
    *,
    strength: str | None = None,
    number: int | None = None,
) -> Done[RuleBook]:
    """Set a rule's strength or number, or how much a level is cared about; return all rules as they are then.

    Parameters
    ----------
    station, actor
        Where and by whom.
    code
        Of the rule or level.
    kind
        The kind of checkpoint it is set for, None for the whole township.
    strength, number
        What to set; None leaves it as it is.

    Raises
    ------
    InvalidDataError
        It cannot be right; the message names place, value and what would be right. Nothing was written.
    """
    fault = fault_of(Override(code, kind, strength, number), KINDS)
    if fault is not None:
        raise InvalidDataError(fault)
    with station.write(actor, "rule.set") as unit:
        rule = _held(unit, code, kind)
        if rule is None:
            rule = Rule(code=code, checkpoint_kind=None if kind is None else CheckpointKind(kind))
            unit.session.add(rule)
        rule.ended_on = None
        if strength is not None:
            rule.strength = RuleStrength(strength)
        if number is not None:
            rule.number = number
        unit.session.flush()
        ensure_official(unit)
        return _finished(unit)


@permitted(Permission.DATA_EDIT)
def reset_rule(station: Station, actor: Actor, code: str, kind: str | None = None) -> Done[RuleBook]:
    """Put a rule back to what holds where the township says nothing; return all rules as they are then.

    Raises
    ------
    InvalidDataError
        There is no such rule, or none for that kind; nothing was written.
    """
    fault = fault_of(Override(code, kind), KINDS)
    if fault is not None:
        raise InvalidDataError(fault)
    with station.write(actor, "rule.reset") as unit:
        rule = _held(unit, code, kind)
        if rule is not None:
            rule.strength, rule.number = None, None
        return _finished(unit)


@permitted(Permission.DATA_EDIT)
def save_rules(station: Station, actor: Actor, overrides: Sequence[Override]) -> Done[RuleBook]:
    """Set several rules and levels as one step; return all rules as they are then.

    Parameters
    ----------
    station, actor
        Where and by whom.
    overrides
        Each takes the place of what the township sets for its code and kind; a strength or number of None is left to
        what holds beneath: the township's for a kind, the default for the township.

    Raises
    ------
    InvalidDataError
        One cannot be right; the message names place, value and what would be right. Nothing was written.
    """
    fault = next((found for each in overrides if (found := fault_of(each, KINDS)) is not None), None)
    if fault is not None:
        raise InvalidDataError(fault)
    with station.write(actor, "rule.save") as unit:
        for each in overrides:
            rule = _held(unit, each.code, each.kind)
            if rule is None:
                kind = None if each.kind is None else CheckpointKind(each.kind)
                rule = Rule(code=each.code, checkpoint_kind=kind)
                unit.session.add(rule)
            rule.ended_on = None
            rule.strength = None if each.strength is None else RuleStrength(each.strength)
            rule.number = each.number
        unit.session.flush()
        ensure_official(unit)
        return _finished(unit)


def _held(unit: UnitOfWork, code: str, kind: str | None) -> Rule | None:
    return queries.first(unit.session, Rule, code=code, checkpoint_kind=None if kind is None else CheckpointKind(kind))


def _finished(unit: UnitOfWork) -> Done[RuleBook]:
    unit.session.flush()
    return finish(unit, rule_book(read_overrides(unit.session)))
