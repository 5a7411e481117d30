"""One thread that does all the writing, so that the window never waits for the disk."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Literal, Self, TypeVar

T = TypeVar("T")


class Writer:
    """Runs work one piece after the other, in the order it was handed in."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="patrol-desk-writer")

    def submit(self, work: Callable[[], T]) -> "Future[T]":
        """Queue work and return the future of its result; raise RuntimeError after `close`."""
        return self._executor.submit(work)

    def close(self) -> None:
        """Wait until everything queued is done, then end the thread."""
        self._executor.shutdown(wait=True)

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        """Drain and end."""
        del kind, error, trace
        self.close()
        return False
