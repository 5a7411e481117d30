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
def test_the_text_of_a_cell(tmp_path: Path, value: object, text: str) -> None:
    """A number of more than 15 digits comes out as what it is: damaged."""
    assert only_cell(save(tmp_path / "a.xlsx", 甲=[[value, "end"]])) == text


def only_cell(path: Path) -> str:
    """Return what the first cell of a workbook says."""
    book = workbook.Workbook(path)
    ((line, cells),) = book.sources()[0].rows()
    book.close()
    assert (line, cells[-1]) == (1, "end")
    return cells[0]


def altered(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """Change one part of a workbook, as other programs write it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("part", "old", "new", "text"),
    [
        (SHEET, b'<c r="A1" t="n"><v>7</v></c>', b'<c t="d"><v>2026-01-05T00:00:00</v></c>', "2026-01-05"),
        (SHEET, b'<c r="A1" t="n"><v>7</v></c>', b'<c t="inlineStr"><is><t>\xe7\x94\xb2</t></is></c>', "甲"),
        (SHEET, b'<c r="A1" t="n"><v>7</v></c>', b'<c t="str"><f>A9</f><v>x_x0009_y</v></c>', "x\ty"),
        (SHEET, b'<c r="A1" t="n"><v>7</v></c>', b"<c><f>A9*2</f></c>", "#VALUE!"),
        (SHEET, b'<c r="A1" t="n"><v>7</v></c>', b'<c t="e"><v>#REF!</v></c>', "#REF!"),
        (SHEET, b'<c r="A1" t="n"><v>7</v></c>', b"<c><v>1.3800001111E10</v></c>", "13800001111"),
        (SHEET, b'<c r="A1" t="n"', b'<c r="A1" s="1" t="n"', "1900-01-07"),
        (SHEET, b'<c r="A1" t="n"><v>7', b'<c r="A1" s="1" t="n"><v>1e9', "#VALUE!"),
    ],
)
def test_cells_as_other_programs_write_them(tmp_path: Path, part: str, old: bytes, new: bytes, text: str) -> None:
    """Inline strings, rich text, ISO dates, formulas with and without their value, no coordinates."""
    dated = save(tmp_path / "a.xlsx", 甲=[[7, "end"]], 乙=[[date(2026, 1, 5)]])
    assert only_cell(altered(dated, part, old, new)) == text


def test_a_workbook_by_hand_with_shared_strings_and_no_styles(tmp_path: Path) -> None:
    """Shared and rich strings, phonetic hints, the strict namespace, absolute targets, a chart sheet."""
    path = tmp_path / "规则.xlsx"
    strict, office = "http://purl.oclc.org/ooxml/spreadsheetml/main", "http://x/relationships"
    links = "".join(
        f'<Relationship Id="{name}" Type="{office}/{kind}" Target="{target}"/>'
        for name, kind, target in (
            ("a", "worksheet", "/xl/s1.xml"), ("b", "chartsheet", "c.xml"), ("c", "sharedStrings", "strings.xml"),
        )
    )  # fmt: skip
    parts = {
        "_rels/.rels": f'<R><Relationship Id="m" Type="{office}/officeDocument" Target="/xl/book.xml"/></R>',
        "xl/book.xml": f'<w xmlns:r="{office}"><sheets><sheet name="规则" r:id="a"/><sheet name="图" r:id="b"/>'
        "</sheets></w>",
        "xl/_rels/book.xml.rels": f"<R>{links}</R>",
        "xl/strings.xml": f'<x:sst xmlns:x="{strict}"><x:si><x:t>规则编号</x:t></x:si><x:si><x:r><x:t>数</x:t></x:r>'
        "<x:r><x:t>值</x:t></x:r><x:rPh><x:t>shu</x:t></x:rPh></x:si><x:si><x:t>re_x0073_t</x:t></x:si></x:sst>",
        "xl/s1.xml": f'<worksheet xmlns="{strict}"><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
        '<row r="5"><c r="A5" t="s"><v>2</v></c><c r="B5"><v>480</v></c><c r="ZZ5"><v/></c></row></sheetData>'
        "</worksheet>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert read_values(path) == [("rest", 480)]
    book = workbook.Workbook(path)
    assert [line for line, _ in book.sources()[0].rows()] == [1, 5]
    book.close()


def test_a_workbook_from_a_mac_counts_from_1904(tmp_path: Path) -> None:
    """The workbook says from when its days are counted."""
    path = save(tmp_path / "a.xlsx", 甲=[[date(2026, 1, 5), "end"]])
    assert only_cell(altered(path, "xl/workbook.xml", b"<workbookPr/>", b'<workbookPr date1904="1"/>')) == "2030-01-06"


def test_a_workbook_that_declares_a_document_type_is_refused(tmp_path: Path) -> None:
    """No workbook needs one; entities that grow without end do."""
    for part, mark in ((SHEET, b"<worksheet"), ("xl/styles.xml", b"<styleSheet")):
        path = altered(save(tmp_path / "规则.xlsx", 规则=[["规则编号"]]), part, mark, b"<!DOCTYPE x []>" + mark)
        folder = read_folder(path)
        assert [message.code for message in folder.problems] == ["import.bad_workbook"]


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
        folder.close()
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
