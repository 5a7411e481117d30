"""Dropping overrides that nothing needs any more: their duty is gone, or breaks the rule no longer."""

from collections.abc import Collection

from patrol_desk.models import RuleOverride
from patrol_desk.services.planning.board.notes import hard
from patrol_desk.services.planning.board.stand import Held, Stand
from patrol_desk.services.planning.edits.transaction import Edit
from patrol_desk.storage import bulk
from patrol_desk.storage.reads import decisions
from patrol_desk.storage.reads.board import HeldRow


def settle(edit: Edit, removed: Collection[str], fresh: Collection[HeldRow]) -> None:
    """Delete the draft's overrides of which the duty is gone or breaks the rule no longer.

    Parameters
    ----------
    edit
        The edit under way.
    removed
        Ids of the board's assignments that it took away.
    fresh
        Assignments that it added or changed.
    """
    rows = decisions.overrides_of(edit.unit.session, edit.version_id)
    if not rows:
        return
    after = edit.board.stand.patched(removed, fresh)
    duties = {item.row.key: item for item in after.held.values()}
    gone = [row.id for row in rows if row.rule not in _broken(after, duties.get(row.key))]
    if gone:
        bulk.delete(edit.unit, RuleOverride, {"id": gone})


def _broken(stand: Stand, item: Held | None) -> frozenset[str]:
    """Return the hard rules that a duty breaks; one that has no seat keeps none."""
    if item is None or item.group < 0:
        return frozenset()
    return frozenset(rule for rule, _ in hard(stand, stand.frame.problem, item.person, item.group))
