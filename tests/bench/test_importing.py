"""The import's figures are those of a real import."""

from patrol_desk.bench.importing import PEER, bench_import
from patrol_desk.common.message import Message
from patrol_desk.messages import LANGUAGES, render


def test_a_small_township_is_measured() -> None:
    """Everything goes in once, nothing the second time, and the peer reads the same rows."""
    told: list[Message] = []
    figures = bench_import(size="small", progress=lambda what, _done, _total: told.append(what))
    rows = figures["rows"]
    assert figures["full_added"] == figures["noop_same"] == rows
    assert figures["noop_added"] == figures["full_rejected"] == figures["noop_rejected"] == 0
    assert figures["peer"] == PEER
    for name in ("full_seconds", "noop_seconds", "peer_seconds", "full_peak_mb", "ratio"):
        value = figures[name]
        assert isinstance(value, float)
        assert value > 0
    assert all(render(what, language) for what in told for language in LANGUAGES)
