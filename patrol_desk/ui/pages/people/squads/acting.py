"""What is done with groups and their members: asks, writes and tells; each is one step that can be undone."""

from collections.abc import Sequence

from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.models import SquadRole
from patrol_desk.services.people import Choices, PersonRow, affected_duties
from patrol_desk.services.people.squads import (
    GroupDetail,
    GroupKind,
    GroupLine,
    MemberCard,
    close_group,
    create_group,
    next_group_code,
    set_role,
    transfer,
    update_group,
)
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.people.dialogs import affected_text
from patrol_desk.ui.pages.people.picking import Pick, PickDialog
from patrol_desk.ui.pages.people.squads.dialogs import GroupDialog, TransferDialog
from patrol_desk.ui.pages.people.squads.words import role_text
from patrol_desk.ui.widgets.confirm import confirm


class GroupActions:
    """The acts of the view of groups.

    Parameters
    ----------
    desk
        The open station.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # Members

    async def move(self, movers: Sequence[MemberCard], kind: GroupKind, target: GroupLine | None) -> None:
        """Move people to a group, or out of theirs, from tomorrow on."""
        await self._move([card.id for card in movers], _who(movers), kind, target)

    async def _move(self, people: Sequence[str], who: str, kind: GroupKind, target: GroupLine | None) -> None:
        where = target.name if target is not None else tr("未编组")
        name = tr("{who} 转到 {where}", who=who, where=where)
        try:
            done = await self._desk.write(name, transfer, people, kind, target.id if target is not None else None)
        except InvalidDataError as error:
            self._desk.tell(say(error.message), "error")
            return
        if not done.people:
            self._desk.tell(tr("{who} 已经在 {where}，没有改动。", who=who, where=where), "info")
            return
        text = tr("{who} 从明日起转到 {where}，可按 Ctrl+Z 撤销。", who=who, where=where)
        if done.affected.total:
            text += tr("已排的 {count} 个班次保留在原点位。", count=done.affected.total)
        self._desk.tell(text, "ok")

    async def ask_move(
        self, movers: Sequence[MemberCard], source: GroupLine | None, groups: Sequence[GroupLine]
    ) -> None:
        """Ask where to, with the numbers of each, and move."""
        title = tr("转到…：{who}", who=_who(movers))
        dialog = TransferDialog(self._desk, title, movers, source, groups)
        if not await dialog.ask():
            return
        target = next((group for group in groups if group.id == dialog.target()), None)
        kind = target.kind if target is not None else source.kind if source is not None else "squad"
        await self.move(movers, kind, target)

    async def recruit(self, detail: GroupDetail, rows: Sequence[PersonRow]) -> None:
        """Fill a vacancy with somebody: the near ones without a group first, then everybody."""
        group = detail.line
        near = {card.id: place for place, card in enumerate(detail.free)}
        inside = {card.id for card in detail.members}
        others = sorted(
            (row for row in rows if not row.retired and row.id not in inside),
            key=lambda row: (near.get(row.id, len(near)), row.squad is not None, row.sort_name),
        )
        title = tr("招募或调入：{name}", name=group.name)
        dialog = PickDialog(self._desk.host, self._desk.theme, title, tr("明日起转入"), [_pick(row) for row in others])
        if await dialog.ask():
            person = next(row for row in others if row.id in dialog.picked)
            await self._move([person.id], person.name, group.kind, group)

    async def set_role(self, detail: GroupDetail, card: MemberCard, role: SquadRole) -> None:
        """Give a member another role from tomorrow on."""
        group = detail.line
        name = tr("{who} 设为{role}", who=card.row.name, role=role_text(role, group.kind))
        back = await self._desk.write(name, set_role, group.kind, group.id, card.id, role)
        text = tr("{who} 从明日起任{role}。", who=card.row.name, role=role_text(role, group.kind))
        if back:
            names = [one.row.name for one in detail.members if one.id in back]
            text += tr("{who} 改任副职。", who=" · ".join(names))
        self._desk.tell(text, "ok")

    # Groups

    async def create(self, choices: Choices, kind: GroupKind) -> str:
        """Make a group and return its id; "" when it was not made."""
        codes: dict[GroupKind, str] = {
            "squad": await self._desk.read(next_group_code, "squad"),
            "team": await self._desk.read(next_group_code, "team"),
        }
        dialog = GroupDialog(self._desk, None, codes, choices.communities, choices.muster_points, kind)
        if not await dialog.ask():
            return ""
        text = dialog.text()
        try:
            made = await self._desk.write(tr("新建 {name}", name=text.name), create_group, dialog.kind(), text)
        except InvalidDataError as error:
            self._desk.tell(say(error.message), "error")
            return ""
        self._desk.tell(tr("已新建 {name}。把人拖到这个队上，或按 M 转入。", name=text.name), "ok")
        return made

    async def enrol(self, choices: Choices) -> str:
        """Make a whole organisation a squad and return its id; "" when it was not made."""
        from patrol_desk.ui.pages.people.enrol.dialog import EnrolDialog

        dialog = EnrolDialog(self._desk, choices, await self._desk.read(next_group_code, "squad"))
        if not await dialog.ask() or dialog.made is None:
            return ""
        made = dialog.made
        text = tr("已建小组：新建 {new} 人，名册里转入 {known} 人，可按 Ctrl+Z 撤销。", new=made.new, known=made.known)
        if made.affected.total:
            text += tr("已排的 {count} 个班次保留在原点位。", count=made.affected.total)
        self._desk.tell(text, "ok")
        return made.squad_id

    async def edit(self, detail: GroupDetail, choices: Choices | None) -> None:
        """Change what is written of a group."""
        if choices is None:
            return
        group = detail.line
        dialog = GroupDialog(self._desk, group, {}, choices.communities, choices.muster_points)
        if not await dialog.ask():
            return
        name = tr("改编制：{name}", name=group.name)
        try:
            await self._desk.write(name, update_group, group.kind, group.id, dialog.text(), seen=group.row_version)
        except InvalidDataError as error:
            self._desk.tell(say(error.message), "error")

    async def close(self, detail: GroupDetail, _choices: object = None) -> None:
        """Close a group, saying first whom that leaves without one."""
        group = detail.line
        people = [card.id for card in detail.members]
        affected = await self._desk.read(affected_duties, people, station_today(self._desk.clock)) if people else None
        sentences = [
            tr("{count} 人从明日起不再属于任何队，要另外编组。", count=len(people)),
            affected_text(affected) if affected is not None else "",
            tr("以前的名册和排班不变，可按 Ctrl+Z 恢复。"),
        ]
        title = tr("撤销 {name}？", name=group.name)
        asked = [sentence for sentence in sentences if sentence]
        if await confirm(self._desk.host, self._desk.theme, title, asked, tr("撤销队伍"), danger=True):
            name = tr("撤销队伍：{name}", name=group.name)
            done = await self._desk.write(name, close_group, group.kind, group.id)
            self._desk.tell(tr("已撤销 {name}，{count} 人待编组。", name=group.name, count=done.people), "ok")


def _who(movers: Sequence[MemberCard]) -> str:
    return movers[0].row.name if len(movers) == 1 else tr("{count} 人", count=len(movers))


def _pick(row: PersonRow) -> Pick:
    where = row.squad.name if row.squad else tr("未编组")
    skills = " ".join(skill.mark for skill in row.skills)
    return Pick(row.id, row.name, f"{row.code}  {where}  {skills}", row.squad.colour if row.squad else None, row.search)
