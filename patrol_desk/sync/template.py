"""Empty files to fill in: headings, one example row that is never taken in, and a legend."""

from pathlib import Path

from patrol_desk.common.message import Message
from patrol_desk.messages import Language, catalogue, render
from patrol_desk.sync.kinds import ReferenceKind, References, WriteContext
from patrol_desk.sync.kinds.codes import show_code
from patrol_desk.sync.tables import TABLES, Column, TableSpec
from patrol_desk.sync.tables.spec import RECORD_ID
from patrol_desk.sync.text import EXAMPLE_MARKS, mark
from patrol_desk.sync.writing.files import write_csv

LEGEND_NAMES = {"zh": "说明", "en": "legend"}
"""Name of the legend's file; an import passes over it."""
_LEGEND_HEADINGS = {
    "zh": ("表", "文件", "列", "必填", "写法", "示例"),
    "en": ("table", "file name", "heading", "required", "how to write it", "example"),
}


def write_template(folder: Path, language: Language) -> list[Path]:
    """Write one empty file per table, with an example row, and the legend; return the tables' files.

    The example row begins with ``【示例】`` (``[EXAMPLE]``), which reading passes over.

    Raises
    ------
    FileNotWrittenError
        A file could not be written.
    """
    context = WriteContext(language, References())
    example_mark = EXAMPLE_MARKS[0 if language == "zh" else 1]
    written: list[Path] = []
    for table in TABLES:
        columns = _offered(table)
        example = [example_cell(column, context) for column in columns]
        example[0] = example_mark + example[0]
        path = folder / f"{table.file_name(language)}.csv"
        written.append(write_csv(path, [column.heading(language) for column in columns], [example]).path)
    legend = [row for table in TABLES for row in _legend(table, context)]
    write_csv(folder / f"{LEGEND_NAMES[language]}.csv", _LEGEND_HEADINGS[language], legend)
    return written


def example_cell(column: Column, context: WriteContext) -> str:
    """Return the example of a column as its cell stands in a file; blank where it has none."""
    if column.example is None:
        return ""
    if isinstance(column.kind, ReferenceKind):
        return show_code(str(column.example))
    return column.kind.shower(context)(column.example)


def _offered(table: TableSpec) -> list[Column]:
    """Return the columns somebody may fill in: only an export knows record ids."""
    return [column for column in table.columns if column is not RECORD_ID]


def _legend(table: TableSpec, context: WriteContext) -> list[list[str]]:
    language = context.language
    rows: list[list[str]] = []
    for column in _offered(table):
        needed = Message("table.required" if column.required else "table.optional")
        rows.append(
            [
                render(table.word, language),
                f"{table.file_name(language)}.csv",
                column.heading(language),
                render(needed, language),
                legend_sentence(table, column, language),
                mark(example_cell(column, context)) if column.example is not None else "",
            ]
        )
    return rows


def legend_sentence(table: TableSpec, column: Column, language: Language) -> str:
    """Return what a column takes: of its kind, then what the table adds."""
    sentences = [column.kind.legend()]
    own = f"table.{table.name}.{column.name}"
    if own in catalogue("table"):
        sentences.append(Message(own))
    if column.default is not None:
        sentences.append(Message("table.blank_means", {"value": column.kind.shower(_empty(language))(column.default)}))
    return ("" if language == "zh" else " ").join(render(sentence, language) for sentence in sentences)


def _empty(language: Language) -> WriteContext:
    return WriteContext(language, References())
