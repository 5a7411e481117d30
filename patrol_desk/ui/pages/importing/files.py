"""The second step: what the files were recognised as, each point correctable, with the first rows to judge by."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.importing import FileChoice, FoundFile, ImportTable, import_tables, separators
from patrol_desk.ui.i18n import capital, say, tr
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.pages.importing.columns import ColumnsPanel
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.flow import FlowLayout
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.pick_box import PickBox
from patrol_desk.ui.widgets.sections import line
from patrol_desk.ui.widgets.table import DataTable

_NONE = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A found file in the list."""

    id: str
    file: FoundFile


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One of the first rows of a file."""

    id: str
    cells: tuple[str, ...]


class FilesView(QWidget):
    """The found files at the left; one of them at the right.

    Parameters
    ----------
    theme
        Gives colours.

    Attributes
    ----------
    corrected
        Sent with the key of a file and its `FileChoice` from now on.
    """

    corrected = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tables = {table.name: table for table in import_tables()}
        self._choices: dict[str, FileChoice] = {}
        self._file: FoundFile | None = None
        self.model: RowsModel[FileRow] = RowsModel(self._columns(), self)
        self.list = DataTable(theme)
        self.list.setObjectName("foundFiles")
        self.list.set_rows_model(self.model)
        self.list.current_row_changed.connect(self._picked)
        self._build_detail()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self._detail)
        split.setSizes([theme.px(480), theme.px(800)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        self.retranslate()

    def _columns(self) -> list[Column[FileRow]]:
        return [
            Column("file", lambda: tr("文件"), 100, lambda row: row.file.label, tip=lambda row: str(row.file.path)),
            Column("table", lambda: tr("表"), 124, lambda row: self._table_words(row.file), role="strong"),
            Column("rows", lambda: tr("行数"), 64, lambda row: f"{row.file.rows:,}", align="right"),
            Column(
                "state",
                lambda: tr("状态"),
                110,
                lambda row: self._state(row.file)[1],
                chip=lambda row: self._state(row.file)[0],
                stretch=True,
            ),
        ]

    def _build_detail(self) -> None:
        self._detail = QFrame()
        self._detail.setProperty("panel", "line-left")
        self._title, self._problem = Label("object"), Label("error", wrap=True)
        self.table_choice = self._choice("fileTable")
        self.encoding_choice = self._choice("fileEncoding")
        self.separator_choice = self._choice("fileSeparator")
        self.skip_box = QCheckBox()
        self.skip_box.setObjectName("fileSkip")
        self.skip_box.clicked.connect(lambda on: self._correct(skip=on))
        self._labels = [Label("secondary") for _ in range(3)]
        self._columns_title, self._rows_title = Label("strong"), Label("strong")
        self.columns = ColumnsPanel(self._theme)
        self.columns.corrected.connect(self._column_corrected)
        self.rows = DataTable(self._theme)
        self.rows.setObjectName("firstRows")
        column = QVBoxLayout(self._detail)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        for widget in (self._title, self._problem):
            widget.setContentsMargins(16, 0, 16, 0)
            column.addWidget(widget)
        column.addLayout(self._choices_row())
        column.addWidget(line(self._theme))
        for title, part, share in ((self._columns_title, self.columns, 3), (self._rows_title, self.rows, 2)):
            title.setContentsMargins(16, 2, 16, 0)
            column.addWidget(title)
            column.addWidget(part, share)

    def _choices_row(self) -> FlowLayout:
        row = FlowLayout(8, 6)
        row.setContentsMargins(16, 0, 16, 0)
        choices = (self.table_choice, self.encoding_choice, self.separator_choice)
        for label, choice in zip(self._labels, choices, strict=True):
            row.addWidget(label)
            row.addWidget(choice)
            label.setBuddy(choice)
        row.addWidget(self.skip_box)
        return row

    def _choice(self, name: str) -> PickBox:
        choice = PickBox()
        choice.setObjectName(name)
        choice.activated.connect(lambda _index: self._chosen())
        return choice

    # What is shown

    def show_files(self, files: Sequence[FoundFile], choices: dict[str, FileChoice]) -> None:
        """Show what was found, read as chosen so far."""
        self._choices = choices
        self.model.replace([FileRow(file.key, file) for file in files])
        if self.list.current_row() is None and files:
            worst = next((file for file in files if file.problem is not None and not file.skip), files[0])
            self.list.go_to(worst.key)
        self._show_file()

    def _picked(self, row: FileRow | None) -> None:
        self._file = None if row is None else row.file
        self._show_file()

    def _show_file(self) -> None:
        row = self.list.current_row()
        self._file = row.file if isinstance(row, FileRow) else None
        self._detail.setVisible(self._file is not None)
        if self._file is not None:
            self._say_file(self._file)

    def _say_file(self, file: FoundFile) -> None:
        self._title.setText(file.label)
        self._problem.setText("" if file.problem is None or file.skip else say(file.problem))
        self._problem.setVisible(bool(self._problem.text()))
        table = self._tables.get(file.table or "")
        self._fill(self.table_choice, self._table_items(file), file.table or _NONE)
        self._fill(self.encoding_choice, [(name, name) for name in file.encodings], file.encoding)
        self._fill(self.separator_choice, self._separator_items(), file.separator)
        for place, shown in ((1, bool(file.encodings)), (2, bool(file.separator))):
            self._labels[place].setVisible(shown)
            (self.encoding_choice, self.separator_choice)[place - 1].setVisible(shown)
        self.skip_box.setChecked(file.skip)
        self.columns.show_file(file, table)
        self.columns.setEnabled(not file.skip)
        self._show_rows(file)
        self._say_titles(file)

    def _say_titles(self, file: FoundFile) -> None:
        known = sum(heading.field is not None for heading in file.headings)
        self._columns_title.setText(tr("列的对应：{known} / {all} 列认得", known=known, all=len(file.headings)))
        self._rows_title.setText(tr("前 {shown} 行，共 {all:,} 行", shown=len(file.sample), all=file.rows))

    def _show_rows(self, file: FoundFile) -> None:
        def cell(number: int) -> Column[SampleRow]:
            text = file.headings[number].text
            return Column(
                str(number), lambda: text, 110, lambda row: row.cells[number] if number < len(row.cells) else ""
            )

        old = self.rows.model()
        model: RowsModel[SampleRow] = RowsModel([cell(number) for number in range(len(file.headings))], self.rows)
        model.set_rows([SampleRow(str(number), cells) for number, cells in enumerate(file.sample)])
        self.rows.set_rows_model(model)
        if isinstance(old, RowsModel):
            old.deleteLater()

    # What is chosen

    def _fill(self, choice: PickBox, items: Sequence[tuple[str, str]], held: str) -> None:
        choice.clear()
        for key, words in items:
            choice.addItem(words, key)
        choice.setCurrentIndex(choice.findData(held))

    def _table_items(self, file: FoundFile) -> list[tuple[str, str]]:
        def item(table: ImportTable) -> tuple[str, str]:
            return table.name, capital(say(table.word))

        likely = [self._tables[name] for name in file.tables]
        rest = [table for table in self._tables.values() if table.name not in file.tables]
        nothing = [] if file.table is not None else [(_NONE, tr("不认得，请选择"))]
        return [*nothing, *map(item, likely), *map(item, rest)]

    def _separator_items(self) -> list[tuple[str, str]]:
        words = {",": tr("逗号"), ";": tr("分号"), "\t": tr("制表符")}
        return [(mark, words.get(mark, mark)) for mark in separators()]

    def _chosen(self) -> None:
        file = self._file
        if file is None:
            return
        table = self.table_choice.currentData() or None
        encoding = self.encoding_choice.currentData() or None
        separator = self.separator_choice.currentData() or None
        if table != file.table:
            # Corrected columns belong to the table they were corrected for.
            self._correct(table=table, columns={})
        elif encoding != (file.encoding or None) or separator != (file.separator or None):
            self._correct(encoding=encoding, separator=separator)

    def _column_corrected(self, heading: str, name: str | None) -> None:
        file = self._file
        if file is None:
            return
        columns = dict(self._choices.get(file.key, FileChoice()).columns)
        if name is not None:
            # A column is filled from one heading: the one that had it is passed over.
            columns.update({other.text: None for other in file.headings if other.field == name})
        columns[heading] = name
        self._correct(table=file.table, columns=columns)

    def _correct(self, **changes: object) -> None:
        if self._file is not None:
            held = self._choices.get(self._file.key, FileChoice())
            self.corrected.emit(self._file.key, replace(held, **changes))  # type: ignore[arg-type]  # by field name

    # Words

    def _table_words(self, file: FoundFile) -> str:
        table = self._tables.get(file.table or "")
        return tr("不认得") if table is None else capital(say(table.word))

    def _state(self, file: FoundFile) -> tuple[str, str]:
        if file.skip:
            return "plain", tr("不导入")
        if file.problem is not None:
            return "red", tr("读不了")
        if file.table is None:
            return "amber", tr("跳过")
        unknown = sum(not heading.known for heading in file.headings)
        if unknown:
            return "amber", tr("{count} 列不认得", count=unknown)
        return "green", tr("可以导入")

    def retranslate(self) -> None:
        """Set every text anew."""
        for label, text in zip(self._labels, (tr("表"), tr("编码"), tr("分隔符")), strict=True):
            label.setText(text)
        choices = (self.table_choice, self.encoding_choice, self.separator_choice)
        for choice, name in zip(choices, (tr("表"), tr("编码"), tr("分隔符")), strict=True):
            choice.setAccessibleName(name)
        self.skip_box.setText(tr("不导入这个文件"))
        self.list.setAccessibleName(tr("找到的文件"))
        self.rows.setAccessibleName(tr("前几行"))
        self._show_file()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
