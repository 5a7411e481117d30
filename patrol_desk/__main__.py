"""The program: commands now, the desk's window later."""

import multiprocessing
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    multiprocessing.freeze_support()
    from patrol_desk import bench, cli

    return cli.run(sys.argv[1:] if argv is None else argv, bench=bench.run)


if __name__ == "__main__":
    sys.exit(main())
