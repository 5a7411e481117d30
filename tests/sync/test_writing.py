"""What is written is whole, safe in a spreadsheet, and reads back as it was."""

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.messages import LANGUAGES, Language
from patrol_desk.sync.errors import FileNotWrittenError
from patrol_desk.sync.kinds import References, WriteContext
from patrol_desk.sync.reading.encoding import digest_of
from patrol_desk.sync.reading.folder import read_folder
from patrol_desk.sync.rows import Values
from patrol_desk.sync.tables import TABLES, table_named
from patrol_desk.sync.template import write_template
from patrol_desk.sync.writing.files import write_csv
from patrol_desk.sync.writing.rejects import rejects_path, remove_rejects, write_rejects
from patrol_desk.sync.writing.tables import write_table
from tests.helpers.sync_data import csv_text
from tests.helpers.sync_read import codes, match

STARTS = ("", "=", "'", "'=", "\uff1d", "\uff20", " ", "\t", "\n", "清空", "#REF!", "【示例】", "00", "8-1")
TEXT = st.builds(
    str.__add__,
    st.sampled_from(STARTS),
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("\r\n\t\",;'𬭊"), max_size=20
    ),
)


def cells(path: Path) -> list[list[str]]:
    """Return a file's cells as a plain reader sees them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=8))
def test_any_text_survives_export_and_import(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]]
) -> None:
    """Formulas, quotes, line breaks, full width, rare characters and spaces come back exactly."""
    folder = tmp_path_factory.mktemp("texts")
    spec = table_named("checkpoints")
    rows: list[Values] = []
    for number, (address, name) in enumerate(texts):
        values: dict[str, object] = {column.name: column.new_value for column in spec.columns}
        one_line = " ".join(unicodedata.normalize("NFC", name).split()) or "x"
        values.update(
            id=f"01890a5d-ac96-774b-bcce-{number:012d}", code=f"P{number}", name=one_line, short_name="x",
            address=unicodedata.normalize("NFC", address),
        )  # fmt: skip
        rows.append(tuple(values.values()))
    write_table(folder, spec, rows, WriteContext("zh", References()))
    outcome = match(folder, rows, table="checkpoints")
    assert (outcome.same, len(outcome.rejected)) == (len(rows), 0)
    fresh = match(folder, table="checkpoints")
    assert sorted(map(repr, (candidate.values for candidate in fresh.added))) == sorted(map(repr, rows))


def test_a_file_has_a_mark_crlf_and_a_known_hash(tmp_path: Path) -> None:
    """What Excel needs to show Chinese, and what a later check needs."""
    written = write_csv(tmp_path / "new" / "a.csv", ["甲", "乙"], [["1", "一\n二"], ["3", ""]])
    content = written.path.read_bytes()
    assert content == '\ufeff甲,乙\r\n1,"一\n二"\r\n3,\r\n'.encode()
    assert (written.rows, written.digest) == (2, digest_of(written.path))
    assert [path.name for path in written.path.parent.iterdir()] == ["a.csv"]


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    """Nothing half-written takes the place of what was whole."""
    target = tmp_path / "a.csv"
    write_csv(target, ["甲"], [["1"]])
    (tmp_path / "a.csv.part").mkdir()
    with pytest.raises(FileNotWrittenError) as caught:
        write_csv(target, ["甲"], [["2"]])
    assert caught.value.message.code == "export.not_written"
    assert cells(target) == [["甲"], ["1"]]


def test_a_disk_that_gives_back_something_else_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is read back before it takes its name."""
    monkeypatch.setattr("patrol_desk.sync.writing.files.digest_of", lambda _path: "0" * 64)
    with pytest.raises(FileNotWrittenError) as caught:
        write_csv(tmp_path / "a.csv", ["甲"], [["1"]])
    assert caught.value.message.code == "export.read_back_differs"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_is_read_as_nothing_and_its_example_is_right(tmp_path: Path, language: Language) -> None:
    """Untouched it brings no row; with its mark taken away every example but its references is right."""
    written = write_template(tmp_path, language)
    assert len(written) == len(TABLES)
    folder = read_folder(tmp_path)
    assert (len(folder.found), folder.ignored, folder.problems) == (len(TABLES), [], [])
    legend = cells(tmp_path / ("说明.csv" if language == "zh" else "legend.csv"))
    assert len(legend) == 1 + sum(len(table.columns) - 1 for table in TABLES)
    assert all(row[4] for row in legend)
    for table in TABLES:
        path = tmp_path / f"{table.file_name(language)}.csv"
        assert match(path, table=table.name).read == 0
        headings, example = cells(path)
        bare = [cell.removeprefix("【示例】").removeprefix("[EXAMPLE]") for cell in example]
        path.write_bytes(csv_text([dict(zip(headings, bare, strict=True))]).encode())
        outcome = match(path, table=table.name)
        wrong = [found - {"unknown_reference", "missing_value"} for found in codes(outcome)]
        assert not any(wrong), (table.name, wrong)


def test_rejected_rows_can_be_mended_and_read_again(tmp_path: Path) -> None:
    """The cells stand as they came, with where and why; mended they go in, dangerous ones run nothing."""
    first, second = tmp_path / "in" / "people.csv", tmp_path / "in" / "义警.csv"
    first.parent.mkdir()
    first.write_bytes(
        csv_text(
            [
                {"人员编号": "V1", "姓名": "=甲", "手机号": "1380000111", "血型": "A"},
                {"人员编号": "V2", "姓名": "乙", "手机号": "13800002222", "血型": "O"},
            ]
        ).encode("gb18030")
    )
    second.write_bytes(csv_text([{"person code": "V3", "name": "'=丙", "gender": "？"}]).encode("utf-16"))
    outcome = match(first.parent, table="people")
    folder = tmp_path / "rejects"
    written = write_rejects(folder, outcome, "zh")
    assert written.path == rejects_path(folder, table_named("people"), "zh")
    headings, *rows = cells(written.path)
    assert headings == [
        "人员编号", "姓名", "手机号", "血型", "person code", "name", "gender",
        "文件", "行号", "列", "值", "原因代码", "原因", "建议",
    ]  # fmt: skip
    assert rows[0][:4] == ["V1", "'=甲", "1380000111", "A"]
    assert rows[0][7:12] == ["people.csv", "2", "手机号", "1380000111", "mobile_length"]
    assert rows[1][4:7] == ["V3", "'=丙", "？"]


def test_a_mended_file_of_rejected_rows_goes_in(tmp_path: Path) -> None:
    """Mend the cell, import the folder: the row is there and nothing is left to say."""
    source = tmp_path / "people.csv"
    source.write_bytes(csv_text([{"人员编号": "V1", "姓名": "=甲", "手机号": "1380000111"}]).encode())
    folder = tmp_path / "rejects"
    path = write_rejects(folder, match(source, table="people"), "en").path
    assert path.name == "people-rejects.csv"
    assert len(match(folder, table="people").rejected) == 1
    path.write_bytes(path.read_bytes().replace(b"1380000111", b"13800001111", 1))
    outcome = match(folder, table="people")
    assert (len(outcome.added), len(outcome.rejected)) == (1, 0)
    assert outcome.added[0].values[2] == "=甲"
    remove_rejects(folder)
    assert list(folder.iterdir()) == []
