"""The list of squads, places or people whose sheets are printed: found by name, code or pinyin, ticked one by one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from patrol_desk.services.finding.keys import matcher, search_keys
from patrol_desk.services.printed.batch import Batch, Line
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.itemmodels.rows import Column, RowsModel, tick_column
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import ElidedLabel, Label
from patrol_desk.ui.widgets.search_field import SearchField
from patrol_desk.ui.widgets.table import DataTable


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A sheet in the list.

    Parameters
    ----------
    id
        Its code.
    line
        What it is.
    key
        By what it is found.
    held
        Somebody holds an outdated one.
    """

    id: str
    line: Line
    key: str
    held: bool


class SheetList(QWidget):
    """The list, with buttons that tick all or some.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    name
        Begins the names of its parts.
    """

    ticked = Signal()
    pointed = Signal(str)
    """Code of the sheet that has the focus in the list."""

    def __init__(self, theme: Theme, name: str = "print") -> None:
        super().__init__()
        self._theme = theme
        self._filling = False
        self._build(name)
        self._lay_out()
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_batch(self, batch: Batch | None, ticked: Sequence[str]) -> None:
        """Show the sheets that can be printed.

        Parameters
        ----------
        batch
            The sheets; None: there is nothing to print.
        ticked
            Codes of those to tick.
        """
        # Between the old rows and the new ticks nothing is chosen, which nobody need see.
        self._filling = True
        self.model.set_rows(
            [SheetRow(line.code, line, search_keys(line.name, line.code), line.code in batch.held)
             for line in batch.lines] if batch is not None else []
        )  # fmt: skip
        self.model.ticks.set(ticked)
        self._filling = False
        self._say_presets()

    def chosen(self) -> list[str]:
        """Return the codes of the ticked sheets, in order."""
        return [row.id for row in self.model.all_rows() if row.id in self.model.ticks]

    def retranslate(self) -> None:
        """Set every text anew."""
        self.search.set_hint(tr("名称、拼音或编号"))
        self._words.setText(tr("名单"))
        self.table.setAccessibleName(tr("名单"))
        self.model.retranslate()
        self._say_presets()

    def tick(self, preset: str) -> None:
        """Tick all, those with duties, with changes, of whom somebody holds an outdated one, or none."""
        wanted = _PRESETS.get(preset)
        self.model.ticks.set(row.id for row in self.model.all_rows() if wanted is not None and wanted(row))

    def _build(self, prefix: str) -> None:
        theme = self._theme
        self._words, self._count = Label("strong"), ElidedLabel("muted")
        self.presets = {
            "all": Button(theme, small=True), "duties": Button(theme, small=True), "changed": Button(theme, small=True),
            "held": Button(theme, small=True), "none": Button(theme, kind="ghost", small=True),
        }  # fmt: skip
        for name, button in self.presets.items():
            button.setObjectName(f"{prefix}_{name}")
            button.clicked.connect(lambda _on=False, name=name: self.tick(name))
        self.search = SearchField(theme)
        self.search.setObjectName(f"{prefix}_search")
        self.model: RowsModel[SheetRow] = RowsModel(_columns())
        self.table = DataTable(theme)
        self.table.setObjectName(f"{prefix}_squads")
        self.table.set_rows_model(self.model)
        self.table.search = self.search
        self.search.target = self.table
        self.search.changed.connect(self._sought)
        self.model.ticks.changed.connect(self._ticked)
        self.table.current_row_changed.connect(self._pointed)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._words)
        head.addWidget(self._count, 1)
        presets = QHBoxLayout()
        presets.setSpacing(6)
        for button in self.presets.values():
            presets.addWidget(button)
        presets.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (head, presets):
            self._column.addLayout(part)
        self._column.addWidget(self.search)
        self._column.addWidget(self.table, 1)

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(8))

    def _say_presets(self) -> None:
        rows = self.model.all_rows()
        counts = {name: sum(map(_PRESETS[name], rows)) for name in _PRESETS}
        self.presets["all"].setText(tr("全部 {count}", count=counts["all"]))
        self.presets["duties"].setText(tr("有执勤 {count}", count=counts["duties"]))
        self.presets["changed"].setText(tr("有改动 {count}", count=counts["changed"]))
        self.presets["changed"].setToolTip(tr("执勤与上一个发布的版本不同的小组"))
        self.presets["held"].setText(tr("旧表在外 {count}", count=counts["held"]))
        self.presets["held"].setToolTip(tr("手里的表与现行版本不符"))
        self.presets["none"].setText(tr("清空"))
        for name in ("duties", "changed", "held"):
            self.presets[name].setVisible(counts[name] > 0)
        for button in self.presets.values():
            button.updateGeometry()
        self._count.setText(tr("已选 {count} / {total}", count=len(self.model.ticks), total=len(rows)))

    def _sought(self, text: str) -> None:
        found = matcher(text)
        self.model.filter((lambda row: found(row.key)) if text else None)

    def _ticked(self) -> None:
        if not self._filling:
            self._say_presets()
            self.ticked.emit()

    def _pointed(self, row: SheetRow | None) -> None:
        if row is not None:
            self.pointed.emit(row.id)


_PRESETS: dict[str, Callable[[SheetRow], bool]] = {
    "all": lambda _row: True,
    "duties": lambda row: row.line.duties > 0,
    "changed": lambda row: row.line.changed > 0,
    "held": lambda row: row.held,
}


def _columns() -> tuple[Column[SheetRow], ...]:
    return (
        tick_column(),
        Column("name", lambda: tr("名称"), 130, lambda row: row.line.name, sort=lambda row: row.line.name,
               squad=lambda row: row.line.colour, stretch=True, tip=lambda row: f"{row.line.name} {row.line.code}"),
        Column("duties", lambda: tr("班次"), 56, lambda row: str(row.line.duties) if row.line.duties else "",
               sort=lambda row: row.line.duties, align="right"),
        Column("changed", lambda: tr("改动|print"), 60, lambda row: str(row.line.changed) if row.line.changed else "",
               sort=lambda row: row.line.changed, align="right", tone=lambda _row: "amber"),
    )  # fmt: skip
