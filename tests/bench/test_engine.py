"""The engine's bench judges every run by the checker and says median and worst."""

import json

import pytest

from patrol_desk.bench.engine import bench_engine
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.messages.render import render


def test_the_figures_are_the_checkers_and_can_be_written_down() -> None:
    """The figures are the checkers and can be written down."""
    told: list[tuple[Message, int, int]] = []
    found = bench_engine(
        ["small"], 2, moves=2_000, scale=0.2, progress=lambda what, done, total: told.append((what, done, total))
    )
    again = json.loads(json.dumps(found))
    runs = again["families"]["small"]["runs"]
    assert [run["seed"] for run in runs] == [0, 1]
    assert all(run["violations"] == 0 and run["figures_differ"] == 0 for run in runs)
    assert all(run["shortage"] >= run["shortage_bound"] and run["cost"] >= run["cost_bound"] for run in runs)
    assert all(run["better_than_greedy"] for run in runs)
    worst, middle = again["families"]["small"]["worst"], again["families"]["small"]["median"]
    assert worst["gap"] == max(run["gap"] for run in runs)
    assert worst["single_squad_share"] <= middle["single_squad_share"]
    assert [(done, total) for _, done, total in told] == [(0, 2), (1, 2)]
    assert "small" in render(told[0][0], "en")


@pytest.mark.parametrize(("families", "seeds", "words"), [(["none"], 1, "rest_11h"), (["small"], 0, "at least 1")])
def test_what_cannot_be_run_is_told(families: list[str], seeds: int, words: str) -> None:
    """What cannot be run is told."""
    with pytest.raises(InvalidDataError) as caught:
        bench_engine(families, seeds)
    assert words in render(caught.value.message, "en")
