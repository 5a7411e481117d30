"""A generated township goes into a file whole or not at all."""

from pathlib import Path

import pytest

from patrol_desk.common.errors import CancelledByUserError
from patrol_desk.common.message import Message
from patrol_desk.messages.render import LANGUAGES, render
from patrol_desk.models import Person
from patrol_desk.samples import Sample, write_sample
from patrol_desk.services.station import Station
from patrol_desk.storage import bulk
from patrol_desk.storage.marker import Marker


def test_what_was_written_is_read_back_row_by_row(small: Sample, tmp_path: Path) -> None:
    """What was written is read back row by row."""
    told: list[tuple[Message, int, int]] = []
    with Station.create(tmp_path / "s.db", None, marker=Marker.SAMPLE, chief=None) as station:
        with station.write(station.system_actor(), "sample.write") as unit:
            written = write_sample(unit, small, lambda *step: told.append(step))
            changes = unit.commit()
        with station.read() as session:
            for model, rows in small.rows.items():
                assert bulk.dicts(session, model, list(rows[0])) == rows
    assert written == sum(map(len, small.rows.values())) == told[-1][1] == told[-1][2]
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert all(changes.touches(model.__tablename__) for model in small.rows)
    assert all(render(told[0][0], language) for language in LANGUAGES)


def test_stopping_half_way_writes_nothing(small: Sample, tmp_path: Path) -> None:
    """Stopping half way writes nothing."""
    asked: list[bool] = []

    def stop_at_the_tenth() -> bool:
        asked.append(True)
        return len(asked) >= 10

    with Station.create(tmp_path / "s.db", None, marker=Marker.SAMPLE, chief=None) as station:
        with (
            pytest.raises(CancelledByUserError),
            station.write(station.system_actor(), "sample.write") as unit,
        ):
            write_sample(unit, small, cancelled=stop_at_the_tenth)
        with station.read() as session:
            assert all(not bulk.rows(session, model, ["id"]) for model in small.rows)
            assert not bulk.rows(session, Person)
