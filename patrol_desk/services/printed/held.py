"""Which version each squad was last told of."""

from collections.abc import Mapping

from patrol_desk.common.weeks import Week
from patrol_desk.storage.reads.sheet_prints import prints_of
from patrol_desk.storage.session import Session

TELLS_CHANGES, SQUAD_WEEK = "CS", "SW"
"""Letters of the kinds that tell a squad its week."""


def versions_held(session: Session, week: Week) -> Mapping[str, int]:
    """Return squad's code → number of the published version it was last told of, by its week's sheet or a slip."""
    rows = prints_of(session, [str(week)])
    return {row.subject: row.number for row in rows if row.kind in {SQUAD_WEEK, TELLS_CHANGES} and not row.draft}
