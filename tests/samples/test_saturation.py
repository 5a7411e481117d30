"""The week of a generated township cannot be filled, by a known number of seats and from four causes."""

from pathlib import Path

import pytest

from patrol_desk.common.weeks import Week
from patrol_desk.engine.problem import Problem
from patrol_desk.models.enums import PersonStatus
from patrol_desk.samples import Sample, generate, write_sample
from patrol_desk.samples.sizes import SizeName
from patrol_desk.services.planning.problem import build_problem
from patrol_desk.services.station import Station
from patrol_desk.storage.marker import Marker
from patrol_desk.storage.reads.week import read_week
from tests.samples.flow import least_shortage


def problem_of(sample: Sample, path: Path) -> Problem:
    """Return the planning problem that the desk reads from the sample's file."""
    with Station.create(path, None, marker=Marker.SAMPLE, chief=None) as station:
        with station.write(station.system_actor(), "sample.write") as unit:
            write_sample(unit, sample)
            unit.commit()
        with station.read() as session:
            data = read_week(session, Week.of(sample.monday))
    assert {row.status for row in data.people} == {PersonStatus.ACTIVE}
    return build_problem(data)[0].problem


def _holds(sample: Sample, path: Path) -> None:
    problem = problem_of(sample, path)
    assert int(problem.demand.minimum.sum()) == sample.minimum_seats
    assert least_shortage(problem) == sample.shortage
    assert 0.015 <= sample.shortage / sample.minimum_seats <= 0.04
    assert len([cause for cause in sample.scarcities if cause.missing]) >= 3
    assert {cause.cause for cause in sample.scarcities} == {"drivers", "first_aid", "sunday_night", "remote"}
    capacity = int(problem.people.cap_week[problem.people.on_roster].sum())
    assert 0.9 <= sample.minimum_seats / capacity <= 1


@pytest.mark.parametrize("seed", range(1, 11))
def test_the_small_week_is_short_by_exactly_what_was_counted(seed: int, tmp_path: Path) -> None:
    """The small week is short by exactly what was counted."""
    _holds(generate("small", seed), tmp_path / "small.db")


@pytest.mark.long
@pytest.mark.parametrize(("size", "seed"), [*(("township", seed) for seed in range(1, 11)), ("large", 1)])
def test_larger_weeks_are_short_by_exactly_what_was_counted(size: SizeName, seed: int, tmp_path: Path) -> None:
    """Larger weeks are short by exactly what was counted."""
    _holds(generate(size, seed), tmp_path / "sample.db")
