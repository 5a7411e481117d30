"""The right side of the page: the candidate against the draft, every change, what stays empty and why."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.itemmodels.rows import RowsModel
from patrol_desk.ui.pages.planning.change_list import ChangeList
from patrol_desk.ui.pages.planning.compare_table import CompareTable, compare_figures
from patrol_desk.ui.pages.planning.open_rows import OpenRow, joined, open_columns, reasons_of
from patrol_desk.ui.pages.planning.session import Session, Stage
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.flow import FlowLayout
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.sections import Section, line
from patrol_desk.ui.widgets.segmented import Segmented
from patrol_desk.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from patrol_desk.services.planning.live import RunStart
    from patrol_desk.services.planning.live_compare import Comparison

ADVICE: Final = 2
"""Ways out that are named at once; the list tells the others seat by seat."""


class _Sentence(QWidget):
    """An icon and a sentence that may take several lines."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._mark = QLabel()
        self.words = Label("secondary", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        theme.changed.connect(self.restyle)
        self.restyle()

    def say(self, text: str) -> None:
        self.words.setText(text)
        self.setVisible(bool(text))

    def restyle(self) -> None:
        self._mark.setPixmap(self._theme.pixmap(self._icon, "text3", 14))


class CandidatePanel(QFrame):
    """Shows what accepting would change.

    Parameters
    ----------
    desk
        Gives the theme.
    session
        The run.
    """

    accept_asked = Signal()
    again_asked = Signal()
    discard_asked = Signal()
    leave_asked = Signal()
    doctor_asked = Signal()
    """Why gaps remain is asked for; a finished run is accepted first."""

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._theme = desk.theme
        self._session = session
        self._start: RunStart | None = None
        self._listed: Comparison | None = None
        self.setProperty("panel", "surface")
        self._build_figures()
        self._build_lists()
        self._build_foot()
        self._lay_out()
        session.changed.connect(self.refresh)
        session.began.connect(self.refresh)
        session.compared.connect(self._show_comparison)
        session.finished.connect(lambda _outcome: self.refresh())
        self._theme.changed.connect(self._restyle)
        self._restyle()

    def show_start(self, start: "RunStart | None") -> None:
        """Show the draft of the week that would be planned."""
        self._start = start
        self.refresh()

    def refresh(self) -> None:
        """Show everything as it is now."""
        self._show_comparison(self._session.comparison)
        self._show_open()
        self._show_sentences()
        self._show_foot()
        self._show_doctor()

    def retranslate(self) -> None:
        """Set every text anew."""
        self._figures_part.set_title(tr("候选与草稿对比"))
        self.changes.retranslate()
        self._open.setAccessibleName(tr("补不上的席位"))
        self._moved_words.setText(tr("编排期间数据有改动，不能直接采用。可按现在的数据再排一次，尽量保住这份方案。"))
        self.again_button.setText(tr("按现在的数据再排"))
        self.drop_button.setText(tr("放弃|plan"))
        self.leave_button.setText(tr("返回排班表"))
        self._open_model.retranslate()
        self.refresh()

    def _build_figures(self) -> None:
        self._figures_part = Section(self._theme)
        self.table = CompareTable(self._theme)
        self._figures_part.add(self.table)

    def _build_lists(self) -> None:
        theme = self._theme
        self._list_part = Section(theme)
        self.lists = Segmented(theme, small=True)
        self.lists.setObjectName("plan_lists")
        self.lists.changed.connect(self._choose_list)
        self._open_model: RowsModel[OpenRow] = RowsModel(open_columns())
        self.changes = ChangeList(theme)
        self.changes.ticked.connect(self._show_foot)
        self._open = DataTable(theme)
        self._open.setObjectName("plan_open")
        self._open.set_rows_model(self._open_model)
        self._open.horizontalHeader().hide()
        self._open.current_row_changed.connect(self._show_reasons)
        self._reasons = Label("secondary", wrap=True)
        self._reasons.setObjectName("plan_reasons")
        self._locked, self._unfilled = _Sentence(theme, "lock"), _Sentence(theme, "info")

    def _build_foot(self) -> None:
        theme = self._theme
        self.accept_button = Button(theme, "check", "primary", "Ctrl+Enter")
        self.again_button = Button(theme, "refresh-cw", "primary")
        self.drop_button = Button(theme, "", "danger")
        self.leave_button = Button(theme, "calendar-days", "primary")
        for name in ("accept", "again", "drop", "leave"):
            button = getattr(self, f"{name}_button")
            button.setObjectName(f"candidate_{name}")
        self.accept_button.clicked.connect(self.accept_asked)
        self.again_button.clicked.connect(self.again_asked)
        self.drop_button.clicked.connect(self.discard_asked)
        self.leave_button.clicked.connect(self.leave_asked)
        self._foot_note = Label("muted", wrap=True)
        self._moved_words = Label("warn", wrap=True)

    def _lay_out(self) -> None:
        lists = QWidget()
        self._stack = QStackedLayout(lists)
        self._stack.setContentsMargins(self._theme.px(8), 0, 0, 0)
        self._stack.addWidget(self.changes)
        self._stack.addWidget(self._open)
        foot = QFrame()
        foot.setProperty("panel", "line-top")
        self._foot = QVBoxLayout(foot)
        self._foot.addWidget(self._moved_words)
        row = FlowLayout(8, 8)
        for button in (self.accept_button, self.leave_button, self.again_button, self.drop_button):
            row.addWidget(button)
        self._foot.addLayout(row)
        self._foot.addWidget(self._foot_note)
        # Ruled off only while there is something to say.
        self._note_box = QFrame()
        self._note_box.setProperty("panel", "line-top")
        self._notes = QVBoxLayout(self._note_box)
        for part in (self._reasons, self._locked, self._unfilled):
            self._notes.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._figures_part)
        whole.addWidget(line(self._theme))
        whole.addWidget(self._list_part)
        whole.addWidget(lists, 1)
        whole.addWidget(self._note_box)
        whole.addWidget(foot)
        self._list_part.add_layout(self._list_row())

    def _list_row(self) -> FlowLayout:
        row = FlowLayout(8, 4)
        self.doctor_button = Button(self._theme, "gauge", "link", small=True)
        self.doctor_button.setObjectName("plan_doctor")
        self.doctor_button.clicked.connect(self.doctor_asked)
        row.addWidget(self.lists)
        row.addWidget(self.doctor_button)
        return row

    def _restyle(self) -> None:
        px = self._theme.px
        self._foot.setContentsMargins(px(16), px(10), px(12), px(10))
        self._foot.setSpacing(px(8))
        self._notes.setContentsMargins(px(16), px(8), px(12), px(8))
        self._notes.setSpacing(px(6))

    def _show_comparison(self, comparison: "Comparison | None") -> None:
        start = self._session.start or self._start
        draft = start.draft if start is not None else None
        name = tr("草稿")
        if start is not None and start.draft_number:
            name = (
                tr("第 {number} 版", number=start.draft_number)
                if start.published
                else f"{tr('草稿')} v{start.draft_number}"
            )
        candidate = comparison.candidate if comparison is not None else None
        self.table.show_figures(name, tr("候选"), compare_figures(draft, candidate))
        if comparison is not self._listed:
            self._listed = comparison
            changes = comparison.changes if comparison is not None else ()
            self.changes.show_changes(changes)
        self._say_lists()

    def _say_lists(self) -> None:
        comparison, outcome = self._listed, self._session.outcome
        changes = len(comparison.changes) if comparison is not None else None
        missing = outcome.unfilled.heads if outcome is not None else None
        self.lists.set_choices([("changes", tr("改动|plan"), changes), ("open", tr("补不上"), missing)])
        self._choose_list(self.lists.chosen())

    def _choose_list(self, key: str) -> None:
        self._stack.setCurrentIndex(0 if key == "changes" else 1)
        self._reasons.setVisible(key == "open" and bool(self._reasons.text()))
        self._show_sentences()
        if key == "open":
            self._list_part.set_title(tr("补不上"), tr("选一行看原因"))
            return
        comparison, note = self._listed, ""
        if comparison is not None:
            note = tr(
                "新增 {added} · 换人 {replaced} · 移除 {removed}",
                added=comparison.count("added"), replaced=comparison.count("replaced"),
                removed=comparison.count("removed"),
            )  # fmt: skip
        self._list_part.set_title(tr("改动|plan"), note)

    def _show_open(self) -> None:
        outcome = self._session.outcome
        seats = outcome.unfilled.seats if outcome is not None else ()
        self._open_model.set_rows([OpenRow(str(number), seat) for number, seat in enumerate(seats)])
        if not seats:
            self._show_reasons(None)

    def _show_reasons(self, row: OpenRow | None) -> None:
        self._reasons.setText("" if row is None else reasons_of(row))
        self._reasons.setVisible(row is not None and self.lists.chosen() == "open")
        self._show_sentences()

    def _show_sentences(self) -> None:
        start, outcome = self._session.start or self._start, self._session.outcome
        locked = start.locked if start is not None else 0
        self._locked.say(tr("已锁定的 {count} 个班次不会改动。", count=locked) if locked else "")
        text = ""
        if outcome is not None and outcome.unfilled.heads:
            proven = self._session.result is not None and self._session.result.point.short_proven
            heads = outcome.unfilled.heads
            text = (
                tr("按现有规则排不满：{count} 人次无人可排（已证明）。", count=heads)
                if proven
                else tr("还有 {count} 人次没有补上。", count=heads)
            )
            if self.lists.chosen() == "changes" or not self._reasons.text():
                text += "".join(joined(say(advice)) for advice in outcome.unfilled.advice[:ADVICE])
        elif outcome is not None:
            text = tr("全部点位都达到最低人数。")
        self._unfilled.say(text)
        said = (self._reasons, self._locked, self._unfilled)
        self._note_box.setHidden(all(part.isHidden() for part in said))

    def _show_foot(self) -> None:
        session = self._session
        moved = session.moved and session.stage is Stage.ENDED
        start = session.start or self._start
        self.accept_button.setVisible(not moved and session.stage is not Stage.ACCEPTED)
        ticked, count = self.changes.counts()
        part = session.stage is Stage.ENDED and ticked < count
        self.accept_button.setEnabled(session.can_accept and (ticked > 0 or not count))
        number = start.next_number if start is not None else 1
        words = tr("采用所选 {count} 处", count=ticked) if part else tr("采用为草稿 v{number}", number=number)
        self.accept_button.setText(words)
        self.accept_button.updateGeometry()
        self.again_button.setVisible(moved)
        self.drop_button.setVisible(moved)
        self._moved_words.setVisible(moved)
        self.leave_button.setVisible(session.stage is Stage.ACCEPTED)
        self._foot_note.setVisible(not moved)
        self._foot_note.setText(self._foot_words())

    def _show_doctor(self) -> None:
        """Offer the doctor while the draft, or the result that can become it, has gaps."""
        session, start = self._session, self._session.start or self._start
        ended = session.stage is Stage.ENDED
        draft = start.draft if start is not None and session.stage in {Stage.IDLE, Stage.ACCEPTED} else None
        gaps = draft.short if draft is not None else 0
        if session.outcome is not None and session.stage in {Stage.ENDED, Stage.ACCEPTED}:
            gaps = session.outcome.unfilled.heads
        self.doctor_button.setVisible(gaps > 0 and (not ended or session.can_accept))
        self.doctor_button.setText(tr("采用并诊断") if ended and session.differs else tr("缺口诊断"))
        self.doctor_button.updateGeometry()

    def _foot_words(self) -> str:
        match self._session.stage:
            case Stage.ACCEPTED:
                return tr("已采用，可撤销")
            case Stage.ENDED:
                ticked, count = self.changes.counts()
                if ticked < count:
                    return tr("共 {count} 处，未勾选的不写入；可撤销", count=count)
                same = self._listed is not None and not self._listed.changes
                return tr("与现有安排完全一样，不必采用") if same else tr("可撤销")
            case _:
                return tr("停止后可采用，可撤销")
