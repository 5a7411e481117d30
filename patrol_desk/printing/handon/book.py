"""Workbooks laid out like the printed sheets: cells, borders, shading; every text is text, never a formula."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from openpyxl.styles import NamedStyle
    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST_TITLE = 31
"""Characters of a sheet's name that Excel takes."""
_NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
SHADE: Final = "EDEDED"
"""7 % grey, as on paper."""
_FONT = "Noto Sans CJK SC"


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks.

    Parameters
    ----------
    bold, large
        The type.
    fill
        ``""``, ``"shade"``, ``"night"`` (white on black) or ``"leave"`` (hatched).
    border
        A thin frame.
    centre, wrap
        How the text stands.
    """

    bold: bool = False
    large: bool = False
    fill: str = ""
    border: bool = True
    centre: bool = False
    wrap: bool = True


PLAIN = Look()
HEAD = Look(bold=True, fill="shade", centre=True)
NOTE = Look(border=False, wrap=False)
TITLE = Look(bold=True, large=True, border=False, wrap=False)
STRONG = Look(bold=True, border=False, wrap=False)


class Book:
    """A workbook under way."""

    def __init__(self) -> None:
        from openpyxl import Workbook

        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])
        self._titles: set[str] = set()
        self._styles: dict[Look, str] = {}

    def page(self, title: str, widths: Sequence[float]) -> "Page":
        """Add a sheet for an A4 in landscape, as wide as one paper; a name that is taken gets a number.

        Parameters
        ----------
        title
            Its name; what a spreadsheet does not take in a name is left out.
        widths
            Of the columns, in characters.
        """
        from openpyxl.utils import get_column_letter

        sheet = self._book.create_sheet(self._free_title(title))
        setup = sheet.page_setup
        setup.orientation, setup.paperSize = "landscape", 9  # A4
        setup.fitToWidth, setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_options.horizontalCentered = True
        for number, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        return Page(self, sheet, len(widths))

    def content(self, title: str, author: str, moment: datetime) -> bytes:
        """Return the file.

        Parameters
        ----------
        title, author
            What its properties say.
        moment
            Station's wall time (naive).
        """
        properties = self._book.properties
        properties.title, properties.creator, properties.created = title, author, moment
        out = BytesIO()
        self._book.save(out)
        return out.getvalue()

    def write(self, sheet: "Worksheet", row: int, column: int, value: str | int, look: Look) -> None:
        """Write a cell."""
        from openpyxl.cell import Cell

        cell = sheet.cell(row, column)
        assert isinstance(cell, Cell)
        cell.value = _clean(value) if isinstance(value, str) else value
        # By name: a style said cell by cell takes a hundred times as long.
        cell.style = self._style(look)
        if isinstance(value, str) and cell.value:
            cell.data_type = "s"  # a name that begins with = is a name

    def _style(self, look: Look) -> str:
        """Return the name of the style of a look, which is made at its first use."""
        if look not in self._styles:
            name = f"Patrol Desk {len(self._styles) + 1}"
            self._book.add_named_style(_named(name, look))
            self._styles[look] = name
        return self._styles[look]

    def _free_title(self, title: str) -> str:
        plain = _clean(title).translate(_NOT_IN_TITLES).strip() or "1"
        found, number = plain[:_LONGEST_TITLE], 1
        while found.casefold() in self._titles:
            number += 1
            tail = f" {number}"
            found = plain[: _LONGEST_TITLE - len(tail)] + tail
        self._titles.add(found.casefold())
        return found


class Page:
    """One sheet, written from top to bottom."""

    def __init__(self, book: Book, sheet: "Worksheet", columns: int) -> None:
        self._book = book
        self.sheet = sheet
        self._columns = columns
        self._row = 0

    def line(self, text: str, look: Look = NOTE) -> None:
        """Write a text across all columns."""
        self._row += 1
        self._book.write(self.sheet, self._row, 1, text, look)
        self.sheet.merge_cells(start_row=self._row, end_row=self._row, start_column=1, end_column=self._columns)

    def heads(self, texts: Sequence[str]) -> None:
        """Write the heads, which repeat on every page and stay in sight."""
        self.row([(text, HEAD) for text in texts])
        self.sheet.print_title_rows = f"{self._row}:{self._row}"
        self.sheet.freeze_panes = f"A{self._row + 1}"

    def row(self, cells: Sequence[tuple[str | int, Look]]) -> int:
        """Write a row and return its number."""
        self._row += 1
        lines = 1
        for number, (value, look) in enumerate(cells, start=1):
            self._book.write(self.sheet, self._row, number, value, look)
            lines = max(lines, str(value).count("\n") + 1)
        if lines > 1:
            self.sheet.row_dimensions[self._row].height = 15.0 * lines
        return self._row


def _named(name: str, look: Look) -> "NamedStyle":
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    style = NamedStyle(name)
    style.font = Font(_FONT, 14 if look.large else 10, bold=look.bold, color="FFFFFF" if look.fill == "night" else None)
    style.alignment = Alignment("center" if look.centre else None, "center", wrap_text=look.wrap)
    fills = {
        "shade": PatternFill("solid", start_color=SHADE),
        "night": PatternFill("solid", start_color="000000"),
        "leave": PatternFill("lightUp", start_color="808080"),
    }
    if look.fill in fills:
        style.fill = fills[look.fill]
    if look.border:
        side = Side("thin")
        style.border = Border(side, side, side, side)
    return style


def _clean(text: str) -> str:
    """Return the text without control characters, which no workbook holds."""
    return "".join(character for character in text if character >= " " or character == "\n")
