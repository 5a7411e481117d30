"""Dialogs of squads and response teams: where to move somebody, and what a group is called and how many it has."""

from collections.abc import Sequence
from typing import Any

from patrol_desk.services.people import NamedRow
from patrol_desk.services.people.squads import GroupKind, GroupLine, GroupText, MemberCard
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.people.dialogs import FormDialog
from patrol_desk.ui.pages.people.picking import Pick, PickDialog
from patrol_desk.ui.pages.people.squads.side import EffectTable
from patrol_desk.ui.pages.people.squads.words import count_text, vacancy_text
from patrol_desk.ui.widgets.forms import Field

NOWHERE = "nowhere"


class TransferDialog(PickDialog):
    """The group to move to, with the effect of the one that has the focus.

    Parameters
    ----------
    desk
        The open station.
    title
        Who moves.
    movers
        Their cards.
    source
        Their group; None without one.
    groups
        Where they can go.
    """

    def __init__(
        self, desk: Desk, title: str, movers: Sequence[MemberCard], source: GroupLine | None,
        groups: Sequence[GroupLine],
    ) -> None:  # fmt: skip
        self._groups = {group.id: group for group in groups if source is None or group.id != source.id}
        self._movers, self._source = movers, source
        self.effect = EffectTable(desk.theme)
        picks = [Pick(g.id, g.name, _note(g), g.colour, g.search) for g in self._groups.values()]
        if source is not None:
            picks.insert(0, Pick(NOWHERE, tr("不再属于这个队"), tr("未编组")))
        super().__init__(desk.host, desk.theme, title, tr("明日起转入"), picks, below=self.effect)
        self.setObjectName("transfer_dialog")
        self.table.current_row_changed.connect(self._preview)

    def target(self) -> str | None:
        """Return the group's id; None for none."""
        found = next(iter(self.picked))
        return None if found == NOWHERE else found

    def _preview(self, pick: object) -> None:
        if isinstance(pick, Pick):
            self.effect.show_effect(self._movers, self._source, self._groups.get(pick.id))
            self.fit()


def _note(group: GroupLine) -> str:
    words = [group.code, tr("{count} 人", count=count_text(group)), vacancy_text(group)]
    return " · ".join(word for word in words if word)


class GroupDialog(FormDialog):
    """Code, name, place and full strength of a group.

    Parameters
    ----------
    desk
        The open station.
    group
        The group to change; None for a new one.
    code
        What a new one's code could be, by kind.
    squads_at, teams_at
        Communities and muster points to choose from.
    kind
        Of a new group, at first.
    """

    def __init__(
        self, desk: Desk, group: GroupLine | None, code: dict[GroupKind, str], squads_at: Sequence[NamedRow],
        teams_at: Sequence[NamedRow], kind: GroupKind = "squad",
    ) -> None:  # fmt: skip
        self._group, self._codes = group, code
        title = tr("新建队伍") if group is None else tr("改编制：{name}", name=group.name)
        fields = [
            Field("kind", lambda: tr("类别"), "choice",
                  choices=lambda: [("squad", tr("义警小组|一个")), ("team", tr("先莞队|一个"))]),
            Field("name", lambda: tr("名称"), check=lambda value: None if value else tr("请写名称。")),
            Field("code", lambda: tr("编号"), check=lambda value: None if value else tr("请写编号。")),
            Field("community", lambda: tr("社区"), "choice", choices=lambda: _offer(squads_at)),
            Field("muster", lambda: tr("召集点"), "choice", choices=lambda: _offer(teams_at)),
            Field("strength", lambda: tr("编制"), hint=lambda: tr("满编时的人数；不写就不算空缺。"), check=_strength),
        ]  # fmt: skip
        super().__init__(desk, title, tr("新建") if group is None else tr("保存"), fields)
        self.setObjectName("group_dialog")
        self._organisation = group.organisation_id if group is not None else None
        held = group.kind if group is not None else kind
        self.form.set_values({"kind": held, "code": group.code if group else code[held]})
        if group is not None:
            place = "community" if held == "squad" else "muster"
            strength = str(group.strength) if group.strength is not None else ""
            self.form.set_values({"name": group.name, place: group.place_id or "", "strength": strength})
        self.form.set_field_enabled("kind", group is None)
        self.form.changed.connect(self._edited)
        self._fit()
        self.first(self.form.control("name").inner)

    def _edited(self, key: str) -> None:
        if key == "kind":
            self.form.set_values({"code": self._codes[self.kind()]})
            self._fit()

    def _fit(self) -> None:
        squad = self.form.value("kind") == "squad"
        self.form.set_shown("community", squad)
        self.form.set_shown("muster", not squad)
        self.fit()

    def kind(self) -> GroupKind:
        """Return the kind."""
        return "squad" if (self.given or self.form.values())["kind"] == "squad" else "team"

    def text(self) -> GroupText:
        """Return what was written."""
        given: dict[str, Any] = self.given
        place = given["community" if self.kind() == "squad" else "muster"] or None
        strength = str(given["strength"] or "").strip()
        return GroupText(given["code"], given["name"], place, self._organisation, int(strength) if strength else None)


def _offer(rows: Sequence[NamedRow]) -> list[tuple[str, str]]:
    return [("", tr("不选")), *((row.id, row.name) for row in rows)]


def _strength(value: object) -> str | None:
    text = str(value or "").strip()
    return None if not text or (text.isdecimal() and 0 < int(text) < 1000) else tr("请写 1 到 999 之间的人数。")
