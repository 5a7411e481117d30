"""Granted leave of one shift that somebody gives up: they come after all."""

from functools import partial
from typing import TYPE_CHECKING

from patrol_desk.common.actor import Actor
from patrol_desk.common.weeks import Week
from patrol_desk.services.people import PersonDetail, SparedRow
from patrol_desk.services.station import Station
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import day_text
from patrol_desk.ui.widgets.confirm import confirm

if TYPE_CHECKING:
    from patrol_desk.services.planning.board import Board


def spared_text(row: SparedRow) -> str:
    """Return day, shift and place of a duty from which somebody was let off."""
    return f"{day_text(row.on_date)} {shift_mark(row.mark)} {row.place}"


class Sparing:
    """Takes granted leave of one shift back, and puts the person into the old place where it is still empty.

    Parameters
    ----------
    desk
        The open station.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def give_up(self, detail: PersonDetail, row: SparedRow) -> None:
        """Say what it does, and take the leave back."""
        await self._desk.read(_warm_up)
        from patrol_desk.services.planning.requests import give_up

        name, empty = detail.fields["name"], _empty(await self._board(row), row)
        title = tr("销假：{name}", name=name)
        sentences = [
            tr("{what}：批准过的请假收回，{name} 可以再排这一班。", what=spared_text(row), name=name),
            tr("原来的点位还缺 {count} 人，销假后可以排回。", count=empty)
            if empty
            else tr("原来的点位已经不缺人，已排的人不变。"),
        ]
        if not await confirm(self._desk.host, self._desk.theme, title, sentences, tr("销假")):
            return
        await self._desk.write(title, give_up, row.id)
        action = (tr("排回原位"), partial(self._start, detail, row)) if empty else None
        self._desk.tell(tr("{name} 已销假，可按 Ctrl+Z 撤销。", name=name), "ok", action=action)

    def _start(self, detail: PersonDetail, row: SparedRow) -> None:
        self._desk.tasks.start("people.back", self._put_back(detail, row), exclusive="people.back")

    async def _put_back(self, detail: PersonDetail, row: SparedRow) -> None:
        from patrol_desk.services.planning.edits import assign

        board = await self._board(row)
        place = board.locate(row.checkpoint_id, row.pattern_id, row.on_date)
        if place is None:
            self._desk.tell(tr("这个点位已不在排班表上。"), "warn")
            return
        name = detail.fields["name"]
        await self._desk.write(tr("排回 {name}", name=name), assign, board, detail.id, *place)
        self._desk.tell(tr("已安排 {name}：{where}", name=name, where=spared_text(row)), "ok")

    async def _board(self, row: SparedRow) -> "Board":
        return await self._desk.boards.get(Week.of(row.on_date))


def _empty(board: "Board", row: SparedRow) -> int:
    """Return how many are wanted where the person would have stood."""
    place = board.locate(row.checkpoint_id, row.pattern_id, row.on_date)
    return 0 if place is None else board.gap(*place).missing


def _warm_up(station: Station, actor: Actor) -> None:
    """Import, in a reader's thread, what giving up needs: the window does not wait for it."""
    import patrol_desk.services.planning.edits
    import patrol_desk.services.planning.requests

    del station, actor, patrol_desk
