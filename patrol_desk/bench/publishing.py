"""The engine's bench as the command line asks for it: run, then written down where documents want it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from patrol_desk.bench.document import fill_section
from patrol_desk.bench.engine import bench_engine
from patrol_desk.bench.history import history_text, keep_in_history
from patrol_desk.bench.jobs import GROWTH_SIZES, PEERS, EngineOptions
from patrol_desk.bench.tables import engine_text
from patrol_desk.common.clock import Clock, SystemClock
from patrol_desk.common.message import Message

HISTORY = "history"
"""The folder beside the document."""


def run_and_publish(options: Mapping[str, Any], clock: Clock | None = None) -> dict[str, object]:
    """Run the engine's bench and write its tables and its history, where a document is named.

    Parameters
    ----------
    options
        Those of `EngineOptions` under their names, None for the default; ``rows``, the file of kept rows, or None for a
        new one; ``docs``, the document, or None; ``minutes``, ``progress``, ``cancelled`` as for `bench_engine`.
    clock
        Tells the day of the history.
    """
    told = clock or SystemClock()
    rows = options["rows"] or new_rows_file(told)
    options["progress"](Message("bench.engine_rows", {"file": str(rows)}), 0, 0)
    found = bench_engine(
        engine_options(options),
        rows,
        minutes=options["minutes"],
        progress=options["progress"],
        cancelled=options["cancelled"],
    )
    if options["docs"] is not None:
        publish(options["docs"], found, told)
    return found


def engine_options(options: Mapping[str, Any]) -> EngineOptions:
    """Return the bench's options from those of the command line."""
    given = {name: options[name] for name in ("families", "seeds", "seeds_of", "moves", "time_limit", "jobs")}
    peers = PEERS if options["peers"] is None else options["peers"]
    growth = GROWTH_SIZES if options["growth"] is None else options["growth"]
    scale = 1.0 if options["scale"] is None else options["scale"]
    return EngineOptions(**given, scale=scale, peers=peers, growth=growth, peer_seconds=options["peer_seconds"])


def publish(document: Path, found: Mapping[str, Any], clock: Clock) -> None:
    """Add a report to the history beside a document, and fill the document's two sections."""
    folder = document.parent / HISTORY
    fill_section(document, "engine", engine_text(found))
    keep_in_history(folder, clock.now().date(), found)
    fill_section(document, "engine-history", history_text(folder))


def new_rows_file(clock: Clock) -> Path:
    """Return where the rows of a new run go: the user's cache."""
    stamp = clock.now().strftime("%Y%m%d-%H%M%S")
    return user_cache_path("patrol-desk", appauthor=False) / "bench" / f"engine-{stamp}.jsonl"
