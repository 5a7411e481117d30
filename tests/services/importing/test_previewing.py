"""What an import would do is said and asked before it is done."""

from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import (
    ConcurrentChangeError,
    ForbiddenError,
    InvalidDataError,
    StorageError,
)
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import Person, Role
from patrol_desk.services.importing import (
    Confirmation,
    ImportChoices,
    import_folder,
    inspect_files,
    list_imports,
    preview_import,
    run_import,
    save_rejects,
    undo_import,
)
from patrol_desk.services.station import Station
from patrol_desk.storage import bulk
from patrol_desk.storage.marker import Marker
from tests.helpers.importing import CLERK, PEOPLE, asked, check_character, put
from tests.helpers.sync_data import CLOCK, Tables, write_folder


def test_a_preview_says_what_would_happen_and_writes_nothing(
    station: Station, folder: Path, tables: Tables, tmp_path: Path
) -> None:
    """Numbers per table, as the import then has them; exactly the files that were seen go in."""
    before = station.path.read_bytes()
    preview = preview_import(station, CLERK, ImportChoices((folder,)))
    assert station.path.read_bytes() == before
    assert (preview.writes, preview.ready, preview.questions) == (True, True, ())
    assert {table.table.name: table.added for table in preview.report.tables} == {
        name: len(rows) for name, rows in tables.items()
    }
    done = run_import(station, CLERK, ImportChoices((folder,)), seen=preview.seen)
    assert done.value.figures()["total"] == preview.report.figures()["total"]
    assert done.changes.touches("person")
    assert not done.patch
    again = preview_import(station, CLERK, ImportChoices((folder,)))
    assert (again.writes, {table.same == table.read for table in again.report.tables}) == (False, {True})
    assert run_import(station, CLERK, ImportChoices((folder,)), seen=again.seen).value.run_id is None
    put(folder / "people.csv", PEOPLE)
    with pytest.raises(ConcurrentChangeError) as refused:
        run_import(station, CLERK, ImportChoices((folder,)), seen=preview.seen)
    assert refused.value.message.code == "import.files_changed"
    assert not (tmp_path / "退回").exists()


def test_rejected_rows_are_shown_and_saved(station: Station, tmp_path: Path, tables: Tables) -> None:
    """File, line, column, value, reason and what would be right; personal values are masked, ruined ones are not."""
    ruined = [dict(row) for row in tables["people"]]
    ruined[0]["身份证号"] = "4.41900199003071E+17"
    ruined[1]["手机号"] = "23800132046"
    ruined[2]["每周上限"] = "9"
    ruined[3]["出生日期"] = "2026年13月"
    choices = put(tmp_path / "来件" / "people.csv", ruined)
    rows = preview_import(station, CLERK, choices).report.rejected[:4]
    assert [(row.table, row.file, row.line) for row in rows] == [("people", "people.csv", n) for n in (2, 3, 4, 5)]
    assert [row.value for row in rows] == ["4.41900199003071E+17", "238****2046", "9", "2026年13月"]
    assert [row.heading for row in rows] == ["身份证号", "手机号", "每周上限", "出生日期"]
    assert all(
        render(text, language) for row in rows for text in (row.reason, row.suggestion) for language in LANGUAGES
    )
    (saved,) = save_rejects(station, CLERK, choices, tmp_path / "新" / "退回")
    assert saved.name == "人员-退回.csv"
    assert len(saved.read_text("utf-8-sig").splitlines()) == 1 + len(
        preview_import(station, CLERK, choices).report.rejected
    )
    (english,) = save_rejects(station, CLERK, choices, tmp_path / "新" / "退回", language="en")
    assert english.name == "people-rejects.csv"
    with pytest.raises(InvalidDataError) as refused:
        save_rejects(station, CLERK, choices, tmp_path / "来件")
    assert refused.value.message.code == "import.rejects_among_files"


def test_ids_that_end_in_000_are_asked_about(station: Station, tmp_path: Path) -> None:
    """They stay out until somebody says that they were compared with the cards."""
    stems = (f"441900199001{day:02d}{number}00" for day in range(1, 29) for number in range(10))
    stem = next(stem for stem in stems if check_character(stem) == "0")
    choices = put(tmp_path / "来件" / "people.csv", [{"人员编号": "V1", "姓名": "甲", "身份证号": stem + "0"}])
    preview = preview_import(station, CLERK, choices)
    assert asked(preview) == [("confirm_000", 1, False)]
    assert preview.ready
    assert stem not in render(preview.questions[0].lines[0], "zh")
    assert run_import(station, CLERK, choices).value.run_id is None
    confirmed = preview_import(station, CLERK, choices, [Confirmation.CONFIRM_000])
    assert asked(confirmed) == [("confirm_000", 0, True)]
    assert run_import(station, CLERK, choices, [Confirmation.CONFIRM_000]).value.tables[0].added == 1


