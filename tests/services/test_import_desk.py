"""The way of the import page: look, correct, preview, confirm, import, take back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import (
    CancelledByUserError,
    ConcurrentChangeError,
    ForbiddenError,
    InvalidDataError,
    PatrolError,
    StorageError,
)
from patrol_desk.common.message import Message
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import Base, Community, ImportRun, Leave, LeaveReason, Person, Record, Role, SquadMembership
from patrol_desk.services.importing import (
    Confirmation,
    FileChoice,
    FoundFile,
    ImportChoices,
    ImportPreview,
    import_folder,
    import_tables,
    inspect_files,
    list_imports,
    preview_import,
    run_import,
    save_rejects,
    separators,
    undo_import,
)
from patrol_desk.services.station import Station
from patrol_desk.storage import backup, bulk, queries
from patrol_desk.storage.marker import Marker
from tests.helpers.processes import Child
from tests.helpers.stations import chain_of
from tests.helpers.sync_data import CLOCK, Tables, csv_text, small, write_folder

CLERK = Actor(None, "内勤", Role.CLERK)
Rows = Sequence[Mapping[str, str]]
PEOPLE: Rows = [{"人员编号": f"V{number}", "姓名": f"甲{number}"} for number in range(1, 31)]


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


def put(path: Path, rows: Rows, encoding: str = "gb18030", delimiter: str = ",") -> ImportChoices:
    """Write one file and choose it."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(csv_text(rows, delimiter=delimiter).encode(encoding))
    return ImportChoices((path,))


def look(station: Station, choices: ImportChoices) -> FoundFile:
    """Return the only file that is found."""
    (found,) = inspect_files(station, CLERK, choices)
    return found


def correct(choices: ImportChoices, key: str, choice: FileChoice) -> ImportChoices:
    """Return the choices with a correction."""
    return replace(choices, files={**choices.files, key: choice})


def content(station: Station) -> dict[str, dict[str, dict[str, object]]]:
    """Return everything that can be imported, without who wrote it when."""
    found: dict[str, dict[str, dict[str, object]]] = {}
    with station.read() as session:
        for mapper in Base.registry.mappers:
            model: type[Record] = mapper.class_
            if model.__tablename__ not in {"audit_entry", "import_run", "account"}:
                left_out = {"row_version", "changed_at", "changed_by"}
                rows = bulk.dicts(session, model)
                found[model.__tablename__] = {
                    str(row["id"]): {k: v for k, v in row.items() if k not in left_out} for row in rows
                }
    return found


def asked(preview: ImportPreview) -> list[tuple[str, int, bool]]:
    """Return what is asked, for how many rows, and whether it was confirmed; every sentence has its words."""
    for question in preview.questions:
        assert all(render(text, language) for text in (question.text, *question.lines) for language in LANGUAGES)
    return [(question.confirmation.value, question.count, question.confirmed) for question in preview.questions]


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
    genuine = "44190019900101000"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    stem = next(
        text
        for number in range(100)
        if _check(text := f"{genuine[:14]}{number:03d}"[:15] + "00", weights) == "0"
        or _check(text := f"441900199{number % 10}0101{number // 10}00"[:17], weights) == "0"
    )
    choices = put(tmp_path / "来件" / "people.csv", [{"人员编号": "V1", "姓名": "甲", "身份证号": stem + "0"}])
    preview = preview_import(station, CLERK, choices)
    assert asked(preview) == [("confirm_000", 1, False)]
    assert preview.ready
    assert stem not in render(preview.questions[0].lines[0], "zh")
    assert run_import(station, CLERK, choices).value.run_id is None
    confirmed = preview_import(station, CLERK, choices, [Confirmation.CONFIRM_000])
    assert asked(confirmed) == [("confirm_000", 0, True)]
    assert run_import(station, CLERK, choices, [Confirmation.CONFIRM_000]).value.tables[0].added == 1


def _check(stem: str, weights: Sequence[int]) -> str:
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(stem, weights, strict=True)) % 11]


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


