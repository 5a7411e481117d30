"""A township comes in whole, says what it left out, and comes in again as nothing new."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import (
    CancelledByUserError,
    ConcurrentChangeError,
    ForbiddenError,
    InvalidDataError,
    StorageError,
)
from patrol_desk.common.message import Message
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import ImportRun, Person, Role, SquadMembership
from patrol_desk.services.exporting import export_folder
from patrol_desk.services.importing import ImportOptions, ImportReport, import_folder
from patrol_desk.services.importing.prepare import MOST_FAULTS
from patrol_desk.services.station import Station
from patrol_desk.storage import backup, bulk
from patrol_desk.storage.audit import entries
from patrol_desk.storage.marker import Marker
from tests.helpers.stations import chain_of
from tests.helpers.sync_data import CLOCK, Tables, csv_text, small, write_folder

CLERK = Actor(None, "内勤", Role.CLERK)


@pytest.fixture
def station(tmp_path: Path) -> Station:
    """An empty plain station."""
    return Station.create(tmp_path / "站.db", None, clock=CLOCK)


@pytest.fixture(scope="module")
def tables() -> Tables:
    """A small township's files."""
    return small(40)


@pytest.fixture
def folder(tmp_path: Path, tables: Tables) -> Path:
    """They in a folder."""
    return write_folder(tmp_path / "来件", tables)


def put(folder: Path, name: str, rows: Sequence[Mapping[str, str]]) -> None:
    """Write one file."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(csv_text(rows).encode("gb18030"))


def totals(report: ImportReport) -> tuple[int, int, int, int]:
    """Return added, changed, same and rejected, and check that each table's are all that was read."""
    for table in report.tables:
        assert table.read == table.added + table.changed + table.same + table.rejected
    added, changed, same, rejected = (
        sum(getattr(table, name) for table in report.tables) for name in ("added", "changed", "same", "rejected")
    )
    return added, changed, same, rejected


def count(station: Station, model: type[Person | SquadMembership | ImportRun] = Person) -> int:
    """Return how many records there are."""
    with station.read() as session:
        return len(bulk.rows(session, model, ["id"]))


def test_all_goes_in_and_again_changes_nothing(station: Station, folder: Path, tables: Tables) -> None:
    """Every row is added once; the second time the file stays as it is to the byte."""
    rows = sum(map(len, tables.values()))
    report = import_folder(station, CLERK, folder)
    assert totals(report) == (rows, 0, 0, 0)
    assert [table.table.name for table in report.tables] == [
        name for name in (t.table.name for t in report.tables) if name in tables
    ]
    assert report.changes.touches("person")
    assert report.changes.touches("import_run")
    assert chain_of(station.database).whole
    before = station.path.read_bytes()
    again = import_folder(station, CLERK, folder)
    assert (totals(again), again.run_id, bool(again.changes)) == ((0, 0, rows, 0), None, False)
    assert station.path.read_bytes() == before


def test_a_backup_stands_before_anything_is_written(station: Station, folder: Path) -> None:
    """One verified backup per import that writes, none for one that does not."""
    import_folder(station, CLERK, folder, ImportOptions(dry_run=True))
    assert backup.backups(station.path) == []
    import_folder(station, CLERK, folder)
    import_folder(station, CLERK, folder)
    (made,) = backup.backups(station.path)
    assert (made.reason, backup.is_unchanged(made.path)) == ("import", True)
    with Station.open(made.path, clock=CLOCK) as former:
        assert count(former) == 0


def test_a_dry_run_says_the_same_and_writes_nothing(station: Station, folder: Path) -> None:
    """Children find their new parents even so."""
    before = station.path.read_bytes()
    dry = import_folder(station, CLERK, folder, ImportOptions(dry_run=True))
    assert station.path.read_bytes() == before
    assert dry.run_id is None
    assert totals(import_folder(station, CLERK, folder)) == totals(dry)


def test_a_run_is_recorded_without_personal_data(station: Station, folder: Path, tables: Tables) -> None:
    """Hashes and counts stay; names, numbers and file names do not."""
    report = import_folder(station, CLERK, folder)
    with station.read() as session:
        (run,) = bulk.dicts(session, ImportRun)
        log = repr(list(entries(session)))
    assert run["id"] == report.run_id
    assert {file["table"] for file in run["files"]} == set(tables)
    assert all(len(file["sha256"]) == 64 for file in run["files"])
    assert run["counts"]["people"]["added"] == len(tables["people"])
    for row in tables["people"][:5]:
        assert not any(row[heading] in log + repr(run) for heading in ("姓名", "手机号", "身份证号"))


