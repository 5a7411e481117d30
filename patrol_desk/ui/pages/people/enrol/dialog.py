"""The enrolment: what the squad is at the left, the list and what becomes of each line at the right."""

from collections.abc import Coroutine, Sequence
from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout
from typing_extensions import override

from patrol_desk.common.errors import PatrolError
from patrol_desk.models import OrganisationKind, PersonStatus, SquadRole
from patrol_desk.services.people import Choices
from patrol_desk.services.people.enrol import (
    Checked,
    Enrolled,
    Enrolment,
    Line,
    check_list,
    enrol_organisation,
    read_list_file,
)
from patrol_desk.services.people.squads import GroupText
from patrol_desk.services.people.status import STEPS
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.dialogs.printing.settings import documents
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.people.enrol.table import LineTable
from patrol_desk.ui.pages.people.enrol.words import ORGANISATIONS, line_text, sum_text
from patrol_desk.ui.pages.people.words import STATUSES
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.file_picker import FilePicker, Picker
from patrol_desk.ui.widgets.form_controls import ChoiceControl
from patrol_desk.ui.widgets.forms import Field, Form
from patrol_desk.ui.widgets.labels import Label

_BY_LIST: Final = ""
_NOTHING: Final = Checked((), (), ())
LEFT: Final = 300


