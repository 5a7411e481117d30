"""What goes out comes in again, and then goes out the same to the byte."""

import csv
from pathlib import Path

import openpyxl
import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import CancelledByUserError, ForbiddenError
from patrol_desk.messages import LANGUAGES, Language
from patrol_desk.models import Person, Role
from patrol_desk.services.exporting import export_folder, export_list, export_people, list_columns
from patrol_desk.services.importing import import_folder
from patrol_desk.services.station import Station
from patrol_desk.storage import bulk
from patrol_desk.storage.audit import entries
from patrol_desk.sync.errors import FileNotWrittenError
from patrol_desk.sync.tables import TABLES
from tests.helpers.sync_data import CLOCK, small, write_folder

CLERK = Actor(None, "内勤", Role.CLERK)


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Station:
    """A station with a small township in it."""
    folder = tmp_path_factory.mktemp("export")
    made = Station.create(folder / "甲.db", None, clock=CLOCK)
    import_folder(made, CLERK, write_folder(folder / "来件", small(60)))
    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_export_makes_the_same_export_elsewhere(station: Station, tmp_path: Path, language: Language) -> None:
    """Every table, every byte, ids and all; and at home it is nothing new."""
    first, second = tmp_path / "一", tmp_path / "二"
    report = export_folder(station, CLERK, first, language=language)
    assert report.files == len(TABLES)
    assert import_folder(station, CLERK, first).run_id is None
    other = Station.create(tmp_path / "乙.db", None, clock=CLOCK)
    taken = import_folder(other, CLERK, first)
    assert sum(table.added for table in taken.tables) == report.rows
    assert not taken.faults
    assert not taken.notes
    export_folder(other, CLERK, second, language=language)
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted(f"{table.file_name(language)}.csv" for table in TABLES)
    assert [(first / name).read_bytes() for name in names] == [(second / name).read_bytes() for name in names]
    other.close()


def test_an_english_export_says_the_same_as_a_chinese_one(station: Station, tmp_path: Path) -> None:
    """Language is dress."""
    export_folder(station, CLERK, tmp_path / "en", language="en")
    assert import_folder(station, CLERK, tmp_path / "en").run_id is None


def test_rows_are_in_order_and_numbers_safe(station: Station, tmp_path: Path) -> None:
    """Sorted by code; IDs and phones as no spreadsheet takes for numbers."""
    report = export_folder(station, CLERK, tmp_path)
    with (tmp_path / "人员.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["人员编号"] for row in rows] == sorted(row["人员编号"] for row in rows)
    assert all(row["身份证号"].count("-") == 2 and row["手机号"].count("-") == 2 for row in rows)
    figures = report.figures()
    assert figures["files"] == len(TABLES)
    assert len(rows) == report.written["people"].rows


def test_an_export_is_noted(station: Station, tmp_path: Path) -> None:
    """Who took all data out is on record."""
    export_folder(station, CLERK, tmp_path)
    with station.read() as session:
        assert [entry["action"] for entry, _, _ in entries(session)][-1] == "export"


def test_not_everybody_may_export_and_the_clerk_may_stop(station: Station, tmp_path: Path) -> None:
    """The duty officer may not take the data out."""
    with pytest.raises(ForbiddenError):
        export_folder(station, Actor(None, "值班员", Role.DUTY_OFFICER), tmp_path)
    with pytest.raises(CancelledByUserError):
        export_folder(station, CLERK, tmp_path, cancelled=lambda: True)
    assert list(tmp_path.iterdir()) == []


def test_some_people_go_out_with_what_is_theirs_and_come_in_again(station: Station, tmp_path: Path) -> None:
    """Only their rows, in the contract's form: at home nothing new, a cell that was edited is taken in; it is noted."""
    with station.read() as session:
        people = bulk.rows(session, Person, ("id", "code"), order_by=("code",))[:3]
    report = export_people(station, CLERK, [row[0] for row in people], tmp_path / "选")
    assert report.written["people"].rows == 3
    with (tmp_path / "选" / "人员.csv").open(encoding="utf-8-sig", newline="") as listed:
        rows = list(csv.DictReader(listed))
    assert [row["人员编号"] for row in rows] == [row[1] for row in people]
    theirs = {row[1] for row in people}
    for name, file in report.written.items():
        if name != "people":
            with file.path.open(encoding="utf-8-sig", newline="") as text:
                assert {row["人员编号"] for row in csv.DictReader(text)} <= theirs
    assert import_folder(station, CLERK, tmp_path / "选").run_id is None
    whole = (tmp_path / "选" / "人员.csv").read_text("utf-8-sig")
    (tmp_path / "选" / "人员.csv").write_text(whole.replace(rows[0]["姓名"], "改过的名", 1), "utf-8-sig")
    assert sum(table.changed for table in import_folder(station, CLERK, tmp_path / "选").tables) == 1
    with station.read() as session:
        assert "export.people" in {entry["action"] for entry, _, _ in entries(session)}
    with pytest.raises(ForbiddenError):
        export_people(station, Actor(None, "值班员", Role.DUTY_OFFICER), [people[0][0]], tmp_path / "不行")


@pytest.mark.parametrize("name", ["名单.xlsx", "名单.csv"])
def test_a_list_of_chosen_columns_is_read_back(station: Station, tmp_path: Path, name: str) -> None:
    """Code and name are always there; a cell that was edited is taken in; who exported which columns is noted."""
    with station.read() as session:
        people = bulk.rows(session, Person, ("id", "code", "weekly_cap"), order_by=("code",))[3:6]
    path = tmp_path / name
    report = export_list(station, CLERK, [row[0] for row in people], ["phone", "weekly_cap"], path)
    assert (report.files, report.rows) == (1, 3)
    assert import_folder(station, CLERK, path).run_id is None
    if name.endswith("xlsx"):
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        assert [cell.value for cell in sheet[1]] == ["人员编号", "姓名", "手机号", "每周上限"]
        sheet["D2"] = str((people[0][2] + 1) % 8)
        book.save(path)
        assert [(table.changed, table.rejected) for table in import_folder(station, CLERK, path).tables] == [(1, 0)]
    with station.read() as session:
        noted = [entry for entry, _, _ in entries(session) if entry["action"] == "export.people"]
    assert noted
    with pytest.raises(ForbiddenError):
        export_list(station, Actor(None, "值班员", Role.DUTY_OFFICER), [people[0][0]], [], tmp_path / "x.csv")
    assert not (tmp_path / "x.csv").exists()
    (tmp_path / "kein").write_text("")
    with pytest.raises(FileNotWrittenError):
        export_list(station, CLERK, [people[0][0]], [], tmp_path / "kein" / name)
    assert {one.name for one in list_columns() if one.fixed} == {"code", "name"}