def test_changes_are_written_with_a_new_version(station: Station, tmp_path: Path, folder: Path) -> None:
    """Only what differs is touched."""
    import_folder(station, CLERK, folder)
    put(tmp_path / "改", "people.csv", [{"人员编号": "XM-V000002", "姓名": "改名", "每周上限": "7"}])
    report = import_folder(station, CLERK, tmp_path / "改")
    assert totals(report) == (0, 1, 0, 0)
    with station.read() as session:
        rows = bulk.dicts(session, Person, where={"code": ["XM-V000001", "XM-V000002"]}, order_by=["code"])
    assert [(row["row_version"], row["weekly_cap"] == 7) for row in rows][1] == (2, True)
    assert rows[0]["row_version"] == 1
    assert rows[1]["name"] == "改名"
    assert rows[1]["phone"] is not None


def test_a_demand_of_another_seat_changes_in_place(station: Station, tmp_path: Path, folder: Path) -> None:
    """A column that stands for two attributes is written to both."""
    import_folder(station, CLERK, folder)
    export_folder(station, CLERK, tmp_path / "出")
    path = tmp_path / "出" / "勤务需求.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    at = next(number for number, line in enumerate(lines) if ",组长," in line)
    lines[at] = lines[at].replace(",组长,", ",AID,")
    (tmp_path / "改").mkdir()
    (tmp_path / "改" / "勤务需求.csv").write_text("\n".join(lines), encoding="utf-8")
    assert totals(import_folder(station, CLERK, tmp_path / "改"))[1] == 1
    assert totals(import_folder(station, CLERK, tmp_path / "改"))[1] == 0


def test_rejected_rows_come_back_and_go_in_when_mended(station: Station, tmp_path: Path, tables: Tables) -> None:
    """Four ruined rows and their children stay out; mended, exactly they are added."""
    ruined = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    ruined["people"][0]["身份证号"] = "4.419E+17"
    ruined["people"][1]["身份证号"] = ruined["people"][1]["身份证号"][:15] + "000"
    source, rejects = write_folder(tmp_path / "来件", ruined, "gb18030"), tmp_path / "退回"
    report = import_folder(station, CLERK, source, ImportOptions(rejects=rejects))
    assert report.reasons["import.damage_scientific"] == 1
    assert {"人员-退回.csv", "小组成员-退回.csv"} <= {path.name for path in rejects.iterdir()}
    left = totals(report)[3]
    assert left == sum(len(path.read_text("utf-8-sig").splitlines()) - 1 for path in rejects.iterdir())
    assert all(render(message, language) for message in report.faults for language in LANGUAGES)
    assert "4.419E+17" not in "".join(render(message, "zh") for message in report.faults)
    path = rejects / "人员-退回.csv"
    text = path.read_text("utf-8-sig")
    for number in (0, 1):
        text = text.replace(ruined["people"][number]["身份证号"], tables["people"][number]["身份证号"], 1)
    path.write_text(text, encoding="utf-8-sig")
    again = import_folder(station, CLERK, rejects, ImportOptions(rejects=tmp_path / "再退回"))
    assert totals(again) == (left, 0, 0, 0)
    assert count(station) == 40
    assert not list((tmp_path / "再退回").glob("*")) if (tmp_path / "再退回").exists() else True


def test_an_old_file_of_rejected_rows_is_not_left_lying(station: Station, tmp_path: Path, folder: Path) -> None:
    """What is in the folder is always of the last import."""
    rejects = tmp_path / "退回"
    put(rejects, "班次-退回.csv", [{"班次编号": "旧"}])
    import_folder(station, CLERK, folder, ImportOptions(rejects=rejects))
    assert list(rejects.iterdir()) == []
    with pytest.raises(InvalidDataError) as caught:
        import_folder(station, CLERK, folder, ImportOptions(rejects=folder))
    assert caught.value.message.code == "import.rejects_among_files"


def test_a_file_that_cannot_be_read_stops_everything(station: Station, folder: Path) -> None:
    """A missing column is said with the file's name before anything is written."""
    put(folder, "squads.csv", [{"小组编号": "S1"}])
    with pytest.raises(InvalidDataError) as caught:
        import_folder(station, CLERK, folder)
    assert "squads.csv" in render(caught.value.message, "zh")
    assert "小组名称" in render(caught.value.message, "zh")
    assert count(station) == 0


