"""Which benchmarks there are."""

from collections.abc import Mapping
from typing import Any


def run(name: str, options: Mapping[str, Any]) -> dict[str, object]:
    """Run a benchmark and return its figures.

    Parameters
    ----------
    name
        ``"import"``, ``"engine"``, ``"ui"`` or ``"print"``.
    options
        ``size`` of the township, ``families``, ``seeds``, ``moves``, ``time_limit`` (seconds) and ``progress``; each
        benchmark takes what concerns it.
    """
    if name == "import":
        from patrol_desk.bench.importing import bench_import

        return bench_import(size=options["size"], progress=options["progress"])
    if name == "engine":
        from patrol_desk.bench.engine import bench_engine

        return bench_engine(
            options["families"],
            options["seeds"],
            moves=options["moves"],
            time_limit=options["time_limit"],
            progress=options["progress"],
        )
    if name == "ui":
        from patrol_desk.bench.window import bench_window

        return bench_window(size=options["size"], progress=options["progress"])
    from patrol_desk.bench.printing import bench_print

    return bench_print()
