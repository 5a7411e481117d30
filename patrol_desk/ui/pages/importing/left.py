"""What taking an import back left as it was, row by row."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from patrol_desk.services.importing import ImportUndo, LeftRow
from patrol_desk.ui.i18n import capital, say, tr
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.table import DataTable


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    left: LeftRow


class LeftDialog(Dialog):
    """Lists the rows that stay, with the reason of each.

    Parameters
    ----------
    host, theme
        As for every dialog.
    undone
        What taking back came to.
    """

    def __init__(self, host: QWidget, theme: Theme, undone: ImportUndo) -> None:
        self._undone = undone
        super().__init__(host, theme, width=640, height=480)
        self.setObjectName("leftRows")
        model: RowsModel[_Row] = RowsModel(
            [
                Column("table", lambda: tr("表"), 110, lambda row: capital(say(row.left.table))),
                Column("code", lambda: tr("编号"), 130, lambda row: row.left.code, role="strong"),
                Column("why", lambda: tr("为什么留下"), 300, lambda row: say(row.left.reason), stretch=True),
            ],
            self,
        )
        model.set_rows([_Row(str(number), row) for number, row in enumerate(undone.left)])
        self._view = DataTable(theme)
        self._view.setObjectName("leftTable")
        self._view.set_rows_model(model)
        self.flush()
        self.add(self._view, 1)
        self._back = Button(theme, kind="primary", keys="Enter")
        self._back.setObjectName("leftRowsBack")
        self.foot(self._back)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text anew."""
        super().retranslate()
        count = self._undone.left_count
        self.head(tr("有 {count:,} 行留下了", count=count), tr("它们和导入时一样，没有动"))
        if hasattr(self, "_view"):
            self._view.setAccessibleName(tr("留下的行"))
        if hasattr(self, "_back"):
            self._back.setText(tr("关闭"))
