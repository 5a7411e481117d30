"""The tabs of a group that are tables: certificates, duties and hours, who came and went."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QObject

from patrol_desk.services.people.squads import Expiry, GroupDetail, MemberCard, Stay
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import date_text
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.pages.people.columns import SOON
from patrol_desk.ui.pages.people.squads.words import role_text
from patrol_desk.ui.pages.people.words import hours_text, leave_text, pause_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.skill_icons import skill_icon
from patrol_desk.ui.widgets.table import DataTable

_LAST = date(9999, 1, 1)


class GroupTables(QObject):
    """The three tables of a group.

    Parameters
    ----------
    theme
        Gives colours, fonts and sizes.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._today = date.min
        self._detail: GroupDetail | None = None
        self.proofs: RowsModel[Expiry] = RowsModel(self._proof_columns(), self)
        self.hours: RowsModel[MemberCard] = RowsModel(self._hour_columns(), self)
        self.stays: RowsModel[Stay] = RowsModel(self._stay_columns(), self)
        self.views = {
            "proofs": self._view("group_proofs", self.proofs),
            "hours": self._view("group_hours", self.hours),
            "changes": self._view("group_changes", self.stays),
        }

    def _view(
        self, name: str, model: RowsModel[Expiry] | RowsModel[MemberCard] | RowsModel[Stay]
    ) -> DataTable:  # fmt: skip
        view = DataTable(self._theme)
        view.setObjectName(name)
        view.set_rows_model(model)
        return view

    def show_group(self, detail: GroupDetail) -> None:
        """Show a group."""
        self._detail, self._today = detail, detail.today
        self.proofs.set_rows(detail.certificates)
        self.hours.set_rows(detail.members)
        self.stays.set_rows(detail.stays)

    def expiring(self) -> int:
        """Return how many certificates have run out or do so within a month."""
        rows = self._detail.certificates if self._detail is not None else ()
        return sum(row.expires_on is not None and row.expires_on <= self._today + SOON for row in rows)

    def retranslate(self) -> None:
        """Set the words of the current language."""
        words = (tr("技能与证件"), tr("执勤与工时"), tr("成员变动"))
        for view, name in zip(self.views.values(), words, strict=True):
            view.setAccessibleName(name)

    def _proof_columns(self) -> Sequence[Column[Expiry]]:
        return (
            Column("name", lambda: tr("姓名"), 120, lambda row: row.name, lambda row: row.name, role="strong"),
            Column("skill", lambda: tr("技能"), 140, lambda row: row.skill, lambda row: row.skill,
                   icon=lambda row: skill_icon(row.skill_code)),
            Column("expires", lambda: tr("证件到期"), 150, _expires, lambda row: row.expires_on or _LAST,
                   role="secondary", tone=self._tone, icon=self._icon),
            Column("note", lambda: tr("状态"), 140, self._note, chip=self._chip, stretch=True),
        )  # fmt: skip

    def _tone(self, row: Expiry) -> str:
        if row.expires_on is None:
            return "text3"
        if row.expires_on < self._today:
            return "red"
        return "amber" if row.expires_on <= self._today + SOON else ""

    def _icon(self, row: Expiry) -> str:
        return {"red": "triangle-alert", "amber": "clock"}.get(self._tone(row), "")

    def _note(self, row: Expiry) -> str:
        if row.expires_on is None:
            return tr("长期有效")
        left = row.expires_on - self._today
        if left < timedelta():
            return tr("已过期 {count} 天", count=-left.days)
        return tr("还有 {count} 天", count=left.days)

    def _chip(self, row: Expiry) -> str:
        return {"red": "red", "amber": "amber"}.get(self._tone(row), "")

    def _hour_columns(self) -> Sequence[Column[MemberCard]]:
        return (
            Column("name", lambda: tr("姓名"), 120, lambda card: card.row.name, lambda card: card.row.sort_name,
                   role="strong"),
            Column("role", lambda: tr("职务"), 90, self._role, role="secondary"),
            Column("duties", lambda: tr("本周班次"), 110, lambda card: f"{card.row.duties}/{card.row.cap}",
                   lambda card: (-card.row.duties, card.row.cap)),
            Column("hours", lambda: tr("近 30 天"), 90, lambda card: f"{hours_text(card.row.minutes)} h",
                   lambda card: -card.row.minutes, align="right"),
            Column("leave", lambda: tr("请假或暂停"), 140, self._leave,
                   chip=lambda card: "amber" if card.row.leave or card.row.pause else "",
                   stretch=True),
        )  # fmt: skip

    def _role(self, card: MemberCard) -> str:
        return role_text(card.role, self._detail.line.kind) if card.role and self._detail else ""

    def _leave(self, card: MemberCard) -> str:
        if card.row.pause is not None:
            return pause_text(*card.row.pause, self._today)
        return leave_text(*card.row.leave, self._today) if card.row.leave is not None else ""

    def _stay_columns(self) -> Sequence[Column[Stay]]:
        return (
            Column("name", lambda: tr("姓名"), 100, lambda row: row.name, lambda row: row.name, role="strong"),
            Column("role", lambda: tr("职务"), 110, self._stay_role, role="secondary"),
            Column("from", lambda: tr("从哪天起"), 100, lambda row: date_text(row.from_on),
                   lambda row: row.from_on),
            Column("until", lambda: tr("到哪天止"), 100,
                   lambda row: date_text(row.until_on) if row.until_on else tr("至今"),
                   lambda row: row.until_on or _LAST, role="secondary"),
            Column("state", lambda: tr("状态"), 120, self._stay_state, chip=self._stay_chip, stretch=True),
        )  # fmt: skip

    def _stay_role(self, row: Stay) -> str:
        return role_text(row.role, self._detail.line.kind) if self._detail else ""

    def _stay_state(self, row: Stay) -> str:
        if row.from_on > self._today:
            return tr("明日起")
        if row.until_on is None:
            return tr("现任")
        return tr("今日止") if row.until_on == self._today else tr("已离开")

    def _stay_chip(self, row: Stay) -> str:
        if row.from_on > self._today:
            return "green"
        return "" if row.until_on is None or row.until_on < self._today else "amber"


def _expires(row: Expiry) -> str:
    return date_text(row.expires_on) if row.expires_on is not None else "—"
