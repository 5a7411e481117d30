"""What is pasted: names that may mean several people or nobody are settled here, then it is told what happens."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget
from typing_extensions import override

from patrol_desk.services.planning.board import Board
from patrol_desk.services.planning.edits import Pasted, PastedName
from patrol_desk.ui.i18n import say, shift_mark, tr
from patrol_desk.ui.i18n.dates import day_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.pick_box import PickBox

MOST_LISTED = 12
"""Refusals told one by one."""


class PasteDialog(Dialog):
    """Asks who is meant where a name is not clear, and shows what pasting would do.

    Parameters
    ----------
    host, theme
        The window, and its look.
    board
        The week pasted into.
    names
        What was pasted.
    """

    asked = Signal()
    """Somebody else was chosen: `people` is to be judged, `show_preview` is waited for."""

    def __init__(self, host: QWidget, theme: Theme, board: Board, names: Sequence[PastedName]) -> None:
        self._board = board
        self._names = tuple(names)
        self._boxes: dict[int, PickBox] = {}
        self._told, self._unclear = Label("body", wrap=True), Label("strong", wrap=True)
        self._told.setObjectName("paste_told")
        self._do, self._back = Button(theme, "check", "primary", "Ctrl+Enter"), Button(theme, keys="Esc")
        self._do.setObjectName("paste_do")
        self._do.setEnabled(False)
        super().__init__(host, theme, width=560)
        self.setObjectName("paste_dialog")
        self.add(self._unclear)
        self._list()
        self._told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add(self._told, 1)
        self._back.clicked.connect(self.reject)
        self.foot(self._do, self._back)
        self.first(next((box for box in self._boxes.values() if box.isEnabled()), self._do))
        self.retranslate()

    def _list(self) -> None:
        unclear = [number for number, name in enumerate(self._names) if len(name.meant) != 1]
        self._unclear.setVisible(bool(unclear))
        if not unclear:
            return
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for line, number in enumerate(unclear):
            name = self._names[number]
            box = self._boxes[number] = PickBox()
            box.setObjectName(f"paste_meant_{number}")
            box.addItems([tr("跳过"), *(f"{one.name} {one.squad} {one.code}" for one in name.meant)])
            box.setEnabled(bool(name.meant))
            box.setAccessibleName(f"{name.text} {self._where(name.row, name.shift)}")
            box.currentIndexChanged.connect(lambda _index: self._chosen())
            grid.addWidget(Label("body", name.text), line, 0)
            grid.addWidget(Label("secondary", self._where(name.row, name.shift)), line, 1)
            grid.addWidget(box, line, 2)
        grid.setColumnStretch(2, 1)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(content)
        area.setFixedHeight(min(content.sizeHint().height() + 4, self._theme.px(220)))
        self.add(area)

    def _where(self, row: int, shift: int) -> str:
        when = self._board.shifts[shift]
        return f"{self._board.rows[row].name} {day_text(when.on_date)} {shift_mark(when.mark)}"

    def _chosen(self) -> None:
        self._do.setEnabled(False)
        self.asked.emit()

    def people(self) -> list[tuple[int, int, str]]:
        """Return row, shift and person of everybody who is meant."""
        found = []
        for number, name in enumerate(self._names):
            box = self._boxes.get(number)
            if box is None:
                found.append((name.row, name.shift, name.meant[0].person_id))
            elif box.currentIndex() > 0:
                found.append((name.row, name.shift, name.meant[box.currentIndex() - 1].person_id))
        return found

    def untouched(self) -> frozenset[tuple[int, int]]:
        """Return the cells that stay as they are: a name in them is skipped, so nobody knows who was meant."""
        skipped = (self._names[number] for number, box in self._boxes.items() if box.currentIndex() <= 0)
        return frozenset((name.row, name.shift) for name in skipped)

    def show_preview(self, pasted: Pasted) -> None:
        """Show what pasting would do."""
        found = [tr("将安排 {count} 人次。", count=len(pasted.added))]
        untouched = self.untouched()
        if untouched:
            found.append(tr("有姓名跳过的 {count} 格不移除原有的人。", count=len(untouched)))
        if pasted.removed:
            found.append(tr("移除格子里没有写到的 {count} 个班次。", count=pasted.removed))
        if pasted.there:
            found.append(tr("{count} 人已在格子里。", count=pasted.there))
        if pasted.kept:
            found.append(tr("已锁定的 {count} 个班次保留。", count=pasted.kept))
        warned = [one for one in pasted.added if any(conflict.severity == "warn" for conflict in one.conflicts)]
        if warned:
            found.append(tr("其中 {count} 人次有提醒。", count=len(warned)))
        if pasted.refused:
            found.append(tr("{count} 人次被规则挡住，不安排：", count=len(pasted.refused)))
        for one in pasted.refused[:MOST_LISTED]:
            reason = next((say(c.message) for c in one.conflicts if c.severity == "block"), "")
            who = f"{one.name} {self._where(one.row, one.shift)}"
            found.append(tr("{name}：{reason}", name=who, reason=reason))
        self._told.setText("\n".join(found))
        self.fit()
        self._do.setEnabled(bool(pasted.added or pasted.removed))
        if pasted.added or not pasted.removed:
            self._do.setText(tr("安排 {count} 人次", count=len(pasted.added)))
        else:
            self._do.setText(tr("移除 {count} 个班次", count=pasted.removed))
        if self._back.hasFocus():
            (self._do if self._do.isEnabled() else self._back).setFocus()

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.head(tr("粘贴到排班表"), tr("{count} 个姓名", count=len(self._names)))
        self._unclear.setText(tr("这些姓名不能确定是谁，请选一人或跳过："))
        self._do.setText(tr("粘贴"))
        self._back.setText(tr("取消"))
