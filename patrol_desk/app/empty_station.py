"""An empty encrypted station for scripts: what files are imported into, since a sample takes none."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from patrol_desk.services.station import Station

WEDNESDAY = datetime(2026, 11, 25, 6, 26, tzinfo=UTC)
"""14:26 at the station, in the sample's week: scripts show and measure the same on whatever day they run."""
PASSPHRASE = "patrol desk script 2026"


def empty_station(path: Path) -> "Station":
    """Make the file with its key file beside it and return it open; its clock stands at `WEDNESDAY`."""
    from patrol_desk.common.clock import FixedClock
    from patrol_desk.security.keys import KeySource, default_key_file
    from patrol_desk.services.station import Station

    key = KeySource(default_key_file(path), lambda: PASSPHRASE)
    return Station.create(path, key, clock=FixedClock(WEDNESDAY))
