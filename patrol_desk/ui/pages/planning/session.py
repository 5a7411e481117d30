"""One planning run of the desk, apart from how it looks: begun, watched, stopped, accepted or given up."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import ConcurrentChangeError, PatrolError
from patrol_desk.common.weeks import Week
from patrol_desk.services.station import Station
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr

if TYPE_CHECKING:
    from patrol_desk.engine.options import SolveOptions
    from patrol_desk.services.planning.live import Outcome, RunResult, RunStart
    from patrol_desk.services.planning.live_compare import Comparison, PlanChange
    from patrol_desk.services.planning.live_points import LivePoint, LogLine
    from patrol_desk.services.rules import RuleBook
    from patrol_desk.services.undo import Done

COMPARE_PAUSE: Final = 1.0
"""Seconds between two comparisons with the draft while the run goes on."""
BESIDE: Final = frozenset({"saved_candidate", "audit_entry"})
"""Tables on which no run depends."""


Asked = tuple[Mapping[str, str], frozenset[str]]
"""What is asked of one run only: code of a rule → strength; ids of squads."""
NOTHING: Final[Asked] = (MappingProxyType({}), frozenset())


class Stage(StrEnum):
    """How far a run is."""

    IDLE = "idle"
    READING = "reading"
    RUNNING = "running"
    STOPPING = "stopping"
    ENDED = "ended"
    ACCEPTED = "accepted"


@dataclass(slots=True, eq=False)
class _Run:
    """The run under way, and whether it was asked to stop; another one in its place means that it was given up."""

    stop: bool = False


class Session(QObject):
    """The desk's planning run; there is at most one.

    Parameters
    ----------
    desk
        Where the week is read and the draft is written.
    """

    changed = Signal()
    """The stage, or whether the data moved on."""
    began = Signal()
    """A run is ready: `start` is there and the curves are empty."""
    advanced = Signal(object)
    """The newest `LivePoint`."""
    compared = Signal(object)
    """A `Comparison` of the best plan so far with the draft."""
    finished = Signal(object)
    """The `Outcome`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._task: asyncio.Task[None] | None = None
        self._run = _Run()
        self._began = 0.0
        self._took = 0.0
        self._compared_at = 0.0
        self._comparing = False
        self._own_writes = 0
        self._reset()
        desk.bus.changed.connect(self._data_changed)

    def _reset(self) -> None:
        self.stage = Stage.IDLE
        self.week: Week | None = None
        self.start: RunStart | None = None
        self.options: SolveOptions | None = None
        self.point: LivePoint | None = None
        self.curve: list[LivePoint] = []
        self.phase_began: dict[str, float] = {}
        self.log: list[LogLine] = []
        self.comparison: Comparison | None = None
        self.result: RunResult | None = None
        self.outcome: Outcome | None = None
        self.read_seconds = 0.0
        self.moved = False

    @property
    def busy(self) -> bool:
        """Whether a run is under way."""
        return self.stage in {Stage.READING, Stage.RUNNING, Stage.STOPPING}

    @property
    def can_accept(self) -> bool:
        """Whether there is a result that today's data still allows to accept."""
        return self.stage is Stage.ENDED and not self.moved

    @property
    def differs(self) -> bool:
        """Whether the best plan so far would change anything."""
        return self.comparison is not None and bool(self.comparison.changes)

    @property
    def seconds(self) -> float:
        """Seconds since the engine was started; of a finished run how long it took."""
        return time.monotonic() - self._began if self.stage in {Stage.RUNNING, Stage.STOPPING} else self._took

    def begin(self, week: Week, mode: str, options: "SolveOptions", asked: Asked = NOTHING) -> bool:
        """Start a run, perhaps with wishes for it only; False while another one is under way."""
        if self.busy:
            return False
        self._reset()
        self._launch(week, options, lambda: self._desk.read(read_start, week, mode, asked))
        return True

    def from_saved(self, week: Week, saved_id: str, options: "SolveOptions") -> bool:
        """Plan with today's data, close to a kept candidate; False while a run is under way."""
        if self.busy:
            return False
        self._reset()
        self._launch(week, options, lambda: self._desk.read(_read_saved, saved_id))
        return True

    def again(self) -> bool:
        """Plan once more with today's data, changing as little as possible of the result there is."""
        if self.stage is not Stage.ENDED or self.start is None or self.result is None or self.options is None:
            return False
        start, result, options = self.start, self.result, self.options
        self._reset()
        self._launch(start.week, options, lambda: self._desk.read(_read_again, start, result))
        return True

    def stop(self) -> None:
        """End the run with the best plan so far; asked again it changes nothing."""
        if self.stage is Stage.RUNNING:
            self._run.stop = True
            self._be(Stage.STOPPING)

    def discard(self) -> None:
        """Give the run or its result up; the draft stays as it is. The engine ends by itself within half a second."""
        self._run.stop = True
        self._run = _Run()
        self._reset()
        self.changed.emit()

    def close(self) -> None:
        """End the engine's process at once, before the window closes."""
        if self._task is not None:
            self._task.cancel()

    async def accept(self, some: "tuple[PlanChange, ...] | None" = None) -> int:
        """Write the result, or only some of its changes, as the week's draft and return its number.

        Raises
        ------
        ConcurrentChangeError
            The data moved on; `again` is the way out.
        """
        from patrol_desk.services.planning.live import accept_run
        from patrol_desk.services.planning.live_accepting import accept_changes

        assert self.start is not None
        assert self.result is not None
        name = tr("采用自动排班的第 {number} 周", number=self.start.week.number)
        self._own_writes += 1
        try:
            if some is None:
                number = (await self._desk.write(name, accept_run, self.start, self.result)).number
            else:
                number = await self._desk.write(name, accept_changes, self.start, some)
        except ConcurrentChangeError:
            self.moved = True
            self.changed.emit()
            raise
        finally:
            self._own_writes -= 1
        self._be(Stage.ACCEPTED)
        return number

    def _launch(self, week: Week, options: "SolveOptions", prepare: Callable[[], Awaitable["RunStart"]]) -> None:
        self.week, self.options = week, options
        self._run = _Run()
        self._be(Stage.READING)
        self._task = self._desk.tasks.start("planning", self._work(self._run, prepare))

    async def _work(self, mine: "_Run", prepare: Callable[[], Awaitable["RunStart"]]) -> None:
        try:
            await self._planned(mine, prepare)
        except PatrolError:
            if mine is not self._run:
                return  # given up meanwhile: nobody waits for it
            self._reset()
            self.changed.emit()
            raise

    async def _planned(self, mine: "_Run", prepare: Callable[[], Awaitable["RunStart"]]) -> None:
        asked = time.monotonic()
        await self._draw_visits()
        start = await prepare()
        if mine is not self._run:
            return
        from patrol_desk.services.planning.live import outcome_of, run

        assert self.options is not None
        self._started(start, asked)
        result = await run(start, self.options, lambda point: self._point(mine, point), lambda: mine.stop)
        took = time.monotonic() - self._began
        if mine is not self._run:
            return
        outcome = await asyncio.to_thread(outcome_of, start, result)
        if mine is self._run:
            self.result, self.outcome, self.comparison, self._took = result, outcome, outcome.comparison, took
            self._be(Stage.ENDED)
            self.compared.emit(outcome.comparison)
            self.finished.emit(outcome)

    async def _draw_visits(self) -> None:
        """Have the visits of the week drawn, which happens once: no undo is a second try."""
        from patrol_desk.services.planning.visits import ensure_drawn

        assert self.week is not None
        self._own_writes += 1
        try:
            await self._desk.write_for_good(ensure_drawn, self.week)
        finally:
            self._own_writes -= 1

    def _started(self, start: "RunStart", asked: float) -> None:
        self.start = start
        self._began = time.monotonic()
        self.read_seconds = self._began - asked
        self._compared_at = 0.0
        self._be(Stage.RUNNING)
        self.began.emit()

    def _point(self, mine: "_Run", point: "LivePoint") -> None:
        if mine is not self._run:
            return
        self.point = point
        self.phase_began.setdefault(point.phase.value, point.seconds)
        last = self.curve[-1] if self.curve else None
        if last is None or _shown(point) != _shown(last):
            self.curve.append(point)
        self.log.extend(point.log)
        self.advanced.emit(point)
        now = time.monotonic()
        if point.plan is not None and not self._comparing and now - self._compared_at >= COMPARE_PAUSE:
            self._compared_at, self._comparing = now, True
            assert self.start is not None
            self._desk.tasks.start("planning compare", self._compare(self.start, point))

    async def _compare(self, start: "RunStart", point: "LivePoint") -> None:
        from patrol_desk.services.planning.live import compare_candidate

        try:
            found = await asyncio.to_thread(compare_candidate, start, point)
        finally:
            self._comparing = False
        if self.start is start and self.stage in {Stage.RUNNING, Stage.STOPPING}:
            self.comparison = found
            self.compared.emit(found)

    def _data_changed(self, changes: ChangeSet) -> None:
        """Note that somebody wrote since the run read its data: it can no longer be accepted as it is."""
        if changes.by_kind.keys() <= BESIDE:
            return
        if self._own_writes == 0 and not self.moved and self.start is not None and self.stage is not Stage.ACCEPTED:
            self.moved = True
            self.changed.emit()

    def tell_status(self) -> None:
        """Say in the status bar of every page that a run is under way, in the language in force."""
        self._desk.working.emit(tr("自动排班运行中") if self.busy else "")

    def _be(self, stage: Stage) -> None:
        self.stage = stage
        self.tell_status()
        self.changed.emit()


