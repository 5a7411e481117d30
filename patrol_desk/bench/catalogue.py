"""Which benchmarks there are."""

from collections.abc import Callable, Mapping
from typing import Any, Final

Options = Mapping[str, Any]


def run(name: str, options: Options) -> dict[str, object]:
    """Run a benchmark and return its figures.

    Parameters
    ----------
    name
        One of ``BENCHES``.
    options
        What the command line was given (`cli.benches`); each benchmark takes what concerns it.
    """
    return BENCHES[name](options)


def _import(options: Options) -> dict[str, object]:
    from patrol_desk.bench.importing import bench_import

    return bench_import(size=options["size"], progress=options["progress"])


def _engine(options: Options) -> dict[str, object]:
    from patrol_desk.bench.publishing import run_and_publish

    return run_and_publish(options)


def _print(_options: Options) -> dict[str, object]:
    from patrol_desk.bench.printing import bench_print
    from patrol_desk.bench.printing_kinds import bench_kinds

    return {**bench_print(), "kinds": bench_kinds()}


def _window(options: Options) -> dict[str, object]:
    from patrol_desk.bench.window import bench_window

    return bench_window(size=options["size"], progress=options["progress"])


def _visits(options: Options) -> dict[str, object]:
    from patrol_desk.bench.visits import bench_visits

    return bench_visits(options["seeds"], scale=options["scale"] or 1.0, progress=options["progress"])


def _weeks(options: Options) -> dict[str, object]:
    from patrol_desk.bench.weeks import SCALE, WeeksOptions, bench_weeks

    weeks = WeeksOptions(moves=options["moves"], scale=options["scale"] or SCALE)
    return bench_weeks(options["families"], options["seeds"], weeks, options["progress"])


def _repair(options: Options) -> dict[str, object]:
    from patrol_desk.bench.repair import RepairOptions, bench_repair

    asked = RepairOptions(moves=options["moves"], scale=options["scale"] or 1.0)
    return bench_repair(options["families"], options["seeds"], asked, options["progress"])


BENCHES: Final[Mapping[str, Callable[[Options], dict[str, object]]]] = {
    "import": _import,
    "engine": _engine,
    "print": _print,
    "ui": _window,
    "visits": _visits,
    "weeks": _weeks,
    "repair": _repair,
}
"""A new benchmark is one function here, imported when it is asked for, and one name in `cli.benches`."""
