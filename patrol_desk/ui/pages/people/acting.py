"""What the page does with people who are ticked, or with the one in the panel."""

from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path

from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import InvalidDataError, PatrolError
from patrol_desk.messages import Language
from patrol_desk.models import PersonStatus
from patrol_desk.services.exporting import export_list, export_people
from patrol_desk.services.people import (
    CertificateRow,
    Choices,
    LeaveRow,
    LeaveTaken,
    PersonDetail,
    PersonRow,
    SkillTag,
    add_leave,
    affected_duties,
    change_leave,
    copy_availability,
    end_certificate,
    end_leave,
    restore_people,
    retire_people,
    reveal_phone,
    set_caps,
    set_certificate,
    set_squad,
)
from patrol_desk.services.people.bulk import apply_bulk
from patrol_desk.services.people.status import next_step, set_status
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.dialogs.printing.settings import documents
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.people import pausing
from patrol_desk.ui.pages.people.bulk_dialog import BulkDialog, StatusDialog, effect_sentences
from patrol_desk.ui.pages.people.dialogs import CapDialog, LeaveDialog, ProofDialog, RetireDialog, SquadDialog
from patrol_desk.ui.pages.people.export_dialog import ExportDialog
from patrol_desk.ui.pages.people.picking import PickDialog, person_picks, squad_picks
from patrol_desk.ui.pages.people.words import STATUSES
from patrol_desk.ui.widgets.file_picker import FilePicker, Picker

Act = Callable[[], Coroutine[object, object, object]]