def test_an_import_is_taken_back_whole(station: Station, tmp_path: Path, tables: Tables) -> None:
    """One after the other, newest first, also after the program was closed: in the end all is as before."""
    before = content(station)
    import_folder(station, CLERK, write_folder(tmp_path / "来件", tables, "gb18030"))
    first = content(station)
    rows = [
        {"人员编号": row["人员编号"], "姓名": "改", "出生日期": "", "停用日期": "2026-11-01"}
        for row in tables["people"][:9]
    ]
    put(tmp_path / "改" / "people.csv", [*rows, {"人员编号": "NEU1", "姓名": "新"}])
    demand = [{**row, "最低人数": "0"} for row in tables["demand"][:5]]
    put(tmp_path / "改" / "demand.csv", demand)
    areas = [
        {"村（社区）编号": row["村（社区）编号"], "村（社区）名称": "改", "边界": ""} for row in tables["communities"]
    ]
    put(tmp_path / "改" / "communities.csv", areas)
    run_import(station, CLERK, ImportChoices((tmp_path / "改",)), ["many_changed", "many_ended"])
    assert content(station) != first
    station.close()
    with Station.open(station.path, clock=CLOCK) as again:
        second, original = list_imports(again, CLERK)
        assert (second.made_by, second.can_undo, second.undone_at) == ("内勤", True, None)
        undone = undo_import(again, CLERK, second.run_id)
        assert content(again) == first
        assert (undone.value.removed, undone.value.left_count, bool(undone.patch)) == (1, 0, False)
        assert undone.changes.touches("person")
        assert undone.changes.touches("import_run")
        undo_import(again, CLERK, original.run_id)
        assert content(again) == before
        assert chain_of(again.database).whole
        assert {saved.reason for saved in backup.backups(again.path)} == {"import", "undo"}
        closed = list_imports(again, CLERK)
        assert [(one.can_undo, one.undone_by, one.undone_at) for one in closed] == [(False, "内勤", CLOCK.now())] * 2
        with again.read() as session:
            assert bulk.rows(session, ImportRun, ("patch",)) == [(None,), (None,)]
        with pytest.raises(InvalidDataError) as refused:
            undo_import(again, CLERK, second.run_id)
        assert refused.value.message.code == "import.undo_again"
        assert all(render(refused.value.message, language) for language in LANGUAGES)


def test_what_was_built_on_stays_and_is_named(station: Station, folder: Path) -> None:
    """A person edited by hand, one who went on leave since, and what they stand on."""
    run = import_folder(station, CLERK, folder).run_id
    assert run is not None
    with station.write(CLERK, "test.edit") as unit:
        first, second = queries.many(unit.session, Person, "code")[:2]
        first.name = "手改"
        day = CLOCK.now().date()
        unit.session.add(Leave(person_id=second.id, first_on=day, last_on=day, reason=LeaveReason.SICK))
        unit.commit()
    undone = undo_import(station, CLERK, run).value
    left = {(render(row.table, "zh"), row.code): render(row.reason, "zh") for row in undone.left}
    assert left["人员", first.code] == "后来改过，保留现在的内容"
    assert left["人员", second.code] == "后来的记录用到它，保留"
    assert {table for table, _ in left} == {"人员", "村（社区）", "网格"}
    assert undone.left_count == len(left)
    with station.read() as session:
        assert len(bulk.rows(session, Person, ("id",))) == 2
        assert bulk.rows(session, SquadMembership, ("id",)) == []
        assert len(bulk.rows(session, Community, ("id",))) == len({first.community_id, second.community_id})
    assert [table.removed for table in undone.tables if render(table.table, "en") == "people"] == [38]


def test_rows_without_a_code_are_named_by_their_owner(station: Station, folder: Path, tables: Tables) -> None:
    """A membership that was changed is said by its person, a holiday by its day."""
    run = import_folder(station, CLERK, folder).run_id
    assert run is not None
    with station.write(CLERK, "test.edit") as unit:
        person = queries.many(unit.session, Person, "code")[3]
        for model, values in (("squad_membership", {"person_id": person.id}), ("holiday", {})):
            mapped = next(m.class_ for m in Base.registry.mappers if m.class_.__tablename__ == model)
            (row,) = bulk.dicts(unit.session, mapped, ("id", "row_version"), where=values)
            bulk.update(unit, mapped, [row | ({"name": "改"} if model == "holiday" else {"until_on": None})])
        unit.commit()
    left = {row.code for row in undo_import(station, CLERK, run).value.left}
    assert {person.code, tables["holidays"][0]["日期"]} <= left


def test_a_former_parent_that_is_gone_is_not_brought_back(station: Station, tmp_path: Path, tables: Tables) -> None:
    """A person whom a second import moved stays there when the first village was taken away meanwhile."""
    old, new = (tables["communities"][number]["村（社区）编号"] for number in (0, 1))
    put(tmp_path / "一" / "communities.csv", tables["communities"][:1])
    put(tmp_path / "一" / "people.csv", [])
    first = run_import(station, CLERK, put(tmp_path / "一" / "communities.csv", tables["communities"][:1])).value
    run_import(
        station, CLERK, put(tmp_path / "人" / "people.csv", [{"人员编号": "V1", "姓名": "甲", "村（社区）编号": old}])
    )
    put(tmp_path / "二" / "communities.csv", tables["communities"][1:2])
    put(tmp_path / "二" / "people.csv", [{"人员编号": "V1", "姓名": "甲", "村（社区）编号": new}])
    second = run_import(station, CLERK, ImportChoices((tmp_path / "二",))).value
    assert first.run_id is not None
    assert second.run_id is not None
    undo_import(station, CLERK, first.run_id)
    with pytest.raises(PatrolError) as refused:
        undo_import(station, CLERK, second.run_id)
    assert refused.value.message.code == "import.undo_nothing"
    with station.read() as session:
        assert len(bulk.rows(session, Person, ("id",))) == 1


