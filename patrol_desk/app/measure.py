"""Measures the window from inside: ``python -m patrol_desk.app.measure start|work DB`` prints one JSON document.

`patrol-desk bench ui` starts it in processes of its own, so that each figure is a fresh program's.
"""

import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Any

from patrol_desk.app.display import real_windows
from patrol_desk.app.run import Options, run
from patrol_desk.ui.shell.window import Window

Figures = dict[str, Any]


def main(arguments: list[str]) -> int:
    """Measure one thing and print its figures."""
    what, path = arguments[0], Path(arguments[1])
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as folder, real_windows():
        script = _start(figures) if what == "start" else _work(figures, Path(folder))
        run(Options(station=path, settings=Path(folder) / "desk.ini", compact=False), script)
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


def _start(figures: Figures) -> Callable[[Window], Awaitable[None]]:
    """Return what waits until the first page shows real data and has answered a key."""

    async def script(window: Window) -> None:
        from patrol_desk.app.work import first_page_ready

        await first_page_ready(window)
        figures["usable_at"] = time.time()
        figures["heavy"] = sorted(name for name in ("numba", "ortools", "pyqtgraph", "openpyxl") if name in sys.modules)
        figures["rss_mb"] = _rss_mb()

    return script


def _work(figures: Figures, folder: Path) -> Callable[[Window], Awaitable[None]]:
    """Return what goes through pages, find-anything, the roster, and the weekly job under the watchdog."""

    async def script(window: Window) -> None:
        from patrol_desk.app.stage import Stage
        from patrol_desk.app.watchdog import Watchdog
        from patrol_desk.app.work import find_keystrokes, page_switches, roster_wheel, weekly_job

        stage = Stage(window)
        await stage.until(lambda: window.frame is not None)
        window.resize(1440, 900)
        await stage.settled()
        figures["page_switch_ms"] = await page_switches(stage)
        figures["find_keystroke_ms"] = _spread(await find_keystrokes(stage))
        figures["roster_repaint_ms"] = _spread(await roster_wheel(stage))
        with Watchdog() as dog:
            figures["job"] = await weekly_job(stage, dog, folder)
        figures["longest_pause_ms"] = round(dog.longest * 1000)
        figures["stalls"] = [{"ms": round(s.seconds * 1000), "during": s.during, "where": s.where} for s in dog.stalls]
        figures["rss_mb"], figures["peak_mb"] = _rss_mb(), _peak_mb()

    return script


def _spread(samples: list[float]) -> Figures:
    """Return count, median, 95th percentile and worst of times in milliseconds."""
    ordered = sorted(samples)
    return {
        "count": len(ordered),
        "median": round(median(ordered), 1),
        "p95": round(ordered[int(len(ordered) * 0.95)], 1),
        "worst": round(ordered[-1], 1),
    }


def _rss_mb() -> float:
    import psutil

    return round(psutil.Process().memory_info().rss / 1024**2, 1)


def _peak_mb() -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return _rss_mb()
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return round(int(line.split()[1]) / 1024, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
