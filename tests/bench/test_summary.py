"""Median, worst, bars, faults and growth, from rows as they are kept."""

import pytest

from patrol_desk.bench.settings import BARS, LIMITS, Bar
from patrol_desk.bench.summary import faults, judgements, slope, summaries
from patrol_desk.samples.problems import FAMILIES

Row = dict[str, object]


def solver(seed: int, **figures: object) -> Row:
    """Return a row of the engine on `saturated`."""
    known = {
        "gap": 0.01,
        "cost": 900,
        "tier_points": 8,
        "single_squad_share": 0.98,
        "violations": 0,
        "figures_differ": 0,
    }
    return {
        "key": f"solver/{seed}", "kind": "solver", "family": "saturated", "seed": seed, "scale": 1.0, "limit": 15.0,
        **known, **figures,
    }  # fmt: skip


def instance(seed: int, **figures: object) -> Row:
    """Return a row of the greedies on the same instance."""
    known = {"greedy_cost": 1000, "greedy_tier_points": 10, "greedy_violations": 0, "plain_greedy_cost": 1200}
    return {
        "key": f"instance/{seed}", "kind": "instance", "family": "saturated", "seed": seed, "scale": 1.0, "limit": None,
        **known, **figures,
    }  # fmt: skip


def test_median_and_worst_know_which_way_is_better() -> None:
    """The worst share is the smallest, the worst gap the largest."""
    (found,) = summaries([solver(0, gap=0.01), solver(1, gap=0.03, single_squad_share=0.9), solver(2, gap=0.02)])
    assert (found.family, found.limit, found.seeds) == ("saturated", 15.0, 3)
    assert (found.median["gap"], found.worst["gap"]) == (0.02, 0.03)
    assert (found.median["single_squad_share"], found.worst["single_squad_share"]) == (0.98, 0.9)


def test_peers_are_held_against_the_same_instance() -> None:
    """Cost over each peer's; a peer without a plan, or whose plan breaks a rule, is left out."""
    peer = {"family": "saturated", "seed": 0, "scale": 1.0, "key": "p", "limit": 60.0}
    rows = [
        instance(0), solver(0), {**peer, "kind": "cpsat", "cost": 1800, "violations": 0},
        {**peer, "kind": "timefold", "cost": 10, "violations": 2}, instance(1, greedy_cost=1), solver(1, cost=950),
    ]  # fmt: skip
    (found,) = summaries(rows)
    assert found.worst["cost_over_greedy"] == 950
    assert found.median["cost_over_cpsat"] == 0.5
    assert found.median["cost_over_plain_greedy"] == pytest.approx((0.75 + 950 / 1200) / 2, abs=1e-4)
    assert "cost_over_timefold" not in found.median
    assert found.median["tier_over_greedy"] == 0.8


def test_a_bar_says_whether_all_or_the_median_reach_it() -> None:
    """Three verdicts: every seed, the median, neither."""
    (found,) = summaries([solver(0), solver(1, gap=0.02), solver(2, gap=0.012)])
    verdicts = {judged.bar.figure: judged.verdict for judged in judgements([found])}
    assert verdicts["gap"] == "median"
    assert verdicts["violations"] == "reached"
    (bad,) = summaries([solver(0, single_squad_share=0.5)])
    assert {judged.verdict for judged in judgements([bad]) if judged.bar.figure == "single_squad_share"} == {
        "not reached"
    }


def test_bars_concern_families_and_limits_that_there_are() -> None:
    """A bar for a family or limit that is never run would never be held."""
    for bar in BARS:
        assert (bar.most is None) != (bar.least is None)
        assert set(bar.families) <= set(FAMILIES)
        for name in bar.families:
            assert bar.limit is None or bar.limit in LIMITS[name]
    assert set(LIMITS) <= set(FAMILIES)
    assert not Bar("gap", most=1, families=("large",), limit=30).concerns("large", 60.0)


@pytest.mark.parametrize(
    ("row", "bad"),
    [
        (solver(0), False),
        (solver(0, violations=1), True),
        (solver(0, figures_differ=1), True),
        (solver(0, free_candidates=1), True),
        (solver(0, failed="exit code 1"), True),
        (instance(0, plain_greedy_violations=1), True),
        ({**solver(0, violations=3), "kind": "timefold"}, False),
        ({**solver(0, failed="hung"), "kind": "cpsat"}, False),
    ],
)
def test_our_own_faults_are_named(row: Row, *, bad: bool) -> None:
    """A broken rule, a figure in dispute, a lost run: each is a fault; a foreign peer's are its own."""
    assert faults([row]) == ([row["key"]] if bad else [])


def test_growth_is_the_exponent() -> None:
    """Values that grow with the square have exponent 2; one point has none."""
    assert slope([1, 2, 4], [3, 12, 48]) == pytest.approx(2)
    assert slope([1, 2, 4], [0, 12, 48]) == pytest.approx(2)
    assert slope([1], [3]) is None
    assert slope([2, 2], [3, 4]) is None
