"""Power fails during an import: the file is as before it or as after it, and whole."""

import subprocess
import sys
from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.models import Person, Role
from patrol_desk.services.importing import import_folder
from patrol_desk.services.station import Station
from patrol_desk.storage import backup, bulk
from tests.helpers.stations import chain_of
from tests.helpers.sync_data import CLOCK, small, write_folder

ROOT = Path(__file__).resolve().parents[2]
CLERK = Actor(None, "内勤", Role.CLERK)
PEOPLE = 150


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of a township large enough to be in the middle of something."""
    return write_folder(tmp_path_factory.mktemp("crash") / "来件", small(PEOPLE))


def kill_at(path: Path, folder: Path, moment: str, times: int) -> None:
    """Run an import in a process of its own and kill it when it has said the moment so many times."""
    process = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", "tests.helpers.import_worker", str(path), str(folder)],
        stdout=subprocess.PIPE, cwd=ROOT, encoding="utf-8",
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        said = 0
        for line in process.stdout:
            said += line.startswith(moment)
            if said == times:
                break
        process.kill()
    assert said == times


@pytest.mark.parametrize(
    ("moment", "times"),
    [("import.reading", 12), ("import.backing_up", 1), ("import.writing", 9), ("import.writing", 22)],
)
def test_a_kill_leaves_all_or_nothing(tmp_path: Path, folder: Path, moment: str, times: int) -> None:
    """Whenever it comes, everybody is there or nobody, the log holds, and the next import finishes the work."""
    path = tmp_path / "站.db"
    Station.create(path, None, clock=CLOCK).close()
    kill_at(path, folder, moment, times)
    assert backup.faults(path, None) == []
    with Station.open(path, clock=CLOCK) as station:
        with station.read() as session:
            people = len(bulk.rows(session, Person, ["id"]))
        assert people in {0, PEOPLE}
        assert chain_of(station.database).whole
        report = import_folder(station, CLERK, folder)
        assert sum(table.rejected for table in report.tables) == 0
        assert import_folder(station, CLERK, folder).run_id is None
