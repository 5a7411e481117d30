"""Copying a day or a week: from where, to where, and what would happen, in numbers."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget
from typing_extensions import override

from patrol_desk.services.planning.edits import Copied, Span
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import day_text
from patrol_desk.ui.pages.roster.copying.words import copied_sentences
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.labels import Label


class CopyDialog(Dialog):
    """Asks what is copied to where, and shows what it would do before it is done.

    Parameters
    ----------
    host, theme
        The window, and its look.
    days
        Days to choose from when one day is copied; empty: a week is.
    span
        What is chosen at first.
    title
        What is done.
    """

    asked = Signal(object)
    """Another `Span` was chosen; `show_preview` is waited for."""

    def __init__(self, host: QWidget, theme: Theme, days: Sequence[date], span: Span, title: str) -> None:
        self._days = tuple(days)
        self._span = span
        self._title_text = title
        self._from, self._to = QComboBox(), QComboBox()
        self._from.setObjectName("copy_from")
        self._to.setObjectName("copy_to")
        self._from_label, self._to_label = Label("body"), Label("body")
        self._clear_first = QCheckBox()
        self._clear_first.setObjectName("copy_clear")
        self._told = Label("body", wrap=True)
        self._told.setObjectName("copy_told")
        self._do, self._back = Button(theme, "copy", "primary", "Ctrl+Enter"), Button(theme, keys="Esc")
        self._do.setObjectName("copy_do")
        super().__init__(host, theme, width=480)
        self.setObjectName("copy_dialog")
        self._fill()
        self._back.clicked.connect(self.reject)
        self.foot(self._do, self._back)
        self.first(self._from if self._days else self._do)

    def _fill(self) -> None:
        if self._days:
            grid = QGridLayout()
            grid.setSpacing(10)
            for line, (label, box, day) in enumerate(
                ((self._from_label, self._from, self._span.first), (self._to_label, self._to, self._span.to))
            ):
                box.addItems([day_text(each) for each in self._days])
                box.setCurrentIndex(self._days.index(day))
                box.currentIndexChanged.connect(self._changed)
                grid.addWidget(label, line, 0)
                grid.addWidget(box, line, 1)
            grid.setColumnStretch(1, 1)
            self.add_layout(grid)
        else:
            for part in (self._from_label, self._from, self._to_label, self._to):
                part.setParent(self)  # goes with the dialog; without days nothing of it is shown
        self._clear_first.setChecked(self._span.clear)
        self._clear_first.toggled.connect(self._changed)
        self.add(self._clear_first)
        self._told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add(self._told, 1)
        self.retranslate()

    @property
    def span(self) -> Span:
        """What is chosen."""
        return self._span

    def ask_first(self) -> None:
        """Ask for the first preview."""
        self._changed()

    def _changed(self, *_value: object) -> None:
        first, to = self._span.first, self._span.to
        if self._days:
            first, to = self._days[self._from.currentIndex()], self._days[self._to.currentIndex()]
        self._span = Span(first, to, self._span.days, self._clear_first.isChecked())
        self._do.setEnabled(False)
        self._told.setText(tr("正在读取…"))
        self.asked.emit(self._span)

    def show_preview(self, span: Span, copied: Copied | None, problem: str = "") -> None:
        """Show what copying would do, or why it cannot."""
        if span != self._span:
            return
        if copied is None:
            self._told.setText(problem)
        else:
            self._told.setText("\n".join(copied_sentences(copied)))
            self._do.setEnabled(bool(copied.copied or copied.removed))
            self._do.setText(tr("复制 {count} 个班次", count=copied.copied))
        self.fit()

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.head(self._title_text)
        self._from_label.setText(tr("从|复制"))
        self._to_label.setText(tr("到|复制"))
        self._from.setAccessibleName(tr("从|复制"))
        self._to.setAccessibleName(tr("到|复制"))
        self._clear_first.setText(tr("先移除目标里未锁定的班次"))
        self._do.setText(tr("复制|动作"))
        self._back.setText(tr("取消"))
