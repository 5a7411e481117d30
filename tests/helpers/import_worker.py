"""A second process that imports a folder and says how far it is: ``-m tests.helpers.import_worker DB FOLDER``."""

import sys
from pathlib import Path

from patrol_desk.common.message import Message
from patrol_desk.services.importing import import_folder
from patrol_desk.services.station import Station
from tests.helpers.sync_data import CLOCK


def _say(what: Message, done: int, total: int) -> None:
    sys.stdout.write(f"{what.code} {done} {total}\n")
    sys.stdout.flush()


def main() -> None:
    """Import."""
    with Station.open(Path(sys.argv[1]), clock=CLOCK) as station:
        import_folder(station, station.system_actor(), Path(sys.argv[2]), progress=_say)
    sys.stdout.write("done\n")


if __name__ == "__main__":
    main()
