"""Leave and swaps on the day's page: what waits for a decision, and the way from the call to the change slip."""

import asyncio
from collections.abc import Coroutine, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout
from typing_extensions import override

from patrol_desk.common.actor import Actor
from patrol_desk.common.weeks import Week
from patrol_desk.services.station import Station
from patrol_desk.services.today import OpenRequest, open_requests
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.today.request_words import judged_text, note_text, title_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import ElidedLabel
from patrol_desk.ui.widgets.sections import Section

if TYPE_CHECKING:
    from patrol_desk.services.planning.board import Board
    from patrol_desk.services.planning.requests import Judged
    from patrol_desk.ui.pages.today.request_dialog import Opened


class RequestRow(QFrame):
    """One request: what is asked for, what stands against it, and the two answers."""

    approved = Signal()
    refused = Signal()

    def __init__(self, theme: Theme, waiting: "tuple[OpenRequest, Judged]") -> None:
        super().__init__()
        request, judged = waiting
        verdict, tone = judged_text(judged, (request.side.name, request.other.name if request.other else ""))
        title = title_text(request)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel("strong", title))
        words.addWidget(ElidedLabel("muted", note_text(request)))
        said = ElidedLabel("secondary", verdict)
        said.setProperty("tone", tone)
        words.addWidget(said)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        row.setSpacing(theme.px(6))
        row.addLayout(words, 1)
        yes, no = Button(theme, kind="link"), Button(theme, kind="link")
        for button, verb, name, signal in (
            (yes, tr("批准"), "request_yes", self.approved),
            (no, tr("拒绝"), "request_no", self.refused),
        ):
            button.setText(verb)
            button.setObjectName(name)
            button.setAccessibleName(f"{verb}: {title}")
            button.clicked.connect(signal)
            row.addWidget(button)
        yes.setEnabled(not judged.blocked)


