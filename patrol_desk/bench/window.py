"""How fast the window starts and answers on a township, beside a bare Qt window in the same run."""

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from patrol_desk.common.clock import Clock, FixedClock
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Progress
from patrol_desk.services.exporting import export_folder
from patrol_desk.services.starting import make_sample
from patrol_desk.services.station import Station
from patrol_desk.ui.pages.start.sample import filler, plan

if TYPE_CHECKING:
    from patrol_desk.samples.sizes import SizeName

WEDNESDAY = datetime(2026, 11, 25, 6, 26, tzinfo=UTC)

STARTS = 5
BARS = {
    "start_s": 1.0,
    "page_switch_ms": 100,
    "find_keystroke_ms": 50,
    "filter_keystroke_p95_ms": 30,
    "switch_growth_mb": 10,
    "roster_repaint_p95_ms": 20,
    "map_pan_p95_ms": 30,
    "map_shift_p95_ms": 30,
    "longest_pause_ms": 100,
    "peak_mb": 400,
}
"""What each figure may be at most."""


def bench_window(size: "SizeName", progress: Progress) -> dict[str, object]:
    """Measure the window and return the figures.

    Parameters
    ----------
    size
        Of the sample township.
    progress
        Told of each step.

    Returns
    -------
    dict
        ``start_s``: seconds from starting the process to a painted first page that has answered a key, median of
        five; ``bare_s``: the same for a bare Qt table; ``ratio``; ``page_switch_ms`` per page; ``find_keystroke_ms``,
        ``filter_keystroke_ms``, ``roster_repaint_ms``, ``map_pan_ms``, ``map_shift_ms``: count, median, p95, worst;
        ``switch_growth_mb``: how much larger the program was after 1,000 page switches;
        ``job_s``: seconds of import, plan, edit, publish, print;
        ``longest_pause_ms`` and ``stalls`` of the window's thread during the job; ``peak_mb``; ``bars``; ``over``: the
        figures that miss their bar.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample-township.db"
        exported = Path(folder) / "files"
        progress(Message("bench.sample"), 0, 0)
        _make(path, size)
        _export(Path(folder) / "exported.db", size, exported)
        progress(Message("bench.starts"), 0, 0)
        starts = [_start("start", path) for _ in range(STARTS + 1)][1:]
        bare = median([_start("bare")[0] for _ in range(3)])
        progress(Message("bench.window"), 0, 0)
        work = _child("work", path) | _child("job", exported)
    begun = median([seconds for seconds, _ in starts])
    figures = {
        "size": size, "start_s": round(begun, 2), "bare_s": round(bare, 2), "ratio": round(begun / bare, 1),
        "start_heavy": starts[0][1]["heavy"], "start_rss_mb": starts[0][1]["rss_mb"], **work, "bars": BARS,
    }  # fmt: skip
    return {**figures, "over": _over(figures)}


def _make(path: Path, size: "SizeName", clock: Clock | None = None) -> None:
    """Make a planned sample."""
    make_sample(path, filler(size), plan, clock=clock).close()


def _export(path: Path, size: "SizeName", folder: Path) -> None:
    """Write a sample of the week in which the job is done as a township's files."""
    clock = FixedClock(WEDNESDAY)
    _make(path, size, clock)
    with Station.open(path, clock=clock) as station:
        export_folder(station, station.system_actor(), folder)


def _over(figures: dict[str, object]) -> list[str]:
    """Return the names of the figures above their bar."""

    def of(name: str, part: str) -> float:
        found = figures[name]
        assert isinstance(found, dict)
        return max(found.values()) if part == "all" else float(found[part])

    reached = {
        "start_s": figures["start_s"],
        "page_switch_ms": of("page_switch_ms", "all"),
        "find_keystroke_ms": of("find_keystroke_ms", "worst"),
        "filter_keystroke_p95_ms": of("filter_keystroke_ms", "p95"),
        "switch_growth_mb": figures["switch_growth_mb"],
        "roster_repaint_p95_ms": of("roster_repaint_ms", "p95"),
        "map_pan_p95_ms": of("map_pan_ms", "p95"),
        "map_shift_p95_ms": of("map_shift_ms", "p95"),
        "longest_pause_ms": figures["longest_pause_ms"],
        "peak_mb": figures["peak_mb"],
    }
    return [name for name, value in reached.items() if float(str(value)) > BARS[name]]


def _start(what: str, *path: Path) -> tuple[float, dict[str, object]]:
    begun = time.time()
    told = _child(what, *path)
    return float(str(told["usable_at"])) - begun, told


def _child(what: str, *path: Path) -> dict[str, object]:
    command = [sys.executable, "-m", "patrol_desk.app.measure", what, *map(str, path)]
    # Started warm: compiled modules are kept, as on a user's machine.
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    ran = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, encoding="utf-8", env=variables)
    found: dict[str, object] = json.loads(ran.stdout.splitlines()[-1])
    return found
