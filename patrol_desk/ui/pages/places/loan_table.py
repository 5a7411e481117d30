"""What is lent out of a muster point: who took it, for which duty, and when it is due back."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout
from typing_extensions import override

from patrol_desk.services.places.loan_rows import Loan
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import moment_text
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import ElidedLabel, Label
from patrol_desk.ui.widgets.states import StateStack
from patrol_desk.ui.widgets.table import DataTable


def loan_columns() -> Sequence[Column[Loan]]:
    """Return the columns of what is out."""
    return (
        Column("item", lambda: tr("装备"), 90, lambda row: row.item, lambda row: row.item, tone=_tone),
        Column("count", lambda: tr("编号 / 数"), 84, count_text, lambda row: row.quantity, tone=_tone),
        Column(
            "person", lambda: tr("借用人"), 120, person_text, lambda row: row.person,
            squad=lambda row: row.colour, stretch=True,
        ),
        Column("purpose", lambda: tr("用途"), 130, lambda row: row.purpose or "—", lambda row: row.purpose),
        Column(
            "lent", lambda: tr("借出|when"), 92, lambda row: moment_text(row.lent_at), lambda row: row.lent_at,
            role="secondary",
        ),
        Column("due", lambda: tr("应还"), 168, due_text, lambda row: row.due_at, tone=_tone),
    )  # fmt: skip


def count_text(loan: Loan) -> str:
    """Return the numbers on the pieces, else how many there are."""
    if loan.numbers and loan.quantity > 1:
        return tr("{numbers}（{count}）", numbers=loan.numbers, count=loan.quantity)
    return loan.numbers or tr("{count} 件", count=loan.quantity)


def due_text(loan: Loan) -> str:
    """Return when a loan is due back, marked when that has passed."""
    due = moment_text(loan.due_at)
    return tr("{due} · 逾期", due=due) if loan.overdue else due


def person_text(loan: Loan) -> str:
    """Return who took it, with the squad."""
    return f"{loan.person}  {loan.squad}" if loan.squad else loan.person


def _tone(loan: Loan) -> str:
    return "amber" if loan.overdue else ""


class _Table(DataTable):
    """The table of loans; R or Enter takes back the chosen ones, Shift+R with pieces missing, L leaves."""

    back = Signal()
    short = Signal()
    leave = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_R and (shift or not event.modifiers()):
            (self.short if shift else self.back).emit()
        elif event.key() in {Qt.Key.Key_L, Qt.Key.Key_Escape} and not event.modifiers():
            self.leave.emit()
        else:
            super().keyPressEvent(event)


class LoanTable(QFrame):
    """The open loans of one muster point.

    Parameters
    ----------
    theme
        Gives colours and sizes.

    Attributes
    ----------
    back_wanted
        Sent with the loans that came back whole.
    short_wanted
        Sent with the loan that came back with pieces missing.
    left
        Sent when the keys should go back to the stock.
    """

    back_wanted = Signal(object)
    short_wanted = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._loans: tuple[Loan, ...] = ()
        self.setProperty("panel", "line-top")
        self.model: RowsModel[Loan] = RowsModel(loan_columns(), self)
        self.table = _Table(theme)
        self.table.setObjectName("loans")
        self.table.set_rows_model(self.model)
        self._states = StateStack(theme)
        self._states.content(self.table)
        self._title, self._note = Label("strong"), ElidedLabel("muted")
        self._note.setObjectName("loans_note")
        self._short, self._back = Button(theme, small=True), Button(theme, "undo-2", small=True, keys="R")
        self._short.setObjectName("return_short")
        self._back.setObjectName("return")
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addWidget(self._note, 1)
        self._head.addWidget(self._short)
        self._head.addWidget(self._back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self._states, 1)
        self.table.back.connect(self._take_back)
        self.table.activated_row.connect(lambda _row: self._take_back())
        self.table.short.connect(self._take_short)
        self.table.leave.connect(self.left)
        self._back.clicked.connect(self._take_back)
        self._short.clicked.connect(self._take_short)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def show_loans(self, loans: Sequence[Loan]) -> None:
        """Show what is out, the earliest due first."""
        had_focus = self.table.hasFocus()
        self._loans = tuple(loans)
        self.model.replace(self._loans)
        if self._loans and not self.table.selectionModel().hasSelection():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._say()
        if had_focus and not self._loans:
            self.left.emit()

    def focus(self) -> None:
        """Take the keys, if anything is out."""
        if self._loans:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self._title.setText(tr("未还"))
        self._back.setText(tr("归还"))
        self._short.setText(tr("缺件归还…"))
        self._short.setToolTip("Shift+R")
        self.table.setAccessibleName(tr("未还的装备"))
        self._say()

    def _say(self) -> None:
        pieces = sum(loan.quantity for loan in self._loans)
        overdue = sum(loan.quantity for loan in self._loans if loan.overdue)
        words = [tr("{count} 件", count=pieces)] if pieces else []
        if overdue:
            words.append(tr("逾期 {count} 件", count=overdue))
        self._note.setText(" · ".join(words))
        for button in (self._back, self._short):
            button.setEnabled(bool(self._loans))
        if self._loans:
            self._states.content(self.table)
        else:
            self._states.empty("check", tr("装备都在库。选一种装备按 L 借出。"))

    def _chosen(self) -> list[Loan]:
        wanted = set(self.table.selected_ids())
        return [loan for loan in self._loans if loan.id in wanted]

    def _take_back(self) -> None:
        chosen = self._chosen()
        if chosen:
            self.back_wanted.emit(chosen)

    def _take_short(self) -> None:
        chosen = self._chosen()
        if chosen:
            self.short_wanted.emit(chosen[0])

    def _restyle(self) -> None:
        px = self._theme.px
        self._head.setContentsMargins(px(16), px(5), px(12), px(5))
        self._head.setSpacing(px(8))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