def test_a_code_that_was_taken_since_is_in_the_way(station: Station, tmp_path: Path) -> None:
    """A renamed record does not get its code back beside a new one that has it; nothing is written."""
    run_import(station, CLERK, put(tmp_path / "一" / "skills.csv", [_skill("AID", "急救")]))
    with station.read() as session:
        (row,) = bulk.dicts(session, next(m.class_ for m in Base.registry.mappers if m.class_.__tablename__ == "skill"))
    renamed = {**_skill("AID2", "急救"), "记录号": str(row["id"])}
    second = run_import(station, CLERK, put(tmp_path / "二" / "skills.csv", [renamed])).value
    run_import(station, CLERK, put(tmp_path / "三" / "skills.csv", [_skill("AID", "另一")]))
    before = content(station)
    assert second.run_id is not None
    with pytest.raises(ConcurrentChangeError) as refused:
        undo_import(station, CLERK, second.run_id)
    assert refused.value.message.code == "import.undo_in_the_way"
    assert content(station) == before


def _skill(code: str, name: str) -> dict[str, str]:
    return {"技能编号": code, "技能名称": name, "技能简称": name[0]}


def test_an_import_that_cannot_be_taken_back_says_why(station: Station, tmp_path: Path) -> None:
    """One nobody made, one of the first release, one of which everything was built on."""
    with pytest.raises(InvalidDataError) as unknown:
        undo_import(station, CLERK, "nichts")
    run = run_import(station, CLERK, put(tmp_path / "一" / "skills.csv", [_skill("AID", "急救")])).value.run_id
    assert run is not None
    with station.write(CLERK, "test.edit") as unit:
        bulk.update(
            unit,
            _model("skill"),
            [{**bulk.dicts(unit.session, _model("skill"), ("id", "row_version"))[0], "mark": "改"}],
        )
        unit.commit()
    with pytest.raises(PatrolError) as nothing:
        undo_import(station, CLERK, run)
    with station.write(CLERK, "test.old") as unit:
        held = queries.first(unit.session, ImportRun, id=run)
        assert held is not None
        held.patch = held.made_by = None
        unit.commit()
    with pytest.raises(InvalidDataError) as old:
        undo_import(station, CLERK, run)
    codes = [one.value.message.code for one in (unknown, nothing, old)]
    assert codes == ["import.undo_unknown", "import.undo_nothing", "import.undo_too_old"]
    assert all(render(one.value.message, language) for one in (unknown, nothing, old) for language in LANGUAGES)
    (entry,) = list_imports(station, CLERK)
    assert (entry.can_undo, entry.made_by) == (False, "")


def _model(kind: str) -> type[Record]:
    found: type[Record] = next(m.class_ for m in Base.registry.mappers if m.class_.__tablename__ == kind)
    return found


def test_two_who_take_back_at_once(station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second finds that it was done while the backup was being made."""
    run = run_import(station, CLERK, put(tmp_path / "一" / "skills.csv", [_skill("AID", "急救")])).value.run_id
    assert run is not None
    with Station.open(station.path, clock=CLOCK) as other, monkeypatch.context() as patched:
        patched.setattr(station.database, "backup", lambda _reason, _clock: undo_import(other, CLERK, run))
        with pytest.raises(InvalidDataError) as refused:
            undo_import(station, CLERK, run)
    assert refused.value.message.code == "import.undo_again"


def test_a_kill_while_taking_back_leaves_all_or_nothing(tmp_path: Path, folder: Path) -> None:
    """Everybody is there or nobody, the log holds, and the next try finishes the work."""
    path = tmp_path / "站.db"
    with Station.create(path, None, clock=CLOCK) as made:
        run = import_folder(made, CLERK, folder).run_id
        whole = content(made)
    with Child("take_back", path, None, run) as child:
        assert child.line() == "undoing"
        child.kill()
    with Station.open(path, clock=CLOCK) as again:
        (entry,) = list_imports(again, CLERK)
        assert chain_of(again.database).whole
        if entry.can_undo:
            assert content(again) == whole
            undo_import(again, CLERK, entry.run_id)
        assert content(again)["person"] == {}


def test_rows_that_are_gone_need_no_taking_back(station: Station, tmp_path: Path) -> None:
    """What was deleted since is neither removed nor left."""
    rows = [_skill("AID", "急救"), _skill("DRV", "驾驶")]
    run = run_import(station, CLERK, put(tmp_path / "一" / "skills.csv", rows)).value.run_id
    assert run is not None
    with station.write(CLERK, "test.delete") as unit:
        bulk.delete(unit, _model("skill"), {"code": "DRV"})
        unit.commit()
    undone = undo_import(station, CLERK, run).value
    assert (undone.removed, undone.left_count) == (1, 0)


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
