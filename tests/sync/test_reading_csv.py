"""CSV files as real desks send them: the same rows whatever encoding, separator, line end and headings they have."""

import codecs
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol_desk.messages import render
from patrol_desk.sync.errors import FileRefusedError
from patrol_desk.sync.limits import Limits
from patrol_desk.sync.reading.delimited import CsvSource
from patrol_desk.sync.reading.encoding import sniff
from patrol_desk.sync.reading.folder import read_folder
from patrol_desk.sync.reading.headings import recognise, table_by_title
from patrol_desk.sync.tables import TABLES, TableSpec
from tests.helpers.sync_data import csv_text, small
from tests.helpers.sync_read import read_values

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be-bom")
PEOPLE = [
    {
        "人员编号": "XM-V000001",
        "姓名": "买买提·阿",
        "手机号": "13800001111",
        "每周上限": "2",
        "加入日期": "2025年3月1日",
    },
    {
        "人员编号": "XM-V000002",
        "姓名": "欧阳𬭊",
        "手机号": "+8613800002222",
        "每周上限": "\uff13",
        "加入日期": "2025/3/1",
    },
    {"人员编号": "XM-V000003", "姓名": "Maria, “M” Santos", "手机号": "", "每周上限": "", "加入日期": "45717"},
    {"人员编号": "XM-V000004", "姓名": 'A "B"; C', "手机号": "", "每周上限": "0", "加入日期": ""},
]


def encoded(text: str, encoding: str) -> bytes:
    """Return a text as bytes."""
    if encoding == "utf-16-be-bom":
        return codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    return text.encode(encoding)


def refusal(path: Path, limits: Limits | None = None) -> str:
    """Return the code of the error with which a file is refused."""
    with pytest.raises(FileRefusedError) as caught:
        _read_all(path, limits or Limits())
    assert path.name in render(caught.value.message, "zh")
    assert render(caught.value.message, "en")
    return caught.value.message.code.removeprefix("import.")


def _read_all(path: Path, limits: Limits) -> None:
    source = CsvSource(path, limits)
    recognise(source)
    list(source.rows())


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_the_same_rows_in_every_encoding(tmp_path: Path, encoding: str, delimiter: str, end: str) -> None:
    """Encoding, separator and line end are found out; the values are those of the plain file."""
    plain, other = tmp_path / "人员.csv", tmp_path / "other" / "人员.csv"
    other.parent.mkdir()
    plain.write_bytes(csv_text(PEOPLE).encode("utf-8-sig"))
    other.write_bytes(encoded(csv_text(PEOPLE, delimiter=delimiter, end=end), encoding))
    assert read_values(other) == read_values(plain)
    assert len(read_values(plain)) == 4


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_sep_line_names_the_separator(tmp_path: Path, separator: str) -> None:
    """Excel's own first line is obeyed and is no row."""
    path = tmp_path / "people.csv"
    path.write_text(f"sep={separator}\r\n" + csv_text(PEOPLE, delimiter=separator), encoding="utf-8-sig", newline="")
    assert [row[0] for row in read_values(path)] == [f"XM-V00000{n}" for n in range(1, 5)]
    assert [line for line, _ in CsvSource(path).rows()] == [2, 3, 4, 5, 6]


def test_trailing_blank_rows_and_columns_are_nothing(tmp_path: Path) -> None:
    """A sheet saved with its empty margin reads like one without."""
    path = tmp_path / "people.csv"
    lines = csv_text(PEOPLE).splitlines()
    path.write_text("\r\n".join(f"{line},,," for line in lines) + "\r\n,,,,,,\r\n\r\n , ,\r\n", encoding="utf-8")
    assert len(read_values(path)) == 4


def test_a_row_knows_the_line_on_which_it_starts(tmp_path: Path) -> None:
    """Cells with line breaks do not shift the lines of what follows."""
    path = tmp_path / "checkpoints.csv"
    path.write_bytes('执勤点编号,执勤点名称,执勤点简称,地址\r\nP1,甲,甲,"一\r\n二"\r\nP2,乙,乙,x\r\n'.encode())
    assert [line for line, _ in CsvSource(path).rows()] == [1, 2, 4]


