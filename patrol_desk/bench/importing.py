"""How long a township's files take to come in, beside the least that any program must do with the same rows."""

import csv
import multiprocessing
import secrets
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from patrol_desk.common.clock import SystemClock
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Progress, no_progress

if TYPE_CHECKING:
    from patrol_desk.samples.sizes import SizeName
    from patrol_desk.services.station import Station

SEED = 1
PEER = "csv.reader + executemany"
"""The peer: Python's own csv module into the same encrypted SQLite, every cell as text, nothing checked or matched."""

Figures = dict[str, object]


def bench_import(*, size: "SizeName" = "township", progress: Progress = no_progress) -> Figures:
    """Import a generated township's files into an empty encrypted station, then once more.

    Every run is a process of its own, and its start is part of the time.

    Returns
    -------
    dict
        ``size``, ``files``, ``rows``, ``bytes``; ``full_seconds``, ``full_rows_per_second``, ``full_peak_mb``; the same
        with ``noop_`` for the second import, which finds nothing new; ``export_seconds``; ``peer``, ``peer_seconds``
        and ``ratio``, the full import's time over the peer's.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files, database, key = folder / "files", folder / "station.db", secrets.token_bytes(32)
        progress(Message("import.bench_files"), 0, 4)
        rows, exported = _make_files(files, folder, size)
        with _station(database, key, new=True):
            pass
        progress(Message("import.bench_full"), 1, 4)
        full = _timed(_import, database, key, files)
        progress(Message("import.bench_noop"), 2, 4)
        noop = _timed(_import, database, key, files)
        progress(Message("import.bench_peer"), 3, 4)
        peer = _timed(_peer, folder / "peer.db", key, files)
        progress(Message("import.bench_peer"), 4, 4)
        return {
            "size": size,
            "seed": SEED,
            "files": len(list(files.iterdir())),
            "rows": rows,
            "bytes": sum(path.stat().st_size for path in files.iterdir()),
            **_named("full", full, rows),
            **_named("noop", noop, rows),
            "export_seconds": round(exported, 2),
            "peer": PEER,
            "peer_seconds": round(_number(peer["seconds"]), 2),
            "ratio": round(_number(full["seconds"]) / _number(peer["seconds"]), 2),
        }


def _named(name: str, figures: Figures, rows: int) -> Figures:
    seconds = _number(figures["seconds"])
    return {
        f"{name}_seconds": round(seconds, 2),
        f"{name}_rows_per_second": round(rows / seconds),
        f"{name}_peak_mb": figures["peak_mb"],
        f"{name}_added": figures["added"],
        f"{name}_same": figures["same"],
        f"{name}_rejected": figures["rejected"],
    }


def _number(value: object) -> float:
    assert isinstance(value, (int, float))
    return float(value)


def _make_files(files: Path, folder: Path, size: "SizeName") -> tuple[int, float]:
    """Write a generated township's files; return their rows and how long the export took."""
    from patrol_desk.samples import generate, write_sample
    from patrol_desk.services.exporting import export_folder
    from patrol_desk.services.station import Station
    from patrol_desk.storage.marker import Marker

    with Station.create(folder / "sample.db", None, marker=Marker.SAMPLE, chief=None) as sample:
        actor = sample.system_actor()
        with sample.write(actor, "sample", record_patch=False) as unit:
            write_sample(unit, generate(size, SEED))
            unit.commit()
        report = export_folder(sample, actor, files)
        return report.rows, report.seconds


def _station(path: Path, key: bytes, *, new: bool = False) -> "Station":
    from patrol_desk.services.station import Station
    from patrol_desk.storage.database import Database

    return Station(Database.create(path, key=key) if new else Database.open(path, key=key), SystemClock())


def _timed(work: Callable[[Path, bytes, Path], Figures], database: Path, key: bytes, files: Path) -> Figures:
    """Run in a fresh process and add the seconds from before its start to its answer."""
    context = multiprocessing.get_context("spawn")
    begun = time.perf_counter()
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        figures = pool.submit(work, database, key, files).result()
        return {**figures, "seconds": time.perf_counter() - begun}


def _import(database: Path, key: bytes, files: Path) -> Figures:
    from patrol_desk.services.importing import import_folder

    with _station(database, key) as station:
        report = import_folder(station, station.system_actor(), files)
    totals = {name: sum(getattr(table, name) for table in report.tables) for name in ("added", "same", "rejected")}
    return {**totals, "peak_mb": round(_peak_mb(), 1)}


def _peer(database: Path, key: bytes, files: Path) -> Figures:
    from patrol_desk.storage.connect import connect

    rows = 0
    with closing(connect(database, key, create=True)) as connection:
        connection.execute("BEGIN")
        for number, path in enumerate(sorted(files.iterdir())):
            with path.open(encoding="utf-8-sig", newline="") as file:
                reader = csv.reader(file)
                width = len(next(reader))
                names = ", ".join(f"c{column}" for column in range(width))
                connection.execute(f"CREATE TABLE t{number} ({names})")
                marks = ", ".join("?" * width)
                rows += connection.executemany(f"INSERT INTO t{number} VALUES ({marks})", reader).rowcount
        connection.execute("COMMIT")
    return {"rows": rows, "peak_mb": round(_peak_mb(), 1)}


def _peak_mb() -> float:
    """Return the most memory the process has held so far, in MiB; the present amount where no peak is kept."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    memory = psutil.Process().memory_info()
    return float(getattr(memory, "peak_wset", memory.rss)) / 1024**2
