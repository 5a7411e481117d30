"""Workbooks give the same rows as CSV files, and what a spreadsheet did to numbers is seen."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from patrol_desk.sync.errors import FileRefusedError
from patrol_desk.sync.limits import Limits
from patrol_desk.sync.reading import workbook
from patrol_desk.sync.reading.folder import read_folder
from patrol_desk.sync.reading.workbook import cell_text
from tests.helpers.sync_data import csv_text, small
from tests.helpers.sync_read import codes, match, read_values


def save(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    """Write a workbook with the rows of each sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_one_workbook_holds_several_tables(tmp_path: Path) -> None:
    """Sheets are recognised like files, by title or headings; empty and foreign ones are nothing."""
    tables = small(25)
    rows: dict[str, Sequence[Sequence[object]]] = {"封面": [["虎门派出所"]], "Sheet2": []}
    for name in ("people", "shift_patterns"):
        headings = list(tables[name][0])
        rows[name] = [list(headings), *([row[heading] for heading in headings] for row in tables[name])]
    rows["第三张"] = rows.pop("shift_patterns")
    path = save(tmp_path / "总表.xlsx", **rows)
    folder = read_folder(path)
    assert {layout.table.name for _, layout in folder.found} == {"people", "shift_patterns"}
    assert {source.label for source, _ in folder.found} == {"总表.xlsx / people", "总表.xlsx / 第三张"}
    folder.close()


def test_cells_of_every_type_read_like_their_text(tmp_path: Path) -> None:
    """Numbers, dates, times and booleans are what a CSV file would say."""
    book = save(
        tmp_path / "a.xlsx",
        班次=[
            ["班次编号", "班次名称", "班次简称", "开始时间", "时长（分钟）", "夜班", "停用日期"],
            ["N1", "夜班", "夜", time(22, 0), 240, True, date(2026, 1, 5)],
            [7, "早班", "早", timedelta(hours=6), 240.0, False, datetime.combine(date(2026, 1, 5), time())],
            [None, None, None, None, None, None, None],
        ],
    )
    text = tmp_path / "班次.csv"
    text.write_bytes(
        "班次编号,班次名称,班次简称,开始时间,时长（分钟）,夜班,停用日期\r\nN1,夜班,夜,22:00,240,是,2026-01-05\r\n"
        "7,早班,早,6:00,240,否,2026/1/5\r\n".encode("gb18030")
    )
    assert read_values(book) == read_values(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), ("甲", "甲"), (True, "TRUE"), (False, "FALSE"), (12, "12"), (12.0, "12"), (0.5, "0.5"),
        (441900199003071234, "4.41900199003071E+17"), (138_0000_1111, "13800001111"), (time(8, 30), "08:30"),
        (time(8, 30, 5), "08:30:05"), (timedelta(hours=26, minutes=3), "26:03"), (timedelta(seconds=61), "00:01:01"),
        (date(2026, 1, 5), "2026-01-05"), (datetime.combine(date(2026, 1, 5), time(8, 30)), "2026-01-05 08:30:00"),
        (datetime.combine(date(2026, 1, 5), time()), "2026-01-05"),
    ],
)  # fmt: skip
def test_the_text_of_a_cell(value: object, text: str) -> None:
    """A number of more than 15 digits comes out as what it is: damaged."""
    assert cell_text(value) == text


def test_damage_in_a_workbook_is_named(tmp_path: Path) -> None:
    """A long number, an error value and a range turned into a date keep their rows out."""
    path = save(
        tmp_path / "人员.xlsx",
        人员=[
            ["人员编号", "姓名", "身份证号", "手机号", "每周上限"],
            ["V1", "甲", 441900199003071234, None, 1],
            ["V2", "乙", None, "#N/A", 1],
            ["V3", "丙", None, None, date(2026, 1, 3)],
            ["V4", "丁", None, 8613800001111, 2],
            ["V5", "戊", None, 13800001111, 2],
        ],
    )
    outcome = match(path, table="people")
    assert codes(outcome) == [
        {"damage_scientific"}, {"damage_error_value"}, {"damage_range"}, {"damage_plus_lost"},
    ]  # fmt: skip
    assert [row.place.line for row in outcome.rejected] == [2, 3, 4, 5]
    assert len(outcome.added) == 1


