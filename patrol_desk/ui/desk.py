"""What every page is handed: the station, who acts, and the ways to read, write, undo, tell and go."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import Clock, station_now, station_today
from patrol_desk.common.errors import ConcurrentChangeError
from patrol_desk.common.weeks import Week
from patrol_desk.services.station import Station
from patrol_desk.services.work import StationWork
from patrol_desk.ui.boards import Boards
from patrol_desk.ui.bus import ChangeBus
from patrol_desk.ui.commands import Commands
from patrol_desk.ui.i18n import language, say, tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.settings import Settings
from patrol_desk.ui.tasks import Tasks
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.undo import Step, UndoStack

if TYPE_CHECKING:
    from datetime import datetime

    from patrol_desk.services.undo import Done

P = ParamSpec("P")
T = TypeVar("T")
Action = tuple[str, Callable[[], None]]


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the foot of the window.

    Parameters
    ----------
    text
        In the language in force.
    tone
        ``"info"``, ``"ok"``, ``"warn"`` or ``"error"``; an error stays until it is closed.
    action
        Words of a button and what it does.
    """

    text: str
    tone: str = "info"
    action: Action | None = None


class Desk(QObject):
    """An open station in a window.

    Parameters
    ----------
    station, actor
        The open file and who acts in it.
    theme, settings, tasks
        The window's own.
    host
        The window, parent of dialogs.
    """

    told = Signal(object)
    """A `Notice` to show."""
    going = Signal(object)
    """A `Target` to show."""
    week_changed = Signal(object)
    """The `Week` that the planning pages show."""
    working = Signal(str)
    """What runs beside the window for longer, for the status bar; empty when it has ended."""
    look_wanted = Signal(str)
    """Light, dark or as the system is."""
    language_wanted = Signal(str)
    """Chinese or English."""
    scale_wanted = Signal(float)
    """Size of text and rows."""
    saved = Signal(object)
    """Station time at which something was last written."""

    def __init__(
        self, station: Station, actor: Actor, *, theme: Theme, settings: Settings, tasks: Tasks, host: QWidget
    ) -> None:
        super().__init__()
        self.station = station
        self.actor = actor
        self.clock: Clock = station.clock
        self.theme = theme
        self.settings = settings
        self.tasks = tasks
        self.host = host
        self.bus = ChangeBus()
        self.undo = UndoStack()
        self.commands = Commands()
        self.boards = Boards(self.read)
        self.bus.changed.connect(self.boards.note)
        self._work = StationWork()
        self._writes: set[asyncio.Future[Any]] = set()
        self._reads: set[asyncio.Future[Any]] = set()
        self._undoing = asyncio.Lock()
        self._week = Week.of(station_today(self.clock))

    @property
    def language(self) -> str:
        """``"zh"`` or ``"en"``."""
        return language()

    @property
    def now(self) -> "datetime":
        """Station time, naive."""
        return station_now(self.clock)

    @property
    def busy(self) -> bool:
        """Whether a read or a write is under way."""
        return bool(self._reads or self._writes)

    @property
    def week(self) -> Week:
        """The week that the planning pages show."""
        return self._week

    @week.setter
    def week(self, week: Week) -> None:
        if week != self._week:
            self._week = week
            self.week_changed.emit(week)

    async def read(
        self, function: Callable[Concatenate[Station, Actor, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a service that only reads in a reader thread and return its result."""
        work = partial(function, self.station, self.actor, *args, **kwargs)
        inner = asyncio.wrap_future(self._work.read(work))
        self._reads.add(inner)
        inner.add_done_callback(self._reads.discard)
        return await inner

    async def write(
        self, name: str, function: "Callable[Concatenate[Station, Actor, P], Done[T]]", /,
        *args: P.args, **kwargs: P.kwargs,
    ) -> T:  # fmt: skip
        """Run a service that writes in the writer thread; it becomes a step that can be undone.

        A write that has begun ends even if the caller is cancelled, and its changes are published.

        Parameters
        ----------
        name
            Name of the step, in the language in force.
        function, args, kwargs
            The service and what it is given after station and actor.
        """
        return (await self._ended(partial(self._keep, name), function, *args, **kwargs)).value

    async def write_for_good(
        self, function: "Callable[Concatenate[Station, Actor, P], Done[T]]", /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a service that writes what undo does not turn back: an import, a publication."""
        return (await self._ended(self._publish, function, *args, **kwargs)).value

    async def undo_step(self, *, redo: bool = False) -> None:
        """Turn the last step back, or do it again; say so when somebody has changed its records since."""
        async with self._undoing:
            await self.settled()
            await self._turn_back(redo=redo)

    async def _turn_back(self, *, redo: bool) -> None:
        from patrol_desk.services.undo import revert

        step = self.undo.next_redo() if redo else self.undo.next_undo()
        if step is None:
            return
        try:
            await self._ended(partial(self._moved, step), revert, step.patch)
        except ConcurrentChangeError as error:
            self.undo.drop(step)
            self.tell(say(error.message), "warn")
            return
        self.tell(_turned_back(step, redo=redo), "ok")

    def tell(self, text: str, tone: str = "info", *, action: Action | None = None) -> None:
        """Show a sentence at the foot of the window."""
        self.told.emit(Notice(text, tone, action))

    def go(self, target: Target) -> None:
        """Show a page, or a record on it."""
        self.going.emit(target)

    async def settled(self) -> None:
        """Wait until every write under way is done and published."""
        while self._writes:
            await asyncio.wait(self._writes)

    async def close(self) -> None:
        """Finish every write and end the threads."""
        await self.settled()
        await asyncio.get_running_loop().run_in_executor(None, self._work.close)

    async def _ended(
        self,
        after: "Callable[[Done[T]], None]",
        function: "Callable[Concatenate[Station, Actor, P], Done[T]]",
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> "Done[T]":
        """Run a write to its end; `after` is called with what it did, whether or not the caller still waits."""
        work = partial(function, self.station, self.actor, *args, **kwargs)
        inner = asyncio.wrap_future(self._work.write(work))
        self._writes.add(inner)
        inner.add_done_callback(self._writes.discard)
        try:
            done = await asyncio.shield(inner)
        except asyncio.CancelledError:
            inner.add_done_callback(partial(self._late, after))
            raise
        after(done)
        return done

    def _late(self, after: "Callable[[Done[T]], None]", inner: "asyncio.Future[Done[T]]") -> None:
        """Take note of a write whose caller was cancelled meanwhile, or report that it failed."""
        if inner.cancelled():
            return
        error = inner.exception()
        if error is None:
            after(inner.result())
        else:
            self.tasks.report("write", error)

    def _keep(self, name: str, done: "Done[T]") -> None:
        """Make a write a step that can be undone."""
        if done.patch:
            self.undo.push(name, done.patch)
        self._publish(done)

    def _moved(self, step: Step, done: "Done[int]") -> None:
        self.undo.moved(step, done.patch)
        self._publish(done)

    def _publish(self, done: "Done[T]") -> None:
        self.saved.emit(self.now)
        self.bus.publish(done.changes)


def _turned_back(step: Step, *, redo: bool) -> str:
    return tr("已重做：{name}", name=step.text()) if redo else tr("已撤销：{name}", name=step.text())
