"""The button that hands sheets on without paper, with a menu of the forms."""

from collections.abc import Collection, Iterator
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu

from patrol_desk.services.handon.forms import Form
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button


class HandOnButton(Button):
    """See the module.

    Parameters
    ----------
    theme
        Gives colours and icons.
    """

    chosen = Signal(Form, bool)
    """Form of the files, and whether all go into one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "send")
        self._forms: tuple[Form, ...] = ()
        self.setObjectName("print_hand_on")
        self.menu_ = QMenu(self)
        self.clicked.connect(self._drop)

    def offer(self, forms: Collection[Form]) -> None:
        """Offer the forms of a kind of sheet; without any there is no button."""
        self._forms = tuple(forms)
        self.setVisible(bool(forms) and self.parent() is not None)
        self._fill()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.setText(tr("电子版…"))
        self.setToolTip(tr("写成文件发给各组：表格、图片、文字、日历"))
        self._fill()

    def _fill(self) -> None:
        self.menu_.clear()
        for form, together, words in self._choices():
            action = self.menu_.addAction(words)
            action.setObjectName(f"hand_on_{form.value}{'_together' if together else ''}")
            action.triggered.connect(partial(self.chosen.emit, form, together))

    def _choices(self) -> Iterator[tuple[Form, bool, str]]:
        if Form.XLSX in self._forms:
            yield Form.XLSX, False, tr("表格（XLSX），每组一个文件")
            yield Form.XLSX, True, tr("表格（XLSX），合成一个文件")
        if Form.PNG in self._forms:
            yield Form.PNG, False, tr("图片（PNG），不含号码，发群用")
        if Form.TEXT in self._forms:
            yield Form.TEXT, False, tr("文字（TXT），不含号码，发群用")
        if Form.ICS in self._forms:
            yield Form.ICS, False, tr("日历（ICS），导入手机")

    def _drop(self) -> None:
        self.menu_.popup(self.mapToGlobal(QPoint(0, -self.menu_.sizeHint().height())))
