"""A benchmark is found by its name and takes of the command line's options what concerns it."""

from typing import Any

from patrol_desk.bench import run

OPTIONS: dict[str, Any] = {"seeds": 1, "families": ("small",), "moves": 200, "progress": lambda *_told: None}


def test_visits_are_drawn_at_the_scale_asked_for() -> None:
    """The figures say how many checkpoints were drawn."""
    small, smaller = (run("visits", {**OPTIONS, "scale": scale}) for scale in (0.1, 0.05))
    assert small["bench"] == "visits"
    assert small != smaller


def test_weeks_have_a_scale_of_their_own_when_none_is_asked_for() -> None:
    """Twelve full weeks would take an hour."""
    found = run("weeks", {**OPTIONS, "scale": None})
    assert found["bench"] == "weeks"
    assert '"scale": 0.1' in str(found).replace("'", '"')
