"""One look of the doctor at a week: found with progress, ways chosen, weighed together, applied."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import CancelledByUserError, ConcurrentChangeError, PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.services.station import Station
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.widgets.progress import ProgressPanel

if TYPE_CHECKING:
    from patrol_desk.engine.explain.doctor import Effect
    from patrol_desk.services.planning.doctor_data import Diagnosis, Proposal
    from patrol_desk.services.planning.doctor_filling import Refill
    from patrol_desk.services.undo import Done


class Stage(StrEnum):
    """What goes on."""

    NOTHING = "nothing"
    LOOKING = "looking"
    STOPPED = "stopped"
    FAILED = "failed"
    FOUND = "found"
    APPLYING = "applying"


class Consult(QObject):
    """The doctor's state, apart from how it looks.

    Parameters
    ----------
    desk
        Where is read and written.
    progress
        Is told how far it is, and asked whether to stop.
    """

    changed = Signal()
    """The stage, and with it the diagnosis."""
    weighed = Signal()
    """Which ways are chosen, or what they do together."""

    def __init__(self, desk: Desk, progress: ProgressPanel) -> None:
        super().__init__()
        self._desk = desk
        self._progress = progress
        self.stage = Stage.NOTHING
        self.week: Week | None = None
        self.failure: Message | None = None
        self.diagnosis: Diagnosis | None = None
        self.effect: Effect | None = None
        self.weighing = False
        self.reason = ""
        self._chosen: dict[str, None] = {}

    @property
    def busy(self) -> bool:
        """Whether something runs that can be stopped."""
        return self.stage in {Stage.LOOKING, Stage.APPLYING}

    @property
    def chosen(self) -> "tuple[Proposal, ...]":
        """The chosen ways, cheapest first."""
        found = self.diagnosis.proposals if self.diagnosis is not None else ()
        return tuple(way for way in found if way.id in self._chosen)

    @property
    def asks_reason(self) -> bool:
        """Whether a reason has to be given for what is chosen."""
        return any(way.asks_reason for way in self.chosen)

    @property
    def can_apply(self) -> bool:
        """Whether what is chosen may be applied now."""
        ready = self.stage is Stage.FOUND and bool(self._chosen) and not self.weighing
        return ready and (not self.asks_reason or bool(self.reason.strip()))

    def look(self, week: Week) -> None:
        """Look at a week from the start."""
        self.week = week
        self._progress.begin(Message("ways.reading"))
        self._be(Stage.LOOKING)
        self._desk.tasks.start("doctor", self._look(week), owner=self, exclusive="doctor")

    def stop(self) -> None:
        """Stop what runs."""
        self._progress.stop()

    def choose(self, way_id: str, *, on: bool) -> None:
        """Choose a way or leave it, and weigh what is chosen."""
        if on:
            self._chosen[way_id] = None
        else:
            self._chosen.pop(way_id, None)
        ways = self.chosen
        self.effect = ways[0].told if len(ways) == 1 else None
        self.weighing = len(ways) > 1
        if self.weighing:
            self._desk.tasks.start("doctor weigh", self._weigh(), owner=self, exclusive="doctor weigh")
        else:
            self._desk.tasks.cancel("doctor weigh")
        self.weighed.emit()

    def give_reason(self, reason: str) -> None:
        """Say why heads are left open."""
        self.reason = reason
        self.weighed.emit()

    async def apply(self) -> "Refill | None":
        """Write what is chosen and the duties that fill the gaps, as one step; None when it was stopped."""
        diagnosis = self.diagnosis
        assert diagnosis is not None
        name = tr("缺口诊断：应用 {count} 项", count=len(self.chosen))
        self._progress.begin(Message("ways.filling"))
        ids = [way.id for way in self.chosen]
        self._be(Stage.APPLYING)
        try:
            refill = await self._desk.read(_refill, diagnosis, ids, self.reason, self._progress)
            await self._desk.write(name, _write, refill)
        except CancelledByUserError:
            return None
        except ConcurrentChangeError:
            self.look(diagnosis.week)
            raise
        finally:
            if self.stage is Stage.APPLYING:
                self._be(Stage.FOUND)
        return refill

    async def _look(self, week: Week) -> None:
        self.diagnosis = self.effect = self.failure = None
        self.weighing = False
        self._chosen.clear()
        now = self._desk.now
        begin = now if week == Week.of(now.date()) else None
        try:
            self.diagnosis = await self._desk.read(_diagnose, week, begin, self._progress)
        except CancelledByUserError:
            self._be(Stage.STOPPED)
        except PatrolError as error:
            self.failure = error.message
            self._be(Stage.FAILED)
        else:
            self._be(Stage.FOUND)

    async def _weigh(self) -> None:
        assert self.diagnosis is not None
        try:
            self.effect = await self._desk.read(_together, self.diagnosis, [way.id for way in self.chosen])
        except ConcurrentChangeError as error:
            self._desk.tell(say(error.message), "warn")
            self.look(self.diagnosis.week)
            return
        self.weighing = False
        self.weighed.emit()

    def _be(self, stage: Stage) -> None:
        self.stage = stage
        self.changed.emit()


def _diagnose(station: Station, actor: Actor, week: Week, begin: datetime | None, panel: ProgressPanel) -> "Diagnosis":
    """Run in a reader thread, where the engine is imported too."""
    from patrol_desk.services.planning.doctoring import diagnose

    return diagnose(station, actor, week, panel.progress, panel.cancelled, begin)


def _together(station: Station, actor: Actor, diagnosis: "Diagnosis", chosen: list[str]) -> "Effect | None":
    from patrol_desk.services.planning.doctoring import together

    return together(station, actor, diagnosis, chosen)


def _refill(
    station: Station, actor: Actor, diagnosis: "Diagnosis", chosen: list[str], reason: str, panel: ProgressPanel
) -> "Refill":
    from patrol_desk.services.planning.doctor_filling import find_refill

    return find_refill(station, actor, diagnosis, chosen, reason, panel.cancelled)


def _write(station: Station, actor: Actor, refill: "Refill") -> "Done[Refill]":
    from patrol_desk.services.planning.doctor_filling import write_refill

    return write_refill(station, actor, refill)
