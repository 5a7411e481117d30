"""A list of people from a file, as text that can be looked at and corrected before anything is written."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station
from patrol_desk.sync.reading.folder import Folder

MOST_LINES: Final = 1000
"""Lines of the largest list: a squad is not a township."""


@permitted(Permission.DATA_EDIT)
def read_list_file(station: Station, actor: Actor, path: Path) -> str:
    """Return the first filled sheet of a file, cells parted by tabs.

    Raises
    ------
    InvalidDataError
        The file cannot be read, is empty, or has more lines than a list of one organisation.
    """
    del station, actor  # the permission is all that depends on who asks
    folder = Folder()
    try:
        for source in folder.sources(path):
            rows = [_line(cells) for _, cells in islice(source.rows(), MOST_LINES + 1)]
            filled = [row for row in rows if row.strip()]
            if len(rows) > MOST_LINES:
                raise InvalidDataError(Message("people.enrol_long", {"most": MOST_LINES}))
            if filled:
                return "\n".join(filled)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InvalidDataError(Message("import.file_unreadable", {"file": path.name, "why": why})) from error
    finally:
        folder.close()
    raise InvalidDataError(Message("people.enrol_empty_file", {"file": path.name}))


def _line(cells: Sequence[str]) -> str:
    return "\t".join(" ".join(cell.split()) for cell in cells)
