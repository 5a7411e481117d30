"""Writing down leave or a swap: whose duty, for whose, why; what the rules say stands below before it is granted."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.weeks import Week
from patrol_desk.services.finding.keys import matcher
from patrol_desk.services.planning.board import Board
from patrol_desk.services.planning.requests import DutyLine, Judged, judge_swap
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import day_text, week_span_text, week_text
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.pages.today.request_words import judged_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.search_field import SearchField
from patrol_desk.ui.widgets.segmented import Segmented
from patrol_desk.ui.widgets.table import DataTable

MOST = 200
"""Duties listed at once; who is further down is found by typing."""


class DutyPick(QWidget):
    """A field and the duties whose people it finds.

    Parameters
    ----------
    theme, name
        The look, and the object name of the field.
    """

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._lines: tuple[DutyLine, ...] = ()
        self.field = SearchField(theme, keys="")
        self.field.setObjectName(name)
        self.table = DataTable(theme)
        self.table.setObjectName(f"{name}_duties")
        self._board: Board | None = None
        self._model: RowsModel[DutyLine] = RowsModel(self._columns(), self)
        self.table.set_rows_model(self._model)
        self.field.target = self.table
        self.field.changed.connect(self._find)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(4))
        column.setSpacing(theme.px(6))
        column.addWidget(self.field)
        column.addWidget(self.table, 1)

    def show_week(self, board: Board, lines: tuple[DutyLine, ...]) -> None:
        """Offer the duties of a week."""
        self._board, self._lines = board, lines
        self._find(self.field.text())

    def chosen(self) -> DutyLine | None:
        """Return the duty with the focus."""
        row = self.table.current_row()
        return row if isinstance(row, DutyLine) else None

    def _find(self, text: str) -> None:
        fits = matcher(text)
        found = [line for line in self._lines if fits(line.key)][:MOST]
        self._model.set_rows(found)
        if found:
            self.table.go_to(found[0].id)

    def _columns(self) -> list[Column[DutyLine]]:
        return [
            Column("name", lambda: tr("姓名"), 110, lambda line: line.name, lambda line: line.name, role="strong"),
            Column("squad", lambda: tr("小组|列"), 130, lambda line: line.squad, lambda line: line.squad,
                   squad=lambda line: line.colour, role="secondary"),
            Column("when", lambda: tr("班次|列"), 130, self._when, lambda line: line.shift),
            Column("place", lambda: tr("点位|列"), 160, self._place, self._place, stretch=True),
        ]  # fmt: skip

    def _when(self, line: DutyLine) -> str:
        assert self._board is not None
        shift = self._board.shifts[line.shift]
        return f"{day_text(shift.on_date)} {shift_mark(shift.mark)}"

    def _place(self, line: DutyLine) -> str:
        assert self._board is not None
        return self._board.rows[line.row].name


Opened = tuple[Board, tuple[DutyLine, ...]]
"""A week and its duties that are not over."""


class RequestDialog(Dialog):
    """Asks for a duty to be spared, or two of a week to be exchanged.

    Parameters
    ----------
    host, theme
        The window and its look.
    weeks
        The weeks that have a plan.
    opened
        The first of them that is shown, and its duties.
    week_asked
        Is told that another week is wanted; `show_week` answers.
    """

    def __init__(
        self, host: QWidget, theme: Theme, weeks: Sequence[Week], opened: Opened, week_asked: Callable[[Week], object]
    ) -> None:
        super().__init__(host, theme, width=720, height=640)
        self._board = opened[0]
        self._weeks = tuple(weeks)
        self.grant = True
        self.taken: tuple[DutyLine, DutyLine | None, str] | None = None
        self.setObjectName("request_dialog")
        self._kind = Segmented(theme)
        self._kind.setObjectName("request_kind")
        self._week = QComboBox()
        self._week.setObjectName("request_week")
        self._week.addItems([week_text(week) for week in self._weeks])
        self._week.setCurrentIndex(self._weeks.index(opened[0].week))
        self._week.activated.connect(lambda place: week_asked(self._weeks[place]))
        self.first_pick = DutyPick(theme, "request_who")
        self.other_pick = DutyPick(theme, "request_other")
        self._words = QLineEdit()
        self._words.setObjectName("request_words")
        self._words.setMaxLength(60)
        self._verdict = Label("secondary", wrap=True)
        self._verdict.setObjectName("request_verdict")
        top = QHBoxLayout()
        top.addWidget(self._kind)
        top.addStretch(1)
        top.addWidget(self._week)
        self.add_layout(top)
        for pick in (self.first_pick, self.other_pick):
            self.add(pick, 1)
        self.add(self._words)
        self.add(self._verdict)
        self._make_foot()
        self._kind.changed.connect(self._kind_changed)
        for pick in (self.first_pick, self.other_pick):
            pick.table.current_row_changed.connect(lambda _row: self._judge())
            pick.table.activated_row.connect(lambda _row: self._do.click())
        self.first(self.first_pick.field)
        self.retranslate()
        self.show_week(*opened)
        self._kind_changed()

    @property
    def board(self) -> Board:
        """The week whose duties are offered."""
        return self._board

    def show_week(self, board: Board, lines: tuple[DutyLine, ...]) -> None:
        """Offer the duties of another week."""
        self._board = board
        self._week.setCurrentIndex(self._weeks.index(board.week))
        for pick in (self.first_pick, self.other_pick):
            pick.show_week(board, lines)
        self._judge()

    def _make_foot(self) -> None:
        self._do = Button(self._theme, "check", "primary", "Ctrl+Enter")
        self._do.setObjectName("request_grant")
        self._do.clicked.connect(self._take)
        self._keep = Button(self._theme)
        self._keep.setObjectName("request_keep")
        self._keep.clicked.connect(self._only_keep)
        self._back = Button(self._theme, keys="Esc")
        self._back.clicked.connect(self.reject)
        self.foot(self._do, self._back, self._keep)

    @override
    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "_do"):
            return
        self.head(tr("请假 / 换班"), tr("两边都先核对规则；批准后可撤销"))
        self._kind.set_choices([("drop", tr("请假退出"), None), ("swap", tr("两人互换"), None)])
        self._kind.setAccessibleName(tr("请假或换班"))
        self._week.setAccessibleName(tr("哪一周的班"))
        for place, week in enumerate(self._weeks):
            self._week.setItemText(place, f"{week_text(week)}  {week_span_text(week)}")
        self.first_pick.field.set_hint(tr("谁：姓名或拼音首字母"))
        self.other_pick.field.set_hint(tr("与谁互换：姓名或拼音首字母"))
        for pick in (self.first_pick, self.other_pick):
            pick.table.setAccessibleName(tr("班次|列"))
        self._words.setPlaceholderText(tr("事由（可不填）"))
        self._words.setAccessibleName(tr("事由"))
        self._do.setText(tr("登记并批准"))
        self._keep.setText(tr("只登记"))
        self._back.setText(tr("取消"))
        self._judge()

    def _kind_changed(self, _key: str = "") -> None:
        self.other_pick.setVisible(self._kind.chosen() == "swap")
        self._judge()

    def _sides(self) -> tuple[DutyLine | None, DutyLine | None]:
        other = self.other_pick.chosen() if self._kind.chosen() == "swap" else None
        return self.first_pick.chosen(), other

    def _judge(self) -> None:
        """Say what stands against it, and let it be granted where nothing does."""
        one, other = self._sides()
        swap = self._kind.chosen() == "swap"
        complete = one is not None and (not swap or (other is not None and other.person_id != one.person_id))
        judged = Judged(gone=False)
        if one is None or not complete:
            self._verdict.setText(tr("先选班次。") if one is None else tr("再选另一人的班次。"))
            self._verdict.setProperty("tone", "")
        else:
            if other is not None:
                judged = Judged(gone=False, conflicts=judge_swap(self._board, one.id, other.id))
            else:
                gap = self._board.gap(one.row, one.shift)
                judged = Judged(gone=False, missing=max(0, gap.minimum - gap.heads + 1))
            words, tone = judged_text(judged, (one.name, other.name if other is not None else ""))
            self._verdict.setText(words)
            self._verdict.setProperty("tone", tone)
        self._verdict.style().unpolish(self._verdict)
        self._verdict.style().polish(self._verdict)
        self._do.setEnabled(complete and not judged.blocked)
        self._keep.setEnabled(complete)

    def _take(self) -> None:
        one, other = self._sides()
        if one is not None:
            self.taken = (one, other, self._words.text())

    def _only_keep(self) -> None:
        self.grant = False
        self._take()
        self.accept()
