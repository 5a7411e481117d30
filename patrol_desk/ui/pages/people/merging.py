"""Records of one person: the list of those that may be, and two side by side before they are merged."""

from collections.abc import Mapping, Sequence
from typing import Final

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.models import ActivityClass, Force, Gender
from patrol_desk.services.finding.keys import search_keys
from patrol_desk.services.people import Choices
from patrol_desk.services.people.duplicates import Duplicate, Reason, Twin, find_duplicates
from patrol_desk.services.people.merge import Difference, MergePlan, merge_people, plan_merge
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, shift_mark, tr
from patrol_desk.ui.i18n.dates import short_date
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.people.dialogs import FormDialog
from patrol_desk.ui.pages.people.picking import Pick, PickDialog
from patrol_desk.ui.pages.people.words import ACTIVITY, FORCES, GENDERS, listed
from patrol_desk.ui.widgets.forms import Field

KEPT: Final = "kept"
OTHER: Final = "other"
_MOST_CLASHES: Final = 4


def reason_text(duplicate: Duplicate) -> str:
    """Return what two records share."""
    words: dict[Reason, str] = {
        "resident_id": tr("身份证号相同"), "phone": tr("电话相同"), "name_birth": tr("姓名和出生日期相同"),
    }  # fmt: skip
    reasons = listed([words[reason] for reason in duplicate.reasons])
    return f"{reasons} {duplicate.shown}".strip()


class MergeDialog(FormDialog):
    """Two records side by side: which is kept, and whose value of each field.

    Parameters
    ----------
    desk
        The open station.
    kept, other
        The records.
    plan
        What the merge does.
    choices
        Names of what fields refer to.
    """

    def __init__(self, desk: Desk, kept: Twin, other: Twin, plan: MergePlan, choices: Choices) -> None:
        self._plan, self._choices = plan, choices
        self._patterns = {pattern.id: shift_mark(pattern.mark) for pattern in choices.patterns}
        fields = [_field(each, kept, other, self._shown(each)) for each in plan.differences]
        title = tr("把 {other} 并入 {kept}", other=f"{other.code} {other.name}", kept=f"{kept.code} {kept.name}")
        super().__init__(desk, title, tr("合并"), fields, danger=True, width=600)
        self.setObjectName("merge_dialog")
        self.form.set_values({each.field: KEPT if each.kept or not each.other else OTHER for each in plan.differences})
        self.tell("\n".join(self._sentences()), "warn" if plan.clashes else "")

    def take(self) -> frozenset[str]:
        """Return the fields whose value is the other record's."""
        return frozenset(key for key, value in self.given.items() if value == OTHER)

    def _sentences(self) -> list[str]:
        plan = self._plan
        said = []
        if plan.clashes:
            first = [f"{short_date(c.on_date)} {self._patterns.get(c.pattern_id, '')}" for c in plan.clashes]
            shifts = listed(first[:_MOST_CLASHES])
            said.append(
                tr("两条记录在同一班都有安排，共 {count} 个（{shifts}）：保留前者的，后者的留在原记录。",
                   count=len(plan.clashes), shifts=shifts)
            )  # fmt: skip
        if plan.moving:
            said.append(tr("转过来：{rows}。", rows=listed(_counted(plan.moving))))
        if plan.staying:
            said.append(tr("留在原记录：{rows}。", rows=listed(_counted(plan.staying))))
        said.append(tr("{code} 会停用并注明并入谁；已发布的班次不改。可按 Ctrl+Z 撤销。", code=plan.other))
        return said

    def _shown(self, each: Difference) -> tuple[str, str]:
        one, other = _worded(each.field, each.kept, self._choices), _worded(each.field, each.other, self._choices)
        return one or tr("没有"), other or tr("没有")


def _field(each: Difference, kept: Twin, other: Twin, shown: tuple[str, str]) -> Field:
    name = Message(f"people.field_{each.field}")
    offered = [(KEPT, f"{shown[0]}  ·  {kept.code}"), (OTHER, f"{shown[1]}  ·  {other.code}")]
    return Field(each.field, lambda: say(name), "choice", choices=lambda: offered)


def _worded(field: str, value: str, choices: Choices) -> str:
    """Return a value as a form shows it."""
    if not value:
        return ""
    if field == "force":
        return FORCES[Force(value)]()
    if field == "activity_class":
        return ACTIVITY[ActivityClass(value)]()
    if field == "gender":
        return GENDERS[Gender(value)]()
    tables = {
        "community_id": choices.communities,
        "grid_cell_id": choices.grid_cells,
        "organisation_id": choices.organisations,
    }
    return next((row.name for row in tables.get(field, ()) if row.id == value), value)


def _counted(rows: Mapping[str, int]) -> list[str]:
    return [f"{say(Message(f'undo.kind_{kind}'))} {count}" for kind, count in rows.items()]


class Merging:
    """Finds records of one person and merges them.

    Parameters
    ----------
    desk
        The open station.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def look(self, choices: Choices) -> bool:
        """Show the records that may be one person; merge the pair that is chosen."""
        found = await self._desk.read(find_duplicates)
        if not found:
            self._desk.tell(tr("没有找到重复的人员：身份证号、电话、姓名加出生日期都不重复。"), "ok")
            return False
        title = tr("可能重复的人员：{count} 对", count=len(found))
        dialog = PickDialog(self._desk.host, self._desk.theme, title, tr("并排比较"), _picks(found), width=640)
        dialog.setObjectName("duplicates_dialog")
        if not await dialog.ask():
            return False
        chosen = next(each for each in found if each.id in dialog.picked)
        return await self.compare(chosen.first, chosen.second, choices)

    async def compare(self, kept: Twin, other: Twin, choices: Choices) -> bool:
        """Show two records side by side and merge them."""
        plan = await self._desk.read(plan_merge, kept.id, other.id)
        dialog = MergeDialog(self._desk, kept, other, plan, choices)
        if not await dialog.ask():
            return False
        name = tr("把 {other} 并入 {kept}", other=other.code, kept=kept.code)
        try:
            await self._desk.write(name, merge_people, kept.id, other.id, dialog.take())
        except InvalidDataError as error:
            self._desk.tell(say(error.message), "error")
            return False
        self._desk.tell(tr("{other} 已并入 {kept}，可按 Ctrl+Z 撤销。", other=other.code, kept=kept.code), "ok")
        self._desk.go(Target("people", kept.id))
        return True


def _picks(found: Sequence[Duplicate]) -> list[Pick]:
    return [
        Pick(
            each.id, _names(each), f"{each.first.code} / {each.second.code}  {reason_text(each)}",
            search=search_keys(each.first.name, each.first.code, each.second.code),
        )
        for each in found
    ]  # fmt: skip


def _names(each: Duplicate) -> str:
    return each.first.name if each.first.name == each.second.name else f"{each.first.name} / {each.second.name}"
