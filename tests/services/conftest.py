"""The township of five people, made once and copied for every test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.services.station import Station
from tests.helpers.tiny import CLOCK, Tiny, tiny_station


@pytest.fixture(scope="session")
def tiny_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Give the township's file and the ids of its records by code."""
    made = tiny_station(tmp_path_factory.mktemp("tiny"))
    made.station.close()
    return made.station.path, made.ids


@pytest.fixture
def tiny(tiny_file: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[Tiny]:
    """Give a copy of the township of one's own."""
    path, ids = tiny_file
    own = Path(shutil.copy(path, tmp_path / path.name))
    with Station.open(own, clock=CLOCK) as station:
        yield Tiny(station, dict(ids))


@pytest.fixture
def chief(tiny: Tiny) -> Actor:
    """Give the chief of the station."""
    return tiny.station.system_actor()
