"""What files hold is seen, and corrected where it was recognised wrongly."""

from pathlib import Path

import openpyxl
import pytest

from patrol_desk.common.errors import (
    CancelledByUserError,
    InvalidDataError,
)
from patrol_desk.common.message import Message
from patrol_desk.models import Person
from patrol_desk.services.importing import (
    FileChoice,
    ImportChoices,
    import_tables,
    inspect_files,
    preview_import,
    run_import,
    separators,
)
from patrol_desk.services.station import Station
from patrol_desk.storage import bulk
from tests.helpers.importing import CLERK, PEOPLE, correct, look, put
from tests.helpers.sync_data import Tables


def test_what_files_hold_is_seen_before_anything_is_read(station: Station, folder: Path, tables: Tables) -> None:
    """Every file with its table, encoding, headings, number of rows and first rows."""
    told: list[Message] = []
    found = inspect_files(station, CLERK, ImportChoices((folder,)), progress=lambda what, _a, _b: told.append(what))
    assert {file.table: file.rows for file in found} == {name: len(rows) for name, rows in tables.items()}
    assert all(file.ready and not file.missing and file.encodings[0] == file.encoding for file in found)
    assert {(file.encoding, file.separator) for file in found} == {("utf-8-sig", ",")}
    (people,) = [file for file in found if file.table == "people"]
    assert [heading.text for heading in people.headings] == list(tables["people"][0])
    assert all(heading.known and heading.field is not None for heading in people.headings)
    assert [dict(zip(tables["people"][0], row, strict=True)) for row in people.sample] == tables["people"][:20]
    assert len(told) == len(found)
    assert "people" in {table.name for table in import_tables()}
    assert separators() == (",", ";", "\t")


def test_a_heading_nobody_knows_can_be_told(station: Station, tmp_path: Path) -> None:
    """Near words are suggested; told what it means, the file goes in under it."""
    choices = put(tmp_path / "来件" / "people.csv", [{"人员编号": "V1", "姓名": "甲", "上限每周": "4", "血型": "A"}])
    found = look(station, choices)
    cap, blood = found.headings[2:]
    assert (cap.field, cap.known, cap.suggestions[:1]) == (None, False, ("weekly_cap",))
    assert (blood.field, blood.known) == (None, False)
    told = correct(choices, found.key, FileChoice(columns={"上限每周": "weekly_cap"}))
    assert look(station, told).headings[2].field == "weekly_cap"
    run_import(station, CLERK, told)
    with station.read() as session:
        assert bulk.rows(session, Person, ("weekly_cap",)) == [(4,)]


def test_a_heading_can_be_passed_over_and_another_take_its_place(station: Station, tmp_path: Path) -> None:
    """The heading a user chose has the column; the one that would have had it is passed over."""
    rows = [{"人员编号": "V1", "姓名": "甲", "手机号": "13800132046", "家属电话": "13800132047"}]
    choices = put(tmp_path / "来件" / "people.csv", rows)
    key = look(station, choices).key
    other = correct(choices, key, FileChoice(columns={"家属电话": "phone"}))
    assert [heading.field for heading in look(station, other).headings[2:]] == [None, "phone"]
    none = correct(choices, key, FileChoice(columns={"手机号": None}))
    assert [heading.field for heading in look(station, none).headings] == ["code", "name", None, None]
    run_import(station, CLERK, none)
    with station.read() as session:
        assert bulk.rows(session, Person, ("phone",)) == [(None,)]


def test_a_missing_column_is_named_and_can_be_pointed_out(station: Station, tmp_path: Path) -> None:
    """A file that lacks what its table must have says so; a correction mends it."""
    choices = put(tmp_path / "来件" / "people.csv", [{"人员编号": "V1", "大名儿": "甲"}])
    found = look(station, choices)
    assert (found.table, found.ready, [field.name for field in found.missing]) == ("people", False, ["name"])
    assert found.missing[0].heading("zh") == "姓名"
    assert found.missing[0].heading("en") == "name"
    assert found.problem is not None
    assert found.problem.code == "import.missing_columns"
    assert (found.rows, found.sample) == (1, (("V1", "甲"),))
    with pytest.raises(InvalidDataError):
        preview_import(station, CLERK, choices)
    told = correct(choices, found.key, FileChoice(columns={"大名儿": "name"}))
    assert look(station, told).ready
    assert preview_import(station, CLERK, told).report.tables[0].added == 1


def test_a_table_can_be_chosen(station: Station, tmp_path: Path) -> None:
    """A file none of ours can be told to be one; likely tables come first."""
    rows = [{"名称": "东队", "编号": "S1"}]
    choices = put(tmp_path / "来件" / "名单.csv", rows)
    found = look(station, choices)
    assert (found.table, found.ready, len(found.tables)) == (None, False, 3)
    assert found.problem is not None
    assert found.problem.code == "import.ambiguous_table"
    told = correct(choices, found.key, FileChoice(table="squads", columns={"名称": "name", "编号": "code"}))
    seen = look(station, told)
    assert (seen.table, seen.ready) == ("squads", True)
    assert run_import(station, CLERK, told).value.tables[0].added == 1
    wrong = correct(choices, found.key, FileChoice(table="squads", columns={"编号": None}))
    assert look(station, wrong).missing[0].name == "code"
    people = put(tmp_path / "来件" / "随便.csv", [{"人员编号": "V1", "姓名": "甲", "手机号": ""}])
    assert look(station, people).tables[0] == "people"
    nothing = look(station, put(tmp_path / "来件" / "通讯录.csv", [{"甲": "1", "乙": "2"}]))
    assert (nothing.table, nothing.ready, nothing.problem, nothing.tables) == (None, False, None, ())
    assert [heading.field for heading in nothing.headings] == [None, None]