def test_a_formula_gives_the_value_it_had(tmp_path: Path) -> None:
    """What a sheet last showed is read; a formula is never run."""
    path = save(tmp_path / "规则.xlsx", 规则=[["规则编号", "数值"], ["rest", "=240*2"]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"<v></v>", b"<v>480</v>").replace(b"<v />", b"<v>480</v>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else content)
    assert read_values(path) == [("rest", 480)]


def test_a_workbook_under_a_wrong_name_is_still_one(tmp_path: Path) -> None:
    """A .csv that is a workbook inside is read as a workbook."""
    made = save(tmp_path / "规则.xlsx", 规则=[["规则编号", "数值"], ["rest", 480]])
    assert read_values(made.rename(tmp_path / "规则.csv")) == [("rest", 480)]


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """Text named .xlsx, a cut-off archive and an archive of something else each get the sentence."""
    whole = save(tmp_path / "x.xlsx", 规则=[["规则编号", "数值"]]).read_bytes()
    other = tmp_path / "人员.xlsx"
    with zipfile.ZipFile(tmp_path / "zip", "w") as archive:
        archive.writestr("a.txt", "x")
    for content in (b"text", whole[: len(whole) // 2], (tmp_path / "zip").read_bytes()):
        other.write_bytes(content)
        folder = read_folder(other)
        assert [message.code for message in folder.problems] == ["import.bad_workbook"]


def test_bombs_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    """Size and ratio are judged from the archive's directory."""
    path = tmp_path / "人员.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 20_000_000)
    with pytest.raises(FileRefusedError) as caught:
        workbook.Workbook(path)
    assert caught.value.message.code == "import.workbook_bomb"
    small_book = save(tmp_path / "规则.xlsx", 规则=[["规则编号", "数值"], ["a", 1], ["b", 2]])
    for limits in (Limits(parts=2), Limits(unpacked_bytes=100)):
        with pytest.raises(FileRefusedError) as caught:
            workbook.Workbook(small_book, limits)
        assert caught.value.message.code == "import.workbook_bomb"


def test_a_sheet_has_limits_too(tmp_path: Path) -> None:
    """Rows and columns are counted; a far-off blank cell makes no column."""
    path = save(tmp_path / "规则.xlsx", 规则=[["规则编号", "数值"], ["a", 1, None, None, "  "], ["b", 2]])
    for limits in (Limits(rows=2), Limits(columns=1)):
        book = workbook.Workbook(path, limits)
        with pytest.raises(FileRefusedError) as caught:
            list(book.sources()[0].rows())
        assert caught.value.message.code == "import.too_many"
        book.close()
    book = workbook.Workbook(path, Limits(columns=5))
    assert [line for line, _ in book.sources()[0].rows()] == [1, 2, 3]
    book.close()


def test_a_workbook_and_a_csv_of_the_same_table_agree(tmp_path: Path) -> None:
    """Every table reads the same from either kind of file."""
    for name, rows in small(25).items():
        if name in {"people", "squads", "township", "skills", "holidays", "rules"}:
            headings = list(dict.fromkeys(heading for row in rows for heading in row))
            cells: list[list[str]] = [headings, *([row.get(heading, "") for heading in headings] for row in rows)]
            book = save(tmp_path / "x.xlsx", **{name: cells})
            text = tmp_path / f"{name}.csv"
            text.write_bytes(csv_text(rows).encode())
            first, second = read_values(book), read_values(text)
            # References are unknown here in both; only their faults' identity differs.
            assert [list(map(repr, row)) for row in first] == [list(map(repr, row)) for row in second]
