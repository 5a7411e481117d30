"""An empty station, and a small township's files beside it."""

from pathlib import Path

import pytest

from patrol_desk.services.station import Station
from tests.helpers.sync_data import CLOCK, Tables, small, write_folder


@pytest.fixture
def station(tmp_path: Path) -> Station:
    """An empty plain station."""
    return Station.create(tmp_path / "站.db", None, clock=CLOCK)


@pytest.fixture(scope="package")
def tables() -> Tables:
    """A small township's files."""
    return small(40)


@pytest.fixture
def folder(tmp_path: Path, tables: Tables) -> Path:
    """They in a folder."""
    return write_folder(tmp_path / "来件", tables)
