"""Candidates kept by name beside the draft: figure by figure, accepted, planned from anew, deleted."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from patrol_desk.common.weeks import Week
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import moment_text, week_text
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.pages.planning.compare_table import Figure, compare_figures
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from patrol_desk.services.planning.live_figures import Standing
    from patrol_desk.services.planning.saved import Opened, Saved

Answer = Literal["accept", "again", "delete"]
DRAFT = "draft"
"""Id of the draft's row."""


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """The draft or a candidate as a row; `figures` are its values and what they are beyond the draft's."""

    id: str
    name: str
    figures: tuple[Figure, ...]
    note: str


class NameDialog(Dialog):
    """Asks by what name a candidate shall be kept.

    Parameters
    ----------
    host, theme
        The window and its look.
    proposed
        The name offered.
    most
        Characters it may have.
    """

    def __init__(self, host: QWidget, theme: Theme, proposed: str, most: int) -> None:
        super().__init__(host, theme, width=440)
        self.setObjectName("name_dialog")
        self.field = QLineEdit(proposed)
        self.field.setObjectName("saved_name")
        self.field.setMaxLength(most)
        self.field.selectAll()
        self.add(self.field)
        self._do = Button(theme, "bookmark", "primary", "Ctrl+Enter")
        self._back = Button(theme, keys="Esc")
        self._back.clicked.connect(self.reject)
        self.foot(self._do, self._back)
        self.name = proposed
        self.field.textChanged.connect(self._typed)
        self.first(self.field)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "_back"):
            return
        self.head(tr("保存为方案"), tr("草稿不变，以后可以采用"))
        self.field.setAccessibleName(tr("方案名称"))
        self.field.setPlaceholderText(tr("方案名称"))
        self._do.setText(tr("保存"))
        self._back.setText(tr("取消"))

    def _typed(self, text: str) -> None:
        self.name = text
        self._do.setEnabled(bool(text.strip()))


