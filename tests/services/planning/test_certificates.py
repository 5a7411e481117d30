"""What is kept of a run's proof: prices for whoever has the same demand, wages for whoever has the same people too."""

import gzip
import json

import numpy as np

from patrol_desk.engine.plan import Certificate
from patrol_desk.services.planning.certificates import pack, unpack

PRICES = np.array([1, 0, 2], dtype=np.int32)
WAGES = np.array([[5, -3], [0, 7]], dtype=np.int32)


def test_wages_come_back_for_the_same_people_only() -> None:
    """Prices hold for the same demand, wages for the same people in the same order."""
    kept = pack(Certificate(PRICES, PRICES * 10, WAGES), "abc", ["p", "q"])
    whole = unpack(kept, "abc", ["p", "q"])
    assert whole is not None
    assert (whole.wages.tolist(), whole.cost_prices.tolist()) == (WAGES.tolist(), [10, 0, 20])
    for people in ([], ["q", "p"], ["p"]):
        bare = unpack(kept, "abc", people)
        assert bare is not None
        assert (bare.wages.shape, bare.shortage_prices.tolist()) == ((0, 0), [1, 0, 2])
    assert unpack(kept, "other", ["p", "q"]) is None
    assert unpack(None, "abc") is None


def test_what_was_kept_before_there_were_wages_still_proves() -> None:
    """An older certificate holds prices alone."""
    old = {"demand": "abc", "shortage_prices": [1], "cost_prices": [2]}
    found = unpack(gzip.compress(json.dumps(old).encode()), "abc", ["p"])
    assert found is not None
    assert (found.cost_prices.tolist(), found.wages.shape) == ([2], (0, 0))