class PeopleActions:
    """Asks, writes and tells; each action is one step that can be undone.

    Parameters
    ----------
    desk
        The open station.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.picker: Picker = FilePicker()

    async def move(self, people: Sequence[PersonRow], everybody: Sequence[PersonRow], choices: Choices) -> bool:
        """Move people to another squad; say whether it was done."""
        who = _who(people)
        dialog = SquadDialog(
            self._desk, tr("调整小组：{who}", who=who), squad_picks(choices.squads, everybody), choices.today
        )
        if not await dialog.ask():
            return False
        moved = await self._desk.write(
            tr("调整小组：{who}", who=who), set_squad, _ids(people), dialog.squad(), dialog.role(),
            from_on=dialog.from_on(),
        )  # fmt: skip
        text = tr("{count} 人已调整小组。", count=moved.people)
        if moved.affected.total:
            text += tr("已排的 {count} 个班次保留在原点位。", count=moved.affected.total)
        self._desk.tell(text, "ok")
        return True

    async def cap(self, people: Sequence[PersonRow]) -> bool:
        """Set the weekly cap of people."""
        dialog = CapDialog(self._desk, len(people))
        if not await dialog.ask():
            return False
        cap = dialog.cap()
        changed = await self._desk.write(tr("每周上限设为 {count} 班", count=cap), set_caps, _ids(people), cap)
        self._desk.tell(tr("{count} 人的每周上限已改。", count=changed), "ok")
        return True

    async def leave(self, people: Sequence[PersonRow]) -> bool:
        """Give people leave."""
        who = _who(people)
        today = station_today(self._desk.clock)
        dialog = LeaveDialog(self._desk, tr("请假：{who}", who=who), _ids(people), (today, today))
        if not await dialog.ask():
            return False
        taken = await self._desk.write(
            tr("请假：{who}", who=who), add_leave, _ids(people), *dialog.days(), dialog.reason()
        )
        self._told_leave(taken)
        return True

    async def pause(self, people: Sequence[PersonRow]) -> bool:
        """Pause people for a time."""
        return await pausing.pause(self._desk, people, _who(people), station_today(self._desk.clock))

    async def resume(self, people: Sequence[PersonRow]) -> bool:
        """End the pauses of people."""
        return await pausing.resume(self._desk, people, _who(people))

    async def bulk(self, people: Sequence[PersonRow], choices: Choices) -> bool:
        """Change many at once, saying first who changes and who cannot."""
        dialog = BulkDialog(self._desk, people, choices)
        if not await dialog.ask():
            return False
        name = tr("批量修改：{who}", who=_who(people))
        effect = await self._desk.write(name, apply_bulk, _ids(people), dialog.edit())
        done = tr("已批量修改 {count} 人。", count=effect.changing)
        self._desk.tell(" ".join([done, *effect_sentences(effect)[1:]]), "warn" if effect.refused else "ok")
        return True

    async def step(self, people: Sequence[PersonRow]) -> bool:
        """Give people the next status, or another one, with its date and reason."""
        who = _who(people)
        status = next_step(people[0].status) or people[0].status
        today = station_today(self._desk.clock)
        dialog = StatusDialog(self._desk, tr("改状态：{who}", who=who), status, today)
        if not await dialog.ask():
            return False
        wanted = dialog.status()
        name = tr("{who} 改为{status}", who=who, status=STATUSES[wanted]())
        try:
            await self._desk.write(name, set_status, _ids(people), wanted, dialog.on(), dialog.reason())
        except InvalidDataError as error:
            self._desk.tell(say(error.message), "error")
            return False
        self._desk.tell(tr("{who} 已改为{status}。", who=who, status=STATUSES[wanted]()), "ok")
        return True

    async def export(self, people: Sequence[PersonRow]) -> bool:
        """Write people to files, as the import takes them: all of theirs, or one list with chosen columns."""
        dialog = ExportDialog(self._desk, len(people))
        if not await dialog.ask():
            return False
        form, chosen = dialog.form_wanted(), dialog.chosen
        title = tr("导出 {count} 人到文件夹", count=len(people))
        if form == "folder":
            path = await self.picker.folder(self._desk.host, title, Path.home())
        else:
            path = await self._list_path(form, len(people))
        if path is None:
            return False
        ids, words = _ids(people), self._language()
        try:
            if form == "folder":
                report = await self._desk.read(export_people, ids, path, language=words)
            else:
                report = await self._desk.read(export_list, ids, chosen, path, language=words)
        except PatrolError as error:
            self._desk.tell(say(error.message), "error")
            return False
        self._desk.tell(
            tr("已导出 {count} 人，共 {files} 个文件。含个人信息，请妥善保管；可在导入页原样导入。",
               count=len(people), files=report.files), "ok",
        )  # fmt: skip
        return True

    async def _list_path(self, form: str, count: int) -> Path | None:
        """Ask where one list is to be written; the ending says in which form."""
        kind = tr("表格文件") + (" (*.xlsx)" if form == "xlsx" else " (*.csv)")
        suggestion = documents(self._desk.settings) / f"{tr('人员')}.{form}"
        path = await self.picker.save(self._desk.host, tr("导出 {count} 人", count=count), suggestion, kind)
        return None if path is None else path.with_suffix(f".{form}")

    def _language(self) -> Language:
        return "en" if self._desk.language == "en" else "zh"

    def _told_leave(self, taken: LeaveTaken) -> None:
        text = tr("{count} 人已请假。", count=taken.added)
        if taken.kept:
            text += tr("{count} 人原来就有请假，没有改动。", count=taken.kept)
        if taken.affected.total:
            text += tr("有 {count} 个已排班次需要补位。", count=taken.affected.total)
        self._desk.tell(text, "warn" if taken.affected.total or taken.kept else "ok")

    async def change(self, detail: PersonDetail, row: LeaveRow) -> None:
        """Change a leave's days or reason."""
        name = detail.fields["name"]
        title = tr("修改请假：{name}", name=name)
        dialog = LeaveDialog(self._desk, title, [detail.id], (row.first_on, row.last_on), row.reason)
        if await dialog.ask():
            taken = await self._desk.write(
                title, change_leave, row.id, *dialog.days(), dialog.reason(), seen=row.row_version
            )
            self._told_leave(taken)

    async def withdraw(self, detail: PersonDetail, row: LeaveRow) -> None:
        """Take a leave back."""
        title = tr("撤销请假：{name}", name=detail.fields["name"])
        await self._desk.write(title, end_leave, row.id, seen=row.row_version)
        self._desk.tell(tr("已撤销请假，可按 Ctrl+Z 恢复。"), "ok")

    async def prove(self, detail: PersonDetail, skills: Sequence[SkillTag], row: CertificateRow | None = None) -> None:
        """Add a certificate of a skill there is none of yet, or renew one."""
        held = {one.skill_id for one in detail.certificates}
        offered = [one for one in skills if (one.id == row.skill_id if row is not None else one.id not in held)]
        if not offered:
            self._desk.tell(tr("每项技能都有证书了，请修改已有的。"), "info")
            return
        title = tr("证书：{name}", name=detail.fields["name"])
        dialog = ProofDialog(self._desk, title, offered, row)
        if await dialog.ask():
            seen = row.row_version if row is not None else 0
            await self._desk.write(title, set_certificate, detail.id, dialog.proof(), seen=seen)

    async def unprove(self, detail: PersonDetail, row: CertificateRow) -> None:
        """Take a certificate back."""
        title = tr("撤销证书：{name}", name=detail.fields["name"])
        await self._desk.write(title, end_certificate, row.id, seen=row.row_version)
        self._desk.tell(tr("已撤销证书，可按 Ctrl+Z 恢复。"), "ok")

    async def retire(self, people: Sequence[PersonRow]) -> bool:
        """Retire people, telling first what that touches."""
        ids = _ids(people)
        affected = await self._desk.read(affected_duties, ids, station_today(self._desk.clock))
        dialog = RetireDialog(self._desk, [row.name for row in people], affected)
        if not await dialog.ask():
            return False
        done = await self._desk.write(
            tr("停用：{who}", who=_who(people)), retire_people, ids, dialog.reason(), drop=dialog.drop()
        )
        text = tr("已停用 {count} 人。", count=done.people)
        if done.removed:
            text += tr("已从草稿移除 {count} 个班次。", count=done.removed)
        self._desk.tell(text, "ok")
        return True

    async def restore(self, people: Sequence[PersonRow]) -> bool:
        """Take retired people back."""
        count = await self._desk.write(tr("恢复在队：{who}", who=_who(people)), restore_people, _ids(people))
        self._desk.tell(tr("已恢复 {count} 人，请为他们选小组。", count=count), "ok")
        return True

    def offers(self, people: Sequence[PersonRow], move: Act) -> list[tuple[str, str, Act]]:
        """Return icon, words and work of what can be done with these people."""
        if people[0].retired:
            return [("rotate-ccw", tr("恢复在队"), lambda: self.restore(people))]
        pause: tuple[str, str, Act] = ("pause", tr("暂停…|人员"), lambda: self.pause(people))
        if people[0].pause is not None:
            pause = ("play", tr("结束暂停"), lambda: self.resume(people))
        return [
            ("users", tr("调整小组"), move),
            ("badge-check", _step_words(people[0].status), lambda: self.step(people)),
            ("calendar", tr("请假"), lambda: self.leave(people)),
            pause,
            ("user-x", tr("停用"), lambda: self.retire(people)),
        ]

    async def copy_week(self, detail: PersonDetail, everybody: Sequence[PersonRow]) -> None:
        """Give a person the week of another."""
        others = [row for row in everybody if row.id != detail.id]
        title = tr("{name} 的可执勤时间复制自", name=detail.fields["name"])
        dialog = PickDialog(self._desk.host, self._desk.theme, title, tr("复制"), person_picks(others))
        if await dialog.ask():
            name = tr("复制可执勤时间：{name}", name=detail.fields["name"])
            await self._desk.write(name, copy_availability, next(iter(dialog.picked)), [detail.id])

    async def number(self, detail: PersonDetail) -> str:
        """Return the whole number; the audit log keeps who saw it."""
        return await self._desk.write_for_good(reveal_phone, detail.id)


def _step_words(status: PersonStatus) -> str:
    step = next_step(status)
    return tr("改状态…") if step is None else tr("转为{status}…", status=STATUSES[step]())


def _ids(people: Sequence[PersonRow]) -> list[str]:
    return [row.id for row in people]


def _who(people: Sequence[PersonRow]) -> str:
    if len(people) == 1:
        return people[0].name
    return tr("{count} 人", count=len(people))
