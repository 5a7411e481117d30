"""A planned week of a small township, made once and copied for those who change it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from patrol_desk.services.planning import edits
from patrol_desk.services.planning.board import Board
from tests.helpers.boards import Desk, make_week, own_copy
from tests.helpers.cells import FRIDAY_NIGHT, MONDAY_DAY
from tests.helpers.tiny import Tiny


@pytest.fixture(scope="session")
def week_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the encrypted file."""
    path = tmp_path_factory.mktemp("week") / "week.db"
    make_week(path)
    return path


@pytest.fixture(scope="session")
def planned(week_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Board:
    """Give the planned week's board, for those who only look."""
    with own_copy(week_file, tmp_path_factory.mktemp("planned")) as station:
        return Desk.on(station).board


@pytest.fixture
def desk(week_file: Path, tmp_path: Path) -> Iterator[Desk]:
    """Give a desk on a copy of the planned week."""
    with own_copy(week_file, tmp_path) as station:
        yield Desk.on(station)


@pytest.fixture
def small(tiny: Tiny) -> Desk:
    """Give a desk on the township of five people, whose week has no plan."""
    return Desk.on(tiny.station)


@pytest.fixture
def manned(small: Desk, tiny: Tiny) -> Desk:
    """Give the five people's week with A leading and B beside on Monday, X on Friday night."""
    for code, place in (("A", MONDAY_DAY), ("B", MONDAY_DAY), ("X", FRIDAY_NIGHT)):
        small.after(edits.assign(small.station, small.actor, small.board, tiny.ids[code], *place))
    return small