class SavedDialog(Dialog):
    """The candidates kept of a week beside its draft.

    Parameters
    ----------
    desk
        The window and its look.
    week
        Whose candidates.
    draft
        Figures of the draft; None without one.
    saved
        The candidates.
    open_one
        Holds one against today's data.
    """

    def __init__(
        self, desk: Desk, week: Week, draft: "Standing | None", saved: "Sequence[Saved]",
        open_one: "Callable[[str], Awaitable[Opened]]",
    ) -> None:  # fmt: skip
        super().__init__(desk.host, desk.theme, width=960, height=440)
        self._desk = desk
        self._week = week
        self._draft = draft
        self._saved = {one.id: one for one in saved}
        self._open_one = open_one
        self.answer: Answer = "accept"
        self.taken: Saved | None = None
        self.opened: Opened | None = None
        self.setObjectName("saved_dialog")
        self.model: RowsModel[CandidateRow] = RowsModel(_columns(), self)
        self.table = DataTable(desk.theme)
        self.table.setObjectName("saved_table")
        self.table.set_rows_model(self.model)
        self.verdict = Label("secondary", wrap=True)
        self.verdict.setObjectName("saved_verdict")
        self.add(self.table, 1)
        self.add(self.verdict)
        self._make_foot()
        self.table.current_row_changed.connect(lambda _row: self._look())
        self.first(self.table)
        self.retranslate()
        if saved:
            self.table.go_to(saved[-1].id)

    def chosen(self) -> "Saved | None":
        """Return the candidate with the focus; None on the draft."""
        row = self.table.current_row()
        return self._saved.get(row.id) if isinstance(row, CandidateRow) else None

    @override
    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "_do"):
            return
        self.head(tr("备选方案"), tr("{week}，与草稿并排；括号里是比草稿多或少", week=week_text(self._week)))
        self.table.setAccessibleName(tr("备选方案"))
        self.model.set_rows(self._rows())
        self.model.retranslate()
        self._do.setText(tr("采用为草稿"))
        self._again.setText(tr("按现在的数据再排"))
        self._drop.setText(tr("删除"))
        self._back.setText(tr("关闭"))
        self._say()

    def _make_foot(self) -> None:
        self._do = Button(self._theme, "check", "primary", "Ctrl+Enter")
        self._do.setObjectName("saved_accept")
        self._again = Button(self._theme, "refresh-cw", keys="R")
        self._again.setObjectName("saved_again")
        self._drop = Button(self._theme, "trash-2", "danger", "Del")
        self._drop.setObjectName("saved_delete")
        self._back = Button(self._theme, keys="Esc")
        self._back.clicked.connect(self.reject)
        for button, keys, answer in ((self._again, "R", "again"), (self._drop, "Del", "delete")):
            button.clicked.connect(lambda _on=False, answer=answer: self._end(answer))
            # A shortcut, for a table keeps letters to itself.
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)
        self.foot(self._do, self._back, self._again, left=self._drop)

    def _end(self, answer: Answer) -> None:
        if self.chosen() is not None:
            self.answer = answer
            self.accept()

    @override
    def accepting(self) -> bool:
        self.taken = self.chosen()
        return self.taken is not None

    def _look(self) -> None:
        """Hold the candidate with the focus against today's data."""
        self.opened = None
        one = self.chosen()
        if one is not None:
            self._desk.tasks.start("saved", self._read_one(one), owner=self, exclusive="saved.open")
        self._say()

    async def _read_one(self, one: "Saved") -> None:
        opened = await self._open_one(one.id)
        if self.chosen() is one:
            self.opened = opened
            self._say()

    def _say(self) -> None:
        one, opened = self.chosen(), self.opened
        tone, words = "", ""
        if one is None:
            words = tr("选一个方案，看按现在的数据还能不能采用。") if self._saved else tr(
                "本周还没有保存方案。编排结束后按 Ctrl+S，把候选存下来。"
            )  # fmt: skip
        elif opened is None:
            words = tr("正在按现在的数据核对…")
        elif opened.faults:
            tone = "red"
            words = tr("有 {count} 处不合现在的规则，不能直接采用：{first}。可按现在的数据再排，尽量保住它。",
                       count=len(opened.faults), first=say(opened.faults[0]))  # fmt: skip
        else:
            tone = "amber" if opened.lost else "green"
            counts = opened.comparison
            words = tr("与草稿相比：新增 {added} · 换人 {replaced} · 移除 {removed}。", added=counts.count("added"),
                       replaced=counts.count("replaced"), removed=counts.count("removed"))  # fmt: skip
            words += (
                tr("{count} 个班次已不能排，会留空。", count=opened.lost)
                if opened.lost
                else tr("按现在的数据全部可排。")
            )
        self.verdict.setText(words)
        self.verdict.setProperty("tone", tone)
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)
        self._do.setEnabled(opened is not None and not opened.faults)
        for button in (self._again, self._drop):
            button.setEnabled(one is not None)

    def _rows(self) -> list[CandidateRow]:
        first = [] if self._draft is None else [
            CandidateRow(DRAFT, tr("草稿（现在）"), compare_figures(None, self._draft), "")
        ]  # fmt: skip
        return [
            *first,
            *(
                CandidateRow(
                    one.id, one.name, compare_figures(self._draft, one.standing),
                    f"{moment_text(one.at)} {one.by} · {tr('种子')} {one.seed}",
                )
                for one in self._saved.values()
            ),
        ]  # fmt: skip


def _columns() -> list[Column[CandidateRow]]:
    def figure(place: int) -> Column[CandidateRow]:
        return Column(
            f"figure{place}", lambda: compare_figures(None, None)[place].name, (96, 80, 116, 88, 104, 80)[place],
            lambda row: _with_change(row.figures[place]), lambda row: row.id, role="secondary",
        )  # fmt: skip

    return [
        Column("name", lambda: tr("方案|列"), 130, lambda row: row.name, lambda row: row.name, role="strong"),
        *(figure(place) for place in range(len(compare_figures(None, None)))),
        Column(
            "note",
            lambda: tr("保存|列"),
            150,
            lambda row: row.note,
            lambda row: row.note,
            stretch=True,
            role="secondary",
        ),
    ]


def _with_change(figure: Figure) -> str:
    return f"{figure.candidate} ({figure.change})" if figure.change and figure.tone != "text3" else figure.candidate
