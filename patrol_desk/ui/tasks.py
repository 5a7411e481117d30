"""The task supervisor: plain slots start coroutines here, and none is lost."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import shiboken6
from PySide6.QtCore import QObject

Report = Callable[[str, BaseException], None]


class Tasks:
    """Starts named tasks, keeps them, reports their errors, cancels them.

    Parameters
    ----------
    report
        Is told the name and the error of a task that failed.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self._running: dict[asyncio.Task[Any], QObject | None] = {}
        self._exclusive: dict[str, asyncio.Task[Any]] = {}
        self._closing = False

    def start(
        self, name: str, work: Coroutine[Any, Any, Any], *, owner: QObject | None = None, exclusive: str = ""
    ) -> "asyncio.Task[Any] | None":
        """Start a coroutine as a named task.

        Parameters
        ----------
        name
            For reports and for looking at what runs.
        work
            The coroutine.
        owner
            When it is destroyed the task is cancelled.
        exclusive
            A running task of the same key is cancelled first: the newest keystroke wins.

        Returns
        -------
        asyncio.Task or None
            None while the window is closing: nothing new begins.
        """
        if self._closing:
            work.close()
            return None
        if exclusive:
            self.cancel(exclusive)
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._running[task] = owner
        if exclusive:
            self._exclusive[exclusive] = task
        if owner is not None:
            owner.destroyed.connect(lambda _gone=None, task=task: task.cancel())
        task.add_done_callback(lambda done: self._finished(done, exclusive))
        return task

    def cancel(self, exclusive: str) -> None:
        """Cancel the running task of an exclusive key, if there is one."""
        running = self._exclusive.pop(exclusive, None)
        if running is not None:
            running.cancel()

    @property
    def running(self) -> tuple[str, ...]:
        """Names of the tasks under way."""
        return tuple(task.get_name() for task in self._running)

    async def idle(self) -> None:
        """Wait until no task but the caller's own is under way."""
        own = asyncio.current_task()
        while others := [task for task in self._running if task is not own]:
            await asyncio.wait(others)

    async def close(self) -> None:
        """Cancel everything, wait for it, and start nothing any more."""
        self._closing = True
        while self._running:
            for task in self._running:
                task.cancel()
            await asyncio.wait(list(self._running))

    def _finished(self, task: "asyncio.Task[Any]", exclusive: str) -> None:
        owner = self._running.pop(task, None)
        if exclusive and self._exclusive.get(exclusive) is task:
            del self._exclusive[exclusive]
        if task.cancelled():
            return
        error = task.exception()
        gone = owner is not None and not shiboken6.isValid(owner)
        if error is not None and not gone:
            self.report(task.get_name(), error)
