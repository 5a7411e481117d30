"""The page's dialogs: each says in numbers what will happen before it does."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal

from typing_extensions import override

from patrol_desk.models import LeaveReason, SquadRole
from patrol_desk.services.people import Affected, CertificateRow, Proof, SkillTag, affected_duties
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.people.picking import Pick, PickDialog
from patrol_desk.ui.pages.people.words import REASONS, ROLES
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.forms import Field, Form
from patrol_desk.ui.widgets.labels import Label

Answer = Literal["save", "drop", "stay"]


def affected_text(found: Affected) -> str:
    """Return how many duties an edit touches; empty for none."""
    if not found.total:
        return ""
    return tr(
        "涉及 {people} 人的 {total} 个班次：{drafts} 个在草稿，{published} 个已发布。",
        people=found.people, total=found.total, drafts=found.drafts, published=found.published,
    )  # fmt: skip


class FormDialog(Dialog):
    """A form, sentences and a verb."""

    def __init__(
        self, desk: Desk, title: str, verb: str, fields: Sequence[Field], *, danger: bool = False, width: int = 440
    ) -> None:
        super().__init__(desk.host, desk.theme, width=width)
        self.desk = desk
        self.head(title)
        self.form = Form(desk.theme, fields, label_width=84)
        self.told = Label("secondary", wrap=True)
        self.told.setObjectName("dialog_told")
        self.told.hide()
        self.do = Button(desk.theme, kind="danger" if danger else "primary", keys="Ctrl+Enter")
        self.do.setText(verb)
        self.do.setObjectName("dialog_do")
        back = Button(desk.theme, keys="Esc")
        back.setText(tr("取消"))
        back.clicked.connect(self.reject)
        self.given: dict[str, Any] = {}
        """What was answered; the form itself is gone once the dialog has closed."""
        self.add(self.form)
        self.add(self.told)
        self.foot(self.do, back)

    def tell(self, text: str, tone: str = "") -> None:
        """Say what will happen."""
        self.told.set_role("warn" if tone == "warn" else "secondary")
        self.told.setText(text)
        self.told.setVisible(bool(text))
        self.fit()

    @override
    def accepting(self) -> bool:
        self.given = self.form.values()
        return self.form.show_errors()


class LeaveDialog(FormDialog):
    """Days and reason of a leave, for one or many people.

    Parameters
    ----------
    desk
        The open station.
    title
        Whose leave it is.
    people
        Ids.
    days, reason
        What is shown at first.
    """

    def __init__(
        self, desk: Desk, title: str, people: Sequence[str], days: tuple[date, date],
        reason: LeaveReason = LeaveReason.PERSONAL,
    ) -> None:  # fmt: skip
        fields = (
            Field("first_on", lambda: tr("请假起"), "date", check=lambda value: None if value else tr("请写第一天。")),
            Field("last_on", lambda: tr("请假止"), "date", check=self._check_last),
            Field(
                "reason", lambda: tr("事由"), "choice",
                choices=lambda: [(kind.value, words()) for kind, words in REASONS.items()],
            ),
        )  # fmt: skip
        super().__init__(desk, title, tr("请假"), fields)
        self.setObjectName("leave_dialog")
        self._people = people
        self.form.set_values({"first_on": days[0], "last_on": days[1], "reason": reason.value})
        self.form.changed.connect(lambda _key: self._count())
        self._count()

    def _check_last(self, value: object) -> str | None:
        first = self.form.value("first_on") if hasattr(self, "form") else None
        if value is None:
            return tr("请写最后一天。")
        if isinstance(value, date) and isinstance(first, date) and value < first:
            return tr("请假止早于请假起。")
        return None

    def days(self) -> tuple[date, date]:
        """Return the first and the last day."""
        return self.given["first_on"], self.given["last_on"]

    def reason(self) -> LeaveReason:
        """Return the reason."""
        return LeaveReason(self.given["reason"])

    def _count(self) -> None:
        if not self.form.errors():
            self.desk.tasks.start("people.affected", self._tell(), owner=self, exclusive="people.affected")

    async def _tell(self) -> None:
        days = self.form.value("first_on"), self.form.value("last_on")
        found = await self.desk.read(affected_duties, self._people, *days)
        self.tell(affected_text(found), "warn")


class ProofDialog(FormDialog):
    """A certificate: its skill, number and days.

    Parameters
    ----------
    desk
        The open station.
    title
        Whose it is.
    skills
        Skills to choose from; a single one is settled.
    row
        The certificate to renew; None for a new one.
    """

    def __init__(self, desk: Desk, title: str, skills: Sequence[SkillTag], row: CertificateRow | None) -> None:
        fields = (
            Field("skill_id", lambda: tr("技能|一种"), "choice", choices=lambda: [(s.id, s.name) for s in skills]),
            Field("number", lambda: tr("证书编号")),
            Field("issued_on", lambda: tr("发证日期"), "date"),
            Field("expires_on", lambda: tr("有效期至"), "date", hint=lambda: tr("不写就是长期有效。"),
                  check=self._check_last),
        )  # fmt: skip
        super().__init__(desk, title, tr("保存"), fields)
        self.setObjectName("proof_dialog")
        self.form.set_field_enabled("skill_id", row is None)
        if row is not None:
            values = {"number": row.number, "issued_on": row.issued_on, "expires_on": row.expires_on}
            self.form.set_values({"skill_id": row.skill_id, **values})

    def _check_last(self, value: object) -> str | None:
        first = self.form.value("issued_on") if hasattr(self, "form") else None
        early = isinstance(value, date) and isinstance(first, date) and value < first
        return tr("有效期至早于发证日期。") if early else None

    def proof(self) -> Proof:
        """Return what was given."""
        given = self.given
        return Proof(given["skill_id"], given["number"], given["issued_on"], given["expires_on"])


class CapDialog(FormDialog):
    """The most duties in a week, for many people."""

    def __init__(self, desk: Desk, count: int) -> None:
        field = Field(
            "cap", lambda: tr("每周最多"), "choice",
            choices=lambda: [(str(cap), tr("{count} 班", count=cap)) for cap in range(8)],
        )  # fmt: skip
        super().__init__(desk, tr("设每周上限"), tr("设为这个上限"), [field])
        self.setObjectName("cap_dialog")
        self.form.set_values({"cap": "2"})
        self.tell(tr("将改 {count} 人的每周上限。", count=count))

    def cap(self) -> int:
        """Return the cap."""
        return int(self.given["cap"])


class RetireDialog(FormDialog):
    """The reason of a retirement, and what becomes of planned duties.

    Parameters
    ----------
    desk
        The open station.
    names
        Who is retired.
    affected
        Their duties from today on.
    """

    def __init__(self, desk: Desk, names: Sequence[str], affected: Affected) -> None:
        fields = [
            Field(
                "reason", lambda: tr("停用原因"), "long",
                check=lambda value: None if value else tr("请写明停用原因。"),
            )
        ]  # fmt: skip
        if affected.drafts:
            words = tr("同时从草稿移除 {count} 个班次", count=affected.drafts)
            fields.append(Field("drop", lambda: "", "check", words=lambda: words))
        count = len(names)
        title = tr("停用 {name}", name=names[0]) if count == 1 else tr("停用 {count} 人", count=count)
        super().__init__(desk, title, title, fields, danger=True)
        self.setObjectName("retire_dialog")
        if affected.drafts:
            self.form.set_values({"drop": True})
        sentences = [tr("停用后不再排班，退出小组和先莞队；以前的记录保留，可随时恢复。"), affected_text(affected)]
        if affected.published:
            sentences.append(tr("已发布的班次不会自动改动，请到排班页补位后再发布。"))
        self.tell("\n".join(sentence for sentence in sentences if sentence))

    def reason(self) -> str:
        """Return the reason."""
        return str(self.given["reason"])

    def drop(self) -> bool:
        """Say whether duties are taken out of drafts."""
        return bool(self.given.get("drop"))


class SquadDialog(PickDialog):
    """The squad to move to, the role there and the first day.

    Parameters
    ----------
    desk
        The open station.
    title
        Who moves.
    picks
        The squads.
    today
        The move begins tomorrow unless told otherwise.
    """

    def __init__(self, desk: Desk, title: str, picks: Sequence[Pick], today: date) -> None:
        fields = (
            Field(
                "role", lambda: tr("职务"), "choice",
                choices=lambda: [(role.value, words()) for role, words in ROLES.items()],
            ),
            Field("from_on", lambda: tr("从哪天起"), "date", check=lambda value: None if value else tr("请写第一天。")),
        )  # fmt: skip
        self.form = Form(desk.theme, fields, columns=2, label_width=60)
        self.form.set_values({"role": SquadRole.MEMBER.value, "from_on": today + timedelta(days=1)})
        none = Pick("", tr("退出小组"), tr("不再属于任何小组"))
        self.given: dict[str, Any] = {}
        super().__init__(desk.host, desk.theme, title, tr("调整小组"), [none, *picks], below=self.form)
        self.setObjectName("squad_dialog")

    @override
    def accepting(self) -> bool:
        self.given = self.form.values()
        return super().accepting() and self.form.show_errors()

    def squad(self) -> str | None:
        """Return the squad's id; None for none."""
        return next(iter(self.picked)) or None

    def role(self) -> SquadRole:
        """Return the role."""
        return SquadRole(self.given["role"])

    def from_on(self) -> date:
        """Return the first day."""
        day: date = self.given["from_on"]
        return day


async def ask_unsaved(desk: Desk, name: str, count: int) -> Answer:
    """Ask what becomes of edits that are not saved."""
    dialog = Dialog(desk.host, desk.theme, width=520)
    dialog.setObjectName("unsaved_dialog")
    dialog.head(tr("还有改动没有保存"))
    dialog.add(Label("body", tr("{name} 有 {count} 处改动没有保存。", name=name, count=count), wrap=True))
    save, drop, stay = Button(desk.theme, "save", "primary"), Button(desk.theme), Button(desk.theme, keys="Esc")
    dropped: list[bool] = []

    def give_up() -> None:
        dropped.append(True)
        dialog.reject()

    for button, words, key in (
        (save, tr("保存"), "save"),
        (drop, tr("放弃改动"), "drop"),
        (stay, tr("继续编辑"), "stay"),
    ):
        button.setText(words)
        button.setObjectName(f"unsaved_{key}")
    drop.clicked.connect(give_up)
    stay.clicked.connect(dialog.reject)
    dialog.foot(save, drop, stay)
    dialog.first(save)
    if await dialog.ask():
        return "save"
    return "drop" if dropped else "stay"
