"""Rules set from a week on, put back to their default or withdrawn before they hold, audited and undoable."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import Clock, station_today
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.engine.settings import Override, fault_of, monday_of
from patrol_desk.models import OverrideBy, RuleStrength
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.rules.listing import RuleBook, rule_book
from patrol_desk.services.rules.official import ensure_official
from patrol_desk.services.rules.stated import stated, written_from
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage.reads.settings import KINDS, read_stated
from patrol_desk.storage.unit_of_work import UnitOfWork


@permitted(Permission.DATA_EDIT)
def set_rule(station: Station, actor: Actor, wanted: Override) -> Done[RuleBook]:
    """Set strength, number or who may override a rule, or how much a level is cared about; return all rules then.

    Parameters
    ----------
    station, actor
        Where and by whom.
    wanted
        What to set; None leaves what holds. It holds from its week on; None is the present week.

    Raises
    ------
    InvalidDataError
        It cannot be right; the message names place, value and what would be right. Nothing was written.
    """
    _refuse([wanted])
    with station.write(actor, "rule.set") as unit:
        rule = written_from(unit, wanted.code, wanted.kind, wanted.since or this_monday(station.clock))
        if wanted.strength is not None:
            rule.strength = RuleStrength(wanted.strength)
        if wanted.number is not None:
            rule.number = wanted.number
        if wanted.who is not None:
            rule.who = OverrideBy(wanted.who)
        unit.session.flush()
        ensure_official(unit)
        return _finished(unit, station)


@permitted(Permission.DATA_EDIT)
def reset_rule(
    station: Station, actor: Actor, code: str, kind: str | None = None, since: date | None = None
) -> Done[RuleBook]:
    """Put a rule back, from a week on, to what holds where the township says nothing; return all rules then.

    Parameters
    ----------
    station, actor, code, kind
        Where, by whom, and what.
    since
        Monday of the first week in which that holds; None for the present week.

    Raises
    ------
    InvalidDataError
        There is no such rule, or none for that kind, or the day is no Monday; nothing was written.
    """
    _refuse([Override(code, kind, since=since)])
    with station.write(actor, "rule.reset") as unit:
        start = since or this_monday(station.clock)
        if any(row.since is None or row.since <= start for row in stated(unit, code, kind)):
            rule = written_from(unit, code, kind, start)
            rule.strength = rule.number = rule.who = None
        return _finished(unit, station)


@permitted(Permission.DATA_EDIT)
def save_rules(
    station: Station, actor: Actor, overrides: Sequence[Override], since: date | None = None
) -> Done[RuleBook]:
    """Set several rules and levels from a week on as one step; return all rules as they are then.

    Parameters
    ----------
    station, actor
        Where and by whom.
    overrides
        Each takes the place of what the township sets for its code and kind; what is None is left to what holds
        beneath: the township's for a kind, the default for the township.
    since
        Monday of the first week in which they hold; None for the present week. Weeks before keep what they have.

    Raises
    ------
    InvalidDataError
        One cannot be right; the message names place, value and what would be right. Nothing was written.
    """
    dated = [replace(each, since=since or this_monday(station.clock)) for each in overrides]
    _refuse(dated)
    with station.write(actor, "rule.save") as unit:
        for each in dated:
            assert each.since is not None
            rule = written_from(unit, each.code, each.kind, each.since)
            rule.strength = None if each.strength is None else RuleStrength(each.strength)
            rule.number = each.number
            rule.who = None if each.who is None else OverrideBy(each.who)
        unit.session.flush()
        ensure_official(unit)
        return _finished(unit, station)


@permitted(Permission.DATA_EDIT)
def withdraw_rule(station: Station, actor: Actor, code: str, kind: str | None, since: date) -> Done[RuleBook]:
    """Take back a change that is still to come; return all rules as they are then.

    Raises
    ------
    InvalidDataError
        Nothing of that rule is to come from that day on; the message says so. Nothing was written.
    """
    with station.write(actor, "rule.withdraw") as unit:
        found = [row for row in stated(unit, code, kind) if row.since == since]
        if not found or since <= station_today(station.clock):
            raise InvalidDataError(Message("settings.not_to_come", {"place": code, "value": since.isoformat()}))
        found[0].ended_on = station_today(station.clock)
        return _finished(unit, station)


def this_monday(clock: Clock) -> date:
    """Return the first day of the station's present week."""
    return monday_of(station_today(clock))


def _refuse(overrides: Sequence[Override]) -> None:
    fault = next((found for each in overrides if (found := fault_of(each, KINDS)) is not None), None)
    if fault is not None:
        raise InvalidDataError(fault)


def _finished(unit: UnitOfWork, station: Station) -> Done[RuleBook]:
    unit.session.flush()
    return finish(unit, rule_book(read_stated(unit.session), station_today(station.clock)))
