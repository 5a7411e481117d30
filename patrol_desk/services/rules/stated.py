"""What the township has stated about a rule, as records: one for each week from which it says something else."""

from datetime import date

from patrol_desk.models import CheckpointKind, Rule
from patrol_desk.storage import queries
from patrol_desk.storage.unit_of_work import UnitOfWork


def stated(unit: UnitOfWork, code: str, kind: str | None) -> list[Rule]:
    """Return the records of a rule that are not retired."""
    return [row for row in _all(unit, code, kind) if row.ended_on is None]


def written_from(unit: UnitOfWork, code: str, kind: str | None, since: date) -> Rule:
    """Return the record in which a rule is written from a week on; a new one says at first what holds there already.

    Parameters
    ----------
    unit
        The transaction.
    code, kind
        Of the rule, and of the checkpoints, None for all.
    since
        Monday of the week.
    """
    rows = _all(unit, code, kind)
    exact = next((row for row in rows if row.since == since), None)
    if exact is not None and exact.ended_on is None:
        return exact
    if exact is None:
        exact = Rule(code=code, checkpoint_kind=_kind(kind), since=since)
        unit.session.add(exact)
    earlier = [row for row in rows if row.ended_on is None and (row.since or date.min) < since]
    before = max(earlier, key=lambda row: row.since or date.min, default=None)
    exact.ended_on = None
    exact.strength, exact.number, exact.who = (
        (None, None, None) if before is None else (before.strength, before.number, before.who)
    )
    return exact


def _all(unit: UnitOfWork, code: str, kind: str | None) -> list[Rule]:
    return queries.many(unit.session, Rule, code=code, checkpoint_kind=_kind(kind))


def _kind(kind: str | None) -> CheckpointKind | None:
    return None if kind is None else CheckpointKind(kind)
