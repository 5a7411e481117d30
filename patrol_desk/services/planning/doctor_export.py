"""The doctor's findings as a file: what the page shows of a week, row by row."""

from collections.abc import Sequence
from pathlib import Path

from patrol_desk.common.actor import Actor
from patrol_desk.common.weeks import Week
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.sync.text import mark
from patrol_desk.sync.writing.files import write_csv


@permitted(Permission.DATA_EXPORT)
def export_findings(
    station: Station, actor: Actor, week: Week, headings: Sequence[str], rows: Sequence[Sequence[str]], path: Path
) -> Done[int]:
    """Write findings of a week as CSV, note in the audit log that they left the program, and return how many rows.

    Raises
    ------
    FileNotWrittenError
        The file could not be written; what stood there before still does, and nothing is noted.
    """
    safe = [[mark(cell) for cell in row] for row in rows]
    written = write_csv(path, headings, safe)
    with station.write(actor, "export.findings") as unit:
        unit.note("", None, {"week": str(week), "rows": written.rows, "files": 1})
        return finish(unit, written.rows)
