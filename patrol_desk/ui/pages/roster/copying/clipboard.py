"""Cells as a spreadsheet understands them, and back."""

import csv
import html
import io
from collections.abc import Sequence

from PySide6.QtCore import QMimeData

Rows = Sequence[Sequence[str]]


def as_table(rows: Rows) -> QMimeData:
    """Return rows of texts as what a spreadsheet pastes: tab-separated text, and a table."""
    data = QMimeData()
    text = io.StringIO()
    csv.writer(text, delimiter="\t", lineterminator="\r\n").writerows(rows)
    data.setText(text.getvalue().removesuffix("\r\n"))
    lines = ("".join(f"<td>{html.escape(text)}</td>" for text in row) for row in rows)
    data.setHtml("<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>")
    return data


def from_table(text: str) -> list[list[str]]:
    """Return the rows of tab-separated text, also where a cell holds lines of its own."""
    return [row for row in csv.reader(io.StringIO(text.strip("\r\n")), delimiter="\t") if row]