def test_an_encoding_can_be_chosen(station: Station, tmp_path: Path) -> None:
    """Big5 is taken for GB18030 until it is chosen; one that does not read the file is refused in words."""
    choices = put(tmp_path / "来件" / "people.csv", [{"人員編號": "V1", "姓名": "陳小明"}], "big5")
    found = look(station, choices)
    assert (found.encoding, found.ready, "big5" in found.encodings) == ("gb18030", False, True)
    columns = {"人員編號": "code"}
    told = correct(choices, found.key, FileChoice(encoding="big5", columns=columns))
    assert look(station, told).sample == (("V1", "陳小明"),)
    assert look(station, told).ready
    for wrong in ("utf-8", "no such thing"):
        bad = correct(choices, found.key, FileChoice(encoding=wrong))
        refused = look(station, bad)
        assert refused.problem is not None
        assert refused.problem.code == "import.wrong_encoding"
        assert "big5" in refused.encodings
    with pytest.raises(InvalidDataError):
        run_import(station, CLERK, bad)
    run_import(station, CLERK, told)
    with station.read() as session:
        assert bulk.rows(session, Person, ("name",)) == [("陳小明",)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "utf-8", "gb18030"])
def test_what_marks_itself_leaves_no_choice(station: Station, tmp_path: Path, encoding: str) -> None:
    """A byte-order mark, or the zero bytes of UTF-16, say which it is."""
    found = look(station, put(tmp_path / "来件" / "people.csv", PEOPLE, encoding))
    assert found.ready
    assert found.encoding == encoding
    assert found.encodings == (encoding,)


def test_a_separator_can_be_chosen(station: Station, tmp_path: Path) -> None:
    """Whatever the lines look like."""
    rows = [{"人员编号": "V1", "姓名": "甲"}]
    choices = put(tmp_path / "来件" / "people.csv", rows, delimiter=";")
    assert look(station, choices).separator == ";"
    wrong = correct(choices, look(station, choices).key, FileChoice(separator=","))
    assert len(look(station, wrong).headings) == 1
    right = correct(choices, look(station, choices).key, FileChoice(separator=";"))
    assert look(station, right).ready


def test_files_and_sheets_can_be_left_out(station: Station, tmp_path: Path) -> None:
    """What is left out stops nothing and is not read; when all is left out there is nothing to import."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "人员"
    for row in (["人员编号", "姓名"], ["V1", "甲"]):
        sheet.append(row)
    other = book.create_sheet("小组")
    for row in (["小组编号"], ["S1"]):
        other.append(row)
    (tmp_path / "来件").mkdir()
    book.save(tmp_path / "来件" / "名册.xlsx")
    (tmp_path / "来件" / "坏.xls").write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 2000)
    put(tmp_path / "来件" / "技能.csv", [{"技能编号": "AID"}])
    choices = ImportChoices((tmp_path / "来件",))
    found = {file.label: file for file in inspect_files(station, CLERK, choices)}
    assert {label: (file.table, file.ready) for label, file in found.items()} == {
        "名册.xlsx / 人员": ("people", True), "名册.xlsx / 小组": ("squads", False),
        "坏.xls": (None, False), "技能.csv": ("skills", False),
    }  # fmt: skip
    assert found["名册.xlsx / 人员"].encodings == ()
    assert found["坏.xls"].encodings == ()
    with pytest.raises(InvalidDataError):
        preview_import(station, CLERK, choices)
    for label in ("名册.xlsx / 小组", "坏.xls", "技能.csv"):
        choices = correct(choices, found[label].key, FileChoice(skip=True))
    assert [file.skip for file in inspect_files(station, CLERK, choices)] == [False, True, True, True]
    assert [table.table.name for table in preview_import(station, CLERK, choices).report.tables] == ["people"]
    choices = correct(choices, found["名册.xlsx / 人员"].key, FileChoice(skip=True))
    with pytest.raises(InvalidDataError) as caught:
        preview_import(station, CLERK, choices)
    assert caught.value.message.code == "import.nothing_found"


def test_what_cannot_be_looked_at_is_said(station: Station, tmp_path: Path) -> None:
    """A blank file, one that breaks off, one nobody can read, a path that is not there."""
    folder = tmp_path / "来件"
    folder.mkdir()
    (folder / "people.csv").write_bytes(b"\r\n\r\n")
    (folder / "squads.csv").write_bytes('小组编号,小组名称\r\nS1,"甲'.encode())
    (folder / "skills.csv").write_bytes(b"\xff\xff\xff\xff")
    blank, unreadable, broken = inspect_files(station, CLERK, ImportChoices((folder,)))
    assert (blank.table, blank.rows, blank.problem) == (None, 0, None)
    assert unreadable.problem is not None
    assert broken.problem is not None
    assert (unreadable.problem.code, broken.problem.code) == ("import.bad_encoding", "import.bad_quoting")
    with pytest.raises(InvalidDataError):
        inspect_files(station, CLERK, ImportChoices((folder / "nichts",)))
    with pytest.raises(CancelledByUserError):
        inspect_files(station, CLERK, ImportChoices((folder,)), cancelled=lambda: True)


def test_a_file_that_cannot_be_opened_is_said(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file another program holds is named with the system's reason."""
    choices = put(tmp_path / "来件" / "people.csv", PEOPLE)

    def locked(_path: Path, *_args: object, **_named: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", locked)
        found = look(station, choices)
    assert found.problem == Message("import.file_unreadable", {"file": "people.csv", "why": "Permission denied"})
    assert found.encodings == ()
