"""Measures the window from inside: ``python -m patrol_desk.app.measure start|work|job PATH`` prints one JSON document.

`patrol-desk bench ui` starts it in processes of its own, so that each figure is a fresh program's.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from patrol_desk.app.display import real_windows
from patrol_desk.app.run import Options, run
from patrol_desk.ui.shell.window import Window

Figures = dict[str, Any]
Script = Callable[[Window], Awaitable[None]]

SIZE = (1440, 900)


def main(arguments: list[str]) -> int:
    """Measure one thing and print its figures.

    Parameters
    ----------
    arguments
        ``start`` or ``work`` and a sample's file; ``job`` and a folder of a township's files; or ``bare``.
    """
    if arguments == ["bare"]:
        return _bare()
    what, path = arguments[0], Path(arguments[1])
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as folder, real_windows():
        scripts = {"start": _start(figures), "work": _work(figures), "job": _job(figures, Path(folder), path)}
        station = None if what == "job" else path
        options = Options(station, Path(folder) / "desk.ini", compact=False, bare=what == "job")
        run(options, scripts[what])
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


def _bare() -> int:
    """Show a table of Qt's alone and print when it stood: what no window on this machine can beat."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QTableWidget

    with real_windows():
        app = QApplication([])
        table = QTableWidget(40, 20)
        table.resize(*SIZE)
        table.show()
        QTimer.singleShot(0, app.exit)
        app.exec()
        sys.stdout.write(json.dumps({"usable_at": time.time()}) + "\n")
        table.deleteLater()
    return 0


def _start(figures: Figures) -> Script:
    """Return what waits until the first page shows real data and has answered a key."""

    async def script(window: Window) -> None:
        from patrol_desk.app.work import first_page_ready

        await first_page_ready(window)
        figures["usable_at"] = time.time()
        figures["heavy"] = sorted(name for name in ("numba", "ortools", "pyqtgraph", "openpyxl") if name in sys.modules)
        figures["rss_mb"] = _rss_mb()

    return script


def _work(figures: Figures) -> Script:
    """Return what goes through pages, find-anything, the roster and the map of a township."""

    async def script(window: Window) -> None:
        from patrol_desk.app import work
        from patrol_desk.app.stage import Stage

        stage = Stage(window)
        await stage.until(lambda: window.frame is not None)
        window.resize(*SIZE)
        await stage.settled()
        figures["page_switch_ms"] = await work.page_switches(stage)
        figures["find_keystroke_ms"] = _spread(await work.find_keystrokes(stage))
        figures["filter_keystroke_ms"] = _spread(await work.filter_keystrokes(stage))
        figures["roster_repaint_ms"] = _spread(await work.roster_wheel(stage))
        pans, shifts = await work.map_frames(stage)
        figures["map_pan_ms"], figures["map_shift_ms"] = _spread(pans), _spread(shifts)
        figures["switch_growth_mb"] = await work.memory_over_switches(stage)
        figures["work_rss_mb"] = _rss_mb()

    return script


def _job(figures: Figures, folder: Path, exported: Path) -> Script:
    """Return what does the weekly job on an empty encrypted station under the watchdog."""

    async def script(window: Window) -> None:
        from patrol_desk.app.empty_station import empty_station
        from patrol_desk.app.job import weekly_job
        from patrol_desk.app.stage import Stage
        from patrol_desk.app.watchdog import Watchdog

        window.resize(*SIZE)
        window.open_station(await asyncio.to_thread(empty_station, folder / "station.db"))
        stage = Stage(window)
        await stage.settled()
        with Watchdog() as dog:
            figures["job_s"] = await weekly_job(stage, dog, folder, exported)
        figures["longest_pause_ms"] = round(dog.longest * 1000)
        figures["stalls"] = [{"ms": round(s.seconds * 1000), "during": s.during, "where": s.where} for s in dog.stalls]
        figures["rss_mb"], figures["peak_mb"] = _rss_mb(), _peak_mb()

    return script


def _spread(samples: list[float]) -> Figures:
    """Return count, median, 95th percentile and worst of times in milliseconds."""
    from statistics import median  # not at the head: the start is measured with this module loaded

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
