"""The rules of the township as the page of settings shows them: what is set, by whom, and how each one speaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import STATION_UTC_OFFSET, station_today
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import Account, Rule
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.rules.listing import RuleBook, rule_book
from patrol_desk.services.settings.trial import Line
from patrol_desk.services.station import Station
from patrol_desk.storage import queries
from patrol_desk.storage.reads.settings import read_stated


@dataclass(frozen=True, slots=True)
class Stamp:
    """When something was last changed, in station time, and by whom; the name is empty when nobody is known."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class RuleSheet:
    """All rules and levels, who last changed those that the township sets, and the present week."""

    book: RuleBook
    stamps: Mapping[Line, Stamp]
    week: Week


@permitted(Permission.DATA_READ)
def read_rule_sheet(station: Station, actor: Actor) -> RuleSheet:
    """Return the rules with their last changes, read in one transaction."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        today = station_today(station.clock)
        book = rule_book(read_stated(session), today)
        names = {account.id: account.display_name for account in queries.many(session, Account)}
        begun = [rule for rule in queries.many(session, Rule, ended_on=None) if (rule.since or date.min) <= today]
        stamps = {
            (rule.code, None if rule.checkpoint_kind is None else rule.checkpoint_kind.value): Stamp(
                (rule.changed_at + STATION_UTC_OFFSET).replace(tzinfo=None), names.get(rule.changed_by or "", "")
            )
            for rule in sorted(begun, key=lambda rule: rule.since or date.min)
        }
    return RuleSheet(book, stamps, Week.of(today))


_EXAMPLES: Final[Mapping[str, Message]] = {
    "insured": Message("rule.insured", {"shift": Message("settings.some_shift")}),
    "workday_eve": Message("rule.workday_eve", {"shift": Message("settings.some_shift")}),
    "leader": Message("rule.lead", {"people": 3}),
    "official": Message("rule.official", {"people": 3}),
    "novice_days": Message("rule.novice", {"novices": 2}),
    "apart": Message("rule.apart", {"other": Message("settings.somebody")}),
    "together": Message("rule.together", {"other": Message("settings.somebody")}),
}


def example_of(code: str, number: int | None) -> Message | None:
    """Return the sentence in which a rule with a number refuses somebody; None for a number that is no rule of its own.

    Parameters
    ----------
    code
        Of the rule.
    number
        Its number; the sentence is about the next one that is not allowed.
    """
    held = number or 0
    numbered = {
        "reach_m": Message("rule.reach", {"distance_km": f"{held / 1000 + 0.4:.1f}", "reach_km": f"{held / 1000:.1f}"}),
        "rest_minutes": Message("rule.rest", {"hours": f"{max(held - 120, 0) / 60:.1f}", "needed": f"{held / 60:g}"}),
        "cap_day": Message("rule.day_cap", {"duties": held + 1, "cap": held}),
        "monthly_cap": Message("rule.week_cap", {"duties": held + 1, "cap": held}),
        "consecutive_days": Message("rule.consecutive_days", {"days": held + 1, "most": held}),
        "nights_in_row": Message("rule.nights_in_row", {"nights": held + 1, "most": held}),
    }
    return numbered.get(code) or _EXAMPLES.get(code)
