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

    return bench_print()


def _window(options: Options) -> dict[str, object]:
    from patrol_desk.bench.window import bench_window

    return bench_window(size=options["size"], progress=options["progress"])


BENCHES: Final[Mapping[str, Callable[[Options], dict[str, object]]]] = {
    "import": _import,
    "engine": _engine,
    "print": _print,
    "ui": _window,
}
"""A new benchmark is one function here, imported when it is asked for, and one name in `cli.benches`."""