def test_a_column_that_was_sorted_alone_is_asked_about(station: Station, tmp_path: Path, tables: Tables) -> None:
    """Its rows stay out until that is confirmed as meant; then a fifth of the table is asked about, too."""
    import_folder(station, CLERK, write_folder(tmp_path / "来件", tables))
    rows = [{"人员编号": row["人员编号"], "手机号": row["手机号"], "姓名": row["姓名"]} for row in tables["people"]]
    phones = sorted(row["手机号"] for row in rows)
    choices = put(tmp_path / "乱" / "people.csv", [{**row, "手机号": p} for row, p in zip(rows, phones, strict=True)])
    preview = preview_import(station, CLERK, choices)
    assert [question[0] for question in asked(preview)] == ["confirm_permuted"]
    meant = [Confirmation.CONFIRM_PERMUTED]
    with pytest.raises(InvalidDataError) as refused:
        run_import(station, CLERK, choices, meant)
    assert refused.value.message.code == "import.not_confirmed"
    meant.append(Confirmation.MANY_CHANGED)
    assert all(confirmed for _, _, confirmed in asked(preview_import(station, CLERK, choices, meant)))
    run_import(station, CLERK, choices, meant)
    with station.read() as session:
        assert [row[0] for row in bulk.rows(session, Person, ("phone",), order_by=("code",))] == phones


@pytest.mark.parametrize(("changed", "asks"), [(6, False), (7, True)])
def test_many_changes_are_asked_about(station: Station, tmp_path: Path, changed: int, asks: bool) -> None:
    """Up to a fifth of a table goes in unasked; more needs a yes, without which nothing is written."""
    run_import(station, CLERK, put(tmp_path / "来件" / "people.csv", PEOPLE))
    choices = put(tmp_path / "改" / "people.csv", [{**row, "姓名": "改"} for row in PEOPLE[:changed]])
    preview = preview_import(station, CLERK, choices)
    assert (asked(preview), preview.ready) == ([("many_changed", 7, False)] if asks else [], not asks)
    if asks:
        with pytest.raises(InvalidDataError):
            run_import(station, CLERK, choices, seen=preview.seen)
        assert "30" in render(preview.questions[0].lines[0], "en")
    assert run_import(station, CLERK, choices, ["many_changed"]).value.tables[0].changed == changed


def test_many_retirements_are_asked_about(station: Station, tmp_path: Path) -> None:
    """More than a twentieth of a table retired at once needs a yes."""
    run_import(station, CLERK, put(tmp_path / "来件" / "people.csv", PEOPLE))
    choices = put(tmp_path / "停" / "people.csv", [{**row, "停用日期": "2026-11-01"} for row in PEOPLE[:2]])
    assert asked(preview_import(station, CLERK, choices)) == [("many_ended", 2, False)]
    assert asked(preview_import(station, CLERK, choices, ["many_ended"])) == [("many_ended", 2, True)]
    few = put(tmp_path / "停" / "people.csv", [{**row, "停用日期": "2026-11-01"} for row in PEOPLE[:1]])
    assert asked(preview_import(station, CLERK, few)) == []


def test_only_those_who_may_import(station: Station, tmp_path: Path) -> None:
    """A duty officer may not, whichever step it is; a sample takes no real people."""
    officer, choices = Actor(None, "值班", Role.DUTY_OFFICER), put(tmp_path / "来件" / "people.csv", PEOPLE)
    with pytest.raises(ForbiddenError):
        inspect_files(station, officer, choices)
    with pytest.raises(ForbiddenError):
        preview_import(station, officer, choices)
    with pytest.raises(ForbiddenError):
        run_import(station, officer, choices)
    with pytest.raises(ForbiddenError):
        save_rejects(station, officer, choices, tmp_path / "退回")
    with pytest.raises(ForbiddenError):
        list_imports(station, officer)
    with pytest.raises(ForbiddenError):
        undo_import(station, officer, "")
    sample = Station.create(tmp_path / "样例.db", None, marker=Marker.SAMPLE, clock=CLOCK)
    for step in (inspect_files, preview_import, run_import):
        with pytest.raises(StorageError):
            step(sample, CLERK, choices)
