"""The benchmark of repairs: what it reports, and that its plans are kept within the rules."""

import pytest

from patrol_desk.bench.repair import RepairOptions, bench_repair
from patrol_desk.common.errors import InvalidDataError


def test_both_families_are_repaired_within_the_rules() -> None:
    """Every drop-out is counted; the new plan breaks nothing and keeps most."""
    found = bench_repair(options=RepairOptions(moves=2000, scale=0.03, drop_outs=20))
    rows = found["runs"]
    assert isinstance(rows, list)
    assert found["faults"] == []
    assert [row["family"] for row in rows] == ["slack", "saturated"]
    for row in rows:
        drops, after = row["drop_outs"], row["replan"]
        assert drops["count"] == 20 == sum(drops["changes"].values()) + drops["unfilled"]
        assert drops["one_change_done"] == drops["one_change_possible"] <= sum(drops["changes"].values())
        assert drops["one_change_disputed"] == 0
        assert 0 < drops["median_ms"] <= drops["p95_ms"] <= drops["worst_ms"]
        assert row["shortage_bound"] <= after["shortage"] <= row["shortage_unrepaired"]
        assert after["posts_kept"] <= after["shifts_kept"] <= 1
        assert after["posts_kept"] > row["least_change"]["posts_kept"] - 0.1


def test_what_there_is_not_is_said() -> None:
    """A family nobody knows, and no seed."""
    with pytest.raises(InvalidDataError):
        bench_repair(("nowhere",))
    with pytest.raises(InvalidDataError):
        bench_repair(("slack",), 0)
