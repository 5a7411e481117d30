"""Pausing people: the dialog that says first what it touches, and ending a pause."""

from collections.abc import Sequence
from datetime import date

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.services.people import PersonRow, affected_duties
from patrol_desk.services.people.pauses import pause_people, resume_people
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.people.dialogs import FormDialog, affected_text
from patrol_desk.ui.widgets.forms import Field


class PauseDialog(FormDialog):
    """First day, last day and reason of a pause.

    Parameters
    ----------
    desk
        The open station.
    title
        Who is paused.
    people
        Ids.
    today
        The first day at first.
    """

    def __init__(self, desk: Desk, title: str, people: Sequence[str], today: date) -> None:
        fields = (
            Field("pause_from", lambda: tr("暂停起"), "date",
                  check=lambda value: None if value else tr("请写第一天。")),
            Field("pause_until", lambda: tr("暂停止"), "date", hint=lambda: tr("不写就一直暂停，直到有人恢复。"),
                  check=self._check_last),
            Field("pause_reason", lambda: tr("原因"), check=lambda value: None if value else tr("请写原因。")),
        )  # fmt: skip
        super().__init__(desk, title, tr("暂停|人员"), fields)
        self.setObjectName("pause_dialog")
        self._people = list(people)
        self.form.set_values({"pause_from": today})
        self.form.changed.connect(lambda _key: self._count())
        self.first(self.form.control("pause_reason").inner)
        self._count()

    def _check_last(self, value: object) -> str | None:
        first = self.form.value("pause_from") if hasattr(self, "form") else None
        wrong = isinstance(value, date) and isinstance(first, date) and value < first
        return tr("暂停止早于暂停起。") if wrong else None

    def days(self) -> tuple[date, date | None]:
        """Return the first and the last day."""
        last = self.given["pause_until"]
        return self.given["pause_from"], last if isinstance(last, date) else None

    def reason(self) -> str:
        """Return the reason."""
        return str(self.given["pause_reason"] or "")

    def _count(self) -> None:
        first, last = self.form.value("pause_from"), self.form.value("pause_until")
        if isinstance(first, date) and "pause_until" not in self.form.errors():
            day = last if isinstance(last, date) else None
            self.desk.tasks.start("people.pause", self._tell(first, day), owner=self, exclusive="people.pause")

    async def _tell(self, first: date, last: date | None) -> None:
        found = await self.desk.read(affected_duties, self._people, first, last)
        kept = tr("人留在册、留在小组，这些天不排班。")
        self.tell(f"{kept}{affected_text(found)}", "warn" if found.total else "")


async def pause(desk: Desk, people: Sequence[PersonRow], who: str, today: date) -> bool:
    """Pause people and say whether it was done."""
    title, ids = tr("暂停：{who}", who=who), [row.id for row in people]
    dialog = PauseDialog(desk, title, ids, today)
    if not await dialog.ask():
        return False
    try:
        done = await desk.write(title, pause_people, ids, *dialog.days(), dialog.reason())
    except InvalidDataError as error:
        desk.tell(say(error.message), "error")
        return False
    text = tr("已暂停 {count} 人，可按 Ctrl+Z 撤销。", count=done.people)
    if done.kept:
        text += tr("{count} 人原来就有暂停，没有改动。", count=done.kept)
    if done.affected.total:
        text += tr("有 {count} 个已排班次需要补位。", count=done.affected.total)
    desk.tell(text, "warn" if done.affected.total or done.kept else "ok")
    return True


async def resume(desk: Desk, people: Sequence[PersonRow], who: str) -> bool:
    """End the pauses of people from today on."""
    count = await desk.write(tr("结束暂停：{who}", who=who), resume_people, [row.id for row in people])
    desk.tell(tr("{count} 人从今日起恢复排班。", count=count), "ok")
    return True
