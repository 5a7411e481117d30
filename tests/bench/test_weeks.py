"""The bench of weeks measures how evenly hard duty falls among equals."""

import json

import numpy as np
import pytest

from patrol_desk.bench.catalogue import run
from patrol_desk.bench.weeks import WeeksOptions, bench_weeks
from patrol_desk.cli.benches import BENCHES
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.engine.weights import Weights
from patrol_desk.messages.render import render


def test_weeks_are_planned_one_upon_the_other() -> None:
    """A small township for three weeks: all rules kept, figures that can be written down, some equals found."""
    told: list[Message] = []
    options = WeeksOptions(weeks=3, moves=4_000, scale=0.3)
    found = bench_weeks(["small"], 1, options, lambda what, _done, _total: told.append(what))
    again = json.loads(json.dumps(found))
    row = again["families"]["small"][0]
    assert row["violations"] == 0
    assert len(row["shortage"]) == len(row["gap_rest"]) == 3
    assert row["equals"] > 50
    assert row["spread"]["night"]["cohorts"] > 3
    assert again["worst"] == max(spread["max"] for spread in row["spread"].values())
    assert again["reached"] == (again["worst"] <= 1)
    assert [render(what, "en") for what in told] == [f'Week {week} of "small"' for week in (1, 2, 3)]


def test_what_is_carried_over_makes_duty_even() -> None:
    """Without load and queue the spread over the same weeks is larger: the figure sees the difference."""

    def mean_within(weights: Weights) -> float:
        options = WeeksOptions(weeks=6, moves=6_000, scale=0.5, weights=weights)
        found = json.loads(json.dumps(bench_weeks(["small"], 1, options)))
        return float(np.mean([spread["within_bar"] for spread in found["families"]["small"][0]["spread"].values()]))

    assert mean_within(Weights(load_class=(0, 0, 0, 0), load=0, queue=0)) + 0.1 < mean_within(Weights())


def test_the_command_line_reaches_it() -> None:
    """The bench stands in the catalogue under its name and takes family, seeds, moves and scale."""
    options = {"families": ("small",), "seeds": 1, "moves": 200, "scale": 0.1, "progress": lambda *_args: None}
    found = run("weeks", options)
    assert found["options"] == {"seeds": 1, "weeks": 12, "moves": 200, "scale": 0.1}
    assert "weeks" in BENCHES


@pytest.mark.parametrize(("families", "seeds", "words"), [(["none"], 1, "rest_11h"), (["small"], 0, "at least 1")])
def test_what_cannot_be_run_is_told(families: list[str], seeds: int, words: str) -> None:
    """What cannot be run is told."""
    with pytest.raises(InvalidDataError) as caught:
        bench_weeks(families, seeds)
    assert words in render(caught.value.message, "en")