class EnrolDialog(Dialog):
    """Makes an organisation a squad.

    Parameters
    ----------
    desk
        The open station.
    choices
        Communities and organisations on record.
    code
        What the squad's code could be.

    Attributes
    ----------
    made
        What was written; None until then.
    """

    def __init__(self, desk: Desk, choices: Choices, code: str) -> None:
        super().__init__(desk.host, desk.theme, width=1120, height=720)
        self.setObjectName("enrol_dialog")
        self.desk = desk
        self.picker: Picker = FilePicker()
        self.made: Enrolled | None = None
        self._choices = choices
        self._checked = _NOTHING
        self._named = ""
        self.form = Form(desk.theme, self._fields(), label_width=0)
        self.form.set_values({"status": PersonStatus.APPLIED.value, "code": code, "leader": _BY_LIST})
        self.text = QPlainTextEdit()
        self.text.setObjectName("enrol_text")
        self.text.setTabChangesFocus(True)
        self.table = LineTable(desk.theme)
        self.file = Button(desk.theme, "file-spreadsheet", small=True)
        self.file.setObjectName("enrol_file")
        self._list_title, self._sum = Label("strong"), Label("secondary", wrap=True)
        self._line, self._wrong = Label("secondary", wrap=True), Label("error", wrap=True)
        self._line.setObjectName("enrol_line")
        self._sum.setObjectName("enrol_sum")
        self._wrong.setObjectName("enrol_wrong")
        self.do = Button(desk.theme, kind="primary", keys="Ctrl+Enter")
        self.do.setObjectName("enrol_do")
        self._back = Button(desk.theme, keys="Esc")
        self._lay_out()
        self._connect()
        self.first(self.form.control("organisation").inner)
        self.retranslate()

    def _fields(self) -> Sequence[Field]:
        needed = tr("请写单位名称。")
        return (
            Field("organisation", lambda: tr("单位名称"), hint=self._on_record,
                  check=lambda value: None if value else needed, longest=60),
            Field("kind", lambda: tr("单位类别"), "choice",
                  choices=lambda: [(kind.value, words()) for kind, words in ORGANISATIONS.items()]),
            Field("name", lambda: tr("小组名称"), check=lambda value: None if value else tr("请写名称。"), longest=60),
            Field("code", lambda: tr("小组编号"), check=lambda value: None if value else tr("请写编号。"), longest=32),
            Field("community", lambda: tr("社区"), "choice", choices=lambda: [
                ("", tr("不选")), *((row.id, row.name) for row in self._choices.communities)]),
            Field("leader", lambda: tr("组长"), "choice", choices=self._leaders),
            Field("status", lambda: tr("新人的状态"), "choice", hint=lambda: tr("“在队”的人才会排班。"),
                  choices=lambda: [(step.value, STATUSES[step]()) for step in STEPS]),
        )  # fmt: skip

    def _lay_out(self) -> None:
        px = self.desk.theme.px
        left = QFrame()
        left.setFixedWidth(px(LEFT))
        fields = QVBoxLayout(left)
        fields.setContentsMargins(0, 0, px(16), 0)
        fields.addWidget(self.form)
        fields.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(px(8))
        head = QHBoxLayout()
        head.addWidget(self._list_title, 1)
        head.addWidget(self.file)
        right.addLayout(head)
        self.text.setFixedHeight(px(116))
        right.addWidget(self.text)
        right.addWidget(self._sum)
        right.addWidget(self.table, 1)
        right.addWidget(self._line)
        right.addWidget(self._wrong)
        self._wrong.hide()
        body = QFrame()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(left)
        row.addLayout(right, 1)
        self.add(body, 1)
        self.foot(self.do, self._back)

    def _connect(self) -> None:
        self._back.clicked.connect(self.reject)
        self.file.clicked.connect(lambda: self._start("file", self._from_file()))
        self.text.textChanged.connect(lambda: self._start("check", self._check()))
        self.table.lines.ticks.changed.connect(self._say)
        self.table.current_row_changed.connect(self._say_line)
        self.form.changed.connect(self._edited)

    def _start(self, name: str, work: Coroutine[object, object, None]) -> None:
        self.desk.tasks.start(f"enrol.{name}", work, owner=self, exclusive=f"enrol.{name}")

    # The list

    async def _from_file(self) -> None:
        pattern = tr("表格文件") + " (*.csv *.txt *.tsv *.xlsx);;" + tr("所有文件") + " (*)"
        path = await self.picker.file(self, tr("选择名单"), documents(self.desk.settings), pattern)
        if path is None:
            return
        try:
            self.text.setPlainText(await self.desk.read(read_list_file, path))
        except PatrolError as error:
            self._refused(say(error.message))

    async def _check(self) -> None:
        try:
            self._checked = await self.desk.read(check_list, self.text.toPlainText())
        except PatrolError as error:
            self._checked = _NOTHING
            self._refused(say(error.message))
        else:
            self._refused("")
        self.table.show_lines(self._checked.lines)
        self.table.go_to_wrong()
        self._say()

    def _refused(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    # What will happen

    def _edited(self, key: str) -> None:
        name = str(self.form.value("organisation") or "")
        if key == "organisation" and self.form.value("name") == self._named:
            self.form.put("name", name)
            self._named = name
        self._say()

    def _on_record(self) -> str:
        name = str(self.form.value("organisation") or "").strip() if hasattr(self, "form") else ""
        known = any(row.name == name for row in self._choices.organisations)
        return tr("这个单位已有登记，小组归在它名下。") if known else ""

    def _leaders(self) -> list[tuple[str, str]]:
        joining = self.table.joining() if hasattr(self, "table") else []
        named = next((line.name for line in joining if line.role is SquadRole.LEADER), "")
        first = tr("按名单：{name}", name=named) if named else tr("暂不设")
        others = ((line.id, tr("{name}（第 {line} 行）", name=line.name, line=line.line)) for line in joining)
        return [(_BY_LIST, first), *others]

    def _say(self) -> None:
        joining = self.table.joining()
        leader = self.form.control("leader")
        assert isinstance(leader, ChoiceControl)
        leader.set_choices(self._leaders)
        self._sum.setText(sum_text(self._checked, joining))
        self.do.setText(tr("建组并加入 {count} 人", count=len(joining)))
        self.do.setEnabled(bool(joining))

    def _say_line(self, line: object) -> None:
        """Say in full what there is to say of the line that has the focus."""
        words = line_text(line) if isinstance(line, Line) else ""
        self._line.setVisible(bool(words))
        if isinstance(line, Line):
            self._line.set_role("error" if line.problems else "secondary")
            self._line.setText(tr("第 {line} 行：{text}", line=line.line, text=words))

    def enrolment(self, joining: Sequence[Line]) -> Enrolment:
        """Return what is to be written."""
        given = self.form.values()
        return Enrolment(
            text=self.text.toPlainText(),
            lines=frozenset(line.line for line in joining),
            organisation=given["organisation"],
            kind=OrganisationKind(given["kind"]),
            squad=GroupText(given["code"], given["name"], given["community"] or None, None, len(joining)),
            leader=int(given["leader"]) if given["leader"] else None,
            status=PersonStatus(given["status"]),
        )

    # Writing

    @override
    def accept(self) -> None:
        """Write first: a refusal keeps the list in sight."""
        joining = self.table.joining()
        if joining and self.form.show_errors():
            self._start("write", self._write(self.enrolment(joining)))

    async def _write(self, wanted: Enrolment) -> None:
        name = tr("整建制加入：{name}", name=wanted.squad.name)
        try:
            self.made = await self.desk.write(name, enrol_organisation, wanted)
        except PatrolError as error:
            self._refused(say(error.message))
            return
        super().accept()

    @override
    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "do"):
            return
        self.head(tr("整建制加入"), tr("一个单位的人，一步编成一个小组"))
        self._list_title.setText(tr("名单"))
        self.text.setAccessibleName(tr("名单"))
        self.text.setPlaceholderText(tr("从表格软件复制名单，粘贴到这里：每人一行"))
        self.file.setText(tr("从文件读入…"))
        self._back.setText(tr("取消"))
        self.table.retranslate()
        self.form.retranslate()
        self._say()
