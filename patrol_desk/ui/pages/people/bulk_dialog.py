"""Changing many people at once, and one person's next status: both say first what will happen."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from patrol_desk.models import ActivityClass, PersonStatus
from patrol_desk.services.people import Choices, PersonRow
from patrol_desk.services.people.bulk import NO_SQUAD, BulkEdit, BulkEffect, preview_bulk
from patrol_desk.services.people.status import STEPS
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.people.dialogs import FormDialog
from patrol_desk.ui.pages.people.words import ACTIVITY, STATUSES, listed
from patrol_desk.ui.widgets.forms import Field

KEEP: Final = ""
_OUT: Final = "out"


def effect_sentences(effect: BulkEffect) -> list[str]:
    """Return what an edit does: how many change, are so already, and cannot, with the reasons."""
    sentences = [tr("{people} 人中 {count} 人会改。", people=effect.people, count=effect.changing)]
    if effect.same:
        sentences.append(tr("{count} 人已经是这样。", count=effect.same))
    for each in effect.refused:
        codes = listed(list(each.codes))
        more = tr("{codes}等", codes=codes) if each.people > len(each.codes) else codes
        sentences.append(tr("{count} 人不能改：{why}（{codes}）。", count=each.people, why=say(each.why), codes=more))
    return sentences


class BulkDialog(FormDialog):
    """What is changed of everybody who is ticked; every field begins as "leave as it is".

    Parameters
    ----------
    desk
        The open station.
    people
        Who is ticked.
    choices
        Squads and skills to choose from.
    """

    def __init__(self, desk: Desk, people: Sequence[PersonRow], choices: Choices) -> None:
        self._people = [row.id for row in people]
        self._choices = choices
        super().__init__(desk, tr("批量修改 {count} 人", count=len(people)), tr("全部修改"), self._fields())
        self.setObjectName("bulk_dialog")
        self.form.changed.connect(lambda _key: self._fit())
        self._fit()

    def _fields(self) -> Sequence[Field]:
        skills = [(skill.id, skill.name) for skill in self._choices.skills]
        keep = (KEEP, tr("不改"))
        return (
            Field("all_squad", lambda: tr("小组|所属"), "choice", choices=lambda: [
                keep, (_OUT, tr("退出小组")), *((squad.id, squad.name) for squad in self._choices.squads)]),
            Field("all_cap", lambda: tr("每周最多"), "choice", choices=lambda: [
                keep, *((str(cap), tr("{count} 班", count=cap)) for cap in range(8))]),
            Field("all_activity", lambda: tr("参与程度"), "choice", choices=lambda: [
                keep, *((kind.value, words()) for kind, words in ACTIVITY.items())]),
            Field("all_status", lambda: tr("状态"), "choice", choices=lambda: [
                keep, *((status.value, STATUSES[status]()) for status in STEPS)]),
            Field("all_reason", lambda: tr("原因")),
            Field("all_skill", lambda: tr("登记证书"), "choice", choices=lambda: [keep, *skills]),
            Field("all_expires_on", lambda: tr("有效期至"), "date", hint=lambda: tr("不写就是长期有效。")),
            Field("all_dropped", lambda: tr("撤销证书"), "choice", choices=lambda: [keep, *skills]),
        )  # fmt: skip

    def edit(self) -> BulkEdit:
        """Return what was chosen."""
        given = self.given or self.form.values()
        squad, expires = given["all_squad"], given["all_expires_on"]
        return BulkEdit(
            squad_id=None if squad == KEEP else NO_SQUAD if squad == _OUT else squad,
            cap=None if given["all_cap"] == KEEP else int(given["all_cap"]),
            activity_class=None if given["all_activity"] == KEEP else ActivityClass(given["all_activity"]),
            status=None if given["all_status"] == KEEP else PersonStatus(given["all_status"]),
            reason=given["all_reason"] or "",
            skill_id=given["all_skill"] or None,
            expires_on=expires if given["all_skill"] and isinstance(expires, date) else None,
            dropped_skill_id=given["all_dropped"] or None,
        )

    def _fit(self) -> None:
        self.form.set_shown("all_reason", bool(self.form.value("all_status")))
        self.form.set_shown("all_expires_on", bool(self.form.value("all_skill")))
        edit = self.edit()
        self.do.setEnabled(edit != BulkEdit())
        if edit == BulkEdit():
            self.tell(tr("选要改的项，没选的保持不变。"))
        elif not self.form.errors():
            self.desk.tasks.start("people.preview", self._preview(edit), owner=self, exclusive="people.preview")

    async def _preview(self, edit: BulkEdit) -> None:
        effect = await self.desk.read(preview_bulk, self._people, edit)
        self.do.setEnabled(bool(effect.changing))
        self.tell("\n".join(effect_sentences(effect)), "warn" if effect.refused else "")


class StatusDialog(FormDialog):
    """The status somebody gets, from which day and why.

    Parameters
    ----------
    desk
        The open station.
    title
        Who it is.
    status
        The status offered first.
    today
        The day offered first.
    """

    def __init__(self, desk: Desk, title: str, status: PersonStatus, today: date) -> None:
        fields = (
            Field("step_status", lambda: tr("状态"), "choice",
                  choices=lambda: [(step.value, STATUSES[step]()) for step in STEPS]),
            Field("step_on", lambda: tr("从哪天起"), "date", check=lambda value: None if value else tr("请写第一天。")),
            Field("step_reason", lambda: tr("原因"), hint=lambda: tr("退回前一步时要写。")),
        )  # fmt: skip
        super().__init__(desk, title, tr("改状态"), fields)
        self.setObjectName("status_dialog")
        self.form.set_values({"step_status": status.value, "step_on": today})
        self.first(self.form.control("step_reason").inner)

    def status(self) -> PersonStatus:
        """Return the status."""
        return PersonStatus(self.given["step_status"])

    def on(self) -> date:
        """Return the first day."""
        day: date = self.given["step_on"]
        return day

    def reason(self) -> str:
        """Return the reason."""
        return str(self.given["step_reason"] or "")
