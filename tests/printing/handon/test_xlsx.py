"""The squad's week as a workbook says what the sheet says, as text that no spreadsheet runs."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from patrol_desk.printing.handon.xlsx import week_book
from patrol_desk.services.sheet_data import PlanState, PrivacyProfile, SheetVersion, SquadWeekSheet
from tests.printing.specimens import RARE_NAMES, ordinary


def page(sheet: SquadWeekSheet, language: str = "zh") -> Worksheet:
    """Return the only sheet of a workbook, read back."""
    book = openpyxl.load_workbook(BytesIO(week_book([sheet], "en" if language == "en" else "zh")))
    (found,) = book.worksheets
    return found


def row_of(found: Worksheet, first: str) -> list[object]:
    """Return the values of the row that holds a text in its second cell."""
    (values,) = (row for row in found.iter_rows(values_only=True) if row[1] == first)
    return list(values)


def test_rows_and_totals_are_those_of_the_sheet() -> None:
    """Names, duties by day and totals; heads repeat and stay in sight."""
    sheet = replace(ordinary(), profile=PrivacyProfile.PUBLIC)
    found = page(sheet)
    row = row_of(found, "钟少棠")
    assert row[4:] == ["晚 市场", "夜 桥头", None, "早 市场", None, None, "晚 市场", 4]
    assert row_of(found, "当日出勤（人次）")[4:-1] == list(sheet.day_totals())
    assert found.print_title_rows == "$3:$3"
    assert found.freeze_panes == "A4"
    assert found.page_setup.orientation == "landscape"


def test_nights_are_white_on_black_and_leave_is_hatched() -> None:
    """As on paper: shape and weight, no colour."""
    found = page(ordinary())
    cells = [cell for row in found.iter_rows() for cell in row]
    night = next(cell for cell in cells if cell.value == "夜 桥头")
    assert (night.fill.start_color.rgb, night.font.color.rgb) == ("00000000", "00FFFFFF")
    leave = next(cell for cell in cells if cell.value == "请假")
    assert leave.fill.fill_type == "lightUp"


@pytest.mark.parametrize(
    ("profile", "shown"),
    [(PrivacyProfile.PUBLIC, None), (PrivacyProfile.OFFICE, "138****2046"), (PrivacyProfile.LEADER, "13800002046")],
)
def test_numbers_are_shown_by_the_profile(profile: PrivacyProfile, shown: str | None) -> None:
    """Under the public profile there is not even a column."""
    values = [cell for row in page(replace(ordinary(), profile=profile)).iter_rows(values_only=True) for cell in row]
    numbers = [value for value in values if isinstance(value, str) and value.startswith("138")]
    assert (numbers[0] if numbers else None) == shown


@pytest.mark.parametrize("name", [*RARE_NAMES, '=HYPERLINK("http://x","y")', "+1", "@x"])
def test_a_name_comes_back_as_it_is(name: str) -> None:
    """Rare characters whole; what begins like a formula is text."""
    sheet = ordinary()
    found = page(replace(sheet, rows=(replace(sheet.rows[0], name=name), *sheet.rows[1:])))
    (cell,) = (cell for row in found.iter_rows() for cell in row if cell.value == name)
    assert cell.data_type == "s"


def test_squads_of_one_name_and_names_no_sheet_may_have() -> None:
    """Sheets are numbered; what a spreadsheet forbids in a name is left out."""
    sheet = replace(ordinary(), squad_name="[甲/乙]队" + "很长" * 20)
    book = openpyxl.load_workbook(BytesIO(week_book([sheet, sheet, replace(sheet, squad_name="''")])))
    first, second, third = book.sheetnames
    assert (first[:5], second[-2:], third) == ("甲 乙 队", " 2", "1")


def test_an_empty_draft_in_english() -> None:
    """The mark stands under the head; nobody is said."""
    sheet = replace(ordinary(), rows=(), version=SheetVersion(PlanState.DRAFT, 1, "r1"), leader_name="")
    texts = [str(value) for row in page(sheet, "en").iter_rows(values_only=True) for value in row if value]
    assert "DRAFT · NOT PUBLISHED" in texts
    assert any("(none)" in text for text in texts)