class RequestSection(Section):
    """The requests that wait for a decision; hidden while there is none.

    Parameters
    ----------
    desk
        Reads and writes.
    """

    shown = Signal(bool)
    """Whether there is any."""
    left = Signal(object)
    """Checkpoint, shift pattern and day of a duty that somebody was let off."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._waiting: Sequence[tuple[OpenRequest, Judged]] = ()
        self._rows: list[RequestRow] = []
        self.body.setSpacing(0)
        self.setObjectName("today_requests")
        desk.theme.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Make the rows anew in the language and look in force."""
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [RequestRow(self._desk.theme, waiting) for waiting in self._waiting]
        for row, (request, _) in zip(self._rows, self._waiting, strict=True):
            row.approved.connect(partial(self._start, self._approve, request))
            row.refused.connect(partial(self._start, self._refuse, request))
            self.add(row)
        self.set_title(tr("请假 / 换班"), f"{len(self._rows)}")
        self.setVisible(bool(self._rows))
        self.shown.emit(bool(self._rows))

    async def read_again(self) -> None:
        """Read what waits, and judge each on the board of its week."""
        waiting = []
        for request in await self._desk.read(open_requests):
            board = await self._desk.boards.get(request.week)
            waiting.append((request, await self._desk.read(_judge, board, request)))
        self._waiting = waiting
        self.retranslate()

    def ask(self) -> None:
        """Ask whose duty it is about, and write it down or grant it."""
        self._desk.tasks.start("today.request", self._ask(), owner=self, exclusive="today.request")

    async def _ask(self) -> None:
        await self._desk.read(_warm_up)
        from patrol_desk.services.planning import requests
        from patrol_desk.ui.pages.today.request_dialog import RequestDialog

        weeks = await self._desk.read(_planned, Week.of(self._desk.now.date()))
        opened = await self._first_with_duties(weeks)
        if opened is None:
            self._desk.tell(tr("本周余下和以后都没有排好的班，没有可请假或互换的。"))
            return

        async def show(week: Week) -> None:
            dialog.show_week(*await self._duties(week))

        def another(week: Week) -> None:
            self._desk.tasks.start("request week", show(week), owner=dialog, exclusive="request.week")

        dialog = RequestDialog(self._desk.host, self._desk.theme, weeks, opened, another)
        if not await dialog.ask() or dialog.taken is None:
            return
        board = dialog.board
        one, other, words = dialog.taken
        place = board.stand.held[one.id].row.key[1:]
        about = (
            tr("{name} 与 {other} 互换", name=one.name, other=other.name) if other else tr("{name} 请假", name=one.name)
        )
        run = requests.grant_at_once if dialog.grant else requests.ask
        step = about if dialog.grant else tr("登记：{what}", what=about)
        await self._desk.write(step, run, board, one.id, other.id if other else "", words)
        if dialog.grant:
            if other is None:
                self.left.emit(place)
            await self._granted(about, board.week, {one.person_id, *([other.person_id] if other else [])})
        else:
            self._desk.tell(tr("已登记，等待批准：{what}", what=about), "ok")

    async def _first_with_duties(self, weeks: "Sequence[Week]") -> "Opened | None":
        """Return the first week with duties to come, None where none has any."""
        for week in weeks:
            opened = await self._duties(week)
            if opened[1]:
                return opened
        return None

    async def _duties(self, week: Week) -> "Opened":
        from patrol_desk.services.planning import requests

        board = await self._desk.boards.get(week)
        return board, await asyncio.to_thread(requests.duty_lines, board)

    def _start(self, work: Any, request: OpenRequest) -> None:  # noqa: ANN401  # a coroutine function of this class
        made: Coroutine[Any, Any, None] = work(request)
        self._desk.tasks.start("today.request", made, owner=self)

    async def _approve(self, request: OpenRequest) -> None:
        from patrol_desk.services.planning import requests

        board = await self._desk.boards.get(request.week)
        step = tr("批准：{what}", what=title_text(request))
        await self._desk.write(step, requests.approve, board, request.id)
        if request.other is None:
            self.left.emit(request.side.key[1:])
        people = {request.side.key[0], *([request.other.key[0]] if request.other else [])}
        await self._granted(title_text(request), request.week, people)

    async def _refuse(self, request: OpenRequest) -> None:
        from patrol_desk.services.planning import requests

        step = tr("拒绝：{what}", what=title_text(request))
        await self._desk.write(step, requests.refuse, request.id)
        self._desk.tell(tr("已拒绝：{what}", what=title_text(request)), "ok")

    async def _granted(self, about: str, week: Week, people: set[str]) -> None:
        """Say that it is done, and offer the change slip of the squads it concerns, against what is in force."""
        ids = await self._desk.read(_squads_of, week, people)
        board = await self._desk.boards.get(week)
        squads = tuple(row.code for row in board.frame.data.squads if row.id in ids)
        number = board.version.number if board.version is not None else None
        self._desk.tell(
            tr("已批准：{what}", what=about), "ok",
            action=(tr("打印变动通知"), partial(self._print, week, squads, number)),
        )  # fmt: skip

    def _print(self, week: Week, squads: tuple[str, ...], number: int | None) -> None:
        from patrol_desk.ui.dialogs.printing.dialog import open_print
        from patrol_desk.ui.dialogs.printing.request import PrintRequest

        open_print(self._desk, PrintRequest(week, squads, "change-slip", number=number))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _planned(station: Station, actor: Actor, first: Week) -> tuple[Week, ...]:
    from patrol_desk.services.planning.weeks import planned_weeks

    return tuple(state.week for state in planned_weeks(station, actor, first))


def _warm_up(station: Station, actor: Actor) -> None:
    """Import, in a reader's thread, what judging and granting need: the window does not wait for it."""
    import patrol_desk.services.planning.requests

    del station, actor, patrol_desk


def _judge(station: Station, actor: Actor, board: "Board", request: OpenRequest) -> "Judged":
    from patrol_desk.services.planning.requests import judge_request

    del station, actor  # the board holds all that is asked
    return judge_request(board, request)


def _squads_of(station: Station, actor: Actor, week: Week, people: set[str]) -> tuple[str, ...]:
    from patrol_desk.services.planning.weeks import squads_of

    return squads_of(station, actor, week, people)