TABLE_ROWS = small(25)


@given(st.sampled_from(TABLES), st.randoms(use_true_random=False), st.sampled_from(("zh", "en", "alias")))
@settings(max_examples=40)
def test_headings_in_any_order_and_language_give_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory, table: TableSpec, random: Random, words: str
) -> None:
    """A column is known by its heading, not by its place."""
    folder = tmp_path_factory.mktemp("order")
    rows = TABLE_ROWS[table.name]
    columns = {column.zh: column for column in table.columns}
    names = {
        zh: {
            "zh": zh,
            "en": column.en.upper(),
            "alias": f" {random.choice([column.zh, column.en, *column.aliases])}：",
        }[words]
        for zh, column in columns.items()
    }
    if len({recognised_name(table, name) for name in names.values()}) < len(names):
        return
    order = list(dict.fromkeys(heading for row in rows for heading in row))
    random.shuffle(order)
    shuffled = [{names[heading]: row.get(heading, "") for heading in order} for row in rows]
    plain, other = folder / f"{table.zh}.csv", folder / f"{table.name}.csv"
    plain.write_bytes(csv_text(rows).encode("gb18030"))
    other.write_bytes(csv_text(shuffled, delimiter=";").encode("utf-8-sig"))
    layouts = [recognise(CsvSource(path)) for path in (plain, other)]
    assert all(layout is not None and layout.table is table for layout in layouts)
    by_name = []
    for path, layout in zip((plain, other), layouts, strict=True):
        assert layout is not None
        found = [column.name for column in layout.columns]
        by_name.append([repr(sorted(zip(found, map(repr, row), strict=True))) for row in read_values(path)])
    assert by_name[0] == by_name[1]


def recognised_name(table: TableSpec, heading: str) -> str:
    """Return the column a heading means."""
    from patrol_desk.sync.reading.headings import column_of

    column = column_of(table, heading)
    return "" if column is None else column.name


def test_a_table_is_known_by_its_headings_when_the_name_says_nothing(tmp_path: Path) -> None:
    """``Sheet1.csv`` with the headings of people is people."""
    for table in TABLES:
        path = tmp_path / "导出数据.csv"
        path.write_bytes(csv_text([{column.zh: "" for column in table.columns}]).encode("utf-8-sig"))
        layout = recognise(CsvSource(path))
        assert layout is not None
        assert layout.table is table


@pytest.mark.parametrize(
    ("title", "name"),
    [("人员", "people"), ("人员-退回", "people"),
      ("people (2)", "people"), ("人员_副本", "people"), ("义警 2026", "people"),
     ("PEOPLE-rejects", "people"), ("执勤点", "checkpoints"), ("通讯录", None), ("2026", None)],
)  # fmt: skip
def test_names_as_files_get_them(title: str, name: str | None) -> None:
    """Copies, years and our own files of rejected rows keep their table."""
    table = table_by_title(title)
    assert (table.name if table is not None else None) == name


def test_a_title_above_the_headings_is_passed_over(tmp_path: Path) -> None:
    """Real sheets have a headline in their first row."""
    path = tmp_path / "people.csv"
    path.write_bytes(("虎门义警名册,,\r\n2026年,,\r\n" + csv_text(PEOPLE)).encode("utf-8-sig"))
    assert len(read_values(path)) == 4


def test_unknown_columns_are_reported_and_reasons_passed_over(tmp_path: Path) -> None:
    """A column nobody knows is named; those of a file of rejected rows are ours."""
    path = tmp_path / "people.csv"
    path.write_bytes("人员编号,姓名,血型,备注,原因,建议,行号\r\nV1,甲,A,,,,\r\n".encode())
    layout = recognise(CsvSource(path))
    assert layout is not None
    assert layout.unknown == ("血型", "备注")


@pytest.mark.parametrize("headings", ["人员编号,姓名,手机号,电话", "人员编号,姓名,电话,手机号"])
def test_a_second_similar_column_is_left_out(tmp_path: Path, headings: str) -> None:
    """With its own heading there, a column's alias is somebody else's column."""
    path = tmp_path / "people.csv"
    path.write_bytes(f"{headings}\r\nV1,甲,1,1\r\n".encode())
    layout = recognise(CsvSource(path))
    assert layout is not None
    assert layout.unknown == ("电话",)
    assert layout.headings[layout.positions[2]] == "手机号"


