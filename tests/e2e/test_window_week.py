"""The whole way in the window: files in, week planned, put right, published, printed; read again from file and PDF."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from patrol_desk.app.job import PRINTED, weekly_job
from patrol_desk.app.watchdog import Watchdog
from patrol_desk.common.clock import FixedClock
from patrol_desk.models import AssignmentSource, Person, Squad, VersionState
from patrol_desk.samples import generate, write_sample
from patrol_desk.services.exporting import export_folder
from patrol_desk.services.station import Station
from patrol_desk.storage import bulk
from patrol_desk.storage.marker import Marker
from patrol_desk.storage.reads import planning
from patrol_desk.storage.reads.rows import SeatRow
from tests.helpers.desk import MONDAY, NOON, WEEK, DeskTest, act_in_window
from tests.helpers.stations import key_source

STEPS = {
    "import files", "import preview", "import", "plan", "accept", "next gap", "fill", "remove", "lock", "undo", "redo",
    "publish", "print",
}  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Return a folder with the CSV files of a small sample township."""
    path = tmp_path / "sample" / "station.db"
    path.parent.mkdir()
    with Station.create(path, key_source(path), chief=None, clock=FixedClock(NOON)) as station:
        actor = station.system_actor()
        with station.write(actor, "sample") as unit:
            write_sample(unit, generate("small", 1, MONDAY))
            unit.commit()
        export_folder(station, actor, tmp_path / "files")
    return tmp_path / "files"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return an empty, encrypted station of one's own."""
    path = tmp_path / "own" / "station.db"
    path.parent.mkdir()
    with Station.create(path, key_source(path), chief=None, clock=FixedClock(NOON)) as station:
        assert station.marker is Marker.STATION
    return path


def week_of(path: Path) -> tuple[VersionState, list[SeatRow]]:
    """Return state and duties of the week's only version, from the file itself."""
    with Station.open(path, key_source(path), clock=FixedClock(NOON)) as station, station.read() as session:
        (version,) = planning.versions_of(session, str(WEEK))
        return version.state, list(planning.assignments_of(session, version.id))


def names_of(path: Path, kind: type[Person] | type[Squad]) -> list[str]:
    """Return the names of people or squads that are not retired, from the file itself."""
    with Station.open(path, key_source(path), clock=FixedClock(NOON)) as station, station.read() as session:
        return [name for name, ended in bulk.rows(session, kind, ["name", "ended_on"]) if ended is None]


def pages_of(pdf: Path) -> list[str]:
    """Return the text of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_from_files_to_a_printed_week_in_the_window(qapp: QApplication, tmp_path: Path, files: Path, own: Path) -> None:
    """An empty station takes a township in, plans its week, has it put right, publishes and prints it."""
    del qapp
    seconds: dict[str, float] = {}

    async def act(test: DeskTest) -> None:
        with Watchdog() as dog:
            seconds.update(await weekly_job(test, dog, tmp_path, files))
        assert dog.during == ""

    act_in_window(act, own, tmp_path)
    assert seconds.keys() >= STEPS
    state, duties = week_of(own)
    assert state is VersionState.PUBLISHED
    assert len(duties) > 300
    assert sum(duty.locked for duty in duties) >= 1
    assert sum(duty.source is AssignmentSource.HAND for duty in duties) >= 1
    pages = pages_of(tmp_path / PRINTED)
    squads = names_of(own, Squad)
    assert len(squads) == 24
    assert all(any(squad in page for page in pages) for squad in squads)
    people = names_of(own, Person)
    printed = sum(any(name in page for page in pages) for name in people)
    assert printed > len(people) * 0.9
    assert all("第 1 版" in page or "v1" in page for page in pages)
