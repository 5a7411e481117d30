"""A folder as a station's desk has it, and a database in it, plain and encrypted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from patrol_desk.storage.database import Database
from tests.helpers.stations import KEY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a Chinese name and a blank in it."""
    made = tmp_path / "东坑镇 派出所"
    made.mkdir()
    return made


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> bytes | None:
    """Return no key, then a key."""
    found: bytes | None = request.param
    return found


@pytest.fixture
def database(folder: Path, key: bytes | None) -> Iterator[Database]:
    """Return an open, empty database."""
    with Database.create(folder / "巡防.pdesk", key=key) as made:
        yield made
