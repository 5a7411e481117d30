"""Draws are the same everywhere: the numbers below were written down once."""

from collections import Counter

from patrol_desk.samples.draw import Draw
from patrol_desk.samples.place_names import numeral


def test_a_stream_is_fixed_by_seed_and_topic() -> None:
    """Another topic or seed is another stream; the same is the same for ever."""
    draw = Draw(1, "people")
    assert [draw.below(1000) for _ in range(5)] == [467, 228, 971, 639, 198]
    assert [Draw(1, "homes").below(10**9)] != [Draw(1, "people").below(10**9)] != [Draw(2, "people").below(10**9)]


def test_draws_keep_to_their_limits() -> None:
    """Nothing is drawn beside the range, and every value of a small range comes."""
    draw = Draw(3, "limits")
    assert {draw.between(2, 4) for _ in range(200)} == {2, 3, 4}
    assert {draw.below(3) for _ in range(200)} == {0, 1, 2}
    assert {draw.pick("abc") for _ in range(200)} == set("abc")
    assert not any(draw.chance(0) for _ in range(200))
    assert all(draw.chance(1000) for _ in range(200))


def test_weights_are_kept_to_and_nothing_of_weight_zero_comes() -> None:
    """An item with three times the weight comes about three times as often."""
    draw = Draw(4, "weights")
    counts = Counter(draw.weighted((("seldom", 1), ("never", 0), ("often", 3))) for _ in range(4000))
    assert set(counts) == {"seldom", "often"}
    assert 2700 < counts["often"] < 3300


def test_a_shuffle_loses_nothing_and_leaves_the_items_alone() -> None:
    """Every item comes back once, in another order."""
    items = list(range(100))
    shuffled = Draw(5, "shuffle").shuffled(items)
    assert sorted(shuffled) == items == list(range(100))
    assert shuffled != items


def test_numerals_read_as_people_write_them() -> None:
    """Squads and teams are numbered in Chinese."""
    assert [numeral(number) for number in (1, 10, 11, 20, 35, 100, 101, 110, 330)] == [
        "一", "十", "十一", "二十", "三十五", "一百", "一百零一", "一百一十", "三百三十",
    ]  # fmt: skip