def test_headings_of_programs_are_understood(tmp_path: Path) -> None:
    """What a database calls its columns will do."""
    path = tmp_path / "squad_memberships.csv"
    path.write_bytes(b"person_code,squad_code,role,from_on,until_on,ended_on\r\n")
    layout = recognise(CsvSource(path))
    assert layout is not None
    assert [column.name for column in layout.columns] == [
        "person_id", "squad_id", "role", "from_on", "until_on", "ended_on",
    ]  # fmt: skip


def test_latin_text_that_is_chinese_in_gb18030_is_taken_as_gb18030(tmp_path: Path) -> None:
    """The ladder's last rung: UTF-8 without a Chinese character, GB18030 with one."""
    path = tmp_path / "x.csv"
    path.write_bytes("é".encode())
    assert sniff(path).encoding == "gb18030"
    path.write_bytes("Ж, 中".encode())
    assert sniff(path).encoding == "utf-8"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe\x00\xd8", "bad_encoding"),
        (b"\xff\xff\xff", "bad_encoding"),
        ("人员编号,姓名\r\nV1,\"甲\r\nV2,乙\r\n".encode(), "bad_quoting"),
        ("人员编号,姓名\r\nV1,\"甲\"乙\r\n".encode(), "bad_quoting"),
        ("人员编号,手机号\r\nV1,1\r\n".encode(), "missing_columns"),
        ("人员编号,姓名,name\r\nV1,甲,乙\r\n".encode(), "heading_twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_sentence(tmp_path: Path, content: bytes, code: str) -> None:
    """The sentence names the file; the refusal comes before anything is taken in."""
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    assert refusal(path) == code


def test_headings_that_fit_several_tables_are_refused(tmp_path: Path) -> None:
    """Rather than guess, ask for the table's name."""
    path = tmp_path / "x.csv"
    path.write_bytes("编号,名称,类别\r\n1,2,3\r\n".encode())
    assert refusal(path) == "ambiguous_table"


def test_limits_are_held(tmp_path: Path) -> None:
    """Too large, too long, too wide: refused with the limit."""
    path = tmp_path / "people.csv"
    path.write_bytes(csv_text(PEOPLE).encode())
    assert refusal(path, Limits(file_bytes=10)) == "file_too_large"
    assert refusal(path, Limits(rows=3)) == "too_many"
    assert refusal(path, Limits(columns=3)) == "too_many"
    path.write_bytes(("人员编号,姓名\r\nV1," + "长" * 200_000).encode())
    assert refusal(path) == "bad_quoting"


def test_a_folder_tells_ours_from_others(tmp_path: Path) -> None:
    """Other people's files are named and left; ours that cannot be read are problems; leftovers are nobody's."""
    (tmp_path / "people.csv").write_bytes(csv_text(PEOPLE).encode())
    (tmp_path / "通讯录.csv").write_bytes("甲,乙\r\n1,2\r\n".encode())
    (tmp_path / "说明.csv").write_bytes(b"a,b\r\n")
    (tmp_path / "空.csv").write_bytes(b"")
    (tmp_path / "~$people.xlsx").write_bytes(b"x")
    (tmp_path / "信.docx").write_bytes(b"x")
    (tmp_path / "广告.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "笔记.txt").write_bytes(b"\xff\xff\xff")
    (tmp_path / "squads.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    folder = read_folder(tmp_path)
    assert [layout.table.name for _, layout in folder.found] == ["people"]
    assert set(folder.ignored) == {"通讯录.csv", "空.csv", "广告.xls", "笔记.txt"}
    assert [message.code for message in folder.problems] == ["import.other_spreadsheet"]


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    """A missing folder and one without tables each have a sentence."""
    for path, code in ((tmp_path / "nowhere", "import.no_folder"), (tmp_path, "import.nothing_found")):
        with pytest.raises(FileRefusedError) as caught:
            read_folder(path)
        assert caught.value.message.code == code