def _shown(point: "LivePoint") -> tuple[object, ...]:
    """Return what the curves show of a point."""
    return point.coverage, point.bound, point.cost, point.cost_bound


def read_start(station: Station, actor: Actor, week: Week, mode: str, asked: Asked = NOTHING) -> "RunStart":
    """Return a week ready for a run; runs in a reader thread, where the planning services are imported too."""
    from patrol_desk.services.planning.draft import Mode
    from patrol_desk.services.planning.live import prepare_run
    from patrol_desk.services.planning.wishes import Wishes

    return prepare_run(station, actor, week, Mode(mode), Wishes(*asked))


def _read_again(station: Station, actor: Actor, start: "RunStart", result: "RunResult") -> "RunStart":
    from patrol_desk.services.planning.live import prepare_again

    return prepare_again(station, actor, start, result)


def _read_saved(station: Station, actor: Actor, saved_id: str) -> "RunStart":
    from patrol_desk.services.planning.saved import prepare_from

    return prepare_from(station, actor, saved_id)


def read_weights(station: Station, actor: Actor, week: Week) -> "RuleBook":
    """Return what the township cares about in a week; runs in a reader thread."""
    from patrol_desk.services.rules import read_rules

    return read_rules(station, actor, week.monday)


def write_weights(station: Station, actor: Actor, week: Week, numbers: "Mapping[str, int | None]") -> "Done[RuleBook]":
    """Set how much levels are cared about from a week on, at the earliest the present one; None is the default."""
    from patrol_desk.services.rules import Override, save_rules, this_monday

    wanted = [Override(code, None, None, number) for code, number in numbers.items()]
    return save_rules(station, actor, wanted, max(week.monday, this_monday(station.clock)))
