"""The equipment of a muster point: a table, under it the number of the chosen line, and what is lent out."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout
from typing_extensions import override

from patrol_desk.services.places.muster_rows import MusterDetail, Stock
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.itemmodels.rows import RowsModel
from patrol_desk.ui.pages.places.columns import stock_columns
from patrol_desk.ui.pages.places.loan_table import LoanTable
from patrol_desk.ui.pages.places.stepper import Stepper
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import ElidedLabel, Label
from patrol_desk.ui.widgets.states import StateStack
from patrol_desk.ui.widgets.table import DataTable

MOST_PIECES = 1_000_000


class _StockTable(DataTable):
    """The table of equipment; a digit goes to the number of the chosen line, L lends of it, R goes to what is out."""

    digit = Signal(str)
    gone = Signal()
    lend = Signal()
    back = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdecimal() and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.digit.emit(event.text())
        elif event.key() == Qt.Key.Key_Delete:
            self.gone.emit()
        elif event.key() in {Qt.Key.Key_L, Qt.Key.Key_R} and not event.modifiers():
            (self.lend if event.key() == Qt.Key.Key_L else self.back).emit()
        else:
            super().keyPressEvent(event)


class StockTab(QFrame):
    """Equipment of one muster point with the quantities that wait to be saved.

    Parameters
    ----------
    theme
        Gives colours and sizes.

    Attributes
    ----------
    changed
        Sent when a quantity was changed.
    add_wanted
        Sent when a new kind of equipment is to be added.
    retire_wanted
        Sent with the line that is to be taken out of the stock.
    lend_wanted
        Sent with the line of which something is to be lent.
    """

    changed = Signal()
    add_wanted = Signal()
    retire_wanted = Signal(object)
    lend_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._place = ""
        self._stock: dict[str, Stock] = {}
        self._edits: dict[str, int] = {}
        self.setProperty("panel", "surface")
        self.model: RowsModel[Stock] = RowsModel(stock_columns(theme), self)
        self.table = _StockTable(theme)
        self.table.setObjectName("stock")
        self.table.set_rows_model(self.model)
        self._states = StateStack(theme)
        self._states.content(self.table)
        self._title, self._note = Label("strong"), Label("muted")
        self._add, self._retire = Button(theme, "plus", small=True), Button(theme, "archive", small=True)
        self._add.setObjectName("add_equipment")
        self._retire.setObjectName("retire_equipment")
        self._lend = Button(theme, "log-out", small=True, keys="L")
        self._lend.setObjectName("lend")
        self.loans = LoanTable(theme)
        self._item, self._hint = ElidedLabel("strong"), ElidedLabel("muted")
        self.quantity = Stepper(theme, MOST_PIECES, width=64)
        self.quantity.setObjectName("quantity")
        self._lay_out()
        self._connect()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def show_detail(self, detail: MusterDetail) -> None:
        """Show a muster point's stock; unsaved quantities of the same one stay."""
        if detail.id != self._place:
            self._edits = {}
        self._place = detail.id
        self._stock = {item.id: item for item in detail.stock}
        self._edits = {
            item_id: count
            for item_id, count in self._edits.items()
            if item_id in self._stock and self._stock[item_id].quantity != count
        }
        self._show_rows()
        self.loans.show_loans(detail.loans)
        if self._stock and not self.table.selectionModel().hasSelection():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._choose()

    def unsaved(self) -> list[tuple[Stock, int]]:
        """Return the lines with other quantities, and those."""
        return [(self._stock[item_id], count) for item_id, count in self._edits.items()]

    def discard(self) -> None:
        """Forget the unsaved quantities."""
        self._edits = {}
        self._show_rows()
        self._choose()

    def keep_saved(self, item: Stock, count: int) -> None:
        """Take a quantity as stored, until the muster point is read anew."""
        self._stock[item.id] = _with_quantity(item, count)
        self._edits.pop(item.id, None)
        self._choose()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        kinds = len(self._stock)
        self._title.setText(tr("库存"))
        self._note.setText(tr("{count} 种", count=kinds) if kinds else "")
        self._lend.setText(tr("借出…"))
        self._add.setText(tr("增加装备…"))
        self._retire.setText(tr("移出库存…"))
        self._retire.setToolTip("Del")
        self._hint.setText(tr("直接键入数字，或 ↑ ↓"))
        self.quantity.set_name(tr("数量"))
        self.table.setAccessibleName(tr("库存"))
        self._choose()

    def _show_rows(self) -> None:
        rows = [_with_quantity(item, self._edits.get(item.id, item.quantity)) for item in self._stock.values()]
        self.model.replace(rows)
        if rows:
            self._states.content(self.table)
        else:
            self._states.empty("archive", tr("这里还没有装备。"))

    def _current(self) -> Stock | None:
        row = self.table.current_row()
        return self._stock.get(row.id) if isinstance(row, Stock) else None

    def _choose(self) -> None:
        item = self._current()
        for widget in (self.quantity, self._retire):
            widget.setEnabled(item is not None)
        self._lend.setEnabled(item is not None and item.inside > 0)
        if item is None:
            self._item.setText(tr("在上面选择一种装备"))
            return
        count = self._edits.get(item.id, item.quantity)
        changed = tr("（原 {count}，未保存）", count=item.quantity) if item.id in self._edits else ""
        self._item.setText(f"{item.name}{changed}")
        if self.quantity.value() != count:
            self.quantity.show_value(count)

    def _set(self, count: int) -> None:
        item = self._current()
        if item is None:
            return
        self._edits[item.id] = count
        if count == item.quantity:
            del self._edits[item.id]
        self.model.update_rows([_with_quantity(item, count)])
        self._choose()
        self.changed.emit()

    def _type(self, digit: str) -> None:
        """Begin the number with the digit that was pressed in the table."""
        if self._current() is not None:
            self.quantity.setFocus(Qt.FocusReason.OtherFocusReason)
            self.quantity.begin(digit)

    def _connect(self) -> None:
        self.table.current_row_changed.connect(lambda _row: self._choose())
        self.table.activated_row.connect(lambda _row: self.quantity.setFocus(Qt.FocusReason.OtherFocusReason))
        self.table.digit.connect(self._type)
        self.table.gone.connect(self._gone)
        self.quantity.chosen.connect(self._set)
        self.quantity.left.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self._add.clicked.connect(self.add_wanted)
        self._retire.clicked.connect(self._gone)
        self.table.lend.connect(self._lend_of)
        self._lend.clicked.connect(self._lend_of)
        self.table.back.connect(self.loans.focus)
        self.loans.left.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))

    def _lend_of(self) -> None:
        item = self._current()
        if item is not None and item.inside > 0:
            self.lend_wanted.emit(item)

    def _gone(self) -> None:
        item = self._current()
        if item is not None:
            self.retire_wanted.emit(item)

    def _lay_out(self) -> None:
        self._head, self._card_row = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addWidget(self._note)
        self._head.addStretch(1)
        self._head.addWidget(self._add)
        card = QFrame()
        card.setProperty("panel", "card-accent")
        inside = QHBoxLayout(card)
        inside.addWidget(self._item, 1)
        inside.addWidget(self._hint)
        inside.addWidget(self.quantity)
        inside.addWidget(self._lend)
        inside.addWidget(self._retire)
        self._inside = inside
        self._card_row.addWidget(card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self._states, 6)
        column.addLayout(self._card_row)
        column.addWidget(self.loans, 5)

    def _restyle(self) -> None:
        px = self._theme.px
        self._head.setContentsMargins(px(16), px(8), px(12), px(6))
        self._head.setSpacing(px(8))
        self._card_row.setContentsMargins(px(16), px(8), px(12), px(8))
        self._inside.setContentsMargins(px(10), px(8), px(10), px(8))
        self._inside.setSpacing(px(8))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _with_quantity(item: Stock, count: int) -> Stock:
    return replace(item, quantity=count, township=item.township + count - item.quantity)
