"""A real second process that works on a file and can be killed at any moment."""

import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

ROOT = Path(__file__).resolve().parents[2]


class Child:
    """A process that runs one function of `tests.helpers.worker` and speaks line by line.

    Parameters
    ----------
    work
        Name of the function.
    path
        The database.
    key
        Its key.
    other
        Further arguments.
    """

    def __init__(self, work: str, path: Path, key: bytes | None, *other: object) -> None:
        arguments = [work, str(path), "" if key is None else key.hex(), *map(str, other)]
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "tests.helpers.worker", *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, encoding="utf-8",
        )  # fmt: skip

    def line(self) -> str:
        """Return the next line the process says; empty at its end."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().rstrip("\n")

    def kill(self) -> list[str]:
        """End the process without a warning, as a power cut does, and return what it had said meanwhile."""
        self._process.kill()
        assert self._process.stdout is not None
        said = self._process.stdout.read().splitlines()
        self._process.wait()
        return said

    def finish(self) -> int:
        """Let the process come to its end and return its exit code."""
        self._process.communicate()
        return self._process.returncode

    def __enter__(self) -> Self:
        """Return the child itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        """Leave no process behind."""
        del kind, error, trace
        self._process.kill()
        self._process.communicate()
        return False
