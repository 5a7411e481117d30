"""The bench of visits says what observers make of the lottery, and of what it is better than."""

import json

import pytest

from patrol_desk.bench.catalogue import run
from patrol_desk.bench.visits import bench_visits
from patrol_desk.cli.benches import BENCHES
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.messages.render import render


def test_the_lottery_reaches_the_bars_and_the_same_number_every_week_does_not() -> None:
    """At a fifth of the township's size; the figures can be written down."""
    told: list[tuple[Message, int, int]] = []
    found = bench_visits(1, scale=0.2, progress=lambda what, done, total: told.append((what, done, total)))
    again = json.loads(json.dumps(found))
    run = again["runs"][0]
    assert again["reached"]
    assert again["worst"] == {name: run["lottery"][name] for name in again["bars"]}
    assert run["lottery"]["count_error"] == run["lottery"]["weekly_total_error"] == 0
    assert run["lottery"]["entropy"] >= 0.85
    assert run["lottery"]["hit_rate"] <= 0.6 < run["same_every_week"]["hit_rate"]
    assert run["independent"]["hit_rate"] < run["lottery"]["hit_rate"] < run["lottery"]["insider"]["rate"]
    assert set(run["lottery"]["by_shift"]) == {"frequency", "gap", "markov", "logistic"}
    assert [(done, total) for _, done, total in told] == [(0, 1)]
    assert "secret 0" in render(told[0][0], "en")


def test_the_command_line_reaches_it() -> None:
    """The bench stands in the catalogue under its name; a scale left out is the township's."""
    found = run("visits", {"seeds": 1, "scale": 0.1, "progress": lambda *_args: None})
    assert found["bench"] == "visits"
    assert "visits" in BENCHES


def test_no_secret_is_no_bench() -> None:
    """What cannot be run is told."""
    with pytest.raises(InvalidDataError) as caught:
        bench_visits(0)
    assert "at least 1" in render(caught.value.message, "en")
