"""The threads beside the window: several that read, one that writes."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Literal, Self, TypeVar

from patrol_desk.storage.writer import Writer

T = TypeVar("T")

READERS = 2


class StationWork:
    """Runs a window's database work off the window's thread: reads side by side, writes one after the other."""

    def __init__(self) -> None:
        self._readers = ThreadPoolExecutor(max_workers=READERS, thread_name_prefix="patrol-desk-reader")
        self._writer = Writer()

    def read(self, work: Callable[[], T]) -> "Future[T]":
        """Queue work that only reads and return the future of its result."""
        return self._readers.submit(work)

    def write(self, work: Callable[[], T]) -> "Future[T]":
        """Queue work that writes; it begins when everything queued before it is done."""
        return self._writer.submit(work)

    def close(self) -> None:
        """Drop reads that have not begun, finish every write, end the threads."""
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.close()

    def __enter__(self) -> Self:
        """Return the threads themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        """Drain and end."""
        del kind, error, trace
        self.close()
        return False
