"""Keeping a candidate by name, and what is done with those that are kept."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from patrol_desk.common.actor import Actor
from patrol_desk.common.weeks import Week
from patrol_desk.services.station import Station
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.planning.session import Session
from patrol_desk.ui.widgets.confirm import confirm

if TYPE_CHECKING:
    from patrol_desk.services.planning.live_figures import Standing
    from patrol_desk.services.planning.saved import Opened, Saved
    from patrol_desk.ui.pages.planning.saved_dialog import SavedDialog


class Saving(QObject):
    """Keeps candidates of the desk's weeks.

    Parameters
    ----------
    desk
        Reads and writes.
    page
        Owner of what runs.
    session
        The run whose result is kept.
    """

    counted = Signal(int)
    """How many candidates the week has."""
    accepted = Signal(int)
    """A kept candidate became the draft of this number."""
    again_asked = Signal(str)
    """Id of a candidate from which to plan anew."""

    def __init__(self, desk: Desk, page: QWidget, session: Session) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._session = session

    def count(self, week: Week) -> None:
        """Count the candidates of a week."""
        self._desk.tasks.start("saved count", self._count(week), owner=self._page, exclusive="saved.count")

    def keep(self) -> None:
        """Ask for a name and keep the run's result."""
        self._desk.tasks.start("saved keep", self._keep(), owner=self._page, exclusive="saved.dialog")

    def show(self, week: Week, draft: "Standing | None") -> None:
        """Show what is kept of a week beside its draft."""
        self._desk.tasks.start("saved show", self._show(week, draft), owner=self._page, exclusive="saved.dialog")

    async def _count(self, week: Week) -> None:
        self.counted.emit(len(await self._desk.read(_list, week)))

    async def _keep(self) -> None:
        from patrol_desk.services.planning.saved import LONGEST, save_candidate
        from patrol_desk.ui.pages.planning.saved_dialog import NameDialog

        session = self._session
        if session.start is None or session.result is None or session.options is None:
            return
        start, result, seed = session.start, session.result, session.options.seed
        taken = {one.name for one in await self._desk.read(_list, start.week)}
        numbers = (tr("方案 {number}", number=number) for number in range(1, len(taken) + 2))
        dialog = NameDialog(
            self._desk.host, self._desk.theme, next(name for name in numbers if name not in taken), LONGEST
        )
        if not await dialog.ask():
            return
        name = dialog.name
        await self._desk.write(tr("保存方案“{name}”", name=name), save_candidate, start, result, seed, name)
        self._desk.tell(tr("已保存方案“{name}”。", name=name), "ok")

    async def _show(self, week: Week, draft: "Standing | None") -> None:
        from patrol_desk.ui.pages.planning.saved_dialog import SavedDialog

        async def open_one(saved_id: str) -> "Opened":
            return await self._desk.read(_open, saved_id)

        saved = await self._desk.read(_list, week)
        dialog = SavedDialog(self._desk, week, draft, saved, open_one)
        if await dialog.ask():
            await self._do(dialog)

    async def _do(self, dialog: "SavedDialog") -> None:
        from patrol_desk.services.planning.saved import accept_saved, delete_saved

        one = dialog.taken
        if one is None:
            return
        if dialog.answer == "again":
            self.again_asked.emit(one.id)
        elif dialog.answer == "delete":
            sentence = tr("只删除保存的方案，草稿不变；可撤销。")
            title = tr("删除方案“{name}”？", name=one.name)
            if await confirm(self._desk.host, self._desk.theme, title, [sentence], tr("删除"), danger=True):
                await self._desk.write(tr("删除方案“{name}”", name=one.name), delete_saved, one.id)
        elif dialog.opened is not None:
            step = tr("采用方案“{name}”", name=one.name)
            done = await self._desk.write(step, accept_saved, dialog.opened)
            self.accepted.emit(done.number)


def _list(station: Station, actor: Actor, week: Week) -> "tuple[Saved, ...]":
    from patrol_desk.services.planning.saved import list_saved

    return list_saved(station, actor, week)


def _open(station: Station, actor: Actor, saved_id: str) -> "Opened":
    from patrol_desk.services.planning.saved import open_saved

    return open_saved(station, actor, saved_id)