def test_what_was_passed_over_is_told(station: Station, tmp_path: Path) -> None:
    """Foreign files, unknown columns and example rows are named."""
    folder = tmp_path / "来件"
    put(folder, "people.csv", [{"人员编号": "【示例】V1", "姓名": "甲", "血型": ""}, {"人员编号": "V2", "姓名": "乙"}])
    put(folder, "通讯录.csv", [{"甲": "1"}])
    report = import_folder(station, CLERK, folder)
    assert [message.code for message in report.notes] == [
        "import.unknown_columns", "import.examples_left_out", "import.files_ignored",
    ]  # fmt: skip
    assert all(render(message, language) for message in report.notes for language in LANGUAGES)


def test_a_report_carries_some_sentences_and_all_counts(station: Station, tmp_path: Path) -> None:
    """Thousands of bad rows do not make a report of thousands of sentences."""
    rows = [{"人员编号": f"V{n}", "姓名": "甲", "每周上限": "9"} for n in range(MOST_FAULTS + 20)]
    put(tmp_path / "来件", "people.csv", rows)
    put(tmp_path / "来件", "squad_memberships.csv", [{"人员编号": "V1", "小组编号": "S", "起始日期": "2026-01-01"}])
    report = import_folder(station, CLERK, tmp_path / "来件" / "people.csv")
    assert len(report.faults) == MOST_FAULTS
    assert report.figures()["total"] == {
        "read": len(rows), "added": 0, "changed": 0, "same": 0, "rejected": len(rows),
    }  # fmt: skip
    assert "每周上限“9”" in render(report.faults[0], "zh")
    assert report.tables[0].figures("zh")["table"] == "人员"


def test_children_find_parents_that_are_only_stored(station: Station, tmp_path: Path, folder: Path) -> None:
    """A single table can be sent later."""
    import_folder(station, CLERK, folder)
    before = count(station, SquadMembership)
    row = {"人员编号": "XM-V000001", "小组编号": "XM-S001", "起始日期": "2020-01-01", "截止日期": "2020-12-31"}
    put(tmp_path / "补", "小组成员.csv", [row])
    assert totals(import_folder(station, CLERK, tmp_path / "补")) == (1, 0, 0, 0)
    assert count(station, SquadMembership) == before + 1


def test_a_sample_takes_no_real_people(tmp_path: Path, folder: Path) -> None:
    """Invented and real people never stand in one file."""
    sample = Station.create(tmp_path / "样例.db", None, marker=Marker.SAMPLE, clock=CLOCK)
    with pytest.raises(StorageError) as caught:
        import_folder(sample, CLERK, folder)
    assert caught.value.message.code == "storage.sample_takes_no_data"


def test_only_those_who_may_import(station: Station, folder: Path) -> None:
    """A viewer may not."""
    with pytest.raises(ForbiddenError):
        import_folder(station, Actor(None, "只读", Role.VIEWER), folder)


@pytest.mark.parametrize("after", [0, 5, 22, 30])
def test_stopping_writes_nothing(station: Station, folder: Path, after: int) -> None:
    """Whenever the clerk stops, the data are as before."""
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > after

    before = count(station)
    with pytest.raises(CancelledByUserError):
        import_folder(station, CLERK, folder, cancelled=stop)
    assert count(station) == before


def test_somebody_elses_change_meanwhile_is_not_written_over(station: Station, folder: Path) -> None:
    """Between reading and writing the data moved on: refuse, and the next try goes in."""

    def meddle(what: Message, _done: int, _total: int) -> None:
        if what.code == "import.backing_up":
            with station.write(CLERK, "test") as unit:
                unit.commit()

    with pytest.raises(ConcurrentChangeError):
        import_folder(station, CLERK, folder, progress=meddle)
    assert count(station) == 0
    import_folder(station, CLERK, folder)
    assert count(station) == 40


def test_progress_tells_tables_and_rows(station: Station, folder: Path, tables: Tables) -> None:
    """Both halves of the work are seen, in words."""
    told: list[tuple[Message, int, int]] = []
    import_folder(station, CLERK, folder, progress=lambda *step: told.append(step))
    assert all(render(what, language) for what, _, _ in told for language in LANGUAGES)
    rows = sum(map(len, tables.values()))
    assert (told[-1][1], told[-1][2]) == (rows, rows)
