"""The desk on a small sample township, for every test of the window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.helpers.desk import Act, act_in_window, copy_station, make_station


@pytest.fixture(scope="session")
def sample_station(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the sample once: week 48 published, 49 a draft, 50 empty."""
    path = tmp_path_factory.mktemp("sample") / "station.db"
    make_station(path)
    return path


@pytest.fixture
def desk_test(qapp: QApplication, sample_station: Path, tmp_path: Path) -> Callable[[Act], None]:
    """Return what runs a test's work in the real window on a copy of the sample."""
    del qapp  # there must be one

    def start(act: Act) -> None:
        act_in_window(act, copy_station(sample_station, tmp_path), tmp_path)

    return start
