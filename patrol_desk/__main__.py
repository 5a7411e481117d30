"""The program: the desk's window, or one command."""

import multiprocessing
import sys
from collections.abc import Mapping, Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; without any the window opens."""
    multiprocessing.freeze_support()
    from patrol_desk import bench, cli

    given = sys.argv[1:] if argv is None else argv
    return cli.run(given or ["desk"], bench=bench.run, window=_window)


def _window(purpose: str, options: Mapping[str, object]) -> int:
    """Import Qt only when a window is wanted."""
    from patrol_desk.app.purposes import serve

    return serve(purpose, options)


if __name__ == "__main__":
    sys.exit(main())
