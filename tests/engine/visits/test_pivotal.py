"""The local pivotal method: exact totals, probabilities kept, neighbours apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.engine.visits import Lots, pivotal
from patrol_desk.messages.render import render

SECRET = bytes(range(32))


@given(st.lists(st.floats(0, 1), max_size=40), st.floats(0, 1), st.integers(0, 10**6))
def test_the_number_drawn_is_the_sum_rounded_up_or_down(chances: list[float], nearby: float, number: int) -> None:
    """Cells that are sure are drawn, cells that cannot be are not."""
    p = np.array(chances, dtype=np.float64)
    where = np.random.default_rng(number).integers(0, 5, (len(p), 2)).astype(np.float64)
    drawn = pivotal(p, where, Lots(SECRET, "test", number), nearby)
    assert np.floor(p.sum() - 1e-6) <= drawn.sum() <= np.ceil(p.sum() + 1e-6)
    assert drawn[p == 1].all()
    assert not drawn[p == 0].any()


@pytest.mark.parametrize("nearby", [0.0, 0.5, 1.0])
def test_each_cell_is_drawn_as_often_as_it_should(nearby: float) -> None:
    """Over 4,000 draws each cell's share lies within four standard errors of its probability."""
    p = np.array([0.05, 0.1, 0.2, 0.35, 0.5, 0.5, 0.6, 0.7])
    where = np.arange(8.0)[:, None]
    draws = 4_000
    count = np.zeros(8)
    for number in range(draws):
        count += pivotal(p, where, Lots(SECRET, "test", number), nearby)
    error = np.sqrt(p * (1 - p) / draws)
    assert (np.abs(count / draws - p) < 4 * error).all()


def test_neighbours_are_seldom_drawn_together() -> None:
    """Meeting the nearest spreads the draw; meeting anyone does not."""
    p, where = np.full(20, 0.2), np.arange(20.0)[:, None]

    def touching(nearby: float) -> int:
        total = 0
        for number in range(300):
            at = np.flatnonzero(pivotal(p, where, Lots(SECRET, "test", number), nearby))
            total += int((np.diff(at) == 1).sum())
        return total

    assert touching(1.0) * 3 < touching(0.0)


def test_the_nearest_is_looked_for_in_other_groups() -> None:
    """Two tokens a place: the nearest gives each place one, the nearest elsewhere lets one have two."""
    p, where, group = np.full(4, 0.5), np.array([[0.0], [0.0], [9.0], [9.0]]), np.array([0, 0, 1, 1])

    def first_place(groups: NDArray[np.int64] | None) -> set[int]:
        drawn = (pivotal(p, where, Lots(SECRET, "test", number), 1.0, groups) for number in range(200))
        return {int(cells[:2].sum()) for cells in drawn}

    assert first_place(None) == {1}
    assert first_place(group) == {0, 1, 2}


def test_lots_are_the_secrets_and_nothing_else() -> None:
    """The same secret, use and number repeat a stream; any other gives another one."""

    def start(secret: bytes, use: str, number: int) -> list[float]:
        lots = Lots(secret, use, number)
        return [lots.uniform() for _ in range(5_000)]

    first = start(SECRET, "visits", 3)
    assert start(SECRET, "visits", 3) == first
    assert len(set(first)) == 5_000
    others = [start(SECRET[::-1], "visits", 3), start(SECRET, "other", 3), start(SECRET, "visits", 4)]
    assert all(not set(other) & set(first) for other in others)
    assert np.mean(first) == pytest.approx(0.5, abs=0.02)
    assert {Lots(SECRET, "visits", number).below(3) for number in range(30)} == {0, 1, 2}


def test_a_secret_that_could_be_tried_out_is_refused() -> None:
    """Less than 32 bytes is told, without the bytes."""
    with pytest.raises(InvalidDataError) as caught:
        Lots(b"secret", "visits", 0)
    said = render(caught.value.message, "en")
    assert "6 bytes" in said
    assert "at least 32" in said
    assert "secret" not in said.replace("The secret", "")
